"""The internal part of a briefing: health, people, the whole log, risks, what to be ready to hear."""

from __future__ import annotations

import contextvars
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cs_workbench import i18n
from cs_workbench.reports.facts import Briefing, Figure, Message, Promise
from cs_workbench.reports.internal_facts import (
    Health,
    HealthAxis,
    HealthMeasure,
    Internal,
    LogEntry,
    Pipeline,
    Stakeholder,
)
from cs_workbench.services.briefing_support import comment, local_day
from cs_workbench.store.queries.briefing_rows import (
    AccountRow,
    InteractionRow,
    OpportunityRow,
    PersonRow,
    SurveyRow,
)

if TYPE_CHECKING:
    from cs_workbench.domain.health import Score
    from cs_workbench.reports.people_facts import RelationMap
    from cs_workbench.store.reads import Reads

_LOG = 7
_SILENT = dt.timedelta(days=60)
_DECIDERS = frozenset({"decision_maker", "economic_buyer"})
_WANTED = ("decision_maker", "champion")


@dataclass(frozen=True, slots=True)
class InternalRows:
    """The rows the internal part is made of."""

    account: AccountRow
    people: Sequence[PersonRow]
    log: Sequence[InteractionRow]
    surveys: Sequence[SurveyRow]
    opportunities: Sequence[OpportunityRow]
    promises: Sequence[Promise]
    score: Score | None


def relations(reads: Reads, account_id: int, as_of: dt.date, language: str) -> RelationMap:
    """The relationship map with its sentences in the document's language. Raises NotFound."""
    from cs_workbench.services import briefing_people

    def read() -> RelationMap:
        i18n.set_language("ja" if language == "ja" else "en")
        return briefing_people.relations(reads, account_id, as_of)

    return contextvars.copy_context().run(read)


def internal(rows: InternalRows, briefing: Briefing, zone: ZoneInfo) -> Internal:
    """What stays with us, from *rows* and the briefing it accompanies."""
    active = [person for person in rows.people if not person.left]
    held = {role for person in active for role in _roles(person)}
    last = _last_two_way(rows.log, zone)
    return Internal(
        health(rows.score), tuple(_stakeholder(person, zone) for person in rows.people),
        tuple(role for role in _WANTED if role not in held and not (role == "decision_maker" and held & _DECIDERS)),
        tuple(_entry(row, zone) for row in rows.log[:_LOG]), len(rows.log), last,
        tuple(comment(row) for row in rows.surveys if row.comment.strip() and not row.shareable)[:8],
        tuple(rows.promises), tuple(_pipeline(row) for row in rows.opportunities if row.outcome == "open"),
        _risks(rows, briefing, active, last), _complaints(briefing), rows.account.note.strip(),
        rows.account.stage or "", rows.account.tier or "",
    )  # fmt: skip


def _last_two_way(log: Sequence[InteractionRow], zone: ZoneInfo) -> dt.date | None:
    """The newest two-way contact of a log that begins with the newest: as the score counts it, on the page beside."""
    return next((local_day(row.at, zone) for row in log if row.two_way), None)


def health(score: Score | None) -> Health | None:
    """A domain score as facts, the weakest measures named by what they cost."""
    if score is None:
        return None
    measures = tuple(
        HealthMeasure(
            one.axis, one.key, one.unit, one.value, one.points, one.weight, one.contribution, one.green, one.yellow,
            one.direction, one.band, one.label, one.as_of, one.stale, one.reason,
        )
        for one in score.measures
    )  # fmt: skip
    costly = sorted(
        (one for one in score.measures if one.points is not None and one.band in {"red", "yellow"}),
        key=lambda one: -(100 - (one.points or 0)) * one.weight,
    )
    return Health(
        score.score, score.band, score.coverage, score.low, score.high, score.reason,
        tuple(HealthAxis(axis.key, axis.points, axis.band, axis.contribution) for axis in score.axes), measures,
        tuple(one.key for one in costly[:2]),
    )  # fmt: skip


def _roles(person: PersonRow) -> tuple[str, ...]:
    return tuple(sorted((person.roles or "").split(","))) if person.roles else ()


def _stakeholder(person: PersonRow, zone: ZoneInfo) -> Stakeholder:
    last = local_day(person.last_two_way, zone) if person.last_two_way else None
    return Stakeholder(
        person.name, person.title or "", person.department or "", _roles(person), person.influence,
        person.sentiment or "", person.left, last, f"person/{person.id}",
    )  # fmt: skip


def _entry(row: InteractionRow, zone: ZoneInfo) -> LogEntry:
    body = " ".join(row.body.split())
    return LogEntry(
        local_day(row.at, zone), row.channel, row.direction, row.subject, body[:140] + ("…" if len(body) > 140 else ""),
        row.sentiment or "", tuple((row.people or "").split("\n")) if row.people else (), row.shareable,
        f"interaction/{row.id}",
    )  # fmt: skip


def _pipeline(row: OpportunityRow) -> Pipeline:
    return Pipeline(
        row.name, row.stage or "", row.amount, row.currency or "", row.probability, row.close_on, row.outcome,
        f"opportunity/{row.id}",
    )  # fmt: skip


def _risks(
    rows: InternalRows, briefing: Briefing, active: Sequence[PersonRow], last: dt.date | None
) -> tuple[Message, ...]:
    found: list[Message] = []
    if briefing.terms.situation in {"past", "past_auto"}:
        found.append(Message("notice_past", date=briefing.terms.notice_on))
    ended = next((move for move in briefing.terms.movements if move.kind == "churn"), None)
    if ended and briefing.terms.agreements:
        found.append(Message("churn_beside", date=ended.on))
    if briefing.use and briefing.use.trend in {"down", "turned", "zero"}:
        found.append(Message("use_down", briefing.use.peak, briefing.use.last))
    if briefing.support and briefing.support.high_open:
        found += [m for m in briefing.headline if m.code == "high_open"] or [_high_open(briefing)]
    found += _people_risks(rows.people, active, briefing.as_of)
    if rows.log and (last is None or briefing.as_of - last > _SILENT):
        found.append(Message("no_contact", date=last))
    for row in rows.surveys:
        if row.score is not None and (
            (row.kind == "nps" and row.score <= 6) or (row.kind == "csat" and row.score <= 2)
        ):
            found.append(Message("detractor", date=row.answered_on, text=row.person or ""))
            break
    return tuple(found[:7])


def _high_open(briefing: Briefing) -> Message:
    count = briefing.support.high_open if briefing.support else 0
    return Message("high_open", Figure("high_open", Decimal(count)))


def _people_risks(people: Sequence[PersonRow], active: Sequence[PersonRow], as_of: dt.date) -> list[Message]:
    found = [
        Message("champion_left", text=person.name, date=person.left_on)
        for person in people
        if person.left and "champion" in _roles(person)
    ]
    deciders = [person for person in active if _DECIDERS & set(_roles(person))]
    if people and not deciders:
        found.append(Message("decision_maker_unknown"))
    silent = (as_of - _SILENT * 3).isoformat()
    found += [
        Message(
            "decision_maker_silent", text=person.name, date=dt.date.fromisoformat(person.last_two_way[:10])
        )
        for person in deciders[:1]
        if person.last_two_way and person.last_two_way[:10] < silent
    ]
    if len(active) == 1:
        found.append(Message("single_thread", text=active[0].name))
    return found


def _complaints(briefing: Briefing) -> tuple[Message, ...]:
    waiting = briefing.support.open if briefing.support else ()
    return tuple(Message("ticket", text=one.subject, date=one.opened) for one in waiting[:6])
