"""The widget of a form: fields under one another, each judged once it has been left, faults in words under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assistmed_desktop.ui import theme
from assistmed_desktop.ui.fiches.fiche import Champ, Fiche, Lecture, geste, lire, poses, refus
from assistmed_desktop.ui.fiches.genres import OUI, SEPARATEUR, Case, Choix, Note, Plusieurs
from assistmed_desktop.ui.widgets.field import ChoiceField, Field, TextField
from assistmed_desktop.ui.widgets.text import Text, set_style_property

if TYPE_CHECKING:
    from assistmed_desktop.domain.fautes import Faute

FACULTATIF: Final = " (facultatif)"


@dataclass
class Row:
    """A field on screen: its block, the widget that takes the focus, its help, how it is read and filled."""

    champ: Champ
    block: QWidget
    widget: QWidget
    help: Text
    text: Callable[[], str]
    fill: Callable[[str], None]


class FormView(QWidget):
    """Data in, data out. Enter submits what can be read; what cannot is told, and the first such field takes the focus.

    ``submitted`` carries the Geste.
    """

    submitted = Signal(object)
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fiche: Fiche | None = None
        self._rows: dict[str, Row] = {}
        self._touched: set[str] = set()
        self._pointed: set[str] = set()
        self._refused: dict[str, str] = {}
        self._start: dict[str, str] = {}
        self._filling = False
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(3 * theme.PAS)
        self.intro = Text("", role="secondaire")
        self.faults = Text("", role="faute")
        self.faults.setAccessibleName("Ce qui empêche d’enregistrer")
        self.cautions = Text("", role="attention")
        self._fields = QWidget()
        for widget in (self.intro, self._fields, self.faults, self.cautions):
            self._box.addWidget(widget)
            widget.hide()
        self._box.addStretch(1)

    def show_fiche(self, fiche: Fiche) -> None:
        """Show a form, from the start."""
        self._fiche = fiche
        self._touched.clear()
        self._pointed.clear()
        self._refused.clear()
        fields = QWidget()
        box = QVBoxLayout(fields)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3 * theme.PAS)
        self._rows = {}
        self._filling = True
        line = QHBoxLayout()
        for champ in fiche.champs:
            row = self._row(champ)
            self._rows[champ.cle] = row
            if not champ.a_cote:
                line = QHBoxLayout()
                line.setSpacing(3 * theme.PAS)
                box.addLayout(line)
            line.addWidget(row.block, 1, Qt.AlignmentFlag.AlignTop)
            row.fill(fiche.depart.get(champ.cle, ""))
        old, self._fields = self._fields, fields
        self._box.replaceWidget(old, fields)
        old.hide()
        old.deleteLater()
        fields.show()
        self.intro.setText(fiche.introduction)
        self.intro.setVisible(bool(fiche.introduction))
        self._filling = False
        self._start = self.typed()
        self._tell_apart(())
        self.refresh()

    @property
    def fiche(self) -> Fiche | None:
        """The form shown."""
        return self._fiche

    @property
    def changed(self) -> bool:
        """Whether something was typed since the form was shown."""
        return self.typed() != self._start

    def typed(self) -> dict[str, str]:
        """Give what is typed, by key."""
        return {cle: row.text() for cle, row in self._rows.items()}

    def fill(self, saisie: Mapping[str, str]) -> None:
        """Type into fields, as a person would."""
        for cle, texte in saisie.items():
            self._rows[cle].fill(texte)
        self.refresh()

    def widget(self, cle: str) -> QWidget:
        """Give the widget of a field."""
        return self._rows[cle].widget

    def help_of(self, cle: str) -> str:
        """Give what is told under a field."""
        return self._rows[cle].help.text()

    def focus_first(self) -> None:
        """Put the cursor in the first field that is empty, else in the first."""
        asked = [self._rows[champ.cle] for champ in poses(self._fiche, self.typed())] if self._fiche else []
        empty = next((row for row in asked if row.champ.requis and not row.text()), None)
        row = empty or next(iter(asked), None)
        if row is not None:
            row.widget.setFocus()
            if isinstance(row.widget, Field):
                row.widget.selectAll()

    def submit(self) -> None:
        """Read the form and hand its change on, or tell what is wrong."""
        if self._fiche is None:
            return
        self._refused.clear()
        lecture = lire(self._fiche, self.typed())
        if lecture.valeurs is not None:
            change = geste(self._fiche, lecture.valeurs)
            if not isinstance(change, tuple):
                self.submitted.emit(change)
                return
            self.refuse(change)
            return
        self._touched.update(self._rows)
        self._pointed.update(lecture.fautes)
        self.refresh()
        self._focus_fault(lecture.fautes)

    def refuse(self, fautes: Sequence[Faute]) -> None:
        """Tell why the change was refused, under the fields named, and above the buttons."""
        if self._fiche is None:
            return
        self._refused, autres = refus(self._fiche, fautes)
        self._touched.update(self._refused)
        self._tell_apart(autres)
        self.refresh()
        self._focus_fault(self._refused)

    def refresh(self) -> None:
        """Judge what is typed: fields left with a fault say it, others say how they are understood."""
        if self._fiche is None or self._filling:
            return
        saisie = self.typed()
        asked = {champ.cle for champ in poses(self._fiche, saisie)}
        lecture = lire(self._fiche, saisie)
        for cle, row in self._rows.items():
            row.block.setVisible(cle in asked)
            if row.champ.propose is not None and isinstance(row.widget, Field):
                row.widget.setPlaceholderText(row.champ.propose(saisie))
            self._tell(row, lecture)
        self.cautions.setText("\n".join(lecture.prudences))
        self.cautions.setVisible(bool(lecture.prudences))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Submit on Enter; in a text of several lines, on Ctrl+Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Judge a field once it has been left, not while it is being typed; Ctrl+Enter submits from anywhere."""
        if event.type() == QEvent.Type.FocusOut:
            for cle, row in self._rows.items():
                if row.widget is watched and row.text() != self._start.get(cle, ""):
                    self._touched.add(cle)
            self.refresh()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.submit()
                return True
        return super().eventFilter(watched, event)

    def _tell(self, row: Row, lecture: Lecture) -> None:
        cle = row.champ.cle
        faute = self._refused.get(cle) or (lecture.fautes.get(cle, "") if cle in self._touched else "")
        told = faute or lecture.echos.get(cle, "") or row.champ.aide
        wrong = bool(faute) and (cle in self._refused or cle in self._pointed or not row.widget.hasFocus())
        row.help.setText(told)
        row.help.setVisible(bool(told))
        row.help.set_role("faute" if wrong else "secondaire")
        set_style_property(row.widget, "fautif", "true" if wrong else "false")
        row.widget.setAccessibleDescription(told)

    def _tell_apart(self, phrases: Sequence[str]) -> None:
        self.faults.setText("\n".join(phrases))
        self.faults.setVisible(bool(phrases))

    def _focus_fault(self, fautes: Mapping[str, str]) -> None:
        cle = next((cle for cle in self._rows if cle in fautes), None)
        if cle is not None:
            self._rows[cle].widget.setFocus()

    def _on_edit(self, cle: str) -> None:
        if self._filling:
            return
        self._refused.pop(cle, None)
        self._pointed.discard(cle)
        self._tell_apart(())
        self.refresh()
        self.edited.emit()

    def _row(self, champ: Champ) -> Row:
        help_ = Text("", theme.LEGENDE, role="secondaire")
        block = QWidget()
        box = QVBoxLayout(block)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.PAS)
        match champ.genre:
            case Case():
                row = self._case(champ, block, help_)
            case Choix(options=options, vide_dit=vide_dit):
                row = self._choice(champ, block, help_, options, vide_dit)
            case Plusieurs(options=options):
                row = self._several(champ, block, help_, options)
            case Note():
                area = TextField()
                area.textChanged.connect(lambda: self._on_edit(champ.cle))
                row = Row(champ, block, area, help_, area.toPlainText, area.setPlainText)
            case _:
                line = Field()
                line.textChanged.connect(lambda _texte: self._on_edit(champ.cle))
                row = Row(champ, block, line, help_, line.text, line.setText)
        if not isinstance(champ.genre, Case):
            label = QLabel(champ.etiquette + ("" if champ.requis or isinstance(champ.genre, Plusieurs) else FACULTATIF))
            label.setBuddy(row.widget)
            label.setWordWrap(True)
            box.insertWidget(0, label)
        if not isinstance(champ.genre, Plusieurs):
            box.addWidget(row.widget)
        box.addWidget(help_)
        row.widget.setAccessibleName(champ.etiquette)
        row.widget.installEventFilter(self)
        return row

    def _case(self, champ: Champ, block: QWidget, help_: Text) -> Row:
        box = QCheckBox(champ.etiquette)
        box.toggled.connect(lambda _on: self._on_edit(champ.cle))
        return Row(
            champ, block, box, help_,
            lambda: OUI if box.isChecked() else "", lambda texte: box.setChecked(texte == OUI),
        )  # fmt: skip

    def _choice(self, champ: Champ, block: QWidget, help_: Text, options: Mapping[str, str], vide_dit: str) -> Row:
        chooser = ChoiceField()
        if vide_dit or not champ.requis:
            chooser.addItem(vide_dit or "non renseigné", "")
        else:
            chooser.setPlaceholderText("Choisissez…")
        for cle, nom in options.items():
            chooser.addItem(nom, cle)
        chooser.currentIndexChanged.connect(lambda _rang: self._on_edit(champ.cle))
        return Row(
            champ, block, chooser, help_,
            lambda: chooser.currentData() or "", lambda texte: chooser.setCurrentIndex(chooser.findData(texte)),
        )  # fmt: skip

    def _several(self, champ: Champ, block: QWidget, help_: Text, options: Mapping[str, str]) -> Row:
        boxes = {cle: QCheckBox(nom) for cle, nom in options.items()}
        layout = block.layout()
        for box in boxes.values():
            box.toggled.connect(lambda _on: self._on_edit(champ.cle))
            box.installEventFilter(self)
            if layout is not None:
                layout.addWidget(box)

        def fill(texte: str) -> None:
            chosen = texte.split(SEPARATEUR)
            for cle, box in boxes.items():
                box.setChecked(cle in chosen)

        first = next(iter(boxes.values()), None) or QCheckBox()
        return Row(
            champ, block, first, help_,
            lambda: SEPARATEUR.join(cle for cle, box in boxes.items() if box.isChecked()), fill,
        )  # fmt: skip
