"""Rows in one piece are the rows that came one by one: same values, same order, the same for the whole list."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.services import account_table
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.whole import Whole

TODAY = dt.date(2026, 11, 21)
TYPED = ("plain", "", "<img src=x>", "\u202eRTL", '改行\n\tと"引用"', "\x00 nothing", "🙂" * 300)


@pytest.fixture
def portfolio(path: str) -> Workbench:
    return Workbench.open(path, create=True)


def fill(workbench: Workbench) -> None:
    with workbench.change("Fill") as db:
        for number, text in enumerate(TYPED):
            db.execute(
                """insert into account (name, name_key, stage, owner, created_at, updated_at)
                   values (?, ?, ?, ?, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')""",
                (text or "x", text or "x", "adoption" if number % 2 else None, text or None),
            )
            db.execute(
                """insert into contract (account_id, arr, currency, start_on, end_on, created_at, updated_at)
                   values (?, ?, 'JPY', '2026-01-01', ?, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')""",
                (number + 1, number * 10**7 + 1, f"2026-12-{number + 10}"),
            )


def test_the_accounts_list_is_the_same(portfolio: Workbench) -> None:
    with portfolio as wb:
        fill(wb)
        plain = account_table.first(wb.reads, TODAY, contacts=False)
        whole = account_table.first_rows(wb.reads, dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC))
        assert len(plain.lines) == len(TYPED)
        assert [line.row for line in whole.lines] == [line.row for line in plain.lines]
        assert [(line.place, line.arr, line.days_left) for line in whole.lines] == [
            (line.place, line.arr, line.days_left) for line in plain.lines
        ]
        assert (whole.stages, whole.tiers, whole.vocabulary, whole.currency) == (
            plain.stages,
            plain.tiers,
            plain.vocabulary,
            plain.currency,
        )


@pytest.mark.parametrize(
    "sql",
    [
        "select id, name from account order by name desc",
        "select a.id, a.name, a.owner, c.arr from account a join contract c on c.account_id = a.id order by c.arr desc",
        "with two as (select id from account limit 2) select id, null, 1.5, -9007199254740993 from two",
        "select name from account where 0",
        "select count(*), max(name), min(owner) from account where id > :least",
    ],
)
def test_every_kind_of_statement_gives_the_same_rows(portfolio: Workbench, sql: str) -> None:
    with portfolio as wb:
        fill(wb)
        params = {"least": 2} if ":least" in sql else {}
        assert Whole(wb.reads).all(sql, params) == wb.reads.all(sql, params)


def test_single_answers_pass_through(portfolio: Workbench) -> None:
    with portfolio as wb:
        fill(wb)
        whole = Whole(wb.reads)
        assert whole.scalar("select count(*) from account") == len(TYPED)
        assert whole.one("select id from account where 0") is None
        assert len(list(whole.each("select id from account"))) == len(TYPED)
        assert whole.width("select id, name from account where id = ?", (1,)) == 2


@given(
    value=st.one_of(
        st.none(),
        st.integers(-(2**63), 2**63 - 1),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(st.characters(exclude_categories=["Cs"])),
    )
)
def test_values_come_over_exactly(value: object) -> None:
    import sqlcipher3

    from cs_workbench.store.reads import Reads

    connection = sqlcipher3.connect(":memory:")
    reads = Reads("", lambda: connection)
    (found,) = Whole(reads).all("select ?1", (value,))[0]
    (plain,) = reads.all("select ?1", (value,))[0]
    assert found == plain
    assert type(found) is type(plain)
    assert not isinstance(found, float) or math.copysign(1, found) == math.copysign(1, plain)
    connection.close()
