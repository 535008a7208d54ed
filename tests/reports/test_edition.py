"""The edition wall: what a customer edition is given does not contain what must stay with us."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing
from decimal import Decimal

import pytest

from cs_workbench.errors import InvalidValue
from cs_workbench.reports import (
    action_plan_facts,
    codec,
    facts,
    internal_facts,
    meeting_facts,
    plan_facts,
    value_facts,
    voice_facts,
)
from cs_workbench.reports import edition as editions
from cs_workbench.reports.engine import RenderFailure
from cs_workbench.reports.leaks import words

from .examples import EXAMPLES, rich
from .rendering import briefing, render

FORBIDDEN = {
    "sentiment",
    "influence",
    "likelihood",
    "probability",
    "score",
    "band",
    "note",
    "body",
    "summary",
    "coverage",
    "roles",
}


def reachable(cls: type, seen: set[type]) -> set[type]:
    """Every dataclass a value of *cls* can hold."""
    if cls in seen or not dataclasses.is_dataclass(cls):
        return seen
    seen.add(cls)
    hints = typing.get_type_hints(cls)
    stack = list(hints.values())
    while stack:
        hint = stack.pop()
        stack += typing.get_args(hint)
        if isinstance(hint, type):
            reachable(hint, seen)
    return seen


def test_customer_facts_have_no_internal_field_or_class() -> None:
    classes = reachable(facts.Briefing, set())
    assert {facts.Use, facts.Support, action_plan_facts.Step} <= classes
    fit = {
        module.__name__
        for module in (facts, action_plan_facts, meeting_facts, plan_facts, value_facts, voice_facts)
    }
    assert not classes & {value_facts.ValueNote, voice_facts.OpenLoop, voice_facts.InternalLoop}
    assert {cls.__module__ for cls in classes} <= fit
    fields = {field.name for cls in classes for field in dataclasses.fields(cls)}
    assert not fields & FORBIDDEN
    assert {
        field.name for cls in reachable(internal_facts.Internal, set()) for field in dataclasses.fields(cls)
    } & FORBIDDEN


def test_facts_hold_plain_values_only() -> None:
    allowed = (str, int, float, bool, Decimal, dt.date, type(None))

    def walk(value: object) -> None:
        if isinstance(value, tuple):
            for item in value:
                walk(item)
        elif dataclasses.is_dataclass(value):
            assert value.__dataclass_params__.frozen  # type: ignore[attr-defined]
            assert not hasattr(value, "__dict__")
            for field in dataclasses.fields(value):
                walk(getattr(value, field.name))
        else:
            assert isinstance(value, allowed)

    for make in EXAMPLES.values():
        walk(make().briefing)
        walk(make().internal)


def test_the_context_of_a_customer_edition_has_facts_alone() -> None:
    assert set(editions.context(rich(), "customer")) == {"facts"}
    assert set(editions.context(rich(), "internal")) == {"facts", "internal"}
    with pytest.raises(RenderFailure, match="internal"):
        render("{{ internal.account_note }}")


@pytest.mark.parametrize("word", ["", "both", "Customer", "../customer"])
def test_an_unknown_edition_is_refused(word: str) -> None:
    with pytest.raises(InvalidValue):
        editions.checked(word)


CANARIES = (
    "競合 Foobar と比較中",
    "値引きの打診",
    "価格の相談",
    "価格が高い",
    "値引き案の提示",
    "2027年度更新",
    "75%",
)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_internal_value_reaches_the_customer_edition(language: str) -> None:
    gathered = rich()
    engine = briefing(language)
    customer = engine.document(editions.context(gathered, "customer"), "customer")
    internal = engine.document(editions.context(gathered, "internal"), "internal")
    text, inner = "\n".join(words(customer)), "\n".join(words(internal))
    assert all(canary in inner for canary in CANARIES)
    assert not any(canary in text for canary in CANARIES)
    bare = codec.dumps(customer)
    assert "interaction/" not in bare
    assert "社内" not in bare
    assert "nternal" not in bare.replace('"nternal"', "")
