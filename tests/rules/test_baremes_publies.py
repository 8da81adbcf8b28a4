"""The figures of the barèmes are those of the law as the project read it, cell by cell, and no others.

The tables below were typed from that reading, not from the files under test. None is a cell graded X: searched for and
not found, so absent.
"""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistmed_desktop.rules.bareme import DOSSIER_DES_BAREMES, charger_baremes
from assistmed_desktop.rules.resultats import SourceLegale
from tests.rules.outils import j

TABLES = ("aide", "echeances", "eligibilite", "objectifs", "textes")


def lire(table: str) -> dict[str, dict[str, Any]]:
    brut = tomllib.loads((DOSSIER_DES_BAREMES / f"{table}.toml").read_text(encoding="utf-8"))
    return {version["cle"]: version for version in brut["versions"]}


# Section 1: the four texts, from and to which day a contract is signed under each.
SIGNATURES = {
    "avenant_7": (j("2019-09-01"), j("2023-04-30")),
    "reglement_arbitral_2023": (j("2023-05-01"), j("2024-06-21")),
    "convention_2024": (j("2024-06-22"), None),
    "collectif_2026": (j("2026-02-25"), None),
}
# Which texts each version governs, from and to which day it has effect, and its grade.
VERSIONS: dict[str, dict[str, tuple[tuple[str, ...], date, date | None, str]]] = {
    "textes": {
        "avenant_7": (("avenant_7",), j("2019-09-01"), None, "C"),
        "reglement_arbitral_2023": (("reglement_arbitral_2023",), j("2023-05-01"), None, "B"),
        "convention_2024": (("convention_2024",), j("2024-06-22"), None, "B"),
        "collectif_2026": (("collectif_2026",), j("2026-02-25"), None, "C"),
    },
    "aide": {
        "montants_2019": (("avenant_7", "reglement_arbitral_2023"), j("2019-09-01"), j("2024-06-21"), "B"),
        "montants_2024": (("avenant_7", "reglement_arbitral_2023", "convention_2024"), j("2024-06-22"), None, "B"),
        "montants_collectif_2026": (("collectif_2026",), j("2026-02-25"), None, "C"),
    },
    "objectifs": {
        "hausses_avenant_7": (("avenant_7",), j("2019-09-01"), None, "C"),
        "hausses_collectif_2026": (("collectif_2026",), j("2026-02-25"), None, "C"),
    },
    "echeances": {
        "echeances_avenant_7": (("avenant_7",), j("2019-09-01"), None, "C"),
        "echeances_reglement_arbitral_2023": (("reglement_arbitral_2023",), j("2023-05-01"), None, "C"),
        "echeances_convention_2024": (("convention_2024",), j("2024-06-22"), None, "C"),
        "echeances_collectif_2026": (("collectif_2026",), j("2026-02-25"), None, "C"),
    },
    "eligibilite": {
        "eligibilite_avenant_7": (("avenant_7",), j("2019-09-01"), None, "B"),
        "eligibilite_2023": (
            ("reglement_arbitral_2023", "convention_2024", "collectif_2026"),
            j("2023-05-01"),
            None,
            "B",
        ),
    },
}


@pytest.mark.parametrize("table", TABLES)
def test_each_table_has_the_versions_of_the_law_with_their_texts_dates_and_grades(table: str) -> None:
    lues = {
        cle: (
            tuple(vises["texte"] for vises in version["contrats"]),
            version["effet_du"],
            version.get("effet_au"),
            version["grade"],
        )
        for cle, version in lire(table).items()
    }

    assert lues == VERSIONS[table]


@pytest.mark.parametrize("table", TABLES)
def test_each_version_is_for_the_days_on_which_its_texts_were_signed(table: str) -> None:
    for version in lire(table).values():
        for vises in version["contrats"]:
            assert (vises["signes_du"], vises.get("signes_au")) == SIGNATURES[vises["texte"]]


