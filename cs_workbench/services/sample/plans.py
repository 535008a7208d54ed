"""The sample's success plans: reached, behind and off the way, as each customer's story has it; some reviewed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cs_workbench.services import plan_templates, plan_versions
from cs_workbench.store.queries import plans as queries

if TYPE_CHECKING:
    from cs_workbench.store.change import Change
    from cs_workbench.store.tables import Objective, PlanItem

_PLANS: dict[str, tuple[str, int, tuple[float, ...], bool]] = {
    "silent_churn": ("operations", 260, (0.55, -0.14), True),
    "champion_left": ("operations", 210, (0.75, 0.4), True),
    "happy_failing": ("operations", 240, (0.1, 0.0), True),
    "grumbling_succeeding": ("operations", 300, (1.15, 0.9), True),
    "ready_to_expand": ("operations", 290, (1.05, 1.2), True),
    "model_success": ("management", 330, (1.1, 1.0), True),
    "onboarding_late": ("it", 40, (0.05, 0.0), False),
    "onboarding_well": ("support", 30, (0.1, 0.05), False),
    "contraction": ("sales", 220, (0.3, 0.25), False),
    "notice_soon": ("support", 280, (0.8, 0.7), True),
    "single_threaded": ("sales", 150, (0.5, 0.6), False),
    "detractor_unanswered": ("support", 200, (-0.1, 0.2), False),
    "won_back": ("operations", 120, (0.35, 0.3), False),
}
"""Story → template, days since the start, share of the way gone by each objective, whether it was reviewed."""
_FROM_TO: dict[str, tuple[tuple[float, float], ...]] = {
    "operations": ((40, 20), (46, 20)),
    "support": ((26, 8), (71, 85)),
    "sales": ((38, 75), (6.5, 3)),
    "it": ((0, 60), (44, 20)),
    "management": ((0.8, 2), (1, 4)),
}
_OWN_GOALS: dict[str, dict[str, tuple[str, str, tuple[float, float], tuple[float, ...]]]] = {
    "model_success": {
        "ja": ("監査の準備にかかる時間", "時間", (320, 160), (300, 245, 190, 172)),
        "en": ("Hours for an outage report", "h", (46, 20), (43, 35, 26, 23)),
    },
    "notice_soon": {
        "ja": ("不具合の初動までの時間", "時間", (5.2, 2), (4.4, 3.2, 2.5, 2.1)),
        "en": ("Hours until a fault is looked at", "h", (5.2, 2), (4.4, 3.2, 2.5, 2.1)),
    },
}
"""Story → what the customer asked for in its own words, as one more objective: title, unit, from and to, readings."""
_MEASURED = (0.25, 0.5, 0.75, 1.0)
_STRIDE = (0.2, 0.5, 0.85, 1.0)
"""How far each measurement had come of what there is now."""
_REVIEWED = dt.timedelta(days=75)
_DAY = dt.timedelta(days=1)


def add_plans(
    db: Change,
    stories: Mapping[int, str],
    languages: Mapping[int, str],
    now: dt.datetime,
    owner: str,
) -> None:
    """A plan for each account whose story (account id → story) has one; *owner* is our side."""
    theirs = queries.people_by_role(db)
    for account, story in stories.items():
        if story not in _PLANS:
            continue
        template, ago, gone, reviewed = _PLANS[story]
        language = languages[account]
        start = now.date() - dt.timedelta(days=ago)
        plan_id = plan_templates.write(
            db, account, template, language=language, starts_on=start,
            now=dt.datetime.combine(start, dt.time(1), tzinfo=dt.UTC),
        )  # fmt: skip
        people = theirs.get(account, {})
        _sponsors(db, plan_id, people, owner)
        _measure(db, plan_id, _FROM_TO[template], gone, people, start, now.date())
        if story in _OWN_GOALS:
            _own_goal(db, plan_id, _OWN_GOALS[story][language], people, start, now.date())
        _walk(db, plan_id, sum(gone) / len(gone), people, owner, now.date())
        if reviewed:
            _review(db, plan_id, now)


def _sponsors(db: Change, plan_id: int, people: Mapping[str, int], ours: str) -> None:
    from cs_workbench.store.tables import SuccessPlan

    plan = db.session.get_one(SuccessPlan, plan_id)
    plan.sponsor_ours = ours
    plan.sponsor_theirs_id = people.get("decision_maker") or people.get("champion")


def _measure(  # noqa: PLR0917 - what one plan was given
    db: Change, plan_id: int, from_to: Sequence[tuple[float, float]], gone: Sequence[float],
    people: Mapping[str, int], start: dt.date, today: dt.date,
) -> None:  # fmt: skip
    """Baselines, targets and what was measured since the start; an objective that follows a metric has its own."""
    from cs_workbench.store.tables import ObjectiveReading

    for objective, (baseline, target), share in zip(_objectives(db, plan_id), from_to, gone, strict=True):
        objective.owner_theirs_id = people.get("champion")
        if objective.metric_id is not None:
            objective.target = target
            continue
        objective.baseline, objective.target = baseline, target
        if share >= 1:
            objective.status, objective.verified_on = "reached", today - dt.timedelta(days=12)
        for when, stride in zip(_MEASURED, _STRIDE, strict=True):
            value = baseline + (target - baseline) * share * stride
            day = start + (today - start) * when - _DAY
            digits = 0 if abs(baseline) >= 20 else 1
            db.session.add(
                ObjectiveReading(objective_id=objective.id, on_date=day, value=round(value, digits))
            )
    db.session.flush()


def _own_goal(  # noqa: PLR0917 - what one plan was given
    db: Change, plan_id: int, told: tuple[str, str, tuple[float, float], Sequence[float]],
    people: Mapping[str, int], start: dt.date, today: dt.date,
) -> None:  # fmt: skip
    """The goal the contact log quotes stands first in the plan, measured."""
    from cs_workbench.store.tables import Objective, ObjectiveReading, SuccessPlan

    plan = db.session.get_one(SuccessPlan, plan_id)
    title, unit, (baseline, target), values = told
    for place, one in enumerate(_objectives(db, plan_id), 1):
        one.position = place
    own = Objective(
        plan_id=plan_id, position=0, title=title, unit=unit, direction="down", baseline=baseline, target=target,
        due_on=plan.ends_on, owner_theirs_id=people.get("champion"),
    )  # fmt: skip
    db.session.add(own)
    db.session.flush()
    db.session.add_all(
        ObjectiveReading(objective_id=own.id, on_date=start + (today - start) * when - _DAY, value=value)
        for when, value in zip(_MEASURED, values, strict=True)
    )
    db.session.flush()


def _walk(  # noqa: PLR0917 - what one plan was given
    db: Change, plan_id: int, gone: float, people: Mapping[str, int], ours: str, today: dt.date
) -> None:
    """Steps that were due are done, save the last of them where the plan is behind."""
    due = [item for item in _items(db, plan_id) if item.due_on is not None and item.due_on < today]
    late = 0 if gone >= 0.5 else max(1, len(due) // 2)
    done = {item.id for item in due[: len(due) - late]}
    for item in _items(db, plan_id):
        if item.side == "ours":
            item.owner = ours
        else:
            item.person_id = people.get("user") or people.get("champion")
        if item.id in done and item.due_on is not None:
            item.status, item.done_on = "done", item.due_on - 2 * _DAY
    db.session.flush()


def _review(db: Change, plan_id: int, now: dt.datetime) -> None:
    """A version from some weeks ago: what has been done since was open then."""
    from cs_workbench.store.tables import PlanVersion

    made = now.date() - _REVIEWED
    kept: dict[str, Any] = plan_versions.body(db, plan_id)
    for item in kept["items"]:
        if item.get("done_on") and str(item["done_on"]) > made.isoformat():
            item["status"], item["done_on"] = "open", None
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    db.session.add(PlanVersion(plan_id=plan_id, number=1, made_on=made, label="", body=text))
    db.session.flush()


def _objectives(db: Change, plan_id: int) -> list[Objective]:
    from cs_workbench.store.tables import Objective

    found = db.session.query(Objective).filter_by(plan_id=plan_id)
    return list(found.order_by(Objective.position))


def _items(db: Change, plan_id: int) -> list[PlanItem]:
    from cs_workbench.store.tables import PlanItem

    found = db.session.query(PlanItem).filter_by(plan_id=plan_id)
    return list(found.order_by(PlanItem.due_on, PlanItem.id))
