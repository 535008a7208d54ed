"""The sample's success plans: each in its customer's language, in every state, with sponsors and a kept version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from cs_workbench.services import plan_versions, sample
from cs_workbench.services.workbench import Workbench

TODAY = dt.date(2026, 11, 24)


@pytest.fixture(scope="module", params=["en", "ja"])
def wb(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    path = tmp_path_factory.mktemp("sample") / "p.csw"
    with Workbench.open(str(path), create=True) as workbench:
        sample.create(workbench, today=TODAY, language=request.param)
        yield workbench


def test_a_plan_speaks_the_language_of_its_customer(wb: Workbench) -> None:
    rows = wb.reads.all("select a.name, p.purpose from success_plan p join account a on a.id = p.account_id")
    assert len(rows) >= 12
    assert [name for name, purpose in rows if name.isascii() != purpose.isascii()] == []
    assert {purpose.isascii() for _name, purpose in rows} == {True, False}


def test_objectives_are_reached_behind_and_off_the_way(wb: Workbench) -> None:
    states = dict(wb.reads.all("select status, count(*) from objective group by status"))
    assert states["reached"] >= 3
    assert states["open"] >= 10
    back = wb.reads.scalar(
        "select count(*) from objective o where o.baseline is not null and exists (select 1 from"
        " objective_reading r where r.objective_id = o.id and (r.value - o.baseline) * (o.target - o.baseline) < 0)"
    )
    assert back >= 1


def test_every_plan_has_a_sponsor_on_both_sides(wb: Workbench) -> None:
    assert wb.reads.scalar("select count(*) from success_plan where sponsor_ours is null") == 0
    assert wb.reads.scalar("select count(*) from success_plan where sponsor_theirs_id is null") == 0


def test_nothing_is_done_later_than_today_and_some_steps_are_late(wb: Workbench) -> None:
    day = TODAY.isoformat()
    assert wb.reads.scalar("select count(*) from plan_item where done_on >= ?", (day,)) == 0
    assert wb.reads.scalar("select count(*) from objective_reading where on_date >= ?", (day,)) == 0
    assert wb.reads.scalar("select count(*) from plan_item where status = 'open' and due_on < ?", (day,)) >= 3
    assert wb.reads.scalar("select count(*) from plan_item where status = 'done'") >= 20


def test_a_kept_version_says_what_has_been_done_since(wb: Workbench) -> None:
    versions = wb.reads.all("select id, made_on from plan_version")
    assert len(versions) >= 5
    assert all(made < TODAY.isoformat() for _id, made in versions)
    assert any(plan_versions.changes(wb.reads, version) for version, _made in versions)


def test_the_goal_quoted_by_the_model_customer_is_measured_in_its_plan(wb: Workbench) -> None:
    for words, account in wb.reads.all(
        "select i.body, i.account_id from interaction i join interaction_tag t on t.interaction_id = i.id"
        " where t.tag = 'goal' and (i.body like '%320%' or i.body like '%46.')"
    ):
        objective = wb.reads.one(
            "select o.baseline, o.target, (select count(*) from objective_reading r where r.objective_id = o.id)"
            " from objective o join success_plan p on p.id = o.plan_id where p.account_id = ? and o.position = 0",
            (account,),
        )
        assert objective is not None
        baseline, target, measured = objective
        assert (f"{baseline:.0f}" in words, f"{target:.0f}" in words, measured) == (True, True, 4)


def test_what_the_customer_measures_and_our_own_answers_have_different_names(wb: Workbench) -> None:
    """A pack sets both side by side: "Our first reply" and the customer's own time until a fault is looked at."""
    titles = {row[0] for row in wb.reads.all("select title from objective")}
    assert "不具合の初動までの時間" in titles
    assert not any(title.startswith("初回回答") for title in titles)
