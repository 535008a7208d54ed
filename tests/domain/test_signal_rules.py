"""Renewals by runway day, missing data, onboarding, tasks and promises: tables of dates."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from cs_workbench.domain import signal_rules
from cs_workbench.domain.signal_facts import OnboardingFact, TaskFact
from cs_workbench.domain.signals import Signal
from cs_workbench.services import signal_words
from tests.builders_signals import DAY, TODAY, book, contract, customer, facts, found

ALL_RULES = book()


def renewal(days: int, tier: str = "A", **values: Any) -> Signal | None:
    """The renewal signal of a contract that ends in *days* without a notice period."""
    given = facts(customer(tier=tier), contracts=[contract(end_on=TODAY + days * DAY, **values)])
    signals = [one for one in found(given) if one.rule in ("renewal", "notice_close")]
    assert len(signals) <= 1
    return signals[0] if signals else None


@pytest.mark.parametrize(
    ("days", "tier", "code"),
    [
        (181, "A", None),
        (180, "A", "renewal_180"),
        (180, "B", None),
        (121, "A", "renewal_180"),
        (120, "B", "renewal_120"),
        (91, "B", "renewal_120"),
        (90, "C", "renewal_90"),
        (61, "C", "renewal_90"),
        (60, "C", "renewal_60"),
        (31, "C", "renewal_60"),
        (30, "C", "renewal_30"),
        (15, "C", "renewal_30"),
        (14, "C", "notice_close"),
        (0, "C", "notice_close"),
    ],
)
def test_a_renewal_enters_its_steps(days: int, tier: str, code: str | None) -> None:
    signal = renewal(days, tier)
    assert (None if signal is None else signal.code) == code


def test_a_step_is_due_on_a_working_day_and_belongs_to_its_contract() -> None:
    signal = renewal(90, id=5)
    assert signal is not None
    assert signal.due == dt.date(2026, 12, 9)  # 75 days before 22 Feb 2027
    assert signal.subject == "5/2027-02-22/90"
    assert (signal.value, signal.currency) == (Decimal(6_500_000), "JPY")
    assert signal.deadline == dt.date(2027, 2, 22)
    assert signal.evidence[0].id == 5
    weekend = renewal(62)
    assert weekend is not None
    assert weekend.due == dt.date(2026, 11, 11)


def test_the_deadline_is_the_notice_while_it_can_be_given() -> None:
    end = TODAY + 100 * DAY
    signal = renewal(100, notice_days=40)
    assert signal is not None
    assert (signal.deadline, signal.code, signal.params["by"]) == (
        end - 40 * DAY,
        "renewal_60",
        "notice_deadline",
    )


def test_after_the_notice_only_an_open_end_is_left_to_settle() -> None:
    passed = renewal(50, notice_days=65)
    assert passed is not None
    assert (passed.deadline, passed.code, passed.params["by"]) == (
        TODAY + 50 * DAY,
        "renewal_60",
        "notice_passed",
    )
    assert renewal(50, notice_days=60, auto_renew=True) is None


@pytest.mark.parametrize(("over", "code"), [(1, "notice_close"), (14, "notice_close"), (15, "renewal_60")])
def test_a_notice_date_that_went_by_presses_from_that_day_on(over: int, code: str) -> None:
    signal = renewal(46, notice_days=46 + over)
    assert signal is not None
    assert (signal.code, signal.params["by"]) == (code, "notice_passed")
    assert [one.code for one in signal.evidence[:2]] == ["notice_passed", "contract_end"]
    if code == "notice_close":
        assert signal.due == TODAY - over * DAY
    assert signal_words.reason(signal, TODAY).startswith("The notice deadline, ")
    assert signal_words.evidence(signal.evidence[0], TODAY).endswith(" passed")


def test_a_contract_that_renews_by_itself_is_counted_on() -> None:
    signal = renewal(-300, auto_renew=True, notice_months=1)
    assert signal is not None
    assert signal.params["renews"] == dt.date(2027, 1, 28)
    assert signal.deadline == dt.date(2026, 12, 28)


def test_the_earliest_deadline_speaks_for_the_account() -> None:
    two = [contract(id=1, end_on=TODAY + 80 * DAY), contract(id=2, end_on=TODAY + 100 * DAY, notice_days=60)]
    (signal,) = found(facts(contracts=two))
    assert signal.evidence[0].id == 2


@pytest.mark.parametrize("change", [{"is_trial": True}, {"end_on": TODAY - DAY}, {"start_on": TODAY + DAY}])
def test_trials_ended_and_future_contracts_do_not_renew(change: dict[str, Any]) -> None:
    given = facts(contracts=[contract(**({"end_on": TODAY + 60 * DAY} | change))])
    assert found(given) == []


def test_a_lost_customer_raises_nothing_but_promises() -> None:
    promise = TaskFact(1, 4, "promise_ours", "Send the file", "", TODAY, TODAY - DAY)
    given = facts(customer(gone=True), contracts=[contract(end_on=TODAY + 10 * DAY)], tasks=[promise])
    assert [one.rule for one in found(given, ALL_RULES)] == ["promise"]


def test_a_rule_that_is_off_keeps_still() -> None:
    given = facts(contracts=[contract(end_on=TODAY + 60 * DAY, notice_days=5)])
    off = book(renewal={"on": False}, notice_close={"on": False}, missing_data={"on": False})
    assert found(given, off) == []


@pytest.mark.parametrize(
    ("contracts", "gaps", "priority"),
    [
        ([], ("contract",), "low"),
        ([contract(end_on=TODAY + 60 * DAY, notice_days=30)], None, None),
        ([contract(end_on=TODAY + 60 * DAY)], ("notice_period",), "medium"),
        ([contract(end_on=TODAY + 200 * DAY)], None, None),
        ([contract(end_on=TODAY + 200 * DAY, value=None)], ("amount",), "low"),
        ([contract(end_on=None, term_months=None)], ("renewal_date",), "low"),
        ([contract(end_on=None, term_months=None, value=None)], ("renewal_date", "amount"), "low"),
        (
            [
                contract(end_on=TODAY + 60 * DAY, value=None, notice_days=30),
                contract(id=2, end_on=TODAY + 200 * DAY),
            ],
            None,
            None,
        ),
    ],
)
def test_missing_contract_data(
    contracts: list[Any], gaps: tuple[str, ...] | None, priority: str | None
) -> None:
    missing = [one for one in found(facts(contracts=contracts), ALL_RULES) if one.rule == "missing_data"]
    if gaps is None:
        assert missing == []
        return
    (signal,) = missing
    assert (signal.params["gaps"], signal.priority, signal.verb) == (gaps, priority, "fill_in")
    assert [one.code for one in signal.evidence] == [f"no_{gap}" for gap in gaps]
    assert signal.subject == "+".join(gaps)


@pytest.mark.parametrize(
    ("since", "months", "days"),
    [
        (dt.date(2026, 8, 23), None, 1),
        (dt.date(2026, 8, 24), None, None),
        (dt.date(2026, 8, 23), 4, None),
        (dt.date(2026, 5, 24), 4, 61),
    ],
)
def test_onboarding_past_its_end(since: dt.date, months: int | None, days: int | None) -> None:
    given = facts(customer(stage="onboarding", since=since, stage_months=months))
    late = [one.params["days"] for one in found(given) if one.rule == "onboarding_late"]
    assert late == ([] if days is None else [days])


def test_onboarding_is_judged_only_where_its_start_is_known() -> None:
    unknown = facts(
        customer(stage="onboarding", since=None), customer(2, stage="grow", since=dt.date(2020, 1, 1))
    )
    assert [one for one in found(unknown) if one.rule == "onboarding_late"] == []


@pytest.mark.parametrize(
    ("stage", "end", "finished", "days"),
    [
        ("onboarding", -6, False, 6),
        ("onboarding", 0, False, None),
        ("onboarding", 10, False, None),  # the months of the stage are over; the plan goes on
        ("adoption", -6, False, 6),
        ("onboarding", -6, True, None),
    ],
)
def test_the_onboarding_on_record_comes_before_the_months(
    stage: str, end: int, finished: bool, days: int | None
) -> None:
    run = OnboardingFact(1, 40, TODAY - 200 * DAY, TODAY + end * DAY, finished)
    given = facts(customer(stage=stage, since=dt.date(2026, 1, 1)), onboardings={1: run})
    late = [one for one in found(given) if one.rule == "onboarding_late"]
    assert [one.params["days"] for one in late] == ([] if days is None else [days])
    for one in late:
        (record,) = one.evidence
        assert (record.kind, record.id, record.params["since"]) == ("onboarding", 40, TODAY - 200 * DAY)
        assert one.subject == (TODAY + end * DAY).isoformat()


def test_an_onboarding_of_a_customer_gone_asks_nothing() -> None:
    run = OnboardingFact(1, 40, TODAY - 200 * DAY, TODAY - DAY, False)
    given = facts(customer(stage="churned", gone=True), onboardings={1: run})
    assert [one for one in found(given) if one.rule == "onboarding_late"] == []


def test_the_onboarding_rule_can_be_off() -> None:
    run = OnboardingFact(1, 40, TODAY - 200 * DAY, TODAY - DAY, False)
    given = facts(customer(), onboardings={1: run})
    off = book(missing_data={"on": False}, onboarding_late={"on": False})
    assert [one for one in found(given, off) if one.rule == "onboarding_late"] == []


@pytest.mark.parametrize(
    ("kind", "days", "rule"),
    [
        ("task", -3, "task"),
        ("task", 7, "task"),
        ("task", 8, None),
        ("promise_ours", 0, "promise"),
        ("promise_theirs", 1, None),
        ("promise_theirs", 0, "their_promise"),
        ("promise_theirs", -1, "their_promise"),
    ],
)
def test_tasks_and_promises_come_in_time(kind: str, days: int, rule: str | None) -> None:
    task = TaskFact(1, 9, kind, "Send the sample", "Kuroda", TODAY + days * DAY, TODAY - 9 * DAY)
    signals = found(facts(tasks=[task]))
    assert [one.rule for one in signals] == ([] if rule is None else [rule])
    assert all((one.record_id, one.due) == (9, task.due_on) for one in signals)


def test_each_task_is_a_line_of_its_own() -> None:
    tasks = [TaskFact(1, n, "task", "T", "", TODAY, TODAY) for n in (1, 2)]
    assert len({one.key for one in found(facts(tasks=tasks))}) == 2


def test_a_task_of_an_account_out_of_sight_is_left_out() -> None:
    assert found(facts(tasks=[TaskFact(99, 1, "task", "T", "", TODAY, TODAY)])) == []


def test_values_are_summed_by_account_and_unknown_ones_left_out() -> None:
    given = facts(
        customer(),
        customer(2),
        contracts=[
            contract(end_on=TODAY + DAY),
            contract(id=2, end_on=TODAY + DAY, value=None),
            contract(2, id=3, end_on=TODAY + DAY, value=None),
        ],
    )
    terms = signal_rules.terms_by_account(given, TODAY)
    assert signal_rules.values_by_account(terms) == {1: [("JPY", Decimal(6_500_000))]}
