"""Markdown to blocks: headings, paragraphs, lists, quotes and tables of the text between directives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.reports import inline
from cs_workbench.reports.blocks import (
    Align,
    Block,
    BulletList,
    Column,
    Heading,
    Paragraph,
    Quote,
    Runs,
    Src,
    Table,
)
from cs_workbench.reports.marks import Written
from cs_workbench.reports.tree import SourceError, Text

if TYPE_CHECKING:
    from markdown_it.token import Token

_CHECK_BOX = "[ ] "
_SUBTITLE = ": "
_BY = "-- "


@dataclass(slots=True)
class _Reader:
    """Walks the tokens of one text."""

    tokens: list[Token]
    origins: tuple[Src, ...]
    figures: tuple[Written, ...]
    at: int = 0

    def next(self) -> Token:
        """The token under the cursor; the cursor moves on."""
        token = self.tokens[self.at]
        self.at += 1
        return token

    def src(self, token: Token) -> Src:
        """The template line *token* began on."""
        return self.origins[token.map[0]] if token.map else Src()

    def blocks(self, until: str = "") -> list[Block]:
        """The blocks up to the closing token *until*, or to the end."""
        made: list[Block] = []
        while self.at < len(self.tokens):
            token = self.next()
            if token.type == until:
                break
            self._block(token, made)
        return made

    def _block(self, token: Token, made: list[Block]) -> None:
        src = self.src(token)
        match token.type:
            case "heading_open":
                level = min(3, len(token.markup))
                made.append(Heading(level, self._inline("heading_close"), src=src))
            case "paragraph_open":
                self._paragraph(made, src)
            case "bullet_list_open" | "ordered_list_open":
                made.append(self._list(token, src))
            case "blockquote_open":
                made.append(self._quote(src))
            case "table_open":
                made.append(self._table(src))
            case "hr":
                raise SourceError("a rule is not part of a document; use a heading of level 2", src)
            case other if other.endswith("_close"):  # the parser stopped opening what it closes
                raise SourceError("this is nested too deeply", src)
            case other:
                raise SourceError(f"{other.removesuffix('_open')} is not part of a document", src)

    def _inline(self, until: str) -> Runs:
        made: Runs = ()
        while (token := self.next()).type != until:
            if token.type == "inline":
                made = inline.runs(token, self.figures)
        return made

    def _paragraph(self, made: list[Block], src: Src) -> None:
        token = self.next()
        self.next()
        last = made[-1] if made else None
        if token.content.startswith(_SUBTITLE) and isinstance(last, Heading) and not last.subtitle:
            subtitle = inline.runs(token, self.figures, len(_SUBTITLE))
            made[-1] = Heading(last.level, last.runs, subtitle, last.src)
        elif said := inline.runs(token, self.figures):
            made.append(Paragraph(said, src=src))

    def _list(self, opened: Token, src: Src) -> BulletList:
        closing = opened.type.replace("_open", "_close")
        items: list[tuple[Block, ...]] = []
        check = False
        while self.next().type != closing:
            first = next((token for token in self.tokens[self.at :] if token.type == "inline"), None)
            if first is not None and first.content.startswith(_CHECK_BOX) and first.children:
                check = True
                first.children[0].content = first.children[0].content.removeprefix(_CHECK_BOX)
            items.append(tuple(self.blocks("list_item_close")))
        return BulletList(tuple(items), opened.type.startswith("ordered"), check, src)

    def _quote(self, src: Src) -> Quote:
        words: Runs = ()
        by: Runs = ()
        while (token := self.next()).type != "blockquote_close":
            if token.type != "inline":
                continue
            if token.content.startswith(_BY):
                by = inline.runs(token, self.figures, len(_BY))
            else:
                words += inline.runs(token, self.figures)
        return Quote(words, by, src)

    def _table(self, src: Src) -> Table:
        columns: list[Column] = []
        rows: list[tuple[Runs, ...]] = []
        row: list[Runs] = []
        while (token := self.next()).type != "table_close":
            if token.type in {"th_open", "td_open"}:
                if token.type == "th_open":
                    columns.append(Column(_align(token)))
                row.append(inline.runs(self.next(), self.figures))
            elif token.type == "tr_close":
                rows.append(tuple(row))
                row = []
        return Table(tuple(columns), rows[0], tuple(rows[1:]), src=src)


def _align(token: Token) -> Align:
    style = str(token.attrs.get("style", ""))
    if style.endswith("right"):
        return "right"
    return "center" if style.endswith("center") else "left"


def blocks(text: Text, figures: tuple[Written, ...]) -> tuple[Block, ...]:
    """The blocks of Markdown *text*. Raises SourceError for what a document has no block for."""
    return tuple(_Reader(inline.parser().parse(text.source), text.origins, figures).blocks())
