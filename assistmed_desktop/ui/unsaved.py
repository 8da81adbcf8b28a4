"""What was typed and not saved when a practice was locked, and its way back.

It stays in memory alone: written to a file, it would be there for whoever the lock keeps out. The widgets that held it
go with the pages; it comes back, into new ones, after the right phrase.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.ui.dialogs.message import tell
from assistmed_desktop.ui.shell import Shell

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from assistmed_desktop.ui.columns import Columns
    from assistmed_desktop.ui.desk import State
    from assistmed_desktop.ui.editing import Editing
    from assistmed_desktop.ui.fiches.fiche import Fiche
    from assistmed_desktop.ui.page_deck import PageDeck

PLACE: Final = "."
"""Begins the keys that say where something was typed, rather than what."""


class Typist(Shell, Protocol):
    """Where things are typed in the window."""

    @property
    def stack(self) -> PageDeck:
        """The pages."""
        ...

    @property
    def columns(self) -> Columns:
        """The form beside them."""
        ...

    @property
    def editing(self) -> Editing:
        """Opens that form."""
        ...

    def show_page(self, cle: str, place: str = "") -> None:
        """Show a page."""
        ...


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What was typed on a page and in the form beside it, and the state that they were about."""

    state: State | None
    page: str
    on_page: Mapping[str, str]
    form: tuple[Fiche, Mapping[str, str]] | None

    def in_words(self) -> str:
        """Give what was typed, a line each."""
        lines = [texte for cle, texte in self.on_page.items() if texte and not cle.rpartition("/")[2].startswith(PLACE)]
        if self.form is not None:
            fiche, typed = self.form
            lines += [
                f"{champ.etiquette}{INSECABLE}: {typed[champ.cle]}" for champ in fiche.champs if typed.get(champ.cle)
            ]
        return "\n".join(lines)


def unsaved(window: Typist) -> Unsaved | None:
    """Take what is typed and not saved; None when nothing is."""
    cle = window.stack.shown
    page = window.stack.pages.get(cle)
    on_page = {} if page is None else page.typed()
    form = window.columns.typed()
    if window.desk is None or not (on_page or form):
        return None
    return Unsaved(window.desk.state, cle, on_page, form)


def give_back(window: Typist, parent: QWidget, kept: Unsaved) -> None:
    """Put it where it was; when the practice has changed meanwhile, only show it."""
    desk, before = window.desk, kept.state
    if desk is None:
        return
    present = desk.state
    if (present and present.dossier) != (before and before.dossier):
        tell(
            parent,
            "Le cabinet a changé pendant qu’il était fermé",
            f"Ce que vous aviez commencé à saisir n’était pas enregistré. Le voici, pour le reprendre{INSECABLE}:",
            kept.in_words(),
        )
        return
    if before is None:
        window.show_first_run()
    else:
        desk.look_at_contrat(before.contrat_id)
        if before.medecin_id is not None:
            desk.look_at_medecin(before.medecin_id)
        window.show_page(kept.page)
    if kept.on_page:
        window.stack.page(kept.page).retype(kept.on_page)
    if kept.form is not None:
        window.editing.resume(*kept.form)
    window.notice.tell("Votre saisie est revenue. Elle n’est pas encore enregistrée.")
