"""What the window keeps saying above the page: this practice is fictitious, that barème of yours is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistmed_desktop.formats import INSECABLE, compte, jour_long
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistmed_desktop.ui.ports import OpenPractice


class DemonstrationBanner(Notice):
    """Says that what is shown is fictitious, and how to leave it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Démonstration")

    def show_practice(self, practice: OpenPractice, leave: Callable[[], None] | None) -> None:
        """Say it of a practice; without ``leave`` there is no other one to go back to."""
        jour = jour_long(practice.horloge.aujourdhui())
        vu = f"Démonstration{INSECABLE}: ce cabinet est fictif, vu au {jour}."
        if leave is None:
            self.keep(vu)
        else:
            self.keep(f"{vu} Rien n’est gardé de ce que vous y essayez.", "Quitter la démonstration", leave)


class RefusalBanner(Notice):
    """Says that barèmes of the user's do not apply; ``explain`` shows a title and a document beside the page."""

    def __init__(self, explain: Callable[[str, str], None]) -> None:
        super().__init__()
        self.setAccessibleName("Barème non appliqué")
        self._explain = explain
        self._refused: tuple[str, ...] = ()

    def tell_refused(self, refused: tuple[str, ...], practice: OpenPractice | None = None) -> None:
        """Say it once for each state of their folder."""
        if refused == self._refused:
            return
        self._refused = refused
        if not refused:
            self.hide()
            return
        first, *others = refused
        more = f" ({compte(len(others), 'autre faute', 'autres fautes')})" if others else ""
        folder = str((practice.baremes if practice else None) or "")

        def explain() -> None:
            from assistmed_desktop.ui.wording import refusals_html

            self._explain("Barème ajouté, non appliqué", refusals_html(refused, folder))

        self.tell(
            f"Un barème que vous avez ajouté ne s’applique pas{INSECABLE}: {soigner(first)}{more}. "
            "Ceux du programme valent à sa place.",
            f"Que faire{INSECABLE}?",
            explain,
        )
