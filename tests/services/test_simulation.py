"""A hypothesis makes another dossier, and the evaluation judges it: figures worked out by hand, edges, properties.

The plain practice: 1 000 to 1 200 patients and 2 000 to 2 400, from 1 January 2023 to 1 January 2026, 1 096 days. On
2 July 2024, half of the way, it has 1 100 and 2 200; 548 days are left, 548 / 30.4375 = 18.0041 months.
"""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistmed_desktop.domain.contrat import ContratCollectif
from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.domain.suivi import Notification
from assistmed_desktop.exchange.analyse_json.simulation import simulation_json
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.services.scenarios import (
    GAIN_MAX,
    Hypothese,
    HypotheseImpossible,
    OptionSupposee,
    PeriodeSupposee,
    Scenario,
)
from assistmed_desktop.services.simulation import NOTE_SIMULATION, _jouer, scenario, simulation, simuler
from tests.rules.outils import (
    affectation,
    assistant,
    collectif,
    contrat,
    j,
    jours,
    medecin,
    morvan,
    nouvel_objectif,
    objectif,
    option,
    pratique,
    releve,
    resiliation,
    suspension,
)

AU = "2024-07-02"
BAREMES = charger_baremes()
DEMO = Path(__file__).parents[2] / "resources" / "demo" / "dossier.json"


def mi_chemin(*avenants: Any, **change: Any) -> Dossier:  # noqa: ANN401 - any field
    return pratique(contrat(*avenants, **change), releves=[releve(AU, 1100, 2200)])


def jouer(dossier: Dossier, au: str = AU, **suppose: Any) -> Scenario:  # noqa: ANN401 - any field
    return scenario(dossier, Hypothese("c1", **suppose), j(au), BAREMES)


def periode(du: str, au: str) -> tuple[PeriodeSupposee, ...]:
    return (PeriodeSupposee(j(du), j(au)),)


def dit(joue: Scenario, code: str) -> str:
    """Give the warnings of a code, in one text."""
    dits = [avertissement.message for avertissement in joue.avertissements if avertissement.code == code]
    return " ".join(dits).replace(INSECABLE, " ")


def codes(joue: Scenario) -> list[str]:
    return [avertissement.code for avertissement in joue.avertissements]


def test_a_gain_is_added_each_month_up_to_the_evaluation() -> None:
    joue = jouer(mi_chemin(), gain_mensuel=Fraction(6), departs=Fraction(1))
    patientele = joue.patientele_mt

    assert (joue.juge_le, joue.a_l_evaluation) == (j("2026-01-01"), True)
    # 1 100 + 5 × 18.0041 = 1 190.02, under the 1 200 of the target by 10.
    assert (patientele.valeur, patientele.ecart, patientele.statut) == (1190, -10, "en_retard")
    # 2 August 2024: 31 days, 5 × 31 / 30.4375 = 5.09; 579 of 1 096 days are done.
    premier = patientele.points[0]
    assert (premier.date, premier.valeur, premier.attendu) == (
        j("2024-08-02"), 1105, 1000 + Fraction(200 * 579, 1096),
    )  # fmt: skip
    assert premier.ecart == 105 - Fraction(200 * 579, 1096)
    assert [point.date for point in patientele.points][-2:] == [j("2025-12-02"), j("2026-01-01")]
    assert len(patientele.points) == 18
    assert patientele.points[-1].valeur == patientele.valeur


def test_the_day_the_target_is_reached_is_that_of_the_first_reading_that_does() -> None:
    # 10 a month: 1 200 needs 10 months of 30.4375 days, 304.375 days, which are over on 3 May 2025, the 305th day; the
    # reading of 2 May (304 days) gives 1 199.88, which is 1 200 in whole patients.
    assert jouer(mi_chemin(), gain_mensuel=Fraction(10)).patientele_mt.atteint_le == j("2025-05-02")
    # 9.9 a month: 1 198.88 on 2 May, so the next one.
    assert jouer(mi_chemin(), gain_mensuel=Fraction("9.9")).patientele_mt.atteint_le == j("2025-06-02")


def test_a_target_reached_after_the_evaluation_is_told_up_to_the_last_day_of_the_contract() -> None:
    # 5 a month: 100 patients in 20 months, 608.75 days: on 2 March 2026 (608 days) 1 199.88.
    tard = jouer(mi_chemin(), gain_mensuel=Fraction(5)).patientele_mt
    assert (tard.valeur, tard.atteint_le) == (1190, j("2026-03-02"))
    # The contract ends on 31 December 2027, 1 277 days after: 100 patients need 2.3835 a month.
    assert jouer(mi_chemin(), gain_mensuel=Fraction("2.39")).patientele_mt.atteint_le == j("2027-12-31")
    assert jouer(mi_chemin(), gain_mensuel=Fraction("2.36")).patientele_mt.atteint_le is None


