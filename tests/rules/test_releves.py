"""V and its date: which reading counts, from which source, between which days; and sources that disagree."""

from datetime import date

import pytest

from assistmed_desktop.domain.suivi import Releve, SourceReleve
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.resultats import EvaluationIndicateur
from tests.rules.outils import (
    averti,
    codes,
    collectif,
    contrat,
    j,
    jours,
    juger,
    medecin,
    pratique,
    releve,
)

AU = "2024-07-02"
Vu = tuple[int | None, date | None, SourceReleve | None]


def patientele(*releves: Releve, au: str = AU) -> Vu:
    return vu(juger(pratique(contrat(), releves=releves), au).patientele_mt)


def vu(indicateur: EvaluationIndicateur) -> Vu:
    return indicateur.valeur, indicateur.date, indicateur.source


def test_the_latest_authoritative_reading_counts() -> None:
    assert patientele(releve("2024-01-31", 1050), releve("2024-03-31", 1070), releve("2024-02-29", 1060)) == (
        1070,
        j("2024-03-31"),
        "cpam",
    )


@pytest.mark.parametrize(("premier", "second", "attendu"), [("cpam", "amelipro", 1070), ("amelipro", "cpam", 1070)])
def test_the_cpam_and_amelipro_are_of_one_rank_the_date_decides(
    premier: SourceReleve, second: SourceReleve, attendu: int
) -> None:
    vus = patientele(releve("2024-01-31", 1050, source=premier), releve("2024-03-31", 1070, source=second))

    assert vus == (attendu, j("2024-03-31"), second)


def test_a_later_reading_of_the_software_does_not_replace_an_authoritative_one() -> None:
    assert patientele(releve("2023-02-28", 1010), releve("2024-06-30", 1080, source="logiciel")) == (
        1010,
        j("2023-02-28"),
        "cpam",
    )


def test_failing_an_authoritative_one_the_latest_of_the_software_counts_with_a_warning() -> None:
    releves = [releve("2024-05-31", 1070, source="logiciel"), releve("2024-04-30", 1060, source="logiciel")]
    juge = juger(pratique(contrat(), releves=releves), AU)

    assert vu(juge.patientele_mt) == (1070, j("2024-05-31"), "logiciel")
    faute_de_mieux = averti(juge, "source_logiciel")
    assert faute_de_mieux is not None
    assert faute_de_mieux.message == (
        "Patientèle médecin traitant : faute de relevé de la CPAM ou d'amelipro, "
        "le chiffre du logiciel métier est retenu."
    )
    assert faute_de_mieux.niveau == "attention"


def test_no_warning_of_the_software_where_an_authoritative_reading_counts() -> None:
    releves = [releve("2024-05-31", 1070, 2100), releve("2024-06-30", 1071, 2101, source="logiciel")]

    assert "source_logiciel" not in codes(juger(pratique(contrat(), releves=releves), AU))


def test_an_estimation_never_counts() -> None:
    juge = juger(pratique(contrat(), releves=[releve("2024-06-30", 1199, 2399, source="estimation")]), AU)

    assert vu(juge.patientele_mt) == (None, None, None)
    assert juge.statut == "donnees_insuffisantes"
    assert patientele(
        releve("2024-06-30", 1199, source="estimation"), releve("2023-05-31", 1020, source="logiciel")
    ) == (
        1020,
        j("2023-05-31"),
        "logiciel",
    )


@pytest.mark.parametrize(
    ("jour", "compte"),
    [("2022-12-31", False), ("2023-01-01", True), ("2023-01-02", True)],
)
def test_readings_count_from_the_first_day_of_the_contract(jour: str, compte: bool) -> None:
    assert patientele(releve(jour, 1050))[0] == (1050 if compte else None)


@pytest.mark.parametrize(
    ("jour", "compte"),
    [("2024-07-01", True), ("2024-07-02", True), ("2024-07-03", False)],
)
def test_readings_count_up_to_the_day_of_the_evaluation(jour: str, compte: bool) -> None:
    assert patientele(releve(jour, 1050))[0] == (1050 if compte else None)


