"""Everything has a name, is reached by keyboard, and is whole at 150 and 200 % text."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QWidget,
)
from pytestqt.exceptions import TimeoutError as NotInTime
from pytestqt.qtbot import QtBot

from assistmed_desktop.domain.fautes import Faute
from assistmed_desktop.ui.dialogs.about import AboutDialog
from assistmed_desktop.ui.dialogs.faults import FaultsDialog
from assistmed_desktop.ui.dialogs.message import ask, tell
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import PAGES, PATIENTELE, TABLEAU
from assistmed_desktop.ui.widgets.chart_view import ChartView
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, patientele, tableau

CONTROLES = (QAbstractButton, QComboBox, QLineEdit, QAbstractItemView, QTextBrowser, QPlainTextEdit, ChartView)
FAUTES = [Faute("contrats[0].objectif.patientele_mt", "un nombre entier est attendu, sans guillemets")] * 40


def controles(racine: QWidget) -> list[QWidget]:
    """Give the visible widgets that one acts on or reads, Qt's own parts of them left out."""
    return [
        widget
        for widget in racine.findChildren(QWidget)
        if isinstance(widget, CONTROLES) and widget.isVisible() and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parentWidget(), QComboBox | QAbstractScrollArea)
    ]  # fmt: skip


def sans_nom(racine: QWidget) -> list[str]:
    return [
        repr(widget)
        for widget in controles(racine)
        if not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    ]


def etapes(fenetre: MainWindow) -> list[QWidget]:
    """Give the widgets that Tab goes through, from the button of the page back to it."""
    depart = fenetre.navigation.button(fenetre.shown)
    depart.setFocus()
    suite: list[QWidget] = []
    while True:
        widget = QApplication.focusWidget()
        if widget is None or widget in suite:
            return suite
        suite.append(widget)
        fenetre.focusNextPrevChild(True)


def coupes(racine: QWidget) -> list[str]:
    """Give the labels and buttons whose text does not fit."""
    mauvais = []
    for widget in racine.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QPushButton):
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            besoin = widget.heightForWidth(widget.width())
            if besoin > widget.height() + 1:
                mauvais.append(f"{widget.text()!r}: {besoin} > {widget.height()}")
            continue
        voulu = widget.minimumSizeHint()
        if voulu.width() > widget.width() + 1 or voulu.height() > widget.height() + 1:
            mauvais.append(f"{widget.text()!r}: {voulu} > {widget.size()}")
    return mauvais


def entier(racine: QWidget) -> bool:
    return not coupes(racine)


def pages(fenetre: MainWindow, qtbot: QtBot) -> list[str]:
    """Give the names of the situations shown one after the other."""
    fenetre.look_at_contrat("")
    fenetre.show_page(TABLEAU)
    au_repos(qtbot, fenetre)
    return ["tous", "un", *PAGES, "patientele fautive", "aide", "pourquoi"]


def montrer(fenetre: MainWindow, nom: str, qtbot: QtBot) -> None:
    match nom:
        case "tous":
            fenetre.show_page(TABLEAU)
        case "un":
            fenetre.look_at_contrat("c1")
        case "patientele fautive":
            fenetre.show_page(PATIENTELE, "releve")
            patientele(fenetre).form.fields["patientele_mt"].setText("beaucoup")
            patientele(fenetre).form.submit.click()
            fenetre.notice.tell("Le relevé est ajouté.", "Annuler", lambda: None)
        case "aide":
            fenetre.commands.show_help()
        case "pourquoi":
            fenetre.show_page(TABLEAU)
            tableau(fenetre).why.click()
        case _:
            fenetre.show_page(nom)
    au_repos(qtbot, fenetre)


