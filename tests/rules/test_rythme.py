"""The pace month by month, the gains reached, the best of them, and the day of the target."""

import json
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistmed_desktop.domain.calendrier import ajouter_mois
from assistmed_desktop.domain.contrat import Adhesion
from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.exchange.analyse_json.rythme import rythme_json
from assistmed_desktop.formats import INSECABLE, nombre
from assistmed_desktop.resources import chemin
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.resultats import EvaluationIndicateur, Point
from assistmed_desktop.rules.rythme import MoisRythme, Rythme, RythmeIndicateur, _Pentes, rythme
from assistmed_desktop.rules.tendance import tendance
from tests.rules.outils import (
    DEBUT,
    collectif,
    contrat,
    j,
    juger,
    medecin,
    nouvel_objectif,
    objectif,
    pratique,
    reference,
    releve,
    resiliation,
    suspension,
)
from tests.rules.outils_lectures import JOURS, inexpliques, lent
from tests.strategies import dossiers

CLES = {"mois": "le"}


def vu(dossier: Dossier, au: str) -> Rythme:
    return rythme(dossier, juger(dossier, au), charger_baremes())


def patientele(*releves: Releve, au: str) -> RythmeIndicateur:
    sien = vu(pratique(contrat(), releves=releves), au).indicateurs[0]
    assert sien.indicateur == "patientele_mt"
    return sien


def mensuels(debut: str, *valeurs: int) -> list[Releve]:
    """Give a reading on the last day of each month from a month on."""
    return [releve(ajouter_mois(j(debut), rang), valeur) for rang, valeur in enumerate(valeurs)]


def lus(mois: MoisRythme, indicateur: EvaluationIndicateur) -> bool:
    """Say whether a month is what evaluating the dossier on its day gives."""
    return (
        mois.valeur,
        mois.date,
        mois.source,
        mois.objectif,
        mois.attendu,
        mois.gain_mensuel_requis,
        mois.projection,
    ) == (
        indicateur.valeur,
        indicateur.date,
        indicateur.source,
        indicateur.objectif,
        indicateur.attendu,
        indicateur.gain_mensuel_requis,
        indicateur.projection,
    )


def confronter(dossier: Dossier, resultat: Rythme, rang: int = 0) -> None:
    """Check that each line of the table is what evaluating the dossier on that day gives."""
    for sien in resultat.indicateurs:
        for mois in sien.mois:
            juge = evaluate(dossier, mois.le, charger_baremes()).contrats[rang]
            assert lus(mois, getattr(juge, sien.indicateur))
            assert mois.evaluation_le == juge.evaluation_le


def test_the_table_holds_the_end_of_each_month_of_the_contract_and_the_day() -> None:
    def jours(au: str) -> list[str]:
        return [mois.le.isoformat() for mois in patientele(au=au).mois]

    assert jours("2023-03-15") == ["2023-01-31", "2023-02-28", "2023-03-15"]
    assert jours("2023-03-31") == ["2023-01-31", "2023-02-28", "2023-03-31"]
    assert jours("2023-04-01") == ["2023-01-31", "2023-02-28", "2023-03-31", "2023-04-01"]
    assert jours("2023-01-01") == ["2023-01-01"]
    assert jours("2022-12-31") == []


def test_the_table_stops_with_the_contract_then_gives_the_day() -> None:
    fini = vu(pratique(contrat()), "2030-05-05").indicateurs[0].mois
    assert [mois.le for mois in fini[-2:]] == [j("2027-12-31"), j("2030-05-05")]
    assert len(fini) == 61

    resilie = vu(pratique(contrat(resiliation("2023-03-01"))), "2023-06-30").indicateurs[0].mois
    assert [mois.le for mois in resilie] == [j("2023-01-31"), j("2023-02-28"), j("2023-06-30")]


def test_a_month_holds_only_what_was_known_then() -> None:
    # 58 days of 1 096 to 28 February 2023: expected 1 000 + 200 × 58 / 1 096. 1 007 on that day; from 31 March, 193
    # patients left over 1 007 days to 1 January 2026: 276 of 2023, then 366 and 365.
    sien = patientele(releve("2023-02-28", 1007), releve("2023-04-30", 1020), au="2023-05-15")
    mars = sien.mois[2]

    assert mars.le == j("2023-03-31")
    assert (mars.valeur, mars.date, mars.source) == (1007, j("2023-02-28"), "cpam")
    assert mars.attendu == 1000 + Fraction(200 * 58, 1096)
    assert mars.gain_mensuel_requis == 193 * Fraction(304375, 10000) / 1007
    assert (mars.projection, mars.pente, mars.intervalle) == (None, None, None)
    assert [mois.valeur for mois in sien.mois] == [None, 1007, 1007, 1020, 1020]


