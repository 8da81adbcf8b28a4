"""The window as a whole: starting, moving about, undoing, being told what went wrong."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from assistmed_desktop.app import HorlogeFixe
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.services.operations import supprimer_releve
from assistmed_desktop.services.ports import ErreurDepot
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.dialogs.about import AboutDialog
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import ENTRIES, PATIENTELE, TABLEAU
from assistmed_desktop.ui.settings import Settings
from assistmed_desktop.ui.widgets.header import Header
from tests.rules.test_baremes_ajoutes import changee
from tests.storage.outils import base_de
from tests.storage.outils import ouvrir as ouvrir_base
from tests.ui.conftest import Ouvrir
from tests.ui.outils import AU, au_repos, bouton, dialogue, dialogues, etat, patientele, tableau


def test_an_existing_practice_is_opened(ouvrir: Ouvrir, base: Path, demo: Dossier) -> None:
    fenetre = ouvrir(base)
    assert etat(fenetre).dossier == demo
    assert fenetre.windowTitle() == f"{demo.cabinet.nom} – AssistMed"
    assert fenetre.header.texts() == (demo.cabinet.nom, "au 15\u00a0novembre\u00a02026")
    assert fenetre.shown == TABLEAU


def test_opening_is_said_before_it_is_done(
    application: QApplication, qtbot: QtBot, settings: Settings, base: Path
) -> None:
    del application
    from assistmed_desktop.app import Services

    fenetre = MainWindow(Services(HorlogeFixe(AU)), settings, base)
    qtbot.addWidget(fenetre)
    assert fenetre.message.accessibleName() == "Ouverture du cabinet…"
    assert fenetre.stack.currentWidget() is fenetre.message
    fenetre.close()


def test_without_a_practice_three_ways_to_begin(ouvrir: Ouvrir, tmp_path: Path) -> None:
    fenetre = ouvrir(tmp_path / "rien.assistmed")
    assert [b.text() for b in fenetre.message.buttons()] == [
        "Créer mon cabinet", "Explorer la démonstration", "Importer un dossier…",
    ]  # fmt: skip
    assert fenetre.message.buttons()[0].hasFocus()
    assert not fenetre.header.isVisible()
    assert not any(b.isVisible() for b in fenetre.navigation.buttons())
    assert not fenetre.actions_.export.isEnabled()
    fenetre.show_page(PATIENTELE)
    fenetre.undo()
    fenetre.redo()
    assert fenetre.stack.currentWidget() is fenetre.message


def test_the_demonstration_leaves_no_trace(ouvrir: Ouvrir, qtbot: QtBot, tmp_path: Path) -> None:
    fenetre = ouvrir(tmp_path / "rien.assistmed")
    bouton(fenetre.message, "Explorer la démonstration").click()
    au_repos(qtbot, fenetre)
    provisoire = fenetre.desk.practice.chemin if fenetre.desk else Path()
    assert provisoire.is_file()
    assert "fictif" in fenetre.banner.text
    fenetre.banner.action.click()
    assert fenetre.desk is None
    assert not provisoire.parent.exists()
    assert not (tmp_path / "rien.assistmed").exists()
    assert not fenetre.banner.isVisible()
    assert len(fenetre.message.buttons()) == 3


def test_leaving_the_demonstration_goes_back_to_the_practice(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path) -> None:
    fenetre = ouvrir(base_seul)
    fenetre.open_demonstration()
    au_repos(qtbot, fenetre)
    assert len(etat(fenetre).evaluation.contrats) == 4
    fenetre.opening.leave_demonstration()
    au_repos(qtbot, fenetre)
    assert len(etat(fenetre).evaluation.contrats) == 1


def test_a_demonstration_opened_from_the_command_line_says_so(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base, demonstration=True)
    assert fenetre.banner.isVisible()
    assert not fenetre.banner.action.isVisible()
    assert not fenetre.actions_.open.isEnabled()
    assert not fenetre.actions_.import_.isEnabled()


def test_pages_are_made_before_they_are_asked(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    focus = QApplication.focusWidget()
    qtbot.waitUntil(lambda: set(fenetre.pages) == {entry.cle for entry in ENTRIES})
    assert fenetre.shown == TABLEAU
    assert QApplication.focusWidget() is focus
    assert [cle for cle, page in fenetre.pages.items() if page.isVisible()] == [TABLEAU]
    faite = fenetre.pages[PATIENTELE]
    fenetre.show_page(PATIENTELE)
    assert fenetre.stack.currentWidget() is faite


def test_no_page_is_made_once_the_practice_is_let_go_of(ouvrir: Ouvrir, qtbot: QtBot, tmp_path: Path) -> None:
    fenetre = ouvrir(tmp_path / "rien.assistmed")
    fenetre.open_demonstration()
    au_repos(qtbot, fenetre)
    fenetre.opening.leave_demonstration()
    faites = set(fenetre.pages)
    fenetre.showing._make_ahead()
    assert set(fenetre.pages) == faites < {entry.cle for entry in ENTRIES}


def test_pages_by_mouse_by_menu_and_by_keyboard(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    fenetre.navigation.button(PATIENTELE).click()
    assert fenetre.shown == PATIENTELE
    QTest.keyClick(fenetre, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert fenetre.shown == TABLEAU
    fenetre.actions_.pages[4].trigger()
    assert fenetre.shown == PATIENTELE
    assert fenetre.navigation.button(PATIENTELE).isChecked()
    patientele(fenetre).table.setFocus()
    QTest.keyClick(fenetre, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert fenetre.navigation.button(TABLEAU).hasFocus()


def test_a_change_is_told_undone_and_redone(ouvrir: Ouvrir, base: Path, demo: Dossier) -> None:
    fenetre = ouvrir(base)
    assert not fenetre.actions_.undo.isEnabled()
    fenetre.apply(supprimer_releve(0), "Le relevé est supprimé.")
    assert fenetre.notice.text == "Le relevé est supprimé."
    assert fenetre.actions_.undo.text() == "&Annuler «\u00a0Supprimer un relevé\u00a0»"
    assert fenetre.navigation.saved.startswith("Enregistré à ")
    fenetre.notice.action.click()
    assert etat(fenetre).dossier == demo
    assert fenetre.actions_.redo.text() == "&Rétablir «\u00a0Supprimer un relevé\u00a0»"
    assert fenetre.notice.text == "Annulé\u00a0: «\u00a0Supprimer un relevé\u00a0»."
    fenetre.actions_.redo.trigger()
    assert len(etat(fenetre).dossier.releves) == len(demo.releves) - 1
    assert not fenetre.actions_.redo.isEnabled()


def test_a_step_may_hold_an_ampersand(ouvrir: Ouvrir, base: Path) -> None:
    from assistmed_desktop.services.workspace import Operation

    fenetre = ouvrir(base)
    vide = etat(fenetre).dossier.model_copy(update={"releves": ()})
    fenetre.apply(Operation("Importer Martin & Fils", lambda _avant: vide), "Fait.")
    assert fenetre.actions_.undo.text() == "&Annuler «\u00a0Importer Martin && Fils\u00a0»"


def test_a_saving_that_fails_is_told_and_changes_nothing(
    ouvrir: Ouvrir, base: Path, demo: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    fenetre = ouvrir(base)
    assert fenetre.desk is not None

    def refuser(*_: object) -> None:
        raise ErreurDepot("Il n'y a plus de place sur le disque.")

    monkeypatch.setattr(fenetre.desk.practice.workspace._depot, "enregistrer", refuser)
    fenetre.apply(supprimer_releve(0), "Le relevé est supprimé.")
    message = dialogue(fenetre)
    assert message.accessibleName() == "Le cabinet n’a pas pu être enregistré"
    assert "Il n’y a plus de place sur le disque." in message.accessibleDescription()
    assert etat(fenetre).dossier == demo
    assert not fenetre.notice.isVisible()
    bouton(message, "Fermer").click()
    assert not dialogues(fenetre)


def test_a_file_in_use_can_be_tried_again(ouvrir: Ouvrir, qtbot: QtBot, base: Path, demo: Dossier) -> None:
    with ouvrir_base(base, creer=False):
        fenetre = ouvrir(base)
        assert fenetre.message.accessibleName() == "Le cabinet n’a pas pu être ouvert"
        assert fenetre.desk is None
    bouton(fenetre.message, "Réessayer").click()
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier == demo


def test_a_damaged_file_leaves_the_practice_on_screen(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, demo: Dossier, tmp_path: Path
) -> None:
    fenetre = ouvrir(base)
    abime = tmp_path / "abime.assistmed"
    abime.write_bytes(b"ce n'est pas une base" * 50)
    fenetre.open_practice(abime)
    au_repos(qtbot, fenetre)
    message = dialogue(fenetre)
    assert "Le cabinet affiché reste ouvert." in message.accessibleDescription()
    assert etat(fenetre).dossier == demo
    message.close()


def test_an_unforeseen_error_while_opening_is_reported(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fenetre = ouvrir(base)

    def casser(*_: object, **__: object) -> None:
        raise RuntimeError("tout à fait imprévu")

    monkeypatch.setattr(type(fenetre.backend), "ouvrir", casser)
    vues: list[BaseException] = []
    with qtbot.captureExceptions() as exceptions:
        fenetre.open_practice(base)
        au_repos(qtbot, fenetre)
        vues += [erreur for _, erreur, _ in exceptions]
    assert [str(erreur) for erreur in vues] == ["tout à fait imprévu"]
    assert etat(fenetre) is not None


def test_an_unforeseen_error_at_the_start_does_not_wait_for_ever(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistmed_desktop.app import Services

    def casser(*_: object, **__: object) -> None:
        raise RuntimeError("tout à fait imprévu")

    monkeypatch.setattr(Services, "ouvrir", casser)
    with qtbot.captureExceptions() as exceptions:
        fenetre = ouvrir(base)
        au_repos(qtbot, fenetre)
        assert len(exceptions) == 1
    assert fenetre.message.accessibleName() == "Le cabinet n’a pas pu être ouvert"
    assert fenetre.message.buttons()[0].text() == "Réessayer"


def test_a_practice_closed_while_evaluating_fails(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistmed_desktop.ui.ports import OpenPractice

    fenetre = ouvrir(base.with_name("rien.assistmed"))

    def refuser(_practice: OpenPractice) -> None:
        raise ErreurDepot("Illisible.")

    monkeypatch.setattr(OpenPractice, "evaluer", refuser)
    fenetre.open_practice(base)
    au_repos(qtbot, fenetre)
    assert fenetre.message.accessibleName() == "Le cabinet n’a pas pu être ouvert"
    with ouvrir_base(base, creer=False) as depot:
        assert depot.charger() is not None


def test_an_unforeseen_error_is_shown_with_its_detail(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    for genre in (ValueError, KeyError):
        fenetre.report_exception(genre, genre("Dr Lambert"), None)
    message = dialogue(fenetre)
    detail = message.findChild(QPlainTextEdit)
    assert isinstance(detail, QPlainTextEdit)
    assert "ValueError" in detail.toPlainText()
    assert "KeyError" in detail.toPlainText()
    assert "Lambert" not in detail.toPlainText()
    bouton(message, "Copier le détail").click()
    assert "ValueError" in QApplication.clipboard().text()
    message.close()
    assert not dialogues(fenetre)
    assert fenetre.unforeseen.dialog is None
    assert fenetre.isVisible()


def test_ctrl_c_in_the_terminal_closes_the_window(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    fenetre.report_exception(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not fenetre.isVisible()


def test_the_theme_is_chosen_and_remembered(ouvrir: Ouvrir, base: Path, settings: Settings) -> None:
    fenetre = ouvrir(base)
    fenetre.actions_.themes["sombre"].trigger()
    assert theme.couleurs_actuelles() is theme.SOMBRE
    assert settings.theme == "sombre"
    fenetre.actions_.themes["clair"].trigger()
    assert theme.couleurs_actuelles() is theme.CLAIR


def test_the_system_theme_is_followed_only_when_chosen(
    ouvrir: Ouvrir, base: Path, application: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    fenetre = ouvrir(base)
    fenetre.actions_.themes["clair"].trigger()
    hints = application.styleHints()
    monkeypatch.setattr(type(hints), "colorScheme", lambda _hints: Qt.ColorScheme.Dark)
    fenetre._follow_system()
    assert theme.couleurs_actuelles() is theme.CLAIR
    fenetre.settings.theme = "systeme"
    fenetre._follow_system()
    assert theme.couleurs_actuelles() is theme.SOMBRE
    fenetre._follow_system()
    fenetre.actions_.themes["clair"].trigger()


def test_size_and_contract_are_remembered(
    ouvrir: Ouvrir, base: Path, settings: Settings, application: QApplication
) -> None:
    del application
    premiere = ouvrir(base)
    premiere.resize(700, 500)  # smaller than the offscreen screen
    premiere.look_at_contrat("c3")
    premiere.close()
    relus = Settings(Path(settings._ini.fileName()))
    assert relus.contrat(base) == "c3"
    seconde = ouvrir(base)
    assert etat(seconde).contrat_id == "c3"
    seconde.restoreGeometry(relus.geometry)
    assert seconde.size().width() == 700


def test_pages_begin_at_one_height_whatever_is_looked_at(application: QApplication) -> None:
    header = Header()
    header.resize(1000, header.sizeHint().height())
    bare = header.sizeHint().height()
    header.show_practice("Cabinet", "Avenant n° 7 · 1/2 ETP", "au 15/11/2026", [], "")
    assert header.sizeHint().height() == bare
    fonte = application.font()
    fonte.setPointSizeF(2 * fonte.pointSizeF())
    application.setFont(fonte)
    header.show()
    application.processEvents()
    assert header.sizeHint().height() > bare


def test_unknown_preferences_are_ignored(settings: Settings) -> None:
    settings._ini.setValue("affichage/theme", "violet")
    settings._ini.setValue("fenetre/geometrie", "ailleurs")
    assert settings.theme == "systeme"
    assert settings.geometry.isEmpty()


def test_help_opens_beside_the_page_and_gives_the_focus_back(
    ouvrir: Ouvrir, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fenetre = ouvrir(base)
    fenetre.activateWindow()
    fenetre.show_page(PATIENTELE)
    patientele(fenetre).table.setFocus()
    fenetre.actions_.help.trigger()
    assert fenetre.panel.title == "Patientèle"
    assert "Ajouter un relevé" in fenetre.panel.browser.toPlainText()
    fenetre.panel._follow(QUrl("index.md"))
    assert fenetre.panel.title == "Guide d’AssistMed"
    vues: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: vues.append(url.toString()))
    fenetre.panel._follow(QUrl("https://www.ameli.fr/"))
    assert vues == ["https://www.ameli.fr/"]
    QTest.keyClick(fenetre.panel, Qt.Key.Key_A)
    QTest.keyClick(fenetre.panel, Qt.Key.Key_Escape)
    assert not fenetre.panel.isVisible()
    assert patientele(fenetre).table.hasFocus()
    fenetre.navigation._help.click()
    assert fenetre.panel.isVisible()
    fenetre.panel.close_panel()
    fenetre.actions_.guide.trigger()
    assert fenetre.panel.title == "Guide d’AssistMed"


def test_links_of_a_document_without_pages_lead_nowhere(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    fenetre.commands.show_html("Titre", "<p>Texte</p>")
    fenetre.panel._follow(QUrl("index.md"))
    assert fenetre.panel.title == "Titre"


def test_every_link_of_the_help_leads_somewhere() -> None:
    import re

    from assistmed_desktop.resources import chemin

    for page in chemin("aide").glob("*.md"):
        texte = page.read_text(encoding="utf-8")
        assert texte.startswith("# ")
        for cible in re.findall(r"\]\(([^)]+)\)", texte):
            assert chemin("aide", cible).exists()
        assert not re.search(r" [:;?!»%]|« ", texte), f"{page.name}: a breaking space"


def test_the_versions_can_be_copied(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    fenetre.actions_.about.trigger()
    a_propos = dialogue(fenetre)
    assert isinstance(a_propos, AboutDialog)
    bouton(a_propos, "Copier").click()
    assert "PySide6" in QApplication.clipboard().text()
    bouton(a_propos, "Fermer").click()
    assert not dialogues(fenetre)


def test_the_evaluation_follows_the_day(ouvrir: Ouvrir, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fenetre = ouvrir(base)
    monkeypatch.setattr(HorlogeFixe, "aujourdhui", lambda _horloge: date(2026, 12, 24))
    monkeypatch.setattr(fenetre, "isActiveWindow", lambda: True)
    fenetre.changeEvent(QEvent(QEvent.Type.ActivationChange))
    assert fenetre.header.texts()[1] == "au 24\u00a0décembre\u00a02026"


def test_a_practice_emptied_by_undoing_shows_the_beginning(ouvrir: Ouvrir, tmp_path: Path, demo: Dossier) -> None:
    from assistmed_desktop.services.operations import remplacer_dossier

    fenetre = ouvrir(base_de(None, tmp_path / "vide.assistmed"))
    assert fenetre.desk is not None
    assert fenetre.desk.state is None
    fenetre.desk.look_at_contrat("c1")
    fenetre.desk.look_at_medecin("m1")
    fenetre.desk.follow_the_day()
    fenetre.apply(supprimer_releve(0), "Fait.")
    message = dialogue(fenetre)
    assert message.accessibleName() == "Cette modification n’est pas possible"
    message.close()
    fenetre.apply(remplacer_dossier(demo, "Importer"), "Importé.")
    assert fenetre.header.isVisible()
    fenetre.undo()
    assert fenetre.desk.state is None
    assert not fenetre.header.isVisible()
    assert fenetre.actions_.redo.isEnabled()


class _Windows(QObject):
    """Records every widget that shows as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - the name that Qt calls
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def test_no_part_flashes_as_a_window_of_its_own(ouvrir: Ouvrir, base: Path, application: QApplication) -> None:
    windows = _Windows()
    application.installEventFilter(windows)
    fenetre = ouvrir(base)
    fenetre.look_at_contrat("c1")
    fenetre.show_page(PATIENTELE)
    fenetre.commands.show_help()
    application.removeEventFilter(windows)
    assert windows.shown == ["MainWindow"]


