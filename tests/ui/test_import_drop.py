"""Files dropped on the window: tables are imported, a portfolio is opened, the rest is refused by name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.drop import DropTarget, dropped, names
from cs_workbench.ui.main_window import MainWindow


def carrying(*paths: str) -> QMimeData:
    """A drag of files."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return data


@pytest.mark.parametrize(
    ("paths", "tables", "portfolio", "others"),
    [
        (("/a/x.csv", "/a/y.XLSX", "/a/z.ods"), 3, "", 0),
        (("/a/p.csw",), 0, "/a/p.csw", 0),
        (("/a/photo.jpg", "/a/x.tsv"), 1, "", 1),
        (("/a/folder",), 0, "", 1),
        (("/a/p.csw", "/a/q.csw"), 0, "/a/p.csw", 1),
    ],
)
def test_what_a_drag_carries(paths: tuple[str, ...], tables: int, portfolio: str, others: int) -> None:
    """By what can be done with each."""
    found = dropped(carrying(*paths))
    assert (len(found.tables), found.portfolio, len(found.others)) == (tables, portfolio, others)


def test_addresses_elsewhere_are_no_files() -> None:
    """A picture dragged out of a browser is nothing to import."""
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.csv")])
    assert dropped(data).tables == ()


def test_many_names_are_counted() -> None:
    """The first three by name."""
    assert names([f"/a/{n}.csv" for n in range(5)]) == "0.csv, 1.csv, 2.csv and 2 more"


def send(window: MainWindow, data: QMimeData) -> tuple[QDragEnterEvent, QDropEvent]:
    """A drag onto the window, let go."""
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPointF(300, 300), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    drop = QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, data, buttons, keys)
    return enter, drop


def test_tables_are_imported(window: MainWindow) -> None:
    """The overlay names them while they hang over the window and goes when they are let go."""
    taken: list[list[str]] = []
    target = DropTarget(window, import_paths=taken.append)
    data = carrying("/a/one.csv", "/a/two.xlsx")
    enter, drop = send(window, data)
    assert enter.isAccepted()
    assert target.overlay.isVisible()
    assert target.overlay.second.text() == "one.csv, two.xlsx"
    QApplication.sendEvent(window, drop)
    assert not target.overlay.isVisible()
    assert taken == [["/a/one.csv", "/a/two.xlsx"]]


def test_a_portfolio_is_opened(window: MainWindow) -> None:
    """As with Open."""
    opened: list[str] = []
    target = DropTarget(window, open_portfolio=opened.append)
    data = carrying("/a/p.csw")
    _enter, drop = send(window, data)
    assert target.overlay.first.text() == "Drop to open the portfolio"
    QApplication.sendEvent(window, drop)
    assert opened == ["/a/p.csw"]


def test_other_files_are_refused_by_name(window: MainWindow, desk: Desk) -> None:
    """With what can be dropped."""
    heard: list[Told] = []
    desk.told.connect(heard.append)
    taken: list[list[str]] = []
    target = DropTarget(window, import_paths=taken.append)
    data = carrying("/a/photo.jpg")
    send(window, data)
    assert target.overlay.first.text() == "This cannot be imported"
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not target.overlay.isVisible()
    _enter, drop = send(window, data)
    QApplication.sendEvent(window, drop)
    assert "photo.jpg" in heard[-1].text
    assert ".csw" in heard[-1].second
    assert taken == []