def test_nothing_is_required_once_reached_nor_known_once_judged() -> None:
    atteint = patientele(releve("2025-12-31", 1200), au="2026-02-15").mois
    assert [mois.gain_mensuel_requis for mois in atteint[-3:]] == [0, 0, 0]
    manque = patientele(releve("2025-11-30", 1199), au="2026-02-15").mois
    # On 31 December 2025 a day is left.
    assert [mois.gain_mensuel_requis for mois in manque[-3:]] == [Fraction(304375, 10000), None, None]


def test_the_slope_of_a_month_is_in_patients_a_month() -> None:
    # One patient a day from 1 January to 10 February 2023, every ten days.
    sien = patientele(
        *(releve(f"2023-{jour}", 1000 + rang * 10) for rang, jour in enumerate(["01-01", "01-11", "01-21", "01-31"])),
        au="2023-01-31",
    )
    (seul,) = sien.mois

    assert seul.pente == pytest.approx(30.4375)
    assert seul.intervalle == pytest.approx((30.4375, 30.4375))
    assert seul.projection is not None
    assert seul.projection.valeur == pytest.approx(1000 + (j("2026-01-01") - j("2023-01-01")).days)


def test_an_amendment_and_a_suspension_count_from_their_day_on() -> None:
    dossier = pratique(
        contrat(
            nouvel_objectif("2023-06-15", objectif(1100, 2300, j("2026-07-01"))),
            suspension("2023-08-10", None),
        ),
        releves=[releve("2023-03-31", 1007)],
    )
    resultat = vu(dossier, "2023-10-15")
    mois = resultat.indicateurs[0].mois

    assert [(m.objectif, m.evaluation_le) for m in mois[4:9]] == [
        (1200, j("2026-01-01")),
        (1100, j("2026-07-01")),
        (1100, j("2026-07-01")),
        (1100, j("2026-07-23")),
        (1100, j("2026-08-22")),
    ]
    confronter(dossier, resultat)


def test_an_evaluation_left_unknown_takes_the_default_of_the_text() -> None:
    sans = pratique(contrat(objectif=None), releves=[releve("2023-03-31", 1007)])
    resultat = vu(sans, "2023-06-30")

    assert {mois.evaluation_le for mois in resultat.indicateurs[0].mois} == {j("2026-01-01")}
    assert resultat.indicateurs[0].atteint is None
    assert resultat.indicateurs[0].phrase is None
    confronter(sans, resultat)


def test_each_month_of_a_group_is_what_was_known_then() -> None:
    releves = [
        *(releve(ajouter_mois(j("2026-03-10"), rang), 1000 + 7 * rang, 2000 + rang) for rang in range(14)),
        *(
            releve(ajouter_mois(j("2026-03-25"), rang), 990 + 4 * rang, None, "logiciel" if rang % 3 else "cpam", "m2")
            for rang in range(14)
        ),
    ]
    dossier = pratique(collectif(), releves=releves)
    resultat = vu(dossier, "2027-05-05")

    assert len(resultat.indicateurs[0].mois) == 15
    assert resultat.indicateurs[0].mois[-1].projection is not None
    confronter(dossier, resultat)


def test_each_month_of_a_group_that_doctors_enter_is_what_was_known_then() -> None:
    apportee = reference(900, 1900)
    adhesions = (Adhesion(medecin="m3", du=j("2026-09-01"), au=None, reference=apportee),)
    releves = [
        releve(ajouter_mois(j("2026-03-10"), rang), 1000 + 7 * rang, 2000, medecin=f"m{rang_medecin}")
        for rang in range(14)
        for rang_medecin in (1, 2, 3)
    ]
    dossier = pratique(
        collectif(medecins=("m1", "m2", "m3"), adhesions=adhesions),
        medecins=[medecin(1), medecin(2), medecin(3)],
        releves=releves,
    )
    resultat = vu(dossier, "2027-05-05")

    assert resultat.indicateurs[0].mois[-1].valeur == 3 * (1000 + 7 * 13)
    confronter(dossier, resultat)


