"""Readings in columns: order, terms, dropping; and what an import makes of them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_workbench.intake.rows import MetricSpec
from cs_workbench.services.intake.pile import Pile, batch_row, origin_of
from cs_workbench.services.intake.plan_readings import CREATED, UNCHANGED, Ids, ReadingPlan, plan_readings
from tests.builders_import import portfolio

Row = tuple[int, int, int, float, int, int]
"""ref, metric, day, value, file, row"""
ROWS = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.integers(0, 2),
        st.integers(-30, 30),
        st.integers(0, 9).map(float),
        st.integers(0, 2),
        st.just(0),
    ),
    max_size=60,
)
ACCOUNTS = {0: 11, 1: 12, 2: 11, 3: -1}
SPECS = [
    MetricSpec("logins", "logins", "logins"),
    MetricSpec("seats", "seats", "seats", aggregation="last"),
    MetricSpec("c", "c", "c"),
]


def _pile(rows: list[Row]) -> Pile:
    pile = Pile()
    for ref, metric, day, value, batch, row in rows:
        pile.add([ref], [metric], [day], [value], [origin_of(batch, row)])
    return pile


def _numbered(rows: list[Row]) -> list[Row]:
    return [(*row[:5], number) for number, row in enumerate(rows, 2)]


@given(batch=st.integers(0, 65_535), row=st.integers(0, 16_000_000))
def test_file_and_row_survive_packing_and_sort_by_both(batch: int, row: int) -> None:
    assert batch_row(origin_of(batch, row)) == (batch, row)
    assert origin_of(batch, row) < origin_of(batch, row + 1) < origin_of(batch + 1, 1)


@given(rows=ROWS, size=st.integers(1, 7))
def test_pieces_are_in_key_order_and_split_no_key(rows: list[Row], size: int) -> None:
    rows = _numbered(rows)
    expected = sorted(
        (ACCOUNTS[ref], metric, day, number, value, origin_of(batch, row))
        for number, (ref, metric, day, value, batch, row) in enumerate(rows)
        if ref in ACCOUNTS
    )
    found: list[tuple[int, int, int, float, int]] = []
    last: tuple[int, int, int] | None = None
    for piece in _pile(rows).in_order(ACCOUNTS, size):
        part = list(zip(piece.accounts, piece.metrics, piece.days, piece.values, piece.origins, strict=True))
        keys = [entry[:3] for entry in part]
        assert keys[0] != last
        assert piece.single == (len(set(keys)) == len(keys))
        last = keys[-1]
        found += part
    assert found == [(a, m, d, v, o) for a, m, d, _number, v, o in expected]


@given(rows=ROWS)
@settings(max_examples=60)
def test_what_is_planned_is_the_last_file_added_up(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row]
) -> None:
    rows = _numbered(rows)
    wanted: dict[tuple[int, int, int], dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for ref, metric, day, value, batch, _row in rows:
        if ref in ACCOUNTS:
            wanted[ACCOUNTS[ref], metric, day][batch].append(value)
    expected = {}
    for (account, metric, day), by_file in wanted.items():
        last = max(by_file)
        values = by_file[last]
        total = values[-1] if SPECS[metric].aggregation == "last" else sum(values)
        expected[account if account > 0 else 101, 50 + metric, day] = (total, 900 + last)
    plan = _plan_in(_EMPTY, rows)
    written = {row[:3]: row[3:] for row in plan.new_rows(Ids([50, 51, 52], 100, [900, 901, 902]))}
    assert written == expected
    assert plan.created == len(expected)
    for ref, _metric, _day, _value, batch, row in rows:
        assert plan.ranks[batch][row] in ((CREATED, UNCHANGED) if ref in ACCOUNTS else (0,))


class _Nothing:
    """Reads of a portfolio without metrics and readings."""

    def all(self, _sql: str, _params: object = ()) -> list[tuple[object, ...]]:
        return []

    def one(self, _sql: str, _params: object = ()) -> None:
        return None


_EMPTY = _Nothing()


def _plan_in(db: object, rows: list[Row]) -> ReadingPlan:
    last = {batch: max((row for *_rest, b, row in rows if b == batch), default=0) for batch in range(3)}
    return plan_readings(db, _pile(rows).in_order(ACCOUNTS), SPECS, last)  # type: ignore[arg-type]


def test_rows_outside_their_term_count_once_a_row() -> None:
    pile = _pile(
        [
            (0, 0, 9, 1.0, 0, 2),
            (0, 1, 9, 1.0, 0, 2),
            (0, 0, 10, 1.0, 0, 3),
            (0, 0, 21, 1.0, 1, 2),
            (1, 0, 0, 1.0, 0, 4),
        ]
    )
    assert pile.outside({0: (10, 20), 1: (None, None)}) == {0: (1, 0), 1: (0, 1)}
    assert pile.outside({}) == {}


def test_dropping_rows_and_finding_them_by_reference() -> None:
    pile = _pile([(0, 0, 1, 1.0, 0, 2), (1, 0, 1, 2.0, 0, 3), (1, 1, 1, 3.0, 0, 3)])
    assert pile.rows_of({1: "unknown"}) == {origin_of(0, 3): 1}
    pile.drop({origin_of(0, 3)})
    assert len(pile) == 1
    assert [piece.values for piece in pile.in_order({0: 5, 1: 6})] == [[1.0]]


def test_nothing_to_plan(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        plan = plan_readings(wb.reads, Pile().in_order({}), [], {})
    assert (plan.created, plan.updated, plan.owners) == (0, 0, set())