def test_the_gain_required_by_the_evaluation_reaches_the_target() -> None:
    dossier = mi_chemin()
    (juge,) = evaluate(dossier, j(AU), BAREMES).contrats
    requis = juge.patientele_mt.gain_mensuel_requis

    assert jouer(dossier, gain_mensuel=requis).patientele_mt.statut == "atteint"


def test_more_departures_than_entries_lose_patients_but_never_below_none() -> None:
    # −4 a month: 1 100 − 4 × 18.0041 = 1 027.98.
    assert jouer(mi_chemin(), gain_mensuel=Fraction(0), departs=Fraction(4)).patientele_mt.valeur == 1028
    vide = jouer(mi_chemin(), gain_mensuel=Fraction(0), departs=Fraction(GAIN_MAX)).patientele_mt
    assert (vide.valeur, vide.statut) == (0, "sous_la_reference")


def test_without_a_gain_of_its_own_the_file_active_keeps_its_pace() -> None:
    # 200 in 548 days, so 200 more in the 548 left: 2 400, the target.
    joue = jouer(mi_chemin(), gain_mensuel=Fraction(6))
    assert (joue.file_active.rythme.genre, joue.file_active.valeur) == ("moyenne", 2400)  # type: ignore[union-attr]
    # −10 a month: 2 200 − 180.04 = 2 019.96.
    perdue = jouer(mi_chemin(), gain_mensuel=Fraction(6), gain_mensuel_file_active=Fraction(-10)).file_active
    assert (perdue.valeur, perdue.rythme.genre) == (2020, "suppose")  # type: ignore[union-attr]


def test_with_four_readings_the_own_pace_is_the_projection_of_the_dashboard() -> None:
    lus = [releve(j("2023-01-01") + jours(30 * n), 1000 + n * 3 + n % 2, 2000 + n * 9 - n % 3) for n in range(1, 13)]
    dossier = pratique(contrat(), releves=lus)
    (juge,) = evaluate(dossier, j(AU), BAREMES).contrats

    joue = jouer(dossier)
    for indicateur, simule in zip(juge.indicateurs, joue.indicateurs, strict=True):
        assert indicateur.projection is not None
        assert simule.rythme is not None
        assert simule.rythme.genre == "tendance"
        assert simule.valeur == round(indicateur.projection.valeur)


def test_on_the_first_day_there_is_no_pace_and_nothing_moves() -> None:
    dossier = pratique(contrat(), releves=[releve("2023-01-01", 1000, 2000)])

    joue = jouer(dossier, au="2023-01-01")
    assert (joue.patientele_mt.rythme.genre, joue.patientele_mt.valeur) == ("stable", 1000)  # type: ignore[union-attr]
    assert joue.phrases[0].startswith("Sans aucun changement")


def test_a_supposed_suspension_moves_the_evaluation_and_the_expected_path() -> None:
    # September 2024, 30 days: the evaluation moves to 31 January 2026, 578 days after; 5 a month gives 94.95 more.
    joue = jouer(mi_chemin(), gain_mensuel=Fraction(5), suspensions=periode("2024-09-01", "2024-09-30"))

    assert (joue.juge_le, joue.evaluation.jours_suspendus) == (j("2026-01-31"), 30)
    assert joue.patientele_mt.valeur == 1195
    plats = {point.attendu for point in joue.patientele_mt.points if point.date in (j("2024-09-02"), j("2024-10-02"))}
    # On 2 September 610 days are done, 2 of them suspended; on 2 October 640, 30 of them suspended.
    assert plats == {1000 + Fraction(200 * 608, 1096), 1000 + Fraction(200 * 610, 1096)}
    assert {"simulation_suspension", "simulation_suspension_courte"} <= set(codes(joue))
    assert dit(joue, "simulation_aide_suspendue") == (
        "L'effet d'une suspension sur l'aide n'est pas publié : les montants montrés n'en tiennent pas compte. "
        "Demandez à la CPAM ce qu'elle verse pendant la suspension."
    )
    assert "simulation_aide_suspendue" not in codes(jouer(mi_chemin()))


def test_two_suspensions_may_be_supposed_and_add_up() -> None:
    deux = (*periode("2024-09-01", "2024-09-30"), *periode("2025-01-01", "2025-01-10"))

    assert jouer(mi_chemin(), suspensions=deux).evaluation.jours_suspendus == 40


