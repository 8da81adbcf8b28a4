"""The robust trend: Theil–Sen's slope and Sen's 90 % interval, carried to the moved evaluation.

The expected figures were worked out once by SciPy 1.17.1, which is not a dependency, as
``theilslopes(valeurs, jours, alpha=0.90, method="joint")`` with the days as ``date.toordinal()``; each slope is then
carried to 1 January 2026 by ``median(valeurs + pente * (2026-01-01 - jours))``, which for the slope itself is SciPy's
own intercept plus slope.
"""

from datetime import date
from math import isclose
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistmed_desktop.domain.suivi import Releve, SourceReleve
from assistmed_desktop.rules.resultats import Projection
from assistmed_desktop.rules.tendance import tendance
from tests.rules.outils import collectif, contrat, j, jours, juger, medecin, pratique, releve, suspension

AU = "2024-07-02"
Serie = list[tuple[str, int]]


class Cas(NamedTuple):
    """A series, then what SciPy gives: the slope and its interval, and the three carried to the evaluation."""

    serie: Serie
    pentes: tuple[float, float, float]
    valeurs: tuple[float, float, float]


SCIPY = {
    "quatre": Cas(
        [("2023-03-31", 1003), ("2023-06-30", 1019), ("2023-09-30", 1012), ("2023-12-31", 1041)],
        (0.12887351778656125, -0.07608695652173914, 0.31521739130434784),
        (1134.0555237154185, 949.304347826087, 1289.7391304347825),
    ),
    "mensuels": Cas(
        [
            (f"2023-{mois:02d}-15", valeur)
            for mois, valeur in enumerate(
                [1001, 1004, 1002, 1010, 1013, 1009, 1020, 1018, 1025, 1031, 1022, 1036], start=1
            )
        ],
        (0.10140925537992763, 0.08064516129032258, 0.11475409836065574),
        (1110.5684155398972, 1089.3790322580644, 1122.6147540983607),
    ),
    "egales": Cas(
        [
            ("2023-02-28", 1000),
            ("2023-04-30", 1010),
            ("2023-05-31", 1010),
            ("2023-07-31", 1010),
            ("2023-09-30", 1020),
            ("2023-12-31", 1020),
            ("2024-03-31", 1015),
        ],
        (0.04081632653061224, 0.0, 0.08196721311475409),
        (1048.6122448979593, 1010.0, 1085.0819672131147),
    ),
    "baisse": Cas(
        [
            ("2023-01-31", 1090),
            ("2023-03-31", 1080),
            ("2023-05-31", 1085),
            ("2023-08-31", 1060),
            ("2023-11-30", 1062),
            ("2024-01-31", 1041),
            ("2024-03-31", 1040),
            ("2024-06-30", 1025),
        ],
        (-0.12582602617867583, -0.16483516483516483, -0.09389671361502347),
        (955.83257084763, 927.2582417582418, 982.6291079812206),
    ),
    "aberrant": Cas(
        [
            ("2023-02-15", 1010),
            ("2023-05-15", 1020),
            ("2023-08-15", 1900),
            ("2023-11-15", 1040),
            ("2024-02-15", 1050),
            ("2024-05-15", 1060),
        ],
        (0.1095890410958904, -3.065693430656934, 0.11235955056179775),
        (1125.2876712328766, -1199.0875912408758, 1127.7528089887642),
    ),
    # Many equal values, and slopes close to the ranks that the variance gives.
    "serre": Cas(
        [
            ("2023-01-11", 995),
            ("2023-01-22", 995),
            ("2023-02-11", 1000),
            ("2023-02-25", 1000),
            ("2023-03-16", 1015),
            ("2023-04-12", 1005),
            ("2023-04-20", 1000),
            ("2023-04-30", 1030),
            ("2023-05-12", 1020),
            ("2023-05-28", 1020),
            ("2023-06-20", 995),
            ("2023-07-10", 1020),
            ("2023-07-21", 1020),
            ("2023-08-05", 1015),
            ("2023-08-22", 1025),
            ("2023-09-13", 1045),
            ("2023-09-29", 1015),
            ("2023-10-12", 1020),
            ("2023-11-05", 1025),
            ("2023-11-19", 1020),
            ("2023-12-09", 1020),
            ("2023-12-29", 1030),
            ("2024-01-24", 1045),
            ("2024-02-04", 1020),
        ],
        (0.08104770912147961, 0.04716981132075472, 0.10869565217391304),
        (1086.0663619167717, 1057.4056603773586, 1113.0978260869565),
    ),
    "paliers": Cas(
        [
            ("2023-01-17", 980),
            ("2023-02-05", 1000),
            ("2023-02-24", 1025),
            ("2023-03-14", 1000),
            ("2023-03-21", 1000),
            ("2023-04-10", 1000),
            ("2023-05-07", 1000),
            ("2023-06-04", 1010),
            ("2023-06-30", 1010),
            ("2023-07-23", 1025),
            ("2023-08-08", 1025),
            ("2023-09-02", 1030),
            ("2023-09-19", 1000),
            ("2023-09-24", 1020),
            ("2023-10-07", 1020),
            ("2023-10-17", 1025),
        ],
        (0.10903149138443255, 0.0, 0.15337423312883436),
        (1111.2666369578135, 1010.0, 1153.696319018405),
    ),
    "plat": Cas(
        [("2023-02-15", 1010), ("2023-05-15", 1010), ("2023-08-15", 1010), ("2023-11-15", 1010)],
        (0.0, 0.0, 0.0),
        (1010.0, 1010.0, 1010.0),
    ),
}


