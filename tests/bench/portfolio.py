"""A portfolio of any size for the benchmarks: accounts with contracts, people, contacts, tickets and readings."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cs_workbench.services import portfolios
from cs_workbench.services.workbench import Workbench

if TYPE_CHECKING:
    from sqlite3 import Connection

ROOT = Path(__file__).parents[2]
TODAY = dt.date(2026, 11, 21)
NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
_AT = "2026-01-01T00:00:00Z"
_DAILY = (("seats", "seats_used"), ("active", "active_users"), ("mails", "mail_opens"), ("usage", "usage"))
_RARE = ("events_attended", "checklist", "objectives", "value_ratio", "embedded")
_FEATURES = 6


def fill(path: str, accounts: int, days: int) -> None:
    """Make a portfolio at *path*: ten daily metrics over *days*, five rare ones, and everything else beside."""
    portfolios.create(path, now=NOW, language="ja").close()
    from cs_workbench.store.connection import connect

    connection = connect(path, mode="rw")
    connection.execute("begin")
    _write(connection, accounts, days, random.Random(1))
    connection.execute("commit")
    connection.close()


def open_at(path: str) -> Workbench:
    """Open it."""
    return Workbench.open(path)


def _write(connection: Connection, accounts: int, days: int, chance: random.Random) -> None:
    daily, rare = _metrics(connection)
    today = (TODAY - dt.date(1970, 1, 1)).days
    for account in range(1, accounts + 1):
        _account(connection, account, chance)
        _contacts(connection, account, chance)
        rows = [
            (account, metric, today - n, float(chance.randint(0, 30)))
            for metric in daily
            for n in range(days)
        ]
        rows += [
            (account, metric, today - n, chance.random() * 2) for metric in rare for n in range(0, 700, 60)
        ]
        connection.executemany(
            "insert into reading (account_id, metric_id, day, value) values (?, ?, ?, ?)", sorted(rows)
        )


def _metrics(connection: Connection) -> tuple[list[int], list[int]]:
    def add(key: str, role: str, feature: str | None = None) -> int:
        found = connection.execute(
            "insert into metric (key, name, family, role, feature, aggregation) values (?, ?, ?, ?, ?, ?)",
            (key, key, key, role, feature, "last" if role in ("seats_used", "active_users") else "sum"),
        ).lastrowid
        assert found is not None
        return found

    daily = [add(key, role) for key, role in _DAILY]
    daily += [add(f"feature_{n}", "feature", f"feature_{n}") for n in range(_FEATURES)]
    return daily, [add(role, role) for role in _RARE]


def _account(connection: Connection, account: int, chance: random.Random) -> None:
    since = TODAY - dt.timedelta(days=chance.randint(30, 900))
    connection.execute(
        """insert into account (id, name, name_key, stage, customer_since, created_at, updated_at)
           values (?, ?, ?, ?, ?, ?, ?)""",
        (
            account,
            f"株式会社{account:04d}",
            f"{account:04d}",
            chance.choice(("adoption", "renewal")),
            since.isoformat(),
            _AT,
            _AT,
        ),
    )
    connection.execute(
        "insert into account_source (account_id, source, external_id) values (?, 'salesforce', ?)",
        (account, f"001{account:06d}"),
    )
    for _ in range(chance.choice((1, 1, 2))):
        end = TODAY + dt.timedelta(days=chance.randint(-60, 360))
        start = end - dt.timedelta(days=364)
        connection.execute(
            """insert into contract (account_id, seats, arr, currency, start_on, end_on, term_months,
                                     notice_months, auto_renew, created_at, updated_at)
               values (?, ?, ?, 'JPY', ?, ?, 12, ?, ?, ?, ?)""",
            (account, chance.randint(5, 200), chance.randint(10, 900) * 10**8, start.isoformat(), end.isoformat(),
             chance.choice((None, 1, 3)), chance.choice((0, 1)), _AT, _AT),
        )  # fmt: skip


def _contacts(connection: Connection, account: int, chance: random.Random) -> None:
    people = [
        connection.execute(
            "insert into person (account_id, name, name_key, created_at, updated_at) values (?, ?, ?, ?, ?)",
            (account, f"P{n}", f"p{n}", _AT, _AT),
        ).lastrowid
        for n in range(4)
    ]
    connection.execute("insert into person_role (person_id, role) values (?, 'decision_maker')", (people[0],))
    for at in _instants(chance, 100):
        found = connection.execute(
            """insert into interaction (account_id, at, channel, direction, body, folded, created_at, updated_at)
               values (?, ?, ?, ?, ?, ?, ?, ?)""",
            (account, at, chance.choice(("call", "mail", "note")), chance.choice(("both", "in", "out")), "b" * 200,
             "b" * 200, _AT, _AT),
        ).lastrowid  # fmt: skip
        if chance.random() < 0.5:
            connection.execute(
                "insert into interaction_person (interaction_id, person_id) values (?, ?)",
                (found, chance.choice(people)),
            )
    for at in _instants(chance, 20):
        connection.execute(
            "insert into ticket (account_id, opened_at, solved_at, priority) values (?, ?, ?, ?)",
            (
                account,
                at,
                None if chance.random() < 0.1 else at,
                chance.choice(("low", "normal", "high", "urgent")),
            ),
        )


def _instants(chance: random.Random, count: int) -> Iterator[str]:
    ages = sorted((chance.randint(0, 700) for _ in range(count)), reverse=True)
    return (f"{TODAY - dt.timedelta(days=age)}T10:00:00Z" for age in ages)


def history(path: str) -> None:
    """A year of weekly scores, tiers and next steps for the accounts of the portfolio at *path*."""
    from cs_workbench.store.connection import connect

    chance = random.Random(2)
    connection = connect(path, mode="rw")
    connection.execute("begin")
    for (account,) in connection.execute("select id from account").fetchall():
        score = chance.uniform(25, 95)
        rows = []
        for week in range(52, -1, -1):
            score = min(99.0, max(5.0, score + chance.uniform(-4, 4)))
            band = "red" if score < 40 else "yellow" if score < 70 else "green"
            day = (TODAY - dt.timedelta(days=7 * week)).isoformat()
            rows.append((account, day, 1, round(score, 1), band, 0.9, "{}", "2026-01-01T00:00:00Z"))
        connection.executemany(
            "insert into snapshot (account_id, as_of, scorecard_id, score, band, coverage, detail, computed_at)"
            " values (?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        connection.execute("update account set tier = ? where id = ?", (chance.choice("ABC"), account))
        connection.execute(
            "insert into task (account_id, kind, title, due_on, created_at) values (?, 'task', ?, ?, ?)",
            (
                account,
                chance.choice(("議題を送る", "Send the agenda")),
                TODAY.isoformat(),
                "2026-01-01T00:00:00Z",
            ),
        )
    connection.execute("commit")
    connection.close()
