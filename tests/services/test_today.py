"""Today: what is on the board, in which order and why; acts are undone; statements stay few."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import health, portfolios, sample, signal_words, today, today_acts, voice_cases
from cs_workbench.services.portfolio_settings import set_settings
from cs_workbench.services.today import Board, Item
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.queries import signals as queries
from tests.builders_store import add_account, add_contract, add_interaction, add_task

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
YEN = 10_000


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="ja") as workbench:
        yield workbench


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """The sample with a month of history; only for reading."""
    path = str(tmp_path_factory.mktemp("sample") / "s.csw")
    with portfolios.create(path, now=NOW, language="ja") as workbench:
        sample.create(workbench, today=TODAY, language="ja")
        for ago in (35, 14, 0):
            health.score_all(workbench, TODAY - ago * DAY, now=NOW)
        yield workbench


def customer(wb: Workbench, name: str = "Aoba", days: int = 400, **values: Any) -> int:
    """An account with a running contract whose notice must be given in *days*."""
    with wb.change("fill") as db:
        account = add_account(db, name, **values)
        end = str(TODAY + (days + 30) * DAY)
        add_contract(
            db, account, arr=6_500_000 * YEN, currency="JPY", end_on=end, notice_days=30, name="2024-118"
        )
    return account


def task(wb: Workbench, account: int, due: dt.date = TODAY, **values: Any) -> int:
    with wb.change("fill") as db:
        return add_task(db, account, due_on=due.isoformat(), **values)


def see(wb: Workbench, now: dt.datetime = NOW) -> Board:
    return today.board(wb.reads, now)


def item_of(wb: Workbench, code: str) -> Item:
    return next(item for item in see(wb).reasons if item.signal.code == code)


def test_an_empty_portfolio_has_an_empty_board(wb: Workbench) -> None:
    board = see(wb)
    assert (board.items, board.snoozed, board.meetings, board.accounts, board.pressing) == ((), (), (), 0, 0)
    assert (board.figures.done, board.figures.contacts, board.figures.promises) == (0, 0, 0)


def test_groups_follow_the_due_date_and_numbers_run_through(wb: Workbench) -> None:
    account = customer(wb)
    task(wb, account, TODAY - DAY, title="late")
    task(wb, customer(wb, "Soon"), TODAY + 5 * DAY, title="week")
    customer(wb, "Far", 120)
    board = see(wb)
    shown = [(item.number, item.group, item.signal.code) for item in board.items]
    assert shown == [(1, "now", "task"), (2, "week", "task"), (3, "later", "renewal_120")]
    assert board.pressing == 2
    assert today.pressing(wb.reads, TODAY) == 2
    assert [item.number for item in board.of("week")] == [2]


def test_the_rank_is_the_product_it_prints(sampled: Workbench) -> None:
    board = see(sampled)
    assert len(board.reasons) > 40
    for item in board.reasons:
        rank = item.rank
        product = float(rank.stake.value) / rank.unit * rank.urgency * rank.touch / rank.effort
        assert rank.score == pytest.approx(product)
    for group in today.GROUPS:
        scores = [item.rank.score for item in board.of(group)]
        assert scores == sorted(scores, reverse=True)


def test_every_line_of_the_sample_can_be_said_in_words(sampled: Workbench) -> None:
    board = see(sampled)
    for item in board.reasons:
        signal = item.signal
        words = [
            signal_words.title(signal),
            signal_words.reason(signal),
            signal_words.verb(signal),
            signal_words.due(signal, TODAY),
            signal_words.urgency(signal, item.rank, TODAY),
            signal_words.touch(item.rank),
            signal_words.effort(signal),
            *(signal_words.evidence(one) for one in signal.evidence),
        ]
        assert all(text and "None" not in text for text in words), words
        assert signal.evidence


def test_same_account_and_occurrence_is_one_line(sampled: Workbench) -> None:
    keys = [item.signal.key for item in see(sampled).reasons]
    assert len(keys) == len(set(keys))


def test_statements_do_not_grow_with_the_accounts(wb: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    real = type(wb.reads)._run

    def counted(self: Any, sql: str, params: Any) -> Any:
        said.append(sql)
        return real(self, sql, params)

    monkeypatch.setattr(type(wb.reads), "_run", counted)
    see(wb)
    empty = len(said)
    for number in range(12):
        customer(wb, f"Account {number}", 20 + number * 9)
    said.clear()
    see(wb)
    assert len(said) == empty <= 35


def test_a_portfolio_all_in_one_other_currency_is_ranked_by_it(wb: Workbench) -> None:
    small, large = customer(wb), customer(wb, "Large")
    for account in (small, large):
        task(wb, account)
    with wb.change("dollars") as db:
        for account, dollars in ((small, 1000), (large, 9000)):
            db.execute(
                "update contract set arr=?, currency='USD' where account_id=?", (dollars * YEN, account)
            )
    stakes = {one.account: one.rank.stake for one in see(wb).reasons if one.signal.rule == "task"}
    assert {name: (one.source, one.value, one.currency) for name, one in stakes.items()} == {
        "Aoba": ("stated", 1000, "USD"), "Large": ("stated", 9000, "USD"),
    }  # fmt: skip
    assert all(one.rank.score > 0 for one in see(wb).reasons)
    with wb.change("rate") as db:
        db.execute("insert into currency_rate (currency, on_date, rate) values ('USD', '2026-11-01', '150')")
    told = {one.account: one.rank.stake for one in see(wb).reasons if one.signal.rule == "task"}
    assert (told["Large"].source, told["Large"].value, told["Large"].currency) == (
        "converted",
        1_350_000,
        "JPY",
    )


def test_value_at_stake_in_other_currencies_needs_a_rate(wb: Workbench) -> None:
    customer(wb)
    other = customer(wb, "Abroad")
    task(wb, other)
    with wb.change("dollars") as db:
        db.execute("update contract set arr=?, currency='USD' where account_id=?", (1000 * YEN, other))
    stake = item_of(wb, "task").rank.stake
    assert (stake.source, stake.value, stake.own, stake.own_currency) == ("no_rate", 6_500_000, 1000, "USD")
    with wb.change("rate") as db:
        db.execute("insert into currency_rate (currency, on_date, rate) values ('USD', '2026-11-01', '150')")
    stake = item_of(wb, "task").rank.stake
    assert (stake.source, stake.value, stake.currency) == ("converted", 150_000, "JPY")


def test_an_unknown_value_counts_as_the_median(wb: Workbench) -> None:
    customer(wb)
    with wb.change("fill") as db:
        task_of = add_account(db, "Unknown")
    task(wb, task_of)
    stake = item_of(wb, "task").rank.stake
    assert (stake.source, stake.value, stake.own) == ("not_known", Decimal(6_500_000), None)


def test_what_renews_within_90_days_is_summed_honestly(wb: Workbench) -> None:
    customer(wb, days=30)
    customer(wb, "Abroad", days=40)
    customer(wb, "Far", days=100)
    assert see(wb).renewing.value == 13_000_000
    with wb.change("dollars") as db:
        db.execute("update contract set currency='USD' where account_id=2")
    mixed = see(wb).renewing
    assert mixed.value is None
    assert [(one.currency, one.value) for one in mixed.parts] == [("JPY", 6_500_000), ("USD", 6_500_000)]


def test_what_renews_is_what_the_renewals_page_counts(sampled: Workbench) -> None:
    from cs_workbench.services import renewals

    page = renewals.load(sampled.reads, TODAY)
    assert page.forecast is not None
    assert see(sampled).renewing.value == page.forecast.total
    assert renewals.pressing(sampled.reads, TODAY) == page.near


def test_a_term_that_ends_within_a_month_is_pressing_whatever_step_is_next(wb: Workbench) -> None:
    customer(wb, "Soon", 23)
    customer(wb, "Later", 52)
    found = {item.account: item.group for item in see(wb).items if item.signal.rule == "renewal"}
    assert (found["Soon"], found["Later"]) == ("now", "week")


def test_ones_own_red_call_is_shown_and_counts(wb: Workbench) -> None:
    from cs_workbench.services import health_calls

    account = customer(wb)
    task(wb, account)
    before = item_of(wb, "task")
    health_calls.set_call(wb, account, "red", "the sponsor left", today=TODAY, now=NOW)
    after = item_of(wb, "task")
    assert (before.band, before.called, after.band, after.called) == ("none", False, "red", True)
    assert after.rank.urgency == pytest.approx(before.rank.urgency + 0.3)
    assert "red by your own call" in signal_words.urgency(after.signal, after.rank, TODAY)


def test_the_days_own_rules_and_meetings(wb: Workbench) -> None:
    account = customer(wb)
    with wb.change("fill") as db:
        add_interaction(db, account, at="2026-11-24T01:30:00Z", channel="meeting", direction="both")
        add_interaction(db, account, at="2026-11-24T06:00:00Z", channel="meeting", direction="both")
    board = see(wb)
    assert [one.at.hour for one in board.meetings] == [6]
    assert board.figures.contacts == 1  # the other one is still to come
    late = NOW.replace(hour=20).astimezone(dt.timezone(dt.timedelta(hours=9)))
    assert see(wb, late).today == TODAY + DAY
    assert see(wb, late).meetings == ()


def test_the_portfolios_own_rules(wb: Workbench) -> None:
    task(wb, customer(wb), TODAY + 12 * DAY)
    assert see(wb).items == ()
    set_settings(wb, {today.RULES_SETTING: {"task": {"ahead": 14}}})
    assert [item.signal.code for item in see(wb).items] == ["task"]
    set_settings(wb, {today.RULES_SETTING: {"task": {"ahead": "soon"}}})
    with pytest.raises(InvalidValue) as told:
        see(wb)
    assert told.value.code == "signal_rule"
    assert "task.ahead" in told.value.message


def test_done_answers_this_occurrence_and_undo_brings_it_back(wb: Workbench) -> None:
    customer(wb, days=90)
    item = item_of(wb, "renewal_90")
    today_acts.done(wb, item, today=TODAY)
    board = see(wb)
    assert board.items == ()
    assert board.figures.done == 1
    assert (board.figures.moved.value, board.figures.moved.currency) == (6_500_000, "JPY")
    assert wb.undo() == "Mark done – Aoba"
    assert item_of(wb, "renewal_90").signal.key == item.signal.key
    assert wb.redo() == "Mark done – Aoba"
    assert see(wb).items == ()


def test_the_next_step_of_the_runway_comes_though_this_one_is_done(wb: Workbench) -> None:
    customer(wb, days=90)
    today_acts.done(wb, item_of(wb, "renewal_90"), today=TODAY)
    later = see(wb, NOW + 30 * DAY)
    assert [item.signal.code for item in later.items] == ["renewal_60"]


def test_a_task_is_completed_itself(wb: Workbench) -> None:
    number = task(wb, customer(wb), kind="promise_ours")
    today_acts.done(wb, item_of(wb, "promise"), today=TODAY)
    board = see(wb)
    assert board.items == ()
    assert (board.figures.done, board.figures.promises) == (1, 1)
    assert wb.reads.scalar("select done_on from task where id=?", (number,)) == TODAY.isoformat()
    wb.undo()
    assert len(see(wb).items) == 1


def test_a_task_deleted_meanwhile_is_told(wb: Workbench) -> None:
    task(wb, customer(wb))
    item = item_of(wb, "task")
    with wb.change("delete") as db:
        db.execute("delete from task")
    with pytest.raises(NotFound):
        today_acts.done(wb, item, today=TODAY)


def test_snooze_until_a_day_with_a_reason(wb: Workbench) -> None:
    customer(wb, days=90)
    item = item_of(wb, "renewal_90")
    today_acts.snooze(wb, item, TODAY + 3 * DAY, "  they are away ", today=TODAY)
    board = see(wb)
    assert board.items == ()
    (snoozed,) = board.snoozed
    assert (snoozed.snooze.until, snoozed.snooze.reason) == (TODAY + 3 * DAY, "they are away")
    assert len(see(wb, NOW + 3 * DAY).items) == 1
    today_acts.wake(wb, snoozed.item, today=TODAY)
    assert len(see(wb).items) == 1
    assert [wb.undo(), wb.undo()] == ["Wake – Aoba", "Snooze – Aoba"]
    assert see(wb).snoozed == ()


@pytest.mark.parametrize(
    ("days", "reason", "field"), [(0, "x", "until"), (-1, "x", "until"), (1, " ", "reason")]
)
def test_a_snooze_needs_a_later_day_and_a_reason(wb: Workbench, days: int, reason: str, field: str) -> None:
    customer(wb, days=90)
    item = item_of(wb, "renewal_90")
    with pytest.raises(InvalidValue) as told:
        today_acts.snooze(wb, item, TODAY + days * DAY, reason, today=TODAY)
    assert told.value.where["field"] == field
    assert len(see(wb).items) == 1


def test_handing_over_leaves_a_task_to_watch(wb: Workbench) -> None:
    customer(wb, days=90)
    item = item_of(wb, "renewal_90")
    number = today_acts.hand_over(
        wb, item, "sales", "Open the talk", note="They asked for a quote", today=TODAY, now=NOW
    )
    row = wb.reads.one("select title, owner, due_on, note from task where id=?", (number,))
    assert row == ("Open the talk", "sales", "2026-12-01", "They asked for a quote")
    assert [one.signal.code for one in see(wb).items] == ["task"]
    assert wb.undo() == "Hand over – Aoba"
    assert [one.signal.code for one in see(wb).items] == ["renewal_90"]


def test_handing_over_a_task_changes_its_owner(wb: Workbench) -> None:
    number = task(wb, customer(wb), note="before")
    same = today_acts.hand_over(wb, item_of(wb, "task"), "support", "x", note="after", today=TODAY, now=NOW)
    assert same == number
    row = wb.reads.one("select owner, due_on, note from task where id=?", (number,))
    assert row == ("support", "2026-12-01", "before\nafter")


def test_there_are_four_departments(wb: Workbench) -> None:
    task(wb, customer(wb))
    with pytest.raises(InvalidValue):
        today_acts.hand_over(wb, item_of(wb, "task"), "cleaning", "x", today=TODAY, now=NOW)
    assert set(today_acts.DEPARTMENTS) == {"sales", "support", "product", "management"}


def test_archived_accounts_are_out_of_sight(wb: Workbench) -> None:
    task(wb, customer(wb, archived_at="2026-11-01T00:00:00Z"))
    assert see(wb).items == ()
    assert queries.customers(wb.reads, TODAY, 45) == {}


def test_a_loop_past_its_day_is_a_line_until_they_were_told(wb: Workbench) -> None:
    account = customer(wb)
    case = voice_cases.add(wb, account, "Slow", said_on=TODAY - 9 * DAY, promised_on=TODAY - 3 * DAY, now=NOW)
    item = item_of(wb, "loop_overdue")
    assert (item.signal.verb, item.signal.due, item.group) == ("open_loop", TODAY - 3 * DAY, "now")
    assert signal_words.title(item.signal) == "Close a loop 3 days late"
    assert not [one for one in see(wb, NOW - 6 * DAY).items if one.signal.rule == "loop_overdue"]
    voice_cases.tell_back(wb, case, "Mended.", TODAY)
    assert not [one for one in see(wb).items if one.signal.rule == "loop_overdue"]
    wb.undo()
    assert item_of(wb, "loop_overdue").signal.account_id == account


def test_telling_them_ends_the_line_about_their_answer(sampled: Workbench) -> None:
    """One loop, one state: what the voice page closed is not asked for again by Today."""
    closed = {
        row[0]
        for row in sampled.reads.all("select survey_id from voice_case where status in ('done', 'no_action')")
    }
    asked = {int(item.signal.subject) for item in see(sampled).items if item.signal.code == "bad_answer"}
    assert closed
    assert not asked & closed
