"""Edits in place: what is typed is read strictly, kept as one undo step, refused with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import account_edits, portfolios
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_contract, add_person, add_task
from tests.builders_store import state as digest

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        with workbench.change("fill") as db:
            add_account(db)
            add_person(db, 1, "石井 健一")
            add_contract(db, 1, name="A-1", start_on="2026-01-01", end_on="2026-12-31", currency="JPY")
            add_task(db, 1)
        yield workbench


@pytest.mark.parametrize(
    ("entity", "field", "typed", "kept"),
    [
        ("contract", "end_on", "2027/03/31", dt.date(2027, 3, 31)),
        ("contract", "end_on", "12/24", dt.date(2026, 12, 24)),
        ("contract", "end_on", " ", None),
        ("contract", "arr", "6.5M", Decimal(6_500_000)),
        ("contract", "arr", "650万円", Decimal(6_500_000)),
        ("contract", "seats", "1,200", 1200),
        ("contract", "notice_months", "2", 2),
        ("contract", "auto_renew", "1", True),
        ("contract", "auto_renew", "0", False),
        ("contract", "auto_renew", "", None),
        ("contract", "status", "ended", "ended"),
        ("person", "influence", "5", 5),
        ("person", "email", "Ishii@Example.COM ", "ishii@example.com"),
        ("person", "sentiment", "", None),
        ("person", "title", "<b>部長</b>", "<b>部長</b>"),
        ("task", "due_on", "tomorrow", dt.date(2026, 11, 25)),
        ("task", "due_on", "+3", dt.date(2026, 11, 27)),
        ("contract", "end_on", "+0", dt.date(2026, 11, 24)),
        ("contract", "end_on", "+2w", dt.date(2026, 12, 8)),
        ("task", "title", " Call ", "Call"),
    ],
)
def test_what_is_typed_is_read(entity: str, field: str, typed: str, kept: object) -> None:
    assert account_edits.read(entity, field, typed, TODAY) == kept


@pytest.mark.parametrize(
    ("entity", "field", "typed"),
    [
        ("contract", "end_on", "2026-02-30"), ("contract", "end_on", "soon"),
        ("contract", "end_on", "+99999"), ("contract", "arr", "lots"),
        ("contract", "seats", "-1"), ("contract", "seats", "1.5"), ("contract", "status", "asleep"),
        ("person", "influence", "6"), ("person", "influence", "0"), ("person", "name", "  "), ("task", "title", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_words(entity: str, field: str, typed: str) -> None:
    with pytest.raises(InvalidValue) as told:
        account_edits.read(entity, field, typed, TODAY)
    assert told.value.message


def test_the_remedy_for_a_day_can_be_taken_at_its_word() -> None:
    with pytest.raises(InvalidValue) as told:
        account_edits.read("person", "left_on", "some day", TODAY)
    assert told.value.code == "date"
    assert told.value.remedy == "Type 2026-11-24, 11/24, +3 or tomorrow."
    for typed in ("2026-11-24", "11/24", "+3", "tomorrow"):
        assert isinstance(account_edits.read("person", "left_on", typed, TODAY), dt.date)


@pytest.mark.parametrize(
    ("entity", "field", "value", "step"),
    [
        ("person", "name", "石井 健二", "Edit person"),
        ("contract", "end_on", dt.date(2027, 3, 31), "Edit contract"),
        ("task", "owner", "me", "Edit task"),
    ],
)
def test_an_edit_is_one_step_and_can_be_undone(
    wb: Workbench, entity: str, field: str, value: object, step: str
) -> None:
    before = digest(wb.reads)
    account_edits.edit(wb, entity, 1, field, value, now=NOW)
    assert digest(wb.reads) != before
    assert wb.undo() == step
    assert digest(wb.reads) == before


def test_a_renamed_person_is_found_by_the_new_name(wb: Workbench) -> None:
    account_edits.edit(wb, "person", 1, "name", "Ｉｓｈｉｉ", now=NOW)
    assert wb.reads.one("select name, name_key from person") == ("Ｉｓｈｉｉ", "ishii")


def test_who_comes_back_has_left_no_more(wb: Workbench) -> None:
    account_edits.edit(wb, "person", 1, "status", "left", now=NOW)
    account_edits.edit(wb, "person", 1, "left_on", TODAY, now=NOW)
    account_edits.edit(wb, "person", 1, "status", "active", now=NOW)
    assert wb.reads.one("select status, left_on from person") == ("active", None)


def test_a_contract_cannot_end_before_it_begins(wb: Workbench) -> None:
    before = digest(wb.reads)
    with pytest.raises(InvalidValue):
        account_edits.edit(wb, "contract", 1, "end_on", dt.date(2025, 1, 1), now=NOW)
    assert digest(wb.reads) == before


@pytest.mark.parametrize(
    ("start", "end", "sound"),
    [
        (TODAY, TODAY, True), (TODAY, TODAY - dt.timedelta(days=1), False), (None, TODAY, True),
        (TODAY, None, True), (None, None, True),
    ],
)  # fmt: skip
def test_a_term_may_be_open_and_may_be_one_day(
    start: dt.date | None, end: dt.date | None, sound: bool
) -> None:
    if sound:
        account_edits.check_term(start, end, "end_on")
    else:
        with pytest.raises(InvalidValue) as told:
            account_edits.check_term(start, end, "end_on")
        assert told.value.remedy == "Correct the other date first."


def test_roles_are_replaced(wb: Workbench) -> None:
    account_edits.set_roles(wb, 1, ("champion", "user", "champion"), now=NOW)
    account_edits.set_roles(wb, 1, ("user",), now=NOW)
    assert wb.reads.all("select role from person_role") == [("user",)]
    assert wb.undo() == "Change roles"
    assert wb.reads.all("select role from person_role order by role") == [("champion",), ("user",)]


def test_somebody_and_something_new(wb: Workbench) -> None:
    person = account_edits.add_person(wb, 1, " 森田 ", now=NOW)
    contract = account_edits.add_contract(wb, 1, "", currency="JPY", now=NOW)
    assert wb.reads.one("select name, account_id from person where id = ?", [person]) == ("森田", 1)
    assert wb.reads.one("select name, currency, status from contract where id = ?", [contract]) == (
        None,
        "JPY",
        "active",
    )
    with pytest.raises(InvalidValue):
        account_edits.add_person(wb, 1, "", now=NOW)


@pytest.mark.parametrize("entity", ["person", "contract", "task"])
def test_what_is_gone_is_told(wb: Workbench, entity: str) -> None:
    with pytest.raises(NotFound):
        account_edits.edit(wb, entity, 77, "name" if entity != "task" else "title", "x", now=NOW)
    with pytest.raises(KeyError):
        account_edits.edit(wb, entity, 1, "account_id", 2, now=NOW)
