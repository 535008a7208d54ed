"""The smaller parts of an import: cells for spreadsheets, values on their way, warnings, plain results."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from cs_workbench.intake.rows import MetricSpec
from cs_workbench.services.intake.context import listed, money, stored
from cs_workbench.services.intake.freight import dump, load
from cs_workbench.services.intake.plan_events import content_key
from cs_workbench.services.intake.rejected import safe_cell
from cs_workbench.services.intake.result import Tally
from cs_workbench.services.intake.wording import sentences, warning


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3+cmd", "'-2+3+cmd"),
        ("  =x", "'  =x"),
        ("＝x", "'＝x"),
        ("\t=x", "'\t=x"),
        ("-1,200.50", "-1,200.50"),
        ("+81", "+81"),
        ("plain", "plain"),
        ("a=b", "a=b"),
        (None, ""),
        (True, "TRUE"),
        (False, "FALSE"),
        (3, "3"),
        (2.5, "2.5"),
        (dt.date(2026, 4, 1), "2026-04-01"),
    ],
)
def test_no_cell_of_a_rejected_file_is_a_formula(cell: Any, text: str) -> None:
    assert safe_cell(cell) == text


def test_values_survive_the_stage() -> None:
    values = {
        "name": "アオバ",
        "on": dt.date(2026, 4, 1),
        "at": dt.datetime(2026, 4, 1, 9, tzinfo=dt.UTC),
        "amount": Decimal("12.3400"),
        "tags": ("a", "b"),
        "flag": False,
        "zero": 0,
        "metric": MetricSpec("seats", "Seats", "seats", None, "seats_used", "seats", "last"),
    }
    assert load(dump(values)) == values
    assert dump({"empty": None, "blank": "", "none": ()}) == {}


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (True, 1),
        (dt.datetime(2026, 4, 1, 9, tzinfo=dt.timezone(dt.timedelta(hours=9))), "2026-04-01T00:00:00Z"),
        (dt.date(2026, 4, 1), "2026-04-01"),
        (Decimal("0.25"), 0.25),
        ("text", "text"),
        (None, None),
    ],
)
def test_values_as_the_store_keeps_them(value: Any, kept: Any) -> None:
    assert stored(value) == kept


@pytest.mark.parametrize(
    ("amount", "kept"),
    [
        (Decimal("1200000"), 12_000_000_000),
        (Decimal("0.00005"), 0),
        (Decimal("0.00015"), 2),
        (0, 0),
        (None, None),
    ],
)
def test_money_is_whole_ten_thousandths(amount: Any, kept: int | None) -> None:
    assert money(amount) == kept


@pytest.mark.parametrize(
    ("value", "texts"), [(None, ()), ("", ()), ("a", ("a",)), (("a", "", "b"), ("a", "b"))]
)
def test_fields_of_one_or_many_texts(value: Any, texts: tuple[str, ...]) -> None:
    assert listed(value) == texts


def test_a_row_without_an_id_is_known_by_whose_it_is_and_what_it_says() -> None:
    row = {"account_ref": "A1", "subject": "Help", "status": "open"}
    assert content_key(row, ("subject",)) == content_key(row | {"status": "done"}, ("subject",))
    assert content_key(row, ("subject",)) != content_key(row | {"account_ref": "A2"}, ("subject",))
    assert content_key(row, ("subject",)) != content_key(row | {"subject": "Help!"}, ("subject",))
    assert content_key(row, ("subject",)).startswith("row:")


@pytest.mark.parametrize("code", sorted(sentences(2)))
def test_every_warning_can_be_said(code: str) -> None:
    tally = Tally()
    for example in ("x", "y", "x", "1", "2", "3", "4"):
        tally.add(example)
    told = warning(code, tally)
    assert told.count == 7
    assert told.examples == ("x", "y", "1", "2", "3")
    assert "{" not in told.message


@pytest.mark.parametrize(
    ("code", "one", "many"),
    [
        ("renamed", "1 customer has another name", "2 customers have another name"),
        (
            "no_account",
            "1 opportunity names no known customer: it is",
            "2 opportunities name no known customer: they",
        ),
        ("date_order", "1 row ends before it begins (tea)", "2 rows end before they begin (tea, rice)"),
        ("account_created", "1 row names a customer", "2 rows name customers"),
        (
            "after_end",
            "1 reading is dated after the end of its",
            "2 readings are dated after the end of their",
        ),
    ],
)
def test_one_is_not_told_as_many(code: str, one: str, many: str) -> None:
    assert warning(code, Tally(1, ["tea"])).message.startswith(one)
    assert warning(code, Tally(2, ["tea", "rice"])).message.startswith(many)


def test_large_counts_are_grouped() -> None:
    assert "19,142 readings" in warning("before_start", Tally(19_142)).message


def test_a_warning_of_the_reader_keeps_its_own_words() -> None:
    assert (
        warning("footer_dropped", Tally(1), "Two lines were left out.").message == "Two lines were left out."
    )
