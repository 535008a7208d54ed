"""Files of every make through the service: workbooks, encodings, mappings by hand, rejected rows, what is refused."""

from __future__ import annotations

import csv
import datetime as dt
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest

from cs_workbench.errors import FileProblem, IntakeProblem
from cs_workbench.intake.mapping import from_json
from cs_workbench.services.intake import rejected
from tests.builders_import import content, portfolio, table, take_in, warnings_of

ACCOUNTS = "account_id,account_name\nA1,アオバ株式会社\nA2,Globex\n"
JAPANESE = "顧客ID,会社名,業種\nK1,髙橋製作所㈱,製造\n"
ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet>
<table:table table:name="Customers">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""


def _workbook(folder: Path, **sheets: list[list[Any]]) -> str:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = folder / "export.xlsx"
    book.save(path)
    return str(path)


def _ods(folder: Path, rows: list[list[str]]) -> str:
    def cell(text: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    path = folder / "export.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows=lines))
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
        )
    return str(path)


def test_a_workbook_with_linked_sheets_is_one_step(tmp_path: Path) -> None:
    path = _workbook(
        tmp_path,
        Tickets=[
            ["ticket_id", "account_id", "created_at", "subject"],
            ["T1", "A1", dt.datetime.fromisoformat("2026-03-01T09:00"), "Hi"],
        ],
        Customers=[["account_id", "account_name"], ["A1", "Acme"], ["A2", "Globex"]],
        Contracts=[
            ["contract_id", "account_id", "start_date", "arr", "seats"],
            ["C1", "A1", dt.date(2026, 1, 1), 1200.5, 7],
        ],
    )
    with portfolio(tmp_path) as wb:
        before = content(wb)
        result = take_in(wb, path)
        assert [(b.file, b.sheet, b.kind, b.created) for b in result.batches] == [
            ("export.xlsx", "Tickets", "tickets", 1),
            ("export.xlsx", "Customers", "accounts", 2),
            ("export.xlsx", "Contracts", "contracts", 1),
        ]
        assert wb.reads.one("select arr, seats, start_on from contract") == (12_005_000, 7, "2026-01-01")
        assert wb.reads.all("select account_id, opened_at from ticket") == [(1, "2026-03-01T09:00:00Z")]
        assert wb.reads.all("select file_name from import_batch order by id") == [
            ("export.xlsx [Tickets]",),
            ("export.xlsx [Customers]",),
            ("export.xlsx [Contracts]",),
        ]
        assert take_in(wb, path).step_id is None
        wb.undo()
        assert content(wb) == before


def test_a_spare_sheet_is_left_out_with_a_warning_and_alone_it_is_refused(tmp_path: Path) -> None:
    spare = [["Zeug", "Dings"], ["1", "2"], ["3", "4"]]
    with portfolio(tmp_path) as wb:
        both = _workbook(tmp_path, Customers=[["account_id", "account_name"], ["A1", "Acme"]], Notes=spare)
        result = take_in(wb, both)
        assert warnings_of(result.batches[-1]) == {"unrecognised_skipped": 1}
        assert (result.batches[-1].sheet, result.created) == ("Notes", 1)
        with pytest.raises(IntakeProblem) as told:
            take_in(wb, _workbook(tmp_path, Notes=spare))
        assert told.value.code == "unrecognised"
        assert "Zeug" in told.value.message


