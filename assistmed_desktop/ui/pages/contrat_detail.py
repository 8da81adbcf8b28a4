"""One contract: its terms, its life as a timeline, each figure with its reasons, its end and what may follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assistmed_desktop.domain.contrat import ContratCollectif
from assistmed_desktop.domain.libelles import INDICATEURS
from assistmed_desktop.figures.frise_contrat import frise_du_contrat
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.objectif_publie import objectif_publie
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.fiches import avenants, groupe, proposition
from assistmed_desktop.ui.names import nom_medecin
from assistmed_desktop.ui.pages.contrat_facts import (
    a_savoir,
    aide_facts,
    eligibilite_facts,
    fin_facts,
    groupe_facts,
    indicateur_facts,
    suite_facts,
    termes,
)
from assistmed_desktop.ui.pages.contrat_lists import amendments, juniors, memberships, proposals
from assistmed_desktop.ui.widgets.card import Card, FoldingRow
from assistmed_desktop.ui.widgets.facts import FactCard
from assistmed_desktop.ui.widgets.fitted_chart import FittedChart

if TYPE_CHECKING:
    from assistmed_desktop.domain.contrat import Adhesion, Avenant, DocteurJunior, Proposition
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import EvaluationContrat
    from assistmed_desktop.ui.desk import State
    from assistmed_desktop.ui.fiches.fiche import Fiche, Geste
    from assistmed_desktop.ui.pages.page import Tools
    from assistmed_desktop.ui.widgets.listing import Listing

_COTE_A_COTE = 58
"""The width that a card asks for to stand beside another one, in characters."""


class ContratDetail(QWidget):
    """Shows the contract looked at, and asks for the forms of what belongs to it."""

    fiche_asked = Signal(object)
    operation_asked = Signal(object, str)
    why_asked = Signal(str, str)

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._state: State | None = None
        self._analysed: str | None = None
        self.terms = FactCard("Le contrat")
        self.known = FactCard("À savoir, à vérifier", 1)
        self.eligibility = FactCard("Éligibilité", 1)
        self.indicators = tuple(FactCard(nom) for nom in INDICATEURS.values())
        self.aid = FactCard("Aide, année par année")
        self.end = FactCard("Fin du contrat", 1)
        self.next = FactCard("Contrat suivant", 1)
        self.group = FactCard("Le groupe", 1)
        self.timeline = FittedChart(tools.worker, "Frise du contrat")
        self.amendments = amendments(tools.settings)
        self.memberships = memberships(tools.settings, self._nom)
        self.juniors = juniors(tools.settings, self._nom)
        self.proposals = proposals(tools.settings)
        self._lay_out()
        for card in (
            self.terms, self.known, self.eligibility, *self.indicators, self.aid, self.end, self.next, self.group,
        ):  # fmt: skip
            card.why_asked.connect(self.why_asked)
        self._serve(self.amendments, self._amendment, self._without_amendment)
        self._serve(self.memberships, self._membership, self._without_membership)
        self._serve(self.juniors, self._junior, self._without_junior)
        self._serve(self.proposals, self._proposal, proposition.suppression)

    def show_state(self, state: State, contrat: EvaluationContrat) -> None:
        """Show a contract."""
        self._state = state
        signe = contrat.contrat
        self.terms.show_facts(termes(state.dossier, contrat))
        self.eligibility.show_facts(eligibilite_facts(contrat))
        for card, indicateur in zip(self.indicators, contrat.indicateurs, strict=True):
            publie = objectif_publie(contrat, indicateur, self.baremes)
            card.show_facts(indicateur_facts(contrat, indicateur, publie))
        self.aid.show_facts(aide_facts(contrat))
        self.timeline.show_timeline(frise_du_contrat(contrat))
        self.amendments.set_rows(sorted(signe.avenants, key=lambda avenant: avenant.du))
        self.proposals.set_rows([p for p in state.dossier.propositions if p.contrat == contrat.id])
        collectif = isinstance(signe, ContratCollectif)
        self._members.setVisible(collectif)
        if isinstance(signe, ContratCollectif):
            self.memberships.set_rows(signe.adhesions)
            self.juniors.set_rows(signe.docteurs_juniors)
        self.show_analyses(state, contrat)

    def show_analyses(self, state: State, contrat: EvaluationContrat) -> None:
        """Show what the analysis adds; until it is there, what the one before told of this contract stays."""
        self._state = state
        analyse = state.analyses.get(contrat.id)
        if analyse is None and contrat.id == self._analysed:
            return
        self._analysed = None if analyse is None else contrat.id
        self.known.show_facts(a_savoir(contrat, analyse))
        self.end.show_facts([] if analyse is None else fin_facts(analyse.fin))
        self.next.show_facts([] if analyse is None else suite_facts(analyse.renouvellement))
        du_groupe = None if analyse is None else analyse.groupe
        self.group.show_facts([] if du_groupe is None else groupe_facts(du_groupe))

    @property
    def baremes(self) -> Baremes:
        """The tables of the law, those of the user's among them."""
        return charger_baremes(ajouts=self._tools.practice().baremes)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4 * theme.PAS)
        life = Card("La vie du contrat")
        life.body.addWidget(self.timeline)
        self._members = _row(self.memberships, self.juniors)
        for widget in (
            _row(self.terms, self.known),
            life,
            self.amendments,
            _row(*self.indicators),
            self.eligibility,
            self.group,
            self._members,
            _row(self.aid, self.end),
            self.next,
            self.proposals,
        ):
            box.addWidget(widget)
        box.addStretch(1)

    def _serve(self, listing: Listing, fiche: Any, geste: Any) -> None:  # noqa: ANN401 - each list has its own values
        """Open the form of a row or of a new one; withdraw a row at once, it can be undone."""

        def withdraw(ligne: object) -> None:
            fait: Geste = geste(ligne)
            self.operation_asked.emit(fait.operation, fait.fait)

        listing.add_asked.connect(lambda: self.fiche_asked.emit(fiche(None)))
        listing.edit_asked.connect(lambda ligne: self.fiche_asked.emit(fiche(ligne)))
        listing.removal_asked.connect(withdraw)

    def _shown(self) -> tuple[State, EvaluationContrat]:
        state = self._state
        contrat = state.contrat if state else None
        if state is None or contrat is None:
            raise RuntimeError("no contract is shown")
        return state, contrat

    def _collective(self) -> tuple[State, ContratCollectif]:
        state, contrat = self._shown()
        if not isinstance(contrat.contrat, ContratCollectif):
            raise TypeError("the contract shown has no group")
        return state, contrat.contrat

    def _amendment(self, avenant: Avenant | None) -> Fiche:
        state, contrat = self._shown()
        return avenants.fiche_avenant(state.dossier, contrat.au, self.baremes, contrat.contrat, avenant)

    def _without_amendment(self, avenant: Avenant) -> Geste:
        return avenants.suppression(self._shown()[1].contrat, avenant)

    def _membership(self, adhesion: Adhesion | None) -> Fiche:
        state, contrat = self._collective()
        return groupe.fiche_adhesion(state.dossier, contrat, adhesion)

    def _without_membership(self, adhesion: Adhesion) -> Geste:
        state, contrat = self._collective()
        return groupe.suppression_adhesion(state.dossier, contrat, adhesion)

    def _junior(self, junior: DocteurJunior | None) -> Fiche:
        state, contrat = self._collective()
        return groupe.fiche_junior(state.dossier, contrat, junior)

    def _without_junior(self, junior: DocteurJunior) -> Geste:
        return groupe.suppression_junior(self._collective()[1], junior)

    def _proposal(self, recue: Proposition | None) -> Fiche:
        _state, contrat = self._shown()
        return proposition.fiche_proposition(contrat.contrat, contrat.au, recue)

    def _nom(self, ident: str) -> str:
        medecins = self._state.dossier.medecins if self._state else ()
        return next((nom_medecin(medecin) for medecin in medecins if medecin.id == ident), "")


def _row(*cards: QWidget) -> FoldingRow:
    row = FoldingRow(_COTE_A_COTE)
    for card in cards:
        row.add(card)
    return row
