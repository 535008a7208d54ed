"""The look of a column's values: shares by type, orders of dates, types of custom fields."""

from __future__ import annotations

import datetime as dt

import pytest

from cs_workbench.intake.shape import Shape, currency_of, custom_type, day_order, reader, shapes, vocabulary
from cs_workbench.intake.table import Cell, Table


def shape(*cells: Cell) -> Shape:
    """A column of these values."""
    return shapes(Table.of(["x"], [[cell] for cell in cells]))[0]


@pytest.mark.parametrize(
    ("type_name", "cells", "share"),
    [
        ("date", ("2026-03-01", "令和8年3月1日", "3/4/2026", "x"), 0.75),
        ("date", (20260301, 3.5), 0.0),
        ("date", (dt.date(2026, 3, 1),), 1.0),
        ("instant", ("2026-03-01 9:00", "2026-03-01"), 1.0),
        ("money", ("¥1,200", "120万円", "free"), 2 / 3),
        ("number", ("1", "△2", "true", True), 0.5),
        ("count", ("1", "-1"), 0.5),
        ("bool", ("yes", "○", "maybe", "2"), 0.5),
        ("mail", ("a@b.example", "a at b"), 0.5),
        ("domain", ("https://www.a.example/x", "a@b.example", "Acme"), 1 / 3),
        ("kana", ("アオバ", "あおば", "青葉"), 2 / 3),
        ("name", ("Acme", "123", "a@b.example", "2026-01-01"), 0.25),
        ("term", ("12", "One year", "a while"), 2 / 3),
        ("notice", ("90日", "3か月前", "2026-01-01"), 2 / 3),
        ("phone", ("03-1234-5678", "call me"), 0.5),
        ("minutes", ("1:30", "12", "x"), 2 / 3),
        ("rating5", ("5", "9"), 0.5),
        ("currency", ("JPY", "USD - U.S. Dollar", "12"), 2 / 3),
        ("event_kind", ("Renewed", "churned", "pending"), 2 / 3),
        ("contract_status", ("有効", "renewal pending"), 0.5),
        ("satisfaction", ("Good", "4", "Not Offered", "blue"), 0.75),
        ("text", ("anything",), 1.0),
    ],
)
def test_share(type_name: str, cells: tuple[Cell, ...], share: float) -> None:
    assert shape(*cells).share(type_name) == pytest.approx(share)


def test_blanks_do_not_count() -> None:
    found = shape("", "-", "N/A", None, "a", "a")
    assert (found.filled, found.distinct, found.rows, found.unique) == (2, 1, 6, 0.5)
    assert shape("", "").share("date") == 1.0
    assert shape("").unique == 1.0


def test_columns_of_short_rows() -> None:
    columns = shapes(Table.of(["a", "b"], [["1"], ["2", "3"]]))
    assert [column.filled for column in columns] == [2, 1]


@pytest.mark.parametrize(
    ("cells", "header", "order"),
    [
        (("25/12/2026",), "date", "dmy"),
        (("12/25/2026",), "date", "mdy"),
        (("3/4/2026",), "date", "?"),
        (("2026-03-04",), "date", ""),
        (("25/12/2026", "3/4/2026"), "date", "dmy"),
        (("27/3/31",), "満了日", "ymd"),
        (("27/03/31",), "date", "dmy"),
        (("26/4/1", "27/3/31"), "date", "ymd"),
        (("46113", "46477"), "date", "serial"),
        ((46113, 46477.5), "契約開始日", "serial"),
        ((123, 46477.5, 7), "date", ""),
    ],
)
def test_day_order(cells: tuple[Cell, ...], header: str, order: str) -> None:
    assert day_order(shape(*cells), header) == order


@pytest.mark.parametrize(
    ("cells", "type_name"),
    [
        (("1", "2.5", ""), "number"),
        (("0", "1"), "number"),
        (("Yes", "No"), "bool"),
        (("2026-01-01", "2026/2/1"), "date"),
        (("¥100", "¥200"), "money"),
        (("001", "002"), "text"),
        (("red", "1"), "text"),
        ((), "text"),
    ],
)
def test_custom_type(cells: tuple[Cell, ...], type_name: str) -> None:
    assert custom_type(shape(*cells)) == type_name


@pytest.mark.parametrize(
    ("cell", "code"), [("円", "JPY"), ("usd", "USD"), ("EUR - Euro", "EUR"), ("shells", None)]
)
def test_currency_of(cell: str, code: str | None) -> None:
    assert currency_of(cell) == code


def test_an_unknown_type_is_a_bug() -> None:
    with pytest.raises(KeyError):
        reader("shoe size")


@pytest.mark.parametrize(
    "name", ["ticket_status", "priority", "channel", "direction", "sentiment", "roles", "billing"]
)
def test_every_code_is_a_word_of_its_own_list(name: str) -> None:
    words = vocabulary(name)
    assert words
    assert all(code == code.strip() and code.islower() for code in words.values())