@pytest.mark.parametrize(("au", "courte"), [("2024-11-30", True), ("2024-12-01", False)])
def test_a_suspension_of_three_months_or_less_is_told(au: str, courte: bool) -> None:
    joue = jouer(mi_chemin(), suspensions=periode("2024-09-01", au))

    assert ("simulation_suspension_courte" in codes(joue)) is courte


@pytest.mark.parametrize(
    ("suppose", "dit"),
    [
        ({"gain_mensuel": Fraction(-1)}, "Le gain mensuel se compte de 0 à 1000"),
        ({"gain_mensuel": Fraction(1001)}, "Le gain mensuel se compte de 0 à 1000"),
        ({"gain_mensuel": Fraction(1), "departs": Fraction(-1)}, "Le nombre de départs se compte de 0 à 1000"),
        ({"departs": Fraction(1)}, "donnez aussi celui-ci"),
        ({"gain_mensuel_file_active": Fraction(-1001)}, "va de −1000 à 1000"),
        ({"suspensions": periode("2024-09-02", "2024-09-01")}, "finit avant de commencer"),
        ({"suspensions": periode("2022-12-31", "2023-02-01")}, "sort du contrat, qui va du 01/01/2023 au 31/12/2027"),
        ({"suspensions": periode("2027-12-01", "2028-01-01")}, "sort du contrat"),
        ({"suspensions": periode("2024-09-01", "2024-09-30") * 2}, "en croise une autre, du 01/09/2024 au 30/09/2024"),
        ({"suspensions": periode("2023-05-31", "2023-06-30")}, "en croise une autre, du 01/05/2023 au 31/05/2023"),
        ({"option": OptionSupposee(j("2022-12-31"), Fraction(1))}, "sort du contrat"),
        ({"option": OptionSupposee(j("2028-01-01"), Fraction(1))}, "sort du contrat"),
    ],
)
def test_what_makes_no_sense_is_refused_in_french(suppose: dict[str, Any], dit: str) -> None:
    with pytest.raises(HypotheseImpossible, match=r".+\.$") as refuse:
        jouer(mi_chemin(suspension("2023-05-01", "2023-05-31")), **suppose)
    assert dit in str(refuse.value)


def test_the_edges_of_what_may_be_supposed() -> None:
    dossier = mi_chemin(suspension("2023-05-01", "2023-05-31"))

    assert jouer(dossier, gain_mensuel=Fraction(GAIN_MAX), departs=Fraction(GAIN_MAX)).patientele_mt.valeur == 1100
    assert jouer(dossier, gain_mensuel_file_active=Fraction(-GAIN_MAX)).file_active.valeur == 0
    assert jouer(dossier, suspensions=periode("2023-06-01", "2023-06-01")).evaluation.jours_suspendus == 32
    assert jouer(dossier, suspensions=periode("2023-01-01", "2023-01-01")).evaluation.jours_suspendus == 32
    assert jouer(dossier, suspensions=periode("2027-12-31", "2027-12-31")).juge_le == j("2026-02-01")
    for jour in ("2023-01-01", "2027-12-31"):
        assert jouer(dossier, option=OptionSupposee(j(jour), Fraction(1))).aide[-1].montant_max is not None


def test_a_contract_that_is_not_there_or_has_ended_is_refused() -> None:
    with pytest.raises(HypotheseImpossible, match="n'est pas dans ce dossier"):
        scenario(mi_chemin(), Hypothese("c9"), j(AU), BAREMES)
    with pytest.raises(HypotheseImpossible, match="finit le 31/12/2027"):
        jouer(mi_chemin(), au="2027-12-31")
    assert jouer(mi_chemin(), au="2027-12-30").juge_le == j("2027-12-31")
    with pytest.raises(HypotheseImpossible, match="finit le 28/02/2025"):
        jouer(mi_chemin(resiliation("2025-03-01")), au="2025-03-01")


def test_once_the_evaluation_is_past_the_simulation_goes_on_to_the_last_day() -> None:
    for au, fin in (("2025-12-31", "2026-01-01"), ("2026-01-01", "2027-12-31"), ("2026-06-01", "2027-12-31")):
        joue = jouer(mi_chemin(), au=au, gain_mensuel=Fraction(1))
        assert (joue.juge_le, joue.a_l_evaluation) == (j(fin), fin == "2026-01-01")
        assert ("simulation_jusqu_a_la_fin" in codes(joue)) is (fin != "2026-01-01")
        if fin != "2026-01-01":
            assert "est passée" in joue.avertissements[codes(joue).index("simulation_jusqu_a_la_fin")].message


