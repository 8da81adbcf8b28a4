"""Evaluate one indicator of one contract: value, expected count, status, monthly gain, projection (dossier-v1)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES
from assistmed_desktop.formats import compte, jour_court, nombre, pourcent
from assistmed_desktop.rules.releves import AUTHENTIFIEES, points, retenu, serie_de_tendance, somme, total_du_groupe
from assistmed_desktop.rules.resultats import (
    NON_PUBLIE,
    Etape,
    EvaluationIndicateur,
    Explication,
    Point,
    Projection,
    SourceLegale,
    StatutIndicateur,
)
from assistmed_desktop.rules.tendance import tendance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel, Indicateur
    from assistmed_desktop.domain.suivi import Releve
    from assistmed_desktop.rules.suspensions import Parcours

JOURS_PAR_MOIS = Fraction(304375, 10000)


@dataclass(frozen=True, slots=True)
class Engagement:
    """What the contract says of one indicator: its reference, its target, and whether it is required."""

    indicateur: Indicateur
    reference: int
    objectif: int | None
    requis: bool
    source: SourceLegale


@dataclass(frozen=True, slots=True)
class Mesure:
    """The readings of one indicator up to the day: the series per doctor, their total, and the value that counts."""

    par_medecin: tuple[tuple[Point, ...], ...]
    serie: tuple[Point, ...]
    valeur: Point | None


def mesurer(
    contrat: ContratIndividuel | ContratCollectif,
    releves: Mapping[str, Sequence[Releve]],
    indicateur: Indicateur,
    au: date,
) -> Mesure:
    """Gather the readings of a contract's doctors, from its start to the day."""
    par_medecin = [points(releves.get(m, ()), indicateur, contrat.debut_le, au) for m in contrat.medecins]
    if len(par_medecin) == 1:
        serie = par_medecin[0]
        valeur = retenu(serie)
    else:
        serie = somme(par_medecin)
        retenus = [point for siens in par_medecin if (point := retenu(siens)) is not None]
        valeur = total_du_groupe(retenus) if len(retenus) == len(par_medecin) else None
    return Mesure(tuple(tuple(siens) for siens in par_medecin), tuple(serie), valeur)


def evaluer_indicateur(engagement: Engagement, mesure: Mesure, parcours: Parcours, au: date) -> EvaluationIndicateur:
    """Evaluate one indicator on a day, from its reference, its target and its readings."""
    point, reference, objectif = mesure.valeur, engagement.reference, engagement.objectif
    attendu = None if point is None or objectif is None else parcours.attendu(reference, objectif, point.date)
    return EvaluationIndicateur(
        indicateur=engagement.indicateur,
        requis=engagement.requis,
        statut=_statut(point, reference, objectif, attendu),
        reference=reference,
        objectif=objectif,
        valeur=point.valeur if point else None,
        date=point.date if point else None,
        source=point.source if point else None,
        attendu=attendu,
        taux_atteinte=_taux(point, reference, objectif),
        gain_mensuel_requis=_gain_requis(point, objectif, parcours, au),
        gain_mensuel_realise=_gain_realise(point, reference, parcours),
        projection=_projection(mesure.serie, parcours.evaluation_le),
        points=mesure.serie,
        trajectoire=() if objectif is None else parcours.trajectoire(reference, objectif),
        explication=_expliquer(engagement, point, attendu, parcours, au),
    )


def _statut(point: Point | None, reference: int, objectif: int | None, attendu: Fraction | None) -> StatutIndicateur:
    if objectif is None:
        return "objectif_inconnu"
    if point is None or attendu is None:
        return "donnees_insuffisantes"
    if point.valeur >= objectif:
        return "atteint"
    if point.valeur < reference:
        return "sous_la_reference"
    return "en_bonne_voie" if point.valeur >= attendu else "en_retard"


def _taux(point: Point | None, reference: int, objectif: int | None) -> Fraction | None:
    if point is None or objectif is None or objectif == reference:
        return None
    return Fraction(point.valeur - reference, objectif - reference)


def _gain_requis(point: Point | None, objectif: int | None, parcours: Parcours, au: date) -> Fraction | None:
    if point is None or objectif is None:
        return None
    if point.valeur >= objectif:
        return Fraction(0)
    if au >= parcours.evaluation_le:
        return None
    return (objectif - point.valeur) * JOURS_PAR_MOIS / (parcours.evaluation_le - au).days


