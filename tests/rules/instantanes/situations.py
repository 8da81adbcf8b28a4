"""Practices where everything happens, on several days of their lives: what the cases of ``cas/`` leave apart.

They are read as a case is. Their counts follow a plain rule, so that a figure can be checked by hand.
"""

from datetime import date, timedelta
from typing import Any

j = date.fromisoformat
Brut = dict[str, Any]


def _mois(annee: int, mois: int, combien: int) -> list[str]:
    rangs = range(annee * 12 + mois - 1, annee * 12 + mois - 1 + combien)
    return [f"{rang // 12}-{rang % 12 + 1:02d}" for rang in rangs]


def _fin(mois: str) -> date:
    """Give the last day of a month."""
    suivant = j(f"{mois}-28") + timedelta(days=4)
    return suivant - timedelta(days=suivant.day)


def _releves(depuis: int, combien: int, medecin: str = "m1") -> list[Brut]:
    """Give a reading a month: eight more patients each, sixty fewer each August; of the software every third month."""
    return [
        {
            "medecin": medecin,
            "date": _fin(mois),
            "patientele_mt": depuis + 8 * rang - 60 * mois.endswith("-08"),
            "file_active": 2 * depuis + 15 * rang if rang % 4 else "inconnu",
            "source": "logiciel" if rang % 3 == 2 else "cpam" if rang % 2 else "amelipro",
        }
        for rang, mois in enumerate(_mois(2022, 11, combien))
    ]


def _activite(combien: int, medecin: str = "m1") -> list[Brut]:
    """Give a month of activity, but for one in ten: 18 days, and twenty acts more each month."""
    return [
        {"medecin": medecin, "mois": mois, "actes": 380 + 20 * rang, "jours_travailles": 18 - rang % 2}
        for rang, mois in enumerate(_mois(2022, 1, combien))
        if rang % 10 != 9
    ]


