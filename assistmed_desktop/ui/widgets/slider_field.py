"""A pace: a slider and the number beside it, which say the same. Emptied, nothing is supposed."""

from fractions import Fraction

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QVBoxLayout, QWidget

from assistmed_desktop.formats import INSECABLE, MOINS, lire_decimal, nombre
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.field import Field
from assistmed_desktop.ui.widgets.text import Text, set_style_property

_PAGE = 5


class Slider(QSlider):
    """A slider that only a hand moves: scrolling the page over it leaves it as it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSingleStep(1)
        self.setPageStep(_PAGE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page instead."""
        event.ignore()


class SliderField(QWidget):
    """A label, a slider by whole patients, a number that takes any, what is known under them, and the fault if any.

    ``vide`` is the word of a number left empty.
    """

    edited = Signal()

    def __init__(
        self, nom: str, scenario: str, *, mini: int = 0, vide: str = "actuel", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._vide = vide
        self._mini, self._repos, self._aide = mini, 0, ""
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.slider = Slider()
        self.slider.setAccessibleName(f"{scenario}, curseur{INSECABLE}: {nom}")
        self.number = Field()
        self.number.setAccessibleName(f"{scenario}{INSECABLE}: {nom}")
        self.number.setPlaceholderText(vide)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        label = QLabel(nom)
        label.setWordWrap(True)
        label.setBuddy(self.number)
        self.help = Text("", theme.LEGENDE, role="secondaire")
        line = QHBoxLayout()
        line.setSpacing(2 * theme.PAS)
        line.addWidget(self.slider, 1)
        line.addWidget(self.number)
        box.addWidget(label)
        box.addLayout(line)
        box.addWidget(self.help)
        box.addStretch(1)
        self.slider.valueChanged.connect(self._slid)
        self.number.textEdited.connect(self._typed)
        self.set_range(2 * _PAGE, 0, "")
        self.number.setFixedWidth(self._width())

    def set_range(self, maxi: int, repos: int, aide: str) -> None:
        """Set where the slider ends, where it rests while nothing is supposed, and what is said under it."""
        self._repos, self._aide = repos, aide
        with QSignalBlocker(self.slider):
            self.slider.setRange(self._mini, maxi)
        self._follow()

    def text(self) -> str:
        """Give the number, as typed."""
        return self.number.text()

    def fill(self, texte: str) -> None:
        """Put a number there; nothing is told of it."""
        if texte != self.number.text():
            self.number.setText(texte)
        self._follow()

    def tell_fault(self, faute: str) -> None:
        """Say what is wrong with the number, or what is known when nothing is."""
        self.help.set_role("faute" if faute else "secondaire")
        self.help.setText(faute or self._aide)
        self.help.setVisible(bool(faute or self._aide))
        set_style_property(self.number, "fautif", "true" if faute else "false")
        self.number.setAccessibleDescription(faute or self._aide)

    def _width(self) -> int:
        return self.fontMetrics().horizontalAdvance("actuel 0") + 20

    def _slid(self, valeur: int) -> None:
        self.number.setText(nombre(valeur))
        self._follow()
        self.edited.emit()

    def _typed(self) -> None:
        self._follow()
        self.edited.emit()

    def _follow(self) -> None:
        """Put the slider where the number is, or at rest."""
        texte = self.number.text().strip()
        negatif = texte[:1] in (MOINS, "-")
        lu = lire_decimal(texte.lstrip(f"{MOINS}-+"))
        place = self._repos if lu is None else round(-Fraction(lu) if negatif else Fraction(lu))
        with QSignalBlocker(self.slider):
            self.slider.setValue(place)
        set_style_property(self.slider, "repos", "false" if texte else "true")
        dit = f"{texte} par mois" if texte else f"{self._vide}, rien n’est supposé"
        self.slider.setAccessibleDescription(dit)
        self.tell_fault("")
