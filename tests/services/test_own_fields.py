"""Fields of one's own, as an account's page and the list read them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.services import own_fields, portfolios
from cs_workbench.services.own_fields import About
from cs_workbench.services.workbench import Workbench
from tests.builders_store import NOW

AT = "2026-11-20T03:00:00Z"


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """One account with two own fields, one of them filled, and one without any."""
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        with workbench.change("Fill") as db:
            for number, name in ((1, "Aoba"), (2, "Midori")):
                db.execute(
                    "insert into account (id, name, name_key, industry, country, note, created_at, updated_at)"
                    " values (?, ?, ?, 'food', 'JP', 'A remark', ?, ?)",
                    (number, name, name.lower(), AT, AT),
                )
            db.executemany("insert into account_tag (account_id, tag) values (1, ?)", [("vip",), ("autumn",)])
        yield workbench


def test_what_is_known_of_an_account(wb: Workbench) -> None:
    found = own_fields.about(wb.reads, 1)
    assert (found.industry, found.country, found.tags, found.note) == (
        "food",
        "JP",
        ("autumn", "vip"),
        "A remark",
    )
    assert found


def test_of_an_account_that_is_gone_nothing_is_known(wb: Workbench) -> None:
    found = own_fields.about(wb.reads, 99)
    assert found == About()
    assert not found
    assert found.note is None


def test_columns_without_fields_hold_nothing(wb: Workbench) -> None:
    found = own_fields.columns(wb.reads, values=True)
    assert (found.fields, dict(found.values)) == ((), {})
    assert found.value(1, 0) == ""
