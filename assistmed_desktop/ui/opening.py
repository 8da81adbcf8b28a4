"""The practice of a window: opened off the thread that draws, exchanged for another one, let go of, or none yet."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.ui.choice import Choice
from assistmed_desktop.ui.dialogs.message import tell
from assistmed_desktop.ui.loading import fast_imports
from assistmed_desktop.ui.page_index import MISE_EN_ROUTE
from assistmed_desktop.ui.shell import Shell
from assistmed_desktop.ui.typography import soigner

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from assistmed_desktop.rules.resultats import Evaluation
    from assistmed_desktop.ui.columns import Columns
    from assistmed_desktop.ui.commands import Commands
    from assistmed_desktop.ui.desk import Desk, Steps
    from assistmed_desktop.ui.page_deck import PageDeck
    from assistmed_desktop.ui.ports import OpenPractice
    from assistmed_desktop.ui.protection import Protection
    from assistmed_desktop.ui.safekeeping import Safekeeping

Opened = tuple["OpenPractice", "Evaluation | None"]


class Host(Shell, Protocol):
    """What opening a practice needs of the window."""

    @property
    def stack(self) -> PageDeck:
        """The pages, and the message in their place."""
        ...

    @property
    def columns(self) -> Columns:
        """Help and the form, beside the pages."""
        ...

    @property
    def commands(self) -> Commands:
        """What the menus do."""
        ...

    @property
    def protection(self) -> Protection:
        """Asks for the phrase of a protected practice."""
        ...

    @property
    def safe(self) -> Safekeeping:
        """Copies the practice that is left."""
        ...

    def follow(self, desk: Desk) -> None:
        """Be told of what changes."""
        ...

    def show_desk(self, desk: Desk) -> None:
        """Show a practice that has come in."""
        ...

    def show_steps(self, steps: Steps) -> None:
        """Name what can be undone and redone."""
        ...

    def clear(self) -> None:
        """Put away what belongs to the practice that is being let go of."""
        ...

    def show_chrome(self, *, present: bool) -> None:
        """Show what goes with a practice only when there is one."""
        ...

    def setWindowTitle(self, titre: str, /) -> None:
        """Name the window."""
        ...


class Opening:
    """Holds the practice that is open. ``demonstration`` says that ``base`` itself is the demonstration."""

    def __init__(self, window: Host, parent: QWidget, base: Path, *, demonstration: bool) -> None:
        self._window = window
        self._parent = parent
        self.base = base
        self.demonstration = demonstration
        self.desk: Desk | None = None

    def begin(self) -> None:
        """Open the user's practice, or get ready for one."""
        if self.base.exists():
            self.open(self.base)
        else:
            self._window.worker.run(_import_rooms, lambda _rien: None, _raise)

    def open(
        self,
        chemin: Path,
        *,
        creer: bool = False,
        then: Callable[[], None] | None = None,
        phrase: str | None = None,
    ) -> None:
        """Open a practice; the one on screen stays until this one is ready."""
        backend, kept = self._window.backend, self._window.protection.keyring(chemin)
        self._load(lambda: backend.ouvrir(chemin, creer=creer, phrase=phrase, trousseau=kept), chemin, then, phrase)

    def open_demonstration(self) -> None:
        """Open the demonstration; the user's own practice is left as it is."""
        self._load(self._window.backend.demonstration, self.base, None)

    def leave_demonstration(self) -> None:
        """Go back to the user's own practice, or to having none."""
        self.close()
        if self.base.exists():
            self.open(self.base)
        else:
            self._window.show_nothing_yet()

    def close(self) -> None:
        """Let go of the practice."""
        self._window.clear()
        self._window.protection.follow(None, demonstration=self.demonstration)
        if self.desk is not None:
            self.desk.close()
            self.desk.deleteLater()
            self.desk = None

    def forget(self) -> None:
        """Let go of the practice, and of every page that has shown it."""
        from assistmed_desktop.ui.desk import Steps

        window = self._window
        window.safe.close()
        self.close()
        window.show_chrome(present=False)
        window.show_steps(Steps())
        window.setWindowTitle("AssistMed")
        window.stack.show_message()
        window.columns.forget()
        pages = window.stack.take_pages()

        def delete(_rien: None) -> None:
            for page in pages:
                page.deleteLater()

        window.worker.run(lambda: None, delete, _raise)  # the work under way may be a figure for one of them

    def _load(
        self,
        open_: Callable[[], OpenPractice],
        chemin: Path,
        then: Callable[[], None] | None,
        phrase: str | None = None,
    ) -> None:
        if self.desk is None:
            self.show_opening()

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

        self._window.worker.run(work, done, lambda error: self._could_not_open(chemin, error, then, phrase))

    def _use(self, practice: OpenPractice, evaluation: Evaluation | None) -> None:
        from assistmed_desktop.ui.desk import Desk

        window = self._window
        window.safe.close()
        self.close()
        if window.stack.shown == MISE_EN_ROUTE:
            window.stack.show_message()
        if not practice.demonstration:
            self.base = practice.chemin
        if not practice.demonstration and not self.demonstration:
            window.settings.add_recent(practice.chemin)
        desk = Desk(practice, evaluation, self._parent)
        self.desk = desk
        window.follow(desk)
        if desk.state is not None and (remembered := window.settings.contrat(practice.chemin)):
            desk.look_at_contrat(remembered)
        window.protection.follow(practice, demonstration=self.demonstration)
        window.show_desk(desk)
        window.safe.begin(practice)

    def _could_not_open(
        self, chemin: Path, error: Exception, then: Callable[[], None] | None, phrase: str | None
    ) -> None:
        from assistmed_desktop.services.ports import ErreurDepot, ErreurPhrase

        window = self._window
        if isinstance(error, ErreurPhrase):
            window.protection.ask(chemin, error, then)
            return
        foreseen = isinstance(error, ErreurDepot | OSError)
        if isinstance(error, ErreurDepot) and error.endommage:
            window.safe.file.offer_copy(chemin, soigner(str(error)), phrase)
            return
        if self.desk is None:
            self.show_refusal(chemin, soigner(str(error)) if foreseen else "Une erreur imprévue s’est produite.")
        elif foreseen:
            texte = f"{soigner(str(error))}\n\nLe cabinet affiché reste ouvert."
            tell(self._parent, "Ce cabinet n’a pas pu être ouvert", texte)
        if not foreseen:
            raise error

    # What is said while there is none

    def show_opening(self, pendant: str = "Ouverture du cabinet…") -> None:
        """Say what is being done with the file of the practice."""
        self._window.show_chrome(present=False)
        self._window.stack.message.tell(pendant, working=True)
        self._window.stack.show_message()

    def show_nothing_yet(self) -> None:
        """Say that there is no practice, and how to begin one."""
        window = self._window
        window.show_chrome(present=False)
        window.setWindowTitle("AssistMed")
        window.stack.message.tell(
            "Bienvenue dans AssistMed",
            "AssistMed suit le contrat d’aide à l’emploi de votre assistant médical"
            f"{INSECABLE}: où en sont votre patientèle et votre file active, ce qu’il reste à faire, et pour quand. "
            "Commencez par votre cabinet, ou découvrez d’abord le programme sur un cabinet fictif. Si quelqu’un vous a "
            "remis un dossier, importez-le.",
            (
                Choice("Créer mon cabinet", window.show_first_run, principal=True),
                Choice("Explorer la démonstration", self.open_demonstration),
                Choice("Importer un dossier…", window.commands.import_),
            ),
            legende="Seuls des effectifs sont enregistrés, sur cet ordinateur. Aucune donnée de patient.",
        )
        window.stack.show_message()

    def show_refusal(self, chemin: Path, texte: str, offers: Sequence[Choice] = (), *, working: bool = False) -> None:
        """Say why a practice could not be opened, and what one can do, unless that is still looked for."""
        window = self._window
        window.show_chrome(present=False)
        choices = (
            *offers,
            Choice("Réessayer", lambda: self.open(chemin), principal=not offers),
            Choice("Ouvrir un autre cabinet…", window.commands.open),
            Choice("Explorer la démonstration", self.open_demonstration),
        )
        window.stack.message.tell(
            "Le cabinet n’a pas pu être ouvert", texte, () if working else choices, working=working
        )
        window.stack.show_message()


def _import_rooms() -> None:
    """Import, in the worker's thread, what the pages and the file commands need."""
    for module in ("desk", "files", "pages.dashboard"):
        import_module(f"assistmed_desktop.ui.{module}")


def _raise(error: Exception) -> None:
    raise error
