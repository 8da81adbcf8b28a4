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


def test_a_column_hidden_by_the_page_is_no_width_given_by_hand(liste: Listing, settings: Settings) -> None:
    liste.set_rows(NOMS)
    avant = liste.table.columnWidth(0)
    liste.table.setColumnHidden(1, True)
    QApplication.processEvents()
    assert liste.table.columnWidth(0) > avant, "it takes the room that is left"
    liste.table.setColumnHidden(1, False)
    QApplication.processEvents()
    liste.set_rows(NOMS)
    assert liste.table.columnWidth(0) == avant
    assert settings.columns("Prénoms").isEmpty()


def test_a_list_only_read_offers_no_change(application: QApplication, qtbot: QtBot, settings: Settings) -> None:
    del application
    lue = Listing("Lus", COLONNES, settings, vide="Rien.")
    qtbot.addWidget(lue)
    lue.set_rows(NOMS)
    lue.show()
    assert not lue.add.isVisible()
    assert not lue.change.isVisible()
    assert lue.copy.isVisible()


@pytest.mark.parametrize("echelle", [1.0, 2.0])
@pytest.mark.parametrize("largeur", [1000, 620, 360])
def test_the_last_row_and_the_last_column_are_whole(
    application: QApplication, qtbot: QtBot, settings: Settings, echelle: float, largeur: int
) -> None:
    fonte = application.font()
    fonte.setPointSizeF(fonte.pointSizeF() * echelle)
    application.setFont(fonte)
    colonnes = tuple(Column[str](f"Colonne {n}", lambda nom: f"{nom} et ses suites", str) for n in range(4))
    liste = Listing("Prénoms", (*colonnes, COLONNES[1]), settings, vide="Aucun.", ajouter="Ajouter")
    qtbot.addWidget(liste)
    liste.set_rows(NOMS[:3])
    liste.resize(largeur, 600)
    liste.show()
    qtbot.waitExposed(liste)
    table, entete = liste.table, liste.table.horizontalHeader()
    qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() == 0)
    assert table.visualRect(liste.model.index(2, 0)).bottom() < table.viewport().height()
    entete.setSortIndicatorShown(False)  # a title yields the room of its arrow first
    assert entete.sectionSize(4) >= max(entete.sectionSizeHint(4), table.sizeHintForColumn(4))
    assert entete.length() >= table.viewport().width()


def test_a_long_text_in_the_last_column_is_shortened_before_the_table_scrolls(
    application: QApplication, qtbot: QtBot, settings: Settings
) -> None:
    del application
    note = Column[str]("Note", lambda nom: f"{nom} a laissé une note de plus de trente lettres", str)
    liste = Listing("Notes", (COLONNES[0], note), settings, vide="Aucune.")
    qtbot.addWidget(liste)
    liste.set_rows(NOMS)
    liste.show()
    bar = liste.table.horizontalScrollBar()
    shown = {}
    for largeur in (900, 360, 160):
        liste.resize(largeur, 500)
        QApplication.processEvents()
        shown[largeur] = (bar.maximum() > 0, liste.table.columnWidth(1))
    whole = liste.table.sizeHintForColumn(1)
    assert not shown[900][0]
    assert shown[900][1] > whole
    assert not shown[360][0]
    assert shown[360][1] < whole
    assert shown[160][0]
    assert shown[160][1] > shown[360][1]
