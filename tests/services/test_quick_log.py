"""What the quick log reads while a line is typed: whom it is about, what may come next, which drafts there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench import i18n
from cs_workbench.errors import InvalidValue
from cs_workbench.services import contacts, drafts, portfolios, quick_log
from cs_workbench.services.quick_log import Look
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_person

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        with workbench.change("fill") as db:
            add_account(db, "Acme Inc.")
            aoba = add_account(db, "株式会社アオバ", reading="アオバ")
            add_account(db, "Twin")
            add_account(db, "Twin")
            add_account(db, 'He said "no"')
            ishii = add_person(db, aoba, "石井 奈緒", reading="イシイ ナオ")
            add_person(db, aoba, "石田 一")
            add_person(db, aoba, "森田 由美", status="left")
            db.execute("insert into person_role (person_id, role) values (?, 'champion')", (ishii,))
        for line in ("@acme call hello #risk", "@アオバ call hello #risk #goal"):
            contacts.log(workbench, line, now=NOW, today=TODAY)
        yield workbench


def look(wb: Workbench, text: str, *, cursor: int | None = None, account_id: int | None = None,
         composing: str = "") -> Look:  # fmt: skip
    words = quick_log.words_of(wb.reads)
    at = len(text) if cursor is None else cursor
    return quick_log.look(
        wb.reads, text, at, today=TODAY, words=words, account_id=account_id, composing=composing
    )


def offered(found: Look) -> list[tuple[str, str]]:
    return [(one.text, one.insert) for one in found.offers]


def test_the_account_typed_goes_before_the_one_stood_at(wb: Workbench) -> None:
    assert look(wb, "call hi", account_id=1).account == quick_log.Account(1, "Acme Inc.")
    assert look(wb, "@アオバ call hi", account_id=1).account == quick_log.Account(2, "株式会社アオバ")
    assert look(wb, "call hi").account is None
    assert look(wb, "call hi", account_id=99).account is None


@pytest.mark.parametrize(
    ("typed", "name"), [("@aoba", "株式会社アオバ"), ("@あお", "株式会社アオバ"), ("@ac", "Acme Inc.")]
)
def test_accounts_are_found_by_romaji_kana_and_letters(wb: Workbench, typed: str, name: str) -> None:
    found = look(wb, typed)
    assert found.offers[0].text == name
    assert found.eager
    assert (found.offers[0].start, found.offers[0].end) == (0, len(typed))


def test_a_mark_alone_offers_the_accounts_spoken_to_last(wb: Workbench) -> None:
    assert [one.text for one in look(wb, "@").offers] == ["株式会社アオバ", "Acme Inc."]


def test_what_is_inserted_means_exactly_the_one_chosen(wb: Workbench) -> None:
    for typed in ("@acme", "@twin", "@he said", '@"he', "@アオバ"):
        for offer in look(wb, typed).offers:
            text = f"{offer.insert} call hi"
            again = look(wb, text)
            assert again.account is not None, (typed, offer)
            assert again.account.name == offer.text
            assert contacts.log(wb, text, now=NOW, today=TODAY).account_id == again.account.id
    assert [one.insert for one in look(wb, "@twin").offers] == ["@3", "@4"]


def test_several_and_none(wb: Workbench) -> None:
    several = look(wb, "@twin call hi")
    assert several.several
    assert [(one.text, one.insert, one.second) for one in several.alike] == [
        ("Twin", "@3", "#3"),
        ("Twin", "@4", "#4"),
    ]
    assert not several.naming
    none = look(wb, "@Acmee call hi")
    assert none.unknown == "Acmee"
    assert [one.text for one in none.alike] == ["Acme Inc."]
    assert look(wb, "@nobody call hi").alike == ()
    assert look(wb, "@Acmee").naming


def test_people_are_offered_with_their_role_those_who_left_last(wb: Workbench) -> None:
    everybody = look(wb, "@アオバ call +")
    assert [(one.text, one.second) for one in everybody.offers] == [
        ("石井 奈緒", "Champion"), ("石田 一", ""), ("森田 由美", ""),
    ]  # fmt: skip
    assert offered(look(wb, "@アオバ call +ishi")) == [("石井 奈緒", "+石井")]
    assert look(wb, "@アオバ call +ishi").eager is False  # it means her already
    assert look(wb, "@アオバ call +石").eager
    assert offered(look(wb, "@アオバ call +石井 +石"))[0] == ("石田 一", "+石田")
    assert look(wb, "call +ishi").offers == ()


def test_tags_in_use_are_offered_the_most_used_first(wb: Workbench) -> None:
    assert offered(look(wb, "x #")) == [("risk", "#risk"), ("goal", "#goal")]
    assert offered(look(wb, "x #g")) == [("goal", "#goal")]
    assert offered(look(wb, "x #goal")) == []
    assert not look(wb, "x #g").eager


def test_dates_are_offered_with_their_day(wb: Workbench) -> None:
    found = look(wb, "x !tu")
    assert [(one.insert, one.due) for one in found.offers] == [("!tue", dt.date(2026, 12, 1))]
    assert found.eager
    whole = look(wb, "x !2026-12-01")
    assert [(one.insert, one.due) for one in whole.offers] == [("!2026-12-01", dt.date(2026, 12, 1))]
    assert not whole.eager


def test_channels_are_offered_at_the_beginning_only(wb: Workbench) -> None:
    assert ("Call", "Call") in offered(look(wb, "@acme ca"))
    assert ("Call", "Call") in offered(look(wb, "ca"))
    assert look(wb, "@acme talked ca").offers == ()
    assert look(wb, "@acme mail ca").offers == ()


def test_what_is_composed_is_offered_for_and_never_read_as_typed(wb: Workbench) -> None:
    i18n.set_language("ja")
    try:
        found = look(wb, "@アオバ call x ", composing="らいしゅう")
    finally:
        i18n.set_language("en")
    assert [one.due for one in found.offers[:2]] == [dt.date(2026, 12, 1), dt.date(2026, 12, 4)]
    assert found.offers[2].text == "石井 奈緒"
    assert all(one.start == one.end for one in found.offers)
    assert found.stored == "x"
    assert found.text == "@アオバ call x "


def test_the_note_as_stored_is_the_body_or_what_is_to_do(wb: Workbench) -> None:
    assert look(wb, "@acme call 20m hello #risk").stored == "hello"
    assert look(wb, "@acme next: send quote").stored == "send quote"
    kept = contacts.contact(
        wb.reads, contacts.log(wb, "@acme next: send quote", now=NOW, today=TODAY).interaction_id
    )
    assert kept.body == "send quote"


def test_an_account_can_be_added_by_name_in_one_step(wb: Workbench) -> None:
    made = quick_log.create_account(wb, " 新しい株式会社 ", now=NOW)
    assert look(wb, "@新しい hi").account == made == quick_log.Account(made.id, "新しい株式会社")
    assert wb.undo() == "Add account – 新しい株式会社"
    assert look(wb, "@新しい hi").account is None
    with pytest.raises(InvalidValue):
        quick_log.create_account(wb, "  ", now=NOW)


def test_the_opening_brings_the_drafts_of_the_quick_log_only(wb: Workbench) -> None:
    drafts.keep(wb, drafts.quick_log_key(1), "call", now=NOW)
    drafts.keep(wb, drafts.quick_log_key(None), "mail", now=NOW + dt.timedelta(minutes=1))
    drafts.keep(wb, "account:1:note", "note", now=NOW)
    drafts.keep(wb, "seen:account:1", "2026-11-24", now=NOW)
    opened = quick_log.opening(wb.reads, 1)
    assert [(one.text, one.account_id) for one in opened.kept] == [("mail", 0), ("call", 1)]
    assert opened.names == {1: "Acme Inc."}
    assert opened.account == quick_log.Account(1, "Acme Inc.")
    assert [one.text for one in drafts.unsaved(wb.reads)] == ["mail", "note", "call"]
    assert [one.is_quick_log for one in drafts.unsaved(wb.reads)] == [True, False, True]


def test_a_key_costs_the_same_statements_whatever_there_is(wb: Workbench) -> None:
    words = quick_log.words_of(wb.reads)

    def statements() -> int:
        made: list[str] = []
        reader = wb.database.reader()
        reader.set_trace_callback(made.append)
        quick_log.look(wb.reads, "@アオバ call +石", 13, today=TODAY, words=words)
        reader.set_trace_callback(None)
        return len(made)

    few = statements()
    with wb.change("more") as db:
        for number in range(60):
            add_account(db, f"A{number}")
            add_person(db, 2, f"石{number}")
    assert statements() == few <= 10


def test_rescoring_an_account_that_is_gone_does_nothing(wb: Workbench) -> None:
    quick_log.rescore(wb, 999, today=TODAY, now=NOW)
    assert wb.reads.scalar("select count(*) from snapshot") == 0
    quick_log.rescore(wb, 1, today=TODAY, now=NOW)
    assert wb.reads.scalar("select count(*) from snapshot") == 1
