"""What may follow a contract, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistmed_desktop.domain.valeurs import texte_etp
from assistmed_desktop.exchange.analyse_json.ecriture import avertissements, deux_decimales, euros, jour

if TYPE_CHECKING:
    from assistmed_desktop.rules.renouvellement import (
        Cible,
        ComparaisonIndicateur,
        Gains,
        Niveau,
        Renouvellement,
    )


def renouvellement_json(resultat: Renouvellement) -> dict[str, Any]:
    """Give what may follow a contract as JSON values."""
    proposition, suivant, option = resultat.proposition, resultat.suivant, resultat.option
    return {
        "fin_le": resultat.fin_le.isoformat(),
        "debut_le": resultat.debut_le.isoformat(),
        "texte": resultat.texte,
        "suivant": None if suivant is None else suivant.contrat,
        "proposition": (
            None if proposition is None else {"recue_le": proposition.recue_le.isoformat(), "note": proposition.note}
        ),
        "option": {
            "etp": texte_etp(option.etp),
            "proposee": option.proposee,
            "ouverte": option.ouverte,
            "phrase": option.phrase,
            "grade": None if option.source is None else option.source.grade,
        },
        "a_demander": list(resultat.a_demander),
        "indicateurs": {comparaison.indicateur: _indicateur(comparaison) for comparaison in resultat.indicateurs},
        "aide": [
            {
                "annee": annee.annee,
                "du": annee.du.isoformat(),
                "montant_max": euros(annee.montant_max),
                "texte": annee.texte,
                "grade": annee.grade,
            }
            for annee in resultat.aide
        ],
        "aide_totale": euros(resultat.aide_totale),
        "avertissements": avertissements(resultat.avertissements),
    }


def _indicateur(comparaison: ComparaisonIndicateur) -> dict[str, Any]:
    return {
        "requis": comparaison.requis,
        "niveau": None if comparaison.niveau is None else _niveau(comparaison.niveau),
        "ancien": _cible(comparaison.ancien),
        "propose": None if comparaison.propose is None else _cible(comparaison.propose),
        "gains": None if comparaison.gains is None else _gains(comparaison.gains),
        "phrase": comparaison.phrase,
    }


def _niveau(niveau: Niveau) -> dict[str, Any]:
    return {
        "valeur": niveau.valeur,
        "date": niveau.date.isoformat(),
        "source": niveau.source,
        "gain_mensuel_realise": deux_decimales(niveau.rythme),
    }


def _cible(cible: Cible) -> dict[str, Any]:
    return {
        "reference": cible.reference,
        "objectif": cible.objectif,
        "evaluation_le": cible.evaluation_le.isoformat(),
        "evaluation_par_defaut": cible.par_defaut,
        "mois": deux_decimales(cible.mois),
        "gain": cible.gain,
        "gain_mensuel": deux_decimales(cible.gain_mensuel),
        "mois_au_rythme": deux_decimales(cible.mois_au_rythme),
        "atteint_le": jour(cible.atteint_le),
        "tenable": cible.tenable,
    }


def _gains(gains: Gains) -> dict[str, Any]:
    return {"acquis": gains.acquis, "repris": gains.repris, "perdus": gains.perdus}
