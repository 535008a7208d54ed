"""The sample's personas with their maps, and where its customers stand on them; some of them for too long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cs_workbench.services import persona_templates, success_maps

if TYPE_CHECKING:
    from cs_workbench.store.change import Change

_PERSONAS = ("field", "back_office", "service", "executive")
_TURNS = (0, 1, 0, 2, 0, 3, 1, 0, 2, 0)
_STANDS: dict[str, tuple[int, int]] = {
    "onboarding_late": (0, 74), "onboarding_well": (0, 18), "silent_churn": (1, 96), "happy_failing": (1, 74),
    "champion_left": (2, 88), "doubled_person": (1, 31), "single_threaded": (2, 40), "contraction": (1, 52),
    "notice_soon": (2, 52), "detractor_unanswered": (1, 44), "mixed_currency": (2, 58), "steady": (2, 37),
    "grumbling_succeeding": (3, 37), "ready_to_expand": (3, 22), "model_success": (4, 60), "won_back": (2, 27),
}  # fmt: skip
"""Story → (step, days on it); customers with other stories have no persona."""
_FIRST = ("onboarding_late", "onboarding_well", "champion_left")
_VERSIONS = ((0, 480), (1, 300), (2, 115))
_LEFT_OUT = 7
"""Each customer whose turn this divides has no persona yet."""
_PACE = 63
"""Days a customer took for each step before."""


def add_success(db: Change, stories: Mapping[int, str], now: dt.datetime, language: str) -> None:
    """Four personas; the first one's map in its third version. *stories* says what happens at each account."""
    today = now.date()
    maps = [_persona(db, key, language, place, today) for place, key in enumerate(_PERSONAS)]
    rows: dict[str, list[dict[str, Any]]] = {"place": [], "move": []}
    turn = 0
    for account, story in stories.items():
        if story not in _STANDS:
            continue
        turn += 1
        if turn % _LEFT_OUT == 0:
            continue
        persona_id, steps = maps[0 if story in _FIRST else _TURNS[turn % len(_TURNS)]]
        _stand(rows, account, persona_id, steps, story, turn, today)
    from cs_workbench.store.tables import MapMove, MapPlace

    db.session.bulk_insert_mappings(MapPlace.__mapper__, rows["place"])
    db.session.bulk_insert_mappings(MapMove.__mapper__, rows["move"])


def _persona(
    db: Change, key: str, language: str, place: int, today: dt.date
) -> tuple[int, list[tuple[int, str]]]:
    """A packaged persona with its map; the first one's grew to what it is now. Its id and the steps in use."""
    from cs_workbench.store.queries import success as queries
    from cs_workbench.store.tables import Persona

    data = next(one for one in persona_templates.packaged() if one["key"] == key)
    by_role = {role: name for name, _words, role in reversed(queries.metrics(db)) if role}
    steps = persona_templates.steps_of(data, language, by_role)
    row = Persona(name=data[language], definition=data[f"says_{language}"], position=place)
    db.session.add(row)
    db.session.flush()
    if place == 0:
        for missing, ago in _VERSIONS:
            drawn = steps[: len(steps) - len(_VERSIONS) + 1 + missing]
            map_id = success_maps.draw(db, row.id, drawn, today=today - dt.timedelta(days=ago))
    else:
        map_id = success_maps.draw(db, row.id, steps, today=today - dt.timedelta(days=200 + 10 * place))
    return row.id, [(one.id, one.name) for one in queries.steps(db, map_id)]


def _stand(  # noqa: PLR0917 - one row of a table
    rows: dict[str, list[dict[str, Any]]], account: int, persona_id: int, steps: list[tuple[int, str]], story: str,
    turn: int, today: dt.date,
) -> None:  # fmt: skip
    """Where one account stands, how it came there, and for every second one where it wants to be."""
    at, days = _STANDS[story]
    at, days = min(at + (turn % 9 == 0), len(steps) - 1), days + turn % 4
    entered = today - dt.timedelta(days=days)
    ahead = at + 1 < len(steps) and turn % 2 == 1
    rows["place"].append({
        "account_id": account, "persona_id": persona_id, "step_id": steps[at][0],
        "wanted_step_id": steps[at + 1][0] if ahead else None,
        "wanted_by": today + dt.timedelta(days=40 + 7 * turn) if ahead else None, "entered_on": entered,
    })  # fmt: skip
    for number in range(at + 1):
        rows["move"].append({
            "account_id": account, "from_step": steps[number - 1][1] if number else None,
            "to_step": steps[number][1], "moved_on": entered - dt.timedelta(days=_PACE * (at - number)),
        })  # fmt: skip
