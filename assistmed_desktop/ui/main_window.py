"""The window: its menus, its pages, and how a practice comes into it.

This module and what it imports need only Qt and the standard library, so that the window paints at once; the rooms
that hold the data are imported by the worker, after the first paint.
"""

from __future__ import annotations

import gc
import traceback
from datetime import datetime
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, QTimer, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QPaintEvent,
    QResizeEvent,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from assistmed_desktop.formats import INSECABLE, compte, jour_long
from assistmed_desktop.resources import chemin as resource
from assistmed_desktop.ui import chrono, crash, theme
from assistmed_desktop.ui.actions import Actions
from assistmed_desktop.ui.analysing import analyse
from assistmed_desktop.ui.choice import Choice
from assistmed_desktop.ui.dialogs.message import MessageDialog, ask, tell
from assistmed_desktop.ui.loading import fast_imports
from assistmed_desktop.ui.page_index import ENTRIES, MISE_EN_ROUTE, RAPPORTS, TABLEAU, TOUTES
from assistmed_desktop.ui.pages.message import MessagePage
from assistmed_desktop.ui.protection import Protection
from assistmed_desktop.ui.safekeeping import Safekeeping
from assistmed_desktop.ui.settings import Settings
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets import side_panel
from assistmed_desktop.ui.widgets.header import Header
from assistmed_desktop.ui.widgets.navigation import Navigation
from assistmed_desktop.ui.widgets.notice import Notice
from assistmed_desktop.ui.widgets.side_panel import SidePanel
from assistmed_desktop.ui.widgets.text import Text
from assistmed_desktop.ui.work import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from assistmed_desktop.domain.fautes import Faute
    from assistmed_desktop.rules.resultats import Evaluation
    from assistmed_desktop.services.rapports import CleGenre, Moyen, Rapport
    from assistmed_desktop.services.workspace import Operation
    from assistmed_desktop.ui.desk import Desk, State, Steps
    from assistmed_desktop.ui.fiches.fiche import Fiche, Geste
    from assistmed_desktop.ui.files import Files
    from assistmed_desktop.ui.page_index import PageEntry
    from assistmed_desktop.ui.pages.mise_en_route import MiseEnRoutePage
    from assistmed_desktop.ui.pages.page import Page
    from assistmed_desktop.ui.ports import Backend, OpenPractice
    from assistmed_desktop.ui.widgets.edit_panel import EditPanel

Opened = tuple["OpenPractice", "Evaluation | None"]

_TAILLE = QSize(1280, 800)
_PAGE_ETROITE, _PAGE_LARGE = 68, 130
"""The least width, in average characters, of a page beside the panel, and of one beside the names of the pages."""
_SANS_LIMITE = 16_777_215
"""Qt's own largest width."""


