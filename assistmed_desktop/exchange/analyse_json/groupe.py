"""The group of a collective contract as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistmed_desktop.domain.libelles import INDICATEURS
from assistmed_desktop.domain.valeurs import texte_etp
from assistmed_desktop.exchange.analyse_json.ecriture import deux_decimales, jour

if TYPE_CHECKING:
    from assistmed_desktop.rules.groupe import Adherent, CibleDuGroupe, ContratAnterieur, Groupe
    from assistmed_desktop.rules.resultats import Point


def groupe_json(resultat: Groupe) -> dict[str, Any]:
    """Give the group as JSON values; counts are patients."""
    attente = resultat.attente
    return {
        "au": resultat.au.isoformat(),
        "structure": {"structure": resultat.structure, "autorisee": resultat.structure_autorisee},
        "reference": {
            cible.indicateur: {"contrat": cible.reference_du_contrat, "jour": cible.reference}
            for cible in resultat.cibles
        },
        "adherents": [_adherent(adherent) for adherent in resultat.adherents],
        "moyennes": [
            {
                "quand": moyenne.quand,
                "le": moyenne.le.isoformat(),
                "total": moyenne.total,
                "adherents": moyenne.adherents,
                "moyenne": deux_decimales(moyenne.valeur),
                "minimum": moyenne.minimum,
                "respectee": moyenne.respectee,
            }
            for moyenne in resultat.moyennes
        ],
        "etp": {
            "finance": texte_etp(resultat.etp.finance),
            "plafond": None if resultat.etp.plafond is None else texte_etp(resultat.etp.plafond),
            "adherents": resultat.etp.adherents,
            "docteurs_juniors": list(resultat.etp.juniors),
            "respecte": resultat.etp.respecte,
        },
        "objectif": {cible.indicateur: _cible(cible) for cible in resultat.cibles},
        "nouveaux_installes": [
            {
                "medecin": nouveau.medecin,
                "installe_le": nouveau.installe_le.isoformat(),
                "adhere_le": nouveau.adhere_le.isoformat(),
                "echeance_le": nouveau.echeance_le.isoformat(),
                "etat": nouveau.etat,
                "comptes": {
                    du.indicateur: {"a_atteindre": du.a_atteindre, "valeur": du.valeur, "atteint": du.atteint}
                    for du in nouveau.comptes
                },
            }
            for nouveau in resultat.nouveaux
        ],
        "contrats_anterieurs": [_anterieur(anterieur) for anterieur in resultat.anterieurs],
        "attente": None
        if attente is None
        else {"ans": attente.ans, "fin_le": attente.fin_le.isoformat(), "nouveau_le": attente.nouveau_le.isoformat()},
        "sous_la_reference": resultat.sous_la_reference,
        "avertissements": [
            {"code": avertissement.code, "message": avertissement.message} for avertissement in resultat.avertissements
        ],
    }


def _adherent(adherent: Adherent) -> dict[str, Any]:
    reference = adherent.reference
    return {
        "medecin": adherent.medecin,
        "du": adherent.du.isoformat(),
        "au": jour(adherent.au),
        "docteur_junior": adherent.docteur_junior,
        **{
            cle: {
                "reference": None if reference is None else getattr(reference, cle),
                **_point(getattr(adherent, cle)),
                "gain": adherent.gain(cle),
            }
            for cle in INDICATEURS
        },
    }


def _point(point: Point | None) -> dict[str, Any]:
    if point is None:
        return {"valeur": None, "date": None, "source": None}
    return {"valeur": point.valeur, "date": point.date.isoformat(), "source": point.source}


def _cible(cible: CibleDuGroupe) -> dict[str, Any]:
    return {
        "par_etp": cible.par_etp,
        "etp": texte_etp(cible.etp),
        "gains_deduits": cible.deduits,
        "gains_proposes": cible.proposes,
        "bareme": deux_decimales(cible.bareme),
        "signe": cible.signee,
        "ecart": deux_decimales(cible.ecart),
    }


def _anterieur(anterieur: ContratAnterieur) -> dict[str, Any]:
    return {
        "contrat": anterieur.contrat,
        "medecin": anterieur.medecin,
        "du": anterieur.debut_le.isoformat(),
        "au": anterieur.fin_le.isoformat(),
        "a_clore_le": anterieur.a_clore_le.isoformat(),
        "clos": anterieur.clos,
        "prorata_a_convenir": anterieur.prorata,
        "gain": {"patientele_mt": anterieur.patientele_mt, "file_active": anterieur.file_active},
    }
