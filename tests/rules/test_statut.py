"""The status of a contract: the worst of the indicators it needs, its end and its suspensions first; and its dates."""

from datetime import date
from itertools import product

import pytest

from assistmed_desktop.domain.contrat import Avenant
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.rules.resultats import StatutIndicateur
from tests.rules.outils import (
    averti,
    codes,
    collectif,
    contrat,
    j,
    jours,
    juger,
    medecin,
    nouvel_objectif,
    objectif,
    pratique,
    releve,
    resiliation,
    suspension,
)

MI_CHEMIN = j("2024-07-02")  # half of the way: 1 100 and 2 200 are expected

# How to bring each indicator to each status on that day: its target, and its reading. Worst first.
PATIENTELE: dict[StatutIndicateur, tuple[int | None, int | None]] = {
    "sous_la_reference": (1200, 999),
    "en_retard": (1200, 1099),
    "donnees_insuffisantes": (1200, None),
    "objectif_inconnu": (None, 1250),
    "en_bonne_voie": (1200, 1100),
    "atteint": (1200, 1200),
}
FILE_ACTIVE: dict[StatutIndicateur, tuple[int | None, int | None]] = {
    "sous_la_reference": (2400, 1999),
    "en_retard": (2400, 2199),
    "donnees_insuffisantes": (2400, None),
    "objectif_inconnu": (None, 2500),
    "en_bonne_voie": (2400, 2200),
    "atteint": (2400, 2400),
}
PIRE_D_ABORD = list(PATIENTELE)
PAIRES = list(product(PIRE_D_ABORD, repeat=2))


def statut(patientele: StatutIndicateur, file_active: StatutIndicateur, specialite: str) -> str:
    (cible, vue), (cible_fa, vue_fa) = PATIENTELE[patientele], FILE_ACTIVE[file_active]
    signe = contrat(objectif=objectif(cible, cible_fa))
    releves: list[Releve] = [releve(MI_CHEMIN, vue, vue_fa)] if (vue, vue_fa) != (None, None) else []
    juge = juger(pratique(signe, medecins=[medecin(specialite=specialite)], releves=releves), MI_CHEMIN)
    assert (juge.patientele_mt.statut, juge.file_active.statut) == (patientele, file_active)
    assert juge.file_active.requis
    return juge.statut


@pytest.mark.parametrize("specialite", ["medecine_generale", "pediatrie"])
@pytest.mark.parametrize(("patientele", "file_active"), PAIRES)
def test_generalists_and_paediatricians_have_the_worst_of_both(
    patientele: StatutIndicateur, file_active: StatutIndicateur, specialite: str
) -> None:
    pire = PIRE_D_ABORD[min(PIRE_D_ABORD.index(patientele), PIRE_D_ABORD.index(file_active))]

    assert statut(patientele, file_active, specialite) == pire


@pytest.mark.parametrize("specialite", ["cardiologie", "orl", "gynecologie_medicale", "medecine_generale_du_sport"])
@pytest.mark.parametrize(("patientele", "file_active"), PAIRES)
def test_the_other_specialities_have_the_status_of_their_patients_seen(
    patientele: StatutIndicateur, file_active: StatutIndicateur, specialite: str
) -> None:
    assert statut(patientele, file_active, specialite) == file_active


def test_what_a_speciality_does_not_need_is_shown_and_not_warned_about() -> None:
    dossier = pratique(
        contrat(objectif=objectif(None, 2400)),
        medecins=[medecin(specialite="cardiologie")],
        releves=[releve(MI_CHEMIN, None, 2300)],
    )
    juge = juger(dossier, MI_CHEMIN)

    assert [(i.indicateur, i.requis) for i in juge.indicateurs] == [("patientele_mt", False), ("file_active", True)]
    assert not {"releve_absent", "objectif_inconnu"} & set(codes(juge))