@pytest.mark.parametrize("table", TABLES)
def test_each_version_says_where_it_comes_from_and_when_it_was_read(table: str) -> None:
    for version in lire(table).values():
        assert set(version["reference"]) == {"texte", "article", "adresse"}
        assert all(texte.strip() for texte in version["reference"].values())
        assert version["verifie_le"] >= j("2026-01-01")


def test_the_oldest_reading_of_a_version_is_that_of_the_bareme() -> None:
    lectures = [version["verifie_le"] for table in TABLES for version in lire(table).values()]

    assert charger_baremes().verifies_le == min(lectures)


def test_the_oldest_is_the_oldest_of_every_table(tmp_path: Path) -> None:
    for table in TABLES:
        texte = (DOSSIER_DES_BAREMES / f"{table}.toml").read_text(encoding="utf-8")
        ancien = re.sub(r"verifie_le = \S+", "verifie_le = 2019-12-31", texte, count=1)
        (tmp_path / f"{table}.toml").write_text(ancien if table == "objectifs" else texte, encoding="utf-8")
    (tmp_path / "reperes.toml").write_bytes((DOSSIER_DES_BAREMES / "reperes.toml").read_bytes())

    assert charger_baremes(tmp_path).verifies_le == j("2019-12-31")


def test_the_options_of_each_text_are_those_of_section_2() -> None:
    lues = {
        cle: [(ligne["option"], ligne["condition"], ligne["grade"]) for ligne in version["options"]]
        for cle, version in lire("textes").items()
    }

    assert lues == {
        "avenant_7": [("1/3", "ouverte", "A"), ("1/2", "ouverte", "A"), ("1", "zone_sous_dense", "C")],
        "reglement_arbitral_2023": [("1/3", "fermee", "B"), ("1/2", "ouverte", "B"), ("1", "ouverte", "B")],
        "convention_2024": [
            ("1/3", "contrats_existants", "B"),
            ("1/2", "ouverte", "B"),
            ("1", "ouverte", "B"),
            ("3/2", "extension", "B"),
            ("2", "extension", "B"),
        ],
        "collectif_2026": [],
    }


def test_a_contract_lasts_five_years_and_is_judged_after_three_or_two_for_a_group() -> None:
    durees = {cle: (version["duree_ans"], version["evaluation_mois"]) for cle, version in lire("textes").items()}

    assert durees == {
        "avenant_7": (5, 36),
        "reglement_arbitral_2023": (5, 36),
        "convention_2024": (5, 36),
        "collectif_2026": (5, 24),
    }


# Section 3, in its order: year 1, year 2, year 3 and later, then P90 to P95, then P95 and over.
AIDE: dict[str, dict[str, tuple[int | None, ...]]] = {
    "montants_2019": {
        "1/3": (12_000, 9_000, 7_000, 8_350, 12_000),
        "1/2": (18_000, 13_500, 10_500, 12_500, 18_000),
        "1": (36_000, 27_000, 21_000, 25_000, 36_000),
    },
    "montants_2024": {
        "1/3": (None, 9_450, 7_350, 8_767, 12_600),
        "1/2": (19_000, 14_000, 11_000, 13_000, 19_000),
        "1": (38_000, 28_000, 22_000, 26_000, 38_000),
    },
    "montants_collectif_2026": {"1": (38_000, 28_000, 22_000, None, None)},
}


def test_the_amounts_are_those_of_section_3_and_the_unknown_ones_are_absent() -> None:
    cases = ("annee_1", "annee_2", "annee_3", "p90_p95", "p95")
    lus = {
        cle: {ligne["option"]: tuple(ligne.get(case) for case in cases) for ligne in version["montants"]}
        for cle, version in lire("aide").items()
    }

    assert lus == AIDE
    for version in lire("aide").values():
        assert all(set(ligne) <= {"option", *cases} for ligne in version["montants"])


def test_the_group_alone_is_paid_by_etp() -> None:
    par_etp = {cle: (version["par_etp"], version["montants_de"]) for cle, version in lire("aide").items()}

    assert par_etp == {
        "montants_2019": (False, "texte_du_contrat"),
        "montants_2024": (False, "convention_2024"),
        "montants_collectif_2026": (True, "collectif_2026"),
    }


