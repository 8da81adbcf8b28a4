"""The operations on readings."""

from datetime import date

import pytest

from assistmed_desktop.domain.fautes import DossierInvalide
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.services.operations import (
    ajouter_releve,
    corriger_releve,
    remplacer_dossier,
    supprimer_releve,
)
from assistmed_desktop.services.workspace import Operation
from tests.services.outils import exemple

MORVAN = exemple()
PREMIER = MORVAN.releves[0]
SECOND = PREMIER.model_copy(update={"date": date(2025, 6, 30), "patientele_mt": 1140})
DEUX = MORVAN.model_copy(update={"releves": (PREMIER, SECOND)})


def _releves(operation: Operation) -> tuple[Releve, ...]:
    apres = operation.appliquer(DEUX)
    assert apres is not None
    assert apres.model_copy(update={"releves": DEUX.releves}) == DEUX
    return apres.releves


def test_add_puts_the_reading_last() -> None:
    operation = ajouter_releve(SECOND)
    assert operation.nom == "Ajouter le relevé du 30/06/2025"
    assert _releves(operation) == (PREMIER, SECOND, SECOND)


def test_correct_takes_the_old_one_away_and_enters_the_new_one_last() -> None:
    corrige = PREMIER.model_copy(update={"patientele_mt": 1132})
    operation = corriger_releve(0, corrige)
    assert operation.nom == "Corriger le relevé du 31/12/2024"
    assert _releves(operation) == (SECOND, corrige)


def test_correct_to_the_same_keeps_the_order() -> None:
    assert _releves(corriger_releve(0, PREMIER)) == DEUX.releves


def test_remove() -> None:
    operation = supprimer_releve(1)
    assert operation.nom == "Supprimer un relevé"
    assert _releves(operation) == (PREMIER,)


@pytest.mark.parametrize("index", [-1, 2])
def test_an_index_outside_is_an_error(index: int) -> None:
    for operation in (supprimer_releve(index), corriger_releve(index, PREMIER)):
        with pytest.raises(IndexError):
            operation.appliquer(DEUX)


def test_without_a_practice_there_is_nothing_to_add_to() -> None:
    with pytest.raises(DossierInvalide, match=r"^dossier : créez d'abord le cabinet"):
        ajouter_releve(PREMIER).appliquer(None)


def test_replace_starts_from_anything() -> None:
    operation = remplacer_dossier(MORVAN, "Importer morvan.json")
    assert operation.nom == "Importer morvan.json"
    assert operation.appliquer(None) is MORVAN
    assert operation.appliquer(DEUX) is MORVAN
