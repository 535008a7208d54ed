"""Personas, maps, plans, onboarding, training, the closed loop, and the value ledger.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import os

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables of success and value; nothing of earlier revisions is touched."""
    with open(os.path.join(os.path.dirname(__file__), "0003_success.sql"), encoding="utf-8") as file:
        for statement in file.read().split(";\n"):
            if statement.strip():
                op.get_bind().exec_driver_sql(statement)
