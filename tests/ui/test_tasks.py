"""Work in the background: results, errors, progress, cancelling, and threads that end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from cs_workbench import i18n
from cs_workbench.errors import Cancelled, FileProblem
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.tasks import Tasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def workers() -> list[threading.Thread]:
    """Threads of pools that are alive."""
    return [one for one in threading.enumerate() if one.name.startswith(("work", "writer"))]


def waited(qtbot: QtBot, tasks: Tasks) -> None:
    qtbot.waitUntil(lambda: not tasks.busy, timeout=10_000)


def test_work_runs_elsewhere_and_its_result_comes_home(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[tuple[threading.Thread, threading.Thread]] = []
    main = threading.current_thread()
    tasks.run(threading.current_thread, done=lambda ran: seen.append((ran, threading.current_thread())))
    waited(qtbot, tasks)
    assert seen[0][0] is not main
    assert seen[0][1] is main


def test_an_error_goes_to_its_own_listener_only(qtbot: QtBot, tasks: Tasks) -> None:
    own: list[BaseException] = []
    others: list[object] = []
    tasks.failed.connect(others.append)

    def work() -> None:
        raise FileProblem("The disk is full.", "Free some room.")

    tasks.run(work, failed=own.append)
    waited(qtbot, tasks)
    assert [type(error) for error in own] == [FileProblem]
    assert others == []


def test_an_error_nobody_asked_about_is_told_to_all(qtbot: QtBot, tasks: Tasks) -> None:
    with qtbot.waitSignal(tasks.failed, timeout=10_000) as told:
        tasks.run(lambda: 1 / 0)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_a_generator_reports_and_returns(qtbot: QtBot, tasks: Tasks) -> None:
    steps: list[tuple[int, int, str]] = []
    results: list[str] = []

    def work() -> Generator[tuple[int, int, str], None, str]:
        for n in range(3):
            yield n, 3, "rows"
        return "ready"

    tasks.run(
        work, progress=lambda done, total, label: steps.append((done, total, label)), done=results.append
    )
    waited(qtbot, tasks)
    assert steps == [(0, 3, "rows"), (1, 3, "rows"), (2, 3, "rows")]
    assert results == ["ready"]


def test_cancelling_stops_a_generator_and_silences_it(qtbot: QtBot, tasks: Tasks) -> None:
    closed, begun = threading.Event(), threading.Event()
    results: list[object] = []

    def work() -> Generator[tuple[int, int, str], None, str]:
        try:
            while True:
                begun.set()
                yield 1, 0, ""
        finally:
            closed.set()

    task = tasks.run(work, done=results.append, failed=results.append)
    assert begun.wait(10)
    task.cancel()
    waited(qtbot, tasks)
    assert closed.is_set()
    assert results == []


def test_only_the_latest_of_a_kind_is_heard(qtbot: QtBot, tasks: Tasks) -> None:
    heard: list[str] = []
    gate = threading.Event()

    def slow(word: str) -> Callable[[], str]:
        def work() -> str:
            gate.wait(10)
            return word

        return work

    for word in ("a", "ao", "aob"):
        tasks.run(slow(word), done=heard.append, latest="search")
    gate.set()
    waited(qtbot, tasks)
    assert heard == ["aob"]


def test_a_cancelled_error_is_not_a_failure(qtbot: QtBot, tasks: Tasks) -> None:
    told: list[object] = []
    tasks.failed.connect(told.append)

    def work() -> None:
        raise Cancelled("Stopped.", "")

    tasks.run(work)
    waited(qtbot, tasks)
    assert told == []


def test_messages_keep_their_language(qtbot: QtBot, tasks: Tasks) -> None:
    heard: list[str] = []
    i18n.set_language("ja")
    tasks.run(i18n.language, done=heard.append)
    waited(qtbot, tasks)
    i18n.set_language("en")
    assert heard == ["ja"]


def test_writes_and_steps_keep_their_language_too(qtbot: QtBot, desk: Desk) -> None:
    heard: list[str] = []

    def steps() -> Generator[tuple[int, int, str], None, str]:
        yield 1, 1, i18n.language()
        return i18n.language()

    i18n.set_language("ja")
    try:
        desk.tasks.write(i18n.language, done=heard.append)
        desk.tasks.run(steps, done=heard.append, progress=lambda _done, _all, label: heard.append(label))
        waited(qtbot, desk.tasks)
        desk.tasks.run(i18n.language, done=heard.append)
    finally:
        i18n.set_language("en")
    waited(qtbot, desk.tasks)
    assert heard == ["ja"] * 4


def test_no_thread_is_left_after_closing(qtbot: QtBot) -> None:
    tasks = Tasks()
    before = len(workers())
    heard: list[int] = []
    for n in range(9):
        tasks.run(lambda n=n: n, done=heard.append)
    assert len(workers()) > before
    tasks.close()
    qtbot.wait(10)
    assert len(workers()) == before
    tasks.run(lambda: 1, done=heard.append)
    assert not tasks.busy


def test_writing_goes_through_the_one_writer(qtbot: QtBot, desk: Desk) -> None:
    names: list[str] = []
    for _n in range(3):
        desk.tasks.write(lambda: threading.current_thread().name, done=names.append)
    waited(qtbot, desk.tasks)
    assert len(set(names)) == 1
    assert names[0].startswith("writer")


def test_without_a_portfolio_nothing_can_be_written(tasks: Tasks) -> None:
    with pytest.raises(RuntimeError, match="no portfolio"):
        tasks.write(lambda: None)


def test_a_screen_that_is_gone_is_not_called(qtbot: QtBot, tasks: Tasks) -> None:
    class Screen(QObject):
        heard: ClassVar[list[int]] = []

        def show(self, value: int) -> None:
            self.heard.append(value)

    gone, there, gate = Screen(), Screen(), threading.Event()
    for screen in (gone, there):
        tasks.run(lambda: gate.wait(10) and 1, done=screen.show)
    delete(gone)
    gate.set()
    waited(qtbot, tasks)
    assert Screen.heard == [1]


def test_whoever_owns_a_lambda_is_not_called_once_gone(qtbot: QtBot, tasks: Tasks) -> None:
    """A lambda says nothing of the screen it touches: ``owner`` does, whichever way the work ends."""
    gone, there, gate = QObject(), QObject(), threading.Event()
    heard: list[str] = []

    def breaks() -> None:
        gate.wait(10)
        raise FileProblem("full", "free some room")

    for name, owner in (("gone", gone), ("there", there)):
        tasks.run(lambda: gate.wait(10), done=lambda _v, name=name: heard.append(name), owner=owner)
        tasks.run(breaks, failed=lambda _e, name=name: heard.append(f"{name} failed"), owner=owner)
    delete(gone)
    gate.set()
    waited(qtbot, tasks)
    assert sorted(heard) == ["there", "there failed"]


def test_writes_have_owners_too(qtbot: QtBot, desk: Desk) -> None:
    gone, gate = QObject(), threading.Event()
    heard: list[object] = []
    desk.tasks.write(lambda: gate.wait(10), done=heard.append, owner=gone)
    delete(gone)
    gate.set()
    waited(qtbot, desk.tasks)
    assert heard == []


def test_a_failure_goes_by_the_screen_that_is_gone(qtbot: QtBot, tasks: Tasks) -> None:
    class Screen(QObject):
        heard: ClassVar[list[BaseException]] = []

        def refuse(self, error: BaseException) -> None:
            self.heard.append(error)

    screen, gate = Screen(), threading.Event()

    def breaks() -> None:
        gate.wait(10)
        raise FileProblem("full", "free some room")

    tasks.run(breaks, failed=screen.refuse)
    delete(screen)
    gate.set()
    waited(qtbot, tasks)
    assert Screen.heard == []
