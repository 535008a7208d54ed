"""Which encoding a file is in, decided over all of it; nothing is ever stored wrongly decoded in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.errors import FileProblem
from cs_workbench.intake import encoding as encodings
from cs_workbench.intake.jis import decode_iso2022jp
from cs_workbench.intake.table import open_tables

JAPANESE = (
    "会社名,担当者,メモ\n株式会社アオバ,高橋 花子,更新の相談をしました。\n"
    "有限会社みどり,佐藤 太郎,とくに問題なし\n"
)
VENDOR = "会社名,担当者\n㈱髙﨑商店,①髙橋～\n"
ESCAPE = b"\x1b"


def written(folder: Path, data: bytes) -> str:
    path = folder / "file.csv"
    path.write_bytes(data)
    return str(path)


def text_of(path: str, encoding: str | None = None) -> str:
    with encodings.open_lines(encodings.detect(path, encoding)) as lines:
        return "".join(lines)


@pytest.mark.parametrize(
    ("codec", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp932", "cp932"),
        ("euc_jp", "euc_jp"),
        ("iso2022_jp", "iso2022_jp"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
    ],
)
def test_every_encoding_a_japanese_file_comes_in(tmp_path: Path, codec: str, found: str) -> None:
    path = written(tmp_path, JAPANESE.encode(codec))
    assert encodings.detect(path).encoding == found
    assert text_of(path) == JAPANESE


def test_utf16_big_endian_with_its_mark(tmp_path: Path) -> None:
    assert text_of(written(tmp_path, b"\xfe\xff" + JAPANESE.encode("utf-16-be"))) == JAPANESE


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark(tmp_path: Path, codec: str) -> None:
    text = JAPANESE.replace(",", "\t")
    path = written(tmp_path, text.encode(codec))
    found = encodings.detect(path)
    assert found.encoding == codec
    assert [note.code for note in found.notes] == ["encoding_guessed"]
    assert text_of(path) == text


def test_vendor_characters_are_read_by_cp932_never_shift_jis(tmp_path: Path) -> None:
    path = written(tmp_path, VENDOR.encode("cp932"))
    assert text_of(path) == VENDOR
    assert text_of(path, "shift_jis") == VENDOR


def test_half_width_kana_in_cp932_stay_cp932(tmp_path: Path) -> None:
    text = "ｶｲｼｬﾒｲ,ﾀﾝﾄｳｼｬ\nｱｵﾊﾞｼｮｳｼﾞ,ﾀｶﾊｼ ﾊﾅｺ\n"
    path = written(tmp_path, text.encode("cp932"))
    assert encodings.detect(path).encoding == "cp932"
    assert text_of(path) == text


def test_western_text_is_not_taken_for_kanji(tmp_path: Path) -> None:
    text = "name;city\nSociété Générale;Orléans\nMüller & Söhne;Köln\nCafé Zoë;Besançon\n"
    path = written(tmp_path, text.encode("cp1252"))
    found = encodings.detect(path)
    assert text_of(path) == text
    assert [note.code for note in found.notes] == ["encoding_guessed"]


def test_a_bad_byte_late_in_the_file_is_found_before_anything_is_stored(tmp_path: Path) -> None:
    body = b"id,name\n" + b"1,plain\n" * 300_000
    path = written(tmp_path, body + b"2,\xff\xfe\x81 broken\n")
    with pytest.raises(FileProblem) as caught:
        open_tables(path, encoding="utf-8")
    assert caught.value.code == "file_encoding"
    assert caught.value.where["row"] == 300_002


def test_japanese_late_in_an_ascii_file_decides_the_encoding(tmp_path: Path) -> None:
    path = written(tmp_path, b"id,name\n" + b"1,plain\n" * 300_000 + "2,髙橋\n".encode("cp932"))
    (table,) = open_tables(path)
    assert table.encoding == "cp932"
    assert list(table.rows())[-1] == (300_002, ["2", "髙橋"])


def test_an_override_is_verified_and_an_unknown_one_refused(tmp_path: Path) -> None:
    path = written(tmp_path, JAPANESE.encode("cp932"))
    for name in ("utf-8", "no-such-thing", "base64"):
        with pytest.raises(FileProblem) as caught:
            open_tables(path, encoding=name)
        assert caught.value.code == "file_encoding"


def test_nul_characters_are_taken_out_and_told(tmp_path: Path) -> None:
    (table,) = open_tables(written(tmp_path, b"id,name\n1,Ac\0me\n\0\0\n"))
    assert list(table.rows()) == [(2, ["1", "Acme"])]
    assert [note.code for note in table.notes] == ["nul_characters"]


def test_replacement_characters_of_the_file_itself_are_told(tmp_path: Path) -> None:
    (table,) = open_tables(written(tmp_path, "id,name\n1,\ufffd\ufffd社\n".encode()))
    (note,) = table.notes
    assert note.code == "replacement_characters"
    assert "2" in note.message


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"plain", "plain"),
        (ESCAPE + b"$B2q<R" + ESCAPE + b"(B ok", "会社 ok"),
        (ESCAPE + b"(I1" + ESCAPE + b"(B", "ｱ"),
        (ESCAPE + b"$B-!" + ESCAPE + b"(B", "①"),
        (ESCAPE + b"$B|b" + ESCAPE + b"(B", "髙"),
    ],
)
def test_iso_2022_jp_with_vendor_characters(data: bytes, expected: str) -> None:
    assert decode_iso2022jp(data) == expected


@pytest.mark.parametrize("data", [ESCAPE + b"$B2", ESCAPE + b"$B\x80\x80"])
def test_broken_iso_2022_jp(data: bytes) -> None:
    with pytest.raises(UnicodeDecodeError):
        decode_iso2022jp(data)


@given(st.text(alphabet="会社名株式有限高橋花子アイウあいう123ABC、。「」", max_size=40))
def test_iso_2022_jp_agrees_with_pythons_codec(text: str) -> None:
    assert decode_iso2022jp(text.encode("iso2022_jp")) == text


@pytest.mark.parametrize("codec", ["cp932", "euc_jp", "utf-8", "utf-16"])
@given(
    rows=st.lists(
        st.text(alphabet="会社名株式有限担当者更新日相談アイウエオかきくけこ、。", min_size=3, max_size=8),
        min_size=4,
        max_size=10,
    )
)
def test_japanese_text_never_comes_out_garbled_in_silence(
    tmp_path_factory: pytest.TempPathFactory, codec: str, rows: list[str]
) -> None:
    text = "会社の名前,内容について\n" + "".join(f"{row},ありがとうございます\n" for row in rows)
    path = written(tmp_path_factory.mktemp("text"), text.encode(codec))
    assert text_of(path) == text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "UTF16"])
@pytest.mark.parametrize("data", [b"id,name\n1,Acme\n", b"id,name\n1,Acme\n\n"])
def test_a_wide_encoding_that_it_is_not_is_refused(tmp_path: Path, encoding: str, data: bytes) -> None:
    with pytest.raises(FileProblem) as caught:
        open_tables(written(tmp_path, data), encoding=encoding)
    assert caught.value.code == "file_encoding"
    assert encoding in caught.value.message


@pytest.mark.parametrize("name", ["idna", "punycode", "unicode_escape", "raw_unicode_escape", "rot13", "hex"])
def test_codecs_that_are_no_encoding_of_files_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileProblem, match="There is no encoding"):
        open_tables(written(tmp_path, b"id,name\n1,Acme\n"), encoding=name)


def test_what_was_lost_is_counted(tmp_path: Path) -> None:
    notes = encodings.detect(
        written(tmp_path, ("id,n\ufffd\n" + "1,Acme\n" * 99 + "2\0,\ufffd\0\n").encode())
    ).notes
    assert [(note.code, note.count) for note in notes] == [
        ("nul_characters", 2),
        ("replacement_characters", 2),
    ]
