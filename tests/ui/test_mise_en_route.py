"""The first steps: begun, passed over, left, resumed; a new practice where one chooses, the recent ones."""

from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.exceptions import TimeoutError as NotInTime
from pytestqt.qtbot import QtBot

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.services.ports import ErreurDepot
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import CABINET, MISE_EN_ROUTE, TABLEAU
from assistmed_desktop.ui.pages.mise_en_route import FIN, MiseEnRoutePage
from tests.storage.outils import base_de
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, bouton, choisir_fichier, dialogue, etat, tableau
from tests.ui.test_accessibility import controles, coupes, entier, sans_nom

CABINET_SAISI = {
    "nom": "Cabinet des Tilleuls", "code_postal": "58120", "zonage": "zip", "exercice_coordonne": "aucun",
}  # fmt: skip
MEDECIN_SAISI = {
    "nom": "Exemple", "specialite": "medecine_generale", "rpps": "10003456786", "secteur": "1", "installe_le": "9/2009",
}  # fmt: skip


def mise_en_route(fenetre: MainWindow) -> MiseEnRoutePage:
    """Give the page of the first steps."""
    page = fenetre.pages[MISE_EN_ROUTE]
    assert isinstance(page, MiseEnRoutePage)
    return page


def commencer(qtbot: QtBot, fenetre: MainWindow) -> MiseEnRoutePage:
    """Begin from the window without a practice."""
    bouton(fenetre.message, "Créer mon cabinet").click()
    au_repos(qtbot, fenetre)
    return mise_en_route(fenetre)


def cabinet_cree(qtbot: QtBot, fenetre: MainWindow) -> MiseEnRoutePage:
    """Take the first step."""
    page = commencer(qtbot, fenetre)
    page.form.fill(CABINET_SAISI)
    page.save.click()
    au_repos(qtbot, fenetre)
    return page


@pytest.fixture
def vide(tmp_path: Path) -> Path:
    return tmp_path / "cabinet.assistmed"


@pytest.fixture
def sans_assistant(seul: Dossier, tmp_path: Path) -> Path:
    return base_de(seul, tmp_path / "sans-assistant.assistmed")


def test_the_first_step_makes_the_practice(ouvrir: Ouvrir, qtbot: QtBot, vide: Path) -> None:
    fenetre = ouvrir(vide)
    page = commencer(qtbot, fenetre)
    assert vide.is_file()
    assert fenetre.windowTitle() == "Nouveau cabinet – AssistMed"
    assert page.step == "cabinet"
    assert page.steps.words() == dict.fromkeys(
        ("medecin", "contrat", "assistant", "releves", FIN), "à faire"
    ) | {"cabinet": "en cours"}  # fmt: skip
    assert not page.steps.button("medecin").isEnabled()
    assert not page.skip.isVisible()
    assert QApplication.focusWidget() is page.form.widget("nom")
    page.form.fill(CABINET_SAISI)
    page.save.click()
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier.cabinet.nom == "Cabinet des Tilleuls"
    assert fenetre.windowTitle() == "Cabinet des Tilleuls – AssistMed"
    assert page.step == "medecin"
    assert page.steps.words()["cabinet"] == "fait"
    assert not fenetre.navigation.button(TABLEAU).isVisible()
    assert fenetre.actions_.undo.text() == "&Annuler «\u00a0Créer Cabinet des Tilleuls\u00a0»"


def test_what_is_missing_is_told_and_nothing_is_made(ouvrir: Ouvrir, qtbot: QtBot, vide: Path) -> None:
    fenetre = ouvrir(vide)
    page = commencer(qtbot, fenetre)
    page.save.click()
    assert page.form.help_of("nom") == "À remplir."
    assert fenetre.desk is not None
    assert fenetre.desk.state is None


