"""A protected practice in the window: its phrase asked, and the lock when nobody is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QDialog

from assistmed_desktop.ui.choice import Choice
from assistmed_desktop.ui.pages.unlock import UnlockPage
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.unsaved import Typist, Unsaved, give_back, unsaved

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from assistmed_desktop.ui.actions import Actions
    from assistmed_desktop.ui.pages.message import MessagePage
    from assistmed_desktop.ui.ports import OpenPractice
    from assistmed_desktop.ui.safekeeping import Safekeeping

_GESTES: Final = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    )
)
_MINUTE: Final = 60_000
_PATIENCE: Final = 1_000
"""How long to let a work under way end before locking, in milliseconds."""


class Vault(Typist, Protocol):
    """What locking a practice, and putting a phrase on it, need of the window."""

    @property
    def actions_(self) -> Actions:
        """The menus."""
        ...

    @property
    def message(self) -> MessagePage:
        """Says one thing in the place of the pages."""
        ...

    def open_practice(
        self,
        chemin: Path,
        *,
        creer: bool = False,
        then: Callable[[], None] | None = None,
        phrase: str | None = None,
    ) -> None:
        """Open a practice, protected by this phrase or not."""
        ...

    def open_demonstration(self) -> None:
        """Open the demonstration."""
        ...

    @property
    def safe(self) -> Safekeeping:
        """The copies of the practice."""
        ...

    def forget_practice(self) -> None:
        """Let go of the practice, and of every page that has shown it."""
        ...


class Protection(QObject):
    """The lock of a window, whose dialogs are those of ``parent``."""

    def __init__(self, window: Vault, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self._parent = parent
        self._page: UnlockPage | None = None
        self._then: Callable[[], None] | None = None
        self._use: Callable[[str], None] | None = None
        self._chemin = window.base
        self._locked: set[Path] = set()
        self._unsaved: dict[Path, Unsaved] = {}
        self._watching = False
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.timeout.connect(self.lock)

    # An open practice

    def follow(self, practice: OpenPractice | None, *, demonstration: bool) -> None:
        """Watch over the practice now open; None when it is let go of."""
        protected = practice is not None and practice.phrase_juste is not None
        own = practice is not None and not practice.demonstration and not demonstration
        if practice is not None:
            self._locked.discard(practice.chemin.absolute())
        self._window.actions_.show_protection(own=own, protected=protected)
        self._watch(on=protected)

    def keyring(self, chemin: Path) -> bool:
        """Say whether the system's keyring may open a practice: not one that was locked."""
        return self._window.settings.phrase_kept(chemin) and chemin.absolute() not in self._locked

    def lock_after(self, minutes: int) -> None:
        """Lock after so many idle minutes; 0 is never."""
        self._window.settings.lock_after = minutes
        self._watch(on=self._watching)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to wait again at every gesture."""
        if event.type() in _GESTES and self.idle.isActive():
            self.idle.start()
        return super().eventFilter(watched, event)

    def _watch(self, *, on: bool) -> None:
        application = QApplication.instance()
        if on != self._watching and application is not None:
            (application.installEventFilter if on else application.removeEventFilter)(self)
        self._watching = on
        minutes = self._window.settings.lock_after
        if on and minutes:
            self.idle.start(minutes * _MINUTE)
        else:
            self.idle.stop()

    @Slot()
    def lock(self) -> None:
        """Close the practice and everything that shows it, and ask for its phrase."""
        window = self._window
        practice = window.desk.practice if window.desk else None
        if practice is None or practice.phrase_juste is None:
            return
        if window.worker.busy:
            self.idle.start(_PATIENCE)
            return
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.close()
        while (menu := QApplication.activePopupWidget()) is not None:
            menu.close()
        chemin = practice.chemin.absolute()
        self._locked.add(chemin)
        if (kept := unsaved(window)) is not None:
            self._unsaved[chemin] = kept
        window.forget_practice()
        self._show(practice.chemin, "", None)

    # A closed one

    def ask(self, chemin: Path, error: Exception, then: Callable[[], None] | None) -> None:
        """Ask for the phrase of a practice that could not be opened without it."""
        self._window.forget_practice()
        self._show(chemin, soigner(str(error)) if getattr(error, "fausse", False) else "", then)

    def ask_for_copies(self, chemin: Path, error: str, use: Callable[[str], None]) -> None:
        """Ask for the phrase that protects the copies of a practice that is damaged."""
        self._window.forget_practice()
        self._show(chemin, error, None, use)

    def _show(
        self, chemin: Path, error: str, then: Callable[[], None] | None, use: Callable[[str], None] | None = None
    ) -> None:
        window = self._window
        self._chemin, self._then, self._use = chemin, then, use
        if self._page is None:
            self._page = UnlockPage()
            self._page.submitted.connect(self._unlock)
            window.stack.addWidget(self._page)
        titre = "Ce cabinet est verrouillé" if chemin.absolute() in self._locked else "Ce cabinet est protégé"
        if use is not None:
            titre = "Les sauvegardes de ce cabinet sont protégées"
        search = Choice("Chercher une sauvegarde saine", lambda: window.safe.file.offer_copy(chemin, error))
        choices = (
            *([search] if error and use is None else []),
            Choice("Ouvrir un autre cabinet…", window.actions_.open.trigger),
            Choice("Explorer la démonstration", window.open_demonstration),
        )
        window.stack.setCurrentWidget(self._page)
        self._page.ask(titre, chemin, error, choices, waiting=chemin.absolute() in self._unsaved)

    @Slot(str)
    def _unlock(self, phrase: str) -> None:
        chemin, then = self._chemin, self._then
        if self._use is not None:
            self._use(phrase)
            return

        def opened() -> None:
            if (kept := self._unsaved.pop(chemin.absolute(), None)) is not None:
                give_back(self._window, self._parent, kept)
            if then is not None:
                then()

        self._window.open_practice(chemin, then=opened, phrase=phrase)
