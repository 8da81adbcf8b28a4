"""What holds of the money, the staffing, the tasks and the comparison of every valid dossier, on every day."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.exchange.analyse_json.argent import argent_json
from assistmed_desktop.exchange.analyse_json.comparaison import comparaison_json
from assistmed_desktop.exchange.analyse_json.presence import presence_json
from assistmed_desktop.exchange.analyse_json.taches import taches_json
from assistmed_desktop.rules.argent import Argent, argent
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.comparaison import comparaison
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.partage import etp_couvert, part
from assistmed_desktop.rules.presence import jours_ouvres, presence
from assistmed_desktop.rules.taches import taches
from tests.rules.outils import affectation, assistant, contrat, j, pratique
from tests.rules.outils_suivi import avec, cout, notification, observation, sans_explication, versement
from tests.strategies import dossiers

JOURS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
lent = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
ANALYSES: list[tuple[Callable[..., Any], Callable[..., dict[str, Any]]]] = [
    (argent, argent_json),
    (presence, presence_json),
    (taches, taches_json),
    (comparaison, comparaison_json),
]


@lent
@given(dossiers(), JOURS)
def test_an_analysis_is_total_deterministic_and_explains_every_number(dossier: Dossier, au: date) -> None:
    relu = Dossier.model_validate_json(dossier.model_dump_json())
    for juge in evaluate(dossier, au, charger_baremes()).contrats:
        for analyser, ecrire in ANALYSES:
            resultat = analyser(dossier, juge, charger_baremes())
            ecrit = ecrire(resultat)

            json.dumps(ecrit, allow_nan=False)
            assert ecrire(analyser(relu, juge, charger_baremes())) == ecrit
            assert sans_explication(ecrit, resultat.chiffres) == []
            for explication in resultat.chiffres.values():
                assert explication.titre
                assert all(etape.libelle and etape.calcul and etape.resultat for etape in explication.etapes)


def comptes(dossier: Dossier, au: date) -> list[Argent]:
    return [argent(dossier, juge, charger_baremes()) for juge in evaluate(dossier, au, charger_baremes()).contrats]


@lent
@given(dossiers(), JOURS)
def test_euros_add_up_to_the_centime(dossier: Dossier, au: date) -> None:
    tous = comptes(dossier, au)
    recus = [v.montant_recu or 0 for v in dossier.versements if v.recu_le is not None and v.recu_le <= au]
    assert sum(compte.recu or 0 for compte in tous) == sum(recus)
    for compte in tous:
        for annee in compte.annees:
            prevus = [ligne for ligne in compte.echeancier if ligne.annee == annee.annee and ligne.part is not None]
            if annee.montant_base is not None and prevus:
                assert sum(ligne.montant_prevu or 0 for ligne in prevus) == annee.montant_base
                assert sum((ligne.part or Fraction(0) for ligne in prevus), Fraction(0)) == 1
        assert sum(ligne.montant_recu or 0 for ligne in compte.echeancier) == (compte.recu or 0)
        for scenario in compte.scenarios:
            connus = [annee.montant for annee in scenario.annees if annee.montant is not None]
            assert scenario.total == (sum(connus) if connus or not scenario.annees else None)
            assert all(montant >= 0 for montant in connus)
            assert all(annee.montant is not None for annee in scenario.annees if annee.connu)
        rythme, atteint, sans = compte.scenarios
        for pire in (rythme, sans):
            for au_pire, au_mieux in zip(pire.annees, atteint.annees, strict=True):
                assert (au_pire.montant or 0) <= (au_mieux.montant or 0)
                if au_pire.nature in ("notifie", "fixe", "verse"):
                    assert au_pire == au_mieux
        if compte.cout is not None and compte.cout.total is not None:
            assert compte.cout.total == sum(ligne.montant for ligne in compte.cout.lignes) + (compte.cout.a_venir or 0)


@lent
@given(dossiers(), JOURS)
def test_days_follow_each_other_and_shares_make_one(dossier: Dossier, au: date) -> None:
    for juge in evaluate(dossier, au, charger_baremes()).contrats:
        suivie = presence(dossier, juge, charger_baremes())
        suites: list[list[tuple[date, date]]] = [
            [(s.du, s.au) for s in suivie.segments],
            [(p.du, p.au) for p in taches(dossier, juge, charger_baremes()).periodes],
        ]
        for suite in suites:
            for (_, fin), (debut, _) in pairwise(suite):
                assert debut == fin + timedelta(days=1)
            if suite:
                assert (suite[0][0], suite[-1][1]) == (juge.contrat.debut_le, min(au, juge.fin_le))
        departement = dossier.cabinet.departement
        for segment in suivie.segments:
            assert segment.jours_ouvres == jours_ouvres(departement, segment.du, segment.au)
            assert segment.couvert or segment.causes
        assert 0 <= suivie.jours_ouvres_couverts <= suivie.jours_ouvres_requis
        assert sum(m.jours_ouvres for m in suivie.manques) == suivie.jours_ouvres_manquants

    for membre in dossier.assistants:
        parts = [part(membre, signe.id, au) for signe in dossier.contrats]
        assert sum(parts) in (0, 1)
        for signe in dossier.contrats:
            demande, couvert = etp_couvert(membre, signe.id, au, 35)
            assert 0 <= couvert <= demande


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)), st.integers(0, 40), st.sampled_from(["58", "57", "971", "988"]))
@settings(deadline=None)
def test_working_days_add_up_day_by_day(du: date, duree: int, departement: str) -> None:
    jours = [du + timedelta(days=rang) for rang in range(duree + 1)]

    assert jours_ouvres(departement, du, jours[-1]) == sum(jours_ouvres(departement, jour, jour) for jour in jours)
    assert all(jours_ouvres(departement, jour, jour) == 0 for jour in jours if jour.weekday() >= 5)


def test_the_order_of_entry_of_facts_of_different_dates_does_not_matter() -> None:
    paye = assistant(
        affectation("2023-01-01"), couts=(cout("2023-01-01", "2023-12-31", 1000), cout("2024-01-01", None, 1200))
    )
    base = pratique(contrat(), assistants=[paye])
    versements = (
        versement(3, echeance="2025-02-01", du=5500, recu=("2025-02-10", 5500)),
        versement(3, echeance="2025-08-01", du=5000),
    )
    notifications = (notification(3, 9000, "2025-06-01"), notification(3, 8000, "2025-04-01"))
    observations = tuple(observation(f"2024-06-0{jour}", 10 * jour) for jour in range(3, 9))
    a_l_endroit = avec(base, versements=versements, notifications=notifications, observations=observations)
    a_l_envers = avec(
        base,
        versements=versements[::-1],
        notifications=notifications[::-1],
        observations=observations[::-1],
        assistants=(paye.model_copy(update={"couts": paye.couts[::-1]}),),
    )
    for analyser, ecrire in ANALYSES:
        lus = [
            ecrire(
                analyser(dossier, evaluate(dossier, j("2026-01-01"), charger_baremes()).contrats[0], charger_baremes())
            )
            for dossier in (a_l_endroit, a_l_envers)
        ]
        assert lus[0] == lus[1]
