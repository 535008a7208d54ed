"""A new task, person or contract on the account page: named first, written once, in one step; or nothing stays."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.errors import InvalidValue
from cs_workbench.services import typed_left
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.pages.account import AccountPage
from cs_workbench.ui.pages.account.people import PeopleTab
from cs_workbench.ui.pages.account.table_tab import TableTab
from cs_workbench.ui.pages.account.tasks import TasksTab
from cs_workbench.ui.pages.account.timeline import TimelineTab
from cs_workbench.ui.widgets.fields import LineEdit
from tests.builders_store import add_account

ACCOUNT = 20
TABS = ("tasks", "people", "contracts")
TABLES = {"tasks": "task", "people": "person", "contracts": "contract"}
STEPS = {"tasks": "Add task", "people": "Add person", "contracts": "Add contract"}
TOLD = {"tasks": "Task added", "people": "Person added", "contracts": "Contract added"}
KEYS = Qt.Key
Settle = Callable[[Desk], None]
every = pytest.mark.parametrize("key", TABS)


@pytest.fixture
def at(make_page: Callable[..., Any], desk: Desk, settle: Settle) -> Callable[..., Any]:
    """Open a tab of an account, with the keyboard in it."""
    pages: list[AccountPage] = []

    def show(tab: str, account: int = ACCOUNT) -> Any:
        page = cast("AccountPage", make_page(AccountPage, account_id=account, tab=tab))
        pages.append(page)
        settle(desk)
        page.activateWindow()
        page.tab.first_focus().setFocus()
        return page.tab

    return show


@pytest.fixture
def told(desk: Desk) -> list[Told]:
    heard: list[Told] = []
    desk.told.connect(heard.append)
    return heard


def opened(tab: TableTab) -> LineEdit | None:
    """The cell that is open."""
    found = tab.table.indexWidget(tab.table.currentIndex())
    return found if isinstance(found, LineEdit) else None


def field(tab: TableTab) -> LineEdit:
    found = opened(tab)
    assert found is not None
    return found


def count(desk: Desk, tab: str) -> int:
    return int(desk.workbench.reads.scalar(f"select count(*) from {TABLES[tab]}"))


def name_of(row: Any) -> str:
    return str(getattr(row, "title" if hasattr(row, "done_on") else "name"))


def names(tab: TableTab) -> list[str]:
    return [name_of(row) for row in tab.model.rows]


def type_name(qtbot: QtBot, tab: TableTab, name: str, end: Qt.Key = KEYS.Key_Return) -> None:
    if name.isascii():
        qtbot.keyClicks(field(tab), name)
    else:
        field(tab).setText(name)
        field(tab).setModified(True)
    qtbot.keyClick(field(tab), end)


def standing(desk: Desk, tab: TableTab) -> tuple[object, ...]:
    """Everything that must be as before where nothing was added."""
    history = [step.id for step in desk.workbench.history()]
    return history, count(desk, tab.key), list(tab.model.rows), tab.fact.text(), tab.table.chosen()


@every
def test_a_name_is_one_record_and_one_step(
    at: Callable[..., Any], desk: Desk, told: list[Told], settle: Settle, qtbot: QtBot, key: str
) -> None:
    tab: TableTab = at(key)
    before, steps = count(desk, key), len(desk.workbench.history())
    rows = list(tab.model.rows)
    tab.add.click()
    assert len(tab.model.rows) == len(rows) + 1
    assert field(tab).text() == ""
    assert count(desk, key) == before
    type_name(qtbot, tab, "<b>Zephyr</b>  one")
    qtbot.waitUntil(lambda: count(desk, key) == before + 1, timeout=5000)
    settle(desk)
    assert (len(desk.workbench.history()), desk.workbench.history()[0].name) == (steps + 1, STEPS[key])
    assert names(tab).count("<b>Zephyr</b> one") == 1
    assert len(tab.model.rows) == len(rows) + 1
    assert not tab.new.stands
    chosen = tab.table.chosen()
    assert (name_of(chosen), chosen.id > 0) == ("<b>Zephyr</b> one", True)
    assert tab.table.hasFocus()
    assert [(one.text, one.undo) for one in told] == [(TOLD[key], True)]
    assert desk.workbench.undo() == STEPS[key]
    settle(desk)
    qtbot.waitUntil(lambda: len(tab.model.rows) == len(rows), timeout=5000)
    assert count(desk, key) == before
    assert desk.workbench.redo() == STEPS[key]
    qtbot.waitUntil(lambda: "<b>Zephyr</b> one" in names(tab), timeout=5000)


@every
@pytest.mark.parametrize("typed", ["", "half a na"])
def test_esc_leaves_nothing_behind(
    at: Callable[..., Any], desk: Desk, told: list[Told], settle: Settle, qtbot: QtBot, key: str, typed: str
) -> None:
    tab: TableTab = at(key)
    tab.table.choose(len(tab.model.rows) - 1)
    before = standing(desk, tab)
    tab.verbs()["new_row"]()
    assert tab.fact.text() == before[3]
    type_name(qtbot, tab, typed, KEYS.Key_Escape)
    qtbot.wait(20)
    settle(desk)
    assert standing(desk, tab) == before
    assert tab.table.hasFocus()
    assert told == []


@every
@pytest.mark.parametrize("typed", ["", "   ", "\u200b\u202e"])
@pytest.mark.parametrize("end", [KEYS.Key_Return, KEYS.Key_Tab, KEYS.Key_Backtab])
def test_without_a_name_nothing_stays(
    at: Callable[..., Any], desk: Desk, settle: Settle, qtbot: QtBot, key: str, typed: str, end: Qt.Key
) -> None:
    tab: TableTab = at(key)
    before = standing(desk, tab)
    tab.start_new()
    field(tab).setText(typed)
    field(tab).setModified(True)
    qtbot.keyClick(field(tab), end)
    qtbot.waitUntil(lambda: not tab.new.stands, timeout=5000)
    settle(desk)
    assert standing(desk, tab) == before
    assert opened(tab) is None
    assert tab.table.hasFocus()


@every
def test_enter_twice_on_the_button_adds_nothing(
    at: Callable[..., Any], desk: Desk, settle: Settle, qtbot: QtBot, key: str
) -> None:
    tab: TableTab = at(key)
    before = standing(desk, tab)
    tab.add.setFocus()
    qtbot.keyClick(tab.add, KEYS.Key_Return)
    qtbot.keyClick(QApplication.focusWidget(), KEYS.Key_Return)
    qtbot.waitUntil(lambda: not tab.new.stands, timeout=5000)
    settle(desk)
    assert standing(desk, tab) == before


@every
def test_the_button_pressed_again_keeps_the_one_row(at: Callable[..., Any], qtbot: QtBot, key: str) -> None:
    tab: TableTab = at(key)
    rows = len(tab.model.rows)
    for _n in range(3):
        tab.add.setFocus()
        tab.add.click()
        assert len(tab.model.rows) == rows + 1
        assert field(tab).hasFocus()
    qtbot.wait(20)
    assert field(tab).hasFocus()


@every
def test_going_elsewhere_keeps_a_name_and_drops_none(
    at: Callable[..., Any], desk: Desk, settle: Settle, qtbot: QtBot, key: str
) -> None:
    tab: TableTab = at(key)
    before, rows = count(desk, key), list(tab.model.rows)
    tab.start_new()
    tab.add.setFocus()
    qtbot.waitUntil(lambda: list(tab.model.rows) == rows, timeout=5000)
    assert tab.add.hasFocus()
    assert count(desk, key) == before
    tab.start_new()
    qtbot.keyClicks(field(tab), "Somewhere")
    tab.add.setFocus()
    qtbot.waitUntil(lambda: count(desk, key) == before + 1, timeout=5000)
    settle(desk)
    assert names(tab).count("Somewhere") == 1
    assert tab.add.hasFocus()


def test_a_click_on_a_row_below_chooses_that_row(at: Callable[..., Any], desk: Desk, qtbot: QtBot) -> None:
    tab: TasksTab = at("tasks")
    tab.table.tick()
    qtbot.waitUntil(lambda: any(one.done_on for one in tab.model.rows), timeout=5000)
    tab.start_new()
    last = tab.model.rows[-1]
    assert last.done_on is not None
    spot = tab.table.visualRect(tab.model.index(len(tab.model.rows) - 1, 1)).center()
    qtbot.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: not tab.new.stands, timeout=5000)
    assert tab.table.chosen() == last


def is_gone(tab: TableTab, row: Any) -> bool:
    return row not in tab.model.rows


@every
def test_what_is_read_meanwhile_leaves_the_open_cell(
    at: Callable[..., Any], desk: Desk, settle: Settle, qtbot: QtBot, key: str
) -> None:
    tab: TableTab = at(key)
    tab.start_new()
    for letters in ("", "abc"):
        qtbot.keyClicks(field(tab), letters)
        gone = tab.new.rows[0]
        with desk.workbench.change("elsewhere") as db:
            db.execute(f"delete from {TABLES[key]} where id=?", (gone.id,))
        qtbot.waitUntil(partial(is_gone, tab, gone), timeout=5000)
        settle(desk)
        assert tab.new.is_ours(tab.table.chosen())
        assert field(tab).text() == letters
        assert field(tab).hasFocus()
    tab.retranslate()
    qtbot.keyClick(field(tab), KEYS.Key_Return)
    qtbot.waitUntil(lambda: "abc" in names(tab) and not tab.new.stands, timeout=5000)


def test_an_equal_number_in_another_order_keeps_the_cell_with_its_row(
    at: Callable[..., Any], qtbot: QtBot
) -> None:
    tab: TableTab = at("tasks")
    tab.start_new()
    qtbot.keyClicks(field(tab), "abc")
    others = tab.new.rows
    tab.new._place = lambda _rows: 0
    tab.show_rows(others)
    assert tab.table.currentIndex().row() == 0
    assert field(tab).text() == "abc"
    tab.show_rows(others[1:])
    assert tab.table.currentIndex().row() == 0
    assert field(tab).text() == "abc"


def test_further_cells_are_edits_also_before_the_name_is_written(
    at: Callable[..., Any], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    tab: TableTab = at("contracts")
    steps, gate = len(desk.workbench.history()), threading.Event()
    desk.workbench.write(lambda: gate.wait(10))
    tab.start_new()
    type_name(qtbot, tab, "C-2027", KEYS.Key_Tab)
    assert name_of(tab.table.chosen()) == "C-2027"  # it stands there with its name
    type_name(qtbot, tab, "Team", KEYS.Key_Tab)
    qtbot.keyClicks(field(tab), "12")  # seats, still open
    tab.show_rows(tab.new.rows)
    assert field(tab).text() == "12"
    gate.set()
    settle(desk)
    qtbot.waitUntil(lambda: not tab.new.stands, timeout=5000)
    settle(desk)
    assert field(tab).text() == "12"
    qtbot.keyClick(field(tab), KEYS.Key_Return)
    qtbot.waitUntil(
        lambda: any((one.name, one.plan, one.seats) == ("C-2027", "Team", 12) for one in tab.model.rows),
        timeout=5000,
    )
    assert [step.name for step in desk.workbench.history()][: -steps or None] == [
        "Edit contract", "Edit contract", "Add contract",
    ]  # fmt: skip


def test_another_is_begun_while_one_is_written(
    at: Callable[..., Any], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    tab: TableTab = at("tasks")
    before, gate = count(desk, "tasks"), threading.Event()
    desk.workbench.write(lambda: gate.wait(10))
    tab.start_new()
    type_name(qtbot, tab, "first")
    qtbot.waitUntil(lambda: opened(tab) is None, timeout=5000)
    tab.start_new()
    qtbot.keyClicks(field(tab), "second")
    gate.set()
    settle(desk)
    qtbot.waitUntil(lambda: "first" in names(tab), timeout=5000)
    assert field(tab).text() == "second"
    qtbot.keyClick(field(tab), KEYS.Key_Return)
    qtbot.waitUntil(lambda: count(desk, "tasks") == before + 2, timeout=5000)
    settle(desk)
    assert [names(tab).count(one) for one in ("first", "second")] == [1, 1]


@every
def test_what_cannot_be_written_stays_typed(
    at: Callable[..., Any],
    desk: Desk,
    settle: Settle,
    qtbot: QtBot,
    key: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tab: TableTab = at(key)
    before, make = count(desk, key), type(tab).make

    def refuse(*_all: object) -> int:
        raise InvalidValue("No.", "Try later.")

    monkeypatch.setattr(type(tab), "make", refuse)
    tab.start_new()
    type_name(qtbot, tab, "Later")
    qtbot.waitUntil(lambda: opened(tab) is not None and field(tab).property("error") is True, timeout=5000)
    settle(desk)
    assert (field(tab).text(), field(tab).accessibleDescription()) == ("Later", "No. Try later.")
    monkeypatch.setattr(type(tab), "make", make)
    qtbot.keyClick(field(tab), KEYS.Key_Return)
    qtbot.waitUntil(lambda: count(desk, key) == before + 1, timeout=5000)
    settle(desk)
    assert names(tab).count("Later") == 1


@every
def test_what_was_refused_is_given_up_with_esc(
    at: Callable[..., Any],
    desk: Desk,
    settle: Settle,
    qtbot: QtBot,
    key: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tab: TableTab = at(key)
    rows = list(tab.model.rows)

    def refuse(*_all: object) -> int:
        raise InvalidValue("No.", "Try later.")

    monkeypatch.setattr(type(tab), "make", refuse)
    tab.start_new()
    type_name(qtbot, tab, "Later")
    qtbot.waitUntil(lambda: opened(tab) is not None and field(tab).property("error") is True, timeout=5000)
    qtbot.keyClick(field(tab), KEYS.Key_Escape)
    qtbot.waitUntil(lambda: list(tab.model.rows) == rows, timeout=5000)


@every
def test_the_first_of_an_account_and_esc_brings_the_empty_state_back(
    at: Callable[..., Any], desk: Desk, settle: Settle, qtbot: QtBot, key: str
) -> None:
    with desk.workbench.change("fill") as db:
        empty = add_account(db, "Empty Co")
    tab: TableTab = at(key, empty)
    assert tab.empty.button.hasFocus()
    for _n in range(2):
        qtbot.keyClick(tab.empty.button, KEYS.Key_Return)
        assert field(tab).hasFocus()
        qtbot.keyClick(field(tab), KEYS.Key_Escape)
        qtbot.waitUntil(lambda: tab.stack.currentWidget() is tab.empty, timeout=5000)
        assert tab.empty.button.hasFocus()
    qtbot.keyClick(tab.empty.button, KEYS.Key_Return)
    type_name(qtbot, tab, "The first")
    qtbot.waitUntil(lambda: names(tab) == ["The first"] and not tab.new.stands, timeout=5000)
    settle(desk)
    assert tab.table.hasFocus()


@every
def test_acts_on_the_unsaved_row_write_nothing(
    at: Callable[..., Any], desk: Desk, settle: Settle, key: str
) -> None:
    tab: TableTab = at(key)
    before = standing(desk, tab)
    tab.start_new()
    row = tab.table.chosen()
    tab.model.ticked.emit(row, True)
    tab.table.asked.emit(row, "roles")
    tab.table.deleted.emit(row)
    settle(desk)
    assert standing(desk, tab) == before


def test_another_account_has_no_row_of_this_one(
    at: Callable[..., Any], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    tab: TableTab = at("tasks")
    before = count(desk, "tasks")
    tab.start_new()
    qtbot.keyClicks(field(tab), "abc")
    page = next(one for one in iter_parents(tab) if isinstance(one, AccountPage))
    page.open(account_id=ACCOUNT + 1, tab="tasks")
    settle(desk)
    assert not tab.new.stands
    assert all(one.id for one in tab.model.rows)
    assert "abc" not in names(tab)
    assert count(desk, "tasks") == before + 1  # as with any cell that is left
    assert desk.workbench.reads.scalar("select account_id from task where title='abc'") == ACCOUNT


def iter_parents(widget: Any) -> Any:
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def test_somebody_unnamed_is_nowhere_counted(
    at: Callable[..., Any], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    tab: PeopleTab = at("people")
    counted: list[int] = []
    tab.counted.connect(lambda _key, number: counted.append(number))
    assert tab.shown is not None
    here, chosen = len(tab.shown.people), tab.chosen
    tab.show_view("map")
    tab.verbs()["new_row"]()
    assert tab.view == "list"
    tab.refill()
    assert counted == [here]
    assert field(tab).hasFocus()
    assert tab.pane.person is None
    shown = [tab.model.index(tab.table.currentIndex().row(), n).data() for n in range(len(tab.model.columns))]
    assert [words for words in shown if words] == ["still there"]
    qtbot.keyClick(field(tab), KEYS.Key_Escape)
    assert tab.chosen == chosen
    tab.start_new()
    type_name(qtbot, tab, "森田 由美")
    qtbot.waitUntil(lambda: counted[-1] == here + 1, timeout=5000)
    settle(desk)
    assert tab.person is not None
    assert tab.person.name == tab.pane.name.text() == "森田 由美"
    assert tab.table.chosen().name == "森田 由美"


def test_a_name_being_typed_outlives_a_kill_and_comes_back_in_the_next_new_row(
    window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    settle(desk)
    qtbot.waitUntil(lambda: window.typed is not None and window.typed._kept == "", timeout=20_000)
    assert window.typed is not None
    window.go("account", account_id=ACCOUNT, tab="tasks")
    settle(desk)
    assert isinstance(window.page, AccountPage)
    tab = cast("TasksTab", window.page.tab)
    window.activateWindow()
    tab.start_new()
    qtbot.waitUntil(lambda: field(tab).hasFocus(), timeout=5000)
    qtbot.keyClicks(field(tab), "Send the of")
    window.typed.flush()
    settle(desk)
    (left,) = typed_left.read(desk.workbench.reads)
    assert (left.text, left.is_certain) == ("Send the of", True)
    qtbot.keyClick(field(tab), KEYS.Key_Escape)
    qtbot.wait(1)  # the field is deleted
    window.typed.flush()
    settle(desk)
    assert typed_left.read(desk.workbench.reads) == ()
    window.typed.left = (left,)
    tab.start_new()
    qtbot.waitUntil(lambda: field(tab).text() == "Send the of", timeout=5000)
    qtbot.keyClick(field(tab), KEYS.Key_Return)
    qtbot.waitUntil(lambda: "Send the of" in names(tab) and not tab.new.stands, timeout=5000)
    settle(desk)
    qtbot.wait(1)  # the field is deleted
    window.typed.flush()
    settle(desk)
    assert typed_left.read(desk.workbench.reads) == ()


def test_letters_of_the_page_are_letters_of_the_name(
    at: Callable[..., Any], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    tab: TableTab = at("tasks")
    before = count(desk, "tasks")
    tab.start_new()
    for letter in "nedxl c?":
        focus = QApplication.focusWidget()
        assert focus is not None
        QApplication.sendEvent(
            focus, QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        )
    assert field(tab).text() == "nedxl c?"
    assert count(desk, "tasks") == before


@pytest.mark.parametrize(("key", "typed"), [("end_on", "2020/1/1"), ("start_on", "2099/1/1")])
@pytest.mark.parametrize("end", [KEYS.Key_Return, KEYS.Key_Tab])
def test_dates_that_cross_keep_the_field_as_any_refusal(
    at: Callable[..., Any], desk: Desk, told: list[Told], settle: Settle, qtbot: QtBot, key: str, typed: str,
    end: Qt.Key,
) -> None:  # fmt: skip
    tab: TableTab = at("contracts")
    row = next(n for n, one in enumerate(tab.model.rows) if one.start_on and one.end_on)
    shown, steps = tab.model.index(row, tab.model.place(key)).data(), len(desk.workbench.history())
    tab.table.edit_cell(row, key)
    editor = field(tab)
    qtbot.keyClicks(editor, typed)
    qtbot.keyClick(editor, end)
    settle(desk)
    assert opened(tab) is editor
    assert (editor.text(), editor.property("error")) == (typed, True)
    assert "would end before it begins" in editor.accessibleDescription()
    assert told == []
    tab.add.setFocus()  # left as it is, it stands in its cell, in red
    index = tab.model.index(row, tab.model.place(key))
    assert tab.table.unkept.of(index) is not None
    tab.table.edit_cell(row, key)
    assert field(tab).text() == typed
    qtbot.keyClick(field(tab), KEYS.Key_Escape)
    assert tab.model.index(row, tab.model.place(key)).data() == shown
    assert len(desk.workbench.history()) == steps


def test_an_entry_is_edited_from_its_end(
    at: Callable[..., Any], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    tab: TimelineTab = at("timeline")
    tab.filter_by("call")
    chosen = tab.list.chosen()
    assert chosen is not None
    tab.edit_chosen()
    settle(desk)
    qtbot.keyClicks(tab.note.text, " and more")
    assert tab.note.text.toPlainText() == f"{chosen.text} and more"


@every
def test_in_japanese_the_step_is_told_in_words(
    at: Callable[..., Any], desk: Desk, told: list[Told], settle: Settle, qtbot: QtBot, key: str
) -> None:
    tab: TableTab = at(key)
    i18n.set_language("ja")
    try:
        tab.start_new()
        type_name(qtbot, tab, "見積書を送る")
        qtbot.waitUntil(lambda: len(told) == 1, timeout=5000)
        settle(desk)
    finally:
        i18n.set_language("en")
    assert told[0].text == {"tasks": "タスクを追加しました", "people": "関係者を追加しました",
                            "contracts": "契約を追加しました"}[key]  # fmt: skip
