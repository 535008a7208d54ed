"""The table model of the account list: order, filter, groups, what each cell says."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qt_compat import qt_api
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.domain.account_filter_parser import Vocabulary, parse
from cs_workbench.domain.money import Amount
from cs_workbench.services.account_table import AccountLine, AccountTable, Entry, sums
from cs_workbench.services.accounts import AccountRow
from cs_workbench.ui.models import account_words as words
from cs_workbench.ui.models.account_model import ROW, AccountModel, Group
from cs_workbench.ui.models.account_words import COLUMNS, PLACE

TODAY = dt.date(2026, 11, 24)


def line(number: int, **values: Any) -> AccountLine:
    """An account; *values* go to its row where it has such a field, else to the line."""
    row: dict[str, Any] = {
        "id": number, "name": f"N{number}", "reading": "", "source_ids": {}, "arr": Decimal(1_000_000),
        "currency": "JPY", "arr_parts": (), "renewal_date": dt.date(2027, 3, 31),
        "notice_date": dt.date(2026, 12, 31), "seats": 10, "stage": "renewal", "tier": "A", "owner": "高橋",
        "score": 61.0, "band": "yellow", "coverage": 1.0, "scored_on": TODAY, "last_contact": None,
    }  # fmt: skip
    rest: dict[str, Any] = {
        "place": number, "arr": Decimal(1_000_000), "deadline": dt.date(2026, 12, 31), "days_left": 37,
        "contacted_on": dt.date(2026, 10, 14), "contact_days": 41, "touch": "late", "tags": (), "next_step": "ROI",
        "trend": (70.0, None, 61.0), "next_due": None, "stale": False,
    }  # fmt: skip
    for name, value in values.items():
        if name in row:
            row[name] = value
        if name in rest:
            rest[name] = value
    return AccountLine(row=AccountRow(**row), **rest)


def table(*lines: AccountLine) -> AccountTable:
    stages = (Entry("adoption", "Adoption", "定着"), Entry("renewal", "Renewal", "更新"))
    tiers = (Entry("A", "A – high touch", "A：ハイタッチ"), Entry("B", "B – mid touch", "B：ミドルタッチ"))
    return AccountTable(TODAY, lines, stages, tiers, "JPY", (), Vocabulary(), None)


@pytest.fixture
def model(qapp: object) -> AccountModel:
    """Five accounts that differ in what sorting and grouping go by."""
    made = AccountModel()
    made.set_table(
        table(
            line(1, score=80.0, band="green", days_left=10, tier="B", stage="adoption", arr=Decimal(5)),
            line(2, score=None, band="none", days_left=None, tier=None, stage=None, arr=None, owner=None),
            line(3, score=30.0, band="red", days_left=200, contact_days=None, owner="佐藤"),
            line(4, score=80.0, band="green", days_left=-3, tags=("vip",)),
            line(5, score=50.0, band="yellow", days_left=37, next_step="", trend=(20.0, 50.0)),
        )
    )
    return made


def ids(model: AccountModel) -> list[int]:
    return [one.id for one in model.shown]


@pytest.mark.parametrize(("group", "closed"), [("", False), ("band", False), ("owner", True)])
def test_the_model_keeps_qt_s_contract(
    qtmodeltester: Any, model: AccountModel, group: str, closed: bool
) -> None:
    model.set_group(group)
    if closed:
        model.fold_group(0)
    qtmodeltester.check(model, force_py=True)


def test_qt_s_own_tester_finds_nothing_while_it_changes(qtbot: QtBot, model: AccountModel) -> None:
    tester = qt_api.QtTest.QAbstractItemModelTester(
        model, qt_api.QtTest.QAbstractItemModelTester.FailureReportingMode.Warning
    )
    for column in COLUMNS:
        model.set_order(column.id, descending=True)
    for group in ("stage", "owner", ""):
        model.set_group(group)
    model.set_table(table())
    assert model.rowCount() == 0
    tester.deleteLater()


@pytest.mark.parametrize(
    ("column", "descending", "order"),
    [
        ("left", False, [4, 1, 5, 3, 2]),
        ("left", True, [3, 5, 1, 4, 2]),  # what is not known stays last
        ("health", False, [3, 5, 1, 4, 2]),
        ("health", True, [1, 4, 5, 3, 2]),  # stable among equals, both ways
        ("name", True, [5, 4, 3, 2, 1]),
        ("tier", False, [3, 4, 5, 1, 2]),
        ("stage", False, [1, 3, 4, 5, 2]),
        ("arr", False, [1, 3, 4, 5, 2]),
        ("contact", True, [1, 2, 4, 5, 3]),
        ("trend", True, [5, 1, 2, 3, 4]),
        ("next", False, [1, 2, 3, 4, 5]),
        ("owner", False, [3, 1, 4, 5, 2]),
        ("tags", False, [4, 1, 2, 3, 5]),
    ],
)
def test_order(model: AccountModel, column: str, descending: bool, order: list[int]) -> None:
    model.set_order(column, descending=descending)
    assert ids(model) == order


def test_who_left_is_a_group_of_its_own_beside_the_bands(model: AccountModel) -> None:
    assert model.table is not None
    made = table(*model.table.lines, line(6, score=20.0, band="red", stage="churned"))
    model.set_table(made)
    model.set_group("band")
    heads = [row for row in model._rows if isinstance(row, Group)]
    assert [(head.key, head.count, head.band) for head in heads] == [
        ("red", 1, "red"), ("yellow", 1, "yellow"), ("green", 2, "green"), ("none", 1, "none"), ("churned", 1, ""),
    ]  # fmt: skip
    counted = sums(made, made.lines).bands
    assert all(counted[head.key] == head.count for head in heads[:-1])


def test_an_unknown_column_or_group_is_a_fault_of_ours(model: AccountModel) -> None:
    with pytest.raises(KeyError):
        model.set_order("nothing")
    with pytest.raises(KeyError):
        model.set_group("nothing")


def test_filter_and_order_go_together(model: AccountModel) -> None:
    model.set_order("health")
    model.set_filter(parse("band:green or band:red", Vocabulary(), TODAY).root)
    assert ids(model) == [3, 1, 4]
    model.set_order("left")
    assert ids(model) == [4, 1, 3]
    model.set_filter(None)
    assert len(ids(model)) == 5


def test_groups_stand_in_the_order_of_their_lists(model: AccountModel) -> None:
    model.set_group("band")
    heads = [row for row in model.rows if isinstance(row, Group)]
    assert [(head.key, head.count) for head in heads] == [
        ("red", 1),
        ("yellow", 1),
        ("green", 2),
        ("none", 1),
    ]
    assert heads[0].money == "¥1M"
    model.set_group("stage")
    assert [row.label for row in model.rows if isinstance(row, Group)] == ["Adoption", "Renewal", "No stage"]
    model.set_group("owner")
    assert [row.label for row in model.rows if isinstance(row, Group)] == ["佐藤", "高橋", "No owner"]


def test_a_closed_group_hides_its_rows_but_not_from_the_sums(model: AccountModel) -> None:
    model.set_group("band")
    rows = model.rowCount()
    model.fold_group(0)
    assert model.rowCount() == rows - 1
    assert len(model.shown) == 5
    assert isinstance(model.rows[0], Group)
    assert model.rows[0].closed
    model.set_filter(parse("band:red", Vocabulary(), TODAY).root)
    assert model.rowCount() == 1  # still closed
    model.fold_group(0)
    assert model.rowCount() == 2


def test_cells_in_both_languages(model: AccountModel) -> None:
    row = model.row_of(3)
    shown = {column.id: model.text(row, PLACE[column.id]) for column in COLUMNS}
    assert (shown["health"], shown["stage"], shown["notice"], shown["tier"]) == (
        "30",
        "Renewal",
        "31 Dec 2026",
        "A",
    )
    i18n.set_language("ja")
    model.retranslate()
    assert model.text(row, PLACE["stage"]) == "更新"
    assert model.text(row, PLACE["notice"]) == "2026/12/31"
    assert model.text(row, PLACE["arr"]) == "100万円"


def test_each_cell_can_be_heard(model: AccountModel) -> None:
    row = model.row_of(3)
    said = [
        model.data(model.index(row, column), Qt.ItemDataRole.AccessibleTextRole)
        for column in range(len(COLUMNS))
    ]
    assert said[PLACE["name"]] == "N3"
    assert said[PLACE["health"]] == "Health 30, red"
    assert said[PLACE["trend"]] == "From 70 to 61 in 12 months"
    assert said[PLACE["arr"]] == "ARR: ¥1M"
    assert all(said)
    unknown = model.index(model.row_of(2), PLACE["stage"])
    assert model.data(unknown, Qt.ItemDataRole.AccessibleTextRole) == "Stage: not known"
    left = model.index(model.row_of(4), PLACE["left"])
    assert model.data(left, Qt.ItemDataRole.AccessibleTextRole) == "3 days past the deadline"


def test_roles_of_cells_and_headers(model: AccountModel) -> None:
    index = model.index(0, PLACE["arr"])
    assert model.data(index, Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert isinstance(model.data(index, ROW), AccountLine)
    assert model.data(QModelIndex(), Qt.ItemDataRole.DisplayRole) is None
    assert model.data(index, Qt.ItemDataRole.DecorationRole) is None
    assert model.headerData(PLACE["left"], Qt.Orientation.Horizontal) == "Left"
    assert (
        model.headerData(PLACE["left"], Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == "Days left"
    )
    assert model.headerData(99, Qt.Orientation.Horizontal) is None


@pytest.mark.parametrize(
    ("values", "column", "mark"),
    [
        ({"days_left": 90}, "left", "bold"),
        ({"days_left": 91}, "left", ""),
        ({"days_left": -1}, "left", "red"),
        ({"days_left": None}, "left", ""),
        ({"touch": "late"}, "contact", "red"),
        ({"touch": "ok"}, "contact", ""),
        ({}, "name", ""),
    ],
)
def test_what_stands_out(values: dict[str, Any], column: str, mark: str) -> None:
    assert words.late(line(1, **values), column) == mark


def test_tool_tips_add_what_is_not_seen() -> None:
    parts = (Amount(Decimal(5_000), "USD"), Amount(Decimal(70_000), "JPY"))
    assert words.tip(line(1, arr=None, arr_parts=parts), "arr") == "$5k + ¥70k"
    assert words.tip(line(1, next_due=dt.date(2026, 12, 1)), "next") == "ROI, due 1 Dec 2026"
    assert words.tip(line(1), "contact") == "14 Oct 2026"
    assert words.tip(line(1, notice_date=None), "left").startswith("No notice period")
    assert words.tip(line(1), "tier") == ""


def test_copied_rows_are_plain_and_run_nothing() -> None:
    evil = line(1, name='=HYPERLINK("x")\tA\nB', next_step="+1", score=61.25, arr=Decimal("1234567.5000"))
    text = words.tsv(
        [evil, line(2, arr=None, arr_parts=(Amount(Decimal(1), "USD"),))], words.PLACE, table(evil)
    )
    head, first, second = text.splitlines()
    assert head.split("\t")[:5] == ["Account", "Tier", "ARR", "Currency", "Health"]
    names = [name for name in words.there(words.PLACE, table(evil)) if name != "trend"]
    names.insert(names.index("arr") + 1, "currency")
    cells = dict(zip(names, first.split("\t"), strict=True))
    assert cells["currency"] == (evil.row.currency or "")
    assert cells["name"] == '\'=HYPERLINK("x") A B'
    assert cells["next"] == "'+1"
    assert (cells["arr"], cells["health"], cells["notice"], cells["left"]) == (
        "1234567.5",
        "61.25",
        "2026-12-31",
        "37",
    )
    assert second.split("\t")[2] == "$1"
