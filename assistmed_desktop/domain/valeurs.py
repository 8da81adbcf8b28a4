"""What every noun of the dossier is made of: the frozen base, and the types of dates, euros, ETP and text.

Each type reads two languages. From JSON it takes what dossier-v1 says (ISO dates, euros, ETP strings); from Python
it takes what the program holds (``date``, integer centimes, ``Fraction``). It always writes JSON in the first.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

ANNEE_MIN: Final = 1950
ANNEE_MAX: Final = 2150
MONTANT_MAX_EUROS: Final = 10_000_000
COMPTE_MAX: Final = 1_000_000
ETP_MAX: Final = 200


class Valeur(BaseModel):
    """The base of every noun: frozen, strict, no unknown key, compared by content."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        allow_inf_nan=False,
        json_schema_extra=lambda schema: schema.pop("description", None),  # the docstrings are not for its reader
    )


def facultatif(absent: object, description: str | None = None) -> Any:  # noqa: ANN401 - what Field gives
    """Declare a key that a dossier may leave out; left out it is ``absent``, which is never written.

    ``description`` is for the reader of the JSON Schema, in French.
    """
    return Field(default=absent, description=description, exclude_if=lambda valeur: valeur == absent)


def _lire_jour(valeur: object, info: ValidationInfo) -> object:
    if info.mode != "json":
        return valeur
    if not isinstance(valeur, str):
        raise PydanticCustomError("jour_type", 'une date entre guillemets est attendue, par exemple "2022-03-15"')
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", valeur):
        raise PydanticCustomError(
            "jour_forme", "« {valeur} » n'est pas une date de la forme 2022-03-15", {"valeur": _court(valeur)}
        )
    try:
        return date.fromisoformat(valeur)
    except ValueError:
        raise PydanticCustomError(
            "jour_inexistant", "la date {valeur} n'existe pas dans le calendrier", {"valeur": valeur}
        ) from None


def _jour_plausible(jour: date) -> date:
    if not ANNEE_MIN <= jour.year <= ANNEE_MAX:
        raise PydanticCustomError(
            "jour_lointain",
            "la date {valeur} est hors des années {min} à {max} : vérifiez l'année",
            {"valeur": jour.isoformat(), "min": ANNEE_MIN, "max": ANNEE_MAX},
        )
    return jour


