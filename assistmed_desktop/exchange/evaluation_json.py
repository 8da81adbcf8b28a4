"""The evaluation as the JSON of dossier-v1: two decimals, four for a rate, euros as numbers.

What dossier-v1 does not name comes under keys of its own, after its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from assistmed_desktop.domain.valeurs import texte_etp
from assistmed_desktop.exchange.analyse_json.analyse import analyse_json
from assistmed_desktop.exchange.analyse_json.ecriture import avertissements, deux_decimales, euros, jour
from assistmed_desktop.formats import decimal_arrondi
from assistmed_desktop.rules.verdict import verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from assistmed_desktop.rules.analyse import Analyse
    from assistmed_desktop.rules.resultats import (
        AnneeAide,
        Echeance,
        Eligibilite,
        Evaluation,
        EvaluationContrat,
        EvaluationIndicateur,
        Projection,
    )

FORMAT = "assistmed-evaluation"
VERSION = 1

V = TypeVar("V")
J = TypeVar("J")


def evaluation_json(evaluation: Evaluation, analyses: Mapping[str, Analyse] | None = None) -> dict[str, Any]:
    """Give the evaluation document of dossier-v1 as JSON values, with the analyses there are, by id of contract."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "au": evaluation.au.isoformat(),
        "contrats": [_contrat(contrat, (analyses or {}).get(contrat.id)) for contrat in evaluation.contrats],
        "baremes": {
            "verifies_le": evaluation.baremes_verifies_le.isoformat(),
            "ajoutes": [
                {
                    "fichier": ajoute.fichier,
                    "table": ajoute.table,
                    "versions": list(ajoute.versions),
                    "remplacees": list(ajoute.remplacees),
                    "verifie_le": ajoute.verifie_le.isoformat(),
                }
                for ajoute in evaluation.baremes_ajoutes
            ],
            "refuses": list(evaluation.baremes_refuses),
        },
    }


def _contrat(contrat: EvaluationContrat, analyse: Analyse | None) -> dict[str, Any]:
    resultat = verdict(contrat)
    analyses = () if analyse is None else analyse.avertissements
    a_verifier = [avertissement for avertissement in analyses if avertissement.niveau == "attention"]
    return {
        "id": contrat.id,
        "statut": contrat.statut,
        "evaluation_le": contrat.evaluation_le.isoformat(),
        "jours_suspendus": contrat.jours_suspendus,
        "indicateurs": {indicateur.indicateur: _indicateur(indicateur) for indicateur in contrat.indicateurs},
        "aide": [_aide(annee) for annee in contrat.aide],
        "effectif": [
            {
                "du": segment.du.isoformat(),
                "au": jour(segment.au),
                "etp_affecte": texte_etp(segment.etp_affecte),
                "etp_requis": texte_etp(segment.etp_requis),
                "couvert": segment.couvert,
            }
            for segment in contrat.effectif
        ],
        "echeances": [_echeance(echeance) for echeance in contrat.echeances],
        "avertissements": avertissements((*contrat.avertissements, *a_verifier)),
        "eligibilite": _eligibilite(contrat.eligibilite),
        "statut_tenu": contrat.statut_tenu,
        "verdict": {"titre": resultat.titre, "phrases": list(resultat.phrases)},
        "adherents": list(contrat.adherents),
        "fin_le": contrat.fin_le.isoformat(),
        **({} if analyse is None else {"analyse": analyse_json(analyse)}),
    }


def _echeance(echeance: Echeance) -> dict[str, Any]:
    return {
        "le": echeance.le.isoformat(),
        "code": echeance.code,
        "libelle": echeance.libelle,
        "etat": echeance.etat,
        "grade": echeance.source.grade,
        "fait_le": jour(echeance.fait_le),
        "assistant": echeance.assistant,
    }


def _eligibilite(eligibilite: Eligibilite) -> dict[str, Any]:
    return {
        "eligible": eligibilite.eligible,
        "motifs": [motif.message for motif in eligibilite.motifs],
        "details": [
            {"message": motif.message, "exclut": motif.exclut, "grade": motif.source.grade}
            for motif in eligibilite.motifs
        ],
    }


def _indicateur(indicateur: EvaluationIndicateur) -> dict[str, Any]:
    return {
        "statut": indicateur.statut,
        "reference": indicateur.reference,
        "objectif": indicateur.objectif,
        "valeur": indicateur.valeur,
        "date": jour(indicateur.date),
        "source": indicateur.source,
        "attendu": deux_decimales(indicateur.attendu),
        "taux_atteinte": _ou_rien(indicateur.taux_atteinte, lambda taux: float(decimal_arrondi(taux, 4))),
        "gain_mensuel_requis": deux_decimales(indicateur.gain_mensuel_requis),
        "projection": _ou_rien(indicateur.projection, _projection),
        "requis": indicateur.requis,
        "gain_mensuel_realise": deux_decimales(indicateur.gain_mensuel_realise),
        "niveau": deux_decimales(indicateur.niveau),
        "statut_tenu": indicateur.statut_tenu,
        "creux": indicateur.creux,
    }


def _projection(projection: Projection) -> dict[str, Any]:
    return {
        "date": projection.date.isoformat(),
        "valeur": deux_decimales(projection.valeur),
        "bas": deux_decimales(projection.bas),
        "haut": deux_decimales(projection.haut),
    }


def _aide(annee: AnneeAide) -> dict[str, Any]:
    return {
        "annee": annee.annee,
        "du": annee.du.isoformat(),
        "montant_max": euros(annee.montant_max),
        "texte": annee.texte,
        "grade": annee.grade,
        "au": annee.au.isoformat(),
        "option": texte_etp(annee.option),
        "montant_notifie": euros(annee.montant_notifie),
        "notifie_le": jour(annee.notifie_le),
        "hypothese_lineaire": _ou_rien(annee.hypothese_lineaire, _euros_arrondis),
        "apres_la_fin": annee.apres_la_fin,
    }


def _ou_rien(valeur: V | None, ecrire: Callable[[V], J]) -> J | None:
    return None if valeur is None else ecrire(valeur)


def _euros_arrondis(centimes: Fraction) -> float | None:
    return deux_decimales(centimes / 100)
