"""The state of a practice, put on the page that is looked at, in the header and in the menus; the way between pages."""

from __future__ import annotations

import gc
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from assistmed_desktop.formats import jour_long
from assistmed_desktop.ui import chrono
from assistmed_desktop.ui.analysing import analyse
from assistmed_desktop.ui.page_deck import PageDeck
from assistmed_desktop.ui.page_index import ENTRIES, MISE_EN_ROUTE, TABLEAU, TOUTES
from assistmed_desktop.ui.shell import Shell
from assistmed_desktop.ui.widgets.header import Header

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from assistmed_desktop.ui.actions import Actions
    from assistmed_desktop.ui.banners import RefusalBanner
    from assistmed_desktop.ui.desk import State, Steps
    from assistmed_desktop.ui.first_run import FirstRun
    from assistmed_desktop.ui.page_index import PageEntry
    from assistmed_desktop.ui.pages.page import Page
    from assistmed_desktop.ui.ports import OpenPractice
    from assistmed_desktop.ui.widgets.navigation import Navigation


_REPIT: Final = 100
"""What the user may do, in milliseconds, between two pages made ahead."""


class Stage(Shell, Protocol):
    """What showing a practice needs of the window."""

    @property
    def actions_(self) -> Actions:
        """The menus."""
        ...

    @property
    def navigation(self) -> Navigation:
        """The names of the pages."""
        ...

    @property
    def refusal(self) -> RefusalBanner:
        """Says which barèmes are refused."""
        ...

    @property
    def first_run(self) -> FirstRun:
        """The first steps."""
        ...

    def isVisible(self) -> bool:
        """Say whether the window is on screen."""
        ...

    def setWindowTitle(self, titre: str, /) -> None:
        """Name the window."""
        ...


