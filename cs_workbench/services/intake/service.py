"""Files into the portfolio: read, matched, checked, shown, and written as one named change or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cs_workbench.errors import Cancelled
from cs_workbench.i18n import _
from cs_workbench.intake.mapping import Mapping as ColumnMapping
from cs_workbench.intake.mapping import header_key
from cs_workbench.intake.recognise import lasting
from cs_workbench.services.intake import apply, rejected, reporting
from cs_workbench.services.intake.context import Answers, Context
from cs_workbench.services.intake.directory import Directory
from cs_workbench.services.intake.incoming import Choices, Incoming, Skipped, gather
from cs_workbench.services.intake.ledger import Ledger
from cs_workbench.services.intake.planning import Planning
from cs_workbench.services.intake.result import BatchResult, ImportResult
from cs_workbench.store.intake import mappings as saved
from cs_workbench.store.intake.lookups import newest_step
from cs_workbench.store.intake.staging import Stage

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
    with Stage() as stage:
        planning = _planned(wb, stage, incoming, (now, zone), answers, watch=watch)
        result = _result(wb, planning, incoming, skipped, dry_run=dry_run)
        if dry_run:
            return result
        if result.rejected and not good_rows:
            raise reporting.rows_rejected(result)
        step = _write(wb, planning, incoming, result, watch) if planning.changes() else None
    _remember(wb, incoming, planning.context.now)
    return replace(result, step_id=step, name=result.name if step else "")


def _result(
    wb: Workbench,
    planning: Planning,
    incoming: Sequence[Incoming],
    skipped: Sequence[Skipped],
    *,
    dry_run: bool,
) -> ImportResult:
    """The counts of every file; rejected rows are laid beside the portfolio unless this is a dry run."""
    batches = reporting.batch_results(planning, incoming, skipped)
    if not dry_run:
        batches = _with_rejected_files(wb, planning.context, incoming, batches)
    questions = tuple(planning.context.questions)
    return ImportResult(tuple(batches), None, reporting.step_name(batches), dry_run, questions)


def _planned(
    wb: Workbench,
    stage: Stage,
    incoming: Sequence[Incoming],
    clock: tuple[dt.datetime, ZoneInfo],
    answers: Answers,
    *,
    watch: Watch,
) -> Planning:
    """Everything read, tied together and compared, without a lock on the portfolio."""
    now, zone = clock
    stamp = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    seen = newest_step(wb.reads)
    directory = Directory.load(wb.reads)
    context = Context(stage, Ledger(stage), directory, stamp, wb.setting("currency"), answers)
    planning = Planning(context, wb.reads, zone, watch, seen=seen)
    for entry in incoming:
        planning.read(entry)
    planning.resolve()
    planning.settle()
    return planning


def _write(
    wb: Workbench, planning: Planning, incoming: Sequence[Incoming], result: ImportResult, watch: Watch
) -> int | None:
    """Write the plan as one change; returns its undo step."""
    files = zip(result.batches, incoming, strict=False)
    plan = apply.Plan(
        planning.context.stage,
        planning.readings,
        [apply.BatchRecord(batch, entry.sha256, entry.mapping.to_json()) for batch, entry in files],
        planning.custom_needed(),
        planning.context.now,
        planning.seen,
    )
    total = sum(plan.stage.created().values()) + plan.readings.created
    done = 0

    def tick(more: int, _table: str) -> None:
        nonlocal done
        done += more
        watch(min(done, total), total, _("Writing"))

    with wb.change(result.name) as db:
        apply.write(db, plan, tick)
    return db.changes.step_id if db.changes is not None else None


def _with_rejected_files(
    wb: Workbench, context: Context, incoming: Sequence[Incoming], batches: Sequence[BatchResult]
) -> list[BatchResult]:
    written = []
    for number, batch in enumerate(batches):
        if not batch.rejected:
            written.append(batch)
            continue
        path = rejected.write_rejected(wb.path, incoming[number].table, batch.rejected, context.now)
        written.append(replace(batch, rejected_file=path))
    return written


def _remember(wb: Workbench, incoming: Sequence[Incoming], now: str) -> None:
    """Keep how the columns were understood; by source and header, so that the next export maps itself."""
    with wb.evidence("Save mappings") as db:
        for entry in incoming:
            mapping = entry.mapping
            key = (mapping.source, mapping.kind, header_key(entry.table.header))
            saved.save(db, key, lasting(entry.table, mapping).to_json(), now)
