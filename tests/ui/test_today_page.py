"""The Today page: lines, the reason for their order, verbs by key and by pointer, states without lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QStyleOptionViewItem, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.domain.money import Amount, Rate, Total
from cs_workbench.services import signal_words, today, today_acts
from cs_workbench.services.today import Item
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.pages.today import TodayPage, headline, look, menus, rows
from cs_workbench.ui.pages.today.all_done import total_words
from cs_workbench.ui.pages.today.model import LINE, Heading, Row
from cs_workbench.ui.pages.today.popovers import HandOverQuestion, SnoozeQuestion
from tests.builders_store import add_account, add_contract, add_task
from tests.ui.conftest import NOW

TODAY = NOW.date()
Settle = Callable[[Desk], None]


@pytest.fixture
def page(make_page: Callable[..., Any]) -> TodayPage:
    return cast("TodayPage", make_page(TodayPage))


@pytest.fixture
def told(desk: Desk) -> list[Told]:
    """What the page said in toasts."""
    heard: list[Told] = []
    desk.told.connect(heard.append)
    return heard


@pytest.fixture
def went(desk: Desk) -> list[tuple[str, dict[str, object]]]:
    """Where the page went."""
    heard: list[tuple[str, dict[str, object]]] = []
    desk.went.connect(lambda name, arguments: heard.append((name, arguments)))
    return heard


def lines(page: TodayPage) -> list[Heading | Row]:
    model = page.model
    return [model.index(number, 0).data(LINE) for number in range(model.rowCount())]


def items(page: TodayPage) -> list[Item]:
    return [line.item for line in lines(page) if isinstance(line, Row)]


def pick(page: TodayPage, verb: str) -> Item:
    """Choose the first line with that verb."""
    item = next(
        one
        for one in items(page)
        if one.signal.verb == verb and (verb == "mark_done" or not one.signal.record_id)
    )
    page.list.choose(page.model.row_of(item.signal.key))
    return item


def records(page: TodayPage) -> list[QAbstractButton]:
    """The links beside the evidence shown now."""
    found = [one for one in page.pane.findChildren(QAbstractButton) if ": " in one.accessibleName()]
    return [one for one in found if not one.parentWidget().isHidden()]


def chosen(page: TodayPage) -> Item:
    item = page.chosen()
    assert item is not None
    return item


def finish(desk: Desk, settle: Settle, *groups: str) -> None:
    """Answer everything of *groups* behind the page's back."""
    board = today.board(desk.workbench.reads, NOW)
    for item in board.reasons:
        if item.group in groups:
            today_acts.done(desk.workbench, item, today=TODAY)
    settle(desk)


def test_the_page_shows_groups_and_numbered_lines(page: TodayPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)
    headings = [line.text for line in lines(page) if isinstance(line, Heading)]
    assert headings == ["Now", "This week", "Later"]
    assert [item.number for item in items(page)] == list(range(1, len(items(page)) + 1))
    assert sum(line.count for line in lines(page) if isinstance(line, Heading)) == len(items(page))
    assert chosen(page).number == 1
    assert page.header.fact.text() == "Tuesday 24 November"


def test_the_sentence_counts_what_needs_somebody(page: TodayPage) -> None:
    board = page.board
    assert board is not None
    now, week, later = (len(board.of(group)) for group in today.GROUPS)
    said = (
        f"{board.pressing} things need you: {headline.spelled(now)} now, {headline.spelled(week)} this week."
    )
    assert page.headline.count.text() == said
    assert now + week == board.pressing
    assert [line.count for line in lines(page) if isinstance(line, Heading)] == [now, week, later]
    assert page.headline.rest.text().startswith((f"{later} come", "One comes"))
    assert "within 90 days" in page.headline.rest.text()


def test_the_rail_learns_the_count(make_page: Callable[..., Any], desk: Desk) -> None:
    heard: list[tuple[str, object]] = []
    desk.counted.connect(lambda name, number: heard.append((name, number)))
    shown = make_page(TodayPage)
    assert heard == [("today", shown.board.pressing)]


