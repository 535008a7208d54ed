"""Work away from the UI thread: reads on a pool, writes on the portfolio's one writer thread."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable, Generator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from cs_workbench.errors import Cancelled, UserError

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench

Progress = tuple[int, int, str]
"""Done, total (0 when not known), what is being done."""
Failed = Callable[[BaseException], None]
NOT_WRITABLE = frozenset(("disk_full", "no_permission", "write_protected", "device", "moved", "unreadable"))
"""Codes of errors that say the portfolio's place cannot be written just now: the change itself was sound."""


class Task:
    """One piece of work under way. What it says after ``cancel`` is not heard."""

    def __init__(
        self,
        done: Callable[[Any], None] | None,
        failed: Failed | None,
        progress: Callable[..., None] | None,
        stop: threading.Event | None = None,
    ) -> None:
        self.done = done
        self.failed = failed
        self.progress = progress
        self.owner: QObject | None = None
        """The screen that asked, where the callbacks are no methods of it."""
        self.work: Callable[[], Any] | None = None
        """What a write does, kept so that it can be done again."""
        self.key: object = None
        """Of writes with the same key only the newest is kept and done again."""
        self.insists = False
        """Whether it is to be done again although ``failed`` heard of it: the screen does not keep what was typed."""
        self.draft = False
        """Whether it keeps what is being typed: no change anybody asked to be saved."""
        self.writes = False
        """Whether it holds the writer for something that is no draft."""
        self.era: int | None = None
        """Which portfolio a reading was of; it may fail when that one is closed, and nobody is to hear of it."""
        self._stop = stop or threading.Event()

    def cancel(self) -> None:
        """Stop at the work's next step (a generator's yield) and hear nothing more of it."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop; long work without yields may look at this."""
        return self._stop.is_set()


