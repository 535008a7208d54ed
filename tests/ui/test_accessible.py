"""Every place of the window for people who listen, use the keyboard alone, or need letters twice as large.

The sample portfolio is walked once a language and size: every page, every tab of an account, every section of the
settings, every dialog. What is wrong is collected by place, so that one run tells all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs import DIALOGS
from cs_workbench.ui.dialogs.quick_log import QuickLog
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.pages import PAGES
from cs_workbench.ui.pages.account.page import TABS
from cs_workbench.ui.pages.settings.contents import SECTIONS
from cs_workbench.ui.rail_items import RailItem
from cs_workbench.ui.widgets.overlay import Overlay

Settle = Callable[[Desk], None]
Look = Callable[[QWidget], list[str]]
ROLE = QAccessible.Role
OF_THE_PLATFORM = {"portfolio_open", "portfolio_save_as", "portfolio_duplicate"}
"""Dialogs that are the platform's own file picker."""
INTERACTIVE = {
    ROLE.Button, ROLE.ButtonMenu, ROLE.ButtonDropDown, ROLE.CheckBox, ROLE.RadioButton, ROLE.ComboBox,
    ROLE.EditableText, ROLE.SpinBox, ROLE.Slider, ROLE.List, ROLE.Table, ROLE.Tree, ROLE.PageTab,
    ROLE.PageTabList, ROLE.Link, ROLE.MenuItem, ROLE.Dialog, ROLE.Window,
}  # fmt: skip
ENTRIES = {ROLE.ListItem, ROLE.TreeItem, ROLE.ColumnHeader}
"""What a list or table is made of and must be heard; a cell may be empty, a line or a heading may not."""
FILLER = "RateTable>FactTable"
"""Its last column has nothing in it: it only takes the width that is left."""
MANY = 60
"""So many children of one list or table stand for all of them."""
STEPS_BACK = {
    ("dialog", "log_contact"): 1,  # Tab goes round inside: from the last stop to the field
}
"""Steps against the order of reading that are meant, or not worse than their opposite; no place may have more."""
MOST_STOPS = 150
"""No place has more stops than this; one that turns in a circle ends here."""
Place = tuple[str, str]
PLACES: tuple[Place, ...] = (
    *(("page", page.id) for page in PAGES if page.id != "account"),
    *(("tab", key) for key in TABS),
    *(("section", section.id) for section in SECTIONS),
    *(("dialog", verb) for verb in DIALOGS if verb not in OF_THE_PLATFORM),
)


def arrive(window: MainWindow, place: Place) -> QWidget:
    """Go there; what is to be looked at: the window, or the dialog over it."""
    kind, name = place
    if kind == "page":
        window.go(name)
    elif kind == "tab":
        window.go("account", account_id=1, tab=name)
    elif kind == "section":
        window.go("settings", section=name)
    else:
        window.go("accounts")
        window.open_dialog(name)
    return window


def on_top(window: MainWindow) -> QWidget:
    """The dialog over the window, or the window."""
    tops: list[QWidget] = [one for one in window.ground.findChildren(Overlay) if one.isVisible()]
    tops += [
        one for one in QApplication.topLevelWidgets() if one.isVisible() and one.parentWidget() is window
    ]
    return tops[0] if tops else window


def look_round(
    window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle, look: Look
) -> dict[Place, list[str]]:
    """What *look* finds at each place that has something to tell."""
    found = {}
    for place in PLACES:
        arrive(window, place)
        settle(desk)
        qtbot.wait(20)  # what a page puts off until it was laid out
        settle(desk)
        top = on_top(window)
        assert (place[0] == "dialog") == (top is not window or window.findChild(QuickLog) is not None)
        if told := look(top):
            found[place] = told
        leave(window, top, desk, settle, qtbot)
    return found