class Showing(QObject):
    """Shows a state on the pages of a window; ``connect`` listens to what a new page asks for."""

    def __init__(self, window: Stage, parent: QWidget, connect: Callable[[Page], None]) -> None:
        super().__init__(parent)
        self._window = window
        self._connect = connect
        self.header = Header()
        self.stack = PageDeck(self._make_page)
        self.header.contrat_chosen.connect(self.look_at_contrat)

    @Slot(object)
    def show_state(self, state: State | None) -> None:
        """Show a state on the page that is looked at; the others show it when they come there."""
        window, stack = self._window, self.stack
        if state is None or window.desk is None:
            if stack.shown == MISE_EN_ROUTE:
                window.show_first_run()
            else:
                window.show_nothing_yet()
            return
        evaluation, dossier = state.evaluation, state.dossier
        from assistmed_desktop.ui.names import nature_contrat, nom_contrat

        names = [(c.id, nom_contrat(dossier, c.contrat)) for c in evaluation.contrats]
        contrat = state.contrat
        nature = "" if contrat is None else nature_contrat(contrat.contrat, contrat.au, contrat.fin_le)
        jour = f"au {jour_long(evaluation.au)}"
        self.header.show_practice(dossier.cabinet.nom, nature, jour, names, state.contrat_id or "")
        window.setWindowTitle(f"{dossier.cabinet.nom} – AssistMed")
        practice = window.desk.practice
        if not practice.demonstration:
            window.settings.set_contrat(practice.chemin, state.contrat_id or "")
        window.refusal.tell_refused(evaluation.baremes_refuses, practice)
        if stack.currentWidget() is stack.message:
            chrono.AfterPaint(stack.page(TABLEAU), self._after_data)
            self.show_page(TABLEAU)
            self.show_chrome(present=True)
            window.navigation.button(TABLEAU).setFocus()
            stack.page(TABLEAU).enter("")
        else:
            stack.refresh(stack.shown, state)
            self.analyse()
        self.show_chrome(present=True)
        window.first_run.offer()

    @Slot(str, str)
    def show_page(self, cle: str, place: str = "") -> None:
        """Show a page, and go to a place of it."""
        window, stack, navigation = self._window, self.stack, self._window.navigation
        state = window.desk.state if window.desk else None
        if state is None:
            return
        if cle == MISE_EN_ROUTE:
            window.show_first_run()
            return
        navigation.show_pages(shown=True)
        focus = QApplication.focusWidget()
        button = navigation.button(cle)
        if focus in navigation.buttons() or (focus is not None and stack.isAncestorOf(focus)):
            button.setFocus()
        navigation.set_page(cle)
        page = stack.page(cle)
        stack.refresh(cle, state)
        stack.setCurrentWidget(page)
        window.first_run.offer()
        if cle != TABLEAU:  # which is analysed once painted, and may be left before
            self.analyse()
        if place:
            page.enter(place)

    @Slot(object)
    def show_steps(self, steps: Steps) -> None:
        """Name what can be undone and redone, and when the practice was saved."""
        self._window.actions_.show_steps(steps)
        self._window.navigation.set_saved(steps.enregistre_le)

    def show_chrome(self, *, present: bool) -> None:
        """Show what goes with a practice only when there is one."""
        self.header.setVisible(present)
        self._window.navigation.show_pages(shown=present and self.stack.shown != MISE_EN_ROUTE)
        self._window.actions_.show_practice(present=present)

    @Slot(str)
    def look_at_contrat(self, contrat_id: str) -> None:
        """Look at another contract, or with an empty id at all of them."""
        if self._window.desk is not None:
            self._window.desk.look_at_contrat(contrat_id or None)

    @Slot(str)
    def look_at_medecin(self, medecin_id: str) -> None:
        """Look at another doctor."""
        if self._window.desk is not None:
            self._window.desk.look_at_medecin(medecin_id)

    def analyse(self) -> None:
        """Analyse what is on screen, when it has not been yet."""
        if self._window.desk is not None:
            analyse(self._window.desk, self._window.worker)

    def prepare(self) -> None:
        """Import, in the worker, what saves a change, and the pages not seen yet."""
        worker = self._window.worker
        worker.run(self._window.backend.preparer_enregistrement, lambda _rien: None, _raise)
        worker.run(_import_pages, lambda _rien: self._make_ahead(), _raise)

    def _make_ahead(self) -> None:
        """Make the pages not seen yet, one at a time, while nothing else is under way."""
        window = self._window
        ahead = next((entry.cle for entry in ENTRIES if entry.cle not in self.stack.pages), None)
        if ahead is None or window.desk is None or window.desk.state is None or not window.isVisible():
            return
        if not window.worker.busy:
            self.stack.page(ahead)
        QTimer.singleShot(_REPIT, self, self._make_ahead)

    def _after_data(self) -> None:
        """Once the practice is on screen, analyse it, and get ready what only the first change needs."""
        chrono.note(chrono.DONNEES)
        if self._window.isVisible():
            self.analyse()
            self.prepare()

    def _make_page(self, cle: str) -> Page:
        from assistmed_desktop.ui.pages.page import Tools

        entry, window = TOUTES[cle], self._window
        page = _page_class(entry)(Tools(window.worker, window.settings, window.backend, self._practice), entry.nom)
        page.page_asked.connect(self.show_page)
        page.contrat_chosen.connect(self.look_at_contrat)
        page.medecin_chosen.connect(self.look_at_medecin)
        self._connect(page)
        return page

    def _practice(self) -> OpenPractice:
        if self._window.desk is None:
            raise RuntimeError("no practice is open")
        return self._window.desk.practice


def _page_class(entry: PageEntry) -> type[Page]:
    classe: type[Page] = getattr(import_module(f"assistmed_desktop.ui.pages.{entry.module}"), entry.classe)
    return classe


def _import_pages() -> None:
    """Import, in the worker's thread, what the other pages and the form need, so that the first visit is quick."""
    import_module("assistmed_desktop.ui.widgets.edit_panel")
    for entry in ENTRIES:
        _page_class(entry)
    # What is loaded by now stays, and what a change replaces holds no cycle: a full collection, a tenth of a second
    # on a large practice, finds next to nothing.
    gc.freeze()
    gc.set_threshold(1_000, 15, 100)


def _raise(error: Exception) -> None:
    raise error