# Section 4: the rise in percent and its grade, by band, for 1/3, 1/2 and 1.
HAUSSES: dict[str, tuple[tuple[str, str] | None, ...]] = {
    "P30-P50": (("20", "A"), ("25", "C"), ("35", "C")),
    "P50-P70": (("15", "A"), None, None),
    "P70-P90": (("7.5", "A"), ("12.5", "D"), None),
    "P90-P95": (("4", "A"), ("6", "C"), ("12.5", "C")),
    "P95+": (("0", "C"), ("0", "C"), None),
}


def test_the_rises_of_avenant_7_are_those_of_section_4_and_the_unknown_ones_are_absent() -> None:
    version = lire("objectifs")["hausses_avenant_7"]
    lues = {(ligne["tranche"], ligne["option"]): (ligne["taux"], ligne["grade"]) for ligne in version["hausses"]}

    assert lues == {
        (tranche, option): case
        for tranche, cases in HAUSSES.items()
        for option, case in zip(("1/3", "1/2", "1"), cases, strict=True)
        if case is not None
    }
    assert len(version["hausses"]) == 11
    assert version["tranches"] == list(HAUSSES)
    assert version["hausses_par_etp"] == []


def test_a_group_rises_by_260_and_110_for_each_etp_and_by_no_percentage() -> None:
    version = lire("objectifs")["hausses_collectif_2026"]

    assert version["hausses_par_etp"] == [
        {"indicateur": "patientele_mt", "patients": 260},
        {"indicateur": "file_active", "patients": 110},
    ]
    assert version["hausses"] == version["tranches"] == []


def test_the_later_texts_have_no_table_of_rises() -> None:
    textes = {vises["texte"] for version in lire("objectifs").values() for vises in version["contrats"]}

    assert textes == {"avenant_7", "collectif_2026"}


# Sections 5 to 7: (code, counted from, months, grade, repeated).
COMMUNS = [
    ("contrat_travail_cpam", "embauche", 1, "C", False),
    ("remplacement_secretaire", "premiere_embauche", 6, "C", False),
    ("preavis", "fin", -2, "C", False),
    ("conservation", "dernier_versement", 36, "C", False),
]
EN_TROIS_ANS = [
    ("debut_formation", "premiere_embauche", 24, "C", False),
    ("qualification", "premiere_embauche", 36, "C", False),
]
DELAIS = {
    "echeances_avenant_7": [
        *COMMUNS,
        *EN_TROIS_ANS,
        ("exercice_coordonne", "signature", 24, "A", False),
        ("point_etape", "debut", 6, "C", True),
    ],
    "echeances_reglement_arbitral_2023": [*COMMUNS, *EN_TROIS_ANS],
    "echeances_convention_2024": [*COMMUNS, ("qualification", "premiere_embauche", 24, "C", False)],
    "echeances_collectif_2026": [*COMMUNS, ("qualification", "premiere_embauche", 24, "C", False)],
}


def test_the_delays_are_those_of_section_7() -> None:
    for cle, version in lire("echeances").items():
        lus = [
            (ligne["code"], ligne["depuis"], ligne["mois"], ligne["grade"], ligne.get("repete", False))
            for ligne in version["delais"]
        ]
        assert sorted(lus) == sorted(DELAIS[cle])


def test_the_doctor_gives_no_notice_of_an_end_that_the_caisse_decides() -> None:
    for version in lire("echeances").values():
        sauf = {ligne["code"]: ligne["sauf_causes"] for ligne in version["delais"] if "sauf_causes" in ligne}
        assert sauf == {"preavis": ["cpam", "demenagement", "specialite"]}


def test_the_deadlines_of_a_group_come_from_what_is_known_of_the_collective_contract() -> None:
    assert lire("echeances")["echeances_collectif_2026"]["reference"]["texte"].startswith("Contrat collectif")
    assert "collectif" not in lire("echeances")["echeances_convention_2024"]["reference"]["texte"].lower()


