"""The journal in the window: read off the GUI thread, said to be whole or not, its fingerprint copied."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assistmed_desktop.services.operations import ajouter_releve
from assistmed_desktop.storage.journal import JournalSqlite
from assistmed_desktop.ui.dialogs.journal import JournalDialog
from assistmed_desktop.ui.main_window import MainWindow
from tests.storage.outils import sql
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, dialogue, dialogues, etat


def _ouvrir(qtbot: QtBot, fenetre: MainWindow) -> JournalDialog:
    fenetre.actions_.journal.trigger()
    au_repos(qtbot, fenetre)
    dialog = dialogue(fenetre)
    assert isinstance(dialog, JournalDialog)
    return dialog


def test_the_journal_follows_what_is_done(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    dialog = _ouvrir(qtbot, fenetre)
    assert not dialog.isModal()
    assert dialog.verdict.text().startswith("Le journal est intact depuis le")
    avant = dialog.list.model.total
    dernier = etat(fenetre).dossier.releves[-1]
    assert fenetre.apply(ajouter_releve(dernier.model_copy(update={"patientele_mt": 1999})), "Fait.")
    fenetre.undo()
    au_repos(qtbot, fenetre)
    assert dialog.list.model.total == avant + 2
    annulee, faite = dialog.list.model.rows[:2]
    assert annulee.nom == f"Annuler\u00a0: {faite.nom}"
    assert "1\u00a0999" in faite.resume
    dialog.list.table.selectRow(1)
    assert "1\u00a0999" in dialog.detail.text()


def test_the_fingerprint_is_copied_and_found_again(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    dialog = _ouvrir(qtbot, fenetre)
    dialog.copy.setFocus()
    QTest.keyClick(dialog.copy, Qt.Key.Key_Space)
    assert fenetre.desk is not None
    empreinte = fenetre.desk.practice.journal.entrees()[-1].empreinte[:16]
    assert QApplication.clipboard().text() == empreinte
    assert empreinte in dialog.advice.text()
    dialog.list.model.set_filter(empreinte)  # the line to filter shows once there are more of them
    assert dialog.list.model.rowCount() == 1


def test_what_was_altered_is_told(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    sql(base, "UPDATE journal SET etape = 'Rien' WHERE cle = 1")
    dialog = _ouvrir(qtbot, ouvrir(base))
    assert "altéré hors du programme" in dialog.verdict.text()
    assert "n°\u00a01" in dialog.verdict.text()
    assert dialog.verdict.property("role") == "faute"
    assert "sauvegarde" in dialog.advice.text()


def test_an_empty_journal_and_one_that_cannot_be_read(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    sql(base, "DELETE FROM journal")
    fenetre = ouvrir(base)
    dialog = _ouvrir(qtbot, fenetre)
    assert "est vide" in dialog.verdict.text()
    assert not dialog.copy.isEnabled()
    assert not dialog.advice.isVisible()
    dialog.close()
    assert fenetre.desk is not None
    journal = fenetre.desk.practice.journal
    assert isinstance(journal, JournalSqlite)
    journal._connexion.execute("ALTER TABLE journal RENAME TO autre")
    dialog = _ouvrir(qtbot, fenetre)
    assert dialog.verdict.text() == "Le journal n’a pas pu être lu."


def test_it_goes_with_its_practice(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    _ouvrir(qtbot, fenetre)
    fenetre.open_demonstration()
    au_repos(qtbot, fenetre)
    qtbot.waitUntil(lambda: not dialogues(fenetre))


def test_without_a_practice_there_is_none(ouvrir: Ouvrir, tmp_path: Path) -> None:
    fenetre = ouvrir(tmp_path / "rien.assistmed")
    assert not fenetre.actions_.journal.isEnabled()
    fenetre.commands.show_journal()
    assert dialogues(fenetre) == []
