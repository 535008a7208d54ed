"""Files into the portfolio: read, matched, checked, shown, and written as one named change or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cs_workbench.errors import Cancelled, IntakeProblem
from cs_workbench.i18n import _, ngettext
from cs_workbench.intake.mapping import Mapping as ColumnMapping
from cs_workbench.intake.mapping import header_key
from cs_workbench.services.intake import apply, rejected
from cs_workbench.services.intake.context import Answers, Context
from cs_workbench.services.intake.directory import Directory
from cs_workbench.services.intake.incoming import Choices, Incoming, gather
from cs_workbench.services.intake.ledger import Ledger
from cs_workbench.services.intake.planning import Planning
from cs_workbench.services.intake.result import BatchResult, ImportResult, Tally
from cs_workbench.services.intake.wording import warning
from cs_workbench.store.intake import mappings as saved
from cs_workbench.store.intake.staging import Stage

if TYPE_CHECKING:
    from cs_workbench.intake.table import Table
    from cs_workbench.services.workbench import Workbench

Progress = Callable[[int, int, str], None]
REASONS_SHOWN = 3


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
    Raises FileProblem, IntakeProblem (unrecognised table; rejected rows unless *good_rows*) and Cancelled; then
    nothing was written.
    """
    watch = Watch(progress, cancelled)
    choices = Choices(kind, mapping, source, encoding, skip_unknown=good_rows)
    incoming, skipped = gather(wb.reads, paths, choices)
    zone = ZoneInfo(time_zone or wb.setting("time_zone", "UTC"))
    with Stage() as stage:
        context = Context(
            stage,
            Ledger(stage),
            Directory.load(wb.reads),
            now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            wb.setting("currency"),
            answers,
        )
        planning = Planning(context, wb.reads, zone, watch)
        for entry in incoming:
            planning.read(entry)
        planning.resolve()
        readings = planning.settle()
        outcomes = planning.outcomes()
        batches = [_result(context, number, entry, outcomes) for number, entry in enumerate(incoming)]
        batches += [_left_out(table) for table in skipped]
        if not dry_run:
            batches = _with_rejected_files(wb, context, incoming, batches)
        result = ImportResult(tuple(batches), None, _name(batches), dry_run, tuple(context.questions))
        if result.rejected and not good_rows and not dry_run:
            raise rows_rejected(result)
        if dry_run:
            return result
        plan = apply.Plan(
            stage,
            readings,
            [
                apply.BatchRecord(batch, entry.sha256, entry.mapping.to_json())
                for batch, entry in zip(batches, incoming, strict=False)
            ],
            planning.custom_needed(),
            context.now,
        )
        step = _write(wb, plan, result, watch) if planning.changes() else None
    _remember(wb, incoming, context.now)
    return replace(result, step_id=step, name=result.name if step else "")


def _write(wb: Workbench, plan: apply.Plan, result: ImportResult, watch: Watch) -> int | None:
    total = sum(plan.stage.created().values()) + plan.readings.created
    done = 0

    def tick(more: int, _table: str) -> None:
        nonlocal done
        done += more
        watch(min(done, total), total, _("Writing"))

    with wb.change(result.name) as db:
        apply.write(db, plan, tick)
    return db.changes.step_id if db.changes is not None else None


def _result(
    context: Context, number: int, entry: Incoming, outcomes: Mapping[tuple[int, int], int]
) -> BatchResult:
    ledger = context.batch(number)
    refused = tuple(ledger.rejected[row] for row in sorted(ledger.rejected))
    tallies = dict(ledger.tallies)
    if entry.unknown:
        tallies["unknown_column"] = Tally(len(entry.unknown), list(entry.unknown[:10]))
    warnings = [warning(code, tally) for code, tally in sorted(tallies.items())]
    for note in (*entry.notes, *entry.table.notes, *entry.table.late_notes()):
        warnings.append(warning(note.code, Tally(1), note.message))
    created, updated = outcomes.get((number, 3), 0), outcomes.get((number, 2), 0)
    return BatchResult(
        entry.table.name,
        entry.table.sheet,
        entry.mapping.kind,
        entry.mapping.source,
        ledger.rows,
        created,
        updated,
        ledger.rows - created - updated - len(refused),
        refused,
        tuple(warnings),
    )


def _left_out(table: Table) -> BatchResult:
    skipped = warning("unrecognised_skipped", Tally(1))
    return BatchResult(table.name, table.sheet, "", "", 0, 0, 0, 0, (), (skipped,))


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


def rows_rejected(result: ImportResult) -> IntakeProblem:
    """What a person is told when rows were rejected: how many of how many, the first reasons, where they lie."""
    total = sum(batch.rows for batch in result.batches)
    reasons = [f"{batch.file}, {row.row}: {row.reason}" for batch in result.batches for row in batch.rejected]
    more = " …" if len(reasons) > REASONS_SHOWN else ""
    message = ngettext(
        "{count} of {total} rows cannot be taken in: {reasons}.",
        "{count} of {total} rows cannot be taken in: {reasons}.",
        result.rejected,
    ).format(
        count=f"{result.rejected:,}", total=f"{total:,}", reasons="; ".join(reasons[:REASONS_SHOWN]) + more
    )
    files = ", ".join(batch.rejected_file for batch in result.batches if batch.rejected_file)
    remedy = _(
        "Nothing was imported. The rows are listed with their reasons in {files}: correct them, or import the others"
        " with --good-rows."
    ).format(files=files)
    return IntakeProblem(message, remedy, code="rows_rejected", result=result.as_plain())


def _remember(wb: Workbench, incoming: Sequence[Incoming], now: str) -> None:
    """Keep how the columns were understood; by source and header, so that the next export maps itself."""
    with wb.evidence("Save mappings") as db:
        for entry in incoming:
            mapping = entry.mapping
            key = (mapping.source, mapping.kind, header_key(entry.table.header))
            saved.save(db, key, mapping.to_json(), now)


def _name(batches: Sequence[BatchResult]) -> str:
    counts: dict[str, int] = {}
    for batch in batches:
        if moved := batch.created + batch.updated:
            counts[batch.kind] = counts.get(batch.kind, 0) + moved
    parts = [_counted(kind, count) for kind, count in counts.items()]
    return _("Import {what}").format(what=", ".join(parts)) if parts else _("Import")


def _counted(kind: str, count: int) -> str:
    words = {
        "accounts": ngettext("{count} account", "{count} accounts", count),
        "people": ngettext("{count} person", "{count} people", count),
        "contracts": ngettext("{count} contract", "{count} contracts", count),
        "readings": ngettext("{count} row of readings", "{count} rows of readings", count),
        "tickets": ngettext("{count} ticket", "{count} tickets", count),
        "surveys": ngettext("{count} survey answer", "{count} survey answers", count),
        "interactions": ngettext("{count} interaction", "{count} interactions", count),
        "opportunities": ngettext("{count} opportunity", "{count} opportunities", count),
        "churn": ngettext("{count} contract event", "{count} contract events", count),
        "products": ngettext("{count} product", "{count} products", count),
    }
    return words[kind].format(count=f"{count:,}")
