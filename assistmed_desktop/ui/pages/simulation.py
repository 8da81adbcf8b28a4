"""Simulation: two hypotheses beside today's path. Nothing of it is ever saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.domain.contrat import ContratCollectif
from assistmed_desktop.formats import INSECABLE, jour_long
from assistmed_desktop.rules.resultats import LIBELLES_STATUT, EvaluationContrat
from assistmed_desktop.services.scenarios import Hypothese
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.comparison import A, B, Comparison, compare
from assistmed_desktop.ui.desk import State
from assistmed_desktop.ui.hypothesis import Typed, read
from assistmed_desktop.ui.names import nom_contrat
from assistmed_desktop.ui.page_index import CONTRATS, PATIENTELE
from assistmed_desktop.ui.pages.page import Page, Tools
from assistmed_desktop.ui.widgets.card import Card, FoldingRow
from assistmed_desktop.ui.widgets.comparison_view import ComparisonView
from assistmed_desktop.ui.widgets.hypothesis_card import HypothesisCard
from assistmed_desktop.ui.widgets.table import Column, Table, TableModel
from assistmed_desktop.ui.widgets.text import Text, set_style_property
from assistmed_desktop.ui.wording import explanation_html, worst_first
from assistmed_desktop.ui.work import Task

DELAI: Final = 120
"""How long after the last move the scenarios are worked out, in milliseconds."""
_SUPPOSEES: Final = {A: "Scénario A", B: "Scénario B"}
_LIGNES: Final = 12


@dataclass(frozen=True)
class Obstacle:
    """Why nothing can be simulated, and the page that mends it."""

    texte: str
    bouton: str = ""
    page: str = ""
    place: str = ""


def obstacle(state: State) -> Obstacle | None:
    """Say what keeps the contract looked at from being simulated; None when nothing does."""
    if not state.evaluation.contrats:
        return Obstacle(
            "La simulation prolonge les effectifs d’un contrat jusqu’à son évaluation. Ce cabinet n’a pas encore de "
            f"contrat{INSECABLE}: commencez par l’enregistrer.",
            "Aller aux contrats",
            CONTRATS,
        )
    contrat = state.contrat
    if contrat is None:
        return Obstacle("Ce cabinet a plusieurs contrats. Choisissez celui à simuler.")
    if contrat.fin_le <= contrat.au:
        return Obstacle(
            f"Ce contrat a pris fin le {jour_long(contrat.fin_le)}{INSECABLE}: il n’y a plus rien à simuler. "
            "Choisissez-en un autre dans l’en-tête s’il y en a un."
        )
    if all(indicateur.valeur is None for indicateur in contrat.indicateurs):
        debut = contrat.contrat.debut_le
        attente = f" Ce contrat commence le {jour_long(debut)}." if debut > contrat.au else ""
        return Obstacle(
            "La simulation part du dernier relevé fait depuis le début du contrat, et il n’y en a pas encore."
            f"{attente} Saisissez un relevé de votre patientèle et de votre file active.",
            "Saisir un relevé",
            PATIENTELE,
            "releve",
        )
    return None


def remark(contrat: EvaluationContrat) -> str:
    """Say what the figures of a contract are about, where it is not plain."""
    dits = []
    if isinstance(contrat.contrat, ContratCollectif):
        dits.append(f"Contrat collectif{INSECABLE}: les effectifs et les rythmes sont ceux du groupe entier.")
    if any(indicateur.requis and indicateur.objectif is None for indicateur in contrat.indicateurs):
        dits.append(
            f"L’objectif n’est pas connu{INSECABLE}: les effectifs sont simulés, sans rien à quoi les comparer. "
            "Reportez le chiffre de votre contrat."
        )
    return " ".join(dits)


class SimulationPage(Page):
    """Asks what is supposed, has it worked out elsewhere, and shows what comes of it."""

    def __init__(self, tools: Tools, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(tools, nom, parent)
        self._state: State | None = None
        self._kept: dict[tuple[str, str], dict[str, Typed]] = {}
        self._edited_contrat: tuple[str, str] | None = None
        self._task: Task | None = None
        self._comparison: Comparison | None = None
        self._played_on: State | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAI)
        self._timer.timeout.connect(self._ask)
        self.body.addLayout(self._head())
        self.body.addWidget(self._obstacle_card())
        self.work = QWidget()
        box = QVBoxLayout(self.work)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4 * theme.PAS)
        self.cards = {cle: HypothesisCard(nom) for cle, nom in _SUPPOSEES.items()}
        row = FoldingRow(62)
        for card in self.cards.values():
            card.edited.connect(self._edited)
            row.add(card)
        self.remark = Text("", role="attention")
        self.mend = QPushButton("Reporter l’objectif")
        self.mend.clicked.connect(lambda: self.page_asked.emit(CONTRATS, ""))
        line = QHBoxLayout()
        line.addWidget(self.remark, 1)
        line.addWidget(self.mend)
        self.view = ComparisonView(tools.worker)
        self.view.why_asked.connect(self._why)
        box.addLayout(line)
        box.addWidget(row)
        box.addWidget(self.view)
        self.body.addWidget(self.work)
        self.body.addStretch(1)

    def show_state(self, state: State) -> None:
        """Show the contract looked at, with what was supposed of it before."""
        self._keep()
        self._state = state
        contrat, why_not = state.contrat, obstacle(state)
        self._show_obstacle(state, why_not)
        self.work.setVisible(why_not is None)
        self.reset.setVisible(why_not is None)
        if contrat is None or why_not is not None:
            self._edited_contrat = None
            self._forget()
            return
        key = (str(self.tools.practice().chemin), contrat.id)
        dit = remark(contrat)
        self.remark.setText(dit)
        self.remark.setVisible(bool(dit))
        self.mend.setVisible(any(i.requis and i.objectif is None for i in contrat.indicateurs))
        kept = self._kept.get(key, {})
        for cle, card in self.cards.items():
            card.show_contrat(contrat)
            if key != self._edited_contrat:
                card.fill(kept.get(cle, Typed()))
        if key != self._edited_contrat:
            self._edited_contrat = key
            self.view.setVisible(False)
        self._ask()

    def enter(self, place: str) -> None:
        """Go to the first slider."""
        del place
        self.cards[A].setFocus()
        next(iter(self.cards[A].paces.values())).slider.setFocus()

    def _head(self) -> QVBoxLayout:
        self.title = Text("Simulation", theme.TITRE_PAGE, gras=True)
        self.reset = QPushButton("Remettre à zéro")
        self.reset.setAccessibleDescription("Efface ce que les scénarios A et B supposent")
        self.reset.clicked.connect(self._reset)
        line = QHBoxLayout()
        line.addWidget(self.title, 1)
        line.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignTop)
        self.promise = Text(
            f"Et si{INSECABLE}? Déplacez un curseur, ou supposez une suspension ou une autre option. Ces hypothèses ne "
            "sont jamais enregistrées dans votre cabinet.",
            role="secondaire",
        )
        head = QVBoxLayout()
        head.setSpacing(theme.PAS)
        head.addLayout(line)
        head.addWidget(self.promise)
        return head

    def _obstacle_card(self) -> Card:
        self.card = Card()
        self.card.setAccessibleName("Ce qui manque pour simuler")
        self.why_not = Text()
        self.way = QPushButton()
        set_style_property(self.way, "genre", "principal")
        self.way.clicked.connect(self._go)
        self._place = ("", "")
        self.model: TableModel[EvaluationContrat] = TableModel(
            [
                Column("Contrat", self._name, self._name),
                Column("Situation", lambda c: LIBELLES_STATUT[c.statut_tenu], lambda c: c.statut_tenu),
            ]
        )
        self.choice = Table(self.model, "Contrats à simuler")
        self.choice.setAccessibleDescription("Entrée choisit un contrat")
        self.choice.opened.connect(lambda contrat: self.contrat_chosen.emit(contrat.id))
        self.choice.clicked.connect(lambda index: self.contrat_chosen.emit(self.model.row(index).id))
        self.card.body.addWidget(self.why_not)
        self.card.body.addWidget(self.way, 0, Qt.AlignmentFlag.AlignLeft)
        self.card.body.addWidget(self.choice)
        return self.card

    def _name(self, contrat: EvaluationContrat) -> str:
        return nom_contrat(self._state.dossier, contrat.contrat) if self._state else ""

    def _show_obstacle(self, state: State, why_not: Obstacle | None) -> None:
        self.card.setVisible(why_not is not None)
        if why_not is None:
            return
        self.why_not.setText(why_not.texte)
        self.way.setText(why_not.bouton)
        self.way.setVisible(bool(why_not.bouton))
        self._place = (why_not.page, why_not.place)
        several = state.contrat is None and bool(state.evaluation.contrats)
        self.choice.setVisible(several)
        if several:
            self.model.set_rows(worst_first(state.evaluation.contrats))
            rows = self.choice.verticalHeader().defaultSectionSize() * min(len(state.evaluation.contrats), _LIGNES)
            self.choice.setFixedHeight(self.choice.horizontalHeader().sizeHint().height() + rows + 8)

    def _go(self) -> None:
        self.page_asked.emit(*self._place)

    def _edited(self) -> None:
        if self._keep():
            self._timer.start()

    def _keep(self) -> bool:
        """Remember what is typed while the program runs; say whether it is new."""
        contrat = self._edited_contrat
        if contrat is None:
            return False
        typed = {cle: card.typed() for cle, card in self.cards.items()}
        new = typed != self._kept.get(contrat)
        self._kept[contrat] = typed
        return new

    def _reset(self) -> None:
        for card in self.cards.values():
            card.fill(Typed())
        self._edited()

    def _forget(self) -> None:
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()
        self._comparison = self._played_on = None

    def _ask(self) -> None:
        """Have the scenarios worked out; only the last asked for is shown."""
        state = self._state
        contrat = state.contrat if state else None
        if state is None or contrat is None:
            return
        self._timer.stop()
        hypotheses: dict[str, Hypothese | None] = {}
        faults: dict[str, bool] = {}
        for cle, card in self.cards.items():
            lu = read(card.typed(), contrat)
            hypotheses[cle], faults[cle] = lu.hypothese, bool(lu.fautes)
            card.tell_faults(lu.fautes)
        before = self._played_on
        same = before is not None and before.dossier is state.dossier and before.evaluation.au == contrat.au
        known = tuple(self._comparison.scenarios.values()) if same and self._comparison else ()
        if self._task is not None:
            self._task.cancel()
        practice = self.tools.practice()

        def work() -> Comparison:
            from assistmed_desktop.rules.bareme import charger_baremes

            baremes = charger_baremes(ajouts=practice.baremes)
            return compare(state.dossier, contrat.id, hypotheses, au=contrat.au, baremes=baremes, known=known)

        def done(comparison: Comparison) -> None:
            self._show(state, comparison)

        self._task = self.tools.worker.run(work, done, _unexpected)

    def _show(self, state: State, comparison: Comparison) -> None:
        self._comparison, self._played_on = comparison, state
        for cle, card in self.cards.items():
            if cle in comparison.refus:
                card.tell_faults({}, comparison.refus[cle])
        self.view.show_comparison(comparison)
        self.view.setVisible(True)

    def _why(self, cle: str) -> None:
        joue = self._comparison.scenarios.get(cle) if self._comparison else None
        if joue is not None and self._state is not None:
            html = explanation_html([joue.explication], self._state.evaluation.baremes_ajoutes)
            nom = _SUPPOSEES.get(cle, "Rythme actuel")
            self.panel_asked.emit(f"Pourquoi ces chiffres{INSECABLE}: {nom}", html)


def _unexpected(error: Exception) -> None:
    raise error
