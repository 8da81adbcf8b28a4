"""Days, months and contract years."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistmed_desktop.domain.calendrier import UN_JOUR, ajouter_mois, anniversaire, dernier_jour, se_croisent

jours = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [
        (date(2022, 3, 15), 0, date(2022, 3, 15)),
        (date(2022, 3, 15), 1, date(2022, 4, 15)),
        (date(2022, 1, 31), 1, date(2022, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2022, 8, 31), 1, date(2022, 9, 30)),
        (date(2022, 12, 31), 1, date(2023, 1, 31)),
        (date(2022, 12, 31), 2, date(2023, 2, 28)),
        (date(2022, 11, 30), 13, date(2023, 12, 30)),
        (date(2022, 3, 31), -1, date(2022, 2, 28)),
        (date(2022, 1, 15), -1, date(2021, 12, 15)),
        (date(2022, 1, 15), -13, date(2020, 12, 15)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(jour: date, mois: int, attendu: date) -> None:
    assert ajouter_mois(jour, mois) == attendu


@pytest.mark.parametrize(
    ("debut", "annees", "attendu"),
    [
        (date(2022, 3, 15), 0, date(2022, 3, 15)),
        (date(2022, 3, 15), 3, date(2025, 3, 15)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2023, 2, 28), 1, date(2024, 2, 28)),
        (date(2023, 12, 31), 5, date(2028, 12, 31)),
    ],
)
def test_the_anniversary_of_a_29_february_is_28_february_in_a_common_year(
    debut: date, annees: int, attendu: date
) -> None:
    assert anniversaire(debut, annees) == attendu


@pytest.mark.parametrize(
    ("debut", "duree", "attendu"),
    [
        (date(2022, 3, 15), 5, date(2027, 3, 14)),
        (date(2022, 1, 1), 3, date(2024, 12, 31)),
        (date(2024, 2, 29), 3, date(2027, 2, 27)),
        (date(2024, 2, 29), 4, date(2028, 2, 28)),
        (date(2023, 3, 1), 1, date(2024, 2, 29)),
    ],
)
def test_a_contract_ends_the_eve_of_its_last_anniversary(debut: date, duree: int, attendu: date) -> None:
    assert dernier_jour(debut, duree) == attendu


@given(jours, st.integers(-600, 600), st.integers(0, 600))
def test_more_months_is_never_earlier(jour: date, mois: int, de_plus: int) -> None:
    assert ajouter_mois(jour, mois) <= ajouter_mois(jour, mois + de_plus)


@given(jours, st.integers(-600, 600))
def test_the_month_is_the_one_asked_for(jour: date, mois: int) -> None:
    arrive = ajouter_mois(jour, mois)
    assert (arrive.year - jour.year) * 12 + arrive.month - jour.month == mois
    assert arrive.day == jour.day or (arrive.day < jour.day and (arrive + UN_JOUR).day == 1)


@pytest.mark.parametrize(
    ("autre", "croise"),
    [
        ((date(2024, 1, 1), date(2024, 2, 29)), False),
        ((date(2024, 1, 1), date(2024, 3, 1)), True),
        ((date(2024, 3, 31), None), True),
        ((date(2024, 4, 1), None), False),
        ((date(2024, 3, 10), date(2024, 3, 10)), True),
    ],
)
def test_two_periods_cross_when_they_have_a_day_in_common(autre: tuple[date, date | None], croise: bool) -> None:
    mars = (date(2024, 3, 1), date(2024, 3, 31))
    assert se_croisent(*mars, *autre) == se_croisent(*autre, *mars) == croise


def test_two_periods_without_end_always_cross() -> None:
    assert se_croisent(date(2024, 3, 1), None, date(2030, 1, 1), None)
