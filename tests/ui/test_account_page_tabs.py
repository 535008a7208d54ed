"""The account page's other tabs: tables edited in place, the timeline with its note, charts and their table twins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.services import account_tabs, drafts
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.models.fact_model import ROW
from cs_workbench.ui.pages.account import AccountPage
from cs_workbench.ui.pages.account.documents import DocumentsTab
from cs_workbench.ui.pages.account.people import PeopleTab
from cs_workbench.ui.pages.account.table_tab import TableTab
from cs_workbench.ui.pages.account.tasks import TasksTab
from cs_workbench.ui.pages.account.timeline import TimelineTab
from cs_workbench.ui.pages.account.use import UseTab
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.fields import Choice, LineEdit
from cs_workbench.ui.widgets.timeline_row import LINE, Month, TimelineRow
from tests.ui.conftest import NOW

ACCOUNT = 20
TODAY = NOW.date()
CONTROL = Qt.KeyboardModifier.ControlModifier
Settle = Callable[[Desk], None]


@pytest.fixture
def at(make_page: Callable[..., Any], desk: Desk, settle: Settle) -> Callable[[str], Any]:
    """Open a tab of the account and wait until it is filled."""
    pages: list[AccountPage] = []  # a page nobody holds is gone, its tabs with it

    def show(tab: str) -> Any:
        page = cast("AccountPage", make_page(AccountPage, account_id=ACCOUNT, tab=tab))
        pages.append(page)
        settle(desk)
        page.activateWindow()
        return page.tab

    return show


@pytest.fixture
def told(desk: Desk) -> list[Told]:
    heard: list[Told] = []
    desk.told.connect(heard.append)
    return heard


def cell(tab: TableTab, row: int, key: str) -> str:
    return str(tab.model.index(row, tab.model.place(key)).data())


def type_in(
    qtbot: QtBot, table: FactTable, row: int, key: str, text: str, end: Qt.Key = Qt.Key.Key_Return
) -> LineEdit:
    """Edit a cell by keyboard."""
    table.setFocus()
    table.edit_cell(row, key)
    editor = table.findChild(LineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, end)
    return editor


def close_menus() -> None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QMenu):
            widget.close()


@pytest.mark.parametrize("tab", ["people", "contracts", "tasks", "documents"])
def test_tables_are_sound_models(at: Callable[[str], Any], tab: str, qtmodeltester: ModelTester) -> None:
    shown = at(tab)
    qtmodeltester.check(shown.model)
    assert shown.model.tsv().count("\n") == len(shown.model.rows)
    assert all(
        shown.model.headerData(n, Qt.Orientation.Horizontal) is not None
        for n in range(len(shown.model.columns))
    )


def test_a_title_is_edited_in_place_and_undone(
    at: Callable[[str], Any], desk: Desk, told: list[Told], qtbot: QtBot
) -> None:
    tab: PeopleTab = at("people")
    before = cell(tab, 0, "title")
    type_in(qtbot, tab.table, 0, "title", "<b>Director</b>")
    qtbot.waitUntil(lambda: "<b>Director</b>" in cell(tab, 0, "title"), timeout=5000)
    assert told[-1].undo
    assert tab.table.currentIndex().row() == 0  # what was chosen stays chosen
    desk.workbench.undo()
    qtbot.waitUntil(lambda: cell(tab, 0, "title") == before, timeout=5000)


def test_esc_restores(at: Callable[[str], Any], desk: Desk, qtbot: QtBot) -> None:
    tab: PeopleTab = at("people")
    before, steps = cell(tab, 0, "name"), len(desk.workbench.history())
    type_in(qtbot, tab.table, 0, "name", "Somebody else", Qt.Key.Key_Escape)
    assert cell(tab, 0, "name") == before
    assert len(desk.workbench.history()) == steps


def test_what_cannot_be_kept_turns_the_field_red_and_says_why(
    at: Callable[[str], Any], desk: Desk, qtbot: QtBot
) -> None:
    tab: TableTab = at("contracts")
    before = cell(tab, 0, "end_on")
    editor = type_in(qtbot, tab.table, 0, "end_on", "30 Feb or so")
    assert editor.property("error") is True
    assert "is not a date" in editor.accessibleDescription()
    assert cell(tab, 0, "end_on") == before
    editor.selectAll()
    qtbot.keyClicks(editor, "2027/06/30")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cell(tab, 0, "end_on") == "30 Jun 2027", timeout=5000)


@pytest.mark.parametrize(
    ("key", "typed", "shown"), [("arr", "72,000", "$72k"), ("seats", "95", "95"), ("notice_months", "3", "3")]
)
def test_contract_figures(at: Callable[[str], Any], qtbot: QtBot, key: str, typed: str, shown: str) -> None:
    tab: TableTab = at("contracts")
    type_in(qtbot, tab.table, 0, key, typed)
    qtbot.waitUntil(lambda: cell(tab, 0, key) == shown, timeout=5000)


def test_a_choice_is_taken_from_its_list(at: Callable[[str], Any], qtbot: QtBot) -> None:
    tab: PeopleTab = at("people")
    tab.table.edit_cell(0, "sentiment")
    choice = tab.table.findChild(Choice)
    assert choice is not None
    assert [choice.itemData(n) for n in range(choice.count())] == ["", "positive", "neutral", "negative"]
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    qtbot.waitUntil(lambda: cell(tab, 0, "sentiment") == "positive", timeout=5000)


def test_roles_are_ticked_in_a_menu(at: Callable[[str], Any], desk: Desk, qtbot: QtBot) -> None:
    tab: PeopleTab = at("people")
    tab.table.setCurrentIndex(tab.model.index(0, tab.model.place("roles")))
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    menu = next(one for one in tab.findChildren(QMenu) if one.isVisible())
    new = next(action for action in menu.actions() if not action.isChecked())
    words = new.text()
    new.trigger()
    close_menus()
    qtbot.waitUntil(lambda: words in cell(tab, 0, "roles"), timeout=5000)


def test_somebody_new_is_named_at_once(at: Callable[[str], Any], qtbot: QtBot) -> None:
    tab: PeopleTab = at("people")
    count = len(tab.model.rows)
    tab.add.click()
    qtbot.waitUntil(lambda: tab.table.findChild(LineEdit) is not None, timeout=5000)
    editor = tab.table.findChild(LineEdit)
    assert isinstance(editor, LineEdit)
    editor.setText("森田 由美")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(one.name == "森田 由美" for one in tab.model.rows), timeout=5000)
    assert len(tab.model.rows) == count + 1


def test_delete_goes_to_the_trash_with_undo(
    at: Callable[[str], Any], desk: Desk, told: list[Told], qtbot: QtBot
) -> None:
    tab: PeopleTab = at("people")
    count = len(tab.model.rows)
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(tab.model.rows) == count - 1, timeout=5000)
    assert told[-1].undo
    desk.workbench.undo()
    qtbot.waitUntil(lambda: len(tab.model.rows) == count, timeout=5000)


def test_space_ticks_a_task_and_again_opens_it(at: Callable[[str], Any], qtbot: QtBot) -> None:
    tab: TasksTab = at("tasks")
    first = tab.model.rows[0]
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_Space)
    qtbot.waitUntil(
        lambda: any(one.id == first.id and one.done_on == TODAY for one in tab.model.rows), timeout=5000
    )
    row = next(n for n, one in enumerate(tab.model.rows) if one.id == first.id)
    tab.table.choose(row)
    tab.verbs()["done"]()
    qtbot.waitUntil(
        lambda: any(one.id == first.id and one.done_on is None for one in tab.model.rows), timeout=5000
    )


def test_a_click_on_the_box_ticks(at: Callable[[str], Any], qtbot: QtBot) -> None:
    tab: TasksTab = at("tasks")
    first = tab.model.rows[0]
    spot = tab.table.visualRect(tab.model.index(0, 0)).center()
    qtbot.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: any(one.id == first.id and one.done_on for one in tab.model.rows), timeout=5000)


def test_a_task_with_a_date_in_words(at: Callable[[str], Any], qtbot: QtBot) -> None:
    tab: TasksTab = at("tasks")
    first = tab.model.rows[0]
    type_in(qtbot, tab.table, 0, "due_on", "tomorrow")
    due = TODAY + dt.timedelta(days=1)
    qtbot.waitUntil(
        lambda: any(one.id == first.id and one.due_on == due for one in tab.model.rows), timeout=5000
    )


def test_columns_go_in_their_order_where_there_is_no_room(at: Callable[[str], Any]) -> None:
    tab: TableTab = at("contracts")
    keys = [column.key for column in tab.model.columns]

    def shown() -> list[str]:
        return [key for n, key in enumerate(keys) if not tab.table.isColumnHidden(n)]

    tab.table.resize(1700, 400)
    assert shown() == keys
    tab.table.resize(760, 400)
    assert set(keys) - set(shown()) >= {"notice_days", "plan"}
    assert {"name", "arr", "end_on", "left", "status"} <= set(shown())
    total = sum(tab.table.columnWidth(n) for n in range(len(keys)) if not tab.table.isColumnHidden(n))
    assert total <= tab.table.viewport().width()


def test_a_table_is_copied_for_a_spreadsheet(at: Callable[[str], Any], told: list[Told]) -> None:
    tab: TableTab = at("people")
    tab.verbs()["copy_rows"]()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:3] == ["Name", "Roles", "Title"]
    assert len(lines) == len(tab.model.rows) + 1
    assert told[-1].text == f"{len(tab.model.rows)} rows copied"


def test_the_menu_offers_what_the_keys_do(at: Callable[[str], Any]) -> None:
    tab: TableTab = at("people")
    menu = tab.open_menu(QPoint(10, 10))
    names = [action.text() for action in menu.actions()]
    close_menus()
    assert names[:4] == ["Edit", "Delete", "Add person", "Copy as table"]


def test_the_timeline_has_months_and_rows(at: Callable[[str], Any], qtmodeltester: ModelTester) -> None:
    tab: TimelineTab = at("timeline")
    qtmodeltester.check(tab.model)
    lines = [tab.model.index(n, 0).data(LINE) for n in range(tab.model.rowCount())]
    assert isinstance(lines[0], Month)
    entries = [line.entry for line in lines if isinstance(line, TimelineRow)]
    assert tab.timeline is not None
    assert len(entries) == len(tab.timeline.entries)
    assert tab.kinds[None].text() == f"All {len(entries)}"


def test_one_kind_only(at: Callable[[str], Any]) -> None:
    tab: TimelineTab = at("timeline")
    tab.kinds["ticket"].click()
    lines = [tab.model.index(n, 0).data(LINE) for n in range(tab.model.rowCount())]
    kinds = {line.entry.kind for line in lines if isinstance(line, TimelineRow)}
    assert kinds == {"ticket"}
    tab.kinds[None].click()
    assert tab.model.rowCount() > len(lines)


def test_j_and_k_pass_over_months(at: Callable[[str], Any]) -> None:
    tab: TimelineTab = at("timeline")
    assert tab.timeline is not None
    for number in range(12):
        assert tab.list.chosen() == tab.timeline.entries[number]
        tab.verbs()["next_row"]()
    for _number in range(20):
        tab.verbs()["previous_row"]()
    assert tab.list.chosen() == tab.timeline.entries[0]


def test_a_note_becomes_chips_and_is_saved(
    at: Callable[[str], Any], desk: Desk, told: list[Told], qtbot: QtBot
) -> None:
    tab: TimelineTab = at("timeline")
    tab.verbs()["new_row"]()
    qtbot.keyClicks(tab.note.text, "call 15m <b>tablet</b> fixed #risk !2026-12-01")
    assert [chip.text() for chip in tab.note.chips] == ["Call", "today", "15 min", "#risk", "Follow-up 1 Dec"]
    qtbot.keyClick(tab.note.text, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(
        lambda: tab.timeline is not None and tab.timeline.entries[0].text == "<b>tablet</b> fixed",
        timeout=5000,
    )
    assert (told[-1].text, told[-1].second, told[-1].undo) == ("Contact logged", "1 task added", True)
    assert tab.note.text.toPlainText() == ""
    assert drafts.draft(desk.workbench.reads, account_tabs.note_key(ACCOUNT)) == ""


def test_enter_alone_is_a_new_line_and_composing_never_saves(
    at: Callable[[str], Any], desk: Desk, qtbot: QtBot
) -> None:
    tab: TimelineTab = at("timeline")
    steps = len(desk.workbench.history())
    tab.note.text.setFocus()
    QApplication.sendEvent(tab.note.text, QInputMethodEvent("でんわ", []))
    committed = QInputMethodEvent("", [])
    committed.setCommitString("電話")
    QApplication.sendEvent(tab.note.text, committed)
    qtbot.keyClick(tab.note.text, Qt.Key.Key_Return)
    qtbot.keyClicks(tab.note.text, "b")
    assert tab.note.text.toPlainText() == "電話\nb"
    assert len(desk.workbench.history()) == steps


def test_a_draft_is_kept_while_typing_goes_on(
    at: Callable[[str], Any], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    tab: TimelineTab = at("timeline")
    key = account_tabs.note_key(ACCOUNT)
    for word in ("one ", "two ", "three "):  # the clock is not set back by each key
        qtbot.keyClicks(tab.note.text, word)
        assert tab.note._timer.isActive()
        assert tab.note._timer.interval() <= 1000
    tab.note._timer.timeout.emit()
    settle(desk)
    assert drafts.draft(desk.workbench.reads, key) == "one two three "
    assert tab.note.state.text() == "Draft saved"
    assert desk.workbench.history() == [] or desk.workbench.history()[0].name != "Keep draft"


def test_a_draft_of_before_stands_there_again(at: Callable[[str], Any], desk: Desk) -> None:
    drafts.keep(desk.workbench, account_tabs.note_key(ACCOUNT), "call half a thought", now=NOW)
    tab: TimelineTab = at("timeline")
    assert tab.note.text.toPlainText() == "call half a thought"
    assert tab.note.state.text() == "Draft"


def test_leaving_keeps_the_draft(at: Callable[[str], Any], desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    tab: TimelineTab = at("timeline")
    qtbot.keyClicks(tab.note.text, "half")
    assert tab.leave()
    settle(desk)
    assert drafts.draft(desk.workbench.reads, account_tabs.note_key(ACCOUNT)) == "half"


def test_what_cannot_be_saved_stays(
    at: Callable[[str], Any], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    tab: TimelineTab = at("timeline")
    qtbot.keyClicks(tab.note.text, "@nobody-at-all call hello")
    tab.note.save.click()
    settle(desk)
    settle(desk)
    assert tab.note.text.toPlainText() == "@nobody-at-all call hello"
    assert "nobody-at-all" in tab.note.state.text()
    assert drafts.draft(desk.workbench.reads, account_tabs.note_key(ACCOUNT)) == "@nobody-at-all call hello"


def test_a_contact_is_edited_in_place(
    at: Callable[[str], Any], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    tab: TimelineTab = at("timeline")
    tab.filter_by("call")
    tab.list.setFocus()
    chosen = tab.list.chosen()
    assert chosen is not None
    qtbot.keyClick(tab.list, Qt.Key.Key_Return)
    settle(desk)
    assert tab.note.editing is not None
    assert tab.note.text.toPlainText() == chosen.text
    tab.note.text.selectAll()
    qtbot.keyClicks(tab.note.text, "another memory of it")
    tab.note.save.click()
    qtbot.waitUntil(
        lambda: (
            tab.timeline is not None
            and any(
                one.id == chosen.id and one.text == "another memory of it" for one in tab.timeline.entries
            )
        ),
        timeout=5000,
    )
    qtbot.waitUntil(lambda: tab.note.editing is None, timeout=5000)
    tab.verbs()["delete"]()
    qtbot.waitUntil(
        lambda: (
            tab.timeline is not None
            and not any(one.id == chosen.id and one.kind == "call" for one in tab.timeline.entries)
        ),
        timeout=5000,
    )


def test_cancel_leaves_the_contact_as_it_was(
    at: Callable[[str], Any], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    tab: TimelineTab = at("timeline")
    tab.filter_by("call")
    tab.edit_chosen()
    settle(desk)
    qtbot.keyClicks(tab.note.text, "x")
    tab.note.cancel.click()
    settle(desk)
    assert tab.note.text.toPlainText() == ""
    assert tab.note.editing is None


def test_charts_have_a_table_twin_with_the_same_rows(at: Callable[[str], Any], qtbot: QtBot) -> None:
    tab: UseTab = at("use")
    assert tab.use is not None
    assert set(tab.frames) == {line.key for line in tab.use.lines} | {"features"}
    frame = tab.frames[tab.use.lines[0].key]
    qtbot.waitUntil(lambda: frame.canvas is not None, timeout=10_000)
    frame.twin.click()
    assert frame.table.isVisible()
    assert len(frame.model.rows) == 13
    shown = [frame.model.index(n, 1).data() for n in range(13)]
    assert shown[-1] == f"{tab.use.lines[0].values[-1]:,.0f}"
    frame.twin.click()
    assert not frame.table.isVisible()


def test_a_chart_is_copied_as_picture_and_as_data(
    at: Callable[[str], Any], told: list[Told], qtbot: QtBot
) -> None:
    tab: UseTab = at("use")
    frame = next(iter(tab.frames.values()))
    qtbot.waitUntil(lambda: frame.canvas is not None, timeout=10_000)
    menu = frame.open_copy_menu()
    names = {action.text(): action for action in menu.actions()}
    names["Copy as picture"].trigger()
    assert not QGuiApplication.clipboard().image().isNull()
    names["Copy data"].trigger()
    close_menus()
    assert QGuiApplication.clipboard().text().startswith("Month\tActive users")
    assert [one.text for one in told] == ["Picture copied", "Data copied"]


def test_metrics_are_chosen_and_the_last_one_stays(at: Callable[[str], Any]) -> None:
    tab: UseTab = at("use")
    keys = list(tab.chips)
    for key in keys:
        tab.chips[key].click()
    assert [key for key in keys if not tab.frames[key].isHidden()] == [keys[-1]]
    tab.chips[keys[0]].click()
    assert not tab.frames[keys[0]].isHidden()


def test_no_readings_offer_an_import(make_page: Callable[..., Any], desk: Desk, settle: Settle) -> None:
    with desk.workbench.change("empty") as db:
        db.execute("delete from metric")
    page = make_page(AccountPage, account_id=ACCOUNT, tab="use")
    settle(desk)
    assert page.tab.stack.currentWidget() is page.tab.empty
    heard: list[str] = []
    desk.acted.connect(heard.append)
    page.tab.empty.button.click()
    assert heard == ["import_files"]


@pytest.fixture
def made(desk: Desk, tmp_path: Path) -> Path:
    """A document that is still there, and one that is not."""
    there = tmp_path / "Briefing – Tarnwick.pdf"
    there.write_bytes(b"%PDF")
    with desk.workbench.evidence("made") as db:
        for number, name in enumerate((str(there), "gone.docx")):
            db.execute(
                "insert into pack_record (account_id, at, template, edition, language, as_of, files, facts) values"
                " (?, ?, 'renewal_briefing', 'customer', 'ja', '2026-11-20', json_array(?), '{}')",
                (ACCOUNT, f"2026-11-2{number}T00:00:00Z", name),
            )
    return there


def test_documents_open_and_show_their_folder(
    at: Callable[[str], Any], made: Path, told: list[Told], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(QUrl(url).toLocalFile()))
    tab: DocumentsTab = at("documents")
    assert [row.files for row in tab.model.rows] == [("gone.docx",), (made.name,)]
    assert [row.template for row in tab.model.rows] == ["Renewal briefing"] * 2
    i18n.set_language("ja")
    assert [one.template for one in tab.read(tab.desk.workbench, ACCOUNT, TODAY)] == ["更新資料"] * 2
    i18n.set_language("en")
    tab.table.step(-1)
    assert not tab.open.isEnabled()
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    assert told[-1].text == "The file was moved or deleted."
    tab.table.step(1)
    tab.open.click()
    tab.folder.click()
    assert opened == [str(made), str(made.parent)]
    assert "delete" not in tab.verbs()


def test_tabs_in_japanese(at: Callable[[str], Any], desk: Desk) -> None:
    for key in ("people", "timeline", "contracts", "tasks", "documents", "use"):
        tab = at(key)
        i18n.set_language("ja")
        try:
            tab.retranslate()
        finally:
            i18n.set_language("en")
        assert tab.key == key
        if isinstance(tab, TableTab) and tab.model.rows:
            assert tab.model.index(0, 0).data(ROW) is tab.model.rows[0]
