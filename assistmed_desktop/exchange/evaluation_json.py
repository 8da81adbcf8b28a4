"""The evaluation as the JSON of dossier-v1: two decimals, four for a rate, euros as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from assistmed_desktop.domain.valeurs import texte_etp
from assistmed_desktop.formats import decimal_arrondi

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from fractions import Fraction

    from assistmed_desktop.rules.resultats import (
        AnneeAide,
        Evaluation,
        EvaluationContrat,
        EvaluationIndicateur,
        Projection,
    )

FORMAT = "assistmed-evaluation"
VERSION = 1

V = TypeVar("V")
J = TypeVar("J")


def evaluation_json(evaluation: Evaluation) -> dict[str, Any]:
    """Give the evaluation document of dossier-v1 as JSON values."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "au": evaluation.au.isoformat(),
        "contrats": [_contrat(contrat) for contrat in evaluation.contrats],
    }


def _contrat(contrat: EvaluationContrat) -> dict[str, Any]:
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
                "au": _jour(segment.au),
                "etp_affecte": texte_etp(segment.etp_affecte),
                "etp_requis": texte_etp(segment.etp_requis),
                "couvert": segment.couvert,
            }
            for segment in contrat.effectif
        ],
        "echeances": [
            {
                "le": echeance.le.isoformat(),
                "code": echeance.code,
                "libelle": echeance.libelle,
                "etat": echeance.etat,
                "grade": echeance.source.grade,
            }
            for echeance in contrat.echeances
        ],
        "avertissements": [
            {"code": avertissement.code, "message": avertissement.message} for avertissement in contrat.avertissements
        ],
        "eligibilite": {
            "eligible": contrat.eligibilite.eligible,
            "motifs": [motif.message for motif in contrat.eligibilite.motifs],
        },
    }


def _indicateur(indicateur: EvaluationIndicateur) -> dict[str, Any]:
    return {
        "statut": indicateur.statut,
        "reference": indicateur.reference,
        "objectif": indicateur.objectif,
        "valeur": indicateur.valeur,
        "date": _jour(indicateur.date),
        "source": indicateur.source,
        "attendu": _ou_rien(indicateur.attendu, _deux_decimales),
        "taux_atteinte": _ou_rien(indicateur.taux_atteinte, lambda taux: float(decimal_arrondi(taux, 4))),
        "gain_mensuel_requis": _ou_rien(indicateur.gain_mensuel_requis, _deux_decimales),
        "projection": _ou_rien(indicateur.projection, _projection),
    }


def _projection(projection: Projection) -> dict[str, Any]:
    return {
        "date": projection.date.isoformat(),
        "valeur": _deux_decimales(projection.valeur),
        "bas": _deux_decimales(projection.bas),
        "haut": _deux_decimales(projection.haut),
    }


def _aide(annee: AnneeAide) -> dict[str, Any]:
    return {
        "annee": annee.annee,
        "du": annee.du.isoformat(),
        "montant_max": _ou_rien(annee.montant_max, _euros),
        "texte": annee.texte,
        "grade": annee.grade,
    }


def _ou_rien(valeur: V | None, ecrire: Callable[[V], J]) -> J | None:
    return None if valeur is None else ecrire(valeur)


def _jour(jour: date | None) -> str | None:
    return None if jour is None else jour.isoformat()


def _deux_decimales(valeur: Fraction | float) -> float:
    return float(decimal_arrondi(valeur, 2)) + 0.0  # no negative zero


def _euros(centimes: int) -> int | float:
    return centimes // 100 if centimes % 100 == 0 else centimes / 100
