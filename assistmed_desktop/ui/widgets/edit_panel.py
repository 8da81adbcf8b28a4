"""The panel where a fact is entered, corrected or withdrawn, beside the page that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.formats import compte
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.card import FoldingRow, PageArea
from assistmed_desktop.ui.widgets.form import FormView
from assistmed_desktop.ui.widgets.text import Text, set_style_property

if TYPE_CHECKING:
    from assistmed_desktop.domain.fautes import Faute
    from assistmed_desktop.ui.fiches.fiche import Fiche, Geste

_ABANDON = "Cette saisie n’est pas enregistrée. Échap de nouveau pour l’abandonner."


class EditPanel(QFrame):
    """Shows one form at a time; Enter saves, Escape closes, and asks once more when something was typed.

    ``submitted`` carries the change to make and whether another form is to follow, ``removal_asked`` the withdrawal.
    """

    submitted = Signal(object, bool)
    removal_asked = Signal(object)
    toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("navigation", "true")
        self._before: QWidget | None = None
        self._following = False
        self._leaving = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(4 * theme.PAS, 3 * theme.PAS, 2 * theme.PAS, 0)
        self._title = Text("", theme.TITRE_CARTE, gras=True)
        self.close_button = QPushButton("Fermer")
        self.close_button.setAccessibleName("Fermer la fiche")
        set_style_property(self.close_button, "genre", "lien")
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(head)
        self.form = FormView()
        area = PageArea()
        area.body.setContentsMargins(*(4 * [4 * theme.PAS]))
        area.body.addWidget(self.form)
        set_style_property(area, "fiche", "true")
        box.addWidget(area, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(4 * theme.PAS, 2 * theme.PAS, 4 * theme.PAS, 4 * theme.PAS)
        foot.setSpacing(2 * theme.PAS)
        self.save = QPushButton("Enregistrer")
        set_style_property(self.save, "genre", "principal")
        self.save_next = QPushButton("Enregistrer et continuer")
        self.remove = QPushButton("Supprimer")
        self.leaving = Text("", role="attention")
        foot.addWidget(self._announcement(area), 0, Qt.AlignmentFlag.AlignLeft)
        foot.addWidget(self.leaving)
        actions = FoldingRow(0, 2 * theme.PAS)
        actions.replace_by([self.save, self.save_next, self.remove])
        foot.addWidget(actions)
        box.addLayout(foot)
        self.close_button.clicked.connect(self.close_panel)
        self.save.clicked.connect(lambda: self._submit(following=False))
        self.save_next.clicked.connect(lambda: self._submit(following=True))
        self.remove.clicked.connect(self._remove)
        self.form.submitted.connect(self._on_submitted)
        self.form.edited.connect(self._on_edited)
        self.hide()

    def edit(self, fiche: Fiche) -> None:
        """Open on a form, the cursor in its first field."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self._title.setText(fiche.titre)
        self.setAccessibleName(fiche.titre)
        self.save.setText(fiche.bouton)
        self.save_next.setVisible(fiche.suite is not None)
        self.remove.setVisible(fiche.supprimer is not None)
        self.remove.setText(fiche.supprimer.bouton if fiche.supprimer else "")
        self.form.show_fiche(fiche)
        self._leaving = self._following = False
        self.leaving.hide()
        self.show()
        self.toggled.emit()
        self.form.focus_first()

    @property
    def fiche(self) -> Fiche | None:
        """The form shown; None when the panel is closed."""
        return None if self.isHidden() else self.form.fiche

    @property
    def title(self) -> str:
        """The title shown."""
        return self._title.text()

    def refuse(self, fautes: Sequence[Faute]) -> None:
        """Tell why a change was refused; what was typed stays."""
        self.form.refuse(fautes)

    def close_panel(self) -> None:
        """Close, and go back to where the focus was."""
        self.hide()
        self.toggled.emit()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape, at once when nothing was typed."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.form.changed and not self._leaving:
            self._leaving = True
            self.leaving.setText(_ABANDON)
            self.leaving.show()
        else:
            self.close_panel()

    def _announcement(self, area: PageArea) -> QPushButton:
        """Make what says that there are remarks out of sight, and goes there."""
        self.below = QPushButton("")
        self.below.setAccessibleDescription("Va aux remarques, sous les champs")
        set_style_property(self.below, "genre", "lien")
        self.below.hide()
        self.below.clicked.connect(lambda: area.ensureWidgetVisible(self.form.cautions))
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.timeout.connect(self._tell_below)
        bar = area.verticalScrollBar()
        for moved in (bar.valueChanged, bar.rangeChanged, self.form.edited):
            moved.connect(lambda *_: self._looking.start(0))
        return self.below

    def _tell_below(self) -> None:
        """Say that there are remarks while they are out of sight, below the fields."""
        cautions = self.form.cautions
        count = len(cautions.text().splitlines())
        unseen = cautions.isVisibleTo(self) and cautions.visibleRegion().boundingRect().height() < cautions.height() / 2
        self.below.setText(f"{compte(count, 'remarque')} plus bas")
        self.below.setVisible(bool(count) and unseen)

    def _on_edited(self) -> None:
        self._leaving = False
        self.leaving.hide()

    def _submit(self, *, following: bool) -> None:
        self._following = following
        self.form.submit()
        self._following = False

    def _on_submitted(self, geste: Geste) -> None:
        self.submitted.emit(geste, self._following)

    def _remove(self) -> None:
        fiche = self.form.fiche
        if fiche is not None and fiche.supprimer is not None:
            self.removal_asked.emit(fiche.supprimer)


def question(geste: Geste) -> tuple[str, str]:
    """Give the title and the sentence of the question before a change."""
    titre, _, texte = soigner(geste.question).partition("\n")
    return titre, texte
