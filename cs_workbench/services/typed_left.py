"""What was typed into fields and not saved, kept as one draft: enough to find each field again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING

from cs_workbench.services import drafts

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

KEY = "typed"
MOST = 40
"""Fields remembered at once; the oldest go first."""

Arguments = dict[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Left:
    """Words of a field: the page with the arguments that bring one back to it, the form's title ("": none), the
    field's name, the record it belongs to ("": the page's own), the words, and the local time they were typed at.
    """

    page: str
    title: str
    name: str
    record: str
    text: str
    at: str = ""
    arguments: Arguments = field(default_factory=dict)

    @property
    def place(self) -> tuple[object, ...]:
        """What is the same where it is the same field of the same record."""
        return self.page, self.arguments.get("account_id"), self.title, self.name, self.record

    @property
    def is_certain(self) -> bool:
        """Whether the place can be no other record's: only then are words put back by themselves."""
        told = self.record or self.title or self.arguments.get("account_id")
        return bool(told) or self.page == "settings"


def body_of(kept: Iterable[Left]) -> str:
    """As it is stored; "" for nothing."""
    rows = [asdict(one) for one in kept][-MOST:]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def read(reads: Reads) -> tuple[Left, ...]:
    """What was left when the window last ended; what cannot be read is none."""
    try:
        rows = json.loads(drafts.draft(reads, KEY) or "[]")
    except ValueError:
        return ()
    found = (_left(row) for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()
    return tuple(one for one in found if one is not None)


def plain_arguments(arguments: Iterable[tuple[str, object]]) -> Arguments:
    """Those that can be stored: texts, numbers, nothing."""
    return {key: one for key, one in arguments if one is None or isinstance(one, str | int)}


def _left(row: dict[str, object]) -> Left | None:
    words = {one.name: row.get(one.name, "") for one in fields(Left) if one.name != "arguments"}
    arguments = row.get("arguments", {})
    if not isinstance(arguments, dict) or not all(isinstance(one, str) for one in words.values()):
        return None
    if not words["text"]:
        return None
    known = plain_arguments((str(key), one) for key, one in arguments.items())
    return Left(**{key: str(one) for key, one in words.items()}, arguments=known)
