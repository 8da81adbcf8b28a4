"""One indicator on one day: status, attainment, monthly gains, and the steps that explain them."""

from fractions import Fraction

import pytest

from assistmed_desktop.domain.contrat import Objectif
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.resultats import EvaluationIndicateur
from tests.rules.outils import (
    contrat,
    j,
    juger,
    morvan,
    nouvel_objectif,
    objectif,
    pratique,
    reference,
    releve,
    suspension,
)

MI_CHEMIN = "2024-07-02"  # 548 days of 1 096: 1 100 patients are expected


def patientele(
    *releves: Releve, au: str = MI_CHEMIN, de: int = 1000, vers: int | None = 1200, objectif_du_contrat: bool = True
) -> EvaluationIndicateur:
    cible: Objectif | None = objectif(vers) if objectif_du_contrat else None
    signe = contrat(reference=reference(de), objectif=cible)
    return juger(pratique(signe, releves=releves), au).patientele_mt


@pytest.mark.parametrize(
    ("valeur", "statut"),
    [
        (0, "sous_la_reference"),
        (999, "sous_la_reference"),
        (1000, "en_retard"),
        (1001, "en_retard"),
        (1099, "en_retard"),
        (1100, "en_bonne_voie"),
        (1101, "en_bonne_voie"),
        (1199, "en_bonne_voie"),
        (1200, "atteint"),
        (1201, "atteint"),
    ],
)
def test_the_status_changes_at_the_reference_at_the_expected_count_and_at_the_target(valeur: int, statut: str) -> None:
    assert patientele(releve(MI_CHEMIN, valeur)).statut == statut


def test_the_expected_count_is_compared_unrounded() -> None:
    # The day after, 549 of 1 096 days: 1 100,18 patients are expected.
    assert patientele(releve("2024-07-03", 1100), au="2024-07-03").statut == "en_retard"
    assert patientele(releve("2024-07-03", 1101), au="2024-07-03").statut == "en_bonne_voie"


def test_the_expected_count_is_that_of_the_day_of_the_reading() -> None:
    assert patientele(releve(MI_CHEMIN, 1100), au="2025-12-31").statut == "en_bonne_voie"


def test_without_a_target_the_objective_is_unknown_whatever_the_readings() -> None:
    for vu in (
        patientele(vers=None),
        patientele(releve(MI_CHEMIN, 900), vers=None),
        patientele(objectif_du_contrat=False),
    ):
        assert vu.statut == "objectif_inconnu"
        assert (vu.objectif, vu.attendu, vu.taux_atteinte, vu.gain_mensuel_requis, vu.ecart) == (None,) * 5
        assert vu.trajectoire == ()


def test_without_a_reading_the_data_are_not_enough() -> None:
    vu = patientele()

    assert vu.statut == "donnees_insuffisantes"
    assert (vu.valeur, vu.date, vu.source, vu.attendu, vu.taux_atteinte, vu.ecart) == (None,) * 6
    assert (vu.gain_mensuel_requis, vu.gain_mensuel_realise, vu.projection) == (None, None, None)
    assert vu.objectif == 1200


def test_on_the_first_day_the_reference_is_on_its_way() -> None:
    assert patientele(releve("2023-01-01", 1000), au="2023-01-01").statut == "en_bonne_voie"
    assert patientele(releve("2023-01-01", 999), au="2023-01-01").statut == "sous_la_reference"


@pytest.mark.parametrize(
    ("valeur", "taux"),
    [
        (900, Fraction(-1, 2)),
        (1000, Fraction(0)),
        (1131, Fraction(131, 200)),
        (1200, Fraction(1)),
        (1250, Fraction(5, 4)),
    ],
)
def test_attainment_is_a_fraction_that_may_leave_0_and_1(valeur: int, taux: Fraction) -> None:
    assert patientele(releve(MI_CHEMIN, valeur)).taux_atteinte == taux


@pytest.mark.parametrize(
    ("valeur", "statut", "gain"), [(999, "sous_la_reference", None), (1000, "atteint", 0), (1001, "atteint", 0)]
)
def test_a_contract_of_maintenance_has_no_attainment(valeur: int, statut: str, gain: int | None) -> None:
    vu = patientele(releve(MI_CHEMIN, valeur), vers=1000)

    assert (vu.statut, vu.taux_atteinte, vu.attendu) == (statut, None, Fraction(1000))
    # One patient missing, 548 days left.
    assert vu.gain_mensuel_requis == (Fraction(304375, 10000 * 548) if gain is None else gain)


