"""The charts of the pages: which curve, in which colours. ReportLab is imported where the drawing is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistmed_desktop.domain.contrat import Indicateur
from assistmed_desktop.figures.courbe import courbe, texte_alternatif
from assistmed_desktop.rules.resultats import EvaluationContrat
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.chart_view import Draw, Drawn, Spot

if TYPE_CHECKING:
    from assistmed_desktop.figures.figure import Figure
    from assistmed_desktop.figures.palette import Palette

    Make = Callable[[float, float, Palette, float], Figure]
    """Makes a figure of a width and height, in a palette, its text of a size."""


def indicator_chart(contrat: EvaluationContrat, indicateur: Indicateur) -> tuple[Draw, str]:
    """Give what draws the curve of an indicator, and what it says in words."""
    valeurs = courbe(contrat, indicateur)

    def make(largeur: float, hauteur: float, palette: Palette, corps: float) -> Figure:
        from assistmed_desktop.figures.graphique import figure

        return figure(valeurs, largeur, hauteur, palette=palette, corps=corps)

    return drawing(make), soigner(texte_alternatif(valeurs))


def drawing(make: Make) -> Draw:
    """Give what a ChartView draws from what makes a figure."""

    def draw(largeur: float, hauteur: float, theme: str, corps: float) -> Drawn:
        from assistmed_desktop.figures.palette import CLAIR, SOMBRE
        from assistmed_desktop.figures.svg import svg

        figure = make(largeur, hauteur, SOMBRE if theme == "sombre" else CLAIR, corps)
        places = tuple(Spot(r.x, hauteur - r.y, soigner(r.texte)) for r in figure.reperes)
        return Drawn(svg(figure.dessin), places)

    return draw
