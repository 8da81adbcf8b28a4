"""What the assistants of a contract did for it, apart from what they did for others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR, en_cours
from assistmed_desktop.rules.adhesions import fin_du_contrat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assistmed_desktop.domain.assistant import Absence, Affectation, Assistant, Mission, Observation
    from assistmed_desktop.domain.calendrier import Periode
    from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel
    from assistmed_desktop.domain.dossier import Dossier


class Services:
    """The assistants ever allocated to a contract, and of each the facts that its rules read on a day."""

    def __init__(self, signe: ContratIndividuel | ContratCollectif, dossier: Dossier, au: date) -> None:
        self.assistants = tuple(a for a in dossier.assistants if any(f.contrat == signe.id for f in a.affectations))
        self._signe, self._au = signe, au
        self._fin = fin_du_contrat(signe)
        self._par_id = {assistant.id: assistant for assistant in self.assistants}
        self._contrats = {contrat.id: contrat for contrat in dossier.contrats}

    def connait(self, assistant: str) -> bool:
        """Say whether an assistant serves the contract, or served it."""
        return assistant in self._par_id

    def affectations(self, assistant: Assistant) -> tuple[Affectation, ...]:
        """Give the allocations to the contract, those that share its days, and those that came before."""
        return tuple(
            f
            for f in assistant.affectations
            if f.contrat == self._signe.id
            or f.du < self._signe.debut_le
            or self.reprend(assistant, f)
            or self._pendant(f, assistant, self._signe.debut_le, min(self._au, self._fin))
        )

    def reprend(self, assistant: Assistant, affectation: Affectation) -> bool:
        """Say whether an allocation is to an earlier contract, that an assistant comes from."""
        arrivee = max(self._signe.debut_le, min(f.du for f in self._siennes(assistant)))
        return affectation.du < arrivee and self._contrats[affectation.contrat].debut_le < self._signe.debut_le

    def absences(self, assistant: Assistant) -> tuple[Absence, ...]:
        """Give the absences during the contract, with those that follow each other, which count as one.

        One to come is told only if nobody takes the place.
        """
        connues = [a for a in assistant.absences if a.du <= self._au or not (a.remplacement or a.conges)]
        gardees = [
            absence
            for suite in _suites(connues)
            if any(self._pendant(a, assistant, self._signe.debut_le, self._fin) for a in suite)
            for absence in suite
        ]
        return tuple(a for a in assistant.absences if a in gardees)

    def mission(self, mission: Mission) -> bool:
        """Say whether a task was entrusted, by the day, to an assistant who then served the contract."""
        assistant = self._par_id.get(mission.assistant)
        depuis = min(self._signe.debut_le, self._au)
        return assistant is not None and self._pendant(mission, assistant, depuis, self._au)

    def observation(self, observation: Observation) -> bool:
        """Say whether a day was counted during the contract, of an assistant who then served it."""
        assistant = self._par_id.get(observation.assistant)
        return (
            assistant is not None
            and self._signe.debut_le <= observation.date <= min(self._au, self._fin)
            and any(en_cours(f, observation.date) for f in self._siennes(assistant))
        )

    def _siennes(self, assistant: Assistant) -> Iterator[Affectation]:
        return (f for f in assistant.affectations if f.contrat == self._signe.id)

    def _pendant(self, periode: Periode, assistant: Assistant, du: date, au: date) -> bool:
        """Say whether a period has a day, between two, on which an assistant is allocated to the contract."""
        return any(
            max(f.du, periode.du, du) <= min(fin for fin in (au, f.au, periode.au) if fin is not None)
            for f in self._siennes(assistant)
        )


def _suites(absences: Iterable[Absence]) -> Iterator[list[Absence]]:
    """Part absences, which share no day, into those that follow each other day after day."""
    suite: list[Absence] = []
    for absence in sorted(absences, key=lambda a: a.du):
        if suite and (suite[-1].au is None or suite[-1].au + UN_JOUR != absence.du):
            yield suite
            suite = []
        suite.append(absence)
    if suite:
        yield suite
