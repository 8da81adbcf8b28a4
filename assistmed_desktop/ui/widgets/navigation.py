"""The left column: the pages, the help, and when the practice was last saved."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.ui import icons, theme
from assistmed_desktop.ui.widgets.card import PageArea
from assistmed_desktop.ui.widgets.text import Text, set_style_property

_ICONE = 20
_CARACTERES = 22
"""The width of the names of the pages, in average characters."""


class Navigation(QFrame):
    """Buttons that choose a page, each known by the key of the page, which is also its icon."""

    page_chosen = Signal(str)
    search_asked = Signal()
    help_asked = Signal()

    def __init__(self, pages: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("navigation", "true")
        self.setAccessibleName("Navigation")
        self._icons: list[tuple[QPushButton, str]] = []
        self._compact = False
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(3 * theme.PAS, 4 * theme.PAS, 3 * theme.PAS, 4 * theme.PAS)
        box.setSpacing(theme.PAS)
        box.addLayout(self._brand())
        box.addSpacing(4 * theme.PAS)
        self._buttons: dict[str, QPushButton] = {}
        names = PageArea()
        names.body.setContentsMargins(0, 0, 0, 0)
        names.body.setSpacing(theme.PAS)
        set_style_property(names, "fiche", "true")
        for name, cle in pages:
            button = self._button(name, cle)
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, cle=cle: self.page_chosen.emit(cle))
            self._group.addButton(button)
            self._buttons[cle] = button
            names.body.addWidget(button)
        names.body.addStretch(1)
        names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._names = names
        box.addWidget(names, 1)
        self._search = self._button("Rechercher (Ctrl+K)", "rechercher")
        self._search.clicked.connect(self.search_asked)
        box.addWidget(self._search)
        self._help = self._button("Aide (F1)", "aide")
        self._help.clicked.connect(self.help_asked)
        box.addWidget(self._help)
        self._saved = Text("", theme.LEGENDE, role="secondaire")
        self._saved.setContentsMargins(3 * theme.PAS, 0, 0, 0)
        box.addWidget(self._saved)

    def show_pages(self, *, shown: bool) -> None:
        """Show the pages only when there is a practice to show in them."""
        for button in self._group.buttons():
            button.setVisible(shown)

    def set_page(self, cle: str) -> None:
        """Mark the page now shown."""
        self._buttons[cle].setChecked(True)
        self._names.ensureWidgetVisible(self._buttons[cle])

    def button(self, cle: str) -> QPushButton:
        """Give the button of a page."""
        return self._buttons[cle]

    def set_saved(self, instant: datetime | None) -> None:
        """Say when the practice was saved."""
        self._saved.setText("" if instant is None else f"Enregistré à {instant:%H:%M}")

    def set_compact(self, *, compact: bool) -> None:
        """Keep the icons only, where the window is too narrow for their names."""
        if compact != self._compact:
            self._compact = compact
            self._brand_name.setVisible(not compact)
            self._saved.setVisible(not compact)
            self._dress()

    @property
    def saved(self) -> str:
        """What is said of the last saving."""
        return self._saved.text()

    def buttons(self) -> list[QPushButton]:
        """Give the buttons of the pages."""
        return list(self._buttons.values())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and self.isVisible():
            self._dress()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the icons once, in the theme and the font by then known."""
        self._dress()
        super().showEvent(event)

    def _brand(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(2 * theme.PAS, 0, 0, 0)
        row.setSpacing(2 * theme.PAS)
        logo = QLabel()
        logo.setPixmap(icons.app_icon().pixmap(24, 24))
        row.addWidget(logo)
        self._brand_name = Text.on_one_line("AssistMed", theme.TITRE_CARTE, gras=True)
        row.addWidget(self._brand_name)
        row.addStretch(1)
        return row

    def _button(self, name: str, icon: str) -> QPushButton:
        button = QPushButton(name)
        set_style_property(button, "genre", "nav")
        button.setAccessibleName(name)
        self._icons.append((button, icon))
        return button

    def _dress(self) -> None:
        couleurs = theme.couleurs_actuelles()
        cote = max(_ICONE, round(1.3 * self.fontMetrics().height()))
        for button, nom in self._icons:
            button.setIcon(icons.icon(nom, couleurs.secondaire, cote, self.devicePixelRatioF()))
            button.setIconSize(QSize(cote, cote))
            button.setText("" if self._compact else button.accessibleName())
            button.setToolTip(button.accessibleName() if self._compact else "")
        bar = self._names.verticalScrollBar().sizeHint().width()
        words = bar if self._compact else _CARACTERES * self.fontMetrics().averageCharWidth()
        self.setFixedWidth(words + 13 * theme.PAS + cote)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
