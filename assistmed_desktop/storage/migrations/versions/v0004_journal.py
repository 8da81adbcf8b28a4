"""The journal."""

from alembic import op

revision = "0004"
down_revision = "0003"

TABLE = """
    CREATE TABLE journal (
        cle INTEGER NOT NULL,
        le TEXT NOT NULL,
        utilisateur TEXT NOT NULL,
        poste TEXT NOT NULL,
        etape TEXT NOT NULL,
        details TEXT NOT NULL,
        precedent TEXT NOT NULL,
        empreinte TEXT NOT NULL,
        PRIMARY KEY (cle),
        CONSTRAINT ck_journal_le CHECK (le GLOB '????-??-??T??:??:??[+-]??:??' AND datetime(le) IS NOT NULL),
        CONSTRAINT ck_journal_utilisateur CHECK (utilisateur <> ''),
        CONSTRAINT ck_journal_poste CHECK (poste <> ''),
        CONSTRAINT ck_journal_etape CHECK (etape <> ''),
        CONSTRAINT ck_journal_details CHECK (details GLOB '{*}'),
        CONSTRAINT ck_journal_precedent CHECK (length(precedent) = 64 AND precedent NOT GLOB '*[^0-9a-f]*'),
        CONSTRAINT ck_journal_empreinte CHECK (length(empreinte) = 64 AND empreinte NOT GLOB '*[^0-9a-f]*')
    ) STRICT
"""


def upgrade() -> None:
    """Make the table."""
    # Not op.execute(), which takes a colon for the start of a parameter.
    op.get_bind().exec_driver_sql(TABLE)
