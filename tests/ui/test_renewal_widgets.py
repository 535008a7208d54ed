"""The forecast strip and the runway: what they say, where their marks stand, at any width and in any language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.domain.forecast import Chance, forecast
from cs_workbench.domain.runway import Known, runway
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.forecast_strip import ForecastStrip
from cs_workbench.ui.widgets.question import AskPopover
from cs_workbench.ui.widgets.runway import RunwayBar, near_day

Show = Callable[[QWidget], QWidget]
NOTICE = dt.date(2026, 12, 31)
TODAY = dt.date(2026, 11, 24)
CHECK = [(12, 0.95), (8, 0.95), (6.5, 0.75), (5, 0.75), (4, 0.45), (3, 0.15)]


def strip_of(shown: Show, width: int = 700) -> ForecastStrip:
    strip = ForecastStrip()
    strip.show_forecast(forecast(Chance(Decimal(str(a)) * 1_000_000, p) for a, p in CHECK), "JPY")
    strip.resize(width, strip.sizeHint().height())
    shown(strip)
    return strip


def test_the_strip_says_all_its_figures(shown: Show) -> None:
    assert strip_of(shown).accessibleName() == (
        "Expected \u00a529.9M of \u00a538.5M; 10 % \u00a523.5M, 50 % \u00a531.5M, 90 % \u00a535.5M"
    )


def test_the_mark_stands_where_the_expected_value_lies(shown: Show) -> None:
    strip = strip_of(shown)
    image = strip.grab().toImage()
    accent = themes.current().colour("accent.base")
    middle = strip.height() // 2
    found = [x for x in range(image.width()) if near(image.pixelColor(x, middle), accent)]
    wanted = 29.9 / 38.5 * strip.width() * image.devicePixelRatio()
    assert any(abs(x - wanted) < 4 for x in found)


def near(left: QColor, right: QColor) -> bool:
    return (
        abs(left.red() - right.red()) + abs(left.green() - right.green()) + abs(left.blue() - right.blue())
        < 12
    )


@pytest.mark.parametrize("amounts", [[], [(0, 0.5)]])
def test_nothing_to_expect_takes_no_room(shown: Show, amounts: list[tuple[int, float]]) -> None:
    strip = strip_of(shown)
    strip.show_forecast(forecast(Chance(Decimal(a), p) for a, p in amounts), "JPY")
    assert strip.isHidden()
    strip.show_forecast(None, "JPY")
    assert (strip.isHidden(), strip.accessibleName()) == (True, "")


@pytest.mark.parametrize("width", [60, 200, 1400])
def test_any_width_paints(shown: Show, width: int) -> None:
    assert strip_of(shown, width).grab().width() > 0


@pytest.mark.parametrize(("language", "said"), [("en", "24 Nov"), ("ja", "11/24")])
def test_a_near_day_has_no_year(language: str, said: str) -> None:
    i18n.set_language(language)
    try:
        assert near_day(TODAY) == said
    finally:
        i18n.set_language("en")


def test_the_runway_says_its_dates(shown: Show) -> None:
    bar = RunwayBar()
    bar.show_way(runway(NOTICE, TODAY), TODAY)
    bar.resize(400, bar.sizeHint().height())
    shown(bar)
    assert bar.accessibleName().startswith("Pack by ")
    assert bar.accessibleName().endswith("approval from 11 Dec, notice by 31 Dec")
    bar.show_way(None, TODAY)
    assert bar.accessibleName() == ""
    bar.grab()


@pytest.mark.parametrize("width", [60, 256, 408, 900])
@pytest.mark.parametrize(
    ("deadline", "today"),
    [
        ("2026-12-31", "2026-11-24"), ("2026-12-31", "2026-12-31"), ("2026-12-31", "2026-12-30"),
        ("2027-01-02", "2026-12-30"), ("2027-11-30", "2026-11-24"), ("2026-12-01", "2026-11-24"),
    ],
)  # fmt: skip
def test_any_runway_paints_without_a_word_over_another(
    shown: Show, deadline: str, today: str, width: int
) -> None:
    bar, day = RunwayBar(), dt.date.fromisoformat(today)
    bar.show_way(runway(dt.date.fromisoformat(deadline), day, Known()), day)
    bar.resize(width, bar.sizeHint().height())
    shown(bar)
    assert bar.grab().height() > 0


def test_enter_in_a_field_answers_once(qtbot: QtBot, shown: Show) -> None:
    from cs_workbench.ui.widgets.fields import Field

    class Asked(AskPopover):
        answers = 0

        def answer(self) -> None:
            self.answers += 1

    window = QWidget()
    window.resize(600, 400)
    shown(window)
    question = Asked("Title", "Keep", "check", window)
    field = Field(name="Reason")
    question.fields.addWidget(field)
    question.ask(window.mapToGlobal(QPoint(590, 390)), window)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert question.answers == 1
    assert question.geometry().bottom() <= window.mapToGlobal(QPoint(0, 400)).y() + 40
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert not question.isVisible()


def test_an_arrow_stands_at_the_column_the_list_is_in_the_order_of(
    shown: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cs_workbench.ui import icons
    from cs_workbench.ui.pages.renewals.places import columns, places
    from cs_workbench.ui.pages.renewals.rows import SORTED, ListHead

    painted: list[str] = []
    pixmap = icons.pixmap
    monkeypatch.setattr(icons, "pixmap", lambda name, *how: (painted.append(name), pixmap(name, *how))[1])
    head = ListHead()
    head.take(columns([]))
    shown(head)
    head.resize(760, 32)
    painted.clear()
    picture = head.grab().toImage()
    assert painted == ["arrow-up"]
    room = places(QRectF(head.rect()), columns([]))[SORTED]
    ground = QColor(themes.current().colour("bg.sunken")).rgb()
    line = [picture.pixel(x, picture.height() // 2) for x in range(int(room.right()) - 13, int(room.right()))]
    assert any(one != ground for one in line), "inside its column"
