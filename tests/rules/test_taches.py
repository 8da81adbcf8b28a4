"""The tasks in minutes a week against the hours allocated, and the time they free, declared or observed."""

from datetime import date, timedelta
from fractions import Fraction
from math import comb
from typing import Any

import pytest

from assistmed_desktop.domain.assistant import Assistant, Mission, Observation
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.exchange.analyse_json.taches import taches_json
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.taches import Taches, TempsObserve, _minutes, rang_du_signe, taches
from tests.rules.outils import (
    DEMI,
    TIERS,
    affectation,
    assistant,
    contrat,
    j,
    mission,
    pratique,
)
from tests.rules.outils_suivi import NBSP, avec, embauche, les, observation, sans_explication

AU = "2024-07-01"


def suivre(dossier: Dossier, au: str = AU) -> Taches:
    premier = evaluate(dossier, j(au), charger_baremes()).contrats[0]
    suivies = taches(dossier, premier, charger_baremes())
    assert sans_explication(taches_json(suivies), suivies.chiffres) == []
    return suivies


def seul(*missions: Mission, au: str = AU, observations: tuple[Observation, ...] = ()) -> Taches:
    """Follow the tasks of a half-time assistant, 1 050 minutes a week, since 1 January 2023."""
    dossier = pratique(contrat(), assistants=[assistant(affectation("2023-01-01"))], missions=missions)
    return suivre(avec(dossier, observations=observations), au)


def tache(minutes: int, domaine: str = "consultation", liberees: int | None = None, **change: Any) -> Mission:  # noqa: ANN401
    champs: dict[str, Any] = {"minutes_semaine": minutes, "domaine": domaine, "minutes_medecin_liberees": liberees}
    champs |= change
    return mission(champs.pop("du", "2023-01-01"), champs.pop("au", None), **champs)


def messages(suivies: Taches) -> list[tuple[str, str]]:
    return [(a.code, a.message.replace(NBSP, " ")) for a in suivies.avertissements]


def test_the_minutes_of_the_day_by_domain_and_their_shares() -> None:
    jour = seul(tache(420, "administratif"), tache(525), tache(105, "coordination")).du_jour

    assert jour is not None
    assert jour.par_domaine == {"administratif": 420, "consultation": 525, "coordination": 105}
    assert jour.parts == {
        "administratif": Fraction(2, 5),
        "consultation": DEMI,
        "coordination": Fraction(1, 10),
    }
    assert les(jour.minutes, jour.minutes_affectees, jour.ecart) == (1050, 1050, 0)


@pytest.mark.parametrize(
    ("minutes", "attendus"),
    [
        (1050, []),
        (1049, [("heures_sans_tache", "17 h 29 par semaine : 1 min affectées au contrat n'ont pas de tâche saisie.")]),
        (1051, [("taches_au_dela_des_heures", "1 min de plus que les heures affectées au contrat (17 h 30).")]),
        (600, [("heures_sans_tache", "10 h par semaine : 7 h 30 affectées au contrat n'ont pas de tâche saisie.")]),
    ],
)
def test_hours_too_full_or_not_full_are_told_to_the_minute(minutes: int, attendus: list[tuple[str, str]]) -> None:
    lus = messages(seul(tache(minutes)))

    assert [code for code, _ in lus] == [code for code, _ in attendus]
    assert all(message.endswith(fin) for (_, message), (_, fin) in zip(lus, attendus, strict=True))


def test_without_a_task_nothing_is_told_and_no_share_is_made_up() -> None:
    rien = seul()

    assert rien.du_jour is not None
    assert (rien.du_jour.parts, rien.declare, rien.methode, rien.minutes_liberees) == (None, None, None, None)
    assert messages(rien) == []
    assert [etape.resultat for etape in rien.chiffres["temps_libere"].etapes] == ["inconnu"]
    assert taches_json(rien)["du_jour"]["domaines"]["administratif"] == {"minutes": 0.0, "part": None}
    assert seul(tache(0)).du_jour is not None


