"""What holds between the objects of a dossier, and that one fault never makes another of a sound value."""

import json
from copy import deepcopy
from typing import Any

import pytest

from assistmed_desktop.domain.dossier import fautes_du_dossier, lire_dossier
from assistmed_desktop.domain.lecture import lecture_partielle
from assistmed_desktop.domain.suivi import Releve
from tests.domain.outils import Document, avec, complet, exemple, fautes, lire, place_de

HORS_DE_C2 = "hors du contrat, qui va du 01/02/2026 au 31/01/2029"
HORS_DE_C1 = "hors du contrat, qui va du 15/03/2022 au 14/03/2027"
MAINTIEN = "un contrat de maintien a pour objectif sa référence"


def _ajoute(document: Document, liste: str, **cles: object) -> Document:
    """Give a copy of a document with one more object in a list: the first of it, but for the keys given."""
    copie = deepcopy(document)
    objets: list[Any] = lire(copie, place_de(liste))
    objets.append({**objets[0], **cles})
    return copie


# --- ids


@pytest.mark.parametrize(
    ("chemin", "message"),
    [
        ("contrats[0].medecin", "le médecin « x9 » n'est pas dans ce dossier"),
        ("contrats[1].medecins[1]", "le médecin « x9 » n'est pas dans ce dossier"),
        ("assistants[0].affectations[1].contrat", "le contrat « x9 » n'est pas dans ce dossier"),
        ("missions[0].assistant", "l'assistant « x9 » n'est pas dans ce dossier"),
        ("releves[0].medecin", "le médecin « x9 » n'est pas dans ce dossier"),
        ("mouvements[0].medecin", "le médecin « x9 » n'est pas dans ce dossier"),
        ("activite[0].medecin", "le médecin « x9 » n'est pas dans ce dossier"),
        ("versements[1].contrat", "le contrat « x9 » n'est pas dans ce dossier"),
        ("corrections[0].medecin", "le médecin « x9 » n'est pas dans ce dossier"),
        ("notifications[0].contrat", "le contrat « x9 » n'est pas dans ce dossier"),
        ("echeances_faites[0].contrat", "le contrat « x9 » n'est pas dans ce dossier"),
        ("echeances_faites[1].assistant", "l'assistant « x9 » n'est pas dans ce dossier"),
        ("observations[0].assistant", "l'assistant « x9 » n'est pas dans ce dossier"),
        ("propositions[1].contrat", "le contrat « x9 » n'est pas dans ce dossier"),
        ("contrats[1].adhesions[0].medecin", "le médecin « x9 » n'est pas dans ce contrat"),
        ("contrats[1].docteurs_juniors[0].medecin", "le médecin « x9 » n'est pas dans ce contrat"),
    ],
)
def test_a_reference_leads_to_an_object_of_the_dossier(chemin: str, message: str) -> None:
    assert fautes(avec(complet(), chemin, "x9")) == [f"{chemin} : {message}"]


def test_a_doctor_of_the_practice_who_is_not_in_the_contract_has_no_adhesion_to_it() -> None:
    document = avec(complet(), "contrats[1].medecins", ["m2"])
    message = "le médecin « m1 » n'est pas dans ce contrat"
    assert fautes(document) == [
        f"contrats[1].adhesions[0].medecin : {message}",
        f"contrats[1].docteurs_juniors[0].medecin : {message}",
    ]


def test_a_doctor_is_once_in_a_collective_contract() -> None:
    document = avec(complet(), "contrats[1].medecins", ["m1", "m2", "m1", "m1"])
    assert fautes(document) == [
        "contrats[1].medecins[2] : le médecin « m1 » est déjà cité",
        "contrats[1].medecins[3] : le médecin « m1 » est déjà cité",
    ]


def test_a_doctor_is_once_in_a_dossier() -> None:
    document = avec(complet(), "medecins[1].rpps", "10003456786")
    assert fautes(document) == ["medecins[1].rpps : « 10003456786 » est déjà pris par medecins[0]"]


@pytest.mark.parametrize("liste", ["medecins", "contrats", "assistants"])
def test_an_id_taken_twice_leads_to_the_first_that_took_it(liste: str) -> None:
    cles = {"medecins": {"rpps": "10003456794"}}.get(liste, {})
    identifiant = exemple()[liste][0]["id"]
    assert fautes(_ajoute(exemple(), liste, **cles)) == [
        f"{liste}[1].id : « {identifiant} » est déjà pris par {liste}[0]"
    ]


