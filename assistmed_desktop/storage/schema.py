"""The schema of a base: made at once in a fresh file, brought to its head by the migrations in an older one.

``user_version`` is the number of migrations that a file has had. The program can so tell an older file from a newer
one without importing Alembic, which is slow; a test proves that both ways make the same schema.
"""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

APPLICATION_ID = 0x41734D64
"""``AsMd`` in ASCII: what marks an SQLite file as an AssistMed base. Never changes."""

VERSION = 4
"""How many migrations there are."""

TETE = "0004"
"""The last of them."""

MIGRATIONS = Path(__file__).parent / "migrations"


def creer(connexion: "Connection") -> None:
    """Make the whole schema in an empty file, within the current transaction."""
    from assistmed_desktop.storage.tables import METADATA

    METADATA.create_all(connexion)
    connexion.exec_driver_sql(
        "CREATE TABLE alembic_version "
        "(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connexion.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (TETE,))
    _marquer(connexion)


def migrer(connexion: "Connection", version: int = VERSION) -> None:
    """Bring an older schema, or an empty file, to its head or to a version before, within the current transaction.

    Raises:
        sqlite3.DatabaseError: when the base does not name the migrations that it has had.

    """
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connexion
    try:
        command.upgrade(config, f"{version:04}")
    except CommandError as erreur:
        raise sqlite3.DatabaseError(str(erreur)) from erreur
    _marquer(connexion, version)


def _marquer(connexion: "Connection", version: int = VERSION) -> None:
    connexion.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connexion.exec_driver_sql(f"PRAGMA user_version = {version}")
