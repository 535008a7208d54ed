"""Tables in memory, what a file really is, and the delimiter under which it is even."""

from __future__ import annotations

import os
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from cs_workbench.errors import FileProblem
from cs_workbench.intake import filetype
from cs_workbench.intake.delimited import sniff
from cs_workbench.intake.table import MemoryRows, Table, open_tables


def test_a_table_from_memory() -> None:
    table = Table.of(("id", "name"), [[1, "Acme"], [2, None]], name="clipboard", sheet="S")
    assert list(table.rows()) == [(2, (1, "Acme")), (3, (2, None))]
    assert table.sample == ((1, "Acme"), (2, None))
    assert (table.name, table.sheet, table.header_row, table.late_notes()) == ("clipboard", "S", 1, ())


def test_a_table_is_frozen_and_compares_without_its_source() -> None:
    one = Table.of(("id",), [[1]])
    other = Table.of(("id",), [[1]])
    assert one == other
    assert "source" not in repr(one)
    with pytest.raises(FrozenInstanceError):
        one.name = "x"  # type: ignore[misc]


def test_the_sample_of_a_long_table_is_short() -> None:
    table = Table.of(("id",), [[number] for number in range(500)])
    assert len(table.sample) == 200
    assert sum(1 for _row in table.rows()) == 500
    assert MemoryRows(()).notes() == ()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"PK\x03\x04rest", "zip"),
        (b"PK\x05\x06" + bytes(18), "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "ole"),
        (b"id,name\n", "text"),
        (b"\xef\xbb\xbfid,name\n", "text"),
        (b"\xff\xfei\x00d\x00", "text"),
        (b"PKG,name\n", "text"),
        (b"<5,name\n", "text"),
        (b"<name>,<id>\n", "text"),
    ],
)
def test_the_first_bytes_decide(tmp_path: Path, head: bytes, kind: str) -> None:
    path = tmp_path / "any.xls"
    path.write_bytes(head)
    assert filetype.recognise(str(path)) == kind


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"%PDF-1.7", "a PDF document"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"GIF89a", "a picture"),
        (b"SQLite format 3\x00", "a database"),
        (b"\x1f\x8b\x08", "a compressed archive"),
        (b"7z\xbc\xaf\x27\x1c", "a compressed archive"),
        (b"Rar!\x1a", "a compressed archive"),
        (b"{\\rtf1", "a rich text document"),
        (b"\x7fELF", "a program"),
        (b"MZ\x90\x00", "a program"),
        (b"\r\n <!DOCTYPE html><p>", "a web page"),
        (b"<HTML><body>", "a web page"),
        (b"<table border=1>", "a web page"),
        (b'<?xml version="1.0"?><rss/>', "an XML file"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "an Excel 2003",
        ),
    ],
)
def test_what_it_is_instead_is_said(tmp_path: Path, head: bytes, said: str) -> None:
    path = tmp_path / "accounts.xls"
    path.write_bytes(head)
    with pytest.raises(FileProblem) as caught:
        filetype.recognise(str(path))
    assert said in caught.value.message
    assert "accounts.xls" in caught.value.message
    assert caught.value.where["path"] == str(path)


def test_a_path_no_system_takes_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    for path in (str(tmp_path / "a\0b.csv"), str(tmp_path / ("x" * 5_000))):
        with pytest.raises(FileProblem) as caught:
            open_tables(path)
        assert caught.value.code == "file_unreadable"


@pytest.mark.parametrize(
    ("lines", "delimiter"),
    [
        (["a,b,c\n", "1,2,3\n"], ","),
        (["a;b;c\n", "1,5;2,5;3\n", "1,5;2,5;3\n"], ";"),
        (["a\tb\n", "x, y, z\tw\n"], "\t"),
        (["a|b|c\n", "1|2|3\n"], "|"),
        (["name\n", "Acme\n"], ","),
        (["Report, made today\n", "\n", "a;b;c\n", "1;2;3\n", "4;5;6\n"], ";"),
        (["id,note\n", '1,"a;b;c"\n', '2,"d;e;f"\n'], ","),
        (['"a","b"\r\n', '"1","x\r\n', 'y"\r\n'], ","),
        (["id\tname\tcity\n", "1\tAcme, Inc.\tTokyo, JP\n", "2\tBeta, Inc.\tOsaka, JP\n"], "\t"),
        ([], ","),
    ],
)
def test_the_delimiter_is_the_one_that_makes_an_even_table(lines: list[str], delimiter: str) -> None:
    assert sniff(lines) == delimiter


def test_a_record_cut_off_by_the_sample_does_not_count() -> None:
    lines = ["a;b\n", "1;2\n", '3;"open, and, on, and, on\n']
    assert sniff(lines, whole=False) == ";"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "f.csv")
    with pytest.raises(FileProblem, match=r"“f\.csv” is no file but a pipe") as caught:
        open_tables(str(tmp_path / "f.csv"))
    assert (caught.value.code, bool(caught.value.remedy)) == ("file_type", True)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="this system has no such device")
def test_a_device_is_no_empty_file() -> None:
    with pytest.raises(FileProblem, match="pipe or device"):
        open_tables("/dev/zero")


def test_a_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for path, shown in ((".", "“.” is a folder"), (str(tmp_path), f"“{tmp_path.name}” is a folder")):
        with pytest.raises(FileProblem) as caught:
            open_tables(path)
        assert shown in caught.value.message