def test_steps_are_passed_over_and_the_end_says_what_is_left(ouvrir: Ouvrir, qtbot: QtBot, vide: Path) -> None:
    fenetre = ouvrir(vide)
    page = cabinet_cree(qtbot, fenetre)
    page.skip.click()
    assert page.step == "assistant"
    assert page.steps.words()["medecin"] == "passé pour l’instant"
    page.skip.click()
    assert page.step == FIN
    assert "Cabinet\u00a0: Cabinet des Tilleuls" in page.end.text()
    assert "Il manque encore un médecin, un contrat, un assistant et un premier relevé." in page.end.text()
    assert page.dashboard.hasFocus()
    page.dashboard.click()
    assert fenetre.shown == TABLEAU
    assert fenetre.navigation.button(TABLEAU).isVisible()


def test_another_doctor_follows_and_a_refusal_is_told_under_its_field(ouvrir: Ouvrir, qtbot: QtBot, vide: Path) -> None:
    fenetre = ouvrir(vide)
    page = cabinet_cree(qtbot, fenetre)
    page.form.fill(MEDECIN_SAISI)
    page.another.click()
    assert page.step == "medecin"
    assert len(etat(fenetre).dossier.medecins) == 1
    page.form.fill({**MEDECIN_SAISI, "installe_le": "1/2/2012"})
    page.save.click()
    assert "déjà celui du" in page.form.help_of("rpps")
    assert page.form.typed()["nom"] == "Exemple"
    page.form.fill({"rpps": "10009999011"})
    page.save.click()
    assert page.step == "contrat"
    assert len(etat(fenetre).dossier.medecins) == 2


def test_a_refusal_of_the_domain_stays_in_the_form(ouvrir: Ouvrir, qtbot: QtBot, sans_assistant: Path) -> None:
    fenetre = ouvrir(sans_assistant)
    fenetre.show_first_run()
    page = mise_en_route(fenetre)
    page.steps.button("contrat").click()
    page.form.fill({
        "texte": "convention_2024", "option_etp": "1/2", "signe_le": "1/3/26", "debut_le": "15/3/26",
        "reference_date": "31/12/25", "reference_patientele_mt": "1000", "reference_file_active": "1500",
        "patientele_mt": "900", "medecin": "m1",
    })  # fmt: skip
    page.save.click()
    au_repos(qtbot, fenetre)
    assert "est sous la référence" in page.form.help_of("patientele_mt")
    assert len(etat(fenetre).dossier.contrats) == 1


