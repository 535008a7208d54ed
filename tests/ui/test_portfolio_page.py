"""The Portfolio page over the sample portfolio: figures that open to their accounts, dates, scope, copies, faults."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.domain.portfolio import BANDS
from cs_workbench.services import health, quadrant
from cs_workbench.services.account_table import GONE, load, sums
from cs_workbench.services.accounts import account_list, rename
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.accounts import AccountsPage
from cs_workbench.ui.pages.portfolio import PortfolioPage, controls
from cs_workbench.ui.pages.portfolio.sheet import AccountSheet
from cs_workbench.ui.pages.portfolio.wording import Listing, Opens, key_money, table_money, unit
from cs_workbench.ui.widgets.figure_view import FigureView
from cs_workbench.ui.widgets.heat_map import HeatMap
from tests.ui.conftest import NOW

TODAY = NOW.date()
Make = Callable[..., PortfolioPage]
HOSTILE = ("<img src=x onerror=alert(1)>", "\u202eevil\u202c", "長" * 10_000, "=cmd|' /C calc'!A0")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Words are compared in English."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.fixture
def page(desk: Desk, make_page: Make) -> PortfolioPage:
    """The page with scores of three months ago beside those of today."""
    for day in (dt.date(2026, 5, 31), dt.date(2026, 8, 31)):
        health.score_all(desk.workbench, day, now=NOW)
    return make_page(PortfolioPage)


def went(desk: Desk) -> list[tuple[str, dict[str, Any]]]:
    """Where the desk was sent."""
    places: list[tuple[str, dict[str, Any]]] = []
    desk.went.connect(lambda page, arguments: places.append((page, arguments)))
    return places


def sheet_of(app: QApplication) -> AccountSheet:
    """The list that stands over the page."""
    (found,) = [one for one in app.topLevelWidgets() if isinstance(one, AccountSheet) and one.isVisible()]
    return found


def test_every_figure_says_its_message_and_definition(page: PortfolioPage) -> None:
    titles = [frame.title.text() for frame in page.board.frames]
    assert titles[0].endswith("of ARR is green")
    assert "reaches its notice deadline in" in titles[1]
    assert "since 31\u00a0Aug\u00a02026" in titles[3]
    assert all("as of 24\u00a0Nov\u00a02026" in frame.about.text() for frame in page.board.frames)
    assert [card.name.text() for card in page.board.cards] == ["ARR", "GRR", "NRR", "Renewal rate", "Scores"]
    assert page.header.fact.text() == "29 customers, 1 has left, as of 24\u00a0Nov\u00a02026"


def test_every_row_of_every_twin_opens_the_accounts_it_counts(
    desk: Desk, page: PortfolioPage, make_page: Make, settle: Callable[[Desk], None]
) -> None:
    places = went(desk)
    accounts: Any = make_page(AccountsPage)
    rows = [row for frame in page.board.frames[:2] for row in frame.facts.rows]
    opened = 0
    for row in rows:
        if row.opens is None or not row.opens.ids:
            continue
        page.open_figure(row.opens)
        name, arguments = places.pop()
        assert name == "accounts"
        accounts.open(**arguments)
        settle(desk)
        assert {line.id for line in accounts.model.shown} == set(row.opens.ids)
        assert len(accounts.model.shown) == row.data[1]
        opened += 1
    assert opened >= 8


def test_the_whole_portfolio_opens_without_a_filter(desk: Desk, page: PortfolioPage) -> None:
    places = went(desk)
    page.board.cards[0].click()
    assert places == [("accounts", {"filter": "", "group": ""})]


def test_portfolio_accounts_and_quadrant_count_the_same_customers(desk: Desk, page: PortfolioPage) -> None:
    reads, view = desk.workbench.reads, page.view
    assert view is not None
    table = load(reads, TODAY)
    below = sums(table, table.lines)
    assert {band: part.count for band, part in zip(BANDS, view.bands, strict=True)} == below.bands
    assert view.coverage.fresh.count + view.coverage.stale.count == below.measured == 29
    assert view.left.ids == tuple(line.id for line in table.lines if line.gone)
    assert {one.account_id for one in quadrant.place(reads, TODAY)} == set(view.whole.ids)
    assert {row.account_id for row in page.board.scores.view.heat.rows} == set(view.whole.ids)  # type: ignore[attr-defined]
    moved = view.moves
    assert not {one.account_id for one in (*moved.down, *moved.up)} & set(view.left.ids)
    assert page.board.cards[0].made.text() == "29 customers, 1 has left"
    assert view.everyone.value == below.arr.value


def test_a_choice_of_those_who_left_says_so(desk: Desk, page: PortfolioPage, settle: Any) -> None:
    page.open(scope={"stage": GONE})
    settle(desk)
    assert page.nobody.isVisibleTo(page)
    assert "has left" in page.nobody.sentence.text()


def test_a_bar_opens_by_keyboard(qtbot: QtBot, desk: Desk, page: PortfolioPage) -> None:
    places = went(desk)
    view = page.board.health.view
    page.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert places == [("accounts", {"filter": "band:yellow", "group": ""})]


def test_cells_and_movers_open_their_account(qtbot: QtBot, desk: Desk, page: PortfolioPage) -> None:
    places = went(desk)
    heat = page.board.scores.view
    assert isinstance(heat, HeatMap)
    heat.setCurrentIndex(heat.heat.index(3, 7))
    qtbot.keyClick(heat, Qt.Key.Key_Return)
    movers = page.board.movers.view
    assert isinstance(movers, FigureView)
    movers.go(0)
    qtbot.keyClick(movers, Qt.Key.Key_Return)
    assert [name for name, _arguments in places] == ["account", "account"]
    assert places[0][1]["account_id"] == heat.heat.rows[3].account_id
    assert places[1][1]["account_id"] == page.board.movers.facts.rows[0].opens


def test_retention_opens_to_the_cohort(
    qtbot: QtBot, qapp: QApplication, desk: Desk, page: PortfolioPage
) -> None:
    places = went(desk)
    page.board.cards[1].click()
    sheet = sheet_of(qapp)
    assert page.view is not None
    rows = sheet.table.facts.rows
    assert len(rows) == page.view.retention.accounts
    assert sum((row.data[1] for row in rows), Decimal(0)) == page.view.retention.cohort.gross.denominator
    qtbot.keyClick(sheet.table, Qt.Key.Key_Return)
    assert places == [("account", {"account_id": rows[0].opens, "tab": "overview"})]


def test_renewals_open_to_what_came_up(qtbot: QtBot, qapp: QApplication, page: PortfolioPage) -> None:
    page.board.cards[3].click()
    sheet = sheet_of(qapp)
    assert page.view is not None
    assert len(sheet.table.facts.rows) == page.view.retention.by_number.denominator
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not [one for one in qapp.topLevelWidgets() if isinstance(one, AccountSheet) and one.isVisible()]


def test_more_movers_than_there_is_room_for(qapp: QApplication, page: PortfolioPage) -> None:
    assert page.view is not None
    moves = page.view.moves
    every = len(moves.down) + len(moves.up)
    assert page.board.more.isVisible() is (every > len(page.board.movers.facts.rows))
    page.board.more.click()
    sheet = sheet_of(qapp)
    assert len(sheet.table.facts.rows) == every
    sheet.close()


def test_an_earlier_day_lists_its_accounts_in_place(
    qapp: QApplication, desk: Desk, page: PortfolioPage, settle: Callable[[Desk], None]
) -> None:
    places = went(desk)
    page.open(as_of=dt.date(2026, 8, 31))
    settle(desk)
    assert page.when.words() == "As of 31 Aug 2026"
    assert page.since.words() == "Since 31 May 2026"
    row = next(row for row in page.board.health.facts.rows if row.opens.ids)
    page.open_figure(row.opens)
    sheet = sheet_of(qapp)
    assert len(sheet.table.facts.rows) == len(row.opens.ids)
    assert places == []
    sheet.close()


def test_an_earlier_day_shows_what_was_kept_then(desk: Desk, page: PortfolioPage, settle: Any) -> None:
    page.open(as_of=dt.date(2026, 8, 31))
    settle(desk)
    assert page.view is not None
    then = {row.id: row.score for row in account_list(desk.workbench.reads, dt.date(2026, 8, 31))
            if row.stage != GONE}  # fmt: skip
    last = {account: cells[-1] for account, cells in page.view.history.items()}
    assert {account: cell and cell.score for account, cell in last.items()} == then


def test_a_day_ahead_is_refused_with_a_remedy(qtbot: QtBot, page: PortfolioPage) -> None:
    page.ask_date()
    question = page.findChild(controls.DateQuestion)
    assert question is not None
    answered: list[object] = []
    question.answered.connect(answered.append)
    question.day.edit.setText("2027-01-01")
    qtbot.keyClick(question.day.edit, Qt.Key.Key_Return)
    assert question.isVisible()
    assert answered == []
    question.day.edit.setText("no day at all")
    qtbot.keyClick(question.day.edit, Qt.Key.Key_Return)
    assert question.isVisible()
    assert answered == []
    question.day.edit.setText("2026-10-31")
    qtbot.keyClick(question.day.edit, Qt.Key.Key_Return)
    assert page.asked.as_of == dt.date(2026, 10, 31)


def test_compared_with_a_day_before(desk: Desk, page: PortfolioPage, settle: Any) -> None:
    page.ask_since()
    question = page.findChild(controls.DateQuestion)
    assert question is not None
    question.day.set_value(TODAY)
    question.answer()
    assert question.isVisible()
    question.day.set_value(dt.date(2026, 5, 31))
    question.answer()
    settle(desk)
    assert page.asked.since == dt.date(2026, 5, 31)
    assert "31\u00a0May\u00a02026" in page.board.movers.title.text()


def test_menus_name_the_days(page: PortfolioPage) -> None:
    page.open_dates()
    (menu,) = page.when.findChildren(QMenu)
    words = [action.text() for action in menu.actions() if action.text()]
    assert words[0] == "Today\t24 Nov 2026"
    assert words[-1] == "Other date…"
    assert menu.actions()[0].isChecked()
    menu.close()
    page.open_since()
    (menu,) = page.since.findChildren(QMenu)
    assert "Three months before\t31 Aug 2026" in [action.text() for action in menu.actions()]
    menu.close()


@pytest.mark.parametrize(
    ("day", "back", "end"),
    [("2026-11-24", 1, "2026-10-31"), ("2026-03-31", 1, "2026-02-28"), ("2026-01-01", 12, "2025-01-31"),
     ("2024-03-15", 1, "2024-02-29")],
)  # fmt: skip
def test_month_ends(day: str, back: int, end: str) -> None:
    assert controls.month_end(dt.date.fromisoformat(day), back) == dt.date.fromisoformat(end)


def test_a_scope_narrows_every_figure(desk: Desk, page: PortfolioPage, settle: Any) -> None:
    places = went(desk)
    page.open(scope={"tier": "A"})
    settle(desk)
    assert page.view is not None
    wanted = {row.id for row in account_list(desk.workbench.reads, TODAY) if row.tier == "A"}
    assert set(page.view.lines) == wanted
    assert page.whose.words().startswith("Tier A")
    assert set(page.view.retention.movements) <= wanted
    row = next(row for row in page.board.health.facts.rows if row.opens.ids)
    page.open_figure(row.opens)
    assert places[0][1]["filter"].startswith("tier:A band:")
    page.board.cards[0].click()
    assert places[1][1]["filter"] == "tier:A"


def test_a_scope_nobody_is_in_offers_the_way_back(desk: Desk, page: PortfolioPage, settle: Any) -> None:
    page.open(scope={"tier": "C", "stage": "grow", "band": "none"})
    settle(desk)
    assert page.sheets.currentWidget() is page.nobody
    assert page.nobody.sentence.text() == "No account fits this choice."
    assert not page.copy_all.isEnabled()
    page.nobody.button.click()
    settle(desk)
    assert page.sheets.currentWidget() is page.board
    assert page.scope == {}


def test_the_scope_menu_offers_the_portfolios_own_lists(page: PortfolioPage) -> None:
    page.open_scope()
    (menu,) = [one for one in page.whose.findChildren(QMenu) if one.parent() is page.whose]
    subs = {action.text(): action.menu() for action in menu.actions() if action.menu()}
    assert list(subs) == ["Tier", "Stage", "Owner", "Health"]
    menu.close()


def test_the_heat_map_takes_another_order(page: PortfolioPage) -> None:
    heat = page.board.scores.view
    assert isinstance(heat, HeatMap)
    page.board.show_order("name")
    assert page.view is not None
    assert [row.account_id for row in heat.heat.rows] == list(page.view.lines)
    page.open_orders()
    (menu,) = page.board.sort.findChildren(QMenu)
    assert [action.isChecked() for action in menu.actions()] == [False, False, False, True]
    menu.close()


def test_the_other_date_counts_the_same_accounts(page: PortfolioPage) -> None:
    before = sum(row.data[1] for row in page.board.renewals.facts.rows)
    page.board.by.choose("ends")
    assert "ends its term in" in page.board.renewals.title.text()
    assert sum(row.data[1] for row in page.board.renewals.facts.rows) == before == 29


def test_everything_is_copied_with_its_definition(desk: Desk, page: PortfolioPage) -> None:
    page.verbs()["copy_rows"]()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("ARR\t")
    assert "(start − contraction − churn) ÷ start" in text
    assert all(" ".join(frame.title.text().split()) in text for frame in page.board.frames)
    assert text.count("\n\n") == 4
    assert "\u00a0" not in text


def test_nothing_to_show_offers_an_import(qtbot: QtBot, tmp_path: Any, wardrobe: Any, settle: Any) -> None:
    from cs_workbench.services import portfolios
    from cs_workbench.ui.bus import Bus
    from cs_workbench.ui.tasks import Tasks

    with portfolios.create(str(tmp_path / "empty.csw"), now=NOW, language="en") as workbench:
        bus, tasks = Bus(), Tasks()
        tasks.attach(workbench)
        desk = Desk(workbench, bus, tasks, wardrobe, lambda: NOW)
        acted: list[str] = []
        desk.acted.connect(acted.append)
        page = PortfolioPage(desk)
        qtbot.addWidget(page)
        page.resize(1100, 700)
        page.show()
        settle(desk)
        assert page.sheets.currentWidget() is page.nobody
        page.nobody.button.click()
        assert acted == ["import_files"]
        page.copy()
        tasks.close()


def test_without_scores_it_offers_to_make_them(desk: Desk, make_page: Make) -> None:
    desk.workbench.reads.all("select 1")
    with desk.workbench.evidence("x") as db:
        db.execute("delete from snapshot", {})
    page = make_page(PortfolioPage)
    acted: list[str] = []
    desk.acted.connect(acted.append)
    assert page.board.health.title.text() == "No account has a score yet"
    assert page.board.cards[4].figure.text() == "0 of 29"
    page.board.score.click()
    assert acted == ["score"]
    assert page.board.movers.title.text() == "Movers since 31\u00a0Aug\u00a02026"


def test_without_a_rate_nothing_is_added_up(desk: Desk, make_page: Make) -> None:
    with desk.workbench.change("x") as db:
        db.execute("delete from currency_rate", {})
    page = make_page(PortfolioPage)
    assert page.board.health.title.text().endswith("accounts are green")
    assert page.board.renewals.title.text().startswith("Most notice deadlines in")
    assert page.board.renewals.about.text().startswith("Number of accounts")
    assert "apart for want of a rate" in page.board.health.about.text()
    cards = page.board.cards
    assert [card.figure.text() for card in cards[1:3]] == ["Not computed"] * 2
    assert cards[1].note.text() == "Amounts are in several currencies and a rate is missing."
    assert cards[3].figure.text().endswith("%")
    assert cards[3].note.text().startswith("Not by value")


def test_a_change_elsewhere_is_shown(desk: Desk, page: PortfolioPage, settle: Any) -> None:
    heat = page.board.scores.view
    assert isinstance(heat, HeatMap)
    account = heat.heat.rows[0].account_id
    rename(desk.workbench, account, "Renamed", now=NOW)
    page.refresh()
    settle(desk)
    assert next(row.name for row in heat.heat.rows if row.account_id == account) == "Renamed"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_shown_as_typed(desk: Desk, page: PortfolioPage, settle: Any, name: str) -> None:
    assert page.view is not None
    for account in (page.view.moves.down or page.view.moves.up)[:1]:
        rename(desk.workbench, account.account_id, name, now=NOW)
    page.refresh()
    settle(desk)
    page.grab()
    assert all(
        label.textFormat() == Qt.TextFormat.PlainText for label in page.findChildren(QLabel) if label.text()
    )
    for line in page.board.tsv().split("\n"):
        assert not line.startswith(("=", "+", "@"))
    sheet = AccountSheet(Listing(name, name, ("Account",), ()), page)
    sheet.show_over(page)
    sheet.grab()
    sheet.close()


def test_it_speaks_japanese_at_once(page: PortfolioPage) -> None:
    i18n.set_language("ja")
    page.retranslate()
    assert page.board.health.title.text().startswith("ARRの")
    assert page.board.cards[4].figure.text() == "29社中29社"
    assert page.whose.words() == "すべての顧客"
    texts = [frame.title.text() + frame.about.text() for frame in page.board.frames]
    assert not [text for text in texts if " accounts" in text or "as of" in text]


def test_every_control_has_a_name(page: PortfolioPage) -> None:
    for widget in page.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert widget.accessibleName() or getattr(widget, "words", str)(), widget


@pytest.mark.parametrize("width", [620, 1044, 1232, 1800])
def test_nothing_is_cut_at_any_width(qapp: QApplication, page: PortfolioPage, width: int) -> None:
    page.resize(width, 700)
    qapp.processEvents()
    board = page.board
    assert board.horizontalScrollBar().maximum() == 0 or width < 700
    for card in board.cards:
        assert card.figure.fontMetrics().horizontalAdvance(card.figure.text()) <= card.figure.width() + 1
    beside = board.health.y() == board.renewals.y()
    assert beside is (width > 830)


def test_a_narrow_header_keeps_its_title(qapp: QApplication, page: PortfolioPage) -> None:
    page.resize(620, 700)
    qapp.processEvents()
    assert (page.when.words(), page.when.accessibleName()) == ("", "As of today")
    title = page.header.title
    assert title.width() >= title.fontMetrics().horizontalAdvance(title.text())
    page.resize(1232, 700)
    qapp.processEvents()
    assert page.when.words() == "As of today"


def test_the_first_focus_is_the_first_figure(page: PortfolioPage) -> None:
    assert page.first_focus() is page.board.cards[0]


def test_a_new_day_moves_the_page_along(page: PortfolioPage, desk: Desk, settle: Any) -> None:
    page.hide()
    page._today = TODAY - dt.timedelta(days=1)
    page.asked = page.asked.__class__(page._today, page.asked.since)
    page.show()
    settle(desk)
    assert page.asked.as_of == TODAY


def test_an_account_may_go_while_its_figure_is_open(page: PortfolioPage, qapp: QApplication) -> None:
    page.open_figure(Opens("Gone", "", (99_999,)))
    sheet = sheet_of(qapp)
    assert sheet.table.facts.rows == ()
    sheet.close()
    page.open_figure("nonsense")


@pytest.mark.parametrize(
    ("language", "value", "currency", "table", "key"),
    [
        ("ja", 166_880_000, "JPY", "1.67億円", "1億6,688万円"),
        ("ja", 200_000_000, "JPY", "2.00億円", "2億円"),
        ("ja", 6_500_000, "JPY", "650万円", "650万円"),
        ("ja", 9_999, "JPY", "9,999円", "9,999円"),
        ("en", 166_880_000, "JPY", "¥166.9M", "¥166.9M"),
        ("en", 0, "USD", "$0", "$0"),
    ],
)
def test_money_in_words(language: str, value: int, currency: str, table: str, key: str) -> None:
    i18n.set_language(language)
    assert (table_money(Decimal(value), currency), key_money(Decimal(value), currency)) == (table, key)


@pytest.mark.parametrize(
    ("language", "values", "currency", "word", "figures"),
    [
        ("en", (26_500_000, 9_000_000), "JPY", "¥M", ["26.5", "9.0"]),
        ("en", (207_400, 5_000), "USD", "$k", ["207", "5"]),
        ("ja", (26_500_000, 9_000_000), "JPY", "万円", ["2,650", "900"]),
        ("en", (900,), "CHF", "CHF", ["900"]),
        ("en", (), "", "", []),
    ],
)
def test_one_unit_for_a_chart(
    language: str, values: tuple[int, ...], currency: str, word: str, figures: list[str]
) -> None:
    i18n.set_language(language)
    found = unit([Decimal(value) for value in values], currency)
    assert (found.word, [found.figure(Decimal(value)) for value in values]) == (word, figures)


def test_the_filters_read_on_the_accounts_page(desk: Desk, page: PortfolioPage) -> None:
    assert load(desk.workbench.reads, TODAY).lines
    assert page.view is not None
    assert {line.id for line in page.view.table.lines if not line.gone} == set(page.view.lines)
