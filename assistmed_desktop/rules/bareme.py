"""The barèmes: dated versions of whole tables, read from TOML files and refused when anything in them is doubtful.

Every version says which contracts it governs (text and days of signature), from which day to which day it has effect,
where it comes from, when someone last read it against that source, and how sure it is (grade A to D). What nobody has
published is absent. Look-up is by text, signature and effect; outside every version it raises.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Annotated, Generic, Literal, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from assistmed_desktop.domain.calendrier import se_croisent
from assistmed_desktop.domain.contrat import (
    ContratCollectif,
    ContratIndividuel,
    Indicateur,
    TexteConventionnel,
    Tranche,
)
from assistmed_desktop.rules.resultats import SourceLegale

DOSSIER_DES_BAREMES = Path(__file__).parent / "baremes"

GradePublie = Literal["A", "B", "C", "D"]
Depuis = Literal["embauche", "premiere_embauche", "debut", "signature", "fin", "dernier_versement"]
CodeDelai = Literal[
    "contrat_travail_cpam",
    "debut_formation",
    "qualification",
    "remplacement_secretaire",
    "exercice_coordonne",
    "point_etape",
    "preavis",
    "conservation",
]
MOIS_MAX = 1200


def _lire_fraction(valeur: object) -> object:
    """Read a fraction or a decimal between quotes; what is neither is left for the strict type to refuse."""
    ecrite = isinstance(valeur, str) and re.fullmatch(r"[0-9]{1,4}(/[1-9][0-9]{0,2}|\.[0-9]{1,4})?", valeur)
    return Fraction(valeur) if isinstance(valeur, str) and ecrite else valeur


_Taux = Annotated[Fraction, Field(ge=0), BeforeValidator(_lire_fraction)]
_Etp = Annotated[Fraction, Field(gt=0), BeforeValidator(_lire_fraction)]
_Mois = Annotated[int, Field(ge=-MOIS_MAX, le=MOIS_MAX)]


class BaremeInvalide(ValueError):  # noqa: N818 - a French name, as the whole domain
    """A barème file is refused: which file, which version, which key, and why."""

    def __init__(self, fichier: str, version: str, cle: str, message: str) -> None:
        """Say where the fault is."""
        self.fichier, self.version, self.cle, self.message = fichier, version, cle, message
        lieu = ", ".join(partie for partie in (version and f"version {version}", cle and f"clé {cle}") if partie)
        super().__init__(f"{fichier}{' (' + lieu + ')' if lieu else ''} : {message}")


class HorsBareme(LookupError):  # noqa: N818 - a French name, as the whole domain
    """No version of a table governs this text, signature and day of effect."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class ReferenceLegale(_Table):
    """Where the figures of a version come from."""

    texte: Annotated[str, Field(min_length=1)]
    article: Annotated[str, Field(min_length=1)]
    adresse: Annotated[str, Field(min_length=1)]


class ContratsVises(_Table):
    """The contracts a version governs: one text, and the days of signature, both included."""

    texte: TexteConventionnel
    signes_du: date
    signes_au: date | None = None

    @field_validator("signes_au")
    @classmethod
    def _finit_apres(cls, au: date | None, info: ValidationInfo) -> date | None:
        return _en_ordre(info.data.get("signes_du"), au)


class Version(_Table):
    """One dated version of a whole table."""

    cle: Annotated[str, Field(min_length=1)]
    contrats: Annotated[tuple[ContratsVises, ...], Field(min_length=1)]
    effet_du: date
    effet_au: date | None = None
    verifie_le: date
    grade: GradePublie
    reference: ReferenceLegale

    def source(self, grade: GradePublie | None = None) -> SourceLegale:
        """Give the legal source of the version, with the grade of one of its figures when it has its own."""
        legale = self.reference
        return SourceLegale(legale.texte, legale.article, legale.adresse, grade or self.grade, self.verifie_le)

    def regit(self, texte: str, signature: date, effet: date) -> bool:
        """Say whether it governs a contract of that text and signature on a day of effect."""
        return (
            self.effet_du <= effet
            and (self.effet_au is None or effet <= self.effet_au)
            and any(
                vises.texte == texte
                and vises.signes_du <= signature
                and (vises.signes_au is None or signature <= vises.signes_au)
                for vises in self.contrats
            )
        )

    def chevauche(self, autre: Version) -> bool:
        """Say whether two versions could govern one contract on one day."""
        return se_croisent(self.effet_du, self.effet_au, autre.effet_du, autre.effet_au) and any(
            a.texte == b.texte and se_croisent(a.signes_du, a.signes_au, b.signes_du, b.signes_au)
            for a in self.contrats
            for b in autre.contrats
        )

    @field_validator("effet_au")
    @classmethod
    def _finit_apres(cls, au: date | None, info: ValidationInfo) -> date | None:
        return _en_ordre(info.data.get("effet_du"), au)


