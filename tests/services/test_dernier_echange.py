"""The day from which a *bilan d'étape* counts, and where it comes from."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistmed_desktop.domain.contrat import Objectif, Proposition
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.suivi import CodeEcheance, Correction, EcheanceFaite, Notification
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.services.dernier_echange import Depart, depart
from assistmed_desktop.services.rapports import Demande
from tests.services.outils import exemple
from tests.strategies import dossiers

j = date.fromisoformat
DEBUT, AU = j("2022-03-15"), j("2025-01-15")


def faite(le: str, code: CodeEcheance = "point_etape", contrat: str = "c1") -> EcheanceFaite:
    return EcheanceFaite(contrat=contrat, code=code, le=j("2023-03-15"), faite_le=j(le), note="confidentiel")


def notifiee(le: str, reference: str = "", contrat: str = "c1") -> Notification:
    return Notification(contrat=contrat, annee_contrat=2, montant=100, notifie_le=j(le), reference=reference)


def proposee(le: str, contrat: str = "c1") -> Proposition:
    objectif = Objectif(patientele_mt=None, file_active=None, evaluation_le=None)
    return Proposition(
        contrat=contrat, recue_le=j(le), option_etp=None, reference=None, objectif=objectif, note="confidentiel"
    )


def corrigee(repondue: str | None, medecin: str = "m1") -> Correction:
    return Correction(
        medecin=medecin,
        indicateur="file_active",
        releve_le=j("2023-06-30"),
        valeur_cpam=1,
        valeur_demandee=2,
        demandee_le=j("2023-07-01"),
        repondue_le=None if repondue is None else j(repondue),
        valeur_accordee=None,
        note="confidentiel",
    )


def avec(**listes: object) -> Dossier:
    return exemple().model_copy(update=listes)


def trouver(dossier: Dossier, au: date = AU, depuis: date | None = None) -> Depart:
    return depart(dossier, Demande("etape", "c1", au, depuis))


def dit(trouve: Depart) -> str:
    return trouve.phrase.replace(INSECABLE, " ")


def test_without_any_exchange_the_contract_begins_it() -> None:
    trouve = trouver(exemple())
    assert (trouve.le, trouve.origine) == (DEBUT, "debut")
    assert dit(trouve) == "Aucun échange avec la caisse n'est noté depuis le début du contrat, le 15 mars 2022."


@pytest.mark.parametrize(
    ("listes", "attendu"),
    [
        ({"echeances_faites": (faite("2023-04-02"),)}, "point d'étape avec la CPAM, prévu le 15/03/2023"),
        ({"echeances_faites": (faite("2023-04-02", "evaluation"),)}, "évaluation de l'objectif, prévu le 15/03/2023"),
        ({"notifications": (notifiee("2023-04-02"),)}, "notification du montant de l'année 2"),
        ({"notifications": (notifiee("2023-04-02", "N 7"),)}, "notification du montant de l'année 2 (N 7)"),
        ({"propositions": (proposee("2023-04-02"),)}, "proposition de la caisse pour le contrat suivant"),
        (
            {"corrections": (corrigee("2023-04-02"),)},
            "réponse à la correction demandée, file active au 30/06/2023",
        ),
    ],
)
def test_each_exchange_is_named(listes: dict[str, object], attendu: str) -> None:
    trouve = trouver(avec(**listes))
    assert (trouve.le, trouve.origine) == (j("2023-04-02"), "echange")
    assert dit(trouve) == f"Dernier échange noté avec la caisse le 2 avril 2023 : {attendu}."
    assert "confidentiel" not in trouve.phrase


@pytest.mark.parametrize(
    "listes",
    [
        {"echeances_faites": (faite("2023-04-02", "contrat_travail_cpam"),)},
        {"echeances_faites": (faite("2023-04-02", contrat="c2"),)},
        {"notifications": (notifiee("2023-04-02", contrat="c2"),)},
        {"propositions": (proposee("2023-04-02", contrat="c2"),)},
        {"corrections": (corrigee(None),)},
        {"corrections": (corrigee("2023-04-02", medecin="m2"),)},
        {"notifications": (notifiee(AU.isoformat()), notifiee("2025-02-01"), notifiee(DEBUT.isoformat()))},
    ],
)
def test_what_is_no_exchange_of_the_contract_by_then_does_not_count(listes: dict[str, object]) -> None:
    assert trouver(avec(**listes)).origine == "debut"


def test_the_last_exchange_counts_and_a_review_of_the_same_day_says_more() -> None:
    dossier = avec(
        notifications=(notifiee("2024-05-01"), notifiee("2023-05-01")),
        echeances_faites=(faite("2024-05-01"), faite("2022-09-01")),
    )
    assert dit(trouver(dossier)).startswith("Dernier échange noté avec la caisse le 1er mai 2024 : point d'étape")


@pytest.mark.parametrize(
    ("demande", "le", "phrase"),
    [
        ("2024-02-01", "2024-02-01", "Depuis le 1er février 2024, jour donné pour le dernier échange."),
        ("2020-02-01", "2022-03-15", "Depuis le début du contrat, le 15 mars 2022 : le jour demandé, "),
        ("2026-02-01", "2025-01-15", "Le jour demandé, 1er février 2026, vient après celui du bilan."),
    ],
)
def test_the_day_asked_for_prevails_within_the_contract(demande: str, le: str, phrase: str) -> None:
    trouve = trouver(avec(notifications=(notifiee("2024-05-01"),)), depuis=j(demande))
    assert (trouve.le, trouve.origine) == (j(le), "demande")
    assert dit(trouve).startswith(phrase)


@pytest.mark.parametrize("au", [DEBUT, DEBUT - timedelta(days=400)])
def test_before_the_contract_nothing_can_have_changed(au: date) -> None:
    trouve = trouver(exemple(), au, depuis=j("2023-01-01"))
    assert (trouve.le, dit(trouve)) == (au, "Le contrat commence le 15 mars 2022.")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(dossiers(), st.dates(j("1990-01-01"), j("2062-01-01")), st.none() | st.dates(j("1990-01-01"), j("2062-01-01")))
def test_the_day_is_never_after_that_of_the_report(dossier: Dossier, au: date, depuis: date | None) -> None:
    for contrat in dossier.contrats:
        trouve = depart(dossier, Demande("etape", contrat.id, au, depuis))
        assert min(contrat.debut_le, au) <= trouve.le <= au