@pytest.mark.parametrize(
    ("specialites", "requis"),
    [
        (("medecine_generale", "medecine_generale"), True),
        (("cardiologie", "pediatrie"), True),
        (("medecine_generale", "cardiologie"), True),
        (("cardiologie", "dermatologie"), False),
    ],
)
def test_a_group_needs_both_as_soon_as_one_of_its_doctors_does(specialites: tuple[str, str], requis: bool) -> None:
    medecins = [medecin(rang, specialite=specialite) for rang, specialite in enumerate(specialites, 1)]

    assert juger(pratique(collectif(), medecins=medecins), "2026-07-01").patientele_mt.requis is requis


def test_the_doctors_of_another_contract_decide_nothing() -> None:
    medecins = [medecin(1, specialite="cardiologie"), medecin(2, specialite="medecine_generale")]

    assert juger(pratique(contrat(), medecins=medecins), MI_CHEMIN).patientele_mt.requis is False


def au_jour(jour: str | date, *avenants: Avenant) -> str:
    return juger(pratique(contrat(*avenants), releves=[releve("2023-01-01", 1250, 2450)]), jour).statut


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [
        ("2022-12-31", "donnees_insuffisantes"),
        ("2023-01-01", "atteint"),
        ("2027-12-31", "atteint"),
        ("2028-01-01", "termine"),
    ],
)
def test_a_contract_of_five_years_ends_on_the_eve_of_its_fifth_anniversary(jour: str, attendu: str) -> None:
    assert au_jour(jour) == attendu


@pytest.mark.parametrize(
    ("jour", "attendu"), [("2024-06-29", "atteint"), ("2024-06-30", "termine"), ("2024-07-01", "termine")]
)
def test_a_terminated_contract_runs_to_the_eve(jour: str, attendu: str) -> None:
    assert au_jour(jour, resiliation("2024-06-30")) == attendu


def test_the_first_termination_ends_a_contract() -> None:
    assert au_jour("2024-07-01", resiliation("2025-01-01"), resiliation("2024-06-30")) == "termine"


def test_a_contract_terminated_on_its_first_day_never_runs() -> None:
    juge = juger(pratique(contrat(resiliation("2023-01-01"))), "2023-01-01")

    assert (juge.statut, juge.fin_le, juge.effectif) == ("termine", j("2022-12-31"), ())
    assert (juge.couverture.jours_requis, juge.couverture.jours_couverts) == (0, 0)


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [
        ("2024-06-09", "atteint"),
        ("2024-06-10", "suspendu"),
        ("2024-06-20", "suspendu"),
        ("2024-06-21", "atteint"),
    ],
)
def test_a_contract_is_suspended_from_the_first_suspended_day_to_the_last(jour: str, attendu: str) -> None:
    assert au_jour(jour, suspension("2024-06-10", "2024-06-20")) == attendu


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [("2024-06-09", "atteint"), ("2024-06-10", "suspendu"), ("2027-12-31", "suspendu"), ("2028-01-01", "termine")],
)
def test_an_open_suspension_lasts_until_the_contract_ends(jour: str, attendu: str) -> None:
    assert au_jour(jour, suspension("2024-06-10", None)) == attendu


def test_the_end_goes_before_the_suspension_and_both_before_the_figures() -> None:
    avenants = (suspension("2024-06-10", "2024-06-20"), resiliation("2024-06-15"))

    assert au_jour("2024-06-14", *avenants) == "suspendu"
    assert au_jour("2024-06-15", *avenants) == "termine"


def test_suspended_or_not_the_indicators_keep_their_own_status() -> None:
    juge = juger(
        pratique(contrat(suspension("2024-06-10", None)), releves=[releve("2024-01-31", 900, 2450)]), "2024-06-30"
    )

    assert juge.statut == "suspendu"
    assert (juge.patientele_mt.statut, juge.file_active.statut) == ("sous_la_reference", "atteint")


def test_an_unknown_evaluation_day_is_three_years_after_the_start_with_a_warning() -> None:
    juge = juger(pratique(contrat(objectif=objectif(le=None))), MI_CHEMIN)

    assert (juge.evaluation_le, juge.evaluation_par_defaut) == (j("2026-01-01"), True)
    avertissement = averti(juge, "evaluation_par_defaut")
    assert avertissement is not None
    assert avertissement.message == (
        "La date d'évaluation n'est pas renseignée : 01/01/2026 est la date par défaut, à vérifier sur votre contrat."
    )


