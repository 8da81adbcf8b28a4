"""SQLAlchemy on the one connection of a base, for what writes. It is slow to import: reading does without."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, StaticPool, event
from sqlmodel import create_engine


@contextmanager
def transaction(connexion: sqlite3.Connection) -> Iterator[Connection]:
    """Begin a transaction by BEGIN IMMEDIATE; commit it at the end, or roll all of it back when something raises."""
    moteur = create_engine("sqlite://", creator=lambda: connexion, poolclass=StaticPool)
    event.listen(moteur, "begin", lambda sql: sql.exec_driver_sql("BEGIN IMMEDIATE"))
    sql = moteur.connect()
    try:
        with sql.begin():
            yield sql
    finally:
        # Given back without being closed: the connection outlives its transactions.
        sql.detach()
