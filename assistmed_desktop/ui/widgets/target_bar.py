"""The way from the reference to the target, where one stands on it and where one should."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from assistmed_desktop.ui import theme

_PISTE = 8
_MARQUE = 7.0


class TargetBar(QWidget):
    """A bar from ``start`` to ``end`` filled up to ``value``, ``expected`` marked, its ends named under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._statut = "donnees_insuffisantes"
        self._done: float | None = None
        self._expected: float | None = None
        self._texts = ("", "", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Chemin de la référence à l’objectif")

    def set_values(
        self, statut: str, done: float | None, expected: float | None, texts: tuple[str, str, str, str]
    ) -> None:
        """Show a progress; ``texts`` are the names of the start, the expected point, the middle and the end."""
        self._statut, self._done, self._expected, self._texts = statut, done, expected, texts
        self.setAccessibleDescription(", ".join(texte for texte in texts if texte))
        self.update()

    def sizeHint(self) -> QSize:
        """Take three lines: the expected point, the bar, the ends."""
        metrics = self._metrics()
        return QSize(30 * metrics.averageCharWidth(), 2 * metrics.height() + 7 * theme.PAS)

    def minimumSizeHint(self) -> QSize:
        """Keep the height, let the width go."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the program's font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar and its words."""
        couleurs = theme.couleurs_actuelles()
        metrics = self._metrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.police(theme.LEGENDE))
        milieu = metrics.height() + 3.5 * theme.PAS
        gauche, droite = _MARQUE, self.width() - _MARQUE
        self._paint_track(painter, couleurs, gauche, droite, milieu)
        painter.setPen(QColor(couleurs.secondaire))
        start, expected, middle, end = self._texts
        base = milieu + 2.5 * theme.PAS
        place = QRectF(0, base, self.width(), metrics.height() + theme.PAS)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft, start)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight, end)
        free = self.width() - metrics.horizontalAdvance(start) - metrics.horizontalAdvance(end)
        if middle and metrics.horizontalAdvance(middle) + 6 * theme.PAS < free:
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, middle)
        if self._expected is not None and expected:
            x = gauche + _kept(self._expected) * (droite - gauche)
            largeur = metrics.horizontalAdvance(expected)
            debut = min(max(0.0, x - largeur / 2), self.width() - largeur)
            painter.setPen(QColor(couleurs.texte))
            painter.drawText(QPointF(debut, metrics.ascent()), expected)
        painter.end()

    def _paint_track(
        self, painter: QPainter, couleurs: theme.Couleurs, gauche: float, droite: float, milieu: float
    ) -> None:
        couleur = QColor(couleurs.statut(self._statut))
        longueur = droite - gauche
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(couleurs.filet))
        painter.drawRoundedRect(QRectF(gauche, milieu - _PISTE / 2, longueur, _PISTE), _PISTE / 2, _PISTE / 2)
        painter.setPen(QPen(QColor(couleurs.bord), 2))
        painter.drawLine(QPointF(droite, milieu - _MARQUE), QPointF(droite, milieu + _MARQUE))
        if self._expected is not None:
            x = gauche + _kept(self._expected) * longueur
            painter.setPen(QPen(QColor(couleurs.texte), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLine(QPointF(x, milieu - 2.5 * theme.PAS), QPointF(x, milieu + 2 * theme.PAS))
        if self._done is not None:
            x = gauche + _kept(self._done) * longueur
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(couleur)
            painter.drawRoundedRect(QRectF(gauche, milieu - _PISTE / 2, x - gauche, _PISTE), _PISTE / 2, _PISTE / 2)
            painter.setPen(QPen(QColor(couleurs.surface), 2))
            painter.drawEllipse(QPointF(x, milieu), _MARQUE, _MARQUE)

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(theme.police(theme.LEGENDE))


def _kept(part: float) -> float:
    return min(1.0, max(0.0, part))
