"""Evaluate one indicator of one contract: value, expected count, status, monthly gain, projection (dossier-v1)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from assistmed_desktop.domain.contrat import ContratCollectif
from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES
from assistmed_desktop.formats import compte, jour_court, nombre, pourcent
from assistmed_desktop.rules.adhesions import Totaux, adherents, jour_du_groupe, passages
from assistmed_desktop.rules.releves import (
    AUTHENTIFIEES,
    points,
    retenu,
    serie_de_tendance,
    somme,
    sommes,
    total_du_groupe,
)
from assistmed_desktop.rules.resultats import (
    LIBELLES_STATUT,
    NON_PUBLIE,
    Etape,
    EvaluationIndicateur,
    Explication,
    Point,
    Projection,
    SourceLegale,
    StatutIndicateur,
)
from assistmed_desktop.rules.saison import Chemin, Tenue, tenir
from assistmed_desktop.rules.tendance import RELEVES_MINIMAUX, tendance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from assistmed_desktop.domain.contrat import ContratIndividuel, Indicateur
    from assistmed_desktop.domain.suivi import Releve
    from assistmed_desktop.rules.suspensions import Parcours
    from assistmed_desktop.rules.tendance import Tendance

JOURS_PAR_MOIS = Fraction(304375, 10000)
_JOURS_EN_CLAIR = nombre(JOURS_PAR_MOIS, 4)
_INSCRITE = "inscrite au contrat signé"


@dataclass(frozen=True, slots=True)
class Engagement:
    """What the contract says of one indicator: its reference, its target, and whether it is required."""

    indicateur: Indicateur
    totaux: Totaux
    requis: bool
    source: SourceLegale


@dataclass(frozen=True, slots=True)
class Mesure:
    """The readings of one indicator up to the day: the series per doctor, their total, and the value that counts.

    ``comparable`` is the series on which the trend and the level rest: as if the doctors of the day had always been.
    """

    par_medecin: tuple[tuple[Point, ...], ...]
    serie: tuple[Point, ...]
    comparable: tuple[Point, ...]
    valeur: Point | None


def mesurer(
    contrat: ContratIndividuel | ContratCollectif,
    releves: Mapping[str, Sequence[Releve]],
    indicateur: Indicateur,
    au: date,
) -> Mesure:
    """Gather the readings of a contract's doctors, from its start to the day."""
    if isinstance(contrat, ContratCollectif) and contrat.adhesions:
        return _mesurer_les_adherents(contrat, releves, indicateur, au)
    par_medecin = [points(releves.get(m, ()), indicateur, contrat.debut_le, au) for m in contrat.medecins]
    if len(par_medecin) == 1:
        serie = par_medecin[0]
        valeur = retenu(serie)
    else:
        serie = somme(par_medecin)
        valeur = _valeur_du_groupe(par_medecin)
    points_lus = tuple(serie)
    return Mesure(tuple(tuple(siens) for siens in par_medecin), points_lus, points_lus, valeur)


def _mesurer_les_adherents(
    contrat: ContratCollectif, releves: Mapping[str, Sequence[Releve]], indicateur: Indicateur, au: date
) -> Mesure:
    """Gather the readings of a group that doctors enter and leave.

    The value is the sum over the doctors of the day, whose readings count from the start of the contract even where
    they entered later. The series holds, at each date, the sum over the doctors of that date: it jumps when one enters
    or leaves. So that the trend does not take the jump for growth, the comparable series adds to each sum the
    references of those who entered since, and takes away those of the ones who left; sums that precede a move without
    reference are left out of it.
    """
    jour = jour_du_groupe(contrat, au)
    du_jour = adherents(contrat, jour)
    lus = {m: points(releves.get(m, ()), indicateur, contrat.debut_le, au) for m in contrat.medecins}
    rangs = {m: rang for rang, m in enumerate(contrat.medecins)}
    totaux = sommes(list(lus.values()), lambda le: [rangs[m] for m in adherents(contrat, jour_du_groupe(contrat, le))])
    mouvements = passages(contrat, jour)
    serie = {point.date: point for point, _ in totaux}
    comparable = {}
    for point, le in totaux:
        depuis = [passage.patients(indicateur) for passage in mouvements if passage.le > le]
        connus = [patients for patients in depuis if patients is not None]
        if len(connus) == len(depuis):
            comparable[point.date] = Point(point.date, point.valeur + sum(connus), point.source)
    par_medecin = [lus[m] for m in du_jour]
    valeur = _valeur_du_groupe(par_medecin)
    if valeur is not None:
        serie[valeur.date] = comparable[valeur.date] = valeur
    return Mesure(
        tuple(tuple(siens) for siens in par_medecin),
        tuple(serie[le] for le in sorted(serie)),
        tuple(comparable[le] for le in sorted(comparable)),
        valeur,
    )


def _valeur_du_groupe(par_medecin: Sequence[Sequence[Point]]) -> Point | None:
    """Sum the values that count of a group's doctors; None when one of them has none, or there is no doctor."""
    retenus = [point for siens in par_medecin if (point := retenu(siens)) is not None]
    return total_du_groupe(retenus) if retenus and len(retenus) == len(par_medecin) else None


