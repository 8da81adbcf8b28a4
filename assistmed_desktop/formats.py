"""French dates, amounts, percentages and ETP: values in, text out, and what a person types read back.

Every number and date the user sees passes here, so the typography is decided once: thousands and units are set
apart by U+00A0, which every embedded font has and at which no line breaks.
"""

import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

INSECABLE = "\u00a0"
MOINS = "\u2212"
INCONNU = "inconnu"

MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet",
    "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

_HEURES_TEMPS_PLEIN = 35

Nombre = int | float | Decimal | Fraction


def decimal_arrondi(valeur: Nombre, decimales: int) -> Decimal:
    """Round half away from zero, as a person does on paper, exactly even from a fraction."""
    if isinstance(valeur, Fraction):
        numerateur, denominateur = valeur.as_integer_ratio()
        unites = (2 * abs(numerateur) * 10**decimales // denominateur + 1) // 2
        return Decimal(unites if numerateur > 0 else -unites).scaleb(-decimales)
    exact = valeur if isinstance(valeur, Decimal) else Decimal(str(valeur))
    return exact.quantize(Decimal(1).scaleb(-decimales), rounding=ROUND_HALF_UP)


def nombre(valeur: Nombre, decimales: int = 0, *, signe: bool = False) -> str:
    """Write ``1131`` as ``1 131`` and ``8.8`` with one decimal as ``8,8``; ``signe`` forces ``+``."""
    arrondi = decimal_arrondi(valeur, decimales)
    if not arrondi:
        arrondi = abs(arrondi)
    corps = f"{abs(arrondi):,.{decimales}f}".replace(",", INSECABLE).replace(".", ",")
    if arrondi < 0:
        return MOINS + corps
    return "+" + corps if signe and arrondi > 0 else corps


def compte(valeur: int, singulier: str, pluriel: str | None = None) -> str:
    """Write a count with its noun: ``1 patient``, ``1 131 patients``. In French, 0 and 1 are singular."""
    return f"{nombre(valeur)}{INSECABLE}{accord(valeur, singulier, pluriel)}"


def accord(valeur: Nombre, singulier: str, pluriel: str | None = None) -> str:
    """Choose the form of a word for a number: in French, the plural begins at two."""
    return singulier if -2 < valeur < 2 else (pluriel or singulier + "s")  # noqa: PLR2004 - where French sets it


def euros(centimes: int | Fraction) -> str:
    """Write an amount held in centimes: ``38 000 €``, with cents only where there are some."""
    arrondi = decimal_arrondi(Fraction(centimes) / 100, 2)
    decimales = 0 if arrondi == arrondi.to_integral_value() else 2
    return f"{nombre(arrondi, decimales)}{INSECABLE}€"


def pourcent(taux: Nombre, decimales: int = 0, *, signe: bool = False) -> str:
    """Write a rate (``0.125``) as ``12,5 %``."""
    exact = taux if isinstance(taux, Fraction) else Fraction(str(taux))
    return f"{nombre(exact * 100, decimales, signe=signe)}{INSECABLE}%"


def jour_long(jour: date) -> str:
    """Write ``15 mars 2025``; the first of a month is ``1er``."""
    numero = "1er" if jour.day == 1 else str(jour.day)
    return f"{numero}{INSECABLE}{MOIS[jour.month - 1]}{INSECABLE}{jour.year}"


def jour_court(jour: date) -> str:
    """Write ``15/03/2025``."""
    return f"{jour.day:02d}/{jour.month:02d}/{jour.year:04d}"


def mois_long(jour: date) -> str:
    """Write the month of a day: ``mars 2025``."""
    return f"{MOIS[jour.month - 1]}{INSECABLE}{jour.year}"


def periode(du: date, au: date | None) -> str:
    """Write ``du 02/05/2023 au 30/09/2023`` or, without an end, ``depuis le 15/03/2022``."""
    if au is None:
        return f"depuis le {jour_court(du)}"
    return f"du {jour_court(du)} au {jour_court(au)}"


def etp(valeur: Fraction) -> str:
    """Write a full-time equivalent: ``1/3 ETP``, ``1,5 ETP``, ``4 ETP``."""
    if valeur.denominator in (1, 2, 4, 5, 10) and (valeur > 1 or valeur.denominator == 1):
        texte = format(Decimal(valeur.numerator) / Decimal(valeur.denominator), "f").replace(".", ",")
    else:
        texte = f"{valeur.numerator}/{valeur.denominator}"
    return f"{texte}{INSECABLE}ETP"


def heures(valeur: Nombre) -> str:
    """Write weekly hours as a clock does: ``17 h 30``, ``35 h``."""
    minutes = int(decimal_arrondi(Fraction(str(valeur)) * 60, 0))
    reste = f"{INSECABLE}{minutes % 60:02d}" if minutes % 60 else ""
    return f"{nombre(minutes // 60)}{INSECABLE}h{reste}"


def heures_de_l_etp(valeur: Fraction) -> str:
    """Write the weekly hours of an ETP, full time being 35 h (reglementation, section 2)."""
    return heures(valeur * _HEURES_TEMPS_PLEIN)


def enumeration(elements: list[str] | tuple[str, ...]) -> str:
    """Join as a sentence does: ``a, b et c``."""
    if len(elements) < 2:  # noqa: PLR2004 - two are needed for an "et"
        return "".join(elements)
    return f"{', '.join(elements[:-1])} et {elements[-1]}"


_NOM_MAX = 60
"""Four bytes for each sign at most, and room for what is put around them in the 255 that a name may have."""
_RESERVES = re.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)


