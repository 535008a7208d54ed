"""The account page's readings: few statements whatever is on record, figures that agree with one another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cs_workbench import i18n
from cs_workbench.errors import NotFound
from cs_workbench.services import (
    account_page,
    account_tabs,
    accounts,
    contacts,
    health,
    plans,
    portfolios,
    sample,
    tasks,
)
from cs_workbench.services.portfolio_settings import set_settings
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.once import Once
from tests.builders_plans import aoba_plan
from tests.builders_store import add_account, add_contract, add_interaction, add_person, add_task, count

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
MOST_STATEMENTS = 25


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        yield workbench


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """The sample scored twice; only for reading."""
    path = str(tmp_path_factory.mktemp("sample") / "s.csw")
    with portfolios.create(path, now=NOW, language="ja") as workbench:
        sample.create(workbench, today=TODAY, language="ja")
        for ago in (14, 0):
            health.score_all(workbench, TODAY - ago * DAY, now=NOW)
        yield workbench


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Once]:
    """Every look that was taken."""
    looks: list[Once] = []
    begin = Once.__init__

    def counted(self: Once, reads: Any) -> None:
        begin(self, reads)
        looks.append(self)

    monkeypatch.setattr(Once, "__init__", counted)
    return looks


def ids(wb: Workbench) -> list[int]:
    return [row.id for row in accounts.account_list(wb.reads, TODAY)]


def test_statements_are_few_and_the_same_for_everybody(sampled: Workbench, asked: list[Once]) -> None:
    for account in ids(sampled):
        account_page.load(sampled.reads, account, TODAY)
    assert {look.asked for look in asked} == {asked[0].asked}
    assert asked[0].asked <= MOST_STATEMENTS


@pytest.mark.parametrize("read", [account_tabs.people, account_tabs.timeline])
def test_tabs_ask_the_same_number_of_statements(
    sampled: Workbench, asked: list[Once], read: Callable[..., object]
) -> None:
    for account in ids(sampled):
        read(sampled.reads, account, TODAY)
    assert {look.asked for look in asked} == {asked[0].asked}
    assert asked[0].asked <= 12


def test_contributions_and_changes_add_up(sampled: Workbench) -> None:
    compared = 0
    for account in ids(sampled):
        seen = account_page.load(sampled.reads, account, TODAY)
        if seen.score.score is None:
            continue
        assert sum(one.contribution for one in seen.score.measures) == pytest.approx(
            seen.score.score, abs=0.05
        )
        if seen.before is not None and seen.before.score is not None:
            compared += 1
            moved = sum(one.delta or 0.0 for one in seen.changes)
            assert moved == pytest.approx(seen.score.score - seen.before.score, abs=0.1)
    assert compared > 20


def test_head_counts_what_the_tabs_list(sampled: Workbench) -> None:
    for account in ids(sampled)[:6]:
        head = account_page.load(sampled.reads, account, TODAY).head
        assert head.people == len(account_tabs.people(sampled.reads, account, TODAY).people)
        assert head.records == len(account_tabs.timeline(sampled.reads, account, TODAY).entries)
        assert head.contracts == len(account_tabs.contracts(sampled.reads, account, TODAY))
        waiting = [one for one in account_tabs.tasks(sampled.reads, account, TODAY) if one.done_on is None]
        assert head.open_tasks == len(waiting)


def test_an_unknown_account_is_told(wb: Workbench) -> None:
    with pytest.raises(NotFound):
        account_page.load(wb.reads, 99, TODAY)


def test_an_account_with_nothing_on_record(wb: Workbench) -> None:
    with wb.change("fill") as db:
        account = add_account(db, "Empty")
    seen = account_page.load(wb.reads, account, TODAY)
    assert (seen.worth, seen.seats, seen.renewal, seen.before, seen.tasks, seen.people) == (
        (),
        None,
        None,
        None,
        (),
        (),
    )
    assert seen.score.score is None
    assert seen.path is None
    empty = account_tabs.timeline(wb.reads, account, TODAY)
    assert (empty.entries, empty.promises, empty.draft) == ((), (), "")
    assert [number for _month, number in empty.rhythm] == [0] * 13


def test_the_head_counts_the_objectives_of_the_plan_shown_first(wb: Workbench) -> None:
    with wb.change("fill") as db:
        account, other = add_account(db, "Aoba"), add_account(db, "Kita")
    assert account_page.load(wb.reads, account, TODAY).head.objectives == 0
    aoba_plan(wb, account)
    older = plans.create(wb, account, "Older", now=NOW)
    plans.edit(wb, "plan", older, "status", "done", now=NOW)
    assert account_page.load(wb.reads, account, TODAY).head.objectives == 3
    assert account_page.load(wb.reads, other, TODAY).head.objectives == 0


def test_worth_seats_and_deadline_of_running_contracts(wb: Workbench) -> None:
    with wb.change("fill") as db:
        account = add_account(db, "Aoba")
        end = str(TODAY + 60 * DAY)
        add_contract(db, account, arr=650 * 10_000, currency="JPY", seats=120, end_on=end, notice_days=30)
        add_contract(db, account, mrr=10 * 10_000, currency="USD", seats=5, end_on=end)
        add_contract(db, account, arr=1, currency="JPY", seats=9, is_trial=1, end_on=end)
        add_contract(db, account, arr=1, currency="JPY", seats=9, end_on=str(TODAY - DAY), status="ended")
    seen = account_page.load(wb.reads, account, TODAY)
    assert sorted(seen.worth) == [(Decimal(120), "USD"), (Decimal(650), "JPY")]
    assert seen.seats == 125
    assert seen.renewal is not None
    assert seen.renewal.deadline == TODAY + 30 * DAY


def test_what_is_new_counts_from_the_last_look_of_an_earlier_day(wb: Workbench) -> None:
    with wb.change("fill") as db:
        account = add_account(db, "Aoba")
        add_interaction(db, account, "before", subject="", at="2026-11-09T03:00:00Z")
    early = dt.date(2026, 11, 10)
    account_page.mark_seen(wb, account, today=early, now=NOW)
    health.score_all(wb, early, now=NOW)
    with wb.change("fill") as db:
        add_interaction(db, account, "after", subject="", at="2026-11-19T03:00:00Z")
    for _look in range(2):  # a second look on the same day does not forget what was new in the morning
        seen = account_page.load(wb.reads, account, TODAY)
        assert seen.since == early
        assert [one.text for one in seen.news] == ["after"]
        account_page.mark_seen(wb, account, today=TODAY, now=NOW)
    later = account_page.load(wb.reads, account, TODAY + DAY)
    assert (later.since, later.news) == (TODAY, ())


def test_looking_is_no_edit(wb: Workbench) -> None:
    with wb.change("fill") as db:
        account = add_account(db, "Aoba")
    steps = len(wb.history())
    account_page.mark_seen(wb, account, today=TODAY, now=NOW)
    seen = account_page.load(wb.reads, account, TODAY)
    assert account_page.keep_score(wb, seen.score, now=NOW)
    assert not account_page.keep_score(wb, seen.score, now=NOW)
    assert count(wb, "snapshot") == 1
    assert len(wb.history()) == steps


def test_a_spoilt_note_of_the_last_look_is_as_if_there_was_none(wb: Workbench) -> None:
    with wb.change("fill") as db:
        account = add_account(db, "Aoba")
    with wb.evidence("spoil") as db:
        db.execute("insert into draft values ('seen:account:1', 'yesterday', '2026-11-24T00:00:00Z')")
    assert account_page.load(wb.reads, account, TODAY).since is None
    account_page.mark_seen(wb, account, today=TODAY, now=NOW)
    assert account_page.load(wb.reads, account, TODAY + DAY).since == TODAY


def test_labels_in_both_languages(wb: Workbench) -> None:
    labels = account_page.labels_of(wb.reads)
    assert dict(labels.choices("channel"))["call"] == "Call"
    i18n.set_language("ja")
    try:
        assert labels.of("channel", "call") == "電話"
    finally:
        i18n.set_language("en")
    assert (labels.of("stage", None), labels.of("stage", "of my own")) == ("", "of my own")
    assert labels.channel_words()["電話"] == "call"


def test_an_archived_account_shows_its_last_score(wb: Workbench) -> None:
    with wb.change("fill") as db:
        account = add_account(db, "Aoba")
    accounts.archive(wb, account, now=NOW)
    with pytest.raises(NotFound):
        account_page.load(wb.reads, account, TODAY)
    accounts.unarchive(wb, account, now=NOW)
    health.score_all(wb, TODAY, now=NOW)
    accounts.archive(wb, account, now=NOW)
    seen = account_page.load(wb.reads, account, TODAY)
    assert seen.head.archived
    assert seen.path is None


def test_the_timeline_tells_every_kind(wb: Workbench) -> None:
    with wb.change("fill") as db:
        account = add_account(db, "Aoba", stage="onboarding")
        person = add_person(db, account, "石井 健一")
    contacts.log(
        wb,
        "call 20m 石井様 talked #risk promise: send list !2026-12-01",
        now=NOW,
        today=TODAY,
        account_id=account,
    )
    with wb.change("fill") as db:
        at = "2026-11-20T02:00:00Z"
        for values in (("T-1", at, None, "open"), ("T-2", at, at, "done")):
            db.execute(
                "insert into ticket (account_id, external_id, opened_at, solved_at, status, subject, source)"
                " values (1, ?, ?, ?, ?, 'broken', 's')", values,
            )  # fmt: skip
        db.execute(
            "insert into survey (account_id, kind, score, comment, answered_on)"
            " values (1, 'nps', 9, 'ok', '2026-11-18')"
        )
        db.execute(
            "insert into contract_event (account_id, kind, on_date, amount, currency)"
            " values (1, 'new', '2026-04-01', 65000000000, 'JPY')"
        )
    accounts.set_stage(wb, account, "renewal", now=NOW)
    accounts.rename(wb, account, "Aoba KK", now=NOW)
    line = account_tabs.timeline(wb.reads, account, TODAY)
    assert line.counts == {"call": 1, "ticket": 2, "survey": 1, "change": 3}
    call = next(one for one in line.entries if one.record == "interaction")
    assert (call.people, call.tags, call.figure) == (("石井 健一",), ("risk",), 20)
    assert {(one.what, one.state, one.text) for one in line.entries if one.record == "audit"} == {
        ("account.stage", "onboarding", "renewal"), ("account.name", "Aoba", "Aoba KK"),
    }  # fmt: skip
    assert [one.day for one in line.entries] == sorted((one.day for one in line.entries), reverse=True)
    assert [one.kind for one in line.promises] == ["promise_ours"]
    assert line.rhythm[-1] == (dt.date(2026, 11, 1), 1)
    assert [one.id for one in line.known] == [person]


def test_a_change_of_band_is_on_the_timeline(wb: Workbench) -> None:
    with wb.change("fill") as db:
        account = add_account(db, "Aoba")
    with wb.evidence("scores") as db:
        for day, band, score in (
            ("2026-10-01", "green", 80),
            ("2026-11-01", "green", 78),
            ("2026-11-10", "red", 30),
        ):
            db.execute(
                "insert into snapshot (account_id, as_of, scorecard_id, score, band, coverage, detail, computed_at)"
                " values (1, ?, 1, ?, ?, 1, '{}', '2026-11-10T00:00:00Z')", (day, score, band),
            )  # fmt: skip
    (change,) = account_tabs.timeline(wb.reads, account, TODAY).entries
    assert (change.record, change.title, change.what, change.figure) == ("health", "green", "red", 30)


def test_open_tasks_come_first_and_done_ones_leave_after_a_month(wb: Workbench) -> None:
    with wb.change("fill") as db:
        account = add_account(db, "Aoba")
        add_task(db, account, "no date")
        add_task(db, account, "late", due_on="2026-11-20")
        add_task(db, account, "done lately", done_on="2026-11-20")
        add_task(db, account, "done long ago", done_on="2026-09-20")
    assert [one.title for one in account_tabs.tasks(wb.reads, account, TODAY)] == [
        "late",
        "no date",
        "done lately",
    ]
    first = account_tabs.tasks(wb.reads, account, TODAY)[0]
    tasks.done(wb, first.id, on=TODAY)
    assert account_tabs.tasks(wb.reads, account, TODAY)[0].title == "no date"


def test_documents_say_which_files_are_still_there(wb: Workbench, tmp_path: Path) -> None:
    with wb.change("fill") as db:
        account = add_account(db, "Aoba")
    there = tmp_path / "there.pdf"
    there.write_bytes(b"%PDF")
    with wb.evidence("made") as db:
        db.execute(
            "insert into pack_record (account_id, at, template, edition, language, as_of, files, facts)"
            " values (1, '2026-11-20T00:00:00Z', 'renewal_briefing', 'customer', 'ja', '2026-11-20', ?, '{}')",
            (f'["{there}", "gone.docx"]',),
        )
    (line,) = account_tabs.documents(wb.reads, account)
    assert line.files == ("there.pdf", "gone.docx")
    assert line.paths == (str(there),)
    moved = tmp_path / "documents" / "there.pdf"
    moved.parent.mkdir()
    there.rename(moved)
    set_settings(wb, {"documents_folder": str(moved.parent)})
    assert account_tabs.documents(wb.reads, account)[0].paths == (str(moved),), (
        "as the Documents page finds it"
    )
    assert account_page.load(wb.reads, account, TODAY).head.documents == 1


@pytest.mark.parametrize(
    ("external_id", "shown"),
    [("K-12", "K-12"), (None, ""), ("acme#main", ""), ("acme#main-2", "acme#main-2")],
)
def test_a_contract_shows_its_own_number_only(wb: Workbench, external_id: str | None, shown: str) -> None:
    with wb.change("fill") as db:
        account = add_account(db, "Aoba")
        add_contract(db, account, external_id=external_id)
    (line,) = account_tabs.contracts(wb.reads, account, TODAY)
    assert line.name == shown
