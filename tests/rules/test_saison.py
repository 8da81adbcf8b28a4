"""The status held: a dip of one season does not turn the verdict over, a lasting decline does, within a few months.

The plain practice of ``outils`` goes from 1 000 to 1 200 patients between 1 January 2023 and 1 January 2026, that is
200 patients in 1 096 days, or 5,55 a month.
"""

import calendar
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest

from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.resultats import EvaluationIndicateur, Point, StatutContrat, StatutIndicateur
from assistmed_desktop.rules.saison import Chemin, Tenue, tenir
from assistmed_desktop.rules.suspensions import Parcours
from assistmed_desktop.rules.tendance import RELEVES_MINIMAUX
from assistmed_desktop.rules.verdict import verdict
from tests.rules.outils import DEBUT, EVALUATION, contrat, j, juger, objectif, pratique, reference, releve


def fin_de_mois(rang: int) -> date:
    """Give the last day of a month, the first being January 2023."""
    annee, mois = 2023 + rang // 12, rang % 12 + 1
    return date(annee, mois, calendar.monthrange(annee, mois)[1])


def saisons(rang: int) -> int:
    """Count 6,6 patients more a month, 14 fewer in August, 12 lost for good at each 31 December."""
    mois = rang % 12 + 1
    nettoyages = rang // 12 + (mois == 12)
    creux = {7: 5, 8: 14, 9: 5}.get(mois, 0)
    return round(1004 + 6.6 * (rang + 1) - 12 * nettoyages - creux)


def mensuels(compte: Callable[[int], int], mois: int = 36) -> list[Releve]:
    return [releve(fin_de_mois(rang), compte(rang), 2400) for rang in range(mois)]


def mois_par_mois(releves: list[Releve]) -> list[EvaluationIndicateur]:
    """Evaluate the patientèle on the day of each reading, with what is known by then."""
    dossier = pratique(contrat(), releves=releves)
    return [juger(dossier, lu.date).patientele_mt for lu in releves]


def changements(statuts: list[StatutIndicateur] | list[StatutContrat]) -> int:
    """Count how often the good news turn bad, or the bad good."""
    bonnes = [statut in ("atteint", "en_bonne_voie") for statut in statuts]
    return sum(avant != apres for avant, apres in pairwise(bonnes))


def test_dips_of_three_years_turn_the_status_over_and_not_the_one_held() -> None:
    juges = mois_par_mois(mensuels(saisons))

    # Each August, and it alone, falls under the path, and each September is back on it: three times there and back.
    assert [juge.date for juge in juges if juge.statut == "en_retard"] == [fin_de_mois(rang) for rang in (7, 19, 31)]
    assert changements([juge.statut for juge in juges]) == 6
    assert changements([juge.statut_tenu for juge in juges]) == 0


def test_clean_ups_of_31_december_do_not_either() -> None:
    def nettoyes(rang: int) -> int:
        # 18 patients fall on 31 December, and come back over the next two months.
        return saisons(rang) - {12: 12, 1: 9, 2: 3}.get(rang % 12 + 1, 0)

    juges = mois_par_mois(mensuels(nettoyes))

    assert changements([juge.statut for juge in juges]) >= 8
    assert changements([juge.statut_tenu for juge in juges]) <= 1


def test_the_contract_holds_its_verdict_too() -> None:
    dossier = pratique(contrat(), releves=mensuels(saisons))
    juges = [juger(dossier, fin_de_mois(rang)) for rang in range(36)]

    assert changements([juge.statut for juge in juges]) == 6
    assert changements([juge.statut_tenu for juge in juges]) == 0


@pytest.mark.parametrize("perte", [1, 2, 4, 8])
def test_a_lasting_decline_turns_the_verdict_within_a_few_months(perte: int) -> None:
    """After eighteen months the practice loses patients every month, and never wins them back."""

    def declin(rang: int) -> int:
        return saisons(rang) if rang < 18 else saisons(17) - perte * (rang - 17)

    juges = mois_par_mois(mensuels(declin))
    premier = next(rang for rang, juge in enumerate(juges) if rang >= 18 and juge.statut == "en_retard")
    tenu = next(rang for rang, juge in enumerate(juges) if rang >= 18 and juge.statut_tenu == "en_retard")

    # The last reading is late first; the level follows, one to three months after.
    assert 1 <= tenu - premier <= 3
    assert all(juge.statut_tenu in ("en_retard", "sous_la_reference") for juge in juges[tenu:])
    assert changements([juge.statut_tenu for juge in juges]) == 1


