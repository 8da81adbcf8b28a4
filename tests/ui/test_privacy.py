"""The papers, the purge and an assistant's data, by the buttons of the pages, on real files."""

import json
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.services.effacement import Effacement
from assistmed_desktop.services.ports import ErreurDepot
from assistmed_desktop.services.retraits import retirer
from assistmed_desktop.services.workspace import Operation
from assistmed_desktop.storage.effacement import EffaceurSqlite
from assistmed_desktop.storage.sauvegardes import dossier_des_sauvegardes, lister
from assistmed_desktop.ui.dialogs.message import MessageDialog
from assistmed_desktop.ui.dialogs.personal_data import PersonalDataDialog
from assistmed_desktop.ui.dialogs.purge import PurgeDialog
from assistmed_desktop.ui.dialogs.working import WorkingDialog
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import ASSISTANTS, CABINET
from assistmed_desktop.ui.pages.assistants import AssistantsPage
from assistmed_desktop.ui.pages.cabinet import CabinetPage
from tests.storage.outils import base_de
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, dialogue, dialogues, etat

TARD = date(2050, 1, 1)
REECRIT = "Le fichier est réécrit sans ce qui part…"


@pytest.fixture
def base_nommee(demo: Dossier, tmp_path: Path) -> Path:
    qui = demo.assistants[0].model_copy(update={"nom": "Quenelle", "prenom": "Zoé"})
    releves = (demo.releves[0].model_copy(update={"note": "compté par Zoé Quenelle"}), *demo.releves[1:])
    return base_de(
        demo.model_copy(update={"assistants": (qui, *demo.assistants[1:]), "releves": releves}),
        tmp_path / "nommee.assistmed",
    )


def cabinet(fenetre: MainWindow) -> CabinetPage:
    fenetre.show_page(CABINET)
    page = fenetre.page(CABINET)
    assert isinstance(page, CabinetPage)
    return page


def purge(fenetre: MainWindow) -> PurgeDialog:
    cabinet(fenetre).purge.click()
    dialog = dialogue(fenetre)
    assert isinstance(dialog, PurgeDialog)
    return dialog


def donnees(fenetre: MainWindow, ident: str = "a1") -> PersonalDataDialog:
    fenetre.show_page(ASSISTANTS, ident)
    page = fenetre.page(ASSISTANTS)
    assert isinstance(page, AssistantsPage)
    page.detail.personal.click()
    dialog = dialogue(fenetre)
    assert isinstance(dialog, PersonalDataDialog)
    return dialog


def dans(qtbot: QtBot, fenetre: MainWindow, dossier: Path) -> None:
    """Choose a folder in the dialog on screen."""
    (dialog,) = [d for d in fenetre.findChildren(QFileDialog) if d.isVisible()]
    dialog.fileSelected.emit(str(dossier))
    dialog.close()
    au_repos(qtbot, fenetre)


def test_both_papers_are_written(ouvrir: Ouvrir, base: Path, qtbot: QtBot, tmp_path: Path) -> None:
    fenetre = ouvrir(base)
    cabinet(fenetre).papers.click()
    sortie = tmp_path / "papiers"
    sortie.mkdir()
    dans(qtbot, fenetre, sortie)
    assert len(list(sortie.glob("*.pdf"))) == 2
    assert "2 documents RGPD" in fenetre.notice.text
    cabinet(fenetre).papers.click()
    dans(qtbot, fenetre, tmp_path / "absent")
    assert isinstance(dialogue(fenetre), MessageDialog)


def test_nothing_may_go_before_its_day(ouvrir: Ouvrir, base: Path) -> None:
    dialog = purge(ouvrir(base))
    assert dialog.boxes == []
    assert not dialog.erase.isVisible()
    assert "Rien n’a dépassé" in dialog.told.text()


def test_what_is_ticked_goes_and_comes_back(ouvrir: Ouvrir, qtbot: QtBot, base: Path, demo: Dossier) -> None:
    fenetre = ouvrir(base, au=TARD)
    dialog = purge(fenetre)
    assert not dialog.erase.isEnabled()
    assert dialog.told.text() == "Cochez ce qui doit partir."
    ticks = {element.cle: tick for tick, element in dialog.boxes if element.genre == "contrat"}
    ticks["c1"].setChecked(True)
    assert "5\u00a0versements" in dialog.told.text()
    assert "qui le contient encore" in dialog.told.text()
    dialog.erase.click()
    au_repos(qtbot, fenetre)
    assert dialogues(fenetre) == []
    assert [c.id for c in etat(fenetre).dossier.contrats] == ["c2", "c3", "c4"]
    assert [copie.motif for copie in lister(base)] == ["effacement"]
    fenetre.undo()
    assert etat(fenetre).dossier == demo


