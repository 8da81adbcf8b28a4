"""What keeps a practice from being lost: when it copies itself, and what its copies and its file are for.

The copy of an open practice takes a few milliseconds, on the thread that draws; all else is the worker's.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QDialog, QWidget

from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.ui.practice_file import PracticeFile
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from assistmed_desktop.services.ports import Archives
    from assistmed_desktop.services.sauvegardes import Motif, Sauvegarde
    from assistmed_desktop.ui.dialogs.backups import BackupsDialog
    from assistmed_desktop.ui.ports import OpenPractice
    from assistmed_desktop.ui.shell import Shell

REPOS: Final = 10 * 60 * 1000
"""How long without a change before the practice is copied, in milliseconds."""


class Safekeeping(QObject):
    """The copies of a window's practice; ``place`` is the banner that says that its file is in a risky place."""

    def __init__(self, window: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self._parent = parent
        self._dialog: BackupsDialog | None = None
        self.file = PracticeFile(window, parent, self._leave)
        self.place = Notice()
        self.place.setAccessibleName("Emplacement du cabinet")
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.setInterval(REPOS)
        self.idle.timeout.connect(self._at_rest)

    # When the practice copies itself

    def begin(self, practice: OpenPractice) -> None:
        """Say what the opening has shown, and bring the second copies up to date."""
        settings, notice = self._window.settings, self._window.notice
        if practice.copies is None:
            return
        if practice.risque:
            self.place.tell(soigner(practice.risque), "Déplacer le cabinet sur ce PC", self.file.move)
        failed = settings.failed_copy(practice.chemin)
        if practice.interrompu:
            notice.tell(
                "AssistMed s’était arrêté sans fermer ce cabinet. Le fichier vient d’être vérifié en entier"
                f"{INSECABLE}: il est sain, et tout ce qui était enregistré est là. {soigner(practice.recul)}".rstrip()
            )
            self.idle.start()
        elif practice.recul:
            notice.tell(soigner(practice.recul))
        elif failed:
            notice.tell(
                f"La sauvegarde n’a pas pu être faite à la dernière fermeture{INSECABLE}: {failed}",
                "Sauvegardes…",
                self.show,
            )
        self._copy_again()

    @Slot()
    def touched(self) -> None:
        """Wait for the user to rest before the practice is copied."""
        self.idle.start()

    @Slot()
    def _at_rest(self) -> None:
        if self._parent.findChild(QDialog, "working") is not None:  # the worker has the file to itself
            self.idle.start()
            return
        practice = self._practice()
        if practice is not None and practice.copies is not None and practice.copies.a_change:
            self.save("repos")

    def save(self, motif: Motif) -> bool:
        """Copy the practice as it is, and have the second place follow; tell when it could not be, and say so."""
        from assistmed_desktop.services.ports import ErreurDepot

        practice = self._practice()
        if practice is None or practice.copies is None:
            return True
        try:
            practice.copies.sauvegarder(motif)
        except ErreurDepot as error:
            self._window.notice.tell(f"La sauvegarde n’a pas pu être faite{INSECABLE}: {soigner(str(error))}")
            return False
        self._window.settings.set_failed_copy(practice.chemin, "")
        self._copy_again()
        if self._dialog is not None:
            self._dialog.refresh()
        return True

    def close(self, *, leaving: bool = False) -> None:
        """Copy what has changed before the practice is closed; when the program is left, the window goes first."""
        from assistmed_desktop.services.ports import ErreurDepot

        self.idle.stop()
        self.place.hide()
        if self._dialog is not None:
            self._dialog.close()
        practice = self._practice()
        if practice is None or practice.copies is None or practice.archives is None or not practice.copies.a_change:
            return
        settings, base, archives = self._window.settings, practice.chemin, practice.archives
        try:
            practice.copies.sauvegarder("fermeture")
            settings.set_failed_copy(base, "")
        except ErreurDepot as error:
            settings.set_failed_copy(base, soigner(str(error)))
            return
        second = settings.second_folder(base)
        if not leaving:
            self._copy_again()
        elif second is not None:
            self._parent.hide()  # a key is slow, and a share that is gone slower still
            try:
                self._remember_second(base, archives.recopier(second))
            except ErreurDepot:
                return  # the dialog says when the last one was made

    def _copy_again(self) -> None:
        """Bring the second place up to date, in the worker; when it is not there, only the dialog says so."""
        practice = self._practice()
        if practice is None or practice.archives is None:
            return
        base, archives = practice.chemin, practice.archives
        second = self._window.settings.second_folder(base)
        if second is not None:
            place = second
            self._window.worker.run(
                lambda: archives.recopier(place), lambda copie: self._remember_second(base, copie), self._not_copied
            )

    def _remember_second(self, base: Path, copie: Sauvegarde | None) -> None:
        from assistmed_desktop.services.sauvegardes import moment

        if copie is not None:
            self._window.settings.set_second_copy(base, moment(copie.le))
        if self._dialog is not None:
            self._dialog.refresh()

    def _not_copied(self, error: Exception) -> None:
        from assistmed_desktop.services.ports import ErreurDepot

        if not isinstance(error, ErreurDepot):
            raise error
        if self._dialog is not None:
            self._dialog.refresh()

    # The copies, looked through and put back

    def _leave(self, base: Path) -> None:
        """Before something is done with a closed file: the practice of another one is copied, its own is by that."""
        practice = self._practice()
        if practice is not None and practice.chemin != base:
            self.close()
        self.idle.stop()
        self.place.hide()
        if self._dialog is not None:
            self._dialog.close()

    @Slot()
    def show(self) -> None:
        """Open the window of the copies."""
        if self._dialog is None:
            from assistmed_desktop.ui.dialogs.backups import BackupsDialog

            self._dialog = BackupsDialog(self._parent, self._window, self.archives(), self.save, self.file.restore)
            self._dialog.destroyed.connect(self._forget_dialog)
            self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    @Slot()
    def _forget_dialog(self) -> None:
        self._dialog = None

    def archives(self) -> Archives:
        """Give the copies of the practice, open or not."""
        practice = self._practice()
        if practice is not None and practice.archives is not None:
            return practice.archives
        return self._window.backend.archives(self._window.base)

    def _practice(self) -> OpenPractice | None:
        return self._window.desk.practice if self._window.desk else None
