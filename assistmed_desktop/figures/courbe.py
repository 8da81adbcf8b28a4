"""What the chart of an indicator shows, as values: from an evaluation to a curve, and the curve told in words."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assistmed_desktop.domain.contrat import Indicateur
from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES
from assistmed_desktop.formats import compte, decimal_arrondi, enumeration, jour_court, jour_long, nombre, periode
from assistmed_desktop.rules.resultats import (
    EvaluationContrat,
    EvaluationIndicateur,
    PeriodeSuspendue,
    Point,
    Projection,
)

FAISANT_FOI = ("cpam", "amelipro")
"""The sources joined by the solid line."""


@dataclass(frozen=True, slots=True)
class Courbe:
    """One indicator over the whole life of its contract. What came from the day ``depuis`` on is set off, if given."""

    indicateur: Indicateur
    debut: date
    fin: date
    au: date
    evaluation_initiale: date
    evaluation: date
    reference: int
    objectif: int | None
    attendu: Fraction | None
    retenu: Point | None
    points: tuple[Point, ...]
    trajectoire: tuple[tuple[date, Fraction], ...]
    suspensions: tuple[PeriodeSuspendue, ...]
    projection: Projection | None
    depuis: date | None = None

    @property
    def titre(self) -> str:
        """The indicator's French name."""
        return INDICATEURS[self.indicateur]

    @property
    def evaluation_reportee(self) -> bool:
        """Whether suspensions have moved the day attainment is judged."""
        return self.evaluation != self.evaluation_initiale


def courbe(contrat: EvaluationContrat, indicateur: Indicateur, depuis: date | None = None) -> Courbe:
    """Gather what the chart of one indicator of a contract shows."""
    evalue: EvaluationIndicateur = getattr(contrat, indicateur)
    retenu = None
    if evalue.valeur is not None and evalue.date is not None and evalue.source is not None:
        retenu = Point(evalue.date, evalue.valeur, evalue.source)
    return Courbe(
        indicateur=indicateur,
        debut=contrat.contrat.debut_le,
        fin=contrat.fin_le,
        au=contrat.au,
        evaluation_initiale=contrat.evaluation_initiale_le,
        evaluation=contrat.evaluation_le,
        reference=evalue.reference,
        objectif=evalue.objectif,
        attendu=evalue.attendu,
        retenu=retenu,
        points=tuple(sorted(evalue.points, key=lambda point: point.date)),
        trajectoire=evalue.trajectoire,
        suspensions=tuple(s for s in contrat.suspensions if s.jours),
        projection=_a_venir(evalue.projection, contrat.au),
        depuis=depuis,
    )


def _a_venir(projection: Projection | None, au: date) -> Projection | None:
    """Keep a projection while the day it leads to lies ahead."""
    return projection if projection is not None and projection.date > au else None


def texte_alternatif(courbe: Courbe) -> str:
    """Say in a French paragraph what the curve shows, for those who do not see it."""
    phrases = [
        f"{courbe.titre} du {jour_long(courbe.debut)} au {jour_long(courbe.fin)}, situation au {jour_long(courbe.au)}.",
        _reperes(courbe),
        _releves(courbe),
    ]
    if courbe.attendu is not None and courbe.retenu is not None:
        phrases.append(f"Le rythme prévu donnait {nombre(courbe.attendu)} à cette date.")
    if courbe.suspensions:
        periodes = enumeration([periode(s.du, None if s.ouverte else s.au) for s in courbe.suspensions])
        phrases.append(f"Contrat suspendu {periodes}.")
    if courbe.depuis is not None:
        phrases.append(f"Mis en valeur : {periode(courbe.depuis, courbe.au)}.")
    report = f", reportée du {jour_long(courbe.evaluation_initiale)}" if courbe.evaluation_reportee else ""
    phrases.append(f"Évaluation le {jour_long(courbe.evaluation)}{report}.")
    if courbe.projection is not None:
        prevu = courbe.projection
        arrivee = compte(int(decimal_arrondi(prevu.valeur, 0)), "patient")
        phrases.append(
            f"La tendance mène à {arrivee} le {jour_long(prevu.date)}, "
            f"entre {nombre(prevu.bas)} et {nombre(prevu.haut)}."
        )
    return " ".join(phrases)


def _reperes(courbe: Courbe) -> str:
    if courbe.objectif is None:
        return f"Référence {nombre(courbe.reference)}, objectif inconnu."
    return f"Référence {nombre(courbe.reference)}, objectif {nombre(courbe.objectif)}."


def _releves(courbe: Courbe) -> str:
    if not courbe.points:
        return "Aucune valeur."
    debut, fin = courbe.points[0], courbe.points[-1]
    if len(courbe.points) == 1:
        etendue = f"Un relevé, le {jour_long(debut.date)} : {compte(debut.valeur, 'patient')}"
    else:
        etendue = (
            f"{nombre(len(courbe.points))} relevés, de {nombre(debut.valeur)} le {jour_long(debut.date)} "
            f"à {nombre(fin.valeur)} le {jour_long(fin.date)}"
        )
    if courbe.retenu is None:
        return f"{etendue} ; aucun n'est retenu."
    return (
        f"{etendue} ; retenu : {compte(courbe.retenu.valeur, 'patient')} le {jour_court(courbe.retenu.date)} "
        f"({SOURCES[courbe.retenu.source]})."
    )
