"""The content digest: equal for equal content however it came about, different for any other."""

from __future__ import annotations

import pytest

from cs_workbench.services.workbench import Workbench
from cs_workbench.store import digest
from tests.builders_store import add_account, add_interaction


def content(wb: Workbench) -> dict[str, digest.TableDigest]:
    return digest.content(wb.database.reader())


@pytest.fixture
def filled(wb: Workbench) -> Workbench:
    with wb.change("Add") as db:
        account = add_account(db, "A", annual_revenue=1)
        add_interaction(db, account)
        db.execute("insert into metric (key, name, family) values ('m', 'm', 'm')")
        db.execute(
            "insert into reading (account_id, metric_id, day, value) values (1, 1, 1, 1.0), (1, 1, 2, 2.0)"
        )
    return wb


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("update account set name='B'", "account"),
        ("update account set note=' '", "account"),
        ("update account set employees=0", "account"),
        ("update reading set value=2.0000000000000004 where day=2", "reading"),
        ("update reading set day=3 where day=2", "reading"),
        ("insert into setting (key, value) values ('', '')", "setting"),
        ("delete from interaction", "interaction"),
    ],
)
def test_any_difference_shows_in_its_table(filled: Workbench, statement: str, table: str) -> None:
    before = content(filled)
    with filled.change("Edit") as db:
        db.execute(statement)
    after = content(filled)
    assert after[table] != before[table]
    untouched = before.keys() - {table, "step", "j_" + table, "audit", "sqlite_sequence"}
    assert {name: after[name] for name in untouched} == {name: before[name] for name in untouched}


def test_the_way_does_not_matter(filled: Workbench) -> None:
    before = content(filled)
    with filled.change("Away") as db:
        db.execute("delete from reading")
    with filled.change("Back") as db:
        db.execute(
            "insert into reading (account_id, metric_id, day, value) values (1, 1, 2, 2.0), (1, 1, 1, 1.0)"
        )
    assert content(filled)["reading"] == before["reading"]


def test_equal_rows_of_different_objects_digest_equally(filled: Workbench) -> None:
    assert content(filled) == content(filled)
    with Workbench.open(filled.path) as again:
        assert content(again) == content(filled)


def test_search_indexes_and_sqlites_own_tables_are_left_out(filled: Workbench) -> None:
    names = digest.content_tables(filled.database.reader())
    assert not [name for name in names if "_tri" in name or "_short" in name or name.startswith("sqlite_")]
    assert {"account", "j_account", "step", "alembic_version"} <= set(names)
    assert content(filled)["reading"].rows == 2


def test_only_the_tables_asked_for(filled: Workbench) -> None:
    assert list(digest.content(filled.database.reader(), ["reading"])) == ["reading"]
