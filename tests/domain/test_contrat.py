"""What a contract says of a day: its objective, its option, its suspensions, its end."""

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel, Objectif
from assistmed_desktop.domain.dossier import lire_dossier
from tests.domain.outils import complet, exemple


def _objectif(file_active: int) -> dict[str, Any]:
    return {"patientele_mt": None, "file_active": file_active, "evaluation_le": None}


def _contrat(*avenants: dict[str, Any]) -> ContratIndividuel:
    document = exemple()
    document["contrats"][0]["avenants"] = [{"motif": "", **avenant} for avenant in avenants]
    contrat = lire_dossier(json.dumps(document)).contrats[0]
    assert isinstance(contrat, ContratIndividuel)
    return contrat


def _collectif() -> ContratCollectif:
    contrat = lire_dossier(json.dumps(complet())).contrats[1]
    assert isinstance(contrat, ContratCollectif)
    return contrat


def test_the_suspensions_are_in_order_of_date() -> None:
    contrat = _contrat(
        {"type": "suspension", "du": "2025-01-01", "au": None},
        {"type": "option", "du": "2022-06-01", "option_etp": "1"},
        {"type": "suspension", "du": "2023-01-01", "au": "2023-01-31"},
    )
    assert [(s.du, s.au) for s in contrat.suspensions] == [
        (date(2023, 1, 1), date(2023, 1, 31)),
        (date(2025, 1, 1), None),
    ]
    assert _contrat().suspensions == ()


def test_a_contract_ends_on_its_first_termination() -> None:
    assert _contrat().resilie_le is None
    contrat = _contrat({"type": "resiliation", "du": "2026-01-01"}, {"type": "resiliation", "du": "2025-06-30"})
    assert contrat.resilie_le == date(2025, 6, 30)


def test_of_two_amendments_of_one_day_the_one_entered_last_counts() -> None:
    le = date(2024, 1, 1)
    contrat = _contrat(
        {"type": "option", "du": le.isoformat(), "option_etp": "1"},
        {"type": "objectif", "du": le.isoformat(), "objectif": _objectif(1900)},
        {"type": "objectif", "du": le.isoformat(), "objectif": _objectif(2000)},
        {"type": "option", "du": le.isoformat(), "option_etp": "1/3"},
    )
    objectif = contrat.objectif_au(le)
    assert objectif is not None
    assert objectif.file_active == 2000
    assert contrat.option_au(le) == Fraction(1, 3)


@pytest.mark.parametrize(
    ("jour", "file_active"),
    [
        (date(2020, 1, 1), 1880),
        (date(2023, 12, 31), 1880),
        (date(2024, 1, 1), 1900),
        (date(2024, 5, 31), 1900),
        (date(2024, 6, 1), 2000),
        (date(2030, 1, 1), 2000),
    ],
)
def test_the_objective_of_a_day_is_that_of_the_newest_amendment_begun(jour: date, file_active: int) -> None:
    contrat = _contrat(
        {"type": "objectif", "du": "2024-06-01", "objectif": _objectif(2000)},
        {"type": "objectif", "du": "2024-01-01", "objectif": _objectif(1900)},
        {"type": "option", "du": "2024-07-01", "option_etp": "1"},
    )
    objectif = contrat.objectif_au(jour)
    assert isinstance(objectif, Objectif)
    assert objectif.file_active == file_active


def test_a_contract_may_have_no_objective_yet() -> None:
    assert _collectif().objectif_au(date(2026, 6, 1)) is None


@pytest.mark.parametrize(
    ("jour", "option"),
    [
        (date(2022, 3, 15), Fraction(1, 2)),
        (date(2023, 12, 31), Fraction(1, 2)),
        (date(2024, 1, 1), Fraction(1)),
        (date(2025, 1, 1), Fraction(3, 2)),
    ],
)
def test_the_option_of_a_day_is_that_of_the_newest_amendment_begun(jour: date, option: Fraction) -> None:
    contrat = _contrat(
        {"type": "option", "du": "2025-01-01", "option_etp": "3/2"},
        {"type": "objectif", "du": "2022-06-01", "objectif": _objectif(2000)},
        {"type": "option", "du": "2024-01-01", "option_etp": "1"},
    )
    assert contrat.option_au(jour) == option


def test_a_collective_contract_has_its_doctors_and_its_option() -> None:
    contrat = _collectif()
    assert contrat.medecins == ("m1", "m2")
    assert contrat.option_au(date(2026, 2, 1)) == 4


def test_an_individual_contract_has_one_doctor() -> None:
    assert _contrat().medecins == ("m1",)


@pytest.mark.parametrize(
    ("jour", "adherents"),
    [
        (date(2026, 2, 1), ("m1", "m2")),
        (date(2027, 1, 31), ("m1", "m2")),
        (date(2027, 2, 1), ("m2",)),
        (date(2028, 1, 31), ("m2",)),
        (date(2028, 2, 1), ("m1", "m2")),
        (date(2040, 1, 1), ("m1", "m2")),
    ],
)
def test_a_doctor_belongs_to_the_group_on_the_days_of_an_adhesion_or_on_all_without_any(
    jour: date, adherents: tuple[str, ...]
) -> None:
    document = complet()
    document["contrats"][1]["adhesions"] = [
        {"medecin": "m1", "du": "2028-02-01", "au": None},
        {"medecin": "m1", "du": "2026-02-01", "au": "2027-01-31"},
    ]
    contrat = lire_dossier(json.dumps(document)).contrats[1]
    assert isinstance(contrat, ContratCollectif)
    assert contrat.adherents_au(jour) == adherents
    assert contrat.model_copy(update={"adhesions": ()}).adherents_au(jour) == ("m1", "m2")


def test_the_termination_is_the_earliest() -> None:
    contrat = _contrat(
        {"type": "resiliation", "du": "2026-01-01", "cause": "cpam"},
        {"type": "resiliation", "du": "2025-06-30", "cause": "medecin", "notifie_le": "2025-04-30"},
    )
    assert contrat.resiliation is not None
    assert (contrat.resiliation.cause, contrat.resiliation.notifie_le) == ("medecin", date(2025, 4, 30))
    assert _contrat().resiliation is None
