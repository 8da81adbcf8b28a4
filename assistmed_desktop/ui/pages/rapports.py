"""Rapports: choose one, read it, save or print it; find again what was issued."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.formats import INSECABLE, jour_long
from assistmed_desktop.rules.resultats import Evaluation
from assistmed_desktop.services.ports import ErreurDepot
from assistmed_desktop.services.rapports import Demande, Moyen, Rapport, empreintes_du_jour, genre_de
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.desk import State
from assistmed_desktop.ui.names import nom_contrat
from assistmed_desktop.ui.page_index import CONTRATS
from assistmed_desktop.ui.pages.compare_menu import CompareMenu
from assistmed_desktop.ui.pages.issued import COLONNES, Row, detail_html, suite, titre
from assistmed_desktop.ui.pages.page import Page, Tools
from assistmed_desktop.ui.report_comparing import heure
from assistmed_desktop.ui.report_making import demander, depart_dit, prepare
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.card import Card, FoldingRow
from assistmed_desktop.ui.widgets.listing import Listing
from assistmed_desktop.ui.widgets.pdf_panel import PdfPanel
from assistmed_desktop.ui.widgets.report_choice import ReportChoice
from assistmed_desktop.ui.widgets.text import Text, set_style_property
from assistmed_desktop.ui.work import Task

Marks = dict[tuple[str, date], frozenset[str]]
"""For a contract and a day, the fingerprints by which a report would be the same today."""

_VIDE = (
    f"Aucun rapport n’est encore sorti de ce cabinet. Chaque rapport enregistré ou imprimé s’ajoute ici{INSECABLE}: "
    "vous le rouvrez tel quel, vous voyez si ses données ont changé depuis, et ce qui a changé."
)
_SANS_CONTRAT = (
    "Un rapport porte sur un contrat, et ce cabinet n’en a pas encore. Saisissez-le d’abord dans la page Contrats."
)
_A_CHOISIR = "Choisissez le contrat dont vous voulez le rapport."


class RapportsPage(Page):
    """Shows the report of the contract looked at, made anew when the practice changes, or one issued before."""

    def __init__(self, tools: Tools, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(tools, nom, parent)
        self._state: State | None = None
        self._rows: tuple[Row, ...] = ()
        self._marks: tuple[Dossier, Marks] | None = None
        self._comparing: Dossier | None = None
        self._made_for: tuple[Evaluation, Demande] | None = None
        self._making: Task | None = None
        self._rapport: Rapport | None = None
        self._reopened: Row | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._make)
        self.body.addWidget(Text("Rapports", theme.TITRE_PAGE, gras=True))
        self.nothing = self._nothing()
        self.row = FoldingRow(52)
        self.row.add(self._left(), 9)
        self.row.add(self._right(), 14)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.row, 1)
        self.body.addStretch(0)  # while there is nothing to report, what there is stays at the top

    # What is shown

    def show_state(self, state: State) -> None:
        """Show what can be issued of the contract looked at, and what was issued."""
        before = self._state
        self._state = state
        if before is not None and before.contrat_id != state.contrat_id and self._reopened is not None:
            self._reopened = self._rapport = None
        has_contracts = bool(state.evaluation.contrats)
        entries = [(c.id, nom_contrat(state.dossier, c.contrat)) for c in state.evaluation.contrats]
        self.choice.show_contracts(entries, state.contrat_id)
        self._show_issued(state)
        self._show_since()
        self.nothing.setVisible(not has_contracts)
        self.row.setVisible(has_contracts or bool(self._rows))
        self._show_report()
        self._timer.start(0)

    def enter(self, place: str) -> None:
        """Put the focus where a contract is chosen, or on what one does with the report."""
        del place
        (self.save if self.save.isEnabled() else self.contract).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the report once the page is on screen."""
        super().showEvent(event)
        self._timer.start(0)

    @property
    def rapport(self) -> Rapport | None:
        """The report to be read, saved and printed; None while it is being made."""
        return self._rapport

    # How it is built

    def _nothing(self) -> Card:
        card = Card("Pas encore de contrat")
        card.body.addWidget(Text(_SANS_CONTRAT))
        button = QPushButton("Aller aux contrats")
        set_style_property(button, "genre", "principal")
        button.clicked.connect(lambda: self.page_asked.emit(CONTRATS, ""))
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _left(self) -> QWidget:
        self.choice = ReportChoice()
        self.genre, self.contract = self.choice.genre, self.choice.contract
        self.save, self.print = self.choice.save, self.choice.print
        self.choice.changed.connect(self._choose_another)
        self.choice.contrat_chosen.connect(self.contrat_chosen)
        self.choice.all_asked.connect(lambda: self.all_reports_asked.emit(self.choice.kind.cle, self.choice.typed))
        self.save.clicked.connect(lambda: self._issue("enregistre"))
        self.print.clicked.connect(lambda: self._issue("imprime"))
        self.reopen, self.detail = QPushButton("Rouvrir"), QPushButton("Détail")
        self.compare = QPushButton("Comparer")
        self.compare.setAccessibleDescription("Ce qui a changé entre ce rapport et un autre")
        self.others = CompareMenu(self.compare, self.tools)
        self.others.aboutToShow.connect(self._offer_others)
        self.others.told.connect(self._tell)
        self.compare.setMenu(self.others)
        gestures = (self.reopen, self.compare, self.detail)
        self.issued = Listing("Rapports émis", COLONNES, self.tools.settings, vide=_VIDE, lignes=0, gestes=gestures)
        self.issued.table.setAccessibleDescription("Entrée rouvre un rapport, Ctrl+C copie le tableau")
        self.about = Text("", role="secondaire")
        self.issued.body.addWidget(self.about)
        self.issued.body.addStretch(0)
        self.issued.table.opened.connect(self._reopen)
        self.issued.table.selectionModel().selectionChanged.connect(self._follow_selection)
        self.issued.model.modelReset.connect(self._follow_selection)
        self.reopen.clicked.connect(lambda: self._reopen(self.issued.table.current))
        self.detail.clicked.connect(lambda: self._detail(self.issued.table.current))
        self._follow_selection()
        column = QWidget()
        box = QVBoxLayout(column)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4 * theme.PAS)
        box.addWidget(self.choice)
        box.addWidget(self.issued, 1)
        return column

    def _right(self) -> QWidget:
        card = Card()
        card.setAccessibleName("Aperçu")
        self.preview = card
        self.caption = Text("", gras=True)
        self.since = Text("", role="secondaire")
        self.back = QPushButton("Revenir au rapport du jour")
        set_style_property(self.back, "genre", "lien")
        self.back.clicked.connect(self._come_back)
        head = QHBoxLayout()
        head.addWidget(self.caption, 1)
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        self.panel = PdfPanel(self.tools.worker, "Aperçu du rapport")
        card.body.addLayout(head)
        card.body.addWidget(self.since)
        card.body.addWidget(self.panel, 1)
        card.body.addStretch(0)
        return card

    # The report of today

    def _choose_another(self) -> None:
        self._reopened = self._rapport = self._made_for = None
        self._show_since()
        self._show_report()
        self._timer.start(0)

    def _wanted(self) -> Demande | None:
        """Say which report the choices ask for; None while no contract is chosen."""
        state = self._state
        if state is None or state.contrat is None:
            return None
        demande = Demande(self.choice.kind.cle, state.contrat.id, state.evaluation.au)
        typed = self.choice.typed.get(demande.contrat)
        return demander(state.dossier, demande, typed, [row.emis for row in self._rows])

    def _show_since(self) -> None:
        demande, state = self._wanted(), self._state
        if demande is None or state is None or demande.genre != "etape":
            self.choice.hide_since()
            return
        jour, phrase = depart_dit(state.dossier, demande, self.choice.typed.get(demande.contrat))
        self.choice.show_since(demande, jour, phrase)

    def _make(self) -> None:
        """Have the report made, unless it is the one shown, or the page is out of sight."""
        state, demande = self._state, self._wanted()
        if state is None or demande is None or self._reopened is not None or not self.isVisible():
            return
        wanted = (state.evaluation, demande)
        if self._made_for is not None and self._made_for[0] is wanted[0] and self._made_for[1] == demande:
            return
        backend, practice = self.tools.backend, self.tools.practice()
        if self._making is not None:
            self._making.cancel()
        self._made_for = wanted
        self._rapport = None
        self._show_report()
        self._making = self.tools.worker.run(
            lambda: prepare(backend, practice, state.dossier, demande), self._take, self._failed
        )

    def _take(self, rapport: Rapport) -> None:
        self._making = None
        self._rapport = rapport
        self._show_report()

    def _failed(self, error: Exception) -> None:
        self._making = self._made_for = None
        self.caption.setText("L’aperçu n’a pas pu être préparé.")
        raise error

    def _show_report(self) -> None:
        """Show the report there is, and say which one it is."""
        rapport, state = self._rapport, self._state
        chosen = state is not None and state.contrat is not None
        self.back.setVisible(self._reopened is not None)
        if self._reopened is not None:
            caption = titre(self._reopened.emis)
        elif not chosen:
            caption = _A_CHOISIR
        elif rapport is None:
            caption = "Préparation de l’aperçu…"
        else:
            caption = f"{genre_de(rapport.genre).nom} – {rapport.sujet}, au {jour_long(rapport.au)}"
        self.caption.setText(caption)
        self.since.setVisible(self._reopened is not None)
        if self._reopened is not None:
            self.since.setText(f"Tel qu’émis le {heure(self._reopened.emis.emis_le)}. {suite(self._reopened)}")
        if rapport is not None and (chosen or self._reopened):
            self.panel.show_document(rapport.contenu)
        elif not chosen:
            self.panel.show_document(b"")
        self.panel.setVisible(chosen or self._reopened is not None)
        for button in (self.save, self.print):
            button.setEnabled(self.panel.isVisibleTo(self.preview) and rapport is not None)

    def _issue(self, moyen: Moyen) -> None:
        if self._rapport is not None:
            self.report_asked.emit(self._rapport, moyen)

    # The reports issued

    def _show_issued(self, state: State) -> None:
        try:
            emis = self.tools.practice().rapports.emis()
        except ErreurDepot as error:
            self._rows = ()
            self.issued.empty.setText(soigner(str(error)))
        else:
            self._rows = tuple(Row(e, self._marks_of(state.dossier).get((e.contrat, e.au))) for e in emis)
            self.issued.empty.setText(_VIDE)
            self._compare(state.dossier)
        if self._rows != self.issued.model.rows:
            self._set_rows()

    def _marks_of(self, dossier: Dossier) -> Marks:
        return self._marks[1] if self._marks is not None and self._marks[0] is dossier else {}

    def _compare(self, dossier: Dossier) -> None:
        """Have the data of today compared to that of the reports, once for a contract and a day."""
        wanted = {(r.emis.contrat, r.emis.au) for r in self._rows if r.empreintes is None}
        if not wanted or self._comparing is dossier:
            return
        self._comparing = dossier

        def done(marks: Marks) -> None:
            self._marks = (dossier, self._marks_of(dossier) | marks)
            self._comparing = None
            if self._state is not None:
                self._show_issued(self._state)

        def failed(error: Exception) -> None:
            self._comparing = None
            raise error

        self.tools.worker.run(lambda: empreintes_du_jour(dossier, wanted), done, failed)

    def _set_rows(self) -> None:
        chosen = self.issued.table.current if self.issued.table.selectionModel().hasSelection() else None
        self.issued.set_rows(self._rows)
        if chosen is not None:
            self.issued.table.choose(lambda row: bool(row.emis == chosen.emis))
        if self._reopened is not None:
            emis = self._reopened.emis
            self._reopened = next((row for row in self._rows if row.emis == emis), self._reopened)
            self._show_report()

    def _follow_selection(self) -> None:
        chosen = self.issued.table.selectionModel().hasSelection()
        row: Row | None = self.issued.table.current if chosen else None
        self.reopen.setEnabled(row is not None and row.emis.garde)
        self.compare.setEnabled(row is not None and row.emis.garde)
        self.detail.setEnabled(row is not None)
        for widget in (self.reopen, self.compare, self.detail):
            widget.setVisible(self.issued.model.total > 0)
        self.about.setText("" if row is None else f"{titre(row.emis)}. {suite(row)}")
        self.about.setVisible(row is not None)

    def _reopen(self, row: Row) -> None:
        if not row.emis.garde:
            self._detail(row)
            return
        try:
            contenu = self.tools.practice().rapports.contenu(row.emis.cle)
        except ErreurDepot as error:
            self.about.setText(soigner(str(error)))
            return
        if self._making is not None:
            self._making.cancel()
            self._making = None
        self._made_for = None
        self._reopened = row
        self._rapport = row.emis.rouvrir(contenu)
        self._show_report()
        self.panel.view.setFocus()

    def _come_back(self) -> None:
        self._reopened = self._rapport = None
        self._show_report()
        self._timer.start(0)
        self.issued.table.setFocus()

    def _detail(self, row: Row) -> None:
        self.panel_asked.emit(titre(row.emis), detail_html(row))

    def _offer_others(self) -> None:
        if self._state is not None:
            self.others.offer(self._state, self.issued.table.current, self._rows)

    def _tell(self, texte: str) -> None:
        self.about.setText(texte)
