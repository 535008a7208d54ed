"""The sample's onboardings, stage changes and training: most went well, one is late, one was extended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_workbench.domain.working_days import on_or_after, on_or_before
from cs_workbench.services.onboarding_templates import Template, template

if TYPE_CHECKING:
    from cs_workbench.store.change import Change

_DAY = dt.timedelta(days=1)
_YOUNG = 900
"""Customers of so many days have an onboarding on record; older ones came before it was kept."""
_RUNNING: dict[tuple[str, str], tuple[str, int, int]] = {
    ("onboarding_late", "ja"): ("days_90", 9, 104), ("onboarding_late", "en"): ("days_90", 10, 98),
    ("onboarding_well", "ja"): ("days_60", 7, 33), ("won_back", "en"): ("days_30", 4, 24),
}  # fmt: skip
"""Story and language → template, lines done, days ago it began."""
_DECIDED = {
    "extend": {
        "ja": ("担当者の異動で試行が3週間止まったため", "後任の担当者と試行の計画を立て直す"),
        "en": ("The pilot stood still for three weeks: their lead changed", "Plan the pilot again with the new lead"),
    },
    "go_on": {
        "ja": ("全部門の開始を待たず、1部門の成果を先に出すため", "2か月以内に残りの部門の開始日を決める"),
        "en": ("One department has its first value; the others follow", "Agree on dates for the other departments"),
    },
}  # fmt: skip
_SESSIONS = (
    ("webinar", "はじめての設定：管理者向け", "First set-up for administrators", 150, 60, 9),
    ("training", "現場リーダー向け基本操作", "Basics for team leads", 96, 90, 6),
    ("webinar", "新機能の使い方", "What is new and how to use it", 61, 45, 11),
    ("workshop", "業務フローの見直し会", "Workshop: the way of working", 40, 120, 2),
    ("training", "レポート作成の実習", "Reports hands-on", 26, 90, 4),
    ("community", "ユーザー会 秋", "User meeting, autumn", 18, 150, 12),
    ("enablement", "社内講師の育成", "Train the trainers", 12, 180, 2),
    ("webinar", "データ連携の基本", "Connecting your data", 5, 60, 7),
    ("training", "夜勤帯向け基本操作", "Basics for the night shift", -9, 90, 2),
)  # fmt: skip
"""Kind, titles, days ago, minutes, how many accounts."""


@dataclass(frozen=True, slots=True)
class _Customer:
    id: int
    language: str
    story: str
    stage: str
    since: dt.date
    gone: dt.date | None
    seats: int


def add_lifecycle(db: Change, stories: Mapping[int, str], now: dt.datetime, language: str) -> None:
    """Everything for the accounts of *stories*; *language* is that of the sessions' titles."""
    from cs_workbench.store import tables

    today = now.date()
    customers = _customers(db, stories)
    rows: dict[str, list[dict[str, Any]]] = {"item": [], "move": [], "attendee": []}
    for place, one in enumerate(customers):
        ended = _onboarding(db, rows["item"], one, place, today)
        rows["move"] += _moves(one, ended, place, today)
    _training(db, rows["attendee"], customers, language, today)
    for key, table in (
        ("item", tables.OnboardingItem), ("move", tables.StageMove), ("attendee", tables.TrainingAttendee),
    ):  # fmt: skip
        db.session.bulk_insert_mappings(table.__mapper__, rows[key])


def _customers(db: Change, stories: Mapping[int, str]) -> list[_Customer]:
    from cs_workbench.store.tables import Account, Contract

    seats: dict[int, int] = {}
    for contract in db.session.query(Contract):
        seats[contract.account_id] = max(seats.get(contract.account_id, 0), contract.seats or 0)
    return [
        _Customer(
            row.id, "ja" if row.country == "JP" else "en", stories[row.id], row.stage or "",
            row.customer_since, row.churned_on, seats.get(row.id) or 20,
        )
        for row in db.session.query(Account).order_by(Account.id)
        if row.id in stories and row.customer_since is not None
    ]  # fmt: skip


def _onboarding(
    db: Change, items: list[dict[str, Any]], one: _Customer, place: int, today: dt.date
) -> dt.date | None:
    """One onboarding with its lines; returns the day it ended, None where it runs or is not on record."""
    under_way = _RUNNING.get((one.story, one.language))
    if under_way is not None:
        key, done, ago = under_way
        _under_way(db, items, one, template(key, one.language), done, today - dt.timedelta(days=ago), today)
        return None
    if (today - one.since).days > _YOUNG:
        return None
    return _closed(db, items, one, place)


def _under_way(  # noqa: PLR0917 - one row of a table
    db: Change, items: list[dict[str, Any]], one: _Customer, plan: Template, done: int, start: dt.date, today: dt.date
) -> None:  # fmt: skip
    from cs_workbench.store.tables import Onboarding

    start = on_or_after(start)
    dues = plan.dues(start)
    row = Onboarding(account_id=one.id, started_on=start, ends_on=plan.ends(start))
    value = next((n for n, line in enumerate(plan.items) if "value" in line.title or "成果" in line.title), 0)
    if value < done:
        row.first_value_on = min(dues[value] + 2 * _DAY, on_or_before(today - _DAY))
    if one.story == "onboarding_late" and one.language == "en":
        row.decision, row.decided_on = "extend", on_or_before(today - 12 * _DAY)
        row.reason, row.follow_up = _DECIDED["extend"][one.language]
        row.extended_to = on_or_after(today + 30 * _DAY)
    db.session.add(row)
    db.session.flush()
    items += _lines(row.id, plan, dues, done, min(today, today - _DAY))


