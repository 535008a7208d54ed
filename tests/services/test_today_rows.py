"""Lines of Today: one an account, one for the gaps of several; words, answers and undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench import i18n
from cs_workbench.services import portfolios, today, today_acts, today_words
from cs_workbench.services.today import Board, Item
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_contract, add_task

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        yield workbench


def board(wb: Workbench) -> Board:
    return today.board(wb.reads, NOW)


def busy(wb: Workbench) -> int:
    """An account with a task of next week, a late one and one of today; its contract ends far away."""
    with wb.change("fill") as db:
        account = add_account(db, "Aoba <img src=x>")
        add_contract(
            db, account, end_on=str(TODAY + 700 * DAY), notice_days=30, arr=65_000_000_000, currency="JPY"
        )
        for title, days in (("next", 5), ("late", -3), ("now", 0)):
            add_task(db, account, title=title, due_on=str(TODAY + days * DAY))
    return account


def gaps(wb: Workbench, count: int) -> None:
    """Accounts without a contract, and one whose notice period is not known."""
    with wb.change("fill") as db:
        for number in range(count - 1):
            add_account(db, f"New {number}")
        add_contract(db, add_account(db, "Dated"), end_on=str(TODAY + 150 * DAY), arr=10_000, currency="JPY")


def titles(item: Item) -> list[str]:
    return [today_words.title(one) for one in item.reasons]


def test_reasons_of_one_account_are_one_line_the_most_pressing_first(wb: Workbench) -> None:
    busy(wb)
    (line,) = board(wb).items
    assert titles(line) == ["late", "now", "next"]
    assert (line.group, line.number, {one.number for one in line.more}) == ("now", 1, {1})
    assert (board(wb).pressing, len(board(wb).reasons)) == (1, 3)
    assert today_words.more(line) == "2 others"
    assert today_words.reason(line, TODAY).endswith("Also: now, next.")
    assert today_words.account(line) == "Aoba <img src=x>"


def test_a_line_without_other_reasons_says_only_its_own(wb: Workbench) -> None:
    with wb.change("fill") as db:
        account = add_account(db, "One")
        add_contract(db, account, end_on=str(TODAY + 700 * DAY), notice_days=30, arr=10_000, currency="JPY")
        add_task(db, account, title="call", due_on=str(TODAY))
    (line,) = board(wb).items
    assert (today_words.more(line), line.reasons, "Also" in today_words.reason(line, TODAY)) == (
        "",
        (line,),
        False,
    )


def test_what_leads_is_done_and_the_next_reason_leads(wb: Workbench) -> None:
    busy(wb)
    today_acts.done(wb, board(wb).items[0], today=TODAY)
    assert titles(board(wb).items[0]) == ["now", "next"]
    wb.undo()
    assert titles(board(wb).items[0]) == ["late", "now", "next"]
    wb.redo()
    assert titles(board(wb).items[0]) == ["now", "next"]


def test_another_reason_can_be_snoozed_by_itself(wb: Workbench) -> None:
    busy(wb)
    today_acts.snooze(wb, board(wb).items[0].more[0], TODAY + 3 * DAY, "waiting", today=TODAY)
    assert titles(board(wb).items[0]) == ["late", "next"]
    assert [one.item.signal.params["title"] for one in board(wb).snoozed] == ["now"]


def test_gaps_of_a_list_just_taken_in_are_one_line(wb: Workbench) -> None:
    gaps(wb, 7)
    (line,) = [one for one in board(wb).items if one.signal.rule == "missing_data"]
    assert (line.several, len(line.parts), today_words.account(line)) == (True, 7, "7 accounts")
    assert today_words.title(line) == "Complete the contract data"
    said = today_words.reason(line, TODAY)
    assert "Contract missing for 6 accounts." in said
    assert "Notice period missing for 1 account." in said
    assert said.endswith("and 4 other accounts")
    assert today_words.more(line) == ""


def test_gaps_of_two_stand_with_their_accounts(wb: Workbench) -> None:
    gaps(wb, 2)
    lines = [one for one in board(wb).items if one.signal.rule == "missing_data"]
    assert [one.several for one in lines] == [False, False]


@pytest.mark.parametrize("act", ["done", "snooze", "hand_over"])
def test_one_answer_settles_all_and_is_undone_at_once(wb: Workbench, act: str) -> None:
    gaps(wb, 4)
    line = next(one for one in board(wb).items if one.several)
    if act == "done":
        today_acts.done(wb, line, today=TODAY)
    elif act == "snooze":
        today_acts.snooze(wb, line, TODAY + DAY, "asked sales", today=TODAY)
    else:
        today_acts.hand_over(wb, line, "sales", "Fill in", today=TODAY, now=NOW)
        assert wb.reads.scalar("select count(*) from task where owner = 'sales'") == 4
    assert not [one for one in board(wb).reasons if one.signal.rule == "missing_data"]
    assert wb.undo() is not None
    assert len(next(one for one in board(wb).items if one.several).parts) == 4
    assert wb.reads.scalar("select count(*) from task") == 0
    wb.redo()
    assert not [one for one in board(wb).items if one.several]


def test_words_follow_the_language(wb: Workbench) -> None:
    gaps(wb, 4)
    line = next(one for one in board(wb).items if one.several)
    before = i18n.language()
    try:
        i18n.set_language("ja")
        assert (today_words.account(line), today_words.title(line)) == ("4社", "契約情報の不足を補う")
        assert today_words.reason(line, TODAY).startswith("契約が未入力：3社。通知期間が未入力：1社。")
    finally:
        i18n.set_language(before)
