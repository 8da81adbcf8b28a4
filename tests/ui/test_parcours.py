"""As a newcomer: from the empty window to a report on the disk by keyboard alone; everything undone, and redone."""

from pathlib import Path

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import MISE_EN_ROUTE, TABLEAU
from tests.storage.outils import ouvrir as ouvrir_base
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, choisir_fichier, etat, tableau

CTRL = Qt.KeyboardModifier.ControlModifier
TOURS = 60
"""More than the controls of any page: Tab has gone round."""


class Clavier:
    """Ten fingers and no mouse: every key goes to what has the focus."""

    def __init__(self, fenetre: MainWindow, qtbot: QtBot) -> None:
        self._fenetre = fenetre
        self._qtbot = qtbot

    @property
    def focus(self) -> QWidget:
        """What the keys go to."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def touche(self, touche: Qt.Key, avec: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key, and wait for what it does."""
        QTest.keyClick(self.focus, touche, avec)
        au_repos(self._qtbot, self._fenetre)

    def aller(self, nom: str) -> None:
        """Press Tab until the control of that name has the focus."""
        for _ in range(TOURS):
            if nom in {self.focus.accessibleName(), self._texte()}:
                return
            QTest.keyClick(self.focus, Qt.Key.Key_Tab)
        raise AssertionError(nom)

    def remplir(self, nom: str, texte: str) -> None:
        """Fill a field in; a list is gone through until it shows the text."""
        self.aller(nom)
        focus = self.focus
        if isinstance(focus, QComboBox):
            for _ in range(TOURS):
                if focus.currentText() == texte:
                    return
                QTest.keyClick(focus, Qt.Key.Key_Down)
            raise AssertionError(texte)
        QTest.keyClick(focus, Qt.Key.Key_A, CTRL)
        QTest.keyClicks(focus, texte)

    def _texte(self) -> str:
        return self.focus.text() if isinstance(self.focus, QPushButton) else ""


CABINET = {
    "Nom du cabinet": "Cabinet des Tilleuls",
    "Adresse": "3 rue des Tilleuls",
    "Code postal": "58120",
    "Commune": "Exempleville",
    "Zonage": "Zone d’intervention prioritaire (ZIP)",
    "CPAM": "CPAM d'Exemple",
    "Exercice coordonné": "Maison de santé pluriprofessionnelle",
}
MEDECIN = {
    "Nom": "Exemple",
    "Prénom": "Camille",
    "Spécialité": "Médecine générale",
    "Numéro RPPS": "10003456786",
    "Secteur conventionnel": "Secteur\u00a01",
    "Installé le": "9/2009",
}
CONTRAT = {
    "Texte": "Convention médicale 2024-2029",
    "Option financée": "1/2\u00a0ETP – 17\u00a0h\u00a030 par semaine",
    "Signé le": "1/3/2026",
    "Premier jour": "15/3/2026",
    "Référence arrêtée au": "31/12/2025",
    "Patientèle de référence": "1010",
    "File active de référence": "1620",
    "Objectif de patientèle": "1192",
    "Objectif de file active": "1880",
}
ASSISTANT = {
    "Nom": "Modele",
    "Prénom": "Sacha",
    "Profil avant l’embauche": "Secrétaire médicale",
    "Embauché le": "15/3/2026",
    "Rôle": "Mi-temps, 1/2\u00a0ETP",
}
RELEVE = {"Patientèle médecin traitant": "1031", "File active": "1650"}


def mettre_en_route(clavier: Clavier) -> None:
    """Go through the first steps, from the window without a practice to its dashboard."""
    clavier.aller("Créer mon cabinet")
    clavier.touche(Qt.Key.Key_Return)
    for etape in (CABINET, MEDECIN, CONTRAT, ASSISTANT, RELEVE):
        for nom, texte in etape.items():
            clavier.remplir(nom, texte)
        if "Code postal" in etape:
            clavier.aller("Exercice regroupé")
            clavier.touche(Qt.Key.Key_Space)
        clavier.touche(Qt.Key.Key_Return)
    clavier.aller("Voir le tableau de bord")
    clavier.touche(Qt.Key.Key_Space)


def test_a_newcomer_goes_from_nothing_to_a_report_by_keyboard_alone(
    ouvrir: Ouvrir, qtbot: QtBot, tmp_path: Path
) -> None:
    base = tmp_path / "cabinet.assistmed"
    fenetre = ouvrir(base)
    clavier = Clavier(fenetre, qtbot)
    mettre_en_route(clavier)
    assert fenetre.shown == TABLEAU
    assert tableau(fenetre).detail.isVisible()
    assert etat(fenetre).contrat is not None
    assert not fenetre.resume.isVisible()
    dossier = etat(fenetre).dossier
    assert dossier.cabinet.departement == "58"
    assert dossier.cabinet.exercice_regroupe
    (assistant,) = dossier.assistants
    assert assistant.embauches[0].heures_hebdo == 17.5
    assert assistant.affectations[0].contrat == dossier.contrats[0].id

    sortie = tmp_path / "bilan.pdf"
    choisir_fichier(qtbot, fenetre, lambda: clavier.touche(Qt.Key.Key_P, CTRL), sortie)
    qtbot.waitUntil(sortie.exists, timeout=20_000)
    with pypdfium2.PdfDocument(sortie) as document:
        premiere = document[0].get_textpage().get_text_range()
    for attendu in ("Camille Exemple", "1 031", "1 192"):
        assert attendu in premiere.replace("\u00a0", " ")

    fenetre.close()
    with ouvrir_base(base, creer=False) as depot:
        assert depot.charger() == dossier


def test_everything_is_undone_to_the_empty_practice_and_redone(ouvrir: Ouvrir, qtbot: QtBot, tmp_path: Path) -> None:
    fenetre = ouvrir(tmp_path / "cabinet.assistmed")
    clavier = Clavier(fenetre, qtbot)
    mettre_en_route(clavier)
    assert fenetre.desk is not None
    workspace = fenetre.desk.practice.workspace
    etapes: list[tuple[str | None, Dossier | None]] = []
    while workspace.nom_annulable:
        etapes.append((workspace.nom_annulable, workspace.dossier))
        clavier.touche(Qt.Key.Key_Z, CTRL)
    assert [(nom or "").partition(" ")[0] for nom, _ in etapes] == [*["Ajouter"] * 4, "Créer"]
    assert workspace.dossier is None
    assert fenetre.stack.currentWidget() is fenetre.message
    assert fenetre.message.buttons()[0].text() == "Créer mon cabinet"
    for nom, dossier in reversed(etapes):
        clavier.touche(Qt.Key.Key_Y, CTRL)
        assert etat(fenetre).dossier == dossier
        assert workspace.nom_annulable == nom
    assert not fenetre.actions_.redo.isEnabled()


def test_what_is_undone_among_the_first_steps_is_asked_again(ouvrir: Ouvrir, qtbot: QtBot, tmp_path: Path) -> None:
    fenetre = ouvrir(tmp_path / "cabinet.assistmed")
    clavier = Clavier(fenetre, qtbot)
    clavier.touche(Qt.Key.Key_Return)
    for nom, texte in CABINET.items():
        clavier.remplir(nom, texte)
    clavier.touche(Qt.Key.Key_Return)
    assert fenetre.first_run.page().step == "medecin"
    clavier.touche(Qt.Key.Key_Z, CTRL)
    assert fenetre.shown == MISE_EN_ROUTE
    assert fenetre.first_run.page().step == "cabinet"
    clavier.touche(Qt.Key.Key_Y, CTRL)
    assert fenetre.first_run.page().step == "medecin"
