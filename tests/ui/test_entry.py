"""What a person types for a reading, read tolerantly."""

from datetime import date

import pytest

from assistmed_desktop.domain.suivi import Releve, SourceReleve
from assistmed_desktop.ui.entry import Typed, next_month_end, read_entry, typed_of

AU = date(2026, 11, 15)


def releve(
    jour: date, patientele_mt: int | None = 1000, file_active: int | None = 1500, source: SourceReleve = "amelipro"
) -> Releve:
    return Releve(medecin="m1", date=jour, patientele_mt=patientele_mt, file_active=file_active, source=source, note="")


OCTOBRE = releve(date(2026, 10, 31))


@pytest.mark.parametrize(
    ("jour", "compte"),
    [("14/11/2026", "1131"), ("14/11/26", "1 131"), ("2026-11-14", "1\u00a0131"), ("14 novembre 2026", "1\u202f131\n")],
)
def test_dates_and_counts_are_read_tolerantly(jour: str, compte: str) -> None:
    entry = read_entry(Typed(jour, compte, "", "cpam", "  vu sur le relevé "), "m1", [], AU)
    assert entry.releve == Releve(
        medecin="m1",
        date=date(2026, 11, 14),
        patientele_mt=1131,
        file_active=None,
        source="cpam",
        note="vu sur le relevé",
    )
    assert not entry.cautions


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [("mars 2025", "2025-03-31"), ("févr. 2024", "2024-02-29"), ("03/2025", "2025-03-31"), ("2025-03", "2025-03-31")],
)
def test_a_month_is_taken_for_its_last_day(texte: str, attendu: str) -> None:
    entry = read_entry(Typed(texte, "1131"), "m1", [], AU)
    assert entry.releve is not None
    assert entry.releve.date.isoformat() == attendu


def test_a_day_without_its_year_is_not_a_month() -> None:
    assert "date" in read_entry(Typed("3/10", "1131"), "m1", [], AU).fautes


@pytest.mark.parametrize(
    ("typed", "champ", "mot"),
    [
        (Typed("", "1", "1"), "date", "Saisissez"),
        (Typed("31/02/2026", "1", "1"), "date", "ne se lit pas"),
        (Typed("14/11/1226", "1", "1"), "date", "année"),
        (Typed("14/11/2026", "mille", ""), "patientele_mt", "nombre entier"),
        (Typed("14/11/2026", "", "-3"), "file_active", "nombre entier"),
        (Typed("14/11/2026", "1000001", ""), "patientele_mt", "Au plus"),
        (Typed("14/11/2026", " ", ""), "patientele_mt", "au moins un"),
    ],
)
def test_faults_say_which_field_and_why(typed: Typed, champ: str, mot: str) -> None:
    entry = read_entry(typed, "m1", [], AU)
    assert entry.releve is None
    assert list(entry.fautes) == [champ]
    assert mot in entry.fautes[champ]


def test_a_reading_belongs_to_a_doctor() -> None:
    assert read_entry(Typed("14/11/2026", "1"), "", [], AU).fautes == {"date": "Choisissez d’abord un médecin."}


def test_a_future_date_is_cautioned_not_refused() -> None:
    entry = read_entry(Typed("30/11/2026", "1000"), "m1", [], AU)
    assert entry.releve is not None
    assert entry.cautions == ("Cette date est à venir\u00a0: le relevé ne comptera qu’à partir du 30/11/2026.",)


@pytest.mark.parametrize(("compte", "cautions"), [("1100", 0), ("1101", 1), ("900", 0), ("899", 1)])
def test_a_jump_of_more_than_a_tenth_is_cautioned(compte: str, cautions: int) -> None:
    assert len(read_entry(Typed("14/11/2026", compte), "m1", [OCTOBRE], AU).cautions) == cautions


def test_a_jump_is_measured_from_the_same_source_before_that_day() -> None:
    autres = [
        OCTOBRE,
        releve(date(2026, 9, 30), 5000),
        releve(date(2026, 11, 30), 9000),
        releve(date(2026, 11, 10), 3000, source="logiciel"),
        releve(date(2026, 11, 12), None, 1510),
    ]
    entry = read_entry(Typed("14/11/2026", "2000", "1515"), "m1", autres, AU)
    assert entry.cautions == (
        "Patientèle\u00a0: +100\u00a0% depuis le relevé amelipro du 31/10/2026 (1\u00a0000). Vérifiez ce chiffre.",
    )
    assert entry.aides["file_active"] == "dernier\u00a0: 1\u00a0510 le 12/11/2026"


def test_nothing_is_compared_with_zero() -> None:
    assert not read_entry(Typed("14/11/2026", "5"), "m1", [releve(date(2026, 10, 31), 0)], AU).cautions


def test_a_second_reading_of_the_same_day_and_source_is_cautioned() -> None:
    (caution,) = read_entry(Typed("31/10/2026", "1010"), "m1", [OCTOBRE], AU).cautions
    assert "le dernier saisi comptera" in caution


def test_help_is_given_before_anything_is_wrong() -> None:
    entry = read_entry(Typed("14/11/2026"), "m1", [], AU)
    assert entry.aides["date"] == "14\u00a0novembre\u00a02026"
    assert entry.aides["patientele_mt"] == "laissez vide si inconnu"
    assert read_entry(Typed("14"), "m1", [], AU).aides["date"] == "par exemple 31/10/2026 ou octobre 2026"


def test_a_reading_can_be_typed_again() -> None:
    original = releve(date(2026, 3, 1), 1131, None, "cpam")
    typed = typed_of(original)
    assert typed == Typed("01/03/2026", "1\u00a0131", "", "cpam", "")
    assert read_entry(typed, "m1", [], AU).releve == original


@pytest.mark.parametrize(
    ("jours", "attendu"),
    [
        ([], date(2026, 10, 31)),
        ([date(2026, 10, 31)], date(2026, 11, 30)),
        ([date(2026, 11, 9)], date(2026, 11, 30)),
        ([date(2024, 1, 31), date(2023, 5, 31)], date(2024, 2, 29)),
        ([date(2026, 12, 31)], date(2027, 1, 31)),
    ],
)
def test_the_next_month_end_is_proposed(jours: list[date], attendu: date) -> None:
    assert next_month_end([releve(jour) for jour in jours], AU) == attendu