def _en_ordre(du: date | None, au: date | None) -> date | None:
    if du is not None and au is not None and au < du:
        raise ValueError("cette période finit avant de commencer")
    return au


def _uniques(lignes: Iterable[object], *cles: str) -> None:
    vues = [tuple(getattr(ligne, cle) for cle in cles) for ligne in lignes]
    if len(set(vues)) < len(vues):
        raise ValueError(f"deux lignes font double emploi ({', '.join(cles)})")


class OptionOuverte(_Table):
    """An option a text offers, and on which condition."""

    option: _Etp
    condition: Literal["ouverte", "zone_sous_dense", "fermee", "contrats_existants", "extension"]
    grade: GradePublie


class VersionTextes(Version):
    """One text: its options, its duration, and the default delay before attainment is judged."""

    duree_ans: Annotated[int, Field(ge=1)]
    evaluation_mois: Annotated[int, Field(ge=1, le=MOIS_MAX)]
    options: tuple[OptionOuverte, ...]

    @field_validator("options")
    @classmethod
    def _une_fois(cls, options: tuple[OptionOuverte, ...]) -> tuple[OptionOuverte, ...]:
        _uniques(options, "option")
        return options


class MontantsOption(_Table):
    """The amounts of one option, in euros a contract year; an absent one has not been published."""

    option: _Etp
    annee_1: Annotated[int, Field(gt=0)] | None = None
    annee_2: Annotated[int, Field(gt=0)] | None = None
    annee_3: Annotated[int, Field(gt=0)] | None = None
    p90_p95: Annotated[int, Field(gt=0)] | None = None
    p95: Annotated[int, Field(gt=0)] | None = None


class VersionAide(Version):
    """The amounts of the aid; ``par_etp`` when they are to be multiplied by the financed ETP."""

    montants_de: Literal["texte_du_contrat", "convention_2024", "collectif_2026"]
    par_etp: bool
    montants: tuple[MontantsOption, ...]

    @field_validator("montants")
    @classmethod
    def _une_fois(cls, montants: tuple[MontantsOption, ...]) -> tuple[MontantsOption, ...]:
        _uniques(montants, "option")
        return montants


class Hausse(_Table):
    """The rise of the reference for one band and option, in percent."""

    tranche: Tranche
    option: _Etp
    taux: _Taux
    grade: GradePublie


class HausseParEtp(_Table):
    """The rise of a group's total for each financed ETP."""

    indicateur: Indicateur
    patients: Annotated[int, Field(gt=0)]


class VersionObjectifs(Version):
    """The rises a text asks for."""

    tranches: tuple[Tranche, ...]
    hausses: tuple[Hausse, ...]
    hausses_par_etp: tuple[HausseParEtp, ...]

    @field_validator("tranches")
    @classmethod
    def _en_ordre(cls, tranches: tuple[Tranche, ...]) -> tuple[Tranche, ...]:
        rangs = [get_args(Tranche).index(tranche) for tranche in tranches]
        if rangs != sorted(set(rangs)):
            raise ValueError("les tranches ne sont pas dans l'ordre croissant")
        return tranches

    @field_validator("hausses")
    @classmethod
    def _une_fois(cls, hausses: tuple[Hausse, ...], info: ValidationInfo) -> tuple[Hausse, ...]:
        _uniques(hausses, "tranche", "option")
        if any(hausse.tranche not in info.data.get("tranches", get_args(Tranche)) for hausse in hausses):
            raise ValueError("une hausse porte sur une tranche que cette version n'a pas")
        return hausses


