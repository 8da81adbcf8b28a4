"""The shape of a status: with its word and its colour, so that none of the three stands alone."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.text import Text

COTE = 24.0
"""The side of the square in which the shapes are drawn, before scaling."""


def paint_status(painter: QPainter, place: QRectF, statut: str, couleurs: theme.Couleurs) -> None:
    """Draw the shape of a status into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(place.topLeft())
    painter.scale(place.width() / COTE, place.height() / COTE)
    couleur = QColor(couleurs.statut(statut))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(couleur)
    creux = QPen(QColor(couleurs.surface), 2.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    creux.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    match statut:
        case "atteint":
            painter.drawEllipse(QRectF(2, 2, 20, 20))
            _line(painter, creux, (7.2, 12.4), (10.6, 15.8), (16.9, 8.8))
        case "en_bonne_voie":
            _triangle(painter, couleur, ((12, 3.5), (22, 20.5), (2, 20.5)))
        case "en_retard":
            _triangle(painter, couleur, ((12, 20.5), (22, 3.5), (2, 3.5)))
        case "sous_la_reference":
            painter.drawRoundedRect(QRectF(2, 2, 20, 20), 4, 4)
            _line(painter, creux, (8, 8), (16, 16))
            _line(painter, creux, (16, 8), (8, 16))
        case "suspendu":
            _ring(painter, couleur)
            _line(painter, QPen(couleur, 2.4), (9.6, 8), (9.6, 16))
            _line(painter, QPen(couleur, 2.4), (14.4, 8), (14.4, 16))
        case "termine":
            _ring(painter, couleur)
            painter.fillRect(QRectF(8.5, 8.5, 7, 7), couleur)
        case _:
            _ring(painter, couleur)
            _question_mark(painter, couleur)
    painter.restore()


def status_icon(statut: str, couleurs: theme.Couleurs, side: int, ratio: float = 1.0) -> QIcon:
    """Draw the shape of a status, ``side`` pixels wide, the same in a chosen row."""
    pixmap = QPixmap(QSize(side, side) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_status(painter, QRectF(0, 0, side, side), statut, couleurs)
    painter.end()
    icone = QIcon(pixmap)
    icone.addPixmap(pixmap, QIcon.Mode.Selected)
    return icone


class StatusShape(QWidget):
    """The shape alone; whoever places it puts the word beside it."""

    def __init__(self, echelle: float = theme.CORPS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._echelle = echelle
        self._statut = "donnees_insuffisantes"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_status(self, statut: str) -> None:
        """Show another status."""
        self._statut = statut
        self.update()

    def sizeHint(self) -> QSize:
        """Take the height of a capital and a little more."""
        side = round(self.fontMetrics().height() * self._echelle)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shape."""
        painter = QPainter(self)
        paint_status(painter, QRectF(self.rect()), self._statut, theme.couleurs_actuelles())
        painter.end()


class StatusBadge(QWidget):
    """A shape and its word."""

    def __init__(self, echelle: float = theme.CORPS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2 * theme.PAS)
        self._shape = StatusShape(echelle)
        self._word = Text.on_one_line("", echelle, gras=True)
        box.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignVCenter)
        box.addWidget(self._word, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def set_status(self, statut: str, mot: str) -> None:
        """Show another status and its word."""
        self._shape.set_status(statut)
        self._word.setText(mot)
        self._word.set_role(statut if statut in _COLOURED else "secondaire")
        self.setAccessibleName(mot)

    @property
    def word(self) -> str:
        """The word shown."""
        return self._word.text()


_COLOURED = ("atteint", "en_bonne_voie", "en_retard", "sous_la_reference")


def _line(painter: QPainter, pen: QPen, *points: tuple[float, float]) -> None:
    painter.save()
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(*point) for point in points]))
    painter.restore()


def _triangle(painter: QPainter, couleur: QColor, points: tuple[tuple[float, float], ...]) -> None:
    pen = QPen(couleur, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))


def _ring(painter: QPainter, couleur: QColor) -> None:
    painter.save()
    painter.setPen(QPen(couleur, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(3, 3, 18, 18))
    painter.restore()


def _question_mark(painter: QPainter, couleur: QColor) -> None:
    path = QPainterPath(QPointF(9, 10))
    path.cubicTo(QPointF(9, 5.8), QPointF(15.2, 5.8), QPointF(15.2, 9.8))
    path.cubicTo(QPointF(15.2, 12), QPointF(12, 12), QPointF(12, 14.2))
    painter.save()
    painter.setPen(QPen(couleur, 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(couleur)
    painter.drawEllipse(QRectF(10.7, 16.2, 2.6, 2.6))
    painter.restore()