class Tasks(QObject):
    """Runs work and calls back on the UI thread. ``failed`` hears of errors nobody asked about.

    ``unsaved`` carries a write and its error where the place could not be written, ``saved`` each write that could,
    ``voided`` the key of one that a newer version took the place of.
    """

    failed = Signal(object)
    unsaved = Signal(object, object)
    saved = Signal(object)
    voided = Signal(object)
    idle = Signal()
    _told = Signal(object, str, object)

    def __init__(self, parent: QObject | None = None, *, workers: int = 3) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="work")
        self._running: set[Task] = set()
        self._newest: dict[object, Task] = {}
        self._workbench: Workbench | None = None
        self._era = 0
        self._closed = False
        self.keeps_unsaved = False
        """Whether somebody keeps what could not be written and says so: then it is not told a second time."""
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    def attach(self, workbench: Workbench | None) -> None:
        """Write to *workbench* from now on."""
        self._era += workbench is not self._workbench
        self._workbench = workbench

    @property
    def busy(self) -> bool:
        """Whether any work is under way."""
        return bool(self._running)

    @property
    def writing(self) -> bool:
        """Whether something that is no draft is being written, or waits to be."""
        return any(task.writes for task in self._running)

    def run(
        self,
        work: Callable[[], Any],
        *,
        done: Callable[[Any], None] | None = None,
        failed: Failed | None = None,
        progress: Callable[[int, int, str], None] | None = None,
        latest: object = None,
        owner: QObject | None = None,
        stop: threading.Event | None = None,
    ) -> Task:
        """Run *work* on the pool. ``done`` gets its result, ``failed`` its error, both on the UI thread.

        Nobody is called once *owner* was deleted; where ``done`` or ``failed`` is a method, its object is the owner.

        *stop* is set once the task is cancelled: for work without yields that looks at it.
        A generator function reports (done, total, label) by yielding and returns its result. Of tasks with the same
        ``latest`` key only the newest is heard: the one before is cancelled.
        """
        task = Task(done, failed, progress, stop)
        task.owner, task.era = owner, self._era
        if latest is not None:
            before = self._newest.get(latest)
            if before is not None:
                before.cancel()
            self._newest[latest] = task
        self._start(task, work, self._pool.submit)
        return task

    def write(
        self,
        work: Callable[[], Any],
        *,
        done: Callable[[Any], None] | None = None,
        failed: Failed | None = None,
        saves: bool = True,
        owner: QObject | None = None,
        key: object = None,
        draft: bool = False,
        reading: bool = False,
    ) -> Task:
        """Run *work* (which opens ``wb.change``) on the writer thread, after what waits there.

        ``saves`` False: it only needs the writer's turn, or must not be done later, as undo; that it went well says
        nothing about the disk. *owner* as with ``run``. ``key``: a newer write with the same key is a newer version
        of this one. ``draft``: it keeps what is being typed, a change nobody asked to be saved yet. ``reading``: it
        is done in a portfolio opened for reading as well, where any other write is refused at once.
        """
        if self._workbench is None:
            raise RuntimeError("no portfolio is open")
        task = Task(done, failed, None)
        task.owner = owner
        task.work = work if saves else None
        task.key, task.draft, task.writes = key, draft, not draft
        if key is not None:
            self.void(key)
        refusal = None if draft or reading else self._workbench.refusal
        if refusal is None:
            self._start(task, work, self._workbench.write)
        else:
            self._running.add(task)
            self._tell(task, "failed", refusal)
        return task

    def ahead(self, work: Callable[[], Any]) -> Future[Any]:
        """Begin *work* on the pool before anybody asks for it; whoever does takes the result from another task."""
        context = contextvars.copy_context()
        return self._pool.submit(lambda: context.run(work))

    def void(self, key: object) -> None:
        """What waits to be written under *key* must not be written any more."""
        self.voided.emit(key)

    def under_way(self, key: object) -> bool:
        """Whether a write with that *key* is on its way: what is voided now would still be written."""
        return any(task.key == key for task in self._running)

    def again(self, task: Task) -> None:
        """Do a write that failed once more; whoever asked for it hears how it went."""
        if self._workbench is not None and task.work is not None:
            self._start(task, task.work, self._workbench.write)

    def close(self) -> None:
        """Cancel what runs, wait for the threads to end, deliver nothing more."""
        self._closed = True
        for task in list(self._running):
            task.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._running.clear()
        self._newest.clear()

    def _start(
        self, task: Task, work: Callable[[], Any], submit: Callable[[Callable[[], None]], Future[None]]
    ) -> None:
        if self._closed:
            return
        self._running.add(task)
        context = contextvars.copy_context()  # the language of messages goes along
        future = submit(lambda: context.run(self._work, task, work))
        future.add_done_callback(lambda ended: self._drop(task, ended))

    def _drop(self, task: Task, ended: Future[None]) -> None:
        """What nobody could be told of so far: it was cancelled while it waited, or telling failed."""
        if self._closed:
            return
        error = Cancelled("", "") if ended.cancelled() else ended.exception()
        if error is not None:
            self._told.emit(task, "failed", error)

    def _work(self, task: Task, work: Callable[[], Any]) -> None:
        try:
            result: Any = work()
            if isinstance(result, Generator):
                result = self._steps(task, result)
        except (Exception, CancelledError) as error:
            self._tell(task, "failed", error)
        else:
            self._tell(task, "done", result)

    def _steps(self, task: Task, steps: Generator[Progress, None, Any]) -> Any:
        while not task.cancelled:
            try:
                step = next(steps)
            except StopIteration as end:
                return end.value
            self._tell(task, "progress", step)
        steps.close()
        raise Cancelled("", "")

    def _tell(self, task: Task, what: str, value: object) -> None:
        if not self._closed:
            self._told.emit(task, what, value)

    @Slot(object, str, object)
    def _hear(self, task: Task, what: str, value: Any) -> None:
        if what != "progress":
            self._running.discard(task)
            for key in [key for key, newest in self._newest.items() if newest is task]:
                del self._newest[key]
        closed = what == "failed" and task.era not in (None, self._era)
        if not task.cancelled and not closed and not _orphaned(task, what):
            self._answer(task, what, value)
        self._note(task, what, value)
        if not self._running:
            self.idle.emit()

    def _answer(self, task: Task, what: str, value: Any) -> None:
        if what == "progress" and task.progress is not None:
            task.progress(*value)
        elif what == "done" and task.done is not None:
            task.done(value)
        elif what == "failed" and not isinstance(value, Cancelled):
            if task.failed is not None:
                task.failed(value)
            elif not (self.keeps_unsaved and _is_unsaved(task, value)):
                self.failed.emit(value)

    def _note(self, task: Task, what: str, value: Any) -> None:
        """Tell whether what was to be written is written."""
        if task.work is None:
            return
        if what == "done":
            self.saved.emit(task)
        elif _is_unsaved(task, value):
            self.unsaved.emit(task, value)


def _is_unsaved(task: Task, error: object) -> bool:
    """Whether *task* is a sound write that only found no place."""
    return task.work is not None and isinstance(error, UserError) and error.code in NOT_WRITABLE


def _orphaned(task: Task, what: str) -> bool:
    """Whether the screen that asked is gone: its widgets were deleted while the work ran."""
    asked = (task.owner, _object_of(task.done), _object_of(getattr(task, what)))
    return any(isinstance(one, QObject) and not isValid(one) for one in asked)


def _object_of(called: object) -> object:
    """The object a method belongs to, also where arguments were bound to it."""
    return getattr(getattr(called, "func", called), "__self__", None)
