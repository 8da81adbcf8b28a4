"""How the tests of the storage look into a base, and change it behind the program's back."""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.storage.depot import DepotSqlite
from tests.services.outils import HorlogeReglee

PROCESSUS = Path(__file__).with_name("processus.py")
PERSONNE = 54321
"""A user that no system knows."""


def ouvrir(base: Path, *, creer: bool = True) -> DepotSqlite:
    """Open a base with a clock that is set."""
    return DepotSqlite.ouvrir(base, HorlogeReglee(), creer=creer)


def base_de(dossier: Dossier | None, base: Path) -> Path:
    """Make a base that holds a dossier."""
    with ouvrir(base) as depot:
        depot.enregistrer(None, dossier)
    return base


def sql(base: Path, demande: str, *valeurs: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - any SQL value
    """Run one statement on a closed base, as any other program would."""
    with closing(sqlite3.connect(base)) as connexion, connexion:
        return connexion.execute(demande, valeurs).fetchall()


def forcer(base: Path, demande: str, *valeurs: Any) -> None:  # noqa: ANN401 - any SQL value
    """Run one statement that the base's own checks would refuse."""
    with closing(sqlite3.connect(base)) as connexion, connexion:
        connexion.execute("PRAGMA ignore_check_constraints = ON")
        connexion.execute(demande, valeurs)


def objets(base: Path) -> list[tuple[str, str, list[str]]]:
    """Give every table and index of a base, with its columns and its constraints as SQL, in alphabetical order.

    Nothing depends on their order, nor on whether a check stands beside its column, where ALTER TABLE puts it.
    """
    lignes = sql(base, "SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
    return [(genre, nom, sorted(_parties(texte or ""))) for genre, nom, texte in lignes]


def _parties(texte: str) -> Iterator[str]:
    assert not [cite for cite in re.findall(r"'[^']*'", texte) if "\n" in cite]
    texte = re.sub(r"\s*([(),])\s*", r"\1", " ".join(texte.split())).replace(" CONSTRAINT ", ",CONSTRAINT ")
    profondeur, partie = 0, ""
    for signe in texte:
        profondeur += {"(": 1, ")": -1}.get(signe, 0)
        if (signe, profondeur) in ((",", 1), ("(", 1), (")", 0)):
            yield partie
            partie = ""
        else:
            partie += signe
    yield partie


@contextmanager
def autre_processus(base: Path) -> Iterator[subprocess.Popen[str]]:
    """Have another process write to a base, one reading after the other; it ends when it is killed."""
    with subprocess.Popen(
        [sys.executable, str(PROCESSUS), str(base)], stdout=subprocess.PIPE, text=True, bufsize=1
    ) as processus:
        try:
            yield processus
        finally:
            processus.kill()


@contextmanager
def sans_privilege() -> Iterator[None]:
    """Be an ordinary user, whom the modes of files bind."""
    if os.geteuid() != 0:
        yield
        return
    os.setresuid(PERSONNE, PERSONNE, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
