"""The tabs of a page: one stop of the Tab key, the arrows go from one to the next."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget


class Tabs(QTabBar):
    """Names to choose among, each known by a key; ``chosen`` carries that of the one come to."""

    chosen = Signal(str)

    def __init__(self, noms: Mapping[str, str], nom: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cles = list(noms)
        self.setAccessibleName(nom)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        for texte in noms.values():
            self.addTab(texte)
        for bouton, sens in zip(self.findChildren(QToolButton), ("précédents", "suivants"), strict=True):
            bouton.setAccessibleName(f"Onglets {sens}")
        self.currentChanged.connect(lambda rang: self.chosen.emit(self._cles[rang]))

    @property
    def cle(self) -> str:
        """The key of the tab chosen."""
        return self._cles[self.currentIndex()]

    def choose(self, cle: str) -> None:
        """Choose a tab."""
        self.setCurrentIndex(self._cles.index(cle))
