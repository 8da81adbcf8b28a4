"""The tabs of the Patientèle page, the movements and their bridge, as one uses them."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.suivi import Mouvement
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import PATIENTELE
from tests.storage.outils import base_de
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, etat, patientele
from tests.ui.outils_patientele import activite, focus, mouvements, panneau, sources, taper
from tests.ui.test_accessibility import controles, coupes, etapes, sans_nom

ONGLETS = ("releve", "sources", "mouvements", "activite")


@pytest.fixture
def fenetre(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> MainWindow:
    """Give the demonstration, its first doctor looked at, its analyses there."""
    ouverte = ouvrir(base)
    ouverte.look_at_contrat("c1")
    au_repos(qtbot, ouverte)
    return ouverte


# Tabs


def test_the_arrows_go_from_tab_to_tab(fenetre: MainWindow) -> None:
    fenetre.show_page(PATIENTELE)
    page = patientele(fenetre)
    page.tabs.setFocus()
    vus = [page.tabs.cle]
    for _ in range(3):
        QTest.keyClick(page.tabs, Qt.Key.Key_Right)
        vus.append(page.tabs.cle)
    assert tuple(vus) == ONGLETS
    assert [page.tab(cle).isVisible() for cle in ONGLETS] == [False, False, False, True]


def test_a_tab_looked_at_later_shows_the_present_state(fenetre: MainWindow) -> None:
    tab = mouvements(fenetre)
    avant = tab.listing.model.total
    fenetre.show_page(PATIENTELE, "releve")
    patientele(fenetre).medecin_chosen.emit("m2")
    assert tab.listing.model.total == avant
    fenetre.show_page(PATIENTELE, "mouvements")
    assert tab.listing.model.total == 4
    assert {ligne.mouvement.medecin for ligne in tab.listing.model.rows} == {"m2"}


def test_every_tab_is_named_and_reached_by_keyboard(fenetre: MainWindow, qtbot: QtBot) -> None:
    for onglet in ONGLETS:
        fenetre.show_page(PATIENTELE, onglet)
        au_repos(qtbot, fenetre)
        assert sans_nom(fenetre) == [], onglet
        atteints = etapes(fenetre)
        oublies = [
            widget.accessibleName()
            for widget in controles(patientele(fenetre))
            if widget.isEnabled() and widget not in atteints and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        ]
        assert oublies == [], onglet


@pytest.mark.parametrize(("echelle", "largeur"), [(1.0, 1280), (1.0, 800), (1.5, 1280), (2.0, 1280)])
def test_no_text_of_a_tab_is_cut(  # noqa: PLR0917 - fixtures
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, application: QApplication, echelle: float, largeur: int
) -> None:
    fonte = application.font()
    fonte.setPointSizeF(fonte.pointSizeF() * echelle)
    application.setFont(fonte)
    ouverte = ouvrir(base)
    ouverte.resize(largeur, 720)
    for onglet in ONGLETS:
        ouverte.show_page(PATIENTELE, onglet)
        au_repos(qtbot, ouverte)
        qtbot.waitUntil(lambda: not coupes(ouverte))


def test_a_practice_without_a_doctor_has_nothing_to_enter(
    ouvrir: Ouvrir, seul: Dossier, tmp_path: Path, qtbot: QtBot
) -> None:
    rien = seul.model_copy(update={"medecins": (), "contrats": (), "releves": (), "versements": ()})
    ouverte = ouvrir(base_de(rien, tmp_path / "rien.assistmed"))
    sources(ouverte).corrections.add_asked.emit()
    mouvements(ouverte).listing.add_asked.emit()
    assert not activite(ouverte).entry.isEnabled()
    au_repos(qtbot, ouverte)
    assert ouverte.edit is None or not ouverte.edit.isVisible()


def test_a_doctor_without_a_contract_still_counts(ouvrir: Ouvrir, seul: Dossier, demo: Dossier, tmp_path: Path) -> None:
    deux = seul.model_copy(update={"medecins": demo.medecins[:2]})
    ouverte = ouvrir(base_de(deux, tmp_path / "deux.assistmed"))
    ouverte.show_page(PATIENTELE)
    patientele(ouverte).medecin_chosen.emit("m2")
    assert "n’a pas de contrat" in sources(ouverte).summary.text()
    assert "n’a pas de contrat" in mouvements(ouverte).bridge.sentence.text()
    assert not activite(ouverte).twelve.isVisible()
    assert activite(ouverte).pace.sentence.text() == "Aucun assistant n’est encore arrivé sur ce contrat."


# Movements


def test_movements_are_entered_period_after_period_by_keyboard(fenetre: MainWindow) -> None:
    tab = mouvements(fenetre)
    assert focus() is tab.listing.add
    QTest.keyClick(tab.listing.add, Qt.Key.Key_Space)
    edit = panneau(fenetre)
    assert edit.form.typed()["du"] == "01/10/2026"
    assert focus() is edit.form.widget("entrees")
    for rang, texte in enumerate(("12", "2", "3", "0")):
        if rang:
            fenetre.focusNextPrevChild(True)
        taper(texte)
    while focus() is not edit.save_next:
        fenetre.focusNextPrevChild(True)
    QTest.keyClick(edit.save_next, Qt.Key.Key_Space)
    ajoute = etat(fenetre).dossier.mouvements[-1]
    assert ajoute == Mouvement(
        medecin="m1", du=date(2026, 10, 1), au=date(2026, 12, 31), entrees=12, deces=2, departs=3, autres_sorties=0
    )
    assert edit.form.typed()["du"] == "01/01/2027"
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert not edit.isVisible()
    assert tab.listing.model.total == 9
    fenetre.undo()
    assert tab.listing.model.total == 8


def test_movements_that_overlap_are_refused_in_the_form(fenetre: MainWindow) -> None:
    mouvements(fenetre).listing.add.click()
    edit = panneau(fenetre)
    edit.form.fill({"du": "09/2026", "au": "12/2026", "entrees": "1", "deces": "0", "departs": "0",
                    "autres_sorties": "0"})  # fmt: skip
    edit.save.click()
    assert edit.isVisible()
    assert edit.form.faults.text() or any(edit.form.help_of(cle) for cle in ("du", "au"))


def test_movements_are_corrected_and_withdrawn_from_the_table(fenetre: MainWindow) -> None:
    tab = mouvements(fenetre)
    tab.listing.table.setFocus()
    tab.listing.table.selectRow(0)
    QTest.keyClick(tab.listing.table, Qt.Key.Key_Return)
    edit = panneau(fenetre)
    edit.form.fill({"deces": "4"})
    edit.save.click()
    assert etat(fenetre).dossier.mouvements[-1].deces == 4
    tab.listing.table.selectRow(0)
    QTest.keyClick(tab.listing.table, Qt.Key.Key_Delete)
    assert tab.listing.model.total == 7
    assert fenetre.notice.text == "Les mouvements du 01/07/2026 au 30/09/2026 sont supprimés."


def test_the_bridge_is_drawn_told_and_explained(fenetre: MainWindow, qtbot: QtBot) -> None:
    tab = mouvements(fenetre)
    qtbot.waitUntil(lambda: tab.bridge.chart.drawn, timeout=20_000)
    assert "Reste inexpliqué\u00a0: −8" in tab.bridge.sentence.text()
    assert "à cheval" in tab.bridge.notes.text()
    assert "44\u00a0décès" in tab.bridge.chart.accessibleDescription()
    tab.bridge.chart.setFocus()
    QTest.keyClick(tab.bridge.chart, Qt.Key.Key_Right)
    QTest.keyClick(tab.bridge.chart, Qt.Key.Key_Right)
    assert tab.bridge.chart.said == "Entrées\u00a0: +270, soit 1\u00a0338\u00a0patients"
    tab.bridge.why.click()
    assert "Reste inexpliqué" in fenetre.panel.browser.toPlainText()
    avant = tab.bridge.chart.spots
    patientele(fenetre).show_state(etat(fenetre))
    assert tab.bridge.chart.spots is avant, "what has not changed is not drawn again"


def test_without_movements_the_tab_teaches(ouvrir: Ouvrir, seul: Dossier, tmp_path: Path, qtbot: QtBot) -> None:
    ouverte = ouvrir(base_de(seul, tmp_path / "seul.assistmed"))
    tab = mouvements(ouverte)
    au_repos(qtbot, ouverte)
    assert tab.listing.empty.isVisible()
    assert "Ajoutez les mouvements" in tab.bridge.sentence.text()
    assert not tab.bridge.chart.isVisible()
    tab.bridge.why.click()