def test_the_pane_prints_the_arithmetic(page: TodayPage) -> None:
    item = chosen(page)
    texts = [label.text() for label in page.pane.card.findChildren(QLabel)]
    assert "Why this is first" in texts
    for figure in (f"× {item.rank.urgency:.2f}", f"× {item.rank.touch:.2f}", f"÷ {item.rank.effort:.2f}"):
        assert figure in texts
    assert f"{item.rank.score:,.1f}" in texts
    page.list.step(1)
    shown = [label.text() for label in page.pane.card.findChildren(QLabel) if not label.isHidden()]
    assert "Why this is number 2" in shown
    assert page.pane.account.text() == chosen(page).account


def test_evidence_leads_to_the_account(page: TodayPage, went: list[Any], qtbot: QtBot) -> None:
    item = pick(page, "log_contact")
    links = records(page)
    assert len(links) >= len(item.signal.evidence)
    links[0].click()
    assert went == [("account", {"account_id": item.signal.account_id, "tab": item.signal.evidence[0].tab})]


def test_arrows_and_steps_pass_over_headings(page: TodayPage, qtbot: QtBot) -> None:
    now = len(page.board.of("now")) if page.board else 0
    for _number in range(now):
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert chosen(page).group == "week"
    qtbot.keyClick(page.list, Qt.Key.Key_Up)
    assert (chosen(page).group, chosen(page).number) == ("now", now)
    page.verbs()["next_row"]()
    page.verbs()["previous_row"]()
    assert chosen(page).number == now
    for _number in range(now + 3):
        page.list.step(-1)
    assert chosen(page).number == 1


@pytest.mark.parametrize(
    ("verb", "tab"), [("log_contact", "timeline"), ("prepare_pack", "documents"), ("open_account", None)]
)
def test_enter_does_the_verb(
    page: TodayPage, went: list[Any], qtbot: QtBot, verb: str, tab: str | None
) -> None:
    item = pick(page, verb)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    wanted = tab or item.signal.evidence[0].tab
    assert went == [("account", {"account_id": item.signal.account_id, "tab": wanted})]


def test_done_tells_and_keeps_the_place(
    page: TodayPage, desk: Desk, settle: Settle, told: list[Told], qtbot: QtBot
) -> None:
    item = pick(page, "mark_done")
    number = item.number
    qtbot.wait(QApplication.doubleClickInterval())  # sooner it would be the Enter that opened the page
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    settle(desk)
    assert item.signal.key not in {one.signal.key for one in items(page)}
    assert chosen(page).number == number
    assert (told[0].undo, told[0].second) == (True, item.account)
    assert told[0].text.startswith("Done: ")
    desk.workbench.undo()
    qtbot.waitUntil(lambda: item.signal.key in {one.signal.key for one in items(page)}, timeout=5000)


def test_snooze_asks_for_a_day_and_a_reason(
    page: TodayPage, desk: Desk, settle: Settle, told: list[Told], qtbot: QtBot
) -> None:
    item, steps = chosen(page), len(desk.workbench.history())
    page.verbs()["snooze"]()
    question = page.findChild(SnoozeQuestion)
    assert question is not None
    qtbot.keyClick(question.reason.edit, Qt.Key.Key_Return)
    assert question.reason.problem.text() == "A snooze needs a reason."
    question.choice.choose("week")
    assert question.day.value == dt.date(2026, 11, 30)
    qtbot.keyClicks(question.reason.edit, "they are away")
    qtbot.keyClick(question.reason.edit, Qt.Key.Key_Return)
    settle(desk)
    assert told[0].text.startswith("Snoozed until 30 Nov: ")
    assert page.snoozed.words() == "Snoozed 1"
    assert item.signal.key not in {one.signal.key for one in items(page)}
    assert (
        len(desk.workbench.history()) == steps + 1
    )  # one Enter reaches the field and the question behind it


