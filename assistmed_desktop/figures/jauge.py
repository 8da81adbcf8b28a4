"""The progress bar of an indicator: from its reference to its target, with the expected point."""

from typing import TYPE_CHECKING

from assistmed_desktop.figures.marques import feuille
from assistmed_desktop.figures.palette import PAPIER, Palette
from assistmed_desktop.rules.resultats import EvaluationIndicateur

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

_BARRE = 0.5
"""The share of the height that the bar takes; the mark of the expected point takes all of it."""


def jauge(indicateur: EvaluationIndicateur, largeur: float, hauteur: float, *, palette: Palette = PAPIER) -> "Drawing":
    """Draw how much of the way is done (filled) and how much was expected (a mark), both kept within the bar."""
    from reportlab.graphics.shapes import Polygon
    from reportlab.lib.colors import HexColor

    dessin = feuille(largeur, hauteur)
    epais = hauteur * _BARRE
    bas = (hauteur - epais) / 2

    def barre(x: float, large: float, y: float, haut: float, couleur: str) -> None:
        coins = [x, y, x + large, y, x + large, y + haut, x, y + haut]
        dessin.add(Polygon(coins, fillColor=HexColor(couleur), strokeColor=None))

    barre(0, largeur, bas, epais, palette.filet)
    fait = part(indicateur, indicateur.valeur)
    if fait:
        barre(0, largeur * fait, bas, epais, palette.accent)
    attendu = part(indicateur, indicateur.attendu)
    if attendu is not None:
        trait = max(1.0, hauteur * 0.16)
        barre(min(max(largeur * attendu - trait / 2, 0.0), largeur - trait), trait, 0, hauteur, palette.texte)
    return dessin


def part(indicateur: EvaluationIndicateur, valeur: object) -> float | None:
    """Give the share of the way from reference to target that a value makes, within 0 and 1; None when unknown.

    Where target and reference are one (maintenance), the way is whole as long as the value holds.
    """
    from fractions import Fraction

    objectif, reference = indicateur.objectif, indicateur.reference
    if objectif is None or not isinstance(valeur, int | Fraction):
        return None
    if objectif == reference:
        return float(valeur >= objectif)
    return float(min(Fraction(1), max(Fraction(0), Fraction(valeur - reference, 1) / (objectif - reference))))
