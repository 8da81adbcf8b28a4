"""A timeline, as high as what it shows asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from assistmed_desktop.figures.frise import Frise, hauteur_frise, texte_alternatif
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.chart_view import CORPS_DES_FIGURES, ChartView
from assistmed_desktop.ui.widgets.charts import drawing

if TYPE_CHECKING:
    from assistmed_desktop.figures.figure import Figure
    from assistmed_desktop.figures.palette import Palette
    from assistmed_desktop.ui.work import Worker


class TimelineView(ChartView):
    """Shows a timeline; it is drawn again only when there is another one."""

    def __init__(self, worker: Worker, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(worker, nom, parent)
        self._valeurs: Frise | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_timeline(self, valeurs: Frise) -> None:
        """Show a timeline."""
        if valeurs == self._valeurs:
            return
        self._valeurs = valeurs
        self.updateGeometry()

        def make(largeur: float, hauteur: float, palette: Palette, corps: float) -> Figure:
            from assistmed_desktop.figures.frise_tracee import frise

            return frise(valeurs, largeur, hauteur, palette, corps)

        self.show_drawing(drawing(make), soigner(texte_alternatif(valeurs)))

    def sizeHint(self) -> QSize:
        """Ask for the height of the timeline."""
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        """Never be lower."""
        return QSize(super().minimumSizeHint().width(), self._height())

    def _height(self) -> int:
        valeurs = self._valeurs
        return (
            0 if valeurs is None else round(hauteur_frise(valeurs, self.fontMetrics().height() * CORPS_DES_FIGURES)) + 1
        )
