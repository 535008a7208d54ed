"""Verbs on the portfolio as a whole: init, undo, redo, backup, restore, check, export."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from cs_workbench.cli import opening, output
from cs_workbench.errors import UserError
from cs_workbench.i18n import _, language, ngettext

if TYPE_CHECKING:
    from cs_workbench.services.backups import BackupInfo, CheckReport

WRITER_KEPT_OUT = frozenset(("locked", "linked", "no_permission", "write_protected", "disk_full"))


def init(words: argparse.Namespace) -> int:
    """Make a new portfolio, empty or with the sample accounts. Raises FileProblem when the file exists."""
    from cs_workbench.services import portfolios, sample

    path = opening.portfolio_path(words)
    spoken = words.lang or language()
    count = 0
    here = portfolios.local_zone()
    with portfolios.create(path, now=opening.now(), language=spoken, time_zone=here) as workbench:
        if words.sample:
            count = sample.create(workbench, today=opening.as_of(words), language=spoken).accounts
            sample.score(workbench, today=opening.as_of(words), now=opening.now())
    if opening.wants_json(words):
        output.show_json({"portfolio": os.path.abspath(path), "sample": words.sample, "accounts": count})
        return 0
    output.show(_("Made {path}.").format(path=path))
    if words.sample:
        output.show(
            ngettext(
                "It holds {count} invented account, scored for the past year. See it with: cs-workbench accounts",
                "It holds {count} invented accounts, scored for the past year. See them with: cs-workbench accounts",
                count,
            ).format(count=count)
        )
    else:
        output.show(_("It is empty: import your files next (cs-workbench import FILE…)."))
    return 0


def undo(words: argparse.Namespace) -> int:
    """Take back the last change."""
    with opening.opened(words, to_write=True) as workbench:
        name = workbench.undo()
    if opening.wants_json(words):
        output.show_json({"undone": name})
    else:
        output.show(_("Undone: {name}").format(name=name) if name else _("There is nothing to undo."))
    return 0


def redo(words: argparse.Namespace) -> int:
    """Do the change taken back again."""
    with opening.opened(words, to_write=True) as workbench:
        name = workbench.redo()
    if opening.wants_json(words):
        output.show_json({"redone": name})
    else:
        output.show(_("Redone: {name}").format(name=name) if name else _("There is nothing to redo."))
    return 0


def backup(words: argparse.Namespace) -> int:
    """Make a verified backup, or list those there are."""
    from cs_workbench.services import backups

    if words.list:
        found = backups.list_backups(opening.portfolio_path(words))
        if opening.wants_json(words):
            output.show_json([_plain(info) for info in found])
        else:
            output.show("\n".join(_line(info) for info in found) or _("There is no backup yet."))
        return 0
    with opening.opened(words) as workbench:
        made = backups.backup(workbench, now=opening.now())
    if opening.wants_json(words):
        output.show_json(_plain(made))
    else:
        output.show(_("Verified backup: {line}").format(line=_line(made)))
    return 0


def _plain(info: BackupInfo) -> dict[str, object]:
    return {
        "file": info.path,
        "number": info.number,
        "at": info.at,
        "bytes": info.size,
        "reason": info.reason,
        "accounts": info.rows.get("account", 0),
        "people": info.rows.get("person", 0),
        "verified": True,
    }


def _line(info: BackupInfo) -> str:
    accounts = info.rows.get("account", 0)
    return f"{info.path}  {info.at:%Y-%m-%d %H:%M}Z  " + ngettext(
        "{count} account", "{count} accounts", accounts
    ).format(count=accounts)


def restore(words: argparse.Namespace) -> int:
    """Put a backup in the portfolio's place; the present file is kept aside."""
    from cs_workbench.services import backups

    done = backups.restore(words.file, opening.portfolio_path(words), now=opening.now(), yes=words.yes)
    if opening.wants_json(words):
        output.show_json(
            {"portfolio": done.path, "aside": done.aside, "backup": done.backup, "rows": done.rows}
        )
        return 0
    output.show(_("Restored {path}.").format(path=done.path))
    if done.aside:
        output.show(_("The file it replaced is kept: {path}").format(path=done.aside))
    return 0


def check(words: argparse.Namespace) -> int:
    """Prove that the portfolio is whole; returns 1 when something is wrong."""
    report, complete = _checked(words)
    if opening.wants_json(words):
        findings = [{"code": finding.code, "detail": finding.detail} for finding in report.findings]
        tables = {name: {"rows": table.rows, "sha256": table.sha256} for name, table in report.tables.items()}
        output.show_json(
            {
                "ok": report.ok,
                "complete": complete,
                "search_rebuilt": words.rebuild_search,
                "findings": findings,
                "tables": tables,
            }
        )
        return 0 if report.ok else 1
    if words.rebuild_search:
        output.show(_("The search index was made afresh from the records."))
    _tell(report, complete)
    return 0 if report.ok else 1


def _tell(report: CheckReport, complete: bool) -> None:
    """What a check saw, in words; where something is wrong, what to do about it."""
    if report.ok and not complete:
        rows = sum(table.rows for table in report.tables.values())
        output.show(
            _(
                "The portfolio is whole. Checked: {tables} tables with {rows} rows and their references; not the undo"
                " history and the search index, because it is open for changes elsewhere or write-protected."
            ).format(tables=len(report.tables), rows=f"{rows:,}")
        )
    elif report.ok:
        rows = sum(table.rows for table in report.tables.values())
        output.show(
            _(
                "The portfolio is whole. Checked: {tables} tables with {rows} rows, their references, the undo history"
                " and the search index."
            ).format(tables=len(report.tables), rows=f"{rows:,}")
        )
    else:
        for finding in report.findings:
            output.show(f"{finding.code}: {finding.detail}")
        if report.only_search:
            output.say(
                _(
                    "→ Your records are whole, only the search index is not. Make it afresh: cs-workbench check"
                    " --rebuild-search"
                )
            )
        else:
            output.say(
                _("→ Restore the newest backup: cs-workbench backup --list, then cs-workbench restore FILE.")
            )


def _checked(words: argparse.Namespace) -> tuple[CheckReport, bool]:
    """The report, and whether everything was looked at: a reader cannot see all that the one writer can."""
    from cs_workbench.services import backups

    if words.rebuild_search:
        with opening.opened(words, to_write=True) as workbench:
            return backups.mend_search(workbench), True
    try:
        with opening.opened(words, to_write=True) as workbench:
            return backups.check(workbench), True
    except UserError as problem:
        if problem.code not in WRITER_KEPT_OUT:
            raise
    with opening.opened(words) as workbench:
        return backups.check(workbench), False


def export(words: argparse.Namespace) -> int:
    """Write every table as CSV into a folder of its own."""
    from cs_workbench.services import export as exports

    with opening.opened(words) as workbench:
        done = exports.export(workbench.reads, words.directory)
    if opening.wants_json(words):
        files = [{"file": file.path, "table": file.table, "rows": file.rows} for file in done.files]
        output.show_json({"directory": done.folder, "files": files})
    else:
        output.show(
            ngettext(
                "{count} file written to {path}.", "{count} files written to {path}.", len(done.files)
            ).format(count=len(done.files), path=done.folder)
        )
    return 0
