"""A portfolio to import into, and what it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cs_workbench.services import portfolios
from cs_workbench.services.intake import BatchResult, ImportResult, import_files
from cs_workbench.services.workbench import Workbench

NOW = dt.datetime(2026, 4, 1, 9, 30, tzinfo=dt.UTC)
SHARED = Path(__file__).parents[2] / "shared" / "data"
EMPTIED = (
    "account",
    "account_source",
    "account_domain",
    "account_alias",
    "account_tag",
    "account_custom",
    "person",
    "person_source",
    "person_role",
    "person_custom",
    "contract",
    "contract_custom",
    "contract_event",
    "opportunity",
    "interaction",
    "interaction_tag",
    "ticket",
    "survey",
    "product",
    "metric",
    "reading",
    "custom_field",
    "import_batch",
)


@contextmanager
def portfolio(folder: Path) -> Iterator[Workbench]:
    """A new portfolio in *folder*."""
    with portfolios.create(str(folder / "p.csw"), now=NOW, language="en") as wb:
        yield wb


def table(folder: Path, name: str, text: str) -> str:
    """A file in *folder* with *text*, as an export would leave it."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def take_in(wb: Workbench, *paths: str, **options: Any) -> ImportResult:
    """Import with the test's clock."""
    return import_files(wb, list(paths), now=NOW, **options)


def warnings_of(batch: BatchResult) -> dict[str, int]:
    """Warning counts by code."""
    return {warning.code: warning.count for warning in batch.warnings}


def counts(wb: Workbench) -> dict[str, int]:
    """Rows of every table an import can fill."""
    return {name: wb.reads.scalar(f"select count(*) from {name}") for name in EMPTIED}


def content(wb: Workbench) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table an import can fill, in order."""
    return {name: sorted(wb.reads.all(f"select * from {name}"), key=repr) for name in EMPTIED}
