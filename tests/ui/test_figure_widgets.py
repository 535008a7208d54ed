"""Painted figures: marks under mouse and keys, table twins, copies, the heat map, key figures that are never cut."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QImage, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.domain.portfolio import Cell
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.heat_model import ACCOUNT, HeatModel, HeatRow, printed
from cs_workbench.ui.widgets.figure_card import FigureCard
from cs_workbench.ui.widgets.figure_frame import Caption, FigureFrame, Twin, TwinRow
from cs_workbench.ui.widgets.figure_view import FigureView, Mark
from cs_workbench.ui.widgets.heat_map import HeatDelegate, HeatMap
from cs_workbench.ui.widgets.mover_rows import MoverRow, MoverRows
from cs_workbench.ui.widgets.share_bars import Part, ShareBars
from cs_workbench.ui.widgets.stack_bars import Piece, StackBars, StackColumn

Show = Callable[[QWidget], QWidget]
HOSTILE = ("<img src=x onerror=alert(1)>", "\u202eevil\u202c", "長" * 10_000, "=1+1", "a\tb\nc", "")
MONTHS = tuple((f"M{n}", f"Month {n}") for n in range(12))


def parts(*amounts: float) -> list[Part]:
    """The four bands with these amounts; what is nothing opens nothing."""
    bands = ("green", "yellow", "red", "none")
    return [
        Part(band, amount, f"{band} {amount:g}", f"{band} {amount:g} accounts", band if amount else None)  # type: ignore[arg-type]
        for band, amount in zip(bands, amounts, strict=True)
    ]


def column(label: str, *amounts: float) -> StackColumn:
    """A month of the first bands."""
    bands = ("green", "yellow", "red", "none")
    pieces = tuple(
        Piece(band, amount, f"{label} {band}", (label, band))  # type: ignore[arg-type]
        for band, amount in zip(bands, amounts, strict=False)
    )
    return StackColumn(label, f"{sum(amounts):g}", f"{label} all", label, pieces)


@pytest.fixture
def shares(shown: Show) -> ShareBars:
    """Two bars, 400 wide."""
    made = ShareBars()
    made.entitle("Health")
    made.show_bars([parts(2, 1, 1, 0), parts(10, 0, 30, 0)], "not measured")
    made.resize(400, made.sizeHint().height())
    shown(made)
    return made


@pytest.fixture
def stacks(shown: Show) -> StackBars:
    """Three months, the second one empty."""
    made = StackBars()
    made.entitle("Renewals")
    made.show_columns([column("Dec", 3, 2, 1), column("Jan"), column("Feb", 0, 4)], [("green", "Green")])
    made.resize(480, 260)
    shown(made)
    return made


def take_keys(qtbot: QtBot, view: QWidget) -> None:
    """Put the focus on a widget and wait until it is there."""
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)


def heard(view: FigureView | HeatMap | FigureFrame) -> list[object]:
    """What was opened."""
    opened: list[object] = []
    view.opened.connect(opened.append)
    return opened


def test_pieces_of_a_bar_are_as_wide_as_their_share(shares: ShareBars) -> None:
    green, yellow, red, none = shares.marks[:4]
    assert green.also.width() == pytest.approx(200, abs=2)
    assert yellow.also.width() == pytest.approx(red.also.width())
    assert none.also.width() == 0
    assert shares.marks[6].also.width() == pytest.approx(300, abs=2)


def test_words_of_a_bar_never_overlap(shares: ShareBars) -> None:
    long = [Part("green", 1, "Green 123,456,789万円", "g"), *parts(0, 1, 1, 1)[1:]]
    shares.show_bars([long], "–")
    for width in (240, 400, 1200):
        shares.resize(width, 60)
        boxes = [mark.box for mark in shares.marks]
        for one, other in itertools.pairwise(boxes):
            assert one.right() <= other.left() + 0.01
        assert boxes[-1].right() <= width


def test_a_click_opens_bar_and_words_alike(qtbot: QtBot, shares: ShareBars) -> None:
    opened = heard(shares)
    for box in (shares.marks[1].box, shares.marks[1].also):
        qtbot.mouseClick(shares, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    qtbot.mouseClick(shares, Qt.MouseButton.LeftButton, pos=shares.marks[3].box.center().toPoint())
    assert opened == ["yellow", "yellow"]


def test_arrows_walk_over_the_bars(qtbot: QtBot, shares: ShareBars) -> None:
    opened = heard(shares)
    take_keys(qtbot, shares)
    assert shares.current == 0
    names = []
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Up,
        Qt.Key.Key_Up,
    ):
        qtbot.keyClick(shares, key)
        names.append(shares.accessibleName())
    assert names[0] == "Health: yellow 1 accounts"
    assert names[2] == "Health: red 30 accounts"
    assert shares.current == 1
    qtbot.keyClick(shares, Qt.Key.Key_End)
    assert shares.current == len(shares.marks) - 1
    qtbot.keyClick(shares, Qt.Key.Key_Return)  # nothing is there to open
    qtbot.keyClick(shares, Qt.Key.Key_Home)
    qtbot.keyClick(shares, Qt.Key.Key_Return)
    assert opened == ["green"]


@pytest.mark.parametrize("key", [Qt.Key.Key_J, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Slash])
def test_other_keys_are_the_pages(shares: ShareBars, map_shown: HeatMap, key: Qt.Key) -> None:
    for view in (shares, map_shown):
        event = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        view.keyPressEvent(event)
        assert not event.isAccepted()


def test_columns_stand_on_zero_and_share_one_scale(stacks: StackBars) -> None:
    boxes = {mark.opens: mark.box for mark in stacks.marks}
    assert boxes[("Dec", "green")].bottom() == pytest.approx(boxes[("Feb", "yellow")].bottom(), abs=1.5)
    assert boxes[("Feb", "yellow")].height() == pytest.approx(4 / 3 * boxes[("Dec", "green")].height(), abs=2)
    assert boxes[("Dec", "red")].top() < boxes[("Dec", "yellow")].top() < boxes[("Dec", "green")].top()
    assert boxes["Dec"].bottom() <= boxes[("Dec", "red")].top() + 1
    assert ("Jan", "green") not in boxes


def test_arrows_walk_over_the_columns(qtbot: QtBot, stacks: StackBars) -> None:
    opened = heard(stacks)
    take_keys(qtbot, stacks)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Return,
                Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return):  # fmt: skip
        qtbot.keyClick(stacks, key)
    assert opened == [("Dec", "yellow"), "Jan", ("Feb", "yellow")]


def test_figures_are_as_large_as_any(stacks: StackBars) -> None:
    stacks.show_columns([column(str(n)) for n in range(12)], [])
    assert len(stacks.marks) == 12
    stacks.show_columns([], [])
    assert stacks.marks == []
    assert stacks.mark_at(QPointF(5, 5)) == -1


def test_the_keys_stay_inside_when_the_data_shrinks(qtbot: QtBot, stacks: StackBars) -> None:
    take_keys(qtbot, stacks)
    qtbot.keyClick(stacks, Qt.Key.Key_End)
    stacks.show_columns([column("Dec", 1)], [])
    assert stacks.current == len(stacks.marks) - 1
    qtbot.keyClick(stacks, Qt.Key.Key_Return)


def test_a_tool_tip_shows_what_was_typed(qtbot: QtBot, shares: ShareBars) -> None:
    from PySide6.QtWidgets import QToolTip

    shares.show_bars([[Part("green", 1, "x", "<b>bold</b>")]], "–")
    at = shares.marks[0].box.center().toPoint()
    QApplication.sendEvent(shares, QHelpEvent(QHelpEvent.Type.ToolTip, at, shares.mapToGlobal(at)))
    assert "&lt;b&gt;" in QToolTip.text()
    QToolTip.hideText()


def test_hovering_says_that_it_opens(qtbot: QtBot, shares: ShareBars) -> None:
    qtbot.mouseMove(shares, shares.marks[0].box.center().toPoint())
    assert shares.cursor().shape() == Qt.CursorShape.PointingHandCursor
    qtbot.mouseMove(shares, shares.marks[3].box.center().toPoint())
    assert shares.cursor().shape() == Qt.CursorShape.ArrowCursor


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_figure_can_be_painted(qapp: QApplication, wardrobe: object, shown: Show, theme: str) -> None:
    themes.wear(qapp, themes.load(theme, 2.0))  # type: ignore[arg-type]
    shares, stacks, movers = ShareBars(), StackBars(), MoverRows()
    shares.show_bars([parts(0, 0, 0, 0), parts(1, 1, 1, 1)], "not measured")
    stacks.show_columns([column("Dec", 3, 2, 1, 5)], [("green", "Green"), ("none", "Not measured")])
    movers.show_rows([MoverRow(True, "+3", name, name, "¥1M", name, 1) for name in HOSTILE], "–")
    for view in (shares, stacks, movers):
        view.resize(500, view.sizeHint().height())
        shown(view)
        view.hovered = 0
        view.setFocus()
        view.by_keyboard = True
        picture = view.grab().toImage()
        assert _colours(picture) > 4


def test_movers_open_their_account(qtbot: QtBot, shown: Show) -> None:
    view = MoverRows()
    view.show_rows(
        [MoverRow(False, "−3", "A", "why", "", "A fell", 7), MoverRow(True, "+3", "B", "", "", "B", 8)], "–"
    )
    view.resize(300, 200)
    shown(view)
    opened = heard(view)
    take_keys(qtbot, view)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == [7, 8]
    view.show_rows([], "Nobody moved")
    view.grab()
    assert view.marks == []


def test_marks_of_the_base_are_none(shown: Show, qtbot: QtBot) -> None:
    view = FigureView()
    shown(view)
    view.refill()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert (view.arrange(), view.current) == ([], -1)
    assert Mark(QRectF(0, 0, 5, 5), "x", None).holds(QPointF(2, 2))


def frame_of(shown: Show, rows: tuple[TwinRow, ...]) -> FigureFrame:
    """A frame around one bar, with a twin of these rows."""
    view = ShareBars()
    view.show_bars([parts(1, 1, 0, 0)], "–")
    made = FigureFrame(view)
    made.show_words(
        Caption("65% of ARR is green", "ARR by health, as of 24\u00a0Nov 2026"),
        lambda: Twin(("Account", "ARR"), rows),
    )
    made.resize(500, 360)
    shown(made)
    return made


def test_copied_data_carries_definition_and_plain_figures(shown: Show) -> None:
    rows = tuple(TwinRow((name, "¥1.5M"), (name, Decimal("1500000.0000"))) for name in HOSTILE[:5])
    frame = frame_of(
        shown, (*rows, TwinRow(("Nobody", "–"), ("Nobody", None)), TwinRow(("Low", "−9"), ("Low", -9.5)))
    )
    told: list[str] = []
    frame.copied.connect(told.append)
    frame.copy_data()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[:3] == ["65% of ARR is green", "ARR by health, as of 24 Nov 2026", "Account\tARR"]
    assert lines[3].endswith("\t1500000")
    assert lines[6] == "'=1+1\t1500000"
    assert lines[7] == "a b c\t1500000"
    assert lines[8:] == ["Nobody\t", "Low\t-9.5"]
    assert told == ["data"]


def test_the_twin_opens_what_the_figure_opens(qtbot: QtBot, shown: Show) -> None:
    frame = frame_of(shown, (TwinRow(("A", "1"), ("A", 1), "a"), TwinRow(("B", "0"), ("B", 0))))
    frame.activateWindow()
    opened = heard(frame)
    assert frame.twin.accessibleName() == "Show as table"
    frame.twin.click()
    assert frame.twin.accessibleName() == "Show as chart"
    assert frame.table.isVisible()
    assert not frame.view.isVisible()
    qtbot.keyClick(frame.table, Qt.Key.Key_Return)
    qtbot.keyClick(frame.table, Qt.Key.Key_Down)
    qtbot.keyClick(frame.table, Qt.Key.Key_Return)
    assert opened == ["a"]
    frame.twin.click()
    qtbot.waitUntil(frame.view.hasFocus)


def test_a_picture_shows_the_figure_without_its_buttons(shown: Show) -> None:
    frame = frame_of(shown, (TwinRow(("A", "1"), ("A", 1)),))
    frame.twin.click()
    frame.copy_picture()
    assert not QGuiApplication.clipboard().pixmap().isNull()
    assert frame.twin.isVisible()
    assert frame.copy.isVisible()
    assert not frame.twin.isChecked()


def test_the_copy_menu_offers_both(shown: Show) -> None:
    frame = frame_of(shown, ())
    menu = frame.open_copy_menu()
    assert [action.text() for action in menu.actions()] == ["Copy as picture", "Copy data"]
    menu.close()


def heat(*scores: float | None) -> tuple[Cell | None, ...]:
    """Twelve cells, the last ones of these scores."""
    bands = ["none" if one is None else "red" if one < 40 else "green" for one in scores]
    known = [Cell(score, band) for score, band in zip(scores, bands, strict=True)]
    return (*[None] * (12 - len(known)), *known)


def test_the_heat_model_keeps_the_rules(qtbot: QtBot) -> None:
    model = HeatModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.fill([HeatRow(7, "A", heat(38.6, None)), HeatRow(8, "B", heat(71.2))], MONTHS)
    assert (model.rowCount(), model.columnCount()) == (2, 13)
    assert model.index(0, 11).data() == "39"
    assert model.index(0, 12).data() == "–"
    assert model.index(1, 0).data() == "B"
    assert model.index(1, 5).data(ACCOUNT) == 8
    assert [model.said(0, place) for place in (9, 10, 11)] == [
        "A, Month 9: no score kept in this month",
        "A, Month 10: 39, red",
        "A, Month 11: not measured",
    ]
    model.fill([], MONTHS)
    assert tester.model() is model


def test_printed_scores() -> None:
    assert [printed(cell) for cell in (None, Cell(None, "none"), Cell(0.0, "red"), Cell(99.5, "green"))] == [
        "–",
        "–",
        "0",
        "100",
    ]


@pytest.fixture
def map_shown(shown: Show) -> HeatMap:
    """Two thousand accounts."""
    made = HeatMap()
    rows = [HeatRow(n, f"Account {n}", heat(float(n % 100), 38.0, 71.0)) for n in range(2_000)]
    made.heat.fill(rows, MONTHS)
    made.resize(620, 340)
    shown(made)
    return made


def test_all_months_fit_beside_the_names(map_shown: HeatMap) -> None:
    for width in (480, 620, 1100):
        map_shown.resize(width, 340)
        widths = [map_shown.columnWidth(n) for n in range(13)]
        assert sum(widths) <= map_shown.viewport().width()
        assert len(set(widths[1:])) == 1
        assert widths[0] >= 110


def test_arrows_and_enter_open_the_account(qtbot: QtBot, map_shown: HeatMap) -> None:
    opened = heard(map_shown)
    take_keys(qtbot, map_shown)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(map_shown, key)
    assert (map_shown.currentIndex().row(), map_shown.currentIndex().column()) == (2, 1)
    box = map_shown.visualRect(map_shown.heat.index(1, 12)).center()
    qtbot.mouseClick(map_shown.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert opened == [2, 1]


class Counted(HeatDelegate):
    """Counts the cells painted."""

    painted = 0

    def paint(self, *arguments: object) -> None:
        """One more."""
        self.painted += 1
        super().paint(*arguments)  # type: ignore[arg-type]


def test_only_what_is_seen_is_painted(map_shown: HeatMap) -> None:
    counted = Counted(map_shown)
    map_shown.setItemDelegate(counted)
    map_shown.grab()
    seen = counted.painted
    assert 0 < seen <= 2 * 13 * 16
    map_shown.verticalScrollBar().setValue(map_shown.verticalScrollBar().maximum())
    map_shown.grab()
    assert seen < counted.painted <= 4 * 13 * 16


def test_red_is_underlined(shown: Show) -> None:
    made = HeatMap()
    made.heat.fill([HeatRow(1, "A", heat(30.0)), HeatRow(2, "B", heat(70.0))], MONTHS)
    made.resize(620, 140)
    shown(made)
    picture = made.viewport().grab().toImage()
    red = themes.current().colour("health.red.text").rgb()
    box = made.visualRect(made.heat.index(0, 12))
    ratio = picture.devicePixelRatio()
    rows = [
        sum(picture.pixel(x, y) == red for x in range(int(box.left() * ratio), int(box.right() * ratio)))
        for y in range(int(box.top() * ratio), int(box.bottom() * ratio))
    ]
    assert max(rows) >= 10


@pytest.mark.parametrize("figure", ["99.3%", "1億3,516万円", "$1,234,567,890,123", "Not computed"])
@pytest.mark.parametrize("width", [170, 222, 400])
def test_a_figure_is_written_smaller_rather_than_cut(shown: Show, figure: str, width: int) -> None:
    card = FigureCard()
    card.say("ARR", figure, "definition", "note", refused=figure == "Not computed")
    card.resize(width, 150)
    shown(card)
    assert card.figure.fontMetrics().horizontalAdvance(figure) <= max(width - 32, 138)
    assert card.accessibleName() == f"ARR {figure}"
    assert card.accessibleDescription() == "definition note"


def test_a_card_is_pressed_by_keyboard(qtbot: QtBot, shown: Show) -> None:
    card = FigureCard()
    card.say("GRR", "93.0%", "(start − contraction − churn) ÷ start")
    shown(card)
    pressed: list[bool] = []
    card.clicked.connect(lambda: pressed.append(True))
    take_keys(qtbot, card)
    qtbot.keyClick(card, Qt.Key.Key_Space)
    assert len(pressed) == 1
    assert not card.note.isVisible()
    assert card.heightForWidth(120) >= card.heightForWidth(400)


def _colours(picture: QImage) -> int:
    step = max(picture.width() // 60, 1)
    return len(
        {picture.pixel(x, y) for x in range(0, picture.width(), step) for y in range(picture.height())}
    )


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_card_opens_by_key(qtbot: QtBot, key: Qt.Key) -> None:
    card = FigureCard()
    qtbot.addWidget(card)
    card.show()
    with qtbot.waitSignal(card.clicked, timeout=1_000):
        qtbot.keyClick(card, key)
