"""What an import hands back: one batch a file or sheet, with counts, rejected rows and warnings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

EXAMPLES_KEPT = 5
EXAMPLE_SHOWN = 60


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that was not taken in: its number as a person sees it in the file, why, and a stable code.

    ``column`` is the header of the cell at fault, ``about`` the customer's name or id that could not be settled, ""
    where there is none.
    """

    row: int
    reason: str
    code: str = "invalid"
    column: str = field(default="", compare=False)
    about: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class WarningCount:
    """Something worth knowing that did not stop the import, with how often it was met and a few examples."""

    code: str
    count: int
    message: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A name that looks like an account of the portfolio; ``likeness`` is 0–100. The user says yes or no."""

    row: int
    file: str
    name: str
    account_id: int
    candidate: str
    likeness: float


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of one file or sheet: ``rows`` is the sum of the four counts, rejected rows included."""

    file: str
    sheet: str | None
    kind: str
    source: str
    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: tuple[RejectedRow, ...] = ()
    warnings: tuple[WarningCount, ...] = ()
    rejected_file: str | None = None
    new_accounts: int = 0
    """Accounts that rows of another kind make beside themselves; no rows of their own."""
    account_rows: int = 0
    """Rows of another kind that only change an account."""

    def as_plain(self) -> dict[str, Any]:
        """The stable shape that ``import --json`` prints."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "kind": self.kind,
            "source": self.source,
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "new_accounts": self.new_accounts,
            "rejected": [{"row": r.row, "reason": r.reason, "code": r.code} for r in self.rejected],
            "rejected_file": self.rejected_file,
            "warnings": [
                {"code": w.code, "count": w.count, "message": w.message, "examples": list(w.examples)}
                for w in self.warnings
            ],
        }


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What one import did: ``step_id`` is the undo step, None when nothing changed or on a dry run."""

    batches: tuple[BatchResult, ...]
    step_id: int | None = None
    name: str = ""
    dry_run: bool = False
    questions: tuple[Question, ...] = ()

    @property
    def created(self) -> int:
        """Rows that became new records, over all batches."""
        return sum(batch.created for batch in self.batches)

    @property
    def updated(self) -> int:
        """Rows that changed records, over all batches."""
        return sum(batch.updated for batch in self.batches)

    @property
    def rejected(self) -> int:
        """Rows that were not taken in, over all batches."""
        return sum(len(batch.rejected) for batch in self.batches)

    def as_plain(self) -> dict[str, Any]:
        """The stable shape that ``import --json`` prints."""
        return {
            "batches": [batch.as_plain() for batch in self.batches],
            "step": self.name or None,
            "dry_run": self.dry_run,
            "questions": [
                {
                    "row": q.row,
                    "file": q.file,
                    "name": q.name,
                    "account_id": q.account_id,
                    "candidate": q.candidate,
                    "likeness": q.likeness,
                }
                for q in self.questions
            ],
        }


@dataclass(slots=True)
class Tally:
    """Counts one warning while rows go by, keeping the first few examples."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, example: str = "", count: int = 1) -> None:
        """Count *count* more and remember *example* while there is room."""
        self.count += count
        if len(example) > EXAMPLE_SHOWN:
            example = example[: EXAMPLE_SHOWN - 1] + "…"
        if example and len(self.examples) < EXAMPLES_KEPT and example not in self.examples:
            self.examples.append(example)
