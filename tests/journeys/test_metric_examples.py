"""Worked figures that others published: retention, return, weighted scores and NPS come out as printed."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from cs_workbench.domain import retention, scoring, surveys
from cs_workbench.domain.cash_flow import returns, whole
from cs_workbench.domain.retention import AccountMovement
from cs_workbench.domain.scorecard import Anchors, Axis, Measure, Scorecard
from cs_workbench.domain.value_ledger import RISK, Benefit, Cost, Input, Ledger, compute
from tests.builders_import import SHARED

FILE = SHARED / "metric_examples" / "cases.json"
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="shared data sets are not here")
CASES: dict[str, dict[str, Any]] = (
    {one["id"]: one for one in json.loads(FILE.read_text(encoding="utf-8"))} if FILE.is_file() else {}
)
D = Decimal
TODAY = dt.date(2026, 11, 24)


def of_kind(*kinds: str) -> list[str]:
    """The ids of the cases of these kinds; a name that is not there once the folder is absent."""
    return [name for name, case in CASES.items() if case["kind"] in kinds] or ["absent"]


def test_every_case_with_a_printed_figure_is_tried() -> None:
    tried = {"ROI/NPV", "ROI (ja)", "NRR", "weighted score", "NPS"}
    elsewhere = {"bands", "health formula"}  # other products' bands and formula: no figures of ours
    assert {case["kind"] for case in CASES.values()} == tried | elsewhere


@pytest.mark.parametrize("name", of_kind("ROI/NPV"))
def test_return_of_a_published_table(name: str) -> None:
    case = CASES[name]
    costs = [D(case["initial_cost"]), *map(D, case["costs"])]
    benefits = [D(0), *map(D, case["benefits"])]
    found, expected = returns(benefits, costs, D(str(case["rate"]))), case["expect"]
    assert abs(whole(found.costs) - expected["pv_costs"]) <= 1
    assert abs(whole(found.benefits) - expected["pv_benefits"]) <= 1
    assert abs(whole(found.npv) - expected["npv"]) <= 1
    assert abs(whole(found.roi * 100) - expected["roi_pct"]) <= 1
    assert sum(benefits) == expected["total_benefits"]
    assert found.payback is not None
    assert found.payback < D("0.5")  # printed as "< 6 months"


@pytest.mark.parametrize("name", of_kind("ROI/NPV"))
def test_a_ledger_that_states_the_same_table_gives_the_same_headline(name: str) -> None:
    case = CASES[name]
    kept, raised = 1 - RISK["measured"], 1 + RISK["measured"]
    yearly = [D(one) for one in case["benefits"]]
    benefit = Benefit(
        "1", "All", "revenue", "gain", (Input("gain", yearly[-1] / kept, "USD/year"),),
        ramp=tuple(one / yearly[-1] for one in yearly), confidence="measured", agreed=True,
    )  # fmt: skip
    spent = tuple(D(one) / raised for one in (case["initial_cost"], *case["costs"]))
    ledger = Ledger("USD", len(yearly), (benefit,), (Cost("2", "All", "other", spent),), D(str(case["rate"])))
    found = compute(ledger).result
    assert found is not None
    assert abs(whole(found.npv) - case["expect"]["npv"]) <= 1
    assert whole(found.roi * 100) == case["expect"]["roi_pct"]


@pytest.mark.parametrize("name", of_kind("ROI (ja)"))
def test_return_on_an_investment_in_yen(name: str) -> None:
    case = CASES[name]
    found = returns([D(case["revenue_yen"])], [D(case["investment_yen"])], D(0))
    assert found.npv == case["expect"]["profit_yen"]
    assert found.roi * 100 == case["expect"]["roi_pct"]


@pytest.mark.parametrize("name", of_kind("NRR"))
def test_retention(name: str) -> None:
    case = CASES[name]
    moved = (D(case[which]) for which in ("start", "expansion", "contraction", "churn"))
    found = retention.retention([AccountMovement(*moved)])
    assert found.net.rate is not None
    assert found.gross.rate is not None
    assert found.net.rate * 100 == D(str(case["expect"]["nrr_pct"]))
    assert found.gross.rate * 100 == D(str(case["self_check"]["grr_pct"]))
    if "ending" in case["expect"]:
        assert found.net.numerator == case["expect"]["ending"]


@pytest.mark.parametrize("name", of_kind("weighted score"))
def test_a_weighted_score(name: str) -> None:
    case = CASES[name]
    plain = Anchors(0, 40, 70, 100)  # points as they stand
    measures = tuple(
        Measure(f"m{n}", "all", "metric", "count", plain, float(weight))
        for n, (_name, weight, _points) in enumerate(case["measures"])
    )
    inputs = {
        f"m{n}": scoring.Input(float(points), None, TODAY)
        for n, (_name, _weight, points) in enumerate(case["measures"])
    }
    found = scoring.score_account(Scorecard("card", 1, (Axis("all", 1.0),), measures), 1, TODAY, inputs).score
    assert found == pytest.approx(case["expect"]["score"], abs=0.05)
    assert round(found or 0) == case["expect"]["displayed"]


@pytest.mark.parametrize("name", of_kind("NPS"))
def test_net_promoters(name: str) -> None:
    case = CASES[name]
    promoters, detractors = case["promoters_pct"], case["detractors_pct"]
    scores = [10] * promoters + [0] * detractors + [7] * (100 - promoters - detractors)
    assert surveys.result("nps", scores).value == case["expect"]["nps"]
