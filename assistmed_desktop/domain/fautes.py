"""What is wrong with a dossier, each fault with its path and a French sentence that says how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

RACINE = "dossier"


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
    texte = ""
    for partie in parties:
        if isinstance(partie, int):
            texte += f"[{partie}]"
        else:
            texte += f".{partie}" if texte else partie
    return texte or RACINE


def fautes_de_pydantic(erreur: ValidationError, brut: object) -> list[Faute]:
    """Turn every error of a validation into a fault, its path without the tags of the unions."""
    return [
        Faute(chemin(*_sans_etiquettes(detail["loc"], brut)), _message(detail))
        for detail in erreur.errors(include_url=False)
    ]


def _sans_etiquettes(loc: tuple[int | str, ...], brut: Any) -> list[int | str]:  # noqa: ANN401 - any JSON value
    parties: list[int | str] = []
    courant = brut
    for rang, partie in enumerate(loc):
        dernier = rang == len(loc) - 1
        if isinstance(courant, dict) and isinstance(partie, str):
            if partie in courant:
                courant = courant[partie]
            elif dernier:
                courant = None
            else:
                continue
        elif isinstance(courant, list) and isinstance(partie, int) and partie < len(courant):
            courant = courant[partie]
        parties.append(partie)
    return parties


_MESSAGES = {
    "missing": "cette clé manque",
    "extra_forbidden": "cette clé n'existe pas dans le format : retirez-la ou corrigez son nom",
    "int_type": "un nombre entier est attendu, sans guillemets",
    "int_from_float": "un nombre entier est attendu, sans décimale",
    "int_parsing_size": "ce nombre est trop grand",
    "float_type": "un nombre est attendu, sans guillemets",
    "finite_number": "un nombre fini est attendu",
    "string_type": "un texte entre guillemets est attendu",
    "bool_type": "true ou false est attendu, sans guillemets",
    "date_type": "une date est attendue",
    "tuple_type": "une liste entre crochets est attendue",
    "model_type": "un objet entre accolades est attendu",
    "model_attributes_type": "un objet entre accolades est attendu",
    "string_too_short": "ce texte ne peut pas être vide",
}

_MESSAGES_CHIFFRES = {
    "greater_than": "ce nombre doit être plus grand que {gt}",
    "greater_than_equal": "ce nombre ne peut pas être plus petit que {ge}",
    "less_than_equal": "ce nombre ne peut pas dépasser {le}",
    "string_too_long": "ce texte dépasse {max_length} caractères",
    "too_short": "il en faut au moins {min_length}",
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
            return f"« {contexte['tag']} » est inconnu ; attendu : {_choix(contexte['expected_tags'])}"
        case "union_tag_not_found":
            return f"la clé « {contexte['discriminator'].strip(chr(39))} », qui dit le genre de cet objet, manque"
        case _:
            return _MESSAGES.get(genre, detail["msg"])


_FORMES = {
    r"^[0-9]{5}$": "un code postal a cinq chiffres",
    r"^([0-9]{2}|2[AB]|97[0-9]|98[0-9])$": "un département s'écrit 58, 2A ou 974",
    r"^([0-9]{8,9})?$": "un numéro d'assurance maladie a huit ou neuf chiffres",
    r"^[a-z0-9]+(_[a-z0-9]+)*$": "une spécialité s'écrit en minuscules sans accent, par exemple medecine_generale",
    r"^[A-Za-z0-9_.-]+$": "un identifiant s'écrit avec des lettres sans accent, des chiffres, _ . ou -",
}


def _choix(attendu: str) -> str:
    return attendu.replace("'", "").replace(" or ", " ou ")


def _chiffre(valeur: object) -> object:
    return int(valeur) if isinstance(valeur, float) and valeur.is_integer() else valeur
