"""A contract year by year: the counts at the end of each, the gains between them, the days staffed."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistmed_desktop.domain.contrat import Adhesion
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.rules.analyse import analyser
from assistmed_desktop.rules.annees import AnneeDeContrat, annees
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.resultats import EvaluationContrat
from tests.rules.outils import (
    affectation,
    assistant,
    collectif,
    contrat,
    j,
    juger,
    medecin,
    pratique,
    releve,
    resiliation,
    suspension,
)
from tests.strategies import dossiers

RELEVES = (
    releve("2023-12-15", 1050, 2100),
    releve("2024-06-30", 1080, None),
    releve("2024-12-31", 1110, None),
)


def des(dossier: Dossier, juge: EvaluationContrat) -> tuple[AnneeDeContrat, ...]:
    return annees(juge, analyser(dossier, juge, charger_baremes()), dossier.cabinet.departement)


def vues(dossier: Dossier, au: str) -> tuple[AnneeDeContrat, ...]:
    return des(dossier, juger(dossier, au))


def gains(vus: tuple[AnneeDeContrat, ...]) -> list[int | None]:
    return [annee.indicateurs["patientele_mt"].gain for annee in vus]


def test_each_year_is_told_as_it_was_on_its_last_day() -> None:
    premiere, deuxieme, troisieme = vues(pratique(contrat(), releves=RELEVES), "2025-05-10")
    assert (premiere.annee, premiere.du, premiere.au, premiere.finie) == (1, j("2023-01-01"), j("2023-12-31"), True)
    assert (troisieme.du, troisieme.au, troisieme.finie) == (j("2025-01-01"), j("2025-05-10"), False)
    fin = deuxieme.indicateurs["patientele_mt"]
    assert fin.point is not None
    assert (fin.point.date, fin.point.valeur) == (j("2024-12-31"), 1110)
    assert fin.attendu is not None
    assert 1133 < fin.attendu < 1134, "730 days of 1 096, of 200 patients"


def test_a_year_gains_on_the_one_before_and_the_first_on_the_reference() -> None:
    vus = vues(pratique(contrat(), releves=RELEVES), "2025-05-10")
    assert gains(vus) == [50, 60, None], "nobody has read anything in the third year"
    assert vus[2].indicateurs["patientele_mt"].point == vus[1].indicateurs["patientele_mt"].point
    assert [annee.indicateurs["file_active"].gain for annee in vus] == [100, None, None]


def test_without_a_reading_nothing_is_gained_until_two_years_compare() -> None:
    vus = vues(pratique(contrat(), releves=RELEVES[2:]), "2025-05-10")
    assert vus[0].indicateurs["patientele_mt"].point is None
    assert gains(vus) == [None, None, None]


def test_a_contract_that_has_not_begun_has_no_year() -> None:
    assert vues(pratique(contrat()), "2022-12-31") == ()
    assert len(vues(pratique(contrat()), "2023-01-01")) == 1


def test_the_years_stop_with_the_contract_even_within_a_month() -> None:
    dossier = pratique(contrat(resiliation("2024-06-11")), releves=(*RELEVES[:1], releve("2024-06-05", 1070)))
    premiere, deuxieme = vues(dossier, "2026-01-01")
    assert premiere.finie
    assert deuxieme.finie
    assert deuxieme.au == j("2024-06-10")
    fin = deuxieme.indicateurs["patientele_mt"]
    assert fin.point is not None
    assert (fin.point.valeur, fin.gain, fin.attendu) == (1070, 20, None)
    assert len(vues(pratique(contrat()), "2030-01-01")) == 5


def test_a_group_that_changes_does_not_compare_its_years() -> None:
    adhesions = (Adhesion(medecin="m2", du=j("2026-05-01"), au=None),)
    groupe = collectif(adhesions=adhesions)
    releves = (releve("2027-01-31", 1100, medecin="m1"), releve("2027-01-31", 1100, medecin="m2"))
    dossier = pratique(groupe, medecins=(medecin(1), medecin(2)), releves=releves)
    (premiere, _) = vues(dossier, "2027-06-01")
    assert premiere.indicateurs["patientele_mt"].point is not None
    assert premiere.indicateurs["patientele_mt"].gain is None


def test_days_suspended_are_counted_in_their_year() -> None:
    dossier = pratique(
        contrat(suspension("2023-12-30", "2024-01-03")), assistants=(assistant(affectation("2023-01-01")),)
    )
    premiere, deuxieme = vues(dossier, "2024-06-30")
    assert (premiere.jours_suspendus, deuxieme.jours_suspendus) == (2, 3)
    assert (premiere.jours_requis, premiere.jours_pourvus) == (251, 251), (
        "260 days but the nine holidays of 2023 that fall on them"
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(dossiers(), st.dates(date(1990, 1, 1), date(2062, 1, 1)))
def test_the_years_add_up_to_the_contract(pratique: Dossier, au: date) -> None:
    for juge in evaluate(pratique, au, charger_baremes()).contrats:
        presence = analyser(pratique, juge, charger_baremes()).presence
        vus = des(pratique, juge)
        assert sum(annee.jours_requis for annee in vus) == presence.jours_ouvres_requis
        assert sum(annee.jours_pourvus for annee in vus) == presence.jours_ouvres_couverts
        assert [annee.annee for annee in vus] == list(range(1, len(vus) + 1))
        assert all(annee.du <= annee.au <= min(juge.au, juge.fin_le) for annee in vus)
