"""How far the sample's renewals are: meetings fixed, steps done, calls made; two of them late, as in life."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cs_workbench.domain.forecast import LIKELIHOOD
from cs_workbench.domain.working_days import on_or_after, on_or_before
from cs_workbench.services import renewals
from cs_workbench.services.briefing_facts import zone_of
from cs_workbench.store.queries import renewals as queries
from cs_workbench.store.queries import settings

if TYPE_CHECKING:
    from cs_workbench.services.renewals import RenewalRow
    from cs_workbench.store.change import Change

_CALLS = {
    "commit": ("model_success", "ready_to_expand", "steady", "onboarding_well", "won_back"),
    "probable": ("grumbling_succeeding", "notice_soon", "mixed_currency", "doubled_person"),
    "best_case": ("single_threaded", "happy_failing", "contraction"),
    "at_risk": ("silent_churn", "champion_left", "detractor_unanswered"),
}
_STUCK = frozenset(("silent_churn", "detractor_unanswered"))
"""Stories in which the step due last was not done."""
_MEETING = 30
_NEAR = 100
_FOURTEEN = dt.time(14)
"""Where the portfolio is at home."""


def add_renewals(db: Change, stories: Mapping[int, str], now: dt.datetime) -> None:
    """Mark meetings, steps and calls of renewals within 100 days; *stories* are by account id."""
    today = now.date()
    zone = zone_of(settings.settings(db))
    near = [row for row in renewals.load(db, today).rows if 0 < row.days_left(today) <= _NEAR]
    for row in near:
        meeting = on_or_after(max(row.deadline - dt.timedelta(_MEETING), today + dt.timedelta(4)))
        if meeting < row.deadline:
            plan = queries.put_plan(db, *row.key)
            at = dt.datetime.combine(meeting, _FOURTEEN, zone)
            queries.fix_plan(db, plan, _text(at), None)
    for row in renewals.load(db, today).rows:
        if row.days_left(today) in range(1, _NEAR + 1):
            _progress(db, row, stories.get(row.account_id, ""), now)


def _progress(db: Change, row: RenewalRow, story: str, now: dt.datetime) -> None:
    due = [step for step in row.way.steps if step.planned <= now.date()]
    if story in _STUCK:
        due = due[:-1]
    for step in due:
        queries.put_step(
            db, row.key, step.number, at=_text(now), done_on=on_or_before(step.planned).isoformat()
        )
    category = next((name for name, told in _CALLS.items() if story in told), "")
    if category:
        from cs_workbench.store.tables import RenewalCall

        db.session.add(
            RenewalCall(
                account_id=row.account_id, term_end=row.term_end, category=category,
                likelihood=LIKELIHOOD[category], said_on=now.date(), created_at=now,
            )
        )  # fmt: skip


def _text(now: dt.datetime) -> str:
    return now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
