"""Logging, editing and deleting a contact, with participants, follow-ups and undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cs_workbench.errors import FileProblem, InvalidValue, NotFound
from cs_workbench.services import contacts, drafts, portfolios, tasks
from cs_workbench.services.search import search
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_person
from tests.builders_store import state as digest

NOW = dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        with workbench.change("fill") as db:
            acme = add_account(db, "Acme Inc.")
            aoba = add_account(db, "株式会社アオバ")
            add_person(db, acme, "Emma Clarke")
            add_person(db, acme, "Emma Stone")
            add_person(db, aoba, "石井 奈緒", reading="イシイ ナオ")
        yield workbench


def log(wb: Workbench, text: str, **more: object) -> contacts.Logged:
    return contacts.log(wb, text, now=NOW, today=TODAY, **more)  # type: ignore[arg-type]


def test_one_line_becomes_contact_tags_and_task(wb: Workbench) -> None:
    logged = log(wb, "@acme call 20m talked about renewal #risk !2026-12-01 next: send quote +Clarke")
    assert (logged.account_id, logged.account, logged.people, logged.unmatched) == (1, "Acme Inc.", (1,), ())
    kept = contacts.contact(wb.reads, logged.interaction_id)
    assert (kept.channel, kept.direction, kept.duration_min, kept.body) == (
        "call",
        "both",
        20,
        "talked about renewal",
    )
    assert (kept.at, kept.tags, kept.people) == (NOW, ("risk",), (1,))
    (task,) = tasks.open_tasks(wb.reads, 1)
    assert (task.id, task.title, task.due_on) == (logged.task_id, "send quote", dt.date(2026, 12, 1))
    assert (task.person_id, task.interaction_id, task.kind) == (1, logged.interaction_id, "task")
    assert [hit.id for hit in search(wb.reads, "renewal")] == [logged.interaction_id]


def test_it_is_one_undo_step_and_undo_leaves_nothing(wb: Workbench) -> None:
    before = digest(wb.reads)
    logged = log(wb, "@acme call hello #a !明日 promise: deck +Clarke")
    after = digest(wb.reads)
    assert wb.undo() == "Log contact – Acme Inc."
    assert digest(wb.reads) == before
    assert search(wb.reads, "hello") == []
    wb.redo()
    assert digest(wb.reads) == after
    assert contacts.contact(wb.reads, logged.interaction_id).tags == ("a",)


def test_a_japanese_line_with_a_promise_and_a_reading(wb: Workbench) -> None:
    logged = log(wb, "＠アオバ　昨日　訪問　１時間　石井様と更新の相談　約束：資料を送る　！明日")
    kept = contacts.contact(wb.reads, logged.interaction_id)
    assert (kept.channel, kept.duration_min, kept.body) == ("visit", 60, "石井様と更新の相談")
    assert kept.at == NOW - dt.timedelta(days=1)
    assert kept.people == (3,)
    (promise,) = tasks.open_tasks(wb.reads)
    assert (promise.kind, promise.title, promise.due_on) == (
        "promise_ours",
        "資料を送る",
        dt.date(2026, 11, 22),
    )


def test_an_ambiguous_or_unknown_participant_is_told_not_guessed(wb: Workbench) -> None:
    logged = log(wb, "@acme call +Emma +Nobody hello")
    assert (logged.people, logged.unmatched) == ((), ("Emma", "Nobody"))


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Follow up: asked for a quote"), (None, "Follow up: asked for a quote")]
)
def test_a_date_without_words_follows_up_on_the_contact(
    wb: Workbench, language: str | None, title: str
) -> None:
    log(wb, "@acme call asked for a quote !+7d", language=language)
    assert [task.title for task in tasks.open_tasks(wb.reads)] == [title]


def test_the_account_at_hand_is_used_unless_the_line_names_one(wb: Workbench) -> None:
    assert log(wb, "call hello", account_id=2).account_id == 2
    assert log(wb, "@acme call hello", account_id=2).account_id == 1


def test_a_line_of_only_a_next_step_keeps_its_words_as_a_note(wb: Workbench) -> None:
    logged = log(wb, "@acme next: send quote")
    kept = contacts.contact(wb.reads, logged.interaction_id)
    assert (kept.channel, kept.direction, kept.body) == ("note", "none", "send quote")


def test_own_channels_are_known(wb: Workbench) -> None:
    assert contacts.preview(wb.reads, "event 60m webinar", today=TODAY).channel == "event"


@pytest.mark.parametrize(
    ("text", "code"), [("call hello", "no_account"), ("@acme", "empty_log"), ("@acme #x", "empty_log")]
)
def test_lines_that_say_too_little_are_refused(wb: Workbench, text: str, code: str) -> None:
    before = digest(wb.reads)
    with pytest.raises(InvalidValue) as told:
        log(wb, text)
    assert told.value.code == code
    assert told.value.remedy
    assert digest(wb.reads) == before


def test_an_unknown_account_is_told(wb: Workbench) -> None:
    with pytest.raises(NotFound):
        log(wb, "@nowhere call hello")
    with pytest.raises(NotFound):
        log(wb, "call hello", account_id=99)


def test_an_edited_copy_is_kept_and_undone(wb: Workbench) -> None:
    logged = log(wb, "@acme call hello +Clarke #a")
    before = digest(wb.reads)
    kept = contacts.contact(wb.reads, logged.interaction_id)
    changed = replace(
        kept, subject="Renewal", body="goodbye", people=(1, 2), tags=("b",), duration_min=5, direction="in"
    )
    contacts.save(wb, changed, now=NOW)
    assert contacts.contact(wb.reads, kept.id) == changed
    assert [hit.id for hit in search(wb.reads, "goodbye")] == [kept.id]
    assert search(wb.reads, "hello") == []
    wb.undo()
    assert digest(wb.reads) == before


@pytest.mark.parametrize("wrong", [{"duration_min": 0}, {"duration_min": 99_999}, {"direction": "sideways"}])
def test_impossible_edits_are_refused(wb: Workbench, wrong: dict[str, object]) -> None:
    kept = contacts.contact(wb.reads, log(wb, "@acme call hello").interaction_id)
    with pytest.raises(InvalidValue):
        contacts.save(wb, replace(kept, **wrong), now=NOW)  # type: ignore[arg-type]


def test_deleting_keeps_the_task_and_can_be_undone(wb: Workbench) -> None:
    logged = log(wb, "@acme call hello next: quote")
    before = digest(wb.reads)
    contacts.delete(wb, logged.interaction_id)
    assert tasks.open_tasks(wb.reads)[0].interaction_id is None
    with pytest.raises(NotFound):
        contacts.contact(wb.reads, logged.interaction_id)
    for verb in (lambda: contacts.delete(wb, logged.interaction_id), lambda: contacts.delete(wb, 999)):
        with pytest.raises(NotFound):
            verb()
    wb.undo()
    assert digest(wb.reads) == before


def test_the_draft_goes_in_the_same_breath(wb: Workbench) -> None:
    """And undo, which takes the contact back, does not bring back what was typed on the way to it."""
    drafts.keep(wb, "quick_log:1", "call 20m", now=NOW)
    log(wb, "@acme call 20m renewal", draft_key="quick_log:1")
    assert drafts.draft(wb.reads, "quick_log:1") == ""
    wb.undo()
    assert drafts.draft(wb.reads, "quick_log:1") == ""


def test_where_its_draft_cannot_be_taken_away_nothing_was_logged(
    wb: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the next Enter would log it a second time."""
    drafts.keep(wb, "quick_log:1", "call 20m", now=NOW)
    before = digest(wb.reads)

    def full(*_: object) -> None:
        raise FileProblem("The disk is full.", "Free some room.", code="disk_full")

    with monkeypatch.context() as patched:
        patched.setattr(contacts.drafts, "put_draft", full)
        with pytest.raises(FileProblem):
            log(wb, "@acme call 20m renewal", draft_key="quick_log:1")
    assert digest(wb.reads) == before
    assert drafts.draft(wb.reads, "quick_log:1") == "call 20m"
