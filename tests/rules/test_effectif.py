"""The ETP allocated against the ETP financed, segment by segment; and the days the post was covered."""

from fractions import Fraction

from assistmed_desktop.domain.assistant import Assistant
from assistmed_desktop.domain.contrat import Avenant
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from tests.rules.outils import (
    DEMI,
    PLEIN,
    TIERS,
    absence,
    affectation,
    assistant,
    collectif,
    contrat,
    j,
    juger,
    morvan,
    option,
    pratique,
    resiliation,
    suspension,
)

Segment = tuple[str, str | None, Fraction, Fraction, bool]
AU = "2024-07-02"


def segments(*assistants: Assistant, etp: Fraction = DEMI, avenants: tuple[Avenant, ...] = ()) -> list[Segment]:
    """Give the segments: from, to, ETP allocated, ETP required, covered."""
    dossier = pratique(contrat(*avenants, option_etp=etp), assistants=assistants)
    return [
        (s.du.isoformat(), None if s.au is None else s.au.isoformat(), s.etp_affecte, s.etp_requis, s.couvert)
        for s in juger(dossier, AU).effectif
    ]


def test_one_assistant_for_the_whole_contract_is_one_segment_without_end() -> None:
    assert segments(assistant(affectation("2023-01-01"))) == [("2023-01-01", None, DEMI, DEMI, True)]
    (vu,) = juger(morvan(), "2025-01-15").effectif
    assert (vu.du, vu.au, vu.etp_affecte, vu.etp_requis, vu.couvert) == (j("2022-03-15"), None, DEMI, DEMI, True)


def test_nobody_is_one_segment_that_is_not_covered() -> None:
    assert segments() == [("2023-01-01", None, Fraction(0), DEMI, False)]


def test_three_shared_thirds_make_exactly_a_full_time() -> None:
    tiers = [assistant(affectation("2023-01-01", etp=TIERS), id=f"a{rang}") for rang in (1, 2, 3)]

    assert segments(*tiers, etp=PLEIN) == [("2023-01-01", None, PLEIN, PLEIN, True)]
    assert segments(*tiers[:2], etp=PLEIN) == [("2023-01-01", None, Fraction(2, 3), PLEIN, False)]


def test_a_third_and_a_sixth_make_exactly_a_half() -> None:
    deux = [
        assistant(affectation("2023-01-01", etp=TIERS), id="a1"),
        assistant(affectation("2023-04-01", etp=Fraction(1, 6)), id="a2"),
    ]

    assert segments(*deux) == [
        ("2023-01-01", "2023-03-31", TIERS, DEMI, False),
        ("2023-04-01", None, DEMI, DEMI, True),
    ]


def test_a_gap_between_two_assistants_is_a_segment_of_its_own() -> None:
    deux = [
        assistant(affectation("2023-01-01", "2023-06-30"), id="a1"),
        assistant(affectation("2023-09-01"), id="a2"),
    ]

    assert segments(*deux) == [
        ("2023-01-01", "2023-06-30", DEMI, DEMI, True),
        ("2023-07-01", "2023-08-31", Fraction(0), DEMI, False),
        ("2023-09-01", None, DEMI, DEMI, True),
    ]


def test_a_change_of_assistant_from_one_day_to_the_next_changes_nothing() -> None:
    deux = [
        assistant(affectation("2023-01-01", "2023-06-30"), id="a1"),
        assistant(affectation("2023-07-01"), id="a2"),
    ]

    assert segments(*deux) == [("2023-01-01", None, DEMI, DEMI, True)]


def test_a_day_in_common_is_a_segment_of_one_day() -> None:
    deux = [
        assistant(affectation("2023-01-01", "2023-07-01"), id="a1"),
        assistant(affectation("2023-07-01"), id="a2"),
    ]

    assert segments(*deux) == [
        ("2023-01-01", "2023-06-30", DEMI, DEMI, True),
        ("2023-07-01", "2023-07-01", PLEIN, DEMI, True),
        ("2023-07-02", None, DEMI, DEMI, True),
    ]


def test_an_allocation_begun_before_the_contract_counts_from_its_first_day() -> None:
    assert segments(assistant(affectation("2020-01-01"))) == [("2023-01-01", None, DEMI, DEMI, True)]


