"""What is written beside a base before it takes its name, and what a process that was killed left of it.

Such a file names the computer and the process that make it, so that nobody takes away what another is still writing.
"""

import os
import re
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from assistmed_desktop.storage.verrou import en_vie, poste

_LONGUEUR = 40
"""How much of the name of a file that is being written, ``exchange`` keeps in the name of the one beside it."""


def provisoire(base: Path, quoi: str) -> Path:
    """Give the file in which this process makes something for a base, beside it."""
    return base.with_name(f".{base.name}.{_poste()}-{os.getpid()}.{quoi}")


def balayer(base: Path) -> None:
    """Take away what processes that have ended left beside a base, which this one holds; what resists stays.

    Those of other computers, which nobody can tell are still at work, stay too.
    """
    siens = re.compile(rf"\.{re.escape(base.name)}\.{_poste()}-(\d{{1,9}})\..+")
    copies = re.compile(rf"\.{re.escape(f'{base.stem}-avant-'[:_LONGUEUR])}.{{0,{_LONGUEUR}}}-(\d{{1,9}})\.tmp")
    with suppress(OSError), os.scandir(base.parent) as fichiers:
        for fichier in fichiers:
            lu = siens.fullmatch(fichier.name) or copies.fullmatch(fichier.name)
            if lu is not None and int(lu[1]) != os.getpid() and not en_vie(int(lu[1])):
                _retirer(Path(fichier.path))


def _retirer(reste: Path) -> None:
    if reste.is_dir() and not reste.is_symlink():
        rmtree(reste, ignore_errors=True)
    else:
        with suppress(OSError):
            reste.unlink()


def _poste() -> str:
    return sha256(poste().encode()).hexdigest()[:6]
