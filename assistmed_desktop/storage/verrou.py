"""The lock file beside a base: who has it open. It informs; what excludes is SQLite's own lock.

Only a base opened from another computer is refused on its word alone: a shared folder may not carry SQLite's lock.
"""

import getpass
import os
import platform
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from assistmed_desktop.formats import INCONNU, jour_court

_PAUSE = 0.02
"""Between two looks at the lock file, in seconds."""


class Verrou(BaseModel):
    """Who holds a base: the person, the computer, the process, and since when."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    utilisateur: str
    poste: str
    processus: Annotated[int, Field(gt=0, lt=2**31)]
    depuis: AwareDatetime

    @property
    def ailleurs(self) -> bool:
        """Whether another computer holds the base."""
        return self.poste != poste()

    @property
    def perime(self) -> bool:
        """Whether the process is known to have ended: it ran on this computer, and no longer does."""
        return not self.ailleurs and not en_vie(self.processus)

    def __str__(self) -> str:
        """Say in French who holds the base."""
        return (
            f"par {self.utilisateur} sur le poste {self.poste} depuis le {jour_court(self.depuis.date())} "
            f"à {self.depuis:%H:%M} (processus {self.processus})"
        )


def fichier_verrou(base: Path) -> Path:
    """Give the lock file of a base."""
    return base.with_name(f"{base.name}.verrou")


def lire(base: Path) -> Verrou | None:
    """Read who holds a base; None when there is no lock file, or not a readable one."""
    try:
        return Verrou.model_validate_json(fichier_verrou(base).read_bytes())
    except (OSError, ValueError):
        return None


def attendre(base: Path, secondes: float) -> Verrou | None:
    """Read who holds a base that is in use; one who has just taken it may not have said so yet. None when none does."""
    limite = time.monotonic() + secondes
    while (porteur := lire(base)) is None or porteur.perime:
        if time.monotonic() > limite:
            return None
        time.sleep(_PAUSE)
    return porteur


def poser(base: Path, maintenant: datetime) -> None:
    """Say that this process holds a base; OSError when the file cannot be written."""
    verrou = Verrou(utilisateur=utilisateur(), poste=poste(), processus=os.getpid(), depuis=maintenant)
    fichier = fichier_verrou(base)
    fichier.unlink(missing_ok=True)
    with open(fichier, "x", encoding="utf-8", opener=_prive) as sortie:
        sortie.write(verrou.model_dump_json(indent=2))


def lever(base: Path) -> None:
    """Take the lock file away."""
    fichier_verrou(base).unlink(missing_ok=True)


def utilisateur() -> str:
    """Give the name under which one works on this computer."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        return INCONNU


def poste() -> str:
    """Give the name of this computer."""
    return platform.node() or INCONNU


def _prive(chemin: str, options: int) -> int:
    return os.open(chemin, options, 0o600)


if sys.platform == "win32":  # pragma: no cover - os.kill would end the process there

    def en_vie(processus: int) -> bool:
        """Say whether a process of this computer is still there."""
        import ctypes

        poignee = ctypes.windll.kernel32.OpenProcess(0x1000, 0, processus)  # PROCESS_QUERY_LIMITED_INFORMATION
        ctypes.windll.kernel32.CloseHandle(poignee)
        return bool(poignee)

else:

    def en_vie(processus: int) -> bool:
        """Say whether a process of this computer is still there."""
        try:
            os.kill(processus, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True
