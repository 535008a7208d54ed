"""The quick log: read while typed, completed, saved as one step, kept as draft; input methods keep their own keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.errors import FileProblem
from cs_workbench.services import contacts, drafts, health, tasks
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs import quick_log_draft, quick_log_saving
from cs_workbench.ui.dialogs.quick_log import QuickLog, open_quick_log
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.tasks import Task
from cs_workbench.ui.widgets.completion import Suggestion, SuggestionList
from cs_workbench.ui.widgets.completion_text import MOST
from tests.ui.conftest import NOW

Settle = Callable[[Desk], None]
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def log(window: MainWindow, desk: Desk, settle: Settle) -> QuickLog:
    """The quick log, open over the keyboard page, about nobody."""
    opened = open_quick_log(desk, window)
    settle(desk)
    return opened


def ids(desk: Desk) -> dict[str, int]:
    return {name: number for number, name in desk.workbench.reads.all("select id, name from account")}


def newest(desk: Desk) -> contacts.Contact:
    return contacts.contact(
        desk.workbench.reads, desk.workbench.reads.scalar("select max(id) from interaction")
    )


def stored(desk: Desk) -> int:
    return int(desk.workbench.reads.scalar("select count(*) from interaction"))


def compose(log: QuickLog, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(log.text, event)


def type_line(qtbot: QtBot, log: QuickLog, text: str, settle: Settle) -> None:
    qtbot.keyClicks(log.text, text)
    settle(log.desk)


def test_a_line_becomes_chips_and_a_note(log: QuickLog, qtbot: QtBot, settle: Settle) -> None:
    assert log.isVisible()
    assert log.scrim.isVisible()
    assert QApplication.focusWidget() is log.text
    assert not log.footer.save.isEnabled()
    name = next(iter(ids(log.desk)))
    type_line(qtbot, log, f'@"{name}" call 20m talked about renewal #risk !2026-12-01', settle)
    clock = NOW.astimezone().strftime("%H:%M")
    assert log.chips.texts() == [name, "Call", "20 min", "risk", "Follow-up 1 Dec", f"today {clock}"]
    assert log.chips.chips[3].tone == "red"
    assert log.note.words.text() == "talked about renewal"
    assert log.footer.save.isEnabled()
    assert log.problem.first.text() == ""


def test_enter_saves_one_step_with_tag_and_task_and_undo_takes_it_back(
    log: QuickLog, window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    name, number = next(iter(ids(desk).items()))
    before = stored(desk)
    type_line(qtbot, log, f'@"{name}" call 20m talked about renewal #risk !2026-12-01', settle)
    qtbot.keyClick(log.text, Qt.Key.Key_Return)
    settle(desk)
    made = newest(desk)
    assert (made.account_id, made.channel, made.duration_min, made.tags) == (number, "call", 20, ("risk",))
    assert any(task.interaction_id == made.id for task in tasks.open_tasks(desk.workbench.reads, number))
    assert not log.isVisible()
    assert not log.scrim.isVisible()
    assert log.text.toPlainText() == ""
    assert drafts.unsaved(desk.workbench.reads) == []
    toast = window.toasts.toast
    assert toast is not None
    assert (toast.first.text(), toast.second.text(), toast.link.words()) == (
        "Contact logged",
        "1 task added",
        name,
    )
    assert toast.undo.isVisible()
    kept = health.latest(desk.workbench.reads, number, desk.today())
    assert kept is not None
    assert kept == health.score_of(desk.workbench.reads, number, desk.today())
    assert desk.workbench.undo() == f"Log contact – {name}"
    assert stored(desk) == before
    score = health.score_of(desk.workbench.reads, number, desk.today())
    assert score != kept
    qtbot.waitUntil(lambda: health.latest(desk.workbench.reads, number, desk.today()) == score)


def test_the_toast_leads_to_the_account(
    log: QuickLog, window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    name, number = next(iter(ids(desk).items()))
    type_line(qtbot, log, f'@"{name}" hello', settle)
    qtbot.keyClick(log.text, Qt.Key.Key_Return, CONTROL)
    settle(desk)
    toast = window.toasts.toast
    assert toast is not None
    with qtbot.waitSignal(desk.went) as went:
        toast.link.click()
    assert went.args == ["account", {"account_id": number, "tab": "timeline"}]


def test_four_letters_and_enter_complete_the_account(log: QuickLog, qtbot: QtBot, settle: Settle) -> None:
    """U1: the hot key, letters of the account, Enter, the text, Enter: at most twelve keys beside the text."""
    name = "Pellmoor Insurance Group"
    assert name in ids(log.desk)
    type_line(qtbot, log, "@pell", settle)
    chosen = log.list.chosen()
    assert chosen is not None
    assert chosen.text == name
    assert chosen.spans == ((0, 4),)
    qtbot.keyClick(log.text, Qt.Key.Key_Return)
    settle(log.desk)
    assert log.isVisible()
    assert log.text.toPlainText() == f'@"{name}" '
    assert log.chips.texts()[0] == name
    keys = 1 + len("@pell") + 1 + 1
    type_line(qtbot, log, "call about renewal", settle)
    before = stored(log.desk)
    qtbot.keyClick(log.text, Qt.Key.Key_Return)
    settle(log.desk)
    assert stored(log.desk) == before + 1
    assert keys <= 12


def test_arrows_and_tab_take_an_offer(log: QuickLog, qtbot: QtBot, settle: Settle) -> None:
    type_line(qtbot, log, "@", settle)
    assert log.list.isVisible()
    count = log.list.lines.rowCount()
    assert 1 < count <= 6
    qtbot.keyClick(log.text, Qt.Key.Key_Down)
    second = log.list.chosen()
    assert second is log.list.lines.shown[1]
    qtbot.keyClick(log.text, Qt.Key.Key_Up)
    qtbot.keyClick(log.text, Qt.Key.Key_Up)
    last = log.list.chosen()
    assert last is log.list.lines.shown[count - 1]
    qtbot.keyClick(log.text, Qt.Key.Key_Tab)
    settle(log.desk)
    assert last is not None
    assert log.chips.texts()[0] == last.text
    assert log.text.hasFocus()


def test_a_tag_that_begins_like_another_is_saved_as_typed(
    log: QuickLog, qtbot: QtBot, settle: Settle
) -> None:
    name = next(iter(ids(log.desk)))
    log.words = None
    log.leave()
    with log.desk.workbench.change("tag") as db:
        db.execute("insert into interaction_tag (interaction_id, tag) values (1, 'risky')")
    log.open(ids(log.desk)[name])
    settle(log.desk)
    type_line(qtbot, log, "call x #risk", settle)
    assert [line.text for line in log.list.lines.shown] == ["risky"]
    assert log.list.chosen() is None
    qtbot.keyClick(log.text, Qt.Key.Key_Return)
    settle(log.desk)
    assert newest(log.desk).tags == ("risk",)


def test_enter_before_the_line_was_read_waits_for_the_reading(
    log: QuickLog, qtbot: QtBot, settle: Settle
) -> None:
    name = next(iter(ids(log.desk)))
    before = stored(log.desk)
    qtbot.keyClicks(log.text, f'@"{name}" call hello')
    qtbot.keyClick(log.text, Qt.Key.Key_Return)
    settle(log.desk)
    assert stored(log.desk) == before + 1


def test_shift_enter_writes_a_longer_note(log: QuickLog, qtbot: QtBot, settle: Settle) -> None:
    name = next(iter(ids(log.desk)))
    low = log.text.height()
    type_line(qtbot, log, f'@"{name}" call first', settle)
    qtbot.keyClick(log.text, Qt.Key.Key_Return, SHIFT)
    qtbot.keyClicks(log.text, "second")
    settle(log.desk)
    assert log.isVisible()
    assert log.text.height() > low
    qtbot.keyClick(log.text, Qt.Key.Key_Return, CONTROL)
    settle(log.desk)
    assert newest(log.desk).body == "first\nsecond"


class TestComposing:
    """An input method's keys are its own."""

    def test_enter_that_commits_never_submits(self, log: QuickLog, qtbot: QtBot, settle: Settle) -> None:
        name = next(iter(ids(log.desk)))
        type_line(qtbot, log, f'@"{name}" ', settle)
        before = stored(log.desk)
        compose(log, "でんわ")
        for held in (Qt.KeyboardModifier.NoModifier, CONTROL):
            qtbot.keyClick(log.text, Qt.Key.Key_Return, held)
        settle(log.desk)
        assert (stored(log.desk), log.isVisible()) == (before, True)
        assert log.text.composing == "でんわ"
        compose(log, "", "電話")
        settle(log.desk)
        assert log.text.toPlainText() == f'@"{name}" 電話'
        assert stored(log.desk) == before
        qtbot.keyClick(log.text, Qt.Key.Key_Return)
        settle(log.desk)
        assert stored(log.desk) == before + 1
        assert newest(log.desk).channel == "call"

    def test_autosave_and_reading_leave_what_is_composed_alone(
        self, log: QuickLog, qtbot: QtBot, settle: Settle
    ) -> None:
        type_line(qtbot, log, "call ", settle)
        compose(log, "らいしゅう")
        log.keeper.keep()
        settle(log.desk)
        assert log.text.composing == "らいしゅう"
        assert log.text.textCursor().block().layout().preeditAreaText() == "らいしゅう"
        assert [one.text for one in drafts.unsaved(log.desk.workbench.reads)] == ["call "]
        assert log.text.toPlainText() == "call "

    def test_offers_are_shown_for_it_and_cannot_be_taken(
        self, log: QuickLog, qtbot: QtBot, settle: Settle
    ) -> None:
        i18n.set_language("ja")
        try:
            type_line(qtbot, log, "x ", settle)
            compose(log, "らいしゅう")
            settle(log.desk)
            assert [line.second for line in log.list.lines.shown][:2] == ["2026/12/01", "2026/12/04"]
            assert log.footer.hint.text() == i18n._("Enter only commits while composing")
            log.complete(log.list.what(first=True))
            assert log.text.toPlainText() == "x "
        finally:
            i18n.set_language("en")

    @pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down])
    def test_its_keys_do_nothing_here(self, log: QuickLog, qtbot: QtBot, settle: Settle, key: Qt.Key) -> None:
        type_line(qtbot, log, "@", settle)
        chosen = log.list.chosen()
        compose(log, "あ")
        qtbot.keyClick(log.text, key)
        assert log.isVisible()
        assert log.text.hasFocus()
        assert log.text.composing == "あ"
        assert log.text.toPlainText() == "@"
        assert log.list.chosen() == chosen

    def test_shortcuts_are_ignored(self, log: QuickLog) -> None:
        asked = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_K, CONTROL)
        asked.ignore()
        compose(log, "あ")
        QApplication.sendEvent(log.text, asked)
        assert asked.isAccepted()

    def test_letters_beyond_the_basic_plane_do_not_shift_the_offers(
        self, log: QuickLog, qtbot: QtBot, settle: Settle
    ) -> None:
        log.text.setPlainText("𠮷野家😀 ")
        log.text.moveCursor(log.text.textCursor().MoveOperation.End)
        type_line(qtbot, log, "@pell", settle)
        log.complete(log.list.what(first=True))
        assert log.text.toPlainText() == '𠮷野家😀 @"Pellmoor Insurance Group" '


