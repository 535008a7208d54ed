"""Portfolios written by earlier releases open, keep every row, and become the schema of today."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from cs_workbench.services.workbench import Workbench
from cs_workbench.store import backup, gate
from tests.builders_store import add_account, count

KEPT = Path(__file__).parent / "kept"


def rows(wb: Workbench, table: str) -> list[tuple[object, ...]]:
    return wb.reads.all(f'select * from "{table}" order by 1')


@pytest.fixture(params=sorted(path.name for path in KEPT.glob("*.gz")))
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A copy of one kept file."""
    path = tmp_path / "kept.csw"
    path.write_bytes(gzip.decompress((KEPT / request.param).read_bytes()))
    return str(path)


def test_every_release_has_a_kept_file() -> None:
    versions = {int(re.findall(r"\d+", path.name)[0]) for path in KEPT.glob("*.gz")}
    assert versions == set(range(1, gate.SCHEMA_VERSION))


def test_a_kept_file_is_brought_up_to_date_with_all_its_rows(kept: str, wb: Workbench) -> None:
    assert gate.file_version(kept) < gate.SCHEMA_VERSION
    with Workbench.open(kept) as migrated:
        names = [name for (name,) in migrated.reads.all("select name from account order by id")]
        assert names == ["アオバ精密工業株式会社", "Hokushin Logistics"]
        for table, wanted in (
            ("contract", 2),
            ("person", 2),
            ("interaction", 2),
            ("task", 2),
            ("reading", 1),
        ):
            assert count(migrated, table) == wanted, table
        assert migrated.reads.scalar("select arr from contract where id=1") == 65_000_000_000
        shape = "select name, sql from sqlite_schema where type in ('table', 'index') order by name"
        squeezed = [
            {name: re.sub(r"\s+", "", sql or "").lower() for name, sql in one.reads.all(shape)}
            for one in (migrated, wb)
        ]
        assert squeezed[0] == squeezed[1]
        with migrated.change("Call") as db:
            add_account(db)
            db.execute(
                "insert into health_call (account_id, band, reason, made_on, until_on, created_at)"
                " values (1, 'red', 'r', '2026-03-04', '2026-06-02', '2026-03-04T05:06:07Z')"
            )
        assert migrated.undo() == "Call"
        assert (count(migrated, "health_call"), count(migrated, "account")) == (0, 2)


def test_the_file_as_it_was_is_kept_beside(kept: str) -> None:
    before = gate.file_version(kept)
    Workbench.open(kept).close()
    (made,) = backup.listed(kept)
    assert (made.reason, made.schema) == ("before migration", before)
    backup.verify(made.path, None, made.digests)


@pytest.mark.parametrize(
    "table", ["health_call", "renewal_call", "renewal_plan", "renewal_attendee", "renewal_step"]
)
def test_the_new_tables_go_with_their_account_and_come_back(wb: Workbench, table: str) -> None:
    at = "2026-03-04T05:06:07Z"
    with wb.change("Fill") as db:
        account = add_account(db)
        db.execute(
            "insert into person (account_id, name, name_key, created_at, updated_at) values (?, 'S', 's', ?, ?)",
            (account, at, at),
        )
        for statement in (
            f"insert into health_call (account_id, band, reason, made_on, until_on, created_at)"
            f" values ({account}, 'red', 'r', '2026-03-04', '2026-06-02', '{at}')",
            f"insert into renewal_call (account_id, term_end, category, likelihood, said_on, created_at)"
            f" values ({account}, '2027-03-31', 'commit', 0.95, '2026-03-04', '{at}')",
            f"insert into renewal_plan (account_id, term_end) values ({account}, '2027-03-31')",
            "insert into renewal_attendee (plan_id, person_id) values (1, 1)",
            f"insert into renewal_step (account_id, term_end, step, updated_at)"
            f" values ({account}, '2027-03-31', 4, '{at}')",
        ):
            db.execute(statement)
    before = rows(wb, table)
    with wb.change("Delete") as db:
        db.execute("delete from account")
    assert (len(before), rows(wb, table)) == (1, [])
    wb.undo()
    assert rows(wb, table) == before
