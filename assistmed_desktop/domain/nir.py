"""The national identification number (NIR, "numéro de sécurité sociale"): found in a text, so that one is warned.

Its form is that of article 4 of decree n° 82-103 of 22 January 1982: sex, year, month, département, commune, rank,
then a key, which is 97 less the remainder of the number by 97 (Insee, "Numéro de sécurité sociale"). For the key, 2A
counts as 19 and 2B as 18. Months over 12 are given to those whose birth is not fully known; sexes 3, 4, 7 and 8 to
those being registered.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_MODULO: Final = 97
_SANS_CLE: Final = 13
_CORSE: Final = {"2A": "19", "2B": "18"}

_ENTRE: Final = r"[ \t\u00a0._\-/]{0,3}"
_NUMERO: Final = re.compile(
    rf"(?<![0-9A-Za-z])[123478](?:{_ENTRE}[0-9]){{5}}{_ENTRE}[0-9AB](?:{_ENTRE}[0-9]){{6}}"
    rf"(?:{_ENTRE}[0-9]{_ENTRE}[0-9])?(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_SEPARATEURS: Final = re.compile(_ENTRE)


@dataclass(frozen=True, slots=True)
class Trouve:
    """What looks like a NIR: its digits; ``certain`` says that it has a key, and the right one."""

    chiffres: str
    certain: bool


def chercher(texte: str) -> tuple[Trouve, ...]:
    """Find what looks like a NIR in a text, with its key or without, whatever is put between its digits."""
    compose = unicodedata.normalize("NFKC", texte)
    trouves = (re.sub(_SEPARATEURS, "", lu[0]).upper() for lu in _NUMERO.finditer(compose))
    return tuple(Trouve(chiffres, _cle_juste(chiffres)) for chiffres in trouves if _plausible(chiffres))


def _plausible(chiffres: str) -> bool:
    """Say whether a month, a département, a commune and a rank can be read where they must be."""
    mois, departement, commune, rang = int(chiffres[3:5]), chiffres[5:7], chiffres[7:10], chiffres[10:13]
    mois_existe = 1 <= mois <= 12 or 20 <= mois <= 42 or mois >= 50  # noqa: PLR2004 - the months of the decree's register
    lieu_existe = departement in _CORSE or (departement.isdigit() and departement not in {"00", "96"})
    return mois_existe and lieu_existe and commune != "000" and rang != "000"


def _cle_juste(chiffres: str) -> bool:
    numero, cle = chiffres[:_SANS_CLE], chiffres[_SANS_CLE:]
    if not cle:
        return False
    corse = _CORSE.get(numero[5:7])
    return int(cle) == _MODULO - int(numero[:5] + (corse or numero[5:7]) + numero[7:]) % _MODULO
