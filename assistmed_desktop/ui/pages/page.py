"""What every page is: it shows a state, and asks for what the user wants changed or shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.card import PageArea

if TYPE_CHECKING:
    from assistmed_desktop.ui.desk import State
    from assistmed_desktop.ui.ports import Backend, OpenPractice
    from assistmed_desktop.ui.settings import Settings
    from assistmed_desktop.ui.work import Worker


@dataclass(frozen=True)
class Tools:
    """What the window lends its pages: the long work, the preferences, the rest of the program, the open practice."""

    worker: Worker
    settings: Settings
    backend: Backend
    practice: Callable[[], OpenPractice]


class Page(PageArea):
    """A page. It decides nothing: a form or a change asked for goes to the window.

    ``fiche_asked`` carries a Fiche to be filled in, ``operation_asked`` an Operation and the sentence that tells it is
    done, ``removal_asked`` a Geste whose question comes first, ``panel_asked`` a title and a document to read beside
    the page, ``page_asked`` the key of another page and the place in it, ``told`` a sentence on what the page has just
    done, ``report_asked`` a Rapport and how it is to leave the program (a Moyen), ``all_reports_asked`` a kind of
    report and the days typed for stage reviews, by contract.
    """

    fiche_asked = Signal(object)
    operation_asked = Signal(object, str)
    removal_asked = Signal(object)
    panel_asked = Signal(str, str)
    page_asked = Signal(str, str)
    told = Signal(str)
    report_asked = Signal(object, str)
    all_reports_asked = Signal(str, object)
    contrat_chosen = Signal(str)
    medecin_chosen = Signal(str)

    def __init__(self, tools: Tools, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tools = tools
        self.setAccessibleName(nom)
        self.body.setContentsMargins(6 * theme.PAS, 4 * theme.PAS, 6 * theme.PAS, 4 * theme.PAS)

    def show_state(self, state: State) -> None:
        """Show a practice; called with every new state while the page is on screen, and when it comes there."""
        raise NotImplementedError

    def show_analyses(self, state: State) -> None:
        """Show what the analyses add, once they are there; a page that shows none of them does nothing."""

    def enter(self, place: str) -> None:
        """Go to a place of the page, which has just been shown from another one."""

    def typed(self) -> dict[str, str]:
        """Give what is typed on the page and not saved, and where; nothing when nothing is."""
        return {}

    def retype(self, saisie: Mapping[str, str]) -> None:
        """Type again, as a person would, what ``typed`` has given for the same practice."""
