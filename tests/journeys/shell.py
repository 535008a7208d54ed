"""The command line as a person uses it, in this process: words in, exit code and what was printed out."""

from __future__ import annotations

import csv
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from cs_workbench.cli import quick, start


@dataclass(frozen=True, slots=True)
class Shell:
    """A shell whose portfolio is the file at ``path``."""

    path: Path

    def run(self, *words: str) -> tuple[int, str, str]:
        """Exit code, output, messages of ``cs-workbench WORDS``."""
        arguments = ["--portfolio", str(self.path), *words]
        out, messages = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(messages):
            answered = quick.run(arguments)
            code = start.run(arguments) if answered is None else answered
        return code, out.getvalue(), messages.getvalue()

    def say(self, *words: str) -> str:
        """What a verb prints; it must succeed."""
        code, out, messages = self.run(*words)
        assert code == 0, messages
        return out

    def ask(self, *words: str) -> Any:
        """What a verb answers as JSON; it must succeed."""
        return json.loads(self.say(*words, "--json"))

    def table(self, name: str, folder: Path) -> list[dict[str, str]]:
        """The rows of one table, through the export."""
        if not folder.exists():
            self.say("export", str(folder))
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))


def total(rows: list[dict[str, str]], column: str) -> float:
    """The sum of a column of an exported table; blanks count nothing."""
    return sum(float(row[column]) for row in rows if row[column])


def told(answer: Any) -> dict[str, dict[str, int]]:
    """What an import warned of: kind → code → count."""
    return {
        batch["kind"]: {warning["code"]: warning["count"] for warning in batch["warnings"]}
        for batch in answer["batches"]
    }
