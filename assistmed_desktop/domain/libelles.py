"""The French words for the keys of dossier-v1, as a doctor reads them."""

from assistmed_desktop.domain.assistant import Domaine, Employeur, Profil, Role, VoieFormation
from assistmed_desktop.domain.cabinet import ExerciceCoordonne, Secteur, Zonage
from assistmed_desktop.domain.contrat import CauseResiliation, Derogation, Indicateur, Structure, TexteConventionnel
from assistmed_desktop.domain.suivi import CodeEcheance, SourceReleve

TEXTES: dict[TexteConventionnel, str] = {
    "avenant_7": "avenant n°\u00a07",
    "reglement_arbitral_2023": "règlement arbitral de 2023",
    "convention_2024": "convention médicale 2024-2029",
    "collectif_2026": "contrat collectif",
}
INDICATEURS: dict[Indicateur, str] = {
    "patientele_mt": "Patientèle médecin traitant",
    "file_active": "File active",
}
DEROGATIONS: dict[Derogation, str] = {
    "rqth": "médecin reconnu travailleur handicapé (RQTH)",
    "moins_de_16_ans": "plus de 20\u00a0% de patients de moins de 16\u00a0ans",
}
CAUSES: dict[CauseResiliation, str] = {
    "medecin": "décision du médecin",
    "cpam": "décision de la CPAM",
    "demenagement": "déménagement du cabinet",
    "specialite": "changement de spécialité",
    "contrat_collectif": "passage à un contrat collectif",
    "autre": "autre cause",
}
STRUCTURES: dict[Structure, str] = {"scp": "SCP", "scm": "SCM", "sisa": "SISA", "sel": "SEL"}
SOURCES: dict[SourceReleve, str] = {
    "cpam": "CPAM",
    "amelipro": "amelipro",
    "logiciel": "logiciel métier",
    "estimation": "estimation",
}
ZONAGES: dict[Zonage, str] = {
    "zip": "zone d'intervention prioritaire (ZIP)",
    "zac": "zone d'action complémentaire (ZAC)",
    "hors_zone": "hors zone sous-dense",
}
EXERCICES: dict[ExerciceCoordonne, str] = {
    "msp": "maison de santé pluriprofessionnelle",
    "esp": "équipe de soins primaires",
    "ess": "équipe de soins spécialisés",
    "cpts": "CPTS",
    "centre": "centre de santé",
    "engagement": "engagement à un exercice coordonné",
    "aucun": "aucun exercice coordonné",
}
SECTEURS: dict[Secteur, str] = {
    "1": "secteur\u00a01",
    "2_optam": "secteur\u00a02, Optam",
    "2_optam_co": "secteur\u00a02, Optam-CO",
    "2": "secteur\u00a02, sans Optam",
    "3": "secteur\u00a03",
}
PROFILS: dict[Profil, str] = {
    "secretaire_medicale": "secrétaire médicale",
    "infirmier": "infirmier ou infirmière",
    "aide_soignant": "aide-soignant ou aide-soignante",
    "auxiliaire_puericulture": "auxiliaire de puériculture",
    "autre_sante": "autre métier de la santé",
    "hors_sante": "hors métiers de la santé",
}
ROLES: dict[Role, str] = {"tiers_temps": "tiers-temps", "mi_temps": "mi-temps", "temps_plein": "temps plein"}
EMPLOYEURS: dict[Employeur, str] = {
    "medecin": "le médecin",
    "groupement_employeurs": "un groupement d'employeurs",
    "sisa": "une SISA",
    "scm": "une SCM",
    "scp": "une SCP",
}
VOIES: dict[VoieFormation, str] = {
    "cqp": "CQP assistant médical",
    "fae": "formation d'adaptation à l'emploi (FAE)",
}
DOMAINES: dict[Domaine, str] = {
    "administratif": "Administratif",
    "consultation": "Préparation et déroulement de la consultation",
    "coordination": "Organisation et coordination",
}
ECHEANCES: dict[CodeEcheance, str] = {
    "contrat_travail_cpam": "Contrat de travail à transmettre à la CPAM",
    "debut_formation": "Formation à commencer",
    "qualification": "Qualification à obtenir",
    "point_etape": "Point d'étape avec la CPAM",
    "evaluation": "Évaluation de l'objectif",
    "fin_contrat": "Dernier jour du contrat",
    "preavis": "Dernier jour du préavis",
    "exercice_coordonne": "Exercice coordonné à rejoindre",
    "remplacement_secretaire": "Remplacement au secrétariat",
    "conservation": "Pièces à conserver",
    "versement": "Versement de l'aide",
}
_MOTS_DES_SPECIALITES = {
    "anesthesie": "anesthésie",
    "electroradiologie": "électroradiologie",
    "generale": "générale",
    "generaliste": "généraliste",
    "geriatrie": "gériatrie",
    "gynecologie": "gynécologie",
    "gynecologique": "gynécologique",
    "gynecologue": "gynécologue",
    "hematologie": "hématologie",
    "hepatologie": "hépatologie",
    "gastroenterologie": "gastroentérologie",
    "enterologie": "entérologie",
    "medecin": "médecin",
    "medecine": "médecine",
    "medical": "médical",
    "medicale": "médicale",
    "nephrologie": "néphrologie",
    "nucleaire": "nucléaire",
    "obstetrique": "obstétrique",
    "orl": "ORL",
    "pediatre": "pédiatre",
    "pediatrie": "pédiatrie",
    "pediatrique": "pédiatrique",
    "radiotherapie": "radiothérapie",
    "radiotherapique": "radiothérapique",
    "readaptation": "réadaptation",
    "reanimation": "réanimation",
    "venereologie": "vénéréologie",
    "visceral": "viscéral",
    "viscerale": "viscérale",
}


def specialite(cle: str) -> str:
    """Write a speciality by the words of its key, the known ones with their accents."""
    return " ".join(_MOTS_DES_SPECIALITES.get(mot, mot) for mot in cle.split("_"))


LISTES = {
    "medecins": ("médecin", "médecins"),
    "contrats": ("contrat", "contrats"),
    "assistants": ("assistant", "assistants"),
    "missions": ("tâche confiée", "tâches confiées"),
    "releves": ("relevé", "relevés"),
    "mouvements": ("période de mouvements", "périodes de mouvements"),
    "activite": ("mois d'activité", "mois d'activité"),
    "versements": ("versement", "versements"),
    "corrections": ("correction demandée", "corrections demandées"),
    "notifications": ("montant notifié", "montants notifiés"),
    "echeances_faites": ("échéance tenue", "échéances tenues"),
    "observations": ("journée comptée", "journées comptées"),
    "propositions": ("proposition de la caisse", "propositions de la caisse"),
}
"""How the facts of each list of a dossier are called."""