class Delai(_Table):
    """A deadline: months (positive or counted back) from a day of the contract's life."""

    code: CodeDelai
    depuis: Depuis
    mois: _Mois
    grade: GradePublie
    repete: bool = False

    @field_validator("repete")
    @classmethod
    def _avance(cls, repete: bool, info: ValidationInfo) -> bool:  # noqa: FBT001 - Pydantic gives it by position
        if repete and info.data.get("mois", 1) < 1:
            raise ValueError("un délai qui se répète compte au moins un mois")
        return repete


class VersementPrevu(_Table):
    """A payment whose date is known: a share in percent of a contract year's amount."""

    annee: Annotated[int, Field(ge=1)]
    part: Annotated[int, Field(gt=0, le=100)]
    depuis: Depuis
    grade: GradePublie
    mois: _Mois = 0
    jours: Annotated[int, Field(ge=0, le=366)] = 0


class VersionEcheances(Version):
    """The deadlines of a contract's life, and the payments whose date is known."""

    delais: tuple[Delai, ...]
    versements: tuple[VersementPrevu, ...]


class Seuil(_Table):
    """A published percentile of the national distribution, in patients."""

    percentile: Annotated[int, Field(ge=1, le=99)]
    indicateur: Indicateur
    patients: Annotated[int, Field(gt=0)]
    grade: GradePublie


class VersionEligibilite(Version):
    """Who may sign."""

    secteurs: tuple[str, ...]
    specialites_exclues: tuple[str, ...]
    specialites_actes_cliniques: tuple[str, ...]
    part_actes_cliniques: Annotated[int, Field(gt=0, le=100)]
    exercice_regroupe: bool
    exercice_coordonne: bool
    derogations_seuil: bool
    population: str
    seuils: tuple[Seuil, ...]

    @field_validator("seuils")
    @classmethod
    def _en_ordre(cls, seuils: tuple[Seuil, ...]) -> tuple[Seuil, ...]:
        for avant, apres in combinations(seuils, 2):
            if avant.indicateur == apres.indicateur and not (
                avant.percentile < apres.percentile and avant.patients < apres.patients
            ):
                raise ValueError("les seuils ne sont pas dans l'ordre croissant")
        return seuils

    def seuil(self, percentile: int, indicateur: Indicateur) -> Seuil | None:
        """Give a published percentile, or None."""
        return next((s for s in self.seuils if (s.percentile, s.indicateur) == (percentile, indicateur)), None)


V = TypeVar("V", bound=Version)


@dataclass(frozen=True, slots=True)
class Bareme(Generic[V]):
    """The versions of one table."""

    nom: str
    versions: tuple[V, ...]

    def version(self, contrat: ContratIndividuel | ContratCollectif, effet: date) -> V:
        """Give the version that governs a contract on a day of effect.

        Raises:
            HorsBareme: when no version governs this text, signature and day.

        """
        for version in self.versions:
            if version.regit(contrat.texte, contrat.signe_le, effet):
                return version
        raise HorsBareme(
            f"{self.nom} : aucune version pour un contrat « {contrat.texte} » signé le {contrat.signe_le} "
            f"à la date du {effet}"
        )

    def version_ou_rien(self, contrat: ContratIndividuel | ContratCollectif, effet: date) -> V | None:
        """Give the version that governs a contract on a day of effect, or None."""
        try:
            return self.version(contrat, effet)
        except HorsBareme:
            return None

    def version_du_texte(self, texte: TexteConventionnel) -> V:
        """Give the first version that governs a text, whatever the dates: for what does not depend on them.

        Raises:
            HorsBareme: when the table does not know the text.

        """
        for version in self.versions:
            if any(vises.texte == texte for vises in version.contrats):
                return version
        raise HorsBareme(f"{self.nom} : aucune version pour un contrat « {texte} »")


@dataclass(frozen=True, slots=True)
class Baremes:
    """Every table of the law the program knows."""

    textes: Bareme[VersionTextes]
    aide: Bareme[VersionAide]
    objectifs: Bareme[VersionObjectifs]
    echeances: Bareme[VersionEcheances]
    eligibilite: Bareme[VersionEligibilite]

    @property
    def verifies_le(self) -> date:
        """The oldest day on which one of the versions was last read against its source."""
        versions: list[Version] = [
            *self.textes.versions,
            *self.aide.versions,
            *self.objectifs.versions,
            *self.echeances.versions,
            *self.eligibilite.versions,
        ]
        return min(version.verifie_le for version in versions)


