"""A document names us in its own language, whichever spelling a record has; nobody else is renamed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from cs_workbench.reports.plan_facts import Objective, PlanRisk, PlanStep, SuccessPlan
from cs_workbench.reports.voice_facts import InternalLoop, Loop, OpenLoop, Told
from cs_workbench.services import briefing_facts, sample
from cs_workbench.services.own_spelling import OwnSpelling
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.queries import briefing as queries

SETTINGS = {"own_name": "高橋 美咲", "own_name_ja": "高橋 美咲", "own_name_en": "Misaki Takahashi"}
TODAY = dt.date(2026, 11, 24)


@pytest.fixture(scope="module", params=["ja", "en"])
def wb(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    path = tmp_path_factory.mktemp("sample") / "p.csw"
    with Workbench.open(str(path), create=True) as workbench:
        sample.create(workbench, today=TODAY, language=request.param)
        yield workbench


@pytest.mark.parametrize(
    ("settings", "language", "given", "printed"),
    [
        (SETTINGS, "en", "高橋 美咲", "Misaki Takahashi"),
        (SETTINGS, "ja", "Misaki Takahashi", "高橋 美咲"),
        (SETTINGS, "en", "佐藤", "佐藤"),
        (SETTINGS, "en", "", ""),
        ({"own_name": "高橋"}, "en", "高橋", "高橋"),
        ({}, "en", "高橋", "高橋"),
    ],
)
def test_only_our_own_name_changes(settings: dict[str, str], language: str, given: str, printed: str) -> None:
    assert OwnSpelling.of(settings, language).name(given) == printed


def test_plan_and_loop_name_us_everywhere() -> None:
    own = OwnSpelling.of(SETTINGS, "en")
    steps = (PlanStep("Ask", "action", "ours", "高橋 美咲"), PlanStep("Answer", "action", "theirs", "柴田"))
    made = own.plan(
        SuccessPlan(
            "Plan", ours="高橋 美咲", objectives=(Objective("Goal", ours="高橋 美咲", steps=steps),),
            risks=(PlanRisk("Late", owner="高橋 美咲"),),
        )
    )  # fmt: skip
    assert made is not None
    assert (made.ours, made.objectives[0].ours, made.risks[0].owner) == ("Misaki Takahashi",) * 3
    assert [step.owner for step in made.objectives[0].steps] == ["Misaki Takahashi", "柴田"]
    told = Told("", "", TODAY, "nps", "open")
    turned = own.loop((Loop(), InternalLoop((OpenLoop(told, "高橋 美咲"), OpenLoop(told, "佐藤")))))
    assert turned is not None
    assert [case.owner for case in turned[1].cases] == ["Misaki Takahashi", "佐藤"]
    assert own.plan(None) is None
    assert own.loop(None) is None


def test_the_sample_knows_us_by_one_name(wb: Workbench) -> None:
    owners = {
        owner
        for table in ("account", "task", "voice_case", "plan_item")
        for (owner,) in wb.reads.all(f"select distinct owner from {table} where owner is not null")
    }
    sponsors = {owner for (owner,) in wb.reads.all("select distinct sponsor_ours from success_plan")}
    assert owners == sponsors == {wb.setting("own_name", "")}


@pytest.mark.parametrize(("language", "name"), [("ja", "高橋 美咲"), ("en", "Misaki Takahashi")])
def test_a_document_of_the_sample_spells_us_in_its_language(wb: Workbench, language: str, name: str) -> None:
    shared = queries.portfolio(wb.reads, TODAY)
    (account,) = wb.reads.one("select account_id from task where kind = 'promise_ours'") or (0,)
    rows = briefing_facts.read(wb.reads, account, TODAY, shared)
    facts = briefing_facts.gather(rows, TODAY, shared, language, score=None).briefing
    ours = {one.owner for one in facts.promises if one.side == "ours"}
    assert ours == {facts.sender.person} == {name}
