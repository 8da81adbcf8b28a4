"""A sentence at the foot of the window about what has just happened, and the way back."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.text import Text, set_style_property


class Notice(QFrame):
    """Stays until it is closed or replaced: nobody has to read against the clock. ``closed`` tells that a hand did."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bandeau", "true")
        self.setAccessibleName("Message")
        box = QHBoxLayout(self)
        box.setContentsMargins(6 * theme.PAS, 2 * theme.PAS, 4 * theme.PAS, 2 * theme.PAS)
        box.setSpacing(4 * theme.PAS)
        self._text = Text()
        self._action = QPushButton()
        self._close = QPushButton("Fermer")
        for button in (self._action, self._close):
            set_style_property(button, "genre", "lien")
        self._close.setAccessibleName("Fermer ce message")
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(120)
        self._progress.setAccessibleName("Travail en cours")
        box.addWidget(self._text, 1)
        box.addWidget(self._progress)
        box.addWidget(self._action)
        box.addWidget(self._close)
        self._close.clicked.connect(self.hide)
        self._close.clicked.connect(self.closed)
        self._action.clicked.connect(self._act)
        self._callback: Callable[[], None] | None = None
        self.hide()

    def tell(self, texte: str, action: str = "", callback: Callable[[], None] | None = None) -> None:
        """Say a sentence, with an optional button."""
        self._text.setText(texte)
        self._callback = callback
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._close.show()
        self._progress.hide()
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, texte))

    def keep(self, texte: str, action: str = "", callback: Callable[[], None] | None = None) -> None:
        """Say a sentence that cannot be closed."""
        self.tell(texte, action, callback)
        self._close.hide()

    def wait(self, texte: str, action: str, callback: Callable[[], None]) -> None:
        """Say that work is under way, with a button to give it up."""
        self.keep(texte, action, callback)
        self._progress.show()

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    @property
    def action(self) -> QPushButton:
        """The button beside it."""
        return self._action

    def _act(self) -> None:
        callback = self._callback
        if self._close.isVisibleTo(self):
            self.hide()
        if callback is not None:
            callback()