def test_a_contract_that_ends_before_its_evaluation_is_judged_on_its_last_day() -> None:
    joue = jouer(mi_chemin(resiliation("2025-03-01")), gain_mensuel=Fraction(1))

    assert (joue.juge_le, joue.a_l_evaluation) == (j("2025-02-28"), False)
    assert "vient après la fin" in joue.avertissements[codes(joue).index("simulation_jusqu_a_la_fin")].message


def test_an_option_changes_the_aid_of_the_years_that_begin_under_it_and_keeps_the_target() -> None:
    joue = jouer(mi_chemin(), option=OptionSupposee(j("2025-01-01"), Fraction(1)))

    # Years begin on 1 January; from 2025 on, under the amounts of 2024 of a full time: 22 000 € at most.
    assert [annee.montant_max for annee in joue.aide] == [18_000_00, 13_500_00, 22_000_00, 22_000_00, 22_000_00]
    assert joue.patientele_mt.objectif == 1200
    assert {"simulation_option", "simulation_option_a_conditions"} <= set(codes(joue))
    demi = jouer(mi_chemin(), option=OptionSupposee(j("2025-01-01"), Fraction(1, 2)))
    assert "simulation_option_a_conditions" not in codes(demi)


def test_an_option_that_the_text_does_not_know_has_no_amount_and_says_so() -> None:
    joue = jouer(mi_chemin(), option=OptionSupposee(j("2025-01-01"), Fraction(2)))

    assert [annee.montant_max for annee in joue.aide][2:] == [None] * 3
    assert {"simulation_option", "aide_inconnue"} <= set(codes(joue))
    assert "simulation_option_absente" not in codes(joue)
    deja = jouer(mi_chemin(option_etp=Fraction(2)), option=OptionSupposee(j("2025-01-01"), Fraction(2)))
    assert "n'existe pas sous ce texte (avenant n° 7)." in dit(deja, "simulation_option_absente")
    # Avenant 7 lacks it; the convention, then in force, names its conditions.
    assert "l'ouvre à partir de l'année 3 d'un premier contrat" in dit(joue, "simulation_option_motif")


def test_the_conditions_of_an_option_are_named_and_held_to_the_practice() -> None:
    plein = contrat(texte="convention_2024", signe_le=j("2024-06-24"), debut_le=j("2024-07-01"), option_etp=Fraction(1))
    dossier = pratique(plein, releves=[releve("2024-07-02", 1100, 2200)])
    trop_tot = jouer(dossier, option=OptionSupposee(j("2026-06-30"), Fraction(2)))

    assert dit(trop_tot, "simulation_option_a_conditions") == (
        "L'option 2 ETP n'est pas ouverte à tous sous ce texte (convention médicale 2024-2029) : à partir de l'année 3 "
        "d'un premier contrat à 1 ETP, objectifs atteints, en médecine générale, pour un cabinet en ZIP. Vérifiez avec "
        "la CPAM."
    )
    assert "ne s'ouvre qu'à l'année 3 du contrat, le 01/07/2026" in dit(trop_tot, "simulation_option_motif")
    demi = jouer(dossier, option=OptionSupposee(j("2026-06-30"), Fraction(1, 2)))
    assert "simulation_option_motif" not in codes(demi)


def test_what_already_stands_against_a_contract_is_not_said_of_the_option() -> None:
    dossier = mi_chemin().model_copy(update={"medecins": (medecin(secteur="3"), medecin(2))})
    joue = jouer(dossier, option=OptionSupposee(j("2025-01-01"), Fraction(1, 3)))

    assert any("secteur 3" in motif.message.replace(INSECABLE, " ") for motif in joue.evaluation.eligibilite.motifs)
    assert "simulation_option_motif" not in codes(joue)


def test_a_text_that_no_table_knows_has_no_conditions_to_tell() -> None:
    joue = jouer(
        mi_chemin(signe_le=j("2019-08-31")),
        option=OptionSupposee(j("2025-01-01"), Fraction(2)),
        suspensions=periode("2024-09-01", "2024-09-02"),
    )

    assert "simulation_option" in codes(joue)
    assert not {"simulation_option_absente", "simulation_suspension_courte"} & set(codes(joue))


def test_the_linear_hypothesis_of_the_aid_follows_the_scenario_and_is_said_to_be_one() -> None:
    joue = jouer(mi_chemin(), gain_mensuel=Fraction(6), departs=Fraction(1), gain_mensuel_file_active=Fraction(100))

    # 190 of the 200 patients: 0.95 of 11 000 €, in year 3 (from 1 January 2025).
    assert joue.aide[2].hypothese_lineaire == 10_450_00
    assert joue.aide[0].hypothese_lineaire is None
    assert "simulation_proration" in codes(joue)
    assert "simulation_proration" not in codes(jouer(pratique(contrat()), gain_mensuel=Fraction(6)))


