"""What is typed into a success plan as the value to keep: dates, figures, closed lists."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any, Literal, TypeAlias

from cs_workbench.domain.spoken_dates import spoken_date
from cs_workbench.domain.text import seen
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.services.typed_days import possible_day
from cs_workbench.store.queries.plans import Entity

Kind: TypeAlias = Literal["text", "name", "date", "day", "number", "figure", "five", "person", "metric"]
FIELDS: dict[Entity, dict[str, Kind | tuple[str, ...]]] = {
    "plan": {
        "name": "name", "purpose": "text", "sponsor_ours": "text", "sponsor_theirs": "person", "starts_on": "date",
        "ends_on": "date", "status": ("draft", "active", "done", "dropped"), "note": "text",
    },
    "objective": {
        "title": "name", "measure": "text", "metric": "metric", "unit": "text", "direction": ("up", "down"),
        "baseline": "number", "target": "number", "due_on": "date", "owner_ours": "text", "owner_theirs": "person",
        "status": ("open", "reached", "missed", "dropped"), "verified_by": "text", "verified_on": "date",
        "note": "text",
    },
    "item": {
        "title": "name", "kind": ("milestone", "action"), "side": ("ours", "theirs"), "owner": "text",
        "starts_on": "date", "due_on": "date", "done_on": "date", "status": ("open", "done", "dropped"),
        "note": "text",
    },
    "risk": {
        "title": "name", "likelihood": "five", "impact": "five", "response": "text", "owner": "text",
        "shareable": ("no", "yes"), "closed_on": "date",
    },
    "reading": {"on_date": "day", "value": "figure", "source": "text"},
}  # fmt: skip
"""What can be edited, and how what is typed is read; a tuple is a closed list."""
_LONGEST = 20_000
_LARGEST = 1e15


def read(entity: Entity, field: str, text: str, today: dt.date) -> Any:
    """What was typed as it is kept. Raises InvalidValue with what to type instead, KeyError for another field."""
    kind = FIELDS[entity][field]
    words = seen(text).strip()
    if isinstance(kind, tuple):
        if words not in kind:
            raise InvalidValue(_("“{value}” is not on the list.").format(value=words[:80]), field=field)
        return words
    if len(words) > _LONGEST:
        raise InvalidValue(_("This text is too long."), _("Keep the essence and link the rest."), field=field)
    if kind == "name":
        return _name(words, field)
    if kind in {"date", "day"}:
        return _date(words, today, field, needed=kind == "day")
    if kind in {"number", "figure"}:
        return _number(words, field, needed=kind == "figure")
    if kind == "five":
        return _five(words, field)
    return words


def _name(words: str, field: str) -> str:
    if not words:
        raise InvalidValue(_("It needs a name."), _("Esc brings the old one back."), field=field)
    return " ".join(words.split())


def _date(words: str, today: dt.date, field: str, *, needed: bool) -> dt.date | None:
    if not words and not needed:
        return None
    try:
        found: dt.date | None = dt.date.fromisoformat(words.replace("/", "-").replace(".", "-"))
    except ValueError:
        found = (spoken_date(words, today) or _written(words)) if words else None
    if found is None:
        raise InvalidValue(
            _("“{value}” is not a date.").format(value=words[:80]),
            _("Type 2026-11-24, 11/24, +3 or tomorrow."),
            field=field,
        )
    return possible_day(found, field)


def _written(words: str) -> dt.date | None:
    """A day in the words screens show: 31 Mar 2027."""
    from cs_workbench.intake.values import ValueProblem, parse_date

    try:
        return parse_date(words, day_first=None)
    except ValueProblem:
        return None


def _number(words: str, field: str, *, needed: bool) -> float | None:
    if not words and not needed:
        return None
    plain = words.translate(_WIDE).replace(",", "").replace("−", "-").rstrip("%").strip()
    try:
        value = float(plain)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or abs(value) > _LARGEST:
        raise InvalidValue(
            _("“{value}” is no number.").format(value=words[:80]),
            _("Type digits, like 40 or 12.5."),
            field=field,
        )
    return value


_WIDE = {ord("０") + n: str(n) for n in range(10)} | {
    ord("．"): ".",
    ord("，"): ",",
    ord("％"): "%",
    ord("－"): "-",
}


def _five(words: str, field: str) -> int | None:
    if not words:
        return None
    if words.translate(_WIDE) not in {"1", "2", "3", "4", "5"}:
        raise InvalidValue(
            _("“{value}” is not a number from {least} to {most}.").format(value=words[:80], least=1, most=5),
            field=field,
        )
    return int(words)
