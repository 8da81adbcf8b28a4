from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistmed_desktop.figures.echelle import EchelleJours, EchelleValeurs, bornes, pas_rond


@pytest.mark.parametrize(
    ("etendue", "pas"),
    [(0, 1), (3, 1), (8, 2), (20, 5), (40, 10), (182, 50), (400, 100), (1500, 500), (4_000_000, 1_000_000)],
)
def test_ticks_are_round(etendue: float, pas: int) -> None:
    assert pas_rond(etendue) == pas


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_the_range_holds_the_values_in_few_ticks(a: float, b: float) -> None:
    mini, maxi = sorted((a, b))
    bas, haut, pas = bornes(mini, maxi)
    assert 0 <= bas < haut
    assert bas <= mini
    assert maxi <= haut
    axe = EchelleValeurs(bas, haut, pas, 0, 100)
    assert 1 <= len(axe.reperes) <= 7
    assert all(bas <= repere <= haut and repere % pas == 0 for repere in axe.reperes)


def test_values_and_days_are_placed_and_kept_within() -> None:
    valeurs = EchelleValeurs(1000, 1200, 50, 10, 110)
    assert [valeurs.y(v) for v in (1000, 1100, 1200, 0, 9999)] == [10, 60, 110, 10, 110]
    assert list(valeurs.reperes) == [1000, 1050, 1100, 1150, 1200]
    jours = EchelleJours(date(2023, 1, 1), date(2023, 1, 11), 0, 100)
    assert [jours.x(date(2023, 1, j)) for j in (1, 6, 11, 31)] == [0, 50, 100, 100]
    assert jours.contient(date(2023, 1, 11))
    assert not jours.contient(date(2023, 1, 12))
    assert EchelleJours(date(2023, 1, 1), date(2023, 1, 1), 0, 100).x(date(2023, 1, 1)) == 0
