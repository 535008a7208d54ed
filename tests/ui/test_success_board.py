"""The board of a success map: cards chosen and moved by keys and mouse, what the foot says, persona and map editors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.services import map_drafts, persona_templates, personas, success_board, success_maps
from cs_workbench.services.personas import Free
from cs_workbench.services.success_board import Board, Card
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.pages.success import SuccessPage, board_words
from cs_workbench.ui.pages.success.board import MapView
from cs_workbench.ui.pages.success.board_places import Places, Spot
from cs_workbench.ui.pages.success.board_questions import AccountsQuestion, WantQuestion
from cs_workbench.ui.pages.success.map_editor import MapEditor
from cs_workbench.ui.pages.success.persona_editor import PersonaEditor
from tests.ui.conftest import NOW

TODAY = NOW.date()
KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier
Settle = Callable[[Desk], None]
HOSTILE = ("<img src=x onerror=alert(1)>", "\u202eevil\u202c", "長" * 10_000, "=cmd|' /C calc'!A0")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Words are compared in English."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.fixture
def page(desk: Desk, make_page: Callable[..., SuccessPage]) -> SuccessPage:
    """The Success page with the sample's first persona."""
    made = make_page(SuccessPage)
    made.activateWindow()
    return made


@pytest.fixture
def view(page: SuccessPage) -> MapView:
    """Its map, the focus on the board."""
    found = page.view
    assert isinstance(found, MapView)
    found.canvas.setFocus()
    return found


def card_of(view: MapView) -> Card:
    """The chosen card."""
    found = view.canvas.card()
    assert found is not None
    return found


def kept(desk: Desk) -> Board:
    """The board as the portfolio holds it."""
    return success_board.load(desk.workbench.reads, TODAY)


def lane_of(board: Board, account_id: int) -> int:
    """Where an account stands."""
    return next(
        n for n, lane in enumerate(board.lanes) if any(one.account_id == account_id for one in lane.cards)
    )