def test_a_group_whose_totals_did_not_follow_is_held_to_no_path() -> None:
    adhesions = (Adhesion(medecin="m2", du=j("2026-09-01"), au=None, reference=None),)
    releves = [releve("2026-09-10", 1000, 2000, medecin=f"m{rang}") for rang in (1, 2)]
    dossier = pratique(collectif(adhesions=adhesions), releves=releves)
    resultat = vu(dossier, "2026-12-05")

    dernier = resultat.indicateurs[0].mois[-1]
    assert (dernier.valeur, dernier.attendu, dernier.gain_mensuel_requis) == (2000, None, None)
    confronter(dossier, resultat)


def test_the_gains_over_three_six_and_twelve_months() -> None:
    valeurs = [1000 + 3 * rang for rang in range(13)]
    valeurs[9] = 1020
    sien = patientele(*mensuels("2023-01-31", *valeurs), au="2024-02-05")

    # On 31 January 2024, 1 036. 31 October: 1 020, 92 days; 31 July: 1 018, 184 days; 31 January 2023: 1 000, 365 days.
    assert [(gain.mois, gain.patients, gain.jours) for gain in sien.gains] == [(3, 16, 92), (6, 18, 184), (12, 36, 365)]
    assert sien.gains[0].par_mois == 16 * Fraction(304375, 10000) / 92


@pytest.mark.parametrize(
    ("jour", "gains"), [("2023-06-02", []), ("2023-06-01", [3]), ("2023-04-02", [3]), ("2023-04-01", [])]
)
def test_a_gain_wants_a_reading_less_than_31_days_from_its_beginning(jour: str, gains: list[int]) -> None:
    # Three months before 2 August 2023: 2 May. 1 June is 30 days later, 2 April 30 days before.
    sien = patientele(releve(jour, 1000), releve("2023-08-02", 1010), au="2023-08-05")

    assert [gain.mois for gain in sien.gains] == gains


def test_the_best_gain_is_the_median_slope_of_the_best_six_months() -> None:
    # Seven readings from 31 January to 31 July 2023, one a month; flat after.
    valeurs = [1000, 1010, 1020, 1030, 1040, 1050, 1060, *[1060] * 8]
    sien = patientele(*mensuels("2023-01-31", *valeurs), au="2024-05-05")

    meilleur = sien.meilleur
    assert meilleur is not None
    assert (meilleur.du, meilleur.au, meilleur.releves) == (j("2023-01-31"), j("2023-07-31"), 7)
    # Ten patients a month of 28 to 31 days: the median slope is near 60 over 181 days.
    assert meilleur.par_mois == pytest.approx(60 * 30.4375 / 181, abs=0.15)


def test_one_reading_out_of_line_does_not_make_the_best_gain() -> None:
    droits = [1000 + 2 * rang for rang in range(8)]
    faux = [*droits[:6], 1200, droits[7]]

    def best(valeurs: list[int]) -> float:
        meilleur = patientele(*mensuels("2023-01-31", *valeurs), au="2023-09-15").meilleur
        assert meilleur is not None
        return meilleur.par_mois

    # Between medians or between two readings, 200 more in six months would be over +30 a month.
    assert best(droits) == pytest.approx(2, abs=0.1)
    assert best(faux) < 3


def test_the_best_gain_wants_six_months_and_three_readings() -> None:
    def suite(*jours: str) -> tuple[date, date, int] | None:
        releves = [releve(jour, 1000 + 5 * rang) for rang, jour in enumerate(jours)]
        meilleur = patientele(*releves, au="2025-01-01").meilleur
        return None if meilleur is None else (meilleur.du, meilleur.au, meilleur.releves)

    assert suite("2023-01-15", "2023-04-15", "2023-07-14") is None
    assert suite("2023-01-15", "2023-04-15", "2023-07-15") == (j("2023-01-15"), j("2023-07-15"), 3)
    assert suite("2023-01-15", "2023-07-15") is None
    assert suite("2023-01-15", "2023-07-15", "2024-01-15") == (j("2023-01-15"), j("2024-01-15"), 3)
    assert suite() is None