def test_a_notified_amount_stands_and_one_of_later_is_not_yet_known() -> None:
    def avec(notifie_le: str) -> Scenario:
        notifiee = Notification(contrat="c1", annee_contrat=3, montant=1_00, notifie_le=j(notifie_le), reference="")
        return jouer(mi_chemin().model_copy(update={"notifications": (notifiee,)}), gain_mensuel=Fraction(1))

    assert avec(AU).aide[2].montant_notifie == 1_00
    assert avec("2024-07-03").aide[2].montant_notifie is None


def test_readings_after_the_day_are_not_known_yet() -> None:
    dossier = mi_chemin()
    futur = dossier.model_copy(update={"releves": (*dossier.releves, releve("2024-07-03", 5000, 5000))})

    assert jouer(futur, gain_mensuel=Fraction(1)) == jouer(dossier, gain_mensuel=Fraction(1))


def test_without_a_reading_nothing_can_be_simulated() -> None:
    joue = jouer(pratique(contrat(), releves=[releve(AU, 1100, source="estimation")]), gain_mensuel=Fraction(5))

    assert (joue.patientele_mt.rythme, joue.patientele_mt.valeur, joue.patientele_mt.points) == (None, None, ())
    assert (joue.patientele_mt.ecart, joue.patientele_mt.atteint_le) == (None, None)
    assert joue.phrases[0] == ("La patientèle médecin traitant ne peut pas être simulée : aucun relevé d'où partir.")
    assert "releve_absent" in codes(joue)


def test_without_a_target_the_count_is_given_and_nothing_is_judged() -> None:
    joue = jouer(mi_chemin(objectif=None), gain_mensuel=Fraction(5))

    assert (joue.patientele_mt.valeur, joue.patientele_mt.ecart, joue.patientele_mt.atteint_le) == (1190, None, None)
    assert joue.patientele_mt.points[0].attendu is None
    assert joue.patientele_mt.points[0].ecart is None
    assert joue.phrases[0].endswith("; l'objectif n'est pas connu.")
    assert {"objectif_inconnu", "evaluation_par_defaut"} <= set(codes(joue))


def test_a_target_already_reached_is_said_to_be() -> None:
    dossier = pratique(contrat(), releves=[releve(AU, 1200, 2200)])

    joue = jouer(dossier, gain_mensuel=Fraction(0))
    assert joue.patientele_mt.atteint_le == j(AU)
    assert joue.phrases[0].endswith("pour un objectif de 1\u00a0200, qui est déjà atteint.")


def test_the_software_of_the_practice_goes_on_as_the_source_that_it_is() -> None:
    dossier = pratique(contrat(), releves=[releve(AU, 1100, 2200, source="logiciel")])

    joue = jouer(dossier, gain_mensuel=Fraction(5))
    assert (joue.patientele_mt.valeur, joue.evaluation.patientele_mt.source) == (1190, "logiciel")
    assert "source_logiciel" in codes(joue)
    assert "ecart_sources" not in codes(joue)


def test_an_old_reading_is_told() -> None:
    assert "releve_ancien" in codes(jouer(mi_chemin(), au="2024-10-11", gain_mensuel=Fraction(5)))


def test_a_suspension_without_an_end_is_supposed_to_end_on_the_day() -> None:
    joue = jouer(mi_chemin(suspension("2024-06-23", None)), gain_mensuel=Fraction(5))

    assert (joue.juge_le, joue.evaluation.jours_suspendus) == (j("2026-01-11"), 10)
    assert "simulation_suspension_ouverte" in codes(joue)
    assert joue.evaluation.statut == "en_retard"
    a_venir = jouer(mi_chemin(suspension("2024-07-03", None)), gain_mensuel=Fraction(5))
    assert (a_venir.juge_le, a_venir.evaluation.jours_suspendus) == (j("2026-01-01"), 0)


def test_an_objective_that_changes_on_the_way_moves_the_judgement() -> None:
    plus_tard = nouvel_objectif("2025-01-01", objectif(1300, 2500, j("2026-07-01")))
    plus_tot = nouvel_objectif("2025-01-01", objectif(1150, 2300, j("2025-07-01")))
    jamais = nouvel_objectif("2026-02-01", objectif(1150, 2300, j("2026-07-01")))

    assert jouer(mi_chemin(plus_tard)).juge_le == j("2026-07-01")
    assert jouer(mi_chemin(plus_tard)).patientele_mt.objectif == 1300
    # Once past, the first evaluation is not called back by an amendment that is yet to come.
    assert jouer(mi_chemin(jamais), au="2026-01-15").juge_le == j("2027-12-31")
    assert jouer(mi_chemin(jamais)).juge_le == j("2026-01-01")
    # Judged on 1 July 2025 as the amendment says, not on the day first signed for.
    assert jouer(mi_chemin(plus_tot)).juge_le == j("2025-07-01")


