"""The import dialog: files left, rows right, columns corrected, accounts settled, written, stopped; by keyboard."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cs_workbench.services.intake import import_files
from cs_workbench.ui import pasting
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.dialogs.import_files import ImportDialog, open_import
from cs_workbench.ui.dialogs.import_files_list import shortened
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.models.import_model import LEAD, PAGE, PREVIEW, ImportModel
from cs_workbench.ui.widgets.fields import LineEdit
from tests.ui.conftest import NOW

HEADER = "Account ID,Account name,ARR,Renewal date,Seats"
GOOD = ("Z1,Zeta One,1200000,2027-03-31,24", "Z2,Zeta Two,4000000,2027-03-31,60")
Open = Callable[..., ImportDialog]


def file_of(folder: Path, *lines: str, name: str = "new.csv", header: str = HEADER) -> str:
    """A file with a header and lines."""
    path = folder / name
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def ready(qtbot: QtBot, desk: Desk) -> Callable[[ImportDialog], None]:
    """Wait until everything asked for is planned and shown."""

    def wait(dialog: ImportDialog) -> None:
        qtbot.waitUntil(
            lambda: dialog.work.state in ("ready", "empty") and not desk.tasks.busy, timeout=20_000
        )
        qtbot.wait(20)
        qtbot.waitUntil(
            lambda: dialog.work.state in ("ready", "empty") and not desk.tasks.busy, timeout=20_000
        )
        qtbot.wait(20)
        qtbot.waitUntil(lambda: not desk.tasks.busy, timeout=20_000)

    return wait


@pytest.fixture
def opened(desk: Desk, window: MainWindow, ready: Callable[[ImportDialog], None]) -> Iterator[Open]:
    """Open the dialog on some files."""
    made: list[ImportDialog] = []

    def make(*paths: str) -> ImportDialog:
        dialog = open_import(desk, window, list(paths))
        made.append(dialog)
        ready(dialog)
        return dialog

    yield make
    for dialog in made:
        dialog.leave()


@pytest.fixture
def told(desk: Desk) -> list[Told]:
    """The toasts."""
    heard: list[Told] = []
    desk.told.connect(heard.append)
    return heard


def texts(dialog: ImportDialog, column: int) -> list[str]:
    """What a column of the rows shows."""
    return [dialog.model.index(row, column).data() for row in range(dialog.model.rowCount())]


def test_rows_counts_and_the_button(opened: Open, desk: Desk, tmp_path: Path) -> None:
    """The button says what will happen; Ctrl+Enter does it; a toast with Undo, and the window is free again."""
    dialog = opened(file_of(tmp_path, *GOOD, "Z3,Zeta Three,12O000,2027-03-31,2"))
    assert dialog.main.words() == "Import 2 accounts"
    assert texts(dialog, 1) == ["New", "New", "Left out"]
    assert dialog.filters["problems"].text() == "Problems 1"
    assert dialog.side.counts["rejected"].number.text() == "1"
    assert dialog.save.isVisible()
    assert dialog.settle.edit.isVisible()


def test_import_and_undo(
    qtbot: QtBot, opened: Open, desk: Desk, told: list[Told], tmp_path: Path, settle: Callable[[Desk], None]
) -> None:
    """Written as one step, scored in the background, taken back by Undo."""
    before = desk.workbench.reads.scalar("select count(*) from account")
    dialog = opened(file_of(tmp_path, *GOOD))
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.gone, timeout=20_000)
    settle(desk)
    assert desk.workbench.reads.scalar("select count(*) from account") == before + 2
    assert (told[-1].text, told[-1].undo) == ("Imported 2 accounts", True)
    scored = "select count(*) from snapshot s join account a on a.id = s.account_id where a.name like 'Zeta%'"
    assert desk.workbench.reads.scalar(scored) == 2
    desk.workbench.undo()
    assert desk.workbench.reads.scalar("select count(*) from account") == before


def test_a_column_is_corrected_by_keyboard(
    qtbot: QtBot, opened: Open, ready: Callable[[ImportDialog], None], tmp_path: Path
) -> None:
    """Shift+Tab to the head, right to the column, Enter opens its choices; the rows are planned anew."""
    dialog = opened(file_of(tmp_path, *GOOD))
    header = dialog.rows.header
    header.setFocus()
    for _n in range(4):
        qtbot.keyClick(header, Qt.Key.Key_Right)
    assert dialog.model.field_words(4) == "Seats"
    qtbot.keyClick(header, Qt.Key.Key_Return)
    menu = dialog.menu
    qtbot.waitUntil(menu.isVisible)
    action = next(action for action in menu.actions() if action.text() == "Employees")
    menu.setActiveAction(action)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    ready(dialog)
    assert dialog.model.field_words(4) == "Employees"
    assert "Seats" in header.accessibleDescription()


def test_a_cell_is_corrected_in_place(
    qtbot: QtBot, opened: Open, ready: Callable[[ImportDialog], None], tmp_path: Path
) -> None:
    """The button leads to the cell at fault; Enter keeps what was typed and the row is taken in."""
    dialog = opened(file_of(tmp_path, *GOOD, "Z3,Zeta Three,12O000,2027-03-31,2"))
    row = dialog.rows.chosen()
    assert row is not None
    assert row.row == 4
    dialog.settle.edit.click()
    editor = dialog.rows.viewport().findChild(LineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "120000")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    ready(dialog)
    assert texts(dialog, 1) == ["New", "New", "New"]
    assert dialog.main.words() == "Import 3 accounts"


def test_an_unknown_account_is_created_or_picked(
    qtbot: QtBot, opened: Open, ready: Callable[[ImportDialog], None], desk: Desk, tmp_path: Path
) -> None:
    """One answer for all rows of a name; the picker finds by a part of the name."""
    header = "Ticket ID,Organization,Subject,Status,Created at"
    lines = ("1,Nobody Ltd,Help,open,2026-11-01 10:00", "2,Nobody Ltd,More,open,2026-11-02 10:00")
    dialog = opened(file_of(tmp_path, *lines, name="tickets.csv", header=header))
    assert texts(dialog, 1) == ["Check", "Check"]
    assert not dialog.main.isEnabled()
    assert "2 rows" in dialog.settle.words.text()
    dialog.settle.pick.click()
    ready(dialog)
    picker = next(one for one in dialog.settle.children() if type(one).__name__ == "AccountPicker")
    name = desk.workbench.reads.scalar("select name from account order by id limit 1")
    picker.field.setText(name)  # type: ignore[attr-defined]
    qtbot.keyClick(picker, Qt.Key.Key_Return)  # type: ignore[call-overload]
    ready(dialog)
    assert dialog.main.words() == "Import 2 tickets"
    dialog.work.settle("Nobody Ltd", "skip")
    ready(dialog)
    assert texts(dialog, 1) == ["Left out", "Left out"]
    assert dialog.settle.again.isVisible()
    dialog.settle.again.click()
    ready(dialog)
    dialog.settle.other.click()
    ready(dialog)
    assert texts(dialog, 1) == ["New", "New"]


def test_refused_files_say_so_and_block_nothing(opened: Open, tmp_path: Path) -> None:
    """A picture and an empty file beside a good one."""
    photo, empty = tmp_path / "photo.csv", tmp_path / "empty.csv"
    photo.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8)
    empty.write_bytes(b"")
    dialog = opened(str(photo), file_of(tmp_path, *GOOD), str(empty))
    names = [line.accessibleName() for line in dialog.side.files.lines]
    assert len(names) == 3
    assert "photo.csv" in names[0]
    assert "empty" in names[2]
    assert dialog.main.words() == "Import 2 accounts"
    dialog.side.files.lines[0].click()
    assert dialog.side.problem.isVisible()
    assert dialog.side.remedy.text()
    dialog.work.remove(dialog.work.offers[0])
    assert len(dialog.side.files.lines) == 2


def test_a_table_nobody_knows_waits_for_the_kind(
    opened: Open, ready: Callable[[ImportDialog], None], tmp_path: Path
) -> None:
    """Nothing is imported until the person says what it is; what is missing is said."""
    dialog = opened(file_of(tmp_path, "1,Fractions,p.12", name="lessons.csv", header="Week,Topic,Homework"))
    assert not dialog.main.isEnabled()
    assert dialog.side.kind.choice.currentText() == "Choose what it is"
    dialog.side.corrected.emit("kind", "products")
    ready(dialog)
    assert dialog.side.remedy.text()
    dialog._ask_column(1, dialog.pos())
    next(action for action in dialog.menu.actions() if action.text() == "Product").trigger()
    dialog.menu.close()
    ready(dialog)
    assert dialog.main.words() == "Import 1 product"


def test_encoding_delimiter_and_leaving_a_file_out(
    opened: Open, ready: Callable[[ImportDialog], None], tmp_path: Path
) -> None:
    """Read again at once; a file left out no longer counts."""
    path = file_of(tmp_path, "Z1;Zeta One;5", header="Account ID;Account name;Seats")
    dialog = opened(path, file_of(tmp_path, *GOOD, name="other.csv"))
    assert dialog.side.delimiter.choice.currentText() == "Semicolon"
    dialog.side.corrected.emit("delimiter", ",")
    ready(dialog)
    assert dialog.model.columnCount() == LEAD + 2
    dialog.side.corrected.emit("delimiter", ";")
    ready(dialog)
    dialog.side.corrected.emit("encoding", "cp932")
    ready(dialog)
    assert dialog.side.encoding.choice.currentText() == "Shift_JIS (cp932)"
    dialog.side.take.click()
    ready(dialog)
    assert not dialog.work.offers[0].taken
    assert dialog.main.words() == "Import 2 accounts"


def test_last_time_is_offered(
    opened: Open, desk: Desk, ready: Callable[[ImportDialog], None], tmp_path: Path
) -> None:
    """ "As on 24 Nov", and the same file again has nothing to import."""
    path = file_of(tmp_path, *GOOD)
    import_files(desk.workbench, [path], now=NOW)
    dialog = opened(path)
    assert dialog.side.columns.choice.currentText().startswith("As on")
    assert texts(dialog, 1) == ["Unchanged", "Unchanged"]
    assert dialog.main.words() == "Nothing to import"
    assert not dialog.main.isEnabled()
    dialog.side.corrected.emit("columns", "recognised")
    ready(dialog)
    assert dialog.side.columns.choice.count() == 2


def test_filters(opened: Open, desk: Desk, tmp_path: Path) -> None:
    """Problems only, changes only with old and new."""
    import_files(desk.workbench, [file_of(tmp_path, *GOOD)], now=NOW)
    dialog = opened(
        file_of(tmp_path, GOOD[0], "Z2,Zeta Two,4500000,2027-03-31,60", "Z3,Zeta Three,x1,2027-03-31,2")
    )
    dialog.filters["changes"].click()
    assert dialog.model.rowCount() == 1
    dialog.filters["problems"].click()
    assert dialog.model.rowCount() == 1
    dialog.filters["all"].click()
    assert dialog.model.rowCount() == 3


def test_paste_makes_a_private_file_that_goes(
    qtbot: QtBot, opened: Open, ready: Callable[[ImportDialog], None]
) -> None:
    """A table copied from a spreadsheet; the file is gone with the dialog."""
    dialog = opened()
    assert dialog.stack.currentIndex() == 0
    QGuiApplication.clipboard().setText("Account ID\tAccount name\nP1\tPasted One\nP2\tPasted Two\n")
    dialog.paste()
    path = Path(dialog.work.pasted[0])
    assert path.stat().st_mode & 0o077 == 0
    ready(dialog)
    assert dialog.main.words() == "Import 2 accounts"
    dialog.leave()
    assert not path.exists()
    assert not path.parent.exists()
    QGuiApplication.clipboard().setText("no table")
    assert pasting.table_file() is None


def test_stopping_while_it_writes(
    qtbot: QtBot, opened: Open, desk: Desk, told: list[Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Esc stops the writing; nothing was changed and the dialog is still there."""
    dialog = opened(file_of(tmp_path, *GOOD))
    before = desk.workbench.reads.scalar("select count(*) from account")
    gate = threading.Event()
    preview = dialog.work.preview
    assert preview is not None
    real = preview.apply

    def slow(**asked: object) -> object:
        gate.wait(10)
        return real(**asked)  # type: ignore[arg-type]

    monkeypatch.setattr(preview, "apply", slow)
    dialog.main.click()
    assert dialog.progress.isVisible()
    assert not dialog.main.isEnabled()
    dialog.reject()
    gate.set()
    qtbot.waitUntil(lambda: dialog.work.state == "ready", timeout=20_000)
    assert not dialog.gone
    assert told[-1].tone == "warn"
    assert desk.workbench.reads.scalar("select count(*) from account") == before


