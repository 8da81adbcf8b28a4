"""The reports of every contract at once, on real bases."""

from collections.abc import Generator, Sequence
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assistmed_desktop.app import Services
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.services.rapports import CleGenre, Demande, Redige
from assistmed_desktop.ui.dialogs.all_reports import AllReportsDialog
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import RAPPORTS
from assistmed_desktop.ui.pages.rapports import RapportsPage
from assistmed_desktop.ui.reports import Reports
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, bouton, choisir_fichier, dialogue, dialogues
from tests.ui.outils_rapports import colonne, rapports, sql_de


def fichiers(sortie: Path) -> list[str]:
    return sorted(fichier.name for fichier in sortie.iterdir())


def choisir_tous(qtbot: QtBot, fenetre: MainWindow, sortie: Path, genres: list[CleGenre]) -> None:
    """Ask for the reports of every contract, by the dialogs."""
    page = aller_a_la_page(qtbot, fenetre)
    bouton(page, "Tous les contrats…").click()
    dialog = dialogue(fenetre)
    assert isinstance(dialog, AllReportsDialog)
    for case, genre in dialog.boxes:
        case.setChecked(genre.cle in genres)
    choisir_fichier(qtbot, fenetre, dialog.choose.click, sortie)


def aller_a_la_page(qtbot: QtBot, fenetre: MainWindow) -> RapportsPage:
    fenetre.show_page(RAPPORTS)
    au_repos(qtbot, fenetre)
    return rapports(fenetre)


def test_the_reports_of_every_contract_are_written_and_noted(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, tmp_path: Path
) -> None:
    fenetre, sortie = ouvrir(base), tmp_path / "sortie"
    sortie.mkdir()
    choisir_tous(qtbot, fenetre, sortie, ["versements", "etape"])
    qtbot.waitUntil(lambda: fenetre.notice.action.text() == "Ouvrir le dossier", timeout=60_000)
    au_repos(qtbot, fenetre)
    assert fenetre.notice.text == f"8\u00a0documents dans {sortie}"
    noms = fichiers(sortie)
    assert len(noms) == 8
    assert sum("Relevé des versements" in nom for nom in noms) == sum("Bilan d’étape" in nom for nom in noms) == 4
    page = rapports(fenetre)
    assert sorted(ligne.emis.nom for ligne in page.issued.model.rows) == noms
    assert fenetre.desk is not None
    for ligne in page.issued.model.rows:
        assert fenetre.desk.practice.rapports.contenu(ligne.emis.cle) == (sortie / ligne.emis.nom).read_bytes()
    assert set(colonne(page, "Données")) == {"inchangées"}
    choisir_tous(qtbot, fenetre, sortie, ["versements"])
    qtbot.waitUntil(lambda: fenetre.notice.text == f"4\u00a0documents dans {sortie}", timeout=60_000)
    assert fichiers(sortie) == noms  # the same once more takes no other name


def test_the_dialog_says_how_many_and_wants_one_kind_at_least(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, base_seul: Path
) -> None:
    fenetre = ouvrir(base)
    page = aller_a_la_page(qtbot, fenetre)
    page.choice.choose_kind("renouvellement")
    page.choice.all.click()
    dialog = dialogue(fenetre)
    assert isinstance(dialog, AllReportsDialog)
    assert dialog.ticked() == ["renouvellement"]
    assert dialog.told.text() == "4\u00a0contrats, 4\u00a0documents"
    QTest.keyClick(dialog.boxes[0][0], Qt.Key.Key_Space)
    assert dialog.told.text() == "4\u00a0contrats, 8\u00a0documents"
    for case, _genre in dialog.boxes:
        case.setChecked(False)
    assert not dialog.choose.isEnabled()
    assert dialog.told.text().startswith("Cochez")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialogues(fenetre)
    fenetre.close()
    assert not aller_a_la_page(qtbot, ouvrir(base_seul)).choice.all.isVisible()


