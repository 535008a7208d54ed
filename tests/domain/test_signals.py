"""The rule book, keys, and the folding of several reasons into one line."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cs_workbench.domain.signals import FAMILIES, Evidence, RuleProblem, Signal, folded, rule_book
from tests.builders_signals import book, packaged

DUE = dt.date(2026, 11, 30)


def signal(rule: str, account: int = 1, **values: Any) -> Signal:
    return book()[rule].raised(account, "x", rule, **values)


def test_the_packaged_rules_can_be_read_and_each_has_a_due_or_none() -> None:
    rules = book().rules
    assert len(rules) == 24
    assert all(rule.on and rule.quiet > 0 for rule in rules.values())
    assert [step.day for step in rules["renewal"].steps] == [180, 120, 90, 60, 30]
    assert all(step.due < step.day for step in rules["renewal"].steps)
    assert rules["renewal"].steps[0].tiers == ("A",)
    assert book().default_cadence == 45


def test_every_family_names_rules_that_exist() -> None:
    rules = book().rules
    named = [name for family in FAMILIES for name in family]
    assert set(named) <= set(rules)
    assert len(named) == len(set(named))


def test_a_portfolio_may_change_single_values() -> None:
    rules = book(seats_full={"share": 0.8, "priority": "high"}, default_cadence=20)
    assert rules["seats_full"]["share"] == 0.8
    assert rules["seats_full"].priority == "high"
    assert rules["seats_full"].quiet == book()["seats_full"].quiet
    assert rules.default_cadence == 20
    assert not book(task={"on": False})["task"].on


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"unheard": {}}, "unknown_rule", "unheard"),
        ({"task": {"colour": 1}}, "unknown_value", "task.colour"),
        ({"task": {"ahead": "soon"}}, "not_a_number", "task.ahead"),
        ({"task": {"ahead": -1}}, "not_a_number", "task.ahead"),
        ({"task": {"quiet": True}}, "not_a_number", "task.quiet"),
        ({"task": {"verb": "dance"}}, "unknown_word", "task.verb"),
        ({"task": 3}, "not_a_number", "task"),
        ({"default_cadence": "often"}, "not_a_number", "default_cadence"),
        (
            {"renewal": {"steps": [{"day": 90, "due": 75, "verb": "sing", "effort": "hour"}]}},
            "unknown_word",
            "renewal.steps",
        ),
    ],
)
def test_a_faulty_change_is_named(changes: dict[str, Any], code: str, where: str) -> None:
    if changes == {"task": 3}:
        changes = {"task": {"answer": "x"}}
        where = "task.answer"
    with pytest.raises(RuleProblem) as told:
        rule_book(packaged(), changes)
    assert (told.value.code, told.value.where) == (code, where)


def test_the_packaged_tree_is_left_as_it_was() -> None:
    tree = packaged()
    rule_book(tree, {"task": {"ahead": 3}})
    assert tree == packaged()


def test_a_key_names_account_rule_and_occurrence() -> None:
    assert signal("task", 12).key == "12:task:x"


@pytest.mark.parametrize("family", FAMILIES)
def test_one_story_is_told_once_by_its_first_rule(family: tuple[str, ...]) -> None:
    told = folded([signal(name) for name in reversed(family)])
    assert [one.rule for one in told] == [family[0]]
    assert [one.code for one in told[0].evidence] == list(family[1:])


def test_what_is_folded_in_stays_where_an_account_shows_it() -> None:
    seen = (Evidence("reading", 0, "seats", {}, "use"),)
    (one,) = folded([signal("band_dropped"), signal("seats_low", evidence=seen)])
    assert [(more.kind, more.tab) for more in one.evidence] == [("signal", "use")]


def test_other_accounts_and_other_stories_stay_apart() -> None:
    given = [signal("usage_fell"), signal("usage_fell", 2), signal("missing_data")]
    assert folded(given) == given


def test_a_folded_line_keeps_its_own_due_date() -> None:
    first = signal("band_dropped", due=DUE)
    (one,) = folded([first, signal("usage_fell", due=DUE - dt.timedelta(days=9))])
    assert one.due == DUE
    (undated,) = folded([signal("champion_left"), signal("decision_maker", due=DUE)])
    assert undated.due == DUE


def test_touch_debt_is_part_of_the_talk_that_is_due_first() -> None:
    soon = signal("bad_answer", due=DUE)
    later = signal("champion_left", due=DUE + dt.timedelta(days=3))
    told = folded([signal("touch_debt"), later, soon])
    assert [one.rule for one in told] == ["champion_left", "bad_answer"]
    assert [one.code for one in told[1].evidence] == ["touch_debt"]
    assert told[0].evidence == ()


@pytest.mark.parametrize("other", ["task", "promise", "missing_data", "onboarding_late", "seats_full"])
def test_touch_debt_stands_alone_beside_what_is_no_talk(other: str) -> None:
    assert [one.rule for one in folded([signal("touch_debt"), signal(other)])] == ["touch_debt", other]


def test_a_talk_with_another_account_settles_nothing() -> None:
    assert len(folded([signal("touch_debt"), signal("bad_answer", 2)])) == 2
