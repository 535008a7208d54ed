"""What becomes of a document: looked at before it is written, written, stopped by the leak scan, or failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cs_workbench.errors import FileProblem, UserError
from cs_workbench.i18n import _, ngettext
from cs_workbench.reports.leaks import Leak
from cs_workbench.services.pack_readiness import Readiness

if TYPE_CHECKING:
    from cs_workbench.reports.blocks import Document

__all__ = ["Draft", "Leak", "LeakProblem", "PackResult", "stopped", "unwritten"]


class LeakProblem(UserError):
    """A document that was stopped: something in it does not belong before this customer."""

    code = "leak"


@dataclass(frozen=True, slots=True)
class PackResult:
    """What became of one document: its files, or what stopped it."""

    account_id: int
    name: str
    files: tuple[str, ...]
    stopped: tuple[Leak, ...]
    document: Document
    archived: bool = True  # whether the portfolio keeps it with its facts


@dataclass(frozen=True, slots=True)
class Draft:
    """A document before it is written: what the scan finds, how many internal texts it keeps out, the files' stem."""

    account_id: int
    name: str
    document: Document
    leaks: tuple[Leak, ...]
    held_back: int
    stem: str
    readiness: Readiness = field(default_factory=Readiness)


def unwritten(failed: Sequence[tuple[str, FileProblem]], results: Sequence[PackResult]) -> FileProblem:
    """The error of the first of several accounts whose document *failed*, told once the others are written."""
    name, first = failed[0]
    files = [file for result in results for file in result.files]
    return FileProblem(
        ngettext(
            "The document for {name} could not be written: {reason}",
            "{count} documents could not be written, the first for {name}: {reason}",
            len(failed),
        ).format(name=name, count=len(failed), reason=first.message),
        ngettext("{count} other file is whole.", "{count} other files are whole.", len(files)).format(
            count=len(files)
        )
        + (f" {first.remedy}" if first.remedy else ""),
        code=first.code,
        files=files,
        failed=[one for one, _problem in failed],
    )


def stopped(result: PackResult) -> LeakProblem:
    """The error that tells what was found in a stopped document."""
    kinds = {
        "other_customer": _("another customer's name"),
        "internal_text": _("an internal note"),
        "internal_word": _("an internal word"),
    }
    found = _("; ").join(
        f"{kinds[leak.kind]}: “{leak.words[:60]}” ({leak.place})" for leak in result.stopped[:5]
    )
    count = len(result.stopped)
    return LeakProblem(
        ngettext(
            "The document for {name} was stopped, {count} thing in it must not leave the house: {found}.",
            "The document for {name} was stopped, {count} things in it must not leave the house: {found}.",
            count,
        ).format(name=result.name, count=count, found=found),
        _(
            "Nothing was written. Take it out of the record it comes from, or let the words through on purpose."
        ),
        leaks=[
            {"kind": leak.kind, "words": leak.words, "ref": leak.ref, "place": leak.place}
            for leak in result.stopped
        ],
    )
