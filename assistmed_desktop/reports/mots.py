"""How a table says a day, a duration, a count, or nothing; and what a row of one is."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from assistmed_desktop.domain.contrat import Objectif
from assistmed_desktop.domain.libelles import INDICATEURS
from assistmed_desktop.formats import INSECABLE, compte, heures, jour_court, nombre, pourcent
from assistmed_desktop.reports.tableau import Cellule

Ligne = Sequence[str | Cellule]

RIEN: Final = "–"
LONGUE_LISTE: Final = 24
"""From how many rows on a table is set tighter."""
_HEURE: Final = 60


def jour_ou_rien(jour: date | None) -> str:
    """Write a day, or a dash."""
    return RIEN if jour is None else jour_court(jour)


def compte_ou_rien(valeur: int | Fraction | None, *, signe: bool = False) -> str:
    """Write a count, or a dash."""
    return RIEN if valeur is None else nombre(valeur, signe=signe)


def duree(minutes: int | Fraction) -> str:
    """Write minutes in a sentence, as hours from one on."""
    return en_heures(minutes) if minutes >= _HEURE else f"{nombre(minutes)}{INSECABLE}min"


def en_heures(minutes: int | Fraction) -> str:
    """Write minutes in a column, where all are hours: ``0 h 45``."""
    return heures(Fraction(minutes) / _HEURE)


def jours_pourvus(pourvus: int, requis: int, renvoi: str = "") -> str:
    """Say on how many working days the post was staffed, with the share of whole per cents that are reached."""
    part = pourcent(Fraction(100 * pourvus // requis, 100))
    return f"{compte(pourvus, 'jour ouvré', 'jours ouvrés')} sur {nombre(requis)} ({part}{renvoi})"


def majuscule(texte: str) -> str:
    """Begin a text with a capital."""
    return texte[:1].upper() + texte[1:]


def minuscule(texte: str) -> str:
    """Begin a text with a small letter, an acronym apart."""
    return texte if texte[1:2].isupper() else texte[:1].lower() + texte[1:]


def objectif_en_mots(objectif: Objectif) -> str:
    """Write the counts of a target that are known."""
    cibles = {nom: getattr(objectif, cle) for cle, nom in INDICATEURS.items()}
    dites = [f"{nom.lower()} {nombre(cible)}" for nom, cible in cibles.items() if cible is not None]
    return ", ".join(dites) or "non renseigné"
