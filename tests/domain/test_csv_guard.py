"""Text cells that a spreadsheet would run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.csv_guard import guard, unguard


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+81 3", "-5", "@SUM(A1)", "\tx", "\rx", "\nx", "|cmd", "%0",
     "＝1", "＋1", "－1", "＠x", "  =1", "　=1", "'=1", '"=1'],
)  # fmt: skip
def test_what_could_run_is_guarded(text: str) -> None:
    assert guard(text) == "'" + text


@pytest.mark.parametrize("text", ["", "a=b", "plain", "'quoted'", "5", "更新", "a-b"])
def test_the_rest_stays(text: str) -> None:
    assert guard(text) == text
    assert unguard(text) == text


@given(st.text(alphabet="'\"=+-@ \t\r\n|%＝a1　", max_size=12))
def test_the_way_back_is_exact(text: str) -> None:
    assert unguard(guard(text)) == text
