"""A practice as large as the program must hold: ten doctors, thirty assistants, twenty years read every month.

Everybody in it comes from a novel, a play or a film. It is worked out, never drawn at random: always the same.
"""

from __future__ import annotations

import calendar
import json
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from assistmed_desktop.domain.cabinet import cle_de_luhn_exacte
from assistmed_desktop.domain.calendrier import anniversaire
from assistmed_desktop.domain.dossier import Dossier, lire_dossier

if TYPE_CHECKING:
    from collections.abc import Iterator

AU = date(2026, 11, 15)
ANNEES = 20
PREMIER_MOIS = date(2006, 11, 1)

_MEDECINS = (
    ("Parpalaid", "Edmond"), ("Knock", "Urbain"), ("Rieux", "Bernard"), ("Cottard", "Auguste"), ("Sacks", "Norma"),
    ("Purgon", "Argan"), ("Diafoirus", "Thomas"), ("Sganarelle", "Lucinde"), ("Watson", "Joan"), ("Moreau", "Prudence"),
)  # fmt: skip
_ASSISTANTS = (
    "Angélique", "Béline", "Cléante", "Dorine", "Elmire", "Flipote", "Géronte", "Harpin", "Isabelle", "Jacqueline",
    "Lisette", "Marinette", "Nérine", "Oronte", "Philinte", "Rosine", "Scapin", "Toinette", "Uranie", "Valère",
    "Agnès", "Bélise", "Climène", "Damis", "Éliante", "Frosine", "Georgette", "Hyacinthe", "Julie", "Laurette",
)  # fmt: skip
_NOMS = ("Orgon", "Harpagon", "Jourdain", "Alceste", "Chrysale")
_TACHES = (
    ("administratif", "Accueil des patients", 240, None),
    ("administratif", "Création et gestion du dossier informatique", 180, 60),
    ("consultation", "Aide à l'installation du patient", 150, 90),
    ("consultation", "Prise de constantes", 210, 180),
    ("consultation", "Mise à jour du dossier médical", 90, 60),
    ("coordination", "Organisation du parcours de soins", 120, 45),
)
_OPTIONS = ("1/3", "1/2", "1")
_HEURES = {"1/3": 11.7, "1/2": 17.5, "1": 35}
_ROLES = {"1/3": "tiers_temps", "1/2": "mi_temps", "1": "temps_plein"}
_SAISON = (0, 2, 3, 4, 5, 5, 3, -4, 2, 5, 6, 1)
"""What a month adds to the patientèle: it falls in August and with the lists of December."""


@cache
def dix_medecins() -> Dossier:
    """Give the practice."""
    return lire_dossier(json.dumps(brut()))


def brut() -> dict[str, Any]:
    """Write the practice as its dossier."""
    contrats = [contrat for rang in range(len(_MEDECINS)) for contrat in _contrats(rang)]
    courants = {contrat["medecin"]: contrat for contrat in contrats}
    return {
        "format": "assistmed-dossier",
        "version": 1,
        "cabinet": {
            "nom": "Maison de santé de Saint-Maurice", "adresse": "1 place du Malade-Imaginaire",
            "code_postal": "58120", "commune": "Saint-Maurice-en-Morvan", "departement": "58", "zonage": "zip",
            "cpam": "CPAM de la Nièvre", "exercice_regroupe": True, "exercice_coordonne": "msp",
        },
        "medecins": [_medecin(rang) for rang in range(len(_MEDECINS))],
        "contrats": contrats,
        "assistants": [_assistant(rang, contrats) for rang in range(len(_ASSISTANTS))],
        "missions": [mission for rang in range(len(_ASSISTANTS)) for mission in _missions(rang, contrats)],
        "releves": [_releve(rang, mois) for mois in range(12 * ANNEES) for rang in range(len(_MEDECINS))],
        "mouvements": [_mouvement(rang, 2007 + an) for an in range(ANNEES - 1) for rang in range(len(_MEDECINS))],
        "activite": [_activite(rang, mois) for mois in range(12 * ANNEES) for rang in range(len(_MEDECINS))],
        "versements": [versement for contrat in contrats for versement in _versements(contrat)],
        "echeances_faites": [
            {"contrat": contrat["id"], "code": "contrat_travail_cpam", "le": contrat["debut_le"],
             "faite_le": contrat["debut_le"], "note": "Extrait du contrat de travail"}
            for contrat in contrats
        ],
        "observations": [
            {"assistant": _id("a", 3 * rang), "date": f"2026-09-{14 + jour:02d}",
             "minutes_medecin_liberees": 80 + 7 * rang + 3 * jour}
            for rang in range(len(_MEDECINS)) for jour in range(5)
        ],
        "notifications": [
            {"contrat": contrat["id"], "annee_contrat": 3, "montant": 12_000,
             "notifie_le": _dans(contrat["debut_le"], 2, 40), "reference": "Courrier de la CPAM, année 3"}
            for contrat in contrats if contrat not in courants.values()
        ],
    }  # fmt: skip


