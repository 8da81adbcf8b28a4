"""The readings of a doctor: entered month after month, listed, and the curves that they draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.formats import INSECABLE, jour_court, nombre
from assistmed_desktop.services.operations import ajouter_releve, corriger_releve, supprimer_releve
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.pages.patientele_tab import Tab, contract_and_analysis, why_button
from assistmed_desktop.ui.patientele_wording import pace, pace_explanations
from assistmed_desktop.ui.widgets.card import Card, FoldingRow
from assistmed_desktop.ui.widgets.chart_view import ChartView
from assistmed_desktop.ui.widgets.charts import indicator_chart
from assistmed_desktop.ui.widgets.listing import Listing
from assistmed_desktop.ui.widgets.releve_form import ReleveForm
from assistmed_desktop.ui.widgets.table import Column
from assistmed_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from assistmed_desktop.domain.contrat import Indicateur
    from assistmed_desktop.rules.resultats import EvaluationContrat
    from assistmed_desktop.ui.desk import State
    from assistmed_desktop.ui.pages.page import Page


@dataclass(frozen=True)
class Row:
    """A reading and its position in the dossier."""

    index: int = field(compare=False)
    releve: Releve


def _compte(valeur: int | None) -> str:
    return "non relevé" if valeur is None else nombre(valeur)


def _tri(valeur: int | None) -> int:
    return -1 if valeur is None else valeur


COLONNES: tuple[Column[Row], ...] = (
    Column("Date", lambda r: jour_court(r.releve.date), lambda r: (r.releve.date, r.index)),
    Column(
        "Patientèle", lambda r: _compte(r.releve.patientele_mt), lambda r: _tri(r.releve.patientele_mt), droite=True
    ),
    Column("File active", lambda r: _compte(r.releve.file_active), lambda r: _tri(r.releve.file_active), droite=True),
    Column("Source", lambda r: SOURCES[r.releve.source], lambda r: SOURCES[r.releve.source]),
    Column("Note", lambda r: r.releve.note, lambda r: r.releve.note),
)


_RANG: Final = ".rang"


@dataclass
class Curve:
    """What is shown of one indicator: its name, why, its chart, its pace."""

    titre: Text
    why: QPushButton
    chart: ChartView
    pace: Text

    def set_visible(self, *, visible: bool) -> None:
        """Show the curve, or nothing of it."""
        for widget in (self.titre, self.why, self.chart, self.pace):
            widget.setVisible(visible)


class RelevesTab(Tab):
    """Shows readings; asks for the operations that change them, each with the sentence that tells it is done."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, "Relevés")
        self._corrected: Row | None = None
        self._drawn: EvaluationContrat | None = None
        self.form = ReleveForm()
        self.form.submitted.connect(self._submit)
        self.form.left.connect(self._leave_correction)
        self.listing = Listing(
            "Relevés",
            COLONNES,
            page.tools.settings,
            vide="Un relevé est l’effectif d’un médecin à une date, lu sur amelipro ou reçu de la CPAM. Saisissez le "
            f"premier ci-dessus{INSECABLE}: le tableau de bord le comparera aussitôt à l’objectif du contrat.",
            ajouter="Ajouter",
            lignes=0,
        )
        self.listing.add.hide()  # the form above is where one adds
        self.table = self.listing.table
        self.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self.listing.edit_asked.connect(self._correct)
        self.listing.removal_asked.connect(self._remove)
        row = FoldingRow(50)
        row.add(self._left(), 13)
        row.add(self._right(), 10)
        self.box.addWidget(row, 1)

    def show_state(self, state: State) -> None:
        """Show the readings of the doctor looked at, and the curves of his contract."""
        self.state = state
        releves = state.dossier.releves
        rows = [Row(rang, releve) for rang, releve in enumerate(releves) if releve.medecin == state.medecin_id]
        self.listing.set_rows(rows)
        self.form.setEnabled(state.medecin is not None)
        self.form.show_context(state.medecin_id or "", [row.releve for row in rows], state.evaluation.au)
        if not self.form.correcting:
            self._corrected = None
        self._show_charts(state.contrat_du_medecin)
        self.show_analyses(state)

    def show_analyses(self, state: State) -> None:
        """Show the pace under each curve."""
        self.state = state
        contrat, analyse = contract_and_analysis(state)
        paces = {} if analyse is None else {sien.indicateur: pace(sien) for sien in analyse.rythme.indicateurs}
        for indicateur, curve in self.curves.items():
            dit = paces.get(indicateur, "")
            curve.pace.setText(dit)
            curve.pace.setVisible(bool(dit))
            curve.why.setVisible(contrat is not None and analyse is not None)

    def enter(self) -> None:
        """Put the cursor where the first count is typed."""
        self.form.focus_counts()

    def typed(self) -> dict[str, str]:
        """Give what is typed for a reading, and which one it corrects."""
        rang = "" if self._corrected is None else str(self._corrected.index)
        return {_RANG: rang, **asdict(self.form.typed())} if self.form.changed else {}

    def retype(self, saisie: Mapping[str, str]) -> None:
        """Type it again."""
        row = next((row for row in self.listing.model.rows if str(row.index) == saisie[_RANG]), None)
        if row is not None:
            self._correct(row)
        self.form.retype({cle: texte for cle, texte in saisie.items() if cle != _RANG})

    def _left(self) -> QWidget:
        column = QWidget()
        box = QVBoxLayout(column)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4 * theme.PAS)
        box.addWidget(self.form)
        box.addWidget(self.listing, 1)
        return column

    def _right(self) -> QWidget:
        card = Card()
        card.setAccessibleName("Courbes")
        self.caption = Text("", theme.LEGENDE, role="secondaire")
        self.curves: dict[Indicateur, Curve] = {}
        for indicateur, nom in INDICATEURS.items():
            curve = Curve(
                Text(nom, gras=True),
                why_button(f"Rythme de l’indicateur {nom}"),
                ChartView(self.page.tools.worker, f"Courbe de l’indicateur {nom}"),
                Text("", theme.LEGENDE, role="secondaire"),
            )
            curve.why.clicked.connect(lambda _checked=False, cle=indicateur: self._explain(cle))
            head = QHBoxLayout()
            head.addWidget(curve.titre, 1)
            head.addWidget(curve.why, 0, Qt.AlignmentFlag.AlignTop)
            card.body.addLayout(head)
            card.body.addWidget(curve.chart, 1)
            card.body.addWidget(curve.pace)
            self.curves[indicateur] = curve
        card.body.addWidget(self.caption)
        return card

    def _show_charts(self, contrat: EvaluationContrat | None) -> None:
        for curve in self.curves.values():
            curve.set_visible(visible=contrat is not None)
        if contrat is None:
            dit = (
                ""
                if self.state is None or self.state.medecin is None
                else (
                    f"Ce médecin n’a pas de contrat{INSECABLE}: ses relevés sont conservés, sans objectif à comparer."
                )
            )
            self.caption.setText(dit or "Enregistrez d’abord un médecin, page Cabinet.")
            self.caption.show()
            return
        collectif = len(contrat.medecins) > 1
        self.caption.setText(f"Contrat collectif{INSECABLE}: totaux du groupe." if collectif else "")
        self.caption.setVisible(collectif)
        if contrat is not self._drawn:
            self._drawn = contrat
            for indicateur, curve in self.curves.items():
                curve.chart.show_drawing(*indicator_chart(contrat, indicateur))

    def _explain(self, indicateur: Indicateur) -> None:
        if self.state is not None:
            _, analyse = contract_and_analysis(self.state)
            if analyse is not None:
                self.explain(f"Le rythme – {INDICATEURS[indicateur]}", pace_explanations(analyse.rythme, indicateur))

    def _correct(self, row: Row) -> None:
        self._corrected = row
        self.form.start_correcting(row.releve)
        self.page.ensureWidgetVisible(self.form)

    def _leave_correction(self) -> None:
        self._corrected = None
        self.form.start_adding()
        self.table.setFocus()

    def _remove(self, row: Row) -> None:
        self.page.operation_asked.emit(
            supprimer_releve(row.index), f"Le relevé du {jour_court(row.releve.date)} est supprimé."
        )

    def _submit(self, releve: Releve) -> None:
        jour = jour_court(releve.date)
        if self._corrected is None:
            self.page.operation_asked.emit(ajouter_releve(releve), f"Le relevé du {jour} est ajouté.")
            self.form.focus_counts()
        elif releve == self._corrected.releve:
            self._leave_correction()
        else:
            operation = corriger_releve(self._corrected.index, releve)
            self.page.operation_asked.emit(operation, f"Le relevé du {jour} est corrigé.")
