"""A contract year by year: what each indicator was at the end of the year, and the days that the post was staffed.

The counts are those of ``rules.rythme`` on the last day of the year, the working days those of ``rules.presence``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR, anniversaire, se_croisent
from assistmed_desktop.domain.contrat import ContratCollectif
from assistmed_desktop.rules.presence import jours_pourvus
from assistmed_desktop.rules.releves import retenu
from assistmed_desktop.rules.resultats import Point

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from assistmed_desktop.domain.contrat import Indicateur
    from assistmed_desktop.rules.analyse import Analyse
    from assistmed_desktop.rules.resultats import EvaluationContrat
    from assistmed_desktop.rules.rythme import MoisRythme

Jour = date


@dataclass(frozen=True, slots=True)
class FinDAnnee:
    """An indicator on the last day of a contract year, or on the day. ``attendu`` is what was expected at its reading.

    ``gain`` is counted from the end of the year before, the first from the reference; None where no reading of the
    year tells, and for a group that doctors joined or left: its counts do not compare from one year to the next.
    """

    point: Point | None
    attendu: Fraction | None
    gain: int | None


@dataclass(frozen=True, slots=True)
class AnneeDeContrat:
    """A contract year that has begun, up to the day. ``finie`` when its last day has passed."""

    annee: int
    du: Jour
    au: Jour
    finie: bool
    indicateurs: dict[Indicateur, FinDAnnee]
    jours_requis: int
    jours_pourvus: int
    jours_suspendus: int


def annees(contrat: EvaluationContrat, analyse: Analyse, departement: str) -> tuple[AnneeDeContrat, ...]:
    """Give the years of a contract that have begun by the day, the last one as far as it has come."""
    return tuple(_annees(contrat, analyse, departement))


def _annees(contrat: EvaluationContrat, analyse: Analyse, departement: str) -> Iterator[AnneeDeContrat]:
    signe = contrat.contrat
    derniers: dict[Indicateur, int | None] = {i.indicateur: i.reference for i in contrat.indicateurs}
    for rang in range(signe.duree_ans):
        du = anniversaire(signe.debut_le, rang)
        fin = min(anniversaire(signe.debut_le, rang + 1) - UN_JOUR, contrat.fin_le)
        if du > min(contrat.au, contrat.fin_le):
            return
        au = min(fin, contrat.au)
        mesures = {cle: _fin_d_annee(contrat, analyse, cle, (du, au), derniers[cle]) for cle in derniers}
        derniers = {cle: None if m.point is None else m.point.valeur for cle, m in mesures.items()}
        requis, pourvus = jours_pourvus(analyse.presence, departement, du, au)
        suspendus = sum(
            (min(s.au, au) - max(s.du, du)).days + 1 for s in contrat.suspensions if se_croisent(s.du, s.au, du, au)
        )
        yield AnneeDeContrat(rang + 1, du, au, contrat.au >= fin, mesures, requis, pourvus, suspendus)


def _fin_d_annee(
    contrat: EvaluationContrat,
    analyse: Analyse,
    cle: Indicateur,
    annee: tuple[date, date],
    avant: int | None,
) -> FinDAnnee:
    du, au = annee
    (suivi,) = (sien for sien in analyse.rythme.indicateurs if sien.indicateur == cle)
    mois = next((mois for mois in suivi.mois if mois.le == au), None)
    point = _retenu(contrat, cle, au) if mois is None else _lu(mois)
    if point is None or point.date < du or avant is None or _change(contrat):
        return FinDAnnee(point, None if mois is None else mois.attendu, None)
    return FinDAnnee(point, None if mois is None else mois.attendu, point.valeur - avant)


def _lu(mois: MoisRythme) -> Point | None:
    if mois.valeur is None or mois.date is None or mois.source is None:
        return None
    return Point(mois.date, mois.valeur, mois.source)


def _retenu(contrat: EvaluationContrat, cle: Indicateur, au: date) -> Point | None:
    """Give the reading that counted on a day that the table of the months does not have: an end within a month."""
    (siens,) = (i.points for i in contrat.indicateurs if i.indicateur == cle)
    return retenu([point for point in siens if point.date <= au])


def _change(contrat: EvaluationContrat) -> bool:
    return isinstance(contrat.contrat, ContratCollectif) and bool(contrat.contrat.adhesions)