def test_the_best_gain_of_three_quarterly_readings_by_hand() -> None:
    # Slopes: 10/90, 20/91 and 30/181; the median is 30/181 = 0.1657 a day, 5.04 a month.
    sien = patientele(
        releve("2023-01-15", 1000), releve("2023-04-15", 1010), releve("2023-07-15", 1030), au="2023-07-20"
    )

    assert sien.meilleur is not None
    assert sien.meilleur.par_mois == pytest.approx(30 / 181 * 30.4375)


def test_the_best_gain_of_four_readings_by_hand() -> None:
    # Days 0, 59, 120 and 181: slopes 10/59, 10/120, 10/181, 0, 0, 0. The median is half of 10/181, 0.84 a month.
    sien = patientele(
        releve("2023-01-15", 1000),
        releve("2023-03-15", 1010),
        releve("2023-05-15", 1010),
        releve("2023-07-15", 1010),
        au="2023-07-20",
    )

    assert sien.meilleur is not None
    assert sien.meilleur.par_mois == pytest.approx(5 / 181 * 30.4375)


def test_of_two_spans_as_good_the_first_is_kept() -> None:
    jours = ("2023-01-15", "2023-04-15", "2023-07-15", "2023-10-15")
    # One patient a day throughout: 90, 91 and 92 days.
    valeurs = (1000, 1090, 1181, 1273)
    sien = patientele(*(releve(jour, valeur) for jour, valeur in zip(jours, valeurs, strict=True)), au="2023-10-20")

    assert sien.meilleur is not None
    assert sien.meilleur.du == j("2023-01-15")


def test_a_required_gain_never_reached_is_told() -> None:
    # Two patients a month over 2023; on 5 January 2024, 178 patients are to be won in 727 days: 7.5 a month.
    dossier = pratique(contrat(), releves=mensuels("2023-01-31", *range(1000, 1024, 2)))
    resultat = vu(dossier, "2024-01-05")
    (alerte,) = resultat.avertissements
    sien = resultat.indicateurs[0]

    assert (alerte.code, alerte.niveau) == ("gain_requis_inedit", "attention")
    assert sien.inedit
    assert sien.gain_mensuel_requis == 178 * Fraction(304375, 10000) / 727
    assert sien.meilleur is not None
    assert alerte.message == (
        f"Patientèle médecin traitant : pour atteindre l'objectif le 1er{INSECABLE}janvier{INSECABLE}2026, il faudrait "
        "gagner 7,5 patients par mois. Le meilleur gain atteint sur six mois depuis le début du contrat est de 2,0 par "
        f"mois (du {sien.meilleur.du:%d/%m/%Y} au {sien.meilleur.au:%d/%m/%Y})."
    )


def test_a_required_gain_already_reached_is_not_told() -> None:
    # Ten patients a month over 2023, 1 110 on 31 December: 90 are left in 727 days, 3.8 a month.
    resultat = vu(pratique(contrat(), releves=mensuels("2023-01-31", *range(1000, 1120, 10))), "2024-01-05")

    assert (resultat.avertissements, resultat.indicateurs[0].inedit) == ((), False)


def test_a_falling_patientele_makes_any_required_gain_unheard_of() -> None:
    descend = vu(pratique(contrat(), releves=mensuels("2023-01-31", *range(1100, 1080, -2))), "2023-11-05")
    assert [a.code for a in descend.avertissements] == ["gain_requis_inedit"]
    # A target reached asks for nothing, however low the best gain.
    atteint = vu(
        pratique(contrat(objectif=objectif(1000, 2400)), releves=mensuels("2023-01-31", *range(1100, 1080, -2))),
        "2023-11-05",
    )
    assert (atteint.avertissements, atteint.indicateurs[0].gain_mensuel_requis) == ((), Fraction(0))


def test_an_indicator_that_is_not_required_and_a_contract_that_is_over_do_not_alert() -> None:
    releves = mensuels("2023-01-31", *range(1000, 1024, 2))
    specialiste = pratique(contrat(), medecins=[medecin(1, specialite="cardiologie")], releves=releves)
    resultat = vu(specialiste, "2024-01-05")
    assert (resultat.indicateurs[0].inedit, resultat.avertissements) == (True, ())

    fini = pratique(contrat(resiliation("2024-01-05")), releves=releves)
    assert (vu(fini, "2024-01-05").indicateurs[0].inedit, vu(fini, "2024-01-05").avertissements) == (True, ())
    assert [a.code for a in vu(fini, "2024-01-04").avertissements] == ["gain_requis_inedit"]


