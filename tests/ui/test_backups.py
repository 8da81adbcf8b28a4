"""Copies made, looked through and restored from the window; a damaged, moved or deleted practice."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from assistmed_desktop.domain.dossier import Dossier, ecrire_dossier
from assistmed_desktop.services.operations import supprimer_releve
from assistmed_desktop.storage import archives as module
from assistmed_desktop.storage.sauvegardes import dossier_des_sauvegardes, lister, sauvegarder, second_dossier
from assistmed_desktop.storage.verrou import fichier_verrou
from assistmed_desktop.ui.dialogs.backups import BackupsDialog, taille
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.settings import Settings
from tests.services.outils import HorlogeReglee
from tests.storage.outils import base_de, sql
from tests.storage.outils import ouvrir as ouvrir_base
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, bouton, choisir_fichier, dialogue, dialogues, etat
from tests.ui.test_accessibility import sans_nom


def _change(fenetre: MainWindow) -> None:
    assert fenetre.apply(supprimer_releve(0), "Relevé supprimé.")


def _sauvegardes(qtbot: QtBot, fenetre: MainWindow) -> BackupsDialog:
    fenetre.actions_.copies.trigger()
    dialog = next(d for d in dialogues(fenetre) if isinstance(d, BackupsDialog))
    qtbot.waitUntil(lambda: not dialog._wait.isActive() and not fenetre.worker.busy, timeout=20_000)
    return dialog


def _copie(base: Path) -> Path:
    with ouvrir_base(base, creer=False) as depot:
        return sauvegarder(depot.connexion, base, HorlogeReglee().maintenant(), "demande").fichier


def _abimer(base: Path) -> bytes:
    contenu = base.read_bytes()[:-4096]
    base.write_bytes(contenu)
    return contenu


def test_a_practice_that_has_changed_is_copied_at_rest_and_at_closing(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    assert not fenetre.safe.idle.isActive()
    fenetre.safe.idle.timeout.emit()
    assert lister(base) == ()
    _change(fenetre)
    assert fenetre.safe.idle.isActive()
    fenetre.safe.idle.timeout.emit()
    assert [copie.motif for copie in lister(base)] == ["repos"]
    fenetre.safe.idle.timeout.emit()
    fenetre.undo()
    fenetre.close()
    assert sorted(copie.motif for copie in lister(base)) == ["fermeture", "repos"]


def test_nothing_is_copied_when_nothing_has_changed(ouvrir: Ouvrir, base: Path) -> None:
    ouvrir(base).close()
    assert not dossier_des_sauvegardes(base).exists()


def test_a_copy_that_fails_at_closing_is_told_at_the_next_opening(
    ouvrir: Ouvrir, base: Path, settings: Settings
) -> None:
    fenetre = ouvrir(base)
    dossier_des_sauvegardes(base).write_bytes(b"")
    _change(fenetre)
    fenetre.safe.idle.timeout.emit()
    assert fenetre.notice.text.startswith("La sauvegarde n’a pas pu être faite\u00a0:")
    fenetre.close()
    assert settings.failed_copy(base)
    encore = ouvrir(base)
    assert encore.notice.text.startswith("La sauvegarde n’a pas pu être faite à la dernière fermeture")
    dossier_des_sauvegardes(base).unlink()
    assert encore.safe.save("demande")
    assert not settings.failed_copy(base)


def test_an_import_copies_what_it_replaces_or_is_not_done(  # noqa: PLR0917 - fixtures
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, seul: Dossier, demo: Dossier, tmp_path: Path
) -> None:
    fichier = tmp_path / "dossier.json"
    fichier.write_text(ecrire_dossier(demo), encoding="utf-8")
    fenetre = ouvrir(base_seul)
    dossier_des_sauvegardes(base_seul).write_bytes(b"")
    choisir_fichier(qtbot, fenetre, fenetre.actions_.import_.trigger, fichier)
    bouton(dialogue(fenetre), "Remplacer").click()
    assert etat(fenetre).dossier == seul
    dossier_des_sauvegardes(base_seul).unlink()
    choisir_fichier(qtbot, fenetre, fenetre.actions_.import_.trigger, fichier)
    bouton(dialogue(fenetre), "Remplacer").click()
    assert etat(fenetre).dossier == demo
    assert [copie.motif for copie in lister(base_seul)] == ["import"]


def test_a_copy_is_looked_into_restored_and_the_restoring_undone(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, demo: Dossier
) -> None:
    fenetre = ouvrir(base)
    dialog = _sauvegardes(qtbot, fenetre)
    assert dialog.list.empty.isVisible()
    assert not dialog.restore.isEnabled()
    dialog.save.click()
    _change(fenetre)
    sans = etat(fenetre).dossier
    dialog = _sauvegardes(qtbot, fenetre)
    qtbot.waitUntil(dialog.restore.isEnabled, timeout=20_000)
    assert "La restaurer ramènerait 1\u00a0relevé." in dialog.preview.text()
    assert sans_nom(dialog) == []
    dialog.list.table.setFocus()
    QTest.keyClick(dialog.list.table, Qt.Key.Key_Return)
    question = next(d for d in dialogues(dialog) if d.accessibleName().startswith("Restaurer la sauvegarde du"))
    assert "vous pourrez y revenir" in question.accessibleDescription()
    bouton(question, "Restaurer").click()
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier == demo
    assert not dialogues(fenetre)
    fenetre.notice.action.click()
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier == sans


def test_a_file_from_elsewhere_is_looked_into_before_it_is_restored(  # noqa: PLR0917 - fixtures
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, seul: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fenetre = ouvrir(base)
    dialog = _sauvegardes(qtbot, fenetre)
    faux = tmp_path / "faux.assistmed"
    faux.write_bytes(b"autre chose")
    for fichier in (faux, base_de(seul, tmp_path / "copie.assistmed")):
        dialog.other.click()
        (choix,) = [d for d in dialog.findChildren(QFileDialog) if d.isVisible()]
        choix.fileSelected.emit(str(fichier))
        choix.close()
        au_repos(qtbot, fenetre)
        if fichier == faux:
            assert dialog.preview.text().startswith("Ce fichier ne peut pas servir")
    (question,) = [d for d in dialogues(dialog) if "copie.assistmed" in d.accessibleName()]
    bouton(question, "Restaurer").click()
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier == seul
    ouverts: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", ouverts.append)
    dialog = _sauvegardes(qtbot, fenetre)
    dialog.folder.click()
    assert ouverts == [QUrl.fromLocalFile(str(dossier_des_sauvegardes(base)))]


def test_a_copy_that_is_damaged_cannot_be_restored(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    _abimer(_copie(base))
    dialog = _sauvegardes(qtbot, ouvrir(base))
    qtbot.waitUntil(lambda: "ne peut pas servir" in dialog.preview.text(), timeout=20_000)
    assert not dialog.restore.isEnabled()


def test_a_second_place_follows_and_says_when_it_is_not_there(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, settings: Settings, tmp_path: Path
) -> None:
    cle = tmp_path / "cle"
    cle.mkdir()
    fenetre = ouvrir(base)
    dialog = _sauvegardes(qtbot, fenetre)
    assert dialog.second.text().startswith("Un disque peut tomber en panne")
    dialog.use_second(base.parent)
    assert "est celui du cabinet" in dialog.second.text()
    assert settings.second_folder(base) is None
    dialog.choose_second.click()
    (choix,) = [d for d in dialog.findChildren(QFileDialog) if d.isVisible()]
    choix.fileSelected.emit(str(cle))
    choix.close()
    au_repos(qtbot, fenetre)
    assert "Aucune copie n’y est encore" in dialog.second.text()
    dialog.save.click()
    au_repos(qtbot, fenetre)
    la = second_dossier(base, cle)
    assert len(list(la.iterdir())) == 1
    assert "Dernière copie" in dialog.second.text()
    assert dialog.list.model.rows
    _change(fenetre)
    fenetre.close()
    assert sorted(f.name for f in la.iterdir()) == sorted(c.fichier.name for c in lister(base))
    cle.rename(tmp_path / "debranchee")
    encore = ouvrir(base)
    assert encore.notice.isHidden()
    dialog = _sauvegardes(qtbot, encore)
    assert "n’est pas branché. Dernière copie" in dialog.second.text()
    dialog.use_second(cle)
    au_repos(qtbot, encore)
    assert "n’a pas pu y être faite" in dialog.second.text()
    dialog.forget_second.click()
    assert settings.second_folder(base) is None
    dialog.shut.click()


def test_a_damaged_practice_is_offered_its_newest_sound_copy(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, demo: Dossier
) -> None:
    _copie(base)
    abime = _abimer(base)
    fenetre = ouvrir(base)
    au_repos(qtbot, fenetre)
    dit = fenetre.message._sentences.text()
    assert "est endommagée" in dit
    assert "sauvegarde saine date du 15/01/2025" in dit.replace("\u00a0", " ")
    assert "ce qui a été saisi entre les deux manquerait" in dit
    assert base.read_bytes() == abime
    bouton(fenetre.message, "Restaurer cette sauvegarde").click()
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier == demo
    assert fenetre.notice.text.startswith("La sauvegarde est restaurée. Ce qui était là n’a pas pu être lu")
    (cote,) = base.parent.glob("cabinet-endommage-*.assistmed")
    assert cote.read_bytes() == abime


def test_a_damaged_practice_without_a_sound_copy_says_so(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, settings: Settings
) -> None:
    settings.set_second_folder(base, base.parent / "debranchee")
    _abimer(base)
    fenetre = ouvrir(base)
    au_repos(qtbot, fenetre)
    assert "Aucune sauvegarde saine n’a été trouvée" in fenetre.message._sentences.text()
    assert "Branchez le disque" in fenetre.message._sentences.text()


def test_another_practice_that_is_damaged_is_offered_its_copy_too(  # noqa: PLR0917 - fixtures
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, demo: Dossier, base_seul: Path, seul: Dossier
) -> None:
    _copie(base_seul)
    _abimer(base_seul)
    fenetre = ouvrir(base)
    _change(fenetre)
    fenetre.open_practice(base_seul)
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier.cabinet == demo.cabinet
    bouton(dialogue(fenetre), "Restaurer cette sauvegarde").click()
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier == seul
    assert [copie.motif for copie in lister(base)] == ["fermeture"]


def test_an_unclean_stop_is_said_and_the_practice_is_copied_again(ouvrir: Ouvrir, base: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as processus:
        processus.wait()
    fichier_verrou(base).write_text("{}")
    fenetre = ouvrir(base)
    assert fenetre.notice.text.startswith("AssistMed s’était arrêté sans fermer ce cabinet.")
    fenetre.close()
    assert [copie.motif for copie in lister(base)] == ["fermeture"]


def test_a_clock_behind_what_the_practice_holds_is_said(ouvrir: Ouvrir, base: Path, demo: Dossier) -> None:
    sql(base, "UPDATE journal SET le = '2090-11-15T14:02:00+01:00'")
    fenetre = ouvrir(base)
    assert fenetre.notice.text.startswith("L’horloge de cet ordinateur semble en retard")
    assert "a été faite le 15/11/2090 à" in fenetre.notice.text.replace("\u00a0", " ")
    assert etat(fenetre).dossier == demo
    fenetre.close()
    fichier_verrou(base).write_text("{}")
    encore = ouvrir(base)
    assert encore.notice.text.startswith("AssistMed s’était arrêté")
    assert "semble en retard" in encore.notice.text


def test_a_practice_in_a_synchronised_folder_is_moved_to_this_computer(  # noqa: PLR0917 - fixtures
    ouvrir: Ouvrir, qtbot: QtBot, demo: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    ici = tmp_path / "donnees" / "cabinet.assistmed"
    monkeypatch.setattr(module, "base_par_defaut", lambda: ici)
    (tmp_path / "OneDrive").mkdir()
    base = base_de(demo, tmp_path / "OneDrive" / "cabinet.assistmed")
    fenetre = ouvrir(base)
    assert fenetre.safe.place.isVisible()
    assert "(OneDrive)" in fenetre.safe.place.text
    fenetre.safe.place.action.click()
    bouton(dialogue(fenetre), "Déplacer").click()
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier == demo
    assert fenetre.base == ici
    assert fenetre.safe.place.isHidden()
    assert fenetre.notice.text.startswith("Le cabinet est maintenant sur ce PC")
    assert (base.with_name("cabinet-deplace.assistmed")).exists()
    assert settings.recents == (ici,)


def test_a_practice_that_cannot_be_moved_stays_open_where_it_is(
    ouvrir: Ouvrir, qtbot: QtBot, demo: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "base_par_defaut", lambda: tmp_path / "Dropbox" / "cabinet.assistmed")
    (tmp_path / "kDrive").mkdir()
    fenetre = ouvrir(base_de(demo, tmp_path / "kDrive" / "cabinet.assistmed"))
    fenetre.safe.place.action.click()
    bouton(dialogue(fenetre), "Déplacer").click()
    au_repos(qtbot, fenetre)
    assert dialogue(fenetre).accessibleName() == "Le cabinet n’a pas pu être déplacé"
    assert etat(fenetre).dossier == demo


def test_a_practice_is_deleted_when_told_twice_and_can_be_put_back(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, demo: Dossier, settings: Settings
) -> None:
    fenetre = ouvrir(base)
    fenetre.actions_.delete.trigger()
    bouton(dialogue(fenetre), "Annuler").click()
    fenetre.actions_.delete.trigger()
    bouton(dialogue(fenetre), "Continuer").click()
    bouton(dialogue(fenetre), "Supprimer ce cabinet").click()
    au_repos(qtbot, fenetre)
    assert fenetre.desk is None
    assert not base.exists()
    (cote,) = base.parent.glob("cabinet-supprime-*.assistmed")
    assert str(cote) in fenetre.notice.text
    assert [copie.motif for copie in lister(base)] == ["suppression"]
    assert settings.recents == ()
    fenetre.notice.action.click()
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier == demo


def test_the_demonstration_is_neither_copied_nor_deleted(ouvrir: Ouvrir, qtbot: QtBot, tmp_path: Path) -> None:
    fenetre = ouvrir(tmp_path / "rien" / "cabinet.assistmed")
    fenetre.open_demonstration()
    au_repos(qtbot, fenetre)
    _change(fenetre)
    fenetre.safe.idle.timeout.emit()
    fenetre.actions_.delete.trigger()
    assert "disparaît quand vous la quittez" in fenetre.notice.text
    fenetre.opening.leave_demonstration()
    assert list(tmp_path.glob("**/*-sauvegardes")) == []


def test_a_practice_whose_file_is_gone_is_restored_from_its_copies(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, demo: Dossier
) -> None:
    _copie(base)
    base.unlink()
    fenetre = ouvrir(base)
    dialog = _sauvegardes(qtbot, fenetre)
    assert not dialog.save.isEnabled()
    qtbot.waitUntil(dialog.restore.isEnabled, timeout=20_000)
    dialog.restore.click()
    (question,) = [d for d in dialogues(dialog) if d.accessibleName().startswith("Restaurer")]
    bouton(question, "Restaurer").click()
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier == demo
    assert fenetre.notice.text == "La sauvegarde est restaurée."


def test_sizes_are_read_at_a_glance() -> None:
    assert taille(409_600) == "410\u00a0ko"
    assert taille(12_697_600) == "12,7\u00a0Mo"
