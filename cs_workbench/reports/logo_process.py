"""The process that draws an SVG: what a drawing can do to the library that draws it ends there, not in the window."""

from __future__ import annotations

import sys
from multiprocessing import get_context
from multiprocessing.connection import Connection

MEMORY = 2048 * 1024 * 1024
SECONDS = 20.0
_LARGEST = 30_000_000


def drawn(text: str, wide: float, high: float) -> bytes | None:
    """The SVG in *text* as a PNG of *wide* × *high* pixels; None where it cannot be drawn within the limits."""
    spawn = get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_draw, args=(theirs, text, wide, high), daemon=True, name="logo")
    process.start()
    theirs.close()
    try:
        picture = ours.recv_bytes(_LARGEST) if ours.poll(SECONDS) else b""
    except (EOFError, OSError):
        picture = b""
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()
    return picture or None


def _draw(pipe: Connection, text: str, wide: float, high: float) -> None:
    """What the process does: it answers with the picture, or with nothing for what is no drawing."""
    import typst

    from cs_workbench import paths

    _limit()
    try:
        compiler = typst.Compiler(
            paths.resources("documents", "logo.typ"),
            root=paths.resources("documents"),
            font_paths=[paths.resources("fonts")],
            ignore_system_fonts=True,
        )
        made = compiler.compile(
            format="png",
            ppi=72.0,
            sys_inputs={"drawing": text, "wide": f"{wide:.2f}", "high": f"{high:.2f}"},
        )
    except typst.TypstError:
        made = b""
    pipe.send_bytes(made if isinstance(made, bytes) else b"")


def _limit() -> None:
    """Memory and processor time, where the system knows such limits; no core file of a drawing that broke it."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(SECONDS), int(SECONDS)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