def test_an_id_taken_three_times_is_two_faults() -> None:
    assert fautes(_ajoute(_ajoute(exemple(), "assistants"), "assistants")) == [
        "assistants[1].id : « a1 » est déjà pris par assistants[0]",
        "assistants[2].id : « a1 » est déjà pris par assistants[0]",
    ]


def test_a_doctor_a_contract_and_an_assistant_may_share_an_id() -> None:
    document = exemple()
    document["contrats"][0]["id"] = document["assistants"][0]["id"] = "m1"
    document["missions"][0]["assistant"] = "m1"
    document["assistants"][0]["affectations"][0]["contrat"] = document["versements"][0]["contrat"] = "m1"
    assert fautes(document) == []


def test_a_contract_that_is_there_twice_is_not_too_short_for_the_payments_of_the_other() -> None:
    document = avec(_ajoute(exemple(), "contrats", duree_ans=1), "versements[0].annee_contrat", 5)
    assert fautes(document)[0] == "contrats[1].id : « c1 » est déjà pris par contrats[0]"
    assert not [faute for faute in fautes(document) if faute.startswith("versements")]


# --- periods

SUSPENSIONS = "contrats[0].avenants"
ABSENCES = "assistants[0].absences"
EMBAUCHES = "assistants[0].embauches"
AFFECTATIONS = "assistants[0].affectations"
COUTS = "assistants[0].couts"
ADHESIONS = "contrats[1].adhesions"
JUNIORS = "contrats[1].docteurs_juniors"
AUTRE = {
    SUSPENSIONS: "une autre suspension",
    ABSENCES: "une autre absence",
    EMBAUCHES: "une autre embauche chez le même employeur",
    AFFECTATIONS: "une autre affectation au même contrat",
    "mouvements": "d'autres mouvements du même médecin",
    COUTS: "un autre coût",
    ADHESIONS: "une autre adhésion du même médecin",
    JUNIORS: "l'accueil d'un autre docteur junior par le même médecin",
}
LISTES = list(AUTRE)


def _periodes(liste: str, *periodes: tuple[str, str | None]) -> Document:
    """Give a document whose list holds these periods."""
    document = complet()
    document["contrats"][0]["avenants"] = document["contrats"][0]["avenants"][:1]
    document["contrats"][1].update(debut_le="2022-01-01", duree_ans=10, avenants=[])
    modele = lire(document, place_de(liste))[0]
    return avec(document, liste, [{**modele, "du": du, "au": au} for du, au in periodes])


@pytest.mark.parametrize("liste", LISTES)
@pytest.mark.parametrize("suivante", ["2023-06-01", "2023-06-15", "2023-06-30"])
def test_two_periods_share_no_day(liste: str, suivante: str) -> None:
    document = _periodes(liste, ("2023-06-01", "2023-06-30"), (suivante, "2023-08-31"))
    assert fautes(document) == [f"{liste}[1] : cette période chevauche {AUTRE[liste]}, commencée le 01/06/2023"]


@pytest.mark.parametrize("liste", LISTES)
def test_one_period_may_begin_the_day_after_another_ends_in_any_order_of_entry(liste: str) -> None:
    periodes = [("2023-07-01", "2023-08-31"), ("2023-06-01", "2023-06-30"), ("2023-09-01", "2023-09-01")]
    assert fautes(_periodes(liste, *periodes)) == []


@pytest.mark.parametrize("liste", LISTES)
def test_the_later_of_two_periods_is_at_fault_whatever_the_order_of_entry(liste: str) -> None:
    document = _periodes(liste, ("2023-06-15", "2023-08-31"), ("2023-06-01", "2023-06-30"))
    assert fautes(document) == [f"{liste}[0] : cette période chevauche {AUTRE[liste]}, commencée le 01/06/2023"]


@pytest.mark.parametrize("liste", LISTES)
def test_a_long_period_hides_none_of_those_it_covers(liste: str) -> None:
    document = _periodes(
        liste,
        ("2023-01-01", "2023-12-31"),
        ("2023-02-01", "2023-02-28"),
        ("2023-11-01", "2024-01-31"),
        ("2024-01-15", "2024-03-31"),
        ("2024-04-01", "2024-04-30"),
    )
    message = f"cette période chevauche {AUTRE[liste]}, commencée le"
    assert fautes(document) == [
        f"{liste}[1] : {message} 01/01/2023",
        f"{liste}[2] : {message} 01/01/2023",
        f"{liste}[3] : {message} 01/11/2023",
    ]


