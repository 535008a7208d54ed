"""What the eye met first: rings after the mouse, key caps of grey buttons, icons in fields, toasts, a rail at rest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.focus import FocusRing
from cs_workbench.ui.palette_lines import lines, read
from cs_workbench.ui.rail import Rail
from cs_workbench.ui.style import BY_MOUSE, by_key
from cs_workbench.ui.toasts import Toasts
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import LineEdit
from cs_workbench.ui.widgets.segmented import Segmented
from cs_workbench.ui.widgets.tabs import SIDE, TabBar, TabEntry

ENTRIES = (TabEntry("a", "People", "users"), TabEntry("b", "Use", "activity"))


@pytest.fixture
def hand(qapp: QApplication) -> Iterator[None]:
    """Whatever a test pressed, the next one begins with the keyboard."""
    yield
    qapp.setProperty(BY_MOUSE, False)


def has(image: QImage, token: str) -> bool:
    """Whether a colour of the theme is in the picture."""
    wanted = themes.current().colour(token)
    return any(image.pixelColor(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_a_ring_follows_keys_and_not_the_mouse(qtbot: QtBot, qapp: QApplication, hand: None) -> None:
    ear = FocusRing(qapp)
    bar = TabBar(ENTRIES, name="Tabs")
    qtbot.addWidget(bar)
    bar.show()
    bar.tabs["a"].setFocus()
    where = QPointF(5, 5)
    mouse = QMouseEvent(
        QEvent.Type.MouseButtonPress, where, where, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
    window = bar.windowHandle()
    for event, wanted in ((mouse, False), (key, True)):
        ear.eventFilter(window, event)
        assert by_key() is wanted
        painted = bar.tabs["a"].grab().toImage()
        ringed = painted.pixelColor(1, painted.height() // 2) == themes.current().colour("line.focus")
        assert ringed is (wanted and bar.tabs["a"].hasFocus())
    ear.deleteLater()


def test_the_ring_of_a_tab_has_room_beside_its_content(qtbot: QtBot) -> None:
    bar = TabBar(ENTRIES, name="Tabs")
    qtbot.addWidget(bar)
    bar.show()
    tab = bar.tabs["b"]
    tab.setFocus()
    tab.set_number(6)
    tab.resize(tab.sizeHint())
    painted = tab.grab().toImage()
    ground = painted.pixelColor(4, 3)
    for x in (4, tab.width() - 5):  # between ring and content
        assert painted.pixelColor(x, tab.height() // 2) == ground
    assert SIDE >= 8


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_key_of_a_grey_button_is_grey(qtbot: QtBot, qapp: QApplication, theme: themes.Name) -> None:
    themes.wear(qapp, themes.load(theme))
    try:
        button = Button("Save", "filled", keys="Ctrl S")
        qtbot.addWidget(button)
        button.resize(button.sizeHint())
        button.setEnabled(False)
        assert has(button.grab().toImage(), "line.strong")
        assert themes.current().hex("text.on_accent") == themes.current().hex("bg.control") or not has(
            button.grab().toImage(), "text.on_accent"
        )
    finally:
        themes.wear(qapp, themes.load("light"))


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_icon_of_a_field_grows_with_its_text(qtbot: QtBot, qapp: QApplication, scale: float) -> None:
    themes.wear(qapp, themes.load("light", scale))
    try:
        field = LineEdit(name="Search", icon="search")
        qtbot.addWidget(field)
        field.resize(field.sizeHint())
        field.show()
        assert field.mark is not None
        assert field.mark.width() == 16 * scale
        assert field.mark.geometry().left() == 8 * scale
        assert abs(field.mark.geometry().center().y() - field.rect().center().y()) <= 1
        assert field.textMargins().left() == 22 * scale
        assert field.mark.accessibleName() == "Search"
    finally:
        themes.wear(qapp, themes.load("light"))


@pytest.mark.parametrize("foot", [0, 40])
def test_a_toast_stands_above_what_is_at_the_foot(qtbot: QtBot, foot: int) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1200, 800)
    host.show()
    toasts = Toasts(host, lambda: foot)
    toast = toasts.show(Told("Saved"))
    box = toast.geometry().adjusted(24, 24, -24, -24)
    assert host.height() - box.bottom() - 1 == 28 + 16 + foot
    toasts.clear()


def test_a_rail_without_a_portfolio_is_at_rest(qtbot: QtBot) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    went: list[str] = []
    rail.went.connect(went.append)
    rail.set_open(False)
    item = rail.items["accounts"]
    qtbot.mouseClick(item, Qt.MouseButton.LeftButton)
    assert went == []
    assert item.toolTip() == "Open or create a portfolio first."
    assert rail.log.toolTip() == "Open or create a portfolio first."
    assert rail.portfolio.isEnabled()
    rail.set_open(True)
    qtbot.mouseClick(item, Qt.MouseButton.LeftButton)
    assert went == ["accounts"]
    assert item.toolTip() == ""


def test_before_typing_stand_the_accounts_looked_at_last(desk: Desk) -> None:
    wb = desk.workbench
    with wb.evidence("seen") as db:
        for n in range(1, 8):
            db.execute(
                "insert into draft (key, body, updated_at) values (?, '', ?)",
                (f"seen:account:{n}", f"2026-11-{10 + n}T00:00:00Z"),
            )
    found = read(wb, "", desk.today())
    told = lines(found, desk.today(), lambda _verb: True, {"new_row"})
    assert [line.account_id for line in told if line.kind == "account"] == [7, 6, 5, 4, 3]
    doing = [line.verb for line in told if line.kind == "action"]
    assert doing == ["new_row", "log_contact", "prepare_pack", "import_files"]
    assert told[1].kind == "account"  # Enter opens the one looked at last


def test_the_segment_taken_is_filled(qtbot: QtBot) -> None:
    choice = Segmented((("ja", "Japanese"), ("en", "English")), name="Language", taken="en")
    qtbot.addWidget(choice)
    choice.show()
    taken, other = (choice._segments[key].grab().toImage() for key in ("en", "ja"))
    assert has(taken, "accent.base")
    assert not has(other, "accent.base")
    assert has(other, "line.control")
