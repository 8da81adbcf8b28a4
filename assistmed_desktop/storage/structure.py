"""Whether the tables of a file are those of the program, told before any of them is read.

A foreign file may have columns that take gigabytes to work out, checks that never end, triggers: SQLite's own
verification of a file runs them. Its structure is read as text, and as text compared with ours.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Final

from assistmed_desktop.storage import schema
from assistmed_desktop.storage.erreurs import traduire

_LIRE: Final = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"
_TAILLE_MAX: Final = 200_000

CONNUES: Final = frozenset(
    {
        "2b97d5aac037e609e118b32a60588d37",  # 1
        "08f4debebac76ea71a16226b2a6ce566",  # 2
        "5ce3aa78812213cd59ca36cb414b67eb",  # 2, from 1
        "58d6387aadafcc14d06fd3cfe4b7221f",  # 3, from 1
        "f9beee5155b37a23d07e37b76cb97af4",  # 3, from 2
        "7a2cd0c7fde3cc77ed9293674d57f24d",  # 4, from 1
        "5939a24a0ba2d6ac36e601cb8a349605",  # 4, from 2
    }
)
"""The structures that the program made so far, fresh or migrated, by ``empreinte``; others are compared at length."""

_Objets = list[tuple[str, str, str, str]]


def verifier_structure(connexion: sqlite3.Connection, version: int, base: Path) -> None:
    """Refuse a base whose structure is not that of its version.

    Raises:
        BaseEndommagee: when it is not.

    """
    (taille,) = connexion.execute("SELECT ifnull(sum(length(sql)), 0) FROM sqlite_master").fetchone()
    if taille > _TAILLE_MAX:
        raise traduire(None, base)
    objets = _objets(connexion)
    if empreinte(objets) not in CONNUES and not _comme_la_notre(objets, version):
        raise traduire(None, base)


def empreinte(objets: _Objets) -> str:
    """Give the fingerprint of a structure, whatever its blanks."""
    texte = "\n".join(" ".join(" ".join(objet).split()) for objet in objets)
    return sha256(texte.encode(errors="surrogatepass")).hexdigest()[:32]


def _objets(connexion: sqlite3.Connection) -> _Objets:
    return [(str(a), str(b), str(c), str(d)) for a, b, c, d in connexion.execute(_LIRE)]


def _comme_la_notre(objets: _Objets, version: int) -> bool:
    """Compare with what the migrations make, the order of the columns aside: SQLAlchemy and Alembic are slow."""
    if not 0 < version <= schema.VERSION:
        return version == 0 and not objets
    from assistmed_desktop.storage.transaction import transaction

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as neuve:
        with transaction(neuve) as sql:
            schema.migrer(sql, version)
        return _triees(objets) == _triees(_objets(neuve))


def _triees(objets: _Objets) -> list[tuple[str, str, str, list[str]]]:
    return [(genre, nom, table, sorted(_parties(texte))) for genre, nom, table, texte in objets]


def _parties(texte: str) -> Iterator[str]:
    """Cut a statement at the commas of its list; a check that stands beside its column is a part of its own."""
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
