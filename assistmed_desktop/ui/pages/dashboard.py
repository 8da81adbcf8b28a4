"""Tableau de bord: where one stands, and what must be done next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.formats import jour_long
from assistmed_desktop.rules.resultats import BaremeAjoute, EvaluationContrat
from assistmed_desktop.rules.verdict import previsions, verdict
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.desk import State
from assistmed_desktop.ui.leads import Lead
from assistmed_desktop.ui.names import nom_contrat
from assistmed_desktop.ui.page_index import MISE_EN_ROUTE
from assistmed_desktop.ui.pages.overview import Overview
from assistmed_desktop.ui.pages.page import Page, Tools
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.aid_card import AidCard
from assistmed_desktop.ui.widgets.card import Card, FoldingRow
from assistmed_desktop.ui.widgets.charts import indicator_chart
from assistmed_desktop.ui.widgets.indicator_card import IndicatorCard
from assistmed_desktop.ui.widgets.status import StatusShape
from assistmed_desktop.ui.widgets.text import Text, set_style_property
from assistmed_desktop.ui.widgets.todo_card import TodoCard
from assistmed_desktop.ui.wording import aid_words, explanation_html, indicator_words, todo_html, todo_items
from assistmed_desktop.ui.work import Worker


class DashboardPage(Page):
    """Shows one contract, or all of them."""

    def __init__(self, tools: Tools, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(tools, nom, parent)
        self._state: State | None = None
        self.overview = Overview()
        self.detail = QWidget()
        self.none = Card("Ce cabinet n’a pas encore de contrat")
        self.none.body.addWidget(
            Text("Une fois le contrat saisi, cette page dit où vous en êtes et ce qu’il reste à faire.")
        )
        self.begin = QPushButton("Reprendre la mise en route")
        set_style_property(self.begin, "genre", "principal")
        self.begin.clicked.connect(lambda: self.page_asked.emit(MISE_EN_ROUTE, ""))
        self.none.body.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        self._build_detail(tools.worker)
        for widget in (self.overview, self.detail):
            self.body.addWidget(widget)
        self.body.addWidget(self.none, 0, Qt.AlignmentFlag.AlignTop)
        self.overview.contrat_chosen.connect(self.contrat_chosen)
        for card in (self.overview.todo, self.todo):
            card.lead_asked.connect(self._follow)
            card.everything_asked.connect(self._show_everything)
        self.aid.why_asked.connect(self._why_aid)

    def show_state(self, state: State) -> None:
        """Show the contract looked at, or all of them."""
        self._state = state
        contrat = state.contrat
        several = contrat is None and bool(state.evaluation.contrats)
        self.overview.setVisible(several)
        self.detail.setVisible(contrat is not None)
        self.none.setVisible(contrat is None and not several)
        if contrat is not None:
            self._show_contrat(state, contrat)
        elif several:
            self.overview.show_state(state)

    def show_analyses(self, state: State) -> None:
        """Show what the analyses add to what is left to do."""
        self._state = state
        contrat = state.contrat
        if contrat is not None:
            self.todo.show_items(todo_items(contrat, state.analyses.get(contrat.id)))
        else:
            self.overview.show_analyses(state)

    def enter(self, place: str) -> None:
        """Put the focus where the contracts are chosen, when there are several."""
        del place
        if self._state is not None and self._state.contrat is None:
            self.overview.table.setFocus()

    def _follow(self, lead: Lead, contrat_id: str) -> None:
        """Go where a thing to do is mended, for its contract and one of its doctors."""
        contrats = self._state.evaluation.contrats if self._state else ()
        contrat = next((c for c in contrats if c.id == contrat_id), None)
        if contrat is not None:
            self.contrat_chosen.emit(contrat_id)
            for medecin in (contrat.adherents or contrat.medecins)[:1]:
                self.medecin_chosen.emit(medecin)
        self.page_asked.emit(lead.page, lead.place)

    def _build_detail(self, worker: Worker) -> None:
        box = QVBoxLayout(self.detail)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3 * theme.PAS)
        self.shape = StatusShape(theme.TITRE_PAGE)
        self.title = Text("", theme.TITRE_PAGE, gras=True)
        self.forecast = Text()
        self.why = QPushButton("Pourquoi\u00a0?")
        self.why.setAccessibleName("Pourquoi ce verdict")
        self.why.setAccessibleDescription("Ouvre le calcul, étape par étape, et les textes sur lesquels il repose")
        set_style_property(self.why, "genre", "lien")
        self.why.clicked.connect(self._why_verdict)
        head = QHBoxLayout()
        head.setSpacing(3 * theme.PAS)
        words = QVBoxLayout()
        words.setSpacing(theme.PAS)
        words.addWidget(self.title)
        words.addWidget(self.forecast)
        head.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        head.addWidget(self.why, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(head)
        self.indicators = (IndicatorCard(worker), IndicatorCard(worker))
        row = FoldingRow(48)
        for card in self.indicators:
            row.add(card)
        box.addWidget(row, 1)
        self.todo = TodoCard(4, 330)
        self.aid = AidCard()
        foot = FoldingRow(44)
        foot.add(self.todo, 7)
        foot.add(self.aid, 3)
        box.addWidget(foot)

    def _show_contrat(self, state: State, contrat: EvaluationContrat) -> None:
        self.shape.set_status(contrat.statut_tenu)
        rendu = verdict(contrat)
        self.title.setText(soigner(rendu.titre))
        self.title.set_role(contrat.statut_tenu)
        creux = [i.creux for i in contrat.indicateurs if i.requis and i.creux is not None]
        suite = (*creux, *previsions(contrat)) if previsions(contrat) else rendu.phrases
        self.forecast.setText(soigner(" ".join(suite)))
        self.detail.setAccessibleName(nom_contrat(state.dossier, contrat.contrat))
        for card, indicateur in zip(self.indicators, contrat.indicateurs, strict=True):
            card.show_words(indicator_words(indicateur), *indicator_chart(contrat, indicateur.indicateur))
        self.todo.show_items(todo_items(contrat, state.analyses.get(contrat.id)))
        self.aid.show_words(aid_words(state.dossier, contrat))

    def _why_verdict(self) -> None:
        contrat = self._state.contrat if self._state else None
        if contrat is not None:
            html = explanation_html([i.explication for i in contrat.indicateurs], self._added())
            self.panel_asked.emit(f"Pourquoi ce verdict, au {jour_long(contrat.au)}", html)

    def _why_aid(self) -> None:
        contrat = self._state.contrat if self._state else None
        annee = contrat.annee_en_cours if contrat else None
        if annee is not None:
            self.panel_asked.emit("Pourquoi ce montant", explanation_html([annee.explication], self._added()))

    def _added(self) -> Sequence[BaremeAjoute]:
        return self._state.evaluation.baremes_ajoutes if self._state else ()

    def _show_everything(self) -> None:
        state = self._state
        contrat = state.contrat if state else None
        items = self.overview.items()
        if state is not None and contrat is not None:
            items = todo_items(contrat, state.analyses.get(contrat.id))
        self.panel_asked.emit("À faire et à suivre", todo_html(items))
