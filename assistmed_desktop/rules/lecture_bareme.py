"""Read the TOML of one table into its versions, or tell every fault: which file, version and key, and why."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, fields
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from assistmed_desktop.formats import nombre
from assistmed_desktop.rules.tables import Version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

TAILLE_MAX = 1024 * 1024
"""The largest file read, in bytes: over a hundred times the largest of the program."""
POINTS_MAX = 32
"""The most dots on a line, outside what is quoted: the time that tomllib takes grows with their square."""
PROFONDEUR_MAX = 5
LISTE_MAX = 100
TEXTE_MAX = 500
NOM_MAX = 100
TROP_IMBRIQUE = "ce fichier est trop imbriqué pour être un barème"

V = TypeVar("V", bound=Version)
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class FauteDeBareme:
    """What is wrong with a barème file; ``version`` and ``cle`` are empty where the whole of it is at fault."""

    fichier: str
    version: str
    cle: str
    message: str

    def __post_init__(self) -> None:
        """Keep nothing of a file or of its name that a terminal would obey: a fault is one line."""
        for champ in fields(self):
            if champ.name != "message":
                object.__setattr__(self, champ.name, en_clair(getattr(self, champ.name)))

    def __str__(self) -> str:
        """Write the fault on one line, its place first."""
        lieux = (self.version and f"version {self.version}", self.cle and f"clé {self.cle}")
        lieu = ", ".join(partie for partie in lieux if partie)
        return f"{self.fichier}{' (' + lieu + ')' if lieu else ''} : {self.message}"


def en_clair(nom: str) -> str:
    """Give a name as it is shown: what cannot be seen has its place marked, and what is long is cut."""
    vu = "".join(caractere if caractere.isprintable() else "\ufffd" for caractere in nom)
    return vu if len(vu) <= NOM_MAX else f"{vu[:NOM_MAX]}…"


def lire_fichier(chemin: Path) -> str | FauteDeBareme:
    """Give the text of a file of the user's, or why it has none; only a regular file is opened, and never read whole.

    Raises:
        OSError: when the system refuses it.

    """
    if chemin.is_dir():
        return FauteDeBareme(chemin.name, "", "", "c'est un dossier, pas un fichier")
    if not chemin.is_file():
        return FauteDeBareme(chemin.name, "", "", "ce n'est pas un fichier ordinaire, ou c'est un lien sans cible")
    with chemin.open("rb") as lu:
        return decoder(lu.read(TAILLE_MAX + 1), chemin.name)


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
    brut = _toml(texte)
    if isinstance(brut, str):
        return (), (FauteDeBareme(fichier, "", "", brut),)
    fautes = [FauteDeBareme(fichier, "", cle, "cette clé est inconnue") for cle in brut if cle != liste]
    tables = brut.get(liste)
    if not isinstance(tables, list) or not tables:
        return (), (*fautes, FauteDeBareme(fichier, "", liste, f"il faut au moins une {liste.removesuffix('s')}"))
    if len(tables) > LISTE_MAX:
        return (), (*fautes, FauteDeBareme(fichier, "", liste, _TROP_LONGUE))
    lues: list[M] = []
    for rang, table in enumerate(tables, 1):
        cle = table.get("cle") if isinstance(table, dict) else None
        nom = cle if cle and isinstance(cle, str) else str(rang)
        if mal_formes := [FauteDeBareme(fichier, nom, *faute) for faute in _fautes_de_forme(table)]:
            fautes += mal_formes
            continue
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


_TROP_LONGUE = f"cette liste dépasse {nombre(LISTE_MAX)} éléments"
_ENTRE_GUILLEMETS = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|#.*")


def _toml(texte: str) -> dict[str, object] | str:
    """Give what a text in TOML holds, or why it is none."""
    if any(_points(ligne) > POINTS_MAX for ligne in texte.split("\n")):
        return TROP_IMBRIQUE
    try:
        return tomllib.loads(texte)
    except tomllib.TOMLDecodeError as erreur:
        return f"ce n'est pas du TOML : {_lieu(str(erreur))}"
    except RecursionError:
        return TROP_IMBRIQUE
    except ValueError:
        return "un nombre de ce fichier est trop long"


def _points(ligne: str) -> int:
    """Count the dots of a line outside what is quoted or commented: those of a key, for the most part."""
    return _ENTRE_GUILLEMETS.sub("", ligne).count(".") if ligne.count(".") > POINTS_MAX else 0


def _fautes_de_forme(valeur: object, chemin: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Tell what no table may hold, whatever its model: key and message."""
    cle = ".".join(chemin)
    if len(chemin) > PROFONDEUR_MAX:
        yield cle, TROP_IMBRIQUE
    elif isinstance(valeur, dict):
        for nom, element in valeur.items():
            yield from _fautes_de_forme(element, (*chemin, nom))
    elif isinstance(valeur, list):
        if len(valeur) > LISTE_MAX:
            yield cle, _TROP_LONGUE
            return
        for rang, element in enumerate(valeur):
            yield from _fautes_de_forme(element, (*chemin, str(rang)))
    elif isinstance(valeur, str):
        if len(valeur) > TEXTE_MAX:
            yield cle, f"ce texte dépasse {nombre(TEXTE_MAX)} caractères"
        elif any(unicodedata.category(caractere) in ("Cc", "Cs", "Zl", "Zp") for caractere in valeur):
            yield cle, "ce texte contient un caractère invisible interdit, comme un retour à la ligne"


def _lieu(erreur: str) -> str:
    """Say in French where tomllib stopped."""
    place = re.search(r"at line (\d+), column (\d+)", erreur)
    return f"erreur à la ligne {place[1]}, colonne {place[2]}" if place else "le fichier s'arrête trop tôt"


def _fautes_de_la_table(erreur: ValidationError, nom: str, fichier: str) -> Iterator[FauteDeBareme]:
    for detail in erreur.errors(include_url=False):
        cle = ".".join(str(partie) for partie in detail["loc"])
        yield FauteDeBareme(fichier, nom, cle, _message(detail["type"], detail["msg"], detail.get("ctx", {})))


def _en_tuples(valeur: object) -> object:
    """Turn the lists of TOML into tuples, which the strict models ask for."""
    if isinstance(valeur, list):
        return tuple(_en_tuples(element) for element in valeur)
    if isinstance(valeur, dict):
        return {cle: _en_tuples(element) for cle, element in valeur.items()}
    return valeur


def _message(genre: str, message: str, bornes: Mapping[str, object]) -> str:
    if genre == "less_than_equal":
        return f"ce nombre dépasse {nombre(Fraction(str(bornes['le'])))}"
    if genre in ("too_long", "string_too_long"):
        return f"c'est trop long : au plus {bornes['max_length']}"
    if genre == "value_error":
        return message.removeprefix("Value error, ")
    return _MESSAGES.get(genre, "cette valeur n'est pas de la forme attendue")


_MESSAGES = {"missing": "cette clé manque", "extra_forbidden": "cette clé est inconnue"}
