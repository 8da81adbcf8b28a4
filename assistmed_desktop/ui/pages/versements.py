"""The page VersementsPage."""

from __future__ import annotations

from assistmed_desktop.ui.desk import State
from assistmed_desktop.ui.pages.page import Page


class VersementsPage(Page):
    """To be furnished."""

    def show_state(self, state: State) -> None:
        """Show nothing yet."""
