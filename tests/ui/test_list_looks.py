"""Lists keep titles, figures and dates whole, say why they are empty, and wear the window's menus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cs_workbench.domain.text import without_legal_form
from cs_workbench.services import lifecycle, portfolios
from cs_workbench.services import lifecycle_words as told
from cs_workbench.services.plan_list import PlanLine
from cs_workbench.ui import theme as themes
from cs_workbench.ui.bus import Bus
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.pages.settings import SettingsPage
from cs_workbench.ui.pages.settings.rates import RateTable
from cs_workbench.ui.pages.settings.rows import LABEL, WIDEST, SettingRow
from cs_workbench.ui.pages.success import plans, stages
from cs_workbench.ui.pages.success.onboarding import OnboardingView
from cs_workbench.ui.pages.success.step_form import StepForm
from cs_workbench.ui.pages.voice import VoicePage
from cs_workbench.ui.pages.voice import words as voice_words
from cs_workbench.ui.tasks import Tasks
from cs_workbench.ui.widgets.fact_table import INSET, FactTable, insets
from cs_workbench.ui.widgets.menu import Menu
from cs_workbench.ui.widgets.number_field import NumberField
from tests.ui.conftest import NOW

Settle = Callable[[Desk], None]
TITLE = "Promises of ours and of theirs"


@pytest.fixture
def bare(qtbot: QtBot, tmp_path: Path, wardrobe: themes.Wardrobe) -> Iterator[Desk]:
    """A desk over a portfolio nobody put anything into."""
    workbench = portfolios.create(str(tmp_path / "bare.csw"), now=NOW, language="en")
    bus, tasks = Bus(), Tasks()
    bus.attach(workbench)
    tasks.attach(workbench)
    yield Desk(workbench, bus, tasks, wardrobe, lambda: NOW)
    tasks.close()
    bus.detach()
    workbench.close()


def table_of(
    qtbot: QtBot, *columns: Column, rows: tuple[str, ...] = ("12,345,678,901 JPY", "1")
) -> FactTable:
    table = FactTable(FactModel(columns))
    qtbot.addWidget(table)
    table.resize(600, 200)
    table.show()
    table.facts.fill(rows)
    return table


def needed(text: str, style: str) -> int:
    return QFontMetrics(themes.current().font(style)).horizontalAdvance(text)


def test_a_column_grows_for_its_title_and_its_figures(qtbot: QtBot, qapp: QApplication) -> None:
    table = table_of(
        qtbot, Column("name", "Name", lambda row: row), Column("ours", TITLE, lambda _row: "1", 40),
        Column("sum", "Sum", lambda row: row, 40, right=True),
    )  # fmt: skip
    inset = 2 * themes.current().px(INSET)
    assert table.columnWidth(1) >= needed(TITLE, "small") + inset
    assert table.columnWidth(2) >= needed("12,345,678,901 JPY", "body") + inset
    assert sum(map(table.columnWidth, range(3))) <= table.viewport().width()
    table.facts.fill(("9,999,912,345,678,901 JPY", "1"))
    assert table.columnWidth(2) >= needed("9,999,912,345,678,901 JPY", "body") + inset


def test_what_is_no_figure_does_not_take_the_page(qtbot: QtBot, qapp: QApplication) -> None:
    table = table_of(
        qtbot, Column("name", "Name", lambda row: row), Column("sum", "Sum", lambda row: row, 40, right=True),
        rows=("9" * 10_000, "<img src=x>"),
    )  # fmt: skip
    assert table.columnWidth(0) >= table.least


def test_a_column_that_needs_room_drops_others_first(qtbot: QtBot, qapp: QApplication) -> None:
    table = table_of(
        qtbot, Column("said", "Said", lambda row: row, least=300), Column("owner", "Owner", lambda _row: "", 200),
        Column("action", "Done", lambda _row: "", 190, drop=1), rows=("a",),
    )  # fmt: skip
    assert table.isColumnHidden(2)
    assert table.columnWidth(0) >= 300


def test_rates_begin_where_the_fields_do(make_page: Callable[..., SettingsPage], qtbot: QtBot) -> None:
    page = make_page(SettingsPage, section="region")
    (rates,) = page.findChildren(RateTable)
    assert insets(rates.table, 0)[0] == themes.current().px(INSET)
    assert insets(table_of(qtbot, Column("name", "Name", lambda row: row)), 0)[0] == themes.current().px(24)


def test_numbers_on_several_lines_stand_under_one_another(qtbot: QtBot, qapp: QApplication) -> None:
    row = SettingRow("weights", "Weights")
    names = ("Deployment and more", "Engagement", "Adoption", "ROI")
    numbers = [NumberField(name=name, least=0, most=100, before=name) for name in names]
    row.put(*numbers)
    qtbot.addWidget(row)
    row.resize(themes.current().px(WIDEST), 200)
    row.show()
    places = [one.edit.mapTo(row, one.edit.rect().topLeft()) for one in numbers]
    assert places[0].x() == places[2].x()
    assert places[1].x() == places[3].x()
    assert places[0].y() == places[1].y() < places[2].y() == places[3].y()
    assert places[0].x() > LABEL


@pytest.mark.parametrize(
    ("standing", "overdue", "shown"),
    [("on_track", 2, "on track · 2 overdue"), ("behind", 0, "behind"), ("overdue", 3, "missed · 3 overdue")],
)
def test_a_plans_state_says_what_is_overdue(standing: str, overdue: int, shown: str) -> None:
    line = SimpleNamespace(
        running=True, standing=standing, overdue=overdue, progress=0.5, unmeasured=0, counted=2
    )
    assert plans._state(line) == shown  # type: ignore[arg-type]
    assert PlanLine is not None


def test_a_stage_nobody_left_says_so(desk: Desk) -> None:
    found = lifecycle.load(desk.workbench.reads, NOW.date(), "en").funnel
    for one in found:
        assert bool(told.quiet(one)) != bool(told.went_on(one) or told.median_stay(one))
    nobody = replace(found[0], step=replace(found[0].step, accounts=0, entered=0, went_on=0, days=None))
    assert told.quiet(nobody) == "none so far"


def test_the_stage_menu_shows_the_proposed_one_with_its_key(
    make_page: Callable[..., stages.StagesView], desk: Desk, settle: Settle
) -> None:
    view = make_page(stages.StagesView)
    settle(desk)
    chosen = view.chosen()
    assert chosen is not None
    assert chosen.proposal is not None
    menu = view.choose_stage()
    assert isinstance(menu, Menu)
    keyed = [one for one in menu.actions() if not one.shortcut().isEmpty()]
    assert [one.text() for one in keyed] == [told.stage(view.found, chosen.proposal.stage)]  # type: ignore[arg-type]
    assert not keyed[0].icon().isNull()
    menu.close()


def test_adding_means_stands_under_the_fields(qtbot: QtBot, qapp: QApplication) -> None:
    form = StepForm()
    qtbot.addWidget(form)
    form.resize(700, 600)
    form.show()
    places = [one.mapTo(form, one.rect().topLeft()).x() for one in (form.more, form.name)]
    assert places[0] + form.more.inset == places[1]


def test_empty_lists_say_what_belongs_there_and_offer_one_filled_button(
    bare: Desk, qtbot: QtBot, settle: Settle
) -> None:
    page = VoicePage(bare)
    qtbot.addWidget(page)
    page.resize(1044, 640)
    page.show()
    page.open()
    settle(bare)
    assert page.scores.add.kind == "plain"
    for tab in ("loops", "themes"):
        page.show_tab(tab)
        settle(bare)
        assert page.part.nothing.isVisible()
        assert page.part.nothing.sentence.text()
        assert page.part.nothing.size() == page.part.table.viewport().size()
    view = OnboardingView(bare)
    qtbot.addWidget(view)
    view.refresh()
    settle(bare)
    assert view.new.isHidden()
    assert not view.empty.button.isHidden()


def test_the_surveys_subtitle_repeats_no_figure_below_it(desk: Desk) -> None:
    from cs_workbench.services import voice

    found = voice.voice(desk.workbench.reads, "nps", NOW.date(), NOW.date().replace(year=2025))
    said = voice_words.about(found)
    assert said.startswith("NPS: share of 9–10")
    assert "promoters" not in said
    assert (
        voice_words.headline(found)
        == f"NPS {voice_words.figure(found.result)} ({voice_words.counted(found.result)})"
    )


@pytest.mark.parametrize(
    ("name", "short"),
    [("株式会社月ヶ瀬メディカル", "月ヶ瀬メディカル"), ("灯野印刷㈱", "灯野印刷"), ("A（株）", "A"),
     ("株式会社", "株式会社"),
     ("Quillmarsh Logistics Ltd", "Quillmarsh Logistics"), ("Corvane Robotics Inc.", "Corvane Robotics"), ("", "")],
)  # fmt: skip
def test_a_name_loses_its_legal_form_where_room_is_short(name: str, short: str) -> None:
    assert without_legal_form(name) == short
