"""Start: the window without arguments, the command line with them."""

from __future__ import annotations

import sys


def command_line() -> int:
    """Entry point ``cs-workbench``: runs the command line on this process's arguments; returns its exit code."""
    arguments = sys.argv[1:]
    if not arguments:
        return window()
    from cs_workbench.cli import quick

    answered = quick.run(arguments)
    if answered is not None:
        return answered
    from cs_workbench.cli import start

    return start.run(arguments)


def window() -> int:
    """Entry point ``cs-workbench-gui``: the window; until it is built, the command line's help."""
    from cs_workbench.cli import start

    return start.run(["--help"])


if __name__ == "__main__":
    sys.exit(command_line())
