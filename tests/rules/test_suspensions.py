"""Suspended days, the moved evaluation, and what is expected in between."""

from fractions import Fraction

import pytest

from tests.rules.outils import (
    EVALUATION,
    contrat,
    j,
    jours,
    juger,
    morvan,
    nouvel_objectif,
    objectif,
    pratique,
    releve,
    suspension,
)


def deplacee(*periodes: tuple[str, str | None], au: str = "2024-07-02") -> tuple[int, str]:
    """Give the suspended days and the moved evaluation."""
    juge = juger(pratique(contrat(*(suspension(du, fin) for du, fin in periodes))), au)
    assert juge.evaluation_initiale_le == EVALUATION
    return juge.jours_suspendus, juge.evaluation_le.isoformat()


def test_without_suspension_the_evaluation_stays() -> None:
    assert deplacee() == (0, "2026-01-01")


def test_the_worked_example_sleeps_152_days() -> None:
    # From 2 May to 30 September 2023: 30 + 30 + 31 + 31 + 30 = 152; from 15 March 2025, 152 days later is 14 August.
    juge = juger(morvan(), "2025-01-15")

    assert (juge.jours_suspendus, juge.evaluation_le) == (152, j("2025-08-14"))


def test_the_first_and_the_last_day_are_both_suspended() -> None:
    assert deplacee(("2023-07-10", "2023-07-10")) == (1, "2026-01-02")
    assert deplacee(("2023-07-10", "2023-07-11")) == (2, "2026-01-03")


def test_a_leap_day_is_a_day() -> None:
    assert deplacee(("2024-02-01", "2024-02-29")) == (29, "2026-01-30")
    assert deplacee(("2023-02-01", "2023-02-28")) == (28, "2026-01-29")


def test_a_suspension_without_end_runs_to_the_day() -> None:
    assert deplacee(("2024-06-23", None), au="2024-07-02") == (10, "2026-01-11")
    assert deplacee(("2024-07-02", None), au="2024-07-02") == (1, "2026-01-02")


def test_a_suspension_without_end_that_has_not_begun_counts_nothing() -> None:
    assert deplacee(("2024-07-03", None), au="2024-07-02") == (0, "2026-01-01")
    assert deplacee(("2025-07-03", None), au="2024-07-02") == (0, "2026-01-01")


def test_a_suspension_with_an_end_counts_whole_before_it_begins() -> None:
    assert deplacee(("2025-03-01", "2025-03-31"), au="2024-07-02") == (31, "2026-02-01")


def test_a_suspension_that_straddles_the_day_counts_whole() -> None:
    assert deplacee(("2024-06-01", "2024-07-30"), au="2024-07-02") == (60, "2026-03-02")


def test_several_suspensions_move_the_evaluation_together_in_any_order() -> None:
    deux = [("2023-03-01", "2023-03-10"), ("2024-03-01", "2024-03-20")]

    assert deplacee(*deux) == deplacee(*reversed(deux)) == (30, "2026-01-31")


@pytest.mark.parametrize(
    ("du", "au", "evaluation"),
    [
        ("2025-12-31", "2026-01-09", "2026-01-11"),
        ("2026-01-01", "2026-01-10", "2026-01-11"),
        ("2026-01-02", "2026-01-11", "2026-01-01"),
    ],
)
def test_a_suspension_moves_the_evaluation_when_it_begins_on_that_day_or_before(
    du: str, au: str, evaluation: str
) -> None:
    # Ten days each; the last one begins the day after.
    assert deplacee((du, au)) == (10, evaluation)


def test_a_suspension_that_straddles_the_evaluation_moves_it_by_all_its_days() -> None:
    # 17 + 31 + 28 + 15 = 91 days from 15 December 2025 to 15 March 2026; 30 + 28 + 31 + 2 after 1 January is 2 April.
    assert deplacee(("2025-12-15", "2026-03-15")) == (91, "2026-04-02")


def test_a_suspension_that_begins_on_the_evaluation_as_moved_so_far_moves_it_again() -> None:
    premiere = ("2023-03-01", "2023-03-10")  # ten days: 11 January 2026

    assert deplacee(premiere, ("2026-01-11", "2026-01-15")) == (15, "2026-01-16")
    assert deplacee(premiere, ("2026-01-12", "2026-01-16")) == (15, "2026-01-11")
    assert deplacee(("2026-01-11", "2026-01-15"), premiere) == (15, "2026-01-16")
    # Without the first one, the second begins after the evaluation.
    assert deplacee(("2026-01-11", "2026-01-15")) == (5, "2026-01-01")


def test_the_evaluation_of_an_amendment_is_moved_too() -> None:
    plus_tard = nouvel_objectif("2024-01-01", objectif(le=j("2026-06-01")))
    juge = juger(pratique(contrat(suspension("2023-03-01", "2023-03-10"), plus_tard)), "2024-07-02")

    assert (juge.evaluation_initiale_le, juge.evaluation_le) == (j("2026-06-01"), j("2026-06-11"))


def attendu(jour: str, *periodes: tuple[str, str | None], au: str | None = None) -> Fraction | None:
    """Give the patients expected at a reading, from 1 000 to 1 200."""
    signe = contrat(*(suspension(du, fin) for du, fin in periodes))
    return juger(pratique(signe, releves=[releve(jour, 1000)]), au or jour).patientele_mt.attendu


