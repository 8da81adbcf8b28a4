"""Two reports compared, on real bases."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

from pikepdf import Pdf
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assistmed_desktop.ui.dialogs.report_comparison import ReportComparisonDialog
from assistmed_desktop.ui.main_window import MainWindow
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, bouton, dialogue, dialogues
from tests.ui.outils_rapports import aller, enregistrer, pret, un_releve_de_plus


def comparaison(qtbot: QtBot, fenetre: MainWindow) -> ReportComparisonDialog:
    au_repos(qtbot, fenetre)
    dialog = dialogue(fenetre)
    assert isinstance(dialog, ReportComparisonDialog)
    return dialog


def test_two_reports_are_compared_in_words_and_figures(
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, tmp_path: Path
) -> None:
    fenetre = ouvrir(base_seul)
    page = aller(qtbot, fenetre)
    enregistrer(qtbot, fenetre, tmp_path / "premier.pdf")
    page.issued.table.selectRow(0)
    page.others.aboutToShow.emit()
    (jour,) = page.others.actions()
    assert jour.text() == "Au rapport du jour"
    jour.trigger()
    dialog = comparaison(qtbot, fenetre)
    assert "Rien n’a changé" in dialog.browser.toPlainText()
    dialog.close()

    un_releve_de_plus(fenetre)
    pret(qtbot, fenetre)
    enregistrer(qtbot, fenetre, tmp_path / "second.pdf")
    page.issued.table.selectRow(1)
    page.others.aboutToShow.emit()
    assert len(page.others.actions()) == 2
    page.others.actions()[1].trigger()
    dialog = comparaison(qtbot, fenetre)
    texte = dialog.browser.toPlainText()
    assert "1 relevé de plus" in texte
    assert "1 234" in texte
    bouton(dialog, "Copier").click()
    copie = QApplication.clipboard().text().splitlines()
    assert copie[0].startswith("Avant\u00a0: Bilan annuel au 15/11/2026, émis le ")
    assert "Chiffre\tAvant\tAprès" in copie
    assert any(ligne.startswith("1\u00a0relevé de plus") and "1\u00a0234" in ligne for ligne in copie)
    fenetre.opening.close()
    assert not dialogues(fenetre)


def test_a_report_that_carries_nothing_or_is_damaged_is_told(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path) -> None:
    fenetre = ouvrir(base_seul)
    page = aller(qtbot, fenetre)
    assert page.rapport is not None
    assert fenetre.desk is not None
    with Pdf.open(BytesIO(page.rapport.contenu)) as pdf:
        for nom in list(pdf.attachments):
            del pdf.attachments[nom]
        sans = BytesIO()
        pdf.save(sans)
    for contenu in (sans.getvalue(), b"ceci n'est pas un PDF"):
        fenetre.desk.practice.rapports.consigner(replace(page.rapport, contenu=contenu), "enregistre")
    fenetre.report_issued()
    au_repos(qtbot, fenetre)
    page.issued.table.selectRow(1)
    page.others.aboutToShow.emit()
    page.others.actions()[0].trigger()
    dialog = comparaison(qtbot, fenetre)
    assert "ne porte pas ses données" in dialog.browser.toPlainText()
    bouton(dialog, "Copier").click()
    assert "ne se compare pas" in QApplication.clipboard().text()
    dialog.close()
    page.issued.table.selectRow(0)
    page.others.aboutToShow.emit()
    page.others.actions()[0].trigger()
    au_repos(qtbot, fenetre)
    assert page.about.text() == "Ce fichier n’est pas un PDF que ce programme puisse lire."