def test_periods_are_cut_where_the_tasks_or_the_hours_change() -> None:
    suivies = seul(tache(600, au="2023-06-30"), tache(900, du="2023-07-01"), tache(150, du="2024-01-01"))

    assert [les(p.du.isoformat(), p.au.isoformat(), p.minutes) for p in suivies.periodes] == [
        ("2023-01-01", "2023-06-30", 600),
        ("2023-07-01", "2023-12-31", 900),
        ("2024-01-01", "2024-07-01", 1050),
    ]


def test_tasks_of_assistants_of_other_contracts_and_of_other_days_do_not_count() -> None:
    autre = assistant(affectation("2023-01-01", contrat="c2"), id="a2")
    sien = assistant(affectation("2023-07-01"))
    missions = [tache(600, assistant="a2"), tache(700), tache(50, au="2024-06-30"), tache(60, du="2024-07-02")]
    dossier = pratique(contrat(), contrat(id="c2", medecin="m2"), assistants=[sien, autre], missions=missions)
    suivies = suivre(dossier)

    assert [les(p.du.isoformat(), p.minutes) for p in suivies.periodes] == [
        ("2023-01-01", 0),
        ("2023-07-01", 750),
        ("2024-07-01", 700),
    ]


def partage(missions: list[Mission], heures: float = 35, observations: tuple[Observation, ...] = ()) -> Taches:
    """Follow the first of three contracts that share a full-time assistant by thirds."""
    tiers = tuple(affectation("2023-01-01", etp=TIERS, contrat=f"c{rang}") for rang in (1, 2, 3))
    commun = assistant(*tiers, embauches=(embauche("2023-01-01", None, heures, "temps_plein"),))
    contrats = [contrat(id=f"c{rang}", option_etp=TIERS) for rang in (1, 2, 3)]
    return suivre(avec(pratique(*contrats, assistants=[commun], missions=missions), observations=observations))


def test_a_shared_assistant_s_minutes_are_shared_and_said_so() -> None:
    suivies = partage([tache(2100, liberees=300)])

    assert suivies.du_jour is not None
    assert les(suivies.du_jour.minutes, suivies.du_jour.minutes_affectees, suivies.minutes_liberees) == (700, 700, 100)
    assert messages(suivies) == [
        (
            "taches_partagees",
            "Un assistant sert plusieurs contrats : ses minutes sont partagées en proportion de l'ETP affecté.",
        )
    ]
    assert "part du contrat 1/3" in suivies.chiffres["du_jour"].etapes[0].calcul
    # 28 hours hired for 35 allocated: 560 minutes are left to each.
    court = partage([tache(2100)], 28).du_jour
    assert court is not None
    assert les(court.minutes_affectees, court.ecart) == (560, 140)


def test_the_time_declared_is_a_minimum_when_a_task_has_no_figure() -> None:
    suivies = seul(tache(600, liberees=240), tache(300, liberees=0), tache(150))

    assert suivies.declare is not None
    assert les(suivies.declare.minutes, suivies.declare.taches_chiffrees, suivies.declare.taches_sans_chiffre) == (
        240,
        2,
        1,
    )
    assert les(suivies.declare.partiel, suivies.methode, suivies.minutes_liberees) == (True, "declare", 240)
    (etape,) = suivies.chiffres["temps_libere"].etapes
    assert (etape.calcul + " = " + etape.resultat).replace(NBSP, " ") == (
        "somme de 2 tâches chiffrées, 1 tâche sans chiffre = au moins 4 h par semaine"
    )
    entier = seul(tache(600, liberees=240))
    assert entier.declare is not None
    assert not entier.declare.partiel


def test_tasks_all_without_a_figure_are_unknown_and_not_zero() -> None:
    suivies = seul(tache(600))

    assert (suivies.methode, suivies.minutes_liberees) == (None, None)
    assert taches_json(suivies)["temps_libere"]["declare"]["minutes"] is None


