"""Looking a portfolio over: structure, references, journal, search index, and each table's digest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cs_workbench.store import digest, journal, search
from cs_workbench.store.connection import DriverError
from cs_workbench.store.digest import TableDigest

if TYPE_CHECKING:
    from sqlite3 import Connection

    from cs_workbench.store.writer import Writer

_FINDINGS_LISTED = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: ``code`` is integrity, cipher, reference, journal, search or mark; ``detail`` says where."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check saw. ``tables`` holds rows and digest of each table."""

    findings: tuple[Finding, ...]
    tables: dict[str, TableDigest] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    @property
    def only_search(self) -> bool:
        """Whether all that is wrong is the search index, which can be made afresh from its tables."""
        return bool(self.findings) and all(one.code == "search" for one in self.findings)


def check_reader(connection: Connection, *, keyed: bool) -> CheckReport:
    """Check structure, references and content on a reader connection; a damaged table has no digest.

    The connection must not have read before: a search index remembers segments that were merged since, and calls
    them damaged. Evidence of accounts that are gone (snapshots, printed packs) is no finding: it may come back with a
    redo.
    """
    findings = _structure(connection, keyed=keyed)
    if any(one.code != "search" for one in findings):
        return CheckReport(tuple(findings))
    findings += [
        Finding("reference", f"{table} {row} → {parent}")
        for table, row, parent, _ in connection.execute("pragma foreign_key_check").fetchmany(
            _FINDINGS_LISTED
        )
    ]
    return CheckReport(tuple(findings), digest.content(connection))


def _structure(connection: Connection, *, keyed: bool) -> list[Finding]:
    """What SQLite finds in its pages; where it gives up reading, that is the finding."""
    asked = [("integrity", f"pragma integrity_check({_FINDINGS_LISTED})")]
    if keyed:
        asked.insert(0, ("cipher", "pragma cipher_integrity_check"))
    findings = []
    for code, pragma in asked:
        try:
            said = [str(row[0]) for row in connection.execute(pragma)]
        except DriverError as error:
            said = [str(error)]
        findings += [
            Finding("search" if _is_of_search(detail) else code, detail) for detail in said if detail != "ok"
        ]
    return findings


def _is_of_search(detail: str) -> bool:
    """Whether SQLite speaks of a search index and not of a page: those findings name the module."""
    return "fts5" in detail.casefold()


def check_writer(writer: Writer) -> list[Finding]:
    """Check what only the writer connection can: the journal's triggers and the search index."""
    findings = []
    wanted = writer.steps.triggers_wanted
    if (found := journal.armed(writer.connection)) != wanted:
        findings.append(Finding("journal", f"{found} of {wanted} triggers"))
    findings += [
        Finding("search", f"{problem.index}: {problem.code} ({problem.count})")
        for problem in search.check(writer.connection)
    ]
    return findings
