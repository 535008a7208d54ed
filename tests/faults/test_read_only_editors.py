"""A portfolio opened for reading: whatever is typed anywhere is refused at once with the reason, and stays typed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from cs_workbench import app as composition
from cs_workbench.errors import FileProblem, PortfolioProblem, UserError
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui import reading_only
from cs_workbench.ui.pages.account import AccountPage
from cs_workbench.ui.pages.account.table_tab import TableTab
from cs_workbench.ui.pages.accounts_bulk import Ask
from cs_workbench.ui.pages.success.map_editor import MapEditor
from cs_workbench.ui.pages.value.questions import ExportQuestion
from cs_workbench.ui.pages.voice.form import Form
from cs_workbench.ui.pages.voice.theme_pane import ThemePane
from cs_workbench.ui.tasks import Tasks
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.fields import Choice, LineEdit
from cs_workbench.ui.widgets.question import AskPopover
from tests.ui.conftest import portfolio, sample_portfolio
from tests.ui.reception_fixtures import opened, settled, shell

__all__ = ["portfolio", "sample_portfolio", "shell"]

Edit = QLineEdit | QPlainTextEdit
WHY = "was opened for reading only."
WRITE = Tasks.write


@pytest.fixture
def reading(shell: composition.Shell, qtbot: QtBot, portfolio: str) -> Iterator[composition.Shell]:
    """The window over the sample portfolio while another one holds the writer's place."""
    with Workbench.open(portfolio) as first:
        first.claim()
        opened(shell, qtbot, portfolio)
        assert shell.workbench is not None
        assert shell.workbench.database.read_only
        yield shell


def go(shell: composition.Shell, qtbot: QtBot, page: str, **arguments: object) -> None:
    shell.window.go(page, **arguments)
    settled(shell, qtbot)


def field(shell: composition.Shell, name: str) -> Edit:
    """The field with that name that is shown."""
    found: list[Edit] = [*shell.window.findChildren(QLineEdit), *shell.window.findChildren(QPlainTextEdit)]
    found = [one for one in found if one.isVisible() and one.isEnabled() and one.accessibleName() == name]
    assert found, name
    return found[0]


def typed(shell: composition.Shell, qtbot: QtBot, edit: Edit, text: str) -> None:
    """Type over what stands there and hand it over."""
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    line = isinstance(edit, QLineEdit)
    ctrl = Qt.KeyboardModifier.NoModifier if line else Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(edit, Qt.Key.Key_Return, ctrl)
    settled(shell, qtbot)


def standing(edit: Edit) -> str:
    return edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()


def said(shell: composition.Shell) -> bool:
    """Whether the reason is to be read anywhere in the window."""
    toast = shell.window.toasts.toast
    labels = [one for one in shell.window.findChildren(QLabel) if one.isVisible()]
    return (toast is not None and WHY in toast.told.text) or any(
        WHY in one.text() or WHY in one.toolTip() for one in labels
    )


def rows(shell: composition.Shell) -> list[int]:
    assert shell.workbench is not None
    return [
        shell.workbench.reads.scalar(f"select count(*) from {table}")
        for table in ("task", "onboarding_item", "interaction", "reading", "draft")
    ]


PLACES: tuple[tuple[str, dict[str, object], str], ...] = (
    ("success", {"view": "onboarding"}, "New step"),
    ("success", {"view": "training"}, "Subject"),
    ("success", {"view": "training"}, "Note"),
    ("account", {"account_id": 5, "tab": "timeline"}, "New contact"),
    ("account", {"account_id": 5, "tab": "plan"}, "Measured by"),
    ("account", {"account_id": 5, "tab": "plan"}, "Owner, ours"),
    ("account", {"account_id": 5, "tab": "plan"}, "Value"),
)


def test_what_is_typed_stays_and_the_reason_is_said(reading: composition.Shell, qtbot: QtBot) -> None:
    before = rows(reading)
    for number, (page, arguments, name) in enumerate(PLACES, 1):
        go(reading, qtbot, page, **arguments)
        reading.window.toasts.clear()
        edit = field(reading, name)
        typed(reading, qtbot, edit, f"42{number}")
        assert standing(edit) == f"42{number}", name
        assert said(reading), name
    assert rows(reading) == before


@pytest.mark.parametrize("name", ["Direction", "Status"])
def test_a_choice_that_is_refused_goes_back_to_what_stands(
    reading: composition.Shell, qtbot: QtBot, name: str
) -> None:
    go(reading, qtbot, "account", account_id=5, tab="plan")
    found = [
        one for one in reading.window.findChildren(Choice) if one.accessibleName() == name and one.isVisible()
    ]
    (choice,) = found
    stands = choice.currentIndex()
    choice.setCurrentIndex((stands + 1) % choice.count())
    choice.activated.emit(choice.currentIndex())
    settled(reading, qtbot)
    assert choice.currentIndex() == stands
    assert said(reading)