def test_going_on_working_and_coming_back(
    qtbot: QtBot, opened: Open, desk: Desk, window: MainWindow, told: list[Told], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """The dialog goes, the writing goes on; Ctrl+I shows it again; the end is told."""
    dialog = opened(file_of(tmp_path, *GOOD))
    gate = threading.Event()
    preview = dialog.work.preview
    assert preview is not None
    real = preview.apply
    monkeypatch.setattr(preview, "apply", lambda **asked: (gate.wait(10), real(**asked))[1])
    dialog.main.click()
    dialog.go_on.click()
    assert dialog.isHidden()
    assert open_import(desk, window) is dialog
    assert dialog.isVisible()
    dialog.go_on.click()
    gate.set()
    qtbot.waitUntil(lambda: dialog.gone, timeout=20_000)
    assert told[-1].text == "Imported 2 accounts"


def test_a_portfolio_changed_meanwhile_is_compared_again(
    qtbot: QtBot, opened: Open, ready: Callable[[ImportDialog], None], desk: Desk, tmp_path: Path
) -> None:
    """Said on a band; the next try goes through."""
    dialog = opened(file_of(tmp_path, *GOOD))
    import_files(desk.workbench, [file_of(tmp_path, "Y1,Ypsilon,1,2027-01-01,1", name="y.csv")], now=NOW)
    dialog.main.click()
    qtbot.waitUntil(dialog.notice.isVisible, timeout=20_000)
    ready(dialog)
    dialog.main.click()
    qtbot.waitUntil(lambda: dialog.gone, timeout=20_000)


def test_hostile_names_stay_text(opened: Open, tmp_path: Path) -> None:
    """Markup, right to left, 10,000 letters: shown as typed, cut where there is no room."""
    bad = "<img src=x onerror=alert(1)>"
    dialog = opened(file_of(tmp_path, f"1,{bad},1", f"2,{chr(0x202E)}abc,2", f"3,{'x' * 10_000},3",
                            header=f"Account ID,Account name,{bad}", name="a<b>c.csv"))  # fmt: skip
    assert texts(dialog, LEAD + 1)[0] == bad
    assert len(texts(dialog, LEAD + 1)[2]) == 1_000
    for label in dialog.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()
    assert not dialog.grab().isNull()


def test_a_long_file_is_fetched_by_pages(
    qtbot: QtBot, opened: Open, ready: Callable[[ImportDialog], None], tmp_path: Path
) -> None:
    """Only what is looked at is fetched."""
    lines = [f"L{n},Long {n:05d}" for n in range(20 * PAGE)]
    dialog = opened(file_of(tmp_path, *lines, header="Account ID,Account name"))
    last = dialog.model.rowCount() - 1
    assert last == 20 * PAGE - 1
    assert dialog.model.index(last, 0).data(PREVIEW) is None
    dialog.rows.choose(last)
    qtbot.waitUntil(lambda: dialog.model.index(last, 0).data(PREVIEW) is not None, timeout=20_000)
    assert dialog.model.index(last, LEAD + 1).data() == f"Long {last:05d}"


def test_the_model_behaves(opened: Open, tmp_path: Path, qtmodeltester: ModelTester) -> None:
    """Qt's own checks, filled and empty."""
    empty = ImportModel()
    qtmodeltester.check(empty)
    qtmodeltester.check(opened(file_of(tmp_path, *GOOD)).model)


def test_a_row_is_found_without_looking_through_a_million() -> None:
    """The rows ascend: doing it held the window up for a tenth of a second whenever a plan came."""
    looked: list[int] = []

    class Rows(list[int]):
        def __getitem__(self, place: int) -> int:  # type: ignore[override]
            looked.append(place)
            return super().__getitem__(place)

        def __iter__(self) -> Iterator[int]:
            pytest.fail("they are looked through")

    model = ImportModel()
    model.show_table(None, Rows(range(2, 200_002, 2)))
    assert [model.place_of(number) for number in (2, 200_000, 0, 3, 200_001)] == [0, 99_999, -1, -1, -1]
    assert len(looked) < 150


def test_a_mended_cell_leads_to_the_next_problem(
    qtbot: QtBot, opened: Open, ready: Callable[[ImportDialog], None], tmp_path: Path
) -> None:
    """Every cell that cannot be read is known; Enter, the value, Enter: and the keyboard is on the next of them."""
    bad = ("Z3,Zeta Three,12O000,2027-02-30,2", "Z4,Zeta Four,7,2027-03-31,many")
    dialog = opened(file_of(tmp_path, *GOOD, *bad))
    row = dialog.rows.chosen()
    assert row is not None
    assert (row.row, row.bad, row.faults) == (4, 2, (2, 3))
    dialog.rows.setFocus()
    for text, then in (("120000", (4, 3)), ("2027-02-28", (5, 4)), ("9", (5, 4))):
        qtbot.keyClick(dialog.rows, Qt.Key.Key_Return)
        editor = dialog.rows.viewport().findChild(LineEdit)
        assert editor is not None
        qtbot.keyClicks(editor, text)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        ready(dialog)
        row = dialog.rows.chosen()
        assert row is not None
        assert dialog.rows.hasFocus()
        if row.what == "left_out":
            assert (row.row, dialog.rows.currentIndex().column() - LEAD) == then
    assert texts(dialog, 1) == ["New"] * 4


def test_the_remedy_is_never_beyond_the_edge(opened: Open, tmp_path: Path) -> None:
    """What is wrong stands in sight, cut with an ellipsis where it must be; the line below has all of it."""
    dialog = opened(file_of(tmp_path, *GOOD, "Z3,Zeta Three,12O000,2027-03-31,2"))
    last = dialog.model.columnCount() - 1
    left = dialog.rows.header.sectionViewportPosition(last)
    assert left + dialog.rows.columnWidth(last) <= dialog.rows.viewport().width() + 1
    assert dialog.rows.columnWidth(last) >= 160


def test_five_exports_of_one_system_are_told_apart(qapp: object) -> None:
    """Their names begin alike and end differently."""
    one, other = (shortened(f"ravenstack_export_2026_11_{end}.csv", 150) for end in ("accounts", "tickets"))
    assert one != other
    assert one.endswith("ts.csv")
    assert shortened("list.csv", 150) == "list.csv"


def test_row_and_outcome_stay_in_sight_beside_a_bad_cell(opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    header = (
        "Account ID,Account name,Industry,Start date,Renewal date,ARR,Seats,Country,Phone,Website,Tags,Notes"
    )
    row = "Z1,Zeta One,Food,2025-13-01,2027-03-31,120,2,Japan,03-1111-2222,https://zeta.example,a,a long remark here"
    dialog = opened(file_of(tmp_path, row, row.replace("13", "12").replace("Z1", "Z2"), header=header))
    qtbot.waitUntil(lambda: dialog.rows.currentIndex().column() == LEAD + 3, timeout=5000)
    qtbot.wait(20)
    assert dialog.rows.horizontalScrollBar().maximum() > 0
    assert dialog.rows.header.sectionViewportPosition(0) == 0
    left = dialog.rows.header.sectionViewportPosition(LEAD + 3)
    assert left + dialog.rows.columnWidth(LEAD + 3) <= dialog.rows.viewport().width()


def test_row_and_outcome_stay_in_sight_however_far_the_bad_cell_is(
    opened: Open, ready: Callable[[ImportDialog], None], qtbot: QtBot, tmp_path: Path
) -> None:
    header = (
        "Account ID,Account name,Industry,Country,Phone,Website,Tags,Notes,ARR,Seats,Start date,Renewal date"
    )
    row = "Z1,Zeta One,Food,Japan,03-1111-2222,https://zeta.example,a,a long remark here,120,2,2025-12-01,2027-13-31"
    total = ",,Total,,,,,,120,,,"
    good = row.replace("27-13", "27-12")
    rows = (row, good.replace("Z1", "Z2"), row.replace("Z1", "Z3"), good.replace("Z1", "Z4"))
    dialog = opened(file_of(tmp_path, *rows, total, header=header))
    bad = LEAD + 11
    qtbot.waitUntil(lambda: dialog.rows.currentIndex().column() == bad, timeout=5000)
    qtbot.wait(20)
    assert dialog.rows.header.sectionViewportPosition(bad) > dialog.rows.viewport().width()
    assert dialog.rows.header.sectionViewportPosition(0) == 0
    assert dialog.side.totals.isVisible()
    assert dialog.side.totals.number.text() == "1"
    dialog.rows.setFocus()
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Return)
    editor = dialog.rows.viewport().findChild(LineEdit)
    assert editor is not None
    assert dialog.rows.viewport().rect().contains(editor.geometry().topLeft())
    qtbot.keyClicks(editor, "2027-12-31")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    ready(dialog)
    qtbot.wait(20)
    assert dialog.rows.header.sectionViewportPosition(bad) < dialog.rows.viewport().width()  # the next one


def test_a_column_of_contacts_asks_above_itself(
    opened: Open, ready: Callable[[ImportDialog], None], tmp_path: Path
) -> None:
    rows = [f"Z{n},会社{n},担当 {name},2027-03-31" for n, name in enumerate(("森", "林", "原", "東", "西"))]
    dialog = opened(file_of(tmp_path, *rows, header="顧客コード,会社名,担当者,契約終了日"))
    assert dialog.model.field_words(2) == "Customer’s contact?"
    assert [dialog.model.is_asked(place) for place in range(4)] == [False, False, True, False]
    assert "names 5 different people" in dialog.side.notes.text()
    dialog.rows.header.ask(2)
    owner = next(one for one in dialog.menu.actions() if one.text() == "Owner")
    owner.trigger()
    dialog.menu.close()
    ready(dialog)
    assert dialog.model.field_words(2) == "Owner"
    assert not dialog.model.is_asked(2)