def un_par_jour(depuis: str, depart: int) -> list[Releve]:
    """Give four readings, ten days apart, on a line of one patient a day."""
    return [releve(date.fromordinal(j(depuis).toordinal() + 10 * rang), depart + 10 * rang) for rang in range(4)]


def test_the_day_on_which_a_line_reaches_the_target() -> None:
    # 1 000 on 1 January 2023 and one a day: 1 200 two hundred days later, on 20 July.
    sien = patientele(*un_par_jour("2023-01-01", 1000), au="2023-02-05")

    assert sien.atteint is not None
    assert (sien.atteint.le, sien.atteint.au_plus_tot, sien.atteint.au_plus_tard) == (j("2023-07-20"),) * 3
    assert sien.phrase == (
        f"À ce rythme, l'objectif de 1{INSECABLE}200{INSECABLE}patients pour la patientèle médecin traitant serait "
        f"atteint le 20{INSECABLE}juillet{INSECABLE}2023 ; entre le 20{INSECABLE}juillet{INSECABLE}2023 et le "
        f"20{INSECABLE}juillet{INSECABLE}2023 (intervalle à 90{INSECABLE}%)."
    )


def test_the_interval_gives_the_earliest_and_the_latest_day() -> None:
    sien = patientele(*mensuels("2023-01-31", 1000, 1012, 1013, 1024, 1027, 1041, 1040), au="2023-08-05")

    atteint = sien.atteint
    assert atteint is not None
    assert atteint.le is not None
    assert atteint.au_plus_tot is not None
    assert atteint.au_plus_tard is not None
    assert atteint.au_plus_tot < atteint.le < atteint.au_plus_tard
    projection = sien.mois[-1].projection
    assert projection is not None
    # On that day the line is at the target, the day before it is not.
    ligne = tendance([point.toordinal() for point in dates(sien)], [1000, 1012, 1013, 1024, 1027, 1041, 1040])
    assert ligne is not None
    assert ligne.valeur(atteint.le.toordinal()) >= 1200 > ligne.valeur(atteint.le.toordinal() - 1)


def dates(sien: RythmeIndicateur) -> list[date]:
    return [ajouter_mois(j("2023-01-31"), rang) for rang in range(len(sien.mois) - 1)]


def test_a_target_already_reached_has_no_day() -> None:
    sien = patientele(releve("2023-06-30", 1200), au="2023-07-05")

    assert sien.atteint is not None
    assert (sien.atteint.deja, sien.atteint.le) == (True, None)
    assert sien.phrase == (
        f"L'objectif de 1{INSECABLE}200{INSECABLE}patients pour la patientèle médecin traitant est atteint."
    )


def test_under_four_readings_no_day_is_told() -> None:
    sien = patientele(*mensuels("2023-01-31", 1000, 1010, 1020), au="2023-05-05")

    assert (sien.atteint, sien.phrase) == (None, None)


def test_a_slope_that_does_not_rise_never_reaches_the_target() -> None:
    plat = patientele(*mensuels("2023-01-31", 1000, 1000, 1000, 1000), au="2023-05-05")

    assert plat.atteint is not None
    assert (plat.atteint.le, plat.atteint.au_plus_tot, plat.atteint.au_plus_tard) == (None, None, None)
    assert plat.phrase is not None
    assert plat.phrase.endswith("ne serait jamais atteint.")


def test_a_doubtful_fall_may_still_reach_it_and_a_doubtful_rise_may_not() -> None:
    baisse = patientele(*mensuels("2023-01-31", 1010, 1000, 1012, 998, 1004, 1001), au="2023-07-05")
    assert baisse.atteint is not None
    assert baisse.atteint.le is None
    assert baisse.atteint.au_plus_tot is not None
    assert baisse.atteint.au_plus_tard is None
    assert baisse.phrase is not None
    assert "ne serait jamais atteint ; au mieux, il le serait le " in baisse.phrase

    hausse = patientele(*mensuels("2023-01-31", 1001, 1004, 998, 1012, 1000, 1010), au="2023-07-05")
    assert hausse.atteint is not None
    assert hausse.atteint.le is not None
    assert hausse.atteint.au_plus_tard is None
    assert hausse.phrase is not None
    assert ", sans certitude : au plus tôt le " in hausse.phrase
    assert hausse.phrase.endswith(", peut-être jamais.")