def test_a_new_task_on_an_account_stays_typed(reading: composition.Shell, qtbot: QtBot) -> None:
    go(reading, qtbot, "account", account_id=5, tab="overview")
    reading.window.act("new_row")
    edit = field(reading, "New task")
    typed(reading, qtbot, edit, "Call them")
    assert edit.isVisible()
    assert standing(edit) == "Call them"
    assert said(reading)


@pytest.mark.parametrize("tab", ["tasks", "people", "contracts"])
def test_a_new_row_of_an_account_stays_typed(reading: composition.Shell, qtbot: QtBot, tab: str) -> None:
    go(reading, qtbot, "account", account_id=5, tab=tab)
    reading.window.act("new_row")
    page = reading.window.page
    assert isinstance(page, AccountPage)
    shown = page.tab
    assert isinstance(shown, TableTab)
    before, read = rows(reading), list(shown.new.rows)
    edit = shown.table.findChild(LineEdit)
    assert edit is not None
    typed(reading, qtbot, edit, "Call them")
    assert edit.isVisible()
    assert standing(edit) == "Call them"
    assert WHY in edit.accessibleDescription()
    shown.add.setFocus()
    settled(reading, qtbot)
    assert shown.new.stands
    shown.new.edit()
    edit = shown.table.indexWidget(shown.table.currentIndex())
    assert isinstance(edit, LineEdit)
    assert standing(edit) == "Call them"
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    settled(reading, qtbot)
    assert list(shown.model.rows) == read
    assert rows(reading) == before


def test_a_step_being_typed_stays_when_the_page_is_left(reading: composition.Shell, qtbot: QtBot) -> None:
    go(reading, qtbot, "success", view="onboarding")
    edit = field(reading, "New step")
    edit.setFocus()
    QTest.keyClicks(edit, "Kick-off")
    assert reading.window.page is not None
    reading.window.page.leave()
    assert standing(edit) == "Kick-off"
    assert said(reading)


def test_a_map_drawn_stays_open(reading: composition.Shell, qtbot: QtBot) -> None:
    go(reading, qtbot, "success", view="map")
    reading.window.act("edit")
    settled(reading, qtbot)
    editor = reading.window.findChild(MapEditor)
    assert editor is not None
    editor.form.name.setText("Set up")
    editor.keep()
    settled(reading, qtbot)
    assert editor.isVisible()
    assert editor.form.name.text() == "Set up"
    assert WHY in editor.said.text()
    editor.reject()


def test_the_rule_of_a_theme_stays_typed(reading: composition.Shell, qtbot: QtBot) -> None:
    go(reading, qtbot, "voice", tab="themes")
    pane = reading.window.findChild(ThemePane)
    assert pane is not None
    pane.rule.setPlainText("export\nreport")
    pane.save.click()
    settled(reading, qtbot)
    assert said(reading)
    assert pane.rule.toPlainText() == "export\nreport"


def test_the_answer_form_stays_open_with_what_was_typed(reading: composition.Shell, qtbot: QtBot) -> None:
    go(reading, qtbot, "voice", tab="overview")
    reading.window.act("enter_answer")
    settled(reading, qtbot)
    form = next(one for one in reading.window.findChildren(Form) if one.isVisible())
    form.parts["score"].edit.setText("9")
    form.save.click()
    settled(reading, qtbot)
    assert form.isVisible()
    assert form.text("score") == "9"
    assert said(reading)
    form.close()


class Asked(AskPopover):
    """A question that would write."""

    answers = 0

    def answer(self) -> None:
        """Count."""
        self.answers += 1


@pytest.mark.parametrize(
    "press", [lambda one: one.save.click(), lambda one: QTest.keyClick(one, Qt.Key.Key_Return)]
)
def test_a_question_is_not_answered(
    reading: composition.Shell, qtbot: QtBot, press: Callable[[AskPopover], object]
) -> None:
    question = Asked("Why", "Keep", "check", reading.window)
    press(question)
    assert question.answers == 0
    assert said(reading)
    reading_only.mark(reading.window, None)
    press(question)
    assert question.answers == 1
    question.close()


def test_an_export_is_answered(reading: composition.Shell, tmp_path: Path) -> None:
    question = ExportQuestion(str(tmp_path), reading.window)
    answered: list[str] = []
    question.answered.connect(lambda *words: answered.extend(words))
    question.save.click()
    assert str(tmp_path) in answered


def test_a_line_to_type_keeps_its_words(reading: composition.Shell) -> None:
    kept: list[str] = []
    ask = Ask("New tag", "Add", kept.append, "Key", parent=reading.window)
    ask.button.click()
    assert kept == []
    assert WHY in ask.field.problem.text()
    assert ask.field.edit.text() == "Key"
    ask.close()


