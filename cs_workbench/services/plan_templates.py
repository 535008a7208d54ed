"""Plans to begin with, one a persona, in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_workbench import paths
from cs_workbench.domain.months import add_months
from cs_workbench.errors import NotFound
from cs_workbench.i18n import _
from cs_workbench.store.queries import value as value_queries

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change


@dataclass(frozen=True, slots=True)
class Template:
    """A template as it is chosen: whom it is for, and how much is in it."""

    key: str
    title: str
    persona: str
    purpose: str
    objectives: tuple[str, ...]
    steps: int


def templates(language: str) -> tuple[Template, ...]:
    """The packaged templates in *language* ("en" or "ja")."""
    return tuple(
        Template(
            one["key"], one[language], one[f"persona_{language}"], one[f"purpose_{language}"],
            tuple(each[language] for each in one["objective"]),
            sum(1 + len(step.get("actions", ())) for each in one["objective"] for step in each["step"]),
        )
        for one in _all()
    )  # fmt: skip


def start(
    wb: Workbench, account_id: int, key: str, *, language: str, starts_on: dt.date, now: dt.datetime
) -> int:
    """Start a plan from a template as one step; returns its id. The dates count from *starts_on*. Raises NotFound."""
    with wb.change(_("Start success plan")) as db:
        return write(db, account_id, key, language=language, starts_on=starts_on, now=now)


def write(
    db: Change, account_id: int, key: str, *, language: str, starts_on: dt.date, now: dt.datetime
) -> int:
    """As ``start``, within a change that is under way."""
    from cs_workbench.store.tables import PlanRisk, SuccessPlan

    template = next((one for one in _all() if one["key"] == key), None)
    if template is None:
        raise NotFound(_("There is no plan template “{name}”.").format(name=key), candidates=[])
    plan = SuccessPlan(
        account_id=account_id, name=str(template[language]), purpose=str(template[f"purpose_{language}"]),
        starts_on=starts_on, ends_on=add_months(starts_on, int(template["months"])) - dt.timedelta(days=1),
        created_at=now, updated_at=now,
    )  # fmt: skip
    db.session.add(plan)
    db.session.flush()
    for position, objective in enumerate(template["objective"]):
        _objective(db, plan, position, objective, language)
    for position, risk in enumerate(template.get("risk", ())):
        made = PlanRisk(
            plan_id=plan.id, position=position, title=risk[language], response=risk[f"answer_{language}"]
        )
        db.session.add(made)
    db.session.flush()
    return plan.id


def _objective(db: Change, plan: Any, position: int, data: Mapping[str, Any], language: str) -> None:
    from cs_workbench.store.tables import Objective

    role = data.get("role")
    row = Objective(
        plan_id=plan.id, position=position, title=data[language], unit=data[f"unit_{language}"],
        direction=data["direction"], due_on=_due(plan.starts_on, data),
        metric_id=value_queries.metric_of_role(db, plan.account_id, role) if role else None,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    for number, step in enumerate(data["step"]):
        milestone = _item(db, plan, row.id, None, number, step, language)
        for place, action in enumerate(step.get("actions", ())):
            _item(db, plan, row.id, milestone, place, action, language)


def _item(  # noqa: PLR0917 - the columns of one row
    db: Change, plan: Any, objective_id: int, parent_id: int | None, position: int, data: Mapping[str, Any],
    language: str,
) -> int:  # fmt: skip
    from cs_workbench.store.tables import PlanItem

    row = PlanItem(
        plan_id=plan.id, objective_id=objective_id, parent_id=parent_id, position=position, title=data[language],
        kind="milestone" if parent_id is None else "action", side=data["side"], due_on=_due(plan.starts_on, data),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row.id


def _due(starts_on: dt.date, data: Mapping[str, Any]) -> dt.date:
    return starts_on + dt.timedelta(days=int(data["after"]))


def _all() -> list[dict[str, Any]]:
    import tomllib

    with open(paths.resources("defaults", "plan_templates.toml"), "rb") as file:
        data: list[dict[str, Any]] = tomllib.load(file)["plan"]
    return data
