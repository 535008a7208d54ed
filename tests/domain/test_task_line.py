"""A task in one line: the title, and the day after the mark."""

from __future__ import annotations

import datetime as dt

import pytest

from cs_workbench.domain.task_line import task_line

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "title", "due"),
    [
        ("Send the offer !2026-12-03", "Send the offer", dt.date(2026, 12, 3)),
        ("お礼を送る !12/3", "お礼を送る", dt.date(2026, 12, 3)),
        ("お礼を送る ！明日までに", "お礼を送る", dt.date(2026, 11, 23)),
        ("Send the offer ! 3 Dec", "Send the offer", dt.date(2026, 12, 3)),
        ("Well done!", "Well done!", None),
        ("Ask why !!", "Ask why !!", None),
        ("Say hello !soonish", "Say hello !soonish", None),
        ("  plain  ", "plain", None),
        ("!12/3", "", dt.date(2026, 12, 3)),
    ],
)
def test_title_and_day(text: str, title: str, due: dt.date | None) -> None:
    assert task_line(text, TODAY) == (title, due)
