"""What the terminal gets: widths, control characters, plain JSON values."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from cs_workbench.cli import output
from cs_workbench.errors import FileProblem


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("契約", 4), ("ｱｲ", 2), ("Ａ", 2), ("e\u0301", 1), ("", 0)]
)
def test_columns_a_text_takes(text: str, columns: int) -> None:
    assert output.width(text) == columns


def test_tables_line_up_with_japanese() -> None:
    drawn = output.table(("Name", "N"), [("契約", "1"), ("a", "12")], right=frozenset((1,)))
    assert drawn.splitlines() == ["Name   N", "契約   1", "a     12"]


def test_a_name_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    output.show("Acme\x1b[2J\u202eevil\x07")
    assert capsys.readouterr().out == "Acme�[2J�evil�\n"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("12.50"), 12.5),
        (Decimal("1200000"), 1_200_000),
        (dt.date(2026, 12, 31), "2026-12-31"),
        (dt.datetime(2026, 12, 31, 8, tzinfo=dt.UTC), "2026-12-31T08:00:00+00:00"),
    ],
)
def test_plain_values(value: object, expected: object) -> None:
    assert output.plain(value) == expected


def test_what_is_not_plain_is_a_fault() -> None:
    with pytest.raises(TypeError):
        output.plain(object())


def test_a_known_error_is_one_sentence_and_a_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    output.failure(
        FileProblem("It is locked.", "Close Excel.", code="file_locked", path="a.xlsx"), as_json=True
    )
    said = capsys.readouterr()
    assert '"code": "file_locked"' in said.out
    assert said.err.splitlines() == ["It is locked.", "→ Close Excel."]


def test_a_narrow_terminal_cuts_the_column_that_can_give_and_a_pipe_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [("1", "株式会社とても長い名前の会社", "12"), ("2", "Short", "3")]
    assert "株式会社とても長い名前の会社" in output.table(("#", "Name", "N"), rows, give=(1,))
    monkeypatch.setattr(output, "screen_width", lambda: 24)
    lines = output.table(("#", "Name", "N"), rows, give=(1,)).splitlines()
    assert max(map(output.width, lines)) <= 24
    assert "…" in lines[1]
    assert "Short" in lines[2]


@pytest.mark.parametrize(
    ("text", "columns", "cut"), [("契約更新", 8, "契約更新"), ("契約更新", 7, "契約更…"), ("abc", 2, "a…")]
)
def test_cutting_counts_columns(text: str, columns: int, cut: str) -> None:
    assert output.shorten(text, columns) == cut
