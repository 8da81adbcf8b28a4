"""The two instants that the start-up benchmark reads: first paint, and data on screen."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

VARIABLE = "ASSISTMED_CHRONO"
PREMIER_DESSIN = "premier_dessin"
DONNEES = "donnees"


def note(etape: str) -> None:
    """Append ``etape``, a tab and the time since the epoch to the file that the environment names, if any."""
    fichier = os.environ.get(VARIABLE)
    if fichier:
        with Path(fichier).open("a", encoding="utf-8") as sortie:
            sortie.write(f"{etape}\t{time.time():.6f}\n")


class AfterPaint(QObject):
    """Calls back once, just after a widget has been painted."""

    def __init__(self, widget: QWidget, callback: Callable[[], None]) -> None:
        super().__init__(widget)
        self._callback = callback
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the paint, then for the loop to have shown it."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._callback)
        return False
