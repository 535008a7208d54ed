"""Small portfolios in memory for tests of scores, accounts and renewals: plain rows in the real schema."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlcipher3

NOW = "2026-11-01T09:00:00Z"
EPOCH = dt.date(1970, 1, 1).toordinal()
_REQUIRED: dict[str, dict[str, object]] = {
    "account": {"created_at": NOW, "updated_at": NOW},
    "contract": {"created_at": NOW, "updated_at": NOW},
    "person": {"created_at": NOW, "updated_at": NOW},
    "interaction": {"created_at": NOW, "updated_at": NOW},
    "task": {"created_at": NOW},
    "scorecard": {"created_at": NOW},
    "snapshot": {"computed_at": NOW},
}


def day(date: dt.date) -> int:
    """Days since 1970-01-01, as readings are dated."""
    return date.toordinal() - EPOCH


class MemoryPortfolio:
    """The real schema in memory. It reads like ``Reads`` and writes rows by table and column names."""

    def __init__(self, path: str = ":memory:") -> None:
        from sqlalchemy.dialects import sqlite
        from sqlalchemy.schema import CreateIndex, CreateTable

        from cs_workbench.store.tables import Base

        self.connection = sqlcipher3.connect(path, isolation_level=None)
        for table in Base.metadata.sorted_tables:
            self.connection.execute(str(CreateTable(table).compile(dialect=sqlite.dialect())))
            for index in table.indexes:
                self.connection.execute(str(CreateIndex(index).compile(dialect=sqlite.dialect())))

    def all(self, sql: str, params: Mapping[str, object] | Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Every row."""
        return self.connection.execute(sql, params).fetchall()

    def one(self, sql: str, params: Mapping[str, object] | Sequence[object] = ()) -> tuple[Any, ...] | None:
        """The first row."""
        return self.connection.execute(sql, params).fetchone()

    def scalar(self, sql: str, params: Mapping[str, object] | Sequence[object] = ()) -> Any:
        """The first value."""
        row = self.one(sql, params)
        return None if row is None else row[0]

    def each(
        self, sql: str, params: Mapping[str, object] | Sequence[object] = ()
    ) -> Iterator[tuple[Any, ...]]:
        """Row by row."""
        yield from self.connection.execute(sql, params)

    def execute(self, sql: str, params: Mapping[str, object] | Sequence[object] = ()) -> int:
        """Run a statement; how many rows it touched."""
        return int(self.connection.execute(sql, params).rowcount)

    def executemany(self, sql: str, rows: Sequence[Any]) -> None:
        """Run a statement for every row."""
        self.connection.executemany(sql, rows)

    def add(self, table: str, **values: object) -> int:
        """Insert one row and return its id."""
        row = _REQUIRED.get(table, {}) | values
        columns = ", ".join(row)
        marks = ", ".join(f":{name}" for name in row)
        cursor = self.connection.execute(f"insert into {table} ({columns}) values ({marks})", row)
        return int(cursor.lastrowid)

    def account(self, name: str = "Aoba", **values: object) -> int:
        """Insert an account."""
        from cs_workbench.domain.text import name_key

        return self.add("account", **{"name": name, "name_key": name_key(name)} | values)

    def metric(self, key: str, role: str | None = None, **values: object) -> int:
        """Insert a metric definition."""
        return self.add("metric", **{"key": key, "name": key, "family": key, "role": role} | values)

    def readings(self, account: int, metric: int, values: Mapping[dt.date, float]) -> None:
        """Insert readings by date."""
        rows = [(account, metric, day(date), value) for date, value in values.items()]
        self.executemany("insert into reading (account_id, metric_id, day, value) values (?, ?, ?, ?)", rows)

    def met(
        self, account: int, at: str, *people: int, direction: str = "both", channel: str = "meeting"
    ) -> int:
        """Insert an interaction with its participants."""
        found = self.add("interaction", account_id=account, at=at, channel=channel, direction=direction)
        for person in people:
            self.add("interaction_person", interaction_id=found, person_id=person)
        return found

    def person(self, account: int, name: str, *roles: str, **values: object) -> int:
        """Insert a person with stakeholder roles."""
        from cs_workbench.domain.text import name_key

        found = self.add(
            "person", **{"account_id": account, "name": name, "name_key": name_key(name)} | values
        )
        for role in roles:
            self.add("person_role", person_id=found, role=role)
        return found
