"""Passphrases in the window: put, changed, taken away, asked; and a lock behind which nothing shows."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as Absent
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.storage.chiffrement import est_chiffre
from assistmed_desktop.storage.depot import DepotSqlite
from assistmed_desktop.storage.sauvegardes import lister, sauvegarder
from assistmed_desktop.ui.dialogs.passphrase import PassphraseDialog
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import CABINET, PATIENTELE
from assistmed_desktop.ui.pages.unlock import UnlockPage
from assistmed_desktop.ui.settings import Settings
from tests.services.outils import HorlogeReglee
from tests.storage.test_trousseau import EnMemoire
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, bouton, choisir_fichier, dialogue, dialogues, etat

PHRASE, AUTRE = "un été à la campagne", "trois vélos rouges"


@pytest.fixture(autouse=True)
def trousseau() -> Iterator[EnMemoire]:
    """Have no keyring but one of the test's."""
    avant, memoire = keyring.get_keyring(), EnMemoire()
    keyring.set_keyring(Absent())  # type: ignore[no-untyped-call] # keyring does not type it
    yield memoire
    keyring.set_keyring(avant)


@pytest.fixture
def protegee(seul: Dossier, tmp_path: Path) -> Path:
    base = tmp_path / "protege.assistmed"
    with DepotSqlite.ouvrir(base, HorlogeReglee(), creer=True, phrase=PHRASE) as depot:
        depot.enregistrer(None, seul)
    return base


def page(fenetre: MainWindow) -> UnlockPage:
    """Give the page that asks for the phrase, which must be shown."""
    courante = fenetre.stack.currentWidget()
    assert isinstance(courante, UnlockPage)
    return courante


def taper(qtbot: QtBot, fenetre: MainWindow, phrase: str) -> None:
    champ = page(fenetre).field
    assert fenetre.focusWidget() is champ
    champ.setText(phrase)  # QTest knows no key for an accent
    QTest.keyClick(champ, Qt.Key.Key_Return)
    au_repos(qtbot, fenetre)


def demander(qtbot: QtBot, fenetre: MainWindow) -> PassphraseDialog:
    fenetre.actions_.protect.trigger()
    au_repos(qtbot, fenetre)
    boite = dialogue(fenetre)
    assert isinstance(boite, PassphraseDialog)
    return boite


def proteger(qtbot: QtBot, fenetre: MainWindow, avant: str, apres: str, *, garder: bool = False) -> None:
    boite = demander(qtbot, fenetre)
    boite.present.setText(avant)
    boite.new.setText(apres)
    boite.again.setText(apres)
    boite.understood.setChecked(True)
    boite.keep.setChecked(garder)
    boite.ok.click()
    au_repos(qtbot, fenetre)


def textes(fenetre: MainWindow) -> str:
    """Give everything that the window says: its title, its labels, its menus."""
    visibles = [w.text() for w in fenetre.findChildren(QLabel) if w.isVisible()]
    menus = [action.text() for action in fenetre.actions_.everything()]
    return "\n".join([fenetre.windowTitle(), *visibles, *menus])


def test_a_protected_practice_asks_for_its_phrase_until_it_is_right(
    ouvrir: Ouvrir, qtbot: QtBot, protegee: Path, seul: Dossier
) -> None:
    octets = protegee.read_bytes()
    fenetre = ouvrir(protegee)
    assert page(fenetre).title.text() == "Ce cabinet est protégé"
    assert not page(fenetre).error.isVisible()
    QTest.keyClick(page(fenetre).field, Qt.Key.Key_Return)
    assert not fenetre.worker.busy
    for fausse in (AUTRE, PHRASE.upper()):
        taper(qtbot, fenetre, fausse)
        assert "rien n’a été touché" in page(fenetre).error.text()
        assert page(fenetre).field.text() == ""
    assert protegee.read_bytes() == octets
    taper(qtbot, fenetre, PHRASE)
    assert etat(fenetre).dossier == seul
    assert fenetre.actions_.lock.isEnabled()
    assert "Changer" in fenetre.actions_.protect.text()


def copier(protegee: Path) -> None:
    with DepotSqlite.ouvrir(protegee, HorlogeReglee(), creer=False, phrase=PHRASE) as depot:
        sauvegarder(depot.connexion, protegee, HorlogeReglee().maintenant(), "demande")


def abimer(base: Path, ou: int) -> bytes:
    octets = bytearray(base.read_bytes())
    octets[ou] ^= 1
    base.write_bytes(octets)
    return bytes(octets)


