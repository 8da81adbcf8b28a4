"""The JSON Schema that the program publishes says what the program accepts."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from assistmed_desktop.domain.dossier import schema_json
from assistmed_desktop.domain.fautes import chemin
from tests.domain.outils import FACULTATIVES, Document, Place, avec, complet, exemple, fautes, lire, places, sans

SCHEMA = schema_json()
VALIDE = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
OBJETS: list[Place] = [(), *(place for place in places(complet()) if isinstance(lire(complet(), place), dict))]
CLES = [place for place in places(complet()) if isinstance(place[-1], str)]


def _noeuds(valeur: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any JSON value
    if isinstance(valeur, dict):
        yield valeur
    if isinstance(valeur, dict | list):
        for enfant in valeur.values() if isinstance(valeur, dict) else valeur:
            yield from _noeuds(enfant)


def test_it_is_a_schema_of_draft_2020_12() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("document", [exemple(), complet()], ids=["exemple", "complet"])
def test_it_accepts_a_sound_dossier(document: Document) -> None:
    assert list(VALIDE.iter_errors(document)) == []


@pytest.mark.parametrize("place", CLES, ids=repr)
def test_it_refuses_a_wrong_type_and_a_missing_key_unless_it_may_be_left_out(place: Place) -> None:
    faux: object = {} if isinstance(lire(complet(), place), list) else []
    assert VALIDE.is_valid(sans(complet(), place)) == bool(FACULTATIVES.fullmatch(chemin(*place)))
    assert not VALIDE.is_valid(avec(complet(), place, faux))


@pytest.mark.parametrize("place", OBJETS, ids=repr)
def test_it_refuses_an_unknown_key(place: Place) -> None:
    assert not VALIDE.is_valid(avec(complet(), (*place, "remarque"), ""))


@pytest.mark.parametrize(
    ("chemin", "valeur"),
    [
        ("format", "dossier"),
        ("version", 2),
        ("version", True),
        ("cabinet.nom", ""),
        ("cabinet.code_postal", "5812"),
        ("cabinet.departement", "2C"),
        ("cabinet.zonage", "ZIP"),
        ("medecins[0].id", "m 1"),
        ("medecins[0].rpps", "1000345678"),
        ("medecins[0].specialite", "Pédiatrie"),
        ("contrats[0].texte", "avenant_8"),
        ("contrats[0].texte", "collectif_2026"),
        ("contrats[0].option_etp", "1/4"),
        ("contrats[0].duree_ans", 11),
        ("contrats[0].avenants[0].type", "resiliation"),
        ("contrats[1].medecins", []),
        ("assistants[0].affectations[0].etp", "0.5"),
        ("assistants[0].embauches[0].heures_hebdo", 0),
        ("releves[0].date", "31/12/2024"),
        ("releves[0].date", "2023-02-30"),
        ("releves[0].file_active", -1),
        ("releves[0].file_active", 1790.5),
        ("activite[0].mois", "2024-13"),
        ("versements[0].montant_du", -1),
        ("versements[0].montant_du", "18000"),
        ("contrats[0].structure", "scm"),
        ("contrats[1].derogation", "rqth"),
        ("contrats[1].structure", "sarl"),
        ("contrats[0].avenants[0].cause", "medecin"),
        ("assistants[0].absences[0].conges", None),
        ("assistants[0].couts[0].brut_mensuel", -1),
        ("echeances_faites[0].code", "autre"),
        ("observations[0].minutes_medecin_liberees", 1441),
        ("notifications[0].annee_contrat", 0),
    ],
)
def test_it_refuses_what_the_program_refuses(chemin: str, valeur: object) -> None:
    document = avec(complet(), chemin, valeur)
    assert fautes(document)
    assert not VALIDE.is_valid(document)


def test_every_object_is_closed_and_its_keys_are_in_the_order_of_the_format() -> None:
    objets = [noeud for noeud in _noeuds(SCHEMA) if noeud.get("type") == "object"]
    assert len(objets) == 31
    for objet in objets:
        assert objet["additionalProperties"] is False
        assert objet["required"] == [cle for cle, noeud in objet["properties"].items() if "default" not in noeud]
    assert SCHEMA["required"] == list(exemple())
    assert list(SCHEMA["properties"]) == list(complet())
    for rang, genre in enumerate(("ContratIndividuel", "ContratCollectif")):
        assert list(SCHEMA["$defs"][genre]["properties"]) == list(complet()["contrats"][rang])
    assert SCHEMA["$defs"]["ContratIndividuel"]["required"] == list(exemple()["contrats"][0])


def test_what_may_be_left_out_says_what_it_means_in_french() -> None:
    assert SCHEMA["title"] == "Dossier AssistMed, version 1"
    facultatives = {
        cle: noeud
        for objet in _noeuds(SCHEMA)
        if objet.get("type") == "object"
        for cle, noeud in objet["properties"].items()
        if "default" in noeud
    }
    sans_description = {cle for cle, noeud in facultatives.items() if not noeud.get("description")}
    assert sans_description == {"cause", "structure"}  # their values say it
    descriptions = {noeud["description"] for noeud in _noeuds(SCHEMA) if isinstance(noeud.get("description"), str)}
    dites = {noeud["description"] for noeud in facultatives.values() if "description" in noeud}
    assert descriptions == {"euros, au plus deux décimales", *dites}
    assert not [texte for texte in dites if re.search(r"\b(the|of|is|and|None|True|False)\b", texte)]


def test_changing_the_schema_given_changes_no_other() -> None:
    schema_json()["title"] = "changé"
    assert schema_json() == SCHEMA
