"""What the tests of the tabs of the Patientèle page do with them."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import PATIENTELE
from assistmed_desktop.ui.pages.patientele_activite import ActiviteTab
from assistmed_desktop.ui.pages.patientele_mouvements import MouvementsTab
from assistmed_desktop.ui.pages.patientele_sources import SourcesTab
from assistmed_desktop.ui.widgets.edit_panel import EditPanel
from tests.ui.outils import patientele


def sources(fenetre: MainWindow) -> SourcesTab:
    fenetre.show_page(PATIENTELE, "sources")
    tab = patientele(fenetre).tab("sources")
    assert isinstance(tab, SourcesTab)
    return tab


def mouvements(fenetre: MainWindow) -> MouvementsTab:
    fenetre.show_page(PATIENTELE, "mouvements")
    tab = patientele(fenetre).tab("mouvements")
    assert isinstance(tab, MouvementsTab)
    return tab


def activite(fenetre: MainWindow) -> ActiviteTab:
    fenetre.show_page(PATIENTELE, "activite")
    tab = patientele(fenetre).tab("activite")
    assert isinstance(tab, ActiviteTab)
    return tab


def panneau(fenetre: MainWindow) -> EditPanel:
    assert fenetre.edit is not None
    assert fenetre.edit.isVisible()
    return fenetre.edit


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def taper(texte: str) -> None:
    champ = focus()
    assert isinstance(champ, QLineEdit)
    champ.selectAll()
    QTest.keyClicks(champ, texte)