Jour = Annotated[
    date,
    WithJsonSchema({"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
    BeforeValidator(_lire_jour),
    AfterValidator(_jour_plausible),
]


def _lire_euros(valeur: object, info: ValidationInfo) -> object:
    if info.mode != "json":
        return valeur
    if isinstance(valeur, bool) or not isinstance(valeur, int | float):
        raise PydanticCustomError("euros_type", "un montant en euros est attendu, sans guillemets, par exemple 18000")
    if not abs(valeur) <= MONTANT_MAX_EUROS:
        raise PydanticCustomError("euros_borne", "ce montant dépasse ce qu'un contrat peut verser")
    centimes = Decimal(str(valeur)) * 100
    if centimes != centimes.to_integral_value():
        raise PydanticCustomError("euros_centimes", "un montant en euros a au plus deux décimales")
    return int(centimes)


def _ecrire_euros(centimes: int) -> int | float:
    return centimes // 100 if centimes % 100 == 0 else centimes / 100


Euros = Annotated[
    int,
    Field(ge=0, le=MONTANT_MAX_EUROS * 100),
    WithJsonSchema({"type": "number", "minimum": 0, "description": "euros, au plus deux décimales"}),
    BeforeValidator(_lire_euros),
    PlainSerializer(_ecrire_euros, return_type=int | float, when_used="json"),
]
"""An amount: euros in JSON, integer centimes in Python."""


def texte_etp(valeur: Fraction) -> str:
    """Write an ETP as dossier-v1 does: ``"1/3"``, ``"1"``, ``"3/2"``."""
    return str(valeur)


def _lire_etp(valeur: object, info: ValidationInfo) -> object:
    if info.mode != "json":
        return valeur
    if not isinstance(valeur, str):
        raise PydanticCustomError("etp_type", 'un ETP s\'écrit entre guillemets, par exemple "1/2"')
    if not re.fullmatch(r"[1-9][0-9]{0,2}(/[1-9][0-9]{0,2})?", valeur):
        raise PydanticCustomError(
            "etp_forme",
            "« {valeur} » n'est pas un ETP : écrivez une fraction comme 1/3, 1/2, 1 ou 3/2",
            {"valeur": _court(valeur)},
        )
    lu = Fraction(valeur)
    if texte_etp(lu) != valeur:
        raise PydanticCustomError(
            "etp_forme",
            "« {valeur} » se simplifie : écrivez {simple}",
            {"valeur": valeur, "simple": texte_etp(lu)},
        )
    return lu


def _etp_plausible(valeur: Fraction) -> Fraction:
    if not 0 < valeur <= ETP_MAX:
        raise PydanticCustomError("etp_borne", "un ETP est plus grand que 0 et au plus {max}", {"max": ETP_MAX})
    return valeur


Etp = Annotated[
    Fraction,
    WithJsonSchema({"type": "string", "pattern": "^[1-9][0-9]{0,2}(/[1-9][0-9]{0,2})?$"}),
    AfterValidator(_etp_plausible),
    BeforeValidator(_lire_etp),
    PlainSerializer(texte_etp, return_type=str, when_used="json"),
]
"""A full-time equivalent: a fraction in lowest terms."""

OPTIONS_INDIVIDUELLES: Final = (Fraction(1, 3), Fraction(1, 2), Fraction(1), Fraction(3, 2), Fraction(2))
OPTION_INCONNUE: Final = "l'option d'un contrat individuel est 1/3, 1/2, 1, 3/2 ou 2"


def _option_connue(valeur: Fraction) -> Fraction:
    if valeur not in OPTIONS_INDIVIDUELLES:
        raise PydanticCustomError("option_inconnue", OPTION_INCONNUE)
    return valeur


OptionEtp = Annotated[
    Etp,
    WithJsonSchema({"type": "string", "enum": [texte_etp(option) for option in OPTIONS_INDIVIDUELLES]}),
    AfterValidator(_option_connue),
]


def _sans_controle(texte: str) -> str:
    """Refuse what no person types; a note or an address may have several lines, the rest has one."""
    return _sans(texte, sauf="\n\t")


def _une_ligne(texte: str) -> str:
    return _sans(texte, sauf="")


def _sans(texte: str, *, sauf: str) -> str:
    for caractere in texte:
        if unicodedata.category(caractere) in ("Cc", "Cs") and caractere not in sauf:
            raise PydanticCustomError("texte_controle", "ce texte contient un caractère invisible interdit")
    return texte


def _non_vide(texte: str) -> str:
    if not texte.strip():
        raise PydanticCustomError("texte_vide", "ce texte ne peut pas être vide")
    return texte


Texte = Annotated[str, Field(max_length=200), AfterValidator(_une_ligne)]
TexteRequis = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_non_vide), AfterValidator(_une_ligne)]
Adresse = Annotated[str, Field(max_length=200), AfterValidator(_sans_controle)]
Note = Annotated[str, Field(max_length=2000), AfterValidator(_sans_controle)]
Identifiant = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.-]+$")]
Compte = Annotated[int, Field(ge=0, le=COMPTE_MAX)]


def _mois_existe(texte: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", texte) or not ANNEE_MIN <= int(texte[:4]) <= ANNEE_MAX:
        raise PydanticCustomError("mois_forme", "un mois s'écrit 2024-11")
    return texte


Mois = Annotated[
    str,
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"}),
    AfterValidator(_mois_existe),
]


def _ecrire_heures(valeur: float) -> int | float:
    return int(valeur) if valeur == int(valeur) else valeur


Heures = Annotated[
    float, Field(gt=0, le=168), PlainSerializer(_ecrire_heures, return_type=int | float, when_used="json")
]
"""Hours a week, any positive number."""


def _court(texte: str) -> str:
    visible = "".join(caractere if caractere.isprintable() else "\N{REPLACEMENT CHARACTER}" for caractere in texte[:41])
    return visible if len(visible) <= 40 else visible[:39] + "…"  # noqa: PLR2004 - what fits a line of a fault
