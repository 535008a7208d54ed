"""The journal records every row's first image: its nine known traps, each with a test that fell into it once."""

from __future__ import annotations

import pytest
import sqlcipher3

from cs_workbench.errors import PortfolioProblem
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import journal
from cs_workbench.store.change import Change
from tests.builders_store import add_account, add_interaction, add_metric, add_person, state


def undone(wb: Workbench) -> None:
    """Undo and redo the newest step: each must bring the digest back."""
    after = state(wb.reads)
    assert wb.undo()
    before = state(wb.reads)
    assert wb.redo()
    assert state(wb.reads) == after
    assert wb.undo()
    assert state(wb.reads) == before
    assert wb.redo()


def images(db: Change, table: str) -> list[tuple[object, ...]]:
    return db.all(f"select * from j_{table}")


def test_every_table_is_tracked_or_named_as_untracked(wb: Workbench) -> None:
    tables = {
        row[0]
        for row in wb.reads.all("select name from pragma_table_list where schema='main' and type='table'")
    }
    ours = {
        name
        for name in tables
        if not name.startswith(
            ("sqlite_", "j_", "interaction_tri", "interaction_short", "ticket_tri", "ticket_short")
        )
    } - {"step", "alembic_version"}
    twins = {name[2:] for name in tables if name.startswith("j_")}
    assert twins | journal.UNTRACKED == ours
    assert not twins & journal.UNTRACKED


def test_trap_1_key_columns_keep_their_type_others_none(wb: Workbench) -> None:
    for twin in wb.reads.all("select name from sqlite_schema where type='table' and name glob 'j_*'"):
        table = twin[0][2:]
        base = {row[1]: row for row in wb.reads.all(f'pragma table_xinfo("{table}")')}
        for row in wb.reads.all(f'pragma table_xinfo("{twin[0]}")'):
            if row[1] in base:
                assert row[2] == (base[row[1]][2] if base[row[1]][5] else ""), (table, row[1])


def test_trap_1_the_look_up_uses_the_index(wb: Workbench) -> None:
    with wb.change("Plan") as db:
        plan = db.all("explain query plan select 1 from j_account j where j.j_step=1 and j.id=2")
    assert "USING PRIMARY KEY (j_step=? AND id=?)" in plan[0][3]


def test_trap_2_a_replaced_row_comes_back(wb: Workbench) -> None:
    with wb.change("Set") as db:
        db.execute("insert into setting (key, value) values ('a', '1')")
    with wb.change("Replace") as db:
        db.execute("insert or replace into setting (key, value) values ('a', '2')")
    undone(wb)
    wb.undo()
    assert wb.reads.all("select * from setting") == [("a", "1")]


@pytest.mark.parametrize(
    "statement",
    [
        "insert into account_tag (account_id, tag) values (1, 'x') on conflict do update set tag='y'",
        "insert into account_tag (account_id, tag) values (1, 'x') on conflict do nothing",
        "insert or ignore into account_tag (account_id, tag) values (1, 'x')",
        "update or ignore account_tag set tag='z'",
        "update or replace account_tag set tag='z' where tag='x'",
    ],
)
def test_trap_3_conflict_clauses_do_not_reach_into_the_triggers(wb: Workbench, statement: str) -> None:
    with wb.change("Add") as db:
        add_account(db)
        db.execute("insert into account_tag (account_id, tag) values (1, 'x'), (1, 'w')")
    with wb.change("Twice") as db:
        db.execute("update account_tag set tag=tag where tag='x'")
        db.execute(statement)
        db.execute(statement)
    undone(wb)


def test_trap_3_rowcount_lastrowid_and_returning_are_unharmed(wb: Workbench) -> None:
    with wb.change("Add") as db:
        assert add_account(db, "A") == 1
        assert add_account(db, "B") == 2
        assert db.execute("update account set stage='grow'") == 2
        assert db.all("update account set stage='renewal' where id=2 returning id, stage") == [(2, "renewal")]


def test_trap_4_the_file_holds_no_triggers(wb: Workbench) -> None:
    assert wb.reads.all("select name from sqlite_schema where type='trigger'") == []


def test_trap_5_an_undone_id_is_not_given_again(wb: Workbench) -> None:
    with wb.change("Add") as db:
        first = add_account(db)
    wb.undo()
    with wb.change("Add") as db:
        assert add_account(db) == first + 1


def test_trap_6_the_index_follows_undo_although_the_schema_is_not_trusted(wb: Workbench) -> None:
    with wb.change("Add") as db:
        add_interaction(db, add_account(db), "更新の相談")
    find = "select rowid from interaction_short where interaction_short match '\"更新\"'"
    assert wb.reads.all(find) == [(1,)]
    with wb.change("Edit") as db:
        db.execute("update interaction set folded='解約'")
    assert wb.reads.all(find) == []
    wb.undo()
    assert wb.reads.all(find) == [(1,)]
    undone(wb)


def test_trap_7_lost_triggers_are_noticed_before_anything_is_written(wb: Workbench) -> None:
    with wb.change("Rebuild") as db:
        db.execute("drop trigger journal_account_u")
    with pytest.raises(RuntimeError, match="triggers"), wb.change("Next") as db:
        pass
    assert [step.name for step in wb.history()] == []


