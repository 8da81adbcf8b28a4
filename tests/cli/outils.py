"""The clock and the window that the tests of the command line give it."""

from datetime import UTC, date, datetime
from pathlib import Path

from assistmed_desktop.cli import FAIT

MORVAN = Path(__file__).parent.parent / "exemples" / "morvan.json"
DEMO = Path(__file__).parents[2] / "resources" / "demo" / "dossier.json"


class HorlogeFixe:
    """The 15 January 2025, a quarter past two in the afternoon."""

    def aujourdhui(self) -> date:
        return date(2025, 1, 15)

    def maintenant(self) -> datetime:
        return datetime(2025, 1, 15, 14, 15, tzinfo=UTC)


class Fenetre:
    """Records what the command line asks to open."""

    def __init__(self) -> None:
        self.appels: list[tuple[Path | None, date | None]] = []

    def __call__(self, base: Path | None, au: date | None) -> int:
        self.appels.append((base, au))
        return FAIT
