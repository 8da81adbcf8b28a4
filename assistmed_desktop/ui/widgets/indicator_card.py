"""The card of one indicator: the figure, where it comes from, the way to the target, its curve, its pace."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.card import Card
from assistmed_desktop.ui.widgets.chart_view import ChartView, Draw
from assistmed_desktop.ui.widgets.status import StatusBadge
from assistmed_desktop.ui.widgets.target_bar import TargetBar
from assistmed_desktop.ui.widgets.text import Text
from assistmed_desktop.ui.wording import IndicatorWords
from assistmed_desktop.ui.work import Worker


class IndicatorCard(Card):
    """Shows the words of an indicator and its chart."""

    def __init__(self, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.badge = StatusBadge()
        self.figure = Text.on_one_line("", theme.CHIFFRE, gras=True)
        self.unit = Text.on_one_line("")
        self.origin = Text("", theme.LEGENDE, role="secondaire")
        self.bar = TargetBar()
        self.without_bar = Text()
        self.chart = ChartView(worker, "Courbe")
        self.required = Text.on_one_line("")
        self.achieved = Text.on_one_line("", role="secondaire")
        self.head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        line = QHBoxLayout()
        line.setSpacing(2 * theme.PAS)
        line.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self.unit, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self.origin, 1, Qt.AlignmentFlag.AlignBottom)
        pace = QVBoxLayout()
        pace.setSpacing(0)
        for label in (self.required, self.achieved):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            pace.addWidget(label, 0, Qt.AlignmentFlag.AlignRight)
        figures = QHBoxLayout()
        figures.setSpacing(2 * theme.PAS)
        figures.addLayout(line, 1)
        figures.addLayout(pace)
        self.body.setSpacing(theme.PAS)
        self.body.addLayout(figures)
        self.body.addSpacing(theme.PAS)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.without_bar)
        self.body.addWidget(self.chart, 1)
        self._align()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the program's font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "achieved"):
            self._align()

    def _align(self) -> None:
        """Stand the unit and the origin on the line of the figure."""
        fond = QFontMetrics(theme.police(theme.CHIFFRE, gras=True)).descent()
        for label, echelle in ((self.unit, theme.CORPS), (self.origin, theme.LEGENDE)):
            label.setContentsMargins(0, 0, 0, max(0, fond - QFontMetrics(theme.police(echelle)).descent()))

    def show_words(self, words: IndicatorWords, draw: Draw, alternative: str) -> None:
        """Show an indicator."""
        self.set_title(words.titre)
        self.badge.set_status(words.statut, words.mot)
        self.figure.setText(words.chiffre)
        self.unit.setText(words.unite)
        self.unit.setVisible(bool(words.unite))
        self.origin.setText(words.origine)
        self.bar.setVisible(not words.sans_barre)
        self.bar.set_values(words.statut, words.done, words.expected, words.bar)
        self.without_bar.setText(words.sans_barre)
        self.without_bar.setVisible(bool(words.sans_barre))
        for label, texte in ((self.required, words.requis), (self.achieved, words.realise)):
            label.setText(texte)
            label.setVisible(bool(texte))
        self.chart.setAccessibleName(f"Courbe de l’indicateur {words.titre}")
        self.chart.show_drawing(draw, alternative)
        self.setAccessibleDescription(f"{words.chiffre} {words.unite}, {words.origine}. {words.mot}.")