def _id(lettre: str, rang: int) -> str:
    return f"{lettre}{rang + 1}"


def _jour(annee: int, mois: int, jour: int) -> str:
    return date(annee, mois, jour).isoformat()


def _dans(depuis: str, ans: int, jours: int = 0) -> str:
    return (anniversaire(date.fromisoformat(depuis), ans) + timedelta(days=jours)).isoformat()


def _medecin(rang: int) -> dict[str, Any]:
    nom, prenom = _MEDECINS[rang]
    dix = f"1000{rang:06d}"
    return {
        "id": _id("m", rang), "nom": nom, "prenom": prenom,
        "rpps": next(f"{dix}{cle}" for cle in range(10) if cle_de_luhn_exacte(f"{dix}{cle}")),
        "numero_am": f"58100{rang:04d}", "specialite": "pediatrie" if rang == 8 else "medecine_generale",
        "secteur": "1", "installe_le": _jour(1996 + rang, 9, 1), "exercice_mixte": False,
    }  # fmt: skip


def _patientele(rang: int, mois: int) -> int:
    """Give the patients of a doctor in the nth month: some gain steadily, some slow down, all have their seasons."""
    pente = (5 + rang % 4) * mois // 4 - (rang % 3) * max(0, mois - 200) // 2
    return 780 + 31 * rang + pente + _SAISON[(mois + 10) % 12] + (mois * (rang + 3)) % 5


def _file_active(rang: int, mois: int) -> int:
    return _patientele(rang, mois) * 3 // 2 + 40 + 2 * _SAISON[(mois + 9) % 12]


def _fin_du_mois(mois: int) -> date:
    """Give the last day of the nth month."""
    annee, numero = divmod(PREMIER_MOIS.month - 1 + mois, 12)
    annee += PREMIER_MOIS.year
    return date(annee, numero + 1, calendar.monthrange(annee, numero + 1)[1])


def _mois_de(jour: str) -> int:
    lu = date.fromisoformat(jour)
    return (lu.year - PREMIER_MOIS.year) * 12 + lu.month - PREMIER_MOIS.month


def _releve(rang: int, mois: int) -> dict[str, Any]:
    jour = _fin_du_mois(mois)
    source = "cpam" if jour.month == 12 else "logiciel" if (mois + rang) % 7 == 0 else "amelipro"
    return {
        "medecin": _id("m", rang), "date": jour.isoformat(), "patientele_mt": _patientele(rang, mois),
        "file_active": None if (mois + rang) % 11 == 0 else _file_active(rang, mois), "source": source, "note": "",
    }  # fmt: skip


def _activite(rang: int, mois: int) -> dict[str, Any]:
    jour = _fin_du_mois(mois)
    jours = 14 if jour.month == 8 else 17 + (mois + rang) % 4
    return {
        "medecin": _id("m", rang), "mois": f"{jour:%Y-%m}", "actes": jours * (19 + (rang + mois) % 5),
        "jours_travailles": jours,
    }  # fmt: skip


def _mouvement(rang: int, annee: int) -> dict[str, Any]:
    return {
        "medecin": _id("m", rang), "du": _jour(annee, 1, 1), "au": _jour(annee, 12, 31),
        "entrees": 55 + (annee * 7 + rang * 5) % 30, "deces": 8 + (annee + rang) % 7,
        "departs": 15 + (annee * 3 + rang) % 12, "autres_sorties": (annee + 2 * rang) % 6,
    }  # fmt: skip


def _contrats(rang: int) -> Iterator[dict[str, Any]]:
    """Give a first contract of five years, and the one that follows it: the two last doctors are still in theirs."""
    neuf = rang >= len(_MEDECINS) - 2
    debut = date(2023, 2 + rang % 10, 6) if neuf else date(2020, 1 + rang, 6)
    texte = "reglement_arbitral_2023" if neuf else "avenant_7"
    premier = _contrat(rang, _id("c", rang), texte, debut, _OPTIONS[rang % 3])
    if rang % 3 == 1:
        du, au = date(debut.year + 1, 4, 7), date(debut.year + 1, 8, 31)
        suspension = {"type": "suspension", "du": du.isoformat(), "au": au.isoformat(), "motif": "absence longue"}
        premier["avenants"] = [suspension]
    yield premier
    if not neuf:
        suite = anniversaire(debut, 5)
        yield _contrat(rang, _id("d", rang), "convention_2024", suite, _OPTIONS[(rang + 1) % 3])


