"""Where a base is: the very file that this process has open, known by its device and its number.

On Unix, closing a file drops every lock that the process has on it, by whatever door it was opened: a base that is open
here must not be opened again, were it to read its first bytes, or another process could take it.
"""

import os
from pathlib import Path

from assistmed_desktop.storage.erreurs import BaseDeplacee, BaseOccupee, traduire

_OUVERTES: set[tuple[int, int]] = set()


class Place:
    """The file of an open base. What would be written to it once it is no longer there would be lost in silence."""

    def __init__(self, base: Path) -> None:
        self._base = base
        self._fichier = base.stat()
        self._numero = (self._fichier.st_dev, self._fichier.st_ino)
        _OUVERTES.add(self._numero)

    def verifier(self) -> None:
        """See that the file is still where it was opened.

        Raises:
            BaseDeplacee: when there is none, or another one.

        """
        try:
            present = os.path.samestat(self._fichier, self._base.stat())
        except OSError:
            present = False
        if not present:
            raise traduire(None, self._base, BaseDeplacee)

    def quitter(self) -> None:
        """Say that the base is closed."""
        _OUVERTES.discard(self._numero)


def refuser_si_ouverte(base: Path) -> None:
    """Refuse to open again a base that this process has open.

    Raises:
        BaseOccupee: when it has.
        OSError: when there is no such file.

    """
    fichier = base.stat()
    if (fichier.st_dev, fichier.st_ino) in _OUVERTES:
        raise BaseOccupee(f"La base «\u00a0{base}\u00a0» est déjà ouverte dans ce programme.")
