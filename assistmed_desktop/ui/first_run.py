"""The first steps of a practice in the window: begun, left, resumed, and offered again while some are left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Slot

from assistmed_desktop.ui.page_index import MISE_EN_ROUTE, TABLEAU
from assistmed_desktop.ui.shell import Shell
from assistmed_desktop.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from assistmed_desktop.ui.editing import Editing
    from assistmed_desktop.ui.fiches.fiche import Geste
    from assistmed_desktop.ui.page_deck import PageDeck
    from assistmed_desktop.ui.pages.mise_en_route import MiseEnRoutePage
    from assistmed_desktop.ui.passphrases import Passphrases


class Beginning(Shell, Protocol):
    """What the first steps need of the window."""

    @property
    def stack(self) -> PageDeck:
        """The pages."""
        ...

    @property
    def editing(self) -> Editing:
        """Hands on what forms ask for."""
        ...

    @property
    def passphrases(self) -> Passphrases:
        """Puts a phrase on the practice."""
        ...

    @property
    def own(self) -> bool:
        """Whether the practice shown is the user's, not the demonstration."""
        ...

    def show_chrome(self, *, present: bool) -> None:
        """Show what goes with a practice only when there is one."""
        ...

    def show_page(self, cle: str, place: str = "") -> None:
        """Show a page."""
        ...

    def setWindowTitle(self, titre: str, /) -> None:
        """Name the window."""
        ...


class FirstRun(QObject):
    """``resume`` offers to go on; ``prepare`` gets ready, in the worker, what the first change needs."""

    def __init__(self, window: Beginning, parent: QWidget, prepare: Callable[[], None]) -> None:
        super().__init__(parent)
        self._window = window
        self._prepare = prepare
        self.resume = Notice()
        self.resume.setAccessibleName("Mise en route")
        self.resume.closed.connect(self._close)

    @Slot()
    def show(self) -> None:
        """Show the first steps; where there is no file yet, make it."""
        window = self._window
        if window.desk is None:
            window.open_practice(window.base, creer=True, then=self.show)
            return
        if not window.own:
            window.notice.tell("La mise en route est celle de votre cabinet. Quittez d’abord la démonstration.")
            return
        state, page = window.desk.state, self.page()
        window.stack.setCurrentWidget(page)
        window.show_chrome(present=state is not None)
        self.resume.hide()
        if state is None:
            window.setWindowTitle("Nouveau cabinet – AssistMed")
            page.show_nothing()
            self._prepare()
        else:
            window.stack.refresh(MISE_EN_ROUTE, state)
        page.begin()

    def page(self) -> MiseEnRoutePage:
        """Give the page of the first steps."""
        from assistmed_desktop.ui.pages.mise_en_route import MiseEnRoutePage

        new = MISE_EN_ROUTE not in self._window.stack.pages
        page = self._window.stack.page(MISE_EN_ROUTE)
        if not isinstance(page, MiseEnRoutePage):
            raise TypeError(MISE_EN_ROUTE)
        if new:
            page.submitted.connect(self._submit)
            page.left.connect(self._leave)
            page.protect_asked.connect(self._window.passphrases.change)
        return page

    def offer(self) -> None:
        """Offer to go on with the first steps, while some are left and the user has not closed the offer."""
        from assistmed_desktop.services.creation import manquantes
        from assistmed_desktop.ui.pages.mise_en_route import ce_qui_manque

        window = self._window
        state = window.desk.state if window.desk else None
        left = manquantes(state.dossier) if state is not None else ()
        closed = window.settings.first_steps_closed(window.base)
        if not left or not window.own or window.stack.shown == MISE_EN_ROUTE or closed:
            self.resume.hide()
            return
        texte = f"Pour suivre votre contrat, il manque encore {ce_qui_manque(left)}."
        if self.resume.isHidden() or self.resume.text != texte:
            self.resume.tell(texte, "Reprendre la mise en route", self.show)

    @Slot(object)
    def _submit(self, geste: Geste) -> None:
        page = self.page()
        if self._window.editing.attempt(page, geste):
            page.step_taken()

    @Slot()
    def _leave(self) -> None:
        if self._window.desk is not None and self._window.desk.state is not None:
            self._window.show_page(TABLEAU)
        else:
            self._window.show_nothing_yet()

    @Slot()
    def _close(self) -> None:
        self._window.settings.close_first_steps(self._window.base)
