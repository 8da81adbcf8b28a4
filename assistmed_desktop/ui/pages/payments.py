"""The money of the contract looked at, or of all of them: due against received, and what it would bring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.ui import theme
from assistmed_desktop.ui.fiches.argent import (
    fiche_notification,
    fiche_versement,
    suppression_notification,
    suppression_versement,
)
from assistmed_desktop.ui.page_index import ASSISTANTS
from assistmed_desktop.ui.pages.money_cards import CostCard, TodayCard, why_button
from assistmed_desktop.ui.pages.money_rows import (
    CONTRACT_COLUMNS,
    NOTIFIED_COLUMNS,
    SCENARIO_COLUMNS,
    YEAR_COLUMNS,
    ScenarioRow,
    YearRow,
    contract_rows,
    notified_rows,
    year_rows,
)
from assistmed_desktop.ui.pages.payment_rows import PaymentRow, payment_columns, payment_rows
from assistmed_desktop.ui.widgets.calendar_view import DeadlineIcons
from assistmed_desktop.ui.widgets.card import FoldingRow
from assistmed_desktop.ui.widgets.listing import Listing
from assistmed_desktop.ui.wording import explanation_html

if TYPE_CHECKING:
    from assistmed_desktop.rules.analyse import Analyse
    from assistmed_desktop.rules.resultats import Explication
    from assistmed_desktop.ui.desk import State
    from assistmed_desktop.ui.fiches.fiche import Geste
    from assistmed_desktop.ui.pages.page import Page, Tools

_VIDE_VERSEMENTS = (
    "Notez ici ce que la CPAM doit vous verser et ce qu’elle a versé : le programme le compare à ce que prévoit votre "
    "contrat, et signale ce qui manque."
)
_VIDE_NOTIFICATIONS = (
    "La CPAM vous écrit le montant d’une année, surtout à partir de la troisième : reportez-le ici, il l’emporte sur "
    "celui du barème."
)


class PaymentsView(QWidget):
    """Shows the money; asks for its forms through the page that holds it."""

    def __init__(self, page: Page, tools: Tools) -> None:
        super().__init__()
        self._page = page
        self._state: State | None = None
        self._shown: dict[Listing, Sequence[Any]] = {}
        settings = tools.settings
        self.contracts = Listing("Tous les contrats", CONTRACT_COLUMNS, settings, vide="Aucun contrat.", lignes=12)
        self.contracts.table.setAccessibleDescription("Entrée ouvre le contrat, Ctrl+C copie le tableau")
        self.today, self.cost = TodayCard(), CostCard()
        self.cards = FoldingRow(44)
        self.cards.add(self.today, 3)
        self.cards.add(self.cost, 2)
        why_payment = why_button("Pourquoi ce versement")
        self.payments = Listing(
            "Versements : dû et reçu".replace(" :", "\u00a0:"),
            payment_columns(self._icon),
            settings,
            vide=_VIDE_VERSEMENTS.replace(" :", "\u00a0:"),
            ajouter="Ajouter un versement",
            lignes=12,
        )
        self.payments.head.addWidget(why_payment, 0, Qt.AlignmentFlag.AlignTop)
        self._icons = DeadlineIcons(self.payments.table)
        why_year = why_button("Pourquoi le montant de cette année")
        self.notify = QPushButton("Saisir le montant notifié")
        self.years = Listing(
            "Années du contrat",
            YEAR_COLUMNS,
            settings,
            vide="Calcul en cours…",
            gestes=(self.notify,),
        )
        self.years.head.addWidget(why_year, 0, Qt.AlignmentFlag.AlignTop)
        self.notified = Listing(
            "Montants notifiés par la CPAM",
            NOTIFIED_COLUMNS,
            settings,
            vide=_VIDE_NOTIFICATIONS.replace(" :", "\u00a0:"),
            ajouter="Ajouter un montant notifié",
        )
        why_scenario = why_button("Pourquoi ce total")
        self.scenarios = Listing("Sur toute la durée du contrat", SCENARIO_COLUMNS, settings, vide="Calcul en cours…")
        self.scenarios.head.addWidget(why_scenario, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4 * theme.PAS)
        for widget in (self.contracts, self.cards, self.payments, self.years, self.notified, self.scenarios):
            box.addWidget(widget)
        box.addStretch(1)
        self._of_one = (why_payment, why_year, self.notify, why_scenario)
        self._connect(why_payment, why_year, why_scenario)

    def _connect(self, why_payment: QPushButton, why_year: QPushButton, why_scenario: QPushButton) -> None:
        self.contracts.table.opened.connect(lambda row: self._page.contrat_chosen.emit(row.contrat))
        self.today.why_asked.connect(self._explain_today)
        self.cost.why_asked.connect(self._explain_cost)
        self.cost.cost_asked.connect(lambda: self._page.page_asked.emit(ASSISTANTS, "couts"))
        self.payments.add_asked.connect(self.add_payment)
        self.payments.edit_asked.connect(self._edit_payment)
        self.payments.removal_asked.connect(self._remove_payment)
        self.notified.add_asked.connect(self.add_notification)
        self.notified.edit_asked.connect(self._edit_notification)
        self.notified.removal_asked.connect(lambda row: self._apply(suppression_notification(row.notification)))
        self.years.table.opened.connect(self._explain_year)
        self.scenarios.table.opened.connect(self._explain_scenario)
        why_payment.clicked.connect(lambda: self._explain_payment(self.payments.table.current))
        why_year.clicked.connect(lambda: self._explain_year(self.years.table.current))
        why_scenario.clicked.connect(lambda: self._explain_scenario(self.scenarios.table.current))
        self.notify.clicked.connect(self._notify_year)
        for listing in (self.payments, self.years, self.scenarios):
            listing.table.selectionModel().selectionChanged.connect(self._follow_selection)
            listing.model.modelReset.connect(self._follow_selection)

    def show_state(self, state: State) -> None:
        """Show the money of the contract looked at, or of all of them."""
        self._state = state
        several = state.contrat is None
        self.contracts.setVisible(several)
        for widget in (self.cards, self.scenarios):
            widget.setVisible(not several)
        for listing in (self.payments, self.years, self.notified):
            listing.table.setColumnHidden(0, not several)
        self._show(self.notified, notified_rows(state))
        self.show_analyses(state)

    def show_analyses(self, state: State) -> None:
        """Show what the analyses tell; payments entered are there without them."""
        self._state = state
        self._show(self.payments, payment_rows(state))
        self._show(self.years, year_rows(state))
        self._show(self.contracts, contract_rows(state) if state.contrat is None else [])
        analyse = self._analysis(state)
        argent = None if analyse is None else analyse.argent
        self._show(self.scenarios, [] if argent is None else [ScenarioRow(s, argent) for s in argent.scenarios])
        self.today.show_analysis(analyse)
        self.cost.show_analysis(analyse)
        self._follow_selection()

    def add_payment(self) -> None:
        """Open the form of a new payment."""
        if self._state is not None:
            state = self._state
            self._page.fiche_asked.emit(fiche_versement(state.dossier, state.evaluation.au, state.contrat_id))

    def enter_payment(self) -> None:
        """Open the form of the payment that is waited for, or of a new one when none is."""
        waited = (row for row in self.payments.model.rows if row.etat in ("depassee", "passee"))
        row = None if self._state is None or self._state.contrat is None else next(waited, None)
        if row is None:
            self.add_payment()
        else:
            self.payments.choose(row)
            self._edit_payment(row)

    def add_notification(self) -> None:
        """Open the form of a new amount notified."""
        if self._state is not None:
            self._page.fiche_asked.emit(fiche_notification(self._state.dossier, self._state.contrat_id))

    def _show(self, listing: Listing, rows: Sequence[Any]) -> None:
        if self._shown.get(listing) != rows:
            self._shown[listing] = rows
            listing.set_rows(rows)

    def _icon(self, row: PaymentRow) -> QIcon:
        return self._icons.icon(row.etat)

    def _follow_selection(self) -> None:
        """Offer only what can be done with the rows chosen."""
        payment = _chosen(self.payments)
        entered = payment is None or payment.versement is not None
        self.payments.change.setText("Modifier" if entered else "Saisir")
        self.payments.remove.setEnabled(payment is not None and entered)
        year = _chosen(self.years)
        why_payment, why_year, notify, why_scenario = self._of_one
        why_payment.setEnabled(payment is not None and bool(payment.chemin))
        why_payment.setVisible(self.payments.model.total > 0)
        why_year.setEnabled(year is not None)
        notify.setEnabled(year is not None)
        why_scenario.setEnabled(_chosen(self.scenarios) is not None)

    def _edit_payment(self, row: PaymentRow) -> None:
        if self._state is not None:
            dossier, au = self._state.dossier, self._state.evaluation.au
            self._page.fiche_asked.emit(fiche_versement(dossier, au, row.contrat, row.versement, row.debut))

    def _remove_payment(self, row: PaymentRow) -> None:
        if row.versement is not None:
            self._apply(suppression_versement(row.versement))

    def _edit_notification(self, row: Any) -> None:  # noqa: ANN401 - a row of the list
        if self._state is not None:
            notification = row.notification
            self._page.fiche_asked.emit(fiche_notification(self._state.dossier, notification.contrat, notification))

    def _notify_year(self) -> None:
        year = _chosen(self.years)
        if self._state is not None and year is not None:
            fiche = fiche_notification(self._state.dossier, year.contrat, annee=year.annee.annee)
            self._page.fiche_asked.emit(fiche)

    def _apply(self, geste: Geste) -> None:
        self._page.operation_asked.emit(geste.operation, geste.fait)

    # Why

    def _analysis(self, state: State) -> Analyse | None:
        return None if state.contrat_id is None else state.analyses.get(state.contrat_id)

    def _tell(self, titre: str, explications: Sequence[Explication | None]) -> None:
        if self._state is not None:
            connues = [explication for explication in explications if explication is not None]
            ajoutes = self._state.evaluation.baremes_ajoutes
            self._page.panel_asked.emit(titre, explanation_html(connues, ajoutes))

    def _explain_today(self) -> None:
        analyse = self._analysis(self._state) if self._state else None
        if analyse is not None:
            conservation = analyse.fin.chiffres.get("conservation")
            self._tell("Pourquoi ces montants", [analyse.argent.chiffres["totaux"], conservation])

    def _explain_cost(self) -> None:
        analyse = self._analysis(self._state) if self._state else None
        if analyse is not None:
            self._tell("Pourquoi ce coût", [analyse.argent.chiffres["cout"]])

    def _explain_payment(self, row: PaymentRow) -> None:
        analyse = self._state.analyses.get(row.contrat) if self._state else None
        if analyse is not None:
            chiffres = analyse.argent.chiffres
            self._tell("Pourquoi ce versement", [chiffres.get(row.chemin), chiffres.get(f"annees.{row.annee}")])

    def _explain_year(self, row: YearRow) -> None:
        self._tell("Pourquoi ce montant", [row.annee.explication])

    def _explain_scenario(self, row: ScenarioRow) -> None:
        chiffres = row.argent.chiffres
        self._tell("Pourquoi ce total", [chiffres[f"scenarios.{row.scenario.cle}"], chiffres["cout"]])


def _chosen(listing: Listing) -> Any:  # noqa: ANN401 - a row of the list
    """Give the row chosen; None when none is."""
    return listing.table.current if listing.table.selectionModel().hasSelection() else None
