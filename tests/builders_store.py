"""Small portfolios for tests: rows by plain SQL, and a digest of everything that counts."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from cs_workbench.domain.text import fold, name_key
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.change import Change
from cs_workbench.store.journal import UNTRACKED
from cs_workbench.store.reads import Reads

NOW = dt.datetime(2026, 3, 4, 5, 6, 7, tzinfo=dt.UTC)
AT = "2026-03-04T05:06:07Z"


def add_account(db: Change, name: str = "Aoba", **values: Any) -> int:
    """Insert an account and return its id."""
    row = {"name": name, "name_key": name_key(name), "created_at": AT, "updated_at": AT, **values}
    return _insert(db, "account", row)


def add_person(db: Change, account_id: int | None, name: str = "Sato", **values: Any) -> int:
    """Insert a person and return their id."""
    row = {
        "account_id": account_id,
        "name": name,
        "name_key": name_key(name),
        "created_at": AT,
        "updated_at": AT,
    }
    return _insert(db, "person", {**row, **values})


def add_interaction(db: Change, account_id: int, body: str = "更新の相談", **values: Any) -> int:
    """Insert an interaction with its folded copy and return its id."""
    row = {
        "account_id": account_id,
        "at": AT,
        "channel": "call",
        "subject": "Call",
        "body": body,
        "folded": fold(f"Call {body}"),
        "created_at": AT,
        "updated_at": AT,
    }
    return _insert(db, "interaction", {**row, **values})


def add_contract(db: Change, account_id: int, **values: Any) -> int:
    """Insert a contract and return its id."""
    return _insert(db, "contract", {"account_id": account_id, "created_at": AT, "updated_at": AT, **values})


def add_task(db: Change, account_id: int, title: str = "Send minutes", **values: Any) -> int:
    """Insert a task and return its id."""
    return _insert(db, "task", {"account_id": account_id, "title": title, "created_at": AT, **values})


def add_metric(db: Change, key: str = "logins") -> int:
    """Insert a metric and return its id."""
    return _insert(db, "metric", {"key": key, "name": key, "family": key})


def add_batch(db: Change) -> int:
    """Insert an import batch and return its id."""
    numbers = dict.fromkeys(("rows", "created", "updated", "unchanged", "rejected"), 0)
    words = {
        "at": AT,
        "file_name": "f.csv",
        "sha256": "",
        "source": "files",
        "kind": "readings",
        "mapping": "{}",
    }
    return _insert(db, "import_batch", {**words, **numbers})


def put_readings(db: Change, batch: int, rows: dict[tuple[int, int, int], float]) -> None:
    """Merge readings as an import does: what is replaced goes to ``reading_before``."""
    db.batch(batch)
    for (account, metric, day), value in rows.items():
        key = (account, metric, day)
        db.execute(
            "insert into reading_before select ?, account_id, metric_id, day, value, batch_id from reading"
            " where account_id=? and metric_id=? and day=? and batch_id is not ?",
            (batch, *key, batch),
        )
        db.execute(
            "insert into reading (account_id, metric_id, day, value, batch_id) values (?, ?, ?, ?, ?)"
            " on conflict do update set value=excluded.value, batch_id=excluded.batch_id",
            (*key, value, batch),
        )


def state(reads: Reads) -> str:
    """A digest of every tracked row and of the search index: what undo and redo must bring back exactly."""
    digest = hashlib.sha256()
    names = reads.all("select name from sqlite_schema where type='table' and name glob 'j_*' order by name")
    for (twin,) in names:
        table = twin[2:]
        assert table not in UNTRACKED
        rows = sorted(reads.all(f'select * from "{table}"'), key=repr)
        digest.update(repr((table, rows)).encode())
    for table in ("interaction", "ticket"):
        found = reads.all(
            f"select rowid from {table}_short where {table}_short match '\"更新\"' order by rowid"
        )
        digest.update(repr(found).encode())
    return digest.hexdigest()


def count(wb: Workbench, table: str) -> int:
    """Rows of a table, as committed."""
    return int(wb.reads.scalar(f'select count(*) from "{table}"'))


def _insert(db: Change, table: str, row: dict[str, Any]) -> int:
    names = ", ".join(f'"{name}"' for name in row)
    return db.lastrowid(
        f'insert into "{table}" ({names}) values ({", ".join(":" + name for name in row)})', row
    )
