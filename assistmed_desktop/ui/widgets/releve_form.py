"""The form of a reading, in place above the table: to add one, or to correct one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.domain.libelles import SOURCES
from assistmed_desktop.domain.suivi import Releve, SourceReleve
from assistmed_desktop.formats import jour_court
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.entry import CHAMPS, Entry, Typed, next_month_end, read_entry, typed_of
from assistmed_desktop.ui.widgets.card import Card
from assistmed_desktop.ui.widgets.field import Field, labelled
from assistmed_desktop.ui.widgets.text import Text, set_style_property

_ETIQUETTES = {"date": "Date du relevé", "patientele_mt": "Patientèle médecin traitant", "file_active": "File active"}


class ReleveForm(Card):
    """Data in, data out: Enter submits what can be read, Escape leaves a correction."""

    submitted = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Ajouter un relevé", parent)
        self._medecin = ""
        self._autres: tuple[Releve, ...] = ()
        self._au = date.min
        self._corrige: Releve | None = None
        self._touched: set[str] = set()
        self._start = Typed()
        self.fields = {cle: Field() for cle in CHAMPS}
        self.helps = {cle: Text("", theme.LEGENDE, role="secondaire") for cle in CHAMPS}
        self.source = QComboBox()
        for source, nom in SOURCES.items():
            self.source.addItem(nom, source)
        self.source.setCurrentIndex(self.source.findData("amelipro"))
        self.note = Field()
        self.note.setMaxLength(2000)
        self.cautions = Text("", role="attention")
        self.submit = QPushButton()
        self.cancel = QPushButton("Annuler la correction")
        self._lay_out()
        for cle, champ in self.fields.items():
            champ.textChanged.connect(self._refresh)
            champ.installEventFilter(self)
            champ.setAccessibleName(_ETIQUETTES[cle])
        self.source.currentIndexChanged.connect(self._refresh)
        self.note.textChanged.connect(self._refresh)
        self.submit.clicked.connect(self._submit)
        self.cancel.clicked.connect(self.left)
        self._show_mode()

    def show_context(self, medecin: str, releves: Sequence[Releve], au: date) -> None:
        """Know the doctor's readings; another doctor, or a change of them, starts the form afresh."""
        changed = (medecin, tuple(releves)) != (self._medecin, self._autres)
        self._medecin, self._autres, self._au = medecin, tuple(releves), au
        if changed:
            self.start_adding()
        else:
            self._refresh()

    def start_adding(self) -> None:
        """Propose the next month end, counts to be typed."""
        self._corrige = None
        self._fill(Typed(date=jour_court(next_month_end(self._autres, self._au)), source=self._source))
        self._show_mode()

    def start_correcting(self, releve: Releve) -> None:
        """Take a reading up to correct it."""
        self._corrige = releve
        self._fill(typed_of(releve))
        self._show_mode()
        self.focus_counts()

    def focus_counts(self) -> None:
        """Put the cursor where the first count is typed."""
        champ = self.fields["patientele_mt"]
        champ.setFocus()
        champ.selectAll()

    @property
    def correcting(self) -> bool:
        """Whether a reading is being corrected."""
        return self._corrige is not None

    @property
    def changed(self) -> bool:
        """Whether something was typed since the form was filled; the source alone is none of it."""
        return replace(self.typed(), source=self._start.source) != self._start

    def retype(self, saisie: Mapping[str, str]) -> None:
        """Type again what ``typed`` has given, as a person would."""
        self.source.setCurrentIndex(self.source.findData(saisie["source"]))
        for cle, champ in (*self.fields.items(), ("note", self.note)):
            champ.setText(saisie[cle])
        self._refresh()

    def entry(self) -> Entry:
        """Read what is typed now."""
        autres = [releve for releve in self._autres if releve is not self._corrige]
        return read_entry(self.typed(), self._medecin, autres, self._au)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Submit on Enter, leave on Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._submit()
        elif event.key() == Qt.Key.Key_Escape and self.correcting:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Judge a field once it has been left, not while it is being typed."""
        if event.type() == QEvent.Type.FocusOut:
            for cle, champ in self.fields.items():
                if champ is watched and champ.isModified():
                    self._touched.add(cle)
            self._refresh()
        return super().eventFilter(watched, event)

    @property
    def _source(self) -> SourceReleve:
        choisie: SourceReleve = self.source.currentData()
        return choisie

    def typed(self) -> Typed:
        """Give what is typed now."""
        textes = {cle: champ.text() for cle, champ in self.fields.items()}
        return Typed(source=self._source, note=self.note.text(), **textes)

    def _fill(self, typed: Typed) -> None:
        self._start = typed
        self._touched.clear()
        for cle, champ in self.fields.items():
            champ.setText(getattr(typed, cle))
        self.source.setCurrentIndex(self.source.findData(typed.source))
        self.note.setText(typed.note)
        self._refresh()

    def _submit(self) -> None:
        entry = self.entry()
        if entry.releve is not None:
            self.submitted.emit(entry.releve)
            return
        self._touched.update(CHAMPS)
        self._refresh()
        self.fields[next(cle for cle in CHAMPS if cle in entry.fautes)].setFocus()

    def _refresh(self) -> None:
        entry = self.entry()
        for cle, champ in self.fields.items():
            faute = entry.fautes.get(cle, "")
            typing = bool(champ.text().strip()) and champ.isModified()
            told = faute if cle in self._touched or (faute and typing) else ""
            fautif = bool(told) and cle in self._touched and not champ.hasFocus()
            self.helps[cle].setText(told or entry.aides[cle])
            self.helps[cle].set_role("faute" if fautif else "secondaire")
            set_style_property(champ, "fautif", "true" if fautif else "false")
            champ.setAccessibleDescription(told or entry.aides[cle])
        self.cautions.setText("\n".join(entry.cautions))
        self.cautions.setVisible(bool(entry.cautions))

    def _show_mode(self) -> None:
        if self._corrige is None:
            self.set_title("Ajouter un relevé")
            self.submit.setText("Ajouter")
        else:
            self.set_title(f"Corriger le relevé du {jour_court(self._corrige.date)}")
            self.submit.setText("Enregistrer la correction")
        self.cancel.setVisible(self.correcting)

    def _lay_out(self) -> None:
        set_style_property(self.submit, "genre", "principal")
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * theme.PAS)
        grid.setVerticalSpacing(2 * theme.PAS)
        for rang, cle in enumerate(CHAMPS):
            grid.addLayout(labelled(_ETIQUETTES[cle], self.fields[cle], self.helps[cle]), 0, rang)
            grid.setColumnStretch(rang, 1)
        grid.addLayout(labelled("Source", self.source), 1, 0)
        grid.addLayout(labelled("Note (facultative)", self.note), 1, 1)
        actions = QVBoxLayout()
        actions.setSpacing(2 * theme.PAS)
        actions.addStretch(1)
        for button in (self.submit, self.cancel):
            actions.addWidget(button)
        grid.addLayout(actions, 1, 2, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(grid)
        self.body.addWidget(self.cautions)