def test_the_window_never_leaves_the_screen(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    assert fenetre.minimumWidth() <= 1280
    assert fenetre.mapToGlobal(QPoint(0, 0)).x() >= 0


def test_a_bareme_that_is_refused_is_said_until_it_is_mended(ouvrir: Ouvrir, base: Path, tmp_path: Path) -> None:
    baremes = tmp_path / "baremes"
    baremes.mkdir()
    fichier = baremes / "aide.toml"
    fichier.write_text("versions = 3", encoding="utf-8")
    fenetre = ouvrir(base, baremes=baremes)
    assert fenetre.refusal.isVisible()
    assert "ne s’applique pas\u00a0: aide.toml" in fenetre.refusal.text
    fenetre.refusal.action.click()
    texte = fenetre.panel.browser.toPlainText()
    assert fenetre.panel.title == "Barème ajouté, non appliqué"
    assert str(baremes) in texte
    assert "Demandez un fichier corrigé" in texte
    assert not fenetre.refusal.isVisible(), "read, it can be put away"
    fenetre.look_at_contrat("c1")
    assert not fenetre.refusal.isVisible(), "and does not come back for the same fault"
    (baremes / "autre.toml").write_text("", encoding="utf-8")
    fenetre.apply(supprimer_releve(0), "Supprimé.")
    assert "(1\u00a0autre faute)" in fenetre.refusal.text
    for mauvais in baremes.iterdir():
        mauvais.unlink()
    fenetre.undo()
    assert not fenetre.refusal.isVisible()


def test_a_bareme_added_is_named_under_the_sources(ouvrir: Ouvrir, base: Path, tmp_path: Path) -> None:
    (tmp_path / "aide.toml").write_text(
        changee("aide", "montants_2019", ("annee_1 = 18000", "annee_1 = 18500")), encoding="utf-8"
    )
    fenetre = ouvrir(base, baremes=tmp_path)
    fenetre.look_at_contrat("c1")
    for bouton_ in (tableau(fenetre).why.clicked, tableau(fenetre).aid.why_asked):
        bouton_.emit()
        assert "Barème ajouté : aide.toml" in fenetre.panel.browser.toPlainText()
    assert not fenetre.refusal.isVisible()