def test_a_late_allocation_leaves_the_first_days_uncovered() -> None:
    assert segments(assistant(affectation("2023-02-01"))) == [
        ("2023-01-01", "2023-01-31", Fraction(0), DEMI, False),
        ("2023-02-01", None, DEMI, DEMI, True),
    ]


def test_allocations_that_all_end_after_the_contract_end_with_it() -> None:
    assert segments(assistant(affectation("2023-01-01", "2030-06-30"))) == [
        ("2023-01-01", "2027-12-31", DEMI, DEMI, True)
    ]
    assert segments(assistant(affectation("2023-01-01", "2027-12-31"))) == [
        ("2023-01-01", "2027-12-31", DEMI, DEMI, True)
    ]


def test_an_allocation_of_the_last_day_alone_ends_with_the_contract() -> None:
    assert segments(assistant(affectation("2027-12-31", "2027-12-31"))) == [
        ("2023-01-01", "2027-12-30", Fraction(0), DEMI, False),
        ("2027-12-31", "2027-12-31", DEMI, DEMI, True),
    ]


def test_an_allocation_that_ends_before_the_contract_leaves_it_uncovered() -> None:
    assert segments(assistant(affectation("2023-01-01", "2027-12-30"))) == [
        ("2023-01-01", "2027-12-30", DEMI, DEMI, True),
        ("2027-12-31", None, Fraction(0), DEMI, False),
    ]


def test_one_open_allocation_among_ended_ones_keeps_the_last_segment_open() -> None:
    deux = [
        assistant(affectation("2023-01-01", "2030-06-30", etp=TIERS), id="a1"),
        assistant(affectation("2023-01-01", etp=TIERS), id="a2"),
    ]

    assert segments(*deux) == [("2023-01-01", None, Fraction(2, 3), DEMI, True)]


def test_nothing_is_told_of_an_allocation_begun_after_the_contract() -> None:
    tardif = assistant(affectation("2024-06-01"))

    assert segments(tardif, avenants=(resiliation("2024-06-01"),)) == [("2023-01-01", None, Fraction(0), DEMI, False)]
    assert segments(tardif, avenants=(resiliation("2024-06-02"),)) == [
        ("2023-01-01", "2024-05-31", Fraction(0), DEMI, False),
        ("2024-06-01", None, DEMI, DEMI, True),
    ]


def test_another_option_changes_what_is_required_from_its_day() -> None:
    assert segments(assistant(affectation("2023-01-01")), avenants=(option("2024-03-01", PLEIN),)) == [
        ("2023-01-01", "2024-02-29", DEMI, DEMI, True),
        ("2024-03-01", None, DEMI, PLEIN, False),
    ]


def test_an_option_and_an_allocation_that_change_on_one_day_make_one_cut() -> None:
    equipe = [
        assistant(affectation("2023-01-01", "2024-02-29"), affectation("2024-03-01", etp=PLEIN)),
    ]

    assert segments(*equipe, avenants=(option("2024-03-01", PLEIN),)) == [
        ("2023-01-01", "2024-02-29", DEMI, DEMI, True),
        ("2024-03-01", None, PLEIN, PLEIN, True),
    ]


def test_an_assistant_shared_between_two_contracts_counts_for_each_by_its_part() -> None:
    partage = assistant(affectation("2023-01-01", etp=TIERS), affectation("2023-02-01", contrat="c2"))
    dossier = pratique(contrat(option_etp=TIERS), contrat(id="c2", medecin="m2"), assistants=[partage])
    premier, second = evaluate(dossier, j(AU), charger_baremes()).contrats

    assert [(s.du, s.etp_affecte) for s in premier.effectif] == [(j("2023-01-01"), TIERS)]
    assert [(s.du, s.etp_affecte) for s in second.effectif] == [(j("2023-01-01"), 0), (j("2023-02-01"), DEMI)]


def test_a_group_needs_what_it_finances() -> None:
    equipe = [assistant(affectation("2026-03-01", etp=PLEIN), id=f"a{rang}") for rang in (1, 2)]
    juge = juger(pratique(collectif(), assistants=equipe), "2026-07-01")

    assert [(s.etp_affecte, s.etp_requis, s.couvert) for s in juge.effectif] == [(Fraction(2), Fraction(2), True)]


