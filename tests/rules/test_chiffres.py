"""Every figure of an evaluation can be explained, by its own steps and no others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.exchange.evaluation_json import evaluation_json
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.analyse import analyser
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.chiffres import Chiffres, chiffres, qui_explique, sous, valeur_propre
from assistmed_desktop.rules.evaluation import evaluate
from tests.rules.outils import (
    affectation,
    assistant,
    collectif,
    contrat,
    j,
    jours,
    morvan,
    objectif,
    option,
    pratique,
    reference,
    releve,
    resiliation,
    suspension,
)

DEMO = Path(__file__).parents[2] / "resources" / "demo" / "dossier.json"


def demo() -> Dossier:
    return lire_dossier(DEMO.read_bytes())


def les_chiffres(dossier: Dossier, au: str, rang: int = 0) -> Chiffres:
    baremes = charger_baremes()
    return chiffres(dossier, evaluate(dossier, j(au), baremes).contrats[rang], baremes)


def etapes(trouves: Chiffres, chemin: str) -> list[tuple[str, str]]:
    """Give the labels and results of a figure's steps, with plain spaces."""
    return [(e.libelle, e.resultat.replace(INSECABLE, " ")) for e in trouves[chemin].etapes]


def nombres(valeur: object, chemin: str = "") -> Iterator[str]:
    """Give the path of every number in a JSON value, an item of a list by its natural key."""
    if isinstance(valeur, dict):
        for cle, enfant in valeur.items():
            yield from nombres(enfant, f"{chemin}.{cle}" if chemin else cle)
    elif isinstance(valeur, list):
        for rang, element in enumerate(valeur):
            yield from nombres(element, f"{chemin}.{cle_naturelle(element, rang)}")
    elif isinstance(valeur, int | float) and not isinstance(valeur, bool):
        yield chemin


def cle_naturelle(element: Any, rang: int) -> str:  # noqa: ANN401 - any JSON
    if not isinstance(element, dict):
        return str(rang)
    for cles in (("code", "le"), ("annee", "rang"), ("assistant", "du"), *CLES_SEULES):
        if all(cle in element for cle in cles):
            return ".".join(str(element[cle]) for cle in cles)
    return str(rang)


CLES_SEULES = [(cle,) for cle in ("annee", "code", "cle", "rang", "medecin", "contrat", "du", "le", "mois", "date")]


@pytest.mark.parametrize("au", ["2025-01-15", "2026-11-15", "2023-06-01", "2031-01-01"])
@pytest.mark.parametrize("dossier", [morvan(), demo()], ids=["morvan", "demo"])
def test_every_number_of_an_evaluation_is_explained_by_its_path_or_an_ancestor(dossier: Dossier, au: str) -> None:
    baremes = charger_baremes()
    evaluation = evaluate(dossier, j(au), baremes)
    analyses = {juge.id: analyser(dossier, juge, baremes) for juge in evaluation.contrats}
    for brut, juge in zip(evaluation_json(evaluation, analyses)["contrats"], evaluation.contrats, strict=True):
        trouves = chiffres(dossier, juge, baremes)
        chemins = list(nombres(brut))
        assert "indicateurs.patientele_mt.reference" in chemins
        assert [chemin for chemin in chemins if qui_explique(trouves, chemin) is None] == []


@pytest.mark.parametrize("au", ["2025-01-15", "2026-11-15"])
def test_every_explanation_has_a_title_a_step_and_a_source(au: str) -> None:
    for rang in range(4):
        for chemin, explication in les_chiffres(demo(), au, rang).items():
            assert explication.titre
            assert explication.etapes, chemin
            assert all(etape.libelle and etape.resultat for etape in explication.etapes), chemin
            assert explication.sources or chemin.startswith(COMPTES), chemin


# What is counted in the practice's own facts, which no text decides; and what no text has published.
COMPTES = (
    "evaluation_le",
    "echeances.evaluation.",
    "eligibilite",
    "analyse.sources.",
    "analyse.file_active.",
    "analyse.mouvements.",
    "analyse.rythme.",
    "analyse.argent.cout",
    "analyse.argent.echeancier.",
    "analyse.taches.temps_libere",
    "analyse.fin.jours_restants",
    "analyse.renouvellement.",
)


