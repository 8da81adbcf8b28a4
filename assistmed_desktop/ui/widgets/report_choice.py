"""What one chooses before a report is made: its kind, the contract, for a stage review the day it begins at."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.formats import INSECABLE, jour_court, lire_jour
from assistmed_desktop.services.rapports import GENRES, CleGenre, Demande, Genre, genre_de
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.card import Card, FoldingRow
from assistmed_desktop.ui.widgets.field import ChoiceField, Field
from assistmed_desktop.ui.widgets.text import Text, set_style_property

if TYPE_CHECKING:
    from collections.abc import Sequence


class ReportChoice(Card):
    """``changed`` tells that another report is wanted; ``all_asked``, those of every contract."""

    changed = Signal()
    contrat_chosen = Signal(str)
    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Rapport à émettre", parent)
        self._demande: Demande | None = None
        self.typed: dict[str, date] = {}
        """The days typed for stage reviews, by contract."""
        self.genre = ChoiceField()
        self.genre.setAccessibleName("Genre de rapport")
        for rank, genre in enumerate(GENRES):
            self.genre.addItem(genre.nom, genre.cle)
            self.genre.setItemData(rank, genre.aide, Qt.ItemDataRole.ToolTipRole)
        self.genre.activated.connect(self._choose_genre)
        self.purpose = Text("", role="secondaire")
        self.contract = ChoiceField()
        self.contract.setAccessibleName("Contrat du rapport")
        self.contract.setPlaceholderText("Choisissez un contrat")
        self.contract.setMinimumContentsLength(16)
        self.contract.activated.connect(lambda rank: self.contrat_chosen.emit(self.contract.itemData(rank)))
        self.since = Field()
        self.since.setAccessibleName("Depuis le dernier échange, le")
        self.since.setMaximumWidth(16 * self.fontMetrics().averageCharWidth())
        self.since_help = Text("", theme.LEGENDE, role="secondaire")
        self.since_block = self._since_block()
        self.since.editingFinished.connect(self._take_since)
        self.save = QPushButton("Enregistrer en PDF…")
        set_style_property(self.save, "genre", "principal")
        self.print = QPushButton("Imprimer…")
        self.all = QPushButton("Tous les contrats…")
        self.all.setAccessibleDescription("Écrit les rapports de tous les contrats dans un dossier")
        self.all.clicked.connect(self.all_asked)
        gestures = FoldingRow(0, 2 * theme.PAS)
        gestures.replace_by([self.save, self.print])
        set_style_property(self.all, "genre", "lien")
        self.head.addWidget(self.all, 0, Qt.AlignmentFlag.AlignTop)
        for widget in (self.genre, self.purpose, self.contract, self.since_block, gestures):
            self.body.addWidget(widget)
        self._show_genre()

    @property
    def kind(self) -> Genre:
        """The kind of report chosen."""
        return genre_de(self.genre.currentData())

    def choose_kind(self, cle: CleGenre) -> None:
        """Choose a kind of report, as a hand would."""
        self.genre.setCurrentIndex(self.genre.findData(cle))
        self._choose_genre()

    def show_contracts(self, entries: Sequence[tuple[str, str]], chosen: str | None) -> None:
        """Offer contracts, by id and name, and show which one is looked at."""
        if list(entries) != [
            (self.contract.itemData(i), self.contract.itemText(i)) for i in range(self.contract.count())
        ]:
            self.contract.clear()
            for ident, nom in entries:
                self.contract.addItem(nom, ident)
        self.contract.setCurrentIndex(self.contract.findData(chosen))
        self.contract.setVisible(len(entries) > 1)
        self.all.setVisible(len(entries) > 1)
        self.setVisible(bool(entries))

    def show_since(self, demande: Demande, jour: date, phrase: str) -> None:
        """Show the day that a stage review begins at, and the sentence that says why."""
        self._demande = demande
        self.since_block.show()
        if not self.since.isModified():
            self.since.setText(jour_court(jour))
            self._tell_since(phrase)

    def hide_since(self) -> None:
        """Show no day: no other report begins at one."""
        self._demande = None
        self.since.setModified(False)
        self.since_block.hide()

    def _since_block(self) -> QWidget:
        label = QLabel(self.since.accessibleName())
        label.setBuddy(self.since)
        line = FoldingRow(0, 2 * theme.PAS)
        line.replace_by([label, self.since])
        block = QWidget()
        box = QVBoxLayout(block)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.PAS)
        box.addWidget(line)
        box.addWidget(self.since_help)
        return block

    def _choose_genre(self) -> None:
        self._show_genre()
        self.changed.emit()

    def _show_genre(self) -> None:
        self.purpose.setText(self.kind.aide)

    def _take_since(self) -> None:
        """Take the day typed; nothing typed goes back to the one proposed."""
        demande = self._demande
        if demande is None or not self.since.isModified():
            return
        texte = self.since.text().strip()
        jour = lire_jour(texte)
        if texte and jour is None:
            self._tell_since(f"Ce n’est pas une date. Écrivez-la ainsi{INSECABLE}: {jour_court(demande.au)}.", "faute")
            return
        if jour is not None and jour >= demande.au:
            self._tell_since(f"Choisissez un jour avant celui du rapport, le {jour_court(demande.au)}.", "faute")
            return
        self.since.setModified(False)
        if jour is None:
            self.typed.pop(demande.contrat, None)
        else:
            self.typed[demande.contrat] = jour
        self.changed.emit()

    def _tell_since(self, phrase: str, role: str = "secondaire") -> None:
        self.since_help.setText(soigner(phrase))
        set_style_property(self.since_help, "role", role)
        self.since.setAccessibleDescription(self.since_help.text())
