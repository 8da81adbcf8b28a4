"""The one door through which text reaches the paper.

Nothing here is markup: a text is drawn letter for letter, so ``<b>`` and ``&`` come out as typed. What the font
cannot draw is shown to be missing.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from assistmed_desktop.figures.polices import enregistrer_polices, largeur_texte

ABSENT = "□"
"""What stands for a character that the font cannot draw."""

_TRADUITS = {"\t": " ", "\u202f": "\u00a0", "\u2009": " ", "\u2011": "-", "\u00ad": "", "\ufeff": "", "\r": ""}
_FINES = re.compile(r" (?=[:;?!»%€])|(?<=[«°]) |(?<=\b(?:le|du|au)) (?=\d)|(?<=\d) (?=(?:patient|jour)s?\b)")


@lru_cache(maxsize=4096)
def lisible(texte: str) -> str:
    """Give a text as the font can print it: composed, without controls, ``□`` for each glyph that is missing.

    U+202F becomes U+00A0, at which no line breaks.
    """
    dessinables = enregistrer_polices()
    lettres = []
    for lettre in unicodedata.normalize("NFC", texte):
        if lettre in _TRADUITS:
            lettres.append(_TRADUITS[lettre])
        elif lettre == "\n" or (lettre in dessinables and lettre.isprintable()) or lettre == "\u00a0":
            lettres.append(lettre)
        elif unicodedata.category(lettre) not in ("Mn", "Me", "Cf"):
            lettres.append(ABSENT)
    return "".join(lettres)


@lru_cache(maxsize=4096)
def francais(texte: str) -> str:
    """Set a sentence of the program in French typography: no-break spaces and curved apostrophes."""
    return _FINES.sub("\u00a0", texte).replace("'", "’")


def dit(texte: str, lignes: Sequence[str]) -> str:
    """Give what to read aloud in place of a text broken into lines, where the lines would not be read as the text.

    What the font cannot draw is said all the same, and a word that was cut is said whole; empty where there is neither.
    """
    ecrit = "".join(lignes)
    if ABSENT in ecrit:
        return "".join(map(_a_dire, unicodedata.normalize("NFC", texte)))
    return "" if all(ligne.endswith(" ") for ligne in lignes[:-1]) else ecrit


def _a_dire(lettre: str) -> str:
    """Keep of a letter that cannot be drawn what a voice may know, and the joints of an emoji."""
    lu = lisible(lettre).replace("\n", " ")
    return lettre if lettre == "\u200d" or (lu == ABSENT and lettre.isprintable()) else lu


def en_lignes(texte: str, police: str, corps: float, largeur: float) -> list[str]:
    """Break a printable text into lines that fit; a word too long for a line is cut.

    The space at which a line breaks stays at its end, where nobody sees it: without it the words on either side
    would be read as one.
    """
    if "\n" not in texte and largeur_texte(texte, police, corps) <= largeur:
        return [texte]
    lignes: list[str] = []
    for alinea in texte.split("\n"):
        if lignes:
            lignes[-1] += " "
        ligne = ""
        for mot in alinea.split(" "):
            essai = f"{ligne} {mot}" if ligne else mot
            if largeur_texte(essai, police, corps) <= largeur:
                ligne = essai
                continue
            if ligne:
                lignes.append(f"{ligne} ")
            ligne = mot
            if largeur_texte(mot, police, corps) > largeur:
                *coupes, ligne = _morceaux(mot, police, corps, largeur)
                lignes += coupes
        lignes.append(ligne)
    return lignes


def equilibrer(texte: str, police: str, corps: float, largeur: float) -> list[str]:
    """Break a text into no more lines than it needs, of nearly one length."""
    lignes = en_lignes(texte, police, corps, largeur)
    etroite, large = largeur / len(lignes), largeur
    while len(lignes) > 1 and large - etroite > corps:
        milieu = (etroite + large) / 2
        essai = en_lignes(texte, police, corps, milieu)
        if len(essai) > len(lignes):
            etroite = milieu
        else:
            lignes, large = essai, milieu
    return lignes


def _morceaux(mot: str, police: str, corps: float, largeur: float) -> list[str]:
    morceaux = [""]
    reste = largeur
    for lettre in mot:
        pas = largeur_texte(lettre, police, corps)
        if pas > reste and morceaux[-1]:
            morceaux.append("")
            reste = largeur
        morceaux[-1] += lettre
        reste -= pas
    return morceaux


def tronquer(texte: str, police: str, corps: float, largeur: float) -> str:
    """Shorten a printable text to one line, with an ellipsis when it had to be cut."""
    une_ligne = texte.replace("\n", " ")
    if largeur_texte(une_ligne, police, corps) <= largeur:
        return une_ligne
    place = largeur - largeur_texte("…", police, corps)
    return _morceaux(une_ligne, police, corps, place)[0].rstrip() + "…"
