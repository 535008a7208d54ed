"""What is told of a file beside its rows: counted, named, told again with a saved mapping; names no disk can hold."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from cs_workbench.errors import IntakeProblem
from cs_workbench.services.intake import WarningCount
from tests.builders_import import portfolio, table, take_in

THOUSANDS = "単位：千円\n\n顧客ID,会社名,年額,開始日\nA1,アオバ,120,2026-01-01\nA2,みどり,90,2026-01-01\n"
WHOLE = "顧客ID,会社名,年額,開始日\nB1,さくら,120000,2026-01-01\nB2,ひまわり,90000,2026-01-01\n"


def _told(warnings: tuple[WarningCount, ...]) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {warning.code: (warning.count, warning.examples) for warning in warnings}


def test_a_unit_above_one_table_is_not_that_of_the_next(tmp_path: Path) -> None:
    first, second = table(tmp_path, "a.csv", THOUSANDS), table(tmp_path, "b.csv", WHOLE)
    with portfolio(tmp_path) as wb:
        result = take_in(wb, first, kind="accounts")
        assert "unit_above" in _told(result.batches[0].warnings)
        result = take_in(wb, second, kind="accounts")
        told = _told(result.batches[0].warnings)
        assert "unit_above" not in told
        assert told["yen_assumed"] == (1, ("年額",))
        amounts = wb.reads.all("select arr from contract order by external_id")
        assert [amount // 10_000 for (amount,) in amounts] == [120_000, 90_000, 120_000, 90_000]


def test_a_saved_mapping_tells_again_how_cells_are_read(tmp_path: Path) -> None:
    path = table(tmp_path, "a.csv", THOUSANDS)
    with portfolio(tmp_path) as wb:
        first = take_in(wb, path, kind="accounts")
        again = take_in(wb, path, kind="accounts")
        assert again.step_id is None
        assert _told(again.batches[0].warnings) == _told(first.batches[0].warnings)


def test_columns_are_counted_and_named(tmp_path: Path) -> None:
    path = table(tmp_path, "a.csv", "account_id,account_name,Zeug,Dings\nA1,Acme,x,y\n")
    with portfolio(tmp_path) as wb:
        told = _told(take_in(wb, path).batches[0].warnings)
        assert told["columns_custom"] == (2, ("Zeug", "Dings"))


def test_a_table_left_out_says_why_and_what_it_holds(tmp_path: Path) -> None:
    odd = table(tmp_path, "odd.csv", "Zeug,Dings\n1,2\n3,4\n")
    with portfolio(tmp_path) as wb:
        (left,) = take_in(wb, odd, good_rows=True).batches[0].warnings
        assert (left.code, left.count, left.examples) == ("unrecognised_skipped", 1, ("Zeug", "Dings"))
        assert "“Zeug”" in left.message


def test_reasons_end_in_one_full_stop_and_say_what_to_do(tmp_path: Path) -> None:
    path = table(tmp_path, "t.csv", "ticket_id,account_id,created_at\nT1,A9,2026-03-01\nT2,A1,soon\n")
    with portfolio(tmp_path) as wb, pytest.raises(IntakeProblem) as told:
        take_in(wb, path, kind="tickets")
    assert ".." not in told.value.message
    assert "no account matches “A9”: import the accounts first" in told.value.message


@pytest.mark.skipif(sys.platform != "linux", reason="only there may a file name be any bytes")
def test_names_that_are_no_text_are_kept_as_far_as_they_go(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/acc\xff.csv"
    with open(path, "w", encoding="utf-8") as file:
        file.write("account_id,account_name\nA1,Acme\n")
    with portfolio(tmp_path) as wb:
        result = take_in(wb, os.fsdecode(path), source=os.fsdecode(b"crm\xff"))
        assert (result.batches[0].file, result.batches[0].source) == ("acc?.csv", "crm?")
        assert wb.reads.all("select file_name, source from import_batch") == [("acc?.csv", "crm?")]


def test_a_source_is_a_name_not_a_text(tmp_path: Path) -> None:
    path = table(tmp_path, "a.csv", "account_id,account_name\nA1,Acme\n")
    with portfolio(tmp_path) as wb, pytest.raises(IntakeProblem, match="longer than 100") as told:
        take_in(wb, path, source="s" * 101)
    assert told.value.code == "source_name"


@pytest.mark.parametrize("name", ["x" * 300, "a\0b", "none.json"])
def test_a_mapping_that_is_nowhere(tmp_path: Path, name: str) -> None:
    path = table(tmp_path, "a.csv", "account_id,account_name\nA1,Acme\n")
    with portfolio(tmp_path) as wb, pytest.raises(IntakeProblem) as told:
        take_in(wb, path, mapping=name)
    assert told.value.code == "mapping_unknown"


def test_a_header_without_rows_is_said_to_be_one(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        result = take_in(wb, table(tmp_path, "a.csv", "account_id,account_name\n"), kind="accounts")
        assert [(warning.code, warning.message) for warning in result.batches[0].warnings] == [
            ("no_rows", "There are no rows below the header.")
        ]
