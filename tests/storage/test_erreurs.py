"""What the system reports, in French."""

import errno
import sqlite3
from pathlib import Path

import pytest

from assistmed_desktop.storage.erreurs import (
    BaseIllisible,
    DisquePlein,
    ErreurBase,
    erreurs_traduites,
    traduire,
)

BASE = Path("cabinet.assistmed")


@pytest.mark.parametrize(
    ("erreur", "classe"),
    [
        (OSError(errno.ENOSPC, ""), DisquePlein),
        (OSError(errno.EDQUOT, ""), DisquePlein),
        (OSError(errno.EIO, ""), BaseIllisible),
        (PermissionError(errno.EACCES, ""), BaseIllisible),
    ],
)
def test_the_errors_of_the_system(erreur: OSError, classe: type[ErreurBase]) -> None:
    with pytest.raises(ErreurBase) as refus, erreurs_traduites(BASE):
        raise erreur
    assert type(refus.value) is classe
    assert refus.value.__cause__ is erreur
    assert "«\u00a0cabinet.assistmed\u00a0»" in str(refus.value)


def test_an_extended_code_says_what_its_family_says() -> None:
    erreur = sqlite3.OperationalError()
    erreur.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    assert type(traduire(erreur, BASE)) is BaseIllisible
    erreur.sqlite_errorcode = sqlite3.SQLITE_NOMEM
    assert type(traduire(erreur, BASE)) is ErreurBase
