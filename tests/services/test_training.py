"""Training: sessions and who came, by name or by number; what is typed; coverage of the seats; undo of everything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import portfolios, training
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_contract, add_person, state

NOW = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """Two customers of ten seats; three people at the first."""
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as made:
        with made.change("fill") as db:
            for name in ("Acme", "Birch"):
                number = add_account(db, name)
                add_contract(db, number, start_on="2026-01-01", end_on="2026-12-31", seats=10)
            for name in ("佐藤 恵", "Sato Ken", "<b>Ito</b>"):
                add_person(db, 1, name)
            add_person(db, 1, "Gone", status="left")
        yield made


def session(wb: Workbench, number: int) -> training.SessionView:
    return next(one for one in training.board(wb.reads, TODAY).sessions if one.id == number)


def covered(wb: Workbench, account: int = 1) -> tuple[int, int, int]:
    row = training.of_account(wb.reads, account, TODAY)[1]
    assert row is not None
    return row.trained, row.completed, row.sessions


def test_people_count_once_and_heads_by_their_largest_session(wb: Workbench) -> None:
    first = training.add(wb, "Basics", held_on=TODAY)
    second = training.add(wb, "More", held_on=TODAY, kind="workshop")
    for number in (first, second):
        training.add_attendee(wb, number, 1, "佐藤")
    training.add_attendee(wb, first, 1, "×4", completed=True)
    training.add_attendee(wb, second, 1, "3")
    assert covered(wb) == (5, 4, 2)
    assert covered(wb, 2) == (0, 0, 0)
    assert training.board(wb.reads, TODAY).seats == (5, 20)
    found = session(wb, first)
    assert (found.heads, found.completed, found.accounts) == (5, 4, ("Acme",))


def test_what_lies_ahead_does_not_count(wb: Workbench) -> None:
    number = training.add(wb, "Next week", held_on=TODAY + dt.timedelta(days=7))
    training.add_attendee(wb, number, 1, "4")
    assert covered(wb) == (0, 0, 0)
    assert not session(wb, number).held


def test_a_number_replaces_the_number(wb: Workbench) -> None:
    number = training.add(wb, "Basics", held_on=TODAY)
    assert training.add_attendee(wb, number, 1, "4") == training.add_attendee(wb, number, 1, "７")
    assert session(wb, number).heads == 7


@pytest.mark.parametrize(
    ("who", "code"),
    [("0", "invalid"), ("佐藤 恵", "twice"), ("Nobody", "invalid"), ("Gone", "invalid"), (" ", "invalid")],
)
def test_who_cannot_have_come(wb: Workbench, who: str, code: str) -> None:
    number = training.add(wb, "Basics", held_on=TODAY)
    training.add_attendee(wb, number, 1, "佐藤 恵")
    before = state(wb.reads)
    with pytest.raises(InvalidValue) as refused:
        training.add_attendee(wb, number, 1, who)
    assert refused.value.code == code
    assert state(wb.reads) == before


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("title", "  Basics  2 ", "Basics 2"), ("kind", "webinar", "webinar"), ("minutes", "90分", 90),
        ("minutes", "1:30", 90), ("minutes", "", None), ("held_on", "2026/11/20", dt.date(2026, 11, 20)),
        ("held_on", "tomorrow", TODAY + dt.timedelta(days=1)), ("means", "", None), ("means", "7", 7),
        ("note", " x ", "x"),
    ],
)  # fmt: skip
def test_what_is_typed(field: training.Field, text: str, value: object) -> None:
    assert training.read(field, text, TODAY) == value


@pytest.mark.parametrize(
    ("field", "text"), [("title", " "), ("kind", "party"), ("minutes", "-3"), ("minutes", "long"), ("held_on", ""),
                        ("held_on", "2026-02-30")],
)  # fmt: skip
def test_what_cannot_be_typed(field: training.Field, text: str) -> None:
    with pytest.raises(InvalidValue):
        training.read(field, text, TODAY)


CHANGES: dict[str, Callable[[Workbench, int, int], object]] = {
    "add": lambda wb, _one, _who: training.add(wb, "Other", held_on=TODAY, minutes=30, note="n"),
    "edit": lambda wb, one, _who: training.edit(wb, one, "title", "Another", today=TODAY),
    "date": lambda wb, one, _who: training.edit(wb, one, "held_on", "2026-01-05", today=TODAY),
    "remove": lambda wb, one, _who: training.remove(wb, one),
    "attend": lambda wb, one, _who: training.add_attendee(wb, one, 2, "3"),
    "complete": lambda wb, _one, who: training.set_attendee(wb, who, completed=True),
    "heads": lambda wb, _one, who: training.set_attendee(wb, who, heads="9"),
    "leave": lambda wb, _one, who: training.remove_attendee(wb, who),
}


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_every_change_is_one_step_back_and_forth(wb: Workbench, name: str) -> None:
    one = training.add(wb, "Basics", held_on=TODAY)
    who = training.add_attendee(wb, one, 1, "4")
    before, steps = state(wb.reads), len(wb.history())
    CHANGES[name](wb, one, who)
    after = state(wb.reads)
    assert after != before
    assert len(wb.history()) == steps + 1
    wb.undo()
    assert state(wb.reads) == before
    wb.redo()
    assert state(wb.reads) == after


def test_tied_to_a_means_of_a_map(wb: Workbench) -> None:
    with wb.change("map") as db:
        db.execute("insert into persona (name) values ('Lead')")
        db.execute("insert into success_map (persona_id, version, made_on) values (1, 1, '2026-01-01')")
        db.execute("insert into map_step (map_id, position, name) values (1, 0, 'First use')")
        db.execute("insert into success_means (step_id, kind, title) values (1, 'training', 'Basics course')")
    one = training.add(wb, "Basics", held_on=TODAY)
    (means,) = training.board(wb.reads, TODAY).means
    training.edit(wb, one, "means", str(means.id), today=TODAY)
    assert (session(wb, one).row.means, session(wb, one).row.step) == ("Basics course", "First use")
    with wb.change("gone") as db:
        db.execute("delete from persona")
    assert session(wb, one).row.means_id is None


def test_a_person_is_one_and_what_is_gone_is_said(wb: Workbench) -> None:
    one = training.add(wb, "Basics", held_on=TODAY)
    who = training.add_attendee(wb, one, 1, "Sato")
    with pytest.raises(InvalidValue):
        training.set_attendee(wb, who, heads="2")
    training.remove(wb, one)
    for work in (lambda: training.remove(wb, one), lambda: training.set_attendee(wb, who, completed=True),
                 lambda: training.add_attendee(wb, one, 1, "3")):  # fmt: skip
        with pytest.raises(NotFound):
            work()
    with pytest.raises(NotFound):
        training.account_named(wb.reads, "Nobody Ltd")
    assert training.account_named(wb.reads, "birch") == 2


def test_five_statements_however_many(wb: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    reads = wb.reads
    every = type(reads).all
    monkeypatch.setattr(
        type(reads), "all", lambda self, sql, params=(): asked.append(sql) or every(self, sql, params)
    )
    for _turn in range(2):
        asked.clear()
        training.board(reads, TODAY)
        assert len(asked) <= 5
        training.add_attendee(wb, training.add(wb, "Basics", held_on=TODAY), 1, "2")
