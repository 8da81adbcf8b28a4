"""The lock file beside a base: who has it open. It informs; what excludes is SQLite's own lock.

Only a base opened from another computer is refused on its word alone: a shared folder may not carry SQLite's lock.
"""

import getpass
import json
import os
import platform
import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from assistmed_desktop.formats import jour_court


@dataclass(frozen=True, slots=True)
class Verrou:
    """Who holds a base: the person, the computer, the process, and since when (ISO, with the offset from UTC)."""

    utilisateur: str
    poste: str
    processus: int
    depuis: str

    @property
    def ailleurs(self) -> bool:
        """Whether another computer holds the base."""
        return self.poste != platform.node()

    @property
    def perime(self) -> bool:
        """Whether the process is known to have ended: it ran on this computer, and no longer does."""
        return not self.ailleurs and not _en_vie(self.processus)

    def __str__(self) -> str:
        """Say in French who holds the base."""
        depuis = datetime.fromisoformat(self.depuis)
        heure = f"{depuis.hour}\u00a0h\u00a0{depuis.minute:02d}"
        return (
            f"par {self.utilisateur} sur le poste {self.poste} depuis le {jour_court(depuis.date())} à {heure} "
            f"(processus {self.processus})"
        )


def fichier_verrou(base: Path) -> Path:
    """Give the lock file of a base."""
    return base.with_name(f"{base.name}.verrou")


def lire(base: Path) -> Verrou | None:
    """Read who holds a base; None when there is no lock file, or not a readable one."""
    try:
        verrou = Verrou(**json.loads(fichier_verrou(base).read_text(encoding="utf-8")))
        str(verrou)
    except (OSError, ValueError, TypeError):
        return None
    return verrou


def poser(base: Path, maintenant: datetime) -> None:
    """Say that this process holds a base; OSError when the file cannot be written."""
    verrou = Verrou(getpass.getuser(), platform.node(), os.getpid(), maintenant.isoformat(timespec="seconds"))
    fichier = fichier_verrou(base)
    fichier.unlink(missing_ok=True)
    with open(fichier, "x", encoding="utf-8", opener=_prive) as sortie:
        json.dump(asdict(verrou), sortie, ensure_ascii=False, indent=2)


def lever(base: Path) -> None:
    """Take the lock file away."""
    fichier_verrou(base).unlink(missing_ok=True)


def _prive(chemin: str, options: int) -> int:
    return os.open(chemin, options, 0o600)


def _en_vie(processus: int) -> bool:
    if sys.platform == "win32":  # pragma: no cover - os.kill would end the process there
        import ctypes

        poignee = ctypes.windll.kernel32.OpenProcess(0x1000, 0, processus)  # PROCESS_QUERY_LIMITED_INFORMATION
        ctypes.windll.kernel32.CloseHandle(poignee)
        return bool(poignee)
    try:
        os.kill(processus, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