@pytest.mark.parametrize("liste", [liste for liste in LISTES if liste != "mouvements"])
def test_a_period_without_end_leaves_no_room_after_it(liste: str) -> None:
    document = _periodes(liste, ("2023-01-01", None), ("2024-02-01", None), ("2025-02-01", "2025-02-28"))
    message = f"cette période chevauche {AUTRE[liste]}, commencée le 01/01/2023"
    assert fautes(document) == [f"{liste}[1] : {message}", f"{liste}[2] : {message}"]
    assert fautes(_periodes(liste, ("2023-01-01", "2024-01-31"), ("2024-02-01", None))) == []
    debordante = _periodes(liste, ("2023-01-01", "2024-02-01"), ("2024-02-01", None), ("2024-03-01", "2024-03-31"))
    assert len(fautes(debordante)) == 2


@pytest.mark.parametrize("liste", [*LISTES, "missions"])
def test_a_period_does_not_end_before_it_begins(liste: str) -> None:
    document = _periodes(liste, ("2023-06-15", "2023-06-14"))
    assert fautes(document) == [f"{liste}[0].au : la fin (14/06/2023) précède le début (15/06/2023)"]
    assert fautes(_periodes(liste, ("2023-06-15", "2023-06-15"))) == []


@pytest.mark.parametrize(
    ("liste", "autre"),
    [
        (EMBAUCHES, {"employeur": "groupement_employeurs"}),
        (AFFECTATIONS, {"contrat": "c2"}),
        ("mouvements", {"medecin": "m2"}),
        ("activite", {"medecin": "m2"}),
        ("activite", {"mois": "2024-12"}),
        ("missions", {}),
        ("releves", {}),
        ("versements", {}),
        (ADHESIONS, {"medecin": "m2"}),
        (JUNIORS, {"medecin": "m2"}),
        ("corrections", {}),
        ("notifications", {"notifie_le": "2025-04-03"}),
        ("notifications", {"annee_contrat": 2}),
        ("notifications", {"contrat": "c2"}),
        ("echeances_faites", {}),
        ("observations", {"date": "2025-01-14"}),
        ("observations", {"assistant": "a2"}),
        ("propositions", {}),
    ],
)
def test_what_is_not_of_the_same_party_may_be_of_the_same_time(liste: str, autre: dict[str, str]) -> None:
    document = complet()
    document["assistants"][0]["affectations"].pop()
    document["assistants"].append({**document["assistants"][0], "id": "a2"})
    assert fautes(_ajoute(document, liste, **autre)) == []


def test_a_month_of_activity_is_entered_once_per_doctor() -> None:
    document = _ajoute(exemple(), "activite", actes=1)
    assert fautes(document) == ["activite[1].mois : le mois 2024-11 est déjà saisi pour ce médecin"]


def test_a_day_is_counted_once_per_assistant() -> None:
    document = _ajoute(complet(), "observations", minutes_medecin_liberees=0)
    assert fautes(document) == ["observations[1].date : le 13/01/2025 est déjà compté pour cet assistant"]


def test_an_amount_is_notified_once_a_day() -> None:
    document = _ajoute(complet(), "notifications", montant=1, reference="")
    assert fautes(document) == [
        "notifications[1].notifie_le : un montant notifié le 02/04/2025 est déjà saisi pour cette année du contrat"
    ]


# --- contract


@pytest.mark.parametrize(
    ("chemin", "jour", "message"),
    [
        ("contrats[0].avenants[0].du", "2022-03-14", f"le 14/03/2022 est {HORS_DE_C1}"),
        ("contrats[0].avenants[0].au", "2027-03-15", f"le 15/03/2027 est {HORS_DE_C1}"),
        ("contrats[0].avenants[1].du", "2021-12-31", f"le 31/12/2021 est {HORS_DE_C1}"),
        ("contrats[0].avenants[2].du", "2027-03-15", f"le 15/03/2027 est {HORS_DE_C1}"),
        ("contrats[0].avenants[3].du", "2030-01-01", f"le 01/01/2030 est {HORS_DE_C1}"),
        ("contrats[0].avenants[4].du", "2022-03-14", f"le 14/03/2022 est {HORS_DE_C1}"),
        (f"{ADHESIONS}[0].du", "2026-01-31", f"le 31/01/2026 est {HORS_DE_C2}"),
        (f"{ADHESIONS}[0].au", "2029-02-01", f"le 01/02/2029 est {HORS_DE_C2}"),
    ],
)
def test_an_amendment_and_an_adhesion_lie_within_their_contract(chemin: str, jour: str, message: str) -> None:
    assert fautes(avec(complet(), chemin, jour)) == [f"{chemin} : {message}"]