def test_an_expected_count_has_its_own_steps_and_those_alone() -> None:
    trouves = les_chiffres(morvan(), "2025-01-15")

    assert etapes(trouves, "patientele_mt.attendu") == [
        ("Référence", "1 010 patients"),
        ("Objectif", "1 192 patients"),
        ("Jours écoulés", "870 jours"),
        ("Durée du parcours", "1 096 jours"),
        ("Attendu ce jour-là", "1 154,47"),
    ]
    assert etapes(trouves, "patientele_mt.taux_atteinte") == [
        ("Référence", "1 010 patients"),
        ("Objectif", "1 192 patients"),
        ("Valeur", "1 131 patients"),
        ("Taux d'atteinte", "66,5 %"),
    ]
    assert etapes(trouves, "patientele_mt.gain_mensuel_requis")[-1] == ("Gain mensuel requis", "+8,8 par mois")
    # (1 131 − 1 010) patients in 870 days of 30.4375 to the month: 121 × 30.4375 / 870 = 4.233.
    assert etapes(trouves, "patientele_mt.gain_mensuel_realise")[-1] == ("Gain mensuel réalisé", "+4,23 par mois")
    assert etapes(trouves, "patientele_mt.ecart")[-1] == ("Écart", "−23,47")
    assert etapes(trouves, "patientele_mt.statut")[-1] == ("Statut", "En retard")
    assert etapes(trouves, "patientele_mt.reference") == [("Référence", "1 010 patients")]
    assert etapes(trouves, "patientele_mt.projection") == [("Projection", "aucune")]
    assert etapes(trouves, "patientele_mt.niveau") == [("Niveau des douze derniers mois", "1 131,0")]


def test_the_dates_of_the_contract_show_how_they_move() -> None:
    trouves = les_chiffres(morvan(), "2025-01-15")

    assert etapes(trouves, "evaluation_le") == [
        ("Date d'évaluation", "15/03/2025"),
        ("Suspension du 02/05/2023 au 30/09/2023", "152 jours"),
        ("Date déplacée", "14/08/2025"),
    ]
    assert etapes(trouves, "jours_suspendus")[-1] == ("Total", "152 jours suspendus")
    assert etapes(trouves, "fin_le") == [("Dernier jour", "14/03/2027")]
    assert etapes(trouves, "statut")[-1] == ("Statut", "En retard")


def test_the_day_of_the_evaluation_rests_on_a_text_only_where_the_contract_does_not_give_it() -> None:
    typee, par_defaut = (
        les_chiffres(pratique(contrat(objectif=vise)), "2024-07-02")
        for vise in (objectif(1200, 2400), objectif(1200, 2400, None))
    )

    assert (typee["evaluation_le"].sources, typee["echeances.evaluation.2026-01-01"].sources) == ((), ())
    assert [source.grade for source in par_defaut["evaluation_le"].sources] == ["C"]
    assert [source.grade for source in par_defaut["echeances.evaluation.2026-01-01"].sources] == ["C"]


def test_what_counts_for_the_contract_has_its_rule_and_its_grade() -> None:
    from tests.rules.outils import medecin

    generaliste = les_chiffres(pratique(contrat()), "2024-07-02")
    autre = les_chiffres(pratique(contrat(), medecins=[medecin(specialite="cardiologie")]), "2024-07-02")

    assert etapes(generaliste, "patientele_mt.requis") == [("Règle", "oui")]
    assert etapes(autre, "patientele_mt.requis") == [("Règle", "non")]
    assert etapes(autre, "file_active.requis") == [("Règle", "oui")]
    assert [source.grade for source in autre["patientele_mt.requis"].sources] == ["C"]
    # No version of the text before September 2019: its only one answers.
    ancien = les_chiffres(pratique(contrat(signe_le=j("2019-08-31"))), "2024-07-02")
    assert etapes(ancien, "patientele_mt.requis") == [("Règle", "oui")]


def test_an_amount_comes_last_after_what_is_to_be_known_of_its_year() -> None:
    change = les_chiffres(pratique(contrat(option("2024-07-01", j_plein()))), "2024-07-02")
    finit = les_chiffres(pratique(contrat(resiliation("2025-01-01"))), "2024-07-02")

    assert [nom for nom, _ in etapes(change, "aide.2.montant_max")] == [
        "Changement d'option en cours d'année",
        "Début de l'année de contrat",
        "Barème en vigueur ce jour-là",
        "Montant",
    ]
    assert valeur(finit, "aide.3.montant_max") == "11 000 €"


