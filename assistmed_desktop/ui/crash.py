"""What is kept of an error that nobody foresaw: where in the program it happened, and nothing of the practice."""

from __future__ import annotations

import platform
from datetime import datetime
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Final

from assistmed_desktop import __version__

_TAILLE: Final = 200_000
_LIGNE: Final = "-" * 40


def report(genre: type[BaseException], trace: TracebackType | None, le: datetime) -> str:
    """Write the kind of an error and the lines it went through; not its message, which may hold a name or a figure."""
    ou = f"Python {platform.python_version()}, {platform.system()} {platform.release()}"
    lignes = [
        f"{le:%Y-%m-%d %H:%M} AssistMed {__version__}, {ou}",
        *(f"  {_dans_le_programme(pas.filename)}:{pas.lineno} {pas.name}" for pas in extract_tb(trace)),
        genre.__qualname__,
    ]
    return "\n".join(lignes) + "\n"


def log(journal: Path, texte: str) -> bool:
    """Add an error to the log, the oldest leaving when it grows too long; say whether it could be written."""
    try:
        journal.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        avant = journal.read_text(encoding="utf-8", errors="replace") if journal.exists() else ""
        tout = f"{avant}{_LIGNE}\n{texte}"
        journal.touch(mode=0o600)
        journal.write_text(tout[-_TAILLE:], encoding="utf-8")
    except OSError:
        return False
    return True


def _dans_le_programme(fichier: str) -> str:
    """Name a file from the program's or its library's folder: a home folder often holds the name of its owner."""
    parties = Path(fichier).parts
    for racine in ("site-packages", "assistmed_desktop"):
        if racine in parties:
            rang = len(parties) - 1 - parties[::-1].index(racine)
            return "/".join(parties[rang + (racine == "site-packages") :])
    return parties[-1] if parties else ""
