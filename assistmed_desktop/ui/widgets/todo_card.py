"""What is left to do, the most pressing first."""

from collections.abc import Sequence
from functools import partial
from itertools import accumulate

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from assistmed_desktop.ui import theme
from assistmed_desktop.ui.leads import Lead
from assistmed_desktop.ui.widgets.card import Card
from assistmed_desktop.ui.widgets.text import Text, set_style_property
from assistmed_desktop.ui.wording import TodoItem

_AU_MOINS = 2


class TodoCard(Card):
    """Shows the first ``montres`` items, fewer when they make more than so many letters, and two at least.

    The button of an item leads to where it is mended, and another one opens the whole list. ``lead_asked`` carries the
    Lead and the id of the contract.
    """

    lead_asked = Signal(object, str)
    everything_asked = Signal()

    def __init__(self, montres: int, lettres: int, parent: QWidget | None = None) -> None:
        super().__init__("À faire", parent)
        self._montres, self._lettres = montres, lettres
        self._items: list[TodoItem] | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(3 * theme.PAS)
        self._grid.setVerticalSpacing(2 * theme.PAS)
        self._grid.setColumnStretch(2, 1)
        self.body.addLayout(self._grid)
        self._all = QPushButton()
        set_style_property(self._all, "genre", "lien")
        self._all.clicked.connect(self.everything_asked)
        self.head.addWidget(self._all, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addStretch(1)

    def show_items(self, items: Sequence[TodoItem]) -> None:
        """Show the first items; what is shown already stays, and the focus on it."""
        if items == self._items:
            return
        self._items = list(items)
        focused = next((button.accessibleDescription() for button in self.buttons() if button.hasFocus()), None)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        lengths = accumulate(len(todo.texte) for todo in items[: self._montres])
        shown = max(sum(length <= self._lettres for length in lengths), min(len(items), _AU_MOINS))
        for rang, todo in enumerate(items[:shown]):
            self._add(rang, todo)
        if not items:
            self._grid.addWidget(Text("Rien à faire pour l’instant."), 0, 0, 1, 4)
        self._all.setText(f"Tout voir ({len(items)})")
        self._all.setAccessibleName(f"Voir les {len(items)} points à suivre")
        self._all.setVisible(len(items) > shown)
        for button in self.buttons():
            if button.accessibleDescription() == focused:
                button.show()  # what is not on screen yet takes no focus
                button.setFocus()

    def sentences(self) -> list[str]:
        """Give the texts shown, row by row."""
        items = (self._grid.itemAt(rang) for rang in range(self._grid.count()))
        return [widget.text() for item in items if item is not None and isinstance(widget := item.widget(), Text)]

    def buttons(self) -> list[QPushButton]:
        """Give the buttons of the items."""
        items = (self._grid.itemAt(rang) for rang in range(self._grid.count()))
        return [w for item in items if item is not None and isinstance(w := item.widget(), QPushButton)]

    def _follow(self, lead: Lead, contrat: str) -> None:
        self.lead_asked.emit(lead, contrat)

    def _add(self, rang: int, todo: TodoItem) -> None:
        haut = Qt.AlignmentFlag.AlignTop
        state = Text.on_one_line(todo.etat.capitalize(), gras=True, role=todo.role)
        when = Text.on_one_line(todo.quand, role="secondaire")
        what = Text(todo.texte)
        for label in (state, when, what):
            label.setContentsMargins(0, theme.PAS, 0, 0)  # on the line of the button, which has a border
        self._grid.addWidget(state, rang, 0, haut)
        self._grid.addWidget(when, rang, 1, haut)
        button = None
        if todo.lead is not None:
            button = QPushButton(todo.lead.texte)
            button.setAccessibleDescription(todo.texte)
            set_style_property(button, "genre", "lien")
            button.clicked.connect(partial(self._follow, todo.lead, todo.contrat))
            self._grid.addWidget(button, rang, 3, haut)
        self._grid.addWidget(what, rang, 2, 1, 1 if button else 2, haut)
