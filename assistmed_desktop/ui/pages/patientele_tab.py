"""What every tab of the Patientèle page is, and the charts that they draw once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.card import Card
from assistmed_desktop.ui.widgets.chart_view import ChartView
from assistmed_desktop.ui.widgets.charts import drawing
from assistmed_desktop.ui.widgets.text import Text, set_style_property
from assistmed_desktop.ui.wording import explanation_html

if TYPE_CHECKING:
    from assistmed_desktop.rules.analyse import Analyse
    from assistmed_desktop.rules.resultats import EvaluationContrat, Explication
    from assistmed_desktop.ui.desk import State
    from assistmed_desktop.ui.pages.page import Page
    from assistmed_desktop.ui.widgets.charts import Make

EN_COURS = "Calcul en cours…"


class Tab(QWidget):
    """A part of the page; it asks through the signals of the page."""

    def __init__(self, page: Page, nom: str) -> None:
        super().__init__()
        self.page = page
        self.state: State | None = None
        self.setAccessibleName(nom)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(4 * theme.PAS)

    def show_state(self, state: State) -> None:
        """Show the doctor looked at."""
        raise NotImplementedError

    def show_analyses(self, state: State) -> None:
        """Show what the analyses add, once they are there."""
        raise NotImplementedError

    def enter(self) -> None:
        """Put the cursor where one begins."""
        raise NotImplementedError

    def typed(self) -> dict[str, str]:
        """Give what is typed in the tab and not saved."""
        return {}

    def retype(self, saisie: Mapping[str, str]) -> None:
        """Type again what ``typed`` has given."""

    def explain(self, titre: str, explications: Sequence[Explication]) -> None:
        """Open the reasonings beside the page."""
        if explications and self.state is not None:
            html = explanation_html(explications, self.state.evaluation.baremes_ajoutes)
            self.page.panel_asked.emit(titre, html)


def contract_and_analysis(state: State) -> tuple[EvaluationContrat | None, Analyse | None]:
    """Give the contract that the doctor's counts are judged by, and its analysis once it is there."""
    contrat = state.contrat_du_medecin
    return contrat, None if contrat is None else state.analyses.get(contrat.id)


def why_button(nom: str) -> QPushButton:
    """Make the button that opens the reasoning of a figure."""
    button = QPushButton(f"Pourquoi{INSECABLE}?")
    set_style_property(button, "genre", "lien")
    button.setAccessibleName(f"Pourquoi{INSECABLE}? {nom}")
    return button


class FigureCard(Card):
    """A title, a sentence, a chart drawn anew only when what it shows has changed, notes under it."""

    def __init__(self, titre: str, page: Page, nom: str) -> None:
        super().__init__(titre)
        self.why = why_button(titre)
        self.head.addWidget(self.why, 0, Qt.AlignmentFlag.AlignTop)
        self.sentence = Text("")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.chart = ChartView(page.tools.worker, nom)
        self.notes = Text("", theme.LEGENDE, role="secondaire")
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.chart, 1)
        self.body.addWidget(self.notes)
        self._shown: object = None

    def tell(self, phrase: str, notes: Sequence[str] = ()) -> None:
        """Say a sentence over the chart, and notes under it."""
        self.sentence.setText(soigner(phrase))
        self.sentence.setVisible(bool(phrase))
        self.notes.setText("\n".join(map(soigner, notes)))
        self.notes.setVisible(bool(notes))

    def draw(self, valeurs: object, make: Make, alternative: str) -> None:
        """Draw values, unless they are those on screen."""
        self.chart.show()
        self.body.setStretchFactor(self.sentence, 0)
        if valeurs != self._shown:
            self._shown = valeurs
            self.chart.show_drawing(drawing(make), soigner(alternative))

    def leave_blank(self) -> None:
        """Draw nothing."""
        self.chart.hide()
        self.body.setStretchFactor(self.sentence, 1)
