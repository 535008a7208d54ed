"""Playbooks: what comes with the program is whole in both languages; suggested by signals; started as one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench import i18n
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import playbooks, portfolios, tasks, today
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account
from tests.builders_store import state as digest

NOW = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
WANTED = {
    "onboarding", "onboarding_rescue", "adoption_push", "champion_change", "detractor", "risk_save", "expansion",
    "renewal", "win_back", "quarterly_review", "escalation",
}  # fmt: skip


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """One customer, looked after by somebody."""
    i18n.set_language("en")
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as made:
        with made.change("fill") as db:
            account = add_account(db, "Acme Inc.")
            db.execute(
                "update account set owner = 'Mika Sato', stage = 'onboarding' where id = :id", {"id": account}
            )
        yield made


def start(wb: Workbench, key: str, language: str = "en", account: int = 1) -> playbooks.Started:
    return playbooks.start(wb, account, key, today=TODAY, now=NOW, language=language)


def offered(wb: Workbench, first: str = "", language: str = "en") -> list[playbooks.Offer]:
    return playbooks.offers(wb.reads, 1, NOW, language=language, first=first)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_playbook_is_whole(language: str) -> None:
    """All of them, each step with a day, an owner, an end and advice; days never go back."""
    found = playbooks.playbooks(language)
    assert {one.key for one in found} == WANTED
    for one in found:
        assert one.title
        assert one.purpose
        assert one.exit
        days = [step.after for step in one.steps]
        assert days == sorted(days)
        assert len(days) >= 4
        assert len({step.title for step in one.steps}) == len(days)
        for step in one.steps:
            assert step.owner in playbooks.ROLES
            assert step.done
            assert step.coach


def test_both_languages_say_different_things() -> None:
    for english, japanese in zip(playbooks.playbooks("en"), playbooks.playbooks("ja"), strict=True):
        assert (english.key, english.days) == (japanese.key, japanese.days)
        assert english.title != japanese.title
        assert all(a.title != b.title for a, b in zip(english.steps, japanese.steps, strict=True))


def test_onboarding_takes_ninety_days_and_the_renewal_eight_steps() -> None:
    by_key = {one.key: one for one in playbooks.playbooks("en")}
    assert by_key["onboarding"].days == 90
    assert len(by_key["renewal"].steps) == 8


def test_rules_named_exist_and_each_suggests_one_playbook_only() -> None:
    rules = [rule for one in playbooks.playbooks("en") for rule in one.signals]
    assert len(set(rules)) == len(rules)
    assert set(rules) <= set(today.book_of(None).rules)


def test_starting_makes_the_tasks_as_one_step(wb: Workbench) -> None:
    before = digest(wb.reads)
    started = start(wb, "onboarding")
    made = tasks.open_tasks(wb.reads, 1)
    assert (started.title, started.account) == ("Onboarding, 90 days", "Acme Inc.")
    assert sorted(started.task_ids) == sorted(one.id for one in made)
    assert [(one.due_on - TODAY).days for one in made if one.due_on] == [0, 5, 20, 30, 60, 90]
    assert [one.owner for one in made] == ["Sales", "Mika Sato", None, "Mika Sato", "Mika Sato", "Management"]
    assert [one.kind for one in made].count("promise_theirs") == 1
    assert made[0].note.splitlines() == [
        "Onboarding, 90 days",
        "Done when: Purpose and promises stand in the account.",
        "Ask for the customer's own words, not for the product's.",
    ]
    assert wb.undo() == "Start playbook – Onboarding, 90 days"
    assert digest(wb.reads) == before


@pytest.mark.parametrize("again", ["en", "ja"])
def test_one_that_is_under_way_is_not_started_again(wb: Workbench, again: str) -> None:
    """Not in another language either; once its tasks are done it may be."""
    made = start(wb, "escalation")
    before = digest(wb.reads)
    with pytest.raises(InvalidValue) as told:
        start(wb, "escalation", again)
    assert told.value.code == "under_way"
    assert told.value.remedy
    assert digest(wb.reads) == before
    for task_id in made.task_ids:
        tasks.done(wb, task_id, on=TODAY)
    start(wb, "escalation", again)


def test_what_is_not_there_is_said(wb: Workbench) -> None:
    with pytest.raises(NotFound):
        start(wb, "moon")
    with pytest.raises(NotFound):
        start(wb, "renewal", account=99)
    with pytest.raises(NotFound):
        playbooks.offers(wb.reads, 99, NOW, language="en")


def test_the_signal_comes_first_then_the_stage(wb: Workbench) -> None:
    found = offered(wb, first="bad_answer")
    assert (found[0].playbook.key, found[0].reason) == ("detractor", "bad_answer")
    suggested = {one.playbook.key: one.reason for one in found if one.reason}
    assert suggested["onboarding"] == "onboarding"
    assert {one.playbook.key for one in found} == WANTED


def test_its_own_signals_suggest(wb: Workbench) -> None:
    """Without being told: the account has neither renewal date nor revenue."""
    rules = [one.signal.rule for one in today.board(wb.reads, NOW).items]
    assert "missing_data" in rules
    assert {one.playbook.key: one.reason for one in offered(wb)}["renewal"] == "missing_data"


def test_one_under_way_says_so_and_goes_behind(wb: Workbench) -> None:
    start(wb, "detractor")
    found = {one.playbook.key: one for one in offered(wb, first="bad_answer")}
    assert [one.playbook.key for one in found.values() if one.running] == ["detractor"]
    assert next(iter(found)) != "detractor"


def test_an_unknown_language_is_english() -> None:
    assert playbooks.playbooks("fr") == playbooks.playbooks("en")
