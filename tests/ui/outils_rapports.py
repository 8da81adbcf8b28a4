"""What the tests of the reports do in a window."""

from datetime import date
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from assistmed_desktop.services.operations import ajouter_releve
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import RAPPORTS
from assistmed_desktop.ui.pages.issued import COLONNES
from assistmed_desktop.ui.pages.rapports import RapportsPage
from assistmed_desktop.ui.printing import settle
from assistmed_desktop.ui.reports import Reports
from tests.ui.outils import au_repos, choisir_fichier, etat


def rapports(fenetre: MainWindow) -> RapportsPage:
    page = fenetre.page(RAPPORTS)
    assert isinstance(page, RapportsPage)
    return page


def aller(qtbot: QtBot, fenetre: MainWindow) -> RapportsPage:
    """Go to the page, and wait for its preview."""
    fenetre.show_page(RAPPORTS)
    page = rapports(fenetre)
    pret(qtbot, fenetre)
    return page


def pret(qtbot: QtBot, fenetre: MainWindow) -> None:
    page = rapports(fenetre)
    au_repos(qtbot, fenetre)
    qtbot.waitUntil(lambda: page.rapport is not None and page.panel.view.drawn, timeout=20_000)
    au_repos(qtbot, fenetre)


def un_releve_de_plus(fenetre: MainWindow) -> None:
    releve = etat(fenetre).dossier.releves[-1]
    dernier = releve.model_copy(update={"date": date(2026, 11, 1), "patientele_mt": 1_234})
    assert fenetre.apply(ajouter_releve(dernier), "Ajouté.")


def enregistrer(qtbot: QtBot, fenetre: MainWindow, sortie: Path) -> None:
    choisir_fichier(qtbot, fenetre, rapports(fenetre).save.click, sortie)
    au_repos(qtbot, fenetre)


def vers_pdf(sortie: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(sortie))
    settle(printer, "Bilan annuel")
    return printer


def commandes(fenetre: MainWindow) -> Reports:
    assert fenetre.files is not None
    return fenetre.files.reports


def colonne(page: RapportsPage, titre: str) -> list[str]:
    modele = page.issued.model
    rang = [colonne.titre for colonne in COLONNES].index(titre)
    return [modele.data(modele.index(ligne, rang)) for ligne in range(modele.rowCount())]


def sql_de(fenetre: MainWindow, demande: str) -> list[tuple[object, ...]]:
    """Ask the base that the window has open, which it holds alone."""
    assert fenetre.desk is not None
    registre = fenetre.desk.practice.rapports
    lignes: list[tuple[object, ...]] = registre._connexion.execute(demande).fetchall()  # type: ignore[attr-defined]
    return lignes
