"""Speed of one small change: journal, search index and commit included."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from cs_workbench.services import portfolios

if TYPE_CHECKING:
    from tests.bench.conftest import Note, Timed

NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)


def test_logging_one_contact(timed: Timed, note: Note, tmp_path: Path) -> None:
    """Aim: one small change ≤ 5 ms with journal and index."""
    from cs_workbench.services import contacts, sample

    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        sample.create(workbench, today=NOW.date(), language="en")
        accounts = workbench.reads.all("select id from account order by id limit 1")

        def log() -> None:
            contacts.log(
                workbench,
                "call 20m talked about the renewal and the price #risk",
                account_id=accounts[0][0],
                now=NOW,
                today=NOW.date(),
                language="en",
            )

        took = timed(log, rounds=50, warmup_rounds=5)
        assert (
            workbench.reads.scalar("select count(*) from interaction where body like '%renewal and the%'")
            >= 50
        )
    name = "log one contact (parse, change, journal, index, commit)"
    note(name, took.wall * 1000, "ms", aim="≤ 5 ms", processor=took.processor * 1000)