def _contrat(rang: int, ident: str, texte: str, debut: date, option: str) -> dict[str, Any]:
    mois = _mois_de(debut.isoformat()) - 2
    patientele, file_active = _patientele(rang, mois), _file_active(rang, mois)
    gain = 101 + (rang * 3) % 8
    return {
        "id": ident, "medecin": _id("m", rang), "texte": texte, "option_etp": option,
        "signe_le": (debut - timedelta(days=21)).isoformat(), "debut_le": debut.isoformat(), "duree_ans": 5,
        "tranche": "P50-P70",
        "reference": {
            "date": _fin_du_mois(mois).isoformat(), "patientele_mt": patientele, "file_active": file_active,
        },
        "objectif": {
            "patientele_mt": None if rang == 5 else patientele * gain // 100, "file_active": file_active * gain // 100,
            "evaluation_le": anniversaire(debut, 3).isoformat(),
        },
        "avenants": [],
    }  # fmt: skip


def _sien(rang: int, contrats: list[dict[str, Any]]) -> tuple[dict[str, Any], int]:
    """Give the contract that an assistant counts for, and a place among the three of its doctor."""
    siens = [contrat for contrat in contrats if contrat["medecin"] == _id("m", rang // 3)]
    place = rang % 3
    return siens[0 if place == 2 else -1], place


def _assistant(rang: int, contrats: list[dict[str, Any]]) -> dict[str, Any]:
    """Give an assistant: two share the contract of the day, one year after the other; the third had the one before."""
    contrat, place = _sien(rang, contrats)
    debut, fin = contrat["debut_le"], _dans(contrat["debut_le"], 1, -1)
    du = _dans(debut, 1) if place == 1 else debut
    au = {0: fin, 1: None, 2: _dans(debut, 5, -1)}[place]
    if len([autre for autre in contrats if autre["medecin"] == contrat["medecin"]]) == 1 and place == 2:
        au = fin
    option = contrat["option_etp"]
    absence = _dans(du, 0, 120)
    return {
        "id": _id("a", rang), "nom": _NOMS[rang // 6], "prenom": _ASSISTANTS[rang], "profil": _profil(rang),
        "embauches": [
            {"du": du, "au": au, "role": _ROLES[option], "heures_hebdo": _HEURES[option], "employeur": "medecin"},
        ],
        "formation": {
            "voie": "cqp", "inscription_le": _dans(du, 0, 90), "debut_le": _dans(du, 0, 150),
            "obtention_le": _dans(du, 2) if _dans(du, 2) < AU.isoformat() else None,
        },
        "absences": [
            {"du": absence, "au": _dans(absence, 0, 13), "remplacement": False, "conges": True},
            {"du": _dans(absence, 0, 60), "au": _dans(absence, 0, 64), "remplacement": rang % 2 == 0},
        ],
        "affectations": [{"contrat": contrat["id"], "du": du, "au": au, "etp": option}],
        "couts": [{"du": du, "au": au, "brut_mensuel": 1045 + 3 * rang, "charges_mensuelles": 298.5}],
    }  # fmt: skip


def _profil(rang: int) -> str:
    return ("secretaire_medicale", "aide_soignant", "hors_sante", "infirmier", "auxiliaire_puericulture")[rang % 5]


def _missions(rang: int, contrats: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    contrat, place = _sien(rang, contrats)
    du = _dans(contrat["debut_le"], 1) if place == 1 else contrat["debut_le"]
    for tour, (domaine, tache, minutes, liberees) in enumerate(_TACHES):
        yield {
            "assistant": _id("a", rang), "domaine": domaine, "tache": tache,
            "minutes_semaine": minutes * (2 + (rang + tour) % 3) // 4, "du": du,
            "au": None if place == 1 else _dans(du, 1, -1),
            "minutes_medecin_liberees": liberees,
        }  # fmt: skip


def _versements(contrat: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give two payments a year of the contract, received but the last ones."""
    for an in range(5):
        for part, jours in ((7, 15), (3, 320)):
            echeance = _dans(contrat["debut_le"], an, jours)
            if echeance > "2027-01-01":
                return
            recu = _dans(echeance, 0, 6)
            paye = recu <= AU.isoformat()
            yield {
                "contrat": contrat["id"], "annee_contrat": an + 1, "echeance_le": echeance, "montant_du": 1_200 * part,
                "recu_le": recu if paye else None, "montant_recu": 1_200 * part if paye else None,
                "reference": f"{10 * part} % de l'année {an + 1}",
            }  # fmt: skip