def test_a_speciality_of_the_file_active_alone_is_told_that_its_gain_counts_for_nothing() -> None:
    dossier = pratique(contrat(), medecins=[medecin(specialite="cardiologie")], releves=[releve(AU, 1100, 2200)])

    joue = jouer(dossier, gain_mensuel=Fraction(5))
    assert "simulation_file_active_seule" in codes(joue)
    assert len(joue.phrases) == 1
    assert "simulation_file_active_seule" not in codes(
        jouer(dossier, gain_mensuel=Fraction(5), gain_mensuel_file_active=Fraction(1))
    )
    assert "simulation_file_active_seule" not in codes(jouer(dossier, gain_mensuel_file_active=Fraction(1)))


def groupe(**comptes: int) -> Dossier:
    lus = [releve("2026-06-01", nombre, nombre * 2, medecin=m) for m, nombre in comptes.items()]
    return pratique(collectif(), releves=lus)


def test_a_group_gains_in_all_what_is_supposed_shared_in_proportion() -> None:
    dossier = groupe(m1=1500, m2=500)
    hypothese = Hypothese("c1", gain_mensuel=Fraction(10))
    joue = _jouer(dossier, hypothese, j("2026-06-01"), BAREMES)

    # Two doctors, 2 000 patients; from 1 June 2026 to 29 February 2028, 638 days: 209.61 more.
    derniers = {
        r.medecin: r.patientele_mt for r in joue.dossier.releves if r.date == j("2028-02-29") and r.patientele_mt
    }
    assert derniers == {"m1": 1658, "m2": 552}
    assert scenario(dossier, hypothese, j("2026-06-01"), BAREMES).patientele_mt.valeur == 2210


def test_a_group_without_a_patient_may_gain_some() -> None:
    joue = scenario(groupe(m1=0, m2=0), Hypothese("c1", gain_mensuel=Fraction(10)), j("2026-06-01"), BAREMES)

    assert joue.patientele_mt.valeur == 210


def test_a_group_that_lacks_a_reading_cannot_be_simulated() -> None:
    joue = scenario(groupe(m1=1500), Hypothese("c1", gain_mensuel=Fraction(10)), j("2026-06-01"), BAREMES)

    assert joue.patientele_mt.valeur is None


def test_the_options_of_a_group_are_any_number() -> None:
    hypothese = Hypothese("c1", option=OptionSupposee(j("2026-06-01"), Fraction(3)))
    joue = scenario(groupe(m1=1000, m2=1000), hypothese, j("2026-06-01"), BAREMES)

    assert "simulation_option_absente" not in codes(joue)
    assert joue.aide[1].montant_max == 3 * 28_000_00


def test_what_is_supposed_is_marked_and_the_dossier_is_as_it_was() -> None:
    dossier = mi_chemin()
    avant = dossier.model_copy(deep=True)
    joue = _jouer(dossier, Hypothese("c1", gain_mensuel=Fraction(5)), j(AU), BAREMES)

    assert dossier == avant
    assert joue.dossier.releves[:1] == dossier.releves
    assert {r.note for r in joue.dossier.releves[1:]} == {NOTE_SIMULATION}
    assert all(r.date > j(AU) for r in joue.dossier.releves[1:])


def test_the_evaluation_of_a_hypothesis_is_that_of_its_scenario() -> None:
    demo = lire_dossier(DEMO.read_bytes())
    hypothese = Hypothese("c2", gain_mensuel=Fraction(5))

    toute = simuler(demo, hypothese, j("2026-11-15"), BAREMES)
    joue = scenario(demo, hypothese, j("2026-11-15"), BAREMES)
    assert toute.au == joue.juge_le
    assert [c.id for c in toute.contrats] == [c.id for c in demo.contrats]
    assert next(c for c in toute.contrats if c.id == "c2") == joue.evaluation


def test_an_earlier_contract_of_the_doctor_is_kept_for_what_depends_on_it() -> None:
    premier = contrat(id="c0", signe_le=j("2020-01-01"), debut_le=j("2020-01-01"), duree_ans=3, objectif=None)
    autre = contrat(id="c9", medecin="m2")
    dossier = pratique(premier, contrat(), autre, releves=[releve(AU, 1100, 2200)])

    hypothese = Hypothese("c1", gain_mensuel=Fraction(5))
    joue = scenario(dossier, hypothese, j(AU), BAREMES)
    toute = simuler(dossier, hypothese, j(AU), BAREMES)
    assert joue.evaluation == toute.contrats[1]