def nom_de_fichier(texte: str) -> str:
    """Keep of a text what every system takes in the name of a file; nothing may be left."""
    propre = re.sub(r"[^\w .-]", " ", texte)[:_NOM_MAX].strip(" .")
    return f"_{propre}" if _RESERVES.fullmatch(propre.partition(".")[0].strip()) else propre


def de(nom: str) -> str:
    """Write "de" before a name, elided where French does: ``de Paul``, ``d'Inès``."""
    initiales = unicodedata.normalize("NFD", nom.lower())
    elide = initiales[:1] in tuple("aeiouh") or (initiales[:1] == "y" and initiales[1:2] not in tuple("aeiou"))
    return f"d'{nom}" if elide and nom else f"de {nom}"


def lire_entier(texte: str) -> int | None:
    """Read a count as typed or pasted (``1 131``, ``1131``, spaces of any kind); None when it is not one."""
    serre = re.sub(r"[ \u00a0\u2009\u202f'’]", "", texte.strip())  # a tab or a new line parts two counts
    return int(serre) if re.fullmatch(r"[0-9]{1,9}", serre) else None


def lire_jour(texte: str) -> date | None:
    """Read a day as typed: ``15/03/2025``, ``15/3/25``, ``2025-03-15``, ``15 mars 2025``; None when it is not one."""
    propre = " ".join(texte.replace(INSECABLE, " ").lower().split())
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", propre)
    if iso:
        return _jour(int(iso[1]), int(iso[2]), int(iso[3]))
    chiffres = re.fullmatch(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})", propre)
    if chiffres:
        siecle = 0 if len(chiffres[3]) == len("2025") else 2000
        return _jour(siecle + int(chiffres[3]), int(chiffres[2]), int(chiffres[1]))
    lettres = re.fullmatch(r"(\d{1,2})(?:er)? ([a-zéûôî.]+) (\d{4})", propre)
    if lettres:
        mois = _mois(lettres[2])
        return _jour(int(lettres[3]), mois, int(lettres[1])) if mois else None
    return None


