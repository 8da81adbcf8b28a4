"""The staffing of a contract as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistmed_desktop.domain.valeurs import texte_etp
from assistmed_desktop.exchange.analyse_json.ecriture import deux_decimales, jour

if TYPE_CHECKING:
    from assistmed_desktop.rules.presence import Presence


def presence_json(resultat: Presence) -> dict[str, Any]:
    """Give the staffing as JSON values; what is missing and its totals are in working days."""
    return {
        "jusqu_au": jour(resultat.jusqu_au),
        "jours_feries": resultat.jours_feries,
        "totaux": {
            "jours_ouvres_requis": resultat.jours_ouvres_requis,
            "jours_ouvres_couverts": resultat.jours_ouvres_couverts,
            "jours_ouvres_manquants": resultat.jours_ouvres_manquants,
            "etp_jours_manquants": deux_decimales(resultat.etp_jours_manquants),
        },
        "segments": [
            {
                "du": segment.du.isoformat(),
                "au": segment.au.isoformat(),
                "etp_present": texte_etp(segment.etp_present),
                "etp_requis": texte_etp(segment.etp_requis),
                "couvert": segment.couvert,
                "jours_ouvres": segment.jours_ouvres,
                "raisons": list(segment.raisons),
            }
            for segment in resultat.segments
        ],
        "manques": [
            {
                "du": manque.du.isoformat(),
                "au": manque.au.isoformat(),
                "jours_ouvres": manque.jours_ouvres,
                "etp": texte_etp(manque.etp),
                "phrase": manque.phrase,
            }
            for manque in resultat.manques
        ],
        "absences_longues": [
            {
                "assistant": absence.assistant,
                "du": absence.du.isoformat(),
                "au": jour(absence.au),
                "passe_le": absence.passe_le.isoformat(),
                "etat": absence.etat,
                "phrase": absence.phrase,
            }
            for absence in resultat.absences_longues
        ],
        "heures": [
            {
                "assistant": embauche.assistant,
                "du": embauche.du.isoformat(),
                "au": jour(embauche.au),
                "role": embauche.role,
                "heures_du_role": deux_decimales(embauche.heures_du_role),
                "heures_hebdo": deux_decimales(embauche.heures_hebdo),
                "etp": texte_etp(embauche.etp),
                "phrase": embauche.phrase,
            }
            for embauche in resultat.heures
        ],
        "avertissements": [
            {"code": avertissement.code, "message": avertissement.message} for avertissement in resultat.avertissements
        ],
    }
