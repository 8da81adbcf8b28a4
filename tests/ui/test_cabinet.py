"""The page of the practice and its doctors: entered, seen, corrected, withdrawn, undone."""

import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import CABINET
from assistmed_desktop.ui.pages.cabinet import CabinetPage
from assistmed_desktop.ui.widgets.edit_panel import EditPanel
from tests.storage.outils import base_de
from tests.ui.conftest import Ouvrir
from tests.ui.outils import bouton, dialogue, dialogues, etat


def cabinet(fenetre: MainWindow, place: str = "") -> CabinetPage:
    """Go to the page."""
    fenetre.show_page(CABINET, place)
    page = fenetre.page(CABINET)
    assert isinstance(page, CabinetPage)
    return page


def panneau(fenetre: MainWindow) -> EditPanel:
    """Give the form beside the page."""
    assert fenetre.edit is not None
    assert fenetre.edit.isVisible()
    return fenetre.edit


def test_the_practice_is_shown(ouvrir: Ouvrir, base: Path) -> None:
    page = cabinet(ouvrir(base))
    assert page.identity.title.text() == "Maison de santé de Saint-Exemple-en-Morvan"
    assert page.facts() == {
        "Adresse": "1 place de l’Exemple\n58999 Saint-Exemple-en-Morvan",
        "Département": "58 – Nièvre",
        "Zonage": "zone d’intervention prioritaire (ZIP)",
        "CPAM": "CPAM de la Nièvre",
        "Exercice regroupé": "oui",
        "Exercice coordonné": "maison de santé pluriprofessionnelle",
    }
    assert [medecin.nom for medecin in page.medecins.model.rows] == ["Benassis", "Bianchon", "Rougon", "Desplein"]


def test_what_is_not_known_is_said(ouvrir: Ouvrir, demo: Dossier, tmp_path: Path) -> None:
    maigre = demo.cabinet.model_copy(update={"adresse": "", "cpam": "", "commune": "", "departement": "96"})
    medecins = tuple(m.model_copy(update={"numero_am": ""}) for m in demo.medecins)
    dossier = demo.model_copy(update={"cabinet": maigre, "medecins": medecins})
    page = cabinet(ouvrir(base_de(dossier, tmp_path / "maigre.assistmed")))
    assert page.facts()["Adresse"] == "58999"
    assert page.facts()["Département"] == "96"
    assert page.facts()["CPAM"] == "non renseigné"
    assert page.medecins.model.data(page.medecins.model.index(0, 6)) == "non renseigné"


def test_the_practice_is_corrected_and_taken_back(ouvrir: Ouvrir, base: Path, demo: Dossier) -> None:
    fenetre = ouvrir(base)
    page = cabinet(fenetre)
    page.change.click()
    edit = panneau(fenetre)
    assert edit.title == "Le cabinet"
    edit.form.fill({"nom": "Cabinet des Tilleuls", "code_postal": "974 10", "departement": ""})
    assert edit.form.help_of("departement") == "La Réunion"
    edit.save.click()
    assert page.identity.title.text() == "Cabinet des Tilleuls"
    assert page.facts()["Département"] == "974 – La Réunion"
    assert fenetre.windowTitle() == "Cabinet des Tilleuls – AssistMed"
    fenetre.undo()
    assert etat(fenetre).dossier == demo
    assert page.facts()["Département"] == "58 – Nièvre"


def test_a_doctor_is_entered_by_keyboard_alone(ouvrir: Ouvrir, base: Path, demo: Dossier) -> None:
    fenetre = ouvrir(base)
    page = cabinet(fenetre, "medecin")
    edit = panneau(fenetre)
    assert edit.title == "Nouveau médecin"
    for texte in ("Modele", "Dominique", "P", "1000 3456 786", "", "S", "4/2020"):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, texte)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert edit.form.typed()["specialite"] == "pediatrie"
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert not edit.isVisible()
    ajoute = etat(fenetre).dossier.medecins[-1]
    assert (ajoute.nom, ajoute.specialite, ajoute.secteur) == ("Modele", "pediatrie", "1")
    assert page.medecins.model.total == len(demo.medecins) + 1
    fenetre.undo()
    assert etat(fenetre).dossier == demo


