"""What a document stands on; fewer seats and our own gaps never reach a customer unasked."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from cs_workbench.domain.runway import Known, runway
from cs_workbench.reports import edition as editions
from cs_workbench.reports.action_plan_facts import Plan, Step
from cs_workbench.reports.edition import Edition, Gathered
from cs_workbench.reports.facts import Figure, Survey, Terms, Voice
from cs_workbench.reports.leaks import words
from cs_workbench.reports.meeting_facts import Meeting
from cs_workbench.services import briefing_meeting, briefing_plan, pack_readiness
from cs_workbench.services.briefing_executive import executive
from cs_workbench.store.queries.briefing_rows import MeetingRow
from tests.reports.examples import name_only, rich
from tests.reports.rendering import briefing as template

AS_OF = dt.date(2026, 11, 23)
TOKYO = ZoneInfo("Asia/Tokyo")


def text(found: Gathered, edition: Edition = "customer", language: str = "ja") -> str:
    """The words of the document of *found*."""
    return "\n".join(words(template(language).document(editions.context(found, edition), edition)))


def poor() -> Gathered:
    """The rich account, but its contract has no notice period and nobody knows whether it renews by itself."""
    found = rich()
    terms = replace(found.briefing.terms, auto_renew=None, notice_on=None)
    made = replace(found.briefing, terms=terms, gaps=("end_date", "notice"))
    return Gathered(made, found.internal)


def test_our_own_gaps_stay_in_the_internal_edition() -> None:
    customer, internal = text(poor()), text(poor(), "internal")
    for confession in (
        "記録にありません",
        "契約書では何か月前",
        "まだ測れていない",
        "種のうち",
        "自動更新の有無",
    ):
        assert confession not in customer
    assert "自動更新の有無" in internal
    assert "通知の期限（記録なし）" in internal


def test_an_account_with_a_name_confesses_nothing() -> None:
    customer = text(name_only())
    assert "測定できて" not in customer
    assert "種のうち" not in customer


@pytest.mark.parametrize(("fit", "offered"), [(False, False), (True, True)])
def test_fewer_seats_are_offered_only_when_chosen(fit: bool, offered: bool) -> None:
    found = rich()
    made = text(Gathered(replace(found.briefing, fit=fit), found.internal))
    assert ("適正化" in made) is offered
    assert ("三つの選択肢" in made) is offered
    assert ("二つの選択肢" in made) is not offered


def test_the_plan_runs_from_the_first_day_to_the_last() -> None:
    made = text(rich())
    assert made.index("写真保存の修正版") < made.index("本資料で稟議を開始") < made.index("新しい契約の開始")
    assert "日付順" in made


def test_what_is_late_asks_for_one_decision_by_one_day() -> None:
    terms = replace(rich().briefing.terms, notice_on=dt.date(2026, 12, 2), situation="open")
    late, plan = briefing_plan.action_plan(
        terms, rich().briefing.customer, "高橋", [], approval=(10, False), as_of=AS_OF
    )
    assert late.situation == "late"
    assert plan.decide_by == dt.date(2026, 12, 1)
    assert [step.code for step in plan.steps if step.decisive] == ["approval_done"]
    found = rich()
    made = text(Gathered(replace(found.briefing, terms=late, plan=plan), found.internal))
    assert "いますぐの稟議開始" not in made
    assert "12月2日までのご決定" not in made.replace("2026年", "")
    assert "間に合いません" in made


def test_the_meeting_is_the_one_fixed_for_the_renewal() -> None:
    row = MeetingRow(
        dt.date(2027, 3, 31), dt.datetime(2026, 12, 9, 1, 30, tzinfo=dt.UTC), 5, ("佐伯 恒一", "石井 健")
    )
    fixed = briefing_meeting.fixed([row], dt.date(2027, 3, 31), AS_OF)
    met = briefing_meeting.meeting(fixed, TOKYO, " 本社3階 ")
    assert met == Meeting(dt.date(2026, 12, 9), "10:30", "本社3階", ("佐伯 恒一", "石井 健"))
    _terms, plan = briefing_plan.action_plan(
        rich().briefing.terms, rich().briefing.customer, "高橋", [], approval=(10, True), as_of=AS_OF,
        met_on=met.on,
    )  # fmt: skip
    assert {step.on for step in plan.steps if step.code == "meeting"} == {met.on}
    found = rich()
    made = text(Gathered(replace(found.briefing, meeting=met), found.internal))
    for said in ("10:30", "本社3階", "佐伯 恒一様、石井 健様"):
        assert said in made
    assert briefing_meeting.meeting(None, TOKYO) is None
    assert briefing_meeting.fixed([row], None, dt.date(2028, 1, 1)) is None


@pytest.mark.parametrize(
    ("now", "before", "answers", "listed"),
    [("0.75", "1", 4, False), ("0.75", None, 4, False), ("0.75", "1", 12, False), ("0.8", "0.7", 12, True)],
)
def test_neither_a_fall_nor_a_handful_is_a_success(
    now: str, before: str | None, answers: int, listed: bool
) -> None:
    figure = Figure(
        "csat",
        Decimal(now),
        None if before is None else Decimal(before),
        kind="pct",
        count=answers,
        few=answers < 5,
    )
    voice = Voice((Survey("csat", figure, answers, answers - 1, 0, 1),))
    made = executive(replace(rich().briefing, voice=voice))
    assert ("survey_good" in [message.code for message in made.goods]) is listed


def test_little_data_is_told_before_it_is_printed() -> None:
    found = pack_readiness.readiness(name_only().briefing)
    assert found.thin
    assert "0 of 6" in pack_readiness.thin_words(found)
    assert "contract" in pack_readiness.missing_words(found)
    assert (
        not pack_readiness.thin_words(pack_readiness.readiness(rich().briefing))
        or rich().briefing.sources == ()
    )
    poorly = pack_readiness.readiness(poor().briefing)
    assert poorly.ours == ("end_date", "notice", "auto_renew")
    assert "notice period" in pack_readiness.ours_words(poorly)


@pytest.mark.parametrize(
    ("company", "person", "said"),
    [("", "", "neither"), ("", "Mai", "company"), ("Acme", "", "Your name"), ("Acme", "Mai", "")],
)
def test_a_sender_without_a_name_is_told(company: str, person: str, said: str) -> None:
    found = rich().briefing
    sender = replace(found.sender, company=company, person=person)
    told = pack_readiness.sender_words(pack_readiness.readiness(replace(found, sender=sender)))
    assert said in told
    assert bool(told) is bool(said)


def test_a_plan_without_a_date_has_no_decision_day() -> None:
    _terms, plan = briefing_plan.action_plan(
        Terms(), rich().briefing.customer, "高橋", [], approval=(10, False), as_of=AS_OF
    )
    assert isinstance(plan, Plan)
    assert plan.decide_by is None
    assert all(isinstance(step, Step) for step in plan.steps)


@pytest.mark.parametrize(
    ("met_on", "start", "room"),
    [(None, dt.date(2026, 11, 24), 5), (dt.date(2026, 11, 26), dt.date(2026, 11, 26), 3)],
)
def test_approval_begins_no_earlier_than_the_meeting_as_on_the_runway(
    met_on: dt.date | None, start: dt.date, room: int
) -> None:
    """22 November, notice by 2 December: the pack lacks as many days as the renewals page says."""
    today, notice = dt.date(2026, 11, 22), dt.date(2026, 12, 2)
    terms = replace(rich().briefing.terms, notice_on=notice, situation="open")
    late, plan = briefing_plan.action_plan(
        terms, rich().briefing.customer, "高橋", [], approval=(10, False), as_of=today, met_on=met_on
    )
    assert {step.code: step.on for step in plan.steps}["approval_start"] == start
    assert (plan.approval_room, plan.working_days_left) == (room, 7)
    assert 10 - room == runway(notice, today, Known(meeting=met_on)).short
    found = rich()
    made = text(Gathered(replace(found.briefing, terms=late, plan=plan), found.internal)).replace("\n", "")
    assert "12月2日の通知期限まで、残りは7営業日です" in made
    assert f"稟議に使える日数は{room}営業日" in made


def test_a_meeting_too_late_for_the_approval_makes_the_plan_late() -> None:
    terms = replace(rich().briefing.terms, notice_on=dt.date(2026, 12, 25), situation="open")
    late, plan = briefing_plan.action_plan(
        terms, rich().briefing.customer, "高橋", [], approval=(10, True), as_of=dt.date(2026, 11, 22),
        met_on=dt.date(2026, 12, 18),
    )  # fmt: skip
    assert (late.situation, plan.decide_by, plan.approval_room) == ("late", dt.date(2026, 12, 24), 4)
