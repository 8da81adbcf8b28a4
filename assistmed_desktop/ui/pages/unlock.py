"""The page of a protected practice that is closed: its passphrase, and nothing of what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.ui import icons, theme
from assistmed_desktop.ui.widgets.card import FoldingRow, PageArea
from assistmed_desktop.ui.widgets.field import labelled
from assistmed_desktop.ui.widgets.secret import secret_field, show_box
from assistmed_desktop.ui.widgets.text import Text, set_style_property

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assistmed_desktop.ui.choice import Choice

_CARACTERES = 80
"""The width of the column, in average characters."""

_ATTEND = (
    f"Une saisie que vous n’aviez pas enregistrée attend derrière le verrou{INSECABLE}: elle revient avec la phrase de "
    "passe. Quitter AssistMed l’abandonnerait."
)


class UnlockPage(PageArea):
    """Asks for the passphrase of a practice."""

    submitted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        icon = QLabel()
        icon.setPixmap(icons.app_icon().pixmap(64, 64))
        self.title = Text("", theme.TITRE_PAGE, gras=True)
        self.sentence = Text()
        self.waiting = Text()
        self.field = secret_field()
        self.field.returnPressed.connect(self._submit)
        self.error = Text("", role="faute")
        self.shown = show_box((self.field,))
        self.choices = FoldingRow(0, 3 * theme.PAS)
        self._column = QWidget()
        box = QVBoxLayout(self._column)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4 * theme.PAS)
        for widget in (icon, self.title, self.sentence, self.waiting):
            box.addWidget(widget)
        box.addLayout(labelled("Phrase de passe", self.field, self.error))
        box.addWidget(self.shown)
        box.addWidget(self.choices)
        self.body.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._column, 4)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(3)

    def ask(self, titre: str, chemin: Path, error: str, choices: Sequence[Choice], *, waiting: bool = False) -> None:
        """Ask for the phrase of a practice, after one that was wrong if there is an error.

        ``waiting`` says that something typed and not saved comes back with it.
        """
        self.setAccessibleName(titre)
        self.title.setText(titre)
        self.sentence.setText(f"{chemin.name}, dans {chemin.parent}".replace(" dans ", f" dans{INSECABLE}"))
        self.waiting.setText(_ATTEND if waiting else "")
        self.waiting.setVisible(waiting)
        self.error.setText(error)
        self.error.setVisible(bool(error))
        self.field.setAccessibleDescription(error)
        set_style_property(self.field, "fautif", "true" if error else "")
        self.field.clear()
        self.shown.setChecked(False)
        main = QPushButton("Ouvrir")
        set_style_property(main, "genre", "principal")
        main.setAutoDefault(True)
        main.clicked.connect(self._submit)
        others = []
        for choice in choices:
            button = QPushButton(choice.texte)
            button.clicked.connect(lambda _checked=False, act=choice.action: act())
            others.append(button)
        self.choices.replace_by([main, *others])
        self._fit()
        self.field.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the program's font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_column"):
            self._fit()

    def _fit(self) -> None:
        self._column.setMaximumWidth(_CARACTERES * self.fontMetrics().averageCharWidth())

    @Slot()
    def _submit(self) -> None:
        phrase = self.field.text()
        if not phrase:
            self.field.setFocus()
            return
        self.field.clear()  # not kept in a page that is hidden
        self.submitted.emit(phrase)