def test_a_line_over_the_target_while_the_last_reading_is_not_reaches_it_today() -> None:
    releves = mensuels("2023-01-31", 1150, 1160, 1170, 1180, 1190, 1200, 1195)
    sien = patientele(*releves, au="2023-10-05")

    assert sien.atteint is not None
    assert (sien.atteint.deja, sien.atteint.le) == (False, j("2023-10-05"))


def test_a_day_beyond_what_a_dossier_holds_is_never() -> None:
    # One patient in 90 days: 199 more take some 49 years; 3 999 more would take nine centuries.
    releves = mensuels("2023-01-31", 1000, 1000, 1001, 1001)
    loin = vu(pratique(contrat(objectif=objectif(5000, 2400)), releves=releves), "2023-05-05").indicateurs[0]

    assert loin.atteint is not None
    assert loin.atteint.le is None


def test_a_target_reached_after_the_evaluation_is_said_so() -> None:
    # 1 001, 1 003…: two a month, the hundred months last to 2031.
    sien = patientele(*mensuels("2023-01-31", 1000, 1002, 1004, 1006, 1008), au="2023-07-05")

    assert sien.phrase is not None
    assert f", après l'évaluation du 1er{INSECABLE}janvier{INSECABLE}2026 ;" in sien.phrase
    assert "après l'évaluation" not in (patientele(*un_par_jour("2023-01-01", 1000), au="2023-02-05").phrase or "")


POINTS = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 60)), max_size=25, unique_by=lambda p: p[0]).map(sorted)


@given(st.lists(POINTS, max_size=6))
def test_the_slopes_kept_give_the_trend_worked_out_anew(suites: list[list[tuple[int, int]]]) -> None:
    pentes = _Pentes()
    for suite in suites:
        pentes.suivre([Point(date.fromordinal(DEBUT.toordinal() + x), y, "cpam") for x, y in suite])
        anew = tendance([DEBUT.toordinal() + x for x, _ in suite], [y for _, y in suite])
        assert pentes.tendance() == anew


def test_a_reading_that_changes_at_the_end_of_a_series_is_replaced() -> None:
    jours = [date.fromordinal(DEBUT.toordinal() + 10 * rang) for rang in range(8)]
    avant = [Point(jour, 1000 + 3 * rang**2, "cpam") for rang, jour in enumerate(jours)]
    apres = [*avant[:6], Point(jours[6], 900, "cpam"), Point(jours[7], 901, "cpam")]
    pentes = _Pentes()
    pentes.suivre(avant)
    pentes.suivre(apres)

    assert pentes.points == apres
    assert pentes.tendance() == tendance([p.date.toordinal() for p in apres], [p.valeur for p in apres])


def test_the_json_and_its_explanations() -> None:
    dossier = pratique(contrat(), releves=mensuels("2023-01-31", *range(1000, 1024, 2)))
    resultat = vu(dossier, "2024-01-05")
    document = rythme_json(resultat)

    json.dumps(document, allow_nan=False)
    patients = document["indicateurs"]["patientele_mt"]
    # 364 days of 1 096 on 31 December 2023: 1 000 + 200 × 364 / 1 096 = 1 066.42; 178 × 30.4375 / 727 = 7.45.
    dernier = patients["mois"][-1]
    assert {cle: dernier[cle] for cle in ("le", "valeur", "date", "attendu", "gain_mensuel_requis")} == {
        "le": "2024-01-05",
        "valeur": 1022,
        "date": "2023-12-31",
        "attendu": 1066.42,
        "gain_mensuel_requis": 7.45,
    }
    # 22 patients over the 334 days from 31 January: 2.00; the median pair has months a little longer.
    assert dernier["pente"] == pytest.approx(2, abs=0.02)
    assert patients["gains"]["3"] == {
        "avant": {"date": "2023-09-30", "valeur": 1016, "source": "cpam"},
        "apres": {"date": "2023-12-31", "valeur": 1022, "source": "cpam"},
        "patients": 6,
        "jours": 92,
        "par_mois": 1.99,
    }
    assert sorted(patients["gains"]) == ["3", "6"]
    assert patients["gain_requis_inedit"] is True
    assert patients["objectif_atteint"]["deja"] is False
    assert document["indicateurs"]["file_active"]["objectif_atteint"] is None
    assert document["indicateurs"]["file_active"]["meilleur_gain"] is None
    assert inexpliques(document, resultat.chiffres, CLES) == []


