"""The lifecycle of all accounts: where each stands and since when, how far it is used, what the criteria propose.

A stage is never changed by itself: ``move`` is what the CSM confirms, with the reason, as one undo step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, cast

from cs_workbench.domain import lifecycle as rules
from cs_workbench.domain.exchange import Exchange, exchange
from cs_workbench.domain.lifecycle import (
    Check,
    Criterion,
    Facts,
    Index,
    Move,
    Part,
    Proposal,
    StageRule,
    Step,
)
from cs_workbench.domain.text import seen
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import account_table, lifecycle_rules
from cs_workbench.services.account_table import AccountLine
from cs_workbench.store.queries import lifecycle as queries
from cs_workbench.store.queries import training as training_queries
from cs_workbench.store.queries.lifecycle import MoveRow, StandingRow
from cs_workbench.store.queries.settings import setting
from cs_workbench.store.settings import put_setting

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads

__all__ = [
    "Check", "FunnelStep", "Lifecycle", "MoveRow", "StageLine", "checks", "history", "indexes_of", "load", "move",
    "move_all", "put_off",
]  # fmt: skip

PUT_OFF = "stage_put_off"
PUT_OFF_DAYS = 30
_SHARES: dict[str, Part] = {
    "features_used": "features", "active_users": "active", "seats_used": "seats", "embedded": "embedded",
}  # fmt: skip
_GRADES = 4.0
"""The highest answer of the grade "embedded in daily work"."""


@dataclass(frozen=True, slots=True)
class StageLine:
    """An account in its stage. ``days`` counts from the day of the move; where none is known, from when the portfolio
    knew it, and ``at_least`` says so. ``put_off`` is a proposal the CSM does not want to see until that day.
    """

    line: AccountLine
    since: dt.date
    days: int
    at_least: bool
    stuck: bool
    index: Index
    facts: Facts
    proposal: Proposal | None
    put_off: dt.date | None
    worth: Decimal | None = None
    """Its yearly value in the view's currency; None where it is unknown or no rate converts it."""

    @property
    def id(self) -> int:
        return self.line.id

    @property
    def name(self) -> str:
        return self.line.name

    @property
    def stage(self) -> str:
        return self.line.stage or ""


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """A stage of the funnel with its money, in the view's currency; ``key`` "" is no stage of the list."""

    key: str
    label: str
    step: Step
    arr: Decimal
    stuck: int
    usual_days: int | None


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """Everything the view shows as of a day."""

    as_of: dt.date
    lines: tuple[StageLine, ...]
    funnel: tuple[FunnelStep, ...]
    rules: tuple[StageRule, ...]
    labels: Mapping[str, str]
    currency: str
    own_rules: frozenset[str]

    @property
    def proposals(self) -> tuple[StageLine, ...]:
        """Accounts for which another stage is proposed and not put off."""
        return tuple(one for one in self.lines if one.proposal is not None and one.put_off is None)

    @property
    def stuck(self) -> tuple[StageLine, ...]:
        """Accounts longer in their stage than is usual, the longest first."""
        return tuple(sorted((one for one in self.lines if one.stuck), key=lambda one: -one.days))


def load(reads: Reads, as_of: dt.date, language: str) -> Lifecycle:
    """Read the whole lifecycle; a constant number of statements."""
    table = account_table.first(reads, as_of, contacts=False)
    found = lifecycle_rules.rules(reads)
    labels = {key: (ja if language == "ja" else en) for key, en, ja, _closed in queries.stages(reads)}
    known = queries.standings(reads, as_of)
    indexes = indexes_of(reads, as_of)
    put_off = _put_off(reads)
    by_key = {one.key: one for one in found}
    amounts = (amount.currency for line in table.lines for amount in line.amounts)
    told = exchange(amounts, table.currency, table.rates, as_of)
    lines = tuple(
        replace(_line(line, known[line.id], indexes.get(line.id), by_key, found, put_off, as_of),
                worth=_worth(line, told))
        for line in table.lines
        if line.id in known
    )  # fmt: skip
    moves = [Move(one.account_id, one.from_stage, one.to_stage, one.on) for one in queries.moves(reads)]
    return Lifecycle(
        as_of, lines, _funnel(lines, found, labels, moves), found, labels, told.currency,
        frozenset(one.key for one in found if lifecycle_rules.is_own(reads, one.key)),
    )  # fmt: skip


def indexes_of(reads: Reads, as_of: dt.date) -> dict[int, tuple[Index, float | None]]:
    """How far each account uses what it bought, and the share of its seats that was trained; two statements.

    Shares come from the newest snapshot; what the scorecard left out as stale is left out here as well.
    """
    values = queries.shares(reads, as_of, tuple(_SHARES))
    rows = training_queries.coverage(reads, as_of)
    recorded = any(one.sessions for one in rows)
    trained = {
        one.account_id: min(one.trained / one.seats, 1.0) if one.seats and recorded and one.sessions else None
        for one in rows
    }
    return {
        account: (
            rules.used({**_parts(values.get(account, {})), "trained": trained.get(account)}),
            trained.get(account),
        )
        for account in values.keys() | trained.keys()
    }


def checks(criteria: Iterable[Criterion], line: StageLine) -> tuple[Check, ...]:
    """Criteria held against an account."""
    return tuple(rules.check(one, line.facts) for one in criteria)


def history(reads: Reads, account_id: int) -> tuple[MoveRow, ...]:
    """The stage changes of one account, the newest first."""
    return tuple(reversed(queries.moves(reads, account_id)))


