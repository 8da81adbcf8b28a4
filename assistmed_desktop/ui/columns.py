"""The columns of the window: the names of the pages, the page, and beside it help or a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistmed_desktop.ui.widgets import side_panel
from assistmed_desktop.ui.widgets.side_panel import SidePanel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistmed_desktop.ui.fiches.fiche import Fiche
    from assistmed_desktop.ui.widgets.edit_panel import EditPanel
    from assistmed_desktop.ui.widgets.navigation import Navigation

_PAGE_ETROITE: Final = 68
_PAGE_LARGE: Final = 130
"""The least width, in average characters, of a page beside the panel, and of one beside the names of the pages."""
_SANS_LIMITE: Final = 16_777_215
"""Qt's own largest width."""


class Columns(QWidget):
    """Lays the columns out for the width there is; of help and the form, one at a time is beside the page."""

    def __init__(self, navigation: Navigation, above: Sequence[QWidget], page: QWidget, below: QWidget) -> None:
        super().__init__()
        self._navigation = navigation
        self._edit_waits = False
        self.panel = SidePanel()
        self.edit: EditPanel | None = None
        self._content = QWidget()
        content = QVBoxLayout(self._content)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(0)
        for widget in above:
            content.addWidget(widget)
        content.addWidget(page, 1)
        content.addWidget(below)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(navigation)
        self._row.addWidget(self._content, 1)
        self._row.addWidget(self.panel)
        self.panel.toggled.connect(self._panel_toggled)

    def form(self) -> EditPanel:
        """Give the panel of the forms, made when first needed."""
        if self.edit is None:
            from assistmed_desktop.ui.widgets.edit_panel import EditPanel

            self.edit = EditPanel()
            self.edit.toggled.connect(self._edit_toggled)
            self._row.addWidget(self.edit)
        self._edit_waits = False
        return self.edit

    def typed(self) -> tuple[Fiche, dict[str, str]] | None:
        """Give the form and what is typed in it and not saved; None when nothing is."""
        edit = self.edit
        if edit is None or (edit.isHidden() and not self._edit_waits) or edit.form.fiche is None:
            return None
        return (edit.form.fiche, edit.form.typed()) if edit.form.changed else None

    def close_sides(self) -> None:
        """Hide help and the form."""
        self.panel.hide()
        self._edit_waits = False
        self.hide_form()

    def hide_form(self) -> None:
        """Hide the form."""
        if self.edit is not None:
            self.edit.hide()

    def forget(self) -> None:
        """Keep nothing of what help and the form have shown."""
        self.panel.forget()
        if self.edit is not None:
            self._row.removeWidget(self.edit)
            self.edit.deleteLater()
            self.edit = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the columns for the new width."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Give a narrow window, or a large text, fewer columns: no names of pages, the panel alone."""
        characters = self.width() / self.fontMetrics().averageCharWidth()
        beside = characters >= _PAGE_ETROITE + side_panel.CARACTERES
        sides = [side for side in (self.panel, self.edit) if side is not None]
        open_ = any(not side.isHidden() for side in sides)
        left = characters - (side_panel.CARACTERES if beside and open_ else 0)
        self._navigation.set_compact(compact=left < _PAGE_LARGE)
        self._content.setVisible(beside or not open_)
        width = side_panel.CARACTERES * self.fontMetrics().averageCharWidth()
        for side in sides:
            side.setMinimumWidth(width if beside else 0)
            side.setMaximumWidth(width if beside else _SANS_LIMITE)

    @Slot()
    def _edit_toggled(self) -> None:
        if self.edit is not None and not self.edit.isHidden() and not self.panel.isHidden():
            self.panel.hide()
        self.arrange()

    @Slot()
    def _panel_toggled(self) -> None:
        """Give the place of the form to the panel, and back."""
        if self.edit is not None:
            if not self.panel.isHidden() and not self.edit.isHidden():
                self._edit_waits = True
                self.edit.hide()
            elif self.panel.isHidden() and self._edit_waits:
                self._edit_waits = False
                self.edit.show()
                self.edit.form.focus_first()
        self.arrange()
