"""What the scenarios give: the two charts, the table that compares them, each told in sentences, what nobody knows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.domain.contrat import Indicateur
from assistmed_desktop.domain.libelles import INDICATEURS
from assistmed_desktop.figures.scenarios import texte_alternatif_des_scenarios, traces
from assistmed_desktop.formats import INSECABLE, jour_long
from assistmed_desktop.rules.resultats import LIBELLES_STATUT
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.comparison import ACTUEL, NOMS, Comparison, Line, lines, supposed, unknowns, unpublished
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.card import Card, FoldingRow
from assistmed_desktop.ui.widgets.chart_view import ChartView, Draw
from assistmed_desktop.ui.widgets.charts import drawing
from assistmed_desktop.ui.widgets.status import StatusBadge, status_icon
from assistmed_desktop.ui.widgets.table import Column, Table, TableModel
from assistmed_desktop.ui.widgets.text import Text, set_style_property

if TYPE_CHECKING:
    from assistmed_desktop.figures.figure import Figure
    from assistmed_desktop.figures.palette import Palette
    from assistmed_desktop.figures.scenarios import Genre
    from assistmed_desktop.services.scenarios import Scenario
    from assistmed_desktop.ui.work import Worker


def scenarios_chart(comparison: Comparison, indicateur: Indicateur) -> tuple[Draw, str]:
    """Give what draws the scenarios of an indicator, and what the drawing says in words."""
    genres: tuple[Genre, ...] = ("actuel", "a", "b")
    joues = [(genre, joue) for genre in genres if (joue := comparison.scenarios.get(genre)) is not None]
    valeurs = traces(joues, indicateur)

    def make(largeur: float, hauteur: float, palette: Palette, corps: float) -> Figure:
        from assistmed_desktop.figures.scenarios import figure

        return figure(valeurs, largeur, hauteur, palette=palette, corps=corps)

    return drawing(make), soigner(texte_alternatif_des_scenarios(valeurs))


class ScenarioCard(Card):
    """One scenario: its status on the day it is judged, what it supposes, what comes of it."""

    why_asked = Signal()

    def __init__(self, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(nom, parent)
        self.badge = StatusBadge()
        self.supposed = Text("", theme.LEGENDE, role="secondaire")
        self.story = Text()
        self.why = QPushButton(f"Pourquoi{INSECABLE}?")
        self.why.setAccessibleName(f"Pourquoi ces chiffres, {nom[0].lower()}{nom[1:]}")
        self.why.setAccessibleDescription("Ouvre le calcul, étape par étape, et les textes sur lesquels il repose")
        set_style_property(self.why, "genre", "lien")
        self.why.clicked.connect(self.why_asked)
        self.head.addWidget(self.why, 0, Qt.AlignmentFlag.AlignTop)
        for widget in (self.badge, self.supposed, self.story):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def show_scenario(self, joue: Scenario) -> None:
        """Show a scenario."""
        self.badge.set_status(joue.statut, f"{LIBELLES_STATUT[joue.statut]}, le {jour_long(joue.juge_le)}")
        self.supposed.setText(supposed(joue))
        self.story.setText("\n".join(soigner(phrase) for phrase in joue.phrases))


class ComparisonView(QWidget):
    """Shows a comparison; ``why_asked`` carries the key of the scenario asked about."""

    why_asked = Signal(str)

    def __init__(self, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4 * theme.PAS)
        self.charts: dict[Indicateur, ChartView] = {}
        row = FoldingRow(46)
        for cle, nom in INDICATEURS.items():
            card = Card(nom)
            self.charts[cle] = ChartView(worker, f"Scénarios de l’indicateur {nom}")
            card.body.addWidget(self.charts[cle], 1)
            row.add(card)
        box.addWidget(row)
        self.cards = {cle: ScenarioCard(nom) for cle, nom in NOMS.items()}
        stories = FoldingRow(30)
        for nom_scenario, scenario_card in self.cards.items():
            scenario_card.why_asked.connect(partial(self.why_asked.emit, nom_scenario))
            stories.add(scenario_card)
        box.addWidget(stories)
        box.addWidget(self._comparison())
        self.unknown_card = Card("Ce qui n’est pas connu, ou reste à vérifier")
        self.unknown = Text()
        self.unknown_card.body.addWidget(self.unknown)
        box.addWidget(self.unknown_card)

    def show_comparison(self, comparison: Comparison) -> None:
        """Show the scenarios that were worked out."""
        for cle, chart in self.charts.items():
            chart.show_drawing(*scenarios_chart(comparison, cle))
        for genre, card in self.cards.items():
            joue = comparison.scenarios.get(genre)
            card.setVisible(joue is not None)
            if joue is not None:
                card.show_scenario(joue)
        self.model.set_rows(lines(comparison))
        self._fit_table()
        note = unpublished(comparison)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        dits = [f"{nom}{INSECABLE}: {dit}" if nom else dit for nom, dit in unknowns(comparison)]
        self.unknown.setText("\n".join(f"•{INSECABLE}{dit}" for dit in dits))
        self.unknown_card.setVisible(bool(dits))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the program's font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "unknown"):
            QTimer.singleShot(0, self, self._fit_table)  # once the table has followed it too

    def _comparison(self) -> Card:
        card = Card("Comparaison")
        self.model: TableModel[Line] = TableModel(
            [Column("Au jour du jugement", lambda line: line.nom, lambda line: line.nom), *map(self._column, NOMS)]
        )
        self.table = Table(self.model, "Comparaison des scénarios")
        self.table.setAccessibleDescription("Ctrl+C copie le tableau, Entrée dit pourquoi")
        self.table.opened.connect(self._open)
        self.copy = QPushButton("Copier le tableau")
        self.copy.clicked.connect(self.table.copy)
        tools = QHBoxLayout()
        self.note = Text("", theme.LEGENDE, role="attention")
        tools.addWidget(self.note, 1)
        tools.addWidget(self.copy)
        card.body.addWidget(self.table)
        card.body.addLayout(tools)
        return card

    def _column(self, cle: str) -> Column[Line]:
        return Column(
            NOMS[cle],
            lambda line: line.cell(cle).texte,
            lambda line: line.cell(cle).texte,
            icone=lambda line: self._icon(line, cle),
        )

    def _icon(self, line: Line, cle: str) -> QIcon:
        statut = line.cell(cle).statut
        if statut is None:
            return QIcon()
        return status_icon(statut, theme.couleurs_actuelles(), self.table.iconSize().width(), self.devicePixelRatioF())

    def _open(self, _line: Line) -> None:
        """Answer for the scenario whose cell was opened; for today's where that one is not played."""
        keys = list(NOMS)
        rank = self.table.currentIndex().column() - 1
        cle = keys[rank] if rank >= 0 and not self.cards[keys[rank]].isHidden() else ACTUEL
        self.why_asked.emit(cle)

    def _fit_table(self) -> None:
        """Show every line: the page scrolls, the table does not."""
        rows = self.table.verticalHeader().defaultSectionSize() * self.model.rowCount()
        bars = self.table.horizontalHeader().sizeHint().height() + self.table.horizontalScrollBar().sizeHint().height()
        self.table.setFixedHeight(bars + rows + 2 * theme.PAS)