def _gain_realise(point: Point | None, reference: int, parcours: Parcours) -> Fraction | None:
    if point is None or not (jours := parcours.jours_nets(point.date)):
        return None
    return (point.valeur - reference) * JOURS_PAR_MOIS / jours


def _projection(serie: Sequence[Point], le: date) -> Projection | None:
    retenus = serie_de_tendance(serie)
    ligne = tendance([point.date.toordinal() for point in retenus], [point.valeur for point in retenus])
    if ligne is None:
        return None
    bas, haut = ligne.intervalle(le.toordinal())
    return Projection(
        date=le,
        valeur=ligne.valeur(le.toordinal()),
        bas=bas,
        haut=haut,
        pente=ligne.pente,
        pente_bas=ligne.pente_bas,
        pente_haut=ligne.pente_haut,
        debut=retenus[0].date,
        releves=len(retenus),
        authentifiee=all(point.source in AUTHENTIFIEES for point in retenus),
    )


def _expliquer(
    engagement: Engagement, point: Point | None, attendu: Fraction | None, parcours: Parcours, au: date
) -> Explication:
    reference, objectif = engagement.reference, engagement.objectif
    etapes = [Etape("Référence", "inscrite au contrat signé", compte(reference, "patient"))]
    if objectif is None:
        etapes.append(Etape("Objectif", "absent du dossier", NON_PUBLIE))
    else:
        etapes.append(
            Etape(
                "Objectif",
                f"inscrit au contrat signé, jugé le {jour_court(parcours.evaluation_le)}",
                compte(objectif, "patient"),
            )
        )
    if point is None:
        etapes.append(Etape("Valeur", f"aucun relevé depuis le {jour_court(parcours.debut)}", "inconnue"))
    else:
        etapes.append(
            Etape(
                "Valeur",
                f"{SOURCES[point.source]}, relevé du {jour_court(point.date)}",
                compte(point.valeur, "patient"),
            )
        )
        if objectif is not None and attendu is not None:
            etapes += _etapes_de_l_attendu(point, reference, objectif, attendu, parcours)
            etapes += _etapes_de_l_effort(point, reference, objectif, parcours, au)
    return Explication(INDICATEURS[engagement.indicateur], tuple(etapes), (engagement.source,))


def _etapes_de_l_attendu(
    point: Point, reference: int, objectif: int, attendu: Fraction, parcours: Parcours
) -> list[Etape]:
    ecoules, total = parcours.jours_nets(point.date), parcours.jours_nets(parcours.evaluation_le)
    suspendus = parcours.jours_suspendus(point.date)
    deduits = f", moins {compte(suspendus, 'jour suspendu', 'jours suspendus')}" if suspendus else ""
    duree = (parcours.evaluation_le - parcours.debut).days
    return [
        Etape(
            "Jours écoulés",
            f"du {jour_court(parcours.debut)} au {jour_court(point.date)} : "
            f"{compte((point.date - parcours.debut).days, 'jour')}{deduits}",
            compte(ecoules, "jour"),
        ),
        Etape(
            "Durée du parcours",
            f"du {jour_court(parcours.debut)} au {jour_court(parcours.evaluation_le)}"
            + (", jours suspendus déduits" if total < duree else ""),
            compte(total, "jour"),
        ),
        Etape(
            "Attendu ce jour-là",
            f"{nombre(reference)} + ({nombre(objectif)} − {nombre(reference)}) × {nombre(min(ecoules, total))} / "
            f"{nombre(total)}",
            nombre(attendu, 2),
        ),
        Etape("Écart", f"{nombre(point.valeur)} − {nombre(attendu, 2)}", nombre(point.valeur - attendu, 2, signe=True)),
    ]


def _etapes_de_l_effort(point: Point, reference: int, objectif: int, parcours: Parcours, au: date) -> list[Etape]:
    etapes = []
    if (taux := _taux(point, reference, objectif)) is not None:
        etapes.append(
            Etape(
                "Taux d'atteinte",
                f"({nombre(point.valeur)} − {nombre(reference)}) / ({nombre(objectif)} − {nombre(reference)})",
                pourcent(taux, 1),
            )
        )
    if gain := _gain_requis(point, objectif, parcours, au):
        restants = (parcours.evaluation_le - au).days
        etapes.append(
            Etape(
                "Gain mensuel requis",
                f"{nombre(objectif - point.valeur)} / ({compte(restants, 'jour')} / {nombre(JOURS_PAR_MOIS, 4)})",
                f"{nombre(gain, 1, signe=True)} par mois",
            )
        )
    return etapes