def test_a_lasting_recovery_turns_it_back_within_a_few_months() -> None:
    def reprise(rang: int) -> int:
        return 1000 + 2 * rang if rang < 18 else 1034 + 14 * (rang - 17)

    juges = mois_par_mois(mensuels(reprise))
    premier = next(rang for rang, juge in enumerate(juges) if rang >= 18 and juge.statut == "en_bonne_voie")
    tenu = next(rang for rang, juge in enumerate(juges) if rang >= 18 and juge.statut_tenu == "en_bonne_voie")

    assert 0 <= tenu - premier <= 3
    assert changements([juge.statut_tenu for juge in juges]) == 1


def test_a_level_within_its_own_noise_of_the_path_decides_of_nothing() -> None:
    # On the path to the patient, the odd months one above, the even ones one below: the last reading turns each month,
    # the level by less than its noise.
    def sur_le_fil(rang: int) -> int:
        return round(1000 + 200 * (fin_de_mois(rang) - DEBUT).days / 1096) + (1 if rang % 2 else -1)

    juges = mois_par_mois(mensuels(sur_le_fil))

    assert changements([juge.statut for juge in juges]) >= 30
    assert changements([juge.statut_tenu for juge in juges[RELEVES_MINIMAUX:]]) <= 1


def test_a_level_is_clear_of_the_path_from_one_patient_on() -> None:
    # The path asks for one patient a day. Seven behind at first, the readings catch up one patient a month: on the path
    # at the eighth, two ahead at the tenth. They lie on a line, so their noise is nothing and one patient is the least.
    def rattrapage(rang: int) -> int:
        return 1000 + (fin_de_mois(rang) - DEBUT).days + rang - 7

    dossier = pratique(
        contrat(reference=reference(1000, 0), objectif=objectif(2096, 0)),
        releves=[releve(fin_de_mois(rang), rattrapage(rang), 0) for rang in range(12)],
    )
    juges = [juger(dossier, fin_de_mois(rang)).patientele_mt for rang in range(12)]

    assert [juge.statut for juge in juges] == ["en_retard"] * 7 + ["en_bonne_voie"] * 5
    assert [juge.statut_tenu for juge in juges][3:8] == ["en_retard"] * 5
    assert [juge.statut_tenu for juge in juges][9:] == ["en_bonne_voie"] * 3


def serie(*valeurs: int, debut: int = 0) -> list[Point]:
    return [Point(fin_de_mois(debut + rang), valeur, "cpam") for rang, valeur in enumerate(valeurs)]


def tenue(statut: StatutIndicateur, points: list[Point], *, depart: int = 1000, cible: int | None = 1200) -> Tenue:
    chemin = Chemin("patientele_mt", depart, cible, Parcours(DEBUT, EVALUATION, ()))
    return tenir(statut, points[-1] if points else None, points, chemin)


def test_without_a_value_there_is_no_level() -> None:
    assert tenue("donnees_insuffisantes", []) == Tenue(None, 0, "donnees_insuffisantes", None)


def test_under_four_readings_the_level_is_the_value() -> None:
    assert tenue("en_retard", serie(1020, 1030, 1005)) == Tenue(1005.0, 3, "en_retard", None)


def test_without_a_target_the_level_is_known_and_nothing_is_held() -> None:
    resultat = tenue("objectif_inconnu", serie(1010, 1010, 1010, 1010, 990), cible=None)

    assert (resultat.niveau, resultat.statut, resultat.creux) == (1010.0, "objectif_inconnu", None)


def test_the_level_is_the_median_of_the_readings_carried_by_the_median_slope() -> None:
    # Ten patients every 31 days, but for the last: the six pairs of the first four say 10/31 a day, the others less,
    # so the median is 10/31. Carried to the last day, four readings give 1 040 and the last one 1 000: 1 040.
    depart = j("2024-01-01").toordinal()
    points = [
        Point(date.fromordinal(depart + 31 * rang), valeur, "cpam")
        for rang, valeur in enumerate([1000, 1010, 1020, 1030, 1000])
    ]

    assert tenue("en_retard", points).niveau == pytest.approx(1040, abs=1e-6)


