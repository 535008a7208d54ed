"""What customers typed is shown as typed on every page: no label and no tool tip reads it as markup."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, Qt
from PySide6.QtGui import QHelpEvent, QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.services import account_list
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.pages import PAGES
from cs_workbench.ui.pages.account.page import TABS
from cs_workbench.ui.rail import View
from cs_workbench.ui.widgets.badge import Badge
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.tips import plain

Settle = Callable[[Desk], None]
HOSTILE = '<img src="file:///etc/hostname"><b>x</b> & &lt;i&gt;'
_FIELDS = {
    "account": ("name", "owner"), "person": ("name", "title"), "task": ("title",), "ticket": ("subject",),
    "interaction": ("subject", "body"), "contract": ("name",), "survey": ("comment",), "list_item": ("label_en",),
    "success_plan": ("name",), "objective": ("title",), "product": ("name",),
}  # fmt: skip


def poison(path: str) -> None:
    """Put markup in front of every text a customer can have sent."""
    with sqlite3.connect(path) as connection:
        connection.execute("pragma trusted_schema = off")
        for table, fields in _FIELDS.items():
            there = {row[1] for row in connection.execute(f"pragma table_info({table})")}
            for field in there.intersection(fields):
                connection.execute(
                    f"update {table} set {field} = ? || {field} where {field} is not null", (HOSTILE,)
                )
    connection.close()


@pytest.fixture
def portfolio(portfolio: str) -> str:
    """The sample portfolio with hostile words everywhere."""
    poison(portfolio)
    return portfolio


def raw(text: str) -> bool:
    return "<img" in text


def faults(root: QWidget) -> list[str]:
    """Labels that could read markup, and tool tips that would."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        if raw(widget.toolTip()):
            found.append(f"tip of {type(widget).__name__}: {widget.toolTip()[:60]}")
        typed = isinstance(widget, QLabel) and raw(widget.text())
        if isinstance(widget, QLabel) and typed and widget.textFormat() != Qt.TextFormat.PlainText:
            found.append(f"label {type(widget).__name__}: {widget.text()[:60]}")
    return found


def cell_tips(view: QAbstractItemView) -> list[str]:
    """The tips of the first rows, as Qt is asked for them when the mouse rests."""
    found = []
    model = view.model()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for row in range(min(3, model.rowCount(QModelIndex()))):
        for column in range(columns):
            at = view.visualRect(model.index(row, column)).center()
            where = view.viewport().mapToGlobal(at)
            QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, where))
            if raw(QToolTip.text()):
                found.append(QToolTip.text()[:60])
            QToolTip.hideText()
    return found


@pytest.mark.parametrize("page", [one.id for one in PAGES])
def test_no_page_reads_markup(
    page: str, window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    rows = account_list.rows(desk.workbench.reads, desk.today().isoformat())
    tabs = list(TABS) if page == "account" else [""]
    assert raw(rows[0][account_list.NAME])
    for tab in tabs:
        window.go(page, **({"account_id": rows[0][account_list.ID], "tab": tab} if tab else {}))
        settle(desk)
        QApplication.processEvents()
        shown = window.page
        assert shown is not None
        assert faults(window) == []
        for view in shown.findChildren(QAbstractItemView):
            if view.isVisible():
                assert cell_tips(view) == []


def test_the_rail_says_names_of_views_as_typed(window: MainWindow) -> None:
    window.rail.set_portfolio(HOSTILE)
    window.rail.set_views([View("v", HOSTILE, 3)])
    window.rail.set_collapsed(True)
    for item in window.rail._view_items:
        item.set_collapsed(True)
    assert faults(window.rail) == []


@pytest.mark.parametrize("text", [HOSTILE, "<b>x</b>", "&lt;b&gt;", "a < b & c"])
def test_tips_are_what_was_typed(text: str, qtbot: QtBot) -> None:
    label, badge, button = Label("x"), Badge(), Button("x")
    for widget in (label, badge, button):
        qtbot.addWidget(widget)
        widget.setToolTip(text)
        assert widget.toolTip() == plain(text)
    document = QTextDocument()
    document.setHtml(plain(text))
    assert document.toPlainText() == text


@pytest.mark.parametrize("text", ["アオバ精密工業", "Health 61, red", "", "a\nb"])
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert plain(text) == text


def test_lines_stay_lines() -> None:
    assert plain("<a>\nb") == "<span>&lt;a&gt;<br>b</span>"


def test_a_cut_label_offers_its_text_as_typed(qtbot: QtBot) -> None:
    label = Label(HOSTILE * 20, elide=True)
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.toolTip() == plain(HOSTILE * 20)
    assert label.textFormat() == Qt.TextFormat.PlainText
