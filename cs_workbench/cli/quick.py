"""The account list at its fastest: answered before anything heavier than the database driver is imported."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

EMPTY = "There is no account yet: import your files (cs-workbench import FILE…)."
UNSCORED = "No account has a score yet. Compute them with: cs-workbench score"
YEARS = range(1970, 2200)
"""Days outside these are slips of the finger, and some arithmetic on them has no answer."""
VALUED = ("--portfolio", "--as-of", "--ui-lang")


def run(arguments: Sequence[str]) -> int | None:
    """Answer ``accounts`` with plain options; None for anything else: the full command line knows what to say."""
    words = _words(arguments)
    if words is None or words.get("verb") != "accounts" or sys.stdout is None:
        return None
    path = words.get("--portfolio") or os.environ.get("CS_WORKBENCH_PORTFOLIO", "")
    if not path:
        return None
    import datetime as dt

    try:
        day = (
            dt.date.fromisoformat(words["--as-of"])
            if "--as-of" in words
            else dt.datetime.now().astimezone().date()
        )
    except ValueError:
        return None
    if day.year not in YEARS or ("--json" not in words and _speaks(words) != "en"):
        return None
    from cs_workbench.errors import UserError

    try:
        answer, hint = _answer(path, day.isoformat(), as_json="--json" in words)
    except UserError:
        return None
    if "--json" not in words and not answer.replace("\n", " ").replace("\u3000", " ").isprintable():
        return None  # control characters or direction marks in a name: the full command line takes them out
    try:
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()
        if hint and sys.stderr is not None:
            sys.stderr.write(hint + "\n")
    except (OSError, UnicodeEncodeError):
        return None  # a stream that is closed, full or narrow
    return 0


def leave() -> None:
    """End the process at once after an answer: taking the interpreter down in order costs more than the answer."""
    os._exit(0)


def _words(arguments: Sequence[str]) -> dict[str, str] | None:
    words: dict[str, str] = {}
    rest = iter(arguments)
    for word in rest:
        name, equals, value = word.partition("=")
        if name in VALUED:
            words[name] = value if equals else next(rest, "")
        elif word == "--json":
            words[word] = "yes"
        elif word.startswith("-") or "verb" in words:
            return None
        else:
            words["verb"] = word
    return words


def _speaks(words: dict[str, str]) -> str:
    asked = words.get("--ui-lang", "")
    spoken = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "en"
    )
    return asked or ("ja" if spoken.startswith("ja") else "en")


def _answer(path: str, day: str, *, as_json: bool) -> tuple[str, str]:
    """What was asked for, and what to do next where that is not plain."""
    from cs_workbench.services import account_list
    from cs_workbench.services.workbench import Workbench

    with Workbench.open(path, read_only=True) as workbench:
        if as_json:
            return account_list.as_json(workbench.reads, day), ""
        found = account_list.rows(workbench.reads, day)
        stages = account_list.stages(workbench.reads, "en")
    if not found:
        return EMPTY, ""
    room = os.get_terminal_size().columns or None if sys.stdout.isatty() else None
    scored = any(row[account_list.SCORED_ON] for row in found)
    return account_list.as_table(found, (), stages, room), "" if scored else UNSCORED
