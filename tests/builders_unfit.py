"""Files whose marks are those of a portfolio while their tables are not: each maker spoils the portfolio at a path."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing

from cs_workbench.store import gate

Spoil = Callable[[str], None]


def altered(*statements: str) -> Spoil:
    """Somebody else's program changed the tables."""

    def spoil(path: str) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as raw:
            for statement in ("pragma foreign_keys=off", *statements, "pragma wal_checkpoint(truncate)"):
                raw.execute(statement)

    return spoil


def made_up(*statements: str) -> Spoil:
    """Another database that carries our marks."""
    marks = (
        f"pragma application_id={gate.APPLICATION_ID}",
        f"pragma user_version={gate.SCHEMA_VERSION}",
    )

    def spoil(path: str) -> None:
        for name in (path, path + "-wal", path + "-shm"):
            if os.path.exists(name):
                os.unlink(name)
        with closing(sqlite3.connect(path, isolation_level=None)) as raw:
            for statement in (*statements, *marks, "vacuum"):
                raw.execute(statement)

    return spoil


UNFIT: dict[str, tuple[Spoil, str, str]] = {
    "nothing in it": (made_up(), "damaged", "account"),
    "another's tables": (made_up("create table a (b)"), "damaged", "account"),
    "utf-16": (made_up("pragma encoding='UTF-16'", "create table account (id)"), "damaged", "account"),
    "a table gone": (altered("drop table draft"), "damaged", "draft"),
    "accounts gone": (altered("drop table account"), "damaged", "account"),
    "a column more": (altered("alter table account add column evil text"), "damaged", "account"),
    "a column less": (altered("alter table account drop column country"), "damaged", "account"),
    "a generated column": (
        altered("alter table account add column g generated always as (name || 'x')"),
        "damaged",
        "account",
    ),
    "a journal that does not fit": (altered("alter table j_account add column evil"), "damaged", "j_account"),
    "an index gone": (altered("drop index ix_account_name_key"), "damaged", "ix_account_name_key"),
    "a view for a table": (
        altered("drop table draft", "create view draft as select 1 as id"),
        "damaged",
        "draft",
    ),
    "a trigger": (
        altered("create trigger t after update on account begin delete from account; end"),
        "foreign_schema",
        "never writes",
    ),
    "a table more": (
        altered("create table x (id references account on delete restrict)"),
        "foreign_schema",
        "never writes",
    ),
    "an index more": (altered("create unique index x on account (owner)"), "foreign_schema", "never writes"),
}
"""By what is the matter: who spoils it, the code it is refused with, and what the sentence names."""
