"""What moved between two versions of a success plan: added, removed, changed, part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Part: TypeAlias = Literal["plan", "objective", "reading", "milestone", "action", "risk"]
Kind: TypeAlias = Literal["added", "removed", "changed"]
Body: TypeAlias = Mapping[str, Any]
"""A version: ``plan`` is a record, ``objectives``, ``readings``, ``items`` and ``risks`` are lists of records."""

_LISTS = ("objectives", "items", "readings", "risks")
_PARTS: dict[str, Part] = {"objectives": "objective", "readings": "reading", "risks": "risk"}
_SILENT = frozenset({"id", "position", "objective_id", "parent_id", "kind"})
"""Fields that say where a part stands, not what it says; another parent is told once, as ``place``."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One change. ``title`` is how the part is called; ``field`` and both values are empty unless it changed."""

    kind: Kind
    part: Part
    id: int
    title: str
    field: str = ""
    before: str = ""
    after: str = ""


def redline(old: Body, new: Body) -> tuple[Mark, ...]:
    """What was added, removed or changed from *old* to *new*, in the order of the plan; removed parts last."""
    marks = [
        Mark("changed", "plan", 0, str(new["plan"].get("name", "")), *change)
        for change in _changes(old["plan"], new["plan"])
    ]
    gone: list[Mark] = []
    for name in _LISTS:
        before, after = _by_id(old.get(name, ())), _by_id(new.get(name, ()))
        for number, record in after.items():
            part, title = _part(name, record), _title(name, record, new)
            if number not in before:
                marks.append(Mark("added", part, number, title, after=_said(name, record)))
                continue
            marks += [
                Mark("changed", part, number, title, *change) for change in _changes(before[number], record)
            ]
        gone += [
            Mark(
                "removed", _part(name, record), number, _title(name, record, old), before=_said(name, record)
            )
            for number, record in before.items()
            if number not in after
        ]
    return (*marks, *gone)


def _by_id(records: Sequence[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    return {int(record["id"]): record for record in records}


def _part(name: str, record: Mapping[str, Any]) -> Part:
    if name == "items":
        return "milestone" if record.get("kind") == "milestone" else "action"
    return _PARTS[name]


def _title(name: str, record: Mapping[str, Any], body: Body) -> str:
    if name != "readings":
        return str(record.get("title", ""))
    owner = _by_id(body.get("objectives", ())).get(int(record["objective_id"]), {})
    return str(owner.get("title", ""))


def _said(name: str, record: Mapping[str, Any]) -> str:
    return f"{_text(record.get('on'))}: {_text(record.get('value'))}" if name == "readings" else ""


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    fields = [name for name in new if name not in _SILENT]
    found = [
        (name, _text(old.get(name)), _text(new.get(name)))
        for name in fields
        if old.get(name) != new.get(name)
    ]
    places = [(old.get(name), new.get(name)) for name in ("objective_id", "parent_id") if name in new]
    if any(before != after for before, after in places):
        found.append(("place", "", ""))
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)
