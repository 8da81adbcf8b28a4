"""The analyses of a practice, off the GUI thread, one contract at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistmed_desktop.rules.analyse import Analyse
    from assistmed_desktop.ui.desk import Desk, State
    from assistmed_desktop.ui.work import Worker


def analyse(desk: Desk, worker: Worker) -> None:
    """Analyse what the desk shows when it has not been yet, the contract looked at first.

    Each contract is a task of its own: a chart asked for meanwhile is drawn between two, and what is left of an
    evaluation that a newer one has replaced is not done.
    """
    state = desk.begin_analysis()
    if state is not None:
        _Analysing(desk, worker, state).go_on()


class _Analysing:
    """The analysis of one evaluation: the contracts left, and the analyses there are."""

    def __init__(self, desk: Desk, worker: Worker, state: State) -> None:
        self._desk, self._worker, self._state = desk, worker, state
        self._left = sorted(state.evaluation.contrats, key=lambda contrat: contrat.id == state.contrat_id)
        self._analyses: dict[str, Analyse] = {}

    def go_on(self) -> None:
        state, practice = self._state, self._desk.practice
        present = self._desk.state
        if present is None or present.evaluation is not state.evaluation:
            return
        if not self._left:
            self._desk.take_analyses(state.evaluation, self._analyses)
            return
        contrat = self._left[-1]
        self._worker.run(lambda: practice.analyser(state.dossier, contrat), self._done, _raise)

    def _done(self, analysis: Analyse) -> None:
        self._analyses[self._left.pop().id] = analysis
        self.go_on()


def _raise(error: Exception) -> None:
    raise error
