"""Words left in fields, as they are stored: what comes back is what was kept, whatever stands in the draft."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.services import drafts, portfolios, typed_left
from cs_workbench.services.typed_left import MOST, Left, body_of, plain_arguments
from tests.builders_store import NOW

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


class Drafts:
    """A portfolio that holds one draft."""

    def __init__(self, body: str) -> None:
        self.body = body

    def scalar(self, _sql: str, _params: object = ()) -> str:
        """The body."""
        return self.body


@given(WORDS, WORDS, st.dictionaries(WORDS, st.none() | st.integers() | WORDS, max_size=3))
def test_what_is_kept_comes_back(text: str, name: str, arguments: typed_left.Arguments) -> None:
    one = Left("value", "", name, "line 1", text, "2026-11-22 07:10", arguments)
    assert typed_left.read(Drafts(body_of([one]))) == (one,)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "body",
    ["", "{", "3", "[3]", '{"text": "x"}', '[{"text": ""}]', '[{"text": 3}]', '[{"text": "x", "arguments": 3}]',
     "[" * 100 + "]" * 100],
)  # fmt: skip
def test_what_cannot_be_read_is_nothing(body: str) -> None:
    assert typed_left.read(Drafts(body)) == ()  # type: ignore[arg-type]


def test_the_oldest_go_first() -> None:
    many = [Left("value", "", str(n), "", "x") for n in range(MOST + 5)]
    found = typed_left.read(Drafts(body_of(many)))  # type: ignore[arg-type]
    assert [one.name for one in found] == [str(n) for n in range(5, MOST + 5)]


def test_a_field_is_certain_only_where_its_record_is_known() -> None:
    assert Left("value", "", "Sum", "line 1", "x").is_certain
    assert Left("account", "", "Name", "", "x", "", {"account_id": 3}).is_certain
    assert Left("settings", "", "Name", "", "x").is_certain
    assert not Left("success", "", "Name", "", "x", "", {"view": "map"}).is_certain
    assert plain_arguments([("as_of", NOW), ("n", 1), ("none", None)]) == {"n": 1, "none": None}


def test_it_is_no_quick_log_draft(tmp_path: Path) -> None:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        drafts.keep(workbench, typed_left.KEY, body_of([Left("value", "", "Sum", "", "x")]), now=NOW)
        assert drafts.unsaved(workbench.reads) == []
        assert len(typed_left.read(workbench.reads)) == 1
        assert workbench.history() == [] or workbench.history()[-1].name != "Keep draft"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (
            Left(
                "account", "Form", "Sum", "line 1", "other words", "later", {"account_id": 3, "tab": "value"}
            ),
            True,
        ),
        (Left("value", "Form", "Sum", "line 1", "x", "", {"account_id": 3}), False),
        (Left("account", "", "Sum", "line 1", "x", "", {"account_id": 3}), False),
        (Left("account", "Form", "Name", "line 1", "x", "", {"account_id": 3}), False),
        (Left("account", "Form", "Sum", "line 2", "x", "", {"account_id": 3}), False),
        (Left("account", "Form", "Sum", "line 1", "x", "", {"account_id": 4}), False),
    ],
)
def test_a_field_is_the_same_by_its_place_not_by_its_words(other: Left, same: bool) -> None:
    one = Left("account", "Form", "Sum", "line 1", "x", "", {"account_id": 3})
    assert (one.place == other.place) is same
