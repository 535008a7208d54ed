"""Voice keeps the case chosen, whatever its list does; answers name who gave them, a case who looks after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from cs_workbench.domain.surveys import result
from cs_workbench.services import survey_entry, voice_cases
from cs_workbench.services.voice import Month, Voice
from cs_workbench.services.voice_cases import CaseRow, Heard
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.voice import VoicePage, same_row, trend, words
from cs_workbench.ui.pages.voice.entry_forms import RoundForm
from cs_workbench.ui.pages.voice.forms import AnswerForm, TakeForm
from cs_workbench.ui.pages.voice.theme_pane import folded

Settle = Callable[[Desk], None]
TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def page(make_page: Callable[..., VoicePage]) -> VoicePage:
    return make_page(VoicePage)


def form(page: VoicePage, kind: type[QWidget]) -> Any:
    found: list[QWidget] = page.findChildren(kind)
    return next(one for one in found if one.isVisible())


def show(page: VoicePage, desk: Desk, settle: Settle, tab: str) -> None:
    page.open(tab=tab)
    settle(desk)


def test_a_case_taken_up_stays_chosen_wherever_it_is_sorted(
    page: VoicePage, desk: Desk, settle: Settle
) -> None:
    show(page, desk, settle, "loops")
    loops, wb = page.loops, desk.workbench
    place = max(n for n, row in enumerate(loops.model.rows) if isinstance(row, Heard))
    loops.table.choose(place)
    row = loops.table.chosen()
    page.verbs()["done"]()
    asked = form(page, TakeForm)
    assert asked.text("owner") == loops.owners.get(row.account_id, "")
    assert asked.day("promised_on") == desk.today() + dt.timedelta(days=2)
    asked.parts["promised_on"].edit.setText("1999-01-01")
    asked.answer()
    assert asked.isVisible()
    asked.parts["owner"].edit.setText("Ito <img src=x>")
    asked.parts["promised_on"].edit.setText("+5")
    asked.answer()
    settle(desk)
    now = loops.table.chosen()
    assert isinstance(now, CaseRow)
    assert (now.account_id, now.said_on) == (row.account_id, row.said_on)
    assert row.id in {now.survey_id, now.ticket_id}
    assert (now.owner, now.promised_on) == ("Ito <img src=x>", desk.today() + dt.timedelta(days=5))
    assert loops.table.currentIndex().row() != place
    assert loops.pane.title.text() == row.account
    assert loops.pane.moved.isHidden()
    wb.undo()
    loops.refresh()
    settle(desk)
    again = loops.table.chosen()
    assert isinstance(again, Heard)
    assert again.id == row.id


def test_the_case_after_one_that_left_says_so(page: VoicePage, desk: Desk, settle: Settle) -> None:
    show(page, desk, settle, "loops")
    loops = page.loops
    place = next(n for n, row in enumerate(loops.model.rows) if isinstance(row, CaseRow))
    loops.table.choose(place)
    gone, after = loops.table.chosen(), loops.model.rows[place + 1]
    page.verbs()["hand_over"]()
    settle(desk)
    assert same_row.find([loops.table.chosen()], after) == 0
    assert not loops.pane.moved.isHidden()
    assert gone.account in loops.pane.moved.text()
    loops.table.step(1)
    assert loops.pane.moved.isHidden()


def test_a_case_added_meanwhile_does_not_move_the_choice(page: VoicePage, desk: Desk, settle: Settle) -> None:
    show(page, desk, settle, "loops")
    loops = page.loops
    loops.table.choose(len(loops.model.rows) - 1)
    row, number = loops.table.chosen(), len(loops.model.rows)
    account = row.account_id
    day = desk.today() - dt.timedelta(days=30)
    voice_cases.add(desk.workbench, account, "Earlier", said_on=day, now=desk.now())
    loops.refresh()
    settle(desk)
    assert len(loops.model.rows) == number + 1
    assert same_row.find([loops.table.chosen()], row) == 0


def test_answers_and_rounds_keep_their_row(page: VoicePage, desk: Desk, settle: Settle) -> None:
    wb, scores = desk.workbench, page.scores
    scores.table.choose(3)
    row = scores.table.chosen()
    survey_entry.add(wb, row.account_id, "nps", 9, on=desk.today())
    scores.refresh()
    settle(desk)
    assert scores.table.currentIndex().row() == 4
    assert scores.table.chosen().id == row.id
    for n in (1, 2, 3):
        survey_entry.add_round(wb, "nps", 10 * n, on=desk.today() - dt.timedelta(days=n))
    scores.round.click()
    settle(desk)
    asked = form(page, RoundForm)
    asked.table.choose(2)
    chosen = asked.table.chosen()
    asked.model.setData(asked.model.index(2, asked.model.place("sent")), "77")
    settle(desk)
    assert asked.table.chosen().id == chosen.id
    asked.close()


def test_an_answer_names_who_gave_it(page: VoicePage, desk: Desk, settle: Settle) -> None:
    scores, wb = page.scores, desk.workbench
    account, known = next((one, people) for one, people in scores.people.items() if people)
    number, name = next(iter(known.items()))
    for typed, person in ((name, number), ("", None)):
        scores.ask_answer()
        settle(desk)
        asked = form(page, AnswerForm)
        asked.parts["account"].edit.setText(scores.known[account])
        asked.parts["person"].edit.setText("")
        QTest.keyClick(asked.parts["person"].edit, Qt.Key.Key_Down)
        offered = asked.offered["person"]
        assert offered.is_open
        assert offered.completer.completionCount() == len(known)
        offered.completer.popup().hide()
        asked.parts["score"].edit.setText("9")
        asked.parts["person"].edit.setText("Nobody <b>")
        asked.answer()
        assert asked.parts["person"].problem.text()
        asked.parts["person"].edit.setText(typed)
        asked.answer()
        settle(desk)
        assert wb.reads.scalar("select person_id from survey order by id desc limit 1") == person
        assert (scores.found.answers[0].person if scores.found else None) == typed
    wb.undo()


def voice_of(*months: tuple[int, ...]) -> Voice:
    found = tuple(Month(dt.date(2026, n + 1, 1), result("nps", given)) for n, given in enumerate(months))
    whole = result("nps", [one for month in months for one in month])
    return Voice("nps", dt.date(2026, 1, 1), TODAY, whole, found, (), (), None, 0)


def test_one_answer_alone_moves_neither_scale_nor_message() -> None:
    calm, odd = voice_of((9, 9, 7, 0, 0), (9, 9, 9, 7, 0)), voice_of((9, 9, 7, 0, 0), (9, 9, 9, 7, 0), (0,))
    assert trend.bounds(odd) == trend.bounds(calm)
    assert trend.labelled(odd) == {0, 1}
    assert words.message(odd) == words.message(calm)
    assert "40 points up" in words.message(odd)
    assert "1/2026" in words.message(odd)
    low, high = trend.bounds(odd)
    assert high - low < 200
    assert trend.bounds(voice_of((0,)))[0] == -100
    assert not trend.labelled(voice_of((0,)))
    assert words.side("nps", 0, 33) == "33 promoters"


def test_the_loop_says_whether_it_is_open(page: VoicePage) -> None:
    model, found = page.scores.model, page.scores.found
    assert found is not None
    row = next(one for one in found.answers if one.case_id is not None)
    cell = model.columns[model.place("case")].words
    said = {cell(replace(row, case_status=status)) for status in ("open", "hold", "done", "no_action")}
    assert len(said) == 4
    assert row.case_status


def test_a_word_found_twice_is_said_once_and_all_says_how_many(
    page: VoicePage, desk: Desk, settle: Settle
) -> None:
    assert folded(["CSV", "export", "csv"]) == ["CSV", "export"]
    show(page, desk, settle, "themes")
    themes = page.themes
    assert str(len(themes.proposed)) in themes.accept.text()
    themes.pane._found(((themes.proposed[0].heard, ("CSV", "csv")),))
    assert [not one.isHidden() for one in themes.pane.hits] == [True, False, False]
    assert themes.proposed[0].heard.account in themes.pane.hits[0].text()
