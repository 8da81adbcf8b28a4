"""What a contract owes to another one is in its extract, and no more of that other one."""

from datetime import date
from fractions import Fraction

import pytest

from assistmed_desktop.domain.contrat import Adhesion, ContratIndividuel
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.suivi import Correction
from assistmed_desktop.rules.bareme import Baremes, charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.groupe import groupe
from assistmed_desktop.rules.resultats import EvaluationContrat
from assistmed_desktop.rules.sources import sources
from assistmed_desktop.services.extrait import evaluer_l_extrait
from tests.rules.outils import (
    absence,
    affectation,
    assistant,
    collectif,
    contrat,
    j,
    medecin,
    mission,
    nouvel_objectif,
    objectif,
    option,
    pratique,
    reference,
    releve,
    resiliation,
    suspension,
)
from tests.services.outils_extrait import verifier

ANCIEN = {"id": "ancien", "signe_le": j("2021-01-01"), "debut_le": j("2021-01-15")}


@pytest.fixture(scope="module")
def baremes() -> Baremes:
    return charger_baremes()


def extrait_et_juge(
    dossier: Dossier, au: str, baremes: Baremes, ident: str = "c1"
) -> tuple[Dossier, EvaluationContrat]:
    extrait = verifier(dossier, ident, j(au), baremes)
    (juge,) = evaluer_l_extrait(extrait, ident, j(au), baremes).contrats
    return extrait, juge


def test_an_assistant_who_comes_from_an_earlier_contract_after_its_first_day(baremes: Baremes) -> None:
    venue = assistant(affectation("2023-03-01", "2023-08-31", contrat="ancien"), affectation("2023-09-01"))
    fin = resiliation("2023-09-01").model_copy(update={"cause": "demenagement", "notifie_le": j("2023-06-01")})
    autre = contrat(fin, **ANCIEN, medecin="m2")
    extrait, juge = extrait_et_juge(pratique(contrat(), autre, assistants=[venue]), "2024-06-01", baremes)
    assert any("délai compté sous le contrat du 15/01/2021" in e.libelle for e in juge.echeances)
    (_, garde) = extrait.contrats
    assert (garde.debut_le, garde.reference.patientele_mt, garde.objectif) == (date(2021, 1, 15), 0, None)
    assert garde.resiliation == resiliation("2023-09-01")
    assert [m.nom for m in extrait.medecins][1:] == ["Autre médecin"]


def test_an_earlier_collective_contract_of_another_group(baremes: Baremes) -> None:
    venue = assistant(affectation("2026-03-01", "2026-12-31", contrat="groupe"), affectation("2027-01-01"))
    adhesions = (Adhesion(medecin="m3", du=j("2026-06-01"), au=None),)
    groupe_ancien = collectif(resiliation("2027-01-01"), id="groupe", medecins=("m2", "m3"), adhesions=adhesions)
    nouveau = contrat(texte="convention_2024", signe_le=j("2026-12-20"), debut_le=j("2027-01-01"), objectif=None)
    dossier = pratique(nouveau, groupe_ancien, medecins=[medecin(1), medecin(2), medecin(3)], assistants=[venue])
    extrait, _ = extrait_et_juge(dossier, "2027-06-01", baremes)
    assert [c.medecins for c in extrait.contrats] == [("m1",), ("autre-0001",)]


def test_a_group_of_the_same_doctor_keeps_the_doctor_alone(baremes: Baremes) -> None:
    dossier = pratique(contrat(), collectif(id="groupe"))
    extrait, _ = extrait_et_juge(dossier, "2026-06-01", baremes)
    assert [(c.id, c.medecins) for c in extrait.contrats] == [("c1", ("m1",)), ("autre-0001", ("m1",))]


def test_absences_that_follow_each_other_count_from_the_first(baremes: Baremes) -> None:
    suite = absence("2023-05-01", "2023-08-31"), absence("2023-09-01", "2023-12-31")
    absences = (*suite, absence("2022-01-01", "2022-02-01"))
    dossier = pratique(contrat(), assistants=[assistant(affectation("2023-09-15"), absences=absences)])
    extrait = verifier(dossier, "c1", j("2023-10-01"), baremes)
    assert extrait.assistants[0].absences == suite


def test_a_leave_to_come_is_not_told(baremes: Baremes) -> None:
    absences = (absence("2023-08-01", "2023-08-21", remplacement=True), absence("2023-09-01", None))
    extrait, _ = extrait_et_juge(
        pratique(contrat(), assistants=[assistant(affectation("2023-03-01"), absences=absences)]), "2023-07-01", baremes
    )
    assert [a.du for a in extrait.assistants[0].absences] == [j("2023-09-01")]