# 100 patients are missing; a month is 30,4375 days.
@pytest.mark.parametrize(
    ("au", "gain"),
    [
        (MI_CHEMIN, Fraction(304375, 10000) * 100 / 548),
        ("2025-12-02", Fraction(304375, 10000) * 100 / 30),
        ("2025-12-31", Fraction(304375, 10000) * 100),
        ("2026-01-01", None),
        ("2026-01-02", None),
        ("2030-01-01", None),
    ],
)
def test_the_monthly_gain_required_is_over_the_months_left_from_the_day(au: str, gain: Fraction | None) -> None:
    assert patientele(releve(MI_CHEMIN, 1100), au=au).gain_mensuel_requis == gain


@pytest.mark.parametrize("au", [MI_CHEMIN, "2025-12-31", "2026-01-01", "2026-01-02"])
def test_no_gain_is_required_once_reached_even_later(au: str) -> None:
    assert patientele(releve(MI_CHEMIN, 1200), au=au).gain_mensuel_requis == 0
    assert patientele(releve(MI_CHEMIN, 1201), au=au).gain_mensuel_requis == 0


def test_the_months_left_run_to_the_moved_evaluation() -> None:
    signe = contrat(suspension("2023-07-01", "2023-07-31"))
    vu = juger(pratique(signe, releves=[releve("2025-12-31", 1100)]), "2026-01-01").patientele_mt

    # The evaluation is on 1 February, 31 days later.
    assert vu.gain_mensuel_requis == Fraction(304375, 10000) * 100 / 31


def test_the_gain_so_far_is_over_the_days_worked() -> None:
    assert patientele(releve(MI_CHEMIN, 1100)).gain_mensuel_realise == Fraction(304375, 10000) * 100 / 548
    assert patientele(releve(MI_CHEMIN, 950)).gain_mensuel_realise == Fraction(304375, 10000) * -50 / 548
    assert patientele(releve("2023-01-01", 1100), au=MI_CHEMIN).gain_mensuel_realise is None
    signe = contrat(suspension("2023-07-01", "2023-07-31"))
    suspendu = juger(pratique(signe, releves=[releve(MI_CHEMIN, 1100)]), MI_CHEMIN).patientele_mt
    assert suspendu.gain_mensuel_realise == Fraction(304375, 10000) * 100 / (548 - 31)


def test_the_gap_is_what_is_ahead_of_the_expected_path() -> None:
    assert patientele(releve(MI_CHEMIN, 1080)).ecart == -20
    assert patientele(releve(MI_CHEMIN, 1130)).ecart == 30


@pytest.mark.parametrize(
    ("au", "cible", "evaluation"),
    [
        ("2024-01-31", 1200, "2026-01-01"),
        ("2024-02-01", 1300, "2026-06-01"),
        ("2024-06-30", 1300, "2026-06-01"),
        ("2024-07-01", None, "2026-01-01"),
    ],
)
def test_the_objective_is_the_one_in_force_on_the_day(au: str, cible: int | None, evaluation: str) -> None:
    signe = contrat(
        nouvel_objectif("2024-07-01", objectif(None, None, None)),
        nouvel_objectif("2024-02-01", objectif(1300, 2400, j("2026-06-01"))),
    )
    juge = juger(pratique(signe, releves=[releve("2024-01-01", 1100)]), au)

    assert juge.patientele_mt.objectif == cible
    assert juge.evaluation_le == j(evaluation)


def test_the_worked_example_has_its_figures() -> None:
    juge = juger(morvan(), "2025-01-15")
    vu = juge.patientele_mt

    assert (vu.valeur, vu.date, vu.source) == (1131, j("2024-12-31"), "amelipro")
    assert vu.taux_atteinte == Fraction(121, 182)
    # 61 patients are missing, 211 days from 15 January to 14 August 2025.
    assert vu.gain_mensuel_requis == Fraction(304375, 10000) * 61 / 211
    assert juge.file_active.taux_atteinte == Fraction(170, 260)
    assert juge.file_active.gain_mensuel_requis == Fraction(304375, 10000) * 90 / 211
    assert (vu.statut, juge.file_active.statut, juge.statut) == ("en_retard", "en_retard", "en_retard")
    assert vu.projection is None


