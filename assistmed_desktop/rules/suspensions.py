"""The days of a contract: suspended ones, the moved evaluation, and the expected path between them (dossier-v1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR
from assistmed_desktop.rules.resultats import PeriodeSuspendue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistmed_desktop.domain.contrat import Suspension


def periodes_suspendues(suspensions: Iterable[Suspension], au: date) -> tuple[PeriodeSuspendue, ...]:
    """Give the suspensions in order of date; one without an end runs to ``au``."""
    return tuple(
        PeriodeSuspendue(s.du, au if s.au is None else s.au, s.au is None)
        for s in sorted(suspensions, key=lambda s: s.du)
    )


def evaluation_deplacee(evaluation_le: date, suspensions: Iterable[PeriodeSuspendue]) -> date:
    """Move the evaluation by all the days of each suspension that begins on or before it, as moved so far."""
    for suspension in suspensions:
        if suspension.du <= evaluation_le:
            evaluation_le += timedelta(days=suspension.jours)
    return evaluation_le


@dataclass(frozen=True, slots=True)
class Parcours:
    """The days between the start of a contract and its moved evaluation, suspended ones set apart."""

    debut: date
    evaluation_le: date
    suspensions: tuple[PeriodeSuspendue, ...]

    def jours_suspendus(self, jour: date) -> int:
        """Count the suspended days up to and including a day."""
        return sum(max(0, (min(s.au, jour) - s.du).days + 1) for s in self.suspensions)

    def jours_nets(self, jour: date) -> int:
        """Count the days from the start to a day, less the suspended ones; zero before the start."""
        return max(0, (jour - self.debut).days - self.jours_suspendus(jour))

    def attendu(self, reference: int, objectif: int, jour: date) -> Fraction:
        """Give the count expected on a day, in patients: the part of the way done by then, within 0 and 1."""
        total = self.jours_nets(self.evaluation_le)
        ecoules = min(self.jours_nets(jour), total)
        return Fraction(reference * total + (objectif - reference) * ecoules, total)

    def trajectoire(self, reference: int, objectif: int) -> tuple[tuple[date, Fraction], ...]:
        """Give the corners of the expected path, flat while the contract is suspended."""
        jours = {self.debut, self.evaluation_le}
        for suspension in self.suspensions:
            jours |= {max(self.debut, suspension.du - UN_JOUR), suspension.au}
        return tuple(
            (jour, self.attendu(reference, objectif, jour)) for jour in sorted(jours) if jour <= self.evaluation_le
        )