def sur_1096(elapsed: int) -> Fraction:
    return 1000 + Fraction(200 * elapsed, 1096)


def test_the_expected_count_grows_with_the_days_elapsed() -> None:
    assert attendu("2023-01-01") == 1000
    assert attendu("2023-01-02") == sur_1096(1)
    assert attendu("2024-02-29") == sur_1096(365 + 31 + 28)
    assert attendu("2024-07-02") == 1100
    assert attendu("2025-12-31") == sur_1096(1095)
    assert attendu("2026-01-01") == 1200


def test_the_expected_count_stays_at_the_target_after_the_evaluation() -> None:
    assert attendu("2026-01-02") == 1200
    assert attendu("2027-06-30") == 1200


# July 2023 is suspended: 31 days, the evaluation is on 1 February 2026, and 1 127 - 31 = 1 096 days are to be walked.
@pytest.mark.parametrize(
    ("jour", "elapsed"),
    [
        ("2023-06-30", 180),  # 31 + 28 + 31 + 30 + 31 + 29
        ("2023-07-01", 181 - 1),
        ("2023-07-15", 195 - 15),
        ("2023-07-31", 211 - 31),
        ("2023-08-01", 212 - 31),
        ("2026-01-31", 1126 - 31),
        ("2026-02-01", 1127 - 31),
        ("2026-02-02", 1096),
    ],
)
def test_the_suspended_days_up_to_the_reading_are_not_elapsed(jour: str, elapsed: int) -> None:
    assert attendu(jour, ("2023-07-01", "2023-07-31")) == sur_1096(elapsed)


def test_a_suspension_after_the_reading_changes_nothing_of_what_it_is_compared_with() -> None:
    assert attendu("2023-06-30", ("2025-07-01", "2025-07-31")) == sur_1096(180)


def test_a_suspension_from_the_first_day_keeps_the_expected_count_at_the_reference() -> None:
    # Ten days suspended from the very start: on the tenth, 9 days are past and 10 are suspended, none is elapsed.
    for jour in ("2023-01-01", "2023-01-05", "2023-01-10"):
        assert attendu(jour, ("2023-01-01", "2023-01-10")) == 1000
    assert attendu("2023-01-12", ("2023-01-01", "2023-01-10")) == sur_1096(1)


def test_the_suspended_days_of_an_open_suspension_run_to_the_day_not_to_the_reading() -> None:
    # Suspended since 1 July 2023, seen on 31 July: the evaluation is moved by 31 days, and at the reading of 10 July,
    # 190 days from the start, 10 are suspended.
    assert attendu("2023-07-10", ("2023-07-01", None), au="2023-07-31") == sur_1096(180)


def test_the_worked_example_expects_its_figures() -> None:
    juge = juger(morvan(), "2025-01-15")

    # 1 022 days from 15 March 2022 to 31 December 2024, 1 248 to 14 August 2025, 152 of them suspended.
    assert juge.patientele_mt.attendu == 1010 + Fraction(182 * 870, 1096)
    assert juge.file_active.attendu == 1620 + Fraction(260 * 870, 1096)


def test_a_suspension_after_the_evaluation_leaves_the_target_expected() -> None:
    assert attendu("2026-03-15", ("2026-02-01", "2026-02-28")) == 1200


def test_the_expected_path_is_flat_while_suspended() -> None:
    juge = juger(pratique(contrat(suspension("2023-07-01", "2023-07-31"))), "2024-07-02")

    assert juge.patientele_mt.trajectoire == (
        (j("2023-01-01"), Fraction(1000)),
        (j("2023-06-30"), sur_1096(180)),
        (j("2023-07-31"), sur_1096(180)),
        (j("2026-02-01"), Fraction(1200)),
    )


def test_the_expected_path_of_a_contract_suspended_from_its_first_day_begins_with_it() -> None:
    juge = juger(pratique(contrat(suspension("2023-01-01", "2023-01-10"))), "2024-07-02")

    assert juge.patientele_mt.trajectoire == (
        (j("2023-01-01"), Fraction(1000)),
        (j("2023-01-10"), Fraction(1000)),
        (j("2026-01-11"), Fraction(1200)),
    )


def test_the_expected_path_ends_at_the_evaluation() -> None:
    juge = juger(pratique(contrat(suspension("2026-02-01", "2026-02-28"))), "2024-07-02")

    assert juge.patientele_mt.trajectoire == (
        (j("2023-01-01"), Fraction(1000)),
        (j("2026-01-01"), Fraction(1200)),
    )


def test_the_periods_are_told_in_order_with_their_days() -> None:
    signe = contrat(suspension("2024-06-23", None), suspension("2023-03-01", "2023-03-10"))
    periodes = juger(pratique(signe), "2024-07-02").suspensions

    assert [(p.du, p.au, p.ouverte, p.jours) for p in periodes] == [
        (j("2023-03-01"), j("2023-03-10"), False, 10),
        (j("2024-06-23"), j("2024-07-02"), True, 10),
    ]


def test_an_open_suspension_of_a_contract_long_ended_still_runs_to_the_day() -> None:
    juge = juger(pratique(contrat(suspension("2024-06-23", None))), "2150-12-31")

    assert juge.jours_suspendus == (j("2150-12-31") - j("2024-06-23")).days + 1
    assert juge.evaluation_le == EVALUATION + jours(juge.jours_suspendus)
    assert juge.statut == "termine"
