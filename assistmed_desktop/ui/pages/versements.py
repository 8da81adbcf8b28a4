"""Versements et échéances: the money of the contracts, and what there is to do by when."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.desk import State
from assistmed_desktop.ui.page_index import CONTRATS
from assistmed_desktop.ui.pages.deadlines import DeadlinesView
from assistmed_desktop.ui.pages.page import Page, Tools
from assistmed_desktop.ui.pages.payments import PaymentsView
from assistmed_desktop.ui.widgets.card import Card
from assistmed_desktop.ui.widgets.tabs import Tabs
from assistmed_desktop.ui.widgets.text import Text, set_style_property

VERSEMENTS: Final = "versements"
ECHEANCES: Final = "echeances"


class VersementsPage(Page):
    """Two tabs: payments, deadlines. Each is shown when it is looked at."""

    def __init__(self, tools: Tools, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(tools, nom, parent)
        self._state: State | None = None
        self.title = Text("Versements et échéances", theme.TITRE_PAGE, gras=True)
        self.tabs = Tabs({VERSEMENTS: "Versements", ECHEANCES: "Échéances"}, "Versements ou échéances")
        self.empty = Card("Pas encore de contrat")
        self.empty.body.addWidget(
            Text(f"Les versements et les échéances sont ceux d’un contrat{INSECABLE}: saisissez d’abord le vôtre.")
        )
        self.to_contracts = QPushButton("Saisir un contrat")
        set_style_property(self.to_contracts, "genre", "principal")
        self.to_contracts.clicked.connect(lambda: self.page_asked.emit(CONTRATS, ""))
        self.payments = PaymentsView(self, tools)
        self.deadlines = DeadlinesView(self, tools)
        self.empty.body.addWidget(self.to_contracts, 0, Qt.AlignmentFlag.AlignLeft)
        head = QVBoxLayout()
        head.setSpacing(theme.PAS)
        head.addWidget(self.title)
        head.addWidget(self.tabs)
        self.body.addLayout(head)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.payments)
        self.body.addWidget(self.deadlines)
        self.body.addStretch(1)
        self.tabs.chosen.connect(self._show_tab)

    def show_state(self, state: State) -> None:
        """Show the contract looked at, or all of them."""
        self._state = state
        present = bool(state.evaluation.contrats)
        self.empty.setVisible(not present)
        self.tabs.setVisible(present)
        self._show_tab()

    def show_analyses(self, state: State) -> None:
        """Show what the analyses tell of the money."""
        self._state = state
        if not self.payments.isHidden():
            self.payments.show_analyses(state)

    def enter(self, place: str) -> None:
        """Go to the deadlines, or to the form of a new payment or of a new amount notified."""
        self.tabs.choose(ECHEANCES if place == ECHEANCES else VERSEMENTS)
        if self._state is None or not self._state.evaluation.contrats:
            self.to_contracts.setFocus()
        elif place == ECHEANCES:
            self.deadlines.show_todo()
        elif place == "versement":
            self.payments.enter_payment()
        elif place == "notification":
            self.payments.add_notification()

    def _show_tab(self) -> None:
        present = self._state is not None and bool(self._state.evaluation.contrats)
        deadlines = self.tabs.cle == ECHEANCES
        self.payments.setVisible(present and not deadlines)
        self.deadlines.setVisible(present and deadlines)
        if self._state is not None and present:
            (self.deadlines if deadlines else self.payments).show_state(self._state)
