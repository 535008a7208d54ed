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
    """Entry point ``cs-workbench-gui``: the window on the last portfolio; returns the exit code once it is closed."""
    try:
        from cs_workbench import app
    except ImportError as problem:  # Qt's own libraries are missing: the system says which
        sys.stderr.write(
            f"The window cannot open here: {problem}\n"
            "→ From a checkout, python3 packaging/run.py installs what is missing or prints the line to run.\n"
        )
        return 1
    return app.run()


if __name__ == "__main__":
    sys.exit(command_line())