class MainWindow(QMainWindow):
    """Shows one practice at a time, or what to do when there is none."""

    def __init__(self, backend: Backend, settings: Settings, base: Path, *, demonstration: bool = False) -> None:
        super().__init__()
        self.backend = backend
        self.settings = settings
        self.base = base
        self.worker = Worker(self)
        self.desk: Desk | None = None
        self.files: Files | None = None
        self.pages: dict[str, Page] = {}
        self.edit: EditPanel | None = None
        self._shown: dict[str, State] = {}
        self._submitting: EditPanel | MiseEnRoutePage | None = None
        self._edit_waits = False
        self._demonstration = demonstration
        self._painted = False
        self._refused: tuple[str, ...] = ()
        self.started = False
        self._error: MessageDialog | None = None
        theme.appliquer_theme(_application(), settings.theme)
        self.actions_ = Actions(self, tuple(entry.nom for entry in ENTRIES))
        self.protection = Protection(self, self)
        self.navigation = Navigation([(entry.nom, entry.cle) for entry in ENTRIES])
        self.header = Header()
        self.banner = Notice()
        self.banner.setAccessibleName("Démonstration")
        self.refusal = Notice()
        self.refusal.setAccessibleName("Barème non appliqué")
        self.resume = Notice()
        self.resume.setAccessibleName("Mise en route")
        self.safe = Safekeeping(self, self)
        self.message = MessagePage()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.message)
        self.notice = Notice()
        self.panel = SidePanel()
        self._lay_out()
        self._connect()
        self.setWindowTitle("AssistMed")
        if base.exists():
            self._show_opening()
        else:
            self.show_nothing_yet()
        self._restore_geometry()

    # Start-up

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; the first time, note the instant and begin the work."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            chrono.AfterPaint(self, self._begin)
            self.update()

    def _begin(self) -> None:
        chrono.note(chrono.PREMIER_DESSIN)
        if self.base.exists():
            self.open_practice(self.base)
        else:
            self.worker.run(_import_rooms, lambda _rien: None, _raise)
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
        backend, kept = self.backend, self.protection.keyring(chemin)
        self._load(lambda: backend.ouvrir(chemin, creer=creer, phrase=phrase, trousseau=kept), chemin, then)

    def open_demonstration(self) -> None:
        """Open the demonstration; the user's own practice is left as it is."""
        self._load(self.backend.demonstration, self.base, None)

    def leave_demonstration(self) -> None:
        """Go back to the user's own practice, or to having none."""
        self._close_desk()
        if self.base.exists():
            self.open_practice(self.base)
        else:
            self.show_nothing_yet()

    def _load(self, open_: Callable[[], OpenPractice], chemin: Path, then: Callable[[], None] | None) -> None:
        if self.desk is None:
            self._show_opening()

        def work() -> Opened:
            with fast_imports():
                _import_rooms()
                practice = open_()
                try:
                    return practice, practice.evaluer()
                except BaseException:
                    practice.fermer()
                    raise

        def done(opened: Opened) -> None:
            self._use(*opened)
            if then is not None:
                then()

        self.worker.run(work, done, lambda error: self._could_not_open(chemin, error, then))

    def _use(self, practice: OpenPractice, evaluation: Evaluation | None) -> None:
        from assistmed_desktop.ui.desk import Desk
        from assistmed_desktop.ui.files import Files

        self.safe.close()
        self._close_desk()
        if self.shown == MISE_EN_ROUTE:
            self.stack.setCurrentWidget(self.message)
        if not practice.demonstration:
            self.base = practice.chemin
        if not practice.demonstration and not self._demonstration:
            self.settings.add_recent(practice.chemin)
        desk = Desk(practice, evaluation, self)
        self.desk = desk
        self.files = self.files or Files(self, self)
        desk.state_changed.connect(self._show_state)
        desk.analyses_changed.connect(self._show_analyses)
        desk.steps_changed.connect(self._show_steps)
        desk.steps_changed.connect(self.safe.touched)
        desk.refused.connect(self._tell_refusal)
        if desk.state is not None and (remembered := self.settings.contrat(practice.chemin)):
            desk.look_at_contrat(remembered)
        self.protection.follow(practice, demonstration=self._demonstration)
        self._show_demonstration(practice)
        self._show_steps(desk.steps)
        self._show_state(desk.state)
        self.safe.begin(practice)

    def close_practice(self, pendant: str) -> None:
        """Let go of the practice, and say what is being done with its file."""
        self._close_desk()
        self._show_opening(pendant)

    def before_import(self) -> bool:
        """Copy the practice that an import is about to replace; say whether it may."""
        return self.safe.save("import")

    def _close_desk(self) -> None:
        for notice in (self.notice, self.banner, self.resume):
            notice.hide()
        self._tell_refusals(())
        self.protection.follow(None, demonstration=self._demonstration)
        self.panel.hide()
        self._edit_waits = False
        self._shown.clear()
        if self.edit is not None:
            self.edit.hide()
        for dialog in (*self.findChildren(QDialog, "journal"), *self.findChildren(QDialog, "comparaison")):
            dialog.close()
        if self.desk is not None:
            self.desk.close()
            self.desk.deleteLater()
            self.desk = None

    def forget_practice(self) -> None:
        """Let go of the practice, and of every page that has shown it."""
        self.safe.close()
        self._close_desk()
        self._show_chrome(present=False)
        self._show_steps_of_nobody()
        self.setWindowTitle("AssistMed")
        self.stack.setCurrentWidget(self.message)
        pages = tuple(self.pages.values())
        self.pages.clear()
        for page in pages:
            self.stack.removeWidget(page)

        def delete(_rien: None) -> None:
            for page in pages:
                page.deleteLater()

        self.worker.run(lambda: None, delete, _raise)  # the work under way may be a figure for one of them

    # What is shown

    @Slot(object)
    def _show_state(self, state: State | None) -> None:
        if state is None or self.desk is None:
            if self.shown == MISE_EN_ROUTE:
                self.show_first_run()
            else:
                self.show_nothing_yet()
            return
        evaluation, dossier = state.evaluation, state.dossier
        from assistmed_desktop.ui.names import nature_contrat, nom_contrat

        names = [(c.id, nom_contrat(dossier, c.contrat)) for c in evaluation.contrats]
        contrat = state.contrat
        nature = "" if contrat is None else nature_contrat(contrat.contrat, contrat.au, contrat.fin_le)
        jour = f"au {jour_long(evaluation.au)}"
        self.header.show_practice(dossier.cabinet.nom, nature, jour, names, state.contrat_id or "")
        self.setWindowTitle(f"{dossier.cabinet.nom} – AssistMed")
        if not self.desk.practice.demonstration:
            self.settings.set_contrat(self.desk.practice.chemin, state.contrat_id or "")
        self._tell_refusals(evaluation.baremes_refuses)
        if self.stack.currentWidget() is self.message:
            chrono.AfterPaint(self.page(TABLEAU), self._after_data)
            self.show_page(TABLEAU)
            self._show_chrome(present=True)
            self.navigation.button(TABLEAU).setFocus()
            self.page(TABLEAU).enter("")
        else:
            self._refresh(self.shown)
            self._analyse()
        self._show_chrome(present=True)
        self._offer_first_run()

    def _after_data(self) -> None:
        """Once the practice is on screen, analyse it, and get ready what only the first change needs."""
        chrono.note(chrono.DONNEES)
        if self.isVisible():
            self._analyse()
            self.worker.run(self.backend.preparer_enregistrement, lambda _rien: None, _raise)
            self.worker.run(_import_pages, lambda _rien: None, _raise)

    def _analyse(self) -> None:
        """Analyse what is on screen, when it has not been yet."""
        if self.desk is not None:
            analyse(self.desk, self.worker)

    @Slot(object)
    def _show_analyses(self, state: State) -> None:
        if self.shown in self.pages:
            self._shown[self.shown] = state
            self.pages[self.shown].show_analyses(state)

    def _tell_refusals(self, refused: tuple[str, ...]) -> None:
        """Say that barèmes of the user's do not apply, once for each state of their folder."""
        if refused == self._refused:
            return
        self._refused = refused
        if not refused:
            self.refusal.hide()
            return
        first, *others = refused
        more = f" ({compte(len(others), 'autre faute', 'autres fautes')})" if others else ""
        self.refusal.tell(
            f"Un barème que vous avez ajouté ne s’applique pas{INSECABLE}: {soigner(first)}{more}. "
            "Ceux du programme valent à sa place.",
            f"Que faire{INSECABLE}?",
            self._explain_refusals,
        )

    def _explain_refusals(self) -> None:
        from assistmed_desktop.ui.wording import refusals_html

        folder = self.desk.practice.baremes if self.desk else None
        self._show_html("Barème ajouté, non appliqué", refusals_html(self._refused, str(folder or "")))

    def page(self, cle: str) -> Page:
        """Give a page, made when first needed."""
        if cle not in self.pages:
            from assistmed_desktop.ui.pages.page import Tools

            entry = TOUTES[cle]
            page = _page_class(entry)(Tools(self.worker, self.settings, self.backend, self._practice), entry.nom)
            page.fiche_asked.connect(self.edit_fiche)
            page.operation_asked.connect(self.apply)
            page.removal_asked.connect(self._remove)
            page.panel_asked.connect(self._show_html)
            page.page_asked.connect(self.show_page)
            page.told.connect(self.notice.tell)
            page.report_asked.connect(self._issue)
            page.all_reports_asked.connect(self._issue_all)
            page.contrat_chosen.connect(self._look_at_contrat)
            page.medecin_chosen.connect(self._look_at_medecin)
            self.stack.addWidget(page)
            self.pages[cle] = page
        return self.pages[cle]

    @Slot(str, str)
    def show_page(self, cle: str, place: str = "") -> None:
        """Show a page, and go to a place of it."""
        if self.desk is None or self.desk.state is None:
            return
        if cle == MISE_EN_ROUTE:
            self.show_first_run()
            return
        self.navigation.show_pages(shown=True)
        focus = QApplication.focusWidget()
        button = self.navigation.button(cle)
        if focus in self.navigation.buttons() or (focus is not None and self.stack.isAncestorOf(focus)):
            button.setFocus()
        self.navigation.set_page(cle)
        page = self.page(cle)
        self._refresh(cle)
        self.stack.setCurrentWidget(page)
        self._offer_first_run()
        if cle != TABLEAU:  # which is analysed once painted, and may be left before
            self._analyse()
        if place:
            page.enter(place)

    def _refresh(self, cle: str) -> None:
        """Show the present state on a page that shows an older one."""
        state = self.desk.state if self.desk else None
        page = self.pages.get(cle)
        if page is None or state is None:
            return
        before = self._shown.get(cle)
        if before is not state:
            self._shown[cle] = state
            page.show_state(state)

    @property
    def shown(self) -> str:
        """The key of the page shown; that of the first when none is."""
        current = self.stack.currentWidget()
        return next((cle for cle, page in self.pages.items() if page is current), TABLEAU)

    def _practice(self) -> OpenPractice:
        if self.desk is None:
            raise RuntimeError("no practice is open")
        return self.desk.practice

    # The form beside the page

    @Slot(object)
    def edit_fiche(self, fiche: Fiche) -> None:
        """Open a form."""
        if self.edit is None:
            from assistmed_desktop.ui.widgets.edit_panel import EditPanel

            self.edit = EditPanel()
            self.edit.submitted.connect(self._submit)
            self.edit.removal_asked.connect(self._remove)
            self.edit.toggled.connect(self._edit_toggled)
            self._row.addWidget(self.edit)
        self._edit_waits = False
        self.edit.edit(fiche)

    @Slot(object, bool)
    def _submit(self, geste: Geste, following: bool) -> None:  # noqa: FBT001 - Qt gives it by position
        edit = self.edit
        if edit is None or self.desk is None:
            return
        suite = edit.fiche.suite if edit.fiche and following else None
        self._submitting = edit
        done = self.apply(geste.operation, geste.fait)
        self._submitting = None
        if not done:
            return
        state = self.desk.state
        if suite is not None and state is not None:
            edit.edit(suite(state.dossier))
        else:
            edit.close_panel()

    @Slot(object)
    def _remove(self, geste: Geste) -> None:
        def remove() -> None:
            if self.apply(geste.operation, geste.fait) and self.edit is not None:
                self.edit.close_panel()

        if geste.question:
            from assistmed_desktop.ui.widgets.edit_panel import question

            ask(self, *question(geste), geste.bouton, remove)
        else:
            remove()

    @Slot(str, str, object)
    def _tell_refusal(self, titre: str, texte: str, fautes: tuple[Faute, ...]) -> None:
        if self._submitting is not None and fautes:
            self._submitting.refuse(fautes)
        else:
            tell(self, titre, texte)

    @Slot()
    def _edit_toggled(self) -> None:
        if self.edit is not None and not self.edit.isHidden() and not self.panel.isHidden():
            self.panel.hide()
        self._arrange()

    @Slot()
    def _panel_toggled(self) -> None:
        """Give the place of the form to the panel, and back."""
        if self.edit is not None:
            if not self.panel.isHidden() and not self.edit.isHidden():
                self._edit_waits = True
                self.edit.hide()
            elif self.panel.isHidden() and self._edit_waits:
                self._edit_waits = False
                self.edit.show()
                self.edit.form.focus_first()
        self._arrange()

    @Slot(object)
    def _show_steps(self, steps: Steps) -> None:
        self.actions_.show_steps(steps)
        self.navigation.set_saved(steps.enregistre_le)

    def _show_steps_of_nobody(self) -> None:
        """Name no step any more in the menus."""
        from assistmed_desktop.ui.desk import Steps

        self._show_steps(Steps())

    def _show_chrome(self, *, present: bool) -> None:
        self.header.setVisible(present)
        self.navigation.show_pages(shown=present and self.shown != MISE_EN_ROUTE)
        self.actions_.show_practice(present=present)

    def _show_opening(self, pendant: str = "Ouverture du cabinet…") -> None:
        self._show_chrome(present=False)
        self.message.tell(pendant, working=True)
        self.stack.setCurrentWidget(self.message)

    def show_nothing_yet(self) -> None:
        """Say that there is no practice, and how to begin one."""
        self._show_chrome(present=False)
        self.resume.hide()
        if self.edit is not None:
            self.edit.hide()
        self.setWindowTitle("AssistMed")
        self.message.tell(
            "Bienvenue dans AssistMed",
            "AssistMed suit le contrat d’aide à l’emploi de votre assistant médical"
            f"{INSECABLE}: où en sont votre patientèle et votre file active, ce qu’il reste à faire, et pour quand. "
            "Commencez par votre cabinet, ou découvrez d’abord le programme sur un cabinet fictif. Si quelqu’un vous a "
            "remis un dossier, importez-le.",
            (
                Choice("Créer mon cabinet", self.show_first_run, principal=True),
                Choice("Explorer la démonstration", self.open_demonstration),
                Choice("Importer un dossier…", self._import),
            ),
            legende="Seuls des effectifs sont enregistrés, sur cet ordinateur. Aucune donnée de patient.",
        )
        self.stack.setCurrentWidget(self.message)

    def _could_not_open(self, chemin: Path, error: Exception, then: Callable[[], None] | None = None) -> None:
        from assistmed_desktop.services.ports import ErreurDepot, ErreurPhrase

        if isinstance(error, ErreurPhrase):
            self.protection.ask(chemin, error, then)
            return
        foreseen = isinstance(error, ErreurDepot | OSError)
        if isinstance(error, ErreurDepot) and error.endommage:
            self.safe.file.offer_copy(chemin, soigner(str(error)))
            return
        if self.desk is None:
            self.show_refusal(chemin, soigner(str(error)) if foreseen else "Une erreur imprévue s’est produite.")
        elif foreseen:
            texte = f"{soigner(str(error))}\n\nLe cabinet affiché reste ouvert."
            tell(self, "Ce cabinet n’a pas pu être ouvert", texte)
        if not foreseen:
            raise error

    def show_refusal(self, chemin: Path, texte: str, offers: Sequence[Choice] = (), *, working: bool = False) -> None:
        """Say why a practice could not be opened, and what one can do, unless that is still looked for."""
        self._show_chrome(present=False)
        choices = (
            *offers,
            Choice("Réessayer", lambda: self.open_practice(chemin), principal=not offers),
            Choice("Ouvrir un autre cabinet…", self._open),
            Choice("Explorer la démonstration", self.open_demonstration),
        )
        self.message.tell("Le cabinet n’a pas pu être ouvert", texte, () if working else choices, working=working)
        self.stack.setCurrentWidget(self.message)

    def _show_demonstration(self, practice: OpenPractice) -> None:
        if practice.demonstration:
            self.banner.keep(
                f"Démonstration{INSECABLE}: ce cabinet est fictif, vu au "
                f"{jour_long(practice.horloge.aujourdhui())}. Rien n’est gardé de ce que vous y essayez.",
                "Quitter la démonstration",
                self.leave_demonstration,
            )
        elif self._demonstration and practice.chemin == self.base:
            self.banner.keep(
                f"Démonstration{INSECABLE}: ce cabinet est fictif, vu au {jour_long(practice.horloge.aujourdhui())}."
            )

    # The first steps

    @Slot()
    def show_first_run(self) -> None:
        """Show the first steps; where there is no file yet, make it."""
        if self.desk is None:
            self.open_practice(self.base, creer=True, then=self.show_first_run)
            return
        if self.desk.practice.demonstration or self._demonstration:
            self.notice.tell("La mise en route est celle de votre cabinet. Quittez d’abord la démonstration.")
            return
        page = self._first_run_page()
        self.stack.setCurrentWidget(page)
        self._show_chrome(present=self.desk.state is not None)
        self.resume.hide()
        if self.desk.state is None:
            self.setWindowTitle("Nouveau cabinet – AssistMed")
            page.show_nothing()
            self.worker.run(self.backend.preparer_enregistrement, lambda _rien: None, _raise)
            self.worker.run(_import_pages, lambda _rien: None, _raise)
        else:
            self._refresh(MISE_EN_ROUTE)
        page.begin()

    def _first_run_page(self) -> MiseEnRoutePage:
        from assistmed_desktop.ui.pages.mise_en_route import MiseEnRoutePage

        new = MISE_EN_ROUTE not in self.pages
        page = self.page(MISE_EN_ROUTE)
        if not isinstance(page, MiseEnRoutePage):
            raise TypeError(MISE_EN_ROUTE)
        if new:
            page.submitted.connect(self._submit_step)
            page.left.connect(self._leave_first_run)
        return page

    @Slot(object)
    def _submit_step(self, geste: Geste) -> None:
        page = self._first_run_page()
        self._submitting = page
        done = self.apply(geste.operation, geste.fait)
        self._submitting = None
        if done:
            page.step_taken()

    @Slot()
    def _leave_first_run(self) -> None:
        if self.desk is not None and self.desk.state is not None:
            self.show_page(TABLEAU)
        else:
            self.show_nothing_yet()

    def _offer_first_run(self) -> None:
        """Offer to go on with the first steps, while some are left and the user has not closed the offer."""
        from assistmed_desktop.services.creation import manquantes
        from assistmed_desktop.ui.pages.mise_en_route import ce_qui_manque

        desk = self.desk
        left = manquantes(desk.state.dossier) if desk is not None and desk.state is not None else ()
        own = desk is not None and not desk.practice.demonstration and not self._demonstration
        if not left or not own or self.shown == MISE_EN_ROUTE or self.settings.first_steps_closed(self.base):
            self.resume.hide()
            return
        texte = f"Pour suivre votre contrat, il manque encore {ce_qui_manque(left)}."
        if self.resume.isHidden() or self.resume.text != texte:
            self.resume.tell(texte, "Reprendre la mise en route", self.show_first_run)

    @Slot()
    def _close_first_run(self) -> None:
        self.settings.close_first_steps(self.base)

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

    @Slot(str)
    def _look_at_contrat(self, contrat_id: str) -> None:
        if self.desk is not None:
            self.desk.look_at_contrat(contrat_id or None)

    @Slot(str)
    def _look_at_medecin(self, medecin_id: str) -> None:
        if self.desk is not None:
            self.desk.look_at_medecin(medecin_id)

    @Slot()
    def _new(self) -> None:
        self._files().new()

    @Slot()
    def _open(self) -> None:
        self._files().open()

    @Slot()
    def _import(self) -> None:
        self._files().import_()

    @Slot()
    def _export(self) -> None:
        self._files().export()

    @Slot()
    def _report(self) -> None:
        self._files().report()

    @Slot(object, str)
    def _issue(self, rapport: Rapport, moyen: Moyen) -> None:
        self._files().reports.issue(rapport, moyen)

    @Slot(str, object)
    def _issue_all(self, genre: CleGenre, typed: dict[str, date]) -> None:
        self._files().reports.issue_all(genre, typed)

    def report_issued(self) -> None:
        """Show that one more report was issued, now or when its page comes back."""
        self.safe.touched()
        self._shown.pop(RAPPORTS, None)
        if self.shown == RAPPORTS:
            self._refresh(RAPPORTS)

    def _files(self) -> Files:
        if self.files is None:
            from assistmed_desktop.ui.files import Files

            self.files = Files(self, self)
        return self.files

    @Slot()
    def search(self) -> None:
        """Open the search over pages, persons, contracts and commands."""
        from assistmed_desktop.ui.dialogs.search import SearchDialog
        from assistmed_desktop.ui.search import Ways, everything

        ways = Ways(self.show_page, self._look_at_contrat, self._look_at_medecin)
        state = self.desk.state if self.desk else None
        SearchDialog(self, everything(state, self.actions_.everything(), ways)).open()

    @Slot()
    def show_journal(self) -> None:
        """Open the journal of what was done to the practice."""
        from assistmed_desktop.ui.dialogs.journal import JournalDialog

        if self.desk is not None:
            dialog = JournalDialog(self, self.desk.practice.journal, self.worker, self.settings)
            self.desk.steps_changed.connect(dialog.read)
            dialog.show()

    def _choose_theme(self, choix: theme.Choix) -> None:
        self.settings.theme = choix
        theme.appliquer_theme(_application(), choix)

    @Slot()
    def show_help(self) -> None:
        """Open the help of the page shown."""
        present = self.desk is not None and self.desk.state is not None
        self._show_markdown(TOUTES[self.shown].aide if present or self.shown == MISE_EN_ROUTE else "index.md")

    @Slot()
    def show_guide(self) -> None:
        """Open the guide at its first page."""
        self._show_markdown("index.md")

    @Slot()
    def show_about(self) -> None:
        """Say what the program is."""
        from assistmed_desktop.ui.dialogs.about import AboutDialog

        AboutDialog(self).show()

    def _show_markdown(self, nom: str) -> None:
        from assistmed_desktop.ui.help import title_of, write_page

        texte = resource("aide", nom).read_text(encoding="utf-8")
        self.panel.tell(title_of(texte), lambda document: write_page(document, texte), self._show_markdown)

    @Slot(str, str)
    def _show_html(self, titre: str, html: str) -> None:
        def fill(document: QTextDocument) -> None:
            document.setHtml(html)

        self.panel.tell(titre, fill)

    def report_exception(self, genre: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Tell of what nobody foresaw; the program stays open."""
        if issubclass(genre, KeyboardInterrupt):
            self.close()
            return
        traceback.print_exception(genre, error, trace)
        texte = crash.report(genre, trace, datetime.now().astimezone())
        noted = crash.log(self.settings.crash_log, texte)
        if self._error is not None:
            self._error.details.appendPlainText(texte)
            return
        where = f" Il est noté dans {self.settings.crash_log}." if noted else ""
        self._error = tell(
            self,
            "Une erreur imprévue s’est produite",
            "Le programme reste ouvert, et ce qui est enregistré l’est toujours. Si l’erreur revient, quittez et "
            "relancez AssistMed, puis signalez-la avec le détail ci-dessous, qui ne contient rien de votre cabinet."
            f"{where}",
            texte,
        )
        self._error.destroyed.connect(self._forget_error)

    def _forget_error(self) -> None:
        self._error = None

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
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the columns for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Give a narrow window, or a large text, fewer columns: no names of pages, the panel alone."""
        characters = self.width() / self.fontMetrics().averageCharWidth()
        beside = characters >= _PAGE_ETROITE + side_panel.CARACTERES
        sides = [side for side in (self.panel, self.edit) if side is not None]
        open_ = any(not side.isHidden() for side in sides)
        left = characters - (side_panel.CARACTERES if beside and open_ else 0)
        self.navigation.set_compact(compact=left < _PAGE_LARGE)
        self._content.setVisible(beside or not open_)
        width = side_panel.CARACTERES * self.fontMetrics().averageCharWidth()
        for side in sides:
            side.setMinimumWidth(width if beside else 0)
            side.setMaximumWidth(width if beside else _SANS_LIMITE)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the day when the window comes back to the front."""
        super().changeEvent(event)
        desk: Desk | None = getattr(self, "desk", None)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and desk is not None:
            desk.follow_the_day()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the place, end the work, let go of the practice."""
        self.settings.geometry = self.saveGeometry()
        self.settings.save()
        self.worker.stop()
        self.safe.close(leaving=True)
        self._close_desk()
        super().closeEvent(event)

    def _restore_geometry(self) -> None:
        if not self.restoreGeometry(self.settings.geometry):
            screen = QGuiApplication.primaryScreen().availableSize()
            self.resize(_TAILLE.boundedTo(screen))

    def _lay_out(self) -> None:
        self._content = QWidget()
        content = QVBoxLayout(self._content)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(0)
        for widget in (self.header, self.banner, self.safe.place, self.refusal, self.resume):
            content.addWidget(widget)
        content.addWidget(self.stack, 1)
        content.addWidget(self.notice)
        central = QWidget()
        self._row = QHBoxLayout(central)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.navigation)
        self._row.addWidget(self._content, 1)
        self._row.addWidget(self.panel)
        self.setCentralWidget(central)

    def _connect(self) -> None:
        actions = self.actions_
        actions.new.triggered.connect(self._new)
        actions.open.triggered.connect(self._open)
        actions.recents.read(self.settings)
        actions.recents.chosen.connect(self.open_practice)
        actions.first_run.triggered.connect(self.show_first_run)
        self.resume.closed.connect(self._close_first_run)
        actions.import_.triggered.connect(self._import)
        actions.export.triggered.connect(self._export)
        actions.report.triggered.connect(self._report)
        actions.copies.triggered.connect(self.safe.show)
        actions.delete.triggered.connect(self.safe.file.delete)
        actions.protect.triggered.connect(self.protection.change)
        actions.lock.triggered.connect(self.protection.lock)
        actions.on_lock_after(self.protection.lock_after, self.settings.lock_after)
        actions.show_protection(own=False, protected=False)
        actions.quit.triggered.connect(self.close)
        actions.undo.triggered.connect(self.undo)
        actions.redo.triggered.connect(self.redo)
        actions.search.triggered.connect(self.search)
        actions.journal.triggered.connect(self.show_journal)
        self.navigation.search_asked.connect(self.search)
        actions.help.triggered.connect(self.show_help)
        actions.guide.triggered.connect(self.show_guide)
        actions.about.triggered.connect(self.show_about)
        for entry, action in zip(ENTRIES, actions.pages, strict=True):
            action.triggered.connect(lambda _checked=False, cle=entry.cle: self.show_page(cle))
        actions.on_theme(self._choose_theme)
        actions.themes[self.settings.theme].setChecked(True)
        actions.undo.setEnabled(False)
        actions.redo.setEnabled(False)
        for action in (actions.new, actions.open, actions.import_, actions.copies, actions.recents.menuAction()):
            action.setEnabled(not self._demonstration)  # its clock is not that of a real practice
        self.navigation.page_chosen.connect(self.show_page)
        self.navigation.help_asked.connect(self.show_help)
        self.panel.toggled.connect(self._panel_toggled)
        self.header.contrat_chosen.connect(self._look_at_contrat)
        _application().styleHints().colorSchemeChanged.connect(self._follow_system)

    @Slot()
    def _follow_system(self) -> None:
        application = _application()
        wanted = theme.couleurs_du_choix(self.settings.theme)
        if self.settings.theme == "systeme" and wanted != theme.couleurs_actuelles():
            theme.appliquer_theme(application, "systeme")


def _import_rooms() -> None:
    """Import, in the worker's thread, what the pages and the file commands need."""
    for module in ("desk", "files", "pages.dashboard"):
        import_module(f"assistmed_desktop.ui.{module}")


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


def _application() -> QApplication:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("a QApplication is needed before a window")
    return application
