"""Lato, embedded: the one family of paper and charts."""

from functools import cache

from assistmed_desktop.resources import chemin

REGULIER = "Lato"
GRAS = "Lato-Bold"
_FICHIERS = {REGULIER: "Lato-Regular.ttf", GRAS: "Lato-Bold.ttf"}


@cache
def enregistrer_polices() -> frozenset[str]:
    """Register the fonts with ReportLab, once, and give the characters that both can draw."""
    from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
    from reportlab.pdfbase.ttfonts import TTFont

    dessinables: frozenset[str] | None = None
    for nom, fichier in _FICHIERS.items():
        police = TTFont(nom, str(chemin("fonts", fichier)))
        registerFont(police)
        connus = frozenset(map(chr, police.face.charToGlyph))
        dessinables = connus if dessinables is None else dessinables & connus
    registerFontFamily(REGULIER, normal=REGULIER, bold=GRAS, italic=REGULIER, boldItalic=GRAS)
    return dessinables or frozenset()


def largeur_texte(texte: str, police: str, corps: float) -> float:
    """Give the width of a text set in one of the fonts."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    enregistrer_polices()
    return float(stringWidth(texte, police, corps))
