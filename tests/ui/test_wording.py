"""The words of an evaluation, where no page shows them all."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest

from assistmed_desktop import rules
from assistmed_desktop.domain.contrat import ChangementOption, Resiliation
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.suivi import CodeEcheance
from assistmed_desktop.rules.analyse import analyser
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.resultats import (
    LIBELLES_STATUT,
    BaremeAjoute,
    Etape,
    EvaluationContrat,
    Explication,
    Grade,
    SourceLegale,
    StatutContrat,
)
from assistmed_desktop.ui import wording
from assistmed_desktop.ui.desk import State
from assistmed_desktop.ui.leads import DEADLINES, WARNINGS
from assistmed_desktop.ui.names import medecins_du_contrat, nature_contrat, nom_contrat
from assistmed_desktop.ui.page_index import PAGES
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
    annees = tuple(
        replace(annee, montant_max=None, montant_notifie=None, hypothese_lineaire=None) for annee in contrat.aide
    )
    words = wording.aid_words(demo, replace(contrat, aide=annees))
    assert words.montant == "Non publié – reportez le chiffre de votre contrat"
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
    phrase = wording.overview_sentence([replace(contrat, statut_tenu=statut)])
    assert phrase == f"1\u00a0{LIBELLES_STATUT[statut].lower()}"


def test_the_counts_of_the_overview_agree(contrat: EvaluationContrat) -> None:
    deux = [replace(contrat, statut_tenu=statut) for statut in ("termine", "en_retard") for _ in range(2)]
    assert wording.overview_sentence(deux) == "2\u00a0en retard · 2\u00a0terminés"


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


def test_the_amount_notified_is_shown_with_its_day(demo: Dossier) -> None:
    contrat = evaluate(demo, AU, charger_baremes()).contrats[1]
    words = wording.aid_words(demo, contrat)
    assert words.montant == "7\u00a0350\u00a0€"
    assert words.lignes[:2] == (
        "Notifié par la CPAM le 15/12/2025",
        "Reçu à ce jour\u00a0: 7\u00a0350\u00a0€",
    )
    assert not any("hypothèse" in ligne for ligne in words.lignes)


def test_a_contract_that_ended_brings_no_more_aid(demo: Dossier) -> None:
    fin = Resiliation(type="resiliation", du=date(2026, 5, 1), motif="")
    premier = demo.contrats[0].model_copy(update={"avenants": (fin,)})
    dossier = demo.model_copy(update={"contrats": (premier, *demo.contrats[1:])})

    def le(jour: date) -> wording.AidWords:
        return wording.aid_words(dossier, evaluate(dossier, jour, charger_baremes()).contrats[0])

    dit = "Le contrat a pris fin le 30/04/2026."
    assert dit not in le(date(2026, 4, 30)).lignes
    assert dit in le(date(2026, 5, 1)).lignes
    assert le(date(2026, 11, 5)).montant == "11\u00a0000\u00a0€", "year 3 had begun before the end"
    apres = le(date(2026, 11, 6))
    assert (apres.montant, apres.lignes) == ("Aucune", (dit, "Du 06/11/2026 au 05/11/2027"))


def test_an_option_that_changes_within_the_year_is_told_until_the_amount_is_notified(demo: Dossier) -> None:
    option = ChangementOption(type="option", du=date(2026, 3, 1), option_etp=Fraction(1), motif="")
    premier = demo.contrats[0].model_copy(update={"avenants": (option,)})
    dossier = demo.model_copy(update={"contrats": (premier, *demo.contrats[1:]), "notifications": ()})
    (contrat, *_) = evaluate(dossier, date(2026, 4, 1), charger_baremes()).contrats
    dite = "Option de 1\u00a0ETP à partir du 01/03/2026\u00a0: partage de l’année non publié"
    assert dite in wording.aid_words(dossier, contrat).lignes
    notifiees = tuple(replace(annee, montant_notifie=1, notifie_le=AU) for annee in contrat.aide)
    assert dite not in wording.aid_words(dossier, replace(contrat, aide=notifiees)).lignes


def test_of_an_analysis_only_what_is_to_check_is_to_do(demo: Dossier, contrat: EvaluationContrat) -> None:
    analyse = analyser(demo, contrat, charger_baremes())
    items = wording.todo_items(contrat, analyse)
    textes = [item.texte for item in items]
    assert any(texte.startswith("La correction de la patientèle") for texte in textes)
    assert not any("Aucune proposition de la caisse" in texte for texte in textes), "only to be known"
    assert len(textes) == len(set(textes))
    etats = [(item.etat, bool(item.quand)) for item in items]
    de_l_analyse = next(i for i, item in enumerate(items) if item.texte.startswith("La correction"))
    assert etats[:3] == [("dépassée", True), ("à vérifier", False), ("proche", True)]
    assert ("à venir", True) not in etats[:de_l_analyse], "before what has time"
    lead = items[de_l_analyse].lead
    assert lead is not None
    assert (lead.page, lead.place) == ("patientele", "sources")


def test_every_warning_and_deadline_that_leads_somewhere_exists() -> None:
    regles = "".join(p.read_text(encoding="utf-8") for p in Path(rules.__file__).parent.glob("*.py"))
    assert [code for code in WARNINGS if f'"{code}"' not in regles] == []
    assert set(DEADLINES) == set(get_args(CodeEcheance))
    assert {lead.page for lead in (*WARNINGS.values(), *DEADLINES.values())} <= set(PAGES)


def test_a_late_payment_is_to_do_once(demo: Dossier, contrat: EvaluationContrat) -> None:
    analyse = analyser(demo, contrat, charger_baremes())
    assert any(a.code == "versement_en_retard" for a in analyse.avertissements)
    attendu = "n’est pas noté comme reçu"
    assert not any(attendu in item.texte for item in wording.todo_items(contrat, analyse))
    sans = replace(contrat, echeances=())
    assert any(attendu in item.texte for item in wording.todo_items(sans, analyse))


def test_the_baremes_added_are_named_under_the_sources() -> None:
    ajoute = BaremeAjoute("aide.toml", "aide", ("a_1", "a_2"), ("a_1",), (), date(2026, 3, 2))
    html = wording.explanation_html([Explication("Titre", (), ())], [ajoute])
    assert "Barème ajouté\u00a0: aide.toml" in html
    assert "a_1, a_2\u00a0; relu le 02/03/2026</span>" in html
    depasse = wording.explanation_html([], [replace(ajoute, depassees=("a_1",))])
    assert "le programme a relu plus récemment que vous a_1" in depasse


def test_a_bareme_refused_is_explained_with_its_place_and_its_mending() -> None:
    html = wording.refusals_html(["aide.toml (clé <cle>) : l'erreur"], "/baremes/<lui>")
    assert "aide.toml (clé &lt;cle&gt;)\u00a0: l’erreur" in html
    assert "/baremes/&lt;lui&gt;" in html
    assert "Demandez un fichier corrigé" in html
