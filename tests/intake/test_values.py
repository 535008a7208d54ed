"""Yes and no, mail addresses, domains, blanks and placeholders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.intake import values
from cs_workbench.intake.cells import ValueProblem, is_placeholder, plain
from cs_workbench.intake.table import Cell


@pytest.mark.parametrize(
    "cell",
    [
        "yes",
        "YES",
        "true",
        "TRUE",
        "1",
        1,
        1.0,
        True,
        "はい",
        "有",
        "あり",
        "○",
        "〇",
        "◯",
        "✓",
        "済",
        "ｙｅｓ",
        " Y ",
    ],
)
def test_yes(cell: Cell) -> None:
    assert values.parse_bool(cell) is True


@pytest.mark.parametrize(
    "cell", ["no", "False", "0", 0, False, "いいえ", "無", "なし", "×", "✕", "未", "未済", "Ｎｏ", "off"]
)
def test_no(cell: Cell) -> None:
    assert values.parse_bool(cell) is False


@pytest.mark.parametrize(
    ("cell", "code"), [("", "blank"), (None, "blank"), ("-", "blank"), ("maybe", "bool"), (2, "bool")]
)
def test_neither(cell: Cell, code: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        values.parse_bool(cell)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "cell",
    [None, "", " ", "\u3000", "-", "ー", "－", "N/A", "#N/A", "null", "NULL", "なし", "未定", "nan", "\\N"],
)
def test_placeholders(cell: Cell) -> None:
    assert is_placeholder(cell)


@pytest.mark.parametrize("cell", [0, False, "0", "North America", "株式会社なし", "x"])
def test_no_placeholders(cell: Cell) -> None:
    assert not is_placeholder(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("a@b.co.jp", ("a@b.co.jp",)),
        ("Alice <A@B.com>", ("a@b.com",)),
        ("mailto:x@y.io", ("x@y.io",)),
        ("a@b.com; c@d.jp", ("a@b.com", "c@d.jp")),
        ("a@b.com, A@B.com", ("a@b.com",)),
        ("ａ＠ｂ．ｃｏｍ", ("a@b.com",)),
        ("first.last+tag@sub.example.co.jp", ("first.last+tag@sub.example.co.jp",)),
        ("山田 <y@例え.jp>", ("y@例え.jp",)),
    ],
)
def test_mail_addresses(cell: str, expected: tuple[str, ...]) -> None:
    assert values.parse_emails(cell) == expected


@pytest.mark.parametrize("cell", ["a@b", "a@@b.com", "nobody", "a@b.com c@", "a@b..com", "@b.com", ""])
def test_no_mail_address(cell: str) -> None:
    with pytest.raises(ValueProblem):
        values.parse_emails(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("https://www.acme.co.jp/x?y#z", "acme.co.jp"),
        ("acme.com", "acme.com"),
        ("WWW.Acme.com:8080", "acme.com"),
        ("user@sub.acme.io", "sub.acme.io"),
        ("http://user:pw@acme.com/", "acme.com"),
        ("日本語.jp", "日本語.jp"),
        ("acme.com/path", "acme.com"),
        ("Alice <a@b.com>", "b.com"),
        ("mailto:x@y.io", "y.io"),
        ("acme.com.", "acme.com"),
    ],
)
def test_domains(cell: str, expected: str) -> None:
    assert values.parse_domain(cell) == expected


@pytest.mark.parametrize("cell", ["localhost", "not a domain", "", "1.2", "http://", "a..b", "192.168.0.1"])
def test_no_domain(cell: str) -> None:
    with pytest.raises(ValueProblem):
        values.parse_domain(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [(" x ", "x"), (None, None), ("  ", None), (1234567.0, "1234567"), (12, "12"), (1.5, "1.5"), (True, "true"),
     ("NA", "NA"),
     ("03-1234-5678", "03-1234-5678"), ("\ufeffx", "x")],
)  # fmt: skip
def test_text_stays_text(cell: Cell, expected: str | None) -> None:
    assert values.parse_text(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("'=1+1", "=1+1"),
        ("'@acme", "@acme"),
        ("'-5", "-5"),
        ("'＝A1", "＝A1"),
        ("' =1", " =1"),
        ("'tis", "'tis"),
        ("''=1", "'=1"),
        ("'\t=1", "\t=1"),
        ('="00012"', "00012"),
        ('=""', None),
        ("=1+1", "=1+1"),
        ("'", "'"),
    ],
)
def test_only_the_mark_our_own_exports_add_is_taken_off(cell: str, expected: str | None) -> None:
    assert values.parse_text(cell) == expected


def test_plain_text_has_one_spelling() -> None:
    assert plain("ＡＢＣ－１２\u3000３") == "ABC-12 3"
    assert plain("a  \u200bb") == "a b"
    assert plain(True) == "true"


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    codes = set()
    for read in (values.parse_bool, values.parse_emails, values.parse_domain):
        try:
            read(text)
        except ValueProblem as problem:
            codes.add(problem.code)
    assert codes <= {"blank", "bool", "email", "domain"}
