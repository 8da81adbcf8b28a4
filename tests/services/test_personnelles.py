"""What is held of an assistant is handed over whole, or loses the name wherever it is written."""

import json
from datetime import date

import pytest

from assistmed_desktop.domain.dossier import Dossier, ecrire_dossier, fautes_du_dossier, lire_dossier
from assistmed_desktop.resources import chemin
from assistmed_desktop.services.personnelles import (
    donnees,
    en_texte,
    mentions,
    noms,
    pseudonyme,
    pseudonymiser,
    remplacer,
)

AU = date(2026, 11, 15)


@pytest.fixture(scope="module")
def demo() -> Dossier:
    """Give the demonstration, whose first assistant is named in notes and by the id."""
    dossier = lire_dossier(chemin("demo", "dossier.json").read_bytes())
    texte = ecrire_dossier(dossier).replace('"a1"', '"zoe-quenelle"')
    lu = lire_dossier(texte)
    qui = lu.assistants[0].model_copy(update={"nom": "Quenelle", "prenom": "Zoé"})
    note = "Zoé  Quenelle absente, puis QUENELLE rentrée ; la quenelle reste un plat."
    return lu.model_copy(
        update={
            "assistants": (qui, *lu.assistants[1:]),
            "releves": (lu.releves[0].model_copy(update={"note": note}), *lu.releves[1:]),
        }
    )


def test_the_name_is_replaced_wherever_it_is(demo: Dossier) -> None:
    apres = pseudonymiser(demo, "zoe-quenelle").appliquer(demo)
    assert apres is not None
    assert fautes_du_dossier(apres) == []
    ecrit = ecrire_dossier(apres)
    for mot in ("Zoé", "Quenelle", "QUENELLE", "zoe-"):
        assert mot not in ecrit
    assert apres.releves[0].note == "Assistant 1 absente, puis Assistant 1 rentrée ; la quenelle reste un plat."
    assert apres.assistants[0].nom_complet == "Assistant 1"
    assert apres.assistants[0].embauches == demo.assistants[0].embauches
    assert pseudonymiser(demo, "zoe-quenelle").appliquer(None) is None


def test_a_plain_id_stays(demo: Dossier) -> None:
    autre = demo.assistants[1]
    apres = pseudonymiser(demo, autre.id).appliquer(demo)
    assert apres is not None
    assert apres.assistants[1].id == autre.id
    assert apres.assistants[1].nom_complet == "Assistant 1"


def test_a_word_that_names_someone_else_is_not_replaced_alone(demo: Dossier) -> None:
    medecin = demo.medecins[0].model_copy(update={"nom": "Quenelle"})
    dossier = demo.model_copy(update={"medecins": (medecin, *demo.medecins[1:])})
    assert noms(dossier, dossier.assistants[0]) == ("Quenelle Zoé", "Zoé Quenelle", "Zoé")
    sans = dossier.assistants[0].model_copy(update={"prenom": "", "nom": "Li"})
    assert noms(dossier, sans) == ()


def test_two_assistants_never_get_one_pseudonym(demo: Dossier) -> None:
    premier = demo.assistants[0].model_copy(update={"nom": "Assistant 1", "prenom": ""})
    assert pseudonyme(demo.model_copy(update={"assistants": (premier, *demo.assistants[1:])})) == "Assistant 2"


def test_a_name_within_a_word_is_none() -> None:
    assert remplacer("Quenelles et Zoéline", ("Quenelle", "Zoé"), "X") == "Quenelles et Zoéline"


def test_all_that_is_held_is_handed_over(demo: Dossier) -> None:
    lu = json.loads(json.dumps(donnees(demo, "zoe-quenelle", AU)))
    assert lu["assistant"]["nom"] == "Quenelle"
    assert len(lu["missions"]) == sum(m.assistant == "zoe-quenelle" for m in demo.missions)
    assert len(lu["observations"]) == sum(o.assistant == "zoe-quenelle" for o in demo.observations)
    assert lu["mentions"] == list(mentions(demo, "zoe-quenelle"))
    assert lu["contrats"]


def test_it_reads_as_a_text(demo: Dossier) -> None:
    for assistant in demo.assistants:
        texte = en_texte(demo, assistant.id, AU)
        assert texte.startswith(f"Données personnelles de {assistant.nom_complet}\n")
        assert texte.count("\n- ") >= len(assistant.embauches) + len(assistant.affectations) + len(assistant.absences)
    nu = demo.assistants[0].model_copy(
        update={"embauches": (), "formation": None, "absences": (), "affectations": (), "couts": (), "nom": "Rien"}
    )
    seul = demo.model_copy(update={"assistants": (nu,), "missions": (), "observations": (), "echeances_faites": ()})
    assert "Embauches" not in en_texte(seul, nu.id, AU)
