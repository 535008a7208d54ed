"""Tables made to hurt (faults.md H1-H4): each ends in a typed error or a note, with bounded memory."""

from __future__ import annotations

import io
import random
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.errors import FileProblem
from cs_workbench.intake import archive_guard
from cs_workbench.intake.sheet_scan import BinarySheetScan, OdsScan, XmlSheetScan
from cs_workbench.intake.table import open_tables

SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def book() -> dict[str, bytes]:
    """The parts of a small sound workbook."""
    made = openpyxl.Workbook()
    made.active.append(["id", "name"])
    made.active.append([1, "Acme"])
    out = io.BytesIO()
    made.save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(folder: Path, parts: dict[str, bytes]) -> str:
    path = folder / "hostile.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return str(path)


def code_of(path: str) -> str:
    """The code of the problem that opening or reading the file ends in; "" when it reads well."""
    try:
        for table in open_tables(path):
            for _row in table.rows():
                pass
    except FileProblem as problem:
        return problem.code if problem.message and problem.remedy else "not explained"
    return ""


def test_the_sound_workbook_is_sound(tmp_path: Path) -> None:
    (table,) = open_tables(packed(tmp_path, book()))
    assert [tuple(row) for _number, row in table.rows()] == [(1, "Acme")]


@pytest.mark.parametrize(
    "extra",
    [
        {"xl/media/zeros.bin": bytes(64 << 20)},
        {SHEET: MAIN + b" " * (64 << 20) + b"<sheetData/></worksheet>"},
        {f"xl/media/{n}.bin": b"" for n in range(2_001)},
        {f"xl/media/{n}.bin": bytes(1 << 20) for n in range(150)},
    ],
)
def test_bombs_stop_at_ratio_size_and_count(tmp_path: Path, extra: dict[str, bytes]) -> None:
    assert code_of(packed(tmp_path, {**book(), **extra})) == "file_bomb"


def test_real_bytes_count_not_the_header(tmp_path: Path) -> None:
    path = packed(tmp_path, {**book(), "xl/media/lie.bin": bytes(64 << 20)})
    data = bytearray(Path(path).read_bytes())
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)
    Path(path).write_bytes(data)
    assert code_of(path) in ("file_bomb", "file_damaged")


def test_overlapping_entries(tmp_path: Path) -> None:
    path = packed(tmp_path, {**book(), "xl/media/a.bin": b"x" * 100})
    data = bytearray(Path(path).read_bytes())
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    Path(path).write_bytes(data)
    assert code_of(path) in ("file_bomb", "file_damaged")


@pytest.mark.parametrize(
    "part",
    [
        SHEET,
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "xl/sharedStrings.xml",
        "xl/workbook.xml",
    ],
)
@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE lolz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://example.invalid/p.dtd"> %p;]>',
    ],
)
def test_document_types_are_refused_before_parsing(tmp_path: Path, part: str, declaration: bytes) -> None:
    parts = book()
    parts[part] = b'<?xml version="1.0"?>' + declaration + parts.get(part, b"<x/>")
    assert code_of(packed(tmp_path, parts)) == "file_doctype"


def test_a_document_type_in_utf16_or_across_two_pieces(tmp_path: Path) -> None:
    parts = book()
    parts["docProps/core.xml"] = (
        '\ufeff<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16-le")
    )
    assert code_of(packed(tmp_path, parts)) == "file_doctype"
    for pad in range((1 << 18) - 12, (1 << 18) + 2):
        parts["docProps/core.xml"] = (
            bytes(random.Random(pad).randbytes(pad)).replace(b"<", b" ") + b"<!DOCTYPE x>"
        )
        if pad % 4 == 0:
            assert code_of(packed(tmp_path, parts)) == "file_doctype"


FIRST = b'<row r="1"><c r="A1" t="str"><v>id</v></c></row>'


def far(reference: str, row: int) -> bytes:
    return FIRST + b'<row r="%d"><c r="%s"><v>1</v></c></row>' % (row, reference.encode())


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        (FIRST, False),
        (far("XFD1048576", 1_048_576), True),
        (far("SA1048576", 1_048_576), True),
        (far("Z4000000000", 4_000_000_000), True),
        (FIRST + b'<row r="1048576"><c r="XFD1048576" s="0"/></row>', False),
        (b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>" + b"<row><c><v>1</v></c></row>" * 2_000, True),
    ],
)
def test_lying_dimensions_and_far_cells(tmp_path: Path, rows: bytes, refused: bool) -> None:
    sheet = b'<dimension ref="A1:XFD1048576"/><sheetData>' + rows + b"</sheetData></worksheet>"
    path = packed(tmp_path, {**book(), SHEET: MAIN + sheet})
    if refused:
        assert code_of(path) == "file_rows"
    else:
        (table,) = open_tables(path)
        assert table.header == ("id",)


