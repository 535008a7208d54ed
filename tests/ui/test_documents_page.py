"""The Documents page: all packs made, filtered, opened, printed again; missing files with a remedy."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.reports.worker import Worker
from cs_workbench.services import pack_archive
from cs_workbench.services.packs import Order, Press, make_packs
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs.print_pages import ReprintDialog
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.models import document_model as documents
from cs_workbench.ui.models.document_model import DocumentFilter
from cs_workbench.ui.pages.documents import DocumentsPage
from cs_workbench.ui.pages.documents import page as page_module

Settle = Callable[[Desk], None]
DAY = dt.date(2026, 11, 24)


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(tmp_path / "out")


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """One rendering process for all archives here."""
    with Worker() as started:
        yield started


@pytest.fixture
def made(desk: Desk, folder: str, worker: Worker) -> Desk:
    """Three documents in the archive: two for customers, one for the house; the newest made last."""
    for account, edition, language, day in (
        (1, "customer", "en", dt.date(2026, 9, 1)),
        (2, "internal", "en", DAY),
        (3, "customer", "ja", DAY),
    ):
        order = Order("renewal_briefing", edition, language, ("md",), day, folder)
        now = dt.datetime(day.year, day.month, day.day, 3, account, tzinfo=dt.UTC)
        assert list(Press(desk.workbench, order, now, None, worker).run([account]))
    return desk


@pytest.fixture
def page(made: Desk, make_page: Callable[..., DocumentsPage]) -> DocumentsPage:
    return make_page(DocumentsPage)


def rows(page: DocumentsPage) -> list[int]:
    return [row.account_id for row in page.model.rows]


def test_the_newest_comes_first_with_its_facts(page: DocumentsPage, qtbot: QtBot) -> None:
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert rows(page) == [3, 2, 1]
    first = {column.key: column.words(page.model.rows[0]) for column in page.model.columns}
    assert first["made"] == first["as_of"] == "24 Nov 2026"
    assert (first["edition"], first["language"], first["formats"]) == ("Customer", "日本語", "MD")
    assert (first["template"], first["files"]) == ("Renewal briefing", "in its folder")
    assert page.header.fact.text() == "3 of 3 documents"


def test_an_empty_archive_says_one_sentence_and_offers_one_action(
    make_page: Callable[..., DocumentsPage],
) -> None:
    page = make_page(DocumentsPage)
    assert page.empty.isVisible()
    assert page.empty.button.words() == "Prepare pack"
    assert page.first_focus() is page.empty.button
    assert page.printable() is None
    assert set(page.verbs()) == {"prepare_pack"}


def test_filters_by_name_edition_and_period(page: DocumentsPage) -> None:
    page.edition.setCurrentIndex(page.edition.findData("internal"))
    page.edition.activated.emit(2)
    assert rows(page) == [2]
    page.show_all()
    page.period.setCurrentIndex(page.period.findData("month"))
    page.period.activated.emit(1)
    assert rows(page) == [3, 2]
    page.show_all()
    page.words.setText(page.model.rows[2].account[:4])
    assert 1 in rows(page)
    page.words.setText("nobody of that name")
    assert page.nothing.isVisible()
    page.nothing.button.click()
    assert rows(page) == [3, 2, 1]


@pytest.mark.parametrize(
    ("wanted", "shows"),
    [
        (DocumentFilter(), True),
        (DocumentFilter(words="ＡＯＢＡ"), True),
        (DocumentFilter(words="briefing"), True),
        (DocumentFilter(words="other"), False),
        (DocumentFilter(edition="internal"), False),
        (DocumentFilter(period="month"), False),
        (DocumentFilter(period="quarter"), True),
        (DocumentFilter("aoba", "customer", "year"), True),
    ],
)
def test_what_a_filter_shows(wanted: DocumentFilter, shows: bool) -> None:
    at = dt.datetime(2026, 10, 1, 3, tzinfo=dt.UTC)
    line = pack_archive.ArchiveLine(
        1, 1, "Aoba", at, "renewal_briefing", "customer", "en", at.date(), ("Briefing.pdf",), (), ("pdf",)
    )
    assert wanted.shows(line, DAY) is shows
    assert documents.there(line) == "moved or deleted"


def test_the_pane_tells_the_chosen_one_and_marks_the_internal(page: DocumentsPage) -> None:
    page.table.choose(1)
    assert page.pane.edition.text() == "Internal · not to be sent"
    page.table.choose(0)
    assert page.pane.edition.text() == "For the customer"
    assert "24 Nov 2026" in page.pane.facts.text()
    assert page.pane.files.text() == page.model.rows[0].names[0]


def test_files_open_and_show_their_folder(
    page: DocumentsPage, folder: str, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(page_module, "open_path", opened.append)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    page.pane.buttons["folder"].click()
    assert opened == [page.model.rows[0].paths[0], folder]


def test_a_missing_file_says_so_with_a_remedy(
    page: DocumentsPage, desk: Desk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.unlink(page.model.rows[0].paths[0])
    page.look_again()
    settle(desk)
    assert not page.pane.missing.isHidden()
    assert "Print the same figures again" in page.pane.missing.second.text()
    assert not page.pane.buttons["open"].isEnabled()
    assert page.pane.buttons["again"].isEnabled()
    told: list[object] = []
    desk.told.connect(told.append)
    page.open_files()
    assert len(told) == 1


def test_rows_are_copied_for_a_spreadsheet(page: DocumentsPage) -> None:
    page.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 4
    assert lines[0].split("\t")[:2] == ["Made", "Account"]


def test_the_list_prints_as_shown(page: DocumentsPage) -> None:
    page.words.setText(page.model.rows[0].account)
    sheet = page.printable()
    assert sheet is not None
    assert len(sheet.rows) == len(page.model.rows) == 1
    assert len(sheet.rows[0]) == len(sheet.columns)
    assert sheet.source.endswith("as of 24 Nov 2026")


def test_a_new_pack_appears_by_itself(
    page: DocumentsPage, desk: Desk, settle: Settle, folder: str, qtbot: QtBot
) -> None:
    chosen = page.model.rows[0].id
    make_packs(desk.workbench, [4], formats=("md",), as_of=DAY, out_dir=folder, now=desk.now())
    qtbot.waitUntil(lambda: len(page.model.rows) == 4, timeout=10_000)
    settle(desk)
    current = page.chosen()
    assert current is not None
    assert current.id == chosen  # the keyboard stays on its document


def test_reading_takes_few_statements(made: Desk) -> None:
    asked: list[str] = []

    class Counting:
        def __getattr__(self, name: str) -> object:
            asked.append(name)
            return getattr(made.workbench.reads, name)

    pack_archive.lines(Counting())  # type: ignore[arg-type]
    assert len(asked) <= 2


def test_everything_is_said_in_japanese(page: DocumentsPage) -> None:
    i18n.set_language("ja")
    try:
        page.retranslate()
        assert page.header.title.text() == "文書"
        assert page.pane.buttons["again"].words() != "Print the same figures again"
    finally:
        i18n.set_language("en")


def test_the_right_arrow_goes_on_into_the_pane(page: DocumentsPage, qtbot: QtBot) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Right)
    assert page.pane.isVisible()
    assert page.pane.isAncestorOf(page.focusWidget() or page)


def test_the_menu_has_the_verbs_of_the_pane(page: DocumentsPage) -> None:
    menu = page.open_menu(QPoint(5, 5))
    texts = [entry.text() for entry in menu.actions() if entry.text()]
    assert texts == [*(button.words() for button in page.pane.buttons.values()), "Copy as table"]
    menu.close()


@pytest.fixture
def shown(made: Desk, window: MainWindow, settle: Settle) -> Iterator[MainWindow]:
    window.go("documents")
    settle(made)
    yield window
    for dialog in window.findChildren(ReprintDialog):
        dialog.close()
    settle(made)


def test_the_same_figures_print_again(shown: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    page = shown.page
    assert isinstance(page, DocumentsPage)
    line = page.chosen()
    assert line is not None
    before = Path(line.paths[0]).read_bytes()
    os.unlink(line.paths[0])
    with desk.workbench.change("Later") as db:
        db.execute("update contract set seats = 7")
    page.pane.buttons["again"].click()
    settle(desk)
    (dialog,) = shown.findChildren(ReprintDialog)
    assert dialog.preview.images
    assert "figures as of 2026-11-24" in dialog.told.text()
    dialog.save.click()
    settle(desk)
    assert Path(line.paths[0]).read_bytes() == before
    assert "Written again" in dialog.told.text()


def test_facts_of_another_version_are_told_in_place(shown: MainWindow, desk: Desk, settle: Settle) -> None:
    with desk.workbench.evidence("spoil") as db:
        db.execute("update pack_record set facts = '{}'")
    settle(desk)
    page = shown.page
    assert isinstance(page, DocumentsPage)
    page.print_again()
    settle(desk)
    (dialog,) = shown.findChildren(ReprintDialog)
    assert "another version" in dialog.problem.first.text()
    assert "today's figures" in dialog.problem.second.text()
    assert dialog.main is not None
    assert not dialog.main.isEnabled()


@pytest.mark.parametrize("name", ["<img src=x>", "\u202etxt.exe", "長" * 10_000])
def test_names_are_text(made: Desk, make_page: Callable[..., DocumentsPage], name: str) -> None:
    with made.workbench.change("Rename") as db:
        db.execute("update account set name = ? where id = 3", (name,))
    page = make_page(DocumentsPage)
    assert page.pane.title.text() == name
    assert page.pane.title.textFormat() == Qt.TextFormat.PlainText
    page.grab()