def lus(serie: Serie, source: SourceReleve = "cpam", medecin: str = "m1") -> list[Releve]:
    return [releve(jour, valeur, source=source, medecin=medecin) for jour, valeur in serie]


def projection(*releves: Releve, au: str = AU) -> Projection | None:
    return juger(pratique(contrat(), releves=releves), au).patientele_mt.projection


@pytest.mark.parametrize("cas", SCIPY.values(), ids=SCIPY)
def test_the_trend_is_that_of_scipy(cas: Cas) -> None:
    vue = projection(*lus(cas.serie))

    assert vue is not None
    assert vue.date == j("2026-01-01")
    assert (vue.pente, vue.pente_bas, vue.pente_haut) == pytest.approx(cas.pentes, rel=1e-12)
    assert (vue.valeur, vue.bas, vue.haut) == pytest.approx(cas.valeurs, rel=1e-12)
    assert (vue.debut, vue.releves, vue.authentifiee) == (j(cas.serie[0][0]), len(cas.serie), True)


def test_a_straight_line_is_carried_straight() -> None:
    # One patient every ten days from 1 010 on 11 January 2023; 1 January 2026 is 1 086 days later, 108,6 patients.
    vue = projection(*lus([("2023-01-11", 1010), ("2023-01-21", 1011), ("2023-01-31", 1012), ("2023-02-10", 1013)]))

    assert vue is not None
    assert (vue.pente, vue.pente_bas, vue.pente_haut) == pytest.approx((0.1, 0.1, 0.1))
    assert (vue.valeur, vue.bas, vue.haut) == pytest.approx((1118.6, 1118.6, 1118.6))


QUATRE: Serie = [("2023-03-31", 1010), ("2023-06-30", 1020), ("2023-09-30", 1030), ("2023-12-31", 1040)]


def test_three_readings_are_too_few_and_four_are_enough() -> None:
    assert projection(*lus(QUATRE[:3])) is None
    assert projection(*lus(QUATRE)) is not None
    assert projection() is None


def test_readings_before_the_start_after_the_day_or_estimated_are_no_help() -> None:
    trois = lus(QUATRE[:3])

    assert projection(*trois, releve("2022-12-31", 1000)) is None
    assert projection(*trois, releve("2024-07-03", 1050)) is None
    assert projection(*trois, releve("2024-06-30", 1050, source="estimation")) is None
    assert projection(*trois, releve("2024-06-30", None, 2050)) is None
    assert projection(*trois, releve("2024-07-02", 1050)) is not None
    assert projection(*trois, releve("2023-01-01", 1050)) is not None


def test_two_readings_of_one_date_and_rank_are_one_the_last_entered() -> None:
    assert projection(*lus(QUATRE[:3]), releve("2023-09-30", 1031, source="amelipro")) is None
    corrigee = projection(*lus([("2023-12-31", 9999)]), *lus(QUATRE))
    assert corrigee == projection(*lus(QUATRE))


def test_where_four_are_authoritative_the_others_are_left_out() -> None:
    logiciel = lus([("2023-02-28", 1500), ("2024-05-31", 900), ("2024-06-30", 800)], "logiciel")

    assert projection(*lus(QUATRE), *logiciel) == projection(*lus(QUATRE))


def test_where_fewer_are_authoritative_the_software_completes_them() -> None:
    vue = projection(*lus(QUATRE[:3]), *lus(QUATRE[3:], "logiciel"))
    entiere = projection(*lus(QUATRE))

    assert vue is not None
    assert entiere is not None
    assert (vue.valeur, vue.bas, vue.haut) == (entiere.valeur, entiere.bas, entiere.haut)
    assert (vue.releves, vue.authentifiee, entiere.authentifiee) == (4, False, True)


