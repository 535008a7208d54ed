"""An import that is planned and not yet written: staged in memory, beside the portfolio, seen by nobody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cs_workbench.i18n import _
from cs_workbench.intake.mapping import header_key
from cs_workbench.intake.recognise import lasting
from cs_workbench.services.intake import apply, rejected, reporting
from cs_workbench.services.intake.context import Answers, Context, Settled, stage_spellings
from cs_workbench.services.intake.directory import Directory
from cs_workbench.services.intake.incoming import Incoming, Skipped
from cs_workbench.services.intake.ledger import Ledger
from cs_workbench.services.intake.planning import Planning
from cs_workbench.services.intake.result import BatchResult, ImportResult
from cs_workbench.store.intake import mappings as saved
from cs_workbench.store.intake.lookups import newest_step, stage_names
from cs_workbench.store.intake.staging import Stage

if TYPE_CHECKING:
    from cs_workbench.services.intake.service import Watch
    from cs_workbench.services.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Asked:
    """What an import is planned with: the instant, the zone of times without one, what the user settled."""

    now: dt.datetime
    zone: ZoneInfo
    answers: Answers = None
    settled: Settled | None = None


@dataclass(slots=True)
class Staged:
    """A planned import. ``close`` throws it away; ``write`` makes it one change of the portfolio."""

    wb: Workbench
    planning: Planning
    incoming: Sequence[Incoming]
    skipped: Sequence[Skipped]

    def close(self) -> None:
        """Throw everything away."""
        self.planning.context.stage.close()

    def counted(self, *, dry_run: bool) -> ImportResult:
        """The counts of every file; rejected rows are laid beside the portfolio unless this is a dry run."""
        batches = reporting.batch_results(self.planning, self.incoming, self.skipped)
        if not dry_run:
            batches = self._with_rejected_files(batches)
        questions = tuple(self.planning.context.questions)
        return ImportResult(tuple(batches), None, reporting.step_name(batches), dry_run, questions)

    def write(self, *, good_rows: bool, watch: Watch) -> ImportResult:
        """Write the plan as one named change, or nothing where nothing differs.

        Raises IntakeProblem (rejected rows unless *good_rows*; a portfolio that was changed meanwhile), FileProblem and
        Cancelled; then nothing was written.
        """
        result = self.counted(dry_run=False)
        if result.rejected and not good_rows:
            raise reporting.rows_rejected(result)
        step = self._change(result, watch) if self.planning.changes() else None
        self._remember()
        return replace(result, step_id=step, name=result.name if step else "")

    def _change(self, result: ImportResult, watch: Watch) -> int | None:
        planning = self.planning
        files = zip(result.batches, self.incoming, strict=False)
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

        with self.wb.change(result.name) as db:
            apply.write(db, plan, tick)
        return db.changes.step_id if db.changes is not None else None

    def _with_rejected_files(self, batches: Sequence[BatchResult]) -> list[BatchResult]:
        written = []
        now = self.planning.context.now
        for number, batch in enumerate(batches):
            if batch.rejected:
                table = self.incoming[number].table
                path = rejected.write_rejected(self.wb.path, table, batch.rejected, now)
                batch = replace(batch, rejected_file=path)
            written.append(batch)
        return written

    def _remember(self) -> None:
        """Keep how the columns were understood; by source and header, so that the next export maps itself."""
        with self.wb.evidence("Save mappings") as db:
            for entry in self.incoming:
                mapping = entry.mapping
                key = (mapping.source, mapping.kind, header_key(entry.table.header))
                saved.save(db, key, lasting(entry.table, mapping).to_json(), self.planning.context.now)


def stage_files(
    wb: Workbench, incoming: Sequence[Incoming], skipped: Sequence[Skipped], asked: Asked, watch: Watch
) -> Staged:
    """Everything read, tied together and compared, without a lock on the portfolio.

    Raises FileProblem, IntakeProblem and Cancelled; what was staged is thrown away then.
    """
    stamp = asked.now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    seen = newest_step(wb.reads)
    stage = Stage()
    done = False
    try:
        context = Context(
            stage,
            Ledger(stage),
            Directory.load(wb.reads),
            stamp,
            wb.setting("currency"),
            asked.answers,
            asked.settled or {},
            stages=stage_spellings(stage_names(wb.reads)),
        )
        planning = Planning(context, wb.reads, asked.zone, watch, seen=seen)
        for entry in incoming:
            planning.read(entry)
        planning.resolve()
        planning.settle()
        done = True
    finally:
        if not done:
            stage.close()
    return Staged(wb, planning, incoming, skipped)
