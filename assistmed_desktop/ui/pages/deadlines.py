"""The deadlines of the contracts: a month, a list, what is done ticked off, and a file for one's own calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from assistmed_desktop.exchange.fichiers import ecrire
from assistmed_desktop.exchange.ics import ecrire_calendrier
from assistmed_desktop.formats import INSECABLE, compte, jour_court, jour_long, nom_de_fichier
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.dialogs.files import CALENDRIERS, choose_to_write, why_not_written
from assistmed_desktop.ui.dialogs.message import tell
from assistmed_desktop.ui.fiches.echeances import decocher
from assistmed_desktop.ui.names import nom_contrat
from assistmed_desktop.ui.page_index import ASSISTANTS, CONTRATS
from assistmed_desktop.ui.pages.deadline_rows import (
    A_FAIRE,
    ETATS,
    DeadlineRow,
    days_of,
    deadline_rows,
    month_phrase,
    natures,
)
from assistmed_desktop.ui.pages.money_cards import why_button
from assistmed_desktop.ui.widgets.calendar_view import JOURS, PIRE_D_ABORD, CalendarView, DeadlineIcons
from assistmed_desktop.ui.widgets.card import Card, FoldingRow
from assistmed_desktop.ui.widgets.field import ChoiceField, labelled
from assistmed_desktop.ui.widgets.listing import Listing
from assistmed_desktop.ui.widgets.table import Column
from assistmed_desktop.ui.widgets.text import Text, set_style_property
from assistmed_desktop.ui.wording import explanation_html

if TYPE_CHECKING:
    from assistmed_desktop.ui.desk import State
    from assistmed_desktop.ui.pages.page import Page, Tools

_TOUS: Final = ""


class DeadlinesView(QWidget):
    """Shows deadlines; asks for the forms that tick them off through the page that holds it."""

    def __init__(self, page: Page, tools: Tools) -> None:
        super().__init__()
        self._page, self._tools = page, tools
        self._state: State | None = None
        self._looked_at: str | None = None
        self._rows: list[DeadlineRow] = []
        self._choosing = False
        self.calendar = CalendarView("Calendrier des échéances")
        self.month = Text("", theme.LEGENDE, role="secondaire")
        self.day = Text("")
        card = Card("Calendrier")
        for widget in (self.calendar, self.month, self.day):
            card.body.addWidget(widget)
        card.body.addStretch(1)
        self.done = QPushButton("C’est fait")
        set_style_property(self.done, "genre", "principal")
        self.why = why_button("Pourquoi cette échéance")
        self.export = QPushButton("Exporter vers mon calendrier…")
        self.listing = Listing(
            "Échéances",
            self._columns(),
            tools.settings,
            vide=f"Aucune échéance de cette sorte{INSECABLE}: changez ce qui est montré, ou le contrat.",
            lignes=14,
            gestes=(self.done, self.export),
        )
        self.listing.head.addWidget(self.why, 0, Qt.AlignmentFlag.AlignTop)
        self._icons = DeadlineIcons(self.listing.table)
        self.listing.table.setAccessibleDescription(
            "Entrée dit que l’échéance est faite, Suppr la décoche, Ctrl+C copie le tableau"
        )
        self.contrat, self.etat, self.nature = ChoiceField(), ChoiceField(), ChoiceField()
        for cle, (nom, _) in ETATS.items():
            self.etat.addItem(nom, cle)
        self._contrat_block = _block("Contrat", self.contrat)
        filters = FoldingRow(18, 3 * theme.PAS)
        for block in (_block("Montrer", self.etat), _block("Nature", self.nature), self._contrat_block):
            filters.add(block)
        filters.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.listing.body.insertWidget(1, filters)
        self.listing.body.addStretch(0)  # beside a taller calendar the list stays at the top
        row = FoldingRow(60)
        row.add(card, 2)
        row.add(self.listing, 5)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(row)
        box.addStretch(1)
        self._connect()

    def _connect(self) -> None:
        table = self.listing.table
        self.calendar.day_chosen.connect(self._tell_day)
        self.calendar.opened.connect(self._go_to_day)
        for field in (self.contrat, self.etat, self.nature):
            field.currentIndexChanged.connect(self._filter)
        table.opened.connect(self._open)
        table.removal_asked.connect(self._untick)
        table.selectionModel().selectionChanged.connect(self._follow_selection)
        self.listing.model.modelReset.connect(self._follow_selection)
        self.done.clicked.connect(lambda: self._open(table.current))
        self.why.clicked.connect(lambda: self._explain(table.current))
        self.export.clicked.connect(self._export)

    def _columns(self) -> Sequence[Column[DeadlineRow]]:
        return (
            Column("Date", lambda r: jour_court(r.echeance.le), lambda r: r.echeance.le),
            Column("Situation", lambda r: r.situation, lambda r: PIRE_D_ABORD.index(r.echeance.etat), icone=self._icon),
            Column("Contrat", lambda r: r.qui, lambda r: r.qui),
            Column("Échéance", lambda r: r.libelle, lambda r: r.libelle),
        )

    def show_state(self, state: State) -> None:
        """Show the deadlines of the contract looked at, or of all of them."""
        if (
            self._state is not None
            and self._state.evaluation is state.evaluation
            and self._looked_at == state.contrat_id
        ):
            self._state = state
            return
        if self._state is None or self._state.evaluation is not state.evaluation:
            self._rows = deadline_rows(state.dossier, state.evaluation)
        self._state = state
        noms = {c.id: nom_contrat(state.dossier, c.contrat) for c in state.evaluation.contrats}
        chosen = self.contrat.currentData()
        if self._looked_at != state.contrat_id or chosen not in noms:
            chosen = state.contrat_id or _TOUS
        self._looked_at = state.contrat_id
        self._choosing = True
        _fill(self.contrat, {_TOUS: "Tous les contrats", **noms}, chosen)
        _fill(self.nature, {_TOUS: "Toutes", **natures(self._rows)}, self.nature.currentData() or _TOUS)
        self._choosing = False
        self._contrat_block.setVisible(len(noms) > 1)
        self._filter()

    def _filter(self) -> None:
        if self._choosing or self._state is None:
            return
        contrat, nature = self.contrat.currentData(), self.nature.currentData()
        siennes = [row for row in self._rows if contrat in (_TOUS, row.contrat)]
        retenus = ETATS[self.etat.currentData()][1]
        shown = [r for r in siennes if r.echeance.etat in retenus and nature in (_TOUS, r.echeance.code)]
        self.listing.table.setColumnHidden(2, contrat != _TOUS or self.contrat.count() < 3)  # noqa: PLR2004 - all, and one
        self.listing.set_rows(shown)
        self.calendar.show_days(days_of(siennes), self._state.evaluation.au)
        self._tell_day(self.calendar.day)

    def _icon(self, row: DeadlineRow) -> QIcon:
        return self._icons.icon(row.echeance.etat)

    def _follow_selection(self) -> None:
        row = self._chosen()
        self.done.setText("C’est fait" if row is None else row.bouton)
        for button in (self.done, self.why):
            button.setEnabled(row is not None)
        self.export.setEnabled(self.listing.model.rowCount() > 0)
        if row is not None and self.calendar.day != row.echeance.le and self.listing.table.hasFocus():
            self.calendar.look_at(row.echeance.le)

    def _chosen(self) -> DeadlineRow | None:
        table = self.listing.table
        row: DeadlineRow | None = table.current if table.selectionModel().hasSelection() else None
        return row

    def _tell_day(self, jour: date) -> None:
        contrat = self.contrat.currentData()
        siennes = [row for row in self._rows if contrat in (_TOUS, row.contrat)]
        du_jour = [row for row in siennes if row.echeance.le == jour]
        titre = f"{JOURS[jour.weekday()].capitalize()} {jour_long(jour)}"
        lignes = [f"• {row.parle}" for row in du_jour] or ["Aucune échéance ce jour-là."]
        self.day.setText("\n".join((titre, *lignes)))
        self.month.setText(month_phrase(siennes, jour))

    def _go_to_day(self, jour: date) -> None:
        """Choose the first deadline of a day in the list, shown whatever its state."""
        row = next((row for row in self.listing.model.rows if row.echeance.le == jour), None)
        if row is None and (contrat := self.contrat.currentData()) is not None:
            row = next((r for r in self._rows if r.echeance.le == jour and contrat in (_TOUS, r.contrat)), None)
            if row is not None:
                self.nature.setCurrentIndex(0)
                self.etat.setCurrentIndex(self.etat.count() - 1)
                self.listing.filter.clear()
        if row is not None:
            self.listing.choose(row)
            self.listing.table.setFocus()

    def _open(self, row: DeadlineRow) -> None:
        match row.geste:
            case "assistant":
                self._page.page_asked.emit(ASSISTANTS, row.echeance.assistant or "")
            case "contrat":
                self._page.contrat_chosen.emit(row.contrat)
                self._page.page_asked.emit(CONTRATS, "")
            case _ if self._state is not None:
                self._page.fiche_asked.emit(row.fiche(self._state.dossier))

    def _untick(self, row: DeadlineRow) -> None:
        if row.faite is not None:
            geste = decocher(row.faite, f"{row.libelle}, {jour_court(row.echeance.le)}")
            self._page.operation_asked.emit(geste.operation, geste.fait)

    def _explain(self, row: DeadlineRow) -> None:
        if self._state is not None:
            html = explanation_html([row.explication], self._state.evaluation.baremes_ajoutes)
            self._page.panel_asked.emit("Pourquoi cette échéance", html)

    # The file for one's own calendar

    def _export(self) -> None:
        if self._state is not None:
            nom = nom_de_fichier(f"Échéances {self._state.dossier.cabinet.nom}") or "echeances"
            choose_to_write(
                self, self._tools.settings, "Exporter les échéances", CALENDRIERS, self.export_to, propose=f"{nom}.ics"
            )

    def export_to(self, chemin: Path) -> None:
        """Write the deadlines shown as a calendar file, off the GUI thread."""
        rows: tuple[DeadlineRow, ...] = self.listing.model.rows
        maintenant = self._tools.practice().horloge.maintenant()

        def work() -> None:
            ecrire(chemin, ecrire_calendrier([row.evenement for row in rows], maintenant), prive=True)

        def done(_rien: None) -> None:
            combien = compte(len(rows), "échéance exportée", "échéances exportées")
            self._page.told.emit(f"{combien}{INSECABLE}: {chemin}. Ouvrez ce fichier avec votre calendrier.")

        def failed(error: Exception) -> None:
            if not isinstance(error, OSError):
                raise error
            tell(self.window(), "Les échéances n’ont pas pu être exportées", why_not_written(error))

        self._tools.worker.run(work, done, failed)

    def show_todo(self) -> None:
        """Show what is left to do, the list at hand."""
        self.etat.setCurrentIndex(self.etat.findData(A_FAIRE))
        self.listing.table.setFocus()
        if self._chosen() is None and self.listing.model.rowCount():
            self.listing.table.selectRow(0)


def _block(nom: str, field: ChoiceField) -> QWidget:
    block = QWidget()
    box = labelled(nom, field)
    box.setContentsMargins(0, 0, 0, 0)
    block.setLayout(box)
    return block


def _fill(field: ChoiceField, entries: Mapping[str, str], chosen: str) -> None:
    """Offer other choices, where they are others, and choose one."""
    if list(entries.items()) != [(field.itemData(i), field.itemText(i)) for i in range(field.count())]:
        field.clear()
        for cle, nom in entries.items():
            field.addItem(nom, cle)
    field.setCurrentIndex(max(0, field.findData(chosen)))
