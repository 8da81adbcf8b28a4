"""The Fichier menu on real files: import, its faults, export, the report."""

import json
import threading
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assistmed_desktop.app import Services
from assistmed_desktop.domain.dossier import Dossier, ecrire_dossier, lire_dossier
from assistmed_desktop.services.rapports import Redige
from assistmed_desktop.ui.dialogs.faults import FaultsDialog
from assistmed_desktop.ui.main_window import MainWindow
from tests.storage.outils import base_de
from tests.storage.outils import ouvrir as ouvrir_base
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, bouton, choisir_fichier, dialogue, dialogues, etat


@pytest.fixture
def fichier(demo: Dossier, tmp_path: Path) -> Path:
    chemin = tmp_path / "dossier.json"
    chemin.write_text(ecrire_dossier(demo), encoding="utf-8")
    return chemin


def test_importing_begins_a_practice(
    ouvrir: Ouvrir, qtbot: QtBot, fichier: Path, demo: Dossier, tmp_path: Path
) -> None:
    base = tmp_path / "nouveau" / "cabinet.assistmed"
    fenetre = ouvrir(base)
    choisir_fichier(qtbot, fenetre, bouton(fenetre.message, "Importer un dossier…").click, fichier)
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier == demo
    assert fenetre.notice.text == f"«\u00a0{demo.cabinet.nom}\u00a0» est importé."
    fenetre.close()
    with ouvrir_base(base, creer=False) as depot:
        assert depot.charger() == demo


def test_a_practice_is_replaced_only_when_told_so_and_can_come_back(  # noqa: PLR0917 - fixtures
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, seul: Dossier, fichier: Path, demo: Dossier
) -> None:
    fenetre = ouvrir(base_seul)
    for reponse, attendu in (("Annuler", seul), ("Remplacer", demo)):
        choisir_fichier(qtbot, fenetre, fenetre.actions_.import_.trigger, fichier)
        question = dialogue(fenetre)
        assert question.accessibleName() == "Remplacer le cabinet affiché\u00a0?"
        bouton(question, reponse).click()
        assert etat(fenetre).dossier == attendu
    fenetre.actions_.undo.trigger()
    assert etat(fenetre).dossier == seul


def test_every_fault_of_an_import_is_listed_and_nothing_is_imported(  # noqa: PLR0917 - fixtures
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, seul: Dossier, demo: Dossier, tmp_path: Path
) -> None:
    brut = json.loads(ecrire_dossier(demo))
    brut["contrats"][0]["objectif"]["patientele_mt"] = "beaucoup"
    brut["releves"][3]["medecin"] = "m9"
    brut["cabinet"]["couleur"] = "bleu"
    fautif = tmp_path / "fautif.json"
    fautif.write_text(json.dumps(brut), encoding="utf-8")
    fenetre = ouvrir(base_seul)
    choisir_fichier(qtbot, fenetre, fenetre.actions_.import_.trigger, fautif)
    fautes = dialogue(fenetre)
    assert isinstance(fautes, FaultsDialog)
    chemins = [faute.chemin for faute in fautes.model.rows]
    assert chemins == ["cabinet.couleur", "contrats[0].objectif.patientele_mt", "releves[3].medecin"]
    assert fautes.table.columnWidth(0) >= fautes.table.sizeHintForColumn(0)
    fautes.copy.click()
    copie = QApplication.clipboard().text().splitlines()
    assert [ligne.partition(" : ")[0] for ligne in copie] == chemins
    fautes.model.sort(1)
    fautes.shut.click()
    assert not dialogues(fenetre)
    assert etat(fenetre).dossier == seul


def test_of_somebody_s_base_the_facts_are_imported(
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, demo: Dossier, tmp_path: Path
) -> None:
    recue = base_de(demo, tmp_path / "recue.assistmed")
    fenetre = ouvrir(base_seul)
    choisir_fichier(qtbot, fenetre, fenetre.actions_.import_.trigger, recue)
    bouton(dialogue(fenetre), "Remplacer").click()
    assert etat(fenetre).dossier == demo


def test_a_base_that_is_not_one_is_told(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, tmp_path: Path) -> None:
    fausse = tmp_path / "fausse.assistmed"
    fausse.write_text("pas une base", encoding="utf-8")
    fenetre = ouvrir(base_seul)
    assert fenetre.files is not None
    fenetre.files.import_file(fausse)
    au_repos(qtbot, fenetre)
    message = dialogue(fenetre)
    assert message.accessibleName() == "Ce dossier n’a pas pu être lu"
    assert "fausse.assistmed" in message.accessibleDescription()
    message.close()


def test_a_file_that_cannot_be_read_is_told(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, tmp_path: Path) -> None:
    fenetre = ouvrir(base_seul)
    assert fenetre.files is not None
    fenetre.files.import_file(tmp_path / "absent.json")
    au_repos(qtbot, fenetre)
    message = dialogue(fenetre)
    assert message.accessibleName() == "Ce dossier n’a pas pu être lu"
    assert "n’existe pas" in message.accessibleDescription()
    message.close()


def test_importing_during_the_demonstration_begins_one_s_own_practice(
    ouvrir: Ouvrir, qtbot: QtBot, fichier: Path, tmp_path: Path
) -> None:
    base = tmp_path / "cabinet.assistmed"
    fenetre = ouvrir(base)
    fenetre.open_demonstration()
    au_repos(qtbot, fenetre)
    assert fenetre.files is not None
    fenetre.files.import_file(fichier)
    au_repos(qtbot, fenetre)
    au_repos(qtbot, fenetre)
    assert fenetre.desk is not None
    assert fenetre.desk.practice.chemin == base
    assert not fenetre.banner.isVisible()


