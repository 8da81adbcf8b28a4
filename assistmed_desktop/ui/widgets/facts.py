"""Facts under one another: what it is, what it is worth, and for a figure that was worked out, why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.card import Card
from assistmed_desktop.ui.widgets.text import Text, set_style_property


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact. ``chemin`` is the path of what explains it.

    ``role`` colours its name, and ``alerte`` its value, which say the same in words.
    """

    nom: str
    valeur: str
    note: str = ""
    chemin: str = ""
    role: str = ""
    alerte: str = ""


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
        self.nom.setContentsMargins(0, theme.PAS, 0, theme.PAS)  # as high as the button
        self.note.setContentsMargins(0, 0, 0, theme.PAS)
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
        for widget, wanted in zip(self._widgets, shape(fact), strict=True):
            widget.setVisible(wanted)
        if fact is None:
            return
        self.chemin = fact.chemin
        self.nom.setText(fact.nom)
        self.nom.set_role(fact.role or "secondaire")
        self.valeur.setText(fact.valeur)
        self.valeur.set_role(fact.alerte)
        self.note.setText(fact.note)
        self.why.setAccessibleName(f"Pourquoi{INSECABLE}: {fact.nom}, {fact.valeur}")

    @property
    def _widgets(self) -> tuple[QWidget, ...]:
        return self.nom, self.valeur, self.note, self.why


def shape(fact: Fact | None) -> tuple[bool, ...]:
    """Say which widgets of a row show: name, value, note, reasons."""
    return (True, True, bool(fact.note), bool(fact.chemin)) if fact else (False,) * 4


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
            before, self._facts = [shape(fact) for fact in self._facts], tuple(facts)
            while len(self._rows) < len(facts):
                self._rows.append(_Row(len(self._rows), self.grid, self.why_asked.emit))
            focus = QApplication.focusWidget()
            if before != [shape(fact) for fact in facts]:
                self.hide()  # a row shown in a visible card has the whole page laid out again
            for rang, row in enumerate(self._rows):
                row.show(facts[rang] if rang < len(facts) else None)
            self.setVisible(bool(facts))
            if focus is not None and self.isAncestorOf(focus) and focus.isVisibleTo(self):
                focus.setFocus()
        self.setVisible(bool(facts))

    def why(self, chemin: str) -> QPushButton:
        """Give the button that explains a figure."""
        return next(row.why for row in self._rows if row.chemin == chemin)
