"""The search indexes follow every change, undo and redo, notice damage, and are exact against ``instr``."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_workbench.domain.search_text import query_words
from cs_workbench.domain.text import fold
from cs_workbench.errors import FileProblem
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import search
from cs_workbench.store.change import Change
from cs_workbench.store.queries.search import candidates
from tests.builders_store import add_account, add_interaction


def checked(wb: Workbench) -> list[tuple[str, str]]:
    connection = wb.database.writer().connection
    return [(problem.index, problem.code) for problem in search.check(connection)]


def found(wb: Workbench, query: str) -> set[int]:
    return {one.id for one in candidates(wb.reads, "interaction", query_words(query))}


def stop() -> None:
    """What goes wrong in the middle of a change."""
    raise FileExistsError


@pytest.fixture
def filled(wb: Workbench) -> Workbench:
    with wb.change("fill") as db:
        account = add_account(db)
        add_interaction(db, account, "更新の相談")
        add_interaction(db, account, "Renewal quote sent, café ß 🫨")
        add_interaction(db, account, "")
    return wb


def test_inserted_rows_are_found(filled: Workbench) -> None:
    assert found(filled, "更新") == {1}
    assert found(filled, "renewal") == {2}
    assert found(filled, "🫨") == {2}
    assert found(filled, "Café") == {2}
    assert found(filled, "call") == {1, 2, 3}
    assert checked(filled) == []


def test_changes_undo_and_redo_keep_the_index_exact(filled: Workbench) -> None:
    with filled.change("edit") as db:
        db.execute("update interaction set body='解約', folded='call 解約' where id=1")
        db.execute("delete from interaction where id=2")
    assert (found(filled, "更新"), found(filled, "解約"), found(filled, "renewal")) == (set(), {1}, set())
    assert checked(filled) == []
    filled.undo()
    assert (found(filled, "更新"), found(filled, "解約"), found(filled, "renewal")) == ({1}, set(), {2})
    assert checked(filled) == []
    filled.redo()
    assert found(filled, "解約") == {1}
    assert checked(filled) == []


def test_rows_deleted_with_their_account_leave_the_index(filled: Workbench) -> None:
    with filled.change("delete account") as db:
        db.execute("delete from account")
    assert found(filled, "call") == set()
    assert checked(filled) == []


def test_a_failed_change_leaves_the_index_alone(filled: Workbench) -> None:
    with pytest.raises(FileExistsError), filled.change("fail") as db:  # noqa: PT012 - the change must fail inside
        assert db.execute("update interaction set folded='nothing'") == 3
        stop()
    assert found(filled, "更新") == {1}
    assert checked(filled) == []


def test_suspend_and_rebuild_bracket_a_bulk_load(filled: Workbench) -> None:
    connection = filled.database.writer().connection
    with filled.change("bulk") as db:
        search.suspend(db.connection)
        db.execute("update interaction set folded='bulk' where id=1")
        search.rebuild(db.connection)
    assert found(filled, "bulk") == {1}
    assert checked(filled) == []
    with filled.change("after") as db:
        db.execute("update interaction set folded='later' where id=1")
    assert found(filled, "later") == {1}
    search.scrub(connection)
    assert checked(filled) == []


def test_suspension_ends_with_a_rollback(filled: Workbench) -> None:
    with pytest.raises(FileExistsError), filled.change("bulk") as db:  # noqa: PT012 - the change must fail inside
        search.suspend(db.connection)
        stop()
    with filled.change("after") as db:
        db.execute("update interaction set folded='later' where id=1")
    assert found(filled, "later") == {1}


def test_check_names_what_is_wrong_and_rebuild_repairs_it(filled: Workbench) -> None:
    connection = filled.database.writer().connection
    search.suspend(connection)
    connection.execute("update interaction set folded='unseen' where id=1")
    assert checked(filled) == [("interaction_tri", "damaged"), ("interaction_short", "terms")]
    connection.execute("delete from interaction where id=3")
    assert ("interaction_short", "rows") in checked(filled)
    search.rebuild(connection)
    assert checked(filled) == []


def test_the_triggers_are_temporary_and_all_there(filled: Workbench) -> None:
    connection = filled.database.writer().connection
    names = {row[0] for row in connection.execute("select name from sqlite_temp_schema where type='trigger'")}
    assert set(search.TRIGGERS) <= names
    assert not filled.reads.all("select 1 from sqlite_schema where type = 'trigger'")


def test_readers_cannot_write_the_index(filled: Workbench) -> None:
    with pytest.raises(FileProblem):
        filled.reads.all("insert into interaction_tri(interaction_tri) values ('rebuild')")


def test_random_edits_agree_with_instr_at_every_length(wb: Workbench) -> None:
    dice = random.Random(3)
    alphabet = "更新解約相談abcア カー㈱1-"
    with wb.change("account") as db:
        account = add_account(db)
    for _ in range(25):
        with wb.change("edit") as db:
            for _ in range(4):
                body = "".join(dice.choice(alphabet) for _ in range(dice.randrange(30)))
                add_interaction(db, account, body)
            db.execute("delete from interaction where id % 7 = ?", (dice.randrange(7),))
            moved = fold("".join(dice.choice(alphabet) for _ in range(12)))
            db.execute("update interaction set folded = ? where id % 5 = ?", (moved, dice.randrange(5)))
        if dice.random() < 0.4:
            wb.undo()
    for length in (1, 2, 3, 4, 5):
        for _ in range(30):
            words = query_words("".join(dice.choice(alphabet) for _ in range(length)))
            if not words:
                continue
            where = " and ".join(f"instr(folded, :w{n}) > 0" for n in range(len(words)))
            params = {f"w{n}": word for n, word in enumerate(words)}
            wanted = {row[0] for row in wb.reads.all(f"select id from interaction where {where}", params)}
            assert {one.id for one in candidates(wb.reads, "interaction", words)} == wanted
    assert checked(wb) == []


def test_a_frequent_short_word_beside_a_long_one(wb: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cs_workbench.store.queries.search._FEW", 2)
    with wb.change("fill") as db:
        account = add_account(db)
        for n in range(6):
            add_interaction(db, account, f"更新 renewal {n}" if n % 2 else f"更新 {n}")
    assert found(wb, "更新 renewal") == {2, 4, 6}
    assert found(wb, "更新 5 renewal") == {6}


@settings(max_examples=60, deadline=None)
@given(query=st.text(max_size=20))
def test_no_query_can_break_the_search(any_query_wb: Workbench, query: str) -> None:
    words = query_words(query)
    got = candidates(any_query_wb.reads, "interaction", words)
    assert got == [] or words


@pytest.fixture(scope="module")
def any_query_wb(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    workbench = Workbench.open(str(tmp_path_factory.mktemp("any") / "p.csw"), create=True)
    with workbench.change("fill") as db:
        add_interaction(db, add_account(db), 'AND OR NOT NEAR(a b) "quoted" col:x * ^ {y} 更新')
    return workbench


def test_rows_added_together_are_indexed_together(filled: Workbench) -> None:
    with filled.change("more") as db:
        with search.newest_together(db.connection, "interaction"):
            add_interaction(db, 1, "解約の話")
            add_interaction(db, 1, "Toner")
            assert candidates(db, "interaction", query_words("toner")) == []
        add_interaction(db, 1, "後で")
    assert (found(filled, "解約"), found(filled, "toner"), found(filled, "後で")) == ({4}, {5}, {6})
    assert checked(filled) == []
    filled.undo()
    assert (found(filled, "toner"), found(filled, "後で"), checked(filled)) == (set(), set(), [])


def test_the_upkeep_survives_rows_that_could_not_be_added(filled: Workbench) -> None:
    def add(db: Change) -> None:
        with search.newest_together(db.connection, "interaction"):
            add_interaction(db, 1, "Toner")
            stop()

    with pytest.raises(FileExistsError), filled.change("more") as db:
        add(db)
    with filled.change("after") as db:
        add_interaction(db, 1, "Paper")
    assert (found(filled, "toner"), found(filled, "paper"), checked(filled)) == (set(), {4}, [])
