"""Running text: Markdown's inline tokens to runs, figures put back in their places."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from cs_workbench.reports.blocks import Run, Runs
from cs_workbench.reports.marks import BREAK, FIGURE, Written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SAFE_LINKS = ("https://", "http://", "mailto:")
_WIDE = 0x2E80  # from here on, scripts that put no space between words


@cache
def parser() -> MarkdownIt:
    """CommonMark with pipe tables, without raw HTML, images, references or code blocks."""
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    return markdown.disable(
        ["html_block", "html_inline", "image", "autolink", "entity", "reference", "lheading", "code", "fence"]
    )


def runs(token: Token, figures: tuple[Written, ...], skip: int = 0) -> Runs:
    """The runs of an inline token, without its first *skip* characters."""
    made: list[Run] = []
    style = Run("")
    children: Sequence[Token] = token.children or ()
    for child in children:
        match child.type:
            case "text":
                text = child.content[skip:]
                skip = max(0, skip - len(child.content))
                made += _figured(text, style, figures)
            case "code_inline":
                made.append(replace(style, text=child.content, code=True))
            case "hardbreak":
                made.append(Run("\n"))
            case "softbreak":
                made.append(replace(style, text=" "))
            case "strong_open" | "strong_close":
                style = replace(style, bold=child.type == "strong_open")
            case "em_open" | "em_close":
                style = replace(style, italic=child.type == "em_open")
            case "link_open":
                href = str(child.attrs.get("href", ""))
                style = replace(style, href=href if href.startswith(_SAFE_LINKS) else "")
            case "link_close":
                style = replace(style, href="")
    return _tidy(made)


def _figured(text: str, style: Run, figures: tuple[Written, ...]) -> list[Run]:
    made: list[Run] = []
    at = 0
    for found in FIGURE.finditer(text):
        made += _broken(text[at : found.start()], style)
        figure = figures[int(found[1])]
        made.append(
            replace(
                style,
                text=figure.text,
                value=figure.value,
                fmt=figure.fmt,
                ref=figure.ref,
                missing=figure.missing,
            )
        )
        at = found.end()
    return made + _broken(text[at:], style)


def _broken(text: str, style: Run) -> list[Run]:
    made: list[Run] = []
    for number, piece in enumerate(text.split(BREAK)):
        if number:
            made.append(Run("\n"))
        if piece:
            made.append(replace(style, text=piece))
    return made


def _tidy(made: list[Run]) -> Runs:
    """Neighbours of one style joined; a line end between wide characters is no space; ends trimmed."""
    tidy: list[Run] = []
    for at, run in enumerate(made):
        if (
            run.text == " "
            and 0 < at < len(made) - 1
            and (_wide(made[at - 1].text[-1:]) or _wide(made[at + 1].text[:1]))
        ):
            continue
        if tidy and _joins(tidy[-1], run):
            tidy[-1] = replace(run, text=tidy[-1].text + run.text)
        elif run.text:
            tidy.append(run)
    if tidy and not tidy[0].fmt and tidy[0].text != "\n":
        tidy[0] = replace(tidy[0], text=tidy[0].text.lstrip())
    if tidy and not tidy[-1].fmt and tidy[-1].text != "\n":
        tidy[-1] = replace(tidy[-1], text=tidy[-1].text.rstrip())
    return tuple(run for run in tidy if run.text)


def _wide(character: str) -> bool:
    return bool(character) and ord(character) >= _WIDE


def _joins(one: Run, two: Run) -> bool:
    if "\n" in (one.text, two.text) or one.fmt or two.fmt or one.missing or two.missing:
        return False
    return replace(one, text="") == replace(two, text="")


def said(made: Runs) -> str:
    """Runs as plain text, line breaks as spaces."""
    return "".join(" " if run.text == "\n" else run.text for run in made)