def semaine(*minutes: int, lundi: date = date(2024, 6, 3)) -> tuple[Observation, ...]:
    return tuple(observation(lundi + timedelta(days=rang), valeur) for rang, valeur in enumerate(minutes))


def observe(*observations: Observation) -> TempsObserve:
    (lu,) = seul(tache(600, liberees=240), observations=observations).observe
    return lu


def test_five_days_counted_give_a_week_and_its_uncertainty() -> None:
    lu = observe(*semaine(70, 40, 60, 90, 50))

    # The median of 40, 50, 60, 70, 90 is 60, five days a week; lowest and highest hold it at 1 - 2/32.
    assert les(lu.jours, lu.semaines, lu.jours_par_semaine, lu.mediane) == (5, 1, 5, 60)
    assert les(lu.estimation, lu.bas, lu.haut, lu.confiance) == (300, 200, 450, Fraction(15, 16))


def test_four_days_have_no_interval_and_it_is_said() -> None:
    suivies = seul(observations=semaine(70, 40, 60, 90))
    (lu,) = suivies.observe

    # The median of an even count is half-way: (60 + 70) / 2.
    assert les(lu.mediane, lu.estimation, lu.bas, lu.haut, lu.confiance) == (65, 260, None, None, None)
    assert suivies.chiffres["temps_libere"].etapes[-1].calcul.replace(NBSP, " ") == (
        "4 jours comptés, il en faut au moins cinq"
    )
    assert les(suivies.methode, suivies.minutes_liberees) == ("observe", 260)


def test_the_days_of_a_week_are_those_of_the_fullest_one() -> None:
    # Three days of one ISO week, two of the next: a Sunday and a Monday are not of the same.
    lu = observe(*semaine(60, 60, 60, lundi=date(2024, 6, 7)), *semaine(60, 60, lundi=date(2024, 6, 12)))

    assert les(lu.jours, lu.semaines, lu.jours_par_semaine, lu.estimation) == (5, 2, 3, 180)
    nouvel_an = observe(*semaine(60, 60, 60, lundi=date(2023, 12, 31)))
    assert (nouvel_an.semaines, nouvel_an.jours_par_semaine) == (2, 2)


def test_days_of_another_time_or_another_assistant_do_not_count() -> None:
    avant, apres = observation("2022-12-31", 600), observation("2024-07-02", 600)
    suivies = seul(observations=(avant, apres, observation("2023-01-01", 60), observation(AU, 80)))

    assert [(lu.du.isoformat(), lu.au.isoformat(), lu.jours) for lu in suivies.observe] == [
        ("2023-01-01", AU, 2),
    ]
    pas_encore = assistant(affectation("2023-02-01"))
    dossier = avec(pratique(contrat(), assistants=[pas_encore]), observations=(observation("2023-01-31", 60),))
    assert suivre(dossier).observe == ()


def test_observed_minutes_are_shared_too() -> None:
    (lu,) = partage([], observations=semaine(60, 60, 60, 60, 60)).observe

    assert les(lu.estimation, lu.bas) == (100, 100)


@pytest.mark.parametrize(
    ("jours", "rang"), [(0, 0), (1, 0), (4, 0), (5, 1), (7, 1), (8, 2), (10, 2), (11, 3), (20, 6), (100, 42)]
)
def test_the_rank_of_the_sign_test_is_the_greatest_that_holds_90_percent(jours: int, rang: int) -> None:
    """Work the level out from the binomial law, term by term, for this rank and the next."""

    def niveau(k: int) -> Fraction:
        return 1 - Fraction(2 * sum(comb(jours, i) for i in range(k)), 2**jours)

    trouve, confiance = rang_du_signe(jours)
    assert trouve == rang
    if rang:
        assert confiance == niveau(rang) >= Fraction(9, 10)
    assert niveau(rang + 1) < Fraction(9, 10)