def test_while_it_is_erased_the_window_lives_and_takes_no_gesture(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    effacer, suite = EffaceurSqlite.effacer, Event()

    def attendre(effaceur: EffaceurSqlite, effacement: Effacement) -> None:
        suite.wait(20)
        effacer(effaceur, effacement)

    monkeypatch.setattr(EffaceurSqlite, "effacer", attendre)
    fenetre = ouvrir(base, au=TARD)
    dialog = purge(fenetre)
    dialog.boxes[0][0].setChecked(True)
    dialog.erase.click()
    qtbot.waitUntil(lambda: [d.step.text() for d in fenetre.findChildren(WorkingDialog)] == [REECRIT], timeout=20_000)
    travail = dialogue(fenetre)
    assert isinstance(travail, WorkingDialog)
    assert travail.isModal()
    assert travail.progress.isVisible()
    QTest.keyClick(travail, Qt.Key.Key_Escape)
    travail.close()
    assert dialogue(fenetre) is travail
    nombre = len(lister(base))
    fenetre.safe.idle.timeout.emit()  # the practice is not copied while its file is written again
    assert len(lister(base)) == nombre
    assert fenetre.worker.busy
    suite.set()
    au_repos(qtbot, fenetre)
    assert dialogues(fenetre) == []
    fenetre.safe.idle.timeout.emit()
    assert len(lister(base)) == nombre + 1


def test_an_erasing_that_fails_is_told(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuser(*_: object) -> None:
        raise ErreurDepot("Le disque est plein.")

    monkeypatch.setattr(EffaceurSqlite, "effacer", refuser)
    fenetre = ouvrir(base, au=TARD)
    dialog = purge(fenetre)
    dialog.boxes[0][0].setChecked(True)
    dialog.erase.click()
    au_repos(qtbot, fenetre)
    dit = dialogue(fenetre)
    assert isinstance(dit, MessageDialog)
    assert "Le disque est plein" in dit.text.text()


def test_the_copies_go_too_when_asked(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base, au=TARD)
    dialog = purge(fenetre)
    dialog.boxes[0][0].setChecked(True)
    dialog.copies.setChecked(True)
    assert "effacées aussi" in dialog.told.text()
    dialog.erase.click()
    au_repos(qtbot, fenetre)
    assert [copie.motif for copie in lister(base)] == ["demande"]


def test_old_entries_alone_may_go(ouvrir: Ouvrir, qtbot: QtBot, demo: Dossier, tmp_path: Path) -> None:
    base = base_de(demo, tmp_path / "vieux.assistmed")
    fenetre = ouvrir(base)
    fenetre.apply(Operation("Oter", retirer("contrats", "c1", "").appliquer), "")
    fenetre.close()
    fenetre = ouvrir(base, au=TARD)
    dialog = purge(fenetre)
    seul = [tick for tick, element in dialog.boxes if element.genre == "retires"]
    seul[0].setChecked(True)
    dialog.erase.click()
    au_repos(qtbot, fenetre)
    assert dialogues(fenetre) == []
    assert all(element.genre != "retires" for _, element in purge(fenetre).boxes)


def test_a_copy_that_cannot_be_made_stops_all(ouvrir: Ouvrir, qtbot: QtBot, base: Path, demo: Dossier) -> None:
    fenetre = ouvrir(base, au=TARD)
    dialog = purge(fenetre)
    dialog.boxes[0][0].setChecked(True)
    dossier_des_sauvegardes(base).write_text("un fichier est là", encoding="utf-8")
    dialog.erase.click()
    au_repos(qtbot, fenetre)
    dit = dialogue(fenetre)
    assert isinstance(dit, MessageDialog)
    assert "n’a pas abouti" in dit.title.text()
    assert etat(fenetre).dossier == demo


def test_an_assistant_loses_the_name(ouvrir: Ouvrir, qtbot: QtBot, base_nommee: Path) -> None:
    fenetre = ouvrir(base_nommee)
    dialog = donnees(fenetre)
    assert dialog.mentions.toPlainText() == "compté par Zoé Quenelle"
    dialog.copies.setChecked(True)
    dialog.rename.click()
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier.assistants[0].nom_complet == "Assistant 1"
    fenetre.close()
    for fichier in (base_nommee, *(copie.fichier for copie in lister(base_nommee))):
        assert b"Quenelle" not in fichier.read_bytes()


def test_the_data_are_handed_over(ouvrir: Ouvrir, base_nommee: Path, qtbot: QtBot, tmp_path: Path) -> None:
    fenetre = ouvrir(base_nommee)
    sortie = tmp_path / "remise"
    sortie.mkdir()
    donnees(fenetre).export.click()
    dans(qtbot, fenetre, sortie)
    (lu,) = sortie.glob("*.json")
    assert json.loads(lu.read_text("utf-8"))["assistant"]["nom"] == "Quenelle"
    (texte,) = sortie.glob("*.txt")
    assert "Zoé Quenelle" in texte.read_text("utf-8")
    donnees(fenetre).export.click()
    dans(qtbot, fenetre, tmp_path / "absent")
    assert isinstance(dialogue(fenetre), MessageDialog)
