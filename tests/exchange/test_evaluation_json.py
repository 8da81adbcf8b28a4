"""The evaluation as JSON: the very document of dossier-v1, rounded only when shown."""

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from assistmed_desktop.exchange.evaluation_json import evaluation_json
from assistmed_desktop.rules.analyse import analyser
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.resultats import Evaluation
from tests.rules.outils import (
    PLEIN,
    affectation,
    assistant,
    collectif,
    contrat,
    j,
    juger,
    morvan,
    objectif,
    pratique,
    releve,
)


def document(evaluation: Evaluation) -> dict[str, Any]:
    """Give the document as a program that reads the file gets it."""
    lu: dict[str, Any] = json.loads(json.dumps(evaluation_json(evaluation), allow_nan=False))
    return lu


def de_dossier_v1(valeurs: dict[str, Any]) -> dict[str, Any]:
    """Keep the keys that dossier-v1 names: what came later is under keys of its own."""
    return {cle: valeur for cle, valeur in valeurs.items() if cle in CLES_DE_DOSSIER_V1}


CLES_DE_DOSSIER_V1 = frozenset({
    "statut", "reference", "objectif", "valeur", "date", "source", "attendu", "taux_atteinte", "gain_mensuel_requis",
    "projection", "annee", "du", "montant_max", "texte", "grade", "le", "code", "libelle", "etat", "message",
    "eligible", "motifs",
})  # fmt: skip


def contrat_json(dossier: Any, au: str) -> dict[str, Any]:  # noqa: ANN401 - a dossier
    (seul,) = document(evaluate(dossier, j(au), charger_baremes()))["contrats"]
    vu: dict[str, Any] = seul
    return vu


EXEMPLE = evaluate(morvan(), j("2025-01-15"), charger_baremes())


def test_the_worked_example_is_the_document_of_dossier_v1() -> None:
    vu = document(EXEMPLE)
    (c1,) = vu["contrats"]

    assert (vu["format"], vu["version"], vu["au"]) == ("assistmed-evaluation", 1, "2025-01-15")
    assert (c1["id"], c1["statut"], c1["evaluation_le"], c1["jours_suspendus"]) == (
        "c1",
        "en_retard",
        "2025-08-14",
        152,
    )
    assert de_dossier_v1(c1["indicateurs"]["patientele_mt"]) == {
        "statut": "en_retard",
        "reference": 1010,
        "objectif": 1192,
        "valeur": 1131,
        "date": "2024-12-31",
        "source": "amelipro",
        "attendu": 1154.47,
        "taux_atteinte": 0.6648,
        "gain_mensuel_requis": 8.80,
        "projection": None,
    }
    # 1 620 + 260 x 870 / 1 096 = 1 826,387; 170 / 260 = 0,65385; 90 x 30,4375 / 211 = 12,9828.
    assert de_dossier_v1(c1["indicateurs"]["file_active"]) == {
        "statut": "en_retard",
        "reference": 1620,
        "objectif": 1880,
        "valeur": 1790,
        "date": "2024-12-31",
        "source": "amelipro",
        "attendu": 1826.39,
        "taux_atteinte": 0.6538,
        "gain_mensuel_requis": 12.98,
        "projection": None,
    }
    assert de_dossier_v1(c1["aide"][0]) == {
        "annee": 1,
        "du": "2022-03-15",
        "montant_max": 18000,
        "texte": "avenant_7",
        "grade": "B",
    }
    assert c1["effectif"] == [
        {"du": "2022-03-15", "au": None, "etp_affecte": "1/2", "etp_requis": "1/2", "couvert": True}
    ]
    assert de_dossier_v1(c1["echeances"][0]) == {
        "le": "2022-04-15",
        "code": "contrat_travail_cpam",
        "libelle": "Contrat de travail d'Inès Morel à transmettre à la CPAM",
        "etat": "passee",
        "grade": "C",
    }
    assert c1["avertissements"] == []
    assert de_dossier_v1(c1["eligibilite"]) == {"eligible": True, "motifs": []}


def test_the_keys_are_those_of_dossier_v1_in_its_order() -> None:
    vu = document(EXEMPLE)
    (c1,) = vu["contrats"]

    assert list(vu)[:4] == ["format", "version", "au", "contrats"]
    assert list(c1)[:10] == [
        "id",
        "statut",
        "evaluation_le",
        "jours_suspendus",
        "indicateurs",
        "aide",
        "effectif",
        "echeances",
        "avertissements",
        "eligibilite",
    ]
    assert list(c1["indicateurs"]) == ["patientele_mt", "file_active"]
    for annee in c1["aide"]:
        assert list(annee)[:5] == ["annee", "du", "montant_max", "texte", "grade"]
    for echeance in c1["echeances"]:
        assert list(echeance)[:5] == ["le", "code", "libelle", "etat", "grade"]
    assert [annee["montant_max"] for annee in c1["aide"]] == [18000, 13500, 10500, 11000, 11000]


