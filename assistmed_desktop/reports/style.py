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

TEXTE: Final = HexColor(PAPIER.texte)
SECONDAIRE: Final = HexColor(PAPIER.secondaire)
ACCENT: Final = HexColor(PAPIER.accent)
FILET: Final = HexColor(PAPIER.filet)
EPAISSEUR_FILET: Final = 0.4


def _style(nom: str, corps: float, interligne: float, **reste: object) -> ParagraphStyle:
    options: dict[str, object] = {
        "fontName": REGULIER,
        "bulletFontName": REGULIER,
        "fontSize": corps,
        "leading": interligne,
        "textColor": TEXTE,
        "splitLongWords": 1,
        "allowWidows": 0,
        "allowOrphans": 0,
        "alignment": TA_LEFT,
        **reste,
    }
    return ParagraphStyle(nom, **options)


CORPS: Final = _style("corps", 9.5, 13)
CORPS_SUIVI: Final = _style("corps_suivi", 9.5, 13, spaceAfter=PAS)
PETIT: Final = _style("petit", 8, 11, textColor=SECONDAIRE)
PETIT_SUIVI: Final = _style("petit_suivi", 8, 11, textColor=SECONDAIRE, spaceAfter=PAS)
ETIQUETTE: Final = _style("etiquette", 8, 13, textColor=SECONDAIRE)
SURTITRE: Final = _style("surtitre", 8, 11, fontName=GRAS, textColor=ACCENT)
TITRE: Final = _style("titre", 17, 21, fontName=GRAS)
IDENTITE: Final = _style("identite", 10.5, 14, fontName=GRAS)
VERDICT: Final = _style("verdict", 15, 19, fontName=GRAS)
SECTION: Final = _style("section", 13, 17, fontName=GRAS, spaceBefore=4.5 * PAS, spaceAfter=1.5 * PAS, keepWithNext=1)
SOUS_TITRE: Final = _style(
    "sous_titre", 9.5, 13, fontName=GRAS, textColor=ACCENT, spaceBefore=2 * PAS, spaceAfter=0.5 * PAS, keepWithNext=1
)
REPERE: Final = _style("repere", 8, 11, textColor=SECONDAIRE, alignment=TA_RIGHT)
REFERENCE: Final = _style("reference", 8, 11, leftIndent=3 * PAS, firstLineIndent=-3 * PAS, spaceAfter=0.5 * PAS)

CHIFFRE_CLE: Final = 26.0
CORPS_TABLE: Final = 8.5
INTERLIGNE_TABLE: Final = 11.0
CORPS_TETE: Final = 7.0
CORPS_COURANT: Final = 7.0