def test_what_is_undone_has_the_keys_again(page: TodayPage, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    first, second = items(page)[:2]
    for item in (first, second):
        page.list.choose(page.model.row_of(item.signal.key))
        page.acts.snooze(item, TODAY + dt.timedelta(days=3), "away")
        settle(desk)
    for item in (second, first):
        assert chosen(page).signal.key != item.signal.key
        desk.workbench.undo()
        qtbot.waitUntil(lambda item=item: chosen(page).signal.key == item.signal.key, timeout=60_000)
        settle(desk)


def test_a_day_that_is_not_ahead_is_refused(page: TodayPage, qtbot: QtBot) -> None:
    page.verbs()["snooze"]()
    question = page.findChild(SnoozeQuestion)
    assert question is not None
    question.day.set_value(TODAY)
    question.answer()
    assert question.day.problem.text() == "Choose a day ahead."
    question.close()


def test_a_snoozed_line_can_be_woken_from_the_header(
    page: TodayPage, desk: Desk, settle: Settle, told: list[Told]
) -> None:
    item = chosen(page)
    page.acts.snooze(item, TODAY + dt.timedelta(days=3), "away & busy")
    settle(desk)
    page.snoozed.click()
    menu = page.findChild(QMenu)
    assert menu is not None
    (action,) = menu.actions()
    assert action.text().endswith("until 27 Nov, away && busy")
    action.trigger()
    menu.close()
    settle(desk)
    assert not page.snoozed.isVisible()
    assert told[-1].text.startswith("Back in sight: ")


def test_hand_over_to_a_department(
    page: TodayPage, desk: Desk, settle: Settle, told: list[Told], qtbot: QtBot
) -> None:
    item = pick(page, "log_contact")
    page.verbs()["hand_over"]()
    question = page.findChild(HandOverQuestion)
    assert question is not None
    assert question.note.edit.hasFocus() or not page.isActiveWindow()
    steps = len(desk.workbench.history())
    question.choice.choose("support")
    qtbot.keyClicks(question.note.edit, "please look")
    qtbot.keyClick(question.note.edit, Qt.Key.Key_Return)
    settle(desk)
    assert told[0].text.startswith("Handed to Support: ")
    row = desk.workbench.reads.one("select account_id, owner, note from task order by id desc limit 1")
    assert row == (item.signal.account_id, "support", "please look")
    assert len(desk.workbench.history()) == steps + 1


def test_the_verb_in_the_row_answers_the_pointer(page: TodayPage, went: list[Any], qtbot: QtBot) -> None:
    item = pick(page, "open_account")
    index = page.list.currentIndex()
    box = page.list.visualRect(index)
    line = index.data(LINE)
    spot = rows.places(QRectF(box), line).verb.center().toPoint()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert [name for name, _arguments in went] == ["account"]
    qtbot.mouseClick(
        page.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.left() + 60, box.center().y())
    )
    assert len(went) == 1
    assert item.signal.verb == "open_account"


def test_the_context_menu_holds_the_same_verbs(page: TodayPage, qtbot: QtBot) -> None:
    pick(page, "log_contact")
    page.list.customContextMenuRequested.emit(QPoint(10, 10))
    menu = page.list.findChild(QMenu)
    assert menu is not None
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts == ["Log contact", "Mark done", "Snooze", "Hand over", "Start playbook", "Open account"]
    menu.close()


def test_a_line_to_be_ticked_off_says_so_once(page: TodayPage) -> None:
    calls: list[str] = []
    menu = menus.show_verbs(page.list, QPoint(10, 10), "Mark done", lambda: calls.append("act"), page.verbs())
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts == ["Mark done", "Snooze", "Hand over", "Start playbook", "Open account"]
    assert [
        action.text() for action in menu.actions() if not action.isSeparator() and action.icon().isNull()
    ] == []
    menu.actions()[0].trigger()
    menu.close()
    assert calls == ["act"]


@pytest.mark.parametrize(("grouping", "first"), [("kind", "Risks"), ("account", None), ("due", "Now")])
def test_lines_stand_under_other_headings(page: TodayPage, grouping: Any, first: str | None) -> None:
    every = page.board.reasons if page.board is not None and grouping == "account" else items(page)
    before = {item.signal.key for item in every}
    kept = chosen(page).signal.key
    page.group_by(grouping)
    heading = lines(page)[0]
    assert isinstance(heading, Heading)
    assert heading.text == (first or items(page)[0].account)
    assert {item.signal.key for item in items(page)} == before
    assert chosen(page).signal.key == kept


