"""The open portfolio: one writer among threads, subscribers, settings, closing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.services.portfolio_settings import put_setting
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.change import Changes
from tests.builders_store import add_account, count


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(str(tmp_path / "p.csw"), create=True) as workbench:
        yield workbench


def test_writes_run_one_after_the_other_on_one_thread(wb: Workbench) -> None:
    seen: list[tuple[int, str]] = []

    def add(number: int) -> int:
        with wb.change(f"Add {number}") as db:
            seen.append((number, threading.current_thread().name))
            return add_account(db)

    futures = [wb.write(lambda number=number: add(number)) for number in range(20)]
    assert [future.result(timeout=30) for future in futures] == list(range(1, 21))
    assert [number for number, _ in seen] == list(range(20))
    assert len({name for _, name in seen}) == 1
    assert threading.current_thread().name not in {name for _, name in seen}


def test_a_failed_write_tells_its_caller_and_the_next_goes_on(wb: Workbench) -> None:
    def fail() -> None:
        with wb.change("Fail") as db:
            add_account(db)
            raise KeyError("x")

    def add() -> int:
        with wb.change("Add") as db:
            return add_account(db)

    failed, added = wb.write(fail), wb.write(add)
    with pytest.raises(KeyError):
        failed.result(timeout=30)
    assert added.result(timeout=30)
    assert count(wb, "account") == 1


def test_changes_of_several_threads_take_turns(wb: Workbench) -> None:
    inside = threading.Semaphore(1)

    def add() -> None:
        for _ in range(10):
            with wb.change("Add") as db:
                assert inside.acquire(blocking=False), "two changes at once"
                add_account(db)
                inside.release()

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(wb, "account") == 40
    assert len(wb.history()) == 40


def test_readers_do_not_wait_for_a_change(wb: Workbench) -> None:
    seen: list[int] = []
    with wb.change("Slow") as db:
        add_account(db)
        reader = threading.Thread(target=lambda: seen.append(count(wb, "account")))
        reader.start()
        reader.join(timeout=30)
        assert seen == [0]


def test_subscribers_hear_commits_and_only_those(wb: Workbench) -> None:
    heard: list[Changes] = []
    stop = wb.subscribe(heard.append)
    with wb.change("Add") as db:
        add_account(db)
        assert heard == []
    with wb.change("Nothing"):
        pass
    with pytest.raises(ZeroDivisionError), wb.change("Fail") as db:  # noqa: PT012
        add_account(db)
        raise ZeroDivisionError
    wb.undo()
    assert [changes.name for changes in heard] == ["Add", "Add"]
    stop()
    stop()
    wb.redo()
    assert len(heard) == 2


def test_a_subscriber_may_read_what_was_committed(wb: Workbench) -> None:
    seen: list[int] = []
    wb.subscribe(lambda changes: seen.append(count(wb, "account")))
    with wb.change("Add") as db:
        add_account(db)
    assert seen == [1]


@pytest.mark.parametrize("value", ["JPY", 4, 1.5, True, ["a"], {"名": "値"}, 0, ""])
def test_settings_keep_their_kind(wb: Workbench, value: object) -> None:
    with wb.change("Set") as db:
        put_setting(db, "key", value)
    assert wb.setting("key") == value
    assert type(wb.setting("key")) is type(value)


def test_a_missing_setting_has_its_default(wb: Workbench) -> None:
    assert wb.setting("absent") is None
    assert wb.setting("absent", "x") == "x"


def test_closing_finishes_waiting_writes(tmp_path: Path) -> None:
    path = str(tmp_path / "q.csw")
    wb = Workbench.open(path, create=True)

    def add() -> None:
        with wb.change("Add") as db:
            add_account(db)

    for _ in range(5):
        wb.write(add)
    wb.close()
    wb.close()
    with Workbench.open(path) as again:
        assert count(again, "account") == 5
    assert sorted(child.name for child in tmp_path.iterdir()) == ["q.csw", "q.csw.lock"]


def test_history_tells_steps_newest_first(wb: Workbench) -> None:
    for name in ("One", "Two"):
        with wb.change(name) as db:
            add_account(db)
    wb.undo()
    steps = wb.history()
    assert [(step.name, step.side) for step in steps] == [("Two", "redo"), ("One", "undo")]
    assert all(len(step.at) == 20 and step.at.endswith("Z") for step in steps)
