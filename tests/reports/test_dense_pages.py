"""A dense page: two slides instead of four, set close in Word; and styles in Word are looked up once."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx as word_files
import pptx as slide_files
import pytest
from docx.styles.styles import Styles

from cs_workbench.reports import blocks as b
from cs_workbench.reports import edition as editions
from cs_workbench.reports.slide_blocks import dense_order
from cs_workbench.reports.writers import docx, pptx

from .full_example import full
from .rendering import briefing

HEAD = tuple((b.Run(name),) for name in ("Benefit", "A year"))
TABLE = b.Table(
    (b.Column("left", 2.0), b.Column("right", 1.0)),
    HEAD,
    tuple(((b.Run(f"Line {n}"),), (b.Run("1,000"),)) for n in range(9)),
)
SMALL = b.Paragraph((b.Run("Definitions"),), small=True)
CELLS = b.Cells((("Data", (b.Run("A"),)), ("Means", (b.Run("B"),))))
BLOCKS = (
    b.Heading(1, (b.Run("You gain\n40%"),)),
    b.Paragraph((b.Run("Over three years."),)),
    b.Heading(2, (b.Run("Where from"),)),
    TABLE,
    CELLS,
    SMALL,
)


def document(**more: Any) -> b.Document:
    return b.Document("ROI", "Us", "en", "customer", None, BLOCKS, **more)


def slides(made: b.Document) -> list[list[str]]:
    deck = slide_files.Presentation(io.BytesIO(pptx.render(made, b.Look())))
    return [[one.text_frame.text for one in slide.shapes if one.has_text_frame] for slide in deck.slides]


def test_what_it_comes_to_stands_first_and_what_it_is_made_of_on_the_next_slide() -> None:
    first, second = slides(document(dense=True))
    assert "You gain 40%" in first[0]
    assert any("Over three years" in text for text in first)
    assert any("Definitions" in text for text in second)
    assert second[0] == "Where from"
    assert not any("Where from" in text for text in first)
    assert sum("Definitions" in text for text in first) == 0


def test_a_page_that_is_not_dense_keeps_its_order() -> None:
    said = [text for slide in slides(document()) for text in slide]
    assert any("Where from" in text for text in said)
    assert said[0] in ("You gain\x0b40%", "You gain 40%")


def test_without_a_long_table_nothing_moves() -> None:
    short: list[b.Block] = [*BLOCKS[1:3], replace(TABLE, rows=TABLE.rows[:2]), SMALL]
    assert dense_order(short, "Made of", ", ") == short
    assert (
        dense_order([TABLE, SMALL], "Made of", ", ") == [b.Heading(2, (b.Run("Made of"),)), TABLE, SMALL][1:]
    )


def _size(dense: bool, style: str) -> float:
    made = word_files.Document(io.BytesIO(docx.render(document(dense=dense), b.Look())))
    return float(made.styles[style].font.size.pt)


@pytest.mark.parametrize("style", ["Normal", "Heading 1", "Table text"])
def test_word_is_set_close_too(style: str) -> None:
    assert 7.0 <= _size(True, style) < _size(False, style)


def test_a_paragraph_in_word_looks_up_no_style(monkeypatch: pytest.MonkeyPatch) -> None:
    """python-docx walks 160 styles for each: the briefing took three times as long."""
    asked = list[object]()
    once = Styles.__getitem__
    walk = Styles.default

    def named(styles: Styles, key: str) -> object:
        asked.append(key)
        return once(styles, key)

    def usual(styles: Styles, kind: Any) -> object:
        asked.append(kind)
        return walk(styles, kind)

    monkeypatch.setattr(Styles, "__getitem__", named)
    monkeypatch.setattr(Styles, "default", usual)
    made = briefing("ja").document(editions.context(full(), "customer"), "customer")
    docx.render(made, b.Look())
    assert len(asked) < 40
