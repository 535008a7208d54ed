"""The pack dialog: choices by keyboard, pages that follow, files, what the scan stops, what goes wrong in place."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListView, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cs_workbench import i18n, paths
from cs_workbench.reports.worker import Worker
from cs_workbench.services import accounts, pack_archive
from cs_workbench.services.pack_proof import Proofs
from cs_workbench.services.portfolio_settings import set_settings
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui import session
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs import pack as pack_module
from cs_workbench.ui.dialogs.pack import PackDialog, open_pack
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.chip import Chip
from cs_workbench.ui.widgets.fields import CheckBox, Choice

Settle = Callable[[Desk], None]
Make = Callable[..., PackDialog]


@pytest.fixture(scope="session")
def worker() -> Iterator[Worker]:
    """One rendering process for all tests here: starting one takes longer than most of them."""
    with Worker() as made:
        yield made


@pytest.fixture
def shared(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dialogs use that process and leave it alive."""

    class Kept(Proofs):
        def __init__(self, wb: Workbench) -> None:
            super().__init__(wb, worker)

        def stop(self) -> None:
            self._closed = True

        def close(self) -> None:
            self.stop()

    monkeypatch.setattr(pack_module, "Proofs", Kept)


@pytest.fixture
def make(shared: None, opening: Make) -> Make:
    """``opening`` with the shared process."""
    return opening


@pytest.fixture
def opening(qtbot: QtBot, window: MainWindow, desk: Desk, settle: Settle, tmp_path: Path) -> Iterator[Make]:
    """Open the dialog with a folder of the test; closed afterwards."""
    opened: list[PackDialog] = []

    def make(*account_ids: int) -> PackDialog:
        dialog = open_pack(desk, window, account_ids=account_ids)
        opened.append(dialog)
        qtbot.waitExposed(dialog)
        settle(desk)
        dialog.choices.folder.setText(str(tmp_path / "out"))
        quiet(qtbot, dialog, desk, settle)
        return dialog

    yield make
    for dialog in opened:
        if isValid(dialog):
            dialog.done(0)
    settle(desk)


def quiet(qtbot: QtBot, dialog: PackDialog, desk: Desk, settle: Settle) -> None:
    """Wait until the choices settled and the pages came."""
    dialog.choices._settled.start(0)
    qtbot.waitUntil(lambda: not dialog.choices._settled.isActive())
    settle(desk)


