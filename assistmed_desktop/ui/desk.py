"""Between the workspace and the pages: one state shown, operations handed on, refusals put into words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from assistmed_desktop.domain.cabinet import Medecin
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.fautes import DossierInvalide
from assistmed_desktop.rules.resultats import Evaluation, EvaluationContrat
from assistmed_desktop.services.ports import ErreurDepot
from assistmed_desktop.services.workspace import Operation
from assistmed_desktop.ui.ports import OpenPractice
from assistmed_desktop.ui.typography import soigner

if TYPE_CHECKING:
    from assistmed_desktop.rules.analyse import Analyse


@dataclass(frozen=True)
class State:
    """What the pages show: a practice, its evaluation, and whom the user is looking at.

    ``analyses`` come later than the evaluation, by id of contract; until then they are those of the evaluation before.
    """

    dossier: Dossier
    evaluation: Evaluation
    contrat_id: str | None
    medecin_id: str | None
    analyses: Mapping[str, Analyse] = field(default_factory=dict)

    @property
    def contrat(self) -> EvaluationContrat | None:
        """The contract looked at; None for all of them, or when there is none."""
        return next((c for c in self.evaluation.contrats if c.id == self.contrat_id), None)

    @property
    def medecin(self) -> Medecin | None:
        """The doctor looked at."""
        return next((m for m in self.dossier.medecins if m.id == self.medecin_id), None)

    @property
    def contrat_du_medecin(self) -> EvaluationContrat | None:
        """The contract to judge the doctor's readings by: the one looked at, else the one begun last."""
        siens = [c for c in self.evaluation.contrats if self.medecin_id in c.medecins]
        looked_at = next((c for c in siens if c.id == self.contrat_id), None)
        return looked_at or max(siens, key=lambda c: c.contrat.debut_le, default=None)

    def looking_at_contrat(self, contrat_id: str | None) -> State:
        """Look at another contract, and at one of its doctors."""
        ids = [c.id for c in self.evaluation.contrats]
        if contrat_id not in ids:
            contrat_id = ids[0] if len(ids) == 1 else None
        medecins = next((c.medecins for c in self.evaluation.contrats if c.id == contrat_id), ())
        known = [m.id for m in self.dossier.medecins]
        candidates = [self.medecin_id, *medecins] if self.medecin_id in medecins or not medecins else [*medecins]
        chosen = next((ident for ident in (*candidates, *known) if ident in known), None)
        return replace(self, contrat_id=contrat_id, medecin_id=chosen)

    def looking_at_medecin(self, medecin_id: str) -> State:
        """Look at another doctor, and with him at his contract."""
        seul = replace(self, medecin_id=medecin_id)
        contrat = seul.contrat_du_medecin
        if contrat is None or self.contrat_id is None:
            return seul
        return replace(seul, contrat_id=contrat.id)


@dataclass(frozen=True)
class Steps:
    """What can be undone and redone, and when the practice was last saved."""

    annulable: str | None = None
    retablissable: str | None = None
    enregistre_le: datetime | None = None


class Desk(QObject):
    """Holds the open practice and publishes its state. ``None`` is an empty practice."""

    state_changed = Signal(object)
    analyses_changed = Signal(object)
    steps_changed = Signal(object)
    refused = Signal(str, str, object)
    """A title, a text, and the faults when the change has some."""

    def __init__(self, practice: OpenPractice, evaluation: Evaluation | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.practice = practice
        self._state: State | None = None
        self._analysed: Evaluation | None = None
        self._unsubscribe = practice.workspace.abonner(self._on_dossier)
        self._set(practice.workspace.dossier, evaluation)

    @property
    def state(self) -> State | None:
        """The state now shown."""
        return self._state

    @property
    def steps(self) -> Steps:
        """What can be undone and redone now."""
        workspace = self.practice.workspace
        return Steps(workspace.nom_annulable, workspace.nom_retablissable, workspace.enregistre_le)

    def apply(self, operation: Operation) -> bool:
        """Hand an operation on; say whether it was taken."""
        return self._attempt(lambda: self.practice.workspace.appliquer(operation))

    def undo(self) -> bool:
        """Take back the last step."""
        return self._attempt(self.practice.workspace.annuler)

    def redo(self) -> bool:
        """Take the last undone step again."""
        return self._attempt(self.practice.workspace.retablir)

    def look_at_contrat(self, contrat_id: str | None) -> None:
        """Look at another contract; None is all of them."""
        if self._state is not None:
            self._publish(self._state.looking_at_contrat(contrat_id))

    def look_at_medecin(self, medecin_id: str) -> None:
        """Look at another doctor."""
        if self._state is not None:
            self._publish(self._state.looking_at_medecin(medecin_id))

    def begin_analysis(self) -> State | None:
        """Give the state to analyse; None when its evaluation was given already."""
        state = self._state
        if state is None or state.evaluation is self._analysed:
            return None
        self._analysed = state.evaluation
        return state

    def take_analyses(self, evaluation: Evaluation, analyses: Mapping[str, Analyse]) -> None:
        """Take the analyses of an evaluation, unless there is a newer one by now."""
        if self._state is not None and self._state.evaluation is evaluation:
            self._state = replace(self._state, analyses=analyses)
            self.analyses_changed.emit(self._state)

    def follow_the_day(self) -> None:
        """Evaluate again when the day has changed since."""
        if self._state is not None and self._state.evaluation.au != self.practice.horloge.aujourdhui():
            self._on_dossier(self._state.dossier)

    def close(self) -> None:
        """Let go of the practice."""
        self._state = None
        self._unsubscribe()
        self.practice.fermer()

    def _attempt(self, step: Callable[[], None]) -> bool:
        try:
            step()
        except DossierInvalide as refusal:
            lignes = "\n".join(soigner(faute.message) for faute in refusal.fautes)
            self.refused.emit("Cette modification n’est pas possible", lignes, refusal.fautes)
            return False
        except ErreurDepot as failure:
            self.refused.emit(
                "Le cabinet n’a pas pu être enregistré",
                f"{soigner(str(failure))}\n\nVotre dernière modification n’a pas été prise en compte ; "
                "tout ce qui précède est conservé.",
                (),
            )
            return False
        self.steps_changed.emit(self.steps)
        return True

    def _on_dossier(self, dossier: Dossier | None) -> None:
        self._set(dossier, None if dossier is None else self.practice.evaluer_dossier(dossier))
        self.state_changed.emit(self._state)

    def _set(self, dossier: Dossier | None, evaluation: Evaluation | None) -> None:
        if dossier is None or evaluation is None:
            self._state = None
            return
        before = self._state
        chosen = (before.contrat_id, before.medecin_id) if before else (None, None)
        known = before.analyses if before and before.dossier.contrats == dossier.contrats else {}
        self._state = State(dossier, evaluation, *chosen, known).looking_at_contrat(chosen[0])

    def _publish(self, state: State) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
