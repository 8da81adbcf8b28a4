"""What may be erased, when and why; what is let go of takes nothing that a contract still kept rests on."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assistmed_desktop.domain.dossier import Dossier, fautes_du_dossier, lire_dossier
from assistmed_desktop.resources import chemin
from assistmed_desktop.rules.bareme import Baremes, charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.services.conservation import (
    Element,
    Genre,
    delai,
    element_des_retires,
    elements,
    pertes_en_tout,
    purger,
)
from assistmed_desktop.services.rapports import RapportEmis

TARD = date(2050, 1, 1)


@pytest.fixture(scope="module")
def demo() -> Dossier:
    return lire_dossier(chemin("demo", "dossier.json").read_bytes())


@pytest.fixture(scope="module")
def baremes() -> Baremes:
    return charger_baremes()


def rapport(cle: int, contrat: str, emis_le: date) -> RapportEmis:
    le = datetime.combine(emis_le, datetime.min.time(), UTC)
    return RapportEmis(cle, "annuel", contrat, "Dr X", emis_le, le, "imprime", "x.pdf", "a", "b", "1", garde=True)


def liste(
    dossier: Dossier, au: date, baremes: Baremes, rapports: tuple[RapportEmis, ...] = ()
) -> dict[tuple[Genre, str], Element]:
    trouves = elements(dossier, evaluate(dossier, au, baremes), baremes, rapports)
    return {(e.genre, e.cle): e for e in reversed(trouves)}


def test_a_contract_that_runs_is_kept_until_three_years_after_its_end(demo: Dossier, baremes: Baremes) -> None:
    element = liste(demo, date(2026, 11, 15), baremes)["contrat", "c1"]
    assert not element.effacable(date(2026, 11, 15))
    assert element.le == date(2031, 11, 6)
    assert "court jusqu’au 05/11/2028" in element.raison
    assert "grade C" in element.source
    assert element.emporte


def test_a_late_payment_keeps_it_longer(demo: Dossier, baremes: Baremes) -> None:
    recu = next(v for v in demo.versements if v.contrat == "c1" and v.recu_le is not None)
    tardif = recu.model_copy(update={"recu_le": date(2029, 9, 1)})
    dossier = demo.model_copy(update={"versements": (*demo.versements, tardif)})
    assert liste(dossier, TARD, baremes)["contrat", "c1"].le == date(2032, 9, 2)


def test_without_a_rule_nobody_says_when(demo: Dossier, baremes: Baremes) -> None:
    muets = replace(baremes, echeances=replace(baremes.echeances, versions=()))
    evaluation = evaluate(demo, TARD, baremes)
    assert delai(evaluation, muets) is None
    trouves = elements(demo, evaluation, muets, (rapport(1, "parti", date(2020, 1, 1)),))
    assert {e.le for e in trouves} == {None}
    assert "suivi" not in {e.genre for e in trouves}
    assert element_des_retires(3, TARD, None) is None


def test_everything_goes_in_the_end(demo: Dossier, baremes: Baremes) -> None:
    fini = tuple(
        a.model_copy(
            update={"embauches": tuple(e.model_copy(update={"au": e.au or date(2032, 1, 1)}) for e in a.embauches)}
        )
        for a in demo.assistants
    )
    dossier = demo.model_copy(update={"assistants": fini})
    rapports = (rapport(1, "c1", date(2026, 1, 1)), rapport(2, "parti", date(2026, 1, 1)))
    trouves = tuple(liste(dossier, TARD, baremes, rapports).values())
    assert all(element.effacable(TARD) for element in trouves)
    operation, effacement = purger(trouves, rapports)
    apres = operation.appliquer(dossier)
    assert apres is not None
    assert fautes_du_dossier(apres) == []
    assert not apres.contrats
    assert not apres.releves
    assert not apres.mouvements
    assert not apres.activite
    assert not apres.assistants
    assert apres.medecins == dossier.medecins
    assert set(effacement.rapports) == {1, 2}
    anciennes = element_des_retires(4, TARD, 36)
    assert anciennes is not None
    dites = pertes_en_tout(dossier, (*trouves, anciennes), rapports)
    assert {"4\xa0contrats", "3\xa0assistants"} <= set(dites)
    assert dites[-2:] == ("2\xa0rapports émis", "4\xa0saisies remplacées ou supprimées")
    assert pertes_en_tout(dossier, (), ()) == ()
    assert operation.appliquer(None) is None


def test_the_figures_of_a_contract_that_is_kept_stay(demo: Dossier, baremes: Baremes) -> None:
    vieux = next(r for r in demo.releves if r.medecin == "m1")
    ancien = vieux.model_copy(update={"date": date(2010, 6, 30), "note": "très ancien"})
    correction = demo.corrections[0].model_copy(update={"medecin": "m1", "releve_le": date(2010, 6, 30)})
    dossier = demo.model_copy(
        update={"releves": (ancien, *demo.releves), "corrections": (correction, *demo.corrections)}
    )
    au = date(2026, 11, 15)
    trouves = [e for e in elements(dossier, evaluate(dossier, au, baremes), baremes) if e.genre == "suivi"]
    anciens, gardes = (e for e in trouves if e.cle == "m1")
    assert anciens.effacable(au)
    assert anciens.emporte == ("1\xa0relevé", "1\xa0correction demandée")
    assert not gardes.effacable(au)
    operation, effacement = purger((anciens,))
    assert operation.appliquer(dossier) == demo
    assert effacement.suivi == (("m1", anciens.avant),)


def test_an_assistant_is_kept_as_long_as_the_contracts_served(demo: Dossier, baremes: Baremes) -> None:
    parti = demo.assistants[0]
    parti = parti.model_copy(
        update={"embauches": tuple(e.model_copy(update={"au": e.au or date(2026, 1, 31)}) for e in parti.embauches)}
    )
    jamais = demo.assistants[1].model_copy(update={"embauches": (), "affectations": (), "absences": ()})
    libre = parti.model_copy(update={"id": "libre", "affectations": ()})
    dossier = demo.model_copy(update={"assistants": (parti, jamais, libre), "missions": (), "observations": ()})
    trouves = liste(dossier, date(2026, 11, 15), baremes)
    le = trouves["assistant", parti.id].le
    assert le is not None
    assert le >= date(2030, 1, 1)
    assert trouves["assistant", jamais.id].le is None
    assert "supprimez-le" in trouves["assistant", jamais.id].raison
    assert trouves["assistant", "libre"].le == date(2025, 9, 1)
    present = liste(demo, date(2026, 11, 15), baremes)
    assert any("est au cabinet" in e.raison for e in present.values() if e.genre == "assistant")


def test_old_corrections_may_go(demo: Dossier, baremes: Baremes) -> None:
    au = date(2026, 11, 15)
    mois = delai(evaluate(demo, au, baremes), baremes)
    element = element_des_retires(2, au, mois)
    assert element is not None
    assert element.effacable(au)
    assert element.avant == date(2023, 11, 15)
    operation, effacement = purger((element,))
    assert operation.appliquer(demo) == demo
    assert effacement.retires_avant == date(2023, 11, 15)
    assert element_des_retires(0, au, mois) is None
