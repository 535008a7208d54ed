"""The catalogue: every text translated, none fuzzy, the same fields on both sides, compiled as committed."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The script that keeps the catalogue."""
    spec = importlib.util.spec_from_file_location("catalogue", ROOT / "packaging" / "catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_japanese_is_complete_and_current(tool: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.check() == 0, capsys.readouterr().out


def test_a_missing_translation_is_noticed(tool: ModuleType) -> None:
    texts = tool.collect()
    kept = tool.read("ja")
    kept.delete("There is nothing to undo.")
    assert tool.problems(kept, texts) == ["not translated: 'There is nothing to undo.'"]


@pytest.mark.parametrize(
    ("text", "names"),
    [("{count} rows", {"count"}), ("none", set()), ("{a} {b}", {"a", "b"}), ("{a!r}", {"a"})],
)
def test_fields_of_a_text(tool: ModuleType, text: str, names: set[str]) -> None:
    assert tool.fields(text) == names