def test_what_is_explained_of_a_month_and_of_the_gains() -> None:
    dossier = pratique(contrat(), releves=mensuels("2023-01-31", *range(1000, 1024, 2)))
    chiffres = vu(dossier, "2024-01-05").chiffres
    racine = "indicateurs.patientele_mt"
    le_30_juin = juger(dossier, "2023-06-30").patientele_mt.projection

    assert le_30_juin is not None
    assert [(etape.libelle, etape.resultat) for etape in chiffres[f"{racine}.mois.2023-06-30"].etapes] == [
        ("Valeur", f"1{INSECABLE}010{INSECABLE}patients"),
        # 180 days of 1 096: 1 032.85.
        ("Attendu", "1\u00a0032,85"),
        # 190 patients in 916 days.
        ("Gain requis", "+6,3 par mois"),
        ("Tendance", "+2,0 par mois"),
        ("Projection", nombre(le_30_juin.valeur, 2)),
    ]
    assert (
        chiffres[f"{racine}.mois.2023-06-30"].sources == juger(dossier, "2024-01-05").patientele_mt.explication.sources
    )
    assert [etape.resultat for etape in chiffres[f"{racine}.gains.3"].etapes] == [
        f"+6 en 92{INSECABLE}jours",
        "+2,0 par mois",
    ]
    assert chiffres[f"{racine}.meilleur_gain"].etapes[1].resultat == "+2,0 par mois"
    assert [etape.libelle for etape in chiffres[f"{racine}.objectif_atteint"].etapes] == [
        "Tendance",
        "Au plus tôt",
        "Au plus tard",
    ]
    assert [etape.libelle for etape in chiffres[racine].etapes] == [
        "Gain requis",
        "Meilleur gain sur six mois",
        "Gain sur 12 mois",
    ]
    assert [etape.resultat for etape in chiffres["indicateurs.file_active"].etapes] == ["sans objet", *["inconnu"] * 3]
    assert chiffres["indicateurs.file_active.mois.2023-06-30"].etapes[0].resultat == "inconnue"


def test_the_day_of_a_target_reached_or_never_is_explained() -> None:
    atteint = vu(pratique(contrat(), releves=[releve("2023-06-30", 1200)]), "2023-07-05").chiffres
    assert [etape.resultat for etape in atteint["indicateurs.patientele_mt.objectif_atteint"].etapes] == ["atteint"]
    plat = vu(pratique(contrat(), releves=mensuels("2023-01-31", 1000, 1000, 1000, 1000)), "2023-05-05").chiffres
    assert [etape.resultat for etape in plat["indicateurs.patientele_mt.objectif_atteint"].etapes] == [
        "jamais à ce rythme"
    ] * 3


@lent
@given(dossiers(), JOURS)
def test_every_pace_is_followed_on_every_day(dossier: Dossier, au: date) -> None:
    baremes = charger_baremes()
    for rang, juge in enumerate(evaluate(dossier, au, baremes).contrats):
        resultat = rythme(dossier, juge, baremes)
        document = rythme_json(resultat)
        json.dumps(document, allow_nan=False)
        assert inexpliques(document, resultat.chiffres, CLES) == []
        for sien in resultat.indicateurs:
            assert len(sien.mois) <= 12 * juge.contrat.duree_ans + 1
            assert all(avant.le < apres.le for avant, apres in pairwise(sien.mois))
            if sien.mois:
                assert lus(sien.mois[-1], getattr(juge, sien.indicateur))
            for mois in sien.mois[:: max(1, len(sien.mois) // 3)]:
                then = evaluate(dossier, mois.le, baremes).contrats[rang]
                assert lus(mois, getattr(then, sien.indicateur))


def test_the_demo_reads() -> None:
    dossier = lire_dossier(chemin("demo/dossier.json").read_text(encoding="utf-8"))
    baremes = charger_baremes()
    for rang, juge in enumerate(evaluate(dossier, j("2026-11-15"), baremes).contrats):
        resultat = rythme(dossier, juge, baremes)
        confronter(dossier, resultat, rang)
        assert [a.code for a in resultat.avertissements] == (["gain_requis_inedit"] if rang == 0 else [])
