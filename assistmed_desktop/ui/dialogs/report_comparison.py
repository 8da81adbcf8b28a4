"""What has changed between two reports, to be read and copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.text import Text, set_style_property

if TYPE_CHECKING:
    from assistmed_desktop.ui.report_comparing import Comparing


class ReportComparisonDialog(QDialog):
    """Shows a comparison beside the window, which stays at work."""

    def __init__(self, parent: QWidget, comparing: Comparing) -> None:
        super().__init__(parent)
        titre = "Ce qui a changé entre deux rapports"
        self.setWindowTitle(titre)
        self.setAccessibleName(titre)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("comparaison")  # by which the window closes it with its practice
        self._comparing = comparing
        box = QVBoxLayout(self)
        box.setContentsMargins(*(4 * [4 * theme.PAS]))
        box.setSpacing(3 * theme.PAS)
        box.addWidget(Text(titre, theme.TITRE_CARTE, gras=True))
        self.browser = QTextBrowser()
        self.browser.setAccessibleName(titre)
        self.browser.document().setDocumentMargin(2 * theme.PAS)
        self.browser.document().setIndentWidth(1.5 * self.fontMetrics().height())
        self.browser.setHtml(comparing.as_html())
        box.addWidget(self.browser, 1)
        self.copy = QPushButton("Copier")
        self.copy.setAutoDefault(False)
        self.copy.setAccessibleDescription("Copie tout, les chiffres en tableau")
        self.copy.clicked.connect(self._copy)
        closing = QPushButton("Fermer")
        set_style_property(closing, "genre", "principal")
        closing.clicked.connect(self.close)
        buttons = QDialogButtonBox()
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(closing, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addWidget(buttons)
        em, line = self.fontMetrics().averageCharWidth(), self.fontMetrics().height()
        room = parent.window().size()
        self.resize(min(110 * em, room.width() - 8 * theme.PAS), min(40 * line, room.height() - 16 * theme.PAS))
        self.browser.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._comparing.as_text())
