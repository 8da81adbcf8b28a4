"""A timeline, as high as its lines ask."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize

from assistmed_desktop.figures.frise import frise, hauteur_frise, texte_alternatif
from assistmed_desktop.ui.charts import drawing
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.chart_view import CORPS_DES_FIGURES, ChartView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from assistmed_desktop.figures.figure import Figure
    from assistmed_desktop.figures.frise import Frise
    from assistmed_desktop.figures.palette import Palette
    from assistmed_desktop.ui.work import Worker


class TimelineView(ChartView):
    """Shows a Frise; what is on screen already is not drawn again."""

    def __init__(self, worker: Worker, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(worker, nom, parent)
        self._valeurs: Frise | None = None

    def show_values(self, valeurs: Frise) -> None:
        """Show a timeline."""
        if valeurs == self._valeurs:
            return
        self._valeurs = valeurs

        def make(largeur: float, hauteur: float, palette: Palette, corps: float) -> Figure:
            return frise(valeurs, largeur, hauteur, palette, corps)

        self.show_drawing(drawing(make), soigner(texte_alternatif(valeurs)))
        self._take_height()

    def minimumSizeHint(self) -> QSize:
        """Be only as high as the lines ask."""
        return QSize(super().minimumSizeHint().width(), 0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the program's font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and getattr(self, "_valeurs", None) is not None:
            self._take_height()

    def _take_height(self) -> None:
        if self._valeurs is not None:
            self.setFixedHeight(ceil(hauteur_frise(self._valeurs, self.fontMetrics().height() * CORPS_DES_FIGURES)))
