"""The verb that takes files in."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from cs_workbench.cli import opening, output
from cs_workbench.cli.progress import bar
from cs_workbench.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from cs_workbench.services.intake.result import BatchResult, ImportResult, Question

REJECTED_SHOWN = 10


def run(words: argparse.Namespace) -> int:
    """Import the files as one undoable change, or with --dry-run show what would happen."""
    from cs_workbench.services.intake.service import import_files

    as_json = opening.wants_json(words)
    with opening.opened(words, to_write=not words.dry_run) as workbench, bar(not as_json) as progress:
        result = import_files(
            workbench,
            words.files,
            kind=words.kind,
            mapping=words.mapping,
            source=words.source,
            encoding=words.encoding,
            good_rows=words.good_rows,
            dry_run=words.dry_run,
            answers=_answers(words),
            now=opening.now(),
            progress=progress,
        )
    if as_json:
        output.show_json(result.as_plain())
    else:
        _tell(result)
    return 0


def _answers(words: argparse.Namespace) -> Callable[[Question], bool | None] | None:
    """Every proposed match accepted (--yes), asked one by one (a person at a terminal), or none."""
    if words.yes:
        return lambda _question: True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return _ask


def _ask(question: Question) -> bool:
    asked = _("Is “{name}” the account “{candidate}”? [y/N]")
    output.say(asked.format(name=question.name, candidate=question.candidate))
    return sys.stdin.readline().strip().lower() in ("y", "yes", "はい")


def _tell(result: ImportResult) -> None:
    from cs_workbench.services.intake.field_names import KINDS

    head = (_("File"), _("What"), _("Rows"), _("New"), _("Changed"), _("Same"), _("Rejected"))
    rows = []
    for batch in result.batches:
        counts = (f"{count:,}" for count in _counts(batch))
        rows.append((_name(batch), _(KINDS.get(batch.kind, batch.kind)), *counts))
        if batch.new_accounts:  # made beside, of no rows of their own
            rows.append((_name(batch), _(KINDS["accounts"]), "", f"{batch.new_accounts:,}", "", "", ""))
    output.show(output.table(head, rows, right=frozenset(range(2, 7))))
    for batch in result.batches:
        if batch.warnings or batch.rejected:
            output.show(_name(batch))
            _tell_batch(batch)
    if result.dry_run:
        output.show(_("Nothing was changed: this was a dry run."))
        if result.rejected:
            output.say(
                _(
                    "▲ Imported like this, nothing at all would be taken in. Correct the rejected rows, or import the"
                    " others with --good-rows."
                )
            )
    elif result.name:
        output.show(_("Done: {name}.").format(name=result.name))
        output.say(_("Take it back with: cs-workbench undo. Bring the scores up to date: cs-workbench score"))
    else:
        output.show(_("Everything was there already; nothing was changed."))


def _tell_batch(batch: BatchResult) -> None:
    for warning in batch.warnings:
        output.show(f"  ▲ {warning.message}")
    for row in batch.rejected[:REJECTED_SHOWN]:
        output.show("  ◆ " + _("row {row}: {reason}").format(row=row.row, reason=row.reason))
    more = len(batch.rejected) - REJECTED_SHOWN
    if more > 0:
        output.show("    " + ngettext("and {count} more", "and {count} more", more).format(count=f"{more:,}"))
    if batch.rejected_file:
        output.show("    " + _("All rejected rows, with reasons: {path}").format(path=batch.rejected_file))


def _name(batch: BatchResult) -> str:
    return f"{batch.file} [{batch.sheet}]" if batch.sheet else batch.file


def _counts(batch: BatchResult) -> tuple[int, int, int, int, int]:
    return batch.rows, batch.created, batch.updated, batch.unchanged, len(batch.rejected)
