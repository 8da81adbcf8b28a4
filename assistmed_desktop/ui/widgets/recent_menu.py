"""The practices opened lately, as a menu made when it is opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from assistmed_desktop.ui.settings import Settings


class RecentMenu(QMenu):
    """Lists the practices, the last one first; one whose file is gone is greyed and says so."""

    chosen = Signal(Path)

    def __init__(self, titre: str, parent: QWidget | None = None) -> None:
        super().__init__(titre, parent)
        self._settings: Settings | None = None
        self.aboutToShow.connect(self.fill)

    def read(self, settings: Settings) -> None:
        """Take the list from the preferences."""
        self._settings = settings

    def fill(self) -> None:
        """Make the menu anew."""
        self.clear()
        recents = self._settings.recents if self._settings else ()
        for chemin in recents:
            self.addAction(self._entry(chemin))
        if not recents:
            self.addAction("Aucun cabinet ouvert jusqu’ici").setEnabled(False)
            return
        self.addSeparator()
        self.addAction("&Effacer la liste").triggered.connect(self._forget)

    def _entry(self, chemin: Path) -> QAction:
        present = chemin.exists()
        texte = f"{chemin.stem} – {chemin.parent}" + ("" if present else " – fichier introuvable")
        action = QAction(texte.replace("&", "&&"), self)
        action.setEnabled(present)
        action.triggered.connect(lambda _checked=False: self.chosen.emit(chemin))
        return action

    def _forget(self) -> None:
        if self._settings is not None:
            self._settings.forget_recents()