def test_the_level_rests_on_twelve_months_and_no_more() -> None:
    ans = [1000] * 12 + [1100] * 12

    # The window of 31 December 2024 begins after 31 December 2023, so the twelve readings of 1 100 are alone in it.
    assert tenue("en_bonne_voie", serie(*ans)).niveau == 1100.0
    assert tenue("en_bonne_voie", serie(*ans)).releves == 12


def test_a_month_counts_once_by_its_last_reading() -> None:
    semaines = [Point(date(2023, 4, jour), 900, "cpam") for jour in (3, 10, 17, 24, 28)]
    points = [*serie(1030, 1030, 1030), *semaines, Point(j("2023-04-30"), 1030, "cpam")]

    assert tenue("en_bonne_voie", points) == Tenue(1030.0, 4, "en_bonne_voie", None)


def test_readings_of_another_rank_do_not_count() -> None:
    logiciel = [Point(fin_de_mois(rang), 1500, "logiciel") for rang in range(3)]
    estimes = [Point(fin_de_mois(rang), 1500, "estimation") for rang in range(3)]

    assert tenue("en_retard", [*logiciel, *serie(1000, 1000, 1000, debut=3)]).releves == 3
    du_logiciel = [Point(point.date, point.valeur, "logiciel") for point in serie(1020, 1020, 1020, debut=3)]
    assert tenue("en_retard", [*estimes, *du_logiciel]).releves == 3


def test_a_reading_after_the_value_does_not_count() -> None:
    points = serie(1020, 1020, 1020, 1020)
    chemin = Chemin("patientele_mt", 1000, 1200, Parcours(DEBUT, EVALUATION, ()))

    assert tenir("en_retard", points[2], points, chemin).releves == 3


# On 30 June 2023, 180 of 1 096 days are done: 1 032,8 are expected. Five readings of 1 040 to 1 060 were ahead.
EN_AVANCE = (1040, 1045, 1050, 1055, 1060)


def test_a_dip_under_the_path_leaves_what_was_held() -> None:
    assert tenue("en_retard", serie(*EN_AVANCE, 1030)).statut == "en_bonne_voie"


def test_a_peak_over_the_path_leaves_what_was_held() -> None:
    assert tenue("en_bonne_voie", serie(1001, 1002, 1003, 1004, 1005, 1040)).statut == "en_retard"


def test_a_dip_under_the_reference_leaves_what_was_held_when_it_is_alone() -> None:
    assert tenue("sous_la_reference", serie(*EN_AVANCE, 999)).statut == "en_bonne_voie"
    assert tenue("sous_la_reference", serie(1001, 1002, 1003, 1004, 1005, 999)).statut == "en_retard"


def test_a_second_reading_under_the_reference_is_no_longer_a_dip() -> None:
    assert tenue("sous_la_reference", serie(*EN_AVANCE, 999, 999)).statut == "sous_la_reference"


def test_a_reading_or_a_level_at_the_reference_is_not_under_it() -> None:
    assert tenue("sous_la_reference", serie(1000, 1000, 1000, 1000, 1000, 999)).statut == "en_retard"


def test_a_level_under_the_reference_is_no_dip() -> None:
    # The reading before the last is 1 000, as the reference, but the others say less.
    assert tenue("sous_la_reference", serie(990, 990, 990, 990, 1000, 990)).statut == "sous_la_reference"


def test_a_target_crossed_once_is_not_said_to_be_reached() -> None:
    crossing = tenue("atteint", serie(1180, 1182, 1184, 1186, 1188, 1201))

    assert crossing.statut == "en_bonne_voie"
    assert crossing.creux is not None
    assert "au-dessus du niveau" in crossing.creux
    assert "un relevé isolé" in crossing.creux


def test_a_target_crossed_twice_is_reached() -> None:
    assert tenue("atteint", serie(1180, 1182, 1184, 1186, 1200, 1201)).statut == "atteint"
    assert tenue("atteint", serie(1180, 1182, 1184, 1186, 1187, 1201)).statut == "en_bonne_voie"


def test_a_reading_just_at_the_target_is_one_of_the_two() -> None:
    # The level, about 1 185, is far under the target.
    assert tenue("atteint", serie(*[1180] * 5, 1200, 1201)).statut == "atteint"
    assert tenue("atteint", serie(*[1180] * 5, 1199, 1201)).statut == "en_bonne_voie"


