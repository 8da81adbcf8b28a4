"""The widgets that a form is made of: a line, a text, a list, a box to tick, each with its label."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.text import Text


class Field(QLineEdit):
    """A line whose Ctrl+Z undoes typing first, and then lets the window undo the last step."""

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window when there is no typing to undo."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            for keys, available in (
                (QKeySequence.StandardKey.Undo, self.isUndoAvailable()),
                (QKeySequence.StandardKey.Redo, self.isRedoAvailable()),
            ):
                if event.matches(keys) and not available:
                    event.ignore()
                    return False
        return super().event(event)


class TextField(QPlainTextEdit):
    """A text of several lines; Tab leaves it, Ctrl+Z undoes typing first, and then lets the window undo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(4 * self.fontMetrics().height())

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window when there is no typing to undo."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            document = self.document()
            for keys, available in (
                (QKeySequence.StandardKey.Undo, document.isUndoAvailable()),
                (QKeySequence.StandardKey.Redo, document.isRedoAvailable()),
            ):
                if event.matches(keys) and not available:
                    event.ignore()
                    return False
        return super().event(event)


class ChoiceField(QComboBox):
    """A list that only a hand changes: scrolling the page over it leaves it as it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page instead."""
        event.ignore()


def labelled(nom: str, champ: QWidget, aide: Text | None = None) -> QVBoxLayout:
    """Put a label above a field, its help under it."""
    box = QVBoxLayout()
    box.setSpacing(theme.PAS)
    label = QLabel(nom)
    label.setBuddy(champ)
    champ.setAccessibleName(nom)
    box.addWidget(label)
    box.addWidget(champ)
    if aide is not None:
        box.addWidget(aide)
    box.addStretch(1)
    return box
