"""A list of facts of one kind: a table with what one does to it, and a word of guidance while it is empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from assistmed_desktop.formats import INSECABLE, nombre
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.card import Card, FoldingRow
from assistmed_desktop.ui.widgets.table import Column, Table, TableModel
from assistmed_desktop.ui.widgets.text import Text, set_style_property

if TYPE_CHECKING:
    from assistmed_desktop.ui.settings import Settings

_FILTRE_UTILE = 9
"""From how many rows a list is worth filtering."""
_LIGNES_AU_MOINS = 2
"""How many rows a table shows that takes the room there is."""


class Listing(Card):
    """Shows rows; Enter or a double click asks to change one, Suppr to withdraw it, Ctrl+C copies the table.

    ``ajouter`` is the word of the button that enters one more; without it the list is only read. ``vide`` says, while
    there is none, what the list is for. ``lignes`` is how many rows show before the table scrolls; with 0 the table
    takes the room there is. ``gestes`` are the buttons of what else one does with it.
    """

    add_asked = Signal()
    edit_asked = Signal(object)
    removal_asked = Signal(object)

    def __init__(  # noqa: PLR0913 - a list is all this
        self,
        titre: str,
        colonnes: Sequence[Column[Any]],
        settings: Settings,
        *,
        vide: str,
        ajouter: str = "",
        lignes: int = 8,
        gestes: Sequence[QPushButton] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(titre, parent)
        self._ajouter, self._lignes = ajouter, lignes
        self.model: TableModel[Any] = TableModel(colonnes)
        self.table = Table(self.model, titre)
        touches = "Entrée modifie une ligne, Suppr la supprime, " if ajouter else ""
        self.table.setAccessibleDescription(f"{touches}Ctrl+C copie le tableau")
        self.table.setSortingEnabled(True)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.count = Text.on_one_line("", role="secondaire")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filtrer")
        self.filter.setAccessibleName(f"Filtrer{INSECABLE}: {titre}")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(220)
        for widget in (self.filter, self.count):
            self.head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self.add = QPushButton(ajouter)
        set_style_property(self.add, "genre", "principal")
        self.change = QPushButton("Modifier")
        self.remove = QPushButton("Supprimer")
        self.copy = QPushButton("Copier")
        self.copy.setAccessibleName("Copier le tableau")
        edits = (self.add, self.change, self.remove) if ajouter else ()
        self.gestures = FoldingRow(0, 2 * theme.PAS)
        self.gestures.replace_by([*edits, *gestes, self.copy])
        self.empty = Text(vide, role="secondaire")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.gestures)
        self.body.addWidget(self.table, 0 if lignes else 1)
        if not lignes:
            self.body.addStretch(0)  # while there is no table, what there is stays at the top
        self.add.clicked.connect(self.add_asked)
        self.change.clicked.connect(lambda: self.edit_asked.emit(self.table.current))
        self.remove.clicked.connect(lambda: self.removal_asked.emit(self.table.current))
        self.copy.clicked.connect(self.table.copy)
        self.filter.textChanged.connect(self._filter)
        if ajouter:
            self.table.opened.connect(self.edit_asked)
            self.table.removal_asked.connect(self.removal_asked)
        self.table.selectionModel().selectionChanged.connect(self._follow_selection)
        self.table.horizontalScrollBar().rangeChanged.connect(self._fit_height)
        self.table.remember(settings)
        self.set_rows(())

    def set_rows(self, lignes: Sequence[Any]) -> None:
        """Show other rows; the one chosen stays chosen while it is there."""
        chosen = self.table.current if self.table.selectionModel().hasSelection() else None
        self.model.set_rows(lignes)
        if chosen is not None:
            self.table.choose(lambda ligne: bool(ligne == chosen))
        self._arrange()

    def choose(self, ligne: object) -> None:
        """Choose a row, and bring it into sight."""
        self.table.choose(lambda autre: bool(autre == ligne))
        self.table.scrollTo(self.table.currentIndex())

    def _filter(self, texte: str) -> None:
        self.model.set_filter(texte)
        self._arrange()

    def _arrange(self) -> None:
        total, shown = self.model.total, self.model.rowCount()
        self.empty.setVisible(not total)
        self.table.setVisible(bool(total))
        self.count.setText(nombre(total) if shown == total else f"{nombre(shown)} sur {nombre(total)}")
        self.count.setVisible(bool(total))
        self.filter.setVisible(total >= _FILTRE_UTILE)
        self.copy.setVisible(bool(total))
        self._fit_height()
        self._follow_selection()

    def _fit_height(self) -> None:
        """Give the table the height of its rows, and of the bar below them when it is too wide."""
        bar = self.table.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() > bar.minimum() else 0
        head = self.table.horizontalHeader().sizeHint().height()
        row = self.table.verticalHeader().defaultSectionSize()
        rows = min(max(1, self.model.rowCount()), self._lignes or _LIGNES_AU_MOINS)
        height = head + row * rows + below + 2 * theme.PAS
        if self._lignes:
            self.table.setFixedHeight(height)
        else:
            self.table.setMinimumHeight(height)

    def _follow_selection(self) -> None:
        chosen = self.table.selectionModel().hasSelection()
        for button in (self.change, self.remove):
            button.setVisible(bool(self._ajouter) and self.model.total > 0)
            button.setEnabled(chosen)
