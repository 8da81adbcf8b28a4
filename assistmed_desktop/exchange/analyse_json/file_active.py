"""The file active explained, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistmed_desktop.exchange.analyse_json.ecriture import avertissements, deux_decimales, jour

if TYPE_CHECKING:
    from assistmed_desktop.rules.file_active import (
        Comparaison,
        Fenetre,
        FenetresCommunes,
        FileActive,
        FileActiveMedecin,
        MoisActif,
    )


def file_active_json(resultat: FileActive) -> dict[str, Any]:
    """Give the window of each doctor with its months, and the months summed."""
    return {
        "medecins": [_medecin(sienne) for sienne in resultat.medecins],
        "ensemble": {"mois": [_mois(mois) for mois in resultat.ensemble]},
        "avertissements": avertissements(resultat.avertissements),
    }


def _medecin(sienne: FileActiveMedecin) -> dict[str, Any]:
    return {
        "medecin": sienne.medecin,
        "valeur": sienne.valeur,
        "date": jour(sienne.date),
        "source": sienne.source,
        "fenetre": _fenetre(sienne.fenetre),
        "mediane_actes": deux_decimales(sienne.mediane_actes),
        "communes": None if sienne.communes is None else _communes(sienne.communes),
        "mois": [_mois(mois) for mois in sienne.mois],
        "phrases": list(sienne.phrases),
    }


def _fenetre(fenetre: Fenetre) -> dict[str, Any]:
    return {"du": jour(fenetre.du), "au": jour(fenetre.au), "jours": fenetre.jours}


def _communes(communes: FenetresCommunes) -> dict[str, Any]:
    return {
        "avant": {"date": jour(communes.avant.date), "valeur": communes.avant.valeur},
        "apres": {"date": jour(communes.apres.date), "valeur": communes.apres.valeur},
        "jours": communes.jours,
        "sortis": _fenetre(communes.sortis),
        "entres": _fenetre(communes.entres),
        "phrase": communes.phrase,
    }


def _mois(mois: MoisActif) -> dict[str, Any]:
    return {
        "mois": mois.mois,
        "entier": mois.entier,
        "medecins": mois.medecins,
        "saisis": mois.saisis,
        "actes": mois.actes,
        "jours_travailles": mois.jours_travailles,
        "jours_suspendus": mois.jours_suspendus,
        "faible": mois.faible,
        "sort_le": jour(mois.sort_le),
        "sorti": mois.sorti,
        "remplace": _comparaison(mois.remplace),
        "remplacant": _comparaison(mois.remplacant),
        "phrase": mois.phrase,
    }


def _comparaison(comparaison: Comparaison | None) -> dict[str, Any] | None:
    if comparaison is None:
        return None
    return {
        "mois": comparaison.mois,
        "medecins": comparaison.medecins,
        "actes": comparaison.actes,
        "jours_travailles": comparaison.jours_travailles,
        "ecart_actes": comparaison.ecart_actes,
        "ecart_jours": comparaison.ecart_jours,
    }
