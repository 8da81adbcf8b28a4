"""The changes that forms ask for: handed on, told, or refused where they were typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Slot

from assistmed_desktop.ui.dialogs.message import ask, tell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from assistmed_desktop.domain.fautes import Faute
    from assistmed_desktop.ui.columns import Columns
    from assistmed_desktop.ui.fiches.fiche import Fiche, Geste
    from assistmed_desktop.ui.shell import Shell


class Refusable(Protocol):
    """What a change was typed in."""

    def refuse(self, fautes: Sequence[Faute]) -> None:
        """Tell why it was refused."""
        ...


class Editing(QObject):
    """The form beside the page of a window, whose dialogs are those of ``parent``."""

    def __init__(self, window: Shell, parent: QWidget, columns: Columns) -> None:
        super().__init__(parent)
        self._window = window
        self._parent = parent
        self._columns = columns
        self._submitting: Refusable | None = None

    @Slot(object)
    def edit(self, fiche: Fiche) -> None:
        """Open a form."""
        new = self._columns.edit is None
        panel = self._columns.form()
        if new:
            panel.submitted.connect(self._submit)
            panel.removal_asked.connect(self.remove)
        panel.edit(fiche)

    def resume(self, fiche: Fiche, saisie: Mapping[str, str]) -> None:
        """Open a form with what was typed in it."""
        self.edit(fiche)
        if self._columns.edit is not None:
            self._columns.edit.form.fill(saisie)

    def attempt(self, typed_in: Refusable, geste: Geste) -> bool:
        """Hand on what was typed in a form, which is told the faults; say whether it was taken."""
        self._submitting = typed_in
        done = self._window.apply(geste.operation, geste.fait)
        self._submitting = None
        return done

    @Slot(object)
    def remove(self, geste: Geste) -> None:
        """Withdraw something, once that is agreed."""

        def remove() -> None:
            edit = self._columns.edit
            if self._window.apply(geste.operation, geste.fait) and edit is not None:
                edit.close_panel()

        if geste.question:
            from assistmed_desktop.ui.widgets.edit_panel import question

            ask(self._parent, *question(geste), geste.bouton, remove)
        else:
            remove()

    @Slot(str, str, object)
    def tell_refusal(self, titre: str, texte: str, fautes: tuple[Faute, ...]) -> None:
        """Tell why a change was refused, in the form that it comes from when it has one."""
        if self._submitting is not None and fautes:
            self._submitting.refuse(fautes)
        else:
            tell(self._parent, titre, texte)

    @Slot(object, bool)
    def _submit(self, geste: Geste, following: bool) -> None:  # noqa: FBT001 - Qt gives it by position
        panel, desk = self._columns.edit, self._window.desk
        if panel is None or desk is None:
            return
        suite = panel.fiche.suite if panel.fiche and following else None
        if not self.attempt(panel, geste):
            return
        if suite is not None and desk.state is not None:
            panel.edit(suite(desk.state.dossier))
        else:
            panel.close_panel()
