"""The end of a contract as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistmed_desktop.exchange.analyse_json.ecriture import jour

if TYPE_CHECKING:
    from assistmed_desktop.rules.fin import Conservation, ContratSuivant, FinDeContrat, Preavis


def fin_json(resultat: FinDeContrat) -> dict[str, Any]:
    """Give the end of a contract as JSON values."""
    return {
        "terme": resultat.terme.isoformat(),
        "fin_le": resultat.fin_le.isoformat(),
        "anticipee": resultat.anticipee,
        "terminee": resultat.terminee,
        "jours_restants": resultat.jours_restants,
        "cause": resultat.cause,
        "cause_libelle": resultat.cause_libelle,
        "a_l_anniversaire": resultat.a_l_anniversaire,
        "preavis": None if resultat.preavis is None else _preavis(resultat.preavis),
        "renouvelable": resultat.renouvelable,
        "suites": [
            {"code": suite.code, "phrase": suite.phrase, "grade": suite.source.grade} for suite in resultat.suites
        ],
        "suivant": None if resultat.suivant is None else _suivant(resultat.suivant),
        "conservation": None if resultat.conservation is None else _conservation(resultat.conservation),
        "avertissements": [{"code": a.code, "message": a.message} for a in resultat.avertissements],
    }


def _preavis(preavis: Preavis) -> dict[str, Any]:
    return {
        "dernier_jour": preavis.dernier_jour.isoformat(),
        "notifie_le": jour(preavis.notifie_le),
        "respecte": preavis.respecte,
        "grade": preavis.source.grade,
        "phrase": preavis.phrase,
    }


def _suivant(suivant: ContratSuivant) -> dict[str, Any]:
    return {
        "contrat": suivant.contrat,
        "texte": suivant.texte,
        "debut_le": suivant.debut_le.isoformat(),
        "jours_sans_contrat": suivant.jours_sans_contrat,
    }


def _conservation(conservation: Conservation) -> dict[str, Any]:
    return {
        "dernier_versement_le": conservation.dernier_versement_le.isoformat(),
        "jusqu_au": conservation.jusqu_au.isoformat(),
        "grade": conservation.source.grade,
    }