def test_nothing_is_said_of_suspended_days_where_there_are_none() -> None:
    etapes = patientele(releve(MI_CHEMIN, 1100)).explication.etapes

    assert not any("suspendu" in etape.calcul for etape in etapes)


def test_the_worked_example_explains_itself() -> None:
    explication = juger(morvan(), "2025-01-15").patientele_mt.explication
    etapes = [
        tuple(texte.replace(INSECABLE, " ") for texte in (etape.libelle, etape.calcul, etape.resultat))
        for etape in explication.etapes
    ]

    assert explication.titre == "Patientèle médecin traitant"
    assert etapes == [
        ("Référence", "inscrite au contrat signé", "1 010 patients"),
        ("Objectif", "inscrit au contrat signé, jugé le 14/08/2025", "1 192 patients"),
        ("Valeur", "amelipro, relevé du 31/12/2024", "1 131 patients"),
        ("Jours écoulés", "du 15/03/2022 au 31/12/2024 : 1 022 jours, moins 152 jours suspendus", "870 jours"),
        ("Durée du parcours", "du 15/03/2022 au 14/08/2025, jours suspendus déduits", "1 096 jours"),
        ("Attendu ce jour-là", "1 010 + (1 192 − 1 010) × 870 / 1 096", "1 154,47"),
        ("Écart", "1 131 − 1 154,47", "−23,47"),
        ("Taux d'atteinte", "(1 131 − 1 010) / (1 192 − 1 010)", "66,5 %"),
        ("Gain mensuel requis", "61 / (211 jours / 30,4375)", "+8,8 par mois"),
    ]
    (source,) = explication.sources
    assert (source.texte, source.grade, source.a_verifier) == (
        "Avenant n° 7 à la convention médicale de 2016",
        "C",
        True,
    )


def test_what_is_unknown_is_explained_as_unknown() -> None:
    etapes = [(etape.libelle, etape.resultat) for etape in patientele(vers=None).explication.etapes]

    assert etapes == [
        ("Référence", f"1{INSECABLE}000{INSECABLE}patients"),
        ("Objectif", "non publié – reportez le chiffre de votre contrat"),
        ("Valeur", "inconnue"),
    ]
    sans_cible = patientele(releve(MI_CHEMIN, 1100), vers=None).explication.etapes
    assert [etape.libelle for etape in sans_cible] == ["Référence", "Objectif", "Valeur"]


def test_the_gap_bears_its_sign_when_ahead() -> None:
    (ecart,) = [e for e in patientele(releve(MI_CHEMIN, 1130)).explication.etapes if e.libelle == "Écart"]

    assert (ecart.calcul, ecart.resultat) == (f"1{INSECABLE}130 − 1{INSECABLE}100,00", "+30,00")


def test_an_objective_reached_explains_no_effort() -> None:
    atteint = patientele(releve(MI_CHEMIN, 1200)).explication.etapes
    maintien = patientele(releve(MI_CHEMIN, 1000), vers=1000).explication.etapes

    assert [etape.libelle for etape in atteint][-2:] == ["Écart", "Taux d'atteinte"]
    assert [etape.libelle for etape in maintien][-1] == "Écart"


@pytest.mark.parametrize(
    ("au", "deduits"), [("2023-07-01", ", moins 1 jour suspendu"), ("2023-07-02", ", moins 2 jours suspendus")]
)
def test_the_days_deducted_agree_with_their_number(au: str, deduits: str) -> None:
    signe = contrat(suspension("2023-07-01", au))
    explication = juger(pratique(signe, releves=[releve("2023-12-31", 1050)]), MI_CHEMIN).patientele_mt.explication

    (ecoules,) = (etape.calcul for etape in explication.etapes if etape.libelle == "Jours écoulés")
    # From 1 January to 31 December 2023.
    assert ecoules.replace(INSECABLE, " ") == f"du 01/01/2023 au 31/12/2023 : 364 jours{deduits}"
