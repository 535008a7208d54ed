"""The Jinja environment of document templates: strict, sandboxed, default deny.

A template may reach the fields of facts, a closed list of filters, its own macros and loops; nothing else has an
attribute or can be called. Operators that could grow without bound refuse early; the process around it
(worker.py) stops the rest.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from cs_workbench.reports.figure_filters import figure_filters
from cs_workbench.reports.marks import LINE_CLOSE, LINE_OPEN, Ledger, escaped

_LOOP = frozenset(
    {"index", "index0", "first", "last", "length", "revindex", "revindex0", "previtem", "nextitem"}
)
_BUILT_IN = (
    "abs", "d", "default", "first", "int", "last", "length", "list", "map", "max", "min", "reject", "rejectattr",
    "reverse", "select", "selectattr", "sort", "sum", "unique",
)  # fmt: skip
_TESTS = ("defined", "undefined", "none", "true", "false", "equalto", "eq", "ne", "gt", "ge", "lt", "le", "in",
          "even", "odd", "number", "string", "==", "!=", ">", ">=", "<", "<=", "sequence")  # fmt: skip
_QUIET = {"macro": "endmacro", "set": "endset", "call": "endcall", "filter": "endfilter"}
_TAGS_ALONE = re.compile(r"\s*(\{%(?:(?!%\}).)*%\}\s*)+")
_BITS = 512
_LONGEST = 100_000


class LineMarks(Extension):
    """Writes template name and line number into the text of a template after each newline and each tag, and keeps
    the line end behind a tag that ends a line of text: only a line made of tags alone leaves none.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """*source* with ``+%}`` where a line of text ends in a tag."""
        return "\n".join(
            line[:-2] + "+%}" if line.endswith("%}") and not _TAGS_ALONE.fullmatch(line) else line
            for line in source.split("\n")
        )

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens of *stream* with marks in their text, except inside macro, set, call and filter."""
        name = (stream.name or "template").replace(":", "")
        quiet: list[str] = []
        opened = inline = False
        for token in stream:
            if opened and token.type == "name":
                if quiet and token.value == quiet[-1]:
                    quiet.pop()
                elif token.value in _QUIET and not (token.value == "set" and self._assigns(stream)):
                    quiet.append(_QUIET[token.value])
            opened = token.type == "block_begin"
            if token.type == "data" and not quiet:
                yield Token(token.lineno, "data", self._marked(name, token.lineno, token.value, inline))
            else:
                yield token
            inline = token.type == "variable_end"

    @staticmethod
    def _assigns(stream: TokenStream) -> bool:
        return stream.look().type in {"assign", "comma", "dot"} if stream.current.type == "name" else True

    @staticmethod
    def _marked(name: str, line: int, text: str, inline: bool) -> str:
        first, *rest = text.split("\n")
        marked = [first if inline else f"{LINE_OPEN}{name}:{line}{LINE_CLOSE}{first}"]
        marked += [f"{LINE_OPEN}{name}:{line + at}{LINE_CLOSE}{piece}" for at, piece in enumerate(rest, 1)]
        return "\n".join(marked)


class TableLoader(BaseLoader):
    """Gives out the templates of one document by the names in its own table, and nothing else."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = dict(files)

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Any]:
        """Source, name and freshness of *template*. Raises TemplateNotFound for a name outside the table."""
        source = self._files.get(template)
        if source is None:
            raise TemplateNotFound(template)
        return source, template, lambda: True


class ReportEnvironment(ImmutableSandboxedEnvironment):
    """See the module. One per template table and language; the ledger is renewed for each rendering."""

    intercepted_binops = frozenset({"+", "-", "*", "**", "%", "//", "/"})

    def __init__(self, files: Mapping[str, str], language: str, labels: Mapping[str, str]) -> None:
        super().__init__(
            loader=TableLoader(files), undefined=StrictUndefined, autoescape=True, finalize=escaped,
            extensions=[LineMarks], trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
        )  # fmt: skip
        self.ledger = Ledger()
        built_in, tests = dict(self.filters), dict(self.tests)
        self.filters.clear()
        self.filters.update({name: built_in[name] for name in _BUILT_IN})
        self.filters.update({"count": built_in["length"], "join": joined})
        self.filters.update(figure_filters(self, language, labels))
        self.tests.clear()
        self.tests.update({name: tests[name] for name in _TESTS})
        self.globals.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for concat in tree.find_all(nodes.Concat):
            raise TemplateSyntaxError(
                "“~” is not allowed; write the parts one after another", concat.lineno, name
            )
        return tree

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Fields of facts, a loop's counters and the macros of an imported template; nothing else."""
        if dataclasses.is_dataclass(obj) and not isinstance(obj, type):
            return attr in type(obj).__dataclass_fields__
        if isinstance(obj, LoopContext):
            return attr in _LOOP
        if isinstance(obj, TemplateModule):
            return not attr.startswith("_") and isinstance(value, Macro | dict | str)
        return False

    def wrap_str_format(self, value: Any) -> None:
        """Nothing: texts have no methods here, ``format`` included."""

    def is_safe_callable(self, obj: Any) -> bool:
        """Macros and blocks of the template itself."""
        return isinstance(obj, Macro | BlockReference)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic within bounds, and ``+`` of text that keeps both sides' escaping. Raises SecurityError."""
        if isinstance(left, str) or isinstance(right, str):
            if operator == "+" and isinstance(left, str) and isinstance(right, str):
                return _added(left, right)
            raise SecurityError(f"“{operator}” is not allowed on text")
        if operator == "**" or any(isinstance(side, list | tuple | dict) for side in (left, right)):
            raise SecurityError(f"“{operator}” is not allowed here")
        if any(isinstance(side, int) and side.bit_length() > _BITS for side in (left, right)):
            raise SecurityError("a number grew too large")
        return super().call_binop(context, operator, left, right)


def _added(left: str, right: str) -> str:
    if len(left) + len(right) > _LONGEST:
        raise SecurityError("a text grew too long")
    if isinstance(left, Markup) or isinstance(right, Markup):
        return Markup(str(escaped(left)) + str(escaped(right)))  # noqa: S704  both sides are escaped
    return str(left) + str(right)


def joined(values: Any, separator: str = "") -> Markup:
    """The values as one escaped text with *separator* between them."""
    parts = [escaped(value) for value in values]
    return Markup(str(escaped(separator)).join(map(str, parts)))  # noqa: S704  all parts are escaped
