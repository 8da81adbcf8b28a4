"""Work that nothing may interrupt nor be done beside: what is under way, while the window stays alive."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCloseEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.text import Text


class WorkingDialog(QDialog):
    """Says what is being done to the practice, whose file nothing else uses meanwhile; only ``end`` closes it."""

    def __init__(self, parent: QWidget, titre: str, step: str) -> None:
        super().__init__(parent)
        self.setObjectName("working")
        self.setWindowTitle(titre)
        self.setAccessibleName(titre)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, on=False)
        self._ended = False
        box = QVBoxLayout(self)
        box.setContentsMargins(*(4 * [6 * theme.PAS]))
        box.setSpacing(3 * theme.PAS)
        self.step = Text(step)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Travail en cours")
        box.addWidget(Text(titre, theme.TITRE_CARTE, gras=True))
        box.addWidget(self.step)
        box.addWidget(self.progress)
        self.setMinimumWidth(60 * self.fontMetrics().averageCharWidth())
        self.open()

    def tell(self, step: str) -> None:
        """Say which step has begun."""
        self.step.setText(step)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, step))

    def end(self) -> None:
        """Close: the work is done, or could not be."""
        self._ended = True
        self.close()

    def reject(self) -> None:
        """Stay, on Escape."""
        if self._ended:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay until the work has ended."""
        if self._ended:
            super().closeEvent(event)
        else:
            event.ignore()
