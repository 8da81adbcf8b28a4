"""A simulation as JSON values: the hypothesis, and the two scenarios month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistmed_desktop.domain.valeurs import texte_etp
from assistmed_desktop.exchange.analyse_json.ecriture import deux_decimales, euros, jour
from assistmed_desktop.exchange.explication_json import explication_json

if TYPE_CHECKING:
    from assistmed_desktop.rules.resultats import AnneeAide
    from assistmed_desktop.services.scenarios import Hypothese, IndicateurSimule, Scenario, Simulation

FORMAT = "assistmed-simulation"
VERSION = 1


def simulation_json(simulation: Simulation) -> dict[str, Any]:
    """Give the simulation document."""
    suppose = simulation.suppose
    return {
        "format": FORMAT,
        "version": VERSION,
        "au": suppose.au.isoformat(),
        "contrat": suppose.hypothese.contrat,
        "hypothese": _hypothese(suppose.hypothese),
        "actuel": _scenario(simulation.actuel),
        "simule": _scenario(suppose),
    }


def _hypothese(hypothese: Hypothese) -> dict[str, Any]:
    option = hypothese.option
    return {
        "gain_mensuel": deux_decimales(hypothese.gain_mensuel),
        "departs": deux_decimales(hypothese.departs),
        "gain_mensuel_file_active": deux_decimales(hypothese.gain_mensuel_file_active),
        "suspensions": [{"du": s.du.isoformat(), "au": s.au.isoformat()} for s in hypothese.suspensions],
        "option": None if option is None else {"du": option.du.isoformat(), "option_etp": texte_etp(option.option_etp)},
    }


def _scenario(scenario: Scenario) -> dict[str, Any]:
    juge = scenario.evaluation
    return {
        "juge_le": scenario.juge_le.isoformat(),
        "a_l_evaluation": scenario.a_l_evaluation,
        "evaluation_le": juge.evaluation_le.isoformat(),
        "jours_suspendus": juge.jours_suspendus,
        "statut": scenario.statut,
        "indicateurs": {indicateur.indicateur: _indicateur(indicateur) for indicateur in scenario.indicateurs},
        "aide": [_aide(annee) for annee in scenario.aide],
        "phrases": list(scenario.phrases),
        "avertissements": [{"code": a.code, "message": a.message} for a in scenario.avertissements],
        "explication": explication_json(scenario.explication),
    }


def _indicateur(indicateur: IndicateurSimule) -> dict[str, Any]:
    rythme = indicateur.rythme
    return {
        "requis": indicateur.requis,
        "reference": indicateur.reference,
        "objectif": indicateur.objectif,
        "rythme": None
        if rythme is None
        else {
            "genre": rythme.genre,
            "du": rythme.du.isoformat(),
            "depart": rythme.depart,
            "par_mois": deux_decimales(rythme.par_mois),
        },
        "valeur": indicateur.valeur,
        "ecart": indicateur.ecart,
        "statut": indicateur.statut,
        "atteint_le": jour(indicateur.atteint_le),
        "points": [
            {"date": point.date.isoformat(), "valeur": point.valeur, "attendu": deux_decimales(point.attendu)}
            for point in indicateur.points
        ],
    }


def _aide(annee: AnneeAide) -> dict[str, Any]:
    return {
        "annee": annee.annee,
        "du": annee.du.isoformat(),
        "montant_max": euros(annee.montant_max),
        "montant_notifie": euros(annee.montant_notifie),
        "hypothese_lineaire": euros(annee.hypothese_lineaire),
        "texte": annee.texte,
        "grade": annee.grade,
    }
