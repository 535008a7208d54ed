"""Start: the window without arguments, the command line with them."""

from __future__ import annotations

import gc
import sys


def command_line() -> int:
    """Entry point ``cs-workbench``: runs the command line on this process's arguments; returns its exit code."""
    arguments = sys.argv[1:]
    if not arguments:
        return window()
    gc.disable()  # nothing of the account list's few milliseconds is worth collecting
    from cs_workbench.cli import quick

    if quick.run(arguments) is not None:
        quick.leave()
    gc.enable()
    from cs_workbench.cli import start

    return start.run(arguments)


def window() -> int:
    """Entry point ``cs-workbench-gui``: the window; until it is built, the command line's help."""
    from cs_workbench.cli import start

    return start.run(["--help"])


if __name__ == "__main__":
    sys.exit(command_line())