class TestAccounts:
    """Whom it is about."""

    def test_the_account_stood_at_is_filled_in_and_can_be_taken_out(
        self, window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle
    ) -> None:
        name, number = next(iter(ids(desk).items()))
        window.go("account", account_id=number)
        settle(desk)
        window.act("log_contact")
        settle(desk)
        log = window.ground.findChild(QuickLog)
        assert log is not None
        type_line(qtbot, log, "call hello", settle)
        assert log.chips.texts()[0] == name
        log.chips.chips[0].removed.emit()
        settle(desk)
        assert name not in log.chips.texts()
        qtbot.keyClick(log.text, Qt.Key.Key_Return)
        settle(desk)
        assert log.problem.first.text() == "The line names no account."
        way = log.problem.ways[0]
        assert isinstance(way, QWidget)
        way.click()
        settle(desk)
        assert log.text.toPlainText() == "@ call hello"
        assert log.list.lines.rowCount() > 1

    @pytest.mark.parametrize("page", ["accounts", "today"])
    def test_the_row_chosen_is_filled_in(
        self, window: MainWindow, desk: Desk, settle: Settle, page: str
    ) -> None:
        window.go(page)
        settle(desk)
        chosen = window.page.chosen()
        expected = chosen[0] if isinstance(chosen, list) else chosen.signal.account_id
        log = open_quick_log(desk, window)
        settle(desk)
        assert log.account is not None
        assert log.account.id == expected

    def test_an_unknown_account_is_told_and_can_be_added(
        self, log: QuickLog, desk: Desk, qtbot: QtBot, settle: Settle
    ) -> None:
        before = stored(desk)
        type_line(qtbot, log, "@Pellmoorx call <b>hello</b>", settle)
        assert log.problem.first.text() == "No account is called “Pellmoorx”."
        assert not log.problem.shape.isVisible()
        assert [way.text().replace("&&", "&") for way in log.problem.ways] == [
            "Pellmoor Insurance Group", "Create account “Pellmoorx”",
        ]  # fmt: skip
        qtbot.keyClick(log.text, Qt.Key.Key_Return, CONTROL)
        settle(desk)
        assert log.problem.shape.isVisible()
        assert (stored(desk), log.isVisible()) == (before, True)
        log.problem.ways[-1].click()
        settle(desk)
        assert "Pellmoorx" in ids(desk)
        assert log.problem.isHidden()
        qtbot.keyClick(log.text, Qt.Key.Key_Return)
        settle(desk)
        assert stored(desk) == before + 1
        assert newest(desk).body == "<b>hello</b>"

    def test_several_that_fit_are_chips_to_choose_from(
        self, log: QuickLog, desk: Desk, qtbot: QtBot, settle: Settle
    ) -> None:
        with desk.workbench.change("twins") as db:
            for _n in range(2):
                db.execute(
                    "insert into account (name, name_key, created_at, updated_at) values ('Twin', 'twin', 'x', 'x')"
                )
        numbers = desk.workbench.reads.all("select id from account where name = 'Twin' order by id")
        type_line(qtbot, log, "@twin call hello", settle)
        assert log.problem.first.text() == "“twin” fits several accounts."
        assert len(log.problem.ways) == 2
        log.problem.ways[1].click()
        settle(desk)
        assert log.text.toPlainText() == f"@{numbers[1][0]} call hello"
        qtbot.keyClick(log.text, Qt.Key.Key_Return)
        settle(desk)
        assert newest(desk).account_id == numbers[1][0]

    def test_hostile_names_are_plain_text(
        self, log: QuickLog, desk: Desk, qtbot: QtBot, settle: Settle
    ) -> None:
        evil = "<img src=x onerror=alert(1)>"
        with desk.workbench.change("evil") as db:
            for name in (evil, "\u202eevil", "x" * 10_000):
                db.execute(
                    "insert into account (name, name_key, created_at, updated_at) values (?, lower(?), 'x', 'x')",
                    (name, name),
                )
        type_line(qtbot, log, "@<img", settle)
        log.complete(log.list.what(first=True))
        settle(desk)
        assert log.chips.texts()[0] == evil
        for label in log.findChildren(QLabel):
            assert label.textFormat() == Qt.TextFormat.PlainText
        log.text.setPlainText("@" + "x" * 50)
        log.text.moveCursor(log.text.textCursor().MoveOperation.End)
        settle(desk)
        log.complete(log.list.what(first=True))
        settle(desk)
        assert len(log.text.toPlainText()) < 20
        assert len(log.chips.chips[0].text()) <= 40
        assert log.width() < 800