def press(qtbot: QtBot, dialog: QWidget, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    widget = dialog.focusWidget() or dialog
    qtbot.keyClick(widget, key, held or Qt.KeyboardModifier.NoModifier)


def test_the_pages_are_the_documents_pages(make: Make) -> None:
    dialog = make(1)
    assert dialog.proof is not None
    assert len(dialog.preview.images) == len(dialog.proof.pages) >= 2
    assert dialog.preview.images[0] == QImage.fromData(dialog.proof.pages[0]).convertToFormat(
        QImage.Format.Format_RGB32
    )
    assert dialog.fact.text() == dialog.proof.name
    assert dialog.preview.number.text() == f"1 / {len(dialog.preview.images)}"


def test_it_begins_with_the_template_asked_for(
    desk: Desk, window: MainWindow, shared: None, settle: Settle
) -> None:
    dialog = open_pack(desk, window, account_id=1, template="success_plan")
    settle(desk)
    assert dialog.choices.template.currentData() == "success_plan"
    order = dialog.choices.order()
    assert order is not None
    assert order.template == "success_plan"
    dialog.done(0)
    settle(desk)


def test_the_scan_says_what_stays_in_the_house(make: Make) -> None:
    dialog = make(1)
    assert dialog.proof is not None
    assert "nothing internal found" in dialog.sheets.leaks.words.text()
    assert str(dialog.proof.held_back) in dialog.sheets.leaks.words.text()


def test_choices_change_the_pages_and_the_old_ones_stay_until_then(
    qtbot: QtBot, make: Make, desk: Desk, settle: Settle
) -> None:
    dialog = make(1)
    before = dialog.preview.images[0]
    dialog.preview.go(1)
    dialog.choices.language.choose("ja")
    assert dialog.preview.images[0] is before
    quiet(qtbot, dialog, desk, settle)
    assert dialog.preview.images[0] != before
    assert dialog.preview.page == 1  # the page read is kept
    assert dialog.proof is not None
    assert dialog.proof.files[0].startswith("更新資料")
    assert i18n.language() == "en"  # the window's own stays


def test_the_internal_edition_is_marked_as_not_to_be_sent(
    qtbot: QtBot, make: Make, desk: Desk, settle: Settle
) -> None:
    dialog = make(1)
    assert dialog.choices.internal.isHidden()
    dialog.choices.edition.choose("internal")
    quiet(qtbot, dialog, desk, settle)
    assert not dialog.choices.internal.isHidden()
    assert "not to be sent" in dialog.sheets.leaks.words.text()
    assert dialog.proof is not None
    assert "Internal" in dialog.proof.files[0]


def test_keys_make_files_and_an_archive_entry(
    qtbot: QtBot, make: Make, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    dialog = make(2)
    dialog.choices.formats["html"].setFocus()
    press(qtbot, dialog, Qt.Key.Key_Space)
    quiet(qtbot, dialog, desk, settle)
    press(qtbot, dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    files = sorted(os.listdir(tmp_path / "out"))
    assert [os.path.splitext(name)[1] for name in files] == [".html", ".pdf"]
    assert all(stat.S_IMODE(os.stat(tmp_path / "out" / name).st_mode) == 0o600 for name in files)
    (line,) = pack_archive.lines(desk.workbench.reads)
    assert (line.account_id, line.edition, len(line.paths)) == (2, "customer", 2)
    assert dialog.sheets.shows_outcome
    assert "2 files made" in dialog.sheets.outcome.sentence.text()
    assert pack_archive.documents_folder(desk.workbench.reads) == str(tmp_path / "out")


def test_results_open_and_show_their_folder(
    qtbot: QtBot, make: Make, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    dialog = make(2)
    opened: list[str] = []
    dialog.sheets.outcome._open = opened.append
    dialog.make()
    settle(desk)
    (row,) = dialog.sheets.outcome.rows
    assert [button.words() for button in row.buttons] == ["Open", "Show in folder", "Print"]
    row.buttons[0].click()
    row.buttons[1].click()
    assert opened == [row.path, str(tmp_path / "out")]


def test_what_is_replaced_is_said_before(qtbot: QtBot, make: Make, desk: Desk, settle: Settle) -> None:
    dialog = make(2)
    assert "Replaces" not in dialog.files.text()
    dialog.make()
    settle(desk)
    dialog.sheets.outcome.again.click()
    quiet(qtbot, dialog, desk, settle)
    assert "Replaces" in dialog.files.text()


def test_many_accounts_are_made_with_counts(make: Make, desk: Desk, settle: Settle, tmp_path: Path) -> None:
    ids = list(accounts.names(desk.workbench.reads))[:7]
    dialog = make(*ids)
    assert dialog.main is not None
    assert dialog.main.words() == "Make 7 packs"
    assert "and 2 more" in dialog.choices.accounts.more.text()
    told: list[tuple[int, int]] = []
    show = dialog.progress.show_progress
    dialog.progress.show_progress = lambda done, total, label="": (
        told.append((done, total)),
        show(done, total, label),
    )  # type: ignore[method-assign]
    dialog.make()
    assert not dialog.progress.isHidden()
    assert not dialog.choices.isEnabled()
    settle(desk)
    assert told[-1] == (7, 7)
    assert len(os.listdir(tmp_path / "out")) == 7
    assert dialog.progress.isHidden()
    assert dialog.choices.isEnabled()


def test_esc_stops_a_run_and_keeps_what_is_whole(
    qtbot: QtBot, make: Make, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    ids = list(accounts.names(desk.workbench.reads))[:12]
    dialog = make(*ids)
    dialog.make()
    dialog.reject()
    settle(desk)
    assert dialog.isVisible()
    assert dialog.made is not None
    assert dialog.made.stopped
    assert len(os.listdir(tmp_path / "out")) == len(dialog.made.results) < 12
    assert "Stopped" in dialog.sheets.outcome.second.text()
    dialog.reject()
    assert not dialog.isVisible()


def test_another_account_of_many_can_be_looked_at(
    qtbot: QtBot, make: Make, desk: Desk, settle: Settle
) -> None:
    dialog = make(1, 2)
    assert not dialog.choices.previewed.isHidden()
    dialog.choices.previewed.setCurrentIndex(1)
    quiet(qtbot, dialog, desk, settle)
    assert dialog.proof is not None
    assert dialog.proof.account_id == 2


def test_accounts_are_found_by_typing(qtbot: QtBot, make: Make, desk: Desk, settle: Settle) -> None:
    dialog = make()
    assert dialog.focusWidget() is dialog.choices.accounts.field
    assert dialog.main is not None
    assert not dialog.main.isEnabled()
    names = accounts.names(desk.workbench.reads)
    wanted = next(account for account, name in names.items() if name.isascii())
    qtbot.keyClicks(dialog.choices.accounts.field, names[wanted][:6].lower())
    qtbot.waitUntil(lambda: bool(dialog.choices.accounts._hits), timeout=10_000)
    press(qtbot, dialog, Qt.Key.Key_Return)
    quiet(qtbot, dialog, desk, settle)
    assert dialog.choices.accounts.ids == [wanted]
    assert dialog.proof is not None
    assert dialog.main.isEnabled()
    press(qtbot, dialog, Qt.Key.Key_Backspace)
    assert dialog.choices.accounts.ids == []


def test_a_name_that_is_nobodys_is_said(qtbot: QtBot, make: Make, desk: Desk, settle: Settle) -> None:
    dialog = make()
    qtbot.keyClicks(dialog.choices.accounts.field, "zzzzzz")
    qtbot.waitUntil(lambda: not dialog.choices.accounts.nothing.isHidden(), timeout=10_000)
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert dialog.choices.accounts.field.text() == ""
    assert dialog.isVisible()


def test_without_a_format_nothing_can_be_made(qtbot: QtBot, make: Make, desk: Desk, settle: Settle) -> None:
    dialog = make(1)
    for box in dialog.choices.formats.values():
        box.setChecked(False)
    quiet(qtbot, dialog, desk, settle)
    assert dialog.main is not None
    assert not dialog.main.isEnabled()
    assert dialog.main.toolTip() == "Choose a format first"


def test_a_leak_is_listed_and_stops_the_pack(
    qtbot: QtBot, make: Make, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    names = accounts.names(desk.workbench.reads)
    with desk.workbench.change("Spoil") as db:
        ticket = db.scalar("select account_id from ticket limit 1")
        other = next(name for account, name in names.items() if account != ticket and len(name) > 8)
        db.execute(
            "update interaction set subject = ?, body = ?, shareable = 1 where account_id = ?",
            (f"As at {other}", f"As at {other}", ticket),
        )
        db.execute("update ticket set subject = ? where account_id = ?", (f"As at {other}", ticket))
    dialog = make(ticket)
    assert dialog.proof is not None
    assert dialog.proof.leaks
    assert dialog.main is not None
    assert not dialog.main.isEnabled()
    assert "must not leave the house" in dialog.sheets.leaks.words.text()
    dialog.sheets.leaks.more.click()
    assert any(other in line.text() for line in dialog.sheets.leak_list.lines)
    many = make(ticket, next(account for account in names if account != ticket))
    many.make()
    settle(desk)
    assert len(os.listdir(tmp_path / "out")) == 1  # the other one is made
    assert any("was stopped" in notice.first.text() for notice in many.sheets.outcome.notices)


def test_a_template_error_is_told_with_file_and_line_and_shows_no_old_pages(
    qtbot: QtBot, make: Make, desk: Desk, settle: Settle
) -> None:
    own = Path(paths.user_templates_dir()) / "mine"
    shutil.copytree(Path(paths.templates_root()) / "renewal_briefing", own)
    (own / "briefing.en.md.j2").write_text("# Hello\n\n{{ facts.no_such_thing }}\n", encoding="utf-8")
    dialog = make(1)
    dialog.choices.template.setCurrentIndex(dialog.choices.template.findData("mine"))
    quiet(qtbot, dialog, desk, settle)
    assert not dialog.sheets.problem.isHidden()
    assert "briefing.en.md.j2:3" in dialog.sheets.problem.first.text()
    assert dialog.preview.images == [], "the pages of before belong to another choice"
    assert dialog.proof is None
    shutil.copy(Path(paths.templates_root()) / "renewal_briefing" / "briefing.en.md.j2", own)
    dialog.sheets.problem.buttons[0].click()
    settle(desk)
    assert dialog.sheets.problem.isHidden()


def test_a_template_without_a_manifest_says_so_where_it_is_chosen(
    qtbot: QtBot, make: Make, desk: Desk, settle: Settle
) -> None:
    own = Path(paths.user_templates_dir()) / "broken"
    own.mkdir(parents=True)
    (own / "manifest.toml").write_text("format = \n", encoding="utf-8")
    dialog = make(1)
    dialog.choices.template.setCurrentIndex(dialog.choices.template.findData("broken"))
    dialog.choices._on_template()
    assert "broken/manifest.toml" in dialog.choices.problem.second.text()
    assert dialog.choices.order() is None
    quiet(qtbot, dialog, desk, settle)
    assert dialog.main is not None
    assert not dialog.main.isEnabled()


def test_a_folder_that_cannot_be_used_is_told_in_place(
    qtbot: QtBot, make: Make, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    dialog = make(1)
    (tmp_path / "out").write_text("a file, not a folder")
    dialog.make()
    settle(desk)
    assert not dialog.sheets.problem.isHidden()
    assert str(tmp_path / "out") in dialog.sheets.problem.first.text()
    assert pack_archive.lines(desk.workbench.reads) == []
    dialog.choices.folder.setText(str(tmp_path / "other"))
    dialog.make()
    settle(desk)
    assert dialog.sheets.shows_outcome


def test_choices_are_remembered_but_the_edition_begins_with_the_customers(
    qtbot: QtBot, make: Make, desk: Desk, settle: Settle
) -> None:
    first = make(1)
    first.choices.language.choose("ja")
    first.choices.edition.choose("internal")
    first.choices.formats["md"].setChecked(True)
    quiet(qtbot, first, desk, settle)
    first.make()
    settle(desk)
    assert session.load()["pack_language"] == "ja"
    second = make(2)
    assert second.choices.language.taken == "ja"
    assert second.choices.wanted_formats() == ("pdf", "md")
    assert second.choices.edition.taken == "customer"


def test_the_settings_language_begins_and_the_last_choice_holds_while_the_portfolio_is_open(
    qtbot: QtBot, make: Make, desk: Desk, settle: Settle
) -> None:
    session.keep({"pack_language": "en"})
    set_settings(desk.workbench, {"language": "ja"}, name="Change document language")
    first = make(1)
    assert first.choices.language.taken == "ja"
    first.choices.language.choose("en")
    quiet(qtbot, first, desk, settle)
    first.make()
    settle(desk)
    assert make(2).choices.language.taken == "en"


def test_another_day_is_another_proof(qtbot: QtBot, make: Make, desk: Desk, settle: Settle) -> None:
    dialog = make(1)
    dialog.choices.as_of.edit.setText("2026-10-01")
    dialog.choices.as_of.edit.editingFinished.emit()
    quiet(qtbot, dialog, desk, settle)
    assert dialog.proof is not None
    assert "2026-10-01" in dialog.proof.files[0]


@pytest.mark.parametrize("name", ["<img src=x>", "\u202etxt.exe", "長" * 3000, "a & b"])
def test_names_are_text(make: Make, desk: Desk, name: str) -> None:
    with desk.workbench.change("Rename") as db:
        db.execute("update account set name = ? where id = 1", (name,))
    dialog = make(1)
    assert dialog.fact.text() == name
    assert dialog.fact.textFormat() == Qt.TextFormat.PlainText
    assert dialog.width() < 1400


_SPOKEN = (Button, CheckBox, Choice, Chip, QLineEdit, QListView, QScrollArea)


def test_everything_is_named(make: Make) -> None:
    dialog = make(1, 2)
    for widget in dialog.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, _SPOKEN):
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            focus = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            assert widget.accessibleName() or text or not focus, widget


def test_the_veil_goes_with_the_dialog_and_the_press_ends(
    opening: Make, window: MainWindow, desk: Desk, settle: Settle
) -> None:
    dialog = opening(1)
    scrim = dialog._scrim
    assert scrim is not None
    assert scrim.isVisible()
    assert dialog._proofs._worker.process_id is not None
    dialog.reject()
    settle(desk)
    assert dialog._proofs._worker.process_id is None
    assert not [child for child in window.ground.children() if child is scrim and scrim.isVisible()]


def test_templates_of_one_title_are_told_apart(make: Make) -> None:
    """A copy of a built-in template keeps its title; its folder's name says which is which."""
    own = Path(paths.user_templates_dir()) / "my_copy"
    shutil.copytree(Path(paths.templates_root()) / "renewal_briefing", own)
    shown = [dialog_text for dialog_text in _texts(make(1)) if dialog_text.startswith("Renewal briefing")]
    assert shown == sorted(set(shown)), "no two lines are the same"
    assert any(text.endswith("my_copy") for text in shown)


def _texts(dialog: PackDialog) -> list[str]:
    return [dialog.choices.template.itemText(n) for n in range(dialog.choices.template.count())]
