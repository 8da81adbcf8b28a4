"""Ctrl+K: a line to type in and what it finds; Enter goes there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from assistmed_desktop.formats import INSECABLE, compte
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.search import Found, matching
from assistmed_desktop.ui.widgets.text import Text

_MONTRES = 60
"""As many as one looks through; more words find the rest."""
_DU_CHOIX = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class SearchDialog(QDialog):
    """Finds pages, persons, contracts and commands; the arrows choose while one types."""

    def __init__(self, parent: QWidget, found: Sequence[Found]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Rechercher")
        self.setAccessibleName("Rechercher")
        self._found = tuple(found)
        self._shown: list[Found] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(*(4 * [4 * theme.PAS]))
        box.setSpacing(2 * theme.PAS)
        self.line = QLineEdit()
        self.line.setPlaceholderText("Une page, une personne, un contrat, une commande")
        self.line.setAccessibleName("Rechercher une page, une personne, un contrat ou une commande")
        self.line.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Résultats")
        self.list.setUniformItemSizes(True)
        self.told = Text("", theme.LEGENDE, role="secondaire")
        for widget in (self.line, self.list, self.told):
            box.addWidget(widget)
        self.line.textChanged.connect(self._search)
        self.line.installEventFilter(self)
        self.line.returnPressed.connect(self._go)
        self.list.itemActivated.connect(lambda _item: self._go())
        self.list.itemClicked.connect(lambda _item: self._go())
        metrics = self.fontMetrics()
        self.resize(64 * metrics.averageCharWidth(), 18 * metrics.height())
        self._search("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the results while the cursor stays in the line."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _DU_CHOIX:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
            row = self.list.currentRow() + step[Qt.Key(event.key())]
            self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
            self._say()
            return True
        return super().eventFilter(watched, event)

    def texts(self) -> list[str]:
        """Give what is found, in order."""
        return [one.texte for one in self._shown]

    def _search(self, texte: str) -> None:
        self._shown = matching(self._found, texte)[:_MONTRES]
        self.list.clear()
        for one in self._shown:
            item = QListWidgetItem(f"{one.texte}  ·  {one.genre}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.texte}, {one.genre}")
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._say()

    def _say(self) -> None:
        if not self._shown:
            self.told.setText(f"Rien ne porte ce nom{INSECABLE}: essayez un autre mot.")
            self.line.setAccessibleDescription(self.told.text())
            return
        current = self._shown[self.list.currentRow()]
        self.told.setText(f"{compte(len(self._shown), 'résultat')}. Entrée ouvre, Échap ferme.")
        self.line.setAccessibleDescription(f"{current.texte}, {current.genre}")

    def _go(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._shown):
            go = self._shown[row].go
            self.close()
            go()