def test_the_payments_whose_date_is_known_are_those_of_section_5() -> None:
    depuis_2023 = [
        {"annee": 1, "part": 100, "depuis": "signature", "mois": 1, "grade": "C"},
        {"annee": 2, "part": 100, "depuis": "debut", "mois": 12, "grade": "C"},
    ]

    assert {cle: version["versements"] for cle, version in lire("echeances").items()} == {
        "echeances_avenant_7": [{"annee": 1, "part": 70, "depuis": "embauche", "jours": 15, "grade": "C"}],
        "echeances_reglement_arbitral_2023": depuis_2023,
        "echeances_convention_2024": depuis_2023,
        "echeances_collectif_2026": depuis_2023,
    }


def test_the_published_percentiles_are_those_of_section_4() -> None:
    lus = {
        cle: [(s["percentile"], s["indicateur"], s["patients"], s["grade"]) for s in version["seuils"]]
        for cle, version in lire("eligibilite").items()
    }

    assert lus == {
        "eligibilite_avenant_7": [(30, "patientele_mt", 640, "C")],
        "eligibilite_2023": [
            (30, "patientele_mt", 775, "C"),
            (50, "patientele_mt", 1045, "C"),
            (50, "file_active", 1514, "C"),
        ],
    }


def test_who_may_sign_is_what_section_6_says() -> None:
    for version in lire("eligibilite").values():
        assert version["secteurs"] == ["1", "2_optam", "2_optam_co"]
        assert version["part_actes_cliniques"] == 80
        assert version["specialites_actes_cliniques"] == [
            "chirurg",
            "neurochirurg",
            "urolog",
            "orl_",
            "oto_rhino",
            "otorhino",
            "gynecolog",
        ]
        assert version["mois_actes_cliniques"] == 12
        assert version["percentile_minimal"] == 30
        assert version["specialites_exclues"] == [
            "radiolog",
            "electroradiolog",
            "radiodiagnostic",
            "imagerie_medicale",
            "radiotherap",
            "stomatolog",
            "anesthesi",
            "anatomo",
            "anatomie",
            "anapath",
            "cytopatholog",
            "nucleaire",
        ]


def test_a_page_of_ameli_admits_some_under_the_percentile_since_2023() -> None:
    assert {cle: version.get("admis_avec_amenagement") for cle, version in lire("eligibilite").items()} == {
        "eligibilite_avenant_7": None,
        "eligibilite_2023": {"derogations": ["rqth"], "exercice_mixte": True, "grade": "B"},
    }
    assert "ameli.fr" in lire("eligibilite")["eligibilite_2023"]["reference"]["adresse"]


def test_avenant_7_alone_asks_for_a_group_and_a_coordinated_practice_and_has_exemptions() -> None:
    cles = ("exercice_regroupe", "exercice_coordonne", "derogations_seuil")
    lues = {cle: [version[c] for c in cles] for cle, version in lire("eligibilite").items()}

    assert lues == {"eligibilite_avenant_7": [True, True, True], "eligibilite_2023": [False, False, False]}


def test_avenant_7_alone_says_how_many_doctors_how_long_to_commit_and_how_young_the_patients() -> None:
    cles = ("medecins_regroupes", "engagement_ans", "jeune_patientele")
    lues = {cle: [version.get(c) for c in cles] for cle, version in lire("eligibilite").items()}

    assert lues == {"eligibilite_avenant_7": [2, 2, {"part": 20, "age": 16}], "eligibilite_2023": [None, None, None]}