def test_days_of_secretarial_work_alone_are_told_period_by_period() -> None:
    suivies = seul(
        tache(600, "administratif"),
        tache(300, "administratif", du="2023-03-01"),
        tache(60, du="2023-05-01", au="2023-08-31"),
        tache(60, "coordination", du="2023-10-01"),
    )

    assert [lue.phrase.replace(NBSP, " ") for lue in suivies.secretariat_seul] == [
        "Du 01/01/2023 au 30/04/2023, les missions sont toutes administratives.",
        "Du 01/09/2023 au 30/09/2023, les missions sont toutes administratives.",
    ]
    assert messages(suivies)[-1] == (
        "secretariat_seul_passe",
        (
            "Du 01/09/2023 au 30/09/2023 (et 1 autre période), les missions saisies étaient toutes administratives : "
            "le secrétariat seul ne donne pas droit à l'aide."
        ),
    )


def test_secretarial_work_of_the_day_is_left_to_the_evaluation() -> None:
    suivies = seul(tache(1050, "administratif"))

    assert [lue.phrase for lue in suivies.secretariat_seul] == [
        "Depuis le 01/01/2023, les missions sont toutes administratives."
    ]
    assert messages(suivies) == []
    (fini,) = messages(seul(tache(1050, "administratif", au="2024-06-30")))
    assert fini[1].startswith("Du 01/01/2023 au 30/06/2024, les missions saisies")


def test_a_contract_that_does_not_run_has_no_tasks_of_the_day() -> None:
    for au in ("2022-12-31", "2028-01-01"):
        suivies = seul(tache(600, liberees=10), au=au)
        assert (suivies.du_jour, suivies.declare, suivies.methode) == (None, None, None)
    assert seul(tache(600), au="2022-12-31").periodes == ()
    dernier = seul(tache(600), au="2027-12-31").du_jour
    assert dernier is not None


def test_the_json_holds_the_figures() -> None:
    ecrit = taches_json(seul(tache(600, liberees=240), observations=semaine(70, 40, 60, 90, 50)))

    assert ecrit["du_jour"]["ecart"] == -450
    assert ecrit["du_jour"]["domaines"]["consultation"] == {"minutes": 600, "part": 1}
    assert ecrit["du_jour"]["taches"][0]["minutes_medecin_liberees"] == 240
    assert ecrit["temps_libere"]["methode"] == "observe"
    assert ecrit["temps_libere"]["observe"][0]["confiance"] == 0.9375
    assert ecrit["temps_libere"]["observe"][0]["haut"] == 450
    assert "taches" not in ecrit["periodes"][0]
    assert ecrit["avertissements"][0]["code"] == "heures_sans_tache"


def test_two_assistants_are_told_each_by_its_own_days() -> None:
    equipe: list[Assistant] = [assistant(affectation("2023-01-01", etp=TIERS), id=f"a{rang}") for rang in (1, 2)]
    jours = (*semaine(60, 60), observation("2024-06-03", 30, "a2"))
    suivies = suivre(avec(pratique(contrat(), assistants=equipe), observations=jours))

    assert [les(lu.assistant, lu.estimation) for lu in suivies.observe] == [("a1", 120), ("a2", 30)]
    assert suivies.minutes_liberees == 150


def test_tasks_are_listed_by_domain_then_by_name_whatever_the_order_of_entry() -> None:
    confiees = [
        tache(60, "coordination", tache="Rendez-vous"),
        tache(30, "consultation", tache="Tension"),
        tache(20, "consultation", tache="Aide"),
        tache(90, "administratif", tache="Accueil"),
    ]
    endroit, envers = seul(*confiees), seul(*reversed(confiees))

    assert endroit.du_jour is not None
    assert [t.tache for t in endroit.du_jour.taches] == ["Accueil", "Aide", "Tension", "Rendez-vous"]
    assert endroit == envers


def test_less_than_half_a_minute_is_no_minute_and_has_no_sign() -> None:
    assert _minutes(Fraction(-2, 5), signe=True) == f"0{NBSP}min"
    assert _minutes(Fraction(-1, 2), signe=True) == f"−1{NBSP}min"
    assert _minutes(Fraction(1199, 20), signe=True) == f"+1{NBSP}h"
