"""What the Patientèle page says of the analyses, without a window."""

from datetime import date
from functools import cache

import pytest

from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.domain.suivi import Mouvement, Releve
from assistmed_desktop.resources import chemin
from assistmed_desktop.rules.analyse import Analyse, analyser
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.ui.patientele_wording import (
    CountedMovement,
    WeighedReading,
    bridge_notes,
    bridge_of,
    counted_movements,
    followed_corrections,
    pace,
    pace_explanations,
    reconciliation,
    weighed_readings,
    weight,
)
from tests.rules.outils import collectif, j, pratique
from tests.rules.outils_lectures import avec, mouvement

AU = date(2026, 11, 15)
DEBUT = date(2023, 11, 6)


@cache
def demo() -> Dossier:
    return lire_dossier(chemin("demo", "dossier.json").read_bytes())


def analyse(dossier: Dossier, au: date = AU) -> Analyse:
    baremes = charger_baremes()
    return analyser(dossier, evaluate(dossier, au, baremes).contrats[0], baremes)


@cache
def de_la_demo() -> Analyse:
    return analyse(demo())


def lignes(*ajoutes: Releve) -> list[WeighedReading]:
    dossier = demo().model_copy(update={"releves": (*demo().releves, *ajoutes)})
    return weighed_readings(dossier.releves, analyse(dossier).sources, "m1", DEBUT, AU)


def releve(jour: str, **change: object) -> Releve:
    valeurs = {"patientele_mt": 1200, "file_active": None, "source": "logiciel", "note": ""} | change
    return Releve(medecin="m1", date=date.fromisoformat(jour), **valeurs)  # type: ignore[arg-type]


def test_the_pace_sets_what_is_needed_beside_what_was_won() -> None:
    patientele, _ = de_la_demo().rythme.indicateurs
    assert pace(patientele) == (
        "il faut +13,8 par mois\u00a0; gagné +4,3 sur 3\u00a0mois, +4,3 sur 6\u00a0mois, +3,8 sur 12\u00a0mois\u00a0; "
        "au mieux +6,2"
    )
    titres = [explication.titre for explication in pace_explanations(de_la_demo().rythme, "patientele_mt")]
    assert len(titres) == 6
    vide = analyse(demo().model_copy(update={"releves": ()})).rythme.indicateurs[0]
    assert pace(vide) == ""


def test_each_reading_is_told_what_it_weighs() -> None:
    dites = {(ligne.releve.date, ligne.releve.source): ligne for ligne in lignes()}
    compte = dites[date(2026, 10, 31), "amelipro"]
    assert weight(compte, "patientele_mt") == weight(compte, "file_active") == "compte"
    assert weight(dites[date(2026, 9, 30), "amelipro"], "patientele_mt") == "retenu"
    loin = dites[date(2026, 11, 9), "logiciel"]
    assert weight(loin, "patientele_mt") == "écarté, +2,7\u00a0% (+32), à vérifier"
    assert weight(loin, "file_active") == "écarté, +1,4\u00a0% (+26)"
    (estimation,) = [ligne for ligne in lignes() if ligne.releve.source == "estimation"]
    assert weight(estimation, "patientele_mt").startswith("repère")


def test_a_count_outside_the_contract_or_absent_weighs_nothing() -> None:
    avant, apres = releve("2023-01-31"), releve("2026-12-31")
    dites = {ligne.releve.date: ligne for ligne in lignes(avant, apres)}
    assert weight(dites[avant.date], "patientele_mt") == "avant le contrat"
    assert weight(dites[apres.date], "patientele_mt") == "à venir"
    assert weight(dites[apres.date], "file_active") == ""


def test_two_readings_alike_each_keep_their_weight() -> None:
    deux = [ligne for ligne in lignes(releve("2026-10-31", patientele_mt=1178, source="amelipro"))
            if ligne.releve.date == date(2026, 10, 31)]  # fmt: skip
    assert {weight(ligne, "patientele_mt") for ligne in deux} == {"compte", "écarté"}


def test_the_gaps_between_sources_are_counted() -> None:
    assert reconciliation(de_la_demo().sources, "m1").startswith("7\u00a0écarts de plus de 2\u00a0% à vérifier")
    assert reconciliation(de_la_demo().sources, "m9").startswith("Aucun écart de plus de 2\u00a0%")


def test_a_correction_is_told_how_it_stands() -> None:
    corrections = demo().corrections
    etats = [ligne.etat for ligne in followed_corrections(corrections, de_la_demo().sources, "m1")]
    assert etats == ["refusée le\u00a019/01/2026", "sans réponse"]
    seules = [ligne.etat for ligne in followed_corrections(corrections, None, "m1")]
    assert seules == ["répondue le\u00a019/01/2026", "sans réponse"]
    accordee = corrections[2].model_copy(update={"repondue_le": AU, "valeur_accordee": 1190})
    dossier = demo().model_copy(update={"corrections": (accordee,)})
    (ligne,) = followed_corrections(dossier.corrections, analyse(dossier).sources, "m1")
    assert ligne.etat == "accordée en partie le\u00a015/11/2026, à saisir"


@pytest.mark.parametrize(
    ("du", "au", "dite"),
    [
        ("2025-01-01", "2025-12-31", "2025"),
        ("2025-01-01", "2025-06-30", "01/2025 – 06/2025"),
        ("2025-02-01", "2025-02-28", "02/2025"),
        ("2025-01-01", "2026-12-31", "01/2025 – 12/2026"),
        ("2025-01-15", "2025-02-28", "15/01/2025 – 28/02/2025"),
    ],
)
def test_a_period_is_told_shortly(du: str, au: str, dite: str) -> None:
    celui = Mouvement(medecin="m1", du=date.fromisoformat(du), au=date.fromisoformat(au), entrees=9, deces=1,
                      departs=2, autres_sorties=3)  # fmt: skip
    ligne = CountedMovement(celui, "")
    assert (ligne.periode, ligne.solde) == (dite, 3)


def test_movements_are_told_their_place_in_the_bridge() -> None:
    siens = de_la_demo().mouvements.medecins[0]
    places = [ligne.place for ligne in counted_movements(demo().mouvements, siens, "m1")]
    assert places[:3] == ["hors de l’intervalle", "à cheval, comptée", "comptée"]
    assert {ligne.place for ligne in counted_movements(demo().mouvements, None, "m1")} == {""}
    court = avec(demo(), mouvements=(mouvement("2023-01-01", "2023-12-31", 9, (1, 1, 0)),))
    (ligne,) = counted_movements(court.mouvements, analyse(court).mouvements.medecins[0], "m1")
    assert ligne.place == "à cheval, laissée"
    assert "laissée de côté" in bridge_notes(analyse(court).mouvements)[-1]


def test_the_bridge_of_a_group_stands_for_a_doctor_whose_own_is_unknown() -> None:
    pont, du_groupe = bridge_of(de_la_demo().mouvements, "m1")
    assert pont is not None
    assert (pont.reference, du_groupe) == (1068, False)
    dossier = avec(pratique(collectif()), mouvements=(mouvement("2026-02-01", "2026-03-31", 9, (1, 1, 0)),))
    mouvements = analyse(dossier, j("2026-07-01")).mouvements
    assert bridge_of(mouvements, "m1") == (mouvements.ensemble, True)