def lire_bareme(texte: str, fichier: str, modele: type[V]) -> Bareme[V]:
    """Read the versions of one table from the text of its TOML file.

    Raises:
        BaremeInvalide: not TOML, an unknown key, a missing reference, a wrong value, thresholds out of order, or two
            versions that could govern the same contract on the same day.

    """
    try:
        brut = tomllib.loads(texte)
    except tomllib.TOMLDecodeError as erreur:
        raise BaremeInvalide(fichier, "", "", f"ce n'est pas du TOML : {_lieu(str(erreur))}") from None
    except RecursionError:
        raise BaremeInvalide(fichier, "", "", "ce fichier est trop imbriqué pour être un barème") from None
    except ValueError:
        raise BaremeInvalide(fichier, "", "", "un nombre de ce fichier est trop long") from None
    for cle in brut:
        if cle != "versions":
            raise BaremeInvalide(fichier, "", cle, "cette clé est inconnue")
    tables = brut.get("versions")
    if not isinstance(tables, list) or not tables:
        raise BaremeInvalide(fichier, "", "versions", "il faut au moins une version")
    versions = tuple(_lire_version(table, rang, fichier, modele) for rang, table in enumerate(tables, 1))
    for avant, apres in combinations(versions, 2):
        if avant.cle == apres.cle:
            raise BaremeInvalide(fichier, apres.cle, "cle", "deux versions portent ce nom")
        if avant.chevauche(apres):
            raise BaremeInvalide(fichier, apres.cle, "effet_du", f"cette version chevauche la version {avant.cle}")
    return Bareme(fichier, versions)


def _lieu(erreur: str) -> str:
    """Say in French where tomllib stopped."""
    place = re.search(r"at line (\d+), column (\d+)", erreur)
    return f"erreur à la ligne {place[1]}, colonne {place[2]}" if place else "le fichier s'arrête trop tôt"


def _lire_version(table: object, rang: int, fichier: str, modele: type[V]) -> V:
    nom = str((isinstance(table, dict) and table.get("cle")) or rang)
    try:
        return modele.model_validate(_en_tuples(table))
    except ValidationError as erreur:
        detail = erreur.errors(include_url=False)[0]
        cle = ".".join(str(partie) for partie in detail["loc"])
        raise BaremeInvalide(fichier, nom, cle, _message(detail["type"], detail["msg"])) from None


def _en_tuples(valeur: object) -> object:
    """Turn the lists of TOML into tuples, which the strict models ask for."""
    if isinstance(valeur, list):
        return tuple(_en_tuples(element) for element in valeur)
    if isinstance(valeur, dict):
        return {cle: _en_tuples(element) for cle, element in valeur.items()}
    return valeur


def _message(genre: str, message: str) -> str:
    match genre:
        case "missing":
            return "cette clé manque"
        case "extra_forbidden":
            return "cette clé est inconnue"
        case "value_error":
            return message.removeprefix("Value error, ")
        case _:
            return "cette valeur n'est pas de la forme attendue"


@cache
def charger_baremes(dossier: Path = DOSSIER_DES_BAREMES) -> Baremes:
    """Read every table from a folder of TOML files.

    Raises:
        BaremeInvalide: when one of the files is refused.
        OSError: when one of them cannot be read.

    """

    def lire(nom: str, modele: type[V]) -> Bareme[V]:
        fichier = dossier / f"{nom}.toml"
        try:
            contenu = fichier.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise BaremeInvalide(fichier.name, "", "", "ce fichier n'est pas en UTF-8") from None
        return lire_bareme(contenu, fichier.name, modele)

    textes = lire("textes", VersionTextes)
    connus = {vises.texte for version in textes.versions for vises in version.contrats}
    for texte in get_args(TexteConventionnel):
        if texte not in connus:
            raise BaremeInvalide(textes.nom, "", "versions", f"il manque le texte {texte}")
    return Baremes(
        textes=textes,
        aide=lire("aide", VersionAide),
        objectifs=lire("objectifs", VersionObjectifs),
        echeances=lire("echeances", VersionEcheances),
        eligibilite=lire("eligibilite", VersionEligibilite),
    )
