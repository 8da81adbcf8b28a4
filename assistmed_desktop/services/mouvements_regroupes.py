"""The movements of a doctor by quarter at least, so that no paper tells in which month so few people died.

Movements are summed, never shared out. Two are summed only where the second begins the day after the first ends and
both lie on the same side of the bounds of the interval that the movements explain: the bridge from the reference to the
reading, its doubts and the days that nothing covers stay what they were. A movement that straddles a bound stays alone.
What is still shorter than three months has its deaths counted with the other exits.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from assistmed_desktop.domain.calendrier import UN_JOUR, ajouter_mois
from assistmed_desktop.domain.valeurs import COMPTE_MAX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from assistmed_desktop.domain.suivi import Mouvement

MOIS_AU_MOINS: Final = 3
_COMPTES: Final = ("entrees", "deces", "departs", "autres_sorties")


def regrouper(mouvements: Iterable[Mouvement], du: date, au: date) -> tuple[Mouvement, ...]:
    """Sum the movements of one doctor, around the days ``du`` to ``au`` that they explain, in order of date."""
    groupes = [groupe for suite in _suites(mouvements, du, au) for groupe in _allonger(_par_trimestre(suite))]
    return tuple(_taire(groupe) if trop_court(groupe) else groupe for groupe in groupes)


def trop_court(mouvement: Mouvement) -> bool:
    """Say whether a movement lasts less than three months."""
    return mouvement.au < ajouter_mois(mouvement.du, MOIS_AU_MOINS) - UN_JOUR


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a movement lies: before the interval, in it or after it; None astride a bound."""

    cote: int | None

    def suit(self, autre: _Place) -> bool:
        return self.cote is not None and self.cote == autre.cote


def _place(mouvement: Mouvement, du: date, au: date) -> _Place:
    if mouvement.au < du:
        return _Place(-1)
    if mouvement.du > au:
        return _Place(1)
    return _Place(0 if du <= mouvement.du and mouvement.au <= au else None)


def _suites(mouvements: Iterable[Mouvement], du: date, au: date) -> Iterator[list[Mouvement]]:
    """Part the movements into those that follow each other day after day, on one side of the bounds."""
    suite: list[Mouvement] = []
    for mouvement in sorted(mouvements, key=lambda m: m.du):
        contigu = bool(suite) and suite[-1].au + UN_JOUR == mouvement.du
        if suite and not (contigu and _place(mouvement, du, au).suit(_place(suite[-1], du, au))):
            yield suite
            suite = []
        suite.append(mouvement)
    if suite:
        yield suite


def _par_trimestre(suite: Iterable[Mouvement]) -> Iterator[Mouvement]:
    """Sum the short movements by the calendar quarter of their first day."""
    for _, siens in groupby(suite, key=_cle):
        yield _somme(list(siens))


def _cle(mouvement: Mouvement) -> tuple[date, bool]:
    """Tell the quarters apart, and each long movement from all others: it stays as it was entered."""
    if not trop_court(mouvement):
        return mouvement.du, True
    return mouvement.du.replace(month=(mouvement.du.month - 1) // 3 * 3 + 1, day=1), False


def _allonger(groupes: Iterable[Mouvement]) -> list[Mouvement]:
    """Join to its neighbour a sum that is too short: to the one that follows, the last to the one before."""
    longs: list[Mouvement] = []
    for groupe in groupes:
        if longs and trop_court(longs[-1]):
            longs[-1] = _somme([longs[-1], groupe])
        else:
            longs.append(groupe)
    if len(longs) > 1 and trop_court(longs[-1]):
        longs[-2:] = [_somme(longs[-2:])]
    return longs


def _somme(suite: list[Mouvement]) -> Mouvement:
    """Sum movements that follow each other; a count goes no further than a dossier may hold."""
    comptes = {cle: min(COMPTE_MAX, sum(getattr(m, cle) for m in suite)) for cle in _COMPTES}
    return suite[0].model_copy(update={"au": suite[-1].au, **comptes})


def _taire(mouvement: Mouvement) -> Mouvement:
    """Count the deaths with the other exits, of which there may be any number."""
    autres = min(COMPTE_MAX, mouvement.autres_sorties + mouvement.deces)
    return mouvement.model_copy(update={"deces": 0, "autres_sorties": autres})
