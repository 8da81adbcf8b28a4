"""From values to places: round ticks, days and counts on their axes."""

from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

INTERVALLES = 5


@dataclass(frozen=True, slots=True)
class EchelleValeurs:
    """A vertical axis from one round value to another."""

    bas: int
    haut: int
    pas: int
    y0: float
    y1: float

    @property
    def reperes(self) -> range:
        """The values of the ticks, multiples of the step within the axis."""
        return range(-(-self.bas // self.pas) * self.pas, self.haut + 1, self.pas)

    def y(self, valeur: float) -> float:
        """Place a value, kept within the axis."""
        part = (min(max(valeur, self.bas), self.haut) - self.bas) / (self.haut - self.bas)
        return self.y0 + part * (self.y1 - self.y0)


def pas_rond(etendue: float, intervalles: int = INTERVALLES) -> int:
    """Give the smallest of 1, 2, 5, 10, 20, 50… that covers a span in so many intervals."""
    brut = max(1.0, etendue / intervalles)
    puissance = int(10 ** floor(log10(brut)))
    return next((m * puissance for m in (1, 2, 5) if m * puissance >= brut), 10 * puissance)


def bornes(mini: float, maxi: float) -> tuple[int, int, int]:
    """Give a range around values, rounded to half a tick and never under zero, and its tick."""
    if maxi - mini < max(4.0, maxi * 0.01):
        milieu = (mini + maxi) / 2
        demi = max(2.0, milieu * 0.02)
        mini, maxi = max(0.0, milieu - demi), milieu + demi
    pas = pas_rond(maxi - mini)
    demi_pas = pas // 2 or 1
    return floor(mini / demi_pas) * demi_pas, ceil(maxi / demi_pas) * demi_pas, pas


@dataclass(frozen=True, slots=True)
class EchelleJours:
    """A horizontal axis over a period."""

    debut: date
    fin: date
    x0: float
    x1: float

    def x(self, jour: date) -> float:
        """Place a day, kept within the axis."""
        total = max(1, (self.fin - self.debut).days)
        ecoule = min(max((jour - self.debut).days, 0), total)
        return self.x0 + ecoule / total * (self.x1 - self.x0)

    def contient(self, jour: date) -> bool:
        """Whether the axis shows a day."""
        return self.debut <= jour <= self.fin
