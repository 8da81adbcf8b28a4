"""What is wrong with a dossier, each fault with its path and a French sentence that says how to mend it."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

RACINE = "dossier"

_UNIONS = ("contrats", "avenants")


@dataclass(frozen=True, slots=True, order=True)
class Faute:
    """One fault: ``chemin`` such as ``contrats[0].objectif.patientele_mt``, and ``message``, a French sentence."""

    chemin: str
    message: str

    def __str__(self) -> str:
        """Write the fault on one line, path first."""
        return f"{self.chemin} : {self.message}"


class DossierInvalide(ValueError):  # noqa: N818 - a French name, as the whole domain
    """A dossier is refused. ``fautes`` holds every fault, in the order of the file."""

    def __init__(self, fautes: Iterable[Faute]) -> None:
        """Keep the faults."""
        self.fautes = tuple(fautes)
        super().__init__("\n".join(str(faute) for faute in self.fautes))


def chemin(*parties: str | int) -> str:
    """Write a path: keys joined by dots, indices in brackets; the root itself is ``dossier``."""
    texte = RACINE
    for partie in parties:
        texte = _sous(texte, partie)
    return texte


def _sous(parent: str, partie: str | int) -> str:
    racine = "" if parent == RACINE else parent
    if isinstance(partie, int):
        return f"{racine}[{partie}]"
    if not re.fullmatch(r"[\w-]+", partie):  # a key of no model: quoted, so that a path is one line and unambiguous
        return f"{racine}[{json.dumps(partie, ensure_ascii=not partie.isprintable())}]"
    return f"{racine}.{partie}" if racine else partie


def dans_l_ordre(fautes: Iterable[Faute], brut: object) -> list[Faute]:
    """Sort faults as the document reads: an object before what it holds, a missing key at the end of its object."""
    debuts: dict[str, int] = {}
    fins: dict[str, int] = {}

    def parcourir(valeur: object, ici: str) -> None:
        debuts[ici] = len(debuts)
        if isinstance(valeur, dict):
            for cle, enfant in valeur.items():
                parcourir(enfant, _sous(ici, cle))
        elif isinstance(valeur, list):
            for rang, enfant in enumerate(valeur):
                parcourir(enfant, _sous(ici, rang))
        fins[ici] = len(debuts)

    def place(faute: Faute) -> float:
        parent = faute.chemin.rpartition(".")[0] or RACINE
        return debuts[faute.chemin] if faute.chemin in debuts else fins[parent] - 0.5

    parcourir(brut, RACINE)
    return sorted(fautes, key=place)


def fautes_de_pydantic(details: Iterable[ErrorDetails]) -> list[Faute]:
    """Turn the errors of a validation into faults."""
    return [Faute(chemin(*lieu(detail)), _message(detail)) for detail in details]


def genre_inconnu(detail: ErrorDetails) -> bool:
    """Say whether an error is that the kind of an object, which decides of its other keys, is missing or unknown."""
    return detail["type"] in ("union_tag_invalid", "union_tag_not_found")


def lieu(detail: ErrorDetails) -> list[int | str]:
    """Give the place of an error in the document: no tags of unions, the key at fault when it is the tag itself."""
    loc = detail["loc"]
    parties = [
        partie
        for rang, partie in enumerate(loc)
        if not (rang > 1 and isinstance(loc[rang - 1], int) and loc[rang - 2] in _UNIONS)
    ]
    return [*parties, detail["ctx"]["discriminator"].strip("'")] if genre_inconnu(detail) else parties


_MESSAGES = {
    "missing": "cette clé manque",
    "union_tag_not_found": "cette clé manque",
    "extra_forbidden": "cette clé n'existe pas dans le format : retirez-la ou corrigez son nom",
    "int_type": "un nombre entier est attendu, sans guillemets ni décimale",
    "int_parsing_size": "ce nombre est trop grand",
    "float_type": "un nombre est attendu, sans guillemets",
    "finite_number": "un nombre fini est attendu",
    "string_type": "un texte entre guillemets est attendu",
    "bool_type": "true ou false est attendu, sans guillemets",
    "date_type": "une date est attendue",
    "tuple_type": "une liste entre crochets est attendue",
    "dict_type": "un objet entre accolades est attendu",
    "model_type": "un objet entre accolades est attendu",
    "model_attributes_type": "un objet entre accolades est attendu",
    "string_too_short": "ce texte ne peut pas être vide",
}

_MESSAGES_CHIFFRES = {
    "greater_than": "ce nombre doit être plus grand que {gt}",
    "greater_than_equal": "ce nombre ne peut pas être plus petit que {ge}",
    "less_than_equal": "ce nombre ne peut pas dépasser {le}",
    "string_too_long": "ce texte dépasse {max_length} caractères",
}


def _message(detail: ErrorDetails) -> str:
    genre, contexte = detail["type"], detail.get("ctx", {})
    if genre in _MESSAGES_CHIFFRES:
        return _MESSAGES_CHIFFRES[genre].format(**{cle: _chiffre(valeur) for cle, valeur in contexte.items()})
    match genre:
        case "string_pattern_mismatch":
            return _FORMES[contexte["pattern"]]
        case "literal_error":
            return f"valeur inconnue ; attendu : {_choix(contexte['expected'])}"
        case "union_tag_invalid":
            return f"valeur inconnue ; attendu : {_choix(contexte['expected_tags'])}"
        case _:
            return _MESSAGES.get(genre, _AUTRE if genre in _GENRES_DE_PYDANTIC else detail["msg"])


_AUTRE = "cette valeur n'a pas la forme attendue"
_GENRES_DE_PYDANTIC = frozenset(get_args(ErrorType))


_FORMES = {
    r"^[0-9]{5}$": "un code postal a cinq chiffres",
    r"^([0-9]{2}|2[AB]|97[0-9]|98[0-9])$": "un département s'écrit 58, 2A ou 974",
    r"^([0-9]{8,9})?$": "un numéro d'assurance maladie a huit ou neuf chiffres",
    r"^[a-z0-9]+(_[a-z0-9]+)*$": "une spécialité s'écrit en minuscules sans accent, par exemple medecine_generale",
    r"^[A-Za-z0-9_.-]+$": "un identifiant s'écrit avec des lettres sans accent, des chiffres, _ . ou -",
}


def _choix(attendu: str) -> str:
    *choix, dernier = attendu.replace("'", "").replace(" or ", ", ").split(", ")
    return f"{', '.join(choix)} ou {dernier}" if choix else dernier


def _chiffre(valeur: object) -> object:
    return int(valeur) if isinstance(valeur, float) and valeur.is_integer() else valeur
