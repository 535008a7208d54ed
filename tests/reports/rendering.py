"""Rendering inside the test process: an engine over a handful of template texts."""

from __future__ import annotations

from collections.abc import Mapping

from cs_workbench.reports import edition as editions
from cs_workbench.reports import loader
from cs_workbench.reports.blocks import Block, Document
from cs_workbench.reports.edition import Edition, Gathered
from cs_workbench.reports.engine import Engine, Sources

from . import examples

LABELS = {
    "not_measured": "not measured",
    "unit_people": " person| people",
    "internal": "INTERNAL",
    "record_ticket": "Ticket #{id}",
}


def engine(text: str, *, language: str = "en", **files: str) -> Engine:
    """An engine whose entry is *text*; other files by name without ending."""
    table = {"main.md.j2": text, **{f"{name}.md.j2": body for name, body in files.items()}}
    return Engine(Sources("main.md.j2", table, language, LABELS))


def render(
    text: str, *, edition: Edition = "customer", facts: Gathered | None = None, **files: str
) -> Document:
    """The document *text* makes of the rich example."""
    return engine(text, **files).document(editions.context(facts or examples.rich(), edition), edition)


def blocks(
    text: str, *, edition: Edition = "customer", facts: Gathered | None = None, **files: str
) -> tuple[Block, ...]:
    """Its blocks."""
    return render(text, edition=edition, facts=facts, **files).blocks


def briefing(language: str) -> Engine:
    """The built-in renewal briefing."""
    template = loader.load("renewal_briefing")
    made = template.manifest
    return Engine(Sources(made.entry[language], template.files, language, made.labels[language]))


def texts(files: Mapping[str, str]) -> str:
    """All files as one text."""
    return "\n".join(files.values())
