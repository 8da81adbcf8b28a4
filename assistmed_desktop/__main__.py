"""Start AssistMed: ``assistmed …`` and ``python -m assistmed_desktop …``."""

import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from assistmed_desktop import app
from assistmed_desktop.cli import executer


@dataclass(frozen=True, slots=True)
class HorlogeSysteme:
    """The clock of the PC."""

    def aujourdhui(self) -> date:
        """Give the day where the PC is."""
        return self.maintenant().date()

    def maintenant(self) -> datetime:
        """Give the time, with its offset from UTC."""
        return datetime.now().astimezone()


def main() -> int:
    """Run the command line, or open the window; give the exit code."""
    horloge = HorlogeSysteme()

    def ouvrir_fenetre(base: Path | None, au: date | None) -> int:
        if au is None:
            return app.ouvrir_fenetre(base, horloge)
        return app.ouvrir_fenetre(base, app.HorlogeFixe(au), demonstration=True)

    return executer(sys.argv[1:], horloge, ouvrir_fenetre)


if __name__ == "__main__":
    sys.exit(main())