def float_of(kind: type[QWidget]) -> Any:
    """The float of that kind that is open."""
    (found,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
    return found


def told(desk: Desk) -> list[Any]:
    """What was said in toasts."""
    said: list[Any] = []
    desk.told.connect(said.append)
    return said


def test_the_head_says_definition_share_count_and_who_is_stuck(page: SuccessPage, view: MapView) -> None:
    board = view.board
    assert board is not None
    assert board.persona is not None
    assert view.chooser.text() == "Field improvement lead"
    assert view.chooser.accessibleName().startswith("Persona: Field improvement lead version 3, since")
    assert (
        view.definition.text()
        == "Definition of success: “The shop floor mends its own work and shows it in figures.”"
    )
    assert page.header.fact.text().startswith(
        f"This persona covers {board.persona.share:.0%} of ARR, all 4 personas together "
    )
    assert view.count.text() == f"{len(board.cards)} accounts"
    assert view.stuck.text() == f"{board.stuck} over 60 days"
    assert view.without.text() == f"{len(board.coverage.without)} without a persona"


def test_arrows_go_over_the_cards_and_skip_empty_lanes(view: MapView) -> None:
    canvas, board = view.canvas, view.board
    assert board is not None
    QTest.keyClick(canvas, KEY.Key_Home)
    seen = [canvas.spot]
    for key in (
        KEY.Key_Right,
        KEY.Key_Right,
        KEY.Key_Down,
        KEY.Key_Down,
        KEY.Key_Up,
        KEY.Key_Left,
        KEY.Key_End,
    ):
        QTest.keyClick(canvas, key)
        seen.append(canvas.spot)
    last = len(board.lanes[1].cards) - 1
    assert seen == [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (2, 1), (1, min(1, last)), (1, last)]
    for _turn in range(9):
        QTest.keyClick(canvas, KEY.Key_Right)
    assert canvas.spot is not None
    assert canvas.spot.lane == 4


@pytest.mark.parametrize(
    ("key", "held"), [(KEY.Key_BracketRight, Qt.KeyboardModifier.NoModifier), (KEY.Key_Right, SHIFT)]
)
def test_a_key_moves_the_card_at_once_and_undo_brings_it_back(
    desk: Desk, view: MapView, settle: Settle, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    said = told(desk)
    QTest.keyClick(view.canvas, KEY.Key_Right)
    card = card_of(view)
    QTest.keyClick(view.canvas, key, held)
    assert (card_of(view).account_id, card_of(view).days) == (card.account_id, 0)
    settle(desk)
    assert card.step is not None
    assert view.board is not None
    assert lane_of(kept(desk), card.account_id) == lane_of(view.board, card.account_id) == card.step + 1
    assert said[-1].undo is True
    assert said[-1].text.startswith(f"Moved to {(card.step or 0) + 2} ")
    desk.workbench.undo()
    settle(desk)
    assert lane_of(kept(desk), card.account_id) == card.step


def test_two_quick_moves_are_two_steps(desk: Desk, view: MapView, settle: Settle) -> None:
    card = card_of(view)
    QTest.keyClick(view.canvas, KEY.Key_BracketRight)
    QTest.keyClick(view.canvas, KEY.Key_BracketRight)
    settle(desk)
    assert lane_of(kept(desk), card.account_id) == 2
    assert [one.to_step for one in success_maps.history(desk.workbench.reads, card.account_id)[:2]] == [
        "Templates are the standard", "Core team uses it weekly",
    ]  # fmt: skip


def test_the_ends_of_the_map_hold(desk: Desk, view: MapView, settle: Settle) -> None:
    before = len(desk.workbench.history())
    QTest.keyClick(view.canvas, KEY.Key_BracketLeft)
    for _turn in range(9):
        QTest.keyClick(view.canvas, KEY.Key_Right)
    QTest.keyClick(view.canvas, KEY.Key_Right, SHIFT)
    settle(desk)
    assert len(desk.workbench.history()) == before


def test_an_exit_not_met_is_said_in_foot_and_toast_and_forbids_nothing(
    desk: Desk, view: MapView, settle: Settle
) -> None:
    said = told(desk)
    QTest.keyClick(view.canvas, KEY.Key_Right)
    assert view.foot_bar.exit.text().startswith("Exit not met: Active users (28 days) ÷ contracted seats ")
    assert view.foot_bar.exit.text().endswith("of 60%")
    name = card_of(view).name
    QTest.keyClick(view.canvas, KEY.Key_BracketRight)
    settle(desk)
    assert said[-1].second.startswith(f"{name}: Exit not met: ")
    assert view.foot_bar.exit.text() == "To confirm: Reports start from a template"


def test_the_mouse_lifts_a_card_and_puts_it_down(desk: Desk, view: MapView, settle: Settle) -> None:
    canvas = view.canvas
    port, start = canvas.viewport(), canvas.places.card_rect(Spot(2, 1)).center().toPoint()
    over = start + QPoint(int(canvas.places.lane + canvas.places.apart), -40)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    card = card_of(view)
    QTest.mouseMove(port, start + QPoint(30, 0))
    QTest.mouseMove(port, over)
    assert canvas.hovered_lane() == 3
    assert (view.foot_bar.to_label.text(), view.foot_bar.to_step.text()) == (
        "Move to",
        "4 A second department",
    )
    canvas.grab()
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, over)
    settle(desk)
    assert lane_of(kept(desk), card.account_id) == 3
    assert not canvas._creep.isActive()


def test_escape_lets_a_lifted_card_go(desk: Desk, view: MapView, settle: Settle) -> None:
    canvas, before = view.canvas, len(desk.workbench.history())
    port, start = canvas.viewport(), canvas.places.card_rect(Spot(2, 1)).center().toPoint()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(port, start + QPoint(260, 0))
    QTest.keyClick(canvas, KEY.Key_Escape)
    QTest.mouseRelease(
        port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start + QPoint(260, 0)
    )
    settle(desk)
    assert len(desk.workbench.history()) == before
    assert not canvas._creep.isActive()


def test_a_card_held_at_the_edge_lets_the_board_scroll(page: SuccessPage, view: MapView) -> None:
    canvas = view.canvas
    page.resize(1200, 520)
    port, start = canvas.viewport(), canvas.places.card_rect(Spot(2, 0)).center().toPoint()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(port, QPoint(start.x(), port.height() - 4))
    canvas._on_creep()
    assert canvas.verticalScrollBar().value() > 0
    canvas._let_go()


def test_enter_and_a_double_click_open_the_account(desk: Desk, view: MapView) -> None:
    went: list[tuple[str, dict[str, Any]]] = []
    desk.went.connect(lambda page, arguments: went.append((page, arguments)))
    QTest.keyClick(view.canvas, KEY.Key_Return)
    at = view.canvas.places.card_rect(Spot(2, 0)).center().toPoint()
    QTest.mouseDClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert [page for page, _arguments in went] == ["account", "account"]
    assert went[1][1]["account_id"] == card_of(view).account_id


def test_b_sets_the_wanted_step_with_its_day(desk: Desk, view: MapView, settle: Settle) -> None:
    card = card_of(view)
    view.verbs()["wanted_step"]()
    question = float_of(WantQuestion)
    assert question.step.currentText() == "2 Core team uses it weekly"
    question.day.edit.setText("nonsense")
    QTest.keyPress(question, KEY.Key_Return)
    assert question.isVisible()
    assert question.day.problem.text() == "This is not a day."
    question.day.edit.setText("2027-03-31")
    question.step.setCurrentIndex(4)
    QTest.keyPress(question, KEY.Key_Return)
    settle(desk)
    found = next(one for one in kept(desk).cards if one.account_id == card.account_id)
    assert (found.wanted, found.wanted_by) == (3, dt.date(2027, 3, 31))
    view.refresh()
    settle(desk)
    assert view.foot_bar.to_step.text() == "4 A second department"
    assert view.foot_bar.by.text() == "by 31 Mar 2027"
    assert not view.foot_bar.by.isHidden()
    view.ask_wanted()
    question = float_of(WantQuestion)
    question.step.setCurrentIndex(0)
    question.answer()
    settle(desk)
    found = next(one for one in kept(desk).cards if one.account_id == card.account_id)
    assert (found.wanted, found.wanted_by) == (None, None)


def test_a_adds_accounts_found_by_typing(desk: Desk, view: MapView, settle: Settle) -> None:
    board = view.board
    assert board is not None
    wanted = board.coverage.without[-1]
    view.verbs()["add_accounts"]()
    question = float_of(AccountsQuestion)
    question.finder.setText(wanted.name[:6])
    QTest.keyClick(question.finder, KEY.Key_Down)
    QTest.keyClick(question.list, KEY.Key_Space)
    assert question.ticked() == [wanted.id]
    assert question.hint.text() == "1 account ticked"
    said = told(desk)
    QTest.keyPress(question, KEY.Key_Return)
    settle(desk)
    assert lane_of(kept(desk), wanted.id) == 0
    assert [(one.text, one.second) for one in said] == [("Persona given", wanted.name)]


def test_nobody_left_to_add_is_said(desk: Desk, view: MapView, settle: Settle) -> None:
    board = view.board
    assert board is not None
    assert board.persona is not None
    personas.give(desk.workbench, [one.id for one in board.coverage.without], board.persona.id, today=TODAY)
    view.refresh()
    settle(desk)
    said = told(desk)
    view.add_accounts()
    assert said[-1].text == "Every account has a persona."
    assert not view.without.isVisible()


def test_the_stuck_chip_goes_from_one_stuck_card_to_the_next(view: MapView) -> None:
    board = view.board
    assert board is not None
    stuck = [one.account_id for one in board.cards if one.stuck]
    seen = []
    for _turn in stuck:
        view.stuck.click()
        seen.append(card_of(view).account_id)
    assert sorted(seen) == sorted(stuck)


def menu_texts(menu: QMenu) -> list[str]:
    """The entries of a menu."""
    return [one.text() for one in menu.actions() if not one.isSeparator()]


def test_menus_offer_what_the_keys_do(desk: Desk, view: MapView, settle: Settle) -> None:
    QTest.keyClick(view.canvas, KEY.Key_Right)
    card = card_of(view)
    at = view.canvas.viewport().mapToGlobal(view.canvas.places.card_rect(Spot(1, 0)).center().toPoint())
    local = view.canvas.viewport().mapFromGlobal(at)
    QApplication.sendEvent(
        view.canvas.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, local, at)
    )
    menu = view.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert menu_texts(menu)[:4] == ["Open account", "Log contact", "Start playbook", "Move to"]
    moving = next(one.menu() for one in menu.actions() if one.text() == "Move to")
    assert isinstance(moving, QMenu)
    moving.actions()[3].trigger()
    menu.close()
    settle(desk)
    assert lane_of(kept(desk), card.account_id) == 3