class TestDrafts:
    """Nothing typed is lost."""

    def test_what_is_typed_is_kept_within_a_second(self, log: QuickLog, qtbot: QtBot, settle: Settle) -> None:
        assert quick_log_draft.DRAFT_MS <= 1000
        for word in ("call ", "half ", "a thought"):
            qtbot.keyClicks(log.text, word)
            assert log.keeper.waiting  # not begun anew by each key: steady typing is kept as well
        log.keeper._timer.timeout.emit()
        settle(log.desk)
        assert [one.text for one in drafts.unsaved(log.desk.workbench.reads)] == ["call half a thought"]
        assert log.state.text() == "Draft saved"

    def test_esc_keeps_it_and_it_stands_there_again(
        self, log: QuickLog, window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle
    ) -> None:
        type_line(qtbot, log, "call half a thought", settle)
        qtbot.keyClick(log.text, Qt.Key.Key_Escape)
        settle(desk)
        assert not log.isVisible()
        again = open_quick_log(desk, window)
        assert again is log
        settle(desk)
        assert again.text.toPlainText() == "call half a thought"
        assert not again.offer.isVisible()  # nobody offers what stands in the field already
        assert again.state.text() == "Draft saved"
        again.text.selectAll()
        qtbot.keyClick(again.text, Qt.Key.Key_Delete)
        again.keeper.keep()
        settle(desk)
        assert drafts.unsaved(desk.workbench.reads) == []
        again.text.undo()
        assert again.text.toPlainText() == "call half a thought"

    def test_a_draft_above_something_typed_is_offered_and_thrown_away(
        self, log: QuickLog, window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle
    ) -> None:
        type_line(qtbot, log, "call half a thought", settle)
        qtbot.keyClick(log.text, Qt.Key.Key_Escape)
        settle(desk)
        again = open_quick_log(desk, window, text="mail another")
        settle(desk)
        assert again.text.toPlainText() == "call half a thought\nmail another"
        clock = NOW.astimezone().strftime("%H:%M")
        assert again.offer.sentence.text() == f"Draft from {clock}: “call half a thought”"
        again.offer.drop.click()
        settle(desk)
        assert again.text.toPlainText() == ""
        assert drafts.unsaved(desk.workbench.reads) == []
        assert not again.offer.isVisible()

    def test_a_draft_about_another_account_is_offered_and_not_overwritten(
        self, window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle
    ) -> None:
        (first, one), (_second, two) = list(ids(desk).items())[:2]
        drafts.keep(desk.workbench, drafts.quick_log_key(one), "call before", now=NOW - dt.timedelta(days=2))
        log = open_quick_log(desk, window, account_id=two)
        settle(desk)
        assert log.text.toPlainText() == ""
        assert log.offer.sentence.text() == f"Draft from 22 Nov 2026 – {first}: “call before”"
        type_line(qtbot, log, "mail now", settle)
        log.keeper.keep()
        settle(desk)
        assert {kept.account_id: kept.text for kept in drafts.unsaved(desk.workbench.reads)} == {
            one: "call before", two: "mail now",
        }  # fmt: skip
        log.offer.go_on.click()
        settle(desk)
        assert log.text.toPlainText() == "call before"
        assert log.chips.texts()[0] == first
        qtbot.keyClick(log.text, Qt.Key.Key_Return)
        settle(desk)
        assert newest(desk).account_id == one
        assert [kept.account_id for kept in drafts.unsaved(desk.workbench.reads)] == [two]

    def test_a_line_left_does_not_stand_there_for_another_account(
        self, log: QuickLog, window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle
    ) -> None:
        number = next(iter(ids(desk).values()))
        type_line(qtbot, log, "call about nobody", settle)
        log.leave()
        settle(desk)
        open_quick_log(desk, window, account_id=number)
        settle(desk)
        assert log.text.toPlainText() == ""
        assert log.offer.isVisible()

    def test_a_draft_follows_when_its_account_is_taken_out(
        self, window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle
    ) -> None:
        number = next(iter(ids(desk).values()))
        log = open_quick_log(desk, window, account_id=number)
        settle(desk)
        type_line(qtbot, log, "call hello", settle)
        log.keeper.keep()
        settle(desk)
        log.chips.chips[0].removed.emit()
        log.keeper.keep()
        settle(desk)
        assert [(kept.account_id, kept.text) for kept in drafts.unsaved(desk.workbench.reads)] == [
            (0, "call hello")
        ]

    def test_keys_before_the_draft_was_read_are_put_behind_it(
        self, window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle
    ) -> None:
        drafts.keep(desk.workbench, drafts.quick_log_key(None), "call before", now=NOW)
        log = open_quick_log(desk, window)
        qtbot.keyClicks(log.text, "quick")
        settle(desk)
        assert log.text.toPlainText() == "call before\nquick"

    def test_closing_the_window_keeps_it(
        self, log: QuickLog, window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle
    ) -> None:
        type_line(qtbot, log, "call in a hurry", settle)
        window.close()
        settle(desk)
        assert [kept.text for kept in drafts.unsaved(desk.workbench.reads)] == ["call in a hurry"]

    def test_a_full_disk_is_told_and_the_text_stays(
        self, log: QuickLog, window: MainWindow, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_given: object, **_more: object) -> None:
            raise FileProblem("The disk is full.", "Free 20 MB.", code="disk_full")

        monkeypatch.setattr(drafts, "keep", full)
        type_line(qtbot, log, "call something", settle)
        log.keeper.keep()
        settle(log.desk)
        assert log.state.text() == "Not saved: The disk is full. Free 20 MB."
        assert "Not saved since" in window.status.saved.words.text()
        assert log.text.toPlainText() == "call something"
        assert log.keeper.waiting  # it is tried again
        log.leave()
        settle(log.desk)
        other = next(iter(ids(log.desk).values()))
        assert open_quick_log(log.desk, window, account_id=other) is log
        settle(log.desk)
        assert log.text.toPlainText() == "call something"
        assert log.account is None
        monkeypatch.undo()
        log.keeper.keep()
        settle(log.desk)
        assert [kept.text for kept in drafts.unsaved(log.desk.workbench.reads)] == ["call something"]

    def test_a_contact_that_cannot_be_saved_stays_with_the_reason(
        self, log: QuickLog, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_given: object, **_more: object) -> None:
            raise FileProblem("The disk is full.", "Free 20 MB.", code="disk_full")

        name = next(iter(ids(log.desk)))
        type_line(qtbot, log, f'@"{name}" call hello', settle)
        monkeypatch.setattr(quick_log_saving.contacts, "log", full)
        qtbot.keyClick(log.text, Qt.Key.Key_Return)
        settle(log.desk)
        assert log.isVisible()
        assert log.problem.first.text() == "The disk is full. Free 20 MB."
        assert log.text.toPlainText() == f'@"{name}" call hello'
        monkeypatch.undo()
        before = stored(log.desk)
        qtbot.keyClick(log.text, Qt.Key.Key_Return)
        settle(log.desk)
        assert stored(log.desk) == before + 1


