"""A value is entered, corrected and withdrawn where it stands; what is gone is said."""

from datetime import date

import pytest

from assistmed_desktop.domain.assistant import Absence
from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.domain.fautes import DossierInvalide
from assistmed_desktop.resources import chemin
from assistmed_desktop.services.operations import remplacer_dossier
from assistmed_desktop.services.places import ajouter, changer, corriger, plusieurs, supprimer

ABSENCES = ("assistants", "a1", "absences")
NEUVE = Absence(du=date(2026, 2, 3), au=date(2026, 2, 5), remplacement=False)


@pytest.fixture(scope="module")
def demo() -> Dossier:
    return lire_dossier(chemin("demo", "dossier.json").read_bytes())


def absences(dossier: Dossier | None) -> tuple[Absence, ...]:
    assert dossier is not None
    return next(a for a in dossier.assistants if a.id == "a1").absences


def test_a_value_is_entered_at_the_end_of_its_list(demo: Dossier) -> None:
    apres = ajouter(ABSENCES, NEUVE, "Ajouter une absence").appliquer(demo)
    assert absences(apres) == (*absences(demo), NEUVE)
    assert apres is not None
    assert apres.assistants[1:] == demo.assistants[1:]
    assert apres.model_copy(update={"assistants": demo.assistants}) == demo


def test_a_value_is_corrected_in_its_place(demo: Dossier) -> None:
    ancienne = absences(demo)[0]
    apres = corriger(ABSENCES, ancienne, NEUVE, "Corriger une absence").appliquer(demo)
    assert absences(apres) == (NEUVE, *absences(demo)[1:])


def test_of_two_equal_values_the_very_one_is_withdrawn(demo: Dossier) -> None:
    jumelles = (NEUVE, NEUVE.model_copy())
    deux = changer(("assistants", "a1"), {"absences": (*jumelles, absences(demo)[0])}, "").appliquer(demo)
    seconde = absences(deux)[1]
    apres = supprimer(ABSENCES, seconde, "Supprimer une absence").appliquer(deux)
    assert absences(apres)[0] is jumelles[0]
    assert len(absences(apres)) == 2


def test_an_object_keeps_the_keys_that_are_not_changed(demo: Dossier) -> None:
    apres = changer(("cabinet",), {"nom": "Cabinet du Pont"}, "Renommer le cabinet").appliquer(demo)
    assert apres is not None
    assert apres.cabinet == demo.cabinet.model_copy(update={"nom": "Cabinet du Pont"})


def test_several_changes_are_one_step(demo: Dossier) -> None:
    pas = plusieurs([ajouter(ABSENCES, NEUVE, "a"), changer(("cabinet",), {"nom": "Autre"}, "b")], "Deux choses")
    assert pas.nom == "Deux choses"
    apres = pas.appliquer(demo)
    assert apres is not None
    assert apres.cabinet.nom == "Autre"
    assert absences(apres)[-1] == NEUVE


@pytest.mark.parametrize("place", [("assistants", "a9", "absences"), ABSENCES])
def test_what_is_gone_is_said(demo: Dossier, place: tuple[str, ...]) -> None:
    with pytest.raises(DossierInvalide, match="a changé depuis"):
        supprimer(place, NEUVE, "Supprimer une absence").appliquer(demo)


def test_nothing_is_entered_without_a_practice() -> None:
    with pytest.raises(DossierInvalide, match="créez d'abord le cabinet"):
        ajouter(ABSENCES, NEUVE, "Ajouter une absence").appliquer(None)


def test_a_whole_practice_can_be_one_of_several_changes(demo: Dossier) -> None:
    pas = plusieurs([remplacer_dossier(demo, "x"), ajouter(ABSENCES, NEUVE, "y")], "Importer et ajouter")
    assert absences(pas.appliquer(None))[-1] == NEUVE