def test_an_ods_sheet(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        result = take_in(
            wb, _ods(tmp_path, [["顧客ID", "会社名"], ["K1", "アオバ株式会社"], ["K2", "Globex"]])
        )
        assert (result.batches[0].sheet, result.created) == ("Customers", 2)
        assert wb.reads.all("select name from account order by id") == [("アオバ株式会社",), ("Globex",)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc-jp"])
def test_the_encodings_exports_come_in(tmp_path: Path, encoding: str) -> None:
    text = "顧客ID,会社名,業種\nK1,青葉製作所株式会社,製造業\nK2,株式会社みどり商事,卸売業\n"
    path = tmp_path / "顧客.csv"
    path.write_bytes(text.encode(encoding))
    with portfolio(tmp_path) as wb:
        take_in(wb, str(path))
        assert wb.reads.all("select name, industry from account order by id") == [
            ("青葉製作所株式会社", "製造業"),
            ("株式会社みどり商事", "卸売業"),
        ]


def test_an_encoding_can_be_told(tmp_path: Path) -> None:
    path = tmp_path / "k.csv"
    path.write_bytes(JAPANESE.encode("cp932"))
    with portfolio(tmp_path) as wb:
        take_in(wb, str(path), encoding="cp932", kind="accounts")
        assert wb.reads.scalar("select name from account") == "髙橋製作所㈱"


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ('{"kind": "accounts", "columns": {"Nothing": "name"}}', "missing_columns"),
        ('{"kind": "accounts", "columns": {"Zeug": "no such field"}}', "mapping_field"),
        ('{"kind": "teapots", "columns": {"Zeug": "name"}}', "mapping_kind"),
        ('{"columns": {"Zeug": "name"}}', "mapping_json"),
        ("not json", "mapping_json"),
    ],
)
def test_a_mapping_that_does_not_fit_is_told(tmp_path: Path, columns: str, code: str) -> None:
    odd, mapping = table(tmp_path, "odd.csv", "Zeug,Dings\nX1,Acme\n"), table(tmp_path, "m.json", columns)
    with portfolio(tmp_path) as wb:
        before = content(wb)
        with pytest.raises(IntakeProblem) as told:
            take_in(wb, odd, mapping=mapping)
        assert told.value.code == code
        assert told.value.remedy
        assert content(wb) == before


def test_a_mapping_as_a_value_and_a_source_of_ones_own(tmp_path: Path) -> None:
    odd = table(tmp_path, "odd.csv", "Zeug,Dings,Farbe,Preis\nX1,Acme,blue,120\n")
    columns = {"Zeug": "external_id", "Dings": "name", "Farbe": "custom:Colour", "Preis": "contract.arr|EUR"}
    text = json.dumps({"kind": "accounts", "source": "erp", "columns": columns})
    with portfolio(tmp_path) as wb:
        take_in(wb, odd, mapping=from_json(text, ["Zeug", "Dings", "Farbe", "Preis"]), source="sap")
        assert wb.reads.all("select source, external_id from account_source") == [("sap", "X1")]
        assert wb.reads.all(
            "select label, value from account_custom join custom_field f on f.id = field_id"
        ) == [("Colour", "blue")]
        assert wb.reads.all("select arr, currency from contract") == [(1_200_000, "EUR")]
        assert wb.reads.all("select source, kind from saved_mapping") == [("sap", "accounts")]
        again = take_in(wb, odd)
        assert (again.batches[0].source, again.step_id) == ("sap", None)


def test_the_mapping_saved_last_for_a_name_is_tried_first_and_must_fit(tmp_path: Path) -> None:
    first = table(tmp_path, "1.csv", "Zeug,Dings\nX1,Acme\n")
    second = table(tmp_path, "2.csv", "Nummer,Firma\nX2,Globex\n")
    third = table(tmp_path, "3.csv", "Firma,Nummer,Rest\nInitech,X3,?\n")
    fourth = table(tmp_path, "4.csv", "Nichts,Nirgends\n1,2\n")
    with portfolio(tmp_path) as wb:
        for path, columns in (
            (first, {"Zeug": "external_id", "Dings": "name"}),
            (second, {"Nummer": "external_id", "Firma": "name"}),
        ):
            text = json.dumps({"kind": "accounts", "source": "erp", "columns": columns})
            take_in(wb, path, mapping=table(tmp_path, "m.json", text))
        take_in(wb, third, mapping="erp")
        assert wb.reads.all("select external_id from account_source order by id") == [
            ("X1",),
            ("X2",),
            ("X3",),
        ]
        with pytest.raises(IntakeProblem) as told:
            take_in(wb, fourth, mapping="erp")
        assert told.value.code == "missing_columns"
        with pytest.raises(IntakeProblem) as told:
            take_in(wb, third, mapping="erp", kind="people")
        assert told.value.code == "mapping_unknown"


