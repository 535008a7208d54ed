"""Small looks that were wrong once: margins, legends, labels out of order, paths cut at the wrong end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.domain.runway import Known, runway
from cs_workbench.ui.pages.documents.pane import DocumentPane
from cs_workbench.ui.pages.renewals import steps
from cs_workbench.ui.pages.today import TodayPage
from cs_workbench.ui.widgets.article import WIDTH, Article
from cs_workbench.ui.widgets.path_edit import PathEdit
from cs_workbench.ui.widgets.runway import RunwayBar
from cs_workbench.ui.widgets.share_bars import Part, ShareBars

from .test_renewal_words import made

Show = Callable[[QWidget], QWidget]
TODAY = dt.date(2026, 11, 24)
LONG = "/data/with/a/very/long/name/of/a/folder/Documents/CS Workbench/Renewals 2026"


def test_a_long_path_shows_its_end_until_somebody_types(qtbot: QtBot, shown: Show) -> None:
    host = QWidget()
    edit = PathEdit(LONG, name="Folder", parent=host)
    edit.setFixedWidth(220)
    shown(host)
    assert edit.shown_text().startswith("…")
    assert edit.shown_text().endswith("Renewals 2026")
    assert edit.grab().height() > 0
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    assert edit.shown_text() == LONG
    qtbot.keyClick(edit, Qt.Key.Key_End)
    qtbot.keyClicks(edit, "x")
    assert edit.text() == LONG + "x"
    assert edit.toolTip().endswith("2026x")


@pytest.mark.parametrize("path", ["", "/tmp", "C:\\Users\\x"])
def test_a_short_path_stands_whole(shown: Show, path: str) -> None:
    host = QWidget()
    edit = PathEdit(path, name="Folder", parent=host)
    edit.setFixedWidth(220)
    shown(host)
    assert edit.shown_text() == path


@pytest.mark.parametrize(("width", "more"), [(400, False), (1200, True)])
def test_text_is_as_wide_as_it_may_be_and_the_bar_stands_at_the_edge(
    shown: Show, width: int, more: bool
) -> None:
    article = Article(name="Chapter")
    article.resize(width, 300)
    article.show_text("# A\n\n" + "words " * 2_000)
    shown(article)
    margin = article.document().rootFrame().frameFormat().rightMargin()
    assert (margin > 24) is more
    assert article.viewport().width() - margin - 24 <= WIDTH
    bar = article.verticalScrollBar()
    assert bar.mapTo(article, bar.rect().topRight()).x() >= article.width() - 2


def _parts(*words: str) -> list[Part]:
    bands = ("green", "yellow", "red", "none")
    return [Part(band, 1, said, said) for band, said in zip(bands, words, strict=True)]  # type: ignore[arg-type]


def test_legends_of_both_bars_stand_alike(shown: Show) -> None:
    bars = ShareBars()
    short = _parts("Green 1", "Yellow 2", "Red 3", "None 0")
    long = _parts("Green 1,234,567,890", "Yellow 2", "Red 3", "None 0")
    for pair in ([short, short], [short, long]):
        bars.show_bars(pair, "–")
        bars.resize(400, bars.sizeHint().height())
        shown(bars)
        lefts = [mark.box.left() for mark in bars.marks]
        equal = [n * 100 for n in range(4)]
        assert (lefts[:4] == pytest.approx(equal)) is (lefts[4:] == pytest.approx(equal))


@pytest.mark.parametrize("width", [256, 300, 408, 900])
@pytest.mark.parametrize("left", [0, 1, 3, 9, 20, 60])
def test_words_of_the_runway_stand_in_the_order_of_their_days(
    shown: Show, monkeypatch: pytest.MonkeyPatch, width: int, left: int
) -> None:
    bar = RunwayBar()
    bar.show_way(runway(TODAY + dt.timedelta(days=left), TODAY, Known()), TODAY)
    bar.resize(width, bar.sizeHint().height())
    found: list[list[tuple[dt.date, float]]] = []
    free, words = RunwayBar._free, RunwayBar._words

    def place(
        self: RunwayBar, day: dt.date, wide: float, taken: list[tuple[dt.date, float, float]]
    ) -> float | None:
        at = free(self, day, wide, taken)
        if at is not None:
            found[-1].append((day, at))
        return at

    def line(self: RunwayBar, painter: QPainter, labels: list[tuple[dt.date, str, str]], top: float) -> None:
        found.append([])
        words(self, painter, labels, top)

    monkeypatch.setattr(RunwayBar, "_free", place)
    monkeypatch.setattr(RunwayBar, "_words", line)
    shown(bar)
    bar.grab()
    assert found
    for labels in found:
        for (_one, before), (_other, after) in pairwise(sorted(labels, key=lambda label: label[0])):
            assert before <= after or _one == _other


def test_on_the_last_day_the_deadline_is_said_and_not_today() -> None:
    bar, way = RunwayBar(), runway(TODAY, TODAY, Known())
    bar.show_way(way, TODAY)
    assert [name for _day, name, _words in bar._above(way)] == ["Notice"]


def test_squeezed_steps_say_how_close_the_meeting_is() -> None:
    way = runway(TODAY + dt.timedelta(days=30), TODAY, Known())
    one = made(way=replace(way, squeezed=True))
    ahead = [step for step in one.way.steps if step.state == "to_come" and step.number in (5, 8)]
    assert ahead
    for step in ahead:
        left = (way.meeting - step.due).days
        said = (
            "on the day of the meeting"
            if left <= 0
            else f"{left} day" + "s" * (left > 1) + " before the meeting"
        )
        assert steps.told(step, one, None)[0] == said
        assert steps.told(step, made(way=replace(way, squeezed=False)), None)[0] == ""


def test_one_button_of_a_document_leads_and_all_are_as_wide(shown: Show) -> None:
    pane = DocumentPane()
    pane.retranslate()
    for button in pane.buttons.values():
        button.show()
    pane.resize(360, 600)
    shown(pane)
    assert [verb for verb, button in pane.buttons.items() if button.kind == "filled"] == ["open"]
    assert len({button.width() for button in pane.buttons.values()}) == 1


def test_today_follows_a_call_and_its_undo() -> None:
    assert "health_call" in TodayPage.cares_about
