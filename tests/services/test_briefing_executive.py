"""The computed part of the first page: what went well, what did not, what the next term is to bring."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from cs_workbench.reports.facts import Briefing, Figure, Promise, Survey, Terms, Use, Voice
from cs_workbench.reports.plan_facts import Objective, SuccessPlan
from cs_workbench.services.briefing_executive import executive
from tests.reports.examples import contracts_and_use, name_only, opportunities_only, rich
from tests.reports.full_example import full

D = Decimal


def briefing(**changes: object) -> Briefing:
    """The rich example with some facts changed."""
    return replace(rich().briefing, **changes)  # type: ignore[arg-type]


def use(**changes: object) -> Use:
    """The rich example's use with some facts changed."""
    known = rich().briefing.use
    assert known is not None
    return replace(known, **changes)  # type: ignore[arg-type]


def survey(now: int, before: int | None = None, *, kind: str = "nps", few: bool = False) -> Voice:
    """One survey of twelve answers."""
    figure = Figure(kind, D(now), None if before is None else D(before), count=12, few=few)
    return Voice((Survey(kind, figure, 12, 5, 5, 2),))


def test_every_line_of_the_rich_example_is_computed() -> None:
    made = executive(rich().briefing)
    assert [message.code for message in made.goods] == ["reply_faster", "rated", "survey_good"]
    assert [message.code for message in made.misses] == ["open", "open", "use_turned", "idle"]
    assert made.misses[0].by == "久保"
    assert [(aim.code, aim.basis) for aim in made.aims] == [
        ("goal", "measure"), ("active_users", "best"), ("open", "all"), ("nps", "hold"), ("value", "measure")
    ]  # fmt: skip
    assert made.meeting == dt.date(2026, 12, 8)


def test_the_first_look_is_three_months_into_the_next_term_on_a_working_day() -> None:
    aims = {aim.code: aim.check_on for aim in executive(rich().briefing).aims}
    assert aims["active_users"] == dt.date(2027, 7, 1)
    assert aims["open"] == rich().briefing.plan.decide_by


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (name_only, [("use", None), ("nps", None), ("value", None)]),
        (opportunities_only, [("use", None), ("nps", None), ("value", None)]),
        (contracts_and_use, [("usage", D(36)), ("nps", None), ("value", None)]),
    ],
)
def test_what_is_not_measured_has_no_target(facts: object, codes: list[tuple[str, Decimal | None]]) -> None:
    made = executive(facts().briefing)  # type: ignore[operator]
    assert [(aim.code, aim.target.now if aim.target else None) for aim in made.aims] == codes
    assert {aim.check_on for aim in made.aims} == {None}


@pytest.mark.parametrize(
    ("voice", "basis", "target"),
    [
        (survey(25, 40), "before", D(40)),
        (survey(25, 10), "hold", D(25)),
        (survey(25, 40, few=True), "hold", D(25)),
        (survey(-83, -100), "even", D(0)),
        (survey(5, 3, kind="ces"), "before", D(3)),
    ],
)
def test_a_survey_aims_at_the_customers_own_better_figure(voice: Voice, basis: str, target: Decimal) -> None:
    aim = next(aim for aim in executive(briefing(voice=voice)).aims if aim.code in {"nps", "ces"})
    assert aim.target is not None
    assert (aim.basis, aim.target.now) == (basis, target)


@pytest.mark.parametrize(
    ("changes", "proposal"),
    [
        ({"trend": "zero"}, "restore"),
        ({"trend": "up", "utilisation": Figure("u", D("0.9"), kind="pct")}, "grow"),
        ({"trend": "steady", "utilisation": Figure("u", D("0.3"), kind="pct")}, "fit"),
        ({"trend": "up", "utilisation": Figure("u", D("0.6"), kind="pct")}, "build"),
        ({"trend": "steady", "utilisation": None}, "hold"),
    ],
)
def test_the_proposal_follows_from_use(changes: dict[str, object], proposal: str) -> None:
    assert executive(briefing(use=use(**changes))).proposal == proposal


def test_without_use_the_proposal_is_to_measure_or_to_begin() -> None:
    assert executive(briefing(use=None)).proposal == "measure"
    assert executive(briefing(use=None, terms=Terms())).proposal == "start"


def test_a_late_promise_of_ours_is_told_and_one_of_theirs_is_not() -> None:
    late = Promise("Fix", "ours", "Kubo", dt.date(2026, 11, 1), None, "late")
    told = executive(briefing(promises=(replace(late, side="theirs"), late), support=None)).misses
    assert [(miss.code, miss.text) for miss in told if miss.code == "late"] == [("late", "Fix")]


def test_steady_use_is_good_only_while_its_months_are_close() -> None:
    near = use(trend="steady", utilisation=None, low=Figure("m", D(60)), peak=Figure("m", D(72)))
    far = replace(near, low=Figure("m", D(0)))
    codes = [
        [good.code for good in executive(briefing(use=one, support=None, voice=None)).goods]
        for one in (near, far)
    ]
    assert codes == [["use_steady"], []]


def test_what_was_missed_comes_first() -> None:
    missed = Objective("Half the time", standing="missed")
    plan = SuccessPlan("2026", objectives=(Objective("Later", standing="overdue"), missed))
    made = executive(briefing(success=plan))
    assert (made.misses[0].code, made.misses[0].text) == ("objective_missed", "Half the time")
    assert [one.code for one in made.misses][1:] == ["open", "open", "use_turned"]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"equal": True, "net": D(2)}, ["value_even"]),
        ({"net": D(-40)}, ["value_short"]),
        ({}, ["objective_missed"]),  # the ledger pays, the target was higher: only the objective says so
    ],
)
def test_an_objective_the_ledger_measures_is_not_told_beside_it(
    changes: dict[str, object], codes: list[str]
) -> None:
    value = full().briefing.value
    assert value is not None
    missed = Objective("Verified value ÷ cost", standing="missed", by_ledger=True)
    told = executive(
        briefing(success=SuccessPlan("2026", objectives=(missed,)), value=replace(value, **changes))  # type: ignore[arg-type]
    ).misses
    assert [one.code for one in told if one.code.startswith(("value", "objective"))] == codes
    other = replace(missed, title="Half the time", by_ledger=False)
    both = executive(
        briefing(success=SuccessPlan("2026", objectives=(missed, other)), value=replace(value, **changes))  # type: ignore[arg-type]
    ).misses
    assert "Half the time" in {one.text for one in both}


def test_value_that_about_equals_its_cost_is_said() -> None:
    value = full().briefing.value
    assert value is not None
    even = replace(value, present=D(102), cost=D(100), net=D(2), roi=D("0.02"), equal=True)
    made = executive(briefing(value=even))
    assert "value" not in {one.code for one in made.goods}
    assert made.misses[0].code == "value_even"
