"""A phrase chosen while a practice begins, and the copies of the second folder that follow a new one or cannot."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as Absent
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assistmed_desktop.storage.chiffrement import est_chiffre
from assistmed_desktop.storage.restauration import examiner
from assistmed_desktop.storage.sauvegardes import lister, lister_dossier, second_dossier
from assistmed_desktop.ui.dialogs.passphrase import PassphraseDialog
from assistmed_desktop.ui.fiches.cabinet import corriger_cabinet
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import MISE_EN_ROUTE
from assistmed_desktop.ui.settings import Settings
from tests.services.outils import HorlogeReglee
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, bouton, dialogue, dialogues, etat
from tests.ui.test_mise_en_route import CABINET_SAISI, commencer, mise_en_route
from tests.ui.test_protection import AUTRE, PHRASE, demander, proteger, taper, textes


@pytest.fixture(autouse=True)
def sans_trousseau() -> Iterator[None]:
    avant = keyring.get_keyring()
    keyring.set_keyring(Absent())  # type: ignore[no-untyped-call] # keyring does not type it
    yield
    keyring.set_keyring(avant)


def touche(touche: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, touche)


def jusqu_a(fenetre: MainWindow, but: object) -> None:
    """Walk with Tab to a widget."""
    for _ in range(60):
        if QApplication.focusWidget() is but:
            return
        fenetre.focusNextPrevChild(True)
    raise AssertionError("Tab does not go there")


def test_a_new_practice_is_protected_by_keyboard_while_it_begins(ouvrir: Ouvrir, qtbot: QtBot, tmp_path: Path) -> None:
    base = tmp_path / "neuf.assistmed"
    fenetre = ouvrir(base)
    page = commencer(qtbot, fenetre)
    assert "Perdue, elle ne se retrouve pas" in page.phrase.text()
    page.form.fill(CABINET_SAISI)
    jusqu_a(fenetre, page.protect)
    touche(Qt.Key.Key_Space)
    au_repos(qtbot, fenetre)
    boite = dialogue(fenetre)
    assert isinstance(boite, PassphraseDialog)
    assert "notez-la dans un endroit sûr" in textes(fenetre)
    boite.new.setText(PHRASE)
    boite.again.setText(PHRASE)
    boite.understood.setFocus()
    touche(Qt.Key.Key_Space)
    boite.again.setFocus()
    touche(Qt.Key.Key_Return)
    au_repos(qtbot, fenetre)
    assert fenetre.shown == MISE_EN_ROUTE
    assert dialogues(fenetre) == []
    page = mise_en_route(fenetre)
    assert page.form.typed()["nom"] == CABINET_SAISI["nom"]
    assert not page.protect.isVisible()
    assert "sont protégés" in page.phrase.text()
    page.save.click()
    au_repos(qtbot, fenetre)
    assert page.step == "medecin"
    assert not page.phrase.isVisible()
    fenetre.close()
    for fichier in (base, *(copie.fichier for copie in lister(base))):
        assert est_chiffre(fichier)
    autre = ouvrir(base)
    taper(qtbot, autre, PHRASE)
    assert etat(autre).dossier.cabinet.nom == CABINET_SAISI["nom"]


def test_nothing_typed_the_first_steps_come_back_at_their_beginning(
    ouvrir: Ouvrir, qtbot: QtBot, tmp_path: Path
) -> None:
    base = tmp_path / "neuf.assistmed"
    fenetre = ouvrir(base)
    commencer(qtbot, fenetre).protect.click()
    au_repos(qtbot, fenetre)
    bouton(dialogue(fenetre), "Annuler").click()
    assert mise_en_route(fenetre).protect.isVisible()
    proteger(qtbot, fenetre, "", PHRASE)
    assert fenetre.shown == MISE_EN_ROUTE
    assert mise_en_route(fenetre).step == "cabinet"
    assert est_chiffre(base)


def test_the_copies_of_the_second_folder_follow_too(
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, settings: Settings, tmp_path: Path
) -> None:
    cle = tmp_path / "cle"
    cle.mkdir()
    settings.set_second_folder(base_seul, cle)
    fenetre = ouvrir(base_seul)
    assert fenetre.safe.save("demande")
    au_repos(qtbot, fenetre)
    proteger(qtbot, fenetre, "", PHRASE)
    bouton(dialogue(fenetre), "Protéger").click()
    au_repos(qtbot, fenetre)
    la = second_dossier(base_seul, cle)
    assert len(lister_dossier(la)) == 2
    for copie in lister_dossier(la):
        assert examiner(copie.fichier, HorlogeReglee(), PHRASE).comptes
    proteger(qtbot, fenetre, PHRASE, AUTRE)
    assert "l’ancienne phrase" in textes(fenetre)
    bouton(dialogue(fenetre), "Protéger").click()
    au_repos(qtbot, fenetre)
    for copie in (*lister_dossier(la), *lister(base_seul)):
        assert examiner(copie.fichier, HorlogeReglee(), AUTRE).comptes
    assert "n’est pas branché" not in fenetre.notice.text


def test_a_second_folder_that_is_not_there_is_told(
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, settings: Settings, tmp_path: Path
) -> None:
    fenetre = ouvrir(base_seul)
    settings.set_second_folder(base_seul, tmp_path / "debranchee")
    proteger(qtbot, fenetre, "", PHRASE)
    assert "n’est pas branché" in textes(fenetre)
    bouton(dialogue(fenetre), "Protéger").click()
    au_repos(qtbot, fenetre)
    assert "debranchee" in fenetre.notice.text
    boite = demander(qtbot, fenetre)
    boite.present.setText(PHRASE)
    boite.remove.click()
    boite.ok.click()
    au_repos(qtbot, fenetre)
    assert "La phrase est retirée" in fenetre.notice.text
    assert "n’est pas branché" in fenetre.notice.text


def test_a_form_left_open_is_still_there_once_the_phrase_is_put(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path) -> None:
    fenetre = ouvrir(base_seul)
    fenetre.editing.edit(corriger_cabinet(etat(fenetre).dossier.cabinet))
    assert fenetre.edit is not None
    fenetre.edit.form.fill({"nom": "Cabinet du Grand Tilleul"})
    proteger(qtbot, fenetre, "", PHRASE)
    assert fenetre.edit.form.typed()["nom"] == "Cabinet du Grand Tilleul"


def test_at_a_large_text_the_dialog_scrolls_rather_than_leave_the_screen(
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path
) -> None:
    fonte = QApplication.font()
    fonte.setPointSizeF(fonte.pointSizeF() * 2)
    QApplication.setFont(fonte)
    fenetre = ouvrir(base_seul)
    boite = demander(qtbot, fenetre)
    boite.ok.click()
    QApplication.processEvents()
    assert boite.height() < boite.screen().availableSize().height()
    assert boite.ok.isVisible()
    assert not boite.error.visibleRegion().isEmpty()
    assert boite.error.text() == "Tapez la nouvelle phrase."
