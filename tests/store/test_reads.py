"""Reading: four ways, one connection a thread, and nothing heavy imported on the way."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account

HEAVY = (
    "sqlalchemy",
    "alembic",
    "typing",
    "dataclasses",
    "pathlib",
    "gettext",
    "re",
    "json",
    "filelock",
    "argon2",
)


@pytest.fixture
def filled(wb: Workbench) -> Workbench:
    with wb.change("Add") as db:
        for name in "ABC":
            add_account(db, name)
    return wb


def test_the_four_ways(filled: Workbench) -> None:
    db = filled.reads
    assert db.all("select name from account order by id") == [("A",), ("B",), ("C",)]
    assert db.one("select id, name from account where name=:name", {"name": "B"}) == (2, "B")
    assert db.one("select 1 from account where id=99") is None
    assert db.scalar("select name from account where id=?", (3,)) == "C"
    assert db.scalar("select name from account where id=99") is None
    each = db.each("select id from account order by id")
    assert next(each) == (1,)
    assert list(each) == [(2,), (3,)]


def test_wrong_sql_stays_a_bug(filled: Workbench) -> None:
    for read in (
        filled.reads.all,
        filled.reads.one,
        filled.reads.scalar,
        lambda sql: list(filled.reads.each(sql)),
    ):
        with pytest.raises(Exception, match="no such column"):
            read("select absent_column from account")


def test_each_thread_has_its_own_connection_and_ended_ones_are_closed(filled: Workbench) -> None:
    database = filled.database
    seen = []

    def look() -> None:
        seen.append((id(database.reader()), filled.reads.scalar("select count(*) from account")))

    for _ in range(5):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert [found for _, found in seen] == [3] * 5
    assert database.reader() is database.reader()
    assert len(database._readers) <= 2


def test_a_reader_keeps_its_view_while_another_writes(filled: Workbench) -> None:
    each = filled.reads.each("select id from account order by id")
    next(each)
    with filled.change("More") as db:
        add_account(db, "D")
    assert list(each) == [(2,), (3,)]
    assert filled.reads.scalar("select count(*) from account") == 4


def test_a_closed_portfolio_says_so(filled: Workbench) -> None:
    filled.close()
    filled.close()
    with pytest.raises(RuntimeError, match="closed"):
        filled.reads.all("select 1")
    with pytest.raises(RuntimeError, match="closed"), filled.change("Late"):
        pass


@pytest.mark.parametrize("read_only", [True, False])
def test_reading_imports_nothing_heavy(filled: Workbench, path: str, read_only: bool) -> None:
    code = (
        "import sys\n"
        "from cs_workbench.services.workbench import Workbench\n"
        f"with Workbench.open({path!r}, read_only={read_only}) as wb:\n"
        "    assert wb.reads.scalar('select count(*) from account') == 3\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stderr
