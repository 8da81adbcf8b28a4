"""Sources, corrections and activity of a doctor, as one uses them."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.suivi import Activite
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import PATIENTELE
from tests.storage.outils import base_de
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, etat
from tests.ui.outils_patientele import activite, focus, panneau, sources, taper


@pytest.fixture
def fenetre(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> MainWindow:
    """Give the demonstration, its first doctor looked at, its analyses there."""
    ouverte = ouvrir(base)
    ouverte.look_at_contrat("c1")
    au_repos(qtbot, ouverte)
    return ouverte


# Sources and corrections


def test_each_source_is_held_to_the_one_that_counts(fenetre: MainWindow) -> None:
    tab = sources(fenetre)
    table = tab.readings.table
    assert focus() is table
    assert tab.readings.model.total == 79
    assert "7\u00a0écarts" in tab.summary.text()
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert "c’est le dernier relevé de la CPAM" in fenetre.panel.browser.toPlainText()
    table.clearSelection()
    tab.why.click()
    assert "Écarts entre sources" in fenetre.panel.browser.toPlainText()
    tab.readings.filter.setText("logiciel verifier")
    assert tab.readings.model.rowCount() == 7


def test_a_correction_is_asked_answered_and_its_reading_entered(fenetre: MainWindow, qtbot: QtBot) -> None:
    tab = sources(fenetre)
    tab.corrections.add.click()
    edit = panneau(fenetre)
    assert focus() is edit.form.widget("valeur_demandee")
    taper("1 869")
    edit.form.fill({"indicateur": "file_active", "valeur_cpam": "1867"})
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    au_repos(qtbot, fenetre)
    assert [ligne.etat for ligne in tab.corrections.model.rows].count("sans réponse") == 2
    assert "sans réponse depuis" in tab.waiting.text()
    assert not tab.enter_granted.isVisible()
    demande = etat(fenetre).dossier.corrections[-1]
    tab.corrections.choose(next(r for r in tab.corrections.model.rows if r.correction == demande))
    tab.corrections.change.click()
    edit.form.fill({"repondue_le": "15/11/26", "valeur_accordee": "1 869"})
    edit.save.click()
    au_repos(qtbot, fenetre)
    assert "Saisissez le relevé corrigé" in tab.granted.text()
    tab.enter_granted.click()
    au_repos(qtbot, fenetre)
    corrige = etat(fenetre).dossier.releves[-1]
    assert (corrige.file_active, corrige.source, corrige.date) == (1869, "cpam", date(2026, 10, 31))
    assert not tab.enter_granted.isVisible()
    for _ in range(3):
        fenetre.undo()
    assert etat(fenetre).dossier.corrections == etat(fenetre).dossier.corrections[:3]


def test_a_correction_is_explained_and_withdrawn(fenetre: MainWindow) -> None:
    tab = sources(fenetre)
    tab.why_correction.click()
    assert "refusée" in fenetre.panel.browser.toPlainText()
    tab.corrections.table.selectRow(1)
    tab.why_correction.click()
    assert "refusée" not in fenetre.panel.browser.toPlainText()
    avant = len(etat(fenetre).dossier.corrections)
    tab.corrections.remove.click()
    assert len(etat(fenetre).dossier.corrections) == avant - 1
    fenetre.undo()
    assert len(etat(fenetre).dossier.corrections) == avant


def test_without_a_reading_the_tab_of_the_sources_teaches(
    ouvrir: Ouvrir, seul: Dossier, tmp_path: Path, qtbot: QtBot
) -> None:
    ouverte = ouvrir(base_de(seul.model_copy(update={"releves": ()}), tmp_path / "vide.assistmed"))
    tab = sources(ouverte)
    au_repos(qtbot, ouverte)
    assert tab.readings.empty.isVisible()
    assert tab.corrections.empty.isVisible()
    ouverte.show_page(PATIENTELE, "sources")
    assert focus() is tab.corrections.add


# Activity


def test_activity_is_entered_month_after_month_by_keyboard(fenetre: MainWindow) -> None:
    tab = activite(fenetre)
    assert tab.form.typed()["mois"] == "novembre 2026"
    assert focus() is tab.form.widget("actes")
    for actes, jours in (("4 02", "18"), ("395", "17")):
        taper(actes)
        fenetre.focusNextPrevChild(True)
        taper(jours)
        QTest.keyClick(focus(), Qt.Key.Key_Return)
        assert focus() is tab.form.widget("actes")
    assert etat(fenetre).dossier.activite[-2:] == (
        Activite(medecin="m1", mois="2026-11", actes=402, jours_travailles=18),
        Activite(medecin="m1", mois="2026-12", actes=395, jours_travailles=17),
    )
    assert tab.form.typed() == {"mois": "janvier 2027", "actes": "", "jours_travailles": ""}
    assert fenetre.notice.text == "L’activité de décembre\u00a02026 est ajoutée."


def test_a_month_already_entered_is_refused_under_its_field(fenetre: MainWindow) -> None:
    tab = activite(fenetre)
    tab.form.fill({"mois": "octobre 2026", "actes": "400", "jours_travailles": "18"})
    tab.submit.click()
    assert tab.form.help_of("mois") == "Octobre\u00a02026 est déjà saisi\u00a0: modifiez-le dans le tableau."
    assert etat(fenetre).dossier.activite[-1].mois == "2026-10"


def test_activity_is_corrected_and_withdrawn_from_the_table(fenetre: MainWindow) -> None:
    tab = activite(fenetre)
    tab.listing.table.selectRow(0)
    tab.listing.change.click()
    edit = panneau(fenetre)
    edit.form.fill({"actes": "410"})
    edit.save.click()
    assert tab.listing.model.rows[0].actes == 410
    tab.listing.table.selectRow(0)
    tab.listing.remove.click()
    assert fenetre.notice.text == "L’activité d’octobre\u00a02026 est supprimée."
    assert tab.form.typed()["mois"] == "octobre 2026"


def test_the_activity_is_drawn_and_the_file_active_told(fenetre: MainWindow, qtbot: QtBot) -> None:
    tab = activite(fenetre)
    qtbot.waitUntil(lambda: tab.pace.chart.drawn, timeout=20_000)
    assert "contre 21,9 avant" in tab.pace.sentence.text()
    assert "sort de la file active fin novembre\u00a02026" in tab.phrases.text()
    tab.why.click()
    assert "les douze mois qu’elle compte" in fenetre.panel.browser.toPlainText()


def test_without_activity_the_tab_teaches(ouvrir: Ouvrir, seul: Dossier, tmp_path: Path, qtbot: QtBot) -> None:
    ouverte = ouvrir(base_de(seul, tmp_path / "seul.assistmed"))
    tab = activite(ouverte)
    au_repos(qtbot, ouverte)
    assert tab.listing.empty.isVisible()
    assert not tab.pace.chart.isVisible()
    assert tab.form.typed()["mois"] == "octobre 2026"
