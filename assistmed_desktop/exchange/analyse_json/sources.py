"""The reconciliation of the sources as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistmed_desktop.exchange.analyse_json.ecriture import avertissements, deux_decimales, jour, taux

if TYPE_CHECKING:
    from assistmed_desktop.rules.sources import CorrectionSuivie, RelevePese, Sources, SourcesIndicateur


def sources_json(resultat: Sources) -> dict[str, Any]:
    """Give the readings of each doctor, group by group, and the corrections asked of the CPAM."""
    medecins: dict[str, dict[str, Any]] = {}
    for siens in resultat.indicateurs:
        medecins.setdefault(siens.medecin, {"medecin": siens.medecin})[siens.indicateur] = _indicateur(siens)
    return {
        "medecins": list(medecins.values()),
        "corrections": [_correction(suivie) for suivie in resultat.corrections],
        "avertissements": avertissements(resultat.avertissements),
    }


def _indicateur(siens: SourcesIndicateur) -> dict[str, Any]:
    return {
        "valeur": None if siens.compte is None else siens.compte.valeur,
        "date": None if siens.compte is None else jour(siens.compte.date),
        "source": None if siens.compte is None else siens.compte.source,
        "ecarts_notables": siens.notables,
        "avant_le_debut": siens.avant_le_debut,
        "apres_le_jour": siens.apres_le_jour,
        "groupes": [
            {"date": jour(groupe.date), "releves": [_releve(releve) for releve in groupe.releves]}
            for groupe in siens.groupes
        ],
    }


def _releve(releve: RelevePese) -> dict[str, Any]:
    return {
        "date": jour(releve.date),
        "valeur": releve.valeur,
        "source": releve.source,
        "compte": releve.compte,
        "retenu": releve.retenu,
        "ecart": releve.ecart,
        "taux_ecart": taux(releve.taux),
        "notable": releve.notable,
        "motif": releve.motif,
    }


def _correction(suivie: CorrectionSuivie) -> dict[str, Any]:
    hypothese = suivie.si_accordee
    return {
        "rang": suivie.rang,
        "medecin": suivie.medecin,
        "indicateur": suivie.indicateur,
        "releve_le": jour(suivie.releve_le),
        "valeur_cpam": suivie.valeur_cpam,
        "valeur_demandee": suivie.valeur_demandee,
        "demandee_le": jour(suivie.demandee_le),
        "repondue_le": jour(suivie.repondue_le),
        "valeur_accordee": suivie.valeur_accordee,
        "etat": suivie.etat,
        "jours": suivie.jours,
        "releve_saisi": suivie.releve_saisi,
        "sur_la_valeur": suivie.sur_la_valeur,
        "si_accordee": None
        if hypothese is None
        else {"valeur": hypothese.valeur, "ecart": deux_decimales(hypothese.ecart)},
        "phrase": suivie.phrase,
    }