def valeur(trouves: Chiffres, chemin: str) -> str | None:
    """Give the value of a path in words, with plain spaces."""
    propre = valeur_propre(chemin, trouves[chemin])
    return None if propre is None else propre.replace(INSECABLE, " ")


def test_the_value_of_a_path_is_its_own_and_not_that_of_its_last_step() -> None:
    lus = [releve(f"2024-0{mois}-02", 1000 + 2 * mois, 2096) for mois in range(1, 7)]
    seul = les_chiffres(pratique(contrat(), releves=lus), "2024-07-02")
    groupe = les_chiffres(pratique(collectif()), "2026-06-01")

    assert valeur(seul, "file_active.projection") == "2 096,00"
    assert valeur(seul, "analyse.fin.preavis") == "31/10/2027"
    assert valeur(seul, "patientele_mt.objectif") == "1 200 patients"
    assert valeur(seul, "analyse.argent.scenarios.objectif_atteint") == "64 500 €"
    # 2 ETP financed; no reading since the start, so that the mean is unknown, not its minimum of 775.
    assert valeur(groupe, "analyse.groupe.etp") == "2 ETP"
    assert valeur(groupe, "analyse.groupe.moyennes.jour") == "inconnue"
    embauche = les_chiffres(pratique(contrat(), assistants=[assistant(affectation("2023-01-01"))]), "2024-07-02")
    assert valeur(embauche, "analyse.presence.heures.a1.2023-01-01") == "17 h 30"


@pytest.mark.parametrize(
    "chemin",
    ["analyse.argent.totaux", "analyse.argent.annees.3", "analyse.argent.cout", "analyse.presence.totaux"],
)
def test_a_path_that_gathers_several_figures_has_no_single_value(chemin: str) -> None:
    assert valeur(les_chiffres(morvan(), "2025-01-15"), chemin) is None


@pytest.mark.parametrize("au", ["2025-01-15", "2026-11-15"])
def test_no_value_of_the_list_is_a_rounding_a_caution_or_a_remark(au: str) -> None:
    for rang in range(len(demo().contrats)):
        trouves = les_chiffres(demo(), au, rang)
        dites = {chemin: valeur(trouves, chemin) or "" for chemin in trouves}
        assert [c for c, dite in dites.items() if "demi-centime" in dite or "prudence" in dite] == []


def test_a_suspension_without_an_end_is_shown_up_to_the_day() -> None:
    trouves = les_chiffres(pratique(contrat(suspension("2024-01-01", None))), "2024-01-10")

    assert etapes(trouves, "jours_suspendus") == [
        ("Suspension depuis le 01/01/2024", "10 jours"),
        ("Total", "10 jours suspendus"),
    ]


def test_each_year_of_aid_has_its_maximum_and_its_hypothesis_apart() -> None:
    trouves = les_chiffres(morvan(), "2025-01-15")

    assert etapes(trouves, "aide.3.montant_max")[-1] == ("Maximum", "10 500 €")
    # The file active is the less advanced: 170 / 260 of 10 500 €.
    assert etapes(trouves, "aide.3.hypothese_lineaire")[-1] == ("Hypothèse linéaire, non vérifiée", "6 865,38 €")
    assert etapes(trouves, "aide.1.montant_max")[-1] == ("Montant", "18 000 €")
    assert "aide.1.hypothese_lineaire" not in trouves
    assert etapes(trouves, "aide.1") == [("Année de contrat", "1")]


def test_a_notified_amount_has_its_own_step() -> None:
    from assistmed_desktop.domain.suivi import Notification

    notifiee = Notification(
        contrat="c1", annee_contrat=3, montant=9_000_00, notifie_le=j("2024-12-01"), reference="courrier"
    )
    trouves = les_chiffres(morvan().model_copy(update={"notifications": (notifiee,)}), "2025-01-15")

    assert etapes(trouves, "aide.3.montant_notifie") == [("Montant notifié par la CPAM", "9 000 €")]
    assert "Montant notifié par la CPAM" not in [nom for nom, _ in etapes(trouves, "aide.3.montant_max")]


