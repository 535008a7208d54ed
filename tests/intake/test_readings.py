"""Readings in bulk: every layout, both paths, bad rows, row ids, metric descriptions."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.intake import readings
from cs_workbench.intake.mapping import from_json
from cs_workbench.intake.metrics import describe, event
from cs_workbench.intake.readings import read_readings
from cs_workbench.intake.recognise import recognise
from cs_workbench.intake.rows import MetricSpec, Problem, ReadingRow
from cs_workbench.intake.table import Cell, Table, open_tables
from tests.intake.recognition_cases import CASES

EPOCH = dt.date(1970, 1, 1)
Taken = tuple[list[ReadingRow], list[MetricSpec], list[Problem], int]


def day(text: str) -> int:
    """Days since 1970-01-01."""
    return (dt.date.fromisoformat(text) - EPOCH).days


def take(table: Table, columns: dict[str, str] | None = None) -> Taken:
    """All chunks of a table put together."""
    if columns is None:
        mapping = recognise(table).mapping
        assert mapping is not None
    else:
        mapping = from_json(json.dumps({"kind": "readings", "columns": columns}), table.header)
    rows: list[ReadingRow] = []
    metrics: list[MetricSpec] = []
    problems: list[Problem] = []
    seen = 0
    for chunk in read_readings(table, mapping):
        rows += chunk.rows
        metrics += chunk.metrics
        problems += chunk.problems
        seen = chunk.seen
    return rows, metrics, problems, seen


def of_case(name: str) -> Taken:
    """What a recognition case holds."""
    return take(next(case for case in CASES if case.name == name).table())


LONG = {"account": "account_ref", "metric": "metric", "date": "day", "value": "value", "id": "external_id"}


def test_long() -> None:
    rows, metrics, problems, seen = of_case("long readings")
    assert rows == [
        (2, "account", "A1", 0, day("2026-03-01"), 12.0, None),
        (3, "account", "A1", 0, day("2026-03-02"), 13.0, None),
        (4, "account", "A2", 0, day("2026-03-01"), 4.0, None),
    ]
    assert [metric.key for metric in metrics] == ["logins"]
    assert (problems, seen) == ([], 3)


def test_event_rows_keep_their_ids_and_people() -> None:
    rows, metrics, _problems, _seen = of_case("event rows")
    assert [(row[1], row[2], row[6]) for row in rows] == [("person", "U1", "E1"), ("person", "U2", "E2")]
    assert [(metric.key, metric.role) for metric in metrics] == [
        ("login", "usage"),
        ("plan_shared", "feature"),
    ]


def test_events_without_a_figure_count_as_one() -> None:
    rows, metrics, _problems, _seen = of_case("churnzero events")
    assert [row[5] for row in rows] == [1.0, 1.0, 1.0]
    assert [metric.name for metric in metrics] == ["Login", "Report exported"]
    assert metrics[1].key == "report_exported"


def test_feature_usage_is_a_family_for_each_figure() -> None:
    rows, metrics, _problems, seen = of_case("feature usage")
    assert seen == 2
    assert len(rows) == 6
    assert [(m.key, m.family, m.feature, m.role) for m in metrics[:3]] == [
        ("usage_count:feature_20", "usage_count", "feature_20", "feature"),
        ("usage_duration_secs:feature_20", "usage_duration_secs", "feature_20", "usage"),
        ("error_count:feature_20", "error_count", "feature_20", None),
    ]
    assert metrics[2].higher_is_better is False
    assert {row[1] for row in rows} == {"contract"}


def test_wide() -> None:
    rows, metrics, _problems, _seen = of_case("wide readings")
    assert [(m.key, m.name, m.role, m.aggregation) for m in metrics] == [
        ("active_users", "Active users", "active_users", "mean"),
        ("logins", "Logins", "usage", "sum"),
        ("error_rate", "Error rate", None, "mean"),
    ]
    assert rows[0] == (2, "account", "Acme", 0, day("2026-01-01"), 30.0, None)
    assert len(rows) == 9


def test_months_as_columns() -> None:
    rows, metrics, _problems, _seen = of_case("月が列")
    assert [(row[2], row[4], row[5]) for row in rows[:3]] == [
        ("青葉商事", day("2026-01-01"), 400.0),
        ("青葉商事", day("2026-02-01"), 410.0),
        ("青葉商事", day("2026-03-01"), 380.0),
    ]
    assert [(metric.key, metric.role) for metric in metrics] == [("ログイン回数", "usage")]


def test_blank_figures_of_a_wide_row_are_no_readings() -> None:
    table = Table.of(["a", "d", "x", "y"], [["A1", "2026-01-01", "", "3"], ["A1", "2026-01-02", "-", "n/a"]])
    columns = {"a": "account_ref", "d": "day", "x": "metric:x", "y": "metric:y"}
    rows, metrics, problems, seen = take(table, columns)
    assert [(row[0], metrics[row[3]].key, row[5]) for row in rows] == [(2, "y", 3.0)]
    assert (problems, seen) == ([], 2)


BAD: list[tuple[list[Cell], str, str]] = [
    (["", "logins", "2026-01-01", "1", "r"], "account", "missing"),
    (["A1", "", "2026-01-01", "1", "r"], "metric", "missing"),
    (["A1", "logins", "", "1", "r"], "date", "missing"),
    (["A1", "logins", "2026-02-30", "1", "r"], "date", "date"),
    (["A1", "logins", "3/4/2026", "1", "r"], "date", "date_ambiguous"),
    (["A1", "logins", "2026-01-01", "", "r"], "value", "missing"),
    (["A1", "logins", "2026-01-01", "many", "r"], "value", "number"),
    (["A1", "logins", "2026-01-01", "nan", "r"], "value", "missing"),
    (["A1", "logins", "2026-01-01", "inf", "r"], "value", "number"),
    (["A1", "logins"], "value", "missing"),
]


@pytest.mark.parametrize(("cells", "column", "code"), BAD)
def test_bad_rows_become_problems_and_the_rest_goes_on(cells: list[Cell], column: str, code: str) -> None:
    good: list[Cell] = ["A2", "logins", "2026-01-01", "1", "r2"]
    rows, _metrics, problems, seen = take(Table.of(list(LONG), [cells, good]), LONG)
    assert [(problem.row, problem.column, problem.code) for problem in problems] == [(2, column, code)]
    assert [row[0] for row in rows] == [3]
    assert seen == 2


def test_a_bad_figure_refuses_the_whole_wide_row() -> None:
    table = Table.of(["a", "d", "x", "y"], [["A1", "2026-01-01", "1", "oops"]])
    rows, _metrics, problems, _seen = take(
        table, {"a": "account_ref", "d": "day", "x": "metric:x", "y": "metric:y"}
    )
    assert rows == []
    assert [(problem.column, problem.code, problem.value) for problem in problems] == [
        ("y", "number", "oops")
    ]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1,234", 1234.0), ("１２", 12.0), ("△3", -3.0), ("1.5", 1.5), (" 7 ", 7.0), (3, 3.0), (2.5, 2.5)],
)
def test_figures_as_people_write_them(cell: Cell, value: float) -> None:
    rows, _metrics, problems, _seen = take(Table.of(list(LONG), [["A1", "m", "2026-01-01", cell, "1"]]), LONG)
    assert problems == []
    assert rows[0][5] == value


def test_typed_cells_and_spaces() -> None:
    cells: list[Cell] = [12.0, "Logins ", dt.date(2026, 1, 1), 3, 77]
    rows, metrics, _problems, _seen = take(Table.of(list(LONG), [cells]), LONG)
    assert rows == [(2, "account", "12", 0, day("2026-01-01"), 3.0, "77")]
    assert metrics[0].name == "Logins"


def test_spellings_of_one_metric_are_one() -> None:
    cells: list[list[Cell]] = [
        ["A", name, "2026-01-01", 1, ""] for name in ("Page Views", "page_views", "PageViews")
    ]
    rows, metrics, _problems, _seen = take(Table.of(list(LONG), cells), LONG)
    assert [metric.key for metric in metrics] == ["page_views"]
    assert {row[3] for row in rows} == {0}


def test_chunks_and_new_metrics(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "CHUNK_ROWS", 2)
    cells: list[list[Cell]] = [["A", f"m{number // 2}", "2026-01-01", number, ""] for number in range(5)]
    table = Table.of(list(LONG), cells)
    chunks = list(
        read_readings(table, from_json(json.dumps({"kind": "readings", "columns": LONG}), table.header))
    )
    assert [len(chunk.rows) for chunk in chunks] == [2, 2, 1]
    assert [[metric.key for metric in chunk.metrics] for chunk in chunks] == [["m0"], ["m1"], ["m2"]]
    assert [chunk.seen for chunk in chunks] == [2, 4, 5]


def test_caches_forget_and_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "_KEPT", 2)
    cells: list[list[Cell]] = [[f"A{n % 5}", "m", f"2026-01-0{n % 5 + 1}", n, ""] for n in range(20)]
    rows, _metrics, problems, _seen = take(Table.of(list(LONG), cells), LONG)
    assert problems == []
    assert [(row[2], row[4]) for row in rows] == [
        (f"A{n % 5}", day(f"2026-01-0{n % 5 + 1}")) for n in range(20)
    ]


def test_a_csv_file(tmp_path: Path) -> None:
    path = tmp_path / "usage.csv"
    lines = [f"A{n % 3},logins,2026-03-{n % 28 + 1:02d},{n}" for n in range(200)]
    path.write_text("account_id,metric,date,value\n" + "\n".join(lines) + "\n", encoding="utf-8")
    rows, _metrics, problems, seen = take(open_tables(str(path))[0])
    assert sum(row[5] for row in rows) == sum(range(200))
    assert (problems, seen) == ([], 200)


def test_a_mapping_without_reference_is_refused() -> None:
    table = Table.of(["d", "v"], [["2026-01-01", "1"]])
    with pytest.raises(ValueError, match="needs a reference"):
        take(table, {"d": "day", "v": "metric:x"})


@given(st.lists(st.tuples(st.text(max_size=6), st.text(max_size=12), st.text(max_size=6)), max_size=20))
def test_any_text_gives_readings_or_problems(cells: list[tuple[str, str, str]]) -> None:
    columns = {"a": "account_ref", "m": "metric", "d": "day", "v": "value"}
    table = Table.of(list(columns), [(ref, "m", date, value) for ref, date, value in cells])
    rows, _metrics, problems, seen = take(table, columns)
    assert len(rows) + len(problems) == seen == len(cells)


@pytest.mark.parametrize(
    ("name", "role", "aggregation", "better"),
    [
        ("Active Users", "active_users", "mean", True),
        ("利用者数", "active_users", "mean", True),
        ("利用席数", "seats_used", "last", True),
        ("Logins", "usage", "sum", True),
        ("ログイン数", "usage", "sum", True),
        ("email opens", "mail_opens", "sum", True),
        ("セミナー参加数", "events_attended", "sum", True),
        ("導入進捗", "checklist", "last", True),
        ("error_count", None, "sum", False),
        ("Storage", None, "last", True),
        ("Something", None, "sum", True),
    ],
)
def test_roles_are_guessed_from_words(name: str, role: str | None, aggregation: str, better: bool) -> None:
    found = describe(name)
    assert (found.role, found.aggregation, found.higher_is_better) == (role, aggregation, better)


def test_an_event_is_a_feature_unless_it_is_a_visit() -> None:
    assert [event(name).role for name in ("login", "report_created", "page error")] == [
        "usage",
        "feature",
        None,
    ]
