"""The pages of a window: made when first needed, one of them shown, each kept to the present state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from assistmed_desktop.ui.page_index import TABLEAU
from assistmed_desktop.ui.pages.message import MessagePage

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistmed_desktop.ui.desk import State
    from assistmed_desktop.ui.pages.page import Page


class PageDeck(QStackedWidget):
    """Holds the pages that ``make`` gives by key, and a message in their place while there is nothing to show."""

    def __init__(self, make: Callable[[str], Page]) -> None:
        super().__init__()
        self._make = make
        self._states: dict[str, State] = {}
        self.pages: dict[str, Page] = {}
        self.message = MessagePage()
        self.addWidget(self.message)

    def page(self, cle: str) -> Page:
        """Give a page, made when first needed."""
        if cle not in self.pages:
            page = self._make(cle)
            self.addWidget(page)
            self.pages[cle] = page
        return self.pages[cle]

    @property
    def shown(self) -> str:
        """The key of the page shown; that of the first when none is."""
        current = self.currentWidget()
        return next((cle for cle, page in self.pages.items() if page is current), TABLEAU)

    def show_message(self) -> None:
        """Show the message in the place of the pages."""
        self.setCurrentWidget(self.message)

    def refresh(self, cle: str, state: State | None) -> None:
        """Show a state on a page that shows another one."""
        page = self.pages.get(cle)
        if page is not None and state is not None and self._states.get(cle) is not state:
            self._states[cle] = state
            page.show_state(state)

    def show_analyses(self, state: State) -> None:
        """Show on the present page what the analyses add."""
        if self.shown in self.pages:
            self._states[self.shown] = state
            self.pages[self.shown].show_analyses(state)

    def forget_state(self, cle: str | None = None) -> None:
        """Have a page, or every page, show its state again."""
        if cle is None:
            self._states.clear()
        else:
            self._states.pop(cle, None)

    def take_pages(self) -> tuple[Page, ...]:
        """Take every page out, and give them to whoever deletes them."""
        pages = tuple(self.pages.values())
        self.pages.clear()
        for page in pages:
            self.removeWidget(page)
        return pages
