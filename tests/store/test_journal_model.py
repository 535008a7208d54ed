"""Random changes against a model: whatever is done, undo and redo meet every earlier state again, bit for bit."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from cs_workbench.services.workbench import Workbench
from cs_workbench.store import check
from cs_workbench.store.change import Change
from tests.builders_store import (
    add_account,
    add_batch,
    add_contract,
    add_interaction,
    add_metric,
    add_person,
    add_task,
    put_readings,
    state,
)

small = st.integers(1, 6)
words = st.sampled_from(["更新", "Aoba", "", "a\x00b", "🙂解約", "x" * 300])
Deed = Callable[[Change], object]


def _pick(db: Change, table: str, number: int) -> int | None:
    ids = [row[0] for row in db.all(f"select id from {table} order by id")]
    return ids[number % len(ids)] if ids else None


def _reading(db: Change, number: int, value: float) -> None:
    account, metric = _pick(db, "account", number), _pick(db, "metric", number)
    if account and metric:
        db.execute(
            "insert into reading (account_id, metric_id, day, value) values (?, ?, ?, ?)"
            " on conflict do update set value=excluded.value, batch_id=0",
            (account, metric, number, value),
        )


def _import(db: Change, number: int, value: float) -> None:
    account, metric = _pick(db, "account", number), _pick(db, "metric", number + 1)
    if account and metric:
        put_readings(db, add_batch(db), {(account, metric, day): value + day for day in range(number)})


def _grown(db: Change, number: int, text: str) -> None:
    account = add_account(db, text or "A", parent_id=_pick(db, "account", number))
    person = add_person(db, account, text, reports_to_id=_pick(db, "person", number))
    add_interaction(db, account, text)
    add_contract(db, account, name=text)
    add_task(db, account, person_id=person)
    if db.scalar("select count(*) from metric") < 4:
        add_metric(db, f"m{db.scalar('select coalesce(max(id), 0) from metric')}-{number}")


def _upsert(db: Change, number: int, text: str) -> None:
    db.execute(
        "insert into setting (key, value) values (?, ?) on conflict (key) do update set value=excluded.value",
        (f"k{number}", text),
    )
    db.execute("insert or ignore into setting (key, value) values (?, 'ignored')", (f"k{number + 1}",))
    db.execute("update or ignore setting set key=? where key=?", (f"k{number + 2}", f"k{number}"))


BULK = [
    "update account set stage='grow', tier=null",
    "update account set parent_id=null where id % 2",
    "update interaction set folded=folded || ' 更新', body=''",
    "update person set account_id=null where id % 3 = 0",
    "delete from person where id % 2",
    "delete from task where id % 3 = 0",
    "delete from reading where day % 2",
    "delete from metric where id = (select max(id) from metric)",
    "delete from interaction where id % 2 = 0",
    "update reading set value = -value",
    "delete from setting",
]


class JournalModel(RuleBasedStateMachine):
    """The model is two lists of digests: what undo must bring back, and what redo must."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.path = self.folder + "/p.csw"
        self.wb = Workbench.open(self.path, create=True)
        self.now = state(self.wb.reads)
        self.before: list[str] = []
        self.after: list[str] = []

    def do(self, *deeds: Deed) -> None:
        with self.wb.change("Deed") as db:
            for deed in deeds:
                deed(db)
        assert db.changes is not None
        if db.changes.step_id:
            self.before.append(self.now)
            self.after.clear()
        self.now = state(self.wb.reads)

    @rule(number=small, text=words)
    def grow(self, number: int, text: str) -> None:
        self.do(lambda db: _grown(db, number, text))

    @rule(number=small)
    def delete_account(self, number: int) -> None:
        self.do(lambda db: db.execute("delete from account where id=?", (_pick(db, "account", number),)))

    @rule(number=small, text=words)
    def upsert(self, number: int, text: str) -> None:
        self.do(lambda db: _upsert(db, number, text))

    @rule(statements=st.lists(st.sampled_from(BULK), min_size=1, max_size=3))
    def bulk(self, statements: list[str]) -> None:
        self.do(*(lambda db, sql=sql: db.execute(sql) for sql in statements))

    @rule(number=small, value=st.floats(allow_nan=False))
    def by_hand(self, number: int, value: float) -> None:
        self.do(lambda db: _reading(db, number, value))

    @rule(number=small, value=st.floats(-1e6, 1e6))
    def import_readings(self, number: int, value: float) -> None:
        self.do(lambda db: _import(db, number, value))

    @rule(number=small, text=words, value=st.floats(-1e6, 1e6))
    def import_all(self, number: int, text: str, value: float) -> None:
        self.do(
            lambda db: _reading(db, number, value),
            lambda db: _grown(db, number, text),
            lambda db: _import(db, number, value),
            lambda db: _import(db, number, value * 2),
        )

    @rule(number=small, text=words)
    def fail(self, number: int, text: str) -> None:
        try:
            with self.wb.change("Fail") as db:
                _grown(db, number, text)
                _import(db, number, 1.0)
                db.execute("delete from account")
                raise ZeroDivisionError
        except ZeroDivisionError:
            assert state(self.wb.reads) == self.now

    @rule()
    def undo(self) -> None:
        assert (self.wb.undo() is not None) is bool(self.before)
        if self.before:
            self.after.append(self.now)
            self.now = self.before.pop()

    @precondition(lambda self: self.after)
    @rule()
    def redo(self) -> None:
        assert self.wb.redo() is not None
        self.before.append(self.now)
        self.now = self.after.pop()

    @rule()
    def reopen(self) -> None:
        self.wb.close()
        self.wb = Workbench.open(self.path)

    @invariant()
    def as_modelled(self) -> None:
        assert state(self.wb.reads) == self.now

    def teardown(self) -> None:
        while self.before:
            assert self.wb.undo()
            assert state(self.wb.reads) == self.before.pop()
        assert check.check_reader(self.wb.database.reader(), keyed=False).findings == ()
        assert self.wb.on_writer(check.check_writer) == []
        self.wb.close()
        shutil.rmtree(self.folder)


JournalModel.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
TestJournalModel = JournalModel.TestCase