def test_repeated_cells_of_an_ods(tmp_path: Path) -> None:
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<office:document-content{spaces}><office:body><office:spreadsheet><table:table table:name="S">'
        '<table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()}
    assert code_of(packed(tmp_path, parts)) == "file_rows"


BINARY = (
    b"\x00\x04\x04\x00\x00\x00" + b"\x03\x08\x02\x00\x00\x00\x00\x00\x00\x00" + b"\x81\x01\x00" + bytes(4)
)


@pytest.mark.parametrize(
    ("scan", "data", "rows", "columns", "errors"),
    [
        (
            XmlSheetScan,
            b'<row r="2"><c r="B2" t="e"><v>#REF!</v></c><c r="AA7"><v>1</v></c></row>',
            7,
            27,
            ["B2"],
        ),
        (
            XmlSheetScan,
            b"<x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>1</x:v></x:c></x:row><x:row></x:row>",
            2,
            2,
            [],
        ),
        (BinarySheetScan, BINARY, 5, 3, ["C5"]),
    ],
)
def test_reach_and_errors_are_seen_however_the_pieces_fall(
    scan: Callable[[], XmlSheetScan | BinarySheetScan],
    data: bytes,
    rows: int,
    columns: int,
    errors: list[str],
) -> None:
    for size in (1, 3, 7, len(data)):
        seen = scan()
        for at in range(0, len(data), size):
            seen(data[at : at + size])
        assert (seen.rows, seen.columns, seen.errors) == (rows, columns, errors)


def test_trailing_blank_repeats_of_an_ods_do_no_harm() -> None:
    scan = OdsScan()
    scan(b'<table:table table:name="S"><table:table-row><table:table-cell office:value-type="float"/>')
    scan(b'<table:table-cell table:number-columns-repeated="16383"/>')
    scan(b'<table:table-row table:number-rows-repeated="1048575">')
    scan(b'<table:table-cell table:number-columns-repeated="16384"/>')
    assert (scan.cells, scan.columns) == (1, 1)


def test_macros_and_links_are_ignored_and_told(tmp_path: Path) -> None:
    parts = {
        **book(),
        "xl/vbaProject.bin": b"x",
        "xl/externalLinks/externalLink1.xml": b"<x/>",
        "xl/embeddings/a.bin": b"x",
    }
    (table,) = open_tables(packed(tmp_path, parts))
    assert {note.code for note in table.notes} == {"macros", "external_links", "embedded"}


@pytest.mark.parametrize("name", ["word/document.xml", "channels.json"])
def test_other_archives_are_no_workbooks(tmp_path: Path, name: str) -> None:
    assert code_of(packed(tmp_path, {name: b"<x/>"})) == "file_type"


