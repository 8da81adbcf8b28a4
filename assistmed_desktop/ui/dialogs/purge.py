"""What may be erased, ticked one by one; what may not yet, with the day it may. Nothing goes before the button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QPushButton, QScrollArea, QVBoxLayout, QWidget

from assistmed_desktop.formats import INSECABLE, compte, enumeration, jour_court
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.room import fitted
from assistmed_desktop.ui.widgets.text import Text, set_style_property

if TYPE_CHECKING:
    from assistmed_desktop.services.conservation import Element

SAUVEGARDES = "Effacer aussi les sauvegardes, qui le contiennent encore"


Count = Callable[[Sequence["Element"]], Sequence[str]]
"""Says in words all that elements take along."""


class PurgeDialog(QDialog):
    """Data in, data out: ``chosen`` carries the elements ticked, and whether the copies go too."""

    chosen = Signal(object, bool)

    def __init__(self, parent: QWidget, elements: Sequence[Element], au: date, copies: int, count: Count) -> None:
        super().__init__(parent)
        self.setWindowTitle("Effacer ce qui n’a plus à être gardé")
        self.setAccessibleName("Effacer ce qui n’a plus à être gardé")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box = QVBoxLayout(self)
        box.setContentsMargins(*(4 * [6 * theme.PAS]))
        box.setSpacing(3 * theme.PAS)
        self.title = Text("Effacer ce qui n’a plus à être gardé", theme.TITRE_CARTE, gras=True)
        self._count = count
        self.boxes: list[tuple[QCheckBox, Element]] = []
        area = self._list(elements, au)
        ready = bool(self.boxes)
        self.copies = QCheckBox(f"{SAUVEGARDES}{_dont(copies)}")
        self.copies.setVisible(ready)
        self.told = Text("", role="secondaire")
        for widget in (self.title, area, self.copies, self.told):
            box.addWidget(widget, 1 if widget is area else 0)
        self.erase = QPushButton("Effacer")
        self.erase.setAutoDefault(False)
        self.erase.clicked.connect(self._choose)
        close = QPushButton("Annuler" if ready else "Fermer")
        set_style_property(close, "genre", "principal")
        close.setDefault(True)
        close.clicked.connect(self.close)
        buttons = QDialogButtonBox()
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        if ready:
            buttons.addButton(self.erase, QDialogButtonBox.ButtonRole.DestructiveRole)
        box.addWidget(buttons)
        self.copies.toggled.connect(self._tell)
        self._tell()
        metrics = self.fontMetrics()
        self.resize(fitted(self, 96 * metrics.averageCharWidth(), 34 * metrics.height()))

    def _list(self, elements: Sequence[Element], au: date) -> QScrollArea:
        """Lay out what may go, each with its box, then what may not yet."""
        ready = [element for element in elements if element.effacable(au)]
        later = sorted(
            (element for element in elements if not element.effacable(au)), key=lambda e: (e.le or date.max, e.libelle)
        )
        rows = QWidget()
        rows.setProperty("page", "true")
        column = QVBoxLayout(rows)
        column.setSpacing(theme.PAS)
        column.addWidget(Text(_peut(len(ready)), gras=True))
        for element in ready:
            tick = QCheckBox(soigner(element.libelle))
            tick.setAccessibleDescription(_detail(element))
            tick.toggled.connect(self._tell)
            self.boxes.append((tick, element))
            column.addWidget(tick)
            column.addWidget(Text(_detail(element), theme.LEGENDE, role="secondaire"))
        if later:
            column.addSpacing(3 * theme.PAS)
            column.addWidget(Text("À garder encore", gras=True))
        for element in later:
            quand = "date encore inconnue" if element.le is None else f"à effacer à partir du {jour_court(element.le)}"
            column.addWidget(Text(soigner(f"{element.libelle} : {quand}")))
            column.addWidget(Text(_detail(element), theme.LEGENDE, role="secondaire"))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(rows)
        area.setAccessibleName("Ce qui peut être effacé")
        return area

    def ticked(self) -> list[Element]:
        """Give the elements ticked."""
        return [element for tick, element in self.boxes if tick.isChecked()]

    def _tell(self) -> None:
        ticked = self.ticked()
        self.erase.setEnabled(bool(ticked))
        if not self.boxes:
            self.told.setText("Rien n’a dépassé la durée pendant laquelle il faut le garder.")
            return
        if not ticked:
            self.told.setText("Cochez ce qui doit partir.")
            return
        gone = enumeration(list(self._count(ticked)))
        copies = (
            "les copies d’avant sont effacées aussi"
            if self.copies.isChecked()
            else "une sauvegarde est faite avant, qui le contient encore"
        )
        self.told.setText(
            f"Partiront{INSECABLE}: {soigner(gone)}. Il n’en restera rien dans le fichier{INSECABLE}; {copies}. Vous "
            "pourrez annuler jusqu’à la fermeture du cabinet, sauf pour les rapports émis et les anciennes saisies."
        )

    def _choose(self) -> None:
        ticked, copies = self.ticked(), self.copies.isChecked()
        self.close()
        self.chosen.emit(ticked, copies)


def _dont(copies: int) -> str:
    return f" ({compte(copies, 'copie')})" if copies else ""


def _peut(nombre: int) -> str:
    return "Peut être effacé" if nombre else "Rien ne peut encore être effacé"


def _detail(element: Element) -> str:
    parties = [enumeration(list(element.emporte)), element.raison, element.source]
    texte = soigner(". ".join(partie[:1].upper() + partie[1:] for partie in parties if partie))
    return f"{texte}."
