"""The barèmes: dated versions of whole tables, read from TOML files and refused when anything in them is doubtful.

Every version says which contracts it governs (text and days of signature), from which day to which day it has effect,
where it comes from, when someone last read it against that source, and how sure it is (grade A to D). What nobody has
published is absent. Look-up is by text, signature and effect; outside every version it raises.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar, get_args

from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel, TexteConventionnel
from assistmed_desktop.rules.ajouts import ajouter, nom_inconnu
from assistmed_desktop.rules.lecture_bareme import FauteDeBareme, decoder, lire_tables, lire_versions
from assistmed_desktop.rules.reperes import Publication, Reperes
from assistmed_desktop.rules.resultats import BaremeAjoute
from assistmed_desktop.rules.tables import (
    Version,
    VersionAide,
    VersionEcheances,
    VersionEligibilite,
    VersionObjectifs,
    VersionTextes,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

DOSSIER_DES_BAREMES = Path(__file__).parent / "baremes"


class BaremeInvalide(ValueError):  # noqa: N818 - a French name, as the whole domain
    """A barème file is refused: which file, which version, which key, and why."""

    def __init__(self, fichier: str, version: str, cle: str, message: str) -> None:
        """Say where the fault is."""
        self.fichier, self.version, self.cle, self.message = fichier, version, cle, message
        super().__init__(str(FauteDeBareme(fichier, version, cle, message)))


class HorsBareme(LookupError):  # noqa: N818 - a French name, as the whole domain
    """No version of a table governs this text, signature and day of effect."""


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
    """Every table of the law the program knows, and the figures published to compare a practice with.

    ``relus_le`` is the last day on which one of the program's own versions was read against its source.
    ``ajoutes`` are the files of the user's folder that apply. ``refus`` holds the faults of those that do not: the
    program's tables stand in their place.
    """

    textes: Bareme[VersionTextes]
    aide: Bareme[VersionAide]
    objectifs: Bareme[VersionObjectifs]
    echeances: Bareme[VersionEcheances]
    eligibilite: Bareme[VersionEligibilite]
    reperes: Reperes
    relus_le: date
    ajoutes: tuple[BaremeAjoute, ...] = ()
    refus: tuple[FauteDeBareme, ...] = ()

    @property
    def tables(self) -> dict[str, tuple[Version, ...]]:
        """The versions of each table, by its name."""
        return {
            "textes": self.textes.versions,
            "aide": self.aide.versions,
            "objectifs": self.objectifs.versions,
            "echeances": self.echeances.versions,
            "eligibilite": self.eligibilite.versions,
        }

    @property
    def verifies_le(self) -> date:
        """The oldest day on which one of the versions was last read against its source."""
        return min(version.verifie_le for versions in self.tables.values() for version in versions)


def lire_bareme(texte: str, fichier: str, modele: type[V]) -> Bareme[V]:
    """Read the versions of one table from the text of its TOML file.

    Raises:
        BaremeInvalide: not TOML, an unknown key, a missing reference, a wrong value, thresholds out of order, or two
            versions that could govern the same contract on the same day.

    """
    versions, fautes = lire_versions(texte, fichier, modele)
    _refuser(fautes)
    return Bareme(fichier, versions)


def lire_reperes(texte: str, fichier: str) -> Reperes:
    """Read the published figures from the text of their TOML file.

    Raises:
        BaremeInvalide: not TOML, an unknown key, a missing source, a wrong value, or a key used twice.

    """
    publications, fautes = lire_tables(texte, fichier, "publications", Publication)
    _refuser(fautes)
    reperes = Reperes(publications)
    for avant, apres in combinations(reperes.publications, 2):
        if avant.cle == apres.cle:
            raise BaremeInvalide(fichier, apres.cle, "cle", "deux publications portent ce nom")
    for (_, premier), (publication, second) in combinations(reperes.tous, 2):
        if premier.cle == second.cle:
            raise BaremeInvalide(fichier, publication.cle, "reperes", f"deux chiffres portent le nom {second.cle}")
    return reperes


def _refuser(fautes: Iterable[FauteDeBareme]) -> None:
    """Raise the first fault, if there is one."""
    for faute in fautes:
        raise BaremeInvalide(faute.fichier, faute.version, faute.cle, faute.message)


def charger_baremes(dossier: Path = DOSSIER_DES_BAREMES, ajouts: Path | None = None) -> Baremes:
    """Read every table from a folder of TOML files, and add the user's from another folder, which need not exist.

    A file of ``ajouts`` bears the name of a table. Its versions take the place of those of the same ``cle`` and join
    the others. A file at fault does not apply at all, and ``Baremes.refus`` says why. What changes in ``ajouts`` is
    seen at the next call.

    Raises:
        BaremeInvalide: when one of the files of ``dossier`` is refused.
        OSError: when one of them cannot be read.

    """
    return _charger(dossier, ajouts, () if ajouts is None else _etat(ajouts))


def _etat(ajouts: Path) -> tuple[tuple[str, int, int], ...]:
    """Give the TOML files of a folder, with what tells that one has changed."""
    try:
        with os.scandir(ajouts) as entrees:
            return tuple(sorted(_empreinte(entree) for entree in entrees if est_du_toml(entree.name)))
    except FileNotFoundError:
        return ()
    except OSError:
        return ((_ILLISIBLE, 0, 0),)


def _empreinte(entree: os.DirEntry[str]) -> tuple[str, int, int]:
    try:
        etat = entree.stat()
    except OSError:
        return entree.name, 0, 0  # a link without a target, for one: the file alone is refused, when it is read
    return entree.name, etat.st_mtime_ns, etat.st_size


_ILLISIBLE = "."  # no file has this name


def est_du_toml(nom: str) -> bool:
    """Say whether a file of the user's folder is taken for a barème, by its name; a hidden one is not."""
    return nom.lower().endswith(".toml") and not nom.startswith(".")


