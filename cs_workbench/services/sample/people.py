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
    """Lines, moods, sponsors, and the champion who left and is met again; returns how many people that added."""
    from cs_workbench.store.tables import Person, PersonRole

    people: dict[int, dict[str, Any]] = {}
    rows = db.session.query(Person, PersonRole.role).join(PersonRole, PersonRole.person_id == Person.id)
    for person, role in rows.order_by(Person.id):
        people.setdefault(person.account_id or 0, {}).setdefault(role, person)
    for turn, account in enumerate(stories):
        here = people.get(account, {})
        if turn % _LOOSE:
            _line_up(here)
        _think(here, turn)
        if "economic_buyer" in here and turn % _SPONSORED:
            db.session.add(PersonRole(person_id=here["decision_maker"].id, role="executive_sponsor"))
    return _meet_again(db, people, stories, languages, now)


def _line_up(here: dict[str, Any]) -> None:
    for role, bosses in _BOSSES.items():
        boss = next((here[one] for one in bosses if one in here), None)
        if role in here and boss is not None and boss is not here[role]:
            here[role].reports_to_id = boss.id


def _think(here: dict[str, Any], turn: int) -> None:
    others = [
        (role, person, _MOODS.get(person.sentiment or "", {}).get(role)) for role, person in here.items()
    ]
    for role, person, mood in others:
        if mood is not None:
            person.sentiment = mood
        if role in _UNKNOWN and turn % 2:
            person.sentiment = person.influence = None


def _meet_again(
    db: Change, people: dict[int, dict[str, Any]], stories: Mapping[int, str], languages: Mapping[int, str],
    now: dt.datetime,
) -> int:  # fmt: skip
    """The first champion who left stands at another customer now."""
    from cs_workbench.store.tables import Account, Person

    for account, story in stories.items():
        gone = people.get(account, {}).get("champion")
        there = next(
            (one for one, told in stories.items() if told in _TO and languages[one] == languages[account]), 0
        )
        if story != _FROM or gone is None or not there:
            continue
        before, after = db.session.get_one(Account, account), db.session.get_one(Account, there)
        gone.moved_to, gone.moved_to_account_id = after.name, there
        language = languages[account]
        db.session.add(Person(
            account_id=there, name=gone.name, reading=gone.reading, name_key=gone.name_key, title=_NEW_TITLE[language],
            influence=3, sentiment="positive", note=_CAME[language].format(account=before.name), created_at=now,
            updated_at=now,
        ))  # fmt: skip
        return 1
    return 0
