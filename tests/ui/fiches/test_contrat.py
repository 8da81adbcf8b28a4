"""The forms of a contract, without a window: every fact goes in, comes back the same, and is told beforehand."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel, Gains, Objectif, Reference
from assistmed_desktop.domain.dossier import Dossier, fautes_du_dossier, lire_dossier
from assistmed_desktop.domain.fautes import Faute
from assistmed_desktop.resources import chemin
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.services.workspace import Operation
from assistmed_desktop.ui.fiches.contrat import fiche_contrat, fiche_objectif, nouveau_contrat, suppression
from assistmed_desktop.ui.fiches.fiche import Fiche, Geste, geste, lire, poses, refus
from tests.domain.outils import complet as document_complet

AU = date(2026, 11, 15)
BAREMES = charger_baremes()
INS = "\u00a0"
SIGNE = {
    "texte": "avenant_7", "medecin": "m1", "option_etp": "1/2", "signe_le": "1/3/22", "debut_le": "15 mars 2022",
    "duree_ans": "5", "tranche": "P30-P50", "reference_date": "12/2021", "reference_patientele_mt": "1 000",
    "reference_file_active": "1500", "patientele_mt": "1250", "file_active": "1 875", "evaluation_le": "15/03/2025",
}  # fmt: skip


@pytest.fixture(scope="module")
def demo() -> Dossier:
    return lire_dossier(chemin("demo", "dossier.json").read_bytes())


@pytest.fixture(scope="module")
def complet() -> Dossier:
    import json

    return lire_dossier(json.dumps(document_complet()))


@pytest.fixture
def vierge(demo: Dossier) -> Dossier:
    """Give the demonstration with its first doctor alone, and no contract."""
    listes = [cle for cle in Dossier.model_fields if isinstance(getattr(demo, cle), tuple) and cle != "medecins"]
    return demo.model_copy(update={"medecins": demo.medecins[:1], **dict.fromkeys(listes, ())})


def rempli(fiche: Fiche, saisie: Mapping[str, str]) -> Geste | tuple[Faute, ...]:
    lecture = lire(fiche, {**fiche.depart, **saisie})
    assert lecture.fautes == {}
    assert lecture.valeurs is not None
    return geste(fiche, lecture.valeurs)


def apres(dossier: Dossier, fait: Geste | tuple[Faute, ...]) -> Dossier:
    assert isinstance(fait, Geste), fait
    return fait_sur(dossier, fait.operation)


def fait_sur(dossier: Dossier, operation: Operation) -> Dossier:
    nouveau = operation.appliquer(dossier)
    assert nouveau is not None
    assert fautes_du_dossier(nouveau) == []
    return nouveau


def prudences(fiche: Fiche, saisie: Mapping[str, str]) -> str:
    return "\n".join(lire(fiche, {**fiche.depart, **saisie}).prudences)


def test_a_contract_is_entered_as_it_is_written(vierge: Dossier) -> None:
    fiche = nouveau_contrat(vierge, AU, BAREMES)
    fait = rempli(fiche, SIGNE)
    (contrat,) = apres(vierge, fait).contrats
    assert contrat == ContratIndividuel(
        id=contrat.id,
        medecin="m1",
        texte="avenant_7",
        option_etp=Fraction(1, 2),
        signe_le=date(2022, 3, 1),
        debut_le=date(2022, 3, 15),
        duree_ans=5,
        tranche="P30-P50",
        reference=Reference(date=date(2021, 12, 31), patientele_mt=1000, file_active=1500),
        objectif=Objectif(patientele_mt=1250, file_active=1875, evaluation_le=date(2025, 3, 15)),
        avenants=(),
    )
    assert isinstance(fait, Geste)
    assert fait.operation.nom == f"Ajouter le contrat du Dr{INS}Claire{INS}Benassis"
    assert fait.fait == f"Le contrat du Dr{INS}Claire{INS}Benassis est ajouté."


def test_a_new_contract_starts_on_the_day_under_the_text_then_open(vierge: Dossier) -> None:
    fiche = nouveau_contrat(vierge, AU, BAREMES)
    assert fiche.depart["texte"] == "convention_2024"
    assert fiche.depart["signe_le"] == fiche.depart["debut_le"] == "15/11/2026"
    assert fiche.depart["duree_ans"] == "5"
    assert fiche.depart["medecin"] == "m1"
    assert fiche.supprimer is None
    avant_tout = nouveau_contrat(vierge, date(2019, 1, 1), BAREMES)
    assert avant_tout.depart["texte"] == ""
    assert avant_tout.depart["duree_ans"] == "5"


def test_the_text_says_which_fields_are_asked(complet: Dossier) -> None:
    fiche = nouveau_contrat(complet, AU, BAREMES)
    individuel = {champ.cle for champ in poses(fiche, {"texte": "convention_2024"})}
    collectif = {champ.cle for champ in poses(fiche, {"texte": "collectif_2026"})}
    assert individuel - collectif == {"medecin", "option_etp", "derogation"}
    assert collectif - individuel == {
        "medecins", "etp_finances", "structure", "gains_patientele_mt", "gains_file_active",
    }  # fmt: skip


def test_a_form_opened_and_saved_changes_nothing(complet: Dossier, demo: Dossier) -> None:
    for dossier in (complet, demo):
        for contrat in dossier.contrats:
            fiche = fiche_contrat(dossier, AU, BAREMES, contrat)
            assert apres(dossier, rempli(fiche, {})) == dossier


def test_a_collective_contract_is_entered(complet: Dossier) -> None:
    saisie = {
        **SIGNE, "texte": "collectif_2026", "medecins": "m1\nm2", "etp_finances": "2", "structure": "scm",
        "signe_le": "2/3/26", "debut_le": "1/4/26", "gains_patientele_mt": "120", "gains_file_active": "80",
        "evaluation_le": "", "patientele_mt": "", "file_active": "",
    }  # fmt: skip
    fait = rempli(nouveau_contrat(complet, AU, BAREMES), saisie)
    contrat = apres(complet, fait).contrats[-1]
    assert isinstance(contrat, ContratCollectif)
    assert contrat.medecins == ("m1", "m2")
    assert contrat.option_etp == 2
    assert contrat.structure == "scm"
    assert contrat.gains_anterieurs == Gains(patientele_mt=120, file_active=80)
    assert contrat.objectif is None
    assert isinstance(fait, Geste)
    assert fait.fait == "Le contrat collectif commencé le 01/04/2026 est ajouté."


def test_what_is_missing_is_told_under_its_field(vierge: Dossier) -> None:
    fiche = nouveau_contrat(vierge, AU, BAREMES)
    fautes = lire(fiche, fiche.depart).fautes
    assert set(fautes) == {"option_etp", "reference_date", "reference_patientele_mt", "reference_file_active"}


def test_half_of_the_earlier_gains_is_told(complet: Dossier) -> None:
    fiche = fiche_contrat(complet, AU, BAREMES, complet.contrats[1])
    fautes = rempli(fiche, {"gains_file_active": ""})
    assert isinstance(fautes, tuple)
    places, _ = refus(fiche, fautes)
    assert "vont ensemble" in places["gains_file_active"]
    assert prudences(fiche, {"gains_file_active": ""}) == ""
    sans = apres(complet, rempli(fiche, {"gains_patientele_mt": "", "gains_file_active": ""})).contrats[1]
    assert isinstance(sans, ContratCollectif)
    assert sans.gains_anterieurs is None


def test_what_differs_from_the_table_is_told_and_taken(vierge: Dossier) -> None:
    fiche = nouveau_contrat(vierge, AU, BAREMES)
    assert prudences(fiche, SIGNE) == ""
    autre = {**SIGNE, "patientele_mt": "1300"}
    assert "diffère du barème publié" in prudences(fiche, autre)
    assert apres(vierge, rempli(fiche, autre)).contrats[0].objectif is not None
    assert f"donnerait un objectif de 1{INS}250" in prudences(fiche, {**SIGNE, "patientele_mt": ""})
    assert "Aucun contrat ne se signait" in prudences(fiche, {**SIGNE, "signe_le": "1/3/19"})
    assert "avant sa signature" in prudences(fiche, {**SIGNE, "debut_le": "1/2/22"})
    assert prudences(fiche, {**SIGNE, "evaluation_le": "1/1/2020"}) == "", "what the domain refuses, it will say"


def test_a_contract_is_corrected_without_losing_what_came_since(demo: Dossier) -> None:
    contrat = demo.contrats[0]
    fiche = fiche_contrat(demo, AU, BAREMES, contrat)
    depuis = contrat.model_copy(update={"avenants": ()})
    entretemps = demo.model_copy(update={"contrats": (depuis, *demo.contrats[1:])})
    corrige = apres(entretemps, rempli(fiche, {"duree_ans": "4"})).contrats[0]
    assert (corrige.duree_ans, corrige.avenants) == (4, ())


def test_a_contract_may_change_its_kind(complet: Dossier) -> None:
    collectif = complet.contrats[1]
    fiche = fiche_contrat(complet, AU, BAREMES, collectif)
    saisie = {"texte": "convention_2024", "medecin": "m2", "option_etp": "1/2"}
    assert "retire les adhésions" in prudences(fiche, saisie)
    devenu = apres(complet, rempli(fiche, saisie)).contrats[1]
    assert isinstance(devenu, ContratIndividuel)
    assert (devenu.id, devenu.avenants) == (collectif.id, collectif.avenants)


def test_a_doctor_who_leaves_the_group_for_good_takes_what_names_them(complet: Dossier) -> None:
    fiche = fiche_contrat(complet, AU, BAREMES, complet.contrats[1])
    assert "retire aussi ses adhésions" in prudences(fiche, {"medecins": "m2"})
    assert "retire" not in prudences(fiche, {"duree_ans": "4"})
    reste = apres(complet, rempli(fiche, {"medecins": "m2"})).contrats[1]
    assert isinstance(reste, ContratCollectif)
    assert (reste.medecins, reste.adhesions, reste.docteurs_juniors) == (("m2",), (), ())


def test_a_contract_without_its_doctor_is_still_named(demo: Dossier) -> None:
    assert "commencé le 06/11/2023" in suppression(demo.model_copy(update={"medecins": ()}), demo.contrats[0]).fait


def test_what_goes_with_a_contract_is_told_before(demo: Dossier, vierge: Dossier) -> None:
    fiche = fiche_contrat(demo, AU, BAREMES, demo.contrats[0])
    assert fiche.supprimer is not None
    question = fiche.supprimer.question
    assert f"1{INS}avenant" in question
    assert "affectation" in question
    assert "versements" in question
    sans = apres(demo, fiche.supprimer)
    assert [contrat.id for contrat in sans.contrats] == ["c2", "c3", "c4"]
    seul = apres(vierge, rempli(nouveau_contrat(vierge, AU, BAREMES), SIGNE))
    assert "Avec lui" not in suppression(seul, seul.contrats[0]).question


def test_the_objective_alone(demo: Dossier) -> None:
    contrat = demo.contrats[0]
    fiche = fiche_objectif(demo, AU, BAREMES, contrat)
    assert apres(demo, rempli(fiche, {})) == demo
    change = apres(demo, rempli(fiche, {"patientele_mt": "1 240"})).contrats[0]
    assert change.objectif == Objectif(patientele_mt=1240, file_active=1880, evaluation_le=date(2026, 11, 6))
    fiche = fiche_objectif(demo, AU, BAREMES, demo.contrats[1])
    assert "diffère du barème" in prudences(fiche, {"patientele_mt": "1100"})
    sous = rempli(fiche, {"patientele_mt": "5"})
    assert isinstance(sous, Geste)
    nouveau = sous.operation.appliquer(demo)
    assert nouveau is not None
    places, autres = refus(fiche, fautes_du_dossier(nouveau))
    assert "sous la référence" in places["patientele_mt"]
    assert autres == ()