@pytest.mark.parametrize("source", ["cpam", "amelipro", "logiciel"])
def test_of_two_readings_of_one_date_and_rank_the_one_entered_last_counts(source: SourceReleve) -> None:
    deux = [releve("2024-06-30", 1080, source=source), releve("2024-06-30", 1060, source=source)]

    assert patientele(*deux)[0] == 1060
    assert patientele(*reversed(deux))[0] == 1080


def test_the_cpam_and_amelipro_on_one_date_the_one_entered_last_counts() -> None:
    deux = [releve("2024-06-30", 1080, source="cpam"), releve("2024-06-30", 1060, source="amelipro")]

    assert patientele(*deux) == (1060, j("2024-06-30"), "amelipro")
    assert patientele(*reversed(deux)) == (1080, j("2024-06-30"), "cpam")


def test_on_one_date_the_rank_goes_before_the_order_of_entry() -> None:
    assert patientele(releve("2024-06-30", 1080), releve("2024-06-30", 1060, source="logiciel"))[0] == 1080


def test_a_reading_that_does_not_hold_the_count_is_skipped() -> None:
    releves = [releve("2024-05-31", 1070, 2150), releve("2024-06-30", None, 2160), releve("2024-07-01", 1090, None)]
    juge = juger(pratique(contrat(), releves=releves), AU)

    assert vu(juge.patientele_mt) == (1090, j("2024-07-01"), "cpam")
    assert vu(juge.file_active) == (2160, j("2024-06-30"), "cpam")


def test_a_null_authoritative_count_lets_the_software_count() -> None:
    releves = [releve("2024-06-30", None, 2160), releve("2024-05-31", 1070, 2150, source="logiciel")]
    juge = juger(pratique(contrat(), releves=releves), AU)

    assert vu(juge.patientele_mt) == (1070, j("2024-05-31"), "logiciel")
    assert vu(juge.file_active) == (2160, j("2024-06-30"), "cpam")


def test_a_count_of_zero_is_a_count() -> None:
    assert patientele(releve("2024-05-31", 1070), releve("2024-06-30", 0))[0] == 0


def test_the_readings_of_another_doctor_do_not_count() -> None:
    assert patientele(releve("2024-05-31", 1070), releve("2024-06-30", 1080, medecin="m2"))[0] == 1070


# A gap of more than 2 % of 1 000 patients is a gap of more than 20.
@pytest.mark.parametrize(("logiciel", "ecart"), [(1020, False), (1021, True), (980, False), (979, True), (1000, False)])
def test_sources_disagree_over_two_percent(logiciel: int, ecart: bool) -> None:
    releves = [releve("2024-06-15", 1000), releve("2024-06-20", logiciel, source="logiciel")]

    assert ("ecart_sources" in codes(juger(pratique(contrat(), releves=releves), AU))) is ecart


@pytest.mark.parametrize("sens", [1, -1])
@pytest.mark.parametrize(("distance", "ecart"), [(0, True), (30, True), (31, False), (32, False)])
def test_sources_disagree_when_less_than_31_days_apart(distance: int, sens: int, ecart: bool) -> None:
    milieu = j("2024-03-15")
    releves = [
        releve(milieu, 1000, source="amelipro"),
        releve(milieu + sens * jours(distance), 1100, source="logiciel"),
    ]

    assert ("ecart_sources" in codes(juger(pratique(contrat(), releves=releves), AU))) is ecart


@pytest.mark.parametrize(
    ("une", "autre"),
    [("cpam", "amelipro"), ("cpam", "estimation"), ("logiciel", "estimation"), ("logiciel", "logiciel")],
)
def test_only_the_software_against_an_authority_disagree(une: SourceReleve, autre: SourceReleve) -> None:
    releves = [releve("2024-06-15", 1000, source=une), releve("2024-06-16", 1500, source=autre)]

    assert "ecart_sources" not in codes(juger(pratique(contrat(), releves=releves), AU))


