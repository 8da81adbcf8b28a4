"""The demonstration practice: a valid dossier that holds something of everything, and nothing from after its day."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistmed_desktop.domain.contrat import NouvelObjectif, Suspension
from assistmed_desktop.domain.dossier import Dossier, ecrire_dossier, lire_dossier
from assistmed_desktop.domain.valeurs import Valeur
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistmed_desktop.domain.assistant import Assistant, Mission
    from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel
    from assistmed_desktop.domain.suivi import Releve
    from assistmed_desktop.rules.resultats import EvaluationContrat

FICHIER = Path(__file__).parents[2] / "resources" / "demo" / "dossier.json"
JOUR = date(2026, 11, 15)
DATES_DU_CONTRAT = {"evaluation_le", "echeance_le"}


@pytest.fixture(scope="module")
def demo() -> Dossier:
    return lire_dossier(FICHIER.read_bytes())


def contrat(demo: Dossier, identifiant: str) -> ContratIndividuel | ContratCollectif:
    return next(c for c in demo.contrats if c.id == identifiant)


def assistant(demo: Dossier, identifiant: str) -> Assistant:
    return next(a for a in demo.assistants if a.id == identifiant)


def releves(demo: Dossier, medecin: str, *sources: str) -> list[Releve]:
    return [r for r in demo.releves if r.medecin == medecin and r.source in sources]


def test_written_back_it_is_the_same_file(demo: Dossier) -> None:
    assert ecrire_dossier(demo).encode() == FICHIER.read_bytes()


def test_place_and_people_are_plainly_invented(demo: Dossier) -> None:
    assert demo.cabinet.commune == "Saint-Exemple-en-Morvan"
    assert demo.cabinet.code_postal == "58999"
    assert all(medecin.rpps.startswith("10009999") for medecin in demo.medecins)


def test_nothing_is_dated_after_the_day_of_the_demonstration(demo: Dossier) -> None:
    plus_tard = [(cle, jour) for cle, jour in dates_de(demo) if jour > JOUR and cle not in DATES_DU_CONTRAT]
    assert plus_tard == []
    assert all(activite.mois <= f"{JOUR:%Y-%m}" for activite in demo.activite)


def dates_de(valeur: Valeur) -> Iterator[tuple[str, date]]:
    for cle, contenu in valeur:
        for element in contenu if isinstance(contenu, tuple) else (contenu,):
            if isinstance(element, date):
                yield cle, element
            elif isinstance(element, Valeur):
                yield from dates_de(element)


def test_four_doctors_hold_one_contract_each(demo: Dossier) -> None:
    assert [c.medecins for c in demo.contrats] == [("m1",), ("m2",), ("m3",), ("m4",)]
    assert [c.texte for c in demo.contrats] == ["reglement_arbitral_2023", *["avenant_7"] * 3]
    assert [c.option_etp for c in demo.contrats] == [Fraction(1, 2), *[Fraction(1, 3)] * 3]
    assert [c.tranche for c in demo.contrats[1:]] == ["P30-P50", "P50-P70", "P70-P90"]


@pytest.mark.parametrize(("identifiant", "hausse"), [("c2", "0.20"), ("c3", "0.15"), ("c4", "0.075")])
def test_objectives_of_avenant_7_follow_their_band(demo: Dossier, identifiant: str, hausse: str) -> None:
    signe = contrat(demo, identifiant)
    assert signe.objectif is not None
    taux = 1 + Fraction(hausse)
    assert signe.objectif.patientele_mt == -(-signe.reference.patientele_mt * taux // 1)
    assert signe.objectif.file_active == -(-signe.reference.file_active * taux // 1)


def test_one_objective_was_amended_where_the_evaluation_had_no_date(demo: Dossier) -> None:
    c4 = contrat(demo, "c4")
    assert c4.objectif is not None
    assert c4.objectif.evaluation_le is None
    (avenant,) = c4.avenants
    assert isinstance(avenant, NouvelObjectif)
    assert avenant.objectif.evaluation_le is not None
    assert avenant.objectif.evaluation_le > JOUR


def test_a_suspension_covers_the_absence_and_the_change_of_assistant(demo: Dossier) -> None:
    (suspension,) = contrat(demo, "c1").avenants
    assert isinstance(suspension, Suspension)
    assert suspension.au is not None
    assert 110 <= (suspension.au - suspension.du).days + 1 <= 130
    partie, venue = assistant(demo, "a1"), assistant(demo, "a2")
    (absence,) = partie.absences
    assert (absence.du, absence.au) == (suspension.du, suspension.au)
    assert partie.embauches[-1].au == partie.affectations[-1].au == suspension.au
    assert venue.embauches[-1].du == venue.affectations[-1].du == suspension.au + timedelta(days=1)


def test_one_full_time_assistant_is_shared_by_three_contracts(demo: Dossier) -> None:
    partagee = assistant(demo, "a3")
    assert [e.role for e in partagee.embauches] == ["temps_plein"]
    assert {a.contrat: a.etp for a in partagee.affectations} == dict.fromkeys(("c2", "c3", "c4"), Fraction(1, 3))


def test_training_is_at_three_different_stages(demo: Dossier) -> None:
    etapes = {a.id: (a.formation.voie, a.formation.obtention_le is not None) for a in demo.assistants if a.formation}
    assert etapes == {"a1": ("cqp", True), "a2": ("cqp", False), "a3": ("fae", True)}


def test_no_assistant_is_given_more_than_their_hours(demo: Dossier) -> None:
    for personne in demo.assistants:
        confiees = [m for m in demo.missions if m.assistant == personne.id]
        assert {m.domaine for m in confiees} == {"administratif", "consultation", "coordination"}
        for jour in {m.du for m in confiees}:
            (embauche,) = [e for e in personne.embauches if en_cours(e.du, e.au, jour)]
            minutes = sum(m.minutes_semaine for m in confiees if en_cours(m.du, m.au, jour))
            assert 0.95 <= minutes / (embauche.heures_hebdo * 60) <= 1
            assert all(liberees(m) <= m.minutes_semaine for m in confiees)


def test_each_assistants_tasks_changed_over_time(demo: Dossier) -> None:
    debuts = defaultdict(set)
    for mission in demo.missions:
        debuts[mission.assistant].add(mission.du)
    assert all(len(debuts[a.id]) >= 2 for a in demo.assistants)


def en_cours(du: date, au: date | None, jour: date) -> bool:
    return du <= jour and (au is None or jour <= au)


def liberees(mission: Mission) -> int:
    return mission.minutes_medecin_liberees or 0


def test_readings_span_four_years_in_the_order_of_their_entry(demo: Dossier) -> None:
    jours = [r.date for r in demo.releves]
    assert jours == sorted(jours)
    assert jours[0] <= date(2022, 12, 1)
    assert jours[-1] >= date(2026, 11, 1)
    assert 150 <= len(jours) <= 200
    assert {r.medecin for r in demo.releves} == {m.id for m in demo.medecins}
    assert Counter(r.source for r in demo.releves).keys() == {"amelipro", "cpam", "estimation", "logiciel"}
    incomplets = [r for r in demo.releves if r.patientele_mt is None or r.file_active is None]
    assert 2 <= len(incomplets) <= 6


def test_two_sources_disagree_now_and_then(demo: Dossier) -> None:
    officiels = releves(demo, "m1", "amelipro", "cpam")
    ecarts = {
        r.date
        for r in releves(demo, "m1", "logiciel")
        for autre in officiels
        if r.patientele_mt and autre.patientele_mt and abs((r.date - autre.date).days) < 31
        if abs(Fraction(r.patientele_mt, autre.patientele_mt) - 1) > Fraction(2, 100)
    }
    assert 3 <= len(ecarts) <= len(releves(demo, "m1", "logiciel")) / 2
    assert max(ecarts) > date(2026, 11, 1)


def test_counts_grow_without_leaps(demo: Dossier) -> None:
    for medecin in demo.medecins:
        suite = [r.patientele_mt for r in releves(demo, medecin.id, "amelipro", "cpam") if r.patientele_mt]
        assert suite[-1] > suite[0]
        assert all(-12 <= apres - avant <= 40 for avant, apres in pairwise(suite))


def test_movements_reconcile_with_the_readings(demo: Dossier) -> None:
    comptes = {(r.medecin, r.date): r.patientele_mt for r in demo.releves if r.source in ("amelipro", "cpam")}
    assert {m.medecin for m in demo.mouvements} == {m.id for m in demo.medecins}
    for mouvement in demo.mouvements:
        avant = comptes[mouvement.medecin, mouvement.du - timedelta(days=1)]
        apres = comptes[mouvement.medecin, mouvement.au]
        assert avant is not None
        assert apres is not None
        solde = mouvement.entrees - mouvement.deces - mouvement.departs - mouvement.autres_sorties
        assert abs(solde - (apres - avant)) <= 2


def test_activity_is_monthly_for_the_first_doctor(demo: Dossier) -> None:
    suivie = [a for a in demo.activite if a.medecin == "m1"]
    mois = [f"{annee}-{rang:02}" for annee in range(2022, 2027) for rang in range(1, 13)]
    assert [a.mois for a in suivie] == mois[mois.index("2022-12") : mois.index("2026-11")]
    assert all(350 <= a.actes <= 450 and 15 <= a.jours_travailles <= 20 for a in suivie)
    assert {a.medecin for a in demo.activite} > {"m1"}


def test_payments_hold_a_late_one_a_short_one_and_one_that_never_came(demo: Dossier) -> None:
    dus = [v for v in demo.versements if v.echeance_le is not None and v.echeance_le <= JOUR]
    assert len([v for v in dus if v.recu_le is None]) == 1
    assert any(v.montant_recu is not None and v.montant_du and v.montant_recu < v.montant_du for v in dus)
    assert any(v.recu_le and v.echeance_le and v.recu_le > v.echeance_le + timedelta(days=60) for v in dus)
    assert any(v.montant_du is None for v in demo.versements)


@pytest.mark.parametrize(
    ("identifiant", "euros"),
    [
        ("c1", {1: 18_000, 2: 14_000, 3: 11_000, 4: 5_500}),
        ("c2", {1: 12_000, 2: 9_000, 3: 7_350, 4: 7_350}),
        ("c3", {1: 12_000, 2: 9_000, 3: 7_350, 4: 7_350}),
        ("c4", {1: 12_000, 2: 9_000, 3: 7_350, 4: 7_350}),
    ],
)
def test_amounts_due_are_those_in_force_when_each_year_began(
    demo: Dossier, identifiant: str, euros: dict[int, int]
) -> None:
    dus: Counter[int] = Counter()
    for versement in demo.versements:
        if versement.contrat == identifiant and versement.montant_du is not None:
            dus[versement.annee_contrat] += versement.montant_du
    assert dus == {annee: montant * 100 for annee, montant in euros.items()}


@pytest.fixture(scope="module")
def evaluation(demo: Dossier) -> dict[str, EvaluationContrat]:
    return {c.id: c for c in evaluate(demo, JOUR, charger_baremes()).contrats}


@pytest.mark.parametrize(
    ("identifiant", "statut", "patientele_mt", "file_active"),
    [
        ("c1", "en_retard", "en_retard", "en_bonne_voie"),
        ("c2", "atteint", "atteint", "atteint"),
        ("c3", "en_retard", "en_retard", "atteint"),
        ("c4", "en_bonne_voie", "en_bonne_voie", "en_bonne_voie"),
    ],
)
def test_each_contract_has_the_status_it_was_made_for(
    evaluation: dict[str, EvaluationContrat], identifiant: str, statut: str, patientele_mt: str, file_active: str
) -> None:
    evalue = evaluation[identifiant]
    assert evalue.statut == statut
    assert [i.statut for i in evalue.indicateurs] == [patientele_mt, file_active]
    assert all(i.projection is not None for i in evalue.indicateurs)


def test_august_and_the_clean_up_of_december_turn_the_reading_over_and_not_the_verdict(demo: Dossier) -> None:
    baremes = charger_baremes()
    jours = [date(2023, 4, 1) + timedelta(days=7 * rang) for rang in range(120)]  # to July 2025, then to the evaluation
    juges = [next(c for c in evaluate(demo, jour, baremes).contrats if c.id == "c2").patientele_mt for jour in jours]
    bons = [(juge.statut != "en_retard", juge.statut_tenu != "en_retard") for juge in juges]

    assert sum(avant[0] != apres[0] for avant, apres in pairwise(bons)) >= 5
    assert sum(avant[1] != apres[1] for avant, apres in pairwise(bons)) == 1
    for jour, raison in ((date(2025, 1, 5), "31 décembre"), (date(2025, 9, 5), "l'été, août surtout")):
        creux = next(c for c in evaluate(demo, jour, baremes).contrats if c.id == "c2").patientele_mt
        assert (creux.statut, creux.statut_tenu) == ("en_retard", "en_bonne_voie")
        assert raison in (creux.creux or "")


def test_the_main_contract_has_something_to_explain(evaluation: dict[str, EvaluationContrat]) -> None:
    principal = evaluation["c1"]
    assert (principal.evaluation_le, principal.jours_suspendus) == (date(2027, 3, 5), 119)
    ecart, projection = principal.patientele_mt.ecart, principal.patientele_mt.projection
    assert ecart is not None
    assert -40 < ecart < -20
    assert projection is not None
    assert principal.patientele_mt.objectif is not None
    assert projection.haut < principal.patientele_mt.objectif
    assert "ecart_sources" in {a.code for a in principal.avertissements}
    assert {(e.code, e.etat) for e in principal.echeances} >= {("qualification", "urgente"), ("versement", "depassee")}


def test_the_day_inside_the_suspension_reads_as_suspended(demo: Dossier) -> None:
    assert evaluate(demo, date(2025, 7, 1), charger_baremes()).contrats[0].statut == "suspendu"


def test_no_year_received_more_than_its_maximum(demo: Dossier, evaluation: dict[str, EvaluationContrat]) -> None:
    for identifiant, evalue in evaluation.items():
        for annee in evalue.aide:
            assert annee.montant_max is not None
            recus = [v for v in demo.versements if (v.contrat, v.annee_contrat) == (identifiant, annee.annee)]
            assert sum(v.montant_recu or 0 for v in recus) <= annee.montant_max