def test_the_chooser_shows_another_persona(desk: Desk, view: MapView, settle: Settle) -> None:
    view.chooser.click()
    menu = view.chooser.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert menu_texts(menu)[-3:] == ["New persona…", "Edit personas…", "Versions of the map…"]
    menu.actions()[1].trigger()
    menu.close()
    settle(desk)
    assert view.chooser.text() == "Head of administration"
    assert view.standing()["persona_id"] == view.persona_id


def test_open_chooses_the_card(desk: Desk, make_page: Callable[..., SuccessPage]) -> None:
    board = kept(desk)
    card = board.lanes[2].cards[3]
    page = make_page(SuccessPage, view="map", account_id=card.account_id)
    assert isinstance(page.view, MapView)
    assert page.view.canvas.spot == (2, 3)
    assert page.standing()["account_id"] == card.account_id


def test_a_card_says_aloud_what_it_shows(view: MapView) -> None:
    QTest.keyClick(view.canvas, KEY.Key_Right)
    card, board = card_of(view), view.board
    assert board is not None
    words = view.canvas.accessibleDescription()
    assert words == board_words.aloud(card, board)
    assert words.startswith(f"{card.name}, 2 Core team uses it weekly, Health {card.score:.0f}")
    assert f"{card.days} days on this step, stuck" in words


