"""A score as plain JSON data and back: what a snapshot keeps, complete, so that any date can be read again."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields
from typing import Any

from cs_workbench.domain.health import AxisScore, MeasureScore, Score

_SCORE = tuple(field.name for field in fields(Score) if field.name not in ("axes", "measures"))


def score_to_json(score: Score) -> str:
    """The whole score as compact JSON; values that are None are left out."""
    plain: dict[str, Any] = {name: value for name in _SCORE if (value := getattr(score, name)) is not None}
    plain["as_of"] = score.as_of.isoformat()
    plain["axes"] = [_plain(axis) for axis in score.axes]
    plain["measures"] = [_plain(measure) for measure in score.measures]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def score_from_json(text: str) -> Score:
    """The score that ``score_to_json`` wrote. Raises ValueError or KeyError on anything else."""
    plain = json.loads(text)
    axes = tuple(AxisScore(**{name: axis.get(name) for name in AxisScore._fields}) for axis in plain["axes"])
    measures = tuple(_measure(entry) for entry in plain["measures"])
    kept: dict[str, Any] = {name: plain.get(name) for name in _SCORE}
    kept["as_of"] = dt.date.fromisoformat(plain["as_of"])
    return Score(**kept, axes=axes, measures=measures)


def _plain(record: MeasureScore | AxisScore) -> dict[str, Any]:
    plain = {name: value for name, value in record._asdict().items() if value is not None}
    if "as_of" in plain:
        plain["as_of"] = plain["as_of"].isoformat()
    return plain


def _measure(entry: dict[str, Any]) -> MeasureScore:
    kept: dict[str, Any] = {name: entry.get(name) for name in MeasureScore._fields}
    if kept["as_of"] is not None:
        kept["as_of"] = dt.date.fromisoformat(kept["as_of"])
    return MeasureScore(**kept)
