"""What the menus of the window do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QTextDocument

from assistmed_desktop.resources import chemin as resource
from assistmed_desktop.ui.page_index import ENTRIES, MISE_EN_ROUTE, TOUTES
from assistmed_desktop.ui.shell import Shell

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from assistmed_desktop.ui.actions import Actions
    from assistmed_desktop.ui.columns import Columns
    from assistmed_desktop.ui.files import Files
    from assistmed_desktop.ui.page_deck import PageDeck
    from assistmed_desktop.ui.passphrases import Passphrases
    from assistmed_desktop.ui.protection import Protection
    from assistmed_desktop.ui.safekeeping import Safekeeping


class Commanded(Shell, Protocol):
    """What the menus need of the window."""

    @property
    def actions_(self) -> Actions:
        """The menus."""
        ...

    @property
    def files(self) -> Files:
        """The commands on files."""
        ...

    @property
    def stack(self) -> PageDeck:
        """The pages."""
        ...

    @property
    def columns(self) -> Columns:
        """Where the help is."""
        ...

    @property
    def safe(self) -> Safekeeping:
        """The commands on copies."""
        ...

    @property
    def protection(self) -> Protection:
        """The lock."""
        ...

    @property
    def passphrases(self) -> Passphrases:
        """The commands on the phrase of the practice."""
        ...

    def show_page(self, cle: str, place: str = "") -> None:
        """Show a page."""
        ...

    def look_at_contrat(self, contrat_id: str) -> None:
        """Look at another contract."""
        ...

    def look_at_medecin(self, medecin_id: str) -> None:
        """Look at another doctor."""
        ...

    def undo(self) -> None:
        """Take back the last step."""
        ...

    def redo(self) -> None:
        """Take the last undone step again."""
        ...


class Commands(QObject):
    """Connects the menus of a window, whose dialogs are those of ``parent``; ``demonstration`` allows no other file."""

    def __init__(self, window: Commanded, parent: QMainWindow, *, demonstration: bool) -> None:
        super().__init__(parent)
        self._window = window
        self._parent = parent
        actions, settings, safe = window.actions_, window.settings, window.safe
        actions.recents.read(settings)
        actions.recents.chosen.connect(window.open_practice)
        protection = window.protection
        for action, act in (
            (actions.new, self.new),
            (actions.open, self.open),
            (actions.import_, self.import_),
            (actions.export, self.export),
            (actions.report, self.report),
            (actions.first_run, window.show_first_run),
            (actions.copies, safe.show),
            (actions.delete, safe.file.delete),
            (actions.protect, window.passphrases.change),
            (actions.lock, protection.lock),
            (actions.quit, parent.close),
            (actions.undo, window.undo),
            (actions.redo, window.redo),
            (actions.search, self.search),
            (actions.journal, self.show_journal),
            (actions.help, self.show_help),
            (actions.guide, self.show_guide),
            (actions.about, self.show_about),
        ):
            action.triggered.connect(act)
        actions.on_lock_after(protection.lock_after, settings.lock_after)
        actions.show_protection(own=False, protected=False)
        for entry, action in zip(ENTRIES, actions.pages, strict=True):
            action.triggered.connect(lambda _checked=False, cle=entry.cle: window.show_page(cle))
        actions.undo.setEnabled(False)
        actions.redo.setEnabled(False)
        for action in (actions.new, actions.open, actions.import_, actions.copies, actions.recents.menuAction()):
            action.setEnabled(not demonstration)  # its clock is not that of a real practice

    @Slot()
    def new(self) -> None:
        """Have a place chosen for a new practice."""
        self._window.files.new()

    @Slot()
    def open(self) -> None:
        """Have a practice chosen and open it."""
        self._window.files.open()

    @Slot()
    def import_(self) -> None:
        """Have a dossier chosen and import it."""
        self._window.files.import_()

    @Slot()
    def export(self) -> None:
        """Have a file name chosen and write the dossier."""
        self._window.files.export()

    @Slot()
    def report(self) -> None:
        """Have a file name chosen and write the review report of the contract on screen."""
        self._window.files.report()

    @Slot()
    def search(self) -> None:
        """Open the search over pages, persons, contracts and commands."""
        from assistmed_desktop.ui.dialogs.search import SearchDialog
        from assistmed_desktop.ui.search import Ways, everything

        window = self._window
        ways = Ways(window.show_page, window.look_at_contrat, window.look_at_medecin)
        state = window.desk.state if window.desk else None
        SearchDialog(self._parent, everything(state, window.actions_.everything(), ways)).open()

    @Slot()
    def show_journal(self) -> None:
        """Open the journal of what was done to the practice."""
        from assistmed_desktop.ui.dialogs.journal import JournalDialog

        window = self._window
        if window.desk is not None:
            dialog = JournalDialog(self._parent, window.desk.practice.journal, window.worker, window.settings)
            window.desk.steps_changed.connect(dialog.read)
            dialog.show()

    @Slot()
    def show_help(self) -> None:
        """Open the help of the page shown."""
        window = self._window
        present = window.desk is not None and window.desk.state is not None
        shown = window.stack.shown
        self._show_markdown(TOUTES[shown].aide if present or shown == MISE_EN_ROUTE else "index.md")

    @Slot()
    def show_guide(self) -> None:
        """Open the guide at its first page."""
        self._show_markdown("index.md")

    @Slot()
    def show_about(self) -> None:
        """Say what the program is."""
        from assistmed_desktop.ui.dialogs.about import AboutDialog

        AboutDialog(self._parent).show()

    @Slot(str, str)
    def show_html(self, titre: str, html: str) -> None:
        """Open a document beside the page."""

        def fill(document: QTextDocument) -> None:
            document.setHtml(html)

        self._window.columns.panel.tell(titre, fill)

    def _show_markdown(self, nom: str) -> None:
        from assistmed_desktop.ui.help import title_of, write_page

        texte = resource("aide", nom).read_text(encoding="utf-8")
        panel = self._window.columns.panel
        panel.tell(title_of(texte), lambda document: write_page(document, texte), self._show_markdown)
