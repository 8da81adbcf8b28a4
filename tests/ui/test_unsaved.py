"""What is typed and not saved when a practice is locked: out of sight, then back where it was."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.services.places import changer
from assistmed_desktop.storage.depot import DepotSqlite
from assistmed_desktop.ui.dialogs.message import MessageDialog
from assistmed_desktop.ui.fiches.cabinet import corriger_cabinet
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import CABINET, MISE_EN_ROUTE, PATIENTELE
from assistmed_desktop.ui.pages.mise_en_route import MiseEnRoutePage
from assistmed_desktop.ui.pages.patientele import ACTIVITE, RELEVE
from assistmed_desktop.ui.pages.patientele_activite import ActiviteTab
from assistmed_desktop.ui.pages.unlock import UnlockPage
from assistmed_desktop.ui.widgets.edit_panel import EditPanel
from tests.services.outils import HorlogeReglee
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, bouton, dialogue, etat, patientele

PHRASE, TAPE = "un été à la campagne", "Cabinet du Grand Tilleul"


@pytest.fixture
def protegee(seul: Dossier, tmp_path: Path) -> Path:
    base = tmp_path / "protege.assistmed"
    with DepotSqlite.ouvrir(base, HorlogeReglee(), creer=True, phrase=PHRASE) as depot:
        depot.enregistrer(None, seul)
    return base


@pytest.fixture
def ouverte(ouvrir: Ouvrir, qtbot: QtBot, protegee: Path) -> MainWindow:
    fenetre = ouvrir(protegee)
    deverrouiller(qtbot, fenetre)
    return fenetre


def serrure(fenetre: MainWindow) -> UnlockPage:
    page = fenetre.stack.currentWidget()
    assert isinstance(page, UnlockPage)
    return page


def deverrouiller(qtbot: QtBot, fenetre: MainWindow, phrase: str = PHRASE) -> None:
    serrure(fenetre).field.setText(phrase)
    QTest.keyClick(serrure(fenetre).field, Qt.Key.Key_Return)
    au_repos(qtbot, fenetre)


def verrouiller(qtbot: QtBot, fenetre: MainWindow) -> None:
    """Lock it as the idle delay does, and let what is to be deleted go."""
    au_repos(qtbot, fenetre)
    fenetre.protection.idle.timeout.emit()
    au_repos(qtbot, fenetre)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def champs(fenetre: MainWindow) -> list[str]:
    """Give what every field of the window holds, those that are hidden too."""
    return [
        *(champ.text() for champ in fenetre.findChildren(QLineEdit)),
        *(champ.toPlainText() for champ in fenetre.findChildren(QPlainTextEdit)),
    ]


def panneau(fenetre: MainWindow) -> EditPanel | None:
    """Give the form beside the page, afresh."""
    return fenetre.edit


def tape(fenetre: MainWindow) -> str:
    """Give the name typed in that form."""
    edit = panneau(fenetre)
    assert edit is not None
    assert edit.isVisible()
    return edit.form.typed()["nom"]


def fiche_ouverte(fenetre: MainWindow) -> EditPanel:
    fenetre.show_page(CABINET)
    fenetre.editing.edit(corriger_cabinet(etat(fenetre).dossier.cabinet))
    assert fenetre.edit is not None
    fenetre.edit.form.fill({"nom": TAPE})
    return fenetre.edit


def test_a_form_comes_back_with_what_was_typed(ouverte: MainWindow, qtbot: QtBot) -> None:
    fenetre = ouverte
    fiche_ouverte(fenetre)
    verrouiller(qtbot, fenetre)
    assert serrure(fenetre).waiting.isVisible()
    assert TAPE not in champs(fenetre)
    assert panneau(fenetre) is None
    deverrouiller(qtbot, fenetre, "ce n’est pas elle")
    assert serrure(fenetre).waiting.isVisible()
    deverrouiller(qtbot, fenetre)
    assert fenetre.shown == CABINET
    assert tape(fenetre) == TAPE
    assert "pas encore enregistrée" in fenetre.notice.text
    assert etat(fenetre).dossier.cabinet.nom != TAPE
    bouton(fenetre, "Enregistrer").click()
    assert etat(fenetre).dossier.cabinet.nom == TAPE


def test_a_form_behind_the_help_comes_back_too(ouverte: MainWindow, qtbot: QtBot) -> None:
    fiche_ouverte(ouverte)
    ouverte.commands.show_help()
    verrouiller(qtbot, ouverte)
    assert not ouverte.panel.isVisible()
    assert ouverte.panel.browser.toPlainText() == ""
    deverrouiller(qtbot, ouverte)
    assert tape(ouverte) == TAPE


@pytest.mark.parametrize("laisser", [lambda edit: edit.close_panel(), lambda edit: edit.save.click()])
def test_what_was_left_or_saved_does_not_come_back(
    ouverte: MainWindow, qtbot: QtBot, laisser: Callable[[EditPanel], None]
) -> None:
    laisser(fiche_ouverte(ouverte))
    verrouiller(qtbot, ouverte)
    assert not serrure(ouverte).waiting.isVisible()
    deverrouiller(qtbot, ouverte)
    assert panneau(ouverte) is None
    assert ouverte.notice.text != "Votre saisie est revenue. Elle n’est pas encore enregistrée."


def test_the_forms_of_a_page_come_back(ouverte: MainWindow, qtbot: QtBot) -> None:
    fenetre = ouverte
    fenetre.show_page(PATIENTELE)
    page = patientele(fenetre)
    page.form.fields["patientele_mt"].setText("1 234")
    page.form.note.setText("compté à la main")
    page.tabs.choose(ACTIVITE)
    activite = page.tab(ACTIVITE)
    assert isinstance(activite, ActiviteTab)
    activite.form.fill({"actes": "412"})
    verrouiller(qtbot, fenetre)
    assert not {"1 234", "412", "compté à la main"} & set(champs(fenetre))
    deverrouiller(qtbot, fenetre)
    page = patientele(fenetre)
    assert page.tabs.cle == ACTIVITE
    activite = page.tab(ACTIVITE)
    assert isinstance(activite, ActiviteTab)
    assert activite.form.typed()["actes"] == "412"
    page.tabs.choose(RELEVE)
    assert page.form.fields["patientele_mt"].text() == "1 234"
    assert page.form.note.text() == "compté à la main"
    assert not page.form.correcting


def test_a_correction_comes_back_to_its_reading(ouverte: MainWindow, qtbot: QtBot) -> None:
    fenetre = ouverte
    fenetre.show_page(PATIENTELE)
    page = patientele(fenetre)
    page.releves.listing.edit_asked.emit(page.releves.listing.model.rows[0])
    corrige = page.form.typed().date
    page.form.fields["file_active"].setText("999")
    verrouiller(qtbot, fenetre)
    deverrouiller(qtbot, fenetre)
    page = patientele(fenetre)
    assert page.form.correcting
    assert (page.form.typed().date, page.form.typed().file_active) == (corrige, "999")
    nombre = len(etat(fenetre).dossier.releves)
    page.form.submit.click()
    assert len(etat(fenetre).dossier.releves) == nombre
    assert "est corrigé" in fenetre.notice.text


def test_the_first_steps_come_back(ouvrir: Ouvrir, qtbot: QtBot, tmp_path: Path) -> None:
    base = tmp_path / "neuf.assistmed"
    DepotSqlite.ouvrir(base, HorlogeReglee(), creer=True, phrase=PHRASE).fermer()
    fenetre = ouvrir(base)
    deverrouiller(qtbot, fenetre)
    fenetre.show_first_run()
    fenetre.first_run.page().form.fill({"nom": TAPE})
    verrouiller(qtbot, fenetre)
    deverrouiller(qtbot, fenetre)
    assert fenetre.shown == MISE_EN_ROUTE
    page = fenetre.pages[MISE_EN_ROUTE]
    assert isinstance(page, MiseEnRoutePage)
    assert page.form.typed()["nom"] == TAPE


def test_a_practice_that_changed_meanwhile_only_shows_it(ouverte: MainWindow, qtbot: QtBot, protegee: Path) -> None:
    fenetre = ouverte
    fenetre.show_page(PATIENTELE)
    patientele(fenetre).form.note.setText("compté à la main")
    fiche_ouverte(fenetre)
    fenetre.show_page(PATIENTELE)
    verrouiller(qtbot, fenetre)
    with DepotSqlite.ouvrir(protegee, HorlogeReglee(), creer=False, phrase=PHRASE) as depot:
        avant = depot.charger()
        assert avant is not None
        operation = changer(("cabinet",), {"nom": "Autre nom"}, "Renommer le cabinet")
        depot.enregistrer(avant, operation.appliquer(avant), "Renommer")
    deverrouiller(qtbot, fenetre)
    dit = dialogue(fenetre)
    assert isinstance(dit, MessageDialog)
    assert TAPE in dit.details.toPlainText()
    assert "compté à la main" in dit.details.toPlainText()
    assert panneau(fenetre) is None


def test_another_practice_opened_meanwhile_takes_nothing(
    ouverte: MainWindow, qtbot: QtBot, base: Path, protegee: Path
) -> None:
    fenetre = ouverte
    fiche_ouverte(fenetre)
    verrouiller(qtbot, fenetre)
    fenetre.open_practice(base)
    au_repos(qtbot, fenetre)
    assert panneau(fenetre) is None
    fenetre.open_practice(protegee)
    au_repos(qtbot, fenetre)
    assert serrure(fenetre).waiting.isVisible()
    deverrouiller(qtbot, fenetre)
    assert tape(fenetre) == TAPE
