"""Documents without the few characters that no XML file can hold; a customer's name may bring them along."""

from __future__ import annotations

import dataclasses
from typing import Any

from cs_workbench.reports.slide_text import printable


def holdable(value: Any) -> Any:
    """*value* (a document, or anything it is made of) with every text as XML holds it; itself where all do."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, tuple):
        made = tuple(holdable(one) for one in value)
        return value if all(new is old for new, old in zip(made, value, strict=True)) else made
    if isinstance(value, dict):
        return {key: holdable(one) for key, one in value.items()}
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    fields = {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
    changed = {name: new for name, old in fields.items() if (new := holdable(old)) is not old}
    return dataclasses.replace(value, **changed) if changed else value
