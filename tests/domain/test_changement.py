"""A changed dossier is checked again for what is new in it, and as a whole for what holds between its objects."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from assistmed_desktop.domain.changement import LISTES, LISTES_NOMMEES, REFERENCES, neufs
from assistmed_desktop.domain.coherence import change_coherent, fautes_de_coherence
from assistmed_desktop.domain.dossier import Dossier, lire_dossier, verifier_changement
from assistmed_desktop.domain.ecarts import ecarts
from assistmed_desktop.domain.fautes import DossierInvalide
from tests.domain.outils import complet
from tests.strategies import deformations, dossiers

MORVAN = Path(__file__).parents[1] / "exemples" / "morvan.json"


@pytest.fixture(scope="module")
def morvan() -> Dossier:
    return lire_dossier(MORVAN.read_bytes())


def fautes(avant: Dossier | None, apres: Dossier) -> list[str]:
    with pytest.raises(DossierInvalide) as refus:
        verifier_changement(avant, apres)
    return [faute.chemin for faute in refus.value.fautes]


def test_a_sound_change_is_let_through(morvan: Dossier) -> None:
    releve = morvan.releves[0].model_copy(update={"patientele_mt": 1140})
    verifier_changement(morvan, morvan.model_copy(update={"releves": (*morvan.releves, releve)}))
    verifier_changement(None, morvan)
    verifier_changement(morvan, morvan)


@pytest.mark.parametrize("avec_avant", [True, False])
def test_a_value_that_was_never_checked_is_refused_at_its_place(morvan: Dossier, *, avec_avant: bool) -> None:
    releve = morvan.releves[0].model_copy(update={"patientele_mt": -5})
    apres = morvan.model_copy(update={"releves": (*morvan.releves, releve)})
    assert fautes(morvan if avec_avant else None, apres) == ["releves[1].patientele_mt"]
    cabinet = morvan.cabinet.model_copy(update={"code_postal": "Nevers"})
    assert fautes(morvan, morvan.model_copy(update={"cabinet": cabinet})) == ["cabinet.code_postal"]


def test_what_does_not_hold_between_objects_is_refused(morvan: Dossier) -> None:
    assert "contrats[0].medecin" in fautes(morvan, morvan.model_copy(update={"medecins": ()}))


souvent = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@souvent
@given(donnees=st.data())
def test_what_a_change_breaks_is_found_by_looking_at_the_change_alone(donnees: st.DataObject) -> None:
    avant, autre = donnees.draw(dossiers()), donnees.draw(dossiers())
    apres = donnees.draw(deformations(avant, autre))
    saine = not fautes_de_coherence(apres)
    event("sound" if saine else "broken")
    assert change_coherent(avant, apres, neufs(avant, apres)) == saine


@souvent
@given(dossiers(), dossiers())
def test_a_practice_put_in_the_place_of_another_is_sound(avant: Dossier, apres: Dossier) -> None:
    assert change_coherent(avant, apres, neufs(avant, apres))


@pytest.fixture(scope="module")
def entier() -> Dossier:
    return lire_dossier(json.dumps(complet()))


@pytest.mark.parametrize(
    ("nommee", "liste"),
    [
        ("medecins", "contrats"),
        ("contrats", "assistants"),
        *((LISTES_NOMMEES[cle], liste) for liste, cle in REFERENCES),
    ],
)
def test_what_one_list_alone_names_may_not_leave(entier: Dossier, nommee: str, liste: str) -> None:
    nommees = ("medecins", "contrats", "assistants")
    gardees = {liste, *nommees[: nommees.index(nommee)]}
    apres = entier.model_copy(update={cle: () for cle in LISTES if cle not in gardees})
    assert {chemin.partition("[")[0] for chemin in fautes(entier, apres)} == {liste}


@pytest.mark.parametrize(
    ("liste", "chemin"),
    [
        ("activite", "activite[2].mois"),
        ("notifications", "notifications[2].notifie_le"),
        ("observations", "observations[2].date"),
        ("mouvements", "mouvements[2]"),
        ("assistants", "assistants[1].id"),
    ],
)
def test_what_is_new_may_not_take_the_place_of_what_was_there(entier: Dossier, liste: str, chemin: str) -> None:
    (seul,) = getattr(entier, liste)
    autre = {"activite": {"mois": "2001-01"}, "mouvements": {"du": date(2001, 1, 1), "au": date(2001, 1, 31)}}
    autres = {"notifications": {"notifie_le": date(2001, 1, 1)}, "observations": {"date": date(2001, 1, 1)}, **autre}
    avant = (seul, seul.model_copy(update=autres[liste])) if liste in autres else (seul,)
    depart = entier.model_copy(update={liste: avant})
    apres = entier.model_copy(update={liste: (*avant, seul.model_copy())})
    assert fautes(depart, apres) == [chemin]


def test_a_contract_made_shorter_is_seen_by_what_counts_its_years(entier: Dossier) -> None:
    (premier, *autres) = entier.contrats
    versement = entier.versements[0].model_copy(update={"contrat": premier.id, "annee_contrat": premier.duree_ans})
    avant = entier.model_copy(update={"versements": (*entier.versements, versement)})
    court = premier.model_copy(update={"duree_ans": premier.duree_ans - 1, "avenants": ()})
    apres = avant.model_copy(update={"contrats": (court, *autres)})
    assert f"versements[{len(entier.versements)}].annee_contrat" in fautes(avant, apres)


def test_the_lists_are_those_of_the_dossier(morvan: Dossier) -> None:
    assert tuple(nom for nom in Dossier.model_fields if isinstance(getattr(morvan, nom), tuple)) == LISTES


@given(st.lists(st.integers(0, 6), max_size=12), st.lists(st.integers(0, 6), max_size=12))
def test_between_two_parts_that_differ_both_lists_hold_the_same(avant: list[int], apres: list[int]) -> None:
    trouves = ecarts(avant, apres)
    refait, i = [], 0
    for ecart in trouves:
        assert ecart.avant.stop > ecart.avant.start or ecart.apres.stop > ecart.apres.start
        refait += [*avant[i : ecart.avant.start], *apres[ecart.apres]]
        i = ecart.avant.stop
    assert [*refait, *avant[i:]] == apres
    assert bool(trouves) == (avant != apres)


def test_what_is_corrected_and_entered_again_at_the_end_is_two_parts() -> None:
    objets = tuple(object() for _ in range(9))
    neuf = object()
    assert ecarts(objets, objets) == []
    assert ecarts(objets, (*objets, neuf)) == [(slice(9, 9), slice(9, 10))]
    assert ecarts(objets, (*objets[:4], *objets[5:], neuf)) == [(slice(4, 5), slice(4, 4)), (slice(9, 9), slice(8, 9))]
    assert ecarts(objets, (*objets[:4], neuf, *objets[5:])) == [(slice(4, 5), slice(4, 5))]