def test_a_cell_says_why_it_is_not_kept(reading: composition.Shell, qtbot: QtBot) -> None:
    go(reading, qtbot, "success", view="onboarding")
    table = next(one for one in reading.window.findChildren(FactTable) if one.accessibleName() == "Checklist")
    place = next(n for n in range(table.facts.columnCount()) if table.facts.columns[n].key == "title")
    assert WHY in table.refused(table.facts.index(0, place), "Another")


def test_what_needs_no_writing_is_done_all_the_same(reading: composition.Shell, qtbot: QtBot) -> None:
    assert reading.desk is not None
    heard: list[object] = []
    reading.tasks.failed.connect(heard.append)
    done: list[object] = []
    reading.tasks.write(lambda: 1, done=done.append, reading=True)
    reading.desk.keep_draft("x", "typed")
    go(reading, qtbot, "account", account_id=5, tab="overview")
    assert done == [1]
    assert heard == []


def test_a_write_is_refused_at_once_and_never_begun(reading: composition.Shell, qtbot: QtBot) -> None:
    begun: list[int] = []
    heard: list[BaseException] = []
    reading.tasks.write(lambda: begun.append(1), failed=heard.append)
    assert heard == [], "said once whoever asked is through"
    settled(reading, qtbot)
    assert begun == []
    assert isinstance(heard[0], PortfolioProblem)
    assert heard[0].code == "read_only"


def test_the_refusal_is_what_a_change_raises(portfolio: str) -> None:
    with Workbench.open(portfolio) as writing:
        assert writing.refusal is None
    with Workbench.open(portfolio, read_only=True) as workbench:
        refusal = workbench.refusal
        assert refusal is not None
        with pytest.raises(UserError) as caught, workbench.change("Never"):
            pass
        assert (caught.value.code, caught.value.message) == (refusal.code, refusal.message)


def full_once(tasks: Tasks, job: Callable[[], object], **more: object) -> object:
    """Write as on a disk that is full at the first try."""
    state = {"full": True}

    def tried() -> object:
        if state.pop("full", False):
            raise FileProblem("The disk is full.", "Free some space.", code="disk_full")
        return job()

    return WRITE(tasks, tried, **more)  # type: ignore[arg-type]


def test_figures_drawn_on_a_full_disk_are_in_the_draft_once_there_is_room(
    shell: composition.Shell, qtbot: QtBot, portfolio: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(shell, qtbot, portfolio)
    go(shell, qtbot, "success", view="map")
    shell.window.act("edit")
    settled(shell, qtbot)
    editor = shell.window.findChild(MapEditor)
    assert editor is not None
    editor.form.bound.setEnabled(True)
    for edit in (editor.form.bound, editor.form.days):
        edit.selectAll()
        QTest.keyClicks(edit, "47")
    monkeypatch.setattr(Tasks, "write", full_once)
    editor.reject()
    settled(shell, qtbot)
    monkeypatch.setattr(Tasks, "write", WRITE)
    assert len(shell.reception.unsaved.waiting) == 1
    shell.tasks.write(lambda: None)
    settled(shell, qtbot)
    assert shell.workbench is not None
    (body,) = shell.workbench.reads.one("select body from draft where key like '%map%'") or ("",)
    assert body.count("47") == 2


def test_a_figure_of_a_step_that_is_none_is_refused_where_it_stands(
    shell: composition.Shell, qtbot: QtBot, portfolio: str
) -> None:
    opened(shell, qtbot, portfolio)
    go(shell, qtbot, "success", view="map")
    shell.window.act("edit")
    settled(shell, qtbot)
    editor = shell.window.findChild(MapEditor)
    assert editor is not None
    editor.form.days.selectAll()
    QTest.keyClicks(editor.form.days, "soon")
    editor.keep()
    settled(shell, qtbot)
    assert editor.isVisible()
    assert editor.form.days.text() == "soon"
    assert editor.form.days.property("error")
    editor.reject()
    settled(shell, qtbot)


def test_a_plan_that_waits_for_room_is_written_after_any_other_save(
    shell: composition.Shell, qtbot: QtBot, portfolio: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan shows what is stored again: nobody but the one who keeps the write still has what was typed."""
    opened(shell, qtbot, portfolio)
    go(shell, qtbot, "account", account_id=5, tab="plan")
    monkeypatch.setattr(Tasks, "write", full_once)
    typed(shell, qtbot, field(shell, "Measured by"), "By hand 77")
    monkeypatch.setattr(Tasks, "write", WRITE)
    assert shell.reception.unsaved.changes == 1
    shell.tasks.write(lambda: None)
    settled(shell, qtbot)
    assert shell.reception.unsaved.waiting == []
    assert shell.workbench is not None
    assert shell.workbench.reads.scalar("select count(*) from objective where measure = 'By hand 77'") == 1
