"""The sample's people among themselves: who reports to whom, what each thinks of us, and one who changed company."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cs_workbench.store.change import Change

_BOSSES = {
    "economic_buyer": ("decision_maker",), "technical_owner": ("decision_maker", "champion"),
    "champion": ("decision_maker",), "procurement": ("economic_buyer", "decision_maker"),
    "user": ("champion", "technical_owner"),
}  # fmt: skip
"""Role → the roles of whoever is likely to be over them, the likeliest first."""
_LOOSE = 4
"""At each account whose turn this divides nobody has asked yet who reports to whom."""
_MOODS = {"neutral": {"champion": "positive", "user": "negative", "technical_owner": "positive"},
          "positive": {"procurement": "neutral", "economic_buyer": "neutral"},
          "negative": {"champion": "neutral", "technical_owner": "neutral"}}  # fmt: skip
"""What the customer as a whole thinks → who thinks otherwise."""
_UNKNOWN = ("procurement",)
"""Whose mind nobody has asked, at every second account."""
_SPONSORED = 3
_FROM, _TO = "champion_left", ("ready_to_expand", "steady", "model_success")
_CAME = {"en": "Came from {account}.", "ja": "{account}から転職。"}
_NEW_TITLE = {"en": "Head of operations", "ja": "業務推進部長"}


def add_people(db: Change, stories: Mapping[int, str], languages: Mapping[int, str], now: dt.datetime) -> int:
    """Lines, moods, a sponsor here and there, and the champion who left and is met again; how many people were added."""
    from cs_workbench.store.tables import Person, PersonRole

    people: dict[int, dict[str, Any]] = {}
    rows = db.session.query(Person, PersonRole.role).join(PersonRole, PersonRole.person_id == Person.id)
    for person, role in rows.order_by(Person.id):
        people.setdefault(person.account_id, {}).setdefault(role, person)
    for turn, (account, story) in enumerate(stories.items()):
        here = people.get(account, {})
        if turn % _LOOSE:
            _line_up(here)
        _think(here, turn)
        decider = here.get("decision_maker")
        if decider is not None and len(here) > _LOOSE and turn % _SPONSORED:
            db.session.add(PersonRole(person_id=decider.id, role="executive_sponsor"))
        if story == _FROM and "champion" in here:
            return_to = next(
                (one for one, told in stories.items() if told in _TO and languages[one] == languages[account]), None
            )
            if return_to is not None:
                _meet_again(db, here["champion"], return_to, languages[account], now)
                return _finish(people, stories, account)
    return 0


def _finish(people: dict[int, dict[str, Any]], stories: Mapping[int, str], after: int) -> int:
    turns = list(stories)
    for turn, account in enumerate(turns):
        if turn > turns.index(after):
            here = people.get(account, {})
            if turn % _LOOSE:
                _line_up(here)
            _think(here, turn)
    return 1
