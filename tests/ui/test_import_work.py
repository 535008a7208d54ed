"""The course of an import where files, plans and answers come late, twice, or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from cs_workbench.errors import UserError
from cs_workbench.services.intake import offers as offering
from cs_workbench.services.intake import preview as previewing
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs import import_work as working
from cs_workbench.ui.dialogs.import_work import ImportWork

HEADER = "Account ID,Account name,ARR,Renewal date,Seats"


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A file with one new account."""
    file = tmp_path / "new.csv"
    file.write_text(f"{HEADER}\nZ1,Zeta One,1200000,2027-03-31,24\n", encoding="utf-8")
    return str(file)


@pytest.fixture
def work(desk: Desk) -> Iterator[ImportWork]:
    """An import without a window."""
    made = ImportWork(desk)
    yield made
    made.close()


@pytest.fixture
def refused(work: ImportWork) -> list[UserError]:
    """What the person is told."""
    heard: list[UserError] = []
    work.refused.connect(heard.append)
    return heard


@pytest.fixture
def rest(qtbot: QtBot, desk: Desk, work: ImportWork) -> Callable[[], None]:
    """Wait until nothing is under way."""

    def wait() -> None:
        qtbot.waitUntil(
            lambda: work.state in ("ready", "empty") and not desk.tasks.busy and not work._breath.isActive(),
            timeout=20_000,
        )

    return wait


def test_a_share_that_vanished_is_told_and_the_dialog_goes_on(
    work: ImportWork, refused: list[UserError], rest: Callable[[], None], path: str, monkeypatch: Any
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise OSError(64, "The network name is no longer available")

    with monkeypatch.context() as patched:
        patched.setattr(offering, "offers_of", gone)
        work.add([path])
        rest()
    assert work.state == "empty"
    assert "network name" in refused[-1].message
    assert refused[-1].remedy
    work.add([path])
    rest()
    assert (work.state, work.preview is not None) == ("ready", True)
    with monkeypatch.context() as patched:
        patched.setattr(offering, "offers_of", gone)
        work.reread(work.offers[0], encoding="cp932")
        rest()
    assert (work.state, len(work.offers), len(refused)) == ("ready", 1, 2)


def test_a_fault_of_ours_is_not_told_as_the_persons(
    desk: Desk,
    work: ImportWork,
    refused: list[UserError],
    rest: Callable[[], None],
    path: str,
    monkeypatch: Any,
) -> None:
    """It goes where faults go, and nothing is for ever about to be read."""
    faults: list[object] = []
    desk.tasks.failed.connect(faults.append)

    def wrong(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(offering, "offers_of", wrong)
        work.add([path])
        rest()
    work.add([path])
    rest()
    with monkeypatch.context() as patched:
        patched.setattr(previewing, "prepare", wrong)
        work.plan_soon(at_once=True)
        rest()
    assert [type(one) for one in faults] == [ZeroDivisionError] * 2
    assert (refused, work.state, work.preview) == ([], "ready", None)


def test_of_two_readings_of_a_file_the_later_wins(
    work: ImportWork, rest: Callable[[], None], path: str, monkeypatch: Any
) -> None:
    """However long the first takes."""
    work.add([path])
    rest()
    first, read = threading.Event(), offering.offers_of
    asked: list[str] = []

    def slow(reads: Any, path: str, **more: Any) -> Any:
        asked.append(more["delimiter"])
        if more["delimiter"] == ";":
            first.wait(10)
        found = read(reads, path, **more)
        if more["delimiter"] == ",":
            first.set()
        return found

    monkeypatch.setattr(offering, "offers_of", slow)
    work.reread(work.offers[0], delimiter=";")
    work.reread(work.offers[0], delimiter=",")
    rest()
    assert sorted(asked) == [",", ";"]
    table = work.offers[0].table
    assert table is not None
    assert table.delimiter == ","


def test_an_overtaken_plan_is_thrown_away(
    work: ImportWork, rest: Callable[[], None], qtbot: QtBot, desk: Desk, path: str, monkeypatch: Any
) -> None:
    """Its staging is closed, and it is never the one looked at."""
    gate, made, prepare = threading.Event(), [], previewing.prepare
    closed: list[object] = []

    def late(*args: Any, **more: Any) -> Any:
        more["cancelled"] = lambda: False  # it was too far on to be stopped
        found = prepare(*args, **more)
        made.append(found)
        close = found.close

        def closing() -> None:
            closed.append(found)
            close()

        found.close = closing
        if len(made) == 1:
            gate.wait(10)
        return found

    monkeypatch.setattr(previewing, "prepare", late)
    work.add([path])
    qtbot.waitUntil(lambda: len(made) == 1, timeout=20_000)
    work.plan_soon(at_once=True)
    gate.set()
    rest()
    assert len(made) == 2
    assert closed == [made[0]]
    assert work.preview is made[1]


def test_a_plan_is_let_go_of_away_from_the_window(
    qtbot: QtBot, desk: Desk, path: str, monkeypatch: Any
) -> None:
    """Written or not; and for as long as one stands, the collector does not walk over it."""
    threads: list[threading.Thread] = []
    spared: list[bool] = []
    monkeypatch.setattr(working, "spare_old", lambda **told: spared.append(told["spared"]))
    close = previewing.Preview.close

    def closing(preview: previewing.Preview) -> None:
        threads.append(threading.current_thread())
        close(preview)

    monkeypatch.setattr(previewing.Preview, "close", closing)
    work = ImportWork(desk)

    def rest(count: int) -> None:
        qtbot.waitUntil(
            lambda: work.state in ("ready", "empty") and len(threads) == count and not desk.tasks.busy,
            timeout=20_000,
        )

    def is_spared() -> bool:
        return spared[-1]

    work.add([path])
    qtbot.waitUntil(lambda: work.preview is not None, timeout=20_000)
    assert is_spared()
    work.plan_soon(at_once=True)
    rest(1)
    assert is_spared()
    work.apply()
    rest(2)
    assert not is_spared()
    work.plan_soon(at_once=True)
    qtbot.waitUntil(lambda: work.preview is not None, timeout=20_000)
    assert is_spared()
    work.let_go()
    rest(3)
    assert not is_spared()
    assert threading.main_thread() not in threads


def test_nothing_is_written_while_it_is_planned_anew(
    work: ImportWork, rest: Callable[[], None], desk: Desk, path: str
) -> None:
    """The plan at hand is of before the correction."""
    before = desk.workbench.reads.scalar("select count(*) from account")
    work.add([path])
    rest()
    assert work.preview is not None
    work.plan_soon()
    work.apply()
    assert work.state == "planning"
    rest()
    assert desk.workbench.reads.scalar("select count(*) from account") == before
    work.apply()
    rest()
    assert desk.workbench.reads.scalar("select count(*) from account") == before + 1
