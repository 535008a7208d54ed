"""Widgets: sizes, states, names, keys, and what they paint."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.focus import Ring
from cs_workbench.ui.gallery import Gallery
from cs_workbench.ui.widgets.badge import Badge, Band, badge_name, band_of, paint_badge, paint_shape
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.chip import Chip
from cs_workbench.ui.widgets.chips_edit import ChipsEdit
from cs_workbench.ui.widgets.date_field import DateField
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.fields import CheckBox, Choice, Field
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.notice import Notice
from cs_workbench.ui.widgets.progress import ProgressLine
from cs_workbench.ui.widgets.rows import paint_steps
from cs_workbench.ui.widgets.segmented import Segmented
from cs_workbench.ui.widgets.skeleton import Skeleton
from cs_workbench.ui.widgets.sparkline import spark_points
from cs_workbench.ui.widgets.split import DetailSplit, Pane
from cs_workbench.ui.widgets.tabs import TabBar, TabEntry
from cs_workbench.ui.widgets.threshold import paint_threshold

Show = Callable[[QWidget], QWidget]
TODAY = dt.date(2026, 11, 24)


def painted(paint: Callable[[QPainter], object], width: int = 120, height: int = 40) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def inks(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("scale", themes.SCALES)
@pytest.mark.parametrize("kind", ["filled", "plain", "quiet", "danger", "text"])
def test_a_button_has_room_for_its_words(
    scale: float, kind: str, wardrobe: themes.Wardrobe, shown: Show
) -> None:
    wardrobe.resize(scale)
    button = Button("資料を作る Prepare", kind, icon="presentation", keys="Ctrl P")  # type: ignore[arg-type]
    shown(button)
    words = themes.current().font("strong" if kind == "filled" else "body")
    from PySide6.QtGui import QFontMetrics

    assert button.width() >= QFontMetrics(words).horizontalAdvance(button.words()) + themes.current().px(24)
    assert button.height() >= max(themes.current().px(32), QFontMetrics(words).height())


def test_an_icon_button_is_square_and_named(shown: Show) -> None:
    button = Button(icon="ellipsis", name="More")
    shown(button)
    assert button.width() == button.height() == 32
    assert button.accessibleName() == "More"
    assert button.toolTip() == "More"


def test_an_ampersand_is_a_letter() -> None:
    button = Button("R&D")
    assert button.words() == "R&D"
    assert button.text() == "R&&D"


def test_a_busy_button_turns_until_told(shown: Show) -> None:
    button = Button("Save", "filled")
    shown(button)
    button.set_busy(True, "Saving")
    assert button.words() == "Saving"
    button.set_busy(False)
    assert button.words() == "Save", "its own label comes back"
    button.set_busy(True, "Saving")
    button.set_busy(True, "Still saving")
    button.set_busy(False)
    assert button.words() == "Save"
    button.set_busy(True, "Saving")
    button.setText("Sichern")
    button.set_busy(False)
    assert button.words() == "Sichern", "what was written meanwhile stays"
    button.set_busy(False, "Save")
    assert button._timer is None


@pytest.mark.parametrize("band", ["green", "yellow", "red", "none"])
def test_bands_differ_by_shape_not_by_colour_alone(band: Band, qapp: QApplication) -> None:
    black = painted(
        lambda painter: paint_shape(painter, band, QRectF(2, 2, 20, 20), colour="text.primary"), 24, 24
    )
    others = [one for one in ("green", "yellow", "red", "none") if one != band]
    for other in others:
        shape = painted(
            lambda p, o=other: paint_shape(p, o, QRectF(2, 2, 20, 20), colour="text.primary"), 24, 24
        )
        different = sum(
            black.pixelColor(x, y).lightness() // 128 != shape.pixelColor(x, y).lightness() // 128
            for x in range(24)
            for y in range(24)
        )
        assert different > 40


@pytest.mark.parametrize(
    ("band", "score", "override", "stale", "name"),
    [
        ("red", 61.4, True, False, "Health 61, red, your call"),
        ("green", 82.0, False, False, "Health 82, green"),
        ("yellow", 58.0, False, True, "Health 58, yellow, out of date"),
        ("none", None, False, False, "Health not measured, not measured"),
    ],
)
def test_a_badge_says_what_it_shows(
    band: Band, score: float | None, override: bool, stale: bool, name: str
) -> None:
    assert badge_name(band, score, override=override, stale=stale).startswith(
        name.removesuffix(", not measured")
    )


def test_a_badge_is_as_wide_as_told(shown: Show) -> None:
    badge = Badge("red", 61, override=True)
    shown(badge)
    box = QRectF()

    def paint(painter: QPainter) -> None:
        nonlocal box
        box = paint_badge(painter, 4, 20, "red", 61, override=True)

    image = painted(paint)
    assert box.width() == badge.sizeHint().width()
    assert themes.load("light").hex("health.red.soft").lower() in inks(image)
    assert [band_of(word) for word in ("red", "grey", None)] == ["red", "none", "none"]


def test_small_wobbles_stay_small(qapp: QApplication) -> None:
    rect = QRectF(0, 0, 64, 20)
    (flat,) = spark_points([50, 51, 50, 51], rect)
    (steep,) = spark_points([20, 40, 60, 80], rect)
    assert max(p.y() for p in flat) - min(p.y() for p in flat) == pytest.approx(20 / 20)
    assert max(p.y() for p in steep) - min(p.y() for p in steep) == pytest.approx(20)
    assert [len(run) for run in spark_points([1, None, 2, 3], rect)] == [1, 2]
    assert spark_points([None, None], rect) == []


@pytest.mark.parametrize(("value", "x"), [(0.0, 0), (0.5, 50), (1.0, 98), (9.0, 98), (-1.0, 0)])
def test_the_mark_of_a_threshold_lies_at_its_value(value: float, x: int, qapp: QApplication) -> None:
    image = painted(
        lambda painter: paint_threshold(painter, QRectF(0, 10, 100, 6), value, green=0.75, yellow=0.5, worst=0, best=1),
        100, 30,
    )  # fmt: skip
    ink = themes.load("light").hex("text.primary").lower()
    columns = [n for n in range(100) if image.pixelColor(n, 8).name() == ink]
    assert columns
    assert abs(columns[0] - x) <= 2


def test_steps_of_a_renewal_take_their_room(qapp: QApplication) -> None:
    painted(lambda painter: None)
    widths: list[float] = []
    painted(lambda p: widths.append(paint_steps(p, 0, 20, ["done", "late", "current", *["to_come"] * 5])))
    assert widths == [8 * 14 - 4]


@pytest.mark.parametrize("text", ["<b>x</b>", "<img src='file:///etc/passwd'>", "a & b", "&lt;"])
def test_labels_show_text_as_typed(text: str, shown: Show) -> None:
    label = Label(text)
    shown(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == text


def test_a_label_that_is_cut_shows_all_in_its_tool_tip(shown: Show) -> None:
    label = Label("アオバ精密工業株式会社", elide=True)
    shown(label)
    label.resize(400, 20)
    assert label.toolTip() == ""
    label.resize(60, 20)
    assert label.toolTip() == "アオバ精密工業株式会社"


def test_a_wrapped_label_is_as_high_as_its_lines(shown: Show) -> None:
    host = QWidget()
    column = QVBoxLayout(host)
    label = Label("Free 20 MB or choose another folder. " * 6, wrap=True)
    column.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    host.resize(300, 600)
    shown(host)
    assert label.height() >= label.heightForWidth(label.width())


def test_a_chip_is_removed_by_key_and_cross(shown: Show, qtbot: QtBot) -> None:
    chip = Chip("health < 60", "filter", removable=True)
    shown(chip)
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        with qtbot.waitSignal(chip.removed):
            qtbot.keyClick(chip, key)
    with qtbot.waitSignal(chip.removed):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 8, 10))
    with qtbot.assertNotEmitted(chip.removed), qtbot.waitSignal(chip.clicked):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(8, 10))


def test_the_chip_line_takes_words_and_gives_them_back(shown: Show, qtbot: QtBot) -> None:
    line = ChipsEdit(name="Filter", placeholder="health<60", icon="filter", keys="/")
    shown(line)
    line.entered.connect(lambda text: (line.add(text), line.field.clear()))
    qtbot.keyClicks(line.field, "health<60")
    qtbot.keyClick(line.field, Qt.Key.Key_Return)
    qtbot.keyClicks(line.field, "tier=A")
    qtbot.keyClick(line.field, Qt.Key.Key_Return)
    assert line.texts() == ["health<60", "tier=A"]
    with qtbot.waitSignal(line.changed) as changed:
        qtbot.keyClick(line.field, Qt.Key.Key_Backspace)
    assert changed.args == [["health<60"]]
    qtbot.keyClick(line.field, Qt.Key.Key_Return)
    assert line.texts() == ["health<60"]


def test_a_field_says_what_is_wrong_and_how_to_right_it(shown: Show, qtbot: QtBot) -> None:
    field = Field("2027/02/30", name="End")
    shown(field)
    assert not field.problem.isVisible()
    field.refuse("The date does not exist.", "Use 28 Feb", lambda: field.edit.setText("2027/02/28"))
    assert field.edit.property("error")
    assert field.edit.accessibleDescription() == "The date does not exist."
    qtbot.mouseClick(field.remedy, Qt.MouseButton.LeftButton)
    assert field.edit.text() == "2027/02/28"
    assert not field.edit.property("error")


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2026-12-31", dt.date(2026, 12, 31)), ("2026/12/31", dt.date(2026, 12, 31)), ("+3", dt.date(2026, 11, 27)),
     ("-1", dt.date(2026, 11, 23)), ("", None), ("12/1", dt.date(2026, 12, 1)), ("１１/２０", dt.date(2027, 11, 20)),
     ("24 Dec", dt.date(2026, 12, 24)), ("明日", dt.date(2026, 11, 25))],
)  # fmt: skip
def test_a_date_is_read_as_typed(typed: str, day: dt.date | None, shown: Show, qtbot: QtBot) -> None:
    field = DateField(name="End", today=TODAY, value=dt.date(2026, 1, 1))
    shown(field)
    field.edit.setText(typed)
    with qtbot.waitSignal(field.picked) as picked:
        qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert picked.args == [day]


def test_a_day_that_lies_behind_is_the_last_one(shown: Show, qtbot: QtBot) -> None:
    field = DateField(name="Agreed on", today=TODAY, toward="past")
    shown(field)
    field.edit.setText("11/20")
    with qtbot.waitSignal(field.picked) as picked:
        qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert picked.args == [dt.date(2026, 11, 20)]


def test_words_that_are_no_day_are_not_called_a_day_that_does_not_exist(shown: Show, qtbot: QtBot) -> None:
    field = DateField(name="End", today=TODAY)
    shown(field)
    field.edit.setText("soon")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.is_refused
    assert field.problem.text() == "“soon” is not a date."


def test_a_date_that_does_not_exist_is_refused_and_kept(shown: Show, qtbot: QtBot) -> None:
    field = DateField(name="End", today=TODAY, value=TODAY)
    shown(field)
    field.edit.setText("2027-02-30")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.edit.property("error")
    assert field.value == TODAY
    field.remedy.click()
    assert field.edit.text() == wording.date(TODAY)


def test_segments_move_by_arrows(shown: Show, qtbot: QtBot) -> None:
    choice = Segmented([("a", "System"), ("b", "Light"), ("c", "Dark")], name="Theme", taken="b")
    shown(choice)
    with qtbot.waitSignal(choice.chosen) as chosen:
        qtbot.keyClick(choice, Qt.Key.Key_Right)
    assert chosen.args == ["c"]
    qtbot.keyClick(choice, Qt.Key.Key_Right)
    assert choice.taken == "a"
    with qtbot.assertNotEmitted(choice.chosen):
        choice.set_taken("b")


def test_tabs_without_room_leave_their_icons_out_and_no_word_is_cut(qtbot: QtBot) -> None:
    words = ("Success map", "Onboarding plans", "Lifecycle")
    bar = TabBar(tuple(TabEntry(word, word, "map") for word in words), name="Tabs")
    host = QWidget()  # gives what room it has, as a narrow page does
    qtbot.addWidget(host)
    bar.setParent(host)
    host.show()
    bar.show()
    whole = sum(tab.wanted(icon=True) for tab in bar.tabs.values()) + 200
    bar.resize(whole, bar.height())
    assert all(tab.with_icon for tab in bar.tabs.values())
    bar.resize(whole - 215, bar.height())
    QApplication.processEvents()
    assert not any(tab.with_icon for tab in bar.tabs.values())
    assert all(tab.width() >= tab.sizeHint().width() for tab in bar.tabs.values())
    bar.resize(whole, bar.height())
    assert all(tab.with_icon for tab in bar.tabs.values())


def test_tabs_tell_and_count(shown: Show, qtbot: QtBot) -> None:
    bar = TabBar((TabEntry("a", "Overview", "heart-pulse"), TabEntry("b", "Use", "activity")), name="Tabs")
    shown(bar)
    assert bar.height() == 40
    with qtbot.waitSignal(bar.chosen) as chosen:
        qtbot.mouseClick(bar.tabs["b"], Qt.MouseButton.LeftButton)
    assert chosen.args == ["b"]
    bar.tabs["b"].set_number(1480)
    assert bar.tabs["b"].accessibleName() == "Use, 1,480"
    bar.retitle({"b": "利用"})
    assert bar.tabs["b"].accessibleName() == "利用, 1,480"


def test_a_check_box_takes_the_space_key(shown: Show, qtbot: QtBot) -> None:
    box = CheckBox("yes, by one year")
    shown(box)
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()
    box.grab()


def test_a_choice_is_wide_enough_for_its_longest_entry(shown: Show) -> None:
    choice = Choice(name="Notice")
    choice.addItems(["1 month before the end", "3 months before the end of the contract"])
    shown(choice)
    assert choice.sizeHint().width() > choice.fontMetrics().horizontalAdvance(choice.itemText(1)) + 30
    choice.grab()


def test_an_empty_state_offers_its_action(shown: Show, qtbot: QtBot) -> None:
    done: list[bool] = []
    empty = EmptyState("sun", "Nothing needs you.", "Look ahead", lambda: done.append(True))
    empty.resize(600, 400)
    shown(empty)
    qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert done == [True]
    assert empty.sentence.height() >= empty.sentence.heightForWidth(empty.sentence.width())


def test_a_notice_offers_ways_on(shown: Show, qtbot: QtBot) -> None:
    tried: list[str] = []
    host = QWidget()
    column = QVBoxLayout(host)
    notice = Notice()
    column.addWidget(notice)
    shown(host)
    assert not notice.isVisible()
    notice.say("Not saved", "Kept as a draft.", ("Try again", "rotate-ccw", lambda: tried.append("again")))
    assert notice.isVisible()
    qtbot.mouseClick(notice.buttons[0], Qt.MouseButton.LeftButton)
    assert tried == ["again"]
    assert notice.accessibleName() == "Not saved Kept as a draft."


def test_progress_counts_and_can_be_stopped(shown: Show, qtbot: QtBot) -> None:
    line = ProgressLine()
    shown(line)
    line.show_progress(131_400, 212_000, "rows")
    assert line.words.text() == "131,400 of 212,000 rows"
    line.show_progress(0, 0, "Inventing customers")
    assert line.words.text() == "Inventing customers", "not 0 of nobody knows how much"
    line.show_progress(7, 0)
    assert line.words.text() == "7"
    with qtbot.waitSignal(line.cancelled):
        line.cancel.click()


def test_a_skeleton_waits_before_it_shows(shown: Show, qtbot: QtBot) -> None:
    host = QWidget()
    skeleton = Skeleton(parent=host)
    shown(host)
    skeleton.begin()
    assert not skeleton.isVisible()
    skeleton.end()
    assert not skeleton._timer.isActive()
    skeleton.begin()
    qtbot.waitUntil(skeleton.isVisible, timeout=3_000)
    skeleton.end()


@pytest.mark.parametrize(("width", "beside"), [(1440, True), (1100, False)])
def test_the_pane_lies_beside_or_over(width: int, beside: bool, shown: Show, qtbot: QtBot) -> None:
    split = DetailSplit(QWidget(), Pane())
    split.resize(width, 600)
    shown(split)
    assert split.pane.isVisible() is beside
    split.open_pane()
    assert split.pane.isVisible()
    assert split.pane.width() == (360 if beside else 304)
    assert split.content.width() == (width - 360 if beside else width)
    if not beside:
        qtbot.keyClick(split.pane, Qt.Key.Key_Escape)
        assert not split.pane.isVisible()


def test_the_ring_follows_its_widget(shown: Show, qtbot: QtBot) -> None:
    host = QWidget()
    host.resize(300, 200)
    button = Button("Save", parent=host)
    button.move(50, 50)
    shown(host)
    ring = Ring(button)
    assert ring.geometry() == button.geometry().adjusted(-4, -4, 4, 4)
    button.move(100, 80)
    assert ring.geometry() == button.geometry().adjusted(-4, -4, 4, 4)
    button.hide()
    assert not ring.isVisible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_gallery_shows_every_widget_named(
    theme: themes.Choice, scale: float, wardrobe: themes.Wardrobe, shown: Show
) -> None:
    wardrobe.choose(theme)
    wardrobe.resize(scale)
    board = Gallery()
    shown(board)
    board.show_focus()
    image = board.grab().toImage()
    assert themes.load(theme).hex("bg.surface").lower() == image.pixelColor(2, 2).name()
    for widget in board.findChildren(QWidget):
        if isinstance(widget, QAbstractButton | QLineEdit | QComboBox) and not widget.objectName().startswith(
            "qt_"
        ):
            inner = isinstance(widget.parentWidget(), QLineEdit | QComboBox)
            assert inner or widget.accessibleName() or getattr(widget, "text", str)(), widget
    assert {label.textFormat() for label in board.findChildren(QLabel) if label.text()} == {
        Qt.TextFormat.PlainText
    }


@pytest.mark.parametrize(
    ("amount", "currency", "en", "ja"),
    [
        (Decimal(6_500_000), "JPY", "¥6.5M", "650万円"),
        (Decimal(12_000_000), "JPY", "¥12M", "1,200万円"),
        (Decimal(166_880_000), "JPY", "¥166.9M", "1.7億円"),
        (Decimal(950), "USD", "$950", "$950"),
        (Decimal(-1500), "EUR", "\u2212€1.5k", "\u2212€1.5k"),
        (Decimal(1500), "CHF", "CHF 1.5k", "CHF 1.5k"),
        (None, "JPY", "", ""),
    ],
)
def test_money_is_short(amount: Decimal | None, currency: str, en: str, ja: str) -> None:
    assert wording.money(amount, currency) == en
    i18n.set_language("ja")
    assert wording.money(amount, currency) == ja


@pytest.mark.parametrize(
    ("day", "left", "past"),
    [(dt.date(2026, 12, 31), "D\u221237", "today"), (TODAY, "today", "today"),
     (dt.date(2026, 11, 20), "D+4", "4 d ago"), (None, "", "")],
)  # fmt: skip
def test_days_are_counted(day: dt.date | None, left: str, past: str) -> None:
    assert wording.days_left(day, TODAY) == left
    assert wording.ago(day, TODAY) == past


def test_dates_read_as_people_write_them() -> None:
    assert wording.date(TODAY) == "24 Nov 2026"
    i18n.set_language("ja")
    assert wording.date(TODAY) == "2026/11/24"
