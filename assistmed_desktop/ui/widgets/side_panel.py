"""The panel on the right: a page of help, or the answer to "Pourquoi ?", beside what it speaks of."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.text import Text, set_style_property

CARACTERES = 52
"""The width that the panel is read at, in average characters."""


class SidePanel(QFrame):
    """Shows a document; Escape closes it and gives the focus back."""

    toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("navigation", "true")
        box = QVBoxLayout(self)
        box.setContentsMargins(4 * theme.PAS, 3 * theme.PAS, 2 * theme.PAS, 4 * theme.PAS)
        box.setSpacing(2 * theme.PAS)
        head = QHBoxLayout()
        self._title = Text("", theme.TITRE_CARTE, gras=True)
        self._close = QPushButton("Fermer")
        self._close.setAccessibleName("Fermer le panneau")
        set_style_property(self._close, "genre", "lien")
        self._close.clicked.connect(self.close_panel)
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(head)
        self._browser = QTextBrowser()
        self._browser.setOpenLinks(False)
        self._browser.anchorClicked.connect(self._follow)
        box.addWidget(self._browser, 1)
        self._fill: Callable[[QTextDocument], None] | None = None
        self._on_link: Callable[[str], None] | None = None
        self._before: QWidget | None = None
        self.hide()

    def tell(
        self, titre: str, fill: Callable[[QTextDocument], None], on_link: Callable[[str], None] | None = None
    ) -> None:
        """Open on a document that ``fill`` writes, again whenever the theme changes; ``on_link`` follows its links."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self.setAccessibleName(titre)
        self._title.setText(titre)
        self._browser.setAccessibleName(titre)
        self._fill = fill
        self._on_link = on_link
        self._write()
        self.show()
        self.toggled.emit()
        self._browser.setFocus()

    def close_panel(self) -> None:
        """Close, and go back to where the focus was."""
        self.hide()
        self.toggled.emit()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None

    def forget(self) -> None:
        """Keep nothing of what was shown."""
        self._fill = self._on_link = self._before = None
        self.setAccessibleName("")
        self._title.setText("")
        self._browser.setAccessibleName("")
        self._browser.clear()

    @property
    def title(self) -> str:
        """The title shown."""
        return self._title.text()

    @property
    def browser(self) -> QTextBrowser:
        """The document shown."""
        return self._browser

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        super().changeEvent(event)
        followed = (QEvent.Type.StyleChange, QEvent.Type.FontChange)
        if event.type() in followed and getattr(self, "_fill", None) is not None:
            self._write()

    def _follow(self, adresse: QUrl) -> None:
        if adresse.scheme() in ("http", "https"):
            QDesktopServices.openUrl(adresse)
        elif self._on_link is not None:
            self._on_link(adresse.path())

    def _write(self) -> None:
        if self._fill is None:
            return
        couleurs = theme.couleurs_actuelles()
        document = self._browser.document()
        document.setDefaultFont(theme.police(theme.CORPS))
        document.setDefaultStyleSheet(
            f"a {{ color: {couleurs.accent}; }} .secondaire {{ color: {couleurs.secondaire}; }}"
            f" .attention {{ color: {couleurs.en_retard}; }}"
        )
        document.setDocumentMargin(2 * theme.PAS)
        document.setIndentWidth(1.5 * self.fontMetrics().height())
        self._fill(document)
        self._browser.moveCursor(QTextCursor.MoveOperation.Start)
        self._browser.verticalScrollBar().setValue(0)