def test_it_is_two_years_after_for_a_group() -> None:
    juge = juger(pratique(collectif(objectif=objectif(2520, 4220, None))), "2026-07-01")

    assert (juge.evaluation_le, juge.evaluation_par_defaut) == (j("2028-03-01"), True)
    assert "evaluation_par_defaut" in codes(juge)


def test_without_an_objective_at_all_the_evaluation_day_is_the_default_one() -> None:
    juge = juger(pratique(contrat(objectif=None)), MI_CHEMIN)

    assert (juge.evaluation_le, juge.evaluation_par_defaut, juge.statut) == (j("2026-01-01"), True, "objectif_inconnu")
    assert "evaluation_par_defaut" in codes(juge)


def test_a_known_evaluation_day_is_kept_without_a_warning() -> None:
    juge = juger(pratique(contrat(objectif=objectif(le=j("2025-06-30")))), MI_CHEMIN)

    assert (juge.evaluation_le, juge.evaluation_par_defaut) == (j("2025-06-30"), False)
    assert "evaluation_par_defaut" not in codes(juge)


def test_an_amendment_that_leaves_the_evaluation_day_unknown_takes_the_default() -> None:
    signe = contrat(nouvel_objectif("2024-01-01", objectif(1300, 2500, None)), objectif=objectif(le=j("2025-06-30")))

    assert juger(pratique(signe), "2023-12-31").evaluation_le == j("2025-06-30")
    assert juger(pratique(signe), "2024-01-01").evaluation_le == j("2026-01-01")


def test_the_default_day_is_moved_by_suspensions_too() -> None:
    juge = juger(pratique(contrat(suspension("2023-03-01", "2023-03-10"), objectif=objectif(le=None))), MI_CHEMIN)

    assert (juge.evaluation_initiale_le, juge.evaluation_le) == (j("2026-01-01"), j("2026-01-11"))


@pytest.mark.parametrize(("debut", "evaluation"), [("2024-02-29", "2027-02-28"), ("2021-03-01", "2024-03-01")])
def test_the_third_anniversary_of_a_29_february_is_a_28_february(debut: str, evaluation: str) -> None:
    signe = contrat(debut_le=j(debut), signe_le=j("2021-01-01"), objectif=None)

    assert juger(pratique(signe), "2024-06-01").evaluation_le == j(evaluation)


@pytest.mark.parametrize(
    ("debut", "duree", "fin"),
    [
        ("2020-02-29", 1, "2021-02-27"),
        ("2020-02-29", 4, "2024-02-28"),
        ("2020-02-29", 5, "2025-02-27"),
        ("2020-03-01", 4, "2024-02-29"),
        ("2020-03-01", 5, "2025-02-28"),
        ("2023-01-01", 10, "2032-12-31"),
    ],
)
def test_the_last_day_is_the_eve_of_the_last_anniversary(debut: str, duree: int, fin: str) -> None:
    signe = contrat(debut_le=j(debut), duree_ans=duree, signe_le=j("2020-01-01"), objectif=None)
    dossier = pratique(signe)

    assert juger(dossier, fin).fin_le == j(fin)
    assert juger(dossier, fin).statut == "objectif_inconnu"
    assert juger(dossier, j(fin) + jours(1)).statut == "termine"


def test_the_contract_year_that_holds_the_day() -> None:
    dossier = pratique(contrat())

    def annee(jour: str) -> int | None:
        en_cours = juger(dossier, jour).annee_en_cours
        return None if en_cours is None else en_cours.annee

    assert [annee(jour) for jour in ("2022-12-31", "2023-01-01", "2023-12-31", "2024-01-01")] == [None, 1, 1, 2]
    assert [annee(jour) for jour in ("2027-12-31", "2028-01-01")] == [5, None]
