"""Health scores: compute for any date, keep as dated immutable snapshots, explain, compare."""

from __future__ import annotations

import datetime as dt
import gc
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cs_workbench.domain.score_change import MeasureChange, PathToGreen, path_to_green, what_changed
from cs_workbench.domain.score_record import score_from_json, score_to_json
from cs_workbench.domain.scorecard import Scorecard
from cs_workbench.domain.scoring import Input, InputKind, Scorer
from cs_workbench.errors import NotFound
from cs_workbench.i18n import _
from cs_workbench.services import scorecards
from cs_workbench.services.scorecards import Assignment
from cs_workbench.store.queries import health as health_queries
from cs_workbench.store.queries import snapshots as snapshot_queries
from cs_workbench.store.queries.local_days import EPOCH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_workbench.domain.health import Score
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads

_HOW: dict[str, InputKind] = {
    "seats_used": "ratio",
    "active_users": "ratio",
    "features_used": "ratio",
    "usage_trend": "change",
}


def compute(reads: Reads, as_of: dt.date, account_id: int | None = None) -> list[Score]:
    """Scores of all accounts not archived at *as_of* (or of the one), from the facts as they stood then.

    Nothing is written. Raises InvalidValue where a stored scorecard or segment rule cannot be used.
    """
    with _collector_paused():
        return _compute(reads, as_of, account_id)


def score_all(wb: Workbench, as_of: dt.date, *, now: dt.datetime) -> list[Score]:
    """Compute every score and keep it as a snapshot; a score equal to the day's newest snapshot adds nothing."""
    scores = compute(wb.reads, as_of)
    stored = snapshot_queries.details_of_day(wb.reads, as_of)
    details = {score.account_id: score_to_json(score) for score in scores}
    changed = [score for score in scores if stored.get(score.account_id) != details[score.account_id]]
    if not changed:
        return scores
    at = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with wb.evidence(_("Score accounts")) as db:
        scorecards.install_default(db, now)
        ids = {(row.key, row.version): row.id for row in snapshot_queries.scorecards(db)}
        snapshot_queries.add_snapshots(
            db,
            [
                (
                    score.account_id, as_of.isoformat(), ids[score.scorecard_key, score.scorecard_version],
                    score.score, score.band, score.coverage, score.low, score.high,
                    details[score.account_id], at,
                )
                for score in changed
            ],
        )  # fmt: skip
        db.moved("snapshot", (score.account_id for score in changed))
    return scores


def explain(wb: Workbench, account_id: int, as_of: dt.date) -> Score:
    """One account's score computed afresh, with every measure. Raises NotFound for an unknown account."""
    return score_of(wb.reads, account_id, as_of)


def score_of(reads: Reads, account_id: int, as_of: dt.date) -> Score:
    """The same from a reader alone."""
    found = compute(reads, as_of, account_id)
    if not found:
        raise NotFound(
            _("There is no account {id} on {date}.").format(id=account_id, date=as_of.isoformat()),
            _("List the accounts to see their numbers."),
            id=account_id,
        )
    return found[0]


def latest(reads: Reads, account_id: int, as_of: dt.date) -> Score | None:
    """The newest snapshot of an account not dated after *as_of*; None if it was never scored by then."""
    detail = snapshot_queries.latest_detail(reads, account_id, as_of)
    return None if detail is None else score_from_json(detail)


def changes(reads: Reads, account_id: int, as_of: dt.date) -> tuple[Score | None, tuple[MeasureChange, ...]]:
    """What moved since the last snapshot of an earlier day: that snapshot (None: there is none) and the moves."""
    detail = snapshot_queries.detail_before(reads, account_id, as_of)
    if detail is None:
        return None, ()
    before = score_from_json(detail)
    return before, what_changed(before, score_of(reads, account_id, as_of))


def way_to_green(reads: Reads, account_id: int, as_of: dt.date) -> PathToGreen | None:
    """The fewest changes that would turn an account green as of a date; None where that is out of reach."""
    score = score_of(reads, account_id, as_of)
    (assigned,) = scorecards.assignments(reads, as_of, account_id)
    return path_to_green(assigned.card, score, assigned.age_months)


def _compute(reads: Reads, as_of: dt.date, account_id: int | None) -> list[Score]:
    assigned = scorecards.assignments(reads, as_of, account_id)
    by_card: dict[str, list[Assignment]] = defaultdict(list)
    for one in assigned:
        by_card[one.card.key].append(one)
    scores: dict[int, Score] = {}
    for members in by_card.values():
        inputs = _inputs(reads, members[0].card, as_of, account_id)
        scorer = Scorer(members[0].card)
        for one in members:
            found = inputs.get(one.account_id, {})
            scores[one.account_id] = scorer.score(one.account_id, as_of, found, one.age_months)
    return [scores[one.account_id] for one in assigned]


def _inputs(
    reads: Reads, card: Scorecard, as_of: dt.date, account_id: int | None
) -> dict[int, dict[str, Input]]:
    """Measured values by account and measure: one query a measure."""
    inputs: dict[int, dict[str, Input]] = defaultdict(dict)
    counts = any(measure.source in health_queries.FEEDS for measure in card.measures)
    feeds = health_queries.feed_days(reads, as_of) if counts else {}
    dates: dict[int | None, dt.date | None] = {None: None}
    for measure in card.measures:
        kind = _HOW.get(measure.source, "plain")
        rows = health_queries.measured(
            reads,
            measure.source,
            as_of,
            window=measure.window_days,
            subject=measure.subject,
            aggregation=measure.aggregation,
            feed=feeds.get(measure.source),
            account_id=account_id,
        )
        if measure.source == "role_latest" and measure.subject == "objectives":
            rows = _with_plans(reads, rows, as_of, account_id)
        if measure.source == "role_latest" and measure.subject == "value_ratio":
            rows = _with_ledgers(reads, rows, as_of, account_id)
        for account, numerator, denominator, day in rows:
            if day not in dates:
                dates[day] = dt.date.fromordinal((day or 0) + EPOCH)
            inputs[account][measure.key] = Input(numerator, denominator, dates[day], kind)
    return inputs


def _with_plans(
    reads: Reads, rows: list[health_queries.MeasuredRow], as_of: dt.date, account_id: int | None
) -> list[health_queries.MeasuredRow]:
    """Objectives on track from the success plans of accounts that have a measured one; one statement more."""
    from cs_workbench.services.plan_share import measured_share

    plans = measured_share(reads, as_of, account_id)
    if not plans:
        return rows
    kept = [row for row in rows if row[0] not in plans]
    return [*kept, *((account, share, None, day) for account, (share, day) in plans.items())]


def _with_ledgers(
    reads: Reads, rows: list[health_queries.MeasuredRow], as_of: dt.date, account_id: int | None
) -> list[health_queries.MeasuredRow]:
    """Verified value ÷ cost from the value ledgers that have costs: one account, one figure, or none."""
    from cs_workbench.services.value_ratio import measured

    ledgers = measured(reads, as_of, account_id)
    kept = [row for row in rows if row[0] not in ledgers] if ledgers else rows
    return [
        *kept,
        *((account, value, None, day) for account, (value, day) in ledgers.items() if value is not None),
    ]


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No cycle collection while tens of thousands of small records come into being: none of them is garbage, and
    looking them over again and again takes a quarter of the whole time.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
