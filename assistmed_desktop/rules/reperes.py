"""The published figures a practice may be set beside: what a publication may hold, each figure with its source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from assistmed_desktop.formats import MOIS
from assistmed_desktop.rules.resultats import SourceLegale
from assistmed_desktop.rules.tables import GradePublie

Unite = Literal["contrats", "etp", "patients", "pourcent", "part", "points", "actes_par_jour", "jours_par_an"]
Mesure = Literal[
    "gain_patientele",
    "gain_au_dela_de_l_objectif",
    "actes_en_plus",
    "jours_en_moins",
    "part_generalistes",
    "part_sous_dense",
    "part_secretaires",
    "part_hors_sante",
    "hausse_demandee",
]


def _lire_nombre(valeur: object) -> object:
    """Read a number or a fraction between quotes; what is neither is left for the strict type to refuse."""
    ecrit = isinstance(valeur, str) and re.fullmatch(r"[0-9]{1,7}(/[1-9][0-9]{0,2}|\.[0-9]{1,2})?", valeur)
    return Fraction(valeur) if isinstance(valeur, str) and ecrit else valeur


_Nombre = Annotated[Fraction, Field(gt=0), BeforeValidator(_lire_nombre)]
_Mot = Annotated[str, Field(min_length=1)]


class _Modele(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Repere(_Modele):
    """One published figure, or range, in its unit, and on whom it was measured when the publication says so.

    ``mesure`` is what a practice can set beside it.
    """

    cle: _Mot
    libelle: _Mot
    valeur: _Nombre
    valeur_haute: _Nombre | None = None
    unite: Unite
    mesure: Mesure | None = None
    population: _Mot | None = None

    @field_validator("valeur_haute")
    @classmethod
    def _en_ordre(cls, haute: Fraction | None, info: ValidationInfo) -> Fraction | None:
        if haute is not None and haute <= info.data.get("valeur", 0):
            raise ValueError("la valeur haute n'est pas au-dessus de la valeur")
        return haute


class Publication(_Modele):
    """Who published figures and where, and the month or year they are of."""

    cle: _Mot
    auteur: _Mot
    texte: _Mot
    article: _Mot
    adresse: _Mot
    quand: Annotated[str, Field(pattern=r"^(19|20|21)[0-9]{2}(-(0[1-9]|1[0-2]))?$")]
    verifie_le: date
    grade: GradePublie
    reperes: Annotated[tuple[Repere, ...], Field(min_length=1)]

    @property
    def source(self) -> SourceLegale:
        """Give the publication as the source of its figures."""
        return SourceLegale(self.texte, self.article, self.adresse, self.grade, self.verifie_le)

    @property
    def quand_en_lettres(self) -> str:
        """Write the month or the year: ``mai 2022``, ``2023``."""
        annee, _, mois = self.quand.partition("-")
        return f"{MOIS[int(mois) - 1]} {annee}" if mois else annee


@dataclass(frozen=True, slots=True)
class Reperes:
    """Every published figure the program knows, in the order of the file."""

    publications: tuple[Publication, ...]

    @property
    def tous(self) -> tuple[tuple[Publication, Repere], ...]:
        """Each figure with its publication."""
        return tuple((publication, repere) for publication in self.publications for repere in publication.reperes)