def couverture(*assistants: Assistant, au: str, avenants: tuple[Avenant, ...] = ()) -> tuple[int, int]:
    """Give the days covered, and the days required."""
    vue = juger(pratique(contrat(*avenants), assistants=assistants), au).couverture
    return vue.jours_couverts, vue.jours_requis


def test_the_days_of_the_contract_so_far_are_required_both_ends_included() -> None:
    present = assistant(affectation("2023-01-01"))

    assert couverture(present, au="2022-12-30") == (0, 0)
    assert couverture(present, au="2022-12-31") == (0, 0)
    assert couverture(present, au="2023-01-01") == (1, 1)
    assert couverture(present, au="2023-12-31") == (365, 365)
    assert couverture(present, au="2024-12-31") == (731, 731)
    # Five years, one of them leap, and not a day more.
    assert couverture(present, au="2027-12-31") == (1826, 1826)
    assert couverture(present, au="2030-01-01") == (1826, 1826)


def test_days_without_enough_etp_are_not_covered() -> None:
    assert couverture(au="2023-01-31") == (0, 31)
    assert couverture(assistant(affectation("2023-01-11")), au="2023-01-31") == (21, 31)
    assert couverture(assistant(affectation("2023-01-01", "2023-01-10")), au="2023-01-31") == (10, 31)
    assert couverture(assistant(affectation("2023-01-01", etp=TIERS)), au="2023-01-31") == (0, 31)


def test_an_absence_is_not_covered_unless_replaced() -> None:
    def absent(*, remplacement: bool) -> Assistant:
        repos = absence("2023-01-11", "2023-01-20", remplacement=remplacement)
        return assistant(affectation("2023-01-01"), absences=(repos,))

    assert couverture(absent(remplacement=False), au="2023-01-31") == (21, 31)
    assert couverture(absent(remplacement=True), au="2023-01-31") == (31, 31)


def test_paid_leave_is_no_gap() -> None:
    repos = absence("2023-01-11", "2023-01-20").model_copy(update={"conges": True})

    assert couverture(assistant(affectation("2023-01-01"), absences=(repos,)), au="2023-01-31") == (31, 31)


def test_an_absence_without_end_lasts_to_the_day() -> None:
    parti = assistant(affectation("2023-01-01"), absences=(absence("2023-01-11", None),))

    assert couverture(parti, au="2023-01-31") == (10, 31)


def test_a_day_of_absence_and_a_day_of_suspension_are_days() -> None:
    absent = assistant(affectation("2023-01-01"), absences=(absence("2023-01-11", "2023-01-11"),))

    assert couverture(absent, au="2023-01-31") == (30, 31)
    assert couverture(absent, au="2023-01-31", avenants=(suspension("2023-01-21", "2023-01-21"),)) == (29, 30)
    assert couverture(absent, au="2023-01-31", avenants=(suspension("2023-01-11", "2023-01-11"),)) == (30, 30)


def test_another_assistant_covers_an_absence() -> None:
    absent = assistant(affectation("2023-01-01"), absences=(absence("2023-01-11", "2023-01-20"),), id="a1")
    autre = assistant(affectation("2023-01-16"), id="a2")

    assert couverture(absent, autre, au="2023-01-31") == (26, 31)


def test_suspended_days_are_neither_required_nor_covered() -> None:
    present = assistant(affectation("2023-01-01"))

    assert couverture(present, au="2023-01-31", avenants=(suspension("2023-01-11", "2023-01-20"),)) == (21, 21)
    assert couverture(present, au="2023-01-31", avenants=(suspension("2023-01-11", None),)) == (10, 10)
    assert couverture(present, au="2023-01-31", avenants=(suspension("2023-01-01", None),)) == (0, 0)
    assert couverture(present, au="2023-01-31", avenants=(suspension("2023-02-11", None),)) == (31, 31)


def test_an_absence_begun_before_the_contract_and_an_option_that_rises() -> None:
    absent = assistant(affectation("2023-01-01"), absences=(absence("2022-12-01", "2023-01-10"),))

    assert couverture(absent, au="2023-01-31") == (21, 31)
    assert couverture(absent, au="2023-01-31", avenants=(option("2023-01-21", PLEIN),)) == (10, 31)


def test_a_terminated_contract_requires_nothing_from_its_last_day_on() -> None:
    assert couverture(assistant(affectation("2023-01-01")), au="2023-06-30", avenants=(resiliation("2023-02-01"),)) == (
        31,
        31,
    )
