"""What the Fichier menu does: open, import, export, write the report. Reading and writing happen off the GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.fautes import DossierInvalide
from assistmed_desktop.formats import INSECABLE, nom_de_fichier
from assistmed_desktop.services.confidentialite import nir_du_dossier
from assistmed_desktop.services.operations import remplacer_dossier
from assistmed_desktop.services.rapports import Demande, nom_du_rapport
from assistmed_desktop.ui.dialogs.faults import FaultsDialog
from assistmed_desktop.ui.dialogs.files import (
    CABINETS,
    DOSSIERS,
    DOSSIERS_ET_CABINETS,
    PDF,
    choose_to_read,
    choose_to_write,
)
from assistmed_desktop.ui.dialogs.message import ask, tell
from assistmed_desktop.ui.report_making import prepare
from assistmed_desktop.ui.reports import Reports, tell_failure, tell_written

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from assistmed_desktop.ui.desk import State
    from assistmed_desktop.ui.shell import Shell


class Files:
    """The file commands of a window, whose dialogs are those of ``parent``."""

    def __init__(self, window: Shell, parent: QWidget) -> None:
        self._window = window
        self._parent = parent
        self.reports = Reports(window, parent)

    def new(self) -> None:
        """Have a place chosen for a new practice."""
        dialog = choose_to_write(
            self._parent, self._window.settings, "Nouveau cabinet", CABINETS, self.new_at, propose="cabinet.assistmed"
        )
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # a practice that is there is never replaced

    def new_at(self, chemin: Path) -> None:
        """Begin a practice in a file that does not exist yet."""
        if chemin.exists():
            tell(
                self._parent,
                "Ce fichier existe déjà",
                f"«{INSECABLE}{chemin.name}{INSECABLE}» contient peut-être un cabinet{INSECABLE}: il n’a pas été "
                "touché. Choisissez un autre nom, ou ouvrez-le par Fichier, Ouvrir un cabinet.",
            )
            return
        self._window.open_practice(chemin, creer=True, then=self._window.show_first_run)

    def open(self) -> None:
        """Have a practice chosen and open it."""
        choose_to_read(self._parent, self._window.settings, "Ouvrir un cabinet", CABINETS, self._window.open_practice)

    def import_(self) -> None:
        """Have a dossier chosen and import it."""
        choose_to_read(
            self._parent, self._window.settings, "Importer un dossier", DOSSIERS_ET_CABINETS, self.import_file
        )

    def import_file(self, chemin: Path) -> None:
        """Read a dossier, ask before it replaces a practice, list its faults when it has some."""
        backend = self._window.backend

        def failed(error: Exception) -> None:
            if isinstance(error, DossierInvalide):
                FaultsDialog(self._parent, chemin, error.fautes).show()
            else:
                tell_failure(self._window, self._parent, "Ce dossier n’a pas pu être lu", error)

        self._window.worker.run(lambda: backend.lire_dossier(chemin), self._import_dossier, failed)

    def _import_dossier(self, dossier: Dossier) -> None:
        window = self._window
        desk = window.desk
        if desk is None or desk.practice.demonstration:
            window.open_practice(window.base, creer=True, then=lambda: self._replace(dossier))
        else:
            self._replace(dossier)

    def _replace(self, dossier: Dossier) -> None:
        window = self._window
        state = window.desk.state if window.desk else None
        if state is None:
            self._apply_import(dossier)
            return
        ask(
            self._parent,
            "Remplacer le cabinet affiché ?".replace(" ?", f"{INSECABLE}?"),
            f"«{INSECABLE}{state.dossier.cabinet.nom}{INSECABLE}» sera remplacé par "
            f"«{INSECABLE}{dossier.cabinet.nom}{INSECABLE}». Vous pourrez annuler tant que le programme reste ouvert.",
            "Remplacer",
            lambda: self._apply_import(dossier),
        )

    def _apply_import(self, dossier: Dossier) -> None:
        nom = dossier.cabinet.nom
        if self._state() is not None and not self._window.before_import():
            return
        faite = remplacer_dossier(dossier, f"Importer {nom}")
        if self._window.apply(faite, f"«{INSECABLE}{nom}{INSECABLE}» est importé.") and (
            suspects := nir_du_dossier(dossier)
        ):
            tell(
                self._parent,
                "Ce dossier semble contenir un numéro de sécurité sociale",
                "Il est importé tel quel. Aucune donnée de patient n’a sa place ici, et le numéro d’un salarié n’y "
                f"sert à rien{INSECABLE}: effacez ce qui y ressemble dans les textes ci-dessous.",
                "\n".join(suspects),
            )

    def export(self) -> None:
        """Have a file name chosen and write the dossier."""
        state = self._state()
        if state is not None:
            choose_to_write(
                self._parent,
                self._window.settings,
                "Exporter le dossier",
                DOSSIERS,
                self._export_to,
                propose=f"{nom_de_fichier(state.dossier.cabinet.nom) or 'dossier'}.json",
            )

    def _export_to(self, chemin: Path) -> None:
        """Ask first, when the practice is protected and its dossier will not be."""
        desk = self._window.desk
        if desk is None or desk.practice.phrase_juste is None:
            self.export_to(chemin)
            return
        ask(
            self._parent,
            f"Exporter en clair{INSECABLE}?",
            "Ce cabinet est protégé par une phrase de passe, le dossier exporté ne l’est pas"
            f"{INSECABLE}: quiconque a ce fichier peut le lire. Pour une copie protégée, faites une sauvegarde.",
            "Exporter en clair",
            lambda: self.export_to(chemin),
        )

    def export_to(self, chemin: Path) -> None:
        """Write the dossier."""
        state = self._state()
        if state is None:
            return
        backend, dossier = self._window.backend, state.dossier
        self._window.worker.run(
            lambda: backend.ecrire_dossier(dossier, chemin),
            lambda _rien: tell_written(
                self._window, "Le dossier est exporté", chemin, "Ouvrir le dossier de rangement", chemin.parent
            ),
            lambda error: tell_failure(self._window, self._parent, "Le dossier n’a pas pu être exporté", error),
        )

    def report(self) -> None:
        """Have a file name chosen and write the review report of the contract on screen."""
        state = self._state()
        if state is None:
            return
        if state.contrat is None:
            self._window.notice.tell("Choisissez d’abord un contrat dans l’en-tête, puis enregistrez son bilan.")
            return
        nom = nom_du_rapport(state.dossier, Demande("annuel", state.contrat.id, state.evaluation.au))
        choose_to_write(
            self._parent, self._window.settings, "Enregistrer le bilan en PDF", PDF, self.report_to, propose=nom
        )

    def report_to(self, chemin: Path) -> None:
        """Make the report off the GUI thread, then save it; cancelling leaves no file."""
        state = self._state()
        contrat = state.contrat if state else None
        desk = self._window.desk
        if state is None or contrat is None or desk is None:
            return
        window, backend, practice = self._window, self._window.backend, desk.practice
        demande = Demande("annuel", contrat.id, state.evaluation.au)

        def failed(error: Exception) -> None:
            window.notice.hide()
            raise error

        task = window.worker.run(
            lambda: prepare(backend, practice, state.dossier, demande),
            lambda rapport: self.reports.save_to(rapport, chemin),
            failed,
        )

        def cancel() -> None:
            task.cancel()
            window.notice.tell("Le bilan n’a pas été enregistré.")

        window.notice.wait("Préparation du bilan…", "Annuler", cancel)

    def _state(self) -> State | None:
        return self._window.desk.state if self._window.desk else None
