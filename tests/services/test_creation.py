"""Beginning a practice: out of nothing, step by step."""

import pytest

from assistmed_desktop.domain.cabinet import Cabinet
from assistmed_desktop.domain.dossier import Dossier, fautes_du_dossier, lire_dossier
from assistmed_desktop.domain.fautes import DossierInvalide
from assistmed_desktop.resources import chemin
from assistmed_desktop.services.creation import (
    ETAPES,
    creer_cabinet,
    departement_du_code_postal,
    faites,
    manquantes,
    possible,
)


@pytest.fixture(scope="module")
def demo() -> Dossier:
    return lire_dossier(chemin("demo", "dossier.json").read_bytes())


def ne_tenant_que(demo: Dossier, *listes: str) -> Dossier:
    vides = {cle: () for cle in Dossier.model_fields if isinstance(getattr(demo, cle), tuple) and cle not in listes}
    return demo.model_copy(update=vides)


def test_a_practice_is_made_out_of_nothing(demo: Dossier) -> None:
    operation = creer_cabinet(demo.cabinet)
    assert operation.nom == f"Créer {demo.cabinet.nom}"
    dossier = operation.appliquer(None)
    assert dossier is not None
    assert dossier == ne_tenant_que(demo)
    assert not fautes_du_dossier(dossier)


def test_a_practice_that_is_there_is_not_made_again(demo: Dossier) -> None:
    with pytest.raises(DossierInvalide, match="contient déjà un cabinet"):
        creer_cabinet(demo.cabinet).appliquer(demo)


def test_nothing_is_done_of_nothing() -> None:
    assert faites(None) == frozenset()
    assert manquantes(None) == ETAPES


def test_each_step_is_known_by_what_the_practice_holds(demo: Dossier) -> None:
    assert manquantes(ne_tenant_que(demo)) == ETAPES[1:]
    assert faites(ne_tenant_que(demo, "medecins", "releves")) == {"cabinet", "medecin", "releves"}
    assert manquantes(ne_tenant_que(demo, "medecins", "contrats")) == ("assistant", "releves")
    assert manquantes(demo) == ()


def test_a_step_waits_for_the_one_that_it_needs(demo: Dossier) -> None:
    assert [etape for etape in ETAPES if possible(None, etape)] == ["cabinet"]
    assert [etape for etape in ETAPES if possible(ne_tenant_que(demo), etape)] == ["cabinet", "medecin", "assistant"]
    assert all(possible(ne_tenant_que(demo, "medecins"), etape) for etape in ETAPES)


@pytest.mark.parametrize(
    ("code_postal", "departement"),
    [
        ("58120", "58"), ("01000", "01"), (" 75 011 ", "75"), ("20000", "2A"), ("20190", "2A"), ("20200", "2B"),
        ("20620", "2B"), ("97410", "974"), ("98800", "988"), ("5812", ""), ("", ""), ("581200", ""), ("2A004", ""),
        ("٥٨١٢٠", ""),
    ],
)  # fmt: skip
def test_the_departement_is_proposed_from_the_postal_code(code_postal: str, departement: str) -> None:
    assert departement_du_code_postal(code_postal) == departement


def test_what_is_proposed_is_one_that_the_practice_takes(demo: Dossier) -> None:
    for code in ("58120", "20000", "20200", "97410", "98800"):
        cabinet = {**demo.cabinet.model_dump(), "code_postal": code, "departement": departement_du_code_postal(code)}
        assert Cabinet.model_validate(cabinet).code_postal == code
