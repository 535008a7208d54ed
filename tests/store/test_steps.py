"""Steps: what they say moved, how undo and redo walk over them, what is forgotten when."""

from __future__ import annotations

import pytest

from cs_workbench.services.workbench import Workbench
from cs_workbench.store import steps
from cs_workbench.store.change import Changes
from tests.builders_store import add_account, add_batch, add_metric, add_person, count, put_readings, state


def names(wb: Workbench, side: str) -> list[str]:
    return [step.name for step in wb.history() if step.side == side]


def test_undo_and_redo_walk_the_stack(wb: Workbench) -> None:
    states = [state(wb.reads)]
    for number in range(5):
        with wb.change(f"Add {number}") as db:
            add_account(db, f"A{number}")
        states.append(state(wb.reads))
    for number in reversed(range(5)):
        assert wb.undo() == f"Add {number}"
        assert state(wb.reads) == states[number]
    assert wb.undo() is None
    assert names(wb, "redo") == [f"Add {number}" for number in range(5)]
    for number in range(5):
        assert wb.redo() == f"Add {number}"
        assert state(wb.reads) == states[number + 1]
    assert wb.redo() is None


def test_undo_survives_a_restart(wb: Workbench, path: str) -> None:
    empty = state(wb.reads)
    with wb.change("Add") as db:
        add_account(db)
    full = state(wb.reads)
    wb.close()
    with Workbench.open(path) as again:
        assert again.undo() == "Add"
        assert state(again.reads) == empty
    with Workbench.open(path) as again:
        assert again.redo() == "Add"
        assert state(again.reads) == full


def test_a_new_change_ends_what_could_be_redone(wb: Workbench) -> None:
    with wb.change("First") as db:
        add_account(db)
    wb.undo()
    with wb.change("Second") as db:
        add_account(db)
    assert wb.redo() is None
    assert names(wb, "undo") == ["Second"]
    assert wb.reads.scalar("select count(*) from j_account") == 1


def test_a_change_that_moves_nothing_leaves_the_stacks_alone(wb: Workbench) -> None:
    with wb.change("First") as db:
        add_account(db)
    wb.undo()
    with wb.change("Nothing") as db:
        db.execute("update account set name='x'")
    assert db.changes == Changes(0, "Nothing", {})
    assert wb.redo() == "First"


def test_changes_name_tables_and_ids(wb: Workbench) -> None:
    with wb.change("Add") as db:
        account = add_account(db)
        person = add_person(db, account)
        db.execute("insert into setting (key, value) values ('a', '1')")
    assert db.changes is not None
    assert db.changes.ids == {"account": frozenset({account}), "person": frozenset({person}), "setting": None}
    assert db.changes.step_id == wb.history()[0].id


def test_many_ids_are_told_as_all(wb: Workbench) -> None:
    with wb.change("Add") as db:
        for number in range(1001):
            add_account(db, f"A{number}")
    assert db.changes is not None
    assert db.changes.ids == {"account": None}


def test_undo_tells_what_moved(wb: Workbench) -> None:
    heard: list[Changes] = []
    with wb.change("Add") as db:
        account = add_account(db)
    wb.subscribe(heard.append)
    wb.undo()
    wb.redo()
    assert [(changes.name, changes.ids) for changes in heard] == [
        ("Add", {"account": frozenset({account})})
    ] * 2


def test_the_oldest_steps_are_forgotten(wb: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "STEPS_KEPT", 3)
    for number in range(6):
        with wb.change(f"Add {number}") as db:
            add_account(db)
    assert names(wb, "undo") == ["Add 5", "Add 4", "Add 3"]
    assert wb.reads.scalar("select count(*) from j_account") == 3


def test_the_rows_kept_are_capped_but_the_newest_step_stays(
    wb: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "ROWS_KEPT", 10)
    for number in range(4):
        with wb.change(f"Four {number}") as db:
            for _ in range(4):
                add_account(db)
    assert names(wb, "undo") == ["Four 3", "Four 2"]
    with wb.change("Fifty") as db:
        for _ in range(50):
            add_account(db)
    assert names(wb, "undo") == ["Fifty"]
    assert wb.undo() == "Fifty"
    assert count(wb, "account") == 16


def test_a_forgotten_batch_keeps_no_old_values(wb: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "STEPS_KEPT", 1)
    with wb.change("First") as db:
        account, metric = add_account(db), add_metric(db)
        put_readings(db, add_batch(db), {(account, metric, 1): 1.0})
    with wb.change("Second") as db:
        put_readings(db, add_batch(db), {(account, metric, 1): 2.0})
    assert count(wb, "reading_before") == 1
    with wb.change("Third") as db:
        add_account(db)
    assert count(wb, "reading_before") == 0
    assert wb.reads.all("select value from reading") == [(2.0,)]


def test_what_a_redo_kept_of_a_batch_goes_with_it(wb: Workbench) -> None:
    with wb.change("Import") as db:
        account, metric = add_account(db), add_metric(db)
        put_readings(db, add_batch(db), {(account, metric, 1): 1.0})
    wb.undo()
    assert count(wb, "reading_undone") == 1
    with wb.change("Other") as db:
        add_account(db)
    assert count(wb, "reading_undone") == 0


def test_two_hundred_steps_are_kept() -> None:
    assert steps.STEPS_KEPT >= 200
    assert steps.ROWS_KEPT == 200_000
