"""Workbooks: typed cells, sheets, merged cells, error cells, and every published odd file."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from cs_workbench.errors import FileProblem
from cs_workbench.intake.table import Cell, Table, open_tables
from cs_workbench.intake.workbook import cell_value

MORNING = datetime(2026, 6, 1, 9, 30)  # noqa: DTZ001  worksheets know no zone
SUFFIXES = (".xlsx", ".xls", ".xlsb", ".ods")


def saved(folder: Path, *sheets: tuple[str, list[list[Cell]]], merges: tuple[str, ...] = ()) -> str:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for span in merges:
            sheet.merge_cells(span)
    path = folder / "book.xlsx"
    book.save(path)
    return str(path)


def rows_of(table: Table) -> list[tuple[int, tuple[Cell, ...]]]:
    return [(number, tuple(row)) for number, row in table.rows()]


def test_cells_keep_their_types(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        (
            "契約",
            [
                ["id", "name", "start", "seen", "rate", "active", "arr"],
                [1234567, "㈱アオバ", date(2026, 6, 1), MORNING, 0.85, True, 1200.5],
                [],
                ["A-2", None, None, None, 1, False, 0],
            ],
        ),
    )
    (table,) = open_tables(path)
    assert (table.sheet, table.encoding, table.delimiter, table.header_row) == ("契約", None, None, 1)
    assert rows_of(table) == [
        (2, (1234567, "㈱アオバ", date(2026, 6, 1), MORNING, 0.85, True, 1200.5)),
        (4, ("A-2", None, None, None, 1, False, 0)),
    ]
    assert table.sample == tuple(row for _number, row in rows_of(table))


def test_every_sheet_with_data_is_a_table_and_hidden_ones_are_told(tmp_path: Path) -> None:
    path = saved(
        tmp_path, ("One", [["id", "name"], [1, "a"]]), ("Empty", []), ("Two", [["id", "city"], [2, "b"]])
    )
    book = openpyxl.load_workbook(path)
    book["Two"].sheet_state = "hidden"
    book.save(path)
    one, two = open_tables(path)
    assert (one.sheet, two.sheet) == ("One", "Two")
    assert [note.code for note in two.notes] == ["hidden_sheet"]
    assert one.notes == ()


def test_preamble_and_footer(tmp_path: Path) -> None:
    body: list[list[Cell]] = [["Accounts report"], ["Date", date(2026, 6, 1)], [], ["会社名", "担当", "金額"]]
    body += [["アオバ", "花子", amount] for amount in range(100)]
    (table,) = open_tables(saved(tmp_path, ("S", [*body, ["合計", None, 4950], [], ["© 2026 Acme"]])))
    assert table.preamble == ("Accounts report", "Date  2026-06-01")
    assert table.header == ("会社名", "担当", "金額")
    found = rows_of(table)
    assert (len(found), found[0][0], found[-1]) == (100, 5, (104, ("アオバ", "花子", 99)))
    totals, footer = table.late_notes()
    assert (totals.code, totals.count, footer.code) == ("total_rows", 1, "footer")
    assert "合計" not in footer.message


def test_two_line_headers_are_joined(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["会社名", "契約", None, None, "利用", None],
        [None, "開始日", "終了日", "金額", "席数", "利用者"],
        ["アオバ", date(2026, 1, 1), date(2026, 12, 31), 100, 10, 8],
        ["みどり", date(2026, 1, 1), date(2026, 12, 31), 200, 20, 9],
    ]
    (table,) = open_tables(saved(tmp_path, ("S", rows), merges=("A1:A2", "B1:D1", "E1:F1")))
    assert table.header == ("会社名", "契約 開始日", "契約 終了日", "契約 金額", "利用 席数", "利用 利用者")
    assert (table.header_row, [number for number, _row in rows_of(table)]) == (2, [3, 4])


def test_tall_merged_cells_hold_their_value_in_every_row(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["account", "month", "users"],
        ["Acme", 1, 5],
        [None, 2, 6],
        [None, 3, 7],
        ["Beta", 1, 2],
        [None, 2, 3],
    ]
    (table,) = open_tables(saved(tmp_path, ("S", rows), merges=("A2:A4", "A5:A6")))
    assert [row[0] for _number, row in rows_of(table)] == ["Acme", "Acme", "Acme", "Beta", "Beta"]
    assert [note.code for note in table.notes] == ["merged_cells"]


def test_error_cells_are_empty_and_named(tmp_path: Path) -> None:
    path = saved(
        tmp_path, ("S", [["id", "name", "arr"], [1, "a", "#REF!"], [2, "b", "#DIV/0!"], [3, "c", 5]])
    )
    (table,) = open_tables(path)
    assert [row[2] for _number, row in rows_of(table)] == [None, None, 5]
    (note,) = table.notes
    assert note.code == "error_cells"
    assert "C2, C3" in note.message


def test_wide_tables(tmp_path: Path) -> None:
    with pytest.raises(FileProblem) as caught:
        open_tables(saved(tmp_path, ("S", [[f"c{n}" for n in range(501)], list(range(501))])))
    assert caught.value.code == "file_columns"


@pytest.mark.parametrize(
    ("raw", "cell"),
    [
        ("", None),
        ("x", "x"),
        (1.0, 1),
        (1.5, 1.5),
        (True, True),
        (2.0**60, 2.0**60),
        (date(2026, 6, 1), date(2026, 6, 1)),
    ],
)
def test_what_a_raw_value_becomes(raw: object, cell: Cell) -> None:
    found = cell_value(raw)
    assert found == cell
    assert type(found) is type(cell)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_published_workbook_is_read_or_refused_kindly(shared_data: Path, suffix: str) -> None:
    folder = shared_data / "xlsx_calamine"
    oracle = json.loads((folder / "oracle_openpyxl.json").read_text("utf-8"))
    files = sorted(folder.glob(f"*{suffix}"))
    read = 0
    for file in files:
        tables = opened(file)
        sheets = oracle.get(file.name, {}).get("sheets", {})
        read += bool(tables)
        for table in tables:
            found = rows_of(table)
            expected = sheets.get(table.sheet)
            assert all(len(row) == len(table.header) for _number, row in found), file.name
            if isinstance(expected, list) and found:
                assert (found[-1][0], len(table.header)) <= (expected[0], expected[1]), file.name
    assert read * 2 >= len(files) > 0


def opened(file: Path) -> list[Table]:
    """The tables of a workbook; none when it is refused with one of the reasons a sound reader may have."""
    try:
        return open_tables(str(file))
    except FileProblem as problem:
        if problem.code not in ("file_empty", "file_password", "file_damaged"):
            raise
    return []


@pytest.mark.parametrize(
    "name",
    ["date.xlsx", "date_1904.xlsx", "date.xls", "date_1904.xls", "date.xlsb", "date_1904.xlsb", "date.ods"],
)
def test_published_dates_are_dates_in_either_epoch(shared_data: Path, name: str) -> None:
    (table,) = open_tables(str(shared_data / "xlsx_calamine" / name))
    assert rows_of(table)[0] == (1, (date(2021, 1, 1), 15))


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsb", ".ods"])
def test_protected_workbooks_say_so(shared_data: Path, suffix: str) -> None:
    with pytest.raises(FileProblem) as caught:
        open_tables(str(shared_data / "xlsx_calamine" / f"pass_protected{suffix}"))
    assert caught.value.code == "file_password"
    assert "password" in caught.value.message
