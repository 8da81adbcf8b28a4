"""The movements held to the readings, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistmed_desktop.exchange.analyse_json.ecriture import avertissements, jour, taux

if TYPE_CHECKING:
    from assistmed_desktop.rules.mouvements import LigneMouvement, Mouvements, MouvementsMedecin, Pont


def mouvements_json(resultat: Mouvements) -> dict[str, Any]:
    """Give the movements of each doctor and the bridge from the reference to the value; null where there is none."""
    return {
        "medecins": [_medecin(siens) for siens in resultat.medecins],
        "ensemble": _pont(resultat.ensemble),
        "avertissements": avertissements(resultat.avertissements),
    }


def _medecin(siens: MouvementsMedecin) -> dict[str, Any]:
    return {
        "medecin": siens.medecin,
        "du": jour(siens.du),
        "au": jour(siens.au),
        "lignes": [_ligne(ligne) for ligne in siens.lignes],
        "non_couvertes": [
            {"du": jour(trou.du), "au": jour(trou.au), "jours": trou.jours, "longue": trou.longue}
            for trou in siens.non_couvertes
        ],
        "pont": _pont(siens.pont),
    }


def _ligne(ligne: LigneMouvement) -> dict[str, Any]:
    return {
        "du": jour(ligne.du),
        "au": jour(ligne.au),
        "entrees": ligne.entrees,
        "deces": ligne.deces,
        "departs": ligne.departs,
        "autres_sorties": ligne.autres_sorties,
        "solde": ligne.solde,
        "jours": ligne.jours,
        "jours_dans": ligne.jours_dans,
        "comptee": ligne.comptee,
        "motif": ligne.motif,
    }


def _pont(pont: Pont | None) -> dict[str, Any] | None:
    if pont is None:
        return None
    return {
        "reference": pont.reference,
        "reference_le": jour(pont.reference_le),
        "entrees": pont.entrees,
        "deces": pont.deces,
        "departs": pont.departs,
        "autres_sorties": pont.autres_sorties,
        "attendu": pont.attendu,
        "attendu_min": pont.attendu_min,
        "attendu_max": pont.attendu_max,
        "valeur": pont.valeur,
        "valeur_le": jour(pont.valeur_le),
        "reste": pont.reste,
        "part": taux(pont.part),
        "etapes": [{"code": code, "patients": patients} for code, patients in pont.etapes],
        "phrase": pont.phrase,
    }
