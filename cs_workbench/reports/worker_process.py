"""The rendering process: takes jobs as JSON from its pipe, renders within limits, answers as JSON."""

from __future__ import annotations

import json
import signal
import sys
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10
SOFT_SECONDS = 8.0
LARGEST_ANSWER = 20_000_000
READY = b'{"ready": true}'
"""The first message: without it no template is to blame for what failed."""


def serve(pipe: Connection) -> None:
    """Say READY, then answer jobs until the pipe closes. Each job gets its own time; memory is limited for the whole
    process.
    """
    from cs_workbench.reports import codec, engine

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inline_ready()
    limit_memory()
    engines: dict[str, engine.Engine] = {}
    try:
        pipe.send_bytes(READY)
    except OSError:
        return
    while True:
        try:
            job = json.loads(pipe.recv_bytes())
        except (EOFError, OSError):
            return
        answer = json.dumps(_answer(job, engines, codec, engine), ensure_ascii=False).encode()
        if len(answer) > LARGEST_ANSWER:
            answer = b'{"failed": {"message": "the document grew beyond 20 MB", "template": "", "line": 0}}'
        try:
            pipe.send_bytes(answer)
        except OSError:  # whoever asked is gone
            return


def _answer(job: dict[str, Any], engines: dict[str, Any], codec: Any, engine: Any) -> dict[str, Any]:
    if "sources" in job:
        given = job["sources"]
        sources = engine.Sources(given["entry"], given["files"], given["language"], given["labels"])
        engines[job["key"]] = engine.Engine(sources)
    try:
        _start_clock(engine.TimeUp)
        context = {name: codec.rebuilt(value) for name, value in job["context"].items()}
        rendering = engines[job["key"]]
        if job["want"] == "markdown":
            return {"text": rendering.text(context, job["edition"])}
        return {"document": codec.plain(rendering.document(context, job["edition"]))}
    except engine.RenderFailure as failure:
        return {"failed": {"message": failure.message, "template": failure.template, "line": failure.line}}
    except (MemoryError, RecursionError, engine.TimeUp):
        return {"failed": {"message": "the document is too large", "template": "", "line": 0}}
    finally:
        _stop_clock()


def inline_ready() -> None:
    """Import what rendering needs before memory is limited, so that the first job is as fast as the others."""
    import babel.dates
    import babel.numbers

    from cs_workbench.reports import inline

    babel.numbers.get_currency_symbol("USD", locale="en")
    babel.dates.get_month_names(locale="en")
    inline.parser()


def limit_memory() -> None:
    """512 MiB of address space for this process, where the system knows such a limit."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _start_clock(time_up: type[Exception]) -> None:
    """Ten seconds of processor time from here, and an exception at eight seconds that knows its template line."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + CPU_SECONDS, hard))

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise time_up

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, SOFT_SECONDS)


def _stop_clock() -> None:
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, 0)