def test_what_is_not_known_says_why() -> None:
    sans_objectif = pratique(contrat(objectif=None), releves=[releve("2024-07-02", 1100, 2200)])
    trouves = les_chiffres(sans_objectif, "2024-07-02")
    assert etapes(trouves, "patientele_mt.attendu")[-1] == ("Attendu", "inconnu")
    assert etapes(trouves, "patientele_mt.taux_atteinte")[-1] == ("Taux d'atteinte", "inconnu")
    assert etapes(trouves, "patientele_mt.gain_mensuel_requis")[-1] == ("Gain mensuel requis", "inconnu")
    assert etapes(trouves, "evaluation_le")[0] == ("Date d'évaluation", "01/01/2026")
    assert "défaut" in trouves["evaluation_le"].etapes[0].calcul

    sans_valeur = les_chiffres(pratique(contrat()), "2024-07-02")
    assert etapes(sans_valeur, "patientele_mt.niveau") == [("Niveau des douze derniers mois", "inconnu")]
    assert etapes(sans_valeur, "patientele_mt.valeur") == [("Valeur", "inconnue")]
    assert etapes(sans_valeur, "patientele_mt.gain_mensuel_realise")[-1] == ("Gain mensuel réalisé", "inconnu")
    assert etapes(sans_valeur, "patientele_mt.gain_mensuel_requis")[-1] == ("Gain mensuel requis", "inconnu")


def test_a_gain_that_is_no_longer_required_says_so() -> None:
    atteint = les_chiffres(pratique(contrat(), releves=[releve("2024-07-02", 1200, 2200)]), "2024-07-02")
    assert etapes(atteint, "patientele_mt.gain_mensuel_requis")[-1] == ("Gain mensuel requis", "0")

    passe = les_chiffres(pratique(contrat(), releves=[releve("2024-07-02", 1100, 2200)]), "2026-01-01")
    assert etapes(passe, "patientele_mt.gain_mensuel_requis")[-1] == ("Gain mensuel requis", "aucun")
    assert "01/01/2026 est passée" in passe["patientele_mt.gain_mensuel_requis"].etapes[-1].calcul

    maintien = pratique(
        contrat(objectif=objectif(1000, 2000), reference=reference()), releves=[releve("2024-07-02", 990, 1990)]
    )
    taux = les_chiffres(maintien, "2024-07-02")["patientele_mt.taux_atteinte"].etapes[-1]
    assert (taux.resultat, "maintien" in taux.calcul) == ("aucun", True)


def test_a_projection_shows_its_slope_a_month_and_its_interval() -> None:
    # One patient a day for 4 readings: 30.4375 a month, and 1 000 + 1 096 on the day of the evaluation.
    lus = [releve(j("2023-01-01") + jours(n), 1000 + n, 2000) for n in (100, 200, 300, 400)]
    trouves = les_chiffres(pratique(contrat(), releves=lus), "2024-07-02")

    assert etapes(trouves, "patientele_mt.projection") == [
        ("Relevés", "4 relevés"),
        ("Pente", "+30,4 par mois"),
        ("Intervalle de la pente", "de +30,4 à +30,4 par mois"),
        ("Projection", "2 096,00"),
        ("Intervalle", "de 2 096,00 à 2 096,00"),
    ]
    assert etapes(trouves, "patientele_mt.niveau")[0][0] == "Niveau des douze derniers mois"
    assert "droite" in trouves["patientele_mt.niveau"].etapes[0].calcul
    assert "amelipro" in trouves["patientele_mt.projection"].etapes[0].calcul

    logiciel = [r.model_copy(update={"source": "logiciel"}) for r in lus]
    autres = les_chiffres(pratique(contrat(), releves=logiciel), "2024-07-02")
    assert "toutes sources" in autres["patientele_mt.projection"].etapes[0].calcul


