"""Mappings: written by hand, saved, found again by header, refused with the remedy."""

from __future__ import annotations

import json

import pytest

from cs_workbench.errors import IntakeProblem
from cs_workbench.intake.mapping import (
    ColumnMap,
    CustomSpec,
    Mapping,
    from_json,
    header_key,
    header_labels,
)
from cs_workbench.intake.recognise import recognise, refitted
from cs_workbench.intake.table import Table
from tests.intake.recognition_cases import CASES, Case

HAND = {
    "kind": "accounts",
    "source": "crm",
    "columns": {
        "取引先名": "name",
        "ARR": "contract.arr|USD",
        "Region": "custom:Region|text",
        "Old": "ignore",
    },
}
HEADER = ["ARR", "取引先名", "Region", "Old", "New"]


def test_a_mapping_by_hand_finds_its_columns_whatever_their_order() -> None:
    mapping = from_json(json.dumps(HAND), HEADER)
    assert (mapping.kind, mapping.source, mapping.layout) == ("accounts", "crm", "rows")
    assert mapping.columns == (
        ColumnMap(0, "ARR", "contract.arr", "USD"),
        ColumnMap(1, "取引先名", "name"),
        ColumnMap(2, "Region", "custom:Region", "text"),
        ColumnMap(3, "Old", "ignore"),
        ColumnMap(4, "New", "ignore"),
    )
    assert mapping.custom_fields() == (CustomSpec("account", "Region", "text"),)


def test_source_may_be_left_out() -> None:
    assert from_json('{"kind": "accounts", "columns": {"N": "name"}}', ["N"]).source == "files"


@pytest.mark.parametrize("case", [case for case in CASES if case.kind], ids=lambda case: case.name)
def test_what_was_recognised_survives_saving(case: Case) -> None:
    table = case.table()
    mapping = recognise(table).mapping
    assert mapping is not None
    assert from_json(mapping.to_json(), table.header) == mapping
    assert refitted(table, mapping).mapping == mapping


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("not json", "mapping_json"),
        ("[" * 200_000, "mapping_json"),
        (b"\x93\xfa\x96\x7b", "mapping_json"),
        ('{"kind": "accounts", "source": "\\ud800", "columns": {"N": "name"}}', "mapping_json"),
        ("[]", "mapping_json"),
        ('{"kind": "accounts"}', "mapping_json"),
        ('{"columns": {"N": "name"}}', "mapping_json"),
        ('{"kind": "accounts", "columns": {"N": 3}}', "mapping_json"),
        ('{"kind": "shoes", "columns": {"N": "name"}}', "mapping_kind"),
        ('{"kind": "accounts", "columns": {"N": "shoe_size"}}', "mapping_field"),
        ('{"kind": "tickets", "columns": {"N": "custom:Size"}}', "mapping_field"),
        ('{"kind": "accounts", "columns": {"N": "metric:logins"}}', "mapping_field"),
        ('{"kind": "readings", "columns": {"N": "metric:"}}', "mapping_field"),
        ('{"kind": "readings", "columns": {"N": "day:soon"}}', "mapping_field"),
        ('{"kind": "accounts", "columns": {"M": "name"}}', "missing_columns"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(document: str | bytes, code: str) -> None:
    with pytest.raises(IntakeProblem) as caught:
        from_json(document, ["N"])
    assert caught.value.code == code
    assert caught.value.message
    assert caught.value.remedy


def test_a_missing_column_is_named_with_those_there_are() -> None:
    with pytest.raises(IntakeProblem, match="“取引先名”") as caught:
        from_json(json.dumps(HAND), ["ARR", "Region"])
    assert "Region" in caught.value.remedy
    assert caught.value.where["columns"] == ["取引先名"]


def test_a_column_that_is_ignored_may_be_missing() -> None:
    assert from_json(json.dumps(HAND), ["取引先名", "ARR", "Region"]).has("name")


def test_headers_are_found_in_another_width_and_case() -> None:
    mapping = from_json('{"kind": "accounts", "columns": {"ｱｶｳﾝﾄ Name": "name"}}', ["アカウント NAME"])
    assert mapping.by_field("name")[0].index == 0


def test_repeated_and_blank_headers_get_names_of_their_own() -> None:
    assert header_labels(["Amount", "", "Amount", " Amount "]) == [
        "Amount",
        "column 2",
        "Amount#2",
        "Amount#3",
    ]
    mapping = from_json('{"kind": "accounts", "columns": {"N": "name", "N#2": "note"}}', ["N", "N"])
    assert [column.field for column in mapping.columns] == ["name", "note"]


@pytest.mark.parametrize(
    ("columns", "layout"),
    [
        ({"a": "account_ref", "d": "day", "m": "metric", "v": "value"}, "long"),
        ({"a": "account_ref", "d": "day", "v": "metric:logins"}, "wide"),
        ({"a": "account_ref", "v": "day:2026-04-01"}, "wide"),
        ({"a": "account_ref", "d": "day", "m": "metric"}, "long"),
    ],
)
def test_layout_follows_from_the_columns(columns: dict[str, str], layout: str) -> None:
    text = json.dumps({"kind": "readings", "columns": columns})
    assert from_json(text, list(columns)).layout == layout


def test_a_change_touches_one_column() -> None:
    mapping = from_json(json.dumps(HAND), HEADER)
    changed = mapping.change("New", "contract.end_on|dmy")
    assert changed.by_field("contract.end_on") == (ColumnMap(4, "New", "contract.end_on", "dmy"),)
    assert changed.columns[:4] == mapping.columns[:4]
    assert mapping.columns[4].field == "ignore"


def test_used_leaves_out_what_is_ignored() -> None:
    mapping = Mapping("accounts", "files", (ColumnMap(0, "a", "name"), ColumnMap(1, "b", "ignore")))
    assert [column.header for column in mapping.used()] == ["a"]


def test_header_key_is_the_set_of_headers() -> None:
    assert header_key(["Name", "ARR"]) == header_key(["ARR", "ＮＡＭＥ "])
    assert header_key(["Name", "ARR"]) != header_key(["Name", "ARR", "Owner"])
    assert header_key(["Name", "Name"]) != header_key(["Name"])
    assert len(header_key(["Name"])) == 32


def test_refitted_fills_the_options_left_open() -> None:
    table = Table.of(["Client", "Start", "Fee"], [["Acme", "25/12/2026", "100"]])
    by_hand = from_json(
        '{"kind": "accounts", "columns": {"Client": "name", "Start": "contract.start_on", "Fee": "contract.arr|USD"}}',
        table.header,
    )
    filled = refitted(table, by_hand).mapping
    assert filled is not None
    assert [column.option for column in filled.columns] == ["", "dmy", "USD"]


def test_what_cells_do_not_say_is_told_of_every_file() -> None:
    header = ["顧客", "月額", "契約開始"]
    by_hand = from_json(
        '{"kind": "churn", "columns": {"顧客": "account_name|above", "月額": "amount|/month", "契約開始": "on_date"}}',
        header,
    )
    told = refitted(Table.of(header, [["Acme", "100", "1/2/2026"]]), by_hand).notes
    assert {note.code: (note.count, note.examples) for note in told} == {
        "dates_ambiguous": (1, ("契約開始",)),
        "blank_as_above": (1, ("顧客",)),
        "monthly_as_yearly": (1, ("月額",)),
        "yen_assumed": (1, ("月額",)),
    }
