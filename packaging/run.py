"""Start CS Workbench from a checkout: ``python3 packaging/run.py [ARGS…]``.

Without ARGS the window opens; with ARGS they go to the command line (``--help`` lists it). The first call makes the
environment; later calls start at once.
"""

from __future__ import annotations

import os
import subprocess
import sys

import environment

# Not "-m cs_workbench": that costs 4 ms more at every start. -P keeps the working folder out of the module path.
START = "import sys; from cs_workbench.__main__ import command_line; sys.exit(command_line())"


def main(arguments: list[str]) -> int:
    """Prepare, then become the program; returns its exit code."""
    python = environment.prepare("run")
    if not arguments or arguments[0] == "selftest":
        environment.require_libraries()
    command = [str(python), "-P", "-c", START, *arguments]
    settings = {**os.environ, "PYTHONUTF8": "1"}
    if os.name == "nt":
        return subprocess.run(command, check=False, env=settings).returncode
    sys.stdout.flush()
    return os.execve(command[0], command, settings)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
