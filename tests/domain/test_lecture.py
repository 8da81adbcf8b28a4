"""What can be read of a faulty object, and what kind an object of unknown kind looks like."""

import json

import pytest

from assistmed_desktop.domain.contrat import (
    ChangementOption,
    ContratCollectif,
    ContratIndividuel,
    NouvelObjectif,
    Resiliation,
    Suspension,
)
from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.domain.lecture import fautes_de_structure, lecture_partielle
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.domain.valeurs import Valeur
from tests.domain.outils import avec, complet, exemple, sans


def test_a_sound_document_is_read_whole() -> None:
    document = complet()
    assert fautes_de_structure(Dossier, document) == ([], document)
    lu = lecture_partielle(Dossier, document)
    assert len(lu.contrats) == 2
    assert lu == lire_dossier(json.dumps(document))


def test_a_faulty_value_is_left_out_and_says_so_when_it_is_read() -> None:
    releve = lecture_partielle(Releve, {**exemple()["releves"][0], "date": "?"})
    assert releve.file_active == 1790
    with pytest.raises(AttributeError):
        _ = releve.date


@pytest.mark.parametrize("brut", [None, 3, [], "texte"])
def test_what_is_not_an_object_is_an_object_of_which_nothing_can_be_read(brut: object) -> None:
    assert lecture_partielle(Releve, brut).model_fields_set == set()


def test_the_elements_of_a_list_keep_their_rank() -> None:
    lu = lecture_partielle(Dossier, avec(complet(), "contrats[0]", "?"))
    vide, collectif = lu.contrats
    assert vide.model_fields_set == set()
    assert isinstance(collectif, ContratCollectif)
    assert collectif.medecins == ("m1", "m2")


def test_a_faulty_contract_keeps_its_kind_and_its_amendments() -> None:
    document = avec(avec(complet(), "contrats[0].signe_le", "?"), "contrats[0].avenants[1].option_etp", "?")
    contrat = lecture_partielle(Dossier, document).contrats[0]
    assert isinstance(contrat, ContratIndividuel)
    assert not hasattr(contrat, "signe_le")
    assert [type(avenant).__name__ for avenant in contrat.avenants] == [
        "Suspension",
        "ChangementOption",
        "NouvelObjectif",
        "ChangementAdresse",
        "Resiliation",
    ]
    assert not hasattr(contrat.avenants[1], "option_etp")
    assert contrat.suspensions == (contrat.avenants[0],)


@pytest.mark.parametrize(
    ("rang", "genre"), [(0, Suspension), (1, ChangementOption), (2, NouvelObjectif), (4, Resiliation)]
)
def test_an_amendment_of_unknown_kind_is_taken_for_what_its_keys_suggest(rang: int, genre: type[Valeur]) -> None:
    document = avec(complet(), f"contrats[0].avenants[{rang}].type", "inconnu")
    fautes, devine = fautes_de_structure(Dossier, document)
    assert [faute.chemin for faute in fautes] == [f"contrats[0].avenants[{rang}].type"]
    assert isinstance(lecture_partielle(Dossier, devine).contrats[0].avenants[rang], genre)
    assert document["contrats"][0]["avenants"][rang]["type"] == "inconnu"


def test_a_key_left_out_says_what_that_means_but_a_faulty_one_says_nothing() -> None:
    document = avec(complet(), "format", "?")
    absente = lecture_partielle(Dossier, sans(document, "corrections"))
    assert absente.corrections == ()
    fautive = lecture_partielle(Dossier, avec(document, "corrections", 3))
    assert not hasattr(fautive, "corrections")
    assert not hasattr(lecture_partielle(Resiliation, None), "cause")
    assert lecture_partielle(Resiliation, {"du": "?"}).cause is None


@pytest.mark.parametrize(
    ("base", "ajoutees", "genre"),
    [
        ("medecin", {}, ContratIndividuel),
        ("medecin", {"derogation": "rqth"}, ContratIndividuel),
        ("medecins", {}, ContratCollectif),
        ("medecins", {"structure": "scm", "adhesions": []}, ContratCollectif),
    ],
)
def test_a_contract_of_unknown_text_is_taken_for_what_its_keys_suggest(
    base: str, ajoutees: dict[str, object], genre: type[Valeur]
) -> None:
    document = exemple()
    contrat = document["contrats"][0]
    medecin = contrat.pop("medecin")
    contrat.update({base: medecin if base == "medecin" else [medecin], "texte": "?", **ajoutees})
    fautes, devine = fautes_de_structure(Dossier, document)
    assert [faute.chemin for faute in fautes] == ["contrats[0].texte"]
    assert isinstance(lecture_partielle(Dossier, devine).contrats[0], genre)