def test_trap_7_a_twin_that_does_not_fit_is_refused(wb: Workbench, path: str) -> None:
    with wb.change("Alter") as db:
        db.execute("alter table j_account add column extra")
    with pytest.raises(RuntimeError, match="journal of account"):
        journal.install(sqlcipher3.connect(path, isolation_level=None))
    wb.close()
    with pytest.raises(PortfolioProblem, match="j_account"):
        Workbench.open(path)


def test_trap_9_mapped_objects_bulk_and_cascade_in_one_step(wb: Workbench) -> None:
    from cs_workbench.store.tables import Account, Person
    from tests.builders_store import NOW

    with wb.change("Add") as db:
        account = Account(name="A", name_key="a", created_at=NOW, updated_at=NOW)
        db.session.add(account)
        db.session.flush()
        db.session.add_all(
            Person(account_id=account.id, name=f"P{n}", name_key=f"p{n}", created_at=NOW, updated_at=NOW)
            for n in range(20)
        )
    undone(wb)
    with wb.change("Delete") as db:
        db.session.delete(db.session.get(Account, 1))
        db.session.flush()
        assert db.scalar("select count(*) from person") == 0
    undone(wb)


def test_the_first_image_counts_not_the_last(wb: Workbench) -> None:
    with wb.change("Add") as db:
        add_account(db, stage="onboarding")
    with wb.change("Move") as db:
        for stage in ("adoption", "grow", "renewal"):
            db.execute("update account set stage=?", (stage,))
        assert [row[1] for row in images(db, "account") if row[0] == 2] == [1]
    wb.undo()
    assert wb.reads.scalar("select stage from account") == "onboarding"


def test_a_row_made_and_deleted_in_one_step_leaves_nothing(wb: Workbench) -> None:
    with wb.change("Both") as db:
        add_account(db)
        db.execute("delete from account")
    undone(wb)


def test_cascades_and_cut_links_come_back(wb: Workbench) -> None:
    with wb.change("Add") as db:
        parent = add_account(db, "Parent")
        child = add_account(db, "Child", parent_id=parent)
        person = add_person(db, parent)
        add_interaction(db, parent)
        db.execute(
            "insert into task (account_id, person_id, title, created_at) values (?, ?, 't', 'x')",
            (child, person),
        )
    before = state(wb.reads)
    with wb.change("Delete") as db:
        db.execute("delete from account where id=?", (parent,))
    assert wb.reads.all("select id, parent_id from account") == [(child, None)]
    assert wb.reads.scalar("select person_id from task") is None
    wb.undo()
    assert state(wb.reads) == before
    assert wb.reads.all("pragma foreign_key_check") == []


def test_unique_values_swapped_in_one_step_come_back(wb: Workbench) -> None:
    with wb.change("Add") as db:
        account = add_account(db)
        db.execute("insert into account_tag (account_id, tag) values (?, 'x'), (?, 'y')", (account, account))
    with wb.change("Swap") as db:
        db.execute("update account_tag set tag='tmp' where id=1")
        db.execute("update account_tag set tag='x' where id=2")
        db.execute("update account_tag set tag='y' where id=1")
    undone(wb)


def test_a_key_that_changes_is_followed(wb: Workbench) -> None:
    with wb.change("Set") as db:
        db.execute("insert into setting (key, value) values ('a', '1'), ('b', '2')")
    with wb.change("Rename") as db:
        db.execute("update setting set key='c' where key='a'")
        db.execute("update setting set key='a' where key='b'")
    undone(wb)
    wb.undo()
    assert wb.reads.all("select * from setting order by key") == [("a", "1"), ("b", "2")]


def test_readings_by_hand_are_journaled_like_any_row(wb: Workbench) -> None:
    with wb.change("Add") as db:
        account, metric = add_account(db), add_metric(db)
        db.execute(
            "insert into reading (account_id, metric_id, day, value) values (?, ?, 1, 2.5)", (account, metric)
        )
    with wb.change("Delete account") as db:
        db.execute("delete from account")
    undone(wb)
    wb.undo()
    assert wb.reads.all("select day, value, batch_id from reading") == [(1, 2.5, 0)]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "a\x00b",
        "日本語🙂\n",
        0,
        -(2**63),
        2**63 - 1,
        1e308,
        5e-324,
        float("inf"),
        0.1 + 0.2,
        b"\x00\xff",
        None,
    ],
)
def test_every_kind_of_value_survives_exactly(wb: Workbench, value: object) -> None:
    with wb.change("Add") as db:
        add_account(db, phone=value)
    held = wb.reads.one("select typeof(phone), phone, length(cast(phone as blob)) from account")
    with wb.change("Clear") as db:
        db.execute("update account set phone=null")
    wb.undo()
    assert wb.reads.one("select typeof(phone), phone, length(cast(phone as blob)) from account") == held


def test_savepoints_rolled_back_inside_a_step_leave_no_image(wb: Workbench) -> None:
    with wb.change("Add") as db:
        add_account(db, "A")
        db.execute("savepoint inner")
        add_account(db, "B")
        db.execute("update account set name='X'")
        db.execute("rollback to inner")
        db.execute("release inner")
        assert [row[2] for row in images(db, "account")] == [1]
    undone(wb)