def test_a_saving_that_fails_leaves_the_step(
    ouvrir: Ouvrir, qtbot: QtBot, vide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fenetre = ouvrir(vide)
    page = commencer(qtbot, fenetre)

    def refuser(*_: object) -> None:
        raise ErreurDepot("Il n'y a plus de place sur le disque.")

    assert fenetre.desk is not None
    monkeypatch.setattr(fenetre.desk.practice.workspace._depot, "enregistrer", refuser)
    page.form.fill(CABINET_SAISI)
    page.save.click()
    assert dialogue(fenetre).accessibleName() == "Le cabinet n’a pas pu être enregistré"
    assert page.step == "cabinet"
    assert page.form.typed()["nom"] == "Cabinet des Tilleuls"


def test_left_before_there_is_a_practice_it_waits_at_the_first_page(ouvrir: Ouvrir, qtbot: QtBot, vide: Path) -> None:
    fenetre = ouvrir(vide)
    page = commencer(qtbot, fenetre)
    page.form.fill({"nom": "Cabinet des Til"})
    page.later.click()
    assert fenetre.stack.currentWidget() is fenetre.message
    bouton(fenetre.message, "Créer mon cabinet").click()
    assert page.form.typed()["nom"] == "Cabinet des Til"
    fenetre.close()
    autre = ouvrir(vide)
    assert autre.message.buttons()[0].text() == "Créer mon cabinet"
    assert commencer(qtbot, autre).step == "cabinet"


def test_left_then_resumed_another_day(ouvrir: Ouvrir, qtbot: QtBot, vide: Path) -> None:
    fenetre = ouvrir(vide)
    page = cabinet_cree(qtbot, fenetre)
    page.form.fill({**MEDECIN_SAISI, "installe_le": "9/2009"})
    page.save.click()
    page.later.click()
    assert fenetre.shown == TABLEAU
    assert fenetre.resume.text == (
        "Pour suivre votre contrat, il manque encore un contrat, un assistant et un premier relevé."
    )
    bouton(tableau(fenetre), "Reprendre la mise en route").click()
    assert fenetre.shown == MISE_EN_ROUTE
    fenetre.close()
    fenetre = ouvrir(vide)
    assert fenetre.shown == TABLEAU
    fenetre.resume.action.click()
    assert mise_en_route(fenetre).step == "contrat"
    assert not fenetre.resume.isVisible()
    assert mise_en_route(fenetre).form.typed()["texte"] == ""
    fenetre.commands.show_help()
    assert fenetre.panel.title == "Mise en route"


def test_the_offer_once_closed_does_not_come_back(ouvrir: Ouvrir, sans_assistant: Path) -> None:
    fenetre = ouvrir(sans_assistant)
    assert fenetre.resume.isVisible()
    fenetre.show_page(CABINET)
    assert fenetre.resume.isVisible()
    bouton(fenetre.resume, "Fermer").click()
    fenetre.show_page(TABLEAU)
    assert not fenetre.resume.isVisible()
    fenetre.close()
    fenetre = ouvrir(sans_assistant)
    assert not fenetre.resume.isVisible()
    fenetre.actions_.first_run.trigger()
    assert mise_en_route(fenetre).step == "assistant"


def test_what_is_typed_stays_while_one_looks_elsewhere(ouvrir: Ouvrir, sans_assistant: Path) -> None:
    fenetre = ouvrir(sans_assistant)
    fenetre.show_first_run()
    page = mise_en_route(fenetre)
    page.form.fill({"nom": "Modele"})
    fenetre.show_page(TABLEAU)
    fenetre.show_page(MISE_EN_ROUTE)
    assert page.form.typed()["nom"] == "Modele"
    page.steps.button("releves").click()
    assert page.steps.words()["releves"] == "fait"
    assert page.steps.words()["assistant"] == "à faire"
    assert page.steps.button("releves").isChecked()
    assert not page.skip.isVisible()


def test_a_first_reading_asks_for_a_count_and_warns_of_a_jump(ouvrir: Ouvrir, sans_assistant: Path) -> None:
    fenetre = ouvrir(sans_assistant)
    avant = etat(fenetre).dossier.releves
    fenetre.show_first_run()
    page = mise_en_route(fenetre)
    page.steps.button("releves").click()
    page.save.click()
    assert page.form.help_of("patientele_mt") == "Saisissez au moins un des deux effectifs."
    page.form.fill({"patientele_mt": "12"})
    assert "Vérifiez ce chiffre" in page.form.cautions.text()
    page.another.click()
    assert page.step == "releves"
    assert len(etat(fenetre).dossier.releves) == len(avant) + 1


def test_a_whole_practice_has_no_step_left(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    assert not fenetre.resume.isVisible()
    fenetre.show_first_run()
    page = mise_en_route(fenetre)
    assert page.step == FIN
    assert page.card.title.text() == "Votre cabinet est prêt"
    assert page.end.text().splitlines()[1:3] == ["4\u00a0médecins", "4\u00a0contrats"]
    page.dashboard.click()
    au_repos(qtbot, fenetre)
    assert etat(fenetre).contrat_id == etat(fenetre).dossier.contrats[-1].id


def test_the_demonstration_has_no_first_steps(ouvrir: Ouvrir, qtbot: QtBot, vide: Path) -> None:
    fenetre = ouvrir(vide)
    fenetre.open_demonstration()
    au_repos(qtbot, fenetre)
    fenetre.show_first_run()
    assert fenetre.shown == TABLEAU
    assert "Quittez d’abord la démonstration" in fenetre.notice.text
    assert fenetre.settings.recents == ()


def test_another_practice_opened_meanwhile_shows_its_dashboard(
    ouvrir: Ouvrir, qtbot: QtBot, vide: Path, base: Path, demo: Dossier
) -> None:
    fenetre = ouvrir(vide.with_name("autre.assistmed"))
    commencer(qtbot, fenetre)
    fenetre.open_practice(base)
    au_repos(qtbot, fenetre)
    assert fenetre.shown == TABLEAU
    assert etat(fenetre).dossier == demo


@pytest.mark.parametrize(
    ("echelle", "taille"), [(1.0, (1280, 720)), (1.0, (800, 600)), (1.5, (1280, 720)), (2.0, (1280, 720))]
)
def test_every_step_is_named_reached_and_whole(  # noqa: PLR0917 - fixtures
    ouvrir: Ouvrir,
    qtbot: QtBot,
    application: QApplication,
    sans_assistant: Path,
    echelle: float,
    taille: tuple[int, int],
) -> None:
    fonte = application.font()
    fonte.setPointSizeF(fonte.pointSizeF() * echelle)
    application.setFont(fonte)
    fenetre = ouvrir(sans_assistant)
    fenetre.resize(*taille)
    fenetre.show_first_run()
    page = mise_en_route(fenetre)
    for etape in page.steps.words():
        page.steps.button(etape).click()
        au_repos(qtbot, fenetre)
        with suppress(NotInTime):
            qtbot.waitUntil(partial(entier, fenetre), timeout=1000)
        assert coupes(fenetre) == [], etape
        assert sans_nom(fenetre) == [], etape
        atteints = set(tour(fenetre))
        oublies = [widget for widget in controles(page) if widget.isEnabled() and widget not in atteints]
        assert oublies == [], etape


def tour(fenetre: MainWindow) -> list[QWidget]:
    """Give the widgets that Tab goes through, from what has the focus back to it."""
    suite: list[QWidget] = []
    while (widget := QApplication.focusWidget()) is not None and widget not in suite:
        suite.append(widget)
        fenetre.focusNextPrevChild(True)
    return suite


def test_a_new_practice_is_made_where_one_chooses(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, demo: Dossier, tmp_path: Path
) -> None:
    fenetre = ouvrir(base)
    nouveau = tmp_path / "ailleurs" / "second.assistmed"
    nouveau.parent.mkdir()
    choisir_fichier(qtbot, fenetre, fenetre.actions_.new.trigger, nouveau)
    au_repos(qtbot, fenetre)
    assert nouveau.is_file()
    assert fenetre.shown == MISE_EN_ROUTE
    assert fenetre.base == nouveau
    assert fenetre.settings.recents == (nouveau, base)
    choisir_fichier(qtbot, fenetre, fenetre.actions_.new.trigger, base)
    message = dialogue(fenetre)
    assert message.accessibleName() == "Ce fichier existe déjà"
    message.close()
    assert fenetre.base == nouveau
    fenetre.open_practice(base)
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier == demo


def test_the_dialog_of_a_new_practice_proposes_a_name_and_replaces_nothing(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    fenetre.actions_.new.trigger()
    (dialog,) = [d for d in fenetre.findChildren(QFileDialog) if d.isVisible()]
    assert dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
    assert dialog.defaultSuffix() == "assistmed"
    dialog.close()


def test_recent_practices_are_opened_and_forgotten(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, base_seul: Path, seul: Dossier
) -> None:
    fenetre = ouvrir(base_seul)
    fenetre.open_practice(base)
    au_repos(qtbot, fenetre)
    parti = base.with_name("parti.assistmed")
    fenetre.settings.add_recent(parti)
    menu = fenetre.actions_.recents
    menu.fill()
    premier, deuxieme, troisieme, _separateur, effacer = menu.actions()
    assert premier.text() == f"parti – {parti.parent} – fichier introuvable"
    assert not premier.isEnabled()
    assert deuxieme.text() == f"cabinet – {base.parent}"
    troisieme.trigger()
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier == seul
    assert fenetre.settings.recents[0] == base_seul
    effacer.trigger()
    menu.fill()
    assert [action.text() for action in menu.actions()] == ["Aucun cabinet ouvert jusqu’ici"]
    assert not menu.actions()[0].isEnabled()


def test_only_the_last_practices_are_kept(ouvrir: Ouvrir, base: Path, tmp_path: Path) -> None:
    settings = ouvrir(base).settings
    for rang in range(12):
        settings.add_recent(tmp_path / f"{rang}.assistmed")
    settings.add_recent(tmp_path / "5.assistmed")
    assert [chemin.stem for chemin in settings.recents] == ["5", "11", "10", "9", "8", "7", "6", "4"]
