"""Python's own import statement stays in place once the window toolkit is loaded."""

from __future__ import annotations

import builtins
import subprocess
import sys

import pytest

from cs_workbench.ui import imports

_ASK = """
import builtins, inspect
from cs_workbench.ui import imports
from PySide6.QtWidgets import QWidget
read = []
inspect.getsource = lambda module: read.append(module.__name__) or ""
import colorsys, cs_workbench.ui.wording
from PySide6.QtCore import Qt
print(read, Qt.AlignmentFlag.AlignLeft.value, QWidget.__name__)
"""


def test_no_module_is_read_twice_and_the_toolkit_works() -> None:
    said = subprocess.run([sys.executable, "-c", _ASK], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["[]", "1", "QWidget"]


def test_without_the_hook_nothing_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(builtins, "__orig_import__", raising=False)
    before = builtins.__import__
    imports.unhook()
    assert builtins.__import__ is before


def test_the_hook_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def own(*arguments: object) -> object:
        raise AssertionError("not called")

    monkeypatch.setattr(builtins, "__import__", builtins.__import__)
    monkeypatch.setattr(builtins, "__orig_import__", own, raising=False)
    before = builtins.__import__
    try:
        imports.unhook()
        assert builtins.__import__ is own
    finally:
        builtins.__import__ = before
