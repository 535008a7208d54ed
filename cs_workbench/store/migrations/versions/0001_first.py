"""The first schema. Frozen with the first release, like every revision after it.

Revision ID: 0001
Revises:
"""

from __future__ import annotations

import os

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table and index as release 0.1 had them."""
    with open(os.path.join(os.path.dirname(__file__), "0001_first.sql"), encoding="utf-8") as file:
        for statement in file.read().split(";\n"):
            if statement.strip():
                op.get_bind().exec_driver_sql(statement)