def test_the_staffing_and_the_deadlines_are_named_by_their_days() -> None:
    dossier = pratique(contrat(option("2024-01-01", j_plein())), assistants=[assistant(affectation("2023-01-01"))])
    trouves = les_chiffres(dossier, "2024-07-02")

    assert [cle for cle in trouves if cle.startswith("effectif.")] == ["effectif.2023-01-01", "effectif.2024-01-01"]
    assert etapes(trouves, "effectif.2023-01-01")[-1] == ("ETP affecté", "suffisant")
    assert etapes(trouves, "effectif.2024-01-01") == [
        ("Affecté", "1/2 ETP"),
        ("Requis", "1 ETP"),
        ("ETP affecté", "insuffisant"),
    ]
    assert etapes(trouves, "echeances.evaluation.2026-01-01")[0] == ("Évaluation", "01/01/2026")
    assert etapes(trouves, "echeances.fin_contrat.2027-12-31")[0] == ("Dernier jour", "31/12/2027")
    assert "2 mois avant la fin du contrat" in (
        trouves["echeances.preavis.2027-10-31"].etapes[0].calcul.replace(INSECABLE, " ")
    )
    assert trouves["echeances.point_etape.2023-07-01"].etapes[0].calcul.startswith("tous les")


def j_plein() -> Any:  # noqa: ANN401 - a fraction
    from fractions import Fraction

    return Fraction(1)


def test_two_assistants_of_one_day_share_a_deadline() -> None:
    deux = [
        assistant(affectation("2023-01-01", etp=j_plein() / 4)),
        assistant(affectation("2023-01-01", etp=j_plein() / 4), id="a2", nom="Dupré"),
    ]
    trouves = les_chiffres(pratique(contrat(), assistants=deux), "2024-07-02")

    un_seul = les_chiffres(pratique(contrat(), assistants=deux[:1]), "2024-07-02")
    chemin = "echeances.qualification.2026-01-01"
    assert len(trouves[chemin].etapes) == 2 * len(un_seul[chemin].etapes)
    assert trouves[chemin].sources == un_seul[chemin].sources


def test_a_terminated_contract_says_what_ended_it() -> None:
    (etape,) = les_chiffres(pratique(contrat(resiliation("2025-03-01"))), "2024-07-02")["fin_le"].etapes

    assert etape.resultat == "28/02/2025"
    assert "résiliation du 01/03/2025" in etape.calcul


def test_a_deadline_that_was_met_says_when() -> None:
    etat = les_chiffres(morvan(), "2025-01-15")["echeances.qualification.2025-03-15"].etapes[-1]

    assert (etat.libelle, etat.resultat) == ("État", "faite")
    assert "faite le 20/11/2023" in etat.calcul


def test_a_text_that_no_table_knows_leaves_its_deadlines_without_a_delay() -> None:
    trouves = les_chiffres(pratique(contrat(signe_le=j("2019-08-31"))), "2024-07-02")

    assert [cle for cle in trouves if cle.startswith("echeances.")] == [
        "echeances.evaluation.2026-01-01",
        "echeances.fin_contrat.2027-12-31",
    ]


def test_the_reasons_of_eligibility_are_its_steps() -> None:
    from tests.rules.outils import medecin

    trouves = les_chiffres(pratique(contrat(), medecins=[medecin(secteur="3")]), "2024-07-02")

    motif, conclusion = trouves["eligibilite"].etapes
    assert (motif.resultat, conclusion.resultat) == ("exclut", "non éligible d'après les règles connues")
    assert trouves["eligibilite"].sources


def test_a_path_may_be_an_ancestor_and_may_begin_with_indicateurs() -> None:
    trouves = les_chiffres(morvan(), "2025-01-15")

    assert list(sous(trouves, "indicateurs.patientele_mt.attendu")) == ["patientele_mt.attendu"]
    assert list(sous(trouves, "aide.3")) == ["aide.3", "aide.3.montant_max", "aide.3.hypothese_lineaire"]
    assert sous(trouves, "patientele") == {}
    assert sous(trouves, "") == {}
    assert qui_explique(trouves, "indicateurs.patientele_mt.projection.valeur") is trouves["patientele_mt.projection"]
    assert qui_explique(trouves, "aide.3.annee") is trouves["aide.3"]
    assert qui_explique(trouves, "rien.du.tout") is None
    assert qui_explique(trouves, "") is None


def test_no_day_and_no_valid_dossier_stops_it() -> None:
    for au in (date(1950, 1, 1), date(2150, 12, 31)):
        for dossier in (morvan(), demo(), pratique(contrat())):
            for rang in range(len(dossier.contrats)):
                assert les_chiffres(dossier, au.isoformat(), rang)
