"""The words of an evaluation, where no page shows them all."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import get_args

import pytest

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.resultats import (
    LIBELLES_STATUT,
    Etape,
    EvaluationContrat,
    Explication,
    Grade,
    SourceLegale,
    StatutContrat,
)
from assistmed_desktop.ui import wording
from assistmed_desktop.ui.desk import State
from assistmed_desktop.ui.names import medecins_du_contrat, nature_contrat, nom_contrat
from assistmed_desktop.ui.typography import soigner
from tests.ui.outils import AU


@pytest.fixture
def contrat(demo: Dossier) -> EvaluationContrat:
    return evaluate(demo, AU, charger_baremes()).contrats[0]


@pytest.mark.parametrize(
    ("ecrit", "soigne"),
    [
        ("l'objectif : 3 %", "l’objectif\u00a0: 3\u00a0%"),
        ("« été » ? oui !", "«\u00a0été\u00a0»\u00a0? oui\u00a0!"),
        ("de 10 € ; puis", "de 10\u00a0€\u00a0; puis"),
        ("14:02", "14:02"),
        ("le 31/10/2026, du 5 au 6", "le\u00a031/10/2026, du\u00a05 au\u00a06"),
    ],
)
def test_sentences_are_dressed_as_french_print_does(ecrit: str, soigne: str) -> None:
    assert soigner(ecrit) == soigne
    assert soigner(soigne) == soigne


def test_every_status_has_a_place_in_the_order() -> None:
    assert set(wording.PIRE_D_ABORD) == set(LIBELLES_STATUT)
    assert len(wording.PIRE_D_ABORD) == len(LIBELLES_STATUT)


def test_one_patient_is_singular(contrat: EvaluationContrat) -> None:
    words = wording.indicator_words(replace(contrat.patientele_mt, valeur=1))
    assert (words.chiffre, words.unite) == ("1", "patient")


def test_an_indicator_that_is_not_required_says_so(contrat: EvaluationContrat) -> None:
    words = wording.indicator_words(replace(contrat.patientele_mt, requis=False))
    assert words.origine == "amelipro, 31/10/2026 – pour information, cet indicateur n’est pas exigé"


def test_a_path_without_a_value_still_shows_its_ends(contrat: EvaluationContrat) -> None:
    sans = replace(
        contrat.patientele_mt, valeur=None, date=None, source=None, attendu=None, taux_atteinte=None,
        gain_mensuel_requis=None, gain_mensuel_realise=None, statut="donnees_insuffisantes",
    )  # fmt: skip
    words = wording.indicator_words(sans)
    assert words.bar == ("référence\u00a01\u00a0068", "", "", "objectif\u00a01\u00a0228")
    assert words.done is None
    assert words.requis == words.realise == ""


def test_past_its_evaluation_no_pace_is_required(contrat: EvaluationContrat) -> None:
    words = wording.indicator_words(replace(contrat.patientele_mt, gain_mensuel_requis=None))
    assert words.requis == "date d’évaluation passée"


def test_an_amount_nobody_has_published_is_not_zero(demo: Dossier, contrat: EvaluationContrat) -> None:
    annees = tuple(replace(annee, montant_max=None, hypothese_lineaire=None) for annee in contrat.aide)
    words = wording.aid_words(demo, replace(contrat, aide=annees))
    assert words.maximum == "Non publié – reportez le chiffre de votre contrat"
    assert words.lignes[0] == "Aucun versement reçu n’est enregistré"


def test_a_payment_not_yet_come_is_not_counted(demo: Dossier) -> None:
    hier = evaluate(demo, date(2026, 1, 1), charger_baremes()).contrats[3]
    assert wording.aid_words(demo, hier).lignes[0] != wording.aid_words(demo, replace(hier, au=AU)).lignes[0]


def test_reasons_escape_what_they_quote() -> None:
    sources = tuple(
        SourceLegale("Texte <A>", "art. 1 & 2", "adresse", grade, AU) for grade in get_args(Grade) if grade != "X"
    )
    html = wording.explanation_html([Explication("Titre <b>", (Etape("R&D", "1 < 2", "l'effet"),), sources)])
    assert "Titre &lt;b&gt;" in html
    assert "R&amp;D" in html
    assert "l’effet" in html
    assert html.count("à vérifier") == 2
    assert "Références" not in wording.explanation_html([Explication("Titre", (), ())])


def test_nothing_to_do_is_said() -> None:
    assert wording.todo_html([]) == "<p>Rien à faire.</p>"


@pytest.mark.parametrize("statut", get_args(get_args(StatutContrat)[0]))
def test_the_overview_counts_every_status(contrat: EvaluationContrat, statut: StatutContrat) -> None:
    phrase = wording.overview_sentence([replace(contrat, statut=statut)])
    assert phrase == f"1\u00a0{LIBELLES_STATUT[statut].lower()}"


def test_contracts_are_called_by_their_doctors(demo: Dossier) -> None:
    premier, deuxieme = demo.contrats[:2]
    assert nom_contrat(demo, premier) == "Dr\u00a0Claire\u00a0Benassis"
    double = demo.model_copy(update={"contrats": (premier, premier.model_copy(update={"id": "c9"}))})
    assert nom_contrat(double, premier) == "Dr\u00a0Claire\u00a0Benassis, depuis le 06/11/2023"
    assert medecins_du_contrat(demo, deuxieme) == "Dr\u00a0Étienne\u00a0Bianchon"
    assert nature_contrat(premier, AU, date(2028, 11, 5)) == (
        "Règlement arbitral de 2023 · 1/2\u00a0ETP · du 06/11/2023 au 05/11/2028"
    )


def test_a_collective_contract_is_called_so(demo: Dossier) -> None:
    from assistmed_desktop.domain.contrat import ContratCollectif

    un = demo.contrats[0]
    collectif = ContratCollectif(
        id="g1", medecins=("m1", "m2"), texte="collectif_2026", option_etp=Fraction(2), signe_le=date(2026, 3, 2),
        debut_le=date(2026, 4, 1), duree_ans=5, tranche=None, reference=un.reference, objectif=None, avenants=(),
    )  # fmt: skip
    dossier = demo.model_copy(update={"contrats": (collectif,)})
    assert nom_contrat(dossier, collectif) == (
        "Contrat collectif – Dr\u00a0Claire\u00a0Benassis et Dr\u00a0Étienne\u00a0Bianchon"
    )
    state = State(dossier, evaluate(dossier, AU, charger_baremes()), None, "m2").looking_at_contrat(None)
    assert (state.contrat_id, state.medecin_id) == ("g1", "m2")
    assert state.looking_at_medecin("m1").contrat_id == "g1"


def test_looking_at_another_doctor_follows_his_contract(demo: Dossier) -> None:
    state = State(demo, evaluate(demo, AU, charger_baremes()), None, None).looking_at_contrat(None)
    assert (state.contrat_id, state.medecin_id) == (None, "m1")
    assert state.looking_at_medecin("m3").contrat_id is None
    choisi = state.looking_at_contrat("c2")
    assert (choisi.contrat_id, choisi.medecin_id) == ("c2", "m2")
    assert choisi.looking_at_medecin("m3").contrat_id == "c3"
    assert choisi.looking_at_contrat("disparu").contrat_id is None