def test_a_scenario_says_its_steps_and_where_they_come_from() -> None:
    joue = jouer(
        mi_chemin(),
        gain_mensuel=Fraction("6.5"),
        departs=Fraction(1),
        gain_mensuel_file_active=Fraction("-1.25"),
        suspensions=periode("2024-09-01", "2024-09-30"),
        option=OptionSupposee(j(AU), Fraction(1)),
    )
    dits = [
        (e.libelle, e.calcul.replace("\u00a0", " "), e.resultat.replace("\u00a0", " ")) for e in joue.explication.etapes
    ]

    assert dits[0][2] == (
        "6,5 nouveaux patients et 1 départ par mois, −1,25 en file active par mois, suspension du 01/09/2024 au "
        "30/09/2024, option 1 ETP à partir du 02/07/2024"
    )
    assert dits[1] == ("Évaluation", "01/01/2026, déplacée par 30 jours suspendus", "31/01/2026")
    assert dits[2:5] == [
        ("Patientèle médecin traitant : départ", "dernier relevé, 02/07/2024", "1 100"),
        ("Patientèle médecin traitant : rythme", "Avec 6,5 nouveaux patients et 1 départ par mois", "+5,50 par mois"),
        ("Patientèle médecin traitant : arrivée", "1 100 + 5,50 × 578 jours / 30,4375", "1 204"),
    ]
    assert dits[-1] == ("File active : arrivée", "2 200 − 1,25 × 578 jours / 30,4375", "2 176")
    assert joue.explication.sources
    tendance = jouer(pratique(contrat(), releves=[releve(f"2023-0{m}-01", 1000 + m, 2000 + m) for m in range(2, 7)]))
    assert tendance.explication.etapes[4].calcul == "droite de tendance, portée au 01/01/2026"
    assert len(jouer(pratique(contrat())).explication.etapes) == 2


@pytest.mark.parametrize(
    ("gain", "dit"),
    [
        ("6", "il serait manqué de 10 patients, et ne serait atteint que le 2 mars 2026."),
        ("1", "il serait manqué de 100 patients."),
        ("6.55", "il serait atteint ce jour-là."),
        ("11", "il serait atteint le 2 mai 2025."),
    ],
)
def test_the_outcome_is_a_sentence(gain: str, dit: str) -> None:
    joue = jouer(mi_chemin(), gain_mensuel=Fraction(gain), departs=Fraction(1))

    assert joue.phrases[0].replace("\u00a0", " ").endswith(dit)


def test_the_worked_example_beside_a_hypothesis() -> None:
    resultat = simulation(morvan(), Hypothese("c1", Fraction(12), Fraction(3)), j("2025-01-15"), BAREMES)

    # 226 days from 31/12/2024 to 14/08/2025: 9 × 226 / 30.4375 = 66.8; at its own pace, 121 × 226 / 870 = 31.4.
    assert (resultat.suppose.patientele_mt.valeur, resultat.actuel.patientele_mt.valeur) == (1198, 1162)
    assert resultat.actuel.hypothese == Hypothese("c1")
    assert resultat.actuel.file_active == resultat.suppose.file_active


def test_the_document_is_json_with_its_two_scenarios() -> None:
    suppose = Hypothese(
        "c1",
        Fraction("8.5"),
        Fraction(1),
        None,
        periode("2024-09-01", "2024-09-30"),
        OptionSupposee(j(AU), Fraction(1)),
    )
    document = json.loads(json.dumps(simulation_json(simulation(mi_chemin(), suppose, j(AU), BAREMES))))

    assert (document["format"], document["version"], document["au"], document["contrat"]) == (
        "assistmed-simulation", 1, AU, "c1",
    )  # fmt: skip
    assert document["hypothese"] == {
        "gain_mensuel": 8.5,
        "departs": 1.0,
        "gain_mensuel_file_active": None,
        "suspensions": [{"du": "2024-09-01", "au": "2024-09-30"}],
        "option": {"du": AU, "option_etp": "1"},
    }
    simule, actuel = document["simule"], document["actuel"]
    assert (simule["juge_le"], actuel["juge_le"]) == ("2026-01-31", "2026-01-01")
    assert (simule["jours_suspendus"], simule["a_l_evaluation"]) == (30, True)
    patientele = simule["indicateurs"]["patientele_mt"]
    assert patientele["rythme"] == {"genre": "suppose", "du": AU, "depart": 1100, "par_mois": 7.5}
    # 7.5 × 578 / 30.4375 = 142.42.
    assert (patientele["valeur"], patientele["ecart"], patientele["statut"]) == (1242, 42, "atteint")
    # The expected count of 2 August 2024, 579 of 1 096 days: 1 105.66.
    assert patientele["points"][0] == {"date": "2024-08-02", "valeur": 1108, "attendu": 1105.66}
    assert [annee["montant_max"] for annee in simule["aide"]] == [18000, 13500, 22000, 22000, 22000]
    assert simule["aide"][2]["hypothese_lineaire"] == 22000
    assert simule["avertissements"][0]["code"] == "simulation_suspension"
    assert simule["explication"]["etapes"]
    vide = simulation_json(simulation(pratique(contrat(objectif=None)), Hypothese("c1"), j(AU), BAREMES))
    assert vide["simule"]["indicateurs"]["patientele_mt"]["rythme"] is None
    assert vide["hypothese"]["option"] is None


