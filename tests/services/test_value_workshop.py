"""The workshop and the guide: answers with who and when, what is missing, question and task, the tie in one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench import i18n
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import (
    portfolios,
    value_choices,
    value_guide,
    value_heads,
    value_ledgers,
    value_reading,
    value_workshop,
)
from cs_workbench.services.value_guide import Said
from cs_workbench.services.value_workshop import Claim
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_person, state

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en", currency="JPY") as made:
        with made.change("Begin") as db:
            account = add_account(db, "Birch", industry="精密機械")
            add_person(db, account, "Aoki")
            add_person(db, account, "Ishii")
            db.execute("insert into person_role (person_id, role) values (2, 'decision_maker')")
        yield made


@pytest.fixture
def ledger(wb: Workbench) -> int:
    return value_heads.create(wb, 1, "2027", currency="JPY", starts_on=TODAY, now=NOW)


def claim(wb: Workbench, ledger: int, line: int) -> Claim:
    view = value_reading.ledger_view(wb.reads, ledger, TODAY)
    return next(one for one in value_workshop.claims(view) if one.line.id == line)


def add(wb: Workbench, ledger: int, title: str, gain: str) -> int:
    line = value_ledgers.add_line(wb, ledger, title, "gain")
    (row,) = value_reading.ledger_view(wb.reads, ledger, TODAY).inputs[line]
    value_ledgers.edit(wb, "input", row.id, "value", gain, now=NOW)
    value_ledgers.edit(wb, "input", row.id, "unit", "JPY/year", now=NOW)
    return line


def test_claims_stand_unsettled_first_and_by_what_is_at_stake(wb: Workbench, ledger: int) -> None:
    small, large, agreed = (
        add(wb, ledger, name, gain) for name, gain in (("s", "10"), ("l", "900"), ("a", "9999"))
    )
    value_ledgers.agree(wb, agreed, on=TODAY, person_id=2, now=NOW)
    view = value_reading.ledger_view(wb.reads, ledger, TODAY)
    found = value_workshop.claims(view)
    assert [one.line.id for one in found] == [large, small, agreed]
    assert [one.settled for one in found] == [False, False, True]
    assert found[0].worth == 900 * (1 - value_workshop.RISK["assumption"])


def test_an_answer_keeps_who_and_when_and_open_takes_it_back(wb: Workbench, ledger: int) -> None:
    line = add(wb, ledger, "Time", "5")
    before = state(wb.reads)
    value_workshop.answer(wb, line, "logic", "accepted", on=TODAY, person_id=2, now=NOW)
    value_workshop.answer(wb, line, "fact", "proved", on=TODAY, person_id=1, now=NOW)
    row = claim(wb, ledger, line).line
    assert (row.logic, row.logic_by, row.logic_on) == ("accepted", "Ishii", TODAY)
    assert (row.fact, row.fact_by, row.fact_on) == ("proved", "Aoki", TODAY)
    assert claim(wb, ledger, line).counts
    value_workshop.answer(wb, line, "logic", "open", on=TODAY, person_id=2, now=NOW)
    row = claim(wb, ledger, line).line
    assert (row.logic, row.logic_by, row.logic_on) == ("open", "", None)
    for name in ("Answer test A", "Answer test B", "Answer test A"):
        assert wb.undo() == name
    assert state(wb.reads) == before
    assert wb.redo() == "Answer test A"
    assert claim(wb, ledger, line).line.logic == "accepted"


def test_an_unknown_grade_and_a_line_that_is_gone_are_refused(wb: Workbench, ledger: int) -> None:
    line = add(wb, ledger, "Time", "5")
    with pytest.raises(InvalidValue):
        value_workshop.answer(wb, line, "logic", "perhaps", on=TODAY, person_id=None, now=NOW)
    with pytest.raises(NotFound):
        value_workshop.answer(wb, 99, "logic", "accepted", on=TODAY, person_id=None, now=NOW)


def test_what_is_missing_is_computed_from_the_line(wb: Workbench, ledger: int) -> None:
    line = add(wb, ledger, "Time", "5")
    found = claim(wb, ledger, line)
    assert found.gaps_a == ("no sentence says how it comes about", "nobody has accepted the logic yet")
    assert found.gaps_b[0].startswith("no evidence")
    assert found.gaps_b[1] == "no source for “gain”"
    i18n.set_language("ja")
    assert "「gain」" in claim(wb, ledger, line).gaps_b[1]
    i18n.set_language("en")
    value_ledgers.edit(wb, "line", line, "mechanism", "Because", now=NOW)
    value_ledgers.edit(wb, "line", line, "baseline", "40 minutes", now=NOW)
    value_workshop.answer(wb, line, "logic", "accepted", on=TODAY, person_id=2, now=NOW)
    value_ledgers.add_evidence(wb, line, "person", "said so", on=TODAY, person_id=1)
    (row,) = value_reading.ledger_view(wb.reads, ledger, TODAY).inputs[line]
    value_ledgers.edit(wb, "input", row.id, "source", "books", now=NOW)
    value_ledgers.edit(wb, "input", row.id, "as_of", "2024-01-31", now=NOW)
    found = claim(wb, ledger, line)
    assert found.gaps_a == ()
    assert found.gaps_b == ("older than a year: “gain”", "nobody has proved it yet")
    value_ledgers.edit(wb, "line", line, "formula", "gain +* 2".replace("+*", "*"), now=NOW)
    value_ledgers.edit(wb, "line", line, "formula", "gain * price", now=NOW)
    assert "“price” has no figure yet" in claim(wb, ledger, line).gaps_a


def test_the_question_becomes_a_task_in_one_step(wb: Workbench, ledger: int) -> None:
    line = add(wb, ledger, "Time", "5")
    with pytest.raises(InvalidValue, match="no question yet"):
        value_workshop.to_task(wb, line, due_on=TODAY, now=NOW)
    value_workshop.note_question(wb, line, missing="hours", ask="How long?", person_id=1, now=NOW)
    before = state(wb.reads)
    value_workshop.to_task(wb, line, due_on=TODAY + dt.timedelta(7), now=NOW)
    row = wb.reads.one("select account_id, title, person_id, note, due_on from task")
    assert row == (1, "Ask Aoki about “Time”", 1, "How long?", "2026-12-01")
    assert wb.undo() == "Make question a task"
    assert state(wb.reads) == before


def test_business_figures_that_fit_the_industry_come_first(wb: Workbench) -> None:
    found = value_guide.figures(wb.reads, 1, "en")
    assert [one.title for one in found[:2]] == [
        "Hours of work in one process", "Errors, rework, complaints a year",
    ]  # fmt: skip
    assert [one.fits for one in found] == sorted((one.fits for one in found), reverse=True)
    assert all(one.benefit.ask and one.benefit.whom and one.benefit.assumes for one in found)
    assert len(value_guide.figures(wb.reads, 1, "ja")) == len(found)


def test_a_persona_makes_its_model_fit(wb: Workbench) -> None:
    with wb.change("Persona") as db:
        db.execute(
            "insert into persona (id, name, definition, position) values (1, '営業マネージャー', '', 0)"
        )
        db.execute("insert into map_place (account_id, persona_id) values (1, 1)")
    fits = {one.key.partition("/")[0] for one in value_guide.figures(wb.reads, 1, "ja") if one.fits}
    assert "sales" in fits


def test_the_tie_is_one_step_with_ledger_line_question_and_task(wb: Workbench) -> None:
    before = state(wb.reads)
    figure = value_guide.figures(wb.reads, 1, "en")[0]
    said = Said("They finish faster.", "How long?", 2, TODAY)
    made = value_guide.tie(wb, 1, figure, said, ledger_id=None, today=TODAY, now=NOW)
    row = claim(wb, made.ledger_id, made.line_id).line
    assert (row.logic, row.fact, row.ask, row.ask_name) == ("open", "open", "How long?", "Ishii")
    assert row.mechanism == "They finish faster."
    assert made.task_id is not None
    assert wb.reads.scalar("select count(*) from value_input where line_id=?", (made.line_id,)) == 5
    assert wb.undo() == "Tie value to a business figure"
    assert state(wb.reads) == before


def test_an_own_figure_is_tied_to_the_ledger_there_is_without_a_task(wb: Workbench, ledger: int) -> None:
    figure = value_guide.own_figure("Complaints of their customers")
    made = value_guide.tie(
        wb, 1, figure, Said("Because", figure.benefit.ask), ledger_id=ledger, today=TODAY, now=NOW
    )
    assert (made.ledger_id, made.task_id) == (ledger, None)
    row = claim(wb, ledger, made.line_id).line
    assert row.title == "Complaints of their customers"
    assert "Where is “Complaints of their customers” measured" in row.ask


@pytest.mark.parametrize(("said", "field"), [(Said(" ", "q"), "mechanism"), (Said("m", " "), "ask")])
def test_a_tie_needs_a_logic_and_a_question(wb: Workbench, said: Said, field: str) -> None:
    figure = value_guide.figures(wb.reads, 1, "en")[0]
    before = state(wb.reads)
    with pytest.raises(InvalidValue) as refused:
        value_guide.tie(wb, 1, figure, said, ledger_id=None, today=TODAY, now=NOW)
    assert refused.value.where["field"] == field
    assert state(wb.reads) == before
    with pytest.raises(InvalidValue):
        value_guide.own_figure("  ")


def test_who_can_answer_is_found_by_role(wb: Workbench) -> None:
    known = value_choices.choices(wb.reads, 1)
    assert known.first_with("economic_buyer", "decision_maker") == 2
    assert known.first_with("procurement") is None
