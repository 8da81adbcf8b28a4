"""What the tests of the window do with it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from assistmed_desktop.ui.desk import State
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import PATIENTELE, TABLEAU
from assistmed_desktop.ui.pages.dashboard import DashboardPage
from assistmed_desktop.ui.pages.patientele import PatientelePage

AU = date(2026, 11, 15)


def etat(fenetre: MainWindow) -> State:
    """Give the state of a window that shows a practice."""
    assert fenetre.desk is not None
    assert fenetre.desk.state is not None
    return fenetre.desk.state


def tableau(fenetre: MainWindow) -> DashboardPage:
    """Give the first page."""
    page = fenetre.page(TABLEAU)
    assert isinstance(page, DashboardPage)
    return page


def patientele(fenetre: MainWindow) -> PatientelePage:
    """Give the page of the readings."""
    page = fenetre.page(PATIENTELE)
    assert isinstance(page, PatientelePage)
    return page


def au_repos(qtbot: QtBot, fenetre: MainWindow) -> None:
    """Wait until the worker has nothing left to do."""
    for _ in range(3):
        QApplication.processEvents()
    qtbot.waitUntil(lambda: not fenetre.worker.busy, timeout=20_000)


def dialogues(parent: QWidget) -> list[QDialog]:
    """Give the dialogs on screen."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [dialog for dialog in parent.findChildren(QDialog) if dialog.isVisible()]


def dialogue(parent: QWidget) -> QDialog:
    """Give the one dialog on screen."""
    (seul,) = dialogues(parent)
    return seul


def bouton(parent: QWidget, texte: str) -> QPushButton:
    """Give the visible button of that text."""
    QApplication.processEvents()  # what was just added to a layout is shown at the next turn of the loop
    return next(b for b in parent.findChildren(QPushButton) if b.isVisible() and b.text() == texte)


def choisir_fichier(qtbot: QtBot, fenetre: MainWindow, commande: Callable[[], None], fichier: Path) -> None:
    """Give a file command, and choose a file in its dialog."""
    commande()
    (dialog,) = [d for d in fenetre.findChildren(QFileDialog) if d.isVisible()]
    dialog.setDirectory(str(fichier.parent))
    dialog.fileSelected.emit(str(fichier))
    dialog.close()
    au_repos(qtbot, fenetre)