def test_damaged_workbooks_never_raise_anything_else(tmp_path: Path) -> None:
    sound = Path(packed(tmp_path, book())).read_bytes()
    chance = random.Random(7)
    path = tmp_path / "damaged.xlsx"
    for _try in range(120):
        data = bytearray(sound[: chance.choice([len(sound), chance.randrange(10, len(sound))])])
        for _flip in range(chance.randrange(1, 6)):
            data[chance.randrange(4, len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        code = code_of(str(path))
        assert code == "" or code.startswith("file_")


def test_damaged_old_workbooks_never_raise_anything_else(tmp_path: Path, shared_data: Path) -> None:
    chance = random.Random(11)
    for source in ("date.xls", "date.xlsb", "date.ods", "merged_range.xls"):
        sound = (shared_data / "xlsx_calamine" / source).read_bytes()
        path = tmp_path / source
        for _try in range(40):
            data = bytearray(sound[: chance.choice([len(sound), chance.randrange(600, len(sound))])])
            for _flip in range(chance.randrange(1, 8)):
                data[chance.randrange(8, len(data))] ^= 1 << chance.randrange(8)
            path.write_bytes(data)
            code = code_of(str(path))
            assert code == "" or code.startswith("file_")


def test_one_field_of_two_hundred_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("wb") as stream:
        stream.write(b'id,name\n1,"')
        for _block in range(200):
            stream.write(b"x" * (1 << 20))
        stream.write(b'"\n')
    tracemalloc.start()
    try:
        assert code_of(str(path)) == "file_field"
        assert tracemalloc.get_traced_memory()[1] < 128 << 20
    finally:
        tracemalloc.stop()


def test_a_hundred_thousand_columns(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("\n".join(",".join(map(str, range(100_000))) for _line in range(5)))
    assert code_of(str(path)) == "file_columns"
    path.write_text(",".join(f"c{n}" for n in range(100_000)) + "\n")
    assert code_of(str(path)) == "file_columns"


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("w") as stream:
        stream.write("account_id,metric,date,value\n")
        for number in range(150_000):
            stream.write(f"A-{number % 2000},active_users,2026-01-{number % 28 + 1:02},{number}\n")
    tracemalloc.start()
    try:
        (table,) = open_tables(str(path))
        assert sum(1 for _row in table.rows()) == 150_000
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


def test_the_guard_counts_what_it_inflates(tmp_path: Path) -> None:
    parts = book()
    archive = archive_guard.inspect(packed(tmp_path, parts))
    assert archive.inflated == sum(map(len, parts.values()))
    assert set(archive.names) == set(parts)


def test_a_deflate_stream_that_never_ends(tmp_path: Path) -> None:
    path = packed(tmp_path, {**book(), "xl/media/a.bin": random.Random(1).randbytes(5_000)})
    data = Path(path).read_bytes()
    start = data.rindex(b"PK\x03\x04") + 60
    Path(path).write_bytes(data[:start] + zlib.compress(b"y" * 100)[:20] + data[start + 20 :])
    with pytest.raises(FileProblem):
        open_tables(path)


def old_workbook(*records: tuple[int, bytes]) -> bytes:
    """A compound file with one workbook stream of these records (MS-CFB: header, FAT, directory, stream)."""
    body = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records).ljust(4608, b"\0")
    sectors = len(body) // 512
    chain = [*range(3, 2 + sectors), 0xFFFFFFFE]
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *chain, *[0xFFFFFFFF] * (126 - len(chain)))
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"))
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    struct.pack_into("<108I", header, 80, *[0xFFFFFFFF] * 108)

    def entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
        label = name.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<HBBIII", len(label), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return label.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)

    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + entry("Workbook", 2, 2, len(body), 0xFFFFFFFF)
    return bytes(header) + fat + directory.ljust(512, b"\0") + body


GLOBALS = (0x0809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
SHEET_START = (0x0809, struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 0))
END = (0x000A, b"")


def number(row: int, column: int) -> tuple[int, bytes]:
    return 0x0203, struct.pack("<HHHd", row, column, 0, 1.0)


@pytest.mark.parametrize(
    ("records", "code"),
    [
        ((GLOBALS, END, SHEET_START, number(0, 0), number(65_535, 255), END), "file_rows"),
        (
            (GLOBALS, END, SHEET_START, number(60_000, 200), END, SHEET_START, number(60_000, 200), END),
            "file_rows",
        ),
        ((GLOBALS, (0x002F, bytes(6)), END), "file_password"),
        (
            (SHEET_START, (0x00BD, struct.pack("<HH", 65_535, 0) + bytes(6) + struct.pack("<H", 255))),
            "file_rows",
        ),
    ],
)
def test_far_cells_of_an_old_workbook(
    tmp_path: Path, records: tuple[tuple[int, bytes], ...], code: str
) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(old_workbook(*records))
    assert code_of(str(path)) == code


@pytest.mark.parametrize("size", [8, 100, 512, 700, 1_024, 2_000])
def test_old_workbooks_cut_off(tmp_path: Path, size: int) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(old_workbook(GLOBALS, END, SHEET_START, number(0, 0), END)[:size])
    assert code_of(str(path)).startswith("file_")


def test_an_encrypted_package_in_a_compound_file(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(old_workbook(GLOBALS, END) + "EncryptedPackage".encode("utf-16-le"))
    assert code_of(str(path)) == "file_password"


@given(data=st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_file_problem(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.csv"
    path.write_bytes(data)
    code = code_of(str(path))
    assert code == "" or code.startswith("file_")


@given(text=st.text(alphabet='",;\t\n\r ab1\u3042', max_size=80))
def test_any_text_is_a_table_or_a_file_problem(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "any.csv"
    path.write_bytes(text.encode())
    code = code_of(str(path))
    assert code == "" or code.startswith("file_")
    if not code:
        (table,) = open_tables(str(path))
        assert all(len(row) == len(table.header) for _number, row in table.rows())
        assert len(set(table.header)) == len(table.header)
