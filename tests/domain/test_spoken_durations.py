"""Durations as they are typed: minutes, hours, both, in English and Japanese."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.spoken_durations import spoken_minutes


@pytest.mark.parametrize(
    ("word", "minutes"),
    [
        ("20m", 20), ("45min", 45), ("20minutes", 20), ("1h", 60), ("1h30m", 90), ("1.5h", 90), ("2hours", 120),
        ("20分", 20), ("1時間", 60), ("1時間半", 90), ("1時間20分", 80), ("24h", 1440), ("1440分", 1440),
    ],
)  # fmt: skip
def test_minutes(word: str, minutes: int) -> None:
    assert spoken_minutes(word) == minutes


@pytest.mark.parametrize(
    "word", ["", "20", "m", "h", "半", "0m", "25h", "1441m", "20x", "1.55h", "20 m", "12345m"]
)
def test_what_is_no_duration(word: str) -> None:
    assert spoken_minutes(word) is None


@given(st.text(max_size=12))
def test_any_word_is_minutes_of_a_day_or_none(word: str) -> None:
    minutes = spoken_minutes(word)
    assert minutes is None or 0 < minutes <= 1440
