"""The reports of every contract, written into a folder one after the other, beside the other work of the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistmed_desktop.exchange.fichiers import ecrire_a_cote
from assistmed_desktop.formats import INSECABLE, compte, nombre
from assistmed_desktop.services.ports import ErreurDepot
from assistmed_desktop.services.rapports import Demande, Rapport, noms_des_rapports, rapport_de
from assistmed_desktop.ui.dialogs.files import open_folder, why_not_written
from assistmed_desktop.ui.dialogs.message import tell
from assistmed_desktop.ui.typography import soigner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.ui.ports import OpenPractice
    from assistmed_desktop.ui.shell import Shell


class Batch:
    """Writes reports, notes each in the practice that it was made from, and says how far it is.

    The worker has each report as a task of its own, so that what the user does meanwhile has its turn.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - whose window, whose practice, what, where
        self,
        window: Shell,
        parent: QWidget,
        practice: OpenPractice,
        dossier: Dossier,
        demandes: Sequence[Demande],
        sortie: Path,
    ) -> None:
        self._window, self._parent, self._practice = window, parent, practice
        self._dossier, self._demandes, self._sortie = dossier, demandes, sortie
        self._noms = noms_des_rapports(dossier, demandes)
        self._made = window.backend.rediger_tous(dossier, demandes, practice.baremes)
        self._rank = self._written = 0
        self._not_noted = ""
        self._errors: list[Exception] = []
        self._given_up = False

    def start(self) -> None:
        """Begin with the first."""
        self._window.worker.run(self._next, self._took, self._stopped)
        self._tell_progress()

    def _next(self) -> Rapport | Exception:
        """Write the next report; a disk that refuses ends it all."""
        fait = next(self._made)
        if isinstance(fait, Exception):
            return fait
        nom = self._noms[self._rank]
        rapport = rapport_de(self._dossier, self._demandes[self._rank], fait, nom)
        ecrire_a_cote(self._sortie / nom, rapport.contenu)
        return rapport

    def _took(self, fait: Rapport | Exception) -> None:
        self._rank += 1
        if isinstance(fait, Exception):
            self._errors.append(fait)
        else:
            self._written += 1
            self._note(fait)
        if self._given_up or self._rank == len(self._demandes):
            self._end()
        else:
            self.start()

    def _note(self, rapport: Rapport) -> None:
        try:
            self._practice.rapports.consigner(rapport, "enregistre")
        except ErreurDepot as error:
            self._not_noted = soigner(str(error))

    def _tell_progress(self) -> None:
        texte = f"Document {nombre(self._rank + 1)} sur {nombre(len(self._demandes))}{INSECABLE}: "
        self._window.notice.wait(f"{texte}{self._noms[self._rank]}", "Annuler", self._give_up)

    def _give_up(self) -> None:
        """Let the report under way end: no file is left half written."""
        self._given_up = True
        self._window.notice.wait("Le document en cours se termine…", "", lambda: None)

    def _stopped(self, error: Exception) -> None:
        """Say what the disk refused; what nobody foresaw goes on to the report of errors."""
        self._end()
        if not isinstance(error, OSError):
            raise error
        tell(self._parent, "Les documents n’ont pas tous pu être écrits", why_not_written(error))

    def _end(self) -> None:
        window = self._window
        window.worker.run(self._made.close, lambda _rien: None, _ignore)
        total, written = len(self._demandes), compte(self._written, "document")
        ou = f"dans {self._sortie}"
        if self._written == total:
            texte = f"{written} {ou}"
        else:
            texte = f"{written} sur {nombre(total)} {ou}. Aucun n’est à moitié écrit."
        window.notice.tell(texte, "Ouvrir le dossier", partial(open_folder, self._sortie))
        window.report_issued()
        if self._not_noted:
            tell(
                self._parent,
                "Des documents n’ont pas pu être ajoutés aux rapports émis",
                f"{self._not_noted}\n\nLes documents eux-mêmes sont bien écrits.",
            )
        if self._errors:
            raise self._errors[0]


def _ignore(_error: Exception) -> None:
    """Say nothing: it is over."""
