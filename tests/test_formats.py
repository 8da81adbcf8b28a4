"""French typography out, and what a person types in."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistmed_desktop import formats
from assistmed_desktop.formats import MOIS, Nombre


def _fr(texte: str) -> str:
    """Write ``_`` for U+00A0 and ``-`` for U+2212."""
    return texte.replace("_", "\u00a0").replace("-", "\u2212")


fractions = st.fractions(-(10**9), 10**9, max_denominator=10**6)
decimaux = st.decimals(-(10**9), 10**9, places=4)
jours = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("valeur", "decimales", "attendu"),
    [
        (0, 0, "0"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (0.4999, 0, "0"),
        (-0.5, 0, "-1"),
        (-2.5, 0, "-3"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "-1"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(-2, 3), 2, "-0.67"),
        (Fraction(1, 200), 2, "0.01"),
        (Fraction(-1, 200), 2, "-0.01"),
        (Fraction(1, 201), 2, "0.00"),
        (2.675, 2, "2.68"),
        (1.005, 2, "1.01"),
        (Decimal("-1.005"), 2, "-1.01"),
        (1131, 2, "1131.00"),
        (Fraction(1131), 2, "1131.00"),
    ],
)
def test_rounding_is_half_away_from_zero(valeur: Nombre, decimales: int, attendu: str) -> None:
    assert str(formats.decimal_arrondi(valeur, decimales)) == attendu


@given(fractions, st.integers(0, 4))
def test_rounding_is_within_half_a_unit_and_the_same_on_both_sides_of_zero(valeur: Fraction, decimales: int) -> None:
    arrondi = formats.decimal_arrondi(valeur, decimales)
    assert abs(Fraction(arrondi) - valeur) <= Fraction(1, 2 * 10**decimales)
    assert formats.decimal_arrondi(-valeur, decimales) == -arrondi


@given(decimaux, st.integers(0, 3))
def test_a_fraction_and_a_decimal_round_alike(valeur: Decimal, decimales: int) -> None:
    assert formats.decimal_arrondi(Fraction(valeur), decimales) == formats.decimal_arrondi(valeur, decimales)


@pytest.mark.parametrize(
    ("valeur", "decimales", "attendu"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (1000, 0, "1_000"),
        (1131, 0, "1_131"),
        (1_234_567, 0, "1_234_567"),
        (-1131, 0, "-1_131"),
        (8.8, 1, "8,8"),
        (8.8, 2, "8,80"),
        (1154.474, 2, "1_154,47"),
        (999.5, 0, "1_000"),
        (-0.4, 0, "0"),
        (-0.0, 1, "0,0"),
        (Fraction(-1, 1000), 2, "0,00"),
        (Decimal("0.05"), 1, "0,1"),
    ],
)
def test_a_number_has_no_break_spaces_and_a_comma(valeur: Nombre, decimales: int, attendu: str) -> None:
    assert formats.nombre(valeur, decimales) == _fr(attendu)


@pytest.mark.parametrize(
    ("valeur", "attendu"), [(1, "+1"), (5, "+5"), (1131, "+1_131"), (-5, "-5"), (0, "0"), (0.4, "0"), (-0.4, "0")]
)
def test_a_signed_number_shows_its_plus_unless_it_is_nought(valeur: Nombre, attendu: str) -> None:
    assert formats.nombre(valeur, signe=True) == _fr(attendu)


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [
        (0, "0_patient"),
        (1, "1_patient"),
        (2, "2_patients"),
        (1131, "1_131_patients"),
        (-1, "-1_patient"),
        (-2, "-2_patients"),
    ],
)
def test_the_plural_begins_at_two(valeur: int, attendu: str) -> None:
    assert formats.compte(valeur, "patient") == _fr(attendu)


@pytest.mark.parametrize(
    ("valeur", "attendu"), [(0, "financé"), (Fraction(3, 2), "financé"), (2, "financés"), (-2, "financés")]
)
def test_a_word_agrees_with_a_number(valeur: Nombre, attendu: str) -> None:
    assert formats.accord(valeur, "financé") == attendu


def test_a_plural_of_its_own_is_given() -> None:
    assert formats.compte(1, "mois", "mois") == "1\u00a0mois"
    assert formats.compte(2, "travail", "travaux") == "2\u00a0travaux"


@pytest.mark.parametrize(
    ("centimes", "attendu"),
    [
        (0, "0_€"),
        (1, "0,01_€"),
        (50, "0,50_€"),
        (100, "1_€"),
        (3_800_000, "38_000_€"),
        (3_800_050, "38_000,50_€"),
        (-1250, "-12,50_€"),
        (-100, "-1_€"),
        (Fraction(1, 3), "0_€"),
        (Fraction(-1, 3), "0_€"),
        (Fraction(1, 2), "0,01_€"),
        (Fraction(10000, 3), "33,33_€"),
        (Fraction(19999, 2), "100_€"),
    ],
)
def test_an_amount_shows_its_cents_only_when_it_has_some(centimes: int | Fraction, attendu: str) -> None:
    assert formats.euros(centimes) == _fr(attendu)


@pytest.mark.parametrize(
    ("taux", "decimales", "signe", "attendu"),
    [
        (0, 0, False, "0_%"),
        (1, 0, False, "100_%"),
        (0.125, 0, False, "13_%"),
        (0.125, 1, False, "12,5_%"),
        (0.6648, 2, False, "66,48_%"),
        (Fraction(2, 3), 1, False, "66,7_%"),
        (Decimal("0.02"), 0, False, "2_%"),
        (-0.03, 0, True, "-3_%"),
        (0.03, 0, True, "+3_%"),
        (0.001, 0, True, "0_%"),
        (12.5, 0, False, "1_250_%"),
        (1e-7, 0, False, "0_%"),
        (0.285, 0, False, "29_%"),
    ],
)
def test_a_rate_is_a_percentage(taux: Nombre, decimales: int, signe: bool, attendu: str) -> None:
    assert formats.pourcent(taux, decimales, signe=signe) == _fr(attendu)


def test_a_rate_has_no_decimal_unless_asked_for() -> None:
    assert formats.pourcent(0.125) == "13\u00a0%"


def test_days_and_months_are_written_in_full_and_in_short() -> None:
    assert formats.jour_long(date(2025, 3, 15)) == "15\u00a0mars\u00a02025"
    assert formats.jour_long(date(2025, 8, 1)) == "1er\u00a0août\u00a02025"
    assert formats.jour_long(date(2025, 12, 2)) == "2\u00a0décembre\u00a02025"
    assert formats.jour_court(date(2025, 3, 5)) == "05/03/2025"
    assert formats.mois_long(date(2025, 1, 31)) == "janvier\u00a02025"
    assert formats.mois_long(date(2025, 12, 1)) == "décembre\u00a02025"


def test_a_period_is_written_with_or_without_its_end() -> None:
    assert formats.periode(date(2023, 5, 2), date(2023, 9, 30)) == "du 02/05/2023 au 30/09/2023"
    assert formats.periode(date(2022, 3, 15), None) == "depuis le 15/03/2022"


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [
        ("0", "0_ETP"),
        ("1/3", "1/3_ETP"),
        ("1/2", "1/2_ETP"),
        ("3/4", "3/4_ETP"),
        ("1", "1_ETP"),
        ("3/2", "1,5_ETP"),
        ("2", "2_ETP"),
        ("4/3", "4/3_ETP"),
        ("7/4", "1,75_ETP"),
        ("11/5", "2,2_ETP"),
        ("11/10", "1,1_ETP"),
        ("11/8", "11/8_ETP"),
        ("10", "10_ETP"),
        ("200", "200_ETP"),
    ],
)
def test_an_etp_is_a_fraction_below_one_and_where_decimals_would_not_end(valeur: str, attendu: str) -> None:
    assert formats.etp(Fraction(valeur)) == _fr(attendu)


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [
        (0, "0_h"),
        (35, "35_h"),
        (35.0, "35_h"),
        (17.5, "17_h_30"),
        (0.25, "0_h_15"),
        (11.05, "11_h_03"),
        (Fraction(35, 3), "11_h_40"),
        (Decimal("17.5"), "17_h_30"),
        (17.999, "18_h"),
        (1607, "1_607_h"),
    ],
)
def test_hours_are_written_as_a_clock_does(valeur: Nombre, attendu: str) -> None:
    assert formats.heures(valeur) == _fr(attendu)


@pytest.mark.parametrize(
    ("valeur", "attendu"), [("1/3", "11_h_40"), ("1/2", "17_h_30"), ("1", "35_h"), ("3/2", "52_h_30"), ("2", "70_h")]
)
def test_a_full_time_is_35_hours(valeur: str, attendu: str) -> None:
    assert formats.heures_de_l_etp(Fraction(valeur)) == _fr(attendu)


@pytest.mark.parametrize(
    ("elements", "attendu"),
    [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (("a", "b", "c"), "a, b et c"), (list("abcd"), "a, b, c et d")],
)
def test_a_list_ends_with_et(elements: list[str] | tuple[str, ...], attendu: str) -> None:
    assert formats.enumeration(elements) == attendu


@given(fractions)
@pytest.mark.parametrize(
    "ecrire",
    [
        lambda valeur: formats.nombre(valeur, 2, signe=True),
        formats.euros,
        formats.pourcent,
        lambda valeur: formats.compte(int(valeur), "patient"),
        lambda valeur: formats.heures(abs(valeur)),
        lambda valeur: formats.etp(abs(valeur)),
    ],
    ids=["nombre", "euros", "pourcent", "compte", "heures", "etp"],
)
def test_a_number_and_its_unit_hold_no_other_space_than_the_no_break_one(
    ecrire: Callable[[Fraction], str], valeur: Fraction
) -> None:
    texte = ecrire(valeur)
    assert not [c for c in texte if c.isspace() and c != "\u00a0"]
    assert "-" not in texte
    assert "." not in texte


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("Paul", "de Paul"),
        ("Inès", "d'Inès"),
        ("Élise", "d'Élise"),
        ("élise", "d'élise"),
        ("Hélène", "d'Hélène"),
        ("Yves", "d'Yves"),
        ("Yann", "de Yann"),
        ("Y", "d'Y"),
        ("", "de "),
    ],
)
def test_de_is_elided_before_a_vowel(nom: str, attendu: str) -> None:
    assert formats.de(nom) == attendu


# --- what a person types


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("0", 0),
        ("1131", 1131),
        ("1 131", 1131),
        ("1\u00a0131", 1131),
        ("1\u202f131", 1131),
        ("1\u2009131", 1131),
        ("1'131", 1131),
        ("1’131", 1131),
        ("  1131\n", 1131),
        ("\u00a01131\u202f", 1131),
        ("007", 7),
        ("999999999", 999_999_999),
        ("", None),
        (" ", None),
        ("-5", None),
        ("\u22125", None),
        ("+5", None),
        ("1,5", None),
        ("1.131", None),
        ("1131 patients", None),
        ("12a", None),
        ("1e3", None),
        ("²", None),
        ("١٢", None),
        ("402\t18", None),
        ("402\n18", None),
        ("1000000000", None),
    ],
)
def test_a_count_is_read_with_any_space(texte: str, attendu: int | None) -> None:
    assert formats.lire_entier(texte) == attendu


@given(st.integers(0, 999_999_999))
def test_a_count_that_was_written_is_read_back(valeur: int) -> None:
    assert formats.lire_entier(formats.nombre(valeur)) == valeur


JOUR = date(2025, 3, 15)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("15/03/2025", JOUR),
        ("15/3/2025", JOUR),
        ("15/3/25", JOUR),
        ("15-03-2025", JOUR),
        ("15.03.2025", JOUR),
        ("15 03 2025", JOUR),
        ("  15/03/2025\n", JOUR),
        ("2025-03-15", JOUR),
        ("2025-3-15", JOUR),
        ("15 mars 2025", JOUR),
        ("15 MARS 2025", JOUR),
        ("15  mar. 2025", JOUR),
        ("15\u00a0mars\u00a02025", JOUR),
        ("15\u202fmars\u202f2025", JOUR),
        ("15\u00a003\u202f2025", JOUR),
        ("1er mars 2025", date(2025, 3, 1)),
        ("1 mars 2025", date(2025, 3, 1)),
        ("1ER AOÛT 2025", date(2025, 8, 1)),
        ("2 aout 2025", date(2025, 8, 2)),
        ("2 août 2025", date(2025, 8, 2)),
        ("14 juil. 2025", date(2025, 7, 14)),
        ("14 juin 2025", date(2025, 6, 14)),
        ("3 fév. 2025", date(2025, 2, 3)),
        ("3 fevrier 2025", date(2025, 2, 3)),
        ("25 déc 2025", date(2025, 12, 25)),
        ("29/02/2024", date(2024, 2, 29)),
        ("01/01/00", date(2000, 1, 1)),
        ("31/12/99", date(2099, 12, 31)),
        ("", None),
        ("mars 2025", None),
        ("mars", None),
        ("2025", None),
        ("15", None),
        ("15 mars", None),
        ("15/03", None),
        ("15 mars 25", None),
        ("29/02/2025", None),
        ("29 février 2025", None),
        ("2025-02-29", None),
        ("31/04/2025", None),
        ("00/03/2025", None),
        ("15/13/2025", None),
        ("03/15/2025", None),
        ("15/03/202", None),
        ("15/03/0000", None),
        ("15/03/2025 à midi", None),
        ("15 ma 2025", None),
        ("15 jui 2025", None),
        ("15 j 2025", None),
        ("15 . 2025", None),
        ("15 march 2025", None),
        ("15 brumaire 2025", None),
        ("demain", None),
    ],
)
def test_a_day_is_read_as_people_write_it(texte: str, attendu: date | None) -> None:
    assert formats.lire_jour(texte) == attendu


def test_a_year_of_four_digits_is_taken_as_it_is() -> None:
    assert formats.lire_jour("15/03/0025") == date(25, 3, 15)


@pytest.mark.parametrize("mois", MOIS)
def test_every_month_is_read_in_full(mois: str) -> None:
    assert formats.lire_jour(f"15 {mois} 2025") == date(2025, MOIS.index(mois) + 1, 15)


@given(jours)
@pytest.mark.parametrize("ecrire", [formats.jour_long, formats.jour_court, date.isoformat])
def test_a_day_that_was_written_is_read_back(ecrire: Callable[[date], str], jour: date) -> None:
    assert formats.lire_jour(ecrire(jour)) == jour


@given(st.text() | st.text("0123456789/-. \u00a0\u202fmarsjuinéûer", max_size=14))
def test_whatever_is_typed_is_a_value_or_nothing(texte: str) -> None:
    assert isinstance(formats.lire_jour(texte), date | None)
    assert isinstance(formats.lire_entier(texte), int | None)


@pytest.mark.parametrize(
    ("texte", "nom"), [("Dr D'Été", "Dr D Été"), ("a/b\\c:d", "a b c d"), (" M. Œuf-1_2 ", "M. Œuf-1_2"), ("/", "")]
)
def test_the_name_of_a_file_keeps_what_every_system_takes(texte: str, nom: str) -> None:
    assert formats.nom_de_fichier(texte) == nom


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("mars 2025", date(2025, 3, 1)),
        ("Mars\u00a02025", date(2025, 3, 1)),
        ("févr. 25", date(2025, 2, 1)),
        ("03/2025", date(2025, 3, 1)),
        ("3/25", date(2025, 3, 1)),
        ("2025-03", date(2025, 3, 1)),
        ("13/2025", None),
        ("mar 2025", date(2025, 3, 1)),
        ("ma 2025", None),
        ("brumaire 2025", None),
        ("mars", None),
        ("", None),
    ],
)
def test_a_month_is_read_as_people_write_it(texte: str, attendu: date | None) -> None:
    assert formats.lire_mois(texte) == attendu


def test_a_month_beside_days_asks_for_its_whole_year() -> None:
    assert formats.lire_mois("3/10", annee_entiere=True) is None
    assert formats.lire_mois("mars 2010", annee_entiere=True) == date(2010, 3, 1)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [("12,5", Decimal("12.5")), ("1 234.50", Decimal("1234.50")), ("7", Decimal(7)), ("1,2,3", None), ("-1", None)],
)
def test_a_number_is_read_with_a_comma_or_a_point(texte: str, attendu: Decimal | None) -> None:
    assert formats.lire_decimal(texte) == attendu


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("18 000", 1_800_000),
        ("18\u202f000,50 €", 1_800_050),
        ("12 euros", 1_200),
        ("1,234", None),
        ("cent", None),
    ],
)
def test_an_amount_is_read_in_centimes(texte: str, attendu: int | None) -> None:
    assert formats.lire_euros(texte) == attendu


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [("35 h", 35.0), ("17h30", 17.5), ("17 h 75", None), ("17,5", 17.5), ("beaucoup", None)],
)
def test_hours_are_read_as_people_write_them(texte: str, attendu: float | None) -> None:
    assert formats.lire_heures(texte) == attendu


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("1/2", Fraction(1, 2)),
        ("0,5", Fraction(1, 2)),
        ("1,5 ETP", Fraction(3, 2)),
        ("tiers-temps", Fraction(1, 3)),
        ("Mi temps", Fraction(1, 2)),
        ("temps plein", Fraction(1)),
        ("1/0", None),
        ("un peu", None),
    ],
)
def test_an_etp_is_read_as_people_write_it(texte: str, attendu: Fraction | None) -> None:
    assert formats.lire_etp(texte) == attendu
