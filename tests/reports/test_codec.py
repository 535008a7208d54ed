"""Plain data to JSON and back."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.reports import codec
from cs_workbench.reports import edition as editions

from .examples import EXAMPLES
from .rendering import briefing


@pytest.mark.parametrize("name", EXAMPLES)
def test_facts_and_documents_come_back_equal(name: str) -> None:
    gathered = EXAMPLES[name]()
    assert codec.loads(codec.dumps(gathered.briefing)) == gathered.briefing
    assert codec.loads(codec.dumps(gathered.internal)) == gathered.internal
    document = briefing("ja").document(editions.context(gathered, "internal"), "internal")
    assert codec.loads(codec.dumps(document)) == document


_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates() | st.decimals(allow_nan=False),
    lambda inner: st.lists(inner).map(tuple) | st.dictionaries(st.text(alphabet="abc"), inner),
    max_leaves=12,
)


@given(_PLAIN)
def test_plain_values_come_back_equal(value: Any) -> None:
    assert codec.loads(codec.dumps(value)) == value


@pytest.mark.parametrize(
    "value", [object(), {1, 2}, b"x", dt.datetime(2026, 1, 1, tzinfo=dt.UTC), lambda: 1, Decimal, 1j]
)
def test_nothing_else_is_written(value: object) -> None:
    with pytest.raises(TypeError):
        codec.dumps(value)


@pytest.mark.parametrize(
    "data",
    [
        {"$": "Popen"},
        {"$": "Run"},
        {"$": "Run", "text": "x", "evil": 1},
        {"$": "Document", "title": "x"},
        {"$": 7},
    ],
)
def test_nothing_else_is_made(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"unknown class|argument"):
        codec.loads(json.dumps(data))


def test_class_names_are_not_shared_between_facts_and_blocks() -> None:
    from cs_workbench.domain import chart_data
    from cs_workbench.reports import blocks, facts, internal_facts

    seen: dict[str, str] = {}
    for module in (chart_data, blocks, facts, internal_facts):
        for name, cls in vars(module).items():
            if isinstance(cls, type) and cls.__module__ == module.__name__:
                assert seen.setdefault(name, module.__name__) == module.__name__
