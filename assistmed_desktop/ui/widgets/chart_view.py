"""The chart of an indicator, drawn elsewhere and shown at the size of its place."""

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFontDatabase, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from assistmed_desktop.resources import chemin
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.work import Task, Worker

Draw = Callable[[float, float, str, float], bytes]
"""Draws an SVG of a width and height, in the theme of that name, its text of that size, all in pixels."""

_DELAI = 80
_MINIMUM = QSize(260, 140)


class ChartView(QWidget):
    """Shows an SVG; asks for a new one when the place, the theme or the font changes."""

    def __init__(self, worker: Worker, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._draw: Draw | None = None
        self._task: Task | None = None
        self._renderer: QSvgRenderer | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        self.setAccessibleName(nom)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_drawing(self, draw: Draw | None, alternative: str) -> None:
        """Show what ``draw`` draws; ``alternative`` says it in words."""
        self._draw = draw
        self.setAccessibleDescription(alternative)
        if draw is None:
            self._renderer = None
            self.update()
        self._timer.start(0)

    @property
    def drawn(self) -> bool:
        """Whether a chart is on screen."""
        return self._renderer is not None

    def sizeHint(self) -> QSize:
        """Ask for the proportions of a page."""
        em = self.fontMetrics().height()
        return QSize(max(_MINIMUM.width(), 26 * em), max(_MINIMUM.height(), 11 * em))

    def minimumSizeHint(self) -> QSize:
        """Stay large enough for the words of the chart."""
        em = self.fontMetrics().height()
        return QSize(max(_MINIMUM.width(), 16 * em), max(_MINIMUM.height(), 9 * em))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have it drawn again once the place is settled."""
        super().resizeEvent(event)
        self._timer.start(_DELAI if self._renderer else 0)

    def changeEvent(self, event: QEvent) -> None:
        """Have it drawn again in the new colours or at the new size."""
        super().changeEvent(event)
        followed = (QEvent.Type.StyleChange, QEvent.Type.FontChange)
        if event.type() in followed and getattr(self, "_draw", None) is not None:
            self.updateGeometry()
            self._timer.start(0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Place the chart without stretching it."""
        if self._renderer is None:
            return
        taille = self._renderer.defaultSize()
        taille.scale(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter = QPainter(self)
        self._renderer.render(painter, QRectF(0, 0, taille.width(), taille.height()))
        painter.end()

    def _ask(self) -> None:
        if self._task is not None:
            self._task.cancel()
        if self._draw is None or self.width() < _MINIMUM.width() or not self.isVisible():
            return
        draw, largeur, hauteur = self._draw, self.width(), self.height()
        nom, corps = theme.couleurs_actuelles().nom, self.fontMetrics().height() * 0.72
        _load_lato()
        self._task = self._worker.run(lambda: draw(largeur, hauteur, nom, corps), self._show, _unexpected)

    def showEvent(self, event: QEvent) -> None:
        """Have it drawn when it first appears."""
        super().showEvent(event)  # type: ignore[arg-type]
        if self._renderer is None:
            self._timer.start(0)

    def _show(self, svg: bytes) -> None:
        self._renderer = QSvgRenderer(QByteArray(svg), self)
        self.update()


@cache
def _load_lato() -> None:
    """Give Qt the font of the charts."""
    for nom in ("Lato-Regular.ttf", "Lato-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(chemin("fonts", nom)))


def _unexpected(error: Exception) -> None:
    raise error