@settings(max_examples=60)
@given(
    gain=st.fractions(0, 60, max_denominator=10),
    plus=st.fractions(0, 20, max_denominator=10),
    departs=st.fractions(0, 30, max_denominator=10),
)
def test_more_patients_never_hurt(gain: Fraction, plus: Fraction, departs: Fraction) -> None:
    moins_bien = jouer(mi_chemin(), gain_mensuel=gain, departs=departs).patientele_mt
    mieux = jouer(mi_chemin(), gain_mensuel=gain + plus, departs=departs).patientele_mt

    assert moins_bien.valeur is not None
    assert mieux.valeur is not None
    assert mieux.valeur >= moins_bien.valeur
    if moins_bien.atteint_le is not None:
        assert mieux.atteint_le is not None
        assert mieux.atteint_le <= moins_bien.atteint_le


@settings(max_examples=60)
@given(
    du=st.integers(0, 1825),
    duree=st.integers(0, 400),
    au=st.integers(-400, 2500),
    gain=st.fractions(0, 30, max_denominator=4),
)
def test_no_suspension_hurts_the_verdict_and_no_hypothesis_raises_but_its_own_refusal(
    du: int, duree: int, au: int, gain: Fraction
) -> None:
    jour = date(2023, 1, 1) + jours(au)
    debut = date(2023, 1, 1) + jours(du)
    suspendue = Hypothese("c1", gain, suspensions=(PeriodeSupposee(debut, debut + jours(duree)),))
    try:
        avec = scenario(mi_chemin(), suspendue, jour, BAREMES)
        sans = scenario(mi_chemin(), Hypothese("c1", gain), jour, BAREMES)
    except HypotheseImpossible:
        return
    if avec.a_l_evaluation and sans.a_l_evaluation and avec.patientele_mt.valeur is not None:
        assert avec.patientele_mt.valeur >= (sans.patientele_mt.valeur or 0)


def test_a_contract_at_the_edge_of_the_calendar_can_be_simulated() -> None:
    lointain = contrat(signe_le=j("2149-01-01"), debut_le=j("2149-01-01"), duree_ans=10, objectif=None)
    dossier = pratique(lointain, releves=[releve("2149-01-02", 1100, 2200)])

    joue = jouer(dossier, au="2150-12-31", gain_mensuel=Fraction(1))
    assert joue.juge_le == j("2152-01-01")


def test_an_assistant_and_the_cover_of_the_post_are_still_there() -> None:
    dossier = pratique(
        contrat(option("2024-01-01", Fraction(1))),
        releves=[releve(AU, 1100, 2200)],
        assistants=[assistant(affectation("2023-01-01"))],
    )

    assert jouer(dossier, gain_mensuel=Fraction(1)).evaluation.effectif[-1].etp_requis == 1


def test_the_group_is_collective() -> None:
    assert isinstance(groupe(m1=1, m2=1).contrats[0], ContratCollectif)


def test_where_the_own_pace_and_the_hypothesis_begin_is_said_when_they_differ() -> None:
    # Four readings on a line, one more a month, then one that falls 14 under it.
    lus = [releve(f"2024-0{mois}-01", 1000 + mois, 2000) for mois in range(2, 7)]
    creux = [*lus, releve("2024-07-01", 993, 2000)]
    droits, tombes = (jouer(pratique(contrat(), releves=suite), gain_mensuel=Fraction(1)) for suite in (lus, creux))

    assert "simulation_depart" not in codes(jouer(pratique(contrat(), releves=creux)))
    assert dit(tombes, "simulation_depart") == (
        "Patientèle médecin traitant : le rythme actuel suit la tendance des relevés, qui passe par 1 007 le "
        "01/07/2024 ; l'hypothèse part du relevé de ce jour, 993."
    )
    assert "simulation_depart" not in codes(droits)
