"""The head of the window: the practice, the contract looked at, the day of the evaluation."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.card import FoldingRow
from assistmed_desktop.ui.widgets.text import Text

TOUS = "Tous les contrats"


class Header(QFrame):
    """Says whose figures are shown; lets the user choose among several contracts."""

    contrat_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("entete", "true")
        self.setAccessibleName("En-tête")
        box = QVBoxLayout(self)
        box.setContentsMargins(6 * theme.PAS, 3 * theme.PAS, 6 * theme.PAS, 3 * theme.PAS)
        row = FoldingRow(40)
        box.addWidget(row)
        self._name = Text("", theme.TITRE_CARTE, gras=True)
        self._chooser = QComboBox()
        self._chooser.setAccessibleName("Contrat affiché")
        self._chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._chooser.setMinimumContentsLength(24)
        self._day = Text.on_one_line("", role="secondaire")
        self._nature = Text("", theme.LEGENDE, role="secondaire")
        self._names, choice = QWidget(), QWidget()
        words = QVBoxLayout(self._names)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._nature)
        words.addStretch(1)
        tools = QHBoxLayout(choice)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(4 * theme.PAS)
        tools.addStretch(1)
        tools.addWidget(self._chooser, 3)
        tools.addWidget(self._day)
        row.add(self._names)
        row.add(choice)
        self._chooser.activated.connect(self._on_activated)
        self._keep_height()

    def show_practice(self, nom: str, nature: str, jour: str, contrats: Sequence[tuple[str, str]], chosen: str) -> None:
        """Show a practice; ``contrats`` are pairs of id and name, the chooser shows when there are several."""
        self._name.setText(nom)
        self._nature.setText(nature)
        self._nature.setVisible(bool(nature))
        self._day.setText(jour)
        entries = [("", TOUS), *contrats] if len(contrats) > 1 else list(contrats)
        current = [(self._chooser.itemData(i), self._chooser.itemText(i)) for i in range(self._chooser.count())]
        if entries != current:
            self._chooser.clear()
            for ident, name in entries:
                self._chooser.addItem(name, ident)
        self._chooser.setVisible(len(contrats) > 1)
        self._chooser.setCurrentIndex(max(0, self._chooser.findData(chosen)))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_names"):
            self._keep_height()

    def _keep_height(self) -> None:
        """Keep room for the name and the nature, so that pages begin at one height whatever is looked at."""
        lines = (theme.police(theme.TITRE_CARTE, gras=True), theme.police(theme.LEGENDE))
        self._names.setMinimumHeight(sum(QFontMetrics(line).height() for line in lines))

    @property
    def chooser(self) -> QComboBox:
        """The list of the contracts."""
        return self._chooser

    def texts(self) -> tuple[str, str]:
        """Give the name and the day shown."""
        return self._name.text(), self._day.text()

    def _on_activated(self, rank: int) -> None:
        self.contrat_chosen.emit(self._chooser.itemData(rank))
