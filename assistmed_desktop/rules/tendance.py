"""The robust trend of a series of readings: Theil–Sen slope, with Sen's interval.

P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 63 (1968): the slope is the median of
the slopes of all pairs; the interval takes the pairs at the ranks that Kendall's variance gives. The line passes where
it leaves as many readings above as below.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from statistics import NormalDist, median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

RELEVES_MINIMAUX = 4
_QUANTILE = NormalDist().inv_cdf(0.95)


@dataclass(frozen=True, slots=True)
class Tendance:
    """A line through points: ``jours`` (day numbers), ``valeurs``, and its slopes in units a day."""

    jours: tuple[int, ...]
    valeurs: tuple[int, ...]
    pente: float
    pente_bas: float
    pente_haut: float

    def valeur(self, jour: int) -> float:
        """Carry the line to a day."""
        return self._porter(self.pente, jour)

    def intervalle(self, jour: int) -> tuple[float, float]:
        """Carry the interval's two slopes to a day, lower value first, the line's own within them."""
        valeurs = (self._porter(self.pente_bas, jour), self._porter(self.pente_haut, jour), self.valeur(jour))
        return min(valeurs), max(valeurs)

    def _porter(self, pente: float, jour: int) -> float:
        return median(valeur + pente * (jour - x) for x, valeur in zip(self.jours, self.valeurs, strict=True))


def porter(jours: Sequence[int], valeurs: Sequence[int], jour: int) -> tuple[float, float] | None:
    """Carry the line of a series to a day, and give the median distance of the points to it; None under four points."""
    if len(jours) < RELEVES_MINIMAUX:
        return None
    pente = median(_pentes(jours, valeurs))
    portes = [valeur + pente * (jour - x) for x, valeur in zip(jours, valeurs, strict=True)]
    ligne = median(portes)
    return ligne, median([abs(porte - ligne) for porte in portes])


def tendance(jours: Sequence[int], valeurs: Sequence[int]) -> Tendance | None:
    """Fit the trend of a series in order of day, each day once; None under four points."""
    if len(jours) < RELEVES_MINIMAUX:
        return None
    return tendance_des_pentes(jours, valeurs, sorted(_pentes(jours, valeurs)))


def tendance_des_pentes(jours: Sequence[int], valeurs: Sequence[int], triees: Sequence[float]) -> Tendance:
    """Fit the trend of a series of four points at least, the slopes of all its pairs given in rising order."""
    etendue = _QUANTILE * sqrt(_variance_de_kendall(valeurs))
    nombre = len(triees)
    bas = max(round((nombre - etendue) / 2) - 1, 0)
    haut = min(round((nombre + etendue) / 2), nombre - 1)
    mediane = (triees[(nombre - 1) // 2] + triees[nombre // 2]) / 2
    return Tendance(tuple(jours), tuple(valeurs), mediane, triees[bas], triees[haut])


def _pentes(jours: Sequence[int], valeurs: Sequence[int]) -> list[float]:
    """Give the slopes of all pairs, in units a day."""
    points = list(zip(jours, valeurs, strict=True))
    return [(y - v) / (x - j) for (j, v), (x, y) in combinations(points, 2)]


def _variance_de_kendall(valeurs: Sequence[int]) -> float:
    """Give the variance of Kendall's S for days all different, corrected for equal values."""
    n = len(valeurs)
    egales = sum(k * (k - 1) * (2 * k + 5) for k in Counter(valeurs).values())
    return (n * (n - 1) * (2 * n + 5) - egales) / 18
