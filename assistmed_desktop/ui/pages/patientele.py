"""Patientèle: the readings of a doctor, and the two curves they draw."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.formats import INSECABLE, compte, jour_court, nombre
from assistmed_desktop.rules.resultats import EvaluationContrat
from assistmed_desktop.services.operations import ajouter_releve, corriger_releve, supprimer_releve
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.charts import indicator_chart
from assistmed_desktop.ui.desk import State
from assistmed_desktop.ui.names import nom_medecin
from assistmed_desktop.ui.pages.page import Page, Tools
from assistmed_desktop.ui.widgets.card import Card, FoldingRow
from assistmed_desktop.ui.widgets.chart_view import ChartView
from assistmed_desktop.ui.widgets.releve_form import ReleveForm
from assistmed_desktop.ui.widgets.table import Column, Table, TableModel
from assistmed_desktop.ui.widgets.text import Text
from assistmed_desktop.ui.work import Worker


@dataclass(frozen=True)
class Row:
    """A reading and its position in the dossier."""

    index: int
    releve: Releve


def _compte(valeur: int | None) -> str:
    return "non relevé" if valeur is None else nombre(valeur)


COLONNES: tuple[Column[Row], ...] = (
    Column("Date", lambda r: jour_court(r.releve.date), lambda r: (r.releve.date, r.index)),
    Column(
        "Patientèle", lambda r: _compte(r.releve.patientele_mt), lambda r: _tri(r.releve.patientele_mt), droite=True
    ),
    Column("File active", lambda r: _compte(r.releve.file_active), lambda r: _tri(r.releve.file_active), droite=True),
    Column("Source", lambda r: SOURCES[r.releve.source], lambda r: SOURCES[r.releve.source]),
    Column("Note", lambda r: r.releve.note, lambda r: r.releve.note),
)


def _named_by_the_header(state: State) -> bool:
    """Whether choosing among the contracts already chooses the doctor."""
    contrat = state.contrat
    return contrat is not None and len(state.evaluation.contrats) > 1 and len(contrat.medecins) == 1


def _tri(valeur: int | None) -> int:
    return -1 if valeur is None else valeur


class PatientelePage(Page):
    """Shows readings; emits the operations that change them, each with the sentence that tells it is done."""

    def __init__(self, tools: Tools, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(tools, nom, parent)
        self._state: State | None = None
        self._corrected: Row | None = None
        self.chooser = QComboBox()
        self.chooser.setAccessibleName("Médecin affiché")
        self.chooser.activated.connect(lambda rank: self.medecin_chosen.emit(self.chooser.itemData(rank)))
        self.title = Text("Patientèle", theme.TITRE_PAGE, gras=True)
        head = QHBoxLayout()
        head.setSpacing(4 * theme.PAS)
        head.addWidget(self.title, 1)
        head.addWidget(self.chooser)
        self.body.addLayout(head)
        self.form = ReleveForm()
        self.form.submitted.connect(self._submit)
        self.form.left.connect(self._leave_correction)
        row = FoldingRow(50)
        row.add(self._left(), 13)
        row.add(self._right(tools.worker), 10)
        self.body.addWidget(row, 1)

    def show_state(self, state: State) -> None:
        """Show the readings of the doctor looked at."""
        self._state = state
        self._show_doctors(state)
        releves = state.dossier.releves
        rows = [Row(rang, releve) for rang, releve in enumerate(releves) if releve.medecin == state.medecin_id]
        chosen = self.table.current
        self.model.set_rows(rows)
        if chosen is not None:
            self.table.choose(lambda row: row.releve == chosen.releve)
        self.form.show_context(state.medecin_id or "", [row.releve for row in rows], state.evaluation.au)
        if not self.form.correcting:
            self._corrected = None
        self.count.setText(compte(len(rows), "relevé") if rows else "Aucun relevé")
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self._follow_selection()
        self._show_charts(state.contrat_du_medecin)

    def enter(self, place: str) -> None:
        """Put the cursor in the form."""
        del place
        self.form.focus_counts()

    def _left(self) -> QWidget:
        column = QWidget()
        box = QVBoxLayout(column)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4 * theme.PAS)
        box.addWidget(self.form)
        self.model: TableModel[Row] = TableModel(COLONNES)
        self.model.sort(0, Qt.SortOrder.DescendingOrder)
        self.table = Table(self.model, "Relevés du médecin")
        self.table.setAccessibleDescription("Entrée corrige un relevé, Suppr le supprime, Ctrl+C copie le tableau")
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self.table.setMinimumHeight(160)
        self.table.opened.connect(self._correct)
        self.table.removal_asked.connect(self._remove)
        self.table.selectionModel().selectionChanged.connect(self._follow_selection)
        self.model.modelReset.connect(self._follow_selection)
        self.empty = Text(
            "Un relevé est l’effectif d’un médecin à une date, lu sur amelipro ou reçu de la CPAM. Saisissez le "
            f"premier ci-dessus{INSECABLE}: le tableau de bord le comparera aussitôt à l’objectif du contrat."
        )
        card = Card()
        card.setAccessibleName("Relevés")
        self.count = Text("", role="secondaire")
        self.correct = QPushButton("Corriger")
        self.remove = QPushButton("Supprimer")
        self.copy = QPushButton("Copier le tableau")
        self.correct.clicked.connect(lambda: self._correct(self.table.current))
        self.remove.clicked.connect(lambda: self._remove(self.table.current))
        self.copy.clicked.connect(self.table.copy)
        actions = QHBoxLayout()
        actions.setSpacing(2 * theme.PAS)
        actions.addWidget(self.count, 1)
        for button in (self.correct, self.remove, self.copy):
            actions.addWidget(button)
        card.body.addLayout(actions)
        card.body.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        card.body.addWidget(self.table, 1)
        box.addWidget(card, 1)
        return column

    def _right(self, worker: Worker) -> QWidget:
        card = Card()
        card.setAccessibleName("Courbes")
        self.charts_caption = Text("", theme.LEGENDE, role="secondaire")
        self.charts: list[tuple[Text, ChartView]] = []
        for titre in INDICATEURS.values():
            label = Text(titre, theme.CORPS, gras=True)
            chart = ChartView(worker, f"Courbe de l’indicateur {titre}")
            self.charts.append((label, chart))
            card.body.addWidget(label)
            card.body.addWidget(chart, 1)
        card.body.addWidget(self.charts_caption)
        return card

    def _show_doctors(self, state: State) -> None:
        entries = [(medecin.id, nom_medecin(medecin)) for medecin in state.dossier.medecins]
        if entries != [(self.chooser.itemData(i), self.chooser.itemText(i)) for i in range(self.chooser.count())]:
            self.chooser.clear()
            for ident, nom in entries:
                self.chooser.addItem(nom, ident)
        self.chooser.setCurrentIndex(self.chooser.findData(state.medecin_id))
        self.chooser.setVisible(len(entries) > 1 and not _named_by_the_header(state))
        medecin = state.medecin
        self.title.setText("Patientèle" if medecin is None else f"Patientèle – {nom_medecin(medecin)}")
        self.form.setEnabled(medecin is not None)

    def _show_charts(self, contrat: EvaluationContrat | None) -> None:
        for label, chart in self.charts:
            label.setVisible(contrat is not None)
            chart.setVisible(contrat is not None)
        if contrat is None:
            self.charts_caption.show()
            self.charts_caption.setText(
                f"Ce médecin n’a pas de contrat{INSECABLE}: ses relevés sont conservés, sans objectif à comparer."
            )
            return
        collectif = len(contrat.medecins) > 1
        self.charts_caption.setText(f"Contrat collectif{INSECABLE}: totaux du groupe." if collectif else "")
        self.charts_caption.setVisible(collectif)
        for (_, chart), indicateur in zip(self.charts, contrat.indicateurs, strict=True):
            chart.show_drawing(*indicator_chart(contrat, indicateur.indicateur))

    def _follow_selection(self) -> None:
        chosen = self.table.selectionModel().hasSelection()
        self.correct.setEnabled(chosen)
        self.remove.setEnabled(chosen)
        for button in (self.correct, self.remove, self.copy):
            button.setVisible(self.model.rowCount() > 0)

    def _correct(self, row: Row) -> None:
        self._corrected = row
        self.form.start_correcting(row.releve)
        self.ensureWidgetVisible(self.form)

    def _leave_correction(self) -> None:
        self._corrected = None
        self.form.start_adding()
        self.table.setFocus()

    def _remove(self, row: Row) -> None:
        self.operation_asked.emit(
            supprimer_releve(row.index), f"Le relevé du {jour_court(row.releve.date)} est supprimé."
        )

    def _submit(self, releve: Releve) -> None:
        jour = jour_court(releve.date)
        if self._corrected is None:
            self.operation_asked.emit(ajouter_releve(releve), f"Le relevé du {jour} est ajouté.")
            self.form.focus_counts()
        elif releve == self._corrected.releve:
            self._leave_correction()
        else:
            operation = corriger_releve(self._corrected.index, releve)
            self.operation_asked.emit(operation, f"Le relevé du {jour} est corrigé.")
