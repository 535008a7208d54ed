"""Lines end between phrases: no figure without its unit, no 期 on one line and 首 on the next."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextLayout, QTextOption
from pytestqt.qtbot import QtBot

from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.phrases import JOIN, LONGEST, held


def _lines(text: str, width: float) -> list[str]:
    """How Qt breaks *text* at *width*, without the invisible marks."""
    layout = QTextLayout(text, themes.current().font("small"))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    found = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        found.append(text[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return [one.replace(JOIN, "").replace("\u00a0", " ").strip() for one in found]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("width", range(90, 260, 10))
@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("（期首 − 縮小 − 解約）÷ 期首", ["期首", "縮小", "解約", "÷ 期首"]),
        ("1.09億円 ÷ 1.10億円・12か月", ["1.09億円", "1.10億円", "12か月"]),
        ("JPY換算・レートは2026/11/22時点", ["2026/11/22時点"]),
        ("スコアカードの平均96%を測定", ["を測定"]),
        ("それ以降の記録がありません", ["それ以降", "記録"]),
        ("$1,200 to start, 12 months, 1 EUR = 163.8, an amount", ["12 months", "1 EUR = 163.8", "an amount"]),
    ],
)
def test_what_belongs_together_stays_on_one_line(text: str, whole: list[str], width: int) -> None:
    lines = _lines(held(text), width)
    for piece in whole:
        assert any(piece in line for line in lines), (piece, lines)


def test_a_text_without_particles_still_breaks() -> None:
    phrases = held("漢" * 60).replace(JOIN, "|").split("|")
    assert max(map(len, phrases)) > 1
    assert held("漢" * 60).count(JOIN) <= 60 - 60 // LONGEST


@pytest.mark.parametrize(
    "text", ["", "a", "、", "12 months", "顧客の一覧", "<img src=x>", "\u202eevil", "漢" * 500]
)
def test_nothing_but_joints_is_put_in(text: str) -> None:
    assert held(text).replace(JOIN, "").replace("\u00a0", " ") == text


def test_label_says_and_copies_what_was_given(qtbot: QtBot) -> None:
    label = Label("", "small", wrap=True, phrases=True)
    qtbot.addWidget(label)
    label.setText("1.09億円 ÷ 1.10億円・12か月")
    assert label.text() == "1.09億円 ÷ 1.10億円・12か月"
    plain = Label("12 months", "small", wrap=True)
    qtbot.addWidget(plain)
    assert plain.text() == "12 months"
