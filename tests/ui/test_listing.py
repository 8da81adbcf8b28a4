"""A list of facts: filtered, sorted, copied, its columns remembered, its gestures by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assistmed_desktop.ui.settings import Settings
from assistmed_desktop.ui.widgets.listing import Listing
from assistmed_desktop.ui.widgets.table import Column

COLONNES = (Column[str]("Nom", str, str), Column[str]("Longueur", lambda nom: str(len(nom)), len, droite=True))
NOMS = ("Éléonore", "Zoé", "Inès", "Paul", "Anaïs", "Léa", "Hugo", "Lou", "Max", "Noé")


@pytest.fixture
def liste(application: QApplication, qtbot: QtBot, settings: Settings) -> Listing:
    del application
    liste = Listing("Prénoms", COLONNES, settings, vide="Aucun prénom : ajoutez le premier.", ajouter="Ajouter")
    qtbot.addWidget(liste)
    liste.resize(600, 400)
    liste.show()
    qtbot.waitExposed(liste)
    return liste


def test_an_empty_list_teaches(liste: Listing) -> None:
    assert liste.empty.isVisible()
    assert not liste.table.isVisible()
    assert liste.add.isVisible()
    assert not liste.change.isVisible()
    assert not liste.filter.isVisible()


def test_a_long_list_is_filtered_without_accents(liste: Listing) -> None:
    liste.set_rows(NOMS)
    assert liste.filter.isVisible()
    liste.filter.setText("eleo")
    assert list(liste.model.rows) == ["Éléonore"]
    assert liste.count.text() == "1 sur 10"
    liste.set_rows((*NOMS, "Éléa"))
    assert list(liste.model.rows) == ["Éléonore"]
    liste.filter.setText("zzz")
    assert list(liste.model.rows) == []
    assert liste.table.isVisible()
    liste.filter.clear()
    assert liste.count.text() == "11"


def test_the_chosen_row_stays_chosen(liste: Listing) -> None:
    liste.set_rows(NOMS)
    liste.choose("Hugo")
    liste.set_rows(tuple(reversed(NOMS)))
    assert liste.table.current == "Hugo"
    assert liste.change.isEnabled()


def test_gestures_by_keyboard(liste: Listing, qtbot: QtBot) -> None:
    liste.set_rows(NOMS)
    liste.choose("Lou")
    with qtbot.waitSignal(liste.edit_asked) as corrige:
        QTest.keyClick(liste.table, Qt.Key.Key_Return)
    assert corrige.args == ["Lou"]
    with qtbot.waitSignal(liste.removal_asked) as supprime:
        QTest.keyClick(liste.table, Qt.Key.Key_Delete)
    assert supprime.args == ["Lou"]
    QTest.keyClick(liste.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().splitlines()[:2] == ["Nom\tLongueur", "Éléonore\t8"]


def test_widths_given_by_hand_are_remembered(liste: Listing, settings: Settings, qtbot: QtBot) -> None:
    liste.set_rows(NOMS)
    fitted = liste.table.columnWidth(0)
    liste.table.horizontalHeader().resizeSection(0, fitted + 77)
    liste.set_rows(NOMS[:3])
    assert liste.table.columnWidth(0) == fitted + 77
    settings.save()
    autre = Listing("Prénoms", COLONNES, Settings(Path(settings._ini.fileName())), vide="Aucun.")
    qtbot.addWidget(autre)
    autre.set_rows(NOMS)
    assert autre.table.columnWidth(0) == fitted + 77
    neuve = Listing("Noms", COLONNES, settings, vide="Aucun.")
    qtbot.addWidget(neuve)
    neuve.set_rows(NOMS)
    assert neuve.table.columnWidth(0) != fitted + 77


def test_a_list_only_read_offers_no_change(application: QApplication, qtbot: QtBot, settings: Settings) -> None:
    del application
    lue = Listing("Lus", COLONNES, settings, vide="Rien.")
    qtbot.addWidget(lue)
    lue.set_rows(NOMS)
    lue.show()
    assert not lue.add.isVisible()
    assert not lue.change.isVisible()
    assert lue.copy.isVisible()
