"""The tasks of a contract as JSON: minutes a week, two decimals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistmed_desktop.exchange.analyse_json.ecriture import deux_decimales, taux

if TYPE_CHECKING:
    from assistmed_desktop.rules.taches import PeriodeTaches, Taches, TempsDeclare, TempsObserve


def taches_json(resultat: Taches) -> dict[str, Any]:
    """Give the tasks as JSON values; ``du_jour`` is null when the contract does not run on the day."""
    return {
        "au": resultat.au.isoformat(),
        "du_jour": None if resultat.du_jour is None else _periode(resultat.du_jour, detail=True),
        "periodes": [_periode(periode, detail=False) for periode in resultat.periodes],
        "temps_libere": {
            "methode": resultat.methode,
            "minutes": deux_decimales(resultat.minutes_liberees),
            "declare": None if resultat.declare is None else _declare(resultat.declare),
            "observe": [_observe(observe) for observe in resultat.observe],
        },
        "secretariat_seul": [
            {"du": periode.du.isoformat(), "au": periode.au.isoformat(), "phrase": periode.phrase}
            for periode in resultat.secretariat_seul
        ],
        "avertissements": [
            {"code": avertissement.code, "message": avertissement.message} for avertissement in resultat.avertissements
        ],
    }


def _periode(periode: PeriodeTaches, *, detail: bool) -> dict[str, Any]:
    parts = periode.parts
    lignes = [
        {
            "assistant": tache.assistant,
            "domaine": tache.domaine,
            "tache": tache.tache,
            "minutes": deux_decimales(tache.minutes),
            "minutes_medecin_liberees": deux_decimales(tache.minutes_liberees),
            "part": taux(tache.part),
        }
        for tache in periode.taches
    ]
    return {
        "du": periode.du.isoformat(),
        "au": periode.au.isoformat(),
        "minutes": deux_decimales(periode.minutes),
        "minutes_affectees": deux_decimales(periode.minutes_affectees),
        "ecart": deux_decimales(periode.ecart),
        "domaines": {
            domaine: {"minutes": deux_decimales(minutes), "part": None if parts is None else taux(parts[domaine])}
            for domaine, minutes in periode.par_domaine.items()
        },
        **({"taches": lignes} if detail else {}),
    }


def _declare(declare: TempsDeclare) -> dict[str, Any]:
    return {
        "minutes": deux_decimales(declare.minutes) if declare.taches_chiffrees else None,
        "partiel": declare.partiel,
        "taches_chiffrees": declare.taches_chiffrees,
        "taches_sans_chiffre": declare.taches_sans_chiffre,
    }


def _observe(observe: TempsObserve) -> dict[str, Any]:
    return {
        "assistant": observe.assistant,
        "du": observe.du.isoformat(),
        "au": observe.au.isoformat(),
        "jours": observe.jours,
        "semaines": observe.semaines,
        "jours_par_semaine": observe.jours_par_semaine,
        "mediane": deux_decimales(observe.mediane),
        "minutes": deux_decimales(observe.estimation),
        "bas": deux_decimales(observe.bas),
        "haut": deux_decimales(observe.haut),
        "confiance": None if observe.confiance is None else taux(observe.confiance),
    }
