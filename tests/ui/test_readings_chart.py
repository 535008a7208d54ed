"""The small chart of an objective: its last label and the target's never stand on each other."""

from __future__ import annotations

import pytest

from cs_workbench.ui.widgets.readings_chart import label_top

HALF = 9.0


@pytest.mark.parametrize("target", [20.0, 60.0])
@pytest.mark.parametrize("apart", range(-40, 41, 2))
def test_the_labels_stand_clear_of_each_other(target: float, apart: int) -> None:
    y = target + apart
    top = label_top(y, target, HALF)
    bottom = top + 2 * HALF
    assert bottom <= target - HALF or top >= target + HALF
    assert (bottom <= target) == (y <= target), "on the side where the reading is"


def test_a_label_keeps_near_its_point() -> None:
    assert label_top(20, 90, HALF) == 2
    assert label_top(120, 90, HALF) == 111
