"""The window: what it shows of a practice, and the objects that do the rest.

This module and what it imports need only Qt and the standard library, so that the window paints at once; the rooms
that hold the data are imported by the worker, after the first paint.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow

from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.ui import chrono, theme
from assistmed_desktop.ui.actions import Actions
from assistmed_desktop.ui.banners import DemonstrationBanner, RefusalBanner
from assistmed_desktop.ui.columns import Columns
from assistmed_desktop.ui.commands import Commands
from assistmed_desktop.ui.editing import Editing
from assistmed_desktop.ui.first_run import FirstRun
from assistmed_desktop.ui.opening import Opening
from assistmed_desktop.ui.page_index import ENTRIES, RAPPORTS
from assistmed_desktop.ui.passphrases import Passphrases
from assistmed_desktop.ui.protection import Protection
from assistmed_desktop.ui.safekeeping import Safekeeping
from assistmed_desktop.ui.settings import Settings
from assistmed_desktop.ui.showing import Showing
from assistmed_desktop.ui.unforeseen import Unforeseen
from assistmed_desktop.ui.widgets.navigation import Navigation
from assistmed_desktop.ui.widgets.notice import Notice
from assistmed_desktop.ui.widgets.text import Text
from assistmed_desktop.ui.work import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from assistmed_desktop.services.rapports import CleGenre, Moyen, Rapport
    from assistmed_desktop.services.workspace import Operation
    from assistmed_desktop.ui.choice import Choice
    from assistmed_desktop.ui.desk import Desk, Steps
    from assistmed_desktop.ui.files import Files
    from assistmed_desktop.ui.pages.message import MessagePage
    from assistmed_desktop.ui.pages.page import Page
    from assistmed_desktop.ui.ports import Backend
    from assistmed_desktop.ui.widgets.edit_panel import EditPanel
    from assistmed_desktop.ui.widgets.side_panel import SidePanel

_TAILLE = QSize(1280, 800)


class MainWindow(QMainWindow):
    """Shows one practice at a time, or what to do when there is none."""

    def __init__(self, backend: Backend, settings: Settings, base: Path, *, demonstration: bool = False) -> None:
        super().__init__()
        self.backend = backend
        self.settings = settings
        self.worker = Worker(self)
        self._files: Files | None = None
        self._painted = False
        self.started = False
        self.unforeseen = Unforeseen(self, settings)
        theme.appliquer_theme(_application(), settings.theme)
        self.actions_ = Actions(self, tuple(entry.nom for entry in ENTRIES))
        self.opening = Opening(self, self, base, demonstration=demonstration)
        self.protection = Protection(self, self)
        self.passphrases = Passphrases(self, self)
        self.safe = Safekeeping(self, self)
        self.showing = Showing(self, self, self._listen_to)
        self.first_run = FirstRun(self, self, self.showing.prepare)
        self.navigation = Navigation([(entry.nom, entry.cle) for entry in ENTRIES])
        self.header, self.stack = self.showing.header, self.showing.stack
        self.banner = DemonstrationBanner()
        self.refusal = RefusalBanner(self._show_html)
        self.resume = self.first_run.resume
        self.notice = Notice()
        above = (self.header, self.banner, self.safe.place, self.refusal, self.resume)
        self.columns = Columns(self.navigation, above, self.stack, self.notice)
        self.setCentralWidget(self.columns)
        self.editing = Editing(self, self, self.columns)
        self.commands = Commands(self, self, demonstration=demonstration)
        self.actions_.on_theme(self._choose_theme)
        self.actions_.themes[settings.theme].setChecked(True)
        _application().styleHints().colorSchemeChanged.connect(self._follow_system)
        self.navigation.search_asked.connect(self.commands.search)
        self.navigation.page_chosen.connect(self.show_page)
        self.navigation.help_asked.connect(self.commands.show_help)
        self.setWindowTitle("AssistMed")
        if base.exists():
            self.opening.show_opening()
        else:
            self.show_nothing_yet()
        self._restore_geometry()

    @property
    def base(self) -> Path:
        """The file of the user's own practice."""
        return self.opening.base

    @property
    def desk(self) -> Desk | None:
        """The open practice."""
        return self.opening.desk

    @property
    def own(self) -> bool:
        """Whether the practice shown is the user's, not the demonstration."""
        desk = self.desk
        return desk is not None and not desk.practice.demonstration and not self.opening.demonstration

    @property
    def files(self) -> Files:
        """The commands on files."""
        if self._files is None:
            from assistmed_desktop.ui.files import Files

            self._files = Files(self, self)
        return self._files

    @property
    def pages(self) -> dict[str, Page]:
        """The pages made so far."""
        return self.stack.pages

    @property
    def message(self) -> MessagePage:
        """What is said in the place of the pages."""
        return self.stack.message

    @property
    def panel(self) -> SidePanel:
        """The help beside the page."""
        return self.columns.panel

    @property
    def edit(self) -> EditPanel | None:
        """The form beside the page, once there has been one."""
        return self.columns.edit

    @property
    def shown(self) -> str:
        """The key of the page shown; that of the first when none is."""
        return self.stack.shown

    # The practice that comes and goes

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; the first time, note the instant and begin the work."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            chrono.AfterPaint(self, self._begin)
            self.update()

    def _begin(self) -> None:
        chrono.note(chrono.PREMIER_DESSIN)
        self.opening.begin()
        self.started = True

    def open_practice(
        self,
        chemin: Path,
        *,
        creer: bool = False,
        then: Callable[[], None] | None = None,
        phrase: str | None = None,
    ) -> None:
        """Open a practice; the one on screen stays until this one is ready."""
        self.opening.open(chemin, creer=creer, then=then, phrase=phrase)

    def open_demonstration(self) -> None:
        """Open the demonstration."""
        self.opening.open_demonstration()

    def close_practice(self, pendant: str) -> None:
        """Let go of the practice, and say what is being done with its file."""
        self.opening.close()
        self.opening.show_opening(pendant)

    def forget_practice(self) -> None:
        """Let go of the practice, and of every page that has shown it."""
        self.opening.forget()

    def before_import(self) -> bool:
        """Copy the practice that an import is about to replace; say whether it may."""
        return self.safe.save("import")

    def show_nothing_yet(self) -> None:
        """Say that there is no practice, and how to begin one."""
        self.resume.hide()
        self.columns.hide_form()
        self.opening.show_nothing_yet()

    def ask_phrase(self, chemin: Path, error: str, use: Callable[[str], None]) -> None:
        """Ask for the phrase that protects the copies of a practice, after one that was wrong if there is an error."""
        self.protection.ask_for_copies(chemin, error, use)

    def show_refusal(self, chemin: Path, texte: str, offers: Sequence[Choice] = (), *, working: bool = False) -> None:
        """Say why a practice could not be opened, and what one can do, unless that is still looked for."""
        self.opening.show_refusal(chemin, texte, offers, working=working)

    def follow(self, desk: Desk) -> None:
        """Be told of what changes."""
        desk.state_changed.connect(self.showing.show_state)
        desk.analyses_changed.connect(self.stack.show_analyses)
        desk.steps_changed.connect(self.showing.show_steps)
        desk.steps_changed.connect(self.safe.touched)
        desk.refused.connect(self.editing.tell_refusal)

    def show_desk(self, desk: Desk) -> None:
        """Show a practice that has come in."""
        if desk.practice.demonstration:
            self.banner.show_practice(desk.practice, self.opening.leave_demonstration)
        elif self.opening.demonstration:
            self.banner.show_practice(desk.practice, None)
        self.showing.show_steps(desk.steps)
        self.showing.show_state(desk.state)

    def clear(self) -> None:
        """Put away what belongs to the practice that is being let go of."""
        for notice in (self.notice, self.banner, self.resume):
            notice.hide()
        self.refusal.tell_refused(())
        self.columns.close_sides()
        self.stack.forget_state()
        for dialog in (*self.findChildren(QDialog, "journal"), *self.findChildren(QDialog, "comparaison")):
            dialog.close()

    # What is shown

    def page(self, cle: str) -> Page:
        """Give a page, made when first needed."""
        return self.stack.page(cle)

    def _listen_to(self, page: Page) -> None:
        page.fiche_asked.connect(self.editing.edit)
        page.operation_asked.connect(self.apply)
        page.removal_asked.connect(self.editing.remove)
        page.panel_asked.connect(self._show_html)
        page.told.connect(self.notice.tell)
        page.report_asked.connect(self._issue)
        page.all_reports_asked.connect(self._issue_all)

    @Slot(str, str)
    def show_page(self, cle: str, place: str = "") -> None:
        """Show a page, and go to a place of it."""
        self.showing.show_page(cle, place)

    @Slot(str)
    def look_at_contrat(self, contrat_id: str) -> None:
        """Look at another contract, or with an empty id at all of them."""
        self.showing.look_at_contrat(contrat_id)

    def look_at_medecin(self, medecin_id: str) -> None:
        """Look at another doctor."""
        self.showing.look_at_medecin(medecin_id)

    @Slot()
    def show_first_run(self) -> None:
        """Show the first steps; where there is no file yet, make it."""
        self.first_run.show()

    def show_steps(self, steps: Steps) -> None:
        """Name what can be undone and redone."""
        self.showing.show_steps(steps)

    def show_chrome(self, *, present: bool) -> None:
        """Show what goes with a practice only when there is one."""
        self.showing.show_chrome(present=present)

    # What the user asks

    @Slot(object, str)
    def apply(self, operation: Operation, done: str) -> bool:
        """Hand an operation on; tell it is done, with the way back, and say whether it is."""
        if self.desk is None or not self.desk.apply(operation):
            return False
        self.notice.tell(done, "Annuler", self.undo)
        return True

    @Slot()
    def undo(self) -> None:
        """Take back the last step."""
        if self.desk is not None and (name := self.desk.steps.annulable) and self.desk.undo():
            self.notice.tell(f"Annulé{INSECABLE}: «{INSECABLE}{name}{INSECABLE}».", "Rétablir", self.redo)

    @Slot()
    def redo(self) -> None:
        """Take the last undone step again."""
        if self.desk is not None and (name := self.desk.steps.retablissable) and self.desk.redo():
            self.notice.tell(f"Rétabli{INSECABLE}: «{INSECABLE}{name}{INSECABLE}».", "Annuler", self.undo)

    @Slot(object, str)
    def _issue(self, rapport: Rapport, moyen: Moyen) -> None:
        self.files.reports.issue(rapport, moyen)

    @Slot(str, object)
    def _issue_all(self, genre: CleGenre, typed: dict[str, date]) -> None:
        self.files.reports.issue_all(genre, typed)

    def report_issued(self) -> None:
        """Show that one more report was issued, now or when its page comes back."""
        self.safe.touched()
        self.stack.forget_state(RAPPORTS)
        if self.shown == RAPPORTS:
            self.stack.refresh(RAPPORTS, self.desk.state if self.desk else None)

    @Slot(str, str)
    def _show_html(self, titre: str, html: str) -> None:
        self.commands.show_html(titre, html)

    def report_exception(self, genre: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Tell of what nobody foresaw; the program stays open."""
        if issubclass(genre, KeyboardInterrupt):
            self.close()
        else:
            self.unforeseen.tell(genre, error, trace)

    # The window itself

    def event(self, event: QEvent) -> bool:
        """Follow the program's font."""
        if event.type() == QEvent.Type.ApplicationFontChange:
            QTimer.singleShot(0, self, self._follow_font)
        return super().event(event)

    @Slot()
    def _follow_font(self) -> None:
        """Dress everything again: a style sheet keeps the font that a widget first had."""
        theme.appliquer_theme(_application(), self.settings.theme)
        for label in self.findChildren(Text):
            label.follow_font()
        self.columns.arrange()

    def _choose_theme(self, choix: theme.Choix) -> None:
        self.settings.theme = choix
        theme.appliquer_theme(_application(), choix)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the day when the window comes back to the front."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self.desk is not None:
            self.desk.follow_the_day()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the place, end the work, let go of the practice."""
        self.settings.geometry = self.saveGeometry()
        self.settings.save()
        self.worker.stop()
        self.safe.close(leaving=True)
        self.opening.close()
        super().closeEvent(event)

    def _restore_geometry(self) -> None:
        if not self.restoreGeometry(self.settings.geometry):
            screen = QGuiApplication.primaryScreen().availableSize()
            self.resize(_TAILLE.boundedTo(screen))

    @Slot()
    def _follow_system(self) -> None:
        application = _application()
        wanted = theme.couleurs_du_choix(self.settings.theme)
        if self.settings.theme == "systeme" and wanted != theme.couleurs_actuelles():
            theme.appliquer_theme(application, "systeme")


def _raise(error: Exception) -> None:
    raise error


def _application() -> QApplication:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("a QApplication is needed before a window")
    return application
