"""Ctrl+K finds pages, persons, contracts and commands, and goes there by keyboard."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from assistmed_desktop.ui.dialogs.search import SearchDialog
from assistmed_desktop.ui.main_window import MainWindow
from tests.ui.conftest import Ouvrir
from tests.ui.outils import dialogue, dialogues, etat


def chercher(fenetre: MainWindow, texte: str = "") -> SearchDialog:
    QTest.keyClick(fenetre, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    dialog = dialogue(fenetre)
    assert isinstance(dialog, SearchDialog)
    QTest.keyClicks(dialog.line, texte)
    return dialog


def test_a_page_is_found_without_its_accents(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    dialog = chercher(fenetre, "patientele")
    assert dialog.texts()[0] == "Patientèle"
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert fenetre.shown == "patientele"
    assert dialogues(fenetre) == []


def test_a_doctor_is_found_and_looked_at(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    nom = etat(fenetre).dossier.medecins[1].nom
    dialog = chercher(fenetre, nom)
    while "médecin" not in dialog.line.accessibleDescription():
        QTest.keyClick(dialog.line, Qt.Key.Key_Down)
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert etat(fenetre).medecin_id == etat(fenetre).dossier.medecins[1].id
    assert fenetre.shown == "patientele"


def test_a_contract_is_found_and_looked_at(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    dialog = chercher(fenetre, "contrat")
    rang = next(i for i, one in enumerate(dialog._shown) if one.genre == "contrat")
    dialog.list.setCurrentRow(rang)
    dialog.list.itemActivated.emit(dialog.list.currentItem())
    assert etat(fenetre).contrat_id is not None
    assert fenetre.shown == "contrats"


def test_a_command_is_found_and_done(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    dialog = chercher(fenetre, "propos")
    assert dialog.texts() == ["À propos d’AssistMed"]
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert "AssistMed" in dialogue(fenetre).accessibleName()


def test_what_is_begun_often_leads_to_its_form(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    dialog = chercher(fenetre, "saisir un releve")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert fenetre.shown == "patientele"


def test_nothing_found_is_said(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    dialog = chercher(fenetre, "zzz")
    assert dialog.texts() == []
    assert "Rien ne porte ce nom" in dialog.told.text()
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.isVisible()
    QTest.keyClick(dialog.line, Qt.Key.Key_Up)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialogues(fenetre) == []


def test_without_a_practice_only_commands_are_found(ouvrir: Ouvrir, tmp_path: Path) -> None:
    fenetre = ouvrir(tmp_path / "rien.assistmed")
    dialog = chercher(fenetre)
    assert "Importer un dossier" in dialog.texts()
    assert "Tableau de bord" not in dialog.texts()
    assert "Exporter le dossier" not in dialog.texts()