@pytest.mark.parametrize(
    ("chemin", "jour"),
    [
        ("contrats[0].avenants[0].du", "2022-03-15"),
        ("contrats[0].avenants[0].au", "2027-03-14"),
        ("contrats[0].avenants[4].du", "2022-03-15"),
        ("contrats[0].avenants[4].du", "2027-03-14"),
        (f"{ADHESIONS}[0].du", "2026-02-01"),
        (f"{ADHESIONS}[0].au", "2029-01-31"),
        (f"{JUNIORS}[0].du", "2020-01-01"),
    ],
)
def test_the_first_and_the_last_day_are_within_the_contract(chemin: str, jour: str) -> None:
    assert fautes(avec(complet(), chemin, jour)) == []


def test_a_contract_begun_on_29_february_ends_the_eve_of_28_february() -> None:
    document = exemple()
    contrat = document["contrats"][0]
    contrat.update(debut_le="2024-02-29", duree_ans=3)
    contrat["objectif"]["evaluation_le"] = "2027-01-31"
    contrat["avenants"][0].update(du="2024-02-29", au="2027-02-27")
    assert fautes(document) == []
    assert fautes(avec(document, "contrats[0].avenants[0].au", "2027-02-28")) == [
        "contrats[0].avenants[0].au : le 28/02/2027 est hors du contrat, qui va du 29/02/2024 au 27/02/2027"
    ]


@pytest.mark.parametrize("objectif", ["contrats[0].objectif", "contrats[0].avenants[2].objectif"])
@pytest.mark.parametrize(("cle", "reference"), [("patientele_mt", 1010), ("file_active", 1620)])
def test_a_target_is_not_under_its_reference(objectif: str, cle: str, reference: int) -> None:
    assert fautes(avec(complet(), f"{objectif}.{cle}", reference)) == []
    assert fautes(avec(complet(), f"{objectif}.{cle}", reference - 1)) == [
        f"{objectif}.{cle} : l'objectif ({reference - 1}) est sous la référence ({reference}) : {MAINTIEN}"
    ]


@pytest.mark.parametrize("objectif", ["contrats[0].objectif", "contrats[0].avenants[2].objectif"])
def test_the_evaluation_comes_after_the_start(objectif: str) -> None:
    place = f"{objectif}.evaluation_le"
    attendu = f"{place} : l'évaluation doit suivre le début du contrat (15/03/2022)"
    assert fautes(avec(complet(), place, "2022-03-16")) == []
    assert fautes(avec(complet(), place, "2022-03-15")) == [attendu]
    assert fautes(avec(complet(), place, "2021-03-15")) == [attendu]


def test_notice_is_given_before_the_contract_ends() -> None:
    place = "contrats[1].avenants[0].notifie_le"
    assert fautes(avec(complet(), place, "2028-12-31")) == []
    assert fautes(avec(complet(), place, "2029-01-01")) == [
        f"{place} : la résiliation est notifiée après avoir pris effet (le 31/12/2028)"
    ]


@pytest.mark.parametrize(("cle", "reference"), [("patientele_mt", 1190), ("file_active", 1860)])
def test_a_proposed_target_is_not_under_its_own_reference(cle: str, reference: int) -> None:
    place = f"propositions[0].objectif.{cle}"
    assert fautes(avec(complet(), place, reference)) == []
    assert fautes(avec(complet(), place, reference - 1)) == [
        f"{place} : l'objectif ({reference - 1}) est sous la référence ({reference}) : {MAINTIEN}"
    ]
    assert fautes(avec(complet(), f"propositions[1].objectif.{cle}", 0)) == []  # no reference


# --- assistants, readings, payments


