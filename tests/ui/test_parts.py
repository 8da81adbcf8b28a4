"""The parts of the pages, each alone: the table model, the worker, the notice, the folding row."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from assistmed_desktop.ui.widgets.card import Card, FoldingRow, PageArea
from assistmed_desktop.ui.widgets.notice import Notice
from assistmed_desktop.ui.widgets.table import ROLE_OBJET, ROLE_TRI, Column, Table, TableModel
from assistmed_desktop.ui.widgets.text import Text
from assistmed_desktop.ui.work import Worker


@dataclass(frozen=True)
class Fruit:
    nom: str
    poids: int


FRUITS = (Fruit("poire", 170), Fruit("abricot", 45), Fruit("=pomme", 150))
COLONNES: tuple[Column[Fruit], ...] = (
    Column("Nom", lambda f: f.nom, lambda f: f.nom, icone=lambda _fruit: QIcon()),
    Column("Poids", lambda f: f"\u2212{f.poids}\u00a0000", lambda f: f.poids, droite=True),
)


@pytest.fixture
def model() -> TableModel[Fruit]:
    return TableModel(COLONNES, FRUITS)


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Worker]:
    del qtbot
    travailleur = Worker()
    yield travailleur
    travailleur.stop()


def test_the_model_keeps_qt_s_rules(model: TableModel[Fruit], qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.sort(1)
    model.set_rows(FRUITS[:1])
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_a_cell_says_what_it_shows_and_what_it_sorts_by(model: TableModel[Fruit]) -> None:
    index = model.index(0, 1)
    assert model.data(index) == "\u2212170\u00a0000"
    assert model.data(index, Qt.ItemDataRole.ToolTipRole) == model.data(index)
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Poids\u00a0: \u2212170\u00a0000"
    assert model.data(index, ROLE_TRI) == 170
    assert model.data(index, ROLE_OBJET) is FRUITS[0]
    assert model.data(index, Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.data(index, Qt.ItemDataRole.DecorationRole) is None
    assert isinstance(model.data(model.index(0, 0), Qt.ItemDataRole.DecorationRole), QIcon)
    assert model.data(index, Qt.ItemDataRole.FontRole) is None
    assert model.data(QModelIndex()) is None
    assert model.rowCount(index) == model.columnCount(index) == 0


def test_titles_stand_on_the_side_of_their_values(model: TableModel[Fruit]) -> None:
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Nom"
    cote = model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
    assert cote & Qt.AlignmentFlag.AlignRight
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(9, Qt.Orientation.Horizontal) is None
    assert model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.FontRole) is None


def test_sorting_sorts_the_values_and_keeps_the_choice(model: TableModel[Fruit], qtbot: QtBot) -> None:
    table = Table(model, "Fruits")
    qtbot.addWidget(table)
    table.selectRow(0)
    model.sort(1)
    assert [fruit.poids for fruit in model.rows] == [45, 150, 170]
    assert table.current == FRUITS[0]
    model.set_rows(FRUITS[1:])
    assert [fruit.poids for fruit in model.rows] == [45, 150]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert [fruit.poids for fruit in model.rows] == [150, 45]


def test_a_row_is_chosen_by_its_value(model: TableModel[Fruit], qtbot: QtBot) -> None:
    table = Table(model, "Fruits")
    qtbot.addWidget(table)
    avant = table.current
    assert avant is None
    table.choose(lambda fruit: fruit.poids == 45)
    assert table.current == FRUITS[1]
    table.choose(lambda fruit: fruit.poids == 0)
    assert not table.selectionModel().hasSelection()
    with qtbot.assertNotEmitted(table.opened):
        QTest.keyClick(table, Qt.Key.Key_Home)


def test_copies_hold_numbers_and_no_formula(model: TableModel[Fruit]) -> None:
    assert model.as_tsv([1, 2]) == "Nom\tPoids\nabricot\t-45000\n'=pomme\t-150000\n"


def test_rows_grow_with_the_font(model: TableModel[Fruit], qtbot: QtBot) -> None:
    table = Table(model, "Fruits")
    qtbot.addWidget(table)
    assert table.verticalHeader().defaultSectionSize() == 32
    grande = table.font()
    grande.setPointSizeF(40)
    table.setFont(grande)
    assert table.verticalHeader().defaultSectionSize() > 50


def test_work_is_delivered_where_it_was_asked(worker: Worker, qtbot: QtBot) -> None:
    recus: list[object] = []
    worker.run(lambda: 7, recus.append, recus.append)
    worker.run(lambda: 1 / 0, recus.append, lambda erreur: recus.append(type(erreur)))
    assert worker.busy
    qtbot.waitUntil(lambda: not worker.busy)
    assert recus == [7, ZeroDivisionError]


def test_cancelled_work_is_not_heard_of(worker: Worker, qtbot: QtBot) -> None:
    recus: list[object] = []
    faits: list[int] = []
    commence = worker.run(lambda: faits.append(1), recus.append, recus.append)
    jamais = worker.run(lambda: faits.append(2), recus.append, recus.append)
    jamais.cancel()
    commence.cancel()
    qtbot.waitUntil(lambda: not worker.busy)
    assert recus == []
    assert 2 not in faits


def test_a_notice_stays_until_it_is_closed_or_acted_on(qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    assert notice.isHidden()
    actes: list[str] = []
    notice.tell("Fait.", "Annuler", lambda: actes.append("annulé"))
    assert not notice.isHidden()
    notice.action.click()
    assert actes == ["annulé"]
    assert notice.isHidden()
    notice.tell("Fait.")
    notice._act()
    assert notice.isHidden()
    notice.keep("Toujours là.", "Agir", lambda: actes.append("agi"))
    notice.action.click()
    assert actes == ["annulé", "agi"]
    assert not notice.isHidden()


def test_a_row_folds_when_it_is_narrow_or_the_text_large(qtbot: QtBot, application: QApplication) -> None:
    row = FoldingRow(20)
    qtbot.addWidget(row)
    for _ in range(2):
        row.add(QLabel("colonne"))
    large = 50 * row.fontMetrics().averageCharWidth()
    row.resize(large, 100)
    row.show()
    plis = []
    for largeur in (large, large // 2, large):
        row.resize(largeur, 100)
        plis.append(row.folded)
    assert plis == [False, True, False]
    grande = application.font()
    grande.setPointSizeF(grande.pointSizeF() * 2)
    row.setFont(grande)
    assert row.folded


def test_a_label_follows_the_font_of_the_program(qtbot: QtBot, application: QApplication) -> None:
    label = Text("titre", 2.0)
    qtbot.addWidget(label)
    avant = label.font().pointSizeF()
    grande = application.font()
    grande.setPointSizeF(grande.pointSizeF() * 1.5)
    application.setFont(grande)
    label.follow_font()
    assert label.font().pointSizeF() == pytest.approx(avant * 1.5)


def test_a_label_shows_markup_as_it_is_typed(qtbot: QtBot) -> None:
    label = Text("<b>Dr&nbsp;Martin</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_page_is_as_wide_with_its_scroll_bar_as_without(application: QApplication, qtbot: QtBot) -> None:
    del application
    area = PageArea()
    qtbot.addWidget(area)
    card = Card("Carte")
    area.body.addWidget(card)
    area.resize(600, 400)
    area.show()
    qtbot.waitExposed(area)
    bar = area.verticalScrollBar()
    assert not bar.isVisible()
    before = card.width()
    card.setMinimumHeight(900)
    qtbot.waitUntil(bar.isVisible)
    qtbot.waitUntil(lambda: card.width() == before)