# Sections 1, 2, 4 and 7: what ends, what follows, and for whom.
def test_the_end_of_a_contract_is_what_sections_1_2_4_and_7_say() -> None:
    textes = lire("textes")
    for version in textes.values():
        regle = version["reinstallation"]
        assert (regle["causes"], regle["grade"]) == (["demenagement", "specialite"], "B")
        assert regle["reference"]["adresse"] == "assistants-medicaux.org"
    assert {cle: version.get("renouvellement") for cle, version in textes.items()} == {
        "avenant_7": {"tel_quel": False, "exceptions": ["1/3"], "grade": "A"},
        "reglement_arbitral_2023": {"tel_quel": True, "exceptions": [], "grade": "C"},
        "convention_2024": {"tel_quel": True, "exceptions": [], "grade": "C"},
        "collectif_2026": None,
    }
    prorata = {"causes": ["contrat_collectif"], "grade": "C"}
    assert {cle: version.get("prorata") for cle, version in textes.items()} == {
        "avenant_7": prorata,
        "reglement_arbitral_2023": prorata,
        "convention_2024": prorata,
        "collectif_2026": None,
    }
    assert [cle for cle, version in textes.items() if "fin_sous_la_reference" in version] == ["collectif_2026"]


def test_who_is_newly_installed_and_what_is_asked_is_what_section_4_says() -> None:
    individuel = {"mois": 12, "percentile": 50, "ans": 3, "grade": "C"}
    assert {cle: version["nouvel_installe"] for cle, version in lire("textes").items()} == {
        "avenant_7": individuel,
        "reglement_arbitral_2023": individuel,
        "convention_2024": individuel,
        "collectif_2026": {"mois": 12, "patientele_mt": 1045, "file_active": 1514, "ans": 3, "grade": "C"},
    }


def test_more_than_a_full_time_and_a_group_ask_for_what_sections_2_and_4_say() -> None:
    textes = lire("textes")
    assert {cle: version["extension"] for cle, version in textes.items() if "extension" in version} == {
        "convention_2024": {
            "annee": 3,
            "option": "1",
            "zonage": "zip",
            "specialite": "medecine_generale",
            "grade": "B",
        }
    }
    assert {cle: version["groupe"] for cle, version in textes.items() if "groupe" in version} == {
        "collectif_2026": {
            "structures": ["scp", "scm", "sisa"],
            "moyenne_patientele_mt": 775,
            "etp_par_adherent": "1",
            "pamsu": {"etp": "1/2", "a_partir_du": j("2026-11-01")},
            "attente_ans": 2,
            "deduit_gains_anterieurs": True,
            "grade": "C",
        }
    }


def test_full_time_a_long_absence_and_both_indicators_are_what_sections_2_4_and_7_say() -> None:
    for version in lire("textes").values():
        assert version["temps_plein"] == {"heures": 35, "grade": "C"}
        assert version["absence_longue"] == {"mois": 3, "grade": "B"}
        assert version["deux_indicateurs"] == {
            "specialites": ["medecine_generale", "generaliste", "medecin_generaliste", "pediatrie", "pediatre"],
            "grade": "C",
        }


def test_the_payments_without_a_date_are_two_halves_from_year_3_since_2023() -> None:
    assert {cle: version.get("versements_sans_date") for cle, version in lire("echeances").items()} == {
        "echeances_avenant_7": None,
        "echeances_reglement_arbitral_2023": {"annee": 3, "parts": 2, "grade": "C"},
        "echeances_convention_2024": {"annee": 3, "parts": 2, "grade": "C"},
        "echeances_collectif_2026": {"annee": 3, "parts": 2, "grade": "C"},
    }


def test_avenant_7_counts_adults_and_the_later_texts_everybody() -> None:
    assert {cle: version["patientele_comptee"] for cle, version in lire("textes").items()} == {
        "avenant_7": {"age_minimal": 16, "grade": "C"},
        "reglement_arbitral_2023": {"age_minimal": 0, "grade": "C"},
        "convention_2024": {"age_minimal": 0, "grade": "C"},
        "collectif_2026": {"age_minimal": 0, "grade": "C"},
    }


def test_a_source_says_where_its_version_was_read_and_when() -> None:
    version = charger_baremes().textes.versions[0]
    lue = version.reference

    assert version.source() == SourceLegale(lue.texte, lue.article, lue.adresse, version.grade, version.verifie_le)
    assert version.source("D").grade == "D"
