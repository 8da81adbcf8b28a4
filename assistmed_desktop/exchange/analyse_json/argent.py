"""The money of a contract as JSON: euros as numbers, four decimals for a rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistmed_desktop.domain.valeurs import texte_etp
from assistmed_desktop.exchange.analyse_json.ecriture import euros, jour, taux

if TYPE_CHECKING:
    from assistmed_desktop.rules.argent import AnneeArgent, Argent, CoutContrat, LigneEcheancier, Scenario


def argent_json(resultat: Argent) -> dict[str, Any]:
    """Give the money as JSON values.

    ``cout`` is null when no cost was typed, ``recu`` when no payment was ever entered, a total when nothing of it is
    known.
    """
    return {
        "au": resultat.au.isoformat(),
        "annees": [_annee(annee) for annee in resultat.annees],
        "totaux": {
            "recu": euros(resultat.recu),
            "du": euros(resultat.du_le_jour),
            "reste": euros(resultat.reste),
            "annees_inconnues": list(resultat.annees_inconnues),
            "annees_sans_versement": list(resultat.annees_sans_versement),
        },
        "echeancier": [_ligne(ligne) for ligne in resultat.echeancier],
        "scenarios": {scenario.cle: _scenario(scenario) for scenario in resultat.scenarios},
        "cout": None if resultat.cout is None else _cout(resultat, resultat.cout),
        "avertissements": [
            {"code": avertissement.code, "message": avertissement.message} for avertissement in resultat.avertissements
        ],
    }


def _annee(annee: AnneeArgent) -> dict[str, Any]:
    return {
        "annee": annee.annee,
        "du": annee.du.isoformat(),
        "au": annee.au.isoformat(),
        "option": texte_etp(annee.option),
        "montant_max": euros(annee.montant_max),
        "montant_notifie": euros(annee.montant_notifie),
        "notifie_le": jour(annee.notifie_le),
        "hypothese_lineaire": euros(annee.hypothese_lineaire),
        "montant_du": euros(annee.du_le_jour),
        "a_echoir": euros(annee.a_echoir),
        "recu": euros(annee.recu),
        "ecart_du": euros(annee.ecart_du),
        "base": annee.base,
        "ecart_base": euros(annee.ecart_base),
        "reste": euros(annee.reste),
        "apres_la_fin": annee.apres_la_fin,
        "coupee": annee.coupee,
    }


def _ligne(ligne: LigneEcheancier) -> dict[str, Any]:
    return {
        "annee": ligne.annee,
        "rang": ligne.rang,
        "part": None if ligne.part is None else taux(ligne.part),
        "montant_prevu": euros(ligne.montant_prevu),
        "prevu_le": jour(ligne.prevu_le),
        "echeance_le": jour(ligne.echeance_le),
        "montant_du": euros(ligne.montant_du),
        "recu_le": jour(ligne.recu_le),
        "montant_recu": euros(ligne.montant_recu),
        "etat": ligne.etat,
        "calendrier_publie": ligne.calendrier_publie,
        "reclamable_jusqu_au": jour(ligne.reclamable_jusqu_au),
        "phrase": ligne.phrase,
    }


def _scenario(scenario: Scenario) -> dict[str, Any]:
    return {
        "atteinte": None if scenario.atteinte is None else taux(scenario.atteinte),
        "hypothese": scenario.hypothese,
        "annees": [
            {"annee": annee.annee, "montant": euros(annee.montant), "connu": annee.connu, "nature": annee.nature}
            for annee in scenario.annees
        ],
        "total": euros(scenario.total),
        "annees_inconnues": list(scenario.inconnues),
        "phrase": scenario.phrase,
    }


def _cout(resultat: Argent, cout: CoutContrat) -> dict[str, Any]:
    return {
        "a_ce_jour": euros(cout.a_ce_jour),
        "jours_sans_cout": cout.jours_sans_cout,
        "mensuel": euros(cout.mensuel),
        "mois_a_venir": taux(cout.mois_a_venir),
        "a_venir": euros(cout.a_venir),
        "total": euros(cout.total),
        "reste_a_charge_a_ce_jour": euros(resultat.reste_a_charge_a_ce_jour),
        "restes_a_charge": {
            reste.cle: {"montant": euros(reste.montant), "borne": reste.borne} for reste in resultat.restes_a_charge
        },
        "lignes": [
            {
                "assistant": ligne.assistant,
                "du": ligne.du.isoformat(),
                "au": ligne.au.isoformat(),
                "mensuel": euros(ligne.mensuel),
                "mois": taux(ligne.mois),
                "part": taux(ligne.part),
                "montant": euros(ligne.montant),
            }
            for ligne in cout.lignes
        ],
    }
