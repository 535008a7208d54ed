"""Parts of the account page on their own: what gives way in narrow windows, lines that wrap, words of records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.domain.mentions import Known
from cs_workbench.domain.quicklog import parse
from cs_workbench.services.account_page import Labels
from cs_workbench.services.account_tabs import Entry
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.models.timeline_model import BATCH, TimelineModel
from cs_workbench.ui.pages.account import timeline_words
from cs_workbench.ui.pages.account.tab_bar import AccountTabs
from cs_workbench.ui.pages.account.timeline_pane import Rhythm
from cs_workbench.ui.widgets.chip import Chip
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.flow import Flow
from cs_workbench.ui.widgets.glass_box import BoxRow, GlassBox
from cs_workbench.ui.widgets.note_chips import note_chips
from cs_workbench.ui.widgets.tabs import TabEntry
from cs_workbench.ui.widgets.timeline_row import Month, TimelineDelegate, TimelineRow
from cs_workbench.ui.widgets.tips import plain

Shown = Callable[[QWidget], QWidget]
LABELS = Labels({
    ("channel", "call"): ("Call", "電話", False), ("channel", "note"): ("Note", "メモ", False),
    ("stage", "renewal"): ("Renewal", "更新期", False), ("stage", "old"): ("Old", "旧", True),
    ("ticket_priority", "high"): ("High", "高", False),
})  # fmt: skip


def entry(**values: object) -> Entry:
    plain_ = {
        "kind": "call", "record": "interaction", "id": 1, "day": dt.date(2026, 11, 19), "what": "call", "title": "",
        "text": "", "people": (), "tags": (), "figure": None, "state": "both",
    }  # fmt: skip
    return Entry(**{**plain_, **values})  # type: ignore[arg-type]


@pytest.fixture
def japanese() -> Iterator[None]:
    i18n.set_language("ja")
    yield
    i18n.set_language("en")


def test_a_flow_takes_as_many_lines_as_it_needs(shown: Shown) -> None:
    flow = Flow()
    chips = [Chip(f"a chip {n}") for n in range(8)]
    for chip in chips:
        flow.add(chip)
    shown(flow)
    one = flow.flow.heightForWidth(5000)
    assert flow.flow.heightForWidth(200) > 3 * one
    flow.resize(200, 400)
    flow.flow.setGeometry(QRect(0, 0, 200, 400))
    assert max(chip.geometry().right() for chip in chips) < 200
    assert len({chip.y() for chip in chips}) >= 3
    for chip in chips[1:]:
        chip.hide()
    assert flow.flow.heightForWidth(200) == one
    assert flow.flow.itemAt(8) is None
    assert flow.flow.takeAt(9) is None
    assert flow.flow.minimumSize().width() == chips[0].sizeHint().width()


def test_tabs_give_up_counts_then_words(shown: Shown) -> None:
    keys = ("overview", "people", "timeline", "documents")
    bar = AccountTabs(tuple(TabEntry(key, key.title(), "users") for key in keys), name="tabs")
    bar.number({"people": 12, "timeline": 1480})
    host = QWidget()  # on its own a window would not become narrower than its layout
    bar.setParent(host)
    shown(host)
    bar.resize(900, 40)
    everything = bar.row.sizeHint().width()
    for width, words, numbers in ((everything, 4, 2), (everything - 1, 4, 0), (everything - 200, 1, 0)):
        bar.resize(width, 40)
        assert sum(bool(tab.text()) for tab in bar.tabs.values()) == words, width
        assert sum(tab.number is not None for tab in bar.tabs.values()) == numbers, width
        assert bar.row.sizeHint().width() <= width
        assert bar.tabs["timeline"].accessibleName() == "Timeline, 1,480"
    bar.choose("documents")
    assert [key for key, tab in bar.tabs.items() if tab.text()] == ["documents"]


@pytest.mark.parametrize(
    ("line", "chips"),
    [
        ("hello", ["Note", "today"]),
        ("call 20m on 11/19 石井様 talked #risk", ["Call", "19 Nov", "石井 健一", "20 min", "#risk"]),
        ("call +nobody hi", ["Call", "today", "nobody"]),
        ("@acme call hi !2026-12-01", ["Call", "today", "@acme", "Follow-up 1 Dec"]),
        ("call hi promise: send list", ["Call", "today", "Promise: send list"]),
        ("call hi their promise: send list", ["Call", "today", "Their promise: send list"]),
        ("call hi next: send quote !2026-12-01", ["Call", "today", "Next: send quote 1 Dec"]),
        ("電話 <b>様", ["Call", "today"]),
    ],
)
def test_what_is_understood_of_a_line(line: str, chips: list[str]) -> None:
    today = dt.date(2026, 11, 24)
    known = (Known(1, "石井 健一"), Known(2, "森田 由美"))
    found = list(note_chips(parse(line, today, LABELS.channel_words()), known, LABELS, today))
    assert [one.text for one in found] == chips
    assert [one.tone for one in found if one.text == "nobody"] in ([], ["red"])


def test_the_box_keeps_its_widgets_while_only_figures_change(shown: Shown) -> None:
    box = GlassBox()
    rows = [BoxRow("head", "How"), BoxRow("axis", "Adoption", band="red", points="38", weight="× 25%", adds="9.5"),
            BoxRow("measure", "Seats", "seats_used", "green", "1 / 2", "today", "≥ .75 / .50", "82",
                   bar=(0.85, 0.75, 0.5, 0.0, 1.0), stale=True), BoxRow("sum", "Overall", adds="60.6")]  # fmt: skip
    box.show_rows(rows)
    box.resize(800, 200)
    shown(box)
    before = list(box.lines)
    box.show_rows([*rows[:3], BoxRow("sum", "Overall", adds="61.0")])
    assert box.lines == before
    assert box.lines[3].row.adds == "61.0"
    assert box.lines[2].accessibleName() == "Seats, 1 / 2, today, ≥ .75 / .50, 82 points, green"
    heard: list[str] = []
    box.pressed.connect(heard.append)
    box.lines[2].click()
    assert heard == ["seats_used"]
    box.show_rows(rows[:2])
    assert len(box.lines) == 2
    assert not box.grab().isNull()


@pytest.mark.parametrize("width", [400, 620, 700, 1000])
def test_a_line_of_the_box_can_be_painted_at_any_width(shown: Shown, width: int) -> None:
    box = GlassBox()
    box.show_rows([BoxRow("measure", "A very long name of a measure " * 4, "k", "green", "102 / 120 = 0.85", "23 Nov",
                          "≥ .75 / .50", "82", bar=(0.85, 0.75, 0.5, 0.0, 1.0), stale=True)])  # fmt: skip
    box.resize(width, 40)
    shown(box)
    assert box.grab().width() == width


@pytest.mark.parametrize(
    ("values", "title", "about", "text"),
    [
        ({"people": ("石井 健一",), "figure": 20.0, "text": "talked"}, "Call", "石井 健一 · 20 min", "talked"),
        ({"state": "in", "title": "Re: plan", "text": "Re: plan and more"}, "Call", "received", "Re: plan and more"),
        ({"state": "out", "title": "Plan", "text": "body"}, "Call", "sent", "Plan\nbody"),
        ({"record": "ticket", "kind": "ticket", "what": "high", "title": "4471", "text": "broken", "state": ""},
         "Ticket 4471", "High · not solved", "broken"),
        ({"record": "ticket", "kind": "ticket", "what": "", "state": "2026-11-20T00:00:00Z"}, "Ticket", "solved", ""),
        ({"record": "survey", "kind": "survey", "what": "csat", "figure": 4.0, "text": "fine"},
         "Survey", "CSAT 4", "“fine”"),
        ({"record": "health", "kind": "change", "what": "red", "title": "green", "figure": 30.04},
         "Change", "Health 30.0", "green → red"),
        ({"record": "event", "kind": "change", "what": "expansion", "title": "JPY", "figure": 65e9, "state": ""},
         "Contract", "Expansion · ¥6.5M", ""),
        ({"record": "audit", "kind": "change", "what": "account.stage", "state": "old", "text": "renewal"}, "Change",
         "Stage", "Old → Renewal"),
        ({"record": "audit", "kind": "change", "what": "contract.arr", "state": "", "text": "<b>7</b>"}, "Change",
         "Yearly value", "– → <b>7</b>"),
        ({"what": "sauna"}, "sauna", "", ""),
    ],
)  # fmt: skip
def test_records_in_words(values: dict[str, object], title: str, about: str, text: str) -> None:
    row = timeline_words.row(entry(**values), LABELS)
    assert (row.title, row.about, row.text) == (title, about, text)
    assert row.day == "19"
    assert row.title in row.spoken


def test_records_in_japanese(japanese: None) -> None:
    row = timeline_words.row(entry(people=("石井 健一",), figure=20.0), LABELS)
    assert row.title == "電話"
    assert row.about.startswith("石井 健一・20")
    assert timeline_words.month_words(dt.date(2026, 11, 1)) == "2026年11月"


@pytest.mark.parametrize(
    ("tag", "tone"), [("Risk", "red"), ("リスク", "red"), ("価値", "green"), ("misc", "plain")]
)
def test_tags_wear_the_tone_of_what_they_say(tag: str, tone: str) -> None:
    assert timeline_words.row(entry(tags=(tag,)), LABELS).chips == ((f"#{tag}", tone),)


def test_months_stand_above_their_rows() -> None:
    days = [dt.date(2026, 11, 19), dt.date(2026, 11, 2), dt.date(2026, 10, 14), dt.date(2025, 10, 14)]
    lines = timeline_words.lines([entry(day=day, id=n) for n, day in enumerate(days)], LABELS)
    assert [line.text for line in lines if isinstance(line, Month)] == [
        "November 2026",
        "October 2026",
        "October 2025",
    ]
    assert len(lines) == 7


def test_older_rows_join_as_they_are_wanted(qtmodeltester: ModelTester) -> None:
    model = TimelineModel()
    rows = [TimelineRow(str(n), "phone", "t", "", "", ()) for n in range(BATCH * 2 + 5)]
    model.fill(rows)
    assert model.rowCount() == BATCH
    qtmodeltester.check(model)
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert model.rowCount() == len(rows)


def test_what_was_wanted_once_stays_when_it_is_read_again() -> None:
    model = TimelineModel()
    rows = [TimelineRow(str(n), "phone", "t", "", "", ()) for n in range(BATCH * 2 + 5)]
    model.fill(rows)
    model.fetchMore(QModelIndex())
    model.fill(rows[1:])
    assert model.rowCount() == BATCH * 2
    model.fill(rows[:3])
    assert model.rowCount() == 3


@pytest.mark.parametrize(
    ("text", "lines"), [("", 0), ("short", 1), ("第3ラインの" * 30, 4), ("a\nb\nc", 3), ("x\n" * 9, 4)]
)
def test_rows_are_as_high_as_their_words_up_to_four_lines(qtbot: QtBot, text: str, lines: int) -> None:
    model = TimelineModel()
    delegate = TimelineDelegate()
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 500, 200)
    model.fill([TimelineRow("19", "phone", "Call", "who", text, (("#risk", "red"),)), Month("November")])
    theme = themes.current()
    bare = theme.px(8) + theme.line("strong") + theme.px(10) + theme.row(24, "small") + theme.px(6)
    assert delegate.sizeHint(option, model.index(0, 0)).height() == bare + lines * theme.line("reading")
    picture = QImage(QSize(500, 220), QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    for number in range(2):
        delegate.paint(painter, option, model.index(number, 0))
    painter.end()


def test_the_rhythm_says_its_months(shown: Shown) -> None:
    rhythm = Rhythm()
    rhythm.show_months(((dt.date(2026, 10, 1), 3), (dt.date(2026, 11, 1), 0)))
    shown(rhythm)
    assert rhythm.accessibleName() == "2026/10: 3, 2026/11: 0"
    assert not rhythm.grab().isNull()


def test_an_edit_that_says_the_same_is_none(qtmodeltester: ModelTester) -> None:
    columns = (
        Column("name", "Name", lambda row: row[0], typed=lambda row: row[0]),
        Column("done", "", lambda row: "", checked=lambda row: row[1]),
        Column("read", "Read", lambda row: row[0]),
    )
    model = FactModel(columns)
    model.fill([("a", False), ("=1+1", True)])
    qtmodeltester.check(model)
    heard: list[tuple[object, ...]] = []
    model.edited.connect(lambda *said: heard.append(said))
    model.ticked.connect(lambda *said: heard.append(said))
    model.setData(model.index(0, 0), " a ")
    assert heard == []
    model.setData(model.index(0, 0), "b")
    model.setData(model.index(1, 1), None, int(Qt.ItemDataRole.CheckStateRole))
    assert heard == [(("a", False), "name", "b"), (("=1+1", True), False)]
    assert not model.setData(model.index(0, 2), "x")
    assert model.data(model.index(0, 0)) == "a"  # only what was read again changes the cell
    assert "\n'=1+1" in model.tsv()


@pytest.mark.parametrize(
    ("words", "shown_as"),
    [
        ("plain", "plain"),
        ("<b>x</b>", "<span>&lt;b&gt;x&lt;/b&gt;</span>"),
        ("a < b", "<span>a &lt; b</span>"),
    ],
)
def test_tool_tips_show_what_was_typed(words: str, shown_as: str) -> None:
    assert plain(words) == shown_as


def test_a_table_without_editable_columns_opens_its_row(shown: Shown, qtbot: QtBot) -> None:
    model = FactModel((Column("name", "Name", lambda row: row),))
    table = FactTable(model)
    table.resize(400, 200)
    model.fill(["a", "b"])
    shown(table)
    heard: list[object] = []
    table.opened.connect(heard.append)
    table.choose(0)
    table.step(5)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    spot = table.visualRect(model.index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert heard == ["b", "a"]
