"""The forms of the tasks and of the days counted, read and saved without a window."""

from datetime import date

import pytest

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.ui.fiches.fiche import lire, poses
from assistmed_desktop.ui.fiches.missions import (
    AUTRE,
    TACHES,
    Minutes,
    catalogue,
    fiche_fin,
    fiche_mission,
    fiche_observation,
)
from tests.ui.fiches.test_assistant import apres, faire, prudences

AU = date(2026, 11, 15)


@pytest.mark.parametrize(
    ("texte", "minutes"), [("240", 240), ("4 h", 240), ("1h30", 90), ("45 min", 45), ("0", 0), ("1 200", 1200)]
)
def test_minutes_are_read_as_they_are_said(texte: str, minutes: int) -> None:
    assert Minutes().lire(texte).valeur == minutes
    assert Minutes().lire(Minutes().ecrire(minutes)).valeur == minutes


@pytest.mark.parametrize("texte", ["beaucoup", "4 heures", "12000", "-3"])
def test_what_is_no_time_is_refused(texte: str) -> None:
    assert Minutes().lire(texte).faute


def test_hours_are_echoed() -> None:
    assert Minutes().lire("90").echo == "1\u00a0h\u00a030"
    assert Minutes().lire("45").echo == ""
    assert Minutes().ecrire(None) == ""


def test_a_usual_task_is_entered(demo: Dossier) -> None:
    fiche = fiche_mission(demo, AU)
    saisie = {"assistant": "a2", "domaine": "consultation", "tache_consultation": "1", "minutes_semaine": "4 h"}
    cles = [c.cle for c in poses(fiche, saisie)]
    assert "tache_consultation" in cles
    assert "tache_coordination" not in cles
    assert "tache" not in cles
    dossier = apres(demo, faire(fiche, saisie))
    mission = dossier.missions[-1]
    assert mission.tache == TACHES["consultation"][1]
    assert (mission.minutes_semaine, mission.du, mission.au, mission.minutes_medecin_liberees) == (240, AU, None, None)
    assert fiche.suite is not None
    suite = fiche.suite(dossier)
    assert (suite.depart["assistant"], suite.depart["domaine"]) == ("a2", "consultation")
    assert suite.depart["minutes_semaine"] == ""


def test_a_task_of_ones_own_joins_the_catalogue(demo: Dossier) -> None:
    saisie = {
        "assistant": "a2", "domaine": "coordination", "tache_coordination": AUTRE, "minutes_semaine": "60",
    }  # fmt: skip
    fiche = fiche_mission(demo, AU)
    assert lire(fiche, {**fiche.depart, **saisie}).fautes == {"tache": "À remplir."}
    dossier = apres(demo, faire(fiche, {**saisie, "tache": "Tenir la chaîne du froid"}))
    assert catalogue(dossier, "coordination") == (*TACHES["coordination"], "Tenir la chaîne du froid")
    mission = dossier.missions[-1]
    ouverte = fiche_mission(dossier, AU, mission)
    assert ouverte.depart["tache_coordination"] == str(len(TACHES["coordination"]))
    corrige = apres(dossier, faire(ouverte, {"minutes_medecin_liberees": "30"}))
    assert corrige.missions[-1].minutes_medecin_liberees == 30
    assert corrige.missions[-1].tache == "Tenir la chaîne du froid"
    assert apres(dossier, ouverte.supprimer) == demo


def test_a_usual_task_written_otherwise_is_the_usual_one(demo: Dossier) -> None:
    for domaine in TACHES:
        assert catalogue(demo, domaine) == TACHES[domaine]


def test_a_task_that_frees_more_than_it_takes_is_doubted(demo: Dossier) -> None:
    saisie = {
        "assistant": "a2", "domaine": "administratif", "tache_administratif": "0", "minutes_semaine": "60",
        "minutes_medecin_liberees": "90",
    }  # fmt: skip
    assert "plus de temps" in prudences(fiche_mission(demo, AU), saisie)
    assert prudences(fiche_mission(demo, AU), {**saisie, "minutes_medecin_liberees": "60"}) == ""
    assert "Aucune embauche" in prudences(fiche_mission(demo, AU), {**saisie, "assistant": "a1"})


def test_a_task_is_ended(demo: Dossier) -> None:
    mission = next(m for m in demo.missions if m.au is None)
    fiche = fiche_fin(mission, AU)
    assert fiche.depart["au"] == "15/11/2026"
    dossier = apres(demo, faire(fiche))
    assert mission not in dossier.missions
    assert mission.model_copy(update={"au": AU}) in dossier.missions


def test_a_day_is_counted_in_series_corrected_and_withdrawn(demo: Dossier) -> None:
    fiche = fiche_observation(demo, AU)
    dossier = apres(demo, faire(fiche, {"assistant": "a2", "minutes_medecin_liberees": "2 h"}))
    observation = dossier.observations[-1]
    assert (observation.date, observation.minutes_medecin_liberees) == (AU, 120)
    assert fiche.suite is not None
    assert fiche.suite(dossier).depart["assistant"] == "a2"
    ouverte = fiche_observation(dossier, AU, observation)
    corrige = apres(dossier, faire(ouverte, {"minutes_medecin_liberees": "100"}))
    assert corrige.observations[-1].minutes_medecin_liberees == 100
    assert apres(dossier, ouverte.supprimer) == demo


def test_the_only_assistant_is_chosen(demo: Dossier) -> None:
    seul = demo.model_copy(update={"assistants": demo.assistants[:1]})
    assert fiche_mission(seul, AU).depart["assistant"] == "a1"
    assert fiche_observation(seul, AU).depart["assistant"] == "a1"
