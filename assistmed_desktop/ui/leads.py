"""Where each warning and each deadline leads: the words of its button, the page where it is mended, the place there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from assistmed_desktop.ui.page_index import ASSISTANTS, CABINET, CONTRATS, MISSIONS, PATIENTELE, VERSEMENTS


@dataclass(frozen=True, slots=True)
class Lead:
    """A button that leads somewhere."""

    texte: str
    page: str
    place: str = ""


_SAISIR_RELEVE: Final = Lead("Saisir un relevé", PATIENTELE, "releve")
_VOIR_RELEVES: Final = Lead("Voir les relevés", PATIENTELE, "releve")
_SOURCES: Final = Lead("Comparer les sources", PATIENTELE, "sources")
_MOUVEMENTS: Final = Lead("Voir les mouvements", PATIENTELE, "mouvements")
_ACTIVITE: Final = Lead("Saisir l’activité", PATIENTELE, "activite")
_CONTRAT: Final = Lead("Voir le contrat", CONTRATS)
_OBJECTIF: Final = Lead("Saisir l’objectif", CONTRATS, "objectif")
_AVENANTS: Final = Lead("Voir les avenants", CONTRATS, "avenants")
_ASSISTANT: Final = Lead("Voir l’assistant", ASSISTANTS)
_AFFECTATION: Final = Lead("Voir l’affectation", ASSISTANTS, "affectation")
_FORMATION: Final = Lead("Voir la formation", ASSISTANTS, "formation")
_MISSIONS: Final = Lead("Voir les missions", MISSIONS)
_TACHE: Final = Lead("Ajouter une tâche", MISSIONS, "nouvelle")
_VERSEMENT: Final = Lead("Saisir le versement", VERSEMENTS, "versement")
_NOTIFICATION: Final = Lead("Saisir le montant", VERSEMENTS, "notification")
_ECHEANCE: Final = Lead("Voir l’échéance", VERSEMENTS, "echeances")

WARNINGS: Final[dict[str, Lead]] = {
    "releve_absent": _SAISIR_RELEVE,
    "releve_ancien": _SAISIR_RELEVE,
    "source_logiciel": _SAISIR_RELEVE,
    "file_active_sans_releve": _SAISIR_RELEVE,
    "correction_a_saisir": _SAISIR_RELEVE,
    "ecart_sources": _SOURCES,
    "correction_sans_reponse": _SOURCES,
    "correction_refusee": _SOURCES,
    "releve_futur": _VOIR_RELEVES,
    "mouvements_absents": Lead("Saisir des mouvements", PATIENTELE, "mouvements"),
    "mouvements_ecart": _MOUVEMENTS,
    "mouvements_non_couverts": _MOUVEMENTS,
    "mouvement_a_cheval": _MOUVEMENTS,
    "activite_absente": _ACTIVITE,
    "activite_incomplete": _ACTIVITE,
    "objectif_inconnu": _OBJECTIF,
    "objectif_hors_bareme": _OBJECTIF,
    "evaluation_par_defaut": _OBJECTIF,
    "reference_au_dessus_du_niveau": _CONTRAT,
    "avenant_de_suspension": _AVENANTS,
    "option_en_cours_d_annee": _AVENANTS,
    "suspension_au_debut_d_annee": _AVENANTS,
    "preavis_sans_date": _AVENANTS,
    "preavis_non_respecte": _AVENANTS,
    "demenagement": _AVENANTS,
    "signature_hors_periode": _CONTRAT,
    "debut_avant_signature": _CONTRAT,
    "contrats_qui_se_chevauchent": _CONTRAT,
    "contrat_individuel_a_clore": _CONTRAT,
    "structure_inconnue": _CONTRAT,
    "structure_exclue": _CONTRAT,
    "gains_anterieurs_a_saisir": _CONTRAT,
    "adhesion_hors_anniversaire": _CONTRAT,
    "reference_du_groupe": _CONTRAT,
    "proposition_absente": _CONTRAT,
    "option_proposee_fermee": _CONTRAT,
    "nouvel_installe": Lead("Voir le médecin", CABINET),
    "nouvel_installe_en_retard": Lead("Voir le médecin", CABINET),
    "exercice_mixte": Lead("Voir le médecin", CABINET),
    "absence_longue": _ASSISTANT,
    "embauche_avant_contrat": _ASSISTANT,
    "presence_insuffisante": _ASSISTANT,
    "couverture_insuffisante": _AFFECTATION,
    "affectation_au_dela_de_l_embauche": _AFFECTATION,
    "jours_sans_contrat": _AFFECTATION,
    "missions_absentes": _TACHE,
    "heures_sans_tache": _TACHE,
    "secretariat_seul": _MISSIONS,
    "secretariat_seul_passe": _MISSIONS,
    "taches_au_dela_des_heures": _MISSIONS,
    "taches_partagees": _MISSIONS,
    "aide_inconnue": _NOTIFICATION,
    "versement_non_saisi": _VERSEMENT,
    "versement_en_retard": _VERSEMENT,
    "versement_different": _VERSEMENT,
    "recu_au_dela": _VERSEMENT,
}

DEADLINES: Final[dict[str, Lead]] = {
    "versement": _VERSEMENT,
    "debut_formation": _FORMATION,
    "qualification": _FORMATION,
    "contrat_travail_cpam": _ECHEANCE,
    "point_etape": _ECHEANCE,
    "evaluation": _ECHEANCE,
    "preavis": _ECHEANCE,
    "fin_contrat": _ECHEANCE,
    "exercice_coordonne": Lead("Voir le cabinet", CABINET),
    "remplacement_secretaire": _ECHEANCE,
    "conservation": _ECHEANCE,
}