def test_a_doctor_is_corrected(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    page = cabinet(fenetre, "m2")
    assert page.medecins.table.current.id == "m2"
    assert page.medecins.table.hasFocus()
    QTest.keyClick(page.medecins.table, Qt.Key.Key_Return)
    edit = panneau(fenetre)
    assert edit.title == "Dr\u00a0Étienne\u00a0Bianchon"
    edit.form.fill({"secteur": "2_optam"})
    edit.save.click()
    assert etat(fenetre).dossier.medecins[1].secteur == "2_optam"
    assert page.medecins.table.model().index(1, 3).data() == "secteur\u00a02, Optam"


def test_a_doctor_is_withdrawn_once_told_what_goes_too(ouvrir: Ouvrir, base: Path, demo: Dossier) -> None:
    fenetre = ouvrir(base)
    page = cabinet(fenetre, "m1")
    page.medecins.remove.click()
    question = dialogue(fenetre)
    assert question.accessibleName() == "Supprimer le Dr\u00a0Claire\u00a0Benassis\u00a0?"
    assert "relevés" in question.accessibleDescription()
    bouton(question, "Annuler").click()
    assert etat(fenetre).dossier == demo
    QTest.keyClick(page.medecins.table, Qt.Key.Key_Delete)
    bouton(dialogue(fenetre), "Supprimer").click()
    assert [m.id for m in etat(fenetre).dossier.medecins] == ["m2", "m3", "m4"]
    assert page.medecins.model.total == 3
    fenetre.undo()
    assert etat(fenetre).dossier == demo


def test_a_doctor_without_facts_is_withdrawn_at_once(ouvrir: Ouvrir, demo: Dossier, tmp_path: Path) -> None:
    vides = {cle: () for cle in Dossier.model_fields if isinstance(getattr(demo, cle), tuple) and cle != "medecins"}
    fenetre = ouvrir(base_de(demo.model_copy(update=vides), tmp_path / "vide.assistmed"))
    page = cabinet(fenetre, "m3")
    page.medecins.remove.click()
    assert not dialogues(fenetre)
    assert fenetre.notice.text == "Le Dr\u00a0Pascale\u00a0Rougon est supprimé."
    assert page.medecins.model.total == 3


def test_a_practice_without_doctors_says_what_to_do(ouvrir: Ouvrir, demo: Dossier, tmp_path: Path) -> None:
    vides = {cle: () for cle in Dossier.model_fields if isinstance(getattr(demo, cle), tuple)}
    fenetre = ouvrir(base_de(demo.model_copy(update=vides), tmp_path / "vide.assistmed"))
    page = cabinet(fenetre, "cabinet")
    assert panneau(fenetre).title == "Le cabinet"
    assert page.medecins.empty.isVisible()
    assert page.medecins.empty.text().startswith("Ajoutez ici les médecins")
    page.enter("personne")
    page.medecins.add.click()
    assert panneau(fenetre).title == "Nouveau médecin"


def test_ten_doctors_show_at_once(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    page = cabinet(fenetre)
    etat_ = etat(fenetre)
    dix = tuple(etat_.dossier.medecins[0].model_copy(update={"id": f"x{i}", "nom": f"Nom {i}"}) for i in range(10))
    for medecins in (dix, dix[:9]):
        neuf = type(etat_)(
            etat_.dossier.model_copy(update={"medecins": medecins}), etat_.evaluation, None, None
        )  # fmt: skip
        avant = time.perf_counter()
        page.show_state(neuf)
        assert time.perf_counter() - avant < 0.1
        assert page.medecins.model.total == len(medecins)