@pytest.mark.parametrize(
    ("etapes", "cle", "avant"),
    [
        (("2022-09-01", "2022-08-31", "2023-11-20"), "debut_le", "01/09/2022"),
        (("2022-09-01", "2022-10-03", "2022-10-02"), "obtention_le", "03/10/2022"),
        (("2022-09-01", None, "2022-08-31"), "obtention_le", "01/09/2022"),
    ],
)
def test_the_steps_of_the_training_follow_each_other(etapes: tuple[str | None, ...], cle: str, avant: str) -> None:
    formation = dict(zip(("inscription_le", "debut_le", "obtention_le"), etapes, strict=True))
    document = avec(exemple(), "assistants[0].formation", {"voie": "cqp", **formation})
    assert fautes(document) == [f"assistants[0].formation.{cle} : cette étape précède la précédente, du {avant}"]


def test_the_steps_of_the_training_may_be_of_one_day_or_not_known() -> None:
    for etapes in (("2022-09-01",) * 3, (None, None, "2023-11-20"), (None, None, None)):
        formation = dict(zip(("inscription_le", "debut_le", "obtention_le"), etapes, strict=True))
        assert fautes(avec(exemple(), "assistants[0].formation", {"voie": "fae", **formation})) == []
    assert fautes(avec(exemple(), "assistants[0].formation", None)) == []


def test_a_reading_holds_at_least_one_count() -> None:
    document = _ajoute(exemple(), "releves", patientele_mt=None, file_active=None)
    assert fautes(document) == ["releves[1] : un relevé porte au moins un des deux chiffres"]


@pytest.mark.parametrize("cle", ["recu_le", "montant_recu"])
def test_a_payment_received_holds_its_date_and_its_amount(cle: str) -> None:
    document = avec(exemple(), f"versements[0].{cle}", None)
    assert fautes(document) == [f"versements[0].{cle} : un versement reçu porte à la fois sa date et son montant"]


@pytest.mark.parametrize(("duree", "message"), [(1, "1\u00a0an"), (2, "2\u00a0ans"), (9, "9\u00a0ans")])
def test_a_payment_is_of_a_year_of_its_contract(duree: int, message: str) -> None:
    document = exemple()
    document["contrats"][0].update(duree_ans=duree, avenants=[])
    document["versements"][0]["annee_contrat"] = duree
    assert fautes(document) == []
    document["versements"][0]["annee_contrat"] = duree + 1
    assert fautes(document) == [f"versements[0].annee_contrat : ce contrat ne dure que {message}"]


@pytest.mark.parametrize(("annee", "message"), [(5, None), (6, "ce contrat ne dure que 5\u00a0ans")])
def test_a_notified_amount_is_of_a_year_of_its_contract(annee: int, message: str | None) -> None:
    attendues = [] if message is None else [f"notifications[0].annee_contrat : {message}"]
    assert fautes(avec(complet(), "notifications[0].annee_contrat", annee)) == attendues


def test_an_answer_follows_what_was_asked() -> None:
    place = "corrections[0].repondue_le"
    assert fautes(avec(complet(), place, "2025-01-20")) == []
    assert fautes(avec(complet(), place, "2025-01-19")) == [f"{place} : la réponse précède la demande, du 20/01/2025"]


def test_a_count_granted_has_the_date_of_its_answer() -> None:
    attendue = "corrections[0].repondue_le : une valeur accordée porte la date de la réponse"
    sans_date = avec(complet(), "corrections[0].repondue_le", None)
    assert fautes(sans_date) == [attendue]
    assert fautes(avec(sans_date, "corrections[0].valeur_accordee", 0)) == [attendue]
    assert fautes(avec(sans_date, "corrections[0].valeur_accordee", None)) == []  # not answered yet
    assert fautes(avec(complet(), "corrections[0].valeur_accordee", None)) == []  # refused


# --- faults of both kinds together


@pytest.mark.parametrize(
    ("casse", "jugees"),
    [
        ("debut_le", ["objectif.patientele_mt"]),
        ("duree_ans", ["objectif.patientele_mt", "objectif.evaluation_le"]),
        ("reference", ["objectif.evaluation_le", "avenants[0].du", "avenants[0].au"]),
        ("objectif", ["avenants[0].du", "avenants[0].au"]),
        ("avenants[0].du", ["objectif.patientele_mt", "objectif.evaluation_le", "avenants[0].au"]),
        ("avenants", ["objectif.patientele_mt", "objectif.evaluation_le"]),
    ],
)
def test_what_needs_a_faulty_value_is_not_judged_and_the_rest_is(casse: str, jugees: list[str]) -> None:
    document = complet()
    contrat = document["contrats"][0]
    contrat["avenants"] = [{**contrat["avenants"][0], "du": "2021-01-01", "au": "2029-12-31"}]
    contrat["objectif"].update(patientele_mt=1, evaluation_le="2020-01-01")
    trouvees = [faute.split(" : ")[0].removeprefix("contrats[0].") for faute in fautes(document)]
    assert trouvees == ["objectif.patientele_mt", "objectif.evaluation_le", "avenants[0].du", "avenants[0].au"]
    trouvees = [
        faute.split(" : ")[0].removeprefix("contrats[0].")
        for faute in fautes(avec(document, f"contrats[0].{casse}", "?"))
    ]
    assert sorted(trouvees) == sorted([casse, *jugees])


