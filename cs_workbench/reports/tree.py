"""Rendered text as a tree: runs of Markdown lines and ``:::`` directives, each line knowing its template line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from cs_workbench.reports.blocks import Src
from cs_workbench.reports.marks import BREAK, FIGURE, LINE, Written

_OPEN = re.compile(r"^:::\s*([a-z_]+)\s*(?:\{(.*)\})?\s*$")
_ATTRIBUTE = re.compile(r'\s*([a-z_0-9]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"}]+))')
_UNESCAPE = re.compile(r"\\(.)")


class SourceError(Exception):
    """Rendered text that is not a document, with the template line it came from."""

    def __init__(self, message: str, src: Src) -> None:
        super().__init__(message)
        self.message = message
        self.src = src


@dataclass(frozen=True, slots=True)
class Text:
    """Consecutive Markdown lines and where each came from."""

    lines: tuple[str, ...]
    origins: tuple[Src, ...]

    @property
    def source(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Directive:
    """``::: name {key="value"}`` with what stands inside."""

    name: str
    attributes: dict[str, str]
    children: tuple[Node, ...]
    src: Src


Node: TypeAlias = Text | Directive


@dataclass(slots=True)
class _Open:
    name: str
    attributes: dict[str, str]
    src: Src
    children: list[Node] = field(default_factory=list)
    lines: list[tuple[str, Src]] = field(default_factory=list)

    def flush(self) -> None:
        """Close the run of lines collected so far."""
        if any(line.strip() for line, _src in self.lines):
            self.children.append(
                Text(tuple(line for line, _ in self.lines), tuple(src for _, src in self.lines))
            )
        self.lines.clear()


def tree(rendered: str, figures: tuple[Written, ...]) -> tuple[Node, ...]:
    """The nodes of *rendered*. Raises SourceError for a directive that is malformed, unclosed or not opened."""
    stack = [_Open("", {}, Src())]
    src = Src()
    for line, src in _originated(rendered):
        if not line.startswith(":::"):
            stack[-1].lines.append((line, src))
            continue
        if line.strip() == ":::":
            if len(stack) == 1:
                raise SourceError("“:::” closes nothing", src)
            _close(stack)
            continue
        found = _OPEN.match(line)
        if not found:
            raise SourceError(f"not a directive: {line.strip()[:60]}", src)
        stack.append(_Open(found[1], attributes(found[2] or "", figures, src), src))
        if found[1] == "break":
            _close(stack)
    if len(stack) > 1:
        raise SourceError(f"“::: {stack[-1].name}” is never closed", stack[-1].src)
    stack[0].flush()
    return tuple(stack[0].children)


def _close(stack: list[_Open]) -> None:
    closed = stack.pop()
    closed.flush()
    stack[-1].flush()
    stack[-1].children.append(Directive(closed.name, closed.attributes, tuple(closed.children), closed.src))


def _originated(rendered: str) -> Iterator[tuple[str, Src]]:
    src = Src()
    for raw in rendered.split("\n"):
        at = 0
        while found := LINE.match(raw, at):
            src = Src(found[1], int(found[2]))
            at = found.end()
        yield LINE.sub("", raw[at:]), src


def attributes(text: str, figures: tuple[Written, ...], src: Src) -> dict[str, str]:
    """The attributes of a directive; figures in them become their text. Raises SourceError for anything else."""
    found_all: dict[str, str] = {}
    at = 0
    while found := _ATTRIBUTE.match(text, at):
        value = found[2] if found[2] is not None else found[3]
        found_all[found[1]] = plain_text(value, figures)
        at = found.end()
    if text[at:].strip():
        raise SourceError(f"not an attribute: {text[at:].strip()[:60]}", src)
    return found_all


def plain_text(text: str, figures: tuple[Written, ...]) -> str:
    """Escaped Markdown text without marks as what a person reads."""
    shown = FIGURE.sub(lambda found: figures[int(found[1])].text, _UNESCAPE.sub(r"\1", text))
    return shown.replace(BREAK, "\n")