def test_giving_up_keeps_what_is_written_and_says_so(ouvrir: Ouvrir, qtbot: QtBot, base: Path, tmp_path: Path) -> None:
    fenetre = ouvrir(base)
    commandes_de(fenetre).write_all(["annuel", "versements"], {}, tmp_path)
    qtbot.waitUntil(lambda: fenetre.notice.text.startswith("Document 2 sur 8"), timeout=60_000)
    assert "\u00a0: 2026-11-15 Relevé des versements – Dr" in fenetre.notice.text
    fenetre.notice.action.click()
    qtbot.waitUntil(lambda: "sur 8 dans" in fenetre.notice.text, timeout=60_000)
    au_repos(qtbot, fenetre)
    ecrits = [fichier for fichier in tmp_path.iterdir() if fichier.suffix == ".pdf"]
    assert len(ecrits) == 2
    assert fenetre.notice.text == f"2\u00a0documents sur 8 dans {tmp_path}. Aucun n’est à moitié écrit."
    assert not list(tmp_path.glob("*.tmp"))
    assert sql_de(fenetre, "SELECT count(*) FROM rapport_emis") == [(2,)]


def commandes_de(fenetre: MainWindow) -> Reports:
    return fenetre.files.reports


def test_a_disk_that_refuses_ends_it_all_in_a_sentence(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, tmp_path: Path
) -> None:
    fenetre = ouvrir(base)
    commandes_de(fenetre).write_all(["versements"], {}, tmp_path / "absent")
    qtbot.waitUntil(lambda: bool(dialogues(fenetre)), timeout=60_000)
    assert dialogue(fenetre).accessibleName() == "Les documents n’ont pas tous pu être écrits"
    dialogue(fenetre).close()
    assert fenetre.notice.text.startswith("0\u00a0document sur 4")


def test_a_report_that_fails_does_not_stop_the_others(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fenetre = ouvrir(base)
    faire = Services.rediger_tous

    def sans_le_deuxieme(
        services: Services, dossier: Dossier, demandes: Sequence[Demande], baremes: Path | None
    ) -> Generator[Redige | Exception, None, None]:
        for rang, fait in enumerate(faire(services, dossier, demandes, baremes)):
            yield RuntimeError("imprévu") if rang == 1 else fait

    monkeypatch.setattr(Services, "rediger_tous", sans_le_deuxieme)
    with qtbot.captureExceptions() as exceptions:
        commandes_de(fenetre).write_all(["versements"], {"c1": date(2026, 1, 1)}, tmp_path)
        qtbot.waitUntil(lambda: bool(exceptions), timeout=60_000)
        au_repos(qtbot, fenetre)
    assert [str(erreur) for _, erreur, _ in exceptions] == ["imprévu"]
    assert fenetre.notice.text.startswith("3\u00a0documents sur 4")


def test_reports_that_the_practice_cannot_note_are_told_once(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, tmp_path: Path
) -> None:
    fenetre = ouvrir(base)
    assert fenetre.desk is not None
    commandes_de(fenetre).write_all(["etape"], {}, tmp_path)
    fenetre.desk.practice.fermer()  # as a disk that is gone
    qtbot.waitUntil(lambda: bool(dialogues(fenetre)), timeout=60_000)
    assert "n’ont pas pu être ajoutés aux rapports émis" in dialogue(fenetre).accessibleName()
    dialogue(fenetre).close()
    commandes_de(fenetre).write_all(["etape"], {}, tmp_path)  # where they begin cannot be read either
    qtbot.waitUntil(lambda: bool(dialogues(fenetre)), timeout=60_000)
    dialogue(fenetre).close()
    fenetre.opening.close()
    commandes_de(fenetre).write_all(["etape"], {}, tmp_path)
    assert commandes_de(fenetre).issue_all("etape", {}) is None


def test_the_window_closed_meanwhile_leaves_whole_files(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, tmp_path: Path
) -> None:
    fenetre = ouvrir(base)
    commandes_de(fenetre).write_all(["versements"], {}, tmp_path)
    qtbot.waitUntil(lambda: fenetre.notice.text.startswith("Document 2 sur 4"), timeout=60_000)
    fenetre.close()
    for _ in range(5):
        QApplication.processEvents()
    assert all(fichier.read_bytes().startswith(b"%PDF") for fichier in tmp_path.glob("*.pdf"))
    assert fichiers(tmp_path)[0].startswith("2026-11-15 Relevé des versements")
