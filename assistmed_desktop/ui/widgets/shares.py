"""Shares of wholes, as high as their bars ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from assistmed_desktop.figures.parts import Parts, hauteur_parts, parts, texte_alternatif
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.chart_view import CORPS_DES_FIGURES, ChartView
from assistmed_desktop.ui.widgets.charts import drawing

if TYPE_CHECKING:
    from assistmed_desktop.ui.work import Worker


class SharesView(ChartView):
    """Shows bars cut into parts; they are drawn again only when there are others."""

    def __init__(self, worker: Worker, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(worker, nom, parent)
        self._valeurs: Parts | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_shares(self, valeurs: Parts) -> None:
        """Show other bars."""
        if valeurs == self._valeurs:
            return
        self._valeurs = valeurs
        self.updateGeometry()
        self.show_drawing(drawing(lambda *place: parts(valeurs, *place)), soigner(texte_alternatif(valeurs)))

    def sizeHint(self) -> QSize:
        """Ask for the height of the bars."""
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        """Never be lower."""
        return QSize(super().minimumSizeHint().width(), self._height())

    def _height(self) -> int:
        valeurs = self._valeurs
        return (
            0 if valeurs is None else round(hauteur_parts(valeurs, self.fontMetrics().height() * CORPS_DES_FIGURES)) + 1
        )
