"""The room there is for a dialog."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from assistmed_desktop.ui import theme

_BORDS: Final = QSize(8 * theme.PAS, 16 * theme.PAS)
"""What a title bar and borders take."""


def fitted(dialog: QWidget, width: int, height: int) -> QSize:
    """Give a size that the screen of a dialog has room for."""
    return QSize(width, height).boundedTo(dialog.screen().availableSize() - _BORDS)
