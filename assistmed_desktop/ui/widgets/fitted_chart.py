"""A chart as high as what it shows asks for: a timeline, bars of shares."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from assistmed_desktop.figures.frise import Frise, hauteur_frise
from assistmed_desktop.figures.frise import texte_alternatif as frise_en_mots
from assistmed_desktop.figures.parts import Parts, hauteur_parts, parts
from assistmed_desktop.figures.parts import texte_alternatif as parts_en_mots
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.chart_view import CORPS_DES_FIGURES, ChartView
from assistmed_desktop.ui.widgets.charts import drawing

if TYPE_CHECKING:
    from assistmed_desktop.figures.figure import Figure
    from assistmed_desktop.figures.palette import Palette
    from assistmed_desktop.ui.widgets.charts import Make
    from assistmed_desktop.ui.work import Worker


class FittedChart(ChartView):
    """Shows a timeline or shares; it is drawn again only when there is something else to show."""

    def __init__(self, worker: Worker, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(worker, nom, parent)
        self._valeurs: Frise | Parts | None = None
        self._hauteur: Callable[[float], float] = lambda _corps: 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_timeline(self, valeurs: Frise) -> None:
        """Show a timeline."""

        def make(largeur: float, hauteur: float, palette: Palette, corps: float) -> Figure:
            from assistmed_desktop.figures.frise_tracee import frise

            return frise(valeurs, largeur, hauteur, palette, corps)

        self._show_other(valeurs, make, lambda corps: hauteur_frise(valeurs, corps), frise_en_mots(valeurs))

    def show_shares(self, valeurs: Parts) -> None:
        """Show bars cut into parts."""
        self._show_other(
            valeurs,
            lambda *place: parts(valeurs, *place),
            lambda corps: hauteur_parts(valeurs, corps),
            parts_en_mots(valeurs),
        )

    def sizeHint(self) -> QSize:
        """Ask for the height of what it shows."""
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        """Never be lower."""
        return QSize(super().minimumSizeHint().width(), self._height())

    def _show_other(
        self, valeurs: Frise | Parts, make: Make, hauteur: Callable[[float], float], alternative: str
    ) -> None:
        if valeurs == self._valeurs:
            return
        self._valeurs, self._hauteur = valeurs, hauteur
        self.updateGeometry()
        self.show_drawing(drawing(make), soigner(alternative))

    def _height(self) -> int:
        asked = self._hauteur(self.fontMetrics().height() * CORPS_DES_FIGURES)
        return round(asked) + 1 if asked else 0
