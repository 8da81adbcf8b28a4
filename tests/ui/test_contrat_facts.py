"""What is said of a contract, where a fact is missing or out of the ordinary."""

from collections.abc import Sequence
from datetime import date

from assistmed_desktop.domain.contrat import Resiliation
from assistmed_desktop.domain.suivi import Notification
from assistmed_desktop.rules.analyse import analyser
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.resultats import EvaluationContrat
from assistmed_desktop.ui.pages.contrat_facts import (
    a_savoir,
    aide_facts,
    eligibilite_facts,
    fin_facts,
    indicateur_facts,
    suite_facts,
    termes,
)
from assistmed_desktop.ui.widgets.facts import Fact
from tests.rules.outils import (
    DEMI,
    PLEIN,
    collectif,
    contrat,
    j,
    juger,
    medecin,
    objectif,
    option,
    pratique,
    releve,
    resiliation,
    suspension,
)

INS = "\u00a0"
AU = "2024-07-02"


def par_nom(facts: Sequence[Fact]) -> dict[str, Fact]:
    return {fact.nom: fact for fact in facts}


def des_termes(evalue: EvaluationContrat) -> dict[str, Fact]:
    return par_nom(termes(pratique(evalue.contrat), evalue))


def test_what_the_contract_does_not_say_is_to_be_copied_from_it() -> None:
    evalue = juger(pratique(contrat(objectif=objectif(None, None, None))), AU)
    dits = des_termes(evalue)
    assert dits["Tranche"].valeur == "non connue – reportez le chiffre de votre contrat"
    assert dits["Évaluation"].note == "date par défaut, à vérifier sur votre contrat"
    assert dits["Jours suspendus"].valeur == "aucun"
    facts = par_nom(indicateur_facts(evalue, evalue.patientele_mt, None))
    assert facts["Objectif"].valeur == "non connu – reportez le chiffre de votre contrat"
    assert facts["Aujourd’hui"].valeur == "aucun relevé depuis le début du contrat"
    assert {facts[nom].valeur for nom in ("Attendu à cette date", "Écart", "Part du gain prévu", "Gain requis")} == {
        "inconnu"
    }
    assert "Barème publié" not in facts


def test_what_changed_since_the_signature() -> None:
    signe = contrat(
        option("2024-01-01", PLEIN), suspension("2024-02-01", "2024-02-10"), resiliation("2027-01-01"),
        objectif=objectif(le=None), derogation="rqth",
    )  # fmt: skip
    dits = des_termes(juger(pratique(signe), AU))
    assert (dits["Option"].valeur, dits["Option"].note) == (f"1{INS}ETP", f"1/2{INS}ETP à la signature")
    assert dits["Dernier jour"].note == "résilié à compter du 01/01/2027"
    assert "prévue le 01/01/2026, déplacée par les suspensions" in dits["Évaluation"].note
    assert "par défaut" in dits["Évaluation"].note
    assert "RQTH" in dits["Dérogation"].valeur


def test_a_group_whose_terms_are_incomplete() -> None:
    dits = des_termes(juger(pratique(collectif()), "2026-11-15"))
    assert dits["Structure"].valeur == "non renseignée"
    assert dits["Gains antérieurs"].valeur == "non renseignés"
    assert dits["Médecins"].valeur.count("Dr") == 2


def test_keeping_the_reference_and_an_indicator_that_does_not_count() -> None:
    cardiologue = medecin(specialite="cardiologie")
    lectures = [releve(f"2024-0{mois}-28", 1000 + mois, 2000 + mois) for mois in range(1, 7)]
    evalue = juger(pratique(contrat(objectif=objectif(1000, 2400)), medecins=[cardiologue], releves=lectures), AU)
    facts = par_nom(indicateur_facts(evalue, evalue.patientele_mt, None))
    assert facts["Objectif"].note == "se maintenir à la référence"
    assert facts["Compte pour le contrat"].valeur == "non, pour information"
    assert "entre" in facts["Tendance à l’évaluation"].note
    assert facts["Aujourd’hui"].note == "CPAM, 28/06/2024"


def test_eligibility_with_its_reasons() -> None:
    exclu = juger(pratique(contrat(), medecins=[medecin(secteur="3")]), AU)
    facts = eligibilite_facts(exclu)
    assert facts[0].valeur == "non, d’après les règles connues"
    assert (facts[1].nom, facts[1].role) == ("Exclut", "sous_la_reference")
    assert "Avenant n° 7" in facts[1].note
    hors = eligibilite_facts(juger(pratique(contrat(signe_le=j("2010-01-01"))), AU))
    assert hors[0].valeur == "à vérifier"
    assert "à cette date de signature" in hors[1].valeur


def test_the_aid_of_each_year() -> None:
    dossier = pratique(contrat(resiliation("2025-06-01"), option_etp=DEMI))
    notifie = Notification(contrat="c1", annee_contrat=2, montant=1_234_500, notifie_le=date(2024, 3, 1), reference="")
    facts = aide_facts(juger(dossier.model_copy(update={"notifications": (notifie,)}), AU))
    assert facts[1].valeur == f"12{INS}345{INS}€"
    assert "notifié par la CPAM le 01/03/2024" in facts[1].note
    assert facts[2].valeur.endswith("au plus")
    assert facts[3].valeur == "aucune"
    inconnue = aide_facts(juger(pratique(contrat(option_etp=PLEIN * 2)), AU))
    assert inconnue[0].valeur.startswith("non publié")


def test_an_end_that_came_early_and_what_follows() -> None:
    fini = Resiliation(type="resiliation", du=j("2024-01-01"), motif="", cause="demenagement")
    suivant = contrat(id="c9", texte="convention_2024", signe_le=j("2024-07-01"), debut_le=j("2024-07-01"),
                      objectif=None)  # fmt: skip
    dossier = pratique(contrat(fini), suivant)
    from assistmed_desktop.rules.evaluation import evaluate

    baremes = charger_baremes()
    evalue = evaluate(dossier, j(AU), baremes).contrats[0]
    analyse = analyser(dossier, evalue, baremes)
    facts = par_nom(fin_facts(analyse.fin))
    assert facts["Reste"].valeur == "contrat terminé"
    assert "déménagement" in facts["Dernier jour"].note
    assert f"1er{INS}juillet{INS}2024" in facts["Dans ce dossier"].valeur
    assert par_nom(suite_facts(analyse.renouvellement))["Premier jour possible"].valeur
    savoir = a_savoir(evalue, analyse)
    assert [fact.nom for fact in savoir] == sorted((fact.nom for fact in savoir), key=lambda nom: nom != "À vérifier")
    assert len(savoir) >= len(a_savoir(evalue, None))