def leave(window: MainWindow, top: QWidget, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    """Close the dialog of a place."""
    quick = window.findChild(QuickLog)
    if quick is not None and quick.isVisible():
        quick.leave()
        settle(desk)
    if quick is not None:
        quick.scrim.deleteLater()
        quick.deleteLater()
        qtbot.waitUntil(lambda: window.findChild(QuickLog) is None)
    if top is not window:
        top.close()
        settle(desk)
        qtbot.waitUntil(lambda: on_top(window) is window)


# -- listening


def heard(one: QAccessibleInterface, path: str = "") -> Iterator[tuple[QAccessibleInterface, str]]:
    """Everything a screen reader can reach from *one*, with where it stands."""
    if not one.isValid() or one.state().invisible:
        return
    yield one, path
    thing = one.object()
    here = f"{path}>{type(thing).__name__ if thing is not None else one.role().name}"
    for number in range(min(one.childCount(), MANY)):
        child = one.child(number)
        if child is not None:
            yield from heard(child, here)


def nameless(root: QWidget) -> list[str]:
    """Controls, lines and headings without a word."""
    start = QAccessible.queryAccessibleInterface(root)
    return [
        f"{one.role().name} in {path}"
        for one, path in heard(start)
        if one.role() in INTERACTIVE | ENTRIES
        and not one.text(QAccessible.Text.Name).strip()
        and not (one.role() == ROLE.ColumnHeader and path.endswith(FILLER))
    ]


def test_everything_that_can_be_used_has_a_name(
    window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    assert look_round(window, desk, qtbot, settle, nameless) == {}


def test_a_control_without_a_name_is_found(shown: Callable[[QWidget], QWidget]) -> None:
    box = QWidget()
    QLineEdit(box)
    shown(box)
    assert nameless(box) == ["EditableText in >QWidget"]


# -- the keyboard alone


def where(widget: QWidget, root: QWidget) -> QRect:
    """Where a widget lies in *root*."""
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())


def goes_back(before: QRect, after: QRect) -> bool:
    """Whether the eye has to go back: leftwards in a line, or upwards without a column further right."""
    shared = min(before.bottom(), after.bottom()) - max(before.top(), after.top())
    if 2 * shared > min(before.height(), after.height()):
        return after.right() < before.left()
    return after.bottom() <= before.top() and after.left() < before.right()


def backwards(root: QWidget) -> list[str]:
    """Steps of the Tab key against the order of reading, in what is shown (the rail stands for itself)."""
    page = root.navigation.page if isinstance(root, MainWindow) else None
    shown = root.findChild(QuickLog) or page or root
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    before = QApplication.focusWidget()
    found: list[str] = []
    seen: set[QWidget | None] = {before}
    while len(seen) < MOST_STOPS:
        (before or shown).focusNextChild()
        after = QApplication.focusWidget()
        if after is None or after in seen or not shown.isAncestorOf(after):
            break
        seen.add(after)
        if (
            before is not None
            and before is not shown
            and goes_back(where(before, shown), where(after, shown))
        ):
            found.append(f"{called(before)} → {called(after)}")
        before = after
    return found


def called(widget: QWidget) -> str:
    """A widget in words."""
    words = widget.accessibleName() or getattr(widget, "text", str)()
    return f"{type(widget).__name__} “{words}”"


def test_tab_follows_the_order_of_reading(
    window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    back = look_round(window, desk, qtbot, settle, backwards)
    assert {place: told for place, told in back.items() if len(told) > STEPS_BACK.get(place, 0)} == {}


@pytest.mark.parametrize(
    ("before", "after", "back"),
    [
        (QRect(0, 0, 80, 32), QRect(90, 0, 80, 32), False),
        (QRect(90, 0, 80, 32), QRect(0, 0, 80, 32), True),
        (QRect(90, 0, 80, 32), QRect(0, 40, 80, 32), False),
        (QRect(0, 40, 80, 32), QRect(0, 0, 80, 32), True),
        (QRect(0, 400, 80, 32), QRect(300, 0, 80, 32), False),  # the head of the next column
        (QRect(300, 0, 80, 900), QRect(0, 40, 80, 32), True),
    ],
)
def test_what_counts_as_going_back(before: QRect, after: QRect, back: bool) -> None:
    assert goes_back(before, after) == back


# -- letters twice as large


def cut(root: QWidget) -> list[str]:
    """Labels and buttons whose words find no room and are not made to end in …."""
    found = []
    for label in root.findChildren(QLabel):
        if (
            label.isVisible()
            and label.text()
            and label.pixmap().isNull()
            and not getattr(label, "_elide", False)
            and (told := lacks(label, root))
        ):
            found.append(f"{label.text()[:60]!r} {told}")
    for button in root.findChildren(QAbstractButton):
        inner = isinstance(button.parentWidget(), QLineEdit | RailItem)
        if button.isVisible() and not isinstance(button, RailItem) and not inner:
            need, room = button.sizeHint(), button.size()
            if button.text() and (room.width() < need.width() or room.height() < need.height()):
                found.append(f"{called(button)} has {room.toTuple()}, needs {need.toTuple()}")
    return found


def lacks(label: QLabel, root: QWidget) -> str:
    """What room a label lacks for its words, or ""."""
    room = label.contentsRect()
    if label.wordWrap():
        need = label.heightForWidth(label.width())
        if label.height() < need:
            return f"is {label.height()} high, needs {need}"
    else:
        need = max(label.fontMetrics().horizontalAdvance(line) for line in label.text().split("\n"))
        if room.width() < need:
            return f"is {room.width()} wide, needs {need}"
    return outside(label, root)


def outside(label: QLabel, root: QWidget) -> str:
    """By what a label is covered because it reaches beyond it; what scrolls may."""
    parent = label.parentWidget()
    while parent is not None and not isinstance(parent.parentWidget(), QAbstractScrollArea):
        if not parent.rect().contains(where(label, parent)):
            return f"reaches out of {type(parent).__name__}"
        parent = None if parent is root else parent.parentWidget()
    return ""


@pytest.fixture
def in_language(request: pytest.FixtureRequest) -> Iterator[str]:
    """The language of the test, English again afterwards."""
    i18n.set_language(request.param)
    yield request.param
    i18n.set_language("en")


@pytest.mark.parametrize("in_language", ["en", "ja"], indirect=True)
def test_no_words_are_cut_at_twice_the_size(
    in_language: str, wardrobe: themes.Wardrobe, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    wardrobe.resize(2.0)
    window = MainWindow()
    qtbot.addWidget(window)
    window.attach(desk)
    window.resize(2 * 1440, 2 * 900)
    window.show()
    qtbot.waitExposed(window)
    assert look_round(window, desk, qtbot, settle, cut) == {}


def test_a_label_without_room_is_found(shown: Callable[[QWidget], QWidget]) -> None:
    box = QWidget()
    box.resize(300, 100)
    label = QLabel("So many words", box)
    label.resize(20, 20)
    shown(box)
    assert len(cut(box)) == 1
    label.resize(200, 20)
    assert cut(box) == []