def test_a_level_at_the_target_is_reached_at_the_first_reading_over_it() -> None:
    # Five a month in a straight line: the level is the value.
    points = [Point(date.fromordinal(DEBUT.toordinal() + 31 * rang), 1175 + 5 * rang, "cpam") for rang in range(6)]

    assert tenue("atteint", points) == Tenue(1200.0, 6, "atteint", None)


def test_a_value_under_the_target_is_never_said_to_have_reached_it() -> None:
    # Over the target for five months, then two under it: the level says reached, the reading alone is late.
    perdu = tenue("en_bonne_voie", serie(1205, 1206, 1207, 1208, 1209, 1190))

    assert (perdu.statut, perdu.creux) == ("en_bonne_voie", None)


def test_a_target_crossed_then_lost_at_a_clean_up_after_the_evaluation_is_held_on_its_way() -> None:
    points = serie(*[1205] * 5, 1198, debut=42)  # July to December 2026, the evaluation having passed

    assert tenue("en_retard", points).statut == "en_bonne_voie"


def test_a_maintenance_contract_does_not_fall_for_one_dip() -> None:
    assert tenue("sous_la_reference", serie(1010, 1010, 1010, 1010, 995), cible=1000).statut == "en_bonne_voie"
    assert tenue("sous_la_reference", serie(1010, 1010, 995, 995, 995), cible=1000).statut == "sous_la_reference"


def test_each_reading_is_held_against_the_level_of_its_own_day() -> None:
    """Past the evaluation 1 200 is expected of all: 1 190 of November 2026 is late, its level of 1 201,6 is not.

    October's 1 200 is on time and its own level, 1 199,2, is not; September, the third reading, is its own level: late.
    """
    resultat = tenue("en_retard", serie(1180, 1170, 1190, 1200, 1190, debut=42))

    assert resultat.niveau == pytest.approx(1201.630, abs=1e-3)
    assert resultat.statut == "en_retard"


