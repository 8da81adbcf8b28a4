"""The barèmes: dated versions of whole tables, read from TOML files and refused when anything in them is doubtful.

Every version says which contracts it governs (text and days of signature), from which day to which day it has effect,
where it comes from, when someone last read it against that source, and how sure it is (grade A to D). What nobody has
published is absent. Look-up is by text, signature and effect; outside every version it raises.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel, TexteConventionnel
from assistmed_desktop.rules.reperes import Publication, Reperes
from assistmed_desktop.rules.tables import (
    Version,
    VersionAide,
    VersionEcheances,
    VersionEligibilite,
    VersionObjectifs,
    VersionTextes,
)

DOSSIER_DES_BAREMES = Path(__file__).parent / "baremes"


class BaremeInvalide(ValueError):  # noqa: N818 - a French name, as the whole domain
    """A barème file is refused: which file, which version, which key, and why."""

    def __init__(self, fichier: str, version: str, cle: str, message: str) -> None:
        """Say where the fault is."""
        self.fichier, self.version, self.cle, self.message = fichier, version, cle, message
        lieu = ", ".join(partie for partie in (version and f"version {version}", cle and f"clé {cle}") if partie)
        super().__init__(f"{fichier}{' (' + lieu + ')' if lieu else ''} : {message}")


class HorsBareme(LookupError):  # noqa: N818 - a French name, as the whole domain
    """No version of a table governs this text, signature and day of effect."""


V = TypeVar("V", bound=Version)
M = TypeVar("M", bound=BaseModel)


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
    """Every table of the law the program knows, and the figures published to compare a practice with."""

    textes: Bareme[VersionTextes]
    aide: Bareme[VersionAide]
    objectifs: Bareme[VersionObjectifs]
    echeances: Bareme[VersionEcheances]
    eligibilite: Bareme[VersionEligibilite]
    reperes: Reperes

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
    versions = _lire_tables(texte, fichier, "versions", modele)
    for avant, apres in combinations(versions, 2):
        if avant.cle == apres.cle:
            raise BaremeInvalide(fichier, apres.cle, "cle", "deux versions portent ce nom")
        if avant.chevauche(apres):
            raise BaremeInvalide(fichier, apres.cle, "effet_du", f"cette version chevauche la version {avant.cle}")
    return Bareme(fichier, versions)


def lire_reperes(texte: str, fichier: str) -> Reperes:
    """Read the published figures from the text of their TOML file.

    Raises:
        BaremeInvalide: not TOML, an unknown key, a missing source, a wrong value, or a key used twice.

    """
    reperes = Reperes(_lire_tables(texte, fichier, "publications", Publication))
    for avant, apres in combinations(reperes.publications, 2):
        if avant.cle == apres.cle:
            raise BaremeInvalide(fichier, apres.cle, "cle", "deux publications portent ce nom")
    for (_, premier), (publication, second) in combinations(reperes.tous, 2):
        if premier.cle == second.cle:
            raise BaremeInvalide(fichier, publication.cle, "reperes", f"deux chiffres portent le nom {second.cle}")
    return reperes


def _lire_tables(texte: str, fichier: str, liste: str, modele: type[M]) -> tuple[M, ...]:
    """Read the tables of the only list of a file, each by its model."""
    try:
        brut = tomllib.loads(texte)
    except tomllib.TOMLDecodeError as erreur:
        raise BaremeInvalide(fichier, "", "", f"ce n'est pas du TOML : {_lieu(str(erreur))}") from None
    except RecursionError:
        raise BaremeInvalide(fichier, "", "", "ce fichier est trop imbriqué pour être un barème") from None
    except ValueError:
        raise BaremeInvalide(fichier, "", "", "un nombre de ce fichier est trop long") from None
    for cle in brut:
        if cle != liste:
            raise BaremeInvalide(fichier, "", cle, "cette clé est inconnue")
    tables = brut.get(liste)
    if not isinstance(tables, list) or not tables:
        raise BaremeInvalide(fichier, "", liste, f"il faut au moins une {liste.removesuffix('s')}")
    return tuple(_lire_version(table, rang, fichier, modele) for rang, table in enumerate(tables, 1))


def _lieu(erreur: str) -> str:
    """Say in French where tomllib stopped."""
    place = re.search(r"at line (\d+), column (\d+)", erreur)
    return f"erreur à la ligne {place[1]}, colonne {place[2]}" if place else "le fichier s'arrête trop tôt"


def _lire_version(table: object, rang: int, fichier: str, modele: type[M]) -> M:
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

    def contenu(nom: str) -> str:
        fichier = dossier / f"{nom}.toml"
        try:
            return fichier.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise BaremeInvalide(fichier.name, "", "", "ce fichier n'est pas en UTF-8") from None

    def lire(nom: str, modele: type[V]) -> Bareme[V]:
        return lire_bareme(contenu(nom), f"{nom}.toml", modele)

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
        reperes=lire_reperes(contenu("reperes"), "reperes.toml"),
    )
