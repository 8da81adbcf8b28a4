"""What a report issued can be compared to: that of today, and the others of its contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from assistmed_desktop.services.ports import ErreurDepot
from assistmed_desktop.services.rapports import Demande, RapportEmis, genre_de
from assistmed_desktop.ui.dialogs.report_comparison import ReportComparisonDialog
from assistmed_desktop.ui.pages.issued import Row, comme_autre
from assistmed_desktop.ui.report_comparing import comparing
from assistmed_desktop.ui.report_making import compare, older_first
from assistmed_desktop.ui.typography import soigner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistmed_desktop.services.comparaison_rapports import Comparaison
    from assistmed_desktop.ui.desk import State
    from assistmed_desktop.ui.pages.page import Tools

_OTHERS: Final = 15
"""How many reports the menu offers."""


class CompareMenu(QMenu):
    """Opens the comparison chosen beside the window; ``told`` is a sentence when it cannot be made."""

    told = Signal(str)

    def __init__(self, parent: QWidget, tools: Tools) -> None:
        super().__init__(parent)
        self._button, self._tools = parent, tools

    def offer(self, state: State, row: Row | None, rows: Sequence[Row]) -> None:
        """Offer what a report can be compared to."""
        self.clear()
        if row is None:
            return
        emis = row.emis
        demande = Demande(genre_de(emis.genre).cle, emis.contrat, state.evaluation.au)
        today = self.addAction("Au rapport du jour")
        today.setEnabled(any(contrat.id == emis.contrat for contrat in state.dossier.contrats))
        today.triggered.connect(lambda: self.compare(state, emis, demande))
        others = [r.emis for r in rows if r.emis.contrat == emis.contrat and r.emis.garde and r.emis != emis]
        for other in others[:_OTHERS]:
            action = self.addAction(comme_autre(other))
            action.triggered.connect(lambda _checked=False, other=other: self.compare(state, emis, other))

    def compare(self, state: State, emis: RapportEmis, other: RapportEmis | Demande) -> None:
        """Say what has changed between a report and another."""
        tools = self._tools
        practice, (before, after) = tools.practice(), older_first(emis, other)

        def done(found: Comparaison | None) -> None:
            ReportComparisonDialog(self._button.window(), comparing(before, after, found)).show()

        def failed(error: Exception) -> None:
            if not isinstance(error, ErreurDepot | OSError):
                raise error
            self.told.emit(soigner(str(error)))

        tools.worker.run(lambda: compare(tools.backend, practice, state.dossier, before, after), done, failed)
