"""The stylesheet of paper: page, grid of 2 mm, type scale, one accent."""

from dataclasses import dataclass
from typing import Final, Literal

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from assistmed_desktop.figures.palette import PAPIER
from assistmed_desktop.figures.polices import GRAS, REGULIER

PAS: Final = 2 * mm
MARGE: Final = 18 * mm
LARGEUR_PAGE: Final = A4[0]
HAUTEUR_PAGE: Final = A4[1]
LARGEUR: Final = LARGEUR_PAGE - 2 * MARGE
GOUTTIERE: Final = 4 * PAS
COLONNE: Final = (LARGEUR - GOUTTIERE) / 2
RETRAIT: Final = 14 * PAS
"""The label column of page 1."""
HAUT: Final = 11 * PAS
BAS: Final = 10 * PAS
HAUTEUR_PREMIERE: Final = HAUTEUR_PAGE - MARGE * 0.8 - BAS
HAUTEUR_SUITE: Final = HAUTEUR_PAGE - HAUT - BAS
"""The heights that text can take on page 1 and on those that follow."""

TEXTE: Final = HexColor(PAPIER.texte)
SECONDAIRE: Final = HexColor(PAPIER.secondaire)
ACCENT: Final = HexColor(PAPIER.accent)
FILET: Final = HexColor(PAPIER.filet)
EPAISSEUR_FILET: Final = 0.4


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: size, leading, font, colour, space before and after, indent, the side it keeps to.

    ``genre`` is what it is in the structure of the document.
    """

    corps: float
    interligne: float
    police: str = REGULIER
    couleur: Color = TEXTE
    avant: float = 0.0
    apres: float = 0.0
    retrait: float = 0.0
    cote: Literal["gauche", "droite"] = "gauche"
    genre: Literal["H1", "H2", "H3", "P"] = "P"


MINUSCULE: Final = 7.0
PETITS: Final = 8.5
COURANT: Final = 9.5
SECTIONS: Final = 13.0
GRAND: Final = 15.0
CHIFFRE_CLE: Final = 26.0
"""The type scale: running heads and heads of tables; tables, captions; body; headings; title, verdict; key figure."""

CORPS: Final = Style(COURANT, 13)
PETIT: Final = Style(PETITS, 11, couleur=SECONDAIRE)
NOTE: Final = Style(PETITS, 11, couleur=SECONDAIRE, avant=PAS, apres=PAS)
ETIQUETTE: Final = Style(PETITS, 13, couleur=SECONDAIRE)
SURTITRE: Final = Style(PETITS, 11, GRAS, ACCENT)
TITRE: Final = Style(GRAND, 19, GRAS, genre="H1")
IDENTITE: Final = Style(COURANT, 13, GRAS)
VERDICT: Final = Style(GRAND, 19, GRAS)
SECTION: Final = Style(SECTIONS, 17, GRAS, avant=5 * PAS, apres=PAS, genre="H2")
SOUS_TITRE: Final = Style(COURANT, 13, GRAS, ACCENT, avant=2.5 * PAS, apres=0.5 * PAS, genre="H3")
REPERE: Final = Style(PETITS, 11, couleur=SECONDAIRE, cote="droite")
REFERENCE: Final = Style(PETITS, 11, couleur=SECONDAIRE, apres=0.5 * PAS, retrait=3 * PAS)

CORPS_TABLE: Final = PETITS
INTERLIGNE_TABLE: Final = 11.0
CORPS_TETE: Final = MINUSCULE
CORPS_COURANT: Final = MINUSCULE
