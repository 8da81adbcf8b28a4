from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistmed_desktop.figures.placement import A_TOUT_PRIX, SUR_DES_TRAITS, Cadre, Plan, autour, etaler

FEUILLE = Cadre(0, 0, 100, 100)


@pytest.mark.parametrize(
    ("a", "b", "coupe"),
    [
        ((0, 0), (100, 100), True),
        ((0, 50), (100, 50), True),
        ((50, 0), (50, 100), True),
        ((0, 30), (100, 30), False),
        ((0, 70), (100, 70), False),
        ((30, 0), (30, 100), False),
        ((70, 0), (70, 100), False),
        ((45, 45), (55, 55), True),
        ((0, 65), (65, 0), False),
        ((35, 100), (100, 35), False),
        ((50, 50), (50, 50), True),
    ],
)
def test_a_segment_crosses_a_rectangle(a: tuple[float, float], b: tuple[float, float], coupe: bool) -> None:
    cadre = Cadre(40, 40, 60, 60)
    assert cadre.coupe(a, b) is coupe
    assert cadre.coupe(b, a) is coupe


def test_the_first_free_place_is_taken() -> None:
    plan = Plan(FEUILLE)
    plan.gener([(0, 15), (100, 15)])
    ligne, libre, autre = Cadre(0, 10, 20, 20), Cadre(0, 20, 20, 30), Cadre(0, 40, 20, 50)
    assert plan.poser([ligne, libre, autre]) == libre
    assert plan.poser([libre, autre]) == autre


def test_a_label_that_may_be_left_out_hides_nothing() -> None:
    plan = Plan(FEUILLE)
    plan.gener([(0, 15), (100, 15)])
    cadre = Cadre(0, 10, 20, 20)
    assert plan.poser([cadre]) is None
    assert plan.poser([cadre], SUR_DES_TRAITS) == cadre
    assert plan.poser([cadre], SUR_DES_TRAITS) is None, "it would hide the first"
    assert plan.poser([cadre, Cadre(90, 90, 110, 100)]) is None


def test_a_label_that_must_be_there_hides_least() -> None:
    plan = Plan(FEUILLE)
    plan.gener([(0, 12), (100, 12)])
    plan.gener([(0, 18), (100, 18)])
    plan.gener([(0, 25), (100, 25)])
    deux, un = Cadre(0, 10, 20, 20), Cadre(0, 21, 20, 30)
    assert plan.poser([deux, un], A_TOUT_PRIX) == un
    assert plan.poser([un, deux], A_TOUT_PRIX) == deux, "another label weighs more than lines"


def test_a_label_keeps_its_distance_from_lines() -> None:
    plan = Plan(FEUILLE, marge=2)
    plan.gener([(0, 21), (100, 21)])
    assert plan.poser([Cadre(0, 10, 20, 20)]) is None


def test_places_around_a_point_do_not_cover_it() -> None:
    places = autour(50, 50, 20, 10, 3)
    assert len(set(places)) == 8
    assert not any(cadre.coupe((50, 50), (50, 50)) for cadre in places)


@given(st.lists(st.tuples(st.floats(-50, 150), st.floats(1, 12)), max_size=6))
def test_spread_labels_neither_overlap_nor_leave_the_line(voulus: list[tuple[float, float]]) -> None:
    souhaits, tailles = [s for s, _ in voulus], [t for _, t in voulus]
    places = etaler(souhaits, tailles, 0, 100)
    rangs = sorted(zip(places, tailles, strict=True))
    for (a, ta), (b, tb) in pairwise(rangs):
        assert b - a >= (ta + tb) / 2 - 1e-6
    for place, taille in rangs:
        assert place - taille / 2 >= -1e-6
        assert place + taille / 2 <= 100 + 1e-6


def test_labels_that_have_room_stay_where_they_wish() -> None:
    assert etaler([80, 20], [10, 10], 0, 100) == [80, 20]
