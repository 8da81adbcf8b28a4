"""What is told of an error that nobody foresaw: the program stays open, and the error is noted."""

from __future__ import annotations

import traceback
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING

from assistmed_desktop.ui import crash
from assistmed_desktop.ui.dialogs.message import MessageDialog, tell

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from assistmed_desktop.ui.settings import Settings


class Unforeseen:
    """Tells of such errors in one dialog of ``parent``, however many come."""

    def __init__(self, parent: QWidget, settings: Settings) -> None:
        self._parent = parent
        self._settings = settings
        self.dialog: MessageDialog | None = None

    def tell(self, genre: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Note an error and tell of it."""
        traceback.print_exception(genre, error, trace)
        texte = crash.report(genre, trace, datetime.now().astimezone())
        noted = crash.log(self._settings.crash_log, texte)
        if self.dialog is not None:
            self.dialog.details.appendPlainText(texte)
            return
        where = f" Il est noté dans {self._settings.crash_log}." if noted else ""
        self.dialog = tell(
            self._parent,
            "Une erreur imprévue s’est produite",
            "Le programme reste ouvert, et ce qui est enregistré l’est toujours. Si l’erreur revient, quittez et "
            "relancez AssistMed, puis signalez-la avec le détail ci-dessous, qui ne contient rien de votre cabinet."
            f"{where}",
            texte,
        )
        self.dialog.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self.dialog = None
