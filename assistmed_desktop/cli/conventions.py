"""What every command shares: the exit codes, the errors told in a sentence, the day of the demonstration."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any, Protocol

FAIT, ECHEC, USAGE, REFUS, BASE = 0, 1, 2, 3, 4
JOUR_DEMO = date(2026, 11, 15)
DOSSIER_DEMO = Path("demonstration-assistmed")


class OuvrirFenetre(Protocol):
    """Open the window on a practice's file and give the exit code; ``au`` fixes the day, for the demonstration."""

    def __call__(self, base: Path | None, au: date | None) -> int:
        """Open it; None is the user's own practice, and the real day."""
        ...


class ErreurUtilisateur(Exception):  # noqa: N818 - a French name
    """The command cannot be done; the message is a French sentence."""


class ErreurUsage(ErreurUtilisateur):
    """The command was asked for in a way that makes no sense for this practice: wrong usage."""


def dire(message: str) -> None:
    """Print a sentence on standard error."""
    print(message, file=sys.stderr)


def ecrire_json(document: dict[str, Any]) -> None:
    """Print a JSON document."""
    import json

    print(json.dumps(document, ensure_ascii=False, indent=2))