def test_a_reading_corrected_on_its_own_date_no_longer_disagrees() -> None:
    releves = [
        releve("2024-06-15", 1000),
        releve("2024-06-20", 1500, source="logiciel"),
        releve("2024-06-20", 1005, source="logiciel"),
    ]
    faux_puis_juste = [
        releve("2024-06-15", 1500),
        releve("2024-06-15", 1000, source="amelipro"),
        releve("2024-06-20", 1005, source="logiciel"),
    ]

    for corriges in (releves, faux_puis_juste):
        assert "ecart_sources" not in codes(juger(pratique(contrat(), releves=corriges), AU))
    for gardes in (releves[:2], [releves[0], releves[2], releves[1]]):
        assert "ecart_sources" in codes(juger(pratique(contrat(), releves=gardes), AU))


def test_the_gap_is_told_with_both_readings_and_the_nearest_authority() -> None:
    releves = [
        releve("2024-05-30", 1000),
        releve("2024-06-18", 1005, source="amelipro"),
        releve("2024-06-20", 1050, source="logiciel"),
    ]
    ecart = averti(juger(pratique(contrat(), releves=releves), AU), "ecart_sources")

    # 1 050 against 1 005 is 45 more, 45 / 1 005 = 4,48 %.
    assert ecart is not None
    assert ecart.message.replace(INSECABLE, " ") == (
        "Patientèle médecin traitant : le logiciel métier (1 050 le 20/06/2024) s'écarte de +4,5 % du chiffre "
        "d'amelipro (1 005 le 18/06/2024)."
    )


def test_several_gaps_are_one_warning_that_tells_the_latest() -> None:
    releves = [
        releve("2024-04-15", 1000),
        releve("2024-04-20", 900, source="logiciel"),
        releve("2024-05-20", 900, source="logiciel"),
        releve("2024-06-15", 1000),
        releve("2024-06-20", 900, source="logiciel"),
    ]
    au = juger(pratique(contrat(), releves=releves), AU)
    ecart = averti(au, "ecart_sources")

    # 20 April, 20 May (30 days after 20 April's authority is 15 May; 26 days before 15 June) and 20 June.
    assert ecart is not None
    assert ecart.message.replace(INSECABLE, " ") == (
        "Patientèle médecin traitant : le logiciel métier (900 le 20/06/2024) s'écarte de −10,0 % du chiffre "
        "de la CPAM (1 000 le 15/06/2024) (2 autres écarts de ce genre)."
    )
    deux = averti(juger(pratique(contrat(), releves=[*releves[:2], *releves[3:]]), AU), "ecart_sources")
    assert deux is not None
    assert deux.message.replace(INSECABLE, " ").endswith("(1 autre écart de ce genre).")


def test_each_indicator_has_its_own_gap() -> None:
    releves = [releve("2024-06-15", 1000, 2000), releve("2024-06-20", 1001, 2041, source="logiciel")]
    ecart = averti(juger(pratique(contrat(), releves=releves), AU), "ecart_sources")

    assert ecart is not None
    assert ecart.message.startswith("File active")


def test_an_authority_that_counts_nobody_disagrees_with_whoever_counts_someone() -> None:
    def vus(logiciel: int) -> bool:
        releves = [releve("2024-06-15", 0), releve("2024-06-20", logiciel, source="logiciel")]
        return "ecart_sources" in codes(juger(pratique(contrat(), releves=releves), AU))

    assert vus(0) is False
    assert vus(1) is True


def test_an_authority_that_counts_one_is_the_base_of_the_gap() -> None:
    releves = [releve("2024-06-15", 1), releve("2024-06-20", 2, source="logiciel")]
    ecart = averti(juger(pratique(contrat(), releves=releves), AU), "ecart_sources")

    assert ecart is not None
    assert f"+100,0{INSECABLE}%" in ecart.message
    nul = averti(juger(pratique(contrat(), releves=[releve("2024-06-15", 0), releves[1]]), AU), "ecart_sources")
    assert nul is not None
    assert f"+200,0{INSECABLE}%" in nul.message


GROUPE = "2026-09-01"


def groupe(*releves: Releve, membres: int = 2) -> EvaluationIndicateur:
    medecins = [medecin(rang) for rang in range(1, membres + 1)]
    signe = collectif(medecins=tuple(m.id for m in medecins))
    return juger(pratique(signe, medecins=medecins, releves=releves), GROUPE).patientele_mt


