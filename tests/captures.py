"""Pictures of every page and dialog: ``python -m tests.captures [DOSSIER_SORTIE]``.

Empty, demonstration and ten doctors, light and dark, 1280×720 at the system's text size and 1920×1080 at 150 %.
Drawn offscreen.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from assistmed_desktop.app import HorlogeFixe, Services, preparer_application
from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.domain.fautes import Faute
from assistmed_desktop.resources import chemin
from assistmed_desktop.services.operations import supprimer_releve
from assistmed_desktop.services.rapports import GENRES
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.dialogs.about import AboutDialog
from assistmed_desktop.ui.dialogs.faults import FaultsDialog
from assistmed_desktop.ui.dialogs.message import ask, tell
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import (
    ASSISTANTS,
    CABINET,
    CONTRATS,
    ENTRIES,
    MISSIONS,
    PATIENTELE,
    RAPPORTS,
    TABLEAU,
    VERSEMENTS,
)
from assistmed_desktop.ui.pages.rapports import RapportsPage
from assistmed_desktop.ui.pages.unlock import UnlockPage
from assistmed_desktop.ui.settings import Settings
from assistmed_desktop.ui.theme import Choix
from tests.dix_medecins import dix_medecins
from tests.storage.outils import base_de
from tests.ui.outils import patientele, tableau

_DELAI = 30.0
_REPOS = 0.25
_FAUTES = (
    Faute("contrats[0].objectif.patientele_mt", "un nombre entier est attendu, sans guillemets"),
    Faute("medecins[1].rpps", "la clé du numéro RPPS 10003456789 est fausse : relisez ses onze chiffres"),
    Faute("releves[12].date", "« 31/12/2024 » n'est pas une date de la forme 2022-03-15"),
    Faute("releves[14].medecin", "aucun médecin n'a l'identifiant « m9 »"),
)


PHRASE = "cheval agrafe batterie correct"

LISTES = (
    "contrats", "assistants", "missions", "releves", "mouvements", "activite", "versements", "corrections",
    "notifications", "echeances_faites", "observations", "propositions",
)  # fmt: skip
PLACES = {
    PATIENTELE: ("releve", "sources", "mouvements", "activite"),
    VERSEMENTS: ("versement", "echeances"),
}
FICHES = (
    (CONTRATS, "nouveau"),
    (ASSISTANTS, "nouveau"),
    (MISSIONS, "nouvelle"),
    (VERSEMENTS, "versement"),
    (CABINET, "medecin"),
)


@dataclass(frozen=True)
class Format:
    """A size of window and of text."""

    nom: str
    taille: QSize
    texte: float


FORMATS = (Format("1280x720", QSize(1280, 720), 1.0), Format("1920x1080-150", QSize(1920, 1080), 1.5))
THEMES: tuple[Choix, ...] = ("clair", "sombre")


def main(arguments: list[str]) -> int:
    """Write the pictures into the folder named, or into ``captures``."""
    sortie = Path(arguments[0]) if arguments else Path("captures")
    sortie.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = preparer_application()
    fonte = application.font()
    for format_ in FORMATS:
        agrandie = application.font()
        agrandie.setPointSizeF(fonte.pointSizeF() * format_.texte)
        application.setFont(agrandie)
        for choix in THEMES:
            Atelier(application, sortie, format_, choix).tout()
        application.setFont(fonte)
    return 0


class Atelier:
    """Takes the pictures of one size in one theme."""

    def __init__(self, application: QApplication, sortie: Path, format_: Format, choix: Choix) -> None:
        self._application = application
        self._sortie = sortie
        self._format = format_
        self._choix: Choix = choix

    def tout(self) -> None:
        """Take every picture."""
        self.vide()
        self.demonstration()
        self.dix_medecins()
        self.inconnu()
        self.rapports()
        self.verrou()
        self.refus()

    def vide(self) -> None:
        """Take the first window, and every page of a practice that holds nothing but its name."""
        with self.fenetre() as fenetre:
            self.prendre(fenetre, "01-rien")
        cabinet = self.demo().model_copy(update={**dict.fromkeys(LISTES, ()), "medecins": ()})
        with self.cabinet(cabinet) as fenetre:
            self.pages(fenetre, "vide")

    def demonstration(self) -> None:
        """Take every page, form and dialog of the demonstration."""
        with self.fenetre() as fenetre:
            fenetre.open_demonstration()
            self.attendre(lambda: fenetre.desk is not None)
            self.prendre(fenetre, "02-tous-les-contrats")
            for contrat in ("c1", "c2", "c4"):
                self.contrat(fenetre, contrat)
                self.prendre(fenetre, f"03-tableau-{contrat}")
            self.contrat(fenetre, "c1")
            tableau(fenetre).why.click()
            self.prendre(fenetre, "06-pourquoi")
            fenetre.panel.close_panel()
            self.pages(fenetre, "demo")
            fenetre.show_page(PATIENTELE, "releve")
            self.saisie(fenetre)
            self.fiches(fenetre)
            fenetre.show_page(TABLEAU)
            fenetre.commands.show_help()
            self.prendre(fenetre, "10-aide")
            fenetre.panel.close_panel()
            self.dialogues(fenetre)

    def dix_medecins(self) -> None:
        """Take every page of a practice of ten doctors over twenty years."""
        with self.cabinet(dix_medecins()) as fenetre:
            self.pages(fenetre, "dix")

    def pages(self, fenetre: MainWindow, nom: str) -> None:
        """Take every page, and the places of a page that hide one another."""
        for rang, entry in enumerate(ENTRIES):
            for place in PLACES.get(entry.cle, ("",)):
                fenetre.show_page(entry.cle, place)
                if fenetre.edit is not None and fenetre.edit.isVisible():
                    fenetre.edit.close_panel()
                self.prendre(fenetre, f"20-{nom}-{rang + 1}-{entry.cle}{'-' if place else ''}{place}")

    def fiches(self, fenetre: MainWindow) -> None:
        """Take the forms that open from the search, and one that has faults."""
        for cle, place in FICHES:
            fenetre.show_page(cle, place)
            if fenetre.edit is None or not fenetre.edit.isVisible():
                raise LookupError(f"no form at {cle}, {place}")
            self.prendre(fenetre, f"30-fiche-{cle}-{place}")
            fenetre.edit.save.click()
            self.prendre(fenetre, f"31-fiche-fautive-{cle}-{place}")
            fenetre.edit.close_panel()

    def saisie(self, fenetre: MainWindow) -> None:
        """Type a doubtful reading, a faulty one, then add one."""
        page = patientele(fenetre)
        form = page.form
        form.fields["patientele_mt"].setText("1 420")
        self.prendre(fenetre, "08-saisie-douteuse")
        form.fields["patientele_mt"].setText("beaucoup")
        form.submit.click()
        form.fields["file_active"].setFocus()
        self.prendre(fenetre, "08-saisie-fautive")
        form.fields["date"].setText("14/11/2026")
        form.fields["patientele_mt"].setText("1 184")
        form.fields["file_active"].setText("1 871")
        form.submit.click()
        page.table.selectRow(1)
        self.prendre(fenetre, "09-releve-ajoute")

    def dialogues(self, fenetre: MainWindow) -> None:
        """Take the dialogs, each alone."""
        dialogs: dict[str, Callable[[], QDialog]] = {
            "11-fautes": lambda: FaultsDialog(fenetre, Path("/home/lambert/Documents/cabinet.json"), _FAUTES),
            "12-a-propos": lambda: AboutDialog(fenetre),
            "13-question": lambda: ask(
                fenetre,
                "Remplacer le cabinet affiché\u00a0?",
                "«\u00a0Cabinet médical du Morvan\u00a0» sera remplacé par «\u00a0Maison de santé\u00a0». Vous pourrez "
                "annuler tant que le programme reste ouvert.",
                "Remplacer",
                lambda: None,
            ),
            "14-erreur": lambda: tell(
                fenetre, "Une erreur imprévue s’est produite", "Le programme reste ouvert.", "ValueError: exemple"
            ),
        }
        for nom, ouvrir in dialogs.items():
            dialog = ouvrir()
            dialog.open()
            self.prendre(dialog, nom)
            dialog.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def inconnu(self) -> None:
        """Take a practice of one doctor that knows neither its objective nor a reading."""
        demo = self.demo()
        contrat = demo.contrats[0].model_copy(update={"objectif": None})
        dossier = demo.model_copy(
            update={**dict.fromkeys(LISTES, ()), "medecins": demo.medecins[:1], "contrats": (contrat,)}
        )
        with self.cabinet(dossier) as fenetre:
            self.prendre(fenetre, "05-tableau-inconnu")
            fenetre.show_page(PATIENTELE)
            self.prendre(fenetre, "07-patientele-vide")

    def rapports(self) -> None:
        """Take each kind of report, those issued, a search, and the dialogs of the page."""
        with self.cabinet(self.demo()) as fenetre:
            self.contrat(fenetre, "c1")
            fenetre.show_page(RAPPORTS)
            page = fenetre.page(RAPPORTS)
            if not isinstance(page, RapportsPage) or fenetre.desk is None:
                raise TypeError(RAPPORTS)
            for genre in GENRES:
                page.choice.choose_kind(genre.cle)
                self.prendre(fenetre, f"16-rapport-{genre.cle}")
                if page.rapport is not None:
                    fenetre.desk.practice.rapports.consigner(page.rapport, "enregistre")
            dossier = self.demo()
            medecin = dossier.medecins[0]
            rang = max(rang for rang, releve in enumerate(dossier.releves) if releve.medecin == medecin.id)
            fenetre.apply(supprimer_releve(rang), "Relevé supprimé.")
            fenetre.report_issued()
            page.issued.table.selectRow(1)
            page.reopen.click()
            self.prendre(fenetre, "17-rapport-rouvert")
            page.panel.start_search()
            page.panel.field.setText("patientèle")
            page.panel.next_hit()
            self.prendre(fenetre, "17-rapport-cherche")
            page.detail.click()
            self.prendre(fenetre, "17-rapport-detail")
            fenetre.panel.close_panel()
            page.choice.all.click()
            self.dialogue(fenetre, "18-tous-les-rapports")
            page.others.aboutToShow.emit()
            page.others.actions()[0].trigger()
            self.dialogue(fenetre, "18-comparaison")

    def verrou(self) -> None:
        """Take a practice protected, locked on something typed, refused, and opened again."""
        with self.cabinet(self.demo()) as fenetre:
            fenetre.passphrases.change()
            self.dialogue(fenetre, "19-phrase")
            chemin = fenetre.base
            fenetre.close_practice("Le cabinet est réécrit, puis vérifié…")
            self.prendre(fenetre, "19-reecrit")
            fenetre.backend.changer_phrase(chemin, None, PHRASE, None, garder=False)
            fenetre.open_practice(chemin, phrase=PHRASE)
            self.au_repos(fenetre)
            fenetre.show_page(PATIENTELE, "releve")
            patientele(fenetre).form.fields["patientele_mt"].setText("1 420")
            self.au_repos(fenetre)
            fenetre.protection.lock()
            self.prendre(fenetre, "19-verrouille")
            page = fenetre.stack.currentWidget()
            if not isinstance(page, UnlockPage):
                raise TypeError(chemin)
            for phrase, nom in (("fausse", "19-phrase-fausse"), (PHRASE, "19-saisie-revenue")):
                page.submitted.emit(phrase)
                self.prendre(fenetre, nom)

    def dialogue(self, fenetre: MainWindow, nom: str) -> None:
        """Take the one dialog that comes, and close it."""
        self.au_repos(fenetre)
        self.attendre(lambda: any(dialog.isVisible() for dialog in fenetre.findChildren(QDialog)))
        dialog = next(dialog for dialog in fenetre.findChildren(QDialog) if dialog.isVisible())
        self.prendre(dialog, nom)
        dialog.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def refus(self) -> None:
        """Take the window on a damaged file."""
        with tempfile.TemporaryDirectory() as dossier:
            base = Path(dossier) / "cabinet.assistmed"
            base.write_bytes(b"pas une base" * 100)
            with self.fenetre(base) as fenetre:
                self.prendre(fenetre, "15-refus")

    def demo(self) -> Dossier:
        """Read the demonstration."""
        return lire_dossier(chemin("demo", "dossier.json").read_bytes())

    @contextmanager
    def cabinet(self, dossier: Dossier) -> Iterator[MainWindow]:
        """Open a window on a practice of its own."""
        with tempfile.TemporaryDirectory() as provisoire:
            base = base_de(dossier, Path(provisoire) / "cabinet.assistmed")
            with self.fenetre(base) as fenetre:
                self.attendre(lambda: fenetre.started and not fenetre.worker.busy)
                yield fenetre

    @contextmanager
    def fenetre(self, base: Path | None = None) -> Iterator[MainWindow]:
        """Open a window of its own."""
        with tempfile.TemporaryDirectory() as dossier:
            settings = Settings(Path(dossier) / "fenetre.ini")
            settings.theme = self._choix
            base = base or Path(dossier) / "cabinet.assistmed"
            fenetre = MainWindow(Services(HorlogeFixe(date(2026, 11, 15))), settings, base)
            fenetre.resize(self._format.taille)
            fenetre.show()
            try:
                yield fenetre
            finally:
                fenetre.close()
                fenetre.deleteLater()
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def contrat(self, fenetre: MainWindow, contrat: str) -> None:
        """Look at a contract."""
        if fenetre.desk is not None:
            fenetre.desk.look_at_contrat(contrat)
        fenetre.show_page(TABLEAU)

    def prendre(self, widget: QWidget, nom: str) -> None:
        """Wait until nothing is worked out nor drawn any more, then write the picture."""
        self.au_repos(widget if isinstance(widget, MainWindow) else widget.parentWidget())
        image = self._sortie / f"{nom}-{self._format.nom}-{theme.couleurs_actuelles().nom}.png"
        if not widget.grab().save(str(image)):
            raise OSError(f"cannot write {image}")

    def au_repos(self, fenetre: QWidget | None) -> None:
        """Wait until nothing is worked out nor drawn any more."""
        calme_depuis = time.monotonic()

        def calme() -> bool:
            nonlocal calme_depuis
            if isinstance(fenetre, MainWindow) and fenetre.worker.busy:
                calme_depuis = time.monotonic()
            return time.monotonic() > calme_depuis + _REPOS

        self.attendre(calme)

    def attendre(self, condition: Callable[[], bool]) -> None:
        """Let the program work until a condition holds."""
        fin = time.monotonic() + _DELAI
        while not condition():
            if time.monotonic() > fin:
                raise TimeoutError(f"{self._format.nom}, {self._choix}")
            self._application.processEvents()
            time.sleep(0.01)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
