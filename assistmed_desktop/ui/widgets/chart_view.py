"""A chart, drawn elsewhere and shown at the size of its place; its points are read by hovering or with the arrows."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QFontDatabase,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from assistmed_desktop.resources import chemin
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.work import Task, Worker


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of a chart, in pixels from its top left corner, and what it says."""

    x: float
    y: float
    texte: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart: its SVG and its points, in the order in which they are read."""

    svg: bytes
    spots: tuple[Spot, ...] = ()


Draw = Callable[[float, float, str, float], Drawn]
"""Draws a chart of a width and height, in the theme of that name, its text of that size, all in pixels."""

CORPS_DES_FIGURES: Final = 0.72
"""The size of the text of a chart, in heights of a line of the program's font."""
_DELAI = 80
_MINIMUM = QSize(260, 140)
_PORTEE = 28.0
"""How near a point the pointer must be, in pixels."""
_RAYON = 5.0


class ChartView(QWidget):
    """Shows a chart; asks for a new one when the place, the theme or the font changes."""

    def __init__(self, worker: Worker, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._draw: Draw | None = None
        self._task: Task | None = None
        self._renderer: QSvgRenderer | None = None
        self._spots: tuple[Spot, ...] = ()
        self._spot: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        self.setAccessibleName(nom)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_drawing(self, draw: Draw | None, alternative: str) -> None:
        """Show what ``draw`` draws; ``alternative`` says it in words."""
        self._draw = draw
        self._spot = None
        self.setAccessibleDescription(alternative)
        if draw is None:
            self._renderer = None
            self._spots = ()
            self.update()
        self._timer.start(0)

    @property
    def drawn(self) -> bool:
        """Whether a chart is on screen."""
        return self._renderer is not None

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The points that can be read."""
        return self._spots

    @property
    def said(self) -> str:
        """What is said of the point now read; empty when none is."""
        return "" if self._spot is None else self._spots[self._spot].texte

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from point to point with the arrows, to the ends with Home and End; Escape leaves them."""
        last = len(self._spots) - 1
        here = self._spot
        targets = {
            Qt.Key.Key_Right: 0 if here is None else min(here + 1, last),
            Qt.Key.Key_Left: last if here is None else max(here - 1, 0),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        target = targets.get(Qt.Key(event.key()))
        if self._spots and target is not None:
            self._read(target)
        elif event.key() == Qt.Key.Key_Escape and here is not None:
            self._read(None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that it has the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the points."""
        super().focusOutEvent(event)
        self._read(None)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the point under the pointer."""
        super().mouseMoveEvent(event)
        place = event.position()
        near = [(abs(s.x - place.x()) + abs(s.y - place.y()) / 4, rank) for rank, s in enumerate(self._spots)]
        distance, rank = min(near, default=(_PORTEE + 1, 0))
        self._read(rank if distance <= _PORTEE else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Leave the points with the pointer."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._read(None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Place the chart without stretching it, and what is said of a point over it."""
        painter = QPainter(self)
        if self._renderer is not None:
            taille = self._renderer.defaultSize()
            taille.scale(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            self._renderer.render(painter, QRectF(0, 0, taille.width(), taille.height()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        couleurs = theme.couleurs_actuelles()
        if self.hasFocus():
            painter.setPen(QPen(QColor(couleurs.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        if self._spot is not None:
            self._paint_spot(painter, couleurs, self._spots[self._spot])
        painter.end()

    def _paint_spot(self, painter: QPainter, couleurs: theme.Couleurs, spot: Spot) -> None:
        painter.setPen(QPen(QColor(couleurs.texte), 2))
        painter.setBrush(QColor(couleurs.surface))
        painter.drawEllipse(QPointF(spot.x, spot.y), _RAYON, _RAYON)
        font = theme.police(theme.LEGENDE)
        metrics = QFontMetrics(font)
        most = max(80, self.width() - 4 * theme.PAS)
        words = metrics.boundingRect(0, 0, most, self.height(), Qt.TextFlag.TextWordWrap, spot.texte)
        width, height = words.width() + 4 * theme.PAS, words.height() + 2 * theme.PAS
        left = min(max(0.0, spot.x - width / 2), max(0.0, self.width() - width))
        above = spot.y - height - 3 * theme.PAS
        top = above if above >= 0 else min(spot.y + 3 * theme.PAS, self.height() - height)
        box = QRectF(left, top, width, height)
        painter.setPen(QPen(QColor(couleurs.bord), 1))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(font)
        painter.setPen(QColor(couleurs.texte))
        inside = box.adjusted(2 * theme.PAS, theme.PAS, -2 * theme.PAS, -theme.PAS)
        painter.drawText(inside, int(Qt.TextFlag.TextWordWrap), spot.texte)

    def _read(self, rank: int | None) -> None:
        if rank == self._spot:
            return
        self._spot = rank
        if rank is not None and self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._spots[rank].texte))
        self.update()

    def _ask(self) -> None:
        if self._task is not None:
            self._task.cancel()
        if self._draw is None or self.width() < _MINIMUM.width() or not self.isVisible():
            return
        draw, largeur, hauteur = self._draw, self.width(), self.height()
        nom, corps = theme.couleurs_actuelles().nom, self.fontMetrics().height() * CORPS_DES_FIGURES
        _load_lato()
        self._task = self._worker.run(lambda: draw(largeur, hauteur, nom, corps), self._show, _unexpected)

    def showEvent(self, event: QShowEvent) -> None:
        """Have it drawn when it first appears."""
        super().showEvent(event)
        if self._renderer is None:
            self._timer.start(0)

    def _show(self, drawn: Drawn) -> None:
        self._renderer = QSvgRenderer(QByteArray(drawn.svg), self)
        self._spots = drawn.spots
        self._spot = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if drawn.spots else Qt.FocusPolicy.NoFocus)
        self.update()


@cache
def _load_lato() -> None:
    """Give Qt the font of the charts."""
    for nom in ("Lato-Regular.ttf", "Lato-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(chemin("fonts", nom)))


def _unexpected(error: Exception) -> None:
    raise error
