"""What one scenario supposes: paces by sliders, a suspension, another option."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.formats import INSECABLE, jour_court
from assistmed_desktop.rules.resultats import EvaluationContrat
from assistmed_desktop.ui import hypothesis, theme
from assistmed_desktop.ui.hypothesis import (
    DEPARTS,
    ENTREES,
    FILE_ACTIVE,
    OPTION,
    OPTION_DU,
    SUSPENSION_AU,
    SUSPENSION_DU,
    Typed,
)
from assistmed_desktop.ui.widgets.card import Card, FoldingRow
from assistmed_desktop.ui.widgets.field import ChoiceField, Field
from assistmed_desktop.ui.widgets.slider_field import SliderField
from assistmed_desktop.ui.widgets.text import Text, set_style_property

_PERTES: Final = -20
"""The least net gain of the file active that its slider gives."""
_CARACTERES: Final = 15
"""The width that a field is read at."""


class HypothesisCard(Card):
    """The fields of a scenario; ``edited`` tells of every change, of a day once it is whole: at Enter or on leaving."""

    edited = Signal()

    def __init__(self, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(nom, parent)
        self._nom = nom
        self.erase = QPushButton("Effacer")
        self.erase.setAccessibleName(f"Effacer, {nom}")
        set_style_property(self.erase, "genre", "lien")
        self.head.addWidget(self.erase, 0, Qt.AlignmentFlag.AlignTop)
        self.paces = {
            ENTREES: SliderField("Nouveaux patients par mois", nom),
            DEPARTS: SliderField("Départs par mois", nom, vide="aucun"),
            FILE_ACTIVE: SliderField("File active, gain par mois", nom, mini=_PERTES),
        }
        self.days = {SUSPENSION_DU: Field(), SUSPENSION_AU: Field(), OPTION_DU: Field()}
        self.option = ChoiceField()
        self._helps: dict[str, Text] = {}
        blocks = {
            SUSPENSION_DU: self._block("Suspension, du", SUSPENSION_DU, self.days[SUSPENSION_DU]),
            SUSPENSION_AU: self._block("au", SUSPENSION_AU, self.days[SUSPENSION_AU], "Suspension, au"),
            OPTION: self._block("Autre option", OPTION, self.option),
            OPTION_DU: self._block("à partir du", OPTION_DU, self.days[OPTION_DU], "Autre option, à partir du"),
        }
        lines: tuple[tuple[tuple[QWidget, int], ...], ...] = (
            ((self.paces[ENTREES], 2), (self.paces[DEPARTS], 2)),
            ((self.paces[FILE_ACTIVE], 2), (blocks[SUSPENSION_DU], 1), (blocks[SUSPENSION_AU], 1)),
            ((blocks[OPTION], 2), (blocks[OPTION_DU], 2)),
        )
        for line in lines:
            row = FoldingRow(_CARACTERES, spacing=4 * theme.PAS)
            for widget, stretch in line:
                row.add(widget, stretch)
            self.body.addWidget(row)
        self.fault = Text("", role="faute")
        self.fault.setAccessibleName(f"{nom}, ce qui ne peut pas être simulé")
        self.fault.hide()
        self.body.addWidget(self.fault)
        self.body.addStretch(1)
        for pace in self.paces.values():
            pace.edited.connect(self.edited)
        for day in self.days.values():
            day.editingFinished.connect(self.edited)
        self.option.activated.connect(self._on_option)
        self.erase.clicked.connect(self._erase)

    def show_contrat(self, contrat: EvaluationContrat) -> None:
        """Fit the sliders and the options to a contract."""
        patientele, file_active = (hypothesis.pace_words(indicateur) for indicateur in contrat.indicateurs)
        self.paces[ENTREES].set_range(patientele.maxi, max(0, patientele.repos), patientele.aide)
        self.paces[DEPARTS].set_range(patientele.maxi, 0, "")
        self.paces[FILE_ACTIVE].set_range(file_active.maxi, file_active.repos, file_active.aide)
        entries = [("Celle du contrat", ""), *((nom, cle) for cle, nom in hypothesis.options(contrat).items())]
        shown = [(self.option.itemText(i), self.option.itemData(i)) for i in range(self.option.count())]
        if entries != shown:
            with QSignalBlocker(self.option):
                self.option.clear()
                for nom, cle in entries:
                    self.option.addItem(nom, cle)
        self.days[OPTION_DU].setPlaceholderText(jour_court(contrat.au))
        for cle in (SUSPENSION_DU, SUSPENSION_AU):
            self.days[cle].setPlaceholderText("aucune")

    def typed(self) -> Typed:
        """Give what is typed."""
        return Typed(
            **{cle: pace.text() for cle, pace in self.paces.items()},
            **{cle: day.text() for cle, day in self.days.items()},
            option=self.option.currentData() or "",
        )

    def fill(self, typed: Typed) -> None:
        """Type into every field; ``edited`` says nothing of it."""
        for cle, pace in self.paces.items():
            pace.fill(getattr(typed, cle))
        for cle, day in self.days.items():
            day.setText(getattr(typed, cle))
        with QSignalBlocker(self.option):
            self.option.setCurrentIndex(max(0, self.option.findData(typed.option)))
        self._follow_option()
        self.tell_faults({})

    def tell_faults(self, fautes: Mapping[str, str], refus: str = "") -> None:
        """Say under each field what is wrong with it, and at the foot what the contract does not allow."""
        for cle, pace in self.paces.items():
            pace.tell_fault(fautes.get(cle, ""))
        for cle, aide in self._helps.items():
            faute = fautes.get(cle, "")
            aide.setText(faute)
            aide.setVisible(bool(faute))
            widget = self.days.get(cle, self.option)
            set_style_property(widget, "fautif", "true" if faute else "false")
            widget.setAccessibleDescription(faute)
        self.fault.setText(refus)
        self.fault.setVisible(bool(refus))

    def _erase(self) -> None:
        self.fill(Typed())
        self.edited.emit()

    def _on_option(self) -> None:
        self._follow_option()
        self.edited.emit()

    def _follow_option(self) -> None:
        """Ask for the day of an option only once there is one."""
        self.days[OPTION_DU].setEnabled(bool(self.option.currentData()))

    def _block(self, titre: str, cle: str, champ: QWidget, nom: str = "") -> QWidget:
        block = QWidget()
        box = QVBoxLayout(block)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.PAS)
        label = QLabel(titre)
        label.setBuddy(champ)
        champ.setAccessibleName(f"{self._nom}{INSECABLE}: {nom or titre}")
        self._helps[cle] = aide = Text("", theme.LEGENDE, role="faute")
        aide.hide()
        for widget in (label, champ, aide):
            box.addWidget(widget)
        box.addStretch(1)
        return block
