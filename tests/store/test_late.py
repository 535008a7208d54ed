"""A module imported at first use."""

from __future__ import annotations

import sys

import pytest

from cs_workbench.store.late import Late


def test_nothing_is_imported_before_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    late = Late("colorsys")
    assert "colorsys" not in sys.modules
    assert late.rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)
    assert "colorsys" in sys.modules


def test_what_the_module_lacks_is_missing_here_too() -> None:
    with pytest.raises(AttributeError):
        _ = Late("colorsys").nonsense