def test_the_list_can_be_printed_and_copied(desk: Desk, page: SuccessPage, view: MapView) -> None:
    found = page.printable()
    board = view.board
    assert found is not None
    assert board is not None
    assert found.title == "Success map: Field improvement lead"
    assert len(found.rows) == len(board.cards) == len(found.exact) - 1
    view.verbs()["copy_rows"]()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["Step", "Account", "ARR"]
    assert len(lines) == len(board.cards) + 1


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_text_whatever_they_hold(desk: Desk, view: MapView, settle: Settle, name: str) -> None:
    board = view.board
    assert board is not None
    assert board.persona is not None
    with desk.workbench.change("rename") as db:
        db.execute("update account set name=? where id=?", (name, card_of(view).account_id))
        db.execute("update persona set name=?, definition=? where id=?", (name, name, board.persona.id))
        db.execute("update map_step set name=? where id=?", (name, board.lanes[1].step_id))
    settle(desk)
    view.grab()
    assert all(one.textFormat() == Qt.TextFormat.PlainText for one in view.findChildren(QLabel) if one.text())
    found = view.printable()
    assert found is not None
    assert all(not cell.startswith("=") for row in found.exact for cell in row)
    assert view.chooser.sizeHint().width() < 700


def test_words_follow_the_language(view: MapView) -> None:
    i18n.set_language("ja")
    view.retranslate()
    assert view.definition.text().startswith("成功の定義：「")
    assert "以上" not in view.stuck.text()
    assert view.people.text() == "ペルソナ"