def test_an_unreadable_id_accuses_no_reference_to_it() -> None:
    assert len(fautes(avec(complet(), "medecins[0].id", "é"))) == 1
    assert len(fautes(avec(complet(), "contrats[0].id", 1))) == 1
    assert len(fautes(avec(complet(), "assistants[0]", None))) == 1


@pytest.mark.parametrize(
    ("casse", "change", "attendue"),
    [
        # a missing reference leaves the day of the evaluation to be judged
        ("contrats[0].reference", ("contrats[0].objectif.evaluation_le", "2020-01-01"), "objectif.evaluation_le"),
        # one count of the objective, the other
        ("contrats[0].objectif.patientele_mt", ("contrats[0].objectif.file_active", 1), "objectif.file_active"),
        ("contrats[0].objectif.evaluation_le", ("contrats[0].objectif.file_active", 1), "objectif.file_active"),
        # a collective contract with a faulty date still names its doctors
        ("contrats[1].signe_le", ("contrats[1].medecins[1]", "m9"), "contrats[1].medecins[1]"),
        # one end of a suspension, the other
        ("contrats[0].avenants[0].au", ("contrats[0].avenants[0].du", "2021-01-01"), "avenants[0].du"),
        ("contrats[0].avenants[0].motif", ("contrats[0].avenants[0].au", "2023-05-01"), "avenants[0].au"),
        # the lists around a faulty one
        ("releves", ("mouvements[0].medecin", "m9"), "mouvements[0].medecin"),
        ("medecins", ("versements[0].contrat", "c9"), "versements[0].contrat"),
        ("missions[0].assistant", ("missions[0].au", "2020-01-01"), "missions[0].au"),
        ("assistants[0].formation.debut_le", ("assistants[0].formation.obtention_le", "2020-01-01"), "obtention_le"),
        ("versements[0].reference", ("versements[0].annee_contrat", 6), "annee_contrat"),
        ("releves[0].note", ("releves[0].medecin", "m9"), "releves[0].medecin"),
        # a faulty key among those that may be left out, the other checks of its object
        ("contrats[0].derogation", ("contrats[0].medecin", "m9"), "contrats[0].medecin"),
        ("contrats[1].structure", ("contrats[1].medecins[1]", "m9"), "contrats[1].medecins[1]"),
        ("contrats[1].avenants[0].notifie_le", ("contrats[1].avenants[0].du", "2020-01-01"), "avenants[0].du"),
        ("contrats[1].avenants[0].cause", ("contrats[1].avenants[0].notifie_le", "2029-01-01"), "notifie_le"),
        ("contrats[1].adhesions[0].reference", ("contrats[1].adhesions[0].medecin", "m9"), "adhesions[0].medecin"),
        ("contrats[1].adhesions", ("contrats[1].docteurs_juniors[0].medecin", "m9"), "docteurs_juniors[0].medecin"),
        ("contrats[1].medecins", ("contrats[1].adhesions[0].du", "2020-01-01"), "adhesions[0].du"),
        ("assistants[0].couts", ("assistants[0].affectations[0].contrat", "c9"), "affectations[0].contrat"),
        ("corrections", ("observations[0].assistant", "a9"), "observations[0].assistant"),
        ("corrections[0].demandee_le", ("corrections[0].medecin", "m9"), "corrections[0].medecin"),
        ("notifications[0].notifie_le", ("notifications[0].annee_contrat", 6), "annee_contrat"),
        ("echeances_faites[1].assistant", ("echeances_faites[1].contrat", "c9"), "contrat"),
        ("propositions[0].reference", ("propositions[0].contrat", "c9"), "propositions[0].contrat"),
        # and the other way round: a faulty value leaves them to be judged
        ("releves", ("propositions[0].objectif.file_active", 1), "propositions[0].objectif.file_active"),
        ("cabinet", ("corrections[0].repondue_le", "2020-01-01"), "corrections[0].repondue_le"),
    ],
)
def test_a_faulty_value_does_not_hide_a_fault_across_objects(
    casse: str, change: tuple[str, object], attendue: str
) -> None:
    deux = fautes(avec(avec(complet(), *change), casse, 3))
    assert [f for f in deux if f.startswith(f"{casse} : ")]
    (autre,) = [f for f in deux if not f.startswith(casse)]
    assert autre.split(" : ")[0].endswith(attendue)


