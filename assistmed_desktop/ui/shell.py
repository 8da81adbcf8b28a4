"""What the commands of the menus need of the window that they work for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from assistmed_desktop.services.workspace import Operation
    from assistmed_desktop.ui.choice import Choice
    from assistmed_desktop.ui.desk import Desk
    from assistmed_desktop.ui.ports import Backend
    from assistmed_desktop.ui.settings import Settings
    from assistmed_desktop.ui.widgets.notice import Notice
    from assistmed_desktop.ui.work import Worker


class Shell(Protocol):
    """What the commands on files and reports need of the window."""

    @property
    def backend(self) -> Backend:
        """Reads and writes the files, makes the reports."""
        ...

    @property
    def settings(self) -> Settings:
        """Remembers the last folder."""
        ...

    @property
    def worker(self) -> Worker:
        """Does the work."""
        ...

    @property
    def notice(self) -> Notice:
        """Tells what was done."""
        ...

    @property
    def desk(self) -> Desk | None:
        """The open practice."""
        ...

    @property
    def base(self) -> Path:
        """The file of the user's own practice."""
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

    def ask_phrase(self, chemin: Path, error: str, use: Callable[[str], None]) -> None:
        """Ask for the phrase that protects the copies of a practice, after one that was wrong if there is an error."""
        ...

    def close_practice(self, pendant: str) -> None:
        """Let go of the practice, and say what is being done with its file."""
        ...

    def show_refusal(self, chemin: Path, texte: str, offers: Sequence[Choice] = (), *, working: bool = False) -> None:
        """Say why a practice could not be opened, and what one can do, unless that is still looked for."""
        ...

    def before_import(self) -> bool:
        """Copy the practice that an import is about to replace; say whether it may."""
        ...

    def show_nothing_yet(self) -> None:
        """Say that there is no practice, and how to begin one."""
        ...

    def show_first_run(self) -> None:
        """Show the first steps of a practice."""
        ...

    def apply(self, operation: Operation, done: str) -> bool:
        """Hand an operation on; say whether it was taken."""
        ...

    def report_issued(self) -> None:
        """Show that one more report was issued."""
        ...
