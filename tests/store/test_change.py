"""A change is all or nothing, belongs to its block, and tells a broken disk kindly."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cs_workbench.errors import FileProblem, PortfolioProblem, UserError
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.change import Changes
from cs_workbench.store.tables import Account, ListItem, Scorecard
from tests.builders_store import NOW, add_account, add_person, count, state


def account(name: str) -> Account:
    return Account(name=name, name_key=name.lower(), created_at=NOW, updated_at=NOW)


def test_an_exception_leaves_nothing(wb: Workbench) -> None:
    before = state(wb.reads)
    with pytest.raises(KeyError), wb.change("Add") as db:  # noqa: PT012
        add_account(db)
        db.session.add(account("B"))
        db.session.flush()
        raise KeyError
    assert state(wb.reads) == before
    assert wb.history() == []
    assert db.changes is None
    assert wb.reads.scalar("select count(*) from j_account") == 0


def test_the_next_change_works_after_a_failed_one(wb: Workbench) -> None:
    with pytest.raises(ZeroDivisionError), wb.change("Fail") as db:  # noqa: PT012
        add_account(db)
        raise ZeroDivisionError
    with wb.change("Add") as db:
        add_account(db)
    assert wb.undo() == "Add"
    assert count(wb, "account") == 0


def test_a_change_reads_its_own_writes_and_readers_do_not_yet(wb: Workbench) -> None:
    with wb.change("Add") as db:
        add_account(db)
        assert db.scalar("select count(*) from account") == 1
        assert count(wb, "account") == 0
    assert count(wb, "account") == 1


def test_sql_sees_what_the_session_holds(wb: Workbench) -> None:
    with wb.change("Add") as db:
        db.session.add(account("A"))
        assert db.scalar("select count(*) from account") == 1
        db.session.add(account("B"))
        assert db.execute("update account set stage='grow'") == 2
        db.session.add(account("C"))
        db.executemany("update account set tier=? where name=?", [("A", "C")])
        assert [row[0] for row in db.each("select tier from account order by id")] == [None, None, "A"]
    assert wb.undo() == "Add"
    assert count(wb, "account") == 0


def test_the_session_of_one_change_does_not_reach_into_the_next(wb: Workbench) -> None:
    with wb.change("First") as db:
        db.session.add(account("A"))
        first = db.session
    with wb.change("Second") as db:
        assert db.session is not first
        assert db.session.get(Account, 1) is not None
        db.session.get_one(Account, 1).stage = "grow"
    assert wb.reads.scalar("select stage from account") == "grow"


def test_a_session_that_gave_up_takes_the_change_with_it(wb: Workbench) -> None:
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(RuntimeError, match="rolled back"), wb.change("Twice") as db:  # noqa: PT012
        add_account(db)
        for _ in range(2):
            db.session.add(ListItem(list="stage", key="x", label_en="x", label_ja="x", position=1))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()
    assert count(wb, "account") == 0


def test_a_nested_session_transaction_may_fail_alone(wb: Workbench) -> None:
    from sqlalchemy.exc import IntegrityError

    with wb.change("Add") as db:
        db.session.add(account("A"))
        db.session.flush()
        with pytest.raises(IntegrityError), db.session.begin_nested():  # noqa: PT012
            db.session.add_all(
                ListItem(list="s", key="x", label_en="x", label_ja="x", position=1) for _ in range(2)
            )
            db.session.flush()
    assert (count(wb, "account"), count(wb, "list_item")) == (1, 0)
    assert wb.undo() == "Add"


def test_committing_inside_is_noticed(wb: Workbench) -> None:
    with pytest.raises(RuntimeError, match="ended before"), wb.change("Sneak") as db:
        db.execute("rollback")


def test_a_change_is_over_after_its_block(wb: Workbench) -> None:
    with wb.change("Add") as db:
        add_account(db)
    for use in (
        lambda: db.all("select 1"),
        lambda: db.execute("delete from account"),
        lambda: db.executemany("delete from account where id=?", [(1,)]),
        lambda: db.connection,
        lambda: db.gone(),  # noqa: PLW0108
    ):
        with pytest.raises(RuntimeError, match="ended"):
            use()


def test_changes_do_not_nest(wb: Workbench) -> None:
    with wb.change("Outer") as db:
        add_account(db)
        with pytest.raises(RuntimeError, match="inside a change"), wb.change("Inner"):
            pass
        with pytest.raises(RuntimeError, match="inside a change"):
            wb.undo()
    assert count(wb, "account") == 1


def test_foreign_keys_hold_inside_a_change_and_after_undo(wb: Workbench) -> None:
    with wb.change("Add") as db:
        add_account(db)
    wb.undo()
    with pytest.raises(Exception, match="FOREIGN KEY"), wb.change("Orphan") as db:
        add_person(db, 99)
    assert count(wb, "person") == 0


def test_evidence_is_atomic_and_outside_undo(wb: Workbench) -> None:
    with wb.change("Add") as db:
        add_account(db)
    with wb.evidence("Drafts") as db:
        db.execute("insert into draft (key, body, updated_at) values ('k', 'text', 'x')")
        db.moved("draft")
    assert db.changes == Changes(0, "Drafts", {"draft": None})
    with pytest.raises(ZeroDivisionError), wb.evidence("Fail") as db:  # noqa: PT012
        db.execute("delete from draft")
        raise ZeroDivisionError
    assert wb.undo() == "Add"
    assert count(wb, "draft") == 1


def test_evidence_may_not_change_what_undo_keeps(wb: Workbench) -> None:
    with pytest.raises(RuntimeError, match="account"), wb.evidence("Sneak") as db:
        add_account(db)
    assert count(wb, "account") == 0


def test_evidence_may_keep_a_scorecard_version(wb: Workbench) -> None:
    with wb.evidence("Card") as db:
        db.session.add(Scorecard(key="default", version=2, definition="{}", created_at=NOW))
    assert count(wb, "scorecard") == 1
    assert wb.reads.scalar("select count(*) from j_scorecard") == 0


@pytest.mark.parametrize("by_session", [False, True])
def test_a_full_disk_is_told_and_changes_nothing(wb: Workbench, by_session: bool) -> None:
    with wb.change("Add") as db:
        add_account(db)
        pages = db.scalar("pragma page_count")
        db.execute(f"pragma max_page_count={pages + 3}")
    before = state(wb.reads)
    with pytest.raises(FileProblem) as caught, wb.change("Big") as db:  # noqa: PT012
        for number in range(200):
            if by_session:
                db.session.add(Account(name="x" * 3000, name_key=str(number), created_at=NOW, updated_at=NOW))
                db.session.flush()
            else:
                add_account(db, "x" * 3000)
    assert caught.value.code == "disk_full"
    assert state(wb.reads) == before
    with wb.change("Room again") as db:
        db.execute("pragma max_page_count=1000000")
        add_account(db)
    assert count(wb, "account") == 2


def test_a_file_deleted_under_us_is_noticed_before_writing(wb: Workbench, path: str) -> None:
    with wb.change("Add") as db:
        add_account(db)
    os.rename(path, path + ".elsewhere")
    with pytest.raises(PortfolioProblem) as caught, wb.change("Lost"):
        pass
    assert caught.value.code == "moved"
    assert not Path(path).exists(), "nothing was made up in its place"


def test_a_wrong_statement_stays_a_bug(wb: Workbench) -> None:
    with pytest.raises(Exception, match="no such table") as caught, wb.change("Oops") as db:
        db.execute("insert into nowhere values (1)")
    assert not isinstance(caught.value, UserError)
