"""The reports issued."""

from alembic import op

revision = "0003"
down_revision = "0002"

TABLE = """
    CREATE TABLE rapport_emis (
        cle INTEGER NOT NULL,
        genre TEXT NOT NULL,
        contrat TEXT NOT NULL,
        sujet TEXT NOT NULL,
        au TEXT NOT NULL,
        emis_le TEXT NOT NULL,
        moyen TEXT NOT NULL,
        nom TEXT NOT NULL,
        empreinte TEXT NOT NULL,
        empreinte_fichier TEXT NOT NULL,
        version TEXT NOT NULL,
        contenu BLOB,
        PRIMARY KEY (cle),
        CONSTRAINT ck_rapport_emis_au CHECK (au IS date(au, '+0 days')),
        CONSTRAINT ck_rapport_emis_moyen CHECK (moyen IN ('enregistre', 'imprime'))
    ) STRICT
"""


def upgrade() -> None:
    """Make the table."""
    op.execute(TABLE)