def test_a_faulty_month_among_others_does_not_hide_a_double_one() -> None:
    document = _ajoute(_ajoute(_ajoute(exemple(), "activite", mois="2024-14"), "activite", medecin=1), "activite")
    assert fautes(document) == [
        "activite[1].mois : un mois s'écrit 2024-11",
        "activite[2].medecin : un texte entre guillemets est attendu",
        "activite[3].mois : le mois 2024-11 est déjà saisi pour ce médecin",
    ]


def test_keys_left_out_silence_no_check_beside_a_fault() -> None:
    document = exemple()
    document["releves"][0].update(note=3, medecin="m9")
    document["contrats"][0]["avenants"].append({"type": "resiliation", "du": "2030-01-01", "motif": ""})
    document["contrats"][0]["objectif"]["file_active"] = 1
    document["assistants"][0]["affectations"][0]["contrat"] = "c9"
    assert [faute.split(" : ")[0] for faute in fautes(document)] == [
        "contrats[0].objectif.file_active",
        "contrats[0].avenants[1].du",
        "assistants[0].affectations[0].contrat",
        "releves[0].medecin",
        "releves[0].note",
    ]


def test_a_faulty_day_among_others_does_not_hide_one_counted_twice() -> None:
    document = _ajoute(_ajoute(_ajoute(complet(), "observations", date="2025-02-30"), "observations"), "observations")
    assert [faute.split(" : ")[0] for faute in fautes(document)] == [
        "observations[1].date",
        "observations[2].date",
        "observations[3].date",
    ]


def test_a_faulty_hiring_among_others_does_not_hide_an_overlap() -> None:
    document = _ajoute(_ajoute(exemple(), EMBAUCHES, employeur="?"), EMBAUCHES)
    document["assistants"][0]["embauches"].append({**document["assistants"][0]["embauches"][0], "du": "?"})
    assert [faute.split(" : ")[0] for faute in fautes(document)] == [
        f"{EMBAUCHES}[1].employeur",
        f"{EMBAUCHES}[2]",
        f"{EMBAUCHES}[3].du",
    ]


def test_a_dossier_made_in_the_program_is_checked_like_one_that_is_read() -> None:
    dossier = lire_dossier(json.dumps(complet()))
    assert fautes_du_dossier(dossier) == []
    faux = dossier.model_copy(update={"medecins": (), "missions": (dossier.missions[0],) * 2})
    assert [faute.chemin for faute in fautes_du_dossier(faux)] == [
        "contrats[0].medecin",
        "contrats[1].medecins[0]",
        "contrats[1].medecins[1]",
        "releves[0].medecin",
        "mouvements[0].medecin",
        "activite[0].medecin",
        "corrections[0].medecin",
    ]


def test_a_bug_in_a_check_of_a_whole_dossier_is_not_swallowed() -> None:
    dossier = lire_dossier(json.dumps(exemple()))
    tronque = lecture_partielle(Releve, {"medecin": "m1"})
    with pytest.raises(AttributeError, match="patientele_mt"):
        fautes_du_dossier(dossier.model_copy(update={"releves": (tronque,)}))


# --- options


@pytest.mark.parametrize("option", ["1/4", "3/4", "5/2"])
def test_an_amendment_of_an_individual_contract_keeps_to_its_options(option: str) -> None:
    assert fautes(avec(complet(), "contrats[0].avenants[1].option_etp", option)) == [
        "contrats[0].avenants[1].option_etp : l'option d'un contrat individuel est 1/3, 1/2, 1, 3/2 ou 2"
    ]


def test_an_amendment_of_a_collective_contract_takes_any_number() -> None:
    document = complet()
    document["contrats"][1]["avenants"].append({"type": "option", "du": "2026-03-01", "option_etp": "9/2", "motif": ""})
    assert fautes(document) == []
