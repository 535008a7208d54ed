"""The standard streams as they may be: closed, on a full disk, in an encoding that lacks half of what we print."""

from __future__ import annotations

import io
import json
import os
import re
import sys

from cs_workbench.errors import FileProblem
from cs_workbench.i18n import _

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


class Unwritten(FileProblem):
    """The command was done, but its answer found no room."""

    code = "output"


def prepare() -> None:
    """Make the streams usable: a closed one leads nowhere, a narrow one shows "?" for what it cannot say."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  open until the end
        elif isinstance(stream, io.TextIOWrapper) and mode == "w":
            stream.reconfigure(errors="replace")


def put(text: str) -> None:
    """Print *text* as the answer. Raises Unwritten where there is no room, BrokenPipeError where nobody reads."""
    try:
        print(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _unwritten(error) from error


def put_json(text: str) -> None:
    """Print JSON: what the stream's encoding lacks is written as JSON's own escapes, so nothing is lost."""
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = _BEYOND_ASCII.sub(lambda found: json.dumps(found[0])[1:-1], text)
    put(text)


def finish() -> None:
    """Send off what is still held back. Raises like ``put``."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _unwritten(error) from error


def silence() -> None:
    """Let the rest of the answer go nowhere: the interpreter would stumble over it again when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unwritten(error: OSError) -> Unwritten:
    return Unwritten(
        _("The answer could not be written: {reason}.").format(reason=error.strerror or str(error)),
        _("The command itself was carried out. Make room, then ask again with a verb that only shows."),
    )