def test_a_protected_practice_that_is_damaged_is_offered_its_copy_by_the_phrase_just_typed(
    ouvrir: Ouvrir, qtbot: QtBot, protegee: Path, seul: Dossier
) -> None:
    copier(protegee)
    octets = abimer(protegee, 2 * 4096 + 7)
    fenetre = ouvrir(protegee)
    taper(qtbot, fenetre, PHRASE)
    assert "est endommagée" in fenetre.message._sentences.text()
    assert "sauvegarde saine date du 15/01/2025" in fenetre.message._sentences.text().replace("\u00a0", " ")
    bouton(fenetre.message, "Restaurer cette sauvegarde").click()
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier == seul
    (ecartee,) = protegee.parent.glob("*-endommage-*")
    assert ecartee.read_bytes() == octets
    assert est_chiffre(protegee)


def test_a_protected_practice_whose_first_bytes_are_damaged_is_offered_its_copy_once_the_phrase_is_given(
    ouvrir: Ouvrir, qtbot: QtBot, protegee: Path, seul: Dossier
) -> None:
    copier(protegee)
    octets = abimer(protegee, 3)
    fenetre = ouvrir(protegee)
    assert "Chercher une sauvegarde saine" not in textes_des_boutons(fenetre)
    taper(qtbot, fenetre, PHRASE)
    bouton(fenetre, "Chercher une sauvegarde saine").click()
    au_repos(qtbot, fenetre)
    assert "est protégée par une phrase de passe" in fenetre.message._sentences.text()
    bouton(fenetre.message, "Donner la phrase de passe…").click()
    au_repos(qtbot, fenetre)
    assert page(fenetre).title.text() == "Les sauvegardes de ce cabinet sont protégées"
    assert "Chercher une sauvegarde saine" not in textes_des_boutons(fenetre)
    taper(qtbot, fenetre, AUTRE)
    assert "n’ouvre aucune de ses sauvegardes" in page(fenetre).error.text()
    assert protegee.read_bytes() == octets
    taper(qtbot, fenetre, PHRASE)
    bouton(fenetre.message, "Restaurer cette sauvegarde").click()
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier == seul
    (ecartee,) = protegee.parent.glob("*-endommage-*")
    assert ecartee.read_bytes() == octets


def test_another_practice_that_is_protected_and_damaged_asks_for_the_phrase_too(
    ouvrir: Ouvrir, qtbot: QtBot, protegee: Path, seul: Dossier, base: Path
) -> None:
    copier(protegee)
    protegee.write_bytes(protegee.read_bytes()[:1000])  # too short to be protected any more
    fenetre = ouvrir(base)
    fenetre.open_practice(protegee)
    au_repos(qtbot, fenetre)
    bouton(dialogue(fenetre), "Donner la phrase de passe…").click()
    au_repos(qtbot, fenetre)
    taper(qtbot, fenetre, PHRASE)
    bouton(fenetre.message, "Restaurer cette sauvegarde").click()
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier == seul


def textes_des_boutons(fenetre: MainWindow) -> set[str]:
    return {b.text() for b in page(fenetre).findChildren(QPushButton) if b.isVisible()}


def test_what_is_typed_can_be_shown_and_never_stays(ouvrir: Ouvrir, protegee: Path) -> None:
    fenetre = ouvrir(protegee)
    champ = page(fenetre).field
    assert champ.echoMode() == champ.EchoMode.Password
    page(fenetre).shown.click()
    assert champ.echoMode() == champ.EchoMode.Normal
    page(fenetre).shown.click()
    assert champ.echoMode() == champ.EchoMode.Password
    bouton(fenetre, "Ouvrir").click()
    assert champ.hasFocus()


def test_from_the_page_one_may_go_elsewhere(ouvrir: Ouvrir, qtbot: QtBot, protegee: Path, base: Path) -> None:
    fenetre = ouvrir(protegee)
    choisir_fichier(qtbot, fenetre, bouton(fenetre, "Ouvrir un autre cabinet…").click, base)
    assert fenetre.base == base
    assert not fenetre.actions_.lock.isEnabled()
    fenetre.open_practice(protegee)
    au_repos(qtbot, fenetre)
    bouton(fenetre, "Explorer la démonstration").click()
    au_repos(qtbot, fenetre)
    assert fenetre.desk is not None
    assert fenetre.desk.practice.demonstration
    assert not fenetre.actions_.protect.isEnabled()