def test_without_a_persona_one_begins_with_a_packaged_one(
    desk: Desk, make_page: Callable[..., SuccessPage], settle: Settle
) -> None:
    with desk.workbench.change("none") as db:
        db.execute("delete from persona")
    page = make_page(SuccessPage)
    view = page.view
    assert isinstance(view, MapView)
    assert not view.chooser.isVisible()
    assert list(view.verbs()) == ["new_row"]
    assert next(one.accessibleName() for one in view.start.buttons) == "Start with Field improvement lead"
    assert view.first_focus() is view.start.buttons[0]
    view.start.buttons[3].click()
    settle(desk)
    assert view.chooser.text() == persona_templates.templates("en")[3].name
    assert [lane.number for lane in kept(desk).lanes] == [1, 2, 3, 4]
    desk.workbench.undo()
    settle(desk)
    assert kept(desk).persona is None


def test_a_persona_without_a_map_leads_to_drawing_it(desk: Desk, view: MapView, settle: Settle) -> None:
    made = personas.add(desk.workbench, "Bare")
    view.show_persona(made)
    settle(desk)
    assert view.first_focus() is view.no_map.button
    view.no_map.button.click()
    settle(desk)
    (editor,) = view.window().findChildren(MapEditor)
    QTest.keyClicks(editor.form.name, "First")
    editor.keep()
    settle(desk)
    assert [
        lane.step.name for lane in success_board.load(desk.workbench.reads, TODAY, made).lanes if lane.step
    ] == ["First"]


@pytest.fixture
def editor(desk: Desk, view: MapView, settle: Settle) -> MapEditor:
    """The map of the first persona being drawn."""
    view.verbs()["edit"]()
    settle(desk)
    (found,) = view.window().findChildren(MapEditor)
    assert isinstance(found, MapEditor)
    return found


def test_drawing_a_map_makes_a_version_and_moves_nobody(
    desk: Desk, view: MapView, editor: MapEditor, settle: Settle
) -> None:
    before = {card.account_id: card.step for card in kept(desk).cards}
    editor.list.setCurrentRow(1)
    editor.form.name.setFocus()
    editor.form.name.selectAll()
    QTest.keyClicks(editor.form.name, "Weekly work")
    editor.form.kind.show_value("objectives")
    editor.form.kind.picked.emit("objectives")
    editor.form.bound.selectAll()
    QTest.keyClicks(editor.form.bound, "75")
    editor.form.days.clear()
    QTest.keyClicks(editor.form.days, "45")
    editor.form.add_means()
    QTest.keyClicks(editor.form.rows[-1].title, "User group")
    editor.keep()
    settle(desk)
    board = kept(desk)
    step = board.lanes[1].step
    assert step is not None
    assert (step.name, step.exit_kind, step.at_least, step.usual_days) == (
        "Weekly work",
        "objectives",
        0.75,
        45,
    )
    assert step.means[-1].title == "User group"
    assert {card.account_id: card.step for card in board.cards} == before
    assert board.persona is not None
    assert board.persona.version == 4
    assert map_drafts.draft(desk.workbench.reads, board.persona.id) == ()


def test_steps_are_added_moved_and_taken_out_by_keys(desk: Desk, editor: MapEditor, settle: Settle) -> None:
    QTest.keyClick(editor.list, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [one.name for one in editor.steps][:2] == ["Core team uses it weekly", "First site runs"]
    QTest.keyClick(editor.list, KEY.Key_Delete)
    assert editor.said.text().endswith("it will be on no step.")
    editor.add.click()
    assert editor.form.name.hasFocus()
    assert editor.steps[2].name == ""
    editor.keep()
    assert editor.isVisible()
    assert editor.said.text() == "A step needs a name. Say what is reached at its end."
    assert editor.form.name.property("error") is True
    editor._on_cancel()
    settle(desk)


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("bound", "many", "It is not said"),
        ("bound", "-5", "A share lies"),
        ("days", "1.5", "Usual days"),
        ("days", "x", "Usual days"),
    ],
)
def test_a_figure_that_is_none_is_refused_where_it_stands(
    desk: Desk, editor: MapEditor, settle: Settle, field: str, text: str, code: str
) -> None:
    editor.list.setCurrentRow(1)
    edit = getattr(editor.form, field)
    edit.clear()
    QTest.keyClicks(edit, text)
    editor.keep()
    assert editor.said.text().startswith(code)
    assert edit.property("error") is True
    editor._on_cancel()
    settle(desk)