def test_what_is_held_is_sought_twelve_months_back_and_no_further() -> None:
    """Past the evaluation 1 200 is expected of each reading, and each of the last four contradicts its own level.

    With the quarters before it each of them has a level of four readings: of 1 190, 1 200, 1 200 and 1 199 the levels
    are 1 205,8, 1 195,7, 1 198,3 and 1 200,3. The oldest of the four levels is on the path, and tells.
    """
    quatre = [1190, 1200, 1200, 1199]
    points = [
        Point(date(2026 + rang // 4, 3 * (rang % 4) + 1, 28), valeur, "cpam")
        for rang, valeur in enumerate([1199, 1199, 1205, 1220, *quatre])
    ]

    assert tenue("en_retard", points).niveau == pytest.approx(1200.258, abs=1e-3)
    assert tenue("en_retard", points).statut == "en_bonne_voie"


def creux(mois_et_jour: str, *valeurs: int) -> str:
    """Give the sentence of a dip read on a day of 2024, after monthly readings on the same day of the month."""
    fin = j(f"2024-{mois_et_jour}")
    points = [
        Point(date.fromordinal(fin.toordinal() - 31 * (len(valeurs) - 1 - rang)), valeur, "cpam")
        for rang, valeur in enumerate(valeurs)
    ]
    dite = tenue("en_retard", points).creux
    assert dite is not None
    return dite.replace(INSECABLE, " ")


DIP = (1200, 1200, 1200, 1200, 1200, 1001)  # far over the path, then just under it


@pytest.mark.parametrize(
    ("jour", "raison"),
    [
        ("06-30", "un relevé isolé"),
        ("07-01", "creux saisonnier probable : l'été, août surtout"),
        ("08-31", "creux saisonnier probable : l'été, août surtout"),
        ("09-30", "creux saisonnier probable : l'été, août surtout"),
        ("10-01", "un relevé isolé"),
        ("12-14", "un relevé isolé"),
        ("12-15", "creux saisonnier probable : mise à jour des listes au 31 décembre"),
        ("12-31", "creux saisonnier probable : mise à jour des listes au 31 décembre"),
        ("01-01", "creux saisonnier probable : mise à jour des listes au 31 décembre"),
        ("01-31", "creux saisonnier probable : mise à jour des listes au 31 décembre"),
        ("02-01", "un relevé isolé"),
    ],
)
def test_a_season_is_claimed_only_where_the_date_is_one(jour: str, raison: str) -> None:
    assert raison in creux(jour, *DIP)


def test_the_sentence_says_which_reading_how_far_and_which_level() -> None:
    assert creux("08-31", *DIP) == (
        "Patientèle médecin traitant : le relevé du 31 août 2024 (1 001 patients) est 199 patients au-dessous du "
        "niveau des douze derniers mois (1 200), creux saisonnier probable : l'été, août surtout. Pris seul, il "
        "donnerait « En retard »."
    )


def test_several_readings_in_a_row_are_no_longer_said_to_be_alone() -> None:
    assert "comme 2 relevés mensuels de suite" in creux("05-31", *[1200] * 6, 1001, 1001)


def test_a_peak_claims_no_season() -> None:
    sommet = tenue("en_bonne_voie", serie(1001, 1002, 1003, 1004, 1005, 1006, 1007, 1100)).creux  # 31 August 2023

    assert sommet is not None
    assert "un relevé isolé" in sommet


def test_less_than_half_a_patient_away_is_one() -> None:
    # One more patient every 31 days, from 1 027 on 1 January 2023: 1 034 on 6 August, 217 days later, where the path to
    # 1 171 is at 1 000 + 171 x 217 / 1 096 = 1 033,86. The level, 1 034, is on it, the last reading, 1 033, is not.
    points = [Point(date.fromordinal(DEBUT.toordinal() + 31 * rang), 1027 + rang, "cpam") for rang in range(8)]
    points[-1] = Point(points[-1].date, 1033, "cpam")
    dite = tenue("en_retard", points, cible=1171).creux

    assert dite is not None
    assert f"1{INSECABLE}patient au-dessous" in dite


def test_the_verdict_speaks_of_what_is_held_and_tells_the_dip() -> None:
    juge = juger(pratique(contrat(), releves=mensuels(saisons, 20)), "2024-08-31")
    dit = verdict(juge)

    assert (juge.statut, juge.statut_tenu) == ("en_retard", "en_bonne_voie")
    assert dit.titre == "En bonne voie vers l'objectif"
    assert dit.phrases[0].startswith("La patientèle médecin traitant compte")
    assert dit.phrases[1] == juge.patientele_mt.creux
    assert "creux saisonnier probable" in dit.phrases[1]


def test_held_late_the_verdict_counts_from_the_level() -> None:
    lus = [releve(fin_de_mois(rang), 1000 + rang, 2400) for rang in range(5)] + [releve(fin_de_mois(5), 1040, 2400)]
    juge = juger(pratique(contrat(), releves=lus), fin_de_mois(5))
    indicateur = juge.patientele_mt

    assert (juge.statut, juge.statut_tenu) == ("en_bonne_voie", "en_retard")
    assert indicateur.niveau is not None
    assert indicateur.attendu is not None
    # 180 of 1 096 days: 1 032,85 expected. The level is one more a month: about 1 005. 28 behind.
    assert indicateur.niveau == pytest.approx(1005, abs=0.5)
    assert verdict(juge).titre.replace(INSECABLE, " ").startswith("En retard de 28 patients sur le rythme prévu")


def test_the_level_is_explained_with_its_steps() -> None:
    juge = juger(pratique(contrat(), releves=mensuels(saisons, 20)), "2024-08-31").patientele_mt
    etapes = {etape.libelle: etape for etape in juge.explication.etapes}

    assert "12 relevés mensuels" in etapes["Niveau des douze derniers mois"].calcul.replace(INSECABLE, " ")
    assert etapes["Statut tenu"].resultat == "En bonne voie"
    peu = juger(pratique(contrat(), releves=mensuels(saisons, 3)), "2023-03-31").patientele_mt
    assert "Niveau des douze derniers mois" not in {etape.libelle for etape in peu.explication.etapes}


def test_a_contract_suspended_or_ended_holds_that() -> None:
    dossier = pratique(contrat(), releves=mensuels(saisons))

    assert juger(dossier, "2028-01-01").statut_tenu == "termine"


def test_what_is_not_required_does_not_weigh_on_the_contract() -> None:
    lus = [releve(fin_de_mois(rang), 1040 + 5 * rang, 1900) for rang in range(5)]
    juge = juger(pratique(contrat(objectif=objectif(1200, 2400), reference=reference()), releves=lus), fin_de_mois(4))

    assert juge.statut_tenu == "sous_la_reference"
