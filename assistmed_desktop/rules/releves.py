"""Which readings count, on which day, and from which source (dossier-v1, "What evaluating means")."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from assistmed_desktop.rules.resultats import Point

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from assistmed_desktop.domain.contrat import Indicateur
    from assistmed_desktop.domain.suivi import Releve, SourceReleve

AUTHENTIFIEES: frozenset[SourceReleve] = frozenset({"cpam", "amelipro"})
ECART_NOTABLE = Fraction(2, 100)
ECART_JOURS = 31


def points(releves: Iterable[Releve], indicateur: Indicateur, du: date, au: date) -> list[Point]:
    """Give one doctor's readings of an indicator from ``du`` to ``au``, in order of date, then of entry."""
    gardes = [
        Point(releve.date, valeur, releve.source)
        for releve in releves
        if du <= releve.date <= au and (valeur := getattr(releve, indicateur)) is not None
    ]
    return sorted(gardes, key=lambda point: point.date)


def retenu(siens: Sequence[Point]) -> Point | None:
    """Choose the value that counts: the latest of the CPAM or amelipro, failing one the latest of the software."""
    for sources in (AUTHENTIFIEES, frozenset({"logiciel"})):
        for point in reversed(siens):
            if point.source in sources:
                return point
    return None


def serie_de_tendance(siens: Sequence[Point]) -> list[Point]:
    """Give the readings the trend rests on, a date once: the authoritative ones where there are four, else all.

    Of two readings of one date the authoritative one counts, and of two of the same rank the one entered last.
    """
    authentifies = {point.date: point for point in siens if point.source in AUTHENTIFIEES}
    if len(authentifies) >= 4:  # noqa: PLR2004 - "where there are four", says dossier-v1
        return list(authentifies.values())
    logiciel = {point.date: point for point in siens if point.source == "logiciel"}
    return sorted((logiciel | authentifies).values(), key=lambda point: point.date)


def somme(par_medecin: Sequence[Sequence[Point]]) -> list[Point]:
    """Sum the readings of the doctors of a collective contract, at each date on which one of them was read.

    A point is there once every doctor has a value that counts; it bears the oldest of their dates, and the weakest of
    their sources.
    """
    tous = tuple(range(len(par_medecin)))
    return [point for point, _ in sommes(par_medecin, lambda _: tous)]


def sommes(
    par_medecin: Sequence[Sequence[Point]], presents: Callable[[date], Sequence[int]]
) -> list[tuple[Point, date]]:
    """Sum the readings of the doctors who belong at each date (their ranks, by ``presents``), and say that date.

    A point is there once each of those has a value that counts. Of two that bear one date the one summed last stays.
    """
    lus = sorted(
        ((point.date, rang, point) for rang, siens in enumerate(par_medecin) for point in siens),
        key=lambda lu: lu[0],
    )
    retenus: list[Point | None] = [None] * len(par_medecin)
    totaux: dict[date, tuple[Point, date]] = {}
    for jour, du_jour in groupby(lus, key=lambda lu: lu[0]):
        for _, rang, point in du_jour:
            avant = retenus[rang]
            retenus[rang] = retenu([point] if avant is None else [avant, point])
        rangs = presents(jour)
        siens = [celui for rang in rangs if (celui := retenus[rang]) is not None]
        if siens and len(siens) == len(rangs):
            total = total_du_groupe(siens)
            totaux[total.date] = (total, jour)
    return [totaux[jour] for jour in sorted(totaux)]


def total_du_groupe(retenus: Sequence[Point]) -> Point:
    """Sum the values that count of the doctors of a group: the oldest of their dates, the weakest of their sources."""
    faible = min(retenus, key=lambda point: (point.source in AUTHENTIFIEES, point.date))
    return Point(min(point.date for point in retenus), sum(point.valeur for point in retenus), faible.source)


@dataclass(frozen=True, slots=True)
class EcartSources:
    """A reading of the practice's software far from the authoritative one nearest in date."""

    logiciel: Point
    authentifie: Point

    @property
    def taux(self) -> Fraction:
        """The gap, relative to the authoritative count, signed."""
        return Fraction(self.logiciel.valeur - self.authentifie.valeur, self.authentifie.valeur or 1)


def _notable(logiciel: Point, authentifie: Point) -> bool:
    """Say whether two counts are more than 2 % apart, in whole numbers, which fractions are slower than."""
    ecart = abs(logiciel.valeur - authentifie.valeur)
    return ecart * ECART_NOTABLE.denominator > (authentifie.valeur or 1) * ECART_NOTABLE.numerator


def ecarts_entre_sources(siens: Sequence[Point]) -> list[EcartSources]:
    """List the gaps of more than 2 % between a software reading and an authoritative one less than 31 days apart.

    Of two readings of one date and rank, the one entered last alone is compared.
    """
    authentifies = list({point.date: point for point in siens if point.source in AUTHENTIFIEES}.values())
    logiciel = {point.date: point for point in siens if point.source == "logiciel"}.values()
    jours = [point.date for point in authentifies]
    fenetre = timedelta(days=ECART_JOURS - 1)
    ecarts = []
    for point in logiciel:
        proches = authentifies[bisect_left(jours, point.date - fenetre) : bisect_right(jours, point.date + fenetre)]
        notables = [autre for autre in proches if _notable(point, autre)]
        if notables:
            plus_proche = min(notables, key=lambda autre: abs((autre.date - point.date).days))
            ecarts.append(EcartSources(point, plus_proche))
    return ecarts
