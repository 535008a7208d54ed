"""Alembic revisions: how an older portfolio becomes one of today. Imported only when a file is older."""
