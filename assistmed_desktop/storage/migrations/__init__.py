"""How the schema came to be what it is, one Alembic script a step. Run by ``storage.schema``."""
