"""Parsed values on their way through the stage: it packs no dates and no decimals, so they travel tagged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from cs_workbench.intake.rows import MetricSpec


def dump(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values the stage can pack; empty ones are left out."""
    return {
        key: value if isinstance(value, str) else _packed(value)
        for key, value in values.items()
        if value is not None and value not in ("", ())
    }


def load(packed: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they were parsed. Lists come back as tuples."""
    return {
        key: _unpacked(value) if isinstance(value, (list, dict)) else value for key, value in packed.items()
    }


def _packed(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return {"at": value.isoformat()}
    if isinstance(value, dt.date):
        return {"on": value.isoformat()}
    if isinstance(value, Decimal):
        return {"d": str(value)}
    if isinstance(value, MetricSpec):
        return {"m": asdict(value)}
    if isinstance(value, (tuple, list, set, frozenset)):
        return [_packed(item) for item in value]
    return value


def _unpacked(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_unpacked(item) for item in value)
    if not isinstance(value, dict):
        return value
    ((tag, text),) = value.items()
    if tag == "m":
        return MetricSpec(**text)
    if tag == "at":
        return dt.datetime.fromisoformat(text)
    return dt.date.fromisoformat(text) if tag == "on" else Decimal(text)