def test_a_group_has_the_sum_of_its_doctors_and_the_oldest_of_their_dates() -> None:
    vus = vu(
        groupe(
            releve("2026-06-30", 1100, medecin="m1"),
            releve("2026-08-31", 1150, medecin="m1", source="amelipro"),
            releve("2026-07-31", 1020, medecin="m2"),
        )
    )

    assert vus == (1150 + 1020, j("2026-07-31"), "cpam")


def test_each_doctor_of_a_group_gives_the_best_of_their_own_readings() -> None:
    vus = vu(
        groupe(
            releve("2026-06-30", 1100, medecin="m1"),
            releve("2026-08-31", 9999, medecin="m1", source="logiciel"),
            releve("2026-07-31", 1020, medecin="m2", source="logiciel"),
            releve("2026-08-15", 9999, medecin="m2", source="estimation"),
        )
    )

    assert vus == (1100 + 1020, j("2026-06-30"), "logiciel")


def test_a_group_that_lacks_one_of_its_doctors_has_no_value() -> None:
    un_seul = pratique(collectif(), releves=[releve("2026-06-30", 1100, 2100)])
    juge = juger(un_seul, GROUPE)

    assert vu(juge.patientele_mt) == (None, None, None)
    assert juge.patientele_mt.points == ()
    assert juge.statut == "donnees_insuffisantes"
    assert [a.message for a in juge.avertissements if a.code == "releve_absent"] == [
        f"{nom} : il manque un relevé de la CPAM, d'amelipro ou du logiciel métier pour au moins un médecin du groupe."
        for nom in ("Patientèle médecin traitant", "File active")
    ]


def test_a_group_of_one_is_its_doctor() -> None:
    assert vu(groupe(releve("2026-06-30", 1100), membres=1)) == (1100, j("2026-06-30"), "cpam")


def test_a_group_of_three_sums_three() -> None:
    lus = [releve(f"2026-0{5 + rang}-15", 1000 + rang, medecin=f"m{rang}") for rang in (1, 2, 3)]

    assert vu(groupe(*lus, membres=3)) == (1001 + 1002 + 1003, j("2026-06-15"), "cpam")
    assert vu(groupe(*lus[:2], membres=3)) == (None, None, None)


def test_the_curve_of_a_group_begins_where_each_doctor_has_a_reading() -> None:
    points = groupe(
        releve("2026-03-31", 1000, medecin="m1"),
        releve("2026-04-30", 1010, medecin="m1"),
        releve("2026-04-30", 2000, medecin="m2", source="logiciel"),
        releve("2026-05-31", 2020, medecin="m2"),
        releve("2026-06-15", 5000, medecin="m2", source="estimation"),
        releve("2026-06-30", 1030, medecin="m1"),
        releve("2026-06-30", 2030, medecin="m2"),
    ).points

    # 30 April: 1 010 + 2 000, the software being all there is of m2. 31 May: 1 010, still of 30 April, + 2 020, and it
    # bears that oldest date, so it takes its place. 30 June: 1 030 + 2 030.
    assert [(p.date, p.valeur, p.source) for p in points] == [
        (j("2026-04-30"), 1010 + 2020, "cpam"),
        (j("2026-06-30"), 1030 + 2030, "cpam"),
    ]


def test_each_doctor_of_a_group_has_their_own_gap() -> None:
    releves = [
        releve("2026-06-15", 1000, 2000, medecin="m1"),
        releve("2026-06-15", 500, 900, medecin="m2"),
        releve("2026-06-20", 510, 900, medecin="m2", source="logiciel"),
    ]
    dossier = pratique(collectif(), releves=releves)
    assert "ecart_sources" not in codes(juger(dossier, GROUPE))

    # 11 of 500 is 2,2 %, though it is 0,7 % of the 1 500 of the group.
    plus = pratique(
        collectif(), releves=[*releves[:2], releve("2026-06-20", 511, 900, medecin="m2", source="logiciel")]
    )
    assert "ecart_sources" in codes(juger(plus, GROUPE))
