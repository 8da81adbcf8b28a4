"""Where a passphrase is typed: hidden, unless one asks to see it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QLineEdit

from assistmed_desktop.ui.widgets.field import Field


def secret_field() -> Field:
    """Make a line that hides what is typed, and that the system does not learn."""
    field = Field()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def show_box(fields: Sequence[QLineEdit]) -> QCheckBox:
    """Make the box that shows what is typed in the fields."""
    box = QCheckBox("Afficher ce que je tape")
    modes = {True: QLineEdit.EchoMode.Normal, False: QLineEdit.EchoMode.Password}

    def show(shown: bool) -> None:  # noqa: FBT001 - Qt gives it by position
        for field in fields:
            field.setEchoMode(modes[shown])

    box.toggled.connect(show)
    return box
