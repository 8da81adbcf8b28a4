"""What the tests of the services and of the storage start from."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from assistmed_desktop.domain.dossier import Dossier, lire_dossier

EXEMPLE = Path(__file__).parent.parent / "exemples" / "morvan.json"
DEBUT = datetime(2025, 1, 15, 8, 30, tzinfo=UTC)


class HorlogeReglee:
    """A clock that begins at DEBUT and goes on by one second each time it is read."""

    def __init__(self) -> None:
        self._prochaine = DEBUT

    def aujourdhui(self) -> date:
        return self._prochaine.date()

    def maintenant(self) -> datetime:
        heure = self._prochaine
        self._prochaine += timedelta(seconds=1)
        return heure


def exemple() -> Dossier:
    """Give the worked example of dossier-v1."""
    return lire_dossier(EXEMPLE.read_bytes())
