"""The aid of the current contract year."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.card import Card
from assistmed_desktop.ui.widgets.text import Text, set_style_property
from assistmed_desktop.ui.wording import AidWords


class AidCard(Card):
    """Shows what it brings, notified or at most, what has come, and on what the figure rests."""

    why_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.amount = Text("", theme.TITRE_CARTE)
        self.lines = Text("")
        self._why = QPushButton("Pourquoi\u00a0?")
        self._why.setAccessibleName("Pourquoi ce montant")
        set_style_property(self._why, "genre", "lien")
        self._why.clicked.connect(self.why_asked)
        self.body.addWidget(self.amount)
        self.body.addWidget(self.lines)
        self.head.addWidget(self._why, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addStretch(1)

    def show_words(self, words: AidWords) -> None:
        """Show the aid of a year."""
        self.set_title(words.titre)
        self.amount.setText(words.montant)
        self.lines.setText("\n".join(words.lignes))
        self._why.setVisible(words.explication is not None)