def test_a_book_on_the_clipboard_is_shortened_with_a_word(
    log: QuickLog, window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    type_line(qtbot, log, "call ", settle)
    paste = QMimeData()
    paste.setText("x" * 200_000)
    log.text.insertFromMimeData(paste)
    settle(log.desk)
    assert len(log.text.toPlainText()) == MOST
    assert log.text.toPlainText().startswith("call x")
    assert window.toasts.toast is not None
    assert "20,000 characters" in window.toasts.toast.told.text
    log.text.selectAll()
    paste.setText("short")
    log.text.insertFromMimeData(paste)
    assert log.text.toPlainText() == "short"


def test_a_line_corrected_while_it_waited_is_not_thrown_away(
    log: QuickLog, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_more: object) -> None:
        raise FileProblem("The disk is full.", "Free 20 MB.", code="disk_full")

    name = next(iter(ids(log.desk)))
    waiting: list[Task] = []
    log.desk.tasks.unsaved.connect(lambda task, _error: waiting.append(task))
    type_line(qtbot, log, f'@"{name}" call hello', settle)
    monkeypatch.setattr(quick_log_saving.contacts, "log", full)
    for more in ("", " corrected"):
        qtbot.keyClicks(log.text, more)
        settle(log.desk)
        qtbot.keyClick(log.text, Qt.Key.Key_Return)
        settle(log.desk)
    assert [task.key for task in waiting if not task.draft] == [waiting[0].key] * 2
    monkeypatch.undo()
    qtbot.keyClicks(log.text, " again")
    settle(log.desk)
    log.desk.tasks.again([task for task in waiting if not task.draft][-1])
    settle(log.desk)
    assert log.isVisible()
    assert log.text.toPlainText() == f'@"{name}" call hello corrected again'


def test_a_chip_takes_its_piece_out_of_the_line(log: QuickLog, qtbot: QtBot, settle: Settle) -> None:
    type_line(qtbot, log, "call 20m hello #risk", settle)
    chip = next(one for one in log.chips.chips if one.text() == "20 min")
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    settle(log.desk)
    assert log.text.toPlainText() == "call hello #risk"
    assert log.text.hasFocus()


def test_tab_goes_round_in_reading_order_and_everything_is_named(
    log: QuickLog, qtbot: QtBot, settle: Settle
) -> None:
    type_line(qtbot, log, "call hello there #risk and more", settle)
    walked = []
    for _n in range(len(log.stops())):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert log.isAncestorOf(focus)
        walked.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert walked == log.stops()
    assert QApplication.focusWidget() is log.text
    for widget in (*log.stops(), log.list, log):
        assert widget.accessibleName() or getattr(widget, "words", str)()


def test_a_second_opening_keeps_what_is_there(
    log: QuickLog, window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    type_line(qtbot, log, "call", settle)
    assert open_quick_log(desk, window) is log
    assert log.text.toPlainText() == "call"
    assert len(window.ground.findChildren(QuickLog)) == 1


def test_a_problem_in_the_line_is_told_beside_it(log: QuickLog, qtbot: QtBot, settle: Settle) -> None:
    type_line(qtbot, log, "call hello !2026-13-45 x", settle)
    assert log.problem.first.text() == "“2026-13-45” is no date."


def test_it_stays_inside_a_small_window(
    log: QuickLog, window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    window.resize(1100, 700)
    type_line(qtbot, log, "@", settle)
    assert window.ground.rect().contains(log.geometry().adjusted(24, 24, -24, -24))


def test_the_list_of_offers_is_a_sound_model(qtbot: QtBot) -> None:
    offers = SuggestionList(name="Suggestions")
    qtbot.addWidget(offers)
    tester = QAbstractItemModelTester(offers.lines)
    offers.offer([Suggestion("A", "1", "user"), Suggestion("B", "", "user")], first=True)
    assert offers.lines.data(offers.lines.index(0), Qt.ItemDataRole.AccessibleTextRole) == "A, 1"
    assert offers.chosen() == Suggestion("A", "1", "user")
    assert offers.what() is None
    offers.offer([], first=True)
    assert offers.chosen() is offers.what(first=True) is None
    offers.step(1)
    assert tester.model() is offers.lines


def test_the_hint_of_the_footer_is_whole_or_not_there(log: QuickLog, settle: Settle) -> None:
    footer = log.footer
    for wide in (380, 576, 1100):
        footer.resize(wide, footer.height())
        footer.layout().activate()
        needed = footer.hint.fontMetrics().horizontalAdvance(footer.hint.text())
        assert needed <= footer.hint.width(), wide
    assert footer.hint.text() == "Shift Enter for a new line"
    footer.resize(576, footer.height())
    footer.tell(composing=True)
    assert footer.hint.text() == "Enter only commits while composing"
    assert not any(mark.isVisibleTo(footer) for mark in footer.marks)
    footer.tell(composing=False)
    assert all(mark.isVisibleTo(footer) for mark in footer.marks)


def test_a_day_as_its_chip_writes_it_is_read(log: QuickLog, qtbot: QtBot, settle: Settle) -> None:
    name = next(iter(ids(log.desk)))
    type_line(qtbot, log, f'@"{name}" next: send the quote !1 Dec', settle)
    assert "Next: send the quote 1 Dec" in log.chips.texts()
    assert log.problem.first.text() == ""
