"""Renders templates in a child process with limits on memory, time and output; one process is kept warm.

Plain JSON goes both ways, so the child can hand back nothing but facts' words in blocks. A child that fails is
ended and replaced on the next rendering.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from cs_workbench.errors import Cancelled, TemplateProblem, UserError
from cs_workbench.i18n import _
from cs_workbench.reports import codec, worker_process
from cs_workbench.reports.blocks import Document
from cs_workbench.reports.edition import Edition
from cs_workbench.reports.facts import Briefing
from cs_workbench.reports.internal_facts import Internal
from cs_workbench.reports.loader import Template

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from types import TracebackType

WALL_SECONDS = 10.0
START_SECONDS = 30.0
"""How long the process may take to be there, imports and all; a job's own time begins after that."""
_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Job:
    """One rendering: which template, in which language and edition, and what it may see."""

    template: Template
    language: str
    edition: Edition
    context: Mapping[str, Briefing | Internal]


class Worker:
    """The rendering process as its owner sees it. Not for use by two threads at once, but for ``stop``."""

    def __init__(self, wall_seconds: float = WALL_SECONDS) -> None:
        self._wall = wall_seconds
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._known: set[str] = set()
        self._ready = False
        self._over = threading.Event()

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def process_id(self) -> int | None:
        """The process now kept warm, None when there is none."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the process if it is not there, without waiting for it: its imports overlap our own work."""
        if self._over.is_set() or (self._process is not None and self._process.is_alive()):
            return
        self.close()
        spawn = get_context("spawn")
        ours, theirs = spawn.Pipe()
        process = spawn.Process(target=worker_process.serve, args=(theirs,), daemon=True, name="templates")
        try:
            process.start()
        except OSError:  # no room for a process: whoever wants a page is told
            ours.close()
        else:
            self._process, self._pipe = process, ours
            if self._over.is_set():  # told while the process was being made
                self.close()
        finally:
            theirs.close()

    def render(self, job: Job) -> Document:
        """The Document of *job*. Raises TemplateProblem with template file and line."""
        return next(iter(self.render_many([job])))

    def render_many(self, jobs: Iterable[Job]) -> Iterator[Document]:
        """The Documents of *jobs* in order. Up to two jobs wait in the pipe, so that the process renders the next
        one while the caller works on the last. Raises TemplateProblem at the job that fails.
        """
        waiting: deque[Job] = deque()
        try:
            for job in jobs:
                self._send(job, "document")
                waiting.append(job)
                if len(waiting) > _AHEAD:
                    yield self._document(waiting.popleft())
            while waiting:
                yield self._document(waiting.popleft())
        finally:
            if waiting:  # answers nobody will read any more
                self.close()

    def markdown(self, job: Job) -> str:
        """The rendered Markdown of *job* for people: figures spelled out. Raises TemplateProblem."""
        self._send(job, "markdown")
        return str(self._receive(job)["text"])

    def close(self) -> None:
        """End the process, if any. The next rendering starts another."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()  # it holds nothing: waiting until it has put itself away takes 0.2 s
            self._process.join()
            self._process.close()
        self._process = self._pipe = None
        self._ready = False
        self._known.clear()

    def stop(self) -> None:
        """End the process now and start none any more; from any thread. Who waits for its answer gets Cancelled."""
        self._over.set()
        process = self._process
        if process is not None:
            with contextlib.suppress(ValueError, AttributeError, OSError):  # its owner puts it away just now
                process.kill()

    def _send(self, job: Job, want: str) -> None:
        self.start()
        if self._process is None:
            raise self._refused(_unstarted(job))
        key = _key(job)
        message: dict[str, Any] = {
            "key": key, "edition": job.edition, "want": want,
            "context": {name: codec.plain(value) for name, value in job.context.items()},
        }  # fmt: skip
        if key not in self._known:
            made = job.template.manifest
            message["sources"] = {
                "entry": made.entry[job.language], "files": job.template.files, "language": job.language,
                "labels": made.labels.get(job.language, {}),
            }  # fmt: skip
            self._known.add(key)
        with contextlib.suppress(OSError):  # a process that died is noticed, and told, on receiving
            self._connection().send_bytes(json.dumps(message, ensure_ascii=False).encode())

    def _connection(self) -> Connection:
        assert self._pipe is not None
        return self._pipe

    def _await_start(self, job: Job) -> None:
        """Take the process's first message. Raises TemplateProblem that leaves the template out of it."""
        try:
            there = self._connection().poll(START_SECONDS) and self._connection().recv_bytes(64)
        except (EOFError, OSError):
            there = b""
        if there != worker_process.READY:
            self._end()
            raise self._refused(_unstarted(job))
        self._ready = True

    def _receive(self, job: Job) -> dict[str, Any]:
        if not self._ready:
            self._await_start(job)
        try:
            if not self._connection().poll(self._wall):
                raise self._ended(
                    job, _("it took longer than {count} seconds").format(count=round(self._wall))
                )
            answer: dict[str, Any] = json.loads(self._connection().recv_bytes(worker_process.LARGEST_ANSWER))
        except (EOFError, OSError):
            raise self._ended(job, _("it used up the memory or time a template may have")) from None
        if "failed" in answer:
            failed = answer["failed"]
            raise _problem(job, failed["message"], failed["template"], failed["line"])
        return answer

    def _document(self, job: Job) -> Document:
        answer = self._receive(job)
        try:
            document = codec.rebuilt(answer["document"])
        except (ValueError, KeyError) as problem:
            raise self._ended(job, str(problem)) from None
        if not isinstance(document, Document):
            raise self._ended(job, _("it did not make a document"))
        return document

    def _ended(self, job: Job, reason: str) -> UserError:
        self._end()
        return self._refused(_problem(job, reason, "", 0))

    def _refused(self, problem: TemplateProblem) -> UserError:
        """What is told of a job without an answer: where the process was stopped, no template is to blame."""
        return Cancelled("", "") if self._over.is_set() else problem

    def _end(self) -> None:
        if self._process is not None and self._process.is_alive():
            self._process.kill()
        self.close()


def _key(job: Job) -> str:
    table = json.dumps([job.template.files, job.template.manifest.labels, job.language], sort_keys=True)
    return hashlib.sha256(table.encode()).hexdigest()


def _problem(job: Job, reason: str, file: str, line: int) -> TemplateProblem:
    name = job.template.manifest.name
    place = file or job.template.manifest.entry[job.language]
    where = f"{place}:{line}" if line else place
    return TemplateProblem(
        _("The template “{name}” failed at {where}: {reason}.").format(
            name=name, where=where, reason=reason.rstrip(".")
        ),
        _("Nothing was written. Correct that line, or use the built-in template."),
        template=name,
        file=place,
        line=line,
    )


def _unstarted(job: Job) -> TemplateProblem:
    return TemplateProblem(
        _("The part of the program that fills templates could not start."),
        _(
            "Nothing was written; the template is not at fault. Try again; if it stays so, start the program anew."
        ),
        template=job.template.manifest.name,
        file="",
        line=0,
    )
