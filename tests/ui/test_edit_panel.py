"""The form beside the page: typed, judged, saved, refused, withdrawn, left, all by keyboard."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from assistmed_desktop.domain.assistant import Absence
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.formats import jour_court
from assistmed_desktop.services.places import ajouter, supprimer
from assistmed_desktop.ui.fiches.fiche import Champ, Fiche, Geste, Valeurs
from assistmed_desktop.ui.fiches.genres import Case
from assistmed_desktop.ui.fiches.periodes import AU, DU, a_l_envers
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.widgets.edit_panel import EditPanel
from tests.ui.conftest import Ouvrir
from tests.ui.outils import bouton, dialogue, etat

PLACE = ("assistants", "a1", "absences")


def fiche(_dossier: Dossier | None = None) -> Fiche:
    def enregistrer(valeurs: Valeurs) -> Geste:
        absence = Absence(du=valeurs["du"], au=valeurs["au"], remplacement=valeurs["remplacement"])
        nom = f"Ajouter une absence du {jour_court(absence.du)}"
        return Geste(ajouter(PLACE, absence, nom), "L’absence est ajoutée.")

    champs = (DU, AU, Champ("remplacement", "Remplacement pendant l’absence", Case()))
    return Fiche("Nouvelle absence", champs, enregistrer, prudences=a_l_envers, suite=fiche)


def panneau(fenetre: MainWindow) -> EditPanel:
    assert fenetre.edit is not None
    return fenetre.edit


def taper(texte: str) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    QTest.keyClicks(focus, texte)


def absences(fenetre: MainWindow) -> tuple[Absence, ...]:
    return next(a for a in etat(fenetre).dossier.assistants if a.id == "a1").absences


def test_a_fact_is_entered_by_keyboard_alone(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    avant = absences(fenetre)
    bouton_du_tableau = fenetre.navigation.button("tableau")
    bouton_du_tableau.setFocus()
    fenetre.editing.edit(fiche())
    edit = panneau(fenetre)
    assert edit.isVisible()
    taper("3/2/26")
    assert edit.form.help_of("du") == "3\u00a0février\u00a02026"
    fenetre.focusNextPrevChild(True)
    taper("2/2026")
    assert edit.form.help_of("au") == "28\u00a0février\u00a02026"
    fenetre.focusNextPrevChild(True)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Space)
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert absences(fenetre) == (*avant, Absence(du=date(2026, 2, 3), au=date(2026, 2, 28), remplacement=True))
    assert not edit.isVisible()
    assert QApplication.focusWidget() is bouton_du_tableau
    assert fenetre.notice.text == "L’absence est ajoutée."
    fenetre.undo()
    assert absences(fenetre) == avant


def test_what_is_missing_or_unreadable_is_told_under_its_field(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    fenetre.editing.edit(fiche())
    edit = panneau(fenetre)
    edit.save.click()
    assert edit.form.help_of("du") == "À remplir."
    assert edit.form.widget("du").hasFocus()
    assert edit.form.widget("du").property("fautif") == "true", "told in the colour of faults under the cursor"
    assert QApplication.focusWidget() is edit.form.widget("du")
    edit.form.fill({"du": "bientôt"})
    edit.save.click()
    assert "ne se lit pas" in edit.form.help_of("du")
    edit.form.fill({"du": "10/02/2026", "au": "01/02/2026"})
    assert "La fin précède le début" in edit.form.cautions.text()


def test_a_refusal_is_told_in_the_form_and_what_was_typed_stays(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    avant = etat(fenetre).dossier
    fenetre.editing.edit(fiche())
    edit = panneau(fenetre)
    edit.form.fill({"du": "10/02/2026", "au": "01/02/2026"})
    edit.save.click()
    assert edit.isVisible()
    assert "précède" in edit.form.faults.text() + edit.form.help_of("au") + edit.form.help_of("du")
    assert edit.form.typed()["du"] == "10/02/2026"
    assert etat(fenetre).dossier == avant


def test_several_facts_in_a_row(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    avant = len(absences(fenetre))
    fenetre.editing.edit(fiche())
    edit = panneau(fenetre)
    edit.form.fill({"du": "02/01/2026", "au": "03/01/2026"})
    edit.save_next.click()
    assert edit.isVisible()
    assert edit.form.typed()["du"] == ""
    edit.form.fill({"du": "05/01/2026", "au": "06/01/2026"})
    edit.save.click()
    assert not edit.isVisible()
    assert len(absences(fenetre)) == avant + 2


def test_escape_asks_once_more_before_it_drops_what_was_typed(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    fenetre.editing.edit(fiche())
    edit = panneau(fenetre)
    taper("3/2")
    QTest.keyClick(edit.form.widget("du"), Qt.Key.Key_Escape)
    assert edit.isVisible()
    assert "Échap de nouveau" in edit.leaving.text()
    QTest.keyClick(edit.form.widget("du"), Qt.Key.Key_Escape)
    assert not edit.isVisible()


def test_what_is_withdrawn_is_asked_for_and_undone(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    avant = absences(fenetre)
    geste = Geste(
        supprimer(PLACE, avant[0], "Supprimer une absence"),
        "L’absence est supprimée.",
        "Supprimer cette absence ?\nOui ?",
    )
    fenetre.editing.edit(fiche().avec(supprimer=geste))
    panneau(fenetre).remove.click()
    bouton(dialogue(fenetre), "Supprimer").click()
    assert absences(fenetre) == avant[1:]
    assert not panneau(fenetre).isVisible()
    fenetre.undo()
    assert absences(fenetre) == avant


def test_a_line_that_changed_meanwhile_is_told(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    partie = absences(fenetre)[0].model_copy(update={"du": date(2020, 1, 1)})
    assert not fenetre.apply(supprimer(PLACE, partie, "Supprimer une absence"), "fait")
    assert "a changé depuis" in dialogue(fenetre).windowTitle() + " ".join(
        label.text() for label in dialogue(fenetre).findChildren(type(fenetre.header._name))
    )


def test_help_takes_the_place_of_the_form_and_gives_it_back(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    fenetre.editing.edit(fiche())
    edit = panneau(fenetre)
    edit.form.fill({"du": "3/2/26"})
    fenetre.commands.show_help()
    assert not edit.isVisible()
    fenetre.panel.close_panel()
    qtbot.waitUntil(edit.isVisible)
    assert edit.form.typed()["du"] == "3/2/26"
