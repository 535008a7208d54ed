"""The Renewals page by keyboard: the list, the call, the steps, the sheets, what is copied; few rows, many, none."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.domain.runway import runway
from cs_workbench.services import renewal_acts, renewals
from cs_workbench.services.renewals import Missing, RenewalRow
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui import actions
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.renewals import RenewalsPage, pane, words
from cs_workbench.ui.pages.renewals.mail_sheet import MailSheet
from cs_workbench.ui.pages.renewals.meeting_sheet import MeetingSheet
from cs_workbench.ui.pages.renewals.model import LINE, Heading, Line, RenewalsModel
from cs_workbench.ui.pages.renewals.note_sheet import NoteSheet
from cs_workbench.ui.pages.renewals.places import columns, places
from cs_workbench.ui.pages.renewals.questions import CallQuestion, MoveQuestion

T = TypeVar("T")
Settle = Callable[[Desk], None]
HOSTILE = ("<img src=x onerror=1>", "\u202eevil", "x" * 10_000, "a\tb\nc")


@pytest.fixture
def portfolio(sample_portfolio: str, tmp_path: Path) -> str:
    """The sample portfolio before anything was said or done about its renewals."""
    path = shutil.copy(sample_portfolio, tmp_path / "Takahashi 2026.csw")
    with Workbench.open(path) as wb, wb.change("Begin") as db:
        for table in ("renewal_call", "renewal_step", "renewal_plan"):
            db.execute(f"delete from {table}")
    return path


@pytest.fixture
def page(make_page: Callable[..., RenewalsPage], monkeypatch: pytest.MonkeyPatch) -> RenewalsPage:
    """The page on the sample portfolio, the first row chosen."""
    return make_page(RenewalsPage)


def float_of(kind: type[T]) -> T:
    """The open question or sheet of that kind."""
    found = [one for one in QApplication.allWidgets() if isinstance(one, kind) and one.isVisible()]
    assert len(found) == 1
    return found[0]


def press(qtbot: QtBot, page: RenewalsPage, key: Qt.Key) -> None:
    qtbot.keyClick(page.list, key)


def row_of(page: RenewalsPage) -> RenewalRow:
    row = page.chosen()
    assert row is not None
    return row


def again(desk: Desk, page: RenewalsPage, settle: Settle) -> RenewalRow:
    """The chosen row once everything is written and read again."""
    settle(desk)
    page.refresh()
    settle(desk)
    return row_of(page)


def test_it_fills_by_deadline_with_a_forecast(page: RenewalsPage, desk: Desk) -> None:
    assert page.found is not None
    deadlines = [row.deadline for row in page.found.rows if row.group(page.found.today) != "passed"]
    assert deadlines == sorted(deadlines)
    assert page.found.forecast is not None
    assert "is expected to renew" in page.lead.text()
    assert "no more than that renews" in page.definition.text()
    assert "not called yet" in page.remarks.text()
    assert "Expected" in page.strip.accessibleName()
    assert page.chosen() is not None


def test_the_model_holds(page: RenewalsPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)


def test_arrows_skip_headings_and_the_pane_follows(page: RenewalsPage, qtbot: QtBot) -> None:
    page.list.setFocus()
    seen = []
    for _number in range(page.model.rowCount() + 2):
        assert page.pane.title.text() == row_of(page).name
        seen.append(row_of(page).key)
        press(qtbot, page, Qt.Key.Key_Down)
    assert len(set(seen)) == sum(isinstance(one, Line) for one in page.model.entries)
    press(qtbot, page, Qt.Key.Key_Up)
    assert row_of(page).key == list(dict.fromkeys(seen))[-2]


def test_enter_opens_the_account(page: RenewalsPage, qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.went) as went:
        press(qtbot, page, Qt.Key.Key_Return)
    assert went.args == ["account", {"account_id": row_of(page).account_id, "tab": "overview"}]


def test_the_call_is_set_by_keyboard_with_undo(
    page: RenewalsPage, qtbot: QtBot, desk: Desk, settle: Settle
) -> None:
    told = []
    desk.told.connect(told.append)
    page.verbs()["call"]()
    question = float_of(CallQuestion)
    question.category.choose("at_risk")
    assert question.likelihood.edit.text() == "15%"
    question.likelihood.edit.setText("２０％")
    qtbot.keyClick(question.likelihood.edit, Qt.Key.Key_Return)
    row = again(desk, page, settle)
    assert row.call is not None
    assert (row.call.category, row.likelihood) == ("at_risk", 0.2)
    assert told[-1].undo
    assert desk.workbench.undo() == f"Set renewal call – {row.name}"
    assert again(desk, page, settle).call is None


def test_a_changed_call_wants_a_reason_and_stays_open(
    page: RenewalsPage, qtbot: QtBot, desk: Desk, settle: Settle
) -> None:
    page.acts.set_call(row_of(page), "commit", 0.95, "")
    again(desk, page, settle)
    page.ask_call()
    question = float_of(CallQuestion)
    question.category.choose("best_case")
    question.answer()
    assert question.isVisible()
    assert "reason" in question.reason.problem.text()
    qtbot.keyClicks(question.reason.edit, "Sponsor left")
    qtbot.keyClick(question.reason.edit, Qt.Key.Key_Return)
    row = again(desk, page, settle)
    assert row.call is not None
    assert (row.call.category, row.call.reason) == ("best_case", "Sponsor left")


@pytest.mark.parametrize("typed", ["", "abc", "101", "-1"])
def test_a_likelihood_that_is_none_is_refused_in_place(page: RenewalsPage, typed: str) -> None:
    page.ask_call()
    question = float_of(CallQuestion)
    question.likelihood.edit.setText(typed)
    question.answer()
    assert question.isVisible()
    assert question.likelihood.problem.text()
    question.close()


def test_monitoring_is_offered_early_only(page: RenewalsPage) -> None:
    page.ask_call()
    near = float_of(CallQuestion)
    assert "monitor" not in near.category._segments
    near.close()
    far = next(row for row in page.found.rows if row.days_left(page.found.today) > 100)  # type: ignore[union-attr]
    page.list.choose(page.model.place_of(far.key))
    page.acts.ask_call(far, QPoint(600, 300))
    question = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, CallQuestion) and one.isVisible()
    ]
    assert "monitor" in question[-1].category._segments
    for one in question:
        one.close()


def test_space_marks_the_current_step_done_and_undo_takes_it_back(
    page: RenewalsPage, desk: Desk, settle: Settle
) -> None:
    current = row_of(page).way.current
    assert current is not None
    page.verbs()["done"]()
    row = again(desk, page, settle)
    assert row.way.steps[current.number - 1].done_on == desk.today()
    desk.workbench.undo()
    assert again(desk, page, settle).way.current == current


def test_the_circle_marks_and_takes_back(
    page: RenewalsPage, qtbot: QtBot, desk: Desk, settle: Settle
) -> None:
    line = page.pane.lines[5]
    assert "mark as done" in line.circle.accessibleName()
    qtbot.keyClick(line.circle, Qt.Key.Key_Space)
    assert again(desk, page, settle).way.steps[4].state == "done"
    assert line.open.words() == "Show"
    qtbot.keyClick(line.circle, Qt.Key.Key_Space)
    assert again(desk, page, settle).way.steps[4].state != "done"


def test_a_step_is_moved_and_put_back(page: RenewalsPage, qtbot: QtBot, desk: Desk, settle: Settle) -> None:
    qtbot.mouseClick(page.pane.lines[8].day, Qt.MouseButton.LeftButton)
    question = float_of(MoveQuestion)
    question.day.edit.setText("2026-12-03")
    qtbot.keyClick(question.day.edit, Qt.Key.Key_Return)
    row = again(desk, page, settle)
    assert (row.way.steps[7].due, row.way.steps[7].by_hand) == (dt.date(2026, 12, 3), True)
    page.ask_move(8)
    question = float_of(MoveQuestion)
    assert question.back.isVisible()
    question.back.click()
    assert not again(desk, page, settle).way.steps[7].by_hand


def opened(page: RenewalsPage, desk: Desk, settle: Settle, number: int, kind: type[T]) -> T:
    page.open_step(number)
    settle(desk)
    return float_of(kind)


def test_the_first_mail_is_written_saved_and_marked_as_sent(
    page: RenewalsPage, qtbot: QtBot, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    sheet = opened(page, desk, settle, 1, MailSheet)
    assert "60 minutes" in sheet.mail().body
    sheet.language.choose("ja")
    assert "いつもお世話になっております" in sheet.mail().body
    for n in range(sheet.variant.count()):
        sheet.variant.setCurrentIndex(n)
        assert "¥" not in sheet.mail().body
    sheet.copy_text()
    assert QGuiApplication.clipboard().text().startswith(sheet.mail().subject)
    sheet.save_to(str(tmp_path / "mail.eml"))
    settle(desk)
    assert b"X-Unsent: 1" in (tmp_path / "mail.eml").read_bytes()
    qtbot.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    row = again(desk, page, settle)
    assert row.way.steps[0].state == "done"
    assert row.known[1].note.startswith("To: ")
    sheet = opened(page, desk, settle, 1, MailSheet)
    assert sheet.mail().body.strip() in row.known[1].note, "what went out is shown again"
    sheet.reject()
    settle(desk)


def test_what_was_changed_in_a_mail_is_there_again(page: RenewalsPage, desk: Desk, settle: Settle) -> None:
    sheet = opened(page, desk, settle, 1, MailSheet)
    sheet.text.appendPlainText("P.S. The lift is repaired.")
    sheet.reject()
    settle(desk)
    sheet = opened(page, desk, settle, 1, MailSheet)
    assert "P.S. The lift" in sheet.mail().body
    sheet.reject()


def test_the_meeting_is_fixed_with_its_people(
    page: RenewalsPage, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    sheet = opened(page, desk, settle, 2, MeetingSheet)
    for box in sheet.boxes.values():
        box.setChecked(True)
    sheet.time.edit.setText("9:30")
    sheet.approval.edit.setText("7")
    sheet.copy_list()
    assert QGuiApplication.clipboard().text().count("\n") == len(sheet.boxes) - 1
    sheet.save_to(str(tmp_path / "meeting.ics"))
    settle(desk)
    assert b"BEGIN:VEVENT" in (tmp_path / "meeting.ics").read_bytes()
    day = sheet.day.value
    sheet.keep.click()
    row = again(desk, page, settle)
    assert row.plan is not None
    assert row.plan.meeting_at is not None
    assert (row.plan.meeting_at.astimezone().time(), row.way.meeting) == (dt.time(9, 30), day)
    assert (row.plan.attendees, row.way.approval_days) == (len(sheet.boxes), 7)


@pytest.mark.parametrize(
    ("field", "typed"), [("time", "25:00"), ("time", ""), ("approval", "x"), ("approval", "121")]
)
def test_a_meeting_that_cannot_be_is_refused_in_place(
    page: RenewalsPage, desk: Desk, settle: Settle, field: str, typed: str
) -> None:
    sheet = opened(page, desk, settle, 2, MeetingSheet)
    getattr(sheet, field).edit.setText(typed)
    sheet.keep.click()
    assert sheet.isVisible()
    assert getattr(sheet, field).problem.text()
    sheet.reject()


@pytest.mark.parametrize("number", [5, 6, 7])
def test_question_lists_are_edited_and_kept(
    page: RenewalsPage, desk: Desk, settle: Settle, number: int
) -> None:
    sheet = opened(page, desk, settle, number, NoteSheet)
    assert sheet.text.toPlainText().count("?") >= 6
    sheet.language.choose("ja")
    assert "か。" in sheet.text.toPlainText()
    sheet.text.appendPlainText("答え：毎日")
    sheet.language.choose("en")
    assert "答え：毎日" in sheet.text.toPlainText(), "what was written is not replaced"
    sheet.keep.click()
    row = again(desk, page, settle)
    assert row.known[number].note.endswith("答え：毎日")
    assert row.way.steps[number - 1].state == "done"
    sheet = opened(page, desk, settle, number, NoteSheet)
    assert sheet.text.toPlainText().endswith("答え：毎日")
    sheet.text.appendPlainText("more")
    sheet.reject()
    settle(desk)
    sheet = opened(page, desk, settle, number, NoteSheet)
    assert sheet.text.toPlainText().endswith("more"), "closed without keeping, it is a draft"
    sheet.reject()


def test_other_steps_go_where_their_work_is(page: RenewalsPage, qtbot: QtBot, desk: Desk) -> None:
    account = row_of(page).account_id
    for number in (3, 8):
        with qtbot.waitSignal(desk.went) as went:
            page.open_step(number)
        assert went.args == ["account", {"account_id": account, "tab": "documents"}]
    with qtbot.waitSignal(desk.went) as went:
        page.open_step(4)
    assert went.args[0] in ("account", "value")
    assert went.args[1]["account_id"] == account


def test_the_table_is_copied_safely(page: RenewalsPage, desk: Desk) -> None:
    page.verbs()["copy_rows"]()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert page.found is not None
    assert len(lines) == 1 + len(page.found.rows) + len(page.found.missing)
    assert {line.count("\t") for line in lines} == {10}


def test_more_days_list_more_renewals(page: RenewalsPage, desk: Desk, settle: Settle) -> None:
    before = len(page.found.rows) if page.found else 0
    page.show_within(365)
    settle(desk)
    assert page.found is not None
    assert len(page.found.rows) > before
    assert page.horizon.words() == "Next 365 days"


def test_it_opens_at_an_account(make_page: Callable[..., RenewalsPage], desk: Desk) -> None:
    wanted = renewals.load(desk.workbench.reads, desk.today()).rows[4]
    page = make_page(RenewalsPage, account_id=wanted.account_id)
    assert row_of(page).account_id == wanted.account_id


def test_an_empty_portfolio_says_one_thing_to_do(make_page: Callable[..., RenewalsPage], desk: Desk) -> None:
    with desk.workbench.change("Empty") as db:
        db.execute("delete from contract")
    page = make_page(RenewalsPage)
    assert page.first_focus() is page.empty.button
    assert page.verbs() == {}
    assert page.empty.isVisible()


def test_a_missing_end_date_leads_to_the_contracts(
    make_page: Callable[..., RenewalsPage], qtbot: QtBot, desk: Desk
) -> None:
    known = renewals.load(desk.workbench.reads, desk.today()).rows[0]
    with desk.workbench.change("Forget") as db:
        db.execute(
            "update contract set end_on=null, start_on=null, term_months=null, billing=null where account_id=?",
            (known.account_id,),
        )
    page = make_page(RenewalsPage)
    place = next(n for n, one in enumerate(page.model.entries) if isinstance(one, Missing))
    assert isinstance(page.model.entries[place - 1], Heading)
    page.list.choose(place)
    assert not page.pane._inner.isVisible()
    with qtbot.waitSignal(desk.went) as went:
        press(qtbot, page, Qt.Key.Key_Return)
    assert went.args[1]["tab"] == "contracts"


def test_hostile_names_are_shown_as_typed(
    make_page: Callable[..., RenewalsPage], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    rows = renewals.load(desk.workbench.reads, desk.today()).rows
    with desk.workbench.change("Rename") as db:
        for row, name in zip(rows, HOSTILE, strict=False):
            db.execute("update account set name = ? where id = ?", (name, row.account_id))
            db.execute("update person set name = ? where account_id = ?", (name, row.account_id))
    page = make_page(RenewalsPage)
    for name in HOSTILE:
        place = next(
            n for n, one in enumerate(page.model.entries) if isinstance(one, Line) and one.row.name == name
        )
        page.list.choose(place)
        settle(desk)
        assert page.pane.title.text() == name
        page.grab()
    assert "a b c" in words.tsv(page.found)  # type: ignore[arg-type]


def test_three_thousand_rows_scroll_and_choose(qtbot: QtBot, page: RenewalsPage) -> None:
    assert page.found is not None
    rows = page.found.rows
    many = [rows[n % len(rows)] for n in range(3000)]
    model = RenewalsModel()
    model.fill(
        renewals.Renewals(page.found.today, 180, "JPY", tuple(many), (), page.found.forecast, (), 0, 0, None)
    )
    assert sum(isinstance(one, Line) for one in model.entries) == 3000
    assert model.nearest(10_000) == model.rowCount() - 1
    assert model.index(1, 0).data(LINE) is not None


@pytest.mark.parametrize("width", [300, 480, 640, 775, 1400])
def test_columns_go_before_the_name_does(page: RenewalsPage, width: int) -> None:
    wanted = columns(one for one in page.model.entries if isinstance(one, Line))
    rooms = places(QRect(0, 0, width, 40).toRectF(), wanted)
    assert {"name", "left", "health"} <= set(rooms)
    if width >= 640:
        assert rooms["name"].width() >= 150
    edges = sorted((room.left(), room.right()) for room in rooms.values() if room.width())
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(edges))


def test_both_languages_say_it_in_their_own_words(page: RenewalsPage) -> None:
    i18n.set_language("ja")
    try:
        page.retranslate()
        assert page.header.title.text() == "更新"
        assert "見込み" in page.lead.text()
        assert page.pane.lines[1].name.text() == "最初の連絡メール"
    finally:
        i18n.set_language("en")
        page.retranslate()


@pytest.mark.parametrize(
    ("done", "today", "said"),
    [
        ((1, 2, 3), "2026-11-24", "Step 4 is late, so steps 5–8 moved by 2 working days."),
        ((1, 2, 3, 4, 5, 6), "2026-12-02", "Step 7 is late, so step 8 moved by 1 working day."),
        ((1, 2, 3), "2026-12-03", "Step 4 is late, so steps 5–8 share the days left before the meeting."),
        ((1, 2, 3, 4, 5, 6, 7), "2026-12-07", ""),
        (range(1, 9), "2026-11-24", ""),
    ],
)
def test_what_is_late_is_said(done: tuple[int, ...], today: str, said: str) -> None:
    from cs_workbench.domain.runway import Known

    on = dt.date(2026, 11, 18)
    way = runway(dt.date(2026, 12, 31), dt.date.fromisoformat(today), Known(dict.fromkeys(done, on)))
    assert "".join(pane._held_up(way)) == said


@pytest.mark.parametrize(("theme", "language"), [("light", "ja"), ("dark", "en")])
def test_it_paints_in_every_dress(
    page: RenewalsPage, desk: Desk, settle: Settle, theme: str, language: str
) -> None:
    try:
        i18n.set_language(language)
        desk.wardrobe.choose(theme)
        renewal_acts.set_call(desk.workbench, row_of(page), "commit", today=desk.today(), now=desk.now())
        again(desk, page, settle)
        page.retranslate()
        page.list.step(1)
        image = page.grab().toImage()
        points = [(x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 7)]
        assert len({image.pixelColor(x, y).name() for x, y in points}) > 12
    finally:
        i18n.set_language("en")
        themes.wear(QApplication.instance(), themes.load("light"))  # type: ignore[arg-type]


def test_the_call_has_a_key_of_its_own() -> None:
    keys = [key for one in actions.ACTIONS for key in one.shortcuts]
    assert keys.count("C") == 1
    assert actions.action("call").shortcuts == ("C",)


def test_every_button_says_what_it_does(page: RenewalsPage) -> None:
    from cs_workbench.ui.widgets.button import Button

    for button in page.findChildren(Button):
        assert button.words() or button.accessibleName(), button
    assert page.pane.bar.accessibleName().startswith("Pack by")
