"""Planned rows in packed pages: the same rows back, changes on top, and nothing for the garbage collector to walk."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.services.intake.ledger import At, Body, Ledger
from cs_workbench.store.intake.pages import BESIDE, ROWS, Planned, packed, unpacked
from cs_workbench.store.intake.staging import Stage

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def stage() -> Iterator[Stage]:
    with Stage(rows=3) as made:
        yield made


def planned(row: int, **body: object) -> Planned:
    return 0, row, None, None, "", {"columns": {"n": row}, **body}


@given(values=st.lists(PLAIN, max_size=5))
def test_what_is_packed_comes_back(values: list[object]) -> None:
    assert unpacked(packed(values)) == values


def test_rows_lie_in_pages_of_their_table_in_order(stage: Stage) -> None:
    pages = stage._pages
    numbers = [pages.add("ticket" if row % 2 else "survey", planned(row)) for row in range(10)]
    assert len(set(numbers)) == 10
    for target, odd in (("ticket", 1), ("survey", 0)):
        rows = [one for _first, page in pages.each(target) for one in page]
        assert [one[1] for one in rows] == list(range(odd, 10, 2))
        assert [first for first, _page in pages.each(target)] == sorted(
            {number - number % 3 for number in numbers[odd::2]}
        )
    assert [pages.row(number)[1] for number in numbers] == list(range(10))


def test_a_change_is_seen_whether_its_page_is_packed_or_not(stage: Stage) -> None:
    pages = stage._pages
    numbers = [pages.add("ticket", planned(row)) for row in range(4)]
    for number in (numbers[0], numbers[3], numbers[3]):
        pages.change(number, {"columns": {"n": -number}})
    told = [0, 1, 2, -numbers[3]]
    assert [pages.row(number)[5]["columns"]["n"] for number in numbers] == told
    assert [one[5]["columns"]["n"] for _first, page in pages.each("ticket") for one in page] == told
    pages.settle(0, {numbers[1]: (0, 1, 7, None, "update", {"columns": {"n": 70}})})
    assert [pages.row(number)[5]["columns"]["n"] for number in numbers] == [0, 70, 2, -numbers[3]]
    assert pages.row(numbers[0])[4:] == ("", {"columns": {"n": 0}})


def test_only_pages_that_do_what_is_asked_are_unpacked(stage: Stage) -> None:
    pages = stage._pages
    numbers = [pages.add("account", planned(row)) for row in range(9)]
    pages.settle(0, {numbers[0]: (0, 0, None, -1, "create", {"columns": {}})})
    pages.settle(1, {numbers[3]: (0, 3, 5, None, "update", {"columns": {}, "custom": {"Tea": "green"}})})
    pages.settle(2, {numbers[6]: (0, 6, 6, None, "same", {"columns": {}})})
    assert [first for first, _page in pages.each("account", "c")] == [0]
    assert [first for first, _page in pages.each("account", "u")] == [3]
    assert [first for first, _page in pages.each("account", "u" + BESIDE)] == [3]
    assert list(pages.each("account", "c" + BESIDE)) == []


def test_records_are_handed_out_once_and_make_room() -> None:
    with Stage() as stage:
        stage.add_records("tickets", 0, ((row, {"values": {"subject": "x" * row}}) for row in range(600)))
        assert [row for _batch, row, _body in stage.records("tickets")] == list(range(600))
        assert list(stage.records("tickets")) == []


def test_ids_are_known_within_their_table_and_source(stage: Stage) -> None:
    stage.name(5, "ticket", "files", "T1")
    stage.name(6, "survey", "files", "T1")
    assert stage.named("ticket", "files", "T1") == 5
    assert stage.named("survey", "files", "T1") == 6
    assert stage.named("ticket", "desk", "T1") is None


def test_what_is_planned_is_no_object() -> None:
    """A million of them would hold the window up at every look of the collector, and fill the memory."""
    with Stage() as stage:
        ledger = Ledger(stage)
        ledger.open_batch()
        gc.collect()
        before = len(gc.get_objects())
        for row in range(5_000):
            ledger.put_keyed("ticket", At(0, row), "files", f"T{row}", Body({"subject": f"No {row}"}))
        gc.collect()
        assert len(gc.get_objects()) - before < 10 * ROWS