def _closed(db: Change, items: list[dict[str, Any]], one: _Customer, place: int) -> dt.date:
    from cs_workbench.store.tables import Onboarding

    plan = template(("days_60", "days_90", "days_30")[place % 3], one.language)
    start = on_or_after(one.since + 7 * _DAY)
    ends = plan.ends(start)
    slow = one.story in {"happy_failing", "silent_churn", "contraction", "churned"}
    late = 21 + 3 * (place % 5) if slow else (place * 5) % 17 - 12
    finished = on_or_before(ends + late * _DAY)
    row = Onboarding(
        account_id=one.id, started_on=start, ends_on=ends, finished_on=finished,
        first_value_on=None if one.story == "happy_failing" else on_or_before(finished - (4 + place % 9) * _DAY),
    )  # fmt: skip
    if slow:
        row.decision = "go_on" if place % 2 else "extend"
        row.decided_on = finished if row.decision == "go_on" else on_or_after(ends)
        row.reason, row.follow_up = _DECIDED[row.decision][one.language]
        row.extended_to = finished if row.decision == "extend" else None
    db.session.add(row)
    db.session.flush()
    dues = plan.dues(start)
    done = len(dues) - (3 if row.decision == "go_on" else 0)
    items += _lines(row.id, plan, dues, done, finished)
    return finished


def _lines(
    onboarding: int, plan: Template, dues: Sequence[dt.date], done: int, last: dt.date
) -> list[dict[str, Any]]:
    return [
        {
            "onboarding_id": onboarding, "position": n, "title": line.title, "side": line.side,
            "milestone": line.milestone, "due_on": due,
            "done_on": min(on_or_after(due + (n % 3 - 1) * _DAY), last) if n < done else None,
        }
        for n, (line, due) in enumerate(zip(plan.items, dues, strict=True))
    ]  # fmt: skip


def _moves(one: _Customer, ended: dt.date | None, place: int, today: dt.date) -> list[dict[str, Any]]:
    """The way of an account through the stages up to where it stands; those who came early begin with adoption."""
    way: list[tuple[str, dt.date]] = [("onboarding", one.since)]
    if one.stage != "onboarding":
        way.append(("adoption", ended or min(one.since + 95 * _DAY, today - 20 * _DAY)))
    if one.stage in {"grow", "renewal", "won_back"}:
        way.append(("grow", way[-1][1] + (120 + 9 * (place % 7)) * _DAY))
    if one.stage == "adoption" and (today - one.since).days > 420 and place % 4:
        back = today - (40 + (place * 37) % 190) * _DAY
        way += [("renewal", back - 88 * _DAY), ("adoption", back)]
    if one.stage == "renewal":
        way.append(("renewal", today - (30 + 4 * (place % 9)) * _DAY))
    if one.stage in {"churned", "won_back"}:
        way.append(("churned", one.gone or way[-1][1] + 200 * _DAY))
    if one.stage == "won_back":
        way.append(("won_back", today - 24 * _DAY))
    last = today - 2 * _DAY
    return [
        {
            "account_id": one.id, "from_stage": way[n - 1][0] if n else None, "to_stage": stage,
            "moved_on": min(on, last), "reason": "",
        }
        for n, (stage, on) in enumerate(way)
    ]  # fmt: skip


def _training(
    db: Change, rows: list[dict[str, Any]], customers: Sequence[_Customer], language: str, today: dt.date
) -> None:
    from cs_workbench.store.tables import Person, SuccessMeans, TrainingSession

    here = [one for one in customers if one.gone is None]
    people: dict[int, int] = {}
    for person in db.session.query(Person).filter(Person.status == "active").order_by(Person.id):
        people.setdefault(person.account_id or 0, person.id)
    means = [
        row.id for row in db.session.query(SuccessMeans).filter_by(kind="training").order_by(SuccessMeans.id)
    ]
    for n, (kind, ja, en, ago, minutes, accounts) in enumerate(_SESSIONS):
        on = today - dt.timedelta(days=ago)
        made = TrainingSession(
            title=ja if language == "ja" else en, kind=kind, held_on=on_or_after(on), minutes=minutes,
            means_id=means[n % len(means)] if means and kind == "training" else None,
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        for turn in range(accounts):
            one = here[(n * 5 + turn * 3) % len(here)]
            base = {"session_id": made.id, "account_id": one.id}
            heads = max(1, round(one.seats * (0.12 + 0.07 * (turn % 4))))
            rows.append({**base, "person_id": None, "heads": heads, "completed": ago > 0 and turn % 4 != 3})
            if turn % 2 == 0 and one.id in people:
                rows.append({**base, "person_id": people[one.id], "heads": 1, "completed": ago > 0})
