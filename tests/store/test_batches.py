"""Readings are undone and redone by their batch, exactly, also where batches overlap and accounts come and go."""

from __future__ import annotations

import pytest

from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_batch, add_metric, count, put_readings, state

Rows = dict[tuple[int, int, int], float]


@pytest.fixture
def one(wb: Workbench) -> tuple[int, int]:
    with wb.change("Set up") as db:
        return add_account(db), add_metric(db)


def load(wb: Workbench, rows: Rows, name: str = "Import") -> int:
    with wb.change(name) as db:
        batch = add_batch(db)
        put_readings(db, batch, rows)
    return batch


def readings(wb: Workbench) -> list[tuple[object, ...]]:
    return wb.reads.all("select account_id, metric_id, day, value, batch_id from reading")


def walk(wb: Workbench, times: int) -> None:
    """Undo *times* steps and redo them: every state in between must be met again."""
    seen = [state(wb.reads)]
    for _ in range(times):
        assert wb.undo()
        seen.append(state(wb.reads))
    for expected in reversed(seen[:-1]):
        assert wb.redo()
        assert state(wb.reads) == expected
    assert wb.reads.all("pragma foreign_key_check") == []


def test_a_first_import_goes_and_comes_back(wb: Workbench, one: tuple[int, int]) -> None:
    load(wb, {(*one, day): day / 2 for day in range(50)})
    walk(wb, 1)
    wb.undo()
    assert count(wb, "reading") == 0
    assert count(wb, "reading_before") == 0
    assert count(wb, "reading_undone") == 50


def test_replaced_values_come_back_with_their_batch(wb: Workbench, one: tuple[int, int]) -> None:
    first = load(wb, {(*one, 1): 1.0, (*one, 2): 2.0})
    second = load(wb, {(*one, 2): 20.0, (*one, 3): 30.0})
    assert readings(wb) == [(*one, 1, 1.0, first), (*one, 2, 20.0, second), (*one, 3, 30.0, second)]
    walk(wb, 2)
    wb.undo()
    assert readings(wb) == [(*one, 1, 1.0, first), (*one, 2, 2.0, first)]


def test_three_layers_on_one_reading(wb: Workbench, one: tuple[int, int]) -> None:
    for value in (1.0, 2.0, 3.0):
        load(wb, {(*one, 1): value})
    walk(wb, 3)
    for value in (2.0, 1.0):
        wb.undo()
        assert [row[3] for row in readings(wb)] == [value]


def test_one_step_may_own_several_batches_that_overlap(wb: Workbench, one: tuple[int, int]) -> None:
    with wb.change("Two files") as db:
        put_readings(db, add_batch(db), {(*one, 1): 1.0, (*one, 2): 2.0})
        put_readings(db, add_batch(db), {(*one, 2): 20.0})
    walk(wb, 1)
    assert [row[3] for row in readings(wb)] == [1.0, 20.0]


def test_a_batch_over_readings_by_hand(wb: Workbench, one: tuple[int, int]) -> None:
    with wb.change("By hand") as db:
        db.execute("insert into reading (account_id, metric_id, day, value) values (?, ?, 1, 9)", one)
    load(wb, {(*one, 1): 1.0})
    with wb.change("Correct by hand") as db:
        db.execute("update reading set value=7, batch_id=0")
    walk(wb, 3)
    wb.undo()
    wb.undo()
    assert readings(wb) == [(*one, 1, 9.0, 0)]


def test_rows_touched_by_hand_before_their_batch_in_the_same_step(
    wb: Workbench, one: tuple[int, int]
) -> None:
    load(wb, {(*one, 1): 1.0})
    before = readings(wb)
    with wb.change("Both") as db:
        db.execute("update reading set value=5, batch_id=0")
        put_readings(db, add_batch(db), {(*one, 1): 6.0, (*one, 2): 7.0})
    walk(wb, 1)
    wb.undo()
    assert readings(wb) == before


def test_accounts_made_by_the_same_import_go_with_their_readings(wb: Workbench) -> None:
    empty = state(wb.reads)
    with wb.change("Import all") as db:
        account, metric, batch = add_account(db), add_metric(db), add_batch(db)
        put_readings(db, batch, {(account, metric, 1): 1.0})
    walk(wb, 1)
    wb.undo()
    assert state(wb.reads) == empty
    assert count(wb, "import_batch") == 0


def test_deleting_an_account_after_its_import(wb: Workbench, one: tuple[int, int]) -> None:
    load(wb, {(*one, day): 1.0 for day in range(30)})
    with wb.change("Delete") as db:
        db.execute("delete from account")
    assert count(wb, "reading") == 0
    walk(wb, 2)


def test_the_journal_sleeps_for_the_batch_and_wakes_after_it(wb: Workbench, one: tuple[int, int]) -> None:
    load(wb, {(*one, day): 1.0 for day in range(30)})
    assert count(wb, "j_reading") == 0
    with wb.change("By hand") as db:
        db.execute("update reading set value=2 where day=3")
        assert db.scalar("select count(*) from j_reading") == 1


def test_a_failed_import_leaves_nothing_and_the_journal_awake(wb: Workbench, one: tuple[int, int]) -> None:
    before = state(wb.reads)
    with pytest.raises(ZeroDivisionError), wb.change("Import") as db:  # noqa: PT012
        put_readings(db, add_batch(db), {(*one, 1): 1.0})
        raise ZeroDivisionError
    assert state(wb.reads) == before
    with wb.change("By hand") as db:
        db.execute("insert into reading (account_id, metric_id, day, value) values (?, ?, 1, 9)", one)
        assert db.scalar("select count(*) from j_reading") == 1


def test_batch_nought_is_by_hand_and_owned_by_no_step(wb: Workbench) -> None:
    with pytest.raises(ValueError, match="number"), wb.change("Import") as db:
        db.batch(0)
    with pytest.raises(ValueError, match="change"), wb.evidence("Import") as db:
        db.batch(1)
