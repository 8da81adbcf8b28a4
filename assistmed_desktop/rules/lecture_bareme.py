"""Read the TOML of one table into its versions, or tell every fault: which file, version and key, and why."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from assistmed_desktop.rules.tables import Version

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TAILLE_MAX = 1024 * 1024
"""The largest file read, in bytes: some three hundred times the largest of the program."""

V = TypeVar("V", bound=Version)
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class FauteDeBareme:
    """What is wrong with a barème file; ``version`` and ``cle`` are empty where the whole of it is at fault."""

    fichier: str
    version: str
    cle: str
    message: str

    def __str__(self) -> str:
        """Write the fault on one line, its place first."""
        lieux = (self.version and f"version {self.version}", self.cle and f"clé {self.cle}")
        lieu = ", ".join(partie for partie in lieux if partie)
        return f"{self.fichier}{' (' + lieu + ')' if lieu else ''} : {self.message}"


def decoder(contenu: bytes, fichier: str) -> str | FauteDeBareme:
    """Give the text of a file, or why it has none."""
    if len(contenu) > TAILLE_MAX:
        return FauteDeBareme(fichier, "", "", "ce fichier est trop grand pour être un barème")
    try:
        return contenu.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return FauteDeBareme(fichier, "", "", "ce fichier n'est pas en UTF-8")


def lire_tables(
    texte: str, fichier: str, liste: str, modele: type[M]
) -> tuple[tuple[M, ...], tuple[FauteDeBareme, ...]]:
    """Read the tables of the only list of a file, each by its model, with every fault that can be told."""
    try:
        brut = tomllib.loads(texte)
    except tomllib.TOMLDecodeError as erreur:
        return (), (FauteDeBareme(fichier, "", "", f"ce n'est pas du TOML : {_lieu(str(erreur))}"),)
    except RecursionError:
        return (), (FauteDeBareme(fichier, "", "", "ce fichier est trop imbriqué pour être un barème"),)
    except ValueError:
        return (), (FauteDeBareme(fichier, "", "", "un nombre de ce fichier est trop long"),)
    fautes = [FauteDeBareme(fichier, "", cle, "cette clé est inconnue") for cle in brut if cle != liste]
    tables = brut.get(liste)
    if not isinstance(tables, list) or not tables:
        return (), (*fautes, FauteDeBareme(fichier, "", liste, f"il faut au moins une {liste.removesuffix('s')}"))
    lues: list[M] = []
    for rang, table in enumerate(tables, 1):
        nom = str((isinstance(table, dict) and table.get("cle")) or rang)
        try:
            lues.append(modele.model_validate(_en_tuples(table)))
        except ValidationError as erreur:
            fautes += _fautes_de_la_table(erreur, nom, fichier)
    return tuple(lues), tuple(fautes)


def lire_versions(texte: str, fichier: str, modele: type[V]) -> tuple[tuple[V, ...], tuple[FauteDeBareme, ...]]:
    """Read the versions of a table from the text of its file, with every fault that can be told."""
    versions, fautes = lire_tables(texte, fichier, "versions", modele)
    return versions, (*fautes, *_fautes_entre(versions, fichier))


def _fautes_entre(versions: Sequence[Version], fichier: str) -> Iterator[FauteDeBareme]:
    """Tell the versions that bear one name, and those that could govern one contract on one day."""
    for avant, apres in combinations(versions, 2):
        if avant.cle == apres.cle:
            yield FauteDeBareme(fichier, apres.cle, "cle", "deux versions portent ce nom")
        elif avant.chevauche(apres):
            yield FauteDeBareme(fichier, apres.cle, "effet_du", f"cette version chevauche la version {avant.cle}")


def _lieu(erreur: str) -> str:
    """Say in French where tomllib stopped."""
    place = re.search(r"at line (\d+), column (\d+)", erreur)
    return f"erreur à la ligne {place[1]}, colonne {place[2]}" if place else "le fichier s'arrête trop tôt"


def _fautes_de_la_table(erreur: ValidationError, nom: str, fichier: str) -> Iterator[FauteDeBareme]:
    for detail in erreur.errors(include_url=False):
        cle = ".".join(str(partie) for partie in detail["loc"])
        yield FauteDeBareme(fichier, nom, cle, _message(detail["type"], detail["msg"]))


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
