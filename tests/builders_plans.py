"""Plans for tests: the one of the mock-up, with check values 25 % and −14 %, and one as large as asked."""

from __future__ import annotations

import datetime as dt

from cs_workbench.services import plans
from cs_workbench.services.plans import Place, Ref
from cs_workbench.services.workbench import Workbench

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()


def objective(wb: Workbench, plan: int, title: str, **fields: str) -> int:
    """Add an objective with its fields as typed; returns its id."""
    ref = plans.add(wb, plan, title, Place(), now=NOW)
    if fields:
        plans.edit_fields(wb, "objective", ref.id, fields, now=NOW)
    return ref.id


def step(wb: Workbench, plan: int, title: str, under: Ref, **fields: str) -> Ref:
    """Add a milestone or action under a node with its fields as typed."""
    ref = plans.add(wb, plan, title, Place("under", under), now=NOW)
    if fields:
        plans.edit_fields(wb, "item", ref.id, fields, now=NOW)
    return ref


def aoba_plan(wb: Workbench, account_id: int) -> int:
    """The plan of the mock-up: one objective reached, one behind at 25 %, one off track at −14 %."""
    plan = plans.create(
        wb, account_id, "2026", purpose="Stop fixing the same faults twice. Pass audits without overtime.",
        starts_on=dt.date(2026, 4, 14), ends_on=dt.date(2027, 3, 31), now=NOW,
    )  # fmt: skip
    plans.edit(wb, "plan", plan, "sponsor_ours", "Fujita", now=NOW)
    rework = objective(
        wb, plan, "Rework on line 1", baseline="46", target="20", due_on="2027-03-31", owner_ours="Ishii"
    )
    for on, value in ((5, 44.0), (7, 35.0), (9, 26.0), (11, 19.0)):
        plans.add_reading(wb, rework, dt.date(2026, on, 2), value, now=NOW)
    forms = step(wb, plan, "All five inspection forms digital", Ref("objective", rework), due_on="2026-06-30",
                 owner="Morita")  # fmt: skip
    plans.tick(wb, forms, now=NOW)
    report = objective(
        wb, plan, "Time for one report", baseline="40", target="20", unit="min", due_on="2027-03-31"
    )
    for on, value in ((5, 39.5), (6, 38.0), (8, 38.0), (9, 36.0), (11, 35.0)):
        plans.add_reading(wb, report, dt.date(2026, on, 2), value, source="by hand", now=NOW)
    templates = step(wb, plan, "Templates for lines 1–3", Ref("objective", report), due_on="2026-12-12",
                     owner="Takahashi", starts_on="2026-11-01")  # fmt: skip
    step(
        wb,
        plan,
        "Collect ten reports as samples",
        templates,
        side="theirs",
        owner="Morita",
        due_on="2026-11-27",
    )
    step(wb, plan, "Build templates with two team leads", templates, owner="Takahashi", due_on="2026-12-04")
    step(wb, plan, "Training, line 3 night shift", Ref("objective", report), due_on="2026-12-15")
    audit = objective(
        wb, plan, "Audit preparation", baseline="12", target="5", unit="days", due_on="2027-03-31"
    )
    plans.add_reading(wb, audit, dt.date(2026, 10, 30), 13, now=NOW)
    step(
        wb,
        plan,
        "Audit report feature switched on",
        Ref("objective", audit),
        due_on="2026-11-20",
        owner="Support",
    )
    step(
        wb,
        plan,
        "Dry run with internal auditors",
        Ref("objective", audit),
        due_on="2027-01-29",
        side="theirs",
    )
    risk = plans.add_risk(wb, plan, "Champion leaves in January; successor not named", now=NOW)
    plans.edit_fields(
        wb, "risk", risk, {"likelihood": "3", "impact": "4", "response": "Meet Mr Saeki by 11 Dec"}, now=NOW
    )
    return plan


def large_plan(wb: Workbench, account_id: int, nodes: int) -> int:
    """A plan of *nodes* lines: ten to an objective, written as one step."""
    from cs_workbench.store.tables import Objective, PlanItem

    plan = plans.create(
        wb, account_id, "Large", starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31), now=NOW
    )
    with wb.change("Fill") as db:
        for number in range(nodes // 10):
            row = Objective(
                plan_id=plan, position=number, title=f"Objective {number}", baseline=0.0, target=10.0
            )
            db.session.add(row)
            db.session.flush()
            items = [
                PlanItem(plan_id=plan, objective_id=row.id, position=place, title=f"Step {number}.{place}",
                         kind="milestone", due_on=dt.date(2026, 1 + place, 1 + number % 28))
                for place in range(9)
            ]  # fmt: skip
            db.session.add_all(items)
    return plan
