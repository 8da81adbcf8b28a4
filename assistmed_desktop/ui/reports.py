"""How a report leaves the program: saved or printed, then noted in the practice."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices

from assistmed_desktop.exchange.fichiers import ecrire
from assistmed_desktop.formats import INSECABLE, nombre
from assistmed_desktop.services.ports import ErreurDepot
from assistmed_desktop.services.rapports import Demande, Moyen, Rapport, genre_de
from assistmed_desktop.ui.dialogs.files import PDF, choose_folder, choose_to_write, why_not_written
from assistmed_desktop.ui.dialogs.message import tell
from assistmed_desktop.ui.report_making import demander
from assistmed_desktop.ui.typography import soigner

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from PySide6.QtPrintSupport import QPrintDialog, QPrinter
    from PySide6.QtWidgets import QWidget

    from assistmed_desktop.services.rapports import CleGenre
    from assistmed_desktop.ui.dialogs.all_reports import AllReportsDialog
    from assistmed_desktop.ui.ports import OpenPractice
    from assistmed_desktop.ui.shell import Shell


class Reports:
    """Saves and prints the reports of a window, whose dialogs are those of ``parent``."""

    def __init__(self, window: Shell, parent: QWidget) -> None:
        self._window = window
        self._parent = parent

    def issue(self, rapport: Rapport, moyen: Moyen) -> None:
        """Have a report saved or printed where the user chooses."""
        if moyen == "imprime":
            self.choose_printer(rapport)
        else:
            choose_to_write(
                self._parent,
                self._window.settings,
                "Enregistrer le rapport en PDF",
                PDF,
                lambda chemin: self.save_to(rapport, chemin),
                propose=rapport.nom,
            )

    def save_to(self, rapport: Rapport, chemin: Path) -> None:
        """Write the file off the GUI thread, then note that it was issued."""
        sujet = genre_de(rapport.genre).sujet
        practice = self._practice()

        def done(_rien: None) -> None:
            tell_written(self._window, f"{sujet} est enregistré", chemin, f"Ouvrir {sujet.lower()}", chemin)
            self._note(practice, rapport, "enregistre")

        self._window.worker.run(
            lambda: ecrire(chemin, rapport.contenu, prive=False),
            done,
            partial(tell_failure, self._window, self._parent, f"{sujet} n’a pas pu être enregistré"),
        )

    def issue_all(self, genre: CleGenre, typed: Mapping[str, date]) -> AllReportsDialog | None:
        """Have the kinds of reports chosen, then the folder, and write those of every contract."""
        from assistmed_desktop.ui.dialogs.all_reports import AllReportsDialog

        desk = self._window.desk
        if desk is None or desk.state is None or not desk.state.dossier.contrats:
            return None
        dialog = AllReportsDialog(self._parent, len(desk.state.dossier.contrats), genre)

        def chosen(genres: Sequence[CleGenre]) -> None:
            choose_folder(
                self._parent,
                self._window.settings,
                "Dossier où écrire les documents",
                lambda sortie: self.write_all(genres, typed, sortie),
            )

        dialog.chosen.connect(chosen)
        dialog.show()
        return dialog

    def write_all(self, genres: Sequence[CleGenre], typed: Mapping[str, date], sortie: Path) -> None:
        """Write the reports of every contract into a folder."""
        from assistmed_desktop.ui.report_batch import Batch

        desk = self._window.desk
        if desk is None or desk.state is None:
            return
        practice, dossier, au = desk.practice, desk.state.dossier, desk.state.evaluation.au
        try:
            emis = practice.rapports.emis() if "etape" in genres else ()
        except ErreurDepot:
            emis = ()  # the stage reviews begin where the practice says
        demandes = [
            demander(dossier, Demande(genre, contrat.id, au), typed.get(contrat.id), emis)
            for contrat in dossier.contrats
            for genre in genres
        ]
        Batch(self._window, self._parent, practice, dossier, demandes, sortie).start()

    def choose_printer(self, rapport: Rapport) -> QPrintDialog:
        """Open the system's dialog; the report is printed once it is accepted."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from assistmed_desktop.ui.printing import settle

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        settle(printer, Path(rapport.nom).stem)
        dialog = QPrintDialog(printer, self._parent)
        dialog.setWindowTitle("Imprimer le rapport")
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)

        def finished(result: int) -> None:
            dialog.deleteLater()
            if result == QPrintDialog.DialogCode.Accepted:
                self.print_on(rapport, printer)

        dialog.finished.connect(finished)
        dialog.show()
        return dialog

    def print_on(self, rapport: Rapport, printer: QPrinter) -> None:
        """Print off the GUI thread, page by page, then note that it was issued."""
        from assistmed_desktop.ui import pdf
        from assistmed_desktop.ui.printing import GivenUp, PrinterRefused, Printing

        window, practice = self._window, self._practice()

        def ended(error: Exception | None) -> None:
            if error is None:
                window.notice.tell(f"{genre_de(rapport.genre).sujet} est envoyé à l’imprimante.")
                self._note(practice, rapport, "imprime")
            elif isinstance(error, GivenUp):
                window.notice.tell("L’impression est abandonnée. Des pages ont pu déjà sortir.")
            elif isinstance(error, PrinterRefused):
                window.notice.hide()
                tell(
                    self._parent,
                    "L’impression n’a pas abouti",
                    f"L’imprimante a refusé le document{INSECABLE}: vérifiez qu’elle est allumée, reliée à cet "
                    "ordinateur et pourvue de papier, puis recommencez. Vous pouvez aussi enregistrer le rapport en "
                    "PDF et l’imprimer plus tard.",
                )
            else:
                _failed(window, error)

        def begin(total: int) -> None:
            printing: Printing

            def progressed(done: int, of: int) -> None:
                texte = f"Impression{INSECABLE}: {nombre(done)} page{'s' if done > 1 else ''} sur {nombre(of)}"
                window.notice.wait(texte, "Annuler", printing.cancel)

            printing = Printing(window.worker, printer, rapport.contenu, total, progressed, ended)
            printing.start()

        window.worker.run(lambda: len(pdf.read(rapport.contenu)), begin, partial(_failed, window))

    def _practice(self) -> OpenPractice | None:
        return self._window.desk.practice if self._window.desk else None

    def _note(self, practice: OpenPractice | None, rapport: Rapport, moyen: Moyen) -> None:
        """Note what was issued, in the practice that it was made from."""
        if practice is None:
            return
        try:
            practice.rapports.consigner(rapport, moyen)
        except ErreurDepot as error:
            tell(
                self._parent,
                "Ce rapport n’a pas pu être ajouté aux rapports émis",
                f"{soigner(str(error))}\n\nLe rapport lui-même est bien sorti.",
            )
            return
        self._window.report_issued()


def tell_written(window: Shell, phrase: str, chemin: Path, action: str, cible: Path) -> None:
    """Tell where a file was written, with the way to open ``cible``."""
    window.notice.tell(f"{phrase}{INSECABLE}: {chemin}", action, partial(_open, cible))


def tell_failure(window: Shell, parent: QWidget, titre: str, error: Exception) -> None:
    """Tell that a file could not be read or written; what nobody foresaw goes on."""
    if not isinstance(error, OSError | ErreurDepot):
        _failed(window, error)
        return
    window.notice.hide()
    tell(parent, titre, soigner(str(error)) if isinstance(error, ErreurDepot) else why_not_written(error))


def _failed(window: Shell, error: Exception) -> None:
    window.notice.hide()
    raise error


def _open(chemin: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(chemin)))