def test_the_rejected_rows_can_be_mended_and_taken_in(tmp_path: Path) -> None:
    rows = [["T1", "A1", "2026-03-01", "fine"], ["T2", "A1", "soon", "=1+1"], ["T3", "A1", "", 'a "b", c\nd']]
    path = tmp_path / "tickets.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["ticket_id", "account_id", "created_at", "subject"], *rows])
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        result = take_in(wb, str(path), good_rows=True)
        saved = Path(result.batches[0].rejected_file or "")
        with saved.open(encoding="utf-8-sig", newline="") as file:
            kept = list(csv.reader(file))
        assert kept[0] == ["ticket_id", "account_id", "created_at", "subject", "Reason"]
        assert [row[:4] for row in kept[1:]] == [
            ["T2", "A1", "soon", "'=1+1"],
            ["T3", "A1", "", 'a "b", c\nd'],
        ]
        assert all("created_at" in row[4] for row in kept[1:])
        mended = (
            saved.read_text(encoding="utf-8-sig")
            .replace("soon", "2026-03-02")
            .replace("A1,,", "A1,2026-03-03,")
        )
        again = take_in(wb, table(tmp_path, "mended.csv", mended), kind="tickets")
        assert (again.created, again.rejected) == (2, 0)
        assert wb.reads.scalar("select count(*) from ticket") == 3


def test_rejected_files_of_one_second_do_not_overwrite_one_another(tmp_path: Path) -> None:
    bad = table(tmp_path, "odd name.csv", "ticket_id,account_id,created_at\nT1,A9,2026-1-1\n")
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        paths = [take_in(wb, bad, kind="tickets", good_rows=True).batches[0].rejected_file for _ in range(3)]
        assert len(set(paths)) == 3
        assert {Path(path or "").name for path in paths} == {
            "odd_name-rejected-20260401T093000.csv",
            "odd_name-rejected-20260401T093000-2.csv",
            "odd_name-rejected-20260401T093000-3.csv",
        }


def test_a_place_that_cannot_hold_rejected_rows_is_told_and_nothing_is_imported(tmp_path: Path) -> None:
    bad = table(tmp_path, "t.csv", "ticket_id,account_id,created_at\nT1,A9,2026-1-1\nT2,A1,2026-1-1\n")
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        Path(rejected.folder(wb.path)).write_text("in the way")
        before = content(wb)
        with pytest.raises(FileProblem) as told:
            take_in(wb, bad, kind="tickets", good_rows=True)
        assert told.value.code == "rejected_file"
        assert content(wb) == before


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.csv", b""),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4),
        ("broken.xlsx", b"PK\x03\x04 this is no workbook"),
        ("folder", None),
        ("missing.csv", None),
    ],
)
def test_files_that_cannot_be_read_are_told_and_the_others_are_not_taken(
    tmp_path: Path, name: str, data: bytes | None
) -> None:
    good, bad = table(tmp_path, "a.csv", ACCOUNTS), tmp_path / name
    if data is not None:
        bad.write_bytes(data)
    elif name == "folder":
        bad.mkdir()
    with portfolio(tmp_path) as wb:
        before = content(wb)
        with pytest.raises(FileProblem) as told:
            take_in(wb, good, str(bad))
        assert name in told.value.message
        assert told.value.remedy
        assert content(wb) == before
        assert wb.history() == []


def test_the_message_names_three_reasons_and_says_that_there_are_more(tmp_path: Path) -> None:
    rows = "".join(f"T{n},A9{n},2026-1-1\n" for n in range(5))
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        with pytest.raises(IntakeProblem) as told:
            take_in(wb, table(tmp_path, "t.csv", "ticket_id,account_id,created_at\n" + rows), kind="tickets")
        assert told.value.message.startswith("5 of 5 rows cannot be taken in: t.csv, 2: ")
        assert told.value.message.count("t.csv, ") == 3
        assert told.value.message.endswith(" ….")
        assert "--good-rows" in told.value.remedy
