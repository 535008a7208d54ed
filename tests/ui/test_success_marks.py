"""Marks of success and people: influence as dots, criteria behind a tick, bounds in percent, tables on their pane."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QVBoxLayout
from pytestqt.qtbot import QtBot

from cs_workbench.domain.success_map import Step, exit_of, is_share
from cs_workbench.services import success_maps
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.pages.account import people_columns
from cs_workbench.ui.pages.success.map_editor import MapEditor
from cs_workbench.ui.pages.success.stages_pane import CheckLine
from cs_workbench.ui.pages.success.step_form import StepForm
from cs_workbench.ui.widgets.influence import GAP, OF, WIDE, centres, paint_influence
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.menu import Menu
from cs_workbench.ui.widgets.more import More, beside
from cs_workbench.ui.widgets.pane_table import HIGH, PaneTable
from cs_workbench.ui.widgets.split import Pane


def test_dots_are_of_one_size_and_do_not_touch(qapp: QApplication) -> None:
    box = QRectF(0, 0, 80, 40)
    found = centres(box)
    assert len(found) == OF
    assert {two.x() - one.x() for one, two in pairwise(found)} == {WIDE + GAP}
    image = QImage(80, 40, QImage.Format.Format_ARGB32)
    image.fill(themes.current().colour("bg.surface"))
    painter = QPainter(image)
    paint_influence(painter, box, 3)
    painter.end()
    ink = themes.current().colour("text.primary")
    filled = [image.pixelColor(one.toPoint()) == ink for one in found]
    assert filled == [True, True, True, False, False]


@pytest.mark.parametrize(("given", "told"), [(None, ""), (1, "1/5"), (5, "5/5")])
def test_influence_is_said_in_figures(given: int | None, told: str) -> None:
    assert people_columns.of_five(given) == told
    assert ("", "–") in people_columns.influences()


@pytest.mark.parametrize("holds", [True, False])
def test_a_criterion_says_whether_it_holds(qapp: QApplication, holds: bool) -> None:
    line = CheckLine("Health at least 70: 78", holds)
    assert line.words.text() == "Health at least 70: 78"
    assert line.words.accessibleName() == ("Met: " if holds else "Not met: ") + line.words.text()
    line.resize(200, 24)
    assert not line.grab().isNull()


@pytest.mark.parametrize(
    ("kind", "metric", "role", "share"),
    [("objectives", "", "", True), ("metric", "users/seats", "active_users", True),
     ("metric", "setup", "checklist", True), ("metric", "users", "active_users", False),
     ("confirmed", "setup", "checklist", False)],
)  # fmt: skip
def test_which_bounds_are_shares(kind: str, metric: str, role: str, share: bool) -> None:
    assert is_share(kind, metric, role) is share  # type: ignore[arg-type]


def test_a_bound_above_one_is_no_share_whatever_the_role_says() -> None:
    step = Step("a", exit_kind="metric", exit_metric="setup", at_least=80)
    found = exit_of(step, 62, "checklist")
    assert found is not None
    assert not found.share


def test_a_share_is_typed_in_percent(qapp: QApplication) -> None:
    form = StepForm()
    form.offer([("setup", "Setup checklist"), ("users", "Active users")], frozenset({"setup"}))
    form.show_step(Step("a", exit_kind="metric", exit_metric="setup", at_least=0.9), enabled=True)
    assert form.bound.text() == "90"
    assert not form.percent.isHidden()
    assert form.step().at_least == pytest.approx(0.9)
    form.bound.setText("85%")
    assert form.step().at_least == pytest.approx(0.85)
    form.show_step(Step("a", exit_kind="metric", exit_metric="users", at_least=90), enabled=True)
    assert form.bound.text() == "90"
    assert form.percent.isHidden()
    assert form.step().at_least == 90
    form.show_step(Step("a", exit_kind="metric", exit_metric="setup", at_least=80), enabled=True)
    assert (form.bound.text(), form.step().at_least) == ("80", 80)


def test_share_metrics_are_those_with_the_role(desk: Desk) -> None:
    with desk.workbench.change("metrics") as db:
        db.execute("update metric set role = 'checklist' where id = (select min(id) from metric)")
        (key,) = db.all("select key from metric where id = (select min(id) from metric)")[0]
    assert key in success_maps.shares(desk.workbench.reads)


def test_the_editor_can_be_closed_and_has_one_ground(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    editor = MapEditor(desk, window, 1)
    assert not editor.form.widget().autoFillBackground()
    shut: list[bool] = []
    editor.finished.connect(lambda _code: shut.append(True))
    editor.shut.click()
    assert shut


def test_rows_in_a_pane_have_no_ground_of_their_own(qtbot: QtBot, make_pane: Callable[[], Pane]) -> None:
    pane = make_pane()
    model = FactModel((Column("a", "", lambda row: row),))
    table = PaneTable(model, lambda row: ((row, "small", "text.secondary"), ("said", "body", "text.primary")))
    model.setParent(table)
    pane.column.addWidget(table)
    model.fill(["<img src=x>" + "長" * 10_000, "b"])
    pane.resize(300, 400)
    pane.show()
    table.fit()
    assert table.maximumHeight() == 2 * themes.current().row(HIGH)
    image = pane.grab().toImage()
    ground = themes.current().colour("bg.sunken")
    at = table.mapTo(pane, table.rect().center())
    ratio = image.devicePixelRatio()
    assert image.pixelColor(round(3 * ratio), round(at.y() * ratio)) == ground
    assert image.pixelColor(round((table.x() + 4) * ratio), round((table.y() + HIGH * 1.5) * ratio)) == ground


@pytest.fixture
def make_pane(qtbot: QtBot) -> Callable[[], Pane]:
    def make() -> Pane:
        pane = Pane()
        qtbot.addWidget(pane)
        return pane

    return make


def test_the_dots_unfold_the_verbs(qtbot: QtBot) -> None:
    pane = Pane()
    qtbot.addWidget(pane)
    more = More({"account": "building-2"})
    more.rename({"account": "Open R&D"})
    row = beside(Label("Title", "title"), more)
    assert isinstance(pane.layout(), QVBoxLayout)
    pane.column.addLayout(row)
    heard: list[str] = []
    more.asked.connect(heard.append)
    pane.show()
    menu = more.unfold()
    (action,) = menu.actions()
    assert isinstance(menu, Menu)  # keys and corners as in every other menu
    assert action.text() == "Open R&&D"
    action.trigger()
    menu.close()
    assert heard == ["account"]
    qtbot.keyClick(more, Qt.Key.Key_Space)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()