def test_what_is_typed_survives_closing(desk: Desk, view: MapView, editor: MapEditor, settle: Settle) -> None:
    QTest.keyClicks(editor.form.text, " and signed")
    editor.reject()
    settle(desk)
    view.edit_map()
    settle(desk)
    again = next(one for one in view.window().findChildren(MapEditor) if one.isVisible())
    assert again.form.text.text().endswith(" and signed")
    assert again.said.text().startswith("What you typed before")
    again.cancel.click()
    settle(desk)
    assert view.board is not None
    assert view.board.persona is not None
    assert map_drafts.draft(desk.workbench.reads, view.board.persona.id) == ()


def test_an_older_version_is_only_read(desk: Desk, editor: MapEditor, settle: Settle) -> None:
    assert [editor.versions.itemText(n)[:9] for n in range(3)] == ["Version 3", "Version 2", "Version 1"]
    editor.versions.picked.emit(editor.versions.itemData(2))
    settle(desk)
    assert len(editor.steps) == 3
    assert not editor.form.name.isEnabled()
    assert not editor.save.isEnabled()
    editor.versions.picked.emit(editor.versions.itemData(0))
    settle(desk)
    assert len(editor.steps) == 5
    assert editor.form.name.isEnabled()
    editor.reject()


@pytest.fixture
def people(desk: Desk, view: MapView, settle: Settle) -> PersonaEditor:
    """The personas being edited."""
    view.people.click()
    settle(desk)
    (found,) = view.window().findChildren(PersonaEditor)
    assert isinstance(found, PersonaEditor)
    return found


def test_personas_say_what_they_cover_and_the_rule_of_thumb(people: PersonaEditor) -> None:
    assert people.advice.text().startswith("4 personas cover ")
    assert people.list.count() == 4
    assert people.without_title.text() == f"Accounts without a persona ({people.without.count()})"
    assert people.figures.text().endswith(")") or "map version 3" in people.figures.text()


def test_a_persona_is_kept_as_typed_and_refused_where_its_name_is_taken(
    desk: Desk, people: PersonaEditor, settle: Settle
) -> None:
    people.name.edit.setText("Head of service")
    people.keep()
    settle(desk)
    assert people.name.problem.text().startswith("There is a persona “Head of service” already.")
    people.name.edit.setText("Line lead")
    people.keep()
    settle(desk)
    assert kept(desk).coverage.personas[0].name == "Line lead"
    people.begin_new()
    QTest.keyClicks(people.name.edit, "Quality lead")
    people.keep()
    settle(desk)
    assert kept(desk).coverage.personas[-1].name == "Quality lead"
    assert people.persona() is not None
    assert people.advice.text().startswith("5 personas")
    people.accept()