def essayer_ajout(fichier: Path) -> Baremes:
    """Read the tables of the program with one added file, wherever it is: its faults, or what it brings.

    Raises:
        OSError: when a file of the program cannot be read.

    """
    return _lire_tout(DOSSIER_DES_BAREMES, fichier.parent, [fichier.name])


@lru_cache(maxsize=16)
def _charger(dossier: Path, ajouts: Path | None, etat: tuple[tuple[str, int, int], ...]) -> Baremes:
    return _lire_tout(dossier, ajouts, [nom for nom, _, _ in etat])


def _lire_tout(dossier: Path, ajouts: Path | None, noms: list[str]) -> Baremes:
    ajoutes: list[BaremeAjoute] = []
    refus: list[FauteDeBareme] = []
    relus: list[date] = []

    def contenu(nom: str) -> str:
        texte = decoder((dossier / f"{nom}.toml").read_bytes(), f"{nom}.toml")
        if isinstance(texte, FauteDeBareme):
            raise BaremeInvalide(texte.fichier, texte.version, texte.cle, texte.message)
        return texte

    def lire(nom: str, modele: type[V]) -> Bareme[V]:
        fichier = f"{nom}.toml"
        bareme = lire_bareme(contenu(nom), fichier, modele)
        relus.extend(version.verifie_le for version in bareme.versions)
        if ajouts is None or fichier not in noms:
            return bareme
        ajout = ajouter(bareme.versions, ajouts / fichier, modele)
        refus.extend(ajout.fautes)
        if ajout.ajoute is not None:
            ajoutes.append(ajout.ajoute)
        return Bareme(fichier, ajout.versions)

    textes = lire("textes", VersionTextes)
    connus = {vises.texte for version in textes.versions for vises in version.contrats}
    for texte in get_args(TexteConventionnel):
        if texte not in connus:
            raise BaremeInvalide(textes.nom, "", "versions", f"il manque le texte {texte}")
    baremes = Baremes(
        textes=textes,
        aide=lire("aide", VersionAide),
        objectifs=lire("objectifs", VersionObjectifs),
        echeances=lire("echeances", VersionEcheances),
        eligibilite=lire("eligibilite", VersionEligibilite),
        reperes=lire_reperes(contenu("reperes"), "reperes.toml"),
        relus_le=max(relus),
    )
    tables = tuple(baremes.tables)
    if ajouts is not None and _ILLISIBLE in noms:
        refus.append(FauteDeBareme(ajouts.name, "", "", "ce dossier ne peut pas être lu"))
    else:
        refus += [nom_inconnu(nom, tables) for nom in noms if nom not in {f"{table}.toml" for table in tables}]
    return replace(baremes, ajoutes=tuple(ajoutes), refus=tuple(refus))