PLEINE: Brut = {
    "base": "mi-temps avenant 7",
    "cabinet": {"departement": "57", "zonage": "zac"},
    "contrat": {
        "tranche": "P30-P50",
        "avenants": [
            {"type": "suspension", "du": j("2024-02-01"), "au": j("2024-02-01")},
            {"type": "suspension", "du": j("2025-02-03"), "au": j("2025-04-30")},
            {"type": "option", "du": j("2025-07-01"), "option_etp": "1"},
            {
                "type": "objectif",
                "du": j("2025-07-01"),
                "objectif": {"patientele_mt": 1350, "file_active": 2600, "evaluation_le": j("2026-07-01")},
            },
        ],
    },
    "assistants": [
        {
            "id": "a1",
            "profil": "secretaire_medicale",
            "embauches": [
                {"du": j("2023-01-01"), "au": j("2025-06-30")},
                {"du": j("2025-07-01"), "role": "temps_plein", "heures_hebdo": 32},
            ],
            "formation": {"inscription_le": j("2023-09-01"), "debut_le": j("2024-01-08"), "obtention_le": "inconnu"},
            "absences": [
                {"du": j("2023-05-02"), "au": j("2023-05-31"), "remplacement": True},
                {"du": j("2024-08-05"), "au": j("2024-08-16"), "conges": True},
                {"du": j("2025-01-06"), "au": j("2025-04-30")},
                {"du": j("2026-03-02"), "au": "en cours"},
            ],
            "affectations": [
                {"du": j("2023-01-01"), "au": j("2025-06-30")},
                {"du": j("2025-07-01"), "etp": "1"},
            ],
            "couts": [
                {"du": j("2023-01-01"), "au": j("2024-12-31"), "brut_mensuel": 1040, "charges_mensuelles": 290.5},
                {"du": j("2025-01-01"), "brut_mensuel": 1090.25, "charges_mensuelles": 300},
            ],
        },
        {
            "id": "a2",
            "nom": "Noël",
            "prenom": "Hugo",
            "profil": "infirmier",
            "embauches": [{"du": j("2024-03-11"), "au": j("2026-01-30"), "role": "tiers_temps", "heures_hebdo": 12}],
            "formation": {"voie": "fae"},
            "affectations": [{"du": j("2024-03-11"), "au": j("2025-12-31"), "etp": "1/3"}],
            "couts": [{"du": j("2024-03-11"), "au": j("2025-12-31"), "brut_mensuel": 760, "charges_mensuelles": 199.9}],
        },
    ],
    "missions": [
        {"domaine": "administratif", "tache": "Accueil", "minutes_semaine": 300, "du": j("2023-01-01")},
        {
            "minutes_semaine": 420,
            "du": j("2023-03-01"),
            "au": j("2025-12-31"),
            "minutes_medecin_liberees": 150,
        },
        {
            "domaine": "coordination",
            "tache": "Rendez-vous avec un spécialiste",
            "minutes_semaine": 200,
            "minutes_medecin_liberees": 61,
            "du": j("2023-06-01"),
        },
        {
            "assistant": "a2",
            "tache": "Délivrance de tests et kits de dépistage",
            "minutes_semaine": 900,
            "du": j("2024-03-11"),
            "au": j("2025-12-31"),
        },
    ],
    "observations": [
        {"assistant": qui, "date": j(f"2024-05-{jour}"), "minutes_medecin_liberees": minutes}
        for qui, jour, minutes in [
            ("a1", "13", 40),
            ("a1", "14", 55),
            ("a1", "15", 20),
            ("a1", "16", 70),
            ("a1", "17", 35),
            ("a1", "20", 45),
            ("a1", "21", 50),
            ("a2", "21", 15),
            ("a2", "22", 25),
        ]
    ],
    "releves": [
        *_releves(960, 50),
        {"date": j("2024-03-31"), "patientele_mt": 1200, "file_active": 2500, "source": "logiciel"},
        {"date": j("2024-04-30"), "patientele_mt": 1500, "source": "estimation"},
    ],
    "corrections": [
        {
            "indicateur": "patientele_mt",
            "releve_le": j("2024-02-29"),
            "valeur_cpam": 1088,
            "valeur_demandee": 1101,
            "demandee_le": j("2024-03-15"),
        },
        {
            "indicateur": "file_active",
            "releve_le": j("2023-12-31"),
            "valeur_cpam": 2115,
            "valeur_demandee": 2150,
            "demandee_le": j("2024-01-15"),
            "repondue_le": j("2024-04-02"),
            "valeur_accordee": 2130,
        },
        {
            "indicateur": "patientele_mt",
            "releve_le": j("2023-12-31"),
            "valeur_cpam": 1064,
            "valeur_demandee": 1070,
            "demandee_le": j("2024-01-15"),
            "repondue_le": j("2024-04-02"),
        },
    ],
    "mouvements": [
        {"du": j("2023-01-01"), "au": j("2023-06-30"), "entrees": 70, "deces": 6, "departs": 14},
        {"du": j("2023-07-01"), "au": j("2023-12-31"), "entrees": 64, "deces": 1, "departs": 1, "autres_sorties": 1},
        {"du": j("2024-02-01"), "au": j("2024-05-31"), "entrees": 40, "deces": 3, "departs": 9, "autres_sorties": 2},
    ],
    "activite": _activite(58),
    "versements": [
        {"annee_contrat": 1, "echeance_le": j("2023-01-16"), "montant_du": 12600, "recu_le": j("2023-02-01")}
        | {"montant_recu": 12600},
        {"annee_contrat": 1, "recu_le": j("2023-11-02"), "montant_recu": 5400.5},
        {"annee_contrat": 2, "echeance_le": j("2024-01-01"), "montant_du": 13500},
        {"annee_contrat": 3, "montant_du": 5250, "recu_le": j("2025-09-01"), "montant_recu": 5000},
    ],
    "notifications": [{"annee_contrat": 3, "montant": 8123.45, "notifie_le": j("2025-11-20")}],
    "echeances_faites": [
        {"code": "contrat_travail_cpam", "le": j("2023-02-01"), "faite_le": j("2023-01-20"), "assistant": "a1"},
        {"code": "point_etape", "le": j("2023-07-01"), "faite_le": j("2023-07-12")},
    ],
    "propositions": [
        {
            "recue_le": j("2025-10-01"),
            "option_etp": "1",
            "reference": {"date": j("2025-09-30"), "patientele_mt": 1180, "file_active": 2300},
            "objectif": {"patientele_mt": 1300, "file_active": 2500, "evaluation_le": j("2031-01-01")},
        }
    ],
}
ROMPUE: Brut = PLEINE | {
    "contrat": {
        "tranche": "P90-P95",
        "avenants": [
            {"type": "suspension", "du": j("2024-02-01"), "au": j("2024-02-29")},
            {
                "type": "resiliation",
                "du": j("2025-06-16"),
                "cause": "contrat_collectif",
                "notifie_le": j("2025-04-20"),
            },
        ],
    },
    "releves": [
        *_releves(990, 30),
        *(
            {"date": j(jour), "patientele_mt": patients, "source": "logiciel"}
            for jour, patients in [("2023-06-30", 1150), ("2023-09-30", 1160), ("2023-12-31", 900)]
        ),
        {"date": j("2024-01-31"), "patientele_mt": 1101, "file_active": 2200, "source": "cpam"},
    ],
    "corrections": [
        {
            "indicateur": "patientele_mt",
            "releve_le": j("2024-01-31"),
            "valeur_cpam": 1090,
            "valeur_demandee": 1101,
            "demandee_le": j("2024-02-15"),
            "repondue_le": j("2024-03-20"),
            "valeur_accordee": 1101,
        },
        {
            "indicateur": "patientele_mt",
            "releve_le": j("2022-12-31"),
            "valeur_cpam": 1006,
            "valeur_demandee": 1007,
            "demandee_le": j("2024-02-15"),
        },
        {
            "indicateur": "file_active",
            "releve_le": j("2024-01-31"),
            "valeur_cpam": 2200,
            "valeur_demandee": 2201,
            "demandee_le": j("2024-02-15"),
            "repondue_le": j("2024-03-20"),
            "valeur_accordee": 2200,
        },
    ],
    "mouvements": [
        {"du": j("2022-12-15"), "au": j("2023-03-31"), "entrees": 30, "deces": 1, "departs": 1},
        {"du": j("2023-04-01"), "au": j("2023-12-31"), "entrees": 66, "deces": 4, "departs": 9, "autres_sorties": 3},
        {"du": j("2024-01-15"), "au": j("2024-03-15"), "entrees": 14, "deces": 1, "departs": 5},
    ],
    "activite": [
        *(mois for mois in _activite(40) if mois["mois"] not in ("2023-04", "2023-11")),
        {"medecin": "m1", "mois": "2023-04", "actes": 90, "jours_travailles": 1},
        {"medecin": "m1", "mois": "2023-11", "actes": 1, "jours_travailles": 9},
    ],
    "observations": [
        {"assistant": "a1", "date": j(f"2024-05-{jour}"), "minutes_medecin_liberees": minutes}
        for jour, minutes in [("13", 60), ("15", 61), ("21", 59), ("22", 60)]
    ],
    "echeances_faites": [
        {"code": "point_etape", "le": j("2023-07-01"), "faite_le": j("2023-06-20")},
        {"code": "qualification", "le": j("2025-01-10"), "faite_le": j("2024-12-20"), "assistant": "a1"},
        {"code": "remplacement_secretaire", "le": j("2023-07-01"), "faite_le": j("2023-05-04"), "assistant": "a1"},
    ],
    "notifications": [
        {"annee_contrat": 1, "montant": 18000, "notifie_le": j("2023-02-10")},
        {"annee_contrat": 3, "montant": 11000.01, "notifie_le": j("2025-06-15")},
    ],
    "propositions": [
        {
            "recue_le": j("2025-05-02"),
            "objectif": {"patientele_mt": 1300, "file_active": "inconnu", "evaluation_le": "inconnu"},
        }
    ],
}
GROUPE: Brut = {
    "base": "contrat collectif",
    "contrat": {
        "medecins": ["m1", "m2", "m3"],
        "adhesions": [
            {"medecin": "m1", "du": j("2026-03-01")},
            {
                "medecin": "m2",
                "du": j("2026-03-01"),
                "au": j("2027-02-28"),
                "reference": {"date": j("2025-12-31"), "patientele_mt": 1000, "file_active": 2000},
            },
            {
                "medecin": "m3",
                "du": j("2027-03-01"),
                "reference": {"date": j("2026-12-31"), "patientele_mt": 950, "file_active": 1500},
            },
        ],
        "docteurs_juniors": [{"medecin": "m1", "du": j("2026-11-01")}],
        "gains_anterieurs": {"patientele_mt": 60, "file_active": 1},
    },
    "releves": [
        releve
        for medecin, depuis in [("m1", 700), ("m2", 650), ("m3", 600)]
        for releve in _releves(depuis, 66, medecin)
    ],
    "activite": [*_activite(66), *_activite(66, "m2")],
    "mouvements": [
        {"medecin": "m2", "du": j("2026-01-01"), "au": j("2026-12-31"), "entrees": 90, "deces": 8, "departs": 10},
        {"medecin": "m3", "du": j("2027-01-01"), "au": j("2027-06-30"), "entrees": 30, "deces": 2, "departs": 11},
    ],
}
JOURS = (
    (
        "tout à la fois",
        PLEINE,
        "2023-01-01 2023-12-31 2024-02-15 2024-05-15 2024-05-22 2025-03-31 2025-12-31 2026-04-15 2027-12-31",
    ),
    (
        "tout à la fois, puis un contrat collectif",
        ROMPUE,
        "2023-01-02 2023-04-30 2024-03-01 2024-05-15 2025-04-20 2025-06-15 2025-06-16 2026-06-01",
    ),
    ("groupe qui change", GROUPE, "2026-03-01 2026-12-31 2027-02-28 2027-09-30 2031-03-01"),
)


def situations() -> list[Brut]:
    """Give each practice on each of its days, as a case is written."""
    return [
        {"titre": f"{nom}, {jour}", "reference": "toutes", "au": j(jour), **brut} | {"attendu": {"statut": ""}}
        for nom, brut, jours in JOURS
        for jour in jours.split()
    ]