def test_personas_are_ordered_archived_and_deleted_with_undo(
    desk: Desk, people: PersonaEditor, settle: Settle
) -> None:
    people.list.setFocus()
    QTest.keyClick(people.list, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle(desk)
    assert [one.name for one in kept(desk).coverage.personas][1] == "Field improvement lead"
    people.archive.click()
    settle(desk)
    assert kept(desk).coverage.personas[-1].archived
    assert people.archive.words() == "Bring back"
    people.archive.click()
    settle(desk)
    people.remove.click()
    settle(desk)
    assert len(kept(desk).coverage.personas) == 3
    desk.workbench.undo()
    assert len(kept(desk).coverage.personas) == 4
    people.reject()


def test_every_part_of_the_editors_has_a_name(editor: MapEditor) -> None:
    nameless = [
        type(one).__name__
        for one in editor.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible()
        and not (one.accessibleName() or getattr(one, "text", lambda: "")())
    ]  # fmt: skip
    assert nameless == []
    editor.reject()


@pytest.mark.parametrize(
    ("counts", "room", "lanes", "cards", "start", "found"),
    [
        ((2, 0, 1), 900, 1, 0, Spot(0, 1), Spot(2, 0)),
        ((2, 0, 1), 900, -1, 0, Spot(2, 0), Spot(0, 0)),
        ((2, 0, 1), 900, 1, 0, Spot(2, 0), Spot(2, 0)),
        ((0, 0), 900, 0, 0, None, None),
        ((0, 3), 900, 0, 0, None, Spot(1, 0)),
        ((3,), 900, 0, -9, Spot(0, 2), Spot(0, 0)),
    ],
)
def test_steps_over_the_board(
    qapp: QApplication, counts: tuple[int, ...], room: int, lanes: int, cards: int, start: Spot | None,
    found: Spot | None,
) -> None:  # fmt: skip
    assert Places.of(counts, room).beside(start, lanes, cards) == found


def test_every_card_is_found_where_it_is_painted(qapp: QApplication) -> None:
    places = Places.of((3, 0, 200), 1000)
    for spot in (Spot(0, 0), Spot(0, 2), Spot(2, 0), Spot(2, 199)):
        assert places.spot_at(places.card_rect(spot).center()) == spot
    assert places.spot_at(QPointF(1, places.head + 5)) is None
    assert places.spot_at(QPointF(20, 10)) is None
    assert places.seen(2, places.head, places.head + 3 * places.step - 1) == range(3)
    assert places.seen(0, places.head + 100 * places.step, places.head + 101 * places.step) == range(100, 3)
    assert Places.of((), 500).lane_at(10) == -1


@pytest.mark.parametrize("left", [6, 12, 60], ids=["on the box", "at its edge", "on the name"])
def test_a_click_ticks_wherever_it_lands_and_the_hint_says_whom_enter_takes(
    qtbot: QtBot, window: MainWindow, left: int
) -> None:
    free = [Free(1, "First Ltd", Decimal(100)), Free(2, "Second Ltd", Decimal(200))]
    question = AccountsQuestion("Which?", free, "JPY", window)
    question.show()
    assert "First Ltd" in question.hint.text(), "with nothing ticked Enter takes the line that is marked"
    second = question.list.visualItemRect(question.list.item(1))
    place = QPoint(second.left() + left, second.center().y())
    qtbot.mouseClick(question.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert question.ticked() == [2]
    assert question.hint.text() == "1 account ticked"
    qtbot.mouseClick(question.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert question.ticked() == []
    question.close()


@pytest.mark.parametrize(
    ("language", "day", "said"),
    [
        ("ja", dt.date(2026, 12, 6), "12/6"),
        ("ja", dt.date(2027, 6, 11), "2027/06/11"),
        ("ja", dt.date(2026, 6, 11), "2026/06/11・166日遅れ"),
        ("en", dt.date(2026, 11, 23), "23 Nov 2026, 1 day late"),
    ],
)
def test_a_wanted_day_says_its_year_and_how_late(language: str, day: dt.date, said: str) -> None:
    i18n.set_language(language)
    assert board_words.wanted_by(day, dt.date(2026, 11, 24)) == said


def test_amounts_stay_on_narrow_cards(page: SuccessPage, view: MapView) -> None:
    assert view.board is not None
    surface = view.canvas
    surface.resize(1600, 600)
    wide = surface.places
    assert not wide.deep
    surface.resize(700, 600)
    assert surface.places.deep
    assert surface.places.card > wide.card
