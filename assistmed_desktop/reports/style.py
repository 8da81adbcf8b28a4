"""The stylesheet of paper: page, grid of 2 mm, type scale, one accent."""

from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
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


def _style(nom: str, corps: float, interligne: float, *, police: str = REGULIER) -> ParagraphStyle:
    return ParagraphStyle(
        nom,
        fontName=police,
        bulletFontName=police,
        fontSize=corps,
        leading=interligne,
        textColor=TEXTE,
        alignment=TA_LEFT,
        splitLongWords=1,
        allowWidows=0,
        allowOrphans=0,
    )


def _variante(base: ParagraphStyle, **reste: object) -> ParagraphStyle:
    style = ParagraphStyle(base.name, parent=base)
    for nom, valeur in reste.items():
        setattr(style, nom, valeur)
    return style


CORPS: Final = _style("corps", 9.5, 13)
PETIT: Final = _variante(_style("petit", 8, 11), textColor=SECONDAIRE)
NOTE: Final = _variante(PETIT, spaceBefore=PAS, spaceAfter=PAS)
ETIQUETTE: Final = _variante(_style("etiquette", 8, 13), textColor=SECONDAIRE)
SURTITRE: Final = _variante(_style("surtitre", 8, 11, police=GRAS), textColor=ACCENT)
TITRE: Final = _style("titre", 17, 21, police=GRAS)
IDENTITE: Final = _style("identite", 10.5, 14, police=GRAS)
VERDICT: Final = _style("verdict", 15, 19, police=GRAS)
SECTION: Final = _variante(_style("section", 13, 17, police=GRAS), spaceBefore=5 * PAS, spaceAfter=PAS)
SOUS_TITRE: Final = _variante(
    _style("sous_titre", 9.5, 13, police=GRAS), textColor=ACCENT, spaceBefore=2.5 * PAS, spaceAfter=0.5 * PAS
)
REPERE: Final = _variante(PETIT, alignment=TA_RIGHT)
REFERENCE: Final = _variante(PETIT, leftIndent=3 * PAS, bulletFontSize=8, bulletColor=SECONDAIRE, spaceAfter=0.5 * PAS)

CHIFFRE_CLE: Final = 26.0
CORPS_TABLE: Final = 8.5
INTERLIGNE_TABLE: Final = 11.0
CORPS_TETE: Final = 7.0
CORPS_COURANT: Final = 7.0