def test_a_practice_is_protected_and_its_copies_after_it(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path) -> None:
    fenetre = ouvrir(base_seul)
    proteger(qtbot, fenetre, "", PHRASE)
    assert est_chiffre(base_seul)
    assert "protégé" in fenetre.notice.text
    assert "encore sans phrase" in textes(fenetre)
    bouton(dialogue(fenetre), "Protéger").click()
    au_repos(qtbot, fenetre)
    assert lister(base_seul)
    for fichier in base_seul.parent.rglob("*.assistmed"):
        assert est_chiffre(fichier)
    assert "suit maintenant" in fenetre.notice.text

    boite = demander(qtbot, fenetre)
    boite.present.setText("ce n’est pas elle")
    boite.new.setText(AUTRE)
    boite.again.setText(AUTRE)
    boite.understood.setChecked(True)
    boite.ok.click()
    au_repos(qtbot, fenetre)
    assert boite.error.text() == "Ce n’est pas la phrase actuelle. Rien n’a été touché."
    assert fenetre.desk is not None
    boite.present.setText(PHRASE)
    boite.ok.click()
    au_repos(qtbot, fenetre)
    assert "l’ancienne phrase" in textes(fenetre)
    bouton(dialogue(fenetre), "Annuler").click()

    boite = demander(qtbot, fenetre)
    boite.remove.click()
    assert not boite.new.isVisible()
    boite.present.setText(AUTRE)
    boite.ok.click()
    au_repos(qtbot, fenetre)
    assert not est_chiffre(base_seul)
    assert "La phrase est retirée" in fenetre.notice.text
    assert fenetre.actions_.protect.text().startswith("&Protéger")


def test_the_dialog_says_what_is_missing_where_it_is(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path) -> None:
    fenetre = ouvrir(base_seul)
    boite = demander(qtbot, fenetre)
    assert "quiconque ouvre votre session" in textes(fenetre)
    assert not boite.keep.isEnabled()
    assert "n’a pas de trousseau" in textes(fenetre)
    assert boite.new.hasFocus()
    boite.ok.click()
    assert boite.error.text() == "Tapez la nouvelle phrase."
    boite.new.setText("court")
    assert boite.strength.text().startswith("Trop courte")
    boite.ok.click()
    assert boite.error.text() == "La nouvelle phrase est trop courte."
    boite.new.setText(PHRASE)
    boite.again.setText(AUTRE)
    boite.ok.click()
    assert "diffèrent" in boite.error.text()
    assert boite.again.hasFocus()
    boite.again.setText(PHRASE)
    boite.ok.click()
    assert "personne ne peut rouvrir ce cabinet" in boite.error.text()
    assert boite.understood.hasFocus()
    bouton(boite, "Annuler").click()
    assert not est_chiffre(base_seul)


def test_behind_the_lock_nothing_shows(ouvrir: Ouvrir, qtbot: QtBot, protegee: Path, seul: Dossier) -> None:
    fenetre = ouvrir(protegee)
    taper(qtbot, fenetre, PHRASE)
    fenetre.show_page(PATIENTELE)
    fenetre.show_page(CABINET)
    fenetre.commands.search()
    assert dialogues(fenetre)
    noms = [seul.cabinet.nom, seul.medecins[0].nom]
    assert all(nom in textes(fenetre) for nom in noms[:1])
    fenetre.actions_.lock.trigger()
    au_repos(qtbot, fenetre)
    assert page(fenetre).title.text() == "Ce cabinet est verrouillé"
    assert fenetre.desk is None
    assert not dialogues(fenetre)
    assert not fenetre.pages
    assert not any(nom in textes(fenetre) for nom in noms)
    assert fenetre.windowTitle() == "AssistMed"
    assert not fenetre.actions_.undo.isEnabled()
    DepotSqlite.ouvrir(protegee, HorlogeReglee(), creer=False, phrase=PHRASE).fermer()  # nobody holds it any more
    taper(qtbot, fenetre, AUTRE)
    assert page(fenetre).title.text() == "Ce cabinet est verrouillé"
    taper(qtbot, fenetre, PHRASE)
    assert etat(fenetre).dossier == seul


