"""All the contracts of the practice, the worst first: choosing one shows it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from assistmed_desktop.formats import INSECABLE, jour_court, nombre
from assistmed_desktop.rules.resultats import LIBELLES_STATUT, Echeance, EvaluationContrat, EvaluationIndicateur
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.desk import State
from assistmed_desktop.ui.names import nom_contrat
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.card import Card
from assistmed_desktop.ui.widgets.status import status_icon
from assistmed_desktop.ui.widgets.table import Column, Table, TableModel
from assistmed_desktop.ui.widgets.text import Text
from assistmed_desktop.ui.widgets.todo_card import TodoCard
from assistmed_desktop.ui.wording import (
    PIRE_D_ABORD,
    TodoItem,
    most_pressing_first,
    overview_sentence,
    todo_items,
    worst_first,
)


class Overview(QWidget):
    """A table of contracts, and what is left to do for all of them."""

    contrat_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4 * theme.PAS)
        self._title = Text("Tous les contrats", theme.TITRE_PAGE, gras=True)
        self._sentence = Text()
        head = QVBoxLayout()
        head.setSpacing(theme.PAS)
        head.addWidget(self._title)
        head.addWidget(self._sentence)
        box.addLayout(head)
        self._state: State | None = None
        self._model: TableModel[EvaluationContrat] = TableModel(self._columns())
        self.table = Table(self._model, "Contrats du cabinet, du plus préoccupant au moins préoccupant")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.opened.connect(lambda contrat: self.contrat_chosen.emit(contrat.id))
        self.table.clicked.connect(lambda index: self.contrat_chosen.emit(self._model.row(index).id))
        card = Card()
        card.setAccessibleName("Contrats")
        card.body.addWidget(self.table)
        box.addWidget(card)
        self.todo = TodoCard(8, 800)
        box.addWidget(self.todo)
        box.addStretch(1)

    def show_state(self, state: State) -> None:
        """Show every contract."""
        self._state = state
        contrats = worst_first(state.evaluation.contrats)
        self._sentence.setText(overview_sentence(contrats))
        self._model.set_rows(contrats)
        if contrats and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        metrics = self.table.verticalHeader().defaultSectionSize()
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(head + metrics * min(len(contrats), 12) + 8)
        self.todo.show_items(self.items())

    def show_analyses(self, state: State) -> None:
        """Show what the analyses add to what is left to do."""
        self._state = state
        self.todo.show_items(self.items())

    def items(self) -> list[TodoItem]:
        """List what is left to do, over all the contracts."""
        if self._state is None:
            return []
        dossier = self._state.dossier
        items = [
            item
            for contrat in worst_first(self._state.evaluation.contrats)
            for item in todo_items(
                contrat, self._state.analyses.get(contrat.id), qui=nom_contrat(dossier, contrat.contrat)
            )
        ]
        return most_pressing_first(items)

    def _columns(self) -> list[Column[EvaluationContrat]]:
        return [
            Column("Contrat", self._name, self._name),
            Column(
                "Situation",
                lambda c: LIBELLES_STATUT[c.statut_tenu],
                lambda c: PIRE_D_ABORD.index(c.statut_tenu),
                icone=self._icon,
            ),
            Column(
                "Patientèle",
                lambda c: _sur(c.patientele_mt),
                lambda c: _tri(c.patientele_mt),
                droite=True,
                complet="Patientèle médecin traitant, valeur et objectif",
            ),
            Column(
                "Écart",
                lambda c: _ecart(c.patientele_mt),
                lambda c: _ecart_tri(c.patientele_mt),
                droite=True,
                complet="Écart de la patientèle au rythme prévu",
            ),
            Column(
                "File active",
                lambda c: _sur(c.file_active),
                lambda c: _tri(c.file_active),
                droite=True,
                complet="File active, valeur et objectif",
            ),
            Column(
                "Écart",
                lambda c: _ecart(c.file_active),
                lambda c: _ecart_tri(c.file_active),
                droite=True,
                complet="Écart de la file active au rythme prévu",
            ),
            Column("Prochaine échéance", _prochaine, _prochaine_date),
        ]

    def _icon(self, contrat: EvaluationContrat) -> QIcon:
        cote = self.table.iconSize().width()
        return status_icon(contrat.statut_tenu, theme.couleurs_actuelles(), cote, self.devicePixelRatioF())

    def _name(self, contrat: EvaluationContrat) -> str:
        return nom_contrat(self._state.dossier, contrat.contrat) if self._state else ""


def _sur(indicateur: EvaluationIndicateur) -> str:
    valeur = "aucun relevé" if indicateur.valeur is None else nombre(indicateur.valeur)
    objectif = "objectif inconnu" if indicateur.objectif is None else nombre(indicateur.objectif)
    return f"{valeur} / {objectif}".replace(" ", INSECABLE)


def _tri(indicateur: EvaluationIndicateur) -> int:
    return -1 if indicateur.valeur is None else indicateur.valeur


def _ecart(indicateur: EvaluationIndicateur) -> str:
    return "inconnu" if indicateur.ecart is None else nombre(indicateur.ecart, signe=True)


def _ecart_tri(indicateur: EvaluationIndicateur) -> float:
    return float("-inf") if indicateur.ecart is None else float(indicateur.ecart)


def _suivantes(contrat: EvaluationContrat) -> Sequence[Echeance]:
    return [e for e in contrat.echeances if e.etat in ("urgente", "a_venir")]


def _prochaine(contrat: EvaluationContrat) -> str:
    suivantes = _suivantes(contrat)
    return f"{jour_court(suivantes[0].le)}  {soigner(suivantes[0].libelle)}" if suivantes else "aucune"


def _prochaine_date(contrat: EvaluationContrat) -> str:
    suivantes = _suivantes(contrat)
    return suivantes[0].le.isoformat() if suivantes else "9999"
