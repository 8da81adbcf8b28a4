"""Paths, the order of faults, and what an error that this program never met becomes."""

import pytest
from pydantic import TypeAdapter, ValidationError

from assistmed_desktop.domain.fautes import (
    DossierInvalide,
    Faute,
    chemin,
    dans_l_ordre,
    fautes_de_pydantic,
)


@pytest.mark.parametrize(
    ("parties", "attendu"),
    [
        ((), "dossier"),
        (("version",), "version"),
        (("contrats", 0, "objectif", "patientele_mt"), "contrats[0].objectif.patientele_mt"),
        (("contrats", 1, "medecins", 0), "contrats[1].medecins[0]"),
        (("cabinet", "a b"), 'cabinet["a b"]'),
        (("cabinet", 'a"b'), r'cabinet["a\"b"]'),
    ],
)
def test_a_path_is_keys_joined_by_dots_and_indices_in_brackets(parties: tuple[str | int, ...], attendu: str) -> None:
    assert chemin(*parties) == attendu


def test_a_fault_is_one_line_path_first() -> None:
    assert str(Faute("cabinet.nom", "ce texte ne peut pas être vide")) == "cabinet.nom : ce texte ne peut pas être vide"


def test_a_refusal_keeps_its_faults_as_given() -> None:
    fautes = [Faute("b", "deux"), Faute("a", "un")]
    refus = DossierInvalide(iter(fautes))
    assert refus.fautes == tuple(fautes)
    assert str(refus) == "b : deux\na : un"


def test_faults_are_sorted_as_the_document_reads() -> None:
    document = {"z": [{"b": 1, "a": 2}] * 11, "a": {"c": 0}}
    attendu = [
        "z",
        "z[0]",
        "z[0].b",
        "z[0].a",
        "z[0].manquante",
        "z[1]",
        "z[1].manquante",
        "z[2].b",
        "z[10].a",
        "a",
        "a.c",
        "manquante",
    ]
    fautes = [Faute(ici, "?") for ici in sorted(attendu)]
    assert [faute.chemin for faute in dans_l_ordre(fautes, document)] == attendu


def test_two_faults_of_one_place_keep_the_order_in_which_they_were_found() -> None:
    fautes = [Faute("a", "deux"), Faute("a", "un")]
    assert dans_l_ordre(fautes, {"a": 1}) == fautes


def test_an_error_of_pydantic_without_a_sentence_of_ours_is_told_in_french_all_the_same() -> None:
    with pytest.raises(ValidationError) as erreur:
        TypeAdapter(dict[str, complex]).validate_json('{"x": "y"}')
    assert fautes_de_pydantic(erreur.value.errors()) == [Faute("x", "cette valeur n'a pas la forme attendue")]
