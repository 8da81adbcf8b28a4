"""Lato, embedded: the one family of paper and charts."""

from functools import cache, lru_cache

from assistmed_desktop.resources import chemin

REGULIER = "Lato"
GRAS = "Lato-Bold"
_FICHIERS = {REGULIER: "Lato-Regular.ttf", GRAS: "Lato-Bold.ttf"}


@cache
def enregistrer_polices() -> frozenset[str]:
    """Register the fonts with ReportLab, once, and give the characters that both can draw."""
    from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
    from reportlab.pdfbase.ttfonts import TTFont

    class PoliceMesuree(TTFont):
        """A font that remembers what it has measured: tables, paragraphs and charts ask again and again."""

        def __init__(self, nom: str, fichier: str) -> None:
            super().__init__(nom, fichier)
            mesurer = super().stringWidth
            self._mesurer = lru_cache(maxsize=16_384)(lambda texte: float(mesurer(texte, 1)))

        def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: ARG002, N802 - ReportLab's
            return self._mesurer(text) * size

    dessinables: frozenset[str] | None = None
    for nom, fichier in _FICHIERS.items():
        police = PoliceMesuree(nom, str(chemin("fonts", fichier)))
        registerFont(police)
        connus = frozenset(map(chr, police.face.charToGlyph))
        dessinables = connus if dessinables is None else dessinables & connus
    registerFontFamily(REGULIER, normal=REGULIER, bold=GRAS, italic=REGULIER, boldItalic=GRAS)
    return dessinables or frozenset()


@lru_cache(maxsize=16_384)
def _largeur_unitaire(texte: str, police: str) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    enregistrer_polices()
    return float(stringWidth(texte, police, 1))


def largeur_texte(texte: str, police: str, corps: float) -> float:
    """Give the width of a text set in one of the fonts."""
    return _largeur_unitaire(texte, police) * corps
