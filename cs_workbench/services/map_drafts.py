"""A success map that is being drawn, kept outside undo until it is saved or thrown away."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from cs_workbench.domain.success_map import Means, Step
from cs_workbench.services import drafts

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads


def draft(reads: Reads, persona_id: int) -> tuple[Step, ...]:
    """The steps typed and not saved yet; () where there are none, or where they cannot be read."""
    text = drafts.draft(reads, key_of(persona_id))
    try:
        return tuple(_step(one) for one in json.loads(text)) if text else ()
    except (ValueError, TypeError, KeyError):
        return ()


def keep(wb: Workbench, persona_id: int, steps: Sequence[Step], *, now: dt.datetime) -> None:
    """Keep *steps* as they stand, empty fields and all; no steps take the draft away."""
    text = body_of(steps)
    if text != drafts.draft(wb.reads, key_of(persona_id)):
        drafts.keep(wb, key_of(persona_id), text, now=now)


def body_of(steps: Sequence[Step]) -> str:
    """*steps* as a draft holds them; "" for none."""
    return json.dumps([asdict(one) for one in steps], ensure_ascii=False) if steps else ""


def key_of(persona_id: int) -> str:
    """Under which the map of a persona is kept while it is drawn."""
    return f"success_map:{persona_id}"


def _step(data: dict[str, object]) -> Step:
    means = tuple(Means(**one) for one in data.pop("means"))  # type: ignore[attr-defined]
    return Step(**data, means=means)  # type: ignore[arg-type]