def test_a_trend_that_comes_to_nothing_is_zero_and_not_minus_zero() -> None:
    (seul,) = EXEMPLE.contrats
    ligne = [releve(f"2023-{jour}", 1010 + rang) for rang, jour in enumerate(["01-11", "01-21", "01-31", "02-10"])]
    projection = juger(pratique(contrat(), releves=ligne), "2024-07-02").patientele_mt.projection
    assert projection is not None
    nulle = replace(seul.patientele_mt, projection=replace(projection, valeur=-1e-9, bas=-0.004, haut=-0.0))

    texte = json.dumps(evaluation_json(replace(EXEMPLE, contrats=(replace(seul, patientele_mt=nulle),))))

    assert '"valeur": 0.0, "bas": 0.0, "haut": 0.0' in texte


def test_what_is_unknown_is_null() -> None:
    vu = contrat_json(pratique(contrat(objectif=None, signe_le=j("2023-05-01"))), "2024-07-02")

    assert de_dossier_v1(vu["indicateurs"]["patientele_mt"]) == {
        "statut": "objectif_inconnu",
        "reference": 1000,
        "objectif": None,
        "valeur": None,
        "date": None,
        "source": None,
        "attendu": None,
        "taux_atteinte": None,
        "gain_mensuel_requis": None,
        "projection": None,
    }
    assert de_dossier_v1(vu["aide"][0]) == {
        "annee": 1,
        "du": "2023-01-01",
        "montant_max": None,
        "texte": "avenant_7",
        "grade": "X",
    }
    assert de_dossier_v1(vu["eligibilite"]) == {"eligible": None, "motifs": []}
    assert {"code": "signature_hors_periode", "message": vu["avertissements"][0]["message"]} == (
        de_dossier_v1(vu["avertissements"][0])
    )


def test_a_projection_has_its_day_its_value_and_its_interval() -> None:
    # One patient every ten days from 1 010 on 11 January 2023; 1 January 2026 is 1 086 days later.
    ligne = [releve(f"2023-{jour}", 1010 + rang) for rang, jour in enumerate(["01-11", "01-21", "01-31", "02-10"])]
    vu = contrat_json(pratique(contrat(), releves=ligne), "2024-07-02")

    assert vu["indicateurs"]["patientele_mt"]["projection"] == {
        "date": "2026-01-01",
        "valeur": 1118.6,
        "bas": 1118.6,
        "haut": 1118.6,
    }
    assert vu["indicateurs"]["file_active"]["projection"] is None


@pytest.mark.parametrize(
    ("exact", "deux", "quatre"),
    [
        (Fraction(0), 0.0, 0.0),
        (Fraction(1, 3), 0.33, 0.3333),
        (Fraction(2, 3), 0.67, 0.6667),
        (Fraction(1, 200), 0.01, 0.005),
        (Fraction(-1, 200), -0.01, -0.005),
        (Fraction(1, 20000), 0.0, 0.0001),
        (Fraction(-1, 20000), 0.0, -0.0001),
        (Fraction(99999, 20000), 5.0, 5.0),
        (Fraction(3), 3.0, 3.0),
    ],
)
def test_two_decimals_and_four_for_a_rate_half_away_from_zero(exact: Fraction, deux: float, quatre: float) -> None:
    (seul,) = EXEMPLE.contrats
    indicateur = replace(seul.patientele_mt, attendu=exact, gain_mensuel_requis=exact, taux_atteinte=exact)
    (vu,) = document(replace(EXEMPLE, contrats=(replace(seul, patientele_mt=indicateur),)))["contrats"]
    patientele = vu["indicateurs"]["patientele_mt"]

    assert (patientele["attendu"], patientele["gain_mensuel_requis"]) == (deux, deux)
    assert patientele["taux_atteinte"] == quatre


def test_the_figures_are_kept_exact_until_they_are_shown() -> None:
    assert juger(morvan(), "2025-01-15").patientele_mt.attendu == 1010 + Fraction(182 * 870, 1096)