def evaluer_indicateur(engagement: Engagement, mesure: Mesure, parcours: Parcours, au: date) -> EvaluationIndicateur:
    """Evaluate one indicator on a day, from its reference, its target and its readings.

    The value of a group that has changed without its totals following is not held to them: it would judge some doctors
    by the target of others.
    """
    reference, objectif = engagement.totaux.reference, engagement.totaux.objectif
    lu = mesure.valeur
    point = lu if engagement.totaux.tenus else None
    attendu = None if point is None or objectif is None else parcours.attendu(reference, objectif, point.date)
    statut = _statut(point, reference, objectif, attendu)
    tenue = tenir(statut, point, mesure.comparable, Chemin(engagement.indicateur, reference, objectif, parcours))
    etapes = _expliquer(engagement.totaux, lu, attendu, parcours, au) + _etapes_du_niveau(tenue)
    return EvaluationIndicateur(
        indicateur=engagement.indicateur,
        requis=engagement.requis,
        statut=statut,
        statut_tenu=tenue.statut,
        reference=reference,
        objectif=objectif,
        valeur=lu.valeur if lu else None,
        date=lu.date if lu else None,
        source=lu.source if lu else None,
        niveau=tenue.niveau,
        creux=tenue.creux,
        attendu=attendu,
        taux_atteinte=_taux(point, reference, objectif),
        gain_mensuel_requis=_gain_requis(point, objectif, parcours, au),
        gain_mensuel_realise=_gain_realise(point, reference, parcours),
        projection=_projection(mesure.comparable, parcours.evaluation_le),
        points=mesure.serie,
        trajectoire=() if objectif is None else parcours.trajectoire(reference, objectif),
        explication=Explication(INDICATEURS[engagement.indicateur], tuple(etapes), (engagement.source,)),
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
    return None if ligne is None else projeter(ligne, retenus, le)


def projeter(ligne: Tendance, retenus: Sequence[Point], le: date) -> Projection:
    """Carry the trend of some readings to a day."""
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
    totaux: Totaux, point: Point | None, attendu: Fraction | None, parcours: Parcours, au: date
) -> list[Etape]:
    reference, objectif, bouges = totaux.reference, totaux.objectif, totaux.etapes
    inscrite = "inscrite au contrat signé, puis les entrées et sorties du groupe" if bouges else _INSCRITE
    etapes = [*bouges, Etape("Référence", inscrite, compte(reference, "patient"))]
    if objectif is None:
        etapes.append(Etape("Objectif", "absent du dossier", NON_PUBLIE))
    else:
        deplace = ", déplacé comme la référence depuis qu'il est signé" if bouges else ""
        etapes.append(
            Etape(
                "Objectif",
                f"inscrit au contrat signé{deplace}, jugé le {jour_court(parcours.evaluation_le)}",
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
    return etapes


def _etapes_de_l_attendu(
    point: Point, reference: int, objectif: int, attendu: Fraction, parcours: Parcours
) -> list[Etape]:
    ecoules, total = parcours.jours_nets(point.date), parcours.jours_nets(parcours.evaluation_le)
    suspendus = parcours.jours_suspendus(point.date)
    deduits = f", moins {compte(suspendus, 'jour suspendu', 'jours suspendus')}" if suspendus else ""
    duree = (parcours.evaluation_le - parcours.debut).days
    depart, attendu_en_clair = nombre(reference), nombre(attendu, 2)
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
            f"{depart} + ({nombre(objectif)} − {depart}) × {nombre(min(ecoules, total))} / {nombre(total)}",
            attendu_en_clair,
        ),
        Etape("Écart", f"{nombre(point.valeur)} − {attendu_en_clair}", nombre(point.valeur - attendu, 2, signe=True)),
    ]


def _etapes_de_l_effort(point: Point, reference: int, objectif: int, parcours: Parcours, au: date) -> list[Etape]:
    etapes = []
    if (taux := _taux(point, reference, objectif)) is not None:
        depart = nombre(reference)
        etapes.append(
            Etape(
                "Taux d'atteinte",
                f"({nombre(point.valeur)} − {depart}) / ({nombre(objectif)} − {depart})",
                pourcent(taux, 1),
            )
        )
    if gain := _gain_requis(point, objectif, parcours, au):
        restants = (parcours.evaluation_le - au).days
        etapes.append(
            Etape(
                "Gain mensuel requis",
                f"{nombre(objectif - point.valeur)} / ({compte(restants, 'jour')} / {_JOURS_EN_CLAIR})",
                f"{nombre(gain, 1, signe=True)} par mois",
            )
        )
    return etapes


def _etapes_du_niveau(tenue: Tenue) -> list[Etape]:
    """Give the level of the last twelve months, and the status held where it is not that of the last reading."""
    if tenue.niveau is None or tenue.releves < RELEVES_MINIMAUX:
        return []
    etapes = [
        Etape(
            "Niveau des douze derniers mois",
            f"droite robuste par {compte(tenue.releves, 'relevé mensuel', 'relevés mensuels')}, portée à la date de la "
            "valeur",
            nombre(tenue.niveau, 1),
        )
    ]
    if tenue.creux is not None:
        etapes.append(Etape("Statut tenu", tenue.creux, LIBELLES_STATUT[tenue.statut]))
    return etapes