def test_the_grouping_button_offers_three(page: TodayPage) -> None:
    page.grouping.click()
    menu = page.grouping.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Group: due", "Group: kind", "Group: account"]
    assert [action.isChecked() for action in menu.actions()] == [True, False, False]
    menu.actions()[1].trigger()
    menu.close()
    assert page.grouping.words() == "Group: kind"


def test_all_done_shows_the_day_and_what_comes_next(
    page: TodayPage, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    finish(desk, settle, "now")
    qtbot.waitUntil(page.rest.isVisible, timeout=5000)
    assert page.rest.shown is page.rest.all_done
    board = page.board
    assert board is not None
    assert page.rest.all_done.title.text() == f"All {board.figures.done} are done"
    assert board.items[0].account in page.rest.all_done.next.text()
    figures = [figure.value.text() for figure in page.rest.all_done.figures.figures]
    assert figures[2] == str(board.figures.promises)
    assert page.verbs() == {}
    page.rest.all_done.week.click()
    assert page.list.isVisible()
    assert chosen(page).group == "week"


def test_nothing_left_at_all(page: TodayPage, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    finish(desk, settle, "now", "week", "later")
    qtbot.waitUntil(page.rest.isVisible, timeout=5000)
    assert not page.rest.all_done.week.isVisible()
    assert not page.rest.all_done.next.isVisible()


def test_without_accounts_the_page_offers_an_import(
    page: TodayPage, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    acted: list[str] = []
    desk.acted.connect(acted.append)
    with desk.workbench.change("empty") as db:
        db.execute("delete from account")
    qtbot.waitUntil(page.rest.isVisible, timeout=5000)
    assert page.rest.shown is page.rest.empty
    assert page.first_focus() is page.rest
    page.rest.empty.button.click()
    assert acted == ["import_files"]


def test_accounts_without_any_signal(page: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    with desk.workbench.change("quiet") as db:
        db.execute("update account set stage = 'churned'")
        db.execute("delete from task")
    qtbot.waitUntil(page.rest.isVisible, timeout=5000)
    assert page.rest.shown is page.rest.clear


def test_every_text_follows_the_language(page: TodayPage, monkeypatch: pytest.MonkeyPatch) -> None:
    english = (page.header.title.text(), page.headline.count.text(), page.grouping.words())
    monkeypatch.setattr("cs_workbench.i18n._", lambda text: f"«{text}»")
    i18n.set_language("ja")
    page.retranslate()
    assert page.header.fact.text() == "11月24日（火）"
    i18n.set_language("en")
    monkeypatch.undo()
    page.retranslate()
    assert (page.header.title.text(), page.headline.count.text(), page.grouping.words()) == english


def test_customers_words_are_never_markup(page: TodayPage, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    evil = "<img src=x><b>Bold</b>"
    with desk.workbench.change("evil") as db:
        db.execute("update account set name = ?", (evil,))
        db.execute("update task set title = ?", (evil,))
    qtbot.waitUntil(lambda: items(page)[0].account == evil, timeout=5000)
    labels = page.findChildren(QLabel)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels if label.text())
    assert page.pane.account.text() == evil


def test_every_control_has_a_name(page: TodayPage) -> None:
    controls = [one for one in page.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    unnamed = [
        one
        for one in controls
        if one.isVisibleTo(page) and not (one.accessibleName() or getattr(one, "text", str)())
    ]
    assert unnamed == []
    index = page.list.currentIndex()
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert chosen(page).account in spoken
    assert "Health" in spoken


@pytest.mark.parametrize("scale", [0.9, 1.0, 2.0])
@pytest.mark.parametrize("width", [620, 872, 1300])
def test_no_part_of_a_row_lies_over_another(page: TodayPage, qapp: Any, scale: float, width: int) -> None:
    themes.wear(qapp, themes.load("light", scale))
    box = QRectF(0, 0, width * scale, 64 * scale)
    for line in lines(page):
        if isinstance(line, Row):
            at = rows.places(box, line)
            assert at.text.right() <= at.money.left()
            assert at.money.right() <= at.badge
            assert at.badge + themes.current().px(60) <= at.due.left()
            assert at.due.right() <= at.verb.left()
            assert at.verb.right() <= box.right()
    themes.wear(qapp, themes.load("light"))


def test_rows_grow_with_their_type(page: TodayPage, qapp: Any) -> None:
    delegate = rows.RowDelegate()
    index = page.model.index(1, 0)
    plain = delegate.sizeHint(QStyleOptionViewItem(), index).height()
    themes.wear(qapp, themes.load("light", 2.0))
    assert (plain, delegate.sizeHint(QStyleOptionViewItem(), index).height()) == (64, 128)
    themes.wear(qapp, themes.load("light"))


def test_each_rule_evidence_and_verb_has_an_icon() -> None:
    from tests.builders_signals import book

    assert set(look.ICONS) == set(book().rules)
    assert {rule.verb for rule in book().rules.values()} <= set(look.VERB_ICONS)


@pytest.mark.parametrize(
    ("total", "text"),
    [
        (Total(None, "JPY", ()), ""),
        (
            Total(Decimal(38_500_000), "JPY", (Amount(Decimal(38_500_000), "JPY"),)),
            "¥38.5M renews with notice within 90 days.",
        ),
        (
            Total(
                None,
                "JPY",
                (Amount(Decimal(38_500_000), "JPY"), Amount(Decimal(120_000), "USD")),
                (),
                ("USD",),
            ),
            "¥38.5M and $120k renew with notice within 90 days.",
        ),
        (
            Total(
                Decimal(56_500_000),
                "JPY",
                (Amount(Decimal(38_500_000), "JPY"), Amount(Decimal(120_000), "USD")),
                (Rate("USD", dt.date(2026, 11, 1), Decimal(150)),),
            ),
            "¥56.5M (converted) renews with notice within 90 days.",
        ),
    ],
)
def test_what_renews_is_said_honestly(total: Total, text: str) -> None:
    assert headline.renewing(total) == text


def test_moved_value_without_a_rate_is_said_in_parts() -> None:
    parts = (Amount(Decimal(9_500_000), "JPY"), Amount(Decimal(20_000), "USD"))
    assert total_words(Total(None, "JPY", parts)) == "¥9.5M + $20k"
    assert total_words(Total(None, "JPY", ())) == "0"


@pytest.mark.parametrize(("number", "word"), [(0, "none"), (5, "five"), (10, "ten"), (11, "11")])
def test_small_counts_are_spelled(number: int, word: str) -> None:
    assert headline.spelled(number) == word


def test_single_keys_in_the_window(window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    window.go("today")
    page = cast("TodayPage", window.page)
    qtbot.waitUntil(lambda: page.chosen() is not None, timeout=5000)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_J)
    assert chosen(page).number == 2
    qtbot.keyClick(page.list, Qt.Key.Key_K)
    assert chosen(page).number == 1
    item = chosen(page)
    qtbot.keyClick(page.list, Qt.Key.Key_Space)
    settle(desk)
    qtbot.waitUntil(lambda: item.signal.key not in {one.signal.key for one in items(page)}, timeout=5000)
    qtbot.keyClick(page.list, Qt.Key.Key_S)
    assert page.findChild(SnoozeQuestion) is not None
    cast("SnoozeQuestion", page.findChild(SnoozeQuestion)).close()


def test_a_late_loop_opens_the_voice_of_its_account(
    page: TodayPage, went: list[tuple[str, dict[str, object]]]
) -> None:
    number = next(
        n
        for n, one in enumerate(lines(page))
        if isinstance(one, Row) and one.item.signal.rule == "loop_overdue"
    )
    page.list.setCurrentIndex(page.model.index(number, 0))
    item = page.chosen()
    assert item is not None
    page.act()
    assert went == [("voice", {"tab": "loops", "account_id": item.signal.account_id})]


def test_another_reason_of_the_line_is_looked_at_and_answered(
    page: TodayPage, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    number = next(n for n, one in enumerate(lines(page)) if isinstance(one, Row) and one.item.more)
    page.list.setCurrentIndex(page.model.index(number, 0))
    line = chosen(page)
    assert not page.pane.others_title.isHidden()
    other = line.more[0]
    shown = lambda: [one for one in records(page) if one.accessibleName().endswith(": Show")]  # noqa: E731
    qtbot.waitUntil(lambda: bool(shown()), timeout=5000)
    link = shown()[0]
    qtbot.keyClick(link, Qt.Key.Key_Space)
    assert chosen(page).signal.key == other.signal.key
    assert page.pane.title.text() == signal_words.title(other.signal)
    assert page.pane.do.hasFocus()
    page.verbs()["done"]()
    settle(desk)
    assert page.board is not None
    left = {one.signal.key for one in page.board.reasons}
    assert other.signal.key not in left
    assert line.signal.key in left
    page.list.step(1)
    assert chosen(page).signal.key != other.signal.key


def test_gaps_of_a_new_list_are_one_line_with_a_way_to_each_account(
    make_page: Callable[..., Any], desk: Desk, went: list[Any], qtbot: QtBot
) -> None:
    with desk.workbench.change("a list") as db:
        ids = [add_account(db, f"New {number}") for number in range(5)]
        for number in ids:
            add_contract(db, number, arr=400_000 * 10_000, currency="JPY", notice_days=None, end_on=None)
    page = make_page(TodayPage)
    page.resize(1400, 900)
    row = next(one for one in lines(page) if isinstance(one, Row) and one.item.several)
    assert (row.account, row.more) == ("5 accounts", "")
    assert row.amount == "¥2M", "all of it, not the first account's"
    assert "No score" not in row.spoken
    page.list.choose(page.model.row_of(row.item.signal.key))
    assert page.pane.account.text() == "5 accounts"
    assert not page.pane.evidence_title.isVisible()
    qtbot.waitUntil(lambda: len(records(page)) == 5, timeout=5000)
    links = records(page)
    assert [one.accessibleName() for one in links] == [f"New {number}: Fill in" for number in range(5)]
    links[3].click()
    assert went == [("account", {"account_id": ids[3], "tab": "contracts"})]


@pytest.mark.parametrize(
    ("now", "week", "said"),
    [
        (0, 0, "Nothing needs you this week."),
        (1, 0, "One thing needs you now."),
        (12, 0, "12 things need you now."),
        (0, 1, "One thing needs you this week."),
        (5, 7, "12 things need you: five now, seven this week."),
    ],
)
def test_the_headline_counts_as_the_headings_do(now: int, week: int, said: str) -> None:
    assert headline.needing(now, week) == said


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_headline_is_said_in_full_at_1440(page: TodayPage, qtbot: QtBot, language: str) -> None:
    page.resize(1232, 848)  # a window of 1440 without its rail
    i18n.set_language(language)
    try:
        page.retranslate()
        qtbot.wait(1)
        rest = page.headline.rest
        assert rest.fontMetrics().horizontalAdvance(rest.text()) <= rest.width()
        assert "…" not in rest.text()
    finally:
        i18n.set_language("en")
        page.retranslate()


def test_an_amount_without_a_rate_has_a_way_to_enter_one(
    make_page: Callable[..., Any], desk: Desk, went: list[Any]
) -> None:
    with desk.workbench.change("abroad") as db:
        abroad = add_account(db, "Abroad")
        add_contract(db, abroad, arr=1_000_000 * 10_000, currency="CHF", end_on="2027-11-24", notice_days=30)
        add_task(db, abroad, due_on="2026-11-20")
    page = make_page(TodayPage)
    row = next(one for one in lines(page) if isinstance(one, Row) and one.account == "Abroad")
    page.list.choose(page.model.row_of(row.item.signal.key))
    assert not page.pane.rate.isHidden()
    assert page.pane.rate.text() == "Enter exchange rate"
    page.pane.rate.click()
    assert went[-1][0] == "settings"
    assert went[-1][1]["section"] == "rates"
    other = next(
        one for one in lines(page) if isinstance(one, Row) and one.item.rank.stake.source == "stated"
    )
    page.list.choose(page.model.row_of(other.item.signal.key))
    assert page.pane.rate.isHidden()
