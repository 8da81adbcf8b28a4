"""A page that says one thing: opening, nothing yet, or could not be opened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.ui import icons, theme
from assistmed_desktop.ui.widgets.card import PageArea
from assistmed_desktop.ui.widgets.text import Text, set_style_property


@dataclass(frozen=True)
class Choice:
    """A button of the page."""

    texte: str
    action: Callable[[], None]
    principal: bool = False


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
        self._choices = QHBoxLayout()
        self._choices.setSpacing(3 * theme.PAS)
        column = QWidget()
        column.setMaximumWidth(640)
        box = QVBoxLayout(column)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4 * theme.PAS)
        for widget in (self._icon, self._title, self._sentences, self._progress):
            box.addWidget(widget)
        box.addLayout(self._choices)
        box.addWidget(self._caption)
        self.body.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(column, 4)
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
        while (item := self._choices.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        direction = QBoxLayout.Direction
        large = sum(len(choice.texte) for choice in choices) > 64  # noqa: PLR2004 - what one line holds
        self._choices.setDirection(direction.TopToBottom if large else direction.LeftToRight)
        buttons = [self._button(choice) for choice in choices]
        for button in buttons:
            self._choices.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._choices.addStretch(1)
        if buttons:
            buttons[0].setFocus()

    def buttons(self) -> list[QPushButton]:
        """Give the buttons shown."""
        items = (self._choices.itemAt(rang) for rang in range(self._choices.count()))
        return [w for item in items if item is not None and isinstance(w := item.widget(), QPushButton)]

    def _button(self, choice: Choice) -> QPushButton:
        button = QPushButton(choice.texte)
        button.setAutoDefault(True)
        set_style_property(button, "genre", "principal" if choice.principal else "")
        button.clicked.connect(lambda _checked=False, act=choice.action: act())
        return button
