"""Finding pages by name, and loading ahead what is likely to be opened next."""

from __future__ import annotations

import importlib.util

import pytest

from cs_workbench.ui import loading
from cs_workbench.ui.pages import PAGES
from cs_workbench.ui.widgets import chart_frame


def test_a_missing_module_is_none_and_a_missing_name_is_said() -> None:
    assert loading.found("cs_workbench.ui.pages.ghost:GhostPage") is None
    with pytest.raises(AttributeError):
        loading.found("cs_workbench.ui.pages.about:GhostPage")


def test_an_error_inside_a_module_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_name: str) -> object:
        raise ModuleNotFoundError("no module named x", name="x")

    monkeypatch.setattr(loading.importlib, "import_module", broken)
    with pytest.raises(ModuleNotFoundError):
        loading.found("cs_workbench.ui.pages.about:AboutPage")


@pytest.mark.parametrize("place", [one.count for one in PAGES if one.count])
def test_what_a_page_counts_with_is_there(place: str) -> None:
    assert callable(loading.found(place))


@pytest.mark.parametrize("module", [*loading.AHEAD, *loading.DRAWING])
def test_what_is_loaded_ahead_is_there(module: str) -> None:
    assert importlib.util.find_spec(module) is not None


def test_each_module_is_a_piece_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    monkeypatch.setattr(loading.importlib, "import_module", order.append)
    for piece in loading.pieces():
        piece()
    assert order == list(loading.AHEAD)


def test_the_drawing_library_is_made_ready_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    monkeypatch.setattr(chart_frame, "prepare", lambda: order.append("drawn"))
    monkeypatch.setattr(loading.importlib, "import_module", order.append)
    for piece in loading.drawing():
        piece()
    assert order == [*loading.DRAWING, "drawn"]