def test_every_control_of_every_page_has_a_name(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    for nom in pages(fenetre, qtbot):
        montrer(fenetre, nom, qtbot)
        assert sans_nom(fenetre) == [], nom


ROLES = (
    QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton, QAccessible.Role.ComboBox,
    QAccessible.Role.EditableText, QAccessible.Role.Table, QAccessible.Role.List, QAccessible.Role.Slider,
    QAccessible.Role.SpinBox, QAccessible.Role.PageTab, QAccessible.Role.MenuItem,
)  # fmt: skip


def muets(noeud: QAccessibleInterface, chemin_: str = "") -> Iterator[str]:
    """Give what a screen reader meets on screen and cannot name, by its way from the window."""
    etat_ = noeud.state()
    if etat_.invisible:
        return
    nom = noeud.text(QAccessible.Text.Name)
    ici = f"{chemin_}/{nom or noeud.role()}"
    if noeud.role() in ROLES and not nom.strip():
        yield ici
    if noeud.role() in (QAccessible.Role.Table, QAccessible.Role.List):
        return  # its rows are named by its model
    for rang in range(noeud.childCount()):
        enfant = noeud.child(rang)
        if enfant is not None:
            yield from muets(enfant, ici)


def test_a_screen_reader_can_name_everything_it_meets(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    for nom in pages(fenetre, qtbot):
        montrer(fenetre, nom, qtbot)
        racine = QAccessible.queryAccessibleInterface(fenetre)
        assert list(muets(racine)) == [], nom


def test_every_chart_is_told_in_words(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    for nom in ("un", PATIENTELE):
        montrer(fenetre, nom, qtbot)
        charts = [chart for chart in fenetre.findChildren(ChartView) if chart.isVisible()]
        assert len(charts) == 2
        assert all(len(chart.accessibleDescription()) > 100 for chart in charts)


def test_everything_is_reached_by_keyboard(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    for nom in pages(fenetre, qtbot):
        montrer(fenetre, nom, qtbot)
        atteints = etapes(fenetre)
        groupes = [b for b in fenetre.navigation.buttons() if b not in atteints]
        assert fenetre.navigation.button(fenetre.shown) in atteints, "the arrows go from one page to the other"
        oublies = [
            repr(widget)
            for widget in controles(fenetre)
            if widget.isEnabled() and widget not in atteints and widget not in groupes
            and not isinstance(widget, ChartView) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        ]  # fmt: skip
        assert oublies == [], nom


def test_tab_follows_the_page_from_top_to_bottom(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    montrer(fenetre, "un", qtbot)
    fenetre.show_page(PATIENTELE)
    page = patientele(fenetre)
    suite = etapes(fenetre)
    attendus = [
        *(page.form.fields[cle] for cle in ("date", "patientele_mt", "file_active")),
        page.form.source, page.form.note, page.form.submit, page.releves.listing.copy, page.table,
    ]  # fmt: skip
    assert [widget for widget in suite if widget in attendus] == attendus


def test_labels_lead_to_their_fields(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    voisins = [
        label.buddy() for label in patientele(fenetre).form.findChildren(QLabel) if isinstance(label.buddy(), QWidget)
    ]
    assert len(voisins) == 5


@pytest.mark.parametrize(
    ("echelle", "taille"),
    [(1.0, (1280, 720)), (1.0, (800, 600)), (1.5, (1280, 720)), (2.0, (1280, 720)), (2.0, (1920, 1080))],
)
def test_no_text_is_cut(  # noqa: PLR0917 - fixtures
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, application: QApplication, echelle: float, taille: tuple[int, int]
) -> None:
    fonte = application.font()
    fonte.setPointSizeF(fonte.pointSizeF() * echelle)
    application.setFont(fonte)
    fenetre = ouvrir(base, demonstration=True)
    fenetre.resize(*taille)
    for nom in pages(fenetre, qtbot):
        montrer(fenetre, nom, qtbot)
        with suppress(NotInTime):
            qtbot.waitUntil(lambda: not coupes(fenetre), timeout=1000)
        assert coupes(fenetre) == [], nom


@pytest.mark.parametrize("echelle", [1.0, 1.5, 2.0])
def test_the_first_page_and_a_refusal_are_whole(
    ouvrir: Ouvrir, qtbot: QtBot, tmp_path: Path, application: QApplication, echelle: float
) -> None:
    fonte = application.font()
    fonte.setPointSizeF(fonte.pointSizeF() * echelle)
    application.setFont(fonte)
    vide, abime = tmp_path / "vide.assistmed", tmp_path / "abime.assistmed"
    abime.write_bytes(b"pas une base" * 100)
    for base in (vide, abime):
        fenetre = ouvrir(base)
        for largeur in (1280, 700):
            fenetre.resize(largeur, 720)
            with suppress(NotInTime):
                qtbot.waitUntil(partial(entier, fenetre), timeout=1000)
            assert coupes(fenetre) == []
            assert sans_nom(fenetre) == []


def test_a_text_made_larger_while_it_runs(ouvrir: Ouvrir, qtbot: QtBot, base: Path, application: QApplication) -> None:
    fenetre = ouvrir(base)
    montrer(fenetre, "un", qtbot)
    avant = tableau(fenetre).indicators[0].figure.font().pointSizeF()
    fonte = application.font()
    fonte.setPointSizeF(fonte.pointSizeF() * 1.5)
    application.setFont(fonte)
    au_repos(qtbot, fenetre)
    assert tableau(fenetre).indicators[0].figure.font().pointSizeF() == pytest.approx(avant * 1.5)
    assert tableau(fenetre).why.font().pointSizeF() == pytest.approx(fonte.pointSizeF())
    assert fenetre.header.chooser.font().pointSizeF() == pytest.approx(fonte.pointSizeF())
    with suppress(NotInTime):
        qtbot.waitUntil(lambda: not coupes(fenetre), timeout=1000)
    assert coupes(fenetre) == []


def test_a_narrow_window_shows_the_help_alone(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    fenetre.resize(100 * fenetre.fontMetrics().averageCharWidth(), 640)
    assert fenetre.navigation.buttons()[0].text() == ""
    assert fenetre.navigation.buttons()[0].toolTip() == "Tableau de bord"
    fenetre.commands.show_help()
    assert not fenetre.stack.isVisible()
    assert sans_nom(fenetre) == []
    QTest.keyClick(fenetre.panel, Qt.Key.Key_Escape)
    assert fenetre.stack.isVisible()
    fenetre.resize(1280, 720)
    assert fenetre.navigation.buttons()[0].text() == "Tableau de bord"


@pytest.mark.parametrize("echelle", [1.0, 1.5, 2.0])
def test_dialogs_are_named_and_whole(
    ouvrir: Ouvrir, base: Path, application: QApplication, qtbot: QtBot, echelle: float
) -> None:
    fonte = application.font()
    fonte.setPointSizeF(fonte.pointSizeF() * echelle)
    application.setFont(fonte)
    fenetre = ouvrir(base)
    dialogs: list[QDialog] = [
        FaultsDialog(fenetre, base, FAUTES),
        AboutDialog(fenetre),
        ask(fenetre, "Une question assez longue pour aller à la ligne ?", "Un texte. " * 20, "Oui", lambda: None),
        tell(fenetre, "Une erreur", "Un texte. " * 20, "détail\n" * 50),
    ]
    for dialog in dialogs:
        dialog.open()
        qtbot.waitExposed(dialog)
        QApplication.processEvents()
        assert dialog.accessibleName()
        assert sans_nom(dialog) == []
        assert coupes(dialog) == []
        dialog.close()
