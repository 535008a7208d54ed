"""A sentence in a cell: on two lines what one would cut, broken between phrases; rows of lists are as high as that."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetrics, QImage, QPainter

from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets import two_lines
from cs_workbench.ui.widgets.phrases import JOIN
from cs_workbench.ui.widgets.two_lines import LONGEST, broken, paint_two

GOAL = "Finish the work in regular hours, and right the first time."


def wide(text: str) -> int:
    return QFontMetrics(themes.current().font("small")).horizontalAdvance(text)


@pytest.mark.usefixtures("qapp")
class TestBroken:
    """How a text falls into lines."""

    def test_what_fits_stays_on_one_line(self) -> None:
        assert broken(GOAL, "small", wide(GOAL)) == (GOAL,)
        assert broken("", "small", 100) == ("",)

    def test_what_one_line_would_cut_goes_on_in_the_second(self) -> None:
        lines = broken(GOAL, "small", wide(GOAL) * 6 // 10)
        assert len(lines) == 2
        assert " ".join(lines) == GOAL
        assert all(wide(line) <= wide(GOAL) * 6 // 10 for line in lines)

    def test_japanese_breaks_between_phrases_and_shows_no_joints(self) -> None:
        text = "報告を催促せずに、今月の着地を月曜に把握する。"
        lines = broken(text, "small", wide(text) * 6 // 10)
        assert "".join(lines) == text
        assert lines[0].endswith(("、", "の", "を"))
        assert JOIN not in "".join(lines)

    @pytest.mark.parametrize("text", ["x" * 10_000, "<img src=x> " * 900, "\u202eabc " * 90, "改\n行\tと"])
    def test_whatever_was_typed_is_two_lines_at_most(self, text: str) -> None:
        lines = broken(text, "small", 120)
        assert 1 <= len(lines) <= 2
        assert sum(map(len, lines)) <= LONGEST
        assert not any("\n" in line or "\t" in line for line in lines)


@pytest.mark.usefixtures("qapp")
def test_both_lines_stand_in_the_middle_of_the_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    boxes: list[QRectF] = []
    monkeypatch.setattr(two_lines, "paint_text", lambda _painter, box, *_told: boxes.append(box))
    image = QImage(200, 52, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    paint_two(painter, QRectF(0, 0, 200, 52), GOAL, "small", "text.secondary")
    painter.end()
    assert len(boxes) == 2
    assert boxes[0].top() == pytest.approx(52 - boxes[1].bottom())
    assert boxes[0].top() >= 0
