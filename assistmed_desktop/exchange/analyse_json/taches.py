"""The tasks of a contract as JSON: minutes a week, two decimals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistmed_desktop.formats import decimal_arrondi

if TYPE_CHECKING:
    from fractions import Fraction

    from assistmed_desktop.rules.taches import PeriodeTaches, Taches, TempsDeclare, TempsObserve


def taches_json(resultat: Taches) -> dict[str, Any]:
    """Give the tasks as JSON values; ``du_jour`` is null when the contract does not run on the day."""
    return {
        "au": resultat.au.isoformat(),
        "du_jour": None if resultat.du_jour is None else _periode(resultat.du_jour, detail=True),
        "periodes": [_periode(periode, detail=False) for periode in resultat.periodes],
        "temps_libere": {
            "methode": resultat.methode,
            "minutes": _minutes(resultat.minutes_liberees),
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
            "minutes": _minutes(tache.minutes),
            "minutes_medecin_liberees": _minutes(tache.minutes_liberees),
            "part": _taux(tache.part),
        }
        for tache in periode.taches
    ]
    return {
        "du": periode.du.isoformat(),
        "au": periode.au.isoformat(),
        "minutes": _minutes(periode.minutes),
        "minutes_affectees": _minutes(periode.minutes_affectees),
        "ecart": _minutes(periode.ecart),
        "domaines": {
            domaine: {"minutes": _minutes(minutes), "part": None if parts is None else _taux(parts[domaine])}
            for domaine, minutes in periode.par_domaine.items()
        },
        **({"taches": lignes} if detail else {}),
    }


def _declare(declare: TempsDeclare) -> dict[str, Any]:
    return {
        "minutes": _minutes(declare.minutes) if declare.taches_chiffrees else None,
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
        "mediane": _minutes(observe.mediane),
        "minutes": _minutes(observe.estimation),
        "bas": _minutes(observe.bas),
        "haut": _minutes(observe.haut),
        "confiance": None if observe.confiance is None else _taux(observe.confiance),
    }


def _minutes(minutes: Fraction | None) -> float | None:
    return None if minutes is None else float(decimal_arrondi(minutes, 2)) + 0.0  # no negative zero


def _taux(taux: Fraction) -> float:
    return float(decimal_arrondi(taux, 4))
