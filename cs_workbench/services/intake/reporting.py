"""What an import tells: the counts of every file, the name of its step, why it was refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cs_workbench.errors import IntakeProblem
from cs_workbench.i18n import _, ngettext
from cs_workbench.services.intake.incoming import Incoming, Skipped
from cs_workbench.services.intake.plan_readings import CREATED, UPDATED
from cs_workbench.services.intake.planning import Planning
from cs_workbench.services.intake.result import EXAMPLES_KEPT, BatchResult, ImportResult, Tally
from cs_workbench.services.intake.wording import warning

REASONS_SHOWN = 3


def batch_results(
    planning: Planning, incoming: Sequence[Incoming], skipped: Sequence[Skipped]
) -> list[BatchResult]:
    """What became, or would become, of every table; those left out come last."""
    outcomes = planning.outcomes()
    made = Counter(planning.context.made_in.values())
    found = [_result(planning, number, entry, outcomes) for number, entry in enumerate(incoming)]
    found = [
        batch if batch.kind == "accounts" else _with_accounts(planning, number, batch, made[number])
        for number, batch in enumerate(found)
    ]
    return found + [_left_out(left) for left in skipped]


def _with_accounts(planning: Planning, number: int, batch: BatchResult, made: int) -> BatchResult:
    return replace(batch, new_accounts=made, account_rows=planning.account_rows(number))


def _result(
    planning: Planning, number: int, entry: Incoming, outcomes: Mapping[tuple[int, int], int]
) -> BatchResult:
    ledger = planning.context.batch(number)
    refused = tuple(ledger.rejected[row] for row in sorted(ledger.rejected))
    tallies = dict(ledger.tallies)
    warnings = [warning(code, tally) for code, tally in sorted(tallies.items())]
    notes = (*entry.notes, *entry.table.notes, *entry.table.late_notes())
    warnings += [
        warning(note.code, Tally(note.count, list(note.examples[:EXAMPLES_KEPT])), note.message)
        for note in notes
    ]
    if not ledger.rows:
        warnings.append(warning("no_rows", Tally(), _("There are no rows below the header.")))
    created, updated = outcomes.get((number, CREATED), 0), outcomes.get((number, UPDATED), 0)
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


def _left_out(left: Skipped) -> BatchResult:
    table = left.table
    told = _("The table was not recognised and was left out. {reason}").format(reason=left.reason)
    columns = [name for name in table.header if name][:EXAMPLES_KEPT]
    skipped = warning("unrecognised_skipped", Tally(1, columns), told)
    return BatchResult(table.name, table.sheet, "", "", 0, 0, 0, 0, (), (skipped,))


def rows_rejected(result: ImportResult) -> IntakeProblem:
    """What a person is told when rows were rejected: how many of how many, the first reasons, where they lie."""
    total = sum(batch.rows for batch in result.batches)
    reasons = [
        f"{batch.file}, {row.row}: {row.reason.rstrip('.。')}"
        for batch in result.batches
        for row in batch.rejected
    ]
    more = " …" if len(reasons) > REASONS_SHOWN else ""
    message = ngettext(
        "{count} of {total} rows cannot be taken in: {reasons}.",
        "{count} of {total} rows cannot be taken in: {reasons}.",
        result.rejected,
    ).format(
        count=f"{result.rejected:,}", total=f"{total:,}", reasons=_("; ").join(reasons[:REASONS_SHOWN]) + more
    )
    files = _(", ").join(batch.rejected_file for batch in result.batches if batch.rejected_file)
    remedy = _(
        "Nothing was imported. The rows are listed with their reasons in {files}: correct them, or import the others"
        " with --good-rows."
    ).format(files=files)
    return IntakeProblem(message, remedy, code="rows_rejected", result=result.as_plain())


def step_name(batches: Sequence[BatchResult]) -> str:
    """The name of the undo step: what was created or changed, by kind."""
    what = taken_in(batches)
    return _("Import {what}").format(what=what) if what else _("Import")


def taken_in(batches: Sequence[BatchResult]) -> str:
    """What an import takes in: "209 accounts, 12 contracts"; "" where nothing changes. Accounts that rows of other
    kinds make come first.
    """
    made = sum(batch.new_accounts for batch in batches) or sum(batch.account_rows for batch in batches)
    counts: dict[str, int] = {"accounts": made} if made else {}
    for batch in batches:
        if moved := batch.created + batch.updated - batch.account_rows:
            counts[batch.kind] = counts.get(batch.kind, 0) + moved
    return _(", ").join(counted(kind, count) for kind, count in counts.items())


def counted(kind: str, count: int) -> str:
    """How many rows of *kind*, in words: "209 accounts"."""
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
