"""The accounts page's table in two readings: the first rows, and what is filled a moment later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cs_workbench.services import account_table, health, portfolios, sample
from tests.bench.portfolio import NOW, TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cs_workbench.store.reads import Reads


@pytest.fixture
def reads(tmp_path: Path) -> Iterator[Reads]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en", time_zone="Asia/Tokyo") as wb:
        sample.create(wb, today=TODAY, language="en")
        health.score_all(wb, TODAY, now=NOW)
        yield wb.reads


def said(table: account_table.AccountTable) -> list[dict[str, object]]:
    keys = (
        "row",
        "contacted_on",
        "contact_days",
        "touch",
        "trend",
        "next_step",
        "next_due",
        "tags",
        "called",
    )
    return [
        {key: getattr(line, key) for key in keys} | {"row": line.row._replace(last_contact=None)}
        for line in table.lines
    ]


def test_before_contacts_are_read_nobody_is_said_to_be_late(reads: Reads) -> None:
    table = account_table.first(reads, TODAY, contacts=False)
    assert not table.contacts
    assert {(line.contacted_on, line.contact_days, line.touch) for line in table.lines} == {(None, None, "")}


def test_completed_it_says_the_same_as_read_at_once(reads: Reads) -> None:
    later = account_table.complete(reads, account_table.first(reads, TODAY, contacts=False))
    assert later.contacts
    assert said(later) == said(account_table.load(reads, TODAY))
    assert {line.touch for line in later.lines} >= {"ok"}
