"""The archive of documents as columns of a table, and what of it a filter shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from cs_workbench.domain.text import fold
from cs_workbench.i18n import _, mark
from cs_workbench.services.pack_archive import ArchiveLine
from cs_workbench.ui import wording
from cs_workbench.ui.models.fact_model import Column

EDITIONS = {"customer": mark("Customer"), "internal": mark("Internal")}
LANGUAGES = {"en": "English", "ja": "日本語"}
PERIODS: dict[str, tuple[str, int]] = {
    "": (mark("Any time"), 0),
    "month": (mark("Last 30 days"), 30),
    "quarter": (mark("Last 90 days"), 90),
    "year": (mark("Last 365 days"), 365),
}


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What is shown: accounts whose name holds ``words``, one edition or any (""), a period of PERIODS."""

    words: str = ""
    edition: str = ""
    period: str = ""

    def shows(self, line: ArchiveLine, today: dt.date) -> bool:
        """Whether *line* passes."""
        words = fold(self.words)
        if words and words not in fold(" ".join((line.account, *line.names))):
            return False
        if self.edition and line.edition != self.edition:
            return False
        days = PERIODS[self.period][1]
        return not days or made_on(line) >= today - dt.timedelta(days=days)


def columns(titles: dict[str, str]) -> tuple[Column, ...]:
    """The columns; *titles* are the templates' names in the language of now."""

    def template(line: ArchiveLine) -> str:
        words = line.template.replace("_", " ")
        return titles.get(line.template) or words[:1].upper() + words[1:]

    return (
        Column("made", mark("Made"), made, 104, style=_quiet),
        Column("account", mark("Account"), account),
        Column("template", mark("Template"), template, 168, drop=4, style=_quiet),
        Column("edition", mark("Edition"), edition, 96, style=_quiet),
        Column("language", mark("Language"), language, 84, drop=2, style=_quiet),
        Column("formats", mark("Formats"), formats, 144, drop=1, style=_quiet),
        Column(
            "as_of", mark("As of"), lambda one: wording.date(one.as_of), 112, right=True, drop=3, style=_quiet
        ),
        Column("files", mark("Files"), there, 156, style=_there_style),
    )


def shown(lines: Sequence[ArchiveLine], wanted: DocumentFilter, today: dt.date) -> tuple[ArchiveLine, ...]:
    """The lines that pass, in their order."""
    return tuple(line for line in lines if wanted.shows(line, today))


def made_on(line: ArchiveLine) -> dt.date:
    """The day it was made, where the person sits."""
    return line.at.astimezone().date()


def made(line: ArchiveLine) -> str:
    """The day it was made."""
    return wording.date(made_on(line))


def account(line: ArchiveLine) -> str:
    """Whose document it is."""
    return line.account or _("Account {id}, no longer there").format(id=line.account_id)


def edition(line: ArchiveLine) -> str:
    """For whom."""
    return _(EDITIONS.get(line.edition, line.edition))


def language(line: ArchiveLine) -> str:
    """In its own name."""
    return LANGUAGES.get(line.language, line.language)


def formats(line: ArchiveLine) -> str:
    """PDF, DOCX …"""
    return _(", ").join(one.upper() for one in line.formats)


def there(line: ArchiveLine) -> str:
    """Whether the files are still where they were put."""
    if len(line.paths) == len(line.names):
        return _("in its folder")
    return _("some missing") if line.paths else _("moved or deleted")


def _there_style(line: ArchiveLine) -> tuple[str, str]:
    return "body", "text.secondary" if len(line.paths) == len(line.names) else "health.yellow.text"


def _quiet(_line: ArchiveLine) -> tuple[str, str]:
    return "body", "text.secondary"
