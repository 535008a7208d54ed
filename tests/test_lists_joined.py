"""Lists a person reads are joined as their language joins them: never by a comma written in the code."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import cs_workbench
from cs_workbench import i18n
from cs_workbench.i18n import _

FLOORS = ("ui", "services", "cli", "intake", "reports")
WRITTEN = (", ", "; ", " · ", "、", "・", "；")
STORED = ("intake/compose.py",)
"""Joins what is stored, as the file had it; nobody's language is known there."""
HOUSE = Path(cs_workbench.__file__).parent


def joins(path: Path) -> list[str]:
    """Places where a literal sign between joins something."""
    return [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr == "join"
        and isinstance(node.value, ast.Constant)
        and node.value.value in WRITTEN
    ]


@pytest.mark.parametrize("floor", FLOORS)
def test_no_list_is_joined_by_a_sign_of_one_language(floor: str) -> None:
    assert [
        place
        for path in sorted((HOUSE / floor).rglob("*.py"))
        for place in joins(path)
        if not place.startswith(STORED)
    ] == []


@pytest.mark.parametrize(("language", "shown"), [("en", "A, B"), ("ja", "A、B")])
def test_a_list_reads_as_its_language_does(language: str, shown: str) -> None:
    before = i18n.language()
    try:
        i18n.set_language(language)
        assert _(", ").join(("A", "B")) == shown
    finally:
        i18n.set_language(before)
