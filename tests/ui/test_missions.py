"""The page of the missions: tasks entered and ended, their shares, hours against them, days counted."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.ui.desk import State
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import ASSISTANTS, MISSIONS
from assistmed_desktop.ui.pages.missions import MissionsPage
from assistmed_desktop.ui.pages.workload import cautions, duree, load_facts, secretary_only, shares
from assistmed_desktop.ui.pages.workload import etat as etat_de
from tests.storage.outils import base_de
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, etat
from tests.ui.test_assistants import dit, panneau

BaseDe = Callable[[Dossier], Path]


@pytest.fixture
def base_avec(tmp_path: Path) -> BaseDe:
    return lambda dossier: base_de(dossier, tmp_path / "autre.assistmed")


def page(fenetre: MainWindow, qtbot: QtBot, place: str = "", contrat: str | None = None) -> MissionsPage:
    if contrat is not None and fenetre.desk is not None:
        fenetre.desk.look_at_contrat(contrat)
    fenetre.show_page(MISSIONS, place)
    au_repos(qtbot, fenetre)
    qtbot.waitUntil(lambda: bool(etat(fenetre).analyses) or not etat(fenetre).dossier.contrats)
    trouvee = fenetre.page(MISSIONS)
    assert isinstance(trouvee, MissionsPage)
    return trouvee


def _nu(texte: str) -> str:
    return texte.replace("\u00a0", " ")


def administratives(demo: Dossier, *, du: date = date(2020, 1, 1)) -> Dossier:
    """Make every task begun from a day on administrative, and take away the figures of time freed."""
    changement = {"domaine": "administratif", "minutes_medecin_liberees": None}
    missions = tuple(m.model_copy(update=changement) if m.du >= du else m for m in demo.missions)
    return demo.model_copy(update={"missions": missions, "observations": ()})


def test_shares_and_totals_of_a_contract(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    vue = page(fenetre, qtbot, contrat="c1")
    assert [(_nu(f.valeur), _nu(f.note)) for f in vue.load.facts] == [
        ("17 h 30 par semaine", "pour 17 h 30 affectées à ce contrat"),
        ("9 h 50 par semaine", "observé sur 5 journées comptées"),
    ]
    qtbot.waitUntil(lambda: len(vue.chart.spots) == 12)
    assert _nu(vue.chart.spots[0].texte) == "Aujourd’hui : Administratif 40 % (7 h)"
    assert vue.alone.isHidden()
    vue.load.why("c1:temps_libere").click()
    assert "Denise Baudu" in dit(fenetre)
    vue.load.why("c1:du_jour").click()
    assert "Total des tâches" in dit(fenetre)


def test_several_contracts_side_by_side(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    vue = page(ouvrir(base), qtbot)
    assert len(vue.load.facts) == 4
    assert _nu(vue.load.facts[1].valeur) == "11 h 35 pour 11 h 40 affectées"
    assert "au moins 8 h 20" in _nu(vue.load.facts[1].note)
    assert _nu(vue.chart.accessibleDescription()).count("par semaine") == 4
    assert vue.tasks.model.rowCount() == 22
    vue.ended.setChecked(True)
    assert vue.tasks.model.rowCount() == 71


def test_the_tasks_shown_are_those_of_the_contract(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    vue = page(ouvrir(base), qtbot, contrat="c2")
    assert {row.nom for row in vue.tasks.model.rows} == {"Gervaise Coupeau"}
    assert "sert plusieurs contrats" in vue.notes.text()


def test_secretarial_work_alone_is_told(demo: Dossier, ouvrir: Ouvrir, base_avec: BaseDe, qtbot: QtBot) -> None:
    fenetre = ouvrir(base_avec(administratives(demo)))
    vue = page(fenetre, qtbot, contrat="c1")
    assert vue.alone.isVisible()
    assert _nu(vue.alone_text.text()).startswith("Depuis le 01/09/2025, les missions sont toutes administratives.")
    assert "inconnu" in [fact.valeur for fact in vue.load.facts]
    assert vue.notes.property("role") == "attention"
    tous = State(etat(fenetre).dossier, etat(fenetre).evaluation, None, "m1", etat(fenetre).analyses)
    assert _nu(secretary_only(tous)[0]).startswith("Dr Claire Benassis : Depuis")


def test_what_is_not_known_before_the_analysis_is_not_told(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    page(fenetre, qtbot)
    for contrat in ("c1", None):
        sans = State(etat(fenetre).dossier, etat(fenetre).evaluation, contrat, "m1")
        assert shares(sans) is None
        assert load_facts(sans) == []
        assert cautions(sans) == []
        assert secretary_only(sans) == []


def test_a_task_is_entrusted_by_keyboard_and_undone(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    vue = page(fenetre, qtbot, "nouvelle", "c1")
    avant = etat(fenetre).dossier
    form = panneau(fenetre).form
    form.fill({"assistant": "a2", "domaine": "coordination", "tache_coordination": "autre"})
    form.widget("tache").setFocus()
    QTest.keyClicks(form.widget("tache"), "Tenir le stock")
    form.widget("minutes_semaine").setFocus()
    QTest.keyClicks(form.widget("minutes_semaine"), "5 h")
    QTest.keyClick(form.widget("minutes_semaine"), Qt.Key.Key_Return)
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier.missions[-1].tache == "Tenir le stock"
    assert etat(fenetre).dossier.missions[-1].minutes_semaine == 300
    qtbot.waitUntil(lambda: "de trop" in vue.load.facts[0].note)
    assert vue.load.facts[0].alerte == "attention"
    fenetre.undo()
    assert etat(fenetre).dossier == avant


def test_a_task_is_ended_corrected_and_withdrawn(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    vue = page(fenetre, qtbot, contrat="c1")
    avant = etat(fenetre).dossier
    assert not vue.end.isEnabled()
    vue.tasks.table.selectRow(0)
    vue.end.click()
    panneau(fenetre).form.fill({"au": "31/10/2026"})
    panneau(fenetre).save.click()
    au_repos(qtbot, fenetre)
    assert vue.tasks.model.rowCount() == 9
    qtbot.waitUntil(lambda: "sans tâche saisie" in vue.load.facts[0].note)
    vue.tasks.table.selectRow(0)
    QTest.keyClick(vue.tasks.table, Qt.Key.Key_Return)
    assert panneau(fenetre).title == "Tâche confiée"
    vue.tasks.remove.click()
    au_repos(qtbot, fenetre)
    assert vue.tasks.model.rowCount() == 8
    fenetre.undo()
    fenetre.undo()
    assert etat(fenetre).dossier == avant


def test_days_are_counted_and_withdrawn(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    vue = page(fenetre, qtbot, "journee")
    avant = etat(fenetre).dossier
    panneau(fenetre).form.fill({"assistant": "a2", "date": "10/11/2026", "minutes_medecin_liberees": "90"})
    panneau(fenetre).save.click()
    au_repos(qtbot, fenetre)
    assert vue.days.model.rowCount() == 6
    vue.days.table.selectRow(0)
    vue.days.change.click()
    assert panneau(fenetre).form.typed()["minutes_medecin_liberees"] == "90"
    vue.days.remove.click()
    assert etat(fenetre).dossier == avant


def test_without_an_assistant_one_is_asked_for_first(
    demo: Dossier, ouvrir: Ouvrir, base_avec: BaseDe, qtbot: QtBot
) -> None:
    listes = ("assistants", "missions", "observations", "echeances_faites")
    fenetre = ouvrir(base_avec(demo.model_copy(update=dict.fromkeys(listes, ()))))
    vue = page(fenetre, qtbot)
    assert vue.tasks.empty.isVisible()
    assert vue.days.empty.isVisible()
    assert vue.load.isHidden()
    vue.tasks.add.click()
    assert fenetre.stack.currentWidget() is fenetre.page(ASSISTANTS)
    assert panneau(fenetre).title == "Nouvel assistant"
    assert fenetre.notice.text.startswith("Saisissez d’abord l’assistant")


def test_a_contract_without_tasks_says_so(demo: Dossier, ouvrir: Ouvrir, base_avec: BaseDe, qtbot: QtBot) -> None:
    seules = tuple(m for m in demo.missions if m.assistant != "a2")
    fenetre = ouvrir(base_avec(demo.model_copy(update={"missions": seules})))
    vue = page(fenetre, qtbot)
    assert vue.load.facts[0].valeur == "aucune tâche saisie"


def test_words_of_time_and_of_tasks(demo: Dossier, ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    assert [_nu(duree(m)) for m in (0, 45, 60, 95)] == ["0 min", "45 min", "1 h", "1 h 35"]
    fenetre = ouvrir(base)
    page(fenetre, qtbot)
    mission = next(m for m in demo.missions if m.au is None)
    assert etat_de(mission, etat(fenetre)) == "en cours"
    assert etat_de(mission.model_copy(update={"du": date(2027, 1, 1)}), etat(fenetre)) == "à venir"
    assert etat_de(mission.model_copy(update={"au": date(2026, 1, 31)}), etat(fenetre)) == "terminée"
