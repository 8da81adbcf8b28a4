"""A page that says one thing: opening, nothing yet, or could not be opened."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.ui import icons, theme
from assistmed_desktop.ui.choice import Choice
from assistmed_desktop.ui.widgets.card import FoldingRow, PageArea
from assistmed_desktop.ui.widgets.text import Text, set_style_property

_CARACTERES = 100
"""The longest line that is read with ease, in average characters."""


class MessagePage(PageArea):
    """A title, a few sentences, and what one can do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._icon.setPixmap(icons.app_icon().pixmap(64, 64))
        self._title = Text("", theme.TITRE_PAGE, gras=True)
        self._sentences = Text()
        self._caption = Text("", theme.LEGENDE, role="secondaire")
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Travail en cours")
        self._choices = FoldingRow(0, 3 * theme.PAS)
        self._column = QWidget()
        box = QVBoxLayout(self._column)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4 * theme.PAS)
        for widget in (self._icon, self._title, self._sentences, self._progress, self._choices):
            box.addWidget(widget)
        box.addWidget(self._caption)
        self.body.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._column, 4)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(3)

    def tell(
        self,
        titre: str,
        phrases: str = "",
        choices: Sequence[Choice] = (),
        *,
        legende: str = "",
        working: bool = False,
    ) -> None:
        """Show a message and its buttons, the first one ready for Enter."""
        self.setAccessibleName(titre)
        self._title.setText(titre)
        for label, texte in ((self._sentences, phrases), (self._caption, legende)):
            label.setText(texte)
            label.setVisible(bool(texte))
        self._progress.setVisible(working)
        buttons = [self._button(choice) for choice in choices]
        self._choices.replace_by(buttons)
        self._fit()
        if buttons:
            buttons[0].setFocus()

    def buttons(self) -> list[QPushButton]:
        """Give the buttons shown."""
        return [widget for widget in self._choices.widgets() if isinstance(widget, QPushButton)]

    def changeEvent(self, event: QEvent) -> None:
        """Follow the program's font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_column"):
            self._fit()

    def _fit(self) -> None:
        self._column.setMaximumWidth(_CARACTERES * self.fontMetrics().averageCharWidth())

    def _button(self, choice: Choice) -> QPushButton:
        button = QPushButton(choice.texte)
        button.setAutoDefault(True)
        set_style_property(button, "genre", "principal" if choice.principal else "")
        button.clicked.connect(lambda _checked=False, act=choice.action: act())
        return button
