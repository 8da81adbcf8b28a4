"""What has changed between two evaluations of the plain practice, whose path is 1 000 to 1 200 in 1 096 days."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistmed_desktop.domain.contrat import Adhesion, Avenant
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.suivi import Mouvement, Releve
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.evolution import (
    GROUPE_CHANGE,
    SANS_RELEVE_NOUVEAU,
    SANS_VALEUR,
    Evolution,
    Valeur,
    evolution,
)
from assistmed_desktop.rules.indicateurs import JOURS_PAR_MOIS
from tests.rules.outils import (
    affectation,
    assistant,
    collectif,
    contrat,
    j,
    juger,
    pratique,
    releve,
    suspension,
)
from tests.rules.outils_suivi import les
from tests.strategies import dossiers


def comparer(dossier: Dossier, alors: str, au: str, mouvements: Sequence[Mouvement] = ()) -> Evolution:
    return evolution(juger(dossier, alors), juger(dossier, au), mouvements)


def individuel(releves: Iterable[Releve], *avenants: Avenant, **change: object) -> Dossier:
    return pratique(contrat(*avenants, **change), releves=releves, assistants=[assistant(affectation("2023-01-01"))])


def mouvement(du: str, au: str, entrees: int, deces: int, medecin: str = "m1") -> Mouvement:
    return Mouvement(medecin=medecin, du=j(du), au=j(au), entrees=entrees, deces=deces, departs=0, autres_sorties=0)


DEUX = (releve("2023-06-30", 1030, 2050, "amelipro"), releve("2024-06-30", 1090, 2190))


def test_a_gain_runs_from_the_value_of_then_to_the_one_of_now() -> None:
    depuis = comparer(individuel(DEUX), "2023-12-31", "2024-12-31")
    patientele, file_active = depuis.indicateurs
    assert patientele.avant == Valeur(1030, j("2023-06-30"), "amelipro")
    assert patientele.apres == Valeur(1090, j("2024-06-30"), "cpam")
    assert (patientele.gain, patientele.motif, file_active.gain) == (60, None, 140)
    assert patientele.attendu == Fraction(200 * 366, 1096), "366 days of a path of 200 patients in 1 096"
    assert patientele.ecart == 60 - Fraction(200 * 366, 1096)
    assert patientele.par_mois == 60 * JOURS_PAR_MOIS / 366
    assert [etape.resultat.replace(INSECABLE, " ") for etape in patientele.explication.etapes] == [
        "1 030 patients",
        "1 090 patients",
        "+60",
        "+66,8",
        "+5,0",
    ]
    assert patientele.avant.provenance == "amelipro, 30/06/2023"


def test_before_the_first_reading_the_reference_stands_for_the_value() -> None:
    patientele = comparer(individuel(DEUX[1:]), "2023-12-31", "2024-12-31").indicateurs[0]
    assert patientele.avant == Valeur(1000, j("2022-12-31"), None)
    assert (patientele.gain, patientele.avant.provenance) == (90, "référence, 31/12/2022")
    assert patientele.attendu == Fraction(200 * 546, 1096), "the path begins with the contract"


def test_no_reading_since_gives_no_gain_rather_than_none_at_all() -> None:
    patientele = comparer(individuel(DEUX), "2024-07-01", "2024-12-31").indicateurs[0]
    assert (patientele.gain, patientele.attendu, patientele.ecart, patientele.par_mois) == (None, None, None, None)
    assert patientele.motif == SANS_RELEVE_NOUVEAU
    assert patientele.apres is not None


def test_no_value_at_all_says_so() -> None:
    patientele = comparer(individuel(()), "2023-12-31", "2024-12-31").indicateurs[0]
    assert (patientele.apres, patientele.motif) == (None, SANS_VALEUR)


def test_without_a_target_there_is_a_gain_and_nothing_to_hold_it_to() -> None:
    patientele = comparer(individuel(DEUX, objectif=None), "2023-12-31", "2024-12-31").indicateurs[0]
    assert (patientele.gain, patientele.attendu) == (60, None)


def test_suspended_days_are_not_counted_in_the_pace() -> None:
    dossier = individuel(DEUX, suspension("2023-07-01", "2024-06-30"))
    depuis = comparer(dossier, "2023-06-30", "2024-06-30")
    patientele = depuis.indicateurs[0]
    assert les(patientele.gain, patientele.attendu, patientele.par_mois) == (60, 0, None)
    assert [(s.du, s.au) for s in depuis.suspensions] == [(j("2023-07-01"), j("2024-06-30"))]


def test_movements_are_set_against_the_gain() -> None:
    mouvements = (
        mouvement("2023-07-01", "2023-12-31", 40, 5),
        mouvement("2024-01-01", "2024-06-30", 30, 4),
        mouvement("2022-07-01", "2022-12-31", 999, 0),
        mouvement("2023-07-01", "2023-12-31", 888, 0, "m2"),
    )
    pont = comparer(individuel(DEUX), "2023-12-31", "2024-12-31", mouvements).pont
    assert pont is not None
    assert (pont.reference, pont.valeur, pont.entrees, pont.deces, pont.reste) == (1030, 1090, 70, 9, -1)


def test_movements_without_a_gain_stand_alone_over_the_days_asked_for() -> None:
    mouvements = (mouvement("2024-07-02", "2024-12-31", 7, 2), mouvement("2024-01-01", "2024-06-30", 30, 4))
    depuis = comparer(individuel(DEUX), "2024-07-01", "2024-12-31", mouvements)
    assert depuis.pont is not None
    assert (depuis.pont.entrees, depuis.pont.attendu, depuis.pont.valeur) == (7, None, None)
    assert comparer(individuel(DEUX), "2024-07-01", "2024-12-31").pont is None


def groupe(*adhesions: Adhesion, releves: Iterable[Releve] = (), **change: object) -> Dossier:
    return pratique(collectif(adhesions=adhesions, **change), releves=releves)


LUS = (
    releve("2026-06-30", 1010, 2010),
    releve("2026-06-30", 1010, 2010, medecin="m2"),
    releve("2026-12-31", 1030, 2030),
    releve("2026-12-31", 1030, 2030, medecin="m2"),
)


def test_a_group_that_stays_the_same_has_its_gain() -> None:
    patientele = comparer(groupe(releves=LUS), "2026-07-31", "2027-01-31").indicateurs[0]
    assert (patientele.avant.patients, patientele.gain) == (2020, 40)


@pytest.mark.parametrize("alors", ["2026-05-31", "2026-07-31"])
def test_a_group_that_has_changed_is_not_held_to_what_it_was(alors: str) -> None:
    partie = Adhesion(medecin="m2", du=j("2026-03-01"), au=j("2026-10-31"))
    patientele = comparer(groupe(partie, releves=LUS), alors, "2027-01-31").indicateurs[0]
    assert (patientele.gain, patientele.motif) == (None, GROUPE_CHANGE)


def test_the_reference_of_a_group_that_had_changed_already_is_not_that_of_its_doctors() -> None:
    partie = Adhesion(medecin="m2", du=j("2026-03-01"), au=j("2026-04-30"))
    depuis = comparer(groupe(partie, releves=LUS), "2026-05-31", "2027-01-31")
    assert depuis.indicateurs[0].motif == GROUPE_CHANGE
    plus_tard = comparer(groupe(partie, releves=LUS), "2026-07-31", "2027-01-31").indicateurs[0]
    assert (plus_tard.gain, plus_tard.attendu) == (20, None), "two readings of the same doctor compare"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(dossiers(), st.dates(date(1990, 1, 1), date(2062, 1, 1)), st.integers(0, 4000))
def test_any_two_days_of_any_contract_compare(dossier: Dossier, au: date, avant: int) -> None:
    alors = date.fromordinal(max(au.toordinal() - avant, date(1980, 1, 1).toordinal()))
    puis = evaluate(dossier, au, charger_baremes()).contrats
    for un, autre in zip(evaluate(dossier, alors, charger_baremes()).contrats, puis, strict=True):
        depuis = evolution(un, autre, dossier.mouvements)
        for sien in depuis.indicateurs:
            assert (sien.gain is None) == (sien.motif is not None)
            if sien.gain is not None:
                assert sien.apres is not None
                assert sien.gain == sien.apres.patients - sien.avant.patients
        if depuis.pont is not None and depuis.pont.reste is not None:
            pont = depuis.pont
            assert pont.valeur == (pont.attendu or 0) + (pont.reste or 0)
