"""Which system wrote a file, told by headers that only it writes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from cs_workbench.intake.headers import compact
from cs_workbench.intake.kinds import read_words

UNKNOWN = "files"


def detect(header: Iterable[str]) -> str:
    """The system whose mark *header* carries (``sources.toml``: "salesforce", "hubspot" …), else "files".

    A mark is a set of headers that must all be there ("a*" for any that begins so); the largest mark wins.
    """
    names = frozenset(map(compact, header))
    found = [(len(mark), source) for source, mark in _marks() if _carries(names, mark)]
    return max(found)[1] if found else UNKNOWN


@cache
def _marks() -> tuple[tuple[str, frozenset[str]], ...]:
    sources = read_words("sources")
    return tuple(
        (source, frozenset(compact(name) + ("*" if name.endswith("*") else "") for name in mark))
        for source, entry in sources.items()
        for mark in entry["marks"]
    )


def _carries(names: frozenset[str], mark: frozenset[str]) -> bool:
    return all(
        any(name.startswith(wanted[:-1]) for name in names) if wanted.endswith("*") else wanted in names
        for wanted in mark
    )
