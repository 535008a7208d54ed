"""The preview: pages, keys, zoom, the list of small ones, what a printer gets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QBuffer, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.ui.widgets.outward import chosen, paint_pages
from cs_workbench.ui.widgets.page_preview import PAGE, PageModel, PagePreview, decoded, pictures


def pages(count: int) -> list[QImage]:
    made = []
    for number in range(count):
        image = QImage(595, 842, QImage.Format.Format_RGB32)
        image.fill(QColor.fromHsv(number * 40 % 360, 80, 255))
        made.append(image)
    return made


@pytest.fixture
def preview(shown: Callable[[QWidget], QWidget]) -> PagePreview:
    made = PagePreview()
    made.resize(760, 700)
    shown(made)
    made.show_pages(pages(4))
    return made


def test_the_model_keeps_its_word(qapp: QApplication) -> None:
    model = PageModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.fill(pages(3), 2.0)
    assert model.rowCount() == 3
    assert model.index(1).data(PAGE).devicePixelRatio() == 2.0
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "Page 2 of 3"
    model.fill([], 1.0)
    assert model.rowCount() == 0
    tester.deleteLater()


def test_keys_turn_pages_and_stay_at_the_ends(qtbot: QtBot, preview: PagePreview) -> None:
    preview.set_zoom(0.5)  # the whole page fits
    for key, page in (("Down", 1), ("Down", 2), ("Up", 1), ("Up", 0), ("Up", 0)):
        qtbot.keyClick(preview.sheet, Qt.Key.Key_PageDown if key == "Down" else Qt.Key.Key_PageUp)
        assert preview.page == page
    preview.go(3)
    qtbot.keyClick(preview.sheet, Qt.Key.Key_PageDown)
    assert preview.page == 3
    assert preview.number.text() == "4 / 4"


def test_a_page_longer_than_the_view_is_read_to_its_end_first(qtbot: QtBot, preview: PagePreview) -> None:
    preview.set_zoom(2.0)
    bar = preview.sheet.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.keyClick(preview.sheet, Qt.Key.Key_PageDown)
    assert preview.page == 0
    assert bar.value() > 0
    bar.setValue(bar.maximum())
    qtbot.keyClick(preview.sheet, Qt.Key.Key_PageDown)
    assert (preview.page, bar.value()) == (1, 0)


def test_buttons_follow_the_page(preview: PagePreview) -> None:
    assert not preview.before.isEnabled()
    preview.after.click()
    assert preview.before.isEnabled()
    preview.go(3)
    assert not preview.after.isEnabled()


def test_zoom_steps_and_fits(qtbot: QtBot, preview: PagePreview) -> None:
    fitted = preview.canvas.width()
    preview.set_zoom(1.0)
    assert preview.fit.words() == "100%"
    assert preview.canvas.width() == 794 + 2
    qtbot.keyClick(preview.sheet, Qt.Key.Key_Plus)
    assert preview.fit.words() == "125%"
    qtbot.keyClick(preview.sheet, Qt.Key.Key_Minus)
    qtbot.keyClick(preview.sheet, Qt.Key.Key_Minus)
    assert preview.fit.words() == "75%"
    for _turn in range(9):
        preview.smaller.click()
    assert preview.fit.words() == "50%"
    preview.fit.click()
    assert preview.canvas.width() == fitted


def test_a_fitted_page_follows_the_width(preview: PagePreview) -> None:
    before = preview.canvas.width()
    preview.resize(600, 600)
    assert preview.canvas.width() < before


def test_small_pages_lead_to_the_page(preview: PagePreview) -> None:
    preview.thumbs.setCurrentIndex(preview.model.index(2))
    assert preview.page == 2


def test_other_pages_keep_the_place_and_fewer_bring_it_back(preview: PagePreview) -> None:
    preview.go(2)
    preview.show_pages(pages(5))
    assert preview.page == 2
    preview.show_pages(pages(1))
    assert (preview.page, preview.number.text()) == (0, "1 / 1")
    preview.show_pages([])
    assert preview.number.text() == "–"
    assert preview.canvas.width() == 0


def test_the_skeleton_comes_only_where_nothing_can_be_read(preview: PagePreview) -> None:
    preview.wait()
    assert not preview.skeleton._timer.isActive()
    preview.show_pages([])
    preview.wait()
    assert preview.skeleton._timer.isActive()
    preview.show_pages(pages(1))
    assert not preview.skeleton._timer.isActive()


def test_the_dots_are_those_of_the_file(qapp: QApplication) -> None:
    drawn = QImage(31, 7, QImage.Format.Format_RGB32)
    drawn.fill(QColor("#336699"))
    drawn.setPixelColor(30, 6, QColor("#fedcba"))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    drawn.save(buffer, "PNG")  # type: ignore[call-overload]
    (image,) = pictures(decoded([buffer.data().data()]))
    assert image == drawn


def test_what_is_no_picture_is_an_empty_page(qapp: QApplication) -> None:
    (image,) = pictures(decoded([b"no png"]))
    assert image.isNull()


def printer_to(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    return printer


def test_a_printer_gets_each_page_on_its_own_sheet(qapp: QApplication, tmp_path: Path) -> None:
    printer = printer_to(tmp_path / "out.pdf")
    assert paint_pages(printer, pages(3))
    read = PdfReader(tmp_path / "out.pdf")
    assert len(read.pages) == 3
    assert round(float(read.pages[0].mediabox.width)) == 595


def test_a_range_prints_only_that(qapp: QApplication, tmp_path: Path) -> None:
    printer = printer_to(tmp_path / "out.pdf")
    printer.setFromTo(2, 3)
    images = pages(4)
    assert chosen(images, printer) == images[1:3]
    printer.setFromTo(0, 0)
    assert chosen(images, printer) == images


def test_nothing_to_print_is_no_success(qapp: QApplication, tmp_path: Path) -> None:
    assert not paint_pages(printer_to(tmp_path / "out.pdf"), [])


def test_thumbs_are_as_high_as_designed(preview: PagePreview) -> None:
    hint = preview.thumbs.sizeHintForIndex(preview.model.index(0))
    assert hint == QSize(100, 118)