def test_the_software_alone_gives_a_trend() -> None:
    vue = projection(*lus(QUATRE, "logiciel"))

    assert vue is not None
    assert (vue.releves, vue.authentifiee) == (4, False)


def test_of_two_ranks_on_one_date_the_authoritative_reading_alone_makes_the_trend() -> None:
    assert projection(*lus(QUATRE[:3]), releve("2023-06-30", 1500, source="logiciel")) is None
    avec = projection(*lus(QUATRE[:3]), *lus(QUATRE[3:], "logiciel"), releve("2023-06-30", 1500, source="logiciel"))
    assert avec == projection(*lus(QUATRE[:3]), *lus(QUATRE[3:], "logiciel"))


def test_the_trend_is_carried_to_the_moved_evaluation() -> None:
    signe = contrat(suspension("2025-07-01", "2025-07-10"))
    ligne = lus([("2023-01-11", 1010), ("2023-01-21", 1011), ("2023-01-31", 1012), ("2023-02-10", 1013)])
    vue = juger(pratique(signe, releves=ligne), AU).patientele_mt.projection

    # One patient every ten days: ten suspended days later, one patient more.
    assert vue is not None
    assert vue.date == j("2026-01-11")
    assert vue.valeur == pytest.approx(1119.6)


def test_the_trend_is_carried_to_the_evaluation_even_when_it_is_past() -> None:
    vue = projection(*lus(QUATRE), au="2027-06-01")

    assert vue is not None
    assert vue.date == j("2026-01-01")


def test_each_indicator_has_its_own_trend() -> None:
    releves = [releve(jour, valeur, None) for jour, valeur in QUATRE]
    juge = juger(pratique(contrat(), releves=releves), AU)

    assert juge.patientele_mt.projection is not None
    assert juge.file_active.projection is None


def test_a_group_has_the_trend_of_its_sums() -> None:
    dates = ["2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"]
    releves = [
        *lus([(jour, 1000 + 10 * rang) for rang, jour in enumerate(dates)]),
        *lus([(jour, 1020 + 5 * rang) for rang, jour in enumerate(dates)], medecin="m2"),
    ]
    groupe = juger(pratique(collectif(), releves=releves), "2026-07-15").patientele_mt.projection
    seul = juger(
        pratique(
            collectif(medecins=("m1",)),
            medecins=[medecin(1)],
            releves=lus([(jour, 2020 + 15 * rang) for rang, jour in enumerate(dates)]),
        ),
        "2026-07-15",
    ).patientele_mt.projection

    assert groupe == seul is not None


def test_a_line_needs_four_points() -> None:
    assert tendance([], []) is None
    assert tendance([1, 2, 3], [5, 6, 7]) is None
    ligne = tendance([1, 2, 3, 4], [5, 6, 7, 8])
    assert ligne is not None
    assert isclose(ligne.valeur(10), 14)
    assert ligne.intervalle(10) == (14, 14)


series = st.lists(
    st.tuples(st.integers(0, 3650), st.integers(0, 100_000)), min_size=4, max_size=30, unique_by=lambda point: point[0]
).map(sorted)


@given(series, st.integers(-3650, 7300))
def test_the_line_is_within_its_interval(points: list[tuple[int, int]], jour: int) -> None:
    ligne = tendance([x for x, _ in points], [y for _, y in points])

    assert ligne is not None
    bas, haut = ligne.intervalle(jour)
    assert ligne.pente_bas <= ligne.pente <= ligne.pente_haut
    assert bas <= ligne.valeur(jour) <= haut


@given(series, st.integers(-1000, 1000))
def test_moving_every_reading_by_as_many_patients_moves_the_line_as_much(
    points: list[tuple[int, int]], plus: int
) -> None:
    ligne = tendance([x for x, _ in points], [y for _, y in points])
    montee = tendance([x for x, _ in points], [y + plus for _, y in points])

    assert ligne is not None
    assert montee is not None
    assert montee.pente == ligne.pente
    assert montee.valeur(0) == pytest.approx(ligne.valeur(0) + plus, abs=1e-6)


def test_the_readings_may_be_entered_in_any_order() -> None:
    debut = date(2023, 2, 1)
    serie = lus([((debut + jours(31 * rang)).isoformat(), 1000 + rang * rang) for rang in range(9)])

    assert projection(*serie) == projection(*reversed(serie)) == projection(*serie[4:], *serie[:4])