def prolonge(**change: object) -> Dossier:
    """Give a doctor who signs for more than a full time after a full-time contract, and its counts."""
    plein = contrat(
        option("2022-06-01", Fraction(1)),
        suspension("2022-01-01", "2022-02-01"),
        nouvel_objectif("2023-01-01", objectif(1100, 2100)),
        resiliation("2024-09-01"),
        **ANCIEN | {"texte": "avenant_7", "option_etp": Fraction(1, 2), "objectif": objectif(1500, 2500)},
    )
    suivant = contrat(
        texte="convention_2024", option_etp=Fraction(3, 2), signe_le=j("2024-08-20"), debut_le=j("2024-09-01"),
        reference=reference().model_copy(update={"date": j("2024-08-21")}),
    )  # fmt: skip
    lus = [releve("2023-01-05", 1000, 2000), releve("2024-06-01", 1150, 2200), releve("2024-08-25", 900, 1900)]
    return pratique(suivant, plein, releves=lus).model_copy(update=change)


@pytest.mark.parametrize("au", ["2024-08-10", "2025-06-01"])
def test_the_targets_of_an_earlier_contract_are_judged_by_the_reading_that_counted(au: str, baremes: Baremes) -> None:
    extrait, juge = extrait_et_juge(prolonge(), au, baremes)
    (seul,) = evaluate(prolonge(contrats=prolonge().contrats[:1]), j(au), baremes).contrats
    assert juge.eligibilite != seul.eligibilite
    (_, garde) = extrait.contrats
    assert isinstance(garde, ContratIndividuel)
    assert [a.type for a in garde.avenants] == ["option", "objectif", "resiliation"]
    dates = [r.date for r in extrait.releves]
    assert dates == [d for d in (j("2024-06-01"), j("2024-08-25")) if d <= j(au)]


def test_a_signature_to_come_is_judged_by_what_is_known(baremes: Baremes) -> None:
    lus = [releve("2024-06-01", 1150, 2200), releve("2024-08-15", 1, 1)]
    au = "2024-07-01"
    _, juge = extrait_et_juge(prolonge(releves=tuple(lus)), au, baremes)
    (connu, *_) = evaluate(prolonge(releves=tuple(lus[:1])), j(au), baremes).contrats
    assert juge.eligibilite == connu.eligibilite


def test_the_gains_of_contracts_before_a_group(baremes: Baremes) -> None:
    lus = [
        releve("2024-12-01", 1050, 2050),
        releve("2025-01-01", 1100, 2100),
        releve("2026-01-20", 1200, 2200),
        releve("2026-03-15", 1400, 2400),
        releve("2026-03-15", 800, 1900, medecin="m2"),
    ]
    depart = reference(2000, 4000).model_copy(update={"date": j("2026-02-01")})
    dossier = pratique(collectif(reference=depart), contrat(**ANCIEN), releves=lus)
    extrait, juge = extrait_et_juge(dossier, "2026-06-01", baremes)
    du_groupe = groupe(extrait, juge, baremes)
    assert du_groupe is not None
    assert [a.patientele_mt for a in du_groupe.anterieurs] == [100]
    assert [r.date.isoformat() for r in extrait.releves] == ["2025-01-01", "2026-03-15", "2026-03-15"]


def test_a_correction_before_the_first_day_keeps_the_reading_that_answers_it(baremes: Baremes) -> None:
    correction = Correction(
        medecin="m1", indicateur="patientele_mt", releve_le=j("2022-11-15"), valeur_cpam=990, valeur_demandee=1010,
        demandee_le=j("2022-12-01"), repondue_le=j("2023-02-01"), valeur_accordee=1010, note="",
    )  # fmt: skip
    lus = [releve("2022-06-01", 1), releve("2022-11-15", 1010)]
    depart = reference().model_copy(update={"date": j("2022-11-01")})
    dossier = pratique(contrat(reference=depart), releves=lus).model_copy(update={"corrections": (correction,)})
    extrait, juge = extrait_et_juge(dossier, "2023-03-01", baremes)
    assert [suivie.releve_saisi for suivie in sources(extrait, juge, baremes).corrections] == [True]
    assert [r.patientele_mt for r in extrait.releves] == [1010]
    (avant,) = verifier(dossier, "c1", j("2023-01-15"), baremes).corrections
    assert (avant.repondue_le, avant.valeur_accordee) == (None, None)


def test_tasks_done_for_another_contract_are_not_told(baremes: Baremes) -> None:
    partie = assistant(affectation("2023-01-01", "2023-06-30"), affectation("2023-07-01", contrat="c2"))
    autre = contrat(id="c2", medecin="m2", debut_le=j("2023-07-01"))
    missions = [mission("2023-01-01", "2023-05-31"), mission("2023-08-01", tache="Autre")]
    extrait, _ = extrait_et_juge(
        pratique(contrat(), autre, assistants=[partie], missions=missions), "2024-01-01", baremes
    )
    assert [m.tache for m in extrait.missions] == ["Prise de constantes"]
    assert [f.contrat for f in extrait.assistants[0].affectations] == ["c1"]
    assert len(extrait.contrats) == 1


def test_the_reference_brought_to_a_group_bounds_its_movements(baremes: Baremes) -> None:
    apportee = reference(900, 1900)
    adhesions = (Adhesion(medecin="m2", du=j("2026-09-01"), au=None, reference=apportee),)
    verifier(pratique(collectif(adhesions=adhesions)), "c1", j("2026-12-01"), baremes)
