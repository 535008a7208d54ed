"""The CSM's calls on health and renewals, and the steps of a renewal.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import os

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the five tables of release 0.2; nothing of release 0.1 is touched."""
    with open(os.path.join(os.path.dirname(__file__), "0002_calls.sql"), encoding="utf-8") as file:
        for statement in file.read().split(";\n"):
            if statement.strip():
                op.get_bind().exec_driver_sql(statement)
