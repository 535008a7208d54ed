"""Files from the field: kind, columns, values and notes of tables as people keep them, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cs_workbench.intake import values
from cs_workbench.intake.cells import ValueProblem
from cs_workbench.intake.periods import Period, decide_year_first, parse_period
from cs_workbench.intake.readings import read_readings
from cs_workbench.intake.recognise import recognise
from cs_workbench.intake.records import Record, read_records
from cs_workbench.intake.table import Table, open_tables
from tests.intake.field_files import FILES, FieldFile

IDS = [case.name for case in FILES]
TOLD_ELSEWHERE = ("columns_custom", "columns_ignored", "yen_assumed")


def said(record: Record, key: str) -> object:
    """A value of *record*, or of the first thing of another kind it speaks of ("contracts.arr")."""
    kind, dot, name = key.partition(".")
    if not dot:
        return record.values.get(key)
    return next((other.values.get(name) for other in record.also if other.kind == kind), None)


@pytest.mark.parametrize("case", FILES, ids=IDS)
def test_kind_and_columns(case: FieldFile) -> None:
    found = recognise(case.table())
    assert found.mapping is not None, found.reason
    assert (found.mapping.kind, found.mapping.source) == (case.kind, case.source)
    spelled = {column.header: column.spelled() for column in found.mapping.columns}
    assert {header: spelled[header] for header in case.columns} == case.columns
    codes = [note.code for note in found.notes if note.code not in TOLD_ELSEWHERE]
    assert codes == [code for code in case.notes if code not in TOLD_ELSEWHERE]


@pytest.mark.parametrize("case", FILES, ids=IDS)
def test_values_of_the_first_row(case: FieldFile) -> None:
    table = case.table()
    mapping = recognise(table).mapping
    assert mapping is not None
    records = list(read_records(table, mapping, zone="Asia/Tokyo"))
    assert [record.problem for record in records] == [None] * len(case.rows)
    expected = {key: case.first[key] for key in case.first if key != "roles"}
    assert {key: said(records[0], key) for key in expected} == expected


@pytest.mark.parametrize("case", FILES, ids=IDS)
def test_every_column_is_used_or_told(case: FieldFile) -> None:
    """Nothing is dropped in silence: what fills no field is kept, named in a note, blank, or numbers the rows."""
    table = case.table()
    found = recognise(table)
    assert found.mapping is not None
    told = " ".join(note.message for note in found.notes)
    for column in found.mapping.columns:
        blank = not any(row[column.index] for row in table.sample)
        assert column.field != "ignore" or column.header in told or blank or column.header in ("No.", "No")


def wide(header: str, *rows: str, name: str = "list.csv", preamble: tuple[str, ...] = ()) -> Table:
    table = Table.of(header.split("|"), [row.split("|") for row in rows], name=name)
    return replace(table, preamble=preamble)


READINGS = [
    pytest.param(
        wide(
            "顧客名|2026年8月|2026年9月|合計", "アルファ|120|130|250", "ベータ|45|30|75", name="利用者数.csv"
        ),
        [("利用者数", "active_users", 120.0), ("利用者数", "active_users", 130.0)],
        id="months and their total",
    ),
    pytest.param(
        wide(
            "No|会社名|2026/04|2026/05",
            "1|アルファ|1|2",
            "2|ベータ|4|5",
            preamble=("ログイン回数", "単位：回"),
        ),
        [("ログイン回数", "usage", 1.0), ("ログイン回数", "usage", 2.0)],
        id="a title above months",
    ),
    pytest.param(
        wide("Customer|Jan-26|Feb-26", "Acme|10|20", "Globex|5|6", name="logins.csv"),
        [("logins", "usage", 10.0), ("logins", "usage", 20.0)],
        id="short English months",
    ),
    pytest.param(
        wide("企業名|集計日|利用率|導入進捗", "アルファ|2026/10/31|84%|100%", "ベータ|2026/10/31|35%|60%"),
        [("利用率", "usage", 0.84), ("導入進捗", "checklist", 1.0)],
        id="shares with their sign",
    ),
    pytest.param(
        wide(
            "日付|会社名|利用率(%)|平均滞在時間(分)",
            "2026-10-01|アルファ|84|12.5",
            "2026-10-01|ベータ|35.5|8",
        ),
        [("利用率(%)", "usage", 0.84), ("平均滞在時間(分)", None, 12.5)],
        id="shares with the sign in the header",
    ),
    pytest.param(
        wide("日付|会社名|ログイン数", "2026/10/01|アルファ|12", "〃|ベータ|8"),
        [("ログイン数", "usage", 12.0)],
        id="ditto marks",
    ),
]


@pytest.mark.parametrize(("table", "expected"), READINGS)
def test_readings(table: Table, expected: list[tuple[str, str | None, float]]) -> None:
    mapping = recognise(table).mapping
    assert mapping is not None
    assert mapping.kind == "readings"
    chunks = list(read_readings(table, mapping))
    metrics = [metric for chunk in chunks for metric in chunk.metrics]
    assert [problem for chunk in chunks for problem in chunk.problems] == []
    first = [row for chunk in chunks for row in chunk.rows if row[0] == 2]
    assert [(metrics[row[3]].key, metrics[row[3]].role, row[5]) for row in first] == expected


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("2026年度 ログイン回数", ["2026-04-01", "2026-12-01", "2027-01-01"]),
        ("2026年 ログイン回数", ["2026-04-01", "2026-12-01", "2026-01-01"]),
        ("ログイン回数", []),
    ],
)
def test_months_without_a_year_take_the_one_of_the_title(title: str, days: list[str]) -> None:
    table = wide("会社名|4月|12月|1月", "アルファ|1|2|3", "ベータ|4|5|6", preamble=(title,))
    mapping = recognise(table).mapping
    assert mapping is not None
    found = [
        column.field.removeprefix("day:") for column in mapping.columns if column.field.startswith("day:")
    ]
    assert found == days


def test_months_in_typed_cells_of_a_sheet_are_readings() -> None:
    table = replace(
        Table.of(["会社名", "2026-08-01", "2026-09-01"], [["アルファ", 40, 41], ["ベータ", 50, 40]]),
        sheet="アクティブユーザー数",
    )
    found = recognise(table)
    assert found.mapping is not None
    assert {column.spelled() for column in found.mapping.columns} == {
        "account_name",
        "day:2026-08-01|アクティブユーザー数",
        "day:2026-09-01|アクティブユーザー数",
    }
    assert [note.code for note in found.notes] == ["columns_days"]


@pytest.mark.parametrize(
    ("header", "cell", "currency", "told"),
    [
        ("年額", "1,200", "JPY", True),
        ("年額", "$1,200", "USD", False),
        ("年額", "120万円", "JPY", False),
        ("年額(USD)", "1,200", "USD", False),
        ("ARR", "1,200", None, False),
    ],
)
def test_amounts_under_a_japanese_header_are_yen(
    header: str, cell: str, currency: str | None, told: bool
) -> None:
    table = wide(f"顧客名|{header}|契約終了日", f"アルファ|{cell}|2027/3/31", f"ベータ|{cell}|2026/12/31")
    found = recognise(table)
    assert found.mapping is not None
    first = next(read_records(table, found.mapping))
    assert said(first, "contracts.currency") == currency
    assert ("yen_assumed" in [note.code for note in found.notes]) is told


def test_a_column_of_currencies_goes_before_the_language() -> None:
    table = wide("顧客名|年額|通貨|契約終了日", "アルファ|1200|USD|2027/3/31", "ベータ|100|EUR|2026/12/31")
    found = recognise(table)
    assert found.mapping is not None
    currencies = [said(record, "contracts.currency") for record in read_records(table, found.mapping)]
    assert currencies == ["USD", "EUR"]
    assert "yen_assumed" not in [note.code for note in found.notes]


def test_ditto_marks_name_nobody() -> None:
    table = wide(
        "契約番号|会社名|年額|契約終了日",
        "K1|アルファ|100|2027/3/31",
        "K2|〃|200|同上",
        "K3|ベータ|300|2027/3/31",
    )
    mapping = recognise(table).mapping
    assert mapping is not None
    records = list(read_records(table, mapping))
    assert [record.values["account_name"] for record in records] == ["アルファ", "アルファ", "ベータ"]
    assert [record.values["end_on"] for record in records] == [date(2027, 3, 31)] * 3


def test_a_saved_mapping_fills_groups_again() -> None:
    case = next(case for case in FILES if case.name == "names given once a group")
    table = case.table()
    mapping = recognise(table).mapping
    assert mapping is not None
    from cs_workbench.intake.mapping import from_json

    again = from_json(mapping.to_json(), table.header)
    names = [record.values["account_name"] for record in read_records(table, again)]
    assert names == ["アルファ", "アルファ", "ベータ"]


def test_rows_of_sums_are_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "顧客名,契約終了日,年額\nアルファ,2027/3/31,100\n小計,,100\nTotal,2026/12/31,50\nベータ,2026/12/31,300\n総合計,,450\n",
        encoding="utf-8",
    )
    (table,) = open_tables(str(path))
    assert [cells[0] for _row, cells in table.rows()] == ["アルファ", "Total", "ベータ"]
    assert [(note.code, note.count) for note in table.late_notes()] == [("total_rows", 2)]
    assert "3" in table.late_notes()[0].message


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026/4/1～2027/3/31", date(2026, 4, 1), date(2027, 3, 31)),
        ("2026/4/1-2027/3/31", date(2026, 4, 1), date(2027, 3, 31)),
        ("2026-04-01 - 2027-03-31", date(2026, 4, 1), date(2027, 3, 31)),
        ("2026-04-01 to 2027-03-31", date(2026, 4, 1), date(2027, 3, 31)),
        ("2026年4月1日から2027年3月31日まで", date(2026, 4, 1), date(2027, 3, 31)),
        ("令和8年4月〜令和9年3月", date(2026, 4, 1), date(2027, 3, 31)),
        ("2026/4/1～", date(2026, 4, 1), None),
        ("～2027/3/31", None, date(2027, 3, 31)),
    ],
)
def test_two_days_in_one_cell(text: str, start: date | None, end: date | None) -> None:
    assert parse_period(text) == Period(start, end)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026/4/1", "period"),
        ("～", "period"),
        ("12か月", "period"),
        ("2026/4/1～不明", "period"),
        ("-", "blank"),
        ("01/02/2026 - 01/02/2027", "date_ambiguous"),
    ],
)
def test_what_is_no_period(text: str, code: str) -> None:
    with pytest.raises(ValueProblem) as refused:
        parse_period(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("cells", "japanese", "first"),
    [
        (["26/4/1"], False, True),
        (["27/3/31"], True, True),
        (["27/3/31"], False, False),
        (["45/03/31"], False, True),
        (["2027/3/31"], True, False),
    ],
)
def test_whether_the_year_stands_in_front(cells: list[str], japanese: bool, first: bool) -> None:
    assert decide_year_first(cells, japanese=japanese) is first


@pytest.mark.parametrize(
    ("text", "expected"),
    [("26/4/1", date(2026, 4, 1)), ("27.3.31", date(2027, 3, 31)), ("2027/3/31", date(2027, 3, 31))],
)
def test_short_years_in_front(text: str, expected: date) -> None:
    assert values.parse_date(text, year_first=True) == expected
