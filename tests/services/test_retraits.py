"""What is withdrawn takes with it what names it, and nothing else; the count of it is said beforehand."""

import json
from datetime import date
from fractions import Fraction

import pytest

from assistmed_desktop.domain.contrat import Adhesion, ContratCollectif
from assistmed_desktop.domain.dossier import Dossier, ecrire_dossier, fautes_du_dossier, lire_dossier
from assistmed_desktop.resources import chemin
from assistmed_desktop.services.retraits import Liste, emportes, identifiant, retirer


@pytest.fixture(scope="module")
def demo() -> Dossier:
    return lire_dossier(chemin("demo", "dossier.json").read_bytes())


def sans(dossier: Dossier, liste: Liste, ident: str) -> Dossier:
    apres = retirer(liste, ident, f"Supprimer {ident}").appliquer(dossier)
    assert apres is not None
    return apres


def cites(dossier: Dossier) -> set[str]:
    """Give every text of the dossier, so that an id left behind is found wherever it is."""
    trouves: set[str] = set()

    def parcourir(valeur: object) -> None:
        if isinstance(valeur, dict):
            for enfant in valeur.values():
                parcourir(enfant)
        elif isinstance(valeur, list):
            for enfant in valeur:
                parcourir(enfant)
        elif isinstance(valeur, str):
            trouves.add(valeur)

    parcourir(json.loads(ecrire_dossier(dossier)))
    return trouves


@pytest.mark.parametrize(
    ("liste", "ident"),
    [("medecins", "m1"), ("medecins", "m2"), ("contrats", "c1"), ("contrats", "c2"), ("assistants", "a1")],
)
def test_nothing_names_any_more_what_is_withdrawn(demo: Dossier, liste: Liste, ident: str) -> None:
    apres = sans(demo, liste, ident)
    assert ident not in cites(apres)
    assert fautes_du_dossier(apres) == []
    assert len(getattr(apres, liste)) == len(getattr(demo, liste)) - 1


def test_what_does_not_name_it_stays(demo: Dossier) -> None:
    apres = sans(demo, "assistants", "a1")
    assert apres.releves == demo.releves
    assert apres.contrats == demo.contrats
    assert apres.versements == demo.versements
    assert apres.missions == tuple(m for m in demo.missions if m.assistant != "a1")


def test_a_doctor_leaves_a_group_that_goes_on(demo: Dossier) -> None:
    un = demo.contrats[0]
    groupe = ContratCollectif(
        id="g1", medecins=("m1", "m2"), texte="collectif_2026", option_etp=Fraction(2), signe_le=date(2026, 3, 2),
        debut_le=date(2026, 4, 1), duree_ans=5, tranche=None, reference=un.reference, objectif=None, avenants=(),
        adhesions=(Adhesion(medecin="m1", du=date(2026, 4, 1), au=None),),
    )  # fmt: skip
    apres = sans(demo.model_copy(update={"contrats": (*demo.contrats, groupe)}), "medecins", "m1")
    reste = next(c for c in apres.contrats if c.id == "g1")
    assert isinstance(reste, ContratCollectif)
    assert reste.medecins == ("m2",)
    assert reste.adhesions == ()


def test_the_last_doctor_of_a_group_takes_it_along(demo: Dossier) -> None:
    un = demo.contrats[0]
    groupe = ContratCollectif(
        id="g1", medecins=("m1",), texte="collectif_2026", option_etp=Fraction(1), signe_le=date(2026, 3, 2),
        debut_le=date(2026, 4, 1), duree_ans=5, tranche=None, reference=un.reference, objectif=None, avenants=(),
    )  # fmt: skip
    apres = sans(demo.model_copy(update={"contrats": (*demo.contrats, groupe)}), "medecins", "m1")
    assert [c.id for c in apres.contrats if c.id == "g1"] == []


def test_what_goes_is_counted_in_words(demo: Dossier) -> None:
    dits = emportes(demo, "medecins", "m1")
    assert "1\u00a0contrat" in dits
    siens = sum(r.medecin == "m1" for r in demo.releves)
    assert f"{siens}\u00a0relevés" in dits
    assert not any(dit.startswith("0") for dit in dits)


def test_an_empty_practice_stays_empty() -> None:
    assert retirer("medecins", "m1", "Supprimer m1").appliquer(None) is None


def test_ids_never_meet() -> None:
    tires = {identifiant("m") for _ in range(50)}
    assert len(tires) == 50
    assert all(tire.startswith("m-") for tire in tires)
