"""The extract of a practice for one contract: equal to it for the rules, silent on everything else."""

from datetime import date

import pytest

from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.resources import chemin
from assistmed_desktop.rules.bareme import Baremes, charger_baremes
from tests.dix_medecins import dix_medecins
from tests.services.outils import exemple
from tests.services.outils_extrait import verifier


@pytest.fixture(scope="module")
def baremes() -> Baremes:
    return charger_baremes()


def demo() -> Dossier:
    return lire_dossier(chemin("demo", "dossier.json").read_bytes())


@pytest.mark.parametrize("au", [date(2023, 1, 1), date(2024, 2, 29), date(2025, 9, 15), date(2026, 11, 15)])
@pytest.mark.parametrize("contrat", ["c1", "c2", "c3", "c4"])
def test_the_demonstration_is_told_by_its_extracts(contrat: str, au: date, baremes: Baremes) -> None:
    verifier(demo(), contrat, au, baremes)


@pytest.mark.parametrize("au", [date(2022, 6, 1), date(2024, 12, 31), date(2026, 11, 15)])
def test_the_worked_example_too(au: date, baremes: Baremes) -> None:
    for contrat in exemple().contrats:
        verifier(exemple(), contrat.id, au, baremes)


@pytest.mark.parametrize("au", [date(2021, 3, 10), date(2026, 11, 15)])
def test_a_large_practice_too(au: date, baremes: Baremes) -> None:
    dossier = dix_medecins()
    for contrat in dossier.contrats:
        verifier(dossier, contrat.id, au, baremes)
