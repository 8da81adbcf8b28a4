"""The charts of the pages: which curve, in which colours. ReportLab is imported where the drawing is done."""

import re
from typing import Final

from assistmed_desktop.domain.contrat import Indicateur
from assistmed_desktop.figures.courbe import courbe, texte_alternatif
from assistmed_desktop.rules.resultats import EvaluationContrat
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.chart_view import Draw

_ONE_FAMILY: Final = re.compile(rb'font-family="Lato,[^"]*"')
"""QtSvg takes a list of families for the name of one."""


def indicator_chart(contrat: EvaluationContrat, indicateur: Indicateur) -> tuple[Draw, str]:
    """Give what draws the curve of an indicator, and what it says in words."""
    valeurs = courbe(contrat, indicateur)

    def draw(largeur: float, hauteur: float, theme: str, corps: float) -> bytes:
        from assistmed_desktop.figures.graphique import graphique
        from assistmed_desktop.figures.palette import CLAIR, SOMBRE
        from assistmed_desktop.figures.svg import svg

        palette = SOMBRE if theme == "sombre" else CLAIR
        return _ONE_FAMILY.sub(
            b'font-family="Lato"', svg(graphique(valeurs, largeur, hauteur, palette=palette, corps=corps))
        )

    return draw, soigner(texte_alternatif(valeurs))
