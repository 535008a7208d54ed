"""Reads for one look: a question asked twice reaches the file once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.services.workbench import Workbench
from cs_workbench.store.once import Once
from tests.builders_store import add_account

NAMES = "select name from account where id >= :a order by id"


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(str(tmp_path / "p.csw"), create=True) as workbench:
        with workbench.change("fill") as db:
            add_account(db, "Aoba")
            add_account(db, "Kita")
        yield workbench


def test_the_same_question_is_asked_once(wb: Workbench) -> None:
    look = Once(wb.reads)
    assert look.all(NAMES, {"a": 1}) == look.all(NAMES, {"a": 1}) == [("Aoba",), ("Kita",)]
    assert look.asked == 1
    assert look.all(NAMES, {"a": 2}) == [("Kita",)]
    assert look.one("select name from account where id = ?", [1]) == ("Aoba",)
    assert look.one("select name from account where id = ?", (1,)) == ("Aoba",)
    assert look.asked == 3


def test_nothing_found_is_remembered_too(wb: Workbench) -> None:
    look = Once(wb.reads)
    for _time in range(2):
        assert look.one("select 1 from account where id = 9") is None
        assert look.scalar("select name from account where id = 9") is None
    assert look.asked == 2


def test_an_answer_that_is_changed_outside_stays_as_it_was_told(wb: Workbench) -> None:
    look = Once(wb.reads)
    first = look.all(NAMES, {"a": 1})
    first.append(("not stored",))
    assert look.all(NAMES, {"a": 1}) == [("Aoba",), ("Kita",)]
    assert list(look.each(NAMES, {"a": 2})) == [("Kita",)]