def test_it_locks_when_nobody_is_there(ouvrir: Ouvrir, qtbot: QtBot, protegee: Path, settings: Settings) -> None:
    fenetre = ouvrir(protegee)
    veille = fenetre.protection.idle
    assert not veille.isActive()
    taper(qtbot, fenetre, PHRASE)
    assert veille.interval() == 15 * 60_000
    fenetre.actions_.lock_after[30].trigger()
    assert veille.interval() == 30 * 60_000
    assert settings.lock_after == 30
    fenetre.actions_.lock_after[0].trigger()
    assert not veille.isActive()
    veille.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one rounds what remains to the second
    fenetre.actions_.lock_after[5].trigger()
    entier = veille.remainingTime()
    qtbot.waitUntil(lambda: veille.remainingTime() < entier - 100)
    entame = veille.remainingTime()
    QTest.keyClick(fenetre, Qt.Key.Key_Shift)
    assert veille.remainingTime() > entame
    veille.start(1)  # the five minutes are over
    qtbot.waitUntil(lambda: fenetre.desk is None, timeout=10_000)
    assert page(fenetre).title.text() == "Ce cabinet est verrouillé"
    assert not veille.isActive()


def test_a_work_under_way_is_let_end_before_the_lock(ouvrir: Ouvrir, qtbot: QtBot, protegee: Path) -> None:
    fenetre = ouvrir(protegee)
    taper(qtbot, fenetre, PHRASE)
    fenetre.worker.run(lambda: None, lambda _rien: None, lambda _error: None)
    fenetre.protection.lock()
    assert fenetre.desk is not None
    qtbot.waitUntil(lambda: fenetre.desk is None, timeout=10_000)


def test_a_practice_without_a_phrase_is_never_locked(ouvrir: Ouvrir, base_seul: Path) -> None:
    fenetre = ouvrir(base_seul)
    fenetre.protection.lock()
    assert fenetre.desk is not None
    assert not fenetre.protection.idle.isActive()


def test_the_keyring_opens_it_and_does_not_unlock_it(
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, settings: Settings, trousseau: EnMemoire
) -> None:
    keyring.set_keyring(trousseau)
    fenetre = ouvrir(base_seul)
    proteger(qtbot, fenetre, "", PHRASE, garder=True)
    assert settings.phrase_kept(base_seul)
    assert PHRASE not in str(trousseau.gardes)
    fenetre.close()
    autre = ouvrir(base_seul)
    assert autre.desk is not None
    autre.actions_.lock.trigger()
    autre.open_practice(base_seul)
    au_repos(qtbot, autre)
    assert page(autre).title.text() == "Ce cabinet est verrouillé"
    taper(qtbot, autre, PHRASE)
    assert etat(autre).dossier.medecins
    autre.close()
    trousseau.gardes = dict.fromkeys(trousseau.gardes, "ff" * 48)
    dernier = ouvrir(base_seul)
    assert not page(dernier).error.isVisible()
    taper(qtbot, dernier, PHRASE)
    proteger(qtbot, dernier, PHRASE, AUTRE)
    assert not settings.phrase_kept(base_seul)


def test_an_export_says_that_it_will_be_legible(ouvrir: Ouvrir, qtbot: QtBot, protegee: Path, tmp_path: Path) -> None:
    fenetre = ouvrir(protegee)
    taper(qtbot, fenetre, PHRASE)
    sortie = tmp_path / "dossier.json"
    choisir_fichier(qtbot, fenetre, fenetre.actions_.export.trigger, sortie)
    assert not sortie.exists()
    bouton(dialogues(fenetre)[-1], "Exporter en clair").click()
    au_repos(qtbot, fenetre)
    assert sortie.exists()


def test_a_phrase_that_cannot_be_put_leaves_the_practice_open(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path) -> None:
    (base_seul.parent / f"{base_seul.stem}-sauvegardes").write_text("ce n’est pas un dossier", encoding="utf-8")
    fenetre = ouvrir(base_seul)
    proteger(qtbot, fenetre, "", PHRASE)
    assert "Le cabinet est comme il était" in textes(fenetre)
    assert not est_chiffre(base_seul)
    assert fenetre.desk is not None


def test_the_page_follows_the_size_of_the_text(ouvrir: Ouvrir, protegee: Path) -> None:
    fenetre = ouvrir(protegee)
    avant = largeur(page(fenetre))
    fonte = QApplication.font()
    fonte.setPointSizeF(fonte.pointSizeF() * 1.5)
    QApplication.setFont(fonte)
    for _ in range(3):
        QApplication.processEvents()
    assert largeur(page(fenetre)) > avant


def largeur(ecran: UnlockPage) -> int:
    """Give the widest that the column of the page may be."""
    colonne = ecran.field.parentWidget()
    assert isinstance(colonne, QWidget)
    return colonne.maximumWidth()
