"""Prove the checkout: ``python3 packaging/test.py [PYTEST-ARGS…]``: style, types, floors, tests.

With PYTEST-ARGS only pytest runs, with those arguments (``tests/domain -k health``).
"""

from __future__ import annotations

import os
import subprocess
import sys

import environment

CHECKS = (
    ("style", ["-m", "ruff", "check", "."]),
    ("format", ["-m", "ruff", "format", "--check", "."]),
    ("types", ["-m", "mypy"]),
    (
        "floors",
        ["-c", "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"],
    ),
)


def main(arguments: list[str]) -> int:
    """Run every check in the project's environment; returns 0 when all pass."""
    python = str(environment.prepare("test"))
    environment.require_libraries()
    settings = {
        **os.environ,
        "PYTHONUTF8": "1",
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    failed = []
    if not arguments:
        for name, command in CHECKS:
            print(f"== {name}", flush=True)
            if subprocess.run([python, *command], check=False, cwd=environment.ROOT, env=settings).returncode:
                failed.append(name)
        arguments = ["-n", str(max(2, os.cpu_count() or 2)), "--dist", "loadfile"]
        arguments += [
            "--max-worker-restart",
            "0",
        ]  # a crashed worker ends the run: a new one would wait for ever
    print("== tests", flush=True)
    tests = subprocess.run(
        [python, "-m", "pytest", *arguments], check=False, cwd=environment.ROOT, env=settings
    )
    if tests.returncode:
        failed.append("tests")
    if failed:
        print("Not passed: " + ", ".join(failed), file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