def test_another_practice_is_opened(
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, demo: Dossier, tmp_path: Path
) -> None:
    autre = base_de(demo, tmp_path / "autre.assistmed")
    fenetre = ouvrir(base_seul)
    choisir_fichier(qtbot, fenetre, fenetre.actions_.open.trigger, autre)
    assert etat(fenetre).dossier == demo
    assert fenetre.settings.folder == str(tmp_path)
    with ouvrir_base(base_seul, creer=False) as depot:
        assert depot.charger() is not None


def test_the_dossier_is_exported(  # noqa: PLR0917 - fixtures
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, seul: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fenetre = ouvrir(base_seul)
    sortie = tmp_path / "sortie.json"
    choisir_fichier(qtbot, fenetre, fenetre.actions_.export.trigger, sortie)
    assert lire_dossier(sortie.read_bytes()) == seul
    assert str(sortie) in fenetre.notice.text
    ouverts: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", ouverts.append)
    fenetre.notice.action.click()
    assert ouverts == [QUrl.fromLocalFile(str(tmp_path))]


def test_an_export_that_fails_is_told(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, tmp_path: Path) -> None:
    fenetre = ouvrir(base_seul)
    assert fenetre.files is not None
    fenetre.files.export_to(tmp_path / "absent" / "sortie.json")
    au_repos(qtbot, fenetre)
    message = dialogue(fenetre)
    assert message.accessibleName() == "Le dossier n’a pas pu être exporté"
    message.close()


def test_the_report_is_saved_from_the_menu(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, tmp_path: Path) -> None:
    fenetre = ouvrir(base_seul)
    sortie = tmp_path / "bilan.pdf"
    choisir_fichier(qtbot, fenetre, fenetre.actions_.report.trigger, sortie)
    qtbot.waitUntil(sortie.exists, timeout=20_000)
    with pypdfium2.PdfDocument(sortie) as document:
        assert "Benassis" in document[0].get_textpage().get_text_range()
    assert fenetre.notice.text == f"Le bilan est enregistré\u00a0: {sortie}"
    assert fenetre.notice.action.text() == "Ouvrir le bilan"


def test_a_report_needs_one_contract(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    fenetre.actions_.report.trigger()
    assert fenetre.notice.text.startswith("Choisissez d’abord un contrat")
    assert fenetre.files is not None
    fenetre.files.report_to(base.with_name("bilan.pdf"))
    assert not fenetre.worker.busy


def test_a_report_given_up_leaves_no_file(
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fenetre = ouvrir(base_seul)
    au_repos(qtbot, fenetre)
    libre = threading.Event()

    def attendre(*_: object) -> Redige:
        libre.wait(20)
        return Redige(b"%PDF", "")

    monkeypatch.setattr(Services, "rediger", attendre)
    assert fenetre.files is not None
    fenetre.files.report_to(tmp_path / "bilan.pdf")
    assert fenetre.notice.text == "Préparation du bilan…"
    fenetre.notice.action.click()
    libre.set()
    au_repos(qtbot, fenetre)
    assert fenetre.notice.text == "Le bilan n’a pas été enregistré."
    assert not (tmp_path / "bilan.pdf").exists()


def test_a_report_that_cannot_be_written_is_told(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, tmp_path: Path) -> None:
    fenetre = ouvrir(base_seul)
    assert fenetre.files is not None
    fenetre.files.report_to(tmp_path / "absent" / "bilan.pdf")
    au_repos(qtbot, fenetre)
    message = dialogue(fenetre)
    assert message.accessibleName() == "Le bilan n’a pas pu être enregistré"
    assert "vérifiez qu’il n’est pas ouvert dans un autre programme" in message.accessibleDescription()
    assert not fenetre.notice.isVisible()
    message.close()


@pytest.mark.parametrize("methode", ["rediger", "ecrire_dossier", "lire_dossier"])
def test_what_nobody_foresaw_reaches_the_report_of_errors(  # noqa: PLR0917 - fixtures
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, methode: str
) -> None:
    def casser(*_: object) -> None:
        raise RuntimeError(methode)

    fenetre = ouvrir(base_seul)
    au_repos(qtbot, fenetre)
    monkeypatch.setattr(Services, methode, casser)
    assert fenetre.files is not None
    commande = {
        "rediger": fenetre.files.report_to,
        "ecrire_dossier": fenetre.files.export_to,
        "lire_dossier": fenetre.files.import_file,
    }[methode]
    with qtbot.captureExceptions() as exceptions:
        commande(tmp_path / "fichier")
        au_repos(qtbot, fenetre)
        assert [str(erreur) for _, erreur, _ in exceptions] == [methode]


def test_commands_without_a_practice_do_nothing(ouvrir: Ouvrir, tmp_path: Path) -> None:
    fenetre: MainWindow = ouvrir(tmp_path / "rien.assistmed")
    fenetre.commands.export()
    fenetre.commands.report()
    files = fenetre.files
    files.export_to(tmp_path / "sortie.json")
    files.report_to(tmp_path / "bilan.pdf")
    assert not fenetre.worker.busy
    assert not dialogues(fenetre)
