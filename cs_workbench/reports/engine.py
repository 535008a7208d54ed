"""From template and facts to a Document. Runs inside the rendering process only; see worker.py."""

from __future__ import annotations

import dataclasses
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from jinja2 import TemplateError, TemplateNotFound
from markupsafe import Markup

from cs_workbench.reports.blocks import Block, Document, Footnote, Heading, Run
from cs_workbench.reports.directives import Builder
from cs_workbench.reports.edition import Edition
from cs_workbench.reports.environment import ReportEnvironment
from cs_workbench.reports.facts import Briefing
from cs_workbench.reports.internal_facts import Internal
from cs_workbench.reports.marks import BREAK, Ledger, readable
from cs_workbench.reports.tree import SourceError, tree

LARGEST_OUTPUT = 20_000_000


class TimeUp(Exception):
    """Raised into a rendering that has used up its time."""


_FAULTS = (
    TemplateError, ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, RuntimeError, TimeUp,
    TypeError, ValueError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sources:
    """The templates of one document in one language: its files, where to begin, and the writers' words."""

    entry: str
    files: Mapping[str, str]
    language: str
    labels: Mapping[str, str]


class RenderFailure(Exception):
    """A template that failed; ``template`` and ``line`` say where, ``line`` is 0 where nothing is known."""

    def __init__(self, message: str, template: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.template = template
        self.line = line


class Engine:
    """Renders one template table again and again; compiled templates are kept."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self._environment = ReportEnvironment(sources.files, sources.language, sources.labels)

    def markdown(self, context: Mapping[str, Briefing | Internal], edition: Edition) -> str:
        """The rendered Markdown with its marks. Raises RenderFailure."""
        self._environment.ledger = Ledger()
        names: dict[str, Any] = {**context, "edition": edition, "language": self.sources.language}
        names["br"] = Markup(BREAK)  # noqa: S704  a constant of ours
        try:
            template = self._environment.get_template(self.sources.entry)
            pieces: list[str] = []
            size = 0
            for piece in template.generate(names):
                size += len(piece)
                if size > LARGEST_OUTPUT:
                    raise RenderFailure("the document grew beyond 20 MB", self.sources.entry, 0)
                pieces.append(piece)
        except _FAULTS as problem:
            raise self._failure(problem) from None
        return "".join(pieces)

    def document(self, context: Mapping[str, Briefing | Internal], edition: Edition) -> Document:
        """The finished Document. Raises RenderFailure."""
        rendered = self.markdown(context, edition)
        figures = tuple(self._environment.ledger.figures)
        builder = Builder(figures, edition, self.sources.language, context)
        try:
            made = [self._with_tab(block) for block in builder.blocks(tree(rendered, figures))]
        except SourceError as problem:
            raise RenderFailure(problem.message, problem.src.template, problem.src.line) from None
        except (ValueError, IndexError) as problem:
            raise RenderFailure(str(problem), self.sources.entry, 0) from None
        labels = {
            key: word
            for key, word in self.sources.labels.items()
            if key != "internal" or edition == "internal"
        }
        head = builder.head
        document = Document(
            head.get("title", ""), head.get("sender", ""), cast(Literal["en", "ja"], self.sources.language), edition,
            builder.cover, tuple(made), (), labels.get("internal", "") if edition == "internal" else "",
            {key: word for key, word in labels.items() if not key.startswith(("unit_", "record_", "tab_"))},
            head.get("dense", "") == "yes", as_of=getattr(context.get("facts"), "as_of", None),
        )  # fmt: skip
        return with_notes(document, labels) if edition == "internal" else without_records(document)

    def _with_tab(self, block: Block) -> Block:
        """A message with what its page is called: the label tab_<file>, tab_<file>_2 for a file's second message."""
        if not isinstance(block, Heading) or block.level != 1:
            return block
        above = self.sources.files.get(block.src.template, "").splitlines()[: block.src.line]
        name = f"tab_{block.src.template.partition('.')[0]}"
        own = self.sources.labels.get(f"{name}_{sum(line.startswith('# ') for line in above)}")
        return dataclasses.replace(block, tab=own or self.sources.labels.get(name, ""))

    def text(self, context: Mapping[str, Briefing | Internal], edition: Edition) -> str:
        """The rendered Markdown for people: figures spelled out, no marks. Raises RenderFailure."""
        rendered = self.markdown(context, edition)
        return readable(rendered, tuple(self._environment.ledger.figures))

    def _failure(self, problem: Exception) -> RenderFailure:
        """*problem* with the innermost template line of its traceback."""
        name = getattr(problem, "name", None)
        line = getattr(problem, "lineno", None)
        template = str(name) if name in self.sources.files else self.sources.entry
        at = int(line) if isinstance(line, int) and name in self.sources.files else 0
        for frame in traceback.extract_tb(problem.__traceback__):
            if frame.filename in self.sources.files:
                template, at = frame.filename, frame.lineno or 0
        message = str(problem) or type(problem).__name__
        if isinstance(problem, TemplateNotFound):
            message = f"there is no file “{problem.name}” in this template"
        elif isinstance(problem, TimeUp):
            message = "the template took too long"
        elif isinstance(problem, RecursionError):
            message = "the template includes or calls itself without end"
        elif isinstance(problem, MemoryError):
            message = "the template asked for too much memory"
        return RenderFailure(message[:500], template, at)


def with_notes(document: Document, labels: Mapping[str, str]) -> Document:
    """*document* with a numbered footnote on the first figure of each record on each page."""
    numbers: dict[str, str] = {}
    seen: set[str] = set()

    def noted(value: Any) -> Any:
        if isinstance(value, Run):
            if not value.ref or value.ref in seen:
                return value
            seen.add(value.ref)
            return dataclasses.replace(value, note=numbers.setdefault(value.ref, str(len(numbers) + 1)))
        return _mapped(value, noted)

    blocks = []
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            seen.clear()
        blocks.append(noted(block))
    notes = tuple(Footnote(number, (Run(record(ref, labels)),)) for ref, number in numbers.items())
    return dataclasses.replace(document, blocks=tuple(blocks), notes=notes)


def record(ref: str, labels: Mapping[str, str]) -> str:
    """The words for a record reference: "ticket/812" → "Ticket #812"."""
    kind, _slash, number = ref.partition("/")
    return labels.get("record_" + kind, kind + " #{id}").format(id=number)


def without_records(document: Document) -> Document:
    """*document* without record references: our ids are nobody else's business."""

    def bare(value: Any) -> Any:
        if isinstance(value, Run):
            return dataclasses.replace(value, ref="") if value.ref else value
        return _mapped(value, bare)

    return dataclasses.replace(document, blocks=tuple(bare(block) for block in document.blocks))


def _mapped(value: Any, change: Any) -> Any:
    if isinstance(value, tuple):
        return tuple([change(item) for item in value])
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for field in dataclasses.fields(value):
            old = getattr(value, field.name)
            if isinstance(old, tuple | list) or dataclasses.is_dataclass(old):
                new = change(old)
                if new != old:
                    changed[field.name] = new
        return dataclasses.replace(value, **changed) if changed else value
    return value
