"""Why a base cannot be opened, read or written. Each message is a French sentence for the user."""

import errno
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistmed_desktop.services.ports import ErreurDepot, ErreurPhrase


class ErreurBase(ErreurDepot):
    """What went wrong with a ``.assistmed`` file."""


class BaseIllisible(ErreurBase):
    """The file or its folder is missing, or may not be read or written."""


class BaseEtrangere(ErreurBase):
    """The file is not an AssistMed base."""


class BaseTropRecente(ErreurBase):
    """The file was written by a newer program."""


class BaseEndommagee(ErreurBase):
    """The file is damaged."""

    endommage = True


class BaseDemesuree(BaseEndommagee):
    """The file holds far more than a practice may."""


class BaseOccupee(ErreurBase):
    """Another process has the file open."""


class BaseDeplacee(ErreurBase):
    """The file was deleted, moved or replaced while it was open."""


class DisquePlein(ErreurBase):
    """There is no room left on the disk."""


class PhraseRequise(ErreurBase, ErreurPhrase):
    """The base is protected by a passphrase, and none was given."""


class PhraseFausse(ErreurBase, ErreurPhrase):
    """The passphrase given does not open the base."""

    fausse = True


_CLASSES: dict[int, type[ErreurBase]] = {
    sqlite3.SQLITE_BUSY: BaseOccupee,
    sqlite3.SQLITE_LOCKED: BaseOccupee,
    sqlite3.SQLITE_CORRUPT: BaseEndommagee,
    sqlite3.SQLITE_NOTADB: BaseEndommagee,
    sqlite3.SQLITE_ERROR: BaseEndommagee,  # a table or a column that should be there is not
    sqlite3.SQLITE_TOOBIG: BaseEndommagee,  # a value is larger than any of ours
    sqlite3.SQLITE_FULL: DisquePlein,
    sqlite3.SQLITE_PERM: BaseIllisible,
    sqlite3.SQLITE_READONLY: BaseIllisible,
    sqlite3.SQLITE_IOERR: BaseIllisible,
    sqlite3.SQLITE_CANTOPEN: BaseIllisible,
}

_PHRASES: dict[type[ErreurBase], str] = {
    BaseOccupee: "La base «\u00a0{base}\u00a0» est ouverte par un autre programme\u00a0: fermez-le, puis recommencez.",
    BaseEndommagee: (
        "La base «\u00a0{base}\u00a0» est endommagée. Elle n'a pas été modifiée\u00a0: restaurez une sauvegarde."
    ),
    BaseDeplacee: (
        "Le fichier «\u00a0{base}\u00a0» a été supprimé, déplacé ou remplacé pendant qu'il était ouvert\u00a0: rien "
        "n'a été enregistré. Ce qui est affiché est intact\u00a0: mettez-le à l'abri par Fichier, Exporter le dossier, "
        "puis quittez et rouvrez votre cabinet."
    ),
    DisquePlein: (
        "Il n'y a plus de place sur le disque de «\u00a0{base}\u00a0»\u00a0: rien n'a été enregistré. "
        "Libérez de la place, puis recommencez."
    ),
    BaseIllisible: (
        "La base «\u00a0{base}\u00a0» ne peut pas être lue ou écrite\u00a0: vérifiez vos droits sur son dossier, "
        "et que son disque est bien branché."
    ),
    ErreurBase: "La base «\u00a0{base}\u00a0» a refusé cet enregistrement\u00a0: rien n'a été modifié.",
}


def traduire(erreur: BaseException | None, base: Path, classe: type[ErreurBase] | None = None) -> ErreurBase:
    """Say in French what SQLite reports by its result code, or the system by its errno; or a kind that is known."""
    classe = classe or _classe(erreur)
    return classe(_PHRASES[classe].format(base=base))


def erreurs_sqlite() -> tuple[type[Exception], ...]:
    """Give what SQLite and, once it is loaded, SQLCipher raise: the two know nothing of each other."""
    sqlcipher = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error,) if sqlcipher is None else (sqlite3.Error, sqlcipher.Error)


@contextmanager
def erreurs_traduites(base: Path) -> Iterator[None]:
    """Turn what SQLite, SQLAlchemy and the system raise about a base into an ErreurBase."""
    try:
        yield
    except Exception as erreur:
        origine: BaseException = getattr(erreur, "orig", erreur)  # SQLAlchemy wraps the error of SQLite
        # A UnicodeDecodeError: SQLite's own error message quotes the damage.
        if isinstance(origine, (*erreurs_sqlite(), OSError, UnicodeDecodeError)):
            raise traduire(origine, base) from erreur
        raise


def _classe(erreur: BaseException | None) -> type[ErreurBase]:
    if isinstance(erreur, OSError):
        return DisquePlein if erreur.errno in (errno.ENOSPC, errno.EDQUOT) else BaseIllisible
    code: int = getattr(erreur, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)  # none: a value is wrong
    return _CLASSES.get(code & 0xFF, ErreurBase)
