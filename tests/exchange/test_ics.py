"""The calendar file: read back by a parser of RFC 5545, the same uid whatever the day, nothing but the deadlines."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.exchange.ics import Evenement, ecrire_calendrier, evenements
from assistmed_desktop.resources import chemin
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.resultats import Evaluation

AU = date(2026, 11, 15)
MAINTENANT = datetime(2026, 11, 15, 9, 30, 12, 345, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo() -> Dossier:
    return lire_dossier(chemin("demo", "dossier.json").read_bytes())


@pytest.fixture(scope="module")
def evaluation(demo: Dossier) -> Evaluation:
    return evaluate(demo, AU, charger_baremes())


@pytest.fixture(scope="module")
def tous(demo: Dossier, evaluation: Evaluation) -> list[Evenement]:
    return evenements(demo, evaluation.contrats)


def lus(retenus: list[Evenement], maintenant: datetime = MAINTENANT) -> list[Any]:
    """Give the events as the parser reads them, whose values are of many kinds."""
    calendrier: Any = Calendar.from_ical(ecrire_calendrier(retenus, maintenant))
    assert calendrier["VERSION"] == "2.0"
    assert calendrier["PRODID"].startswith("-//AssistMed//")
    assert not calendrier.errors
    return list(calendrier.events)


def test_every_deadline_is_an_event_of_one_day(tous: list[Evenement], evaluation: Evaluation) -> None:
    echeances = [echeance for contrat in evaluation.contrats for echeance in contrat.echeances]
    trouves = lus(tous)
    assert [event["DTSTART"].dt for event in trouves] == [echeance.le for echeance in echeances]
    assert all(event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1) for event in trouves)
    assert {event["DTSTART"].params["VALUE"] for event in trouves} == {"DATE"}
    assert {event["DTSTAMP"].dt for event in trouves} == {MAINTENANT.replace(microsecond=0)}
    assert {event["TRANSP"] for event in trouves} == {"TRANSPARENT"}
    assert len({event["UID"] for event in trouves}) == len(echeances)


def test_lines_are_folded_as_the_norm_says(tous: list[Evenement]) -> None:
    contenu = ecrire_calendrier(tous, MAINTENANT)
    lignes = contenu.split(b"\r\n")
    assert b"\n" not in b"".join(lignes)
    assert max(len(ligne) for ligne in lignes) <= 75
    assert contenu == ecrire_calendrier(tous, MAINTENANT)


def test_it_says_in_french_what_is_due_whose_and_why(tous: list[Evenement]) -> None:
    evenement = next(e for e in tous if e.echeance.code == "qualification" and e.echeance.etat == "urgente")
    (event,) = lus([evenement])
    assert event["SUMMARY"] == "CQP de Denise Baudu à obtenir"
    description = str(event["DESCRIPTION"])
    assert description.startswith("Contrat d’aide à l’emploi d’un assistant médical : Dr Claire Benassis\n")
    assert "Source (à vérifier) : Règlement arbitral de 2023" in description
    assert description.endswith("Le contrat signé avec la CPAM prévaut.")
    assert "'" not in description
    assert [str(nom) for nom in event["CATEGORIES"].cats] == ["Qualification à obtenir"]


def test_reminders_come_before_what_is_still_to_do(tous: list[Evenement]) -> None:
    a_venir = next(e for e in tous if e.echeance.etat == "a_venir")
    (event,) = lus([a_venir])
    rappels = [(alarme["ACTION"], alarme["TRIGGER"].dt) for alarme in event.walk("VALARM")]
    assert rappels == [
        ("DISPLAY", timedelta(days=-30, hours=9)),
        ("DISPLAY", timedelta(days=-7, hours=9)),
    ]
    for etat in ("faite", "passee", "depassee"):
        (event,) = lus([next(e for e in tous if e.echeance.etat == etat)])
        assert not event.walk("VALARM"), etat


def test_what_is_done_is_told(tous: list[Evenement]) -> None:
    faite = next(e for e in tous if e.echeance.code == "contrat_travail_cpam" and e.echeance.fait_le is not None)
    (event,) = lus([faite])
    assert event["SUMMARY"].startswith("Fait : Contrat de travail")
    assert faite.echeance.fait_le is not None
    assert f"Fait le {faite.echeance.fait_le:%d/%m/%Y}" in event["DESCRIPTION"]


def test_the_uid_stays_when_the_day_moves(demo: Dossier, evaluation: Evaluation, tous: list[Evenement]) -> None:
    contrat = evaluation.contrats[0]
    deplacees = tuple(replace(e, le=e.le + timedelta(days=30)) for e in contrat.echeances)
    apres = evenements(demo, [replace(contrat, echeances=deplacees)])
    assert [e.uid for e in apres] == [e.uid for e in tous[: len(apres)]]
    (avant,), (plus_tard,) = lus(tous[:1]), lus(apres[:1], MAINTENANT + timedelta(days=1))
    assert avant["UID"] == plus_tard["UID"]
    assert avant["SEQUENCE"] < plus_tard["SEQUENCE"]


def test_the_same_contract_of_another_practice_has_other_uids(demo: Dossier, evaluation: Evaluation) -> None:
    autres = tuple(m.model_copy(update={"rpps": "10003456786"}) for m in demo.medecins)
    ailleurs = evenements(demo.model_copy(update={"medecins": autres}), evaluation.contrats[:1])
    assert not {e.uid for e in ailleurs} & {e.uid for e in evenements(demo, evaluation.contrats[:1])}


def test_an_empty_list_is_still_a_calendar() -> None:
    assert lus([]) == []


def test_the_moment_is_written_in_universal_time(tous: list[Evenement]) -> None:
    paris = MAINTENANT.astimezone(ZoneInfo("Europe/Paris"))
    assert ecrire_calendrier(tous[:1], paris) == ecrire_calendrier(tous[:1], MAINTENANT)