def move(wb: Workbench, account_id: int, stage: str, *, reason: str, now: dt.datetime) -> None:
    """Move an account to a stage and keep why, as one undo step. Raises InvalidValue for a stage not on the list,
    NotFound for the account.
    """
    move_all(wb, {account_id: (stage, reason)}, now=now)


def move_all(wb: Workbench, wanted: Mapping[int, tuple[str, str]], *, now: dt.datetime) -> int:
    """Move accounts to stages, each with its reason, as one undo step; returns how many moved."""
    from cs_workbench.store.tables import Account

    name = ngettext("Change stage of {n} account", "Change stage of {n} accounts", len(wanted))
    at = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with wb.change(name.format(n=len(wanted)) if len(wanted) > 1 else _("Change stage")) as db:
        known = {key for key, _en, _ja, _closed in queries.stages(db)}
        moved = 0
        for account_id, (stage, reason) in wanted.items():
            if stage not in known:
                raise InvalidValue(
                    _("“{key}” is not on the list.").format(key=stage), code="stage", value=stage
                )
            row = db.session.get(Account, account_id)
            if row is None:
                raise NotFound(_("There is no account {id}.").format(id=account_id), id=account_id)
            moved += queries.record(db, (account_id,), stage, at, seen(reason).strip())
            row.stage, row.updated_at = stage, now
        return moved


def put_off(wb: Workbench, account_id: int, stage: str, *, today: dt.date) -> dt.date:
    """Do not propose that stage for an account for the next 30 days, as one undo step; returns until when."""
    until = today + dt.timedelta(days=PUT_OFF_DAYS)
    with wb.change(_("Put off stage proposal")) as db:
        kept = setting(db, PUT_OFF)
        still = {
            key: one for key, one in (kept if isinstance(kept, dict) else {}).items()
            if str(one.get("until", "")) >= today.isoformat()
        }  # fmt: skip
        put_setting(db, PUT_OFF, {**still, str(account_id): {"stage": stage, "until": until.isoformat()}})
    return until


def _line(  # noqa: PLR0917 - what one line needs, in one place
    line: AccountLine, row: StandingRow, found: tuple[Index, float | None] | None, by_key: Mapping[str, StageRule],
    order: tuple[StageRule, ...], waiting: Mapping[int, tuple[str, dt.date]], as_of: dt.date,
) -> StageLine:  # fmt: skip
    first = next(iter(order), None)
    beginning = row.customer_since if first is not None and line.stage == first.key else None
    since = row.since or beginning or row.known_since
    days = max((as_of - since).days, 0)
    index, trained = found or (rules.used({}), None)
    renewal, by = _to_renewal(line, as_of)
    facts = Facts(
        line.stage, days, cast("Literal['', 'running', 'over']", row.onboarding), row.first_value, index.value,
        line.score, row.map_step, row.objectives, renewal, by, row.churned,
        row.under_contract, None if trained is None else 100 * trained,
    )  # fmt: skip
    proposal = rules.propose(order, facts)
    stage, until = waiting.get(line.id, ("", dt.date.min))
    hidden = proposal is not None and proposal.stage == stage and until >= as_of
    return StageLine(
        line, since, days, row.since is None and beginning is None,
        rules.is_stuck(by_key.get(line.stage or ""), days), index, facts, proposal, until if hidden else None,
    )  # fmt: skip


def _to_renewal(line: AccountLine, as_of: dt.date) -> tuple[int | None, Literal["notice", "end"]]:
    """Days to the notice deadline, as every list counts; once it has gone by or is not recorded, to the end."""
    if line.notice_date is not None and line.notice_date >= as_of:
        return (line.notice_date - as_of).days, "notice"
    return (None if line.renewal_date is None else (line.renewal_date - as_of).days), "end"


def _funnel(
    lines: Iterable[StageLine], order: tuple[StageRule, ...], labels: Mapping[str, str], moves: list[Move]
) -> tuple[FunnelStep, ...]:  # fmt: skip
    held = list(lines)
    keys = [one.key for one in order]
    outside = frozenset(one.key for one in order if one.outside)
    steps = rules.funnel(keys, {one.id: one.line.stage for one in held}, moves, outside)
    worth: dict[str, Decimal] = {}
    stuck: dict[str, int] = {}
    for one in held:
        key = one.stage if one.stage in labels else ""
        worth[key] = worth.get(key, Decimal(0)) + (one.worth or Decimal(0))
        stuck[key] = stuck.get(key, 0) + one.stuck
    usual = {one.key: one.usual_days for one in order}
    return tuple(
        FunnelStep(one.key, labels.get(one.key, ""), one, worth.get(one.key, Decimal(0)), stuck.get(one.key, 0),
                   usual.get(one.key))
        for one in steps
        if one.key or one.accounts
    )  # fmt: skip


def _worth(line: AccountLine, told: Exchange) -> Decimal | None:
    whole, apart = told.worth(line.amounts)
    return whole if line.amounts and not apart else None


def _parts(values: Mapping[str, tuple[float, str]]) -> dict[Part, float | None]:
    found: dict[Part, float | None] = {}
    for key, (value, unit) in values.items():
        found[_SHARES[key]] = value / _GRADES if unit == "grade" else value
    return found


def _put_off(reads: Reads) -> dict[int, tuple[str, dt.date]]:
    kept = setting(reads, PUT_OFF)
    if not isinstance(kept, dict):
        return {}
    return {int(key): (str(one["stage"]), dt.date.fromisoformat(one["until"])) for key, one in kept.items()}