def lire_mois(texte: str, *, annee_entiere: bool = False) -> date | None:
    """Read a month as typed, given by its first day: ``mars 2025``, ``03/2025``, ``3/25``, ``2025-03``; else None.

    Where a day may be typed too, ask for ``annee_entiere``: ``3/10`` is then a day begun, not March 2010.
    """
    propre = " ".join(texte.replace(INSECABLE, " ").lower().split())
    if annee_entiere and not re.search(r"\d{4}", propre):
        return None
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})", propre)
    if iso:
        return _jour(int(iso[1]), int(iso[2]), 1)
    chiffres = re.fullmatch(r"(\d{1,2})[/.\- ](\d{4}|\d{2})", propre)
    if chiffres:
        siecle = 0 if len(chiffres[2]) == len("2025") else 2000
        return _jour(siecle + int(chiffres[2]), int(chiffres[1]), 1)
    lettres = re.fullmatch(r"([a-zéûôî.]+) (\d{4}|\d{2})", propre)
    mois = _mois(lettres[1]) if lettres else None
    if lettres is None or mois is None:
        return None
    siecle = 0 if len(lettres[2]) == len("2025") else 2000
    return _jour(siecle + int(lettres[2]), mois, 1)


def lire_decimal(texte: str) -> Decimal | None:
    """Read a number as typed or pasted, with a comma or a point: ``12,5``, ``1 234,50``; None when it is not one."""
    serre = re.sub(r"[ \u00a0\u2009\u202f'’]", "", texte.strip()).replace(",", ".")
    return Decimal(serre) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", serre) else None


def lire_euros(texte: str) -> int | None:
    """Read an amount as typed, in centimes: ``18 000``, ``18000,50 €``; None when it is not one."""
    valeur = lire_decimal(re.sub(r"(€|euros?)\s*$", "", texte.strip(), flags=re.IGNORECASE))
    if valeur is None or valeur * 100 != (valeur * 100).to_integral_value():
        return None
    return int(valeur * 100)


def lire_heures(texte: str) -> float | None:
    """Read hours as typed: ``17,5``, ``17 h 30``, ``17h30``, ``35 h``; None when they are not any."""
    propre = "".join(texte.replace(INSECABLE, " ").lower().split())
    horloge = re.fullmatch(r"(\d{1,3})h(\d{1,2})?", propre)
    if horloge:
        minutes = int(horloge[2] or 0)
        return int(horloge[1]) + minutes / 60 if minutes < 60 else None  # noqa: PLR2004 - the minutes of an hour
    valeur = lire_decimal(propre)
    return None if valeur is None else float(valeur)


_ETP_EN_LETTRES = {"tiers": "1/3", "mi": "1/2", "plein": "1", "complet": "1"}


def lire_etp(texte: str) -> Fraction | None:
    """Read a full-time equivalent as typed: ``1/2``, ``0,5``, ``1,5 ETP``, ``mi-temps``; None when it is not one."""
    propre = "".join(texte.replace(INSECABLE, " ").lower().split()).removesuffix("etp")
    lettres = re.fullmatch(r"(tiers|mi)-?temps|temps-?(plein|complet)", propre)
    if lettres:
        return Fraction(_ETP_EN_LETTRES[lettres[1] or lettres[2]])
    fraction = re.fullmatch(r"([0-9]{1,3})/([1-9][0-9]{0,2})", propre)
    if fraction:
        return Fraction(int(fraction[1]), int(fraction[2]))
    valeur = lire_decimal(propre)
    return None if valeur is None else Fraction(valeur)


_SANS_ACCENTS = str.maketrans("éèûùôî", "eeuuoi")


def _mois(texte: str) -> int | None:
    nu = texte.rstrip(".").translate(_SANS_ACCENTS)
    trouves = [i for i, nom in enumerate(MOIS, 1) if nom.translate(_SANS_ACCENTS).startswith(nu)]
    return trouves[0] if len(trouves) == 1 else None


def _jour(annee: int, mois: int, jour: int) -> date | None:
    try:
        return date(annee, mois, jour)
    except ValueError:
        return None
