"""The barème files a user adds: versions that join those of the program, or take the place of those of the same name.

A file is checked as the program's own are, together with the versions that it joins; at fault, none of it applies.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Generic, TypeVar

from assistmed_desktop.formats import compte
from assistmed_desktop.rules.lecture_bareme import FauteDeBareme, lire_fichier, lire_versions
from assistmed_desktop.rules.resultats import BaremeAjoute
from assistmed_desktop.rules.tables import Version

if TYPE_CHECKING:
    from collections.abc import Iterator, KeysView
    from pathlib import Path

V = TypeVar("V", bound=Version)
FAUTES_MAX = 20
"""The most faults told of one file: what follows them is often their doing."""


@dataclass(frozen=True, slots=True)
class Ajout(Generic[V]):
    """The versions of a table once a file was added, and what it adds; or the program's own, and the faults."""

    versions: tuple[V, ...]
    ajoute: BaremeAjoute | None
    fautes: tuple[FauteDeBareme, ...]


def ajouter(du_programme: tuple[V, ...], chemin: Path, modele: type[V]) -> Ajout[V]:
    """Add the versions of a file to those of the program; whatever the file holds, this gives its faults at worst."""
    try:
        return _ajouter(du_programme, chemin, modele)
    except OSError:
        message = "ce fichier ne peut pas être lu"
    except Exception:  # noqa: BLE001 - a file of the user's may stop itself alone, never the program
        message = "ce fichier ne peut pas être compris comme un barème"
    return Ajout(du_programme, None, (FauteDeBareme(chemin.name, "", "", message),))


def _ajouter(du_programme: tuple[V, ...], chemin: Path, modele: type[V]) -> Ajout[V]:
    lues, fautes = _lire(chemin, modele)
    remplacantes = {version.cle: version for version in lues}
    connues = {version.cle: version for version in du_programme}
    completes = (
        *(remplacantes.get(version.cle, version) for version in du_programme),
        *(version for version in lues if version.cle not in connues),
    )
    fautes = fautes or tuple(_fautes_ensemble(completes, du_programme, remplacantes.keys(), chemin.name))
    if fautes:
        return Ajout(du_programme, None, _premieres(fautes))
    remplacees = tuple(cle for cle in connues if cle in remplacantes)
    ajoute = BaremeAjoute(
        fichier=chemin.name,
        table=chemin.stem,
        versions=tuple(remplacantes),
        remplacees=remplacees,
        depassees=tuple(cle for cle in remplacees if remplacantes[cle].verifie_le < connues[cle].verifie_le),
        verifie_le=min(version.verifie_le for version in lues),
    )
    return Ajout(completes, ajoute, ())


def nom_inconnu(fichier: str, tables: tuple[str, ...]) -> FauteDeBareme:
    """Say that a file bears the name of no table."""
    noms = ", ".join(f"{table}.toml" for table in tables)
    return FauteDeBareme(fichier, "", "", f"un barème ajouté porte le nom de l'une des tables : {noms}")


def _lire(chemin: Path, modele: type[V]) -> tuple[tuple[V, ...], tuple[FauteDeBareme, ...]]:
    contenu = lire_fichier(chemin)
    if isinstance(contenu, FauteDeBareme):
        return (), (contenu,)
    return lire_versions(contenu, chemin.name, modele)


def _premieres(fautes: tuple[FauteDeBareme, ...]) -> tuple[FauteDeBareme, ...]:
    if len(fautes) <= FAUTES_MAX:
        return fautes
    reste = compte(len(fautes) - FAUTES_MAX, "autre faute", "autres fautes")
    return (*fautes[:FAUTES_MAX], FauteDeBareme(fautes[0].fichier, "", "", f"et {reste}"))


def _fautes_ensemble(
    completes: tuple[V, ...], du_programme: tuple[V, ...], ajoutees: KeysView[str], fichier: str
) -> Iterator[FauteDeBareme]:
    """Tell what the added versions do to the table they join: one that overlaps another, a text no longer known."""
    for paire in combinations(completes, 2):
        if paire[0].chevauche(paire[1]):
            sienne, autre = sorted(paire, key=lambda version: version.cle not in ajoutees)
            yield FauteDeBareme(
                fichier,
                sienne.cle,
                "effet_du",
                f"cette version chevauche la version {autre.cle} du programme : pour donner une fin à celle-ci, ou la "
                "remplacer, redonnez-la dans ce fichier sous le même nom",
            )
    restants = _textes(completes)
    for texte in _textes(du_programme):
        if texte not in restants:
            yield FauteDeBareme(fichier, "", "versions", f"il manque le texte {texte}")


def _textes(versions: tuple[V, ...]) -> list[str]:
    return list(dict.fromkeys(vises.texte for version in versions for vises in version.contrats))
