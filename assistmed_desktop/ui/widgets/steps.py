"""A column of steps: which are done, which one is under way, which are left, each in a word and a shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.status import COTE, paint_status
from assistmed_desktop.ui.widgets.text import set_style_property

Avancement = Literal["fait", "en_cours", "passe", "a_faire"]

_MOTS: dict[Avancement, str] = {
    "fait": "fait",
    "en_cours": "en cours",
    "passe": "passé pour l’instant",
    "a_faire": "à faire",
}


@dataclass(frozen=True)
class Step:
    """How far a step has come, and whether it may be gone to now."""

    avancement: Avancement
    possible: bool = True
    courante: bool = False


class StepList(QWidget):
    """Buttons, one under the other; ``chosen`` carries the key of the step to go to."""

    chosen = Signal(str)

    def __init__(self, noms: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Étapes")
        self._noms = dict(noms)
        self._steps: dict[str, Step] = {}
        self._buttons: dict[str, QPushButton] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.PAS)
        for cle in noms:
            button = QPushButton()
            set_style_property(button, "genre", "nav")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, cle=cle: self._choose(cle))
            self._buttons[cle] = button
            box.addWidget(button)
        box.addStretch(1)

    def show_steps(self, steps: Mapping[str, Step]) -> None:
        """Show how far the steps have come."""
        self._steps = dict(steps)
        for rang, (cle, step) in enumerate(self._steps.items(), 1):
            button = self._buttons[cle]
            texte = f"{rang}. {self._noms[cle]}\n{_MOTS[step.avancement]}"
            button.setText(texte)
            button.setAccessibleName(texte.replace("\n", ", "))
            button.setChecked(step.courante)
            button.setEnabled(step.possible)
        self._dress()

    def button(self, cle: str) -> QPushButton:
        """Give the button of a step."""
        return self._buttons[cle]

    def words(self) -> dict[str, str]:
        """Give the word said of each step."""
        return {cle: _MOTS[step.avancement] for cle, step in self._steps.items()}

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "_buttons"):
            self._dress()

    def _choose(self, cle: str) -> None:
        self._buttons[cle].setChecked(self._steps[cle].courante)
        self.chosen.emit(cle)

    def _dress(self) -> None:
        side = round(1.4 * self.fontMetrics().height())
        for cle, step in self._steps.items():
            self._buttons[cle].setIcon(_icon(step.avancement, side, self.devicePixelRatioF()))
            self._buttons[cle].setIconSize(QSize(side, side))


def _icon(avancement: Avancement, side: int, ratio: float) -> QIcon:
    pixmap = QPixmap(QSize(side, side) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _paint(painter, avancement, side, theme.couleurs_actuelles())
    painter.end()
    icone = QIcon(pixmap)
    icone.addPixmap(pixmap, QIcon.Mode.Disabled)
    return icone


def _paint(painter: QPainter, avancement: Avancement, side: int, couleurs: theme.Couleurs) -> None:
    """Draw a tick in a disc, an arrowhead in a ring, a dash in a ring, or an empty ring."""
    if avancement == "fait":
        paint_status(painter, QRectF(0, 0, side, side), "atteint", couleurs)
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side / COTE, side / COTE)
    couleur = QColor(couleurs.accent if avancement == "en_cours" else couleurs.secondaire)
    painter.setPen(QPen(couleur, 2))
    painter.drawEllipse(QRectF(3, 3, 18, 18))
    if avancement == "passe":
        painter.drawLine(QPointF(8, 12), QPointF(16, 12))
    elif avancement == "en_cours":
        painter.setBrush(couleur)
        painter.drawPolygon(QPolygonF([QPointF(10, 8), QPointF(16, 12), QPointF(10, 16)]))
