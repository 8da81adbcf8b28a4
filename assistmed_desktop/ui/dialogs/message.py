"""A sentence to read, with details to copy, or a question: nothing here blocks the program."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.text import Text, set_style_property


class MessageDialog(QDialog):
    """A title, a few sentences, details if any, and buttons."""

    def __init__(self, parent: QWidget | None, titre: str, texte: str, details: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("AssistMed")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(titre)
        self.setAccessibleDescription(texte)
        box = QVBoxLayout(self)
        box.setContentsMargins(*(4 * [6 * theme.PAS]))
        box.setSpacing(4 * theme.PAS)
        self.title = Text(titre, theme.TITRE_CARTE, gras=True)
        self.text = Text(texte)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(self.title)
        box.addWidget(self.text)
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setAccessibleName("Détail")
        self.details.setTabChangesFocus(True)
        self.details.setVisible(bool(details))
        box.addWidget(self.details, 1)
        if not details:
            box.addStretch(1)
        self.buttons = QDialogButtonBox()
        box.addWidget(self.buttons)
        self._width = 76 * self.fontMetrics().averageCharWidth()
        self.setMinimumWidth(self._width // 2)

    def showEvent(self, event: QShowEvent) -> None:
        """Take a readable width, and the height that the text needs there."""
        layout = self.layout()
        if layout is not None and not event.spontaneous():
            self.resize(self._width, layout.totalHeightForWidth(self._width))
        super().showEvent(event)

    def add_button(
        self, texte: str, action: Callable[[], None] | None = None, *, principal: bool = False
    ) -> QPushButton:
        """Add a button that does something, then closes the dialog."""
        button = QPushButton(texte)
        role = QDialogButtonBox.ButtonRole.AcceptRole if principal else QDialogButtonBox.ButtonRole.RejectRole
        self.buttons.addButton(button, role)
        if principal:
            set_style_property(button, "genre", "principal")
            button.setDefault(True)
        button.clicked.connect(self.close)
        if action is not None:
            button.clicked.connect(action)
        return button


def tell(parent: QWidget | None, titre: str, texte: str, details: str = "") -> MessageDialog:
    """Open a message to read; the window behind it stays usable."""
    dialog = MessageDialog(parent, titre, texte, details)
    if details:
        copier = QPushButton("Copier le détail")
        copier.setAutoDefault(False)
        dialog.buttons.addButton(copier, QDialogButtonBox.ButtonRole.ActionRole)
        copier.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
    dialog.add_button("Fermer", principal=True)
    dialog.show()
    return dialog


def ask(parent: QWidget, titre: str, texte: str, oui: str, action: Callable[[], None]) -> MessageDialog:
    """Open a question about the window, which waits; ``action`` follows a yes, nothing follows anything else."""
    dialog = MessageDialog(parent, titre, texte)
    dialog.add_button("Annuler").setAutoDefault(False)
    dialog.add_button(oui, action, principal=True)
    dialog.open()
    return dialog
