"""Plain data to JSON and back: facts into the rendering process, blocks out of it, facts into the archive.

Dataclasses are written with their class name and rebuilt only from the closed table of facts and blocks, so
neither the archive nor a rendering process gone wrong can make anything else. Tuples come back as tuples.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from decimal import Decimal
from functools import cache
from typing import Any

_CLASS, _DECIMAL, _DAY = "$", "$decimal", "$day"


@cache
def _classes() -> dict[str, type[Any]]:
    from cs_workbench.domain import chart_data
    from cs_workbench.reports import (
        action_plan_facts,
        blocks,
        facts,
        internal_facts,
        meeting_facts,
        people_facts,
        plan_facts,
        value_facts,
        voice_facts,
    )

    known = (
        chart_data,
        blocks,
        facts,
        action_plan_facts,
        internal_facts,
        meeting_facts,
        people_facts,
        plan_facts,
    )
    return {
        name: cls
        for module in (*known, value_facts, voice_facts)
        for name, cls in vars(module).items()
        if isinstance(cls, type) and dataclasses.is_dataclass(cls)
    }


@cache
def _fields(cls: type[Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in dataclasses.fields(cls))


def plain(value: Any) -> Any:
    """*value* as JSON data. Fields left at their default are not written. Raises TypeError for anything that is
    not plain: str, int, float, bool, None, Decimal, date, tuple, list, dict or one of our dataclasses.
    """
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return {_DAY: value.isoformat()}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    cls = type(value)
    if _classes().get(cls.__name__) is not cls:
        raise TypeError(f"{cls.__name__} is not plain data")
    data: dict[str, Any] = {_CLASS: cls.__name__}
    for name, default in _fields(cls):  # type: ignore[arg-type]  # a class is hashable
        item = getattr(value, name)
        if item is not default and item != default:
            data[name] = plain(item)
    return data


def rebuilt(data: Any) -> Any:
    """The value that ``plain`` wrote. Raises ValueError for an unknown class or a field it does not have."""
    if isinstance(data, list):
        return tuple([rebuilt(item) for item in data])
    if not isinstance(data, dict):
        return data
    if _CLASS in data:
        cls = _classes().get(str(data[_CLASS]))
        if cls is None:
            raise ValueError(f"unknown class {data[_CLASS]!r}")
        try:
            return cls(**{name: rebuilt(item) for name, item in data.items() if name != _CLASS})
        except TypeError as problem:
            raise ValueError(str(problem)) from None
    if _DECIMAL in data:
        return Decimal(data[_DECIMAL])
    if _DAY in data:
        return dt.date.fromisoformat(data[_DAY])
    return {key: rebuilt(item) for key, item in data.items()}


def dumps(value: Any) -> str:
    """*value* as JSON text; see ``plain``."""
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))


def loads(text: str | bytes) -> Any:
    """The value in JSON *text* written by ``dumps``. Raises ValueError where it is not one."""
    return rebuilt(json.loads(text))
