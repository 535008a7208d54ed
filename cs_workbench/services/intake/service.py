"""Files into the portfolio: read, matched, checked, shown, and written as one named change or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cs_workbench.errors import Cancelled
from cs_workbench.i18n import _
from cs_workbench.intake.mapping import Mapping as ColumnMapping
from cs_workbench.services.intake.context import Answers
from cs_workbench.services.intake.incoming import Choices, gather
from cs_workbench.services.intake.result import ImportResult
from cs_workbench.services.intake.staged import Asked, stage_files

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench

Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class Watch:
    """Tells the person how far an import is, and stops it when they ask."""

    progress: Progress | None
    cancelled: Callable[[], bool] | None

    def __call__(self, done: int, total: int, label: str) -> None:
        """Report *done* of *total* (0: not known). Raises Cancelled."""
        if self.cancelled is not None and self.cancelled():
            raise Cancelled(_("The import was stopped."), _("Nothing was changed."))
        if self.progress is not None:
            self.progress(done, total, label)


def import_files(
    wb: Workbench,
    paths: Sequence[str],
    *,
    kind: str | None = None,
    mapping: ColumnMapping | str | None = None,
    source: str | None = None,
    encoding: str | None = None,
    good_rows: bool = False,
    dry_run: bool = False,
    answers: Answers = None,
    now: dt.datetime,
    time_zone: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportResult:
    """Take in *paths* as one undoable change; references between the files are found whatever their order.

    *mapping* is a Mapping, the name of a saved one or the path of a JSON file. *answers* says whether a likely account
    is the one meant, by name or as a function. *time_zone* (IANA; the portfolio's own if None) is the one of times
    without a zone. *dry_run* plans and counts only. The same files again change nothing and make no undo step.
    Raises FileProblem, IntakeProblem (unrecognised table; rejected rows unless *good_rows*; a portfolio that was
    changed meanwhile) and Cancelled; then nothing was written.
    """
    watch = Watch(progress, cancelled)
    choices = Choices(kind, mapping, source, encoding, skip_unknown=good_rows)
    incoming, skipped = gather(wb.reads, paths, choices)
    zone = ZoneInfo(time_zone or wb.setting("time_zone", "UTC"))
    staged = stage_files(wb, incoming, skipped, Asked(now, zone, answers), watch)
    try:
        return staged.counted(dry_run=True) if dry_run else staged.write(good_rows=good_rows, watch=watch)
    finally:
        staged.close()