def test_euros_are_numbers_whole_where_they_are() -> None:
    def montants(etp: str) -> list[Any]:
        vu = contrat_json(pratique(collectif(option_etp=Fraction(etp), objectif=None)), "2026-07-01")
        return [annee["montant_max"] for annee in vu["aide"]]

    # 38 000, 28 000 and 22 000 euros for each ETP.
    assert montants("4") == [152000, 112000, 88000, 88000, 88000]
    assert montants("1/16") == [2375, 1750, 1375, 1375, 1375]
    assert montants("1/64") == [593.75, 437.5, 343.75, 343.75, 343.75]
    assert all(type(montant) is int for montant in montants("4"))


def test_etp_are_strings() -> None:
    dossier = pratique(
        contrat(option_etp=Fraction(3, 2)),
        assistants=[assistant(affectation("2023-02-01", "2023-02-28", PLEIN))],
    )

    assert contrat_json(dossier, "2024-07-02")["effectif"] == [
        {"du": "2023-01-01", "au": "2023-01-31", "etp_affecte": "0", "etp_requis": "3/2", "couvert": False},
        {"du": "2023-02-01", "au": "2023-02-28", "etp_affecte": "1", "etp_requis": "3/2", "couvert": False},
        {"du": "2023-03-01", "au": None, "etp_affecte": "0", "etp_requis": "3/2", "couvert": False},
    ]


def test_the_reasons_are_sentences() -> None:
    vu = contrat_json(
        pratique(contrat(texte="reglement_arbitral_2023", option_etp=Fraction(1, 3), signe_le=j("2023-06-01"))),
        "2024-07-02",
    )

    assert de_dossier_v1(vu["eligibilite"]) == {
        "eligible": False,
        "motifs": ["L'option 1/3\u00a0ETP n'est plus ouverte aux nouveaux contrats (règlement arbitral de 2023)."],
    }


def test_the_contracts_are_in_the_order_of_the_dossier() -> None:
    dossier = pratique(contrat(id="z"), contrat(id="a", medecin="m2", objectif=objectif(None, None)))
    vu = document(evaluate(dossier, j("2024-07-02"), charger_baremes()))

    assert [c["id"] for c in vu["contrats"]] == ["z", "a"]
    assert document(evaluate(pratique(), j("2024-07-02"), charger_baremes()))["contrats"] == []


def test_the_analysis_comes_under_its_own_key_and_its_alerts_join_the_warnings() -> None:
    # 1 100 patients half way, then nothing for a year: 100 in the last six months, never more than 12 a month before.
    mois = [releve(f"2024-{m:02d}-28", 1090 + m, 2200) for m in range(1, 13)]
    dossier = pratique(contrat(), releves=mois)
    baremes = charger_baremes()
    evaluation = evaluate(dossier, j("2025-10-01"), baremes)
    (seul,) = evaluation.contrats
    analyse = analyser(dossier, seul, baremes)
    (vu,) = json.loads(json.dumps(evaluation_json(evaluation, {"c1": analyse}), allow_nan=False))["contrats"]
    (sans,) = document(evaluation)["contrats"]

    assert "analyse" not in sans
    assert list(vu["analyse"]) == [
        "groupe", "sources", "mouvements", "file_active", "rythme", "argent", "presence", "taches", "fin",
        "renouvellement", "comparaison", "avertissements",
    ]  # fmt: skip
    assert vu["analyse"]["groupe"] is None
    codes = {a["code"] for a in vu["avertissements"]} - {a["code"] for a in sans["avertissements"]}
    assert "gain_requis_inedit" in codes
    attentions = {a["code"] for a in vu["analyse"]["avertissements"] if a["niveau"] == "attention"}
    assert codes == attentions - {a["code"] for a in sans["avertissements"]}
    assert {cle: valeur for cle, valeur in vu.items() if cle not in ("analyse", "avertissements")} == {
        cle: valeur for cle, valeur in sans.items() if cle != "avertissements"
    }


def test_what_came_after_dossier_v1_is_told() -> None:
    (c1,) = document(EXEMPLE)["contrats"]

    assert (c1["statut_tenu"], c1["adherents"], c1["fin_le"]) == ("en_retard", ["m1"], "2027-03-14")
    assert c1["verdict"]["titre"].startswith("En retard de 23")
    patientele = c1["indicateurs"]["patientele_mt"]
    # One reading: its level is itself, and nothing is held. 121 patients in 870 days of 30,4375 a month.
    assert (patientele["niveau"], patientele["statut_tenu"], patientele["creux"]) == (1131.0, "en_retard", None)
    assert patientele["gain_mensuel_realise"] == 4.23
    assert [annee["hypothese_lineaire"] for annee in c1["aide"]][:3] == [None, None, 6865.38]
    assert {annee["option"] for annee in c1["aide"]} == {"1/2"}
    assert document(EXEMPLE)["baremes"]["ajoutes"] == []
