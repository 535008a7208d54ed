"""Reminders of a portfolio: read, remembered, put in words in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench import i18n
from cs_workbench.services import drafts, portfolios, reminders
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_contract, add_interaction, add_task

NOW = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        with workbench.change("fill") as db:
            acme = add_account(db, "Acme <b>")
            aoba = add_account(db, "株式会社アオバ")
            add_task(db, acme, "Send quote", due_on="2026-11-24")
            add_task(db, acme, "Send deck", due_on="2026-11-20", kind="promise_ours")
            add_task(db, acme, "Later", due_on="2026-11-25")
            add_task(db, acme, "Done", due_on="2026-11-24", done_on="2026-11-24")
            add_contract(db, aoba, start_on="2025-12-25", end_on="2026-12-24", notice_days=5, term_months=12)
            add_interaction(db, aoba, channel="meeting", at="2026-11-24T10:10:00Z", subject="Review")
        yield workbench


def test_what_is_due_is_found_once(wb: Workbench) -> None:
    found = reminders.due(wb.reads, NOW)
    assert [(one.kind, one.account, one.title, one.days) for one in found] == [
        ("meeting", "株式会社アオバ", "Review", 0),
        ("notice", "株式会社アオバ", "", 25),
        ("promise_ours", "Acme <b>", "Send deck", -4),
        ("task", "Acme <b>", "Send quote", 0),
    ]
    reminders.remember(wb, found[:2], now=NOW)
    assert reminders.due(wb.reads, NOW) == found[2:]
    reminders.remember(wb, found[2:], now=NOW)
    assert reminders.due(wb.reads, NOW) == []
    assert [step.name for step in wb.history()] == ["fill"]
    tomorrow = reminders.due(wb.reads, NOW + dt.timedelta(days=1))
    assert [(one.title, one.days) for one in tomorrow] == [("Send quote", -1), ("Later", 0)]
    assert drafts.unsaved(wb.reads) == []


def test_a_memory_that_cannot_be_read_is_none(wb: Workbench) -> None:
    drafts.keep(wb, "reminded", "not json", now=NOW)
    assert reminders.said(wb.reads) == {}
    drafts.keep(wb, "reminded", "[1]", now=NOW)
    assert reminders.said(wb.reads) == {}


def test_reading_takes_the_same_statements_for_many(wb: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    def statements() -> int:
        made: list[str] = []
        reader = wb.database.reader()
        reader.set_trace_callback(made.append)
        reminders.due(wb.reads, NOW)
        reader.set_trace_callback(None)
        return len(made)

    few = statements()
    with wb.change("more") as db:
        for number in range(40):
            account = add_account(db, f"A{number}")
            add_task(db, account, "x", due_on="2026-11-24")
            add_contract(
                db, account, start_on="2025-12-25", end_on="2026-12-24", notice_days=5, term_months=12
            )
    assert len(reminders.due(wb.reads, NOW)) == 84
    assert statements() == few <= 8


@pytest.mark.parametrize(
    ("settings", "at", "wanted"),
    [
        ({}, 10, True),
        ({}, 20, False),
        ({"quiet_from": "22:00", "quiet_to": "06:00"}, 20, True),
        ({"quiet_from": "nonsense", "quiet_to": "06:00"}, 20, False),
        ({"reminders": False}, 10, False),
        ({"reminders": True, "quiet_from": "00:00", "quiet_to": "00:00"}, 3, True),
    ],
)
def test_the_settings_rule(settings: dict[str, object], at: int, wanted: bool) -> None:
    assert reminders.wanted(settings, NOW.replace(hour=at)) is wanted


def test_one_is_a_sentence_many_are_one_message(wb: Workbench) -> None:
    found = reminders.due(wb.reads, NOW)
    one = reminders.message(found[2:3])
    assert (one.title, one.text, one.account_id) == ("Promise overdue: Send deck", "Acme <b>", 1)
    many = reminders.message(found)
    assert many.title == "Reminders"
    assert many.text.splitlines() == [
        "10:10 Review – 株式会社アオバ", "Notice deadline in 25 days – 株式会社アオバ",
        "Promise overdue: Send deck – Acme <b>", "and more",
    ]  # fmt: skip
    assert (many.counts, many.first) == (
        "1 meeting soon, 1 notice deadline, and more",
        many.text.splitlines()[0],
    )
    assert reminders.message(found[1:3]).counts == "1 notice deadline, 1 promise overdue"
    assert (one.counts, one.first) == (one.title, one.text)
    assert many.account_id is None
    assert reminders.message(found[2:]).account_id == 1
    with pytest.raises(ValueError, match="nothing"):
        reminders.message([])


def test_in_japanese(wb: Workbench) -> None:
    found = reminders.due(wb.reads, NOW)
    i18n.set_language("ja")
    try:
        assert reminders.message(found[1:2]).title == "通知期限まで25日"
        assert reminders.message(found).title == "リマインダー"
        assert reminders.message(found[1:3]).counts == "通知期限1件、期限を過ぎた約束1件"
    finally:
        i18n.set_language("en")


def test_a_read_only_portfolio_remembers_nothing(wb: Workbench) -> None:
    found = reminders.due(wb.reads, NOW)
    with Workbench.open(wb.path, read_only=True) as reading:
        reminders.remember(reading, found, now=NOW)
        assert reminders.due(reading.reads, NOW) == found
