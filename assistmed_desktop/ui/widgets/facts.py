"""Facts under one another: what it is, what it is worth, and for a figure that was worked out, why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.card import Card
from assistmed_desktop.ui.widgets.text import Text, set_style_property


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact. ``chemin`` is the path of what explains it; ``role`` colours its name, which says the same in words."""

    nom: str
    valeur: str
    note: str = ""
    chemin: str = ""
    role: str = ""


class _Row:
    """The widgets of a fact, used again for another one."""

    def __init__(self, rang: int, grid: QGridLayout, asked: Callable[[str, str], None]) -> None:
        self.nom = Text("", role="secondaire")
        self.valeur = Text("")
        self.note = Text("", theme.LEGENDE, role="secondaire")
        self.why = QPushButton(f"Pourquoi{INSECABLE}?")
        self.why.setAccessibleDescription("Ouvre le calcul, étape par étape, et les textes sur lesquels il repose")
        set_style_property(self.why, "genre", "lien")
        self.chemin = ""
        self.why.clicked.connect(lambda: asked(self.chemin, self.nom.text()))
        top = Qt.AlignmentFlag.AlignTop
        for label in (self.nom, self.valeur):
            label.setContentsMargins(0, theme.PAS, 0, 0)  # on the line of the button
            label.setAlignment(top)
        worth = QVBoxLayout()
        worth.setSpacing(0)
        worth.addWidget(self.valeur)
        worth.addWidget(self.note)
        worth.addStretch(1)
        grid.addWidget(self.nom, rang, 0, top)
        grid.addLayout(worth, rang, 1)
        grid.addWidget(self.why, rang, 2, top)

    def show(self, fact: Fact | None) -> None:
        """Show a fact; None hides the row."""
        for widget, wanted in (
            (self.nom, fact is not None),
            (self.valeur, fact is not None),
            (self.note, fact is not None and bool(fact.note)),
            (self.why, fact is not None and bool(fact.chemin)),
        ):
            widget.setVisible(wanted)
        if fact is None:
            return
        self.chemin = fact.chemin
        self.nom.setText(fact.nom)
        self.valeur.setText(fact.valeur)
        self.nom.set_role(fact.role or "secondaire")
        self.note.setText(fact.note)
        self.why.setAccessibleName(f"Pourquoi{INSECABLE}: {fact.nom}, {fact.valeur}")


class FactCard(Card):
    """A card of facts. ``why_asked`` carries the path of the figure and its name.

    ``part`` is the part of the width that the names take, in fifths.
    """

    why_asked = Signal(str, str)

    def __init__(self, titre: str = "", part: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(titre, parent)
        self._rows: list[_Row] = []
        self._facts: tuple[Fact, ...] = ()
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(3 * theme.PAS)
        self.grid.setVerticalSpacing(0)
        self.grid.setColumnStretch(0, part)
        self.grid.setColumnStretch(1, 5 - part)
        self.body.addLayout(self.grid)
        self.body.addStretch(1)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts shown."""
        return self._facts

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show other facts; without any, the card is put away."""
        if tuple(facts) != self._facts:
            self._facts = tuple(facts)
            while len(self._rows) < len(facts):
                self._rows.append(_Row(len(self._rows), self.grid, self.why_asked.emit))
            for rang, row in enumerate(self._rows):
                row.show(facts[rang] if rang < len(facts) else None)
        self.setVisible(bool(facts))

    def why(self, chemin: str) -> QPushButton:
        """Give the button that explains a figure."""
        return next(row.why for row in self._rows if row.chemin == chemin)
