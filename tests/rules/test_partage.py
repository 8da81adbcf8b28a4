"""Shares of an assistant, months counted, and sums split to the centime."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistmed_desktop.rules.partage import (
    centimes,
    decouper,
    etp_couvert,
    etp_de_l_embauche,
    mois_exacts,
    part,
    repartir,
)
from tests.rules.outils import DEMI, PLEIN, TIERS, absence, affectation, assistant, j
from tests.rules.outils_suivi import embauche


@pytest.mark.parametrize(
    ("du", "au", "mois"),
    [
        ("2023-01-01", "2023-01-31", Fraction(1)),
        ("2023-02-01", "2023-02-28", Fraction(1)),
        ("2024-02-01", "2024-02-28", Fraction(28, 29)),
        ("2024-02-29", "2024-02-29", Fraction(1, 29)),
        # 17 of the 31 days of January, then 14 of the 28 of February.
        ("2023-01-15", "2023-02-14", Fraction(17, 31) + Fraction(1, 2)),
        ("2023-01-01", "2027-12-31", Fraction(60)),
        ("2023-12-31", "2024-01-01", Fraction(2, 31)),
    ],
)
def test_months_are_whole_ones_and_days_of_their_own_month(du: str, au: str, mois: Fraction) -> None:
    assert mois_exacts(j(du), j(au)) == mois


@pytest.mark.parametrize(
    ("role", "heures", "etp"),
    [
        ("mi_temps", 17.5, DEMI),
        ("tiers_temps", 11.67, TIERS),
        ("tiers_temps", 11.66, TIERS),
        # 11 h 39 is one whole minute short of 11 h 40: the hours prevail.
        ("tiers_temps", 11.65, Fraction(1165, 3500)),
        ("temps_plein", 28, Fraction(4, 5)),
        ("mi_temps", 35, PLEIN),
    ],
)
def test_the_hours_of_a_hiring_prevail_but_for_their_rounding(role: str, heures: float, etp: Fraction) -> None:
    assert etp_de_l_embauche(embauche("2023-01-01", None, heures, role), 35) == etp


def test_the_share_of_a_contract_is_its_etp_over_those_of_all() -> None:
    partage = assistant(
        affectation("2023-01-01", etp=TIERS),
        affectation("2023-07-01", "2023-12-31", etp=Fraction(1, 6), contrat="c2"),
    )

    assert part(partage, "c1", j("2023-06-30")) == 1
    assert part(partage, "c1", j("2023-07-01")) == Fraction(2, 3)
    assert part(partage, "c2", j("2023-12-31")) == Fraction(1, 3)
    assert part(partage, "c2", j("2024-01-01")) == 0


def test_what_is_allocated_beyond_the_hiring_is_capped_pro_rata() -> None:
    # Half a full time hired, two thirds allocated: each third keeps three quarters of itself.
    partage = assistant(affectation("2023-01-01", etp=TIERS), affectation("2023-01-01", etp=TIERS, contrat="c2"))

    assert etp_couvert(partage, "c1", j("2023-01-01"), 35) == (TIERS, Fraction(1, 4))
    assert etp_couvert(partage, "c1", j("2022-12-31"), 35) == (Fraction(0), Fraction(0))
    assert etp_couvert(assistant(affectation("2023-01-01")), "c1", j("2023-01-01"), 35) == (DEMI, DEMI)


def test_days_are_cut_where_a_period_begins_or_has_just_ended() -> None:
    coupes = decouper(
        j("2023-01-01"), j("2023-01-31"), [absence("2023-01-10", "2023-01-20"), absence("2022-12-01", None)]
    )

    assert coupes == [
        (j("2023-01-01"), j("2023-01-09")),
        (j("2023-01-10"), j("2023-01-20")),
        (j("2023-01-21"), j("2023-01-31")),
    ]
    assert decouper(j("2023-01-02"), j("2023-01-01"), ()) == []


def test_a_split_sum_gives_the_odd_centime_to_one_part() -> None:
    assert repartir(101, [DEMI, DEMI]) == (51, 50)
    assert repartir(100, [TIERS] * 3) == (33, 34, 33)
    assert (centimes(Fraction(1, 2)), centimes(Fraction(49, 100))) == (1, 0)


@given(st.integers(0, 10**9), st.lists(st.integers(1, 1000), min_size=1, max_size=12))
def test_the_parts_of_a_sum_add_up_to_it(total: int, poids: list[int]) -> None:
    parts = repartir(total, [Fraction(p, sum(poids)) for p in poids])

    assert sum(parts) == total
    assert all(abs(lue - Fraction(total * p, sum(poids))) <= 1 for lue, p in zip(parts, poids, strict=True))
