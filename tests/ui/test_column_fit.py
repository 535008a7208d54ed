"""Widths that follow their words: a snug column leaves its room to others, owners of a plan stand whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget

from cs_workbench.services import plan_reading, plans
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.models.plan_model import OWNER, PlanModel
from cs_workbench.ui.pages.account.people_columns import columns as people_columns
from cs_workbench.ui.pages.success.plans import PlansView
from cs_workbench.ui.widgets.column_fit import ColumnFit
from cs_workbench.ui.widgets.fact_table import INSET, FactTable
from cs_workbench.ui.widgets.plan_paint import GAP
from cs_workbench.ui.widgets.plan_tree import PlanTree
from tests.builders_plans import NOW, TODAY, aoba_plan

Show = Callable[[QWidget], QWidget]


def says(text: object) -> str:
    return str(text)


def needed(text: str, around: int) -> int:
    theme = themes.current()
    return QFontMetrics(theme.font("body")).horizontalAdvance(text) + 2 * theme.px(around)


@pytest.mark.parametrize("scale", [0.9, 1.0, 2.0])
def test_a_snug_column_is_as_wide_as_its_words_and_never_wider_than_given(
    qapp: QApplication, wardrobe: themes.Wardrobe, scale: float
) -> None:
    wardrobe.resize(scale)
    inset = themes.current().px(INSET)
    snug = Column("a", "", says, 200, snug=True)
    assert ColumnFit().width(snug, ("Champion",), inset) == needed("Champion", INSET)
    assert ColumnFit().width(snug, ("Champion " * 40,), inset) == themes.current().px(200)
    assert ColumnFit().width(Column("a", "", says, 200), ("Champion",), inset) == themes.current().px(200)


def test_the_room_of_blank_roles_is_the_titles(shown: Show) -> None:
    def table(words: str) -> FactTable:
        made = FactTable(FactModel((
            Column("roles", "", lambda _row: words, 208, snug=True), Column("title", "", says),
        )))  # fmt: skip
        made.facts.fill(("Operations director",))
        made.resize(500, 200)
        shown(made)
        return made

    assert table("").columnWidth(1) > table("Decision maker").columnWidth(1)


def test_names_roles_and_promises_are_snug(desk: Desk, qtbot: Any) -> None:
    snug = {one.key for one in people_columns(lambda: None, desk.today) if one.snug}
    assert snug == {"name", "roles"}
    view = PlansView(desk)
    qtbot.addWidget(view)
    assert [one.key for one in view.table.facts.columns if one.snug] == ["account", "promises"]


def test_owners_of_a_plan_stand_whole(desk: Desk, shown: Show) -> None:
    """As soon as the plan is read, and when an owner changes."""
    with desk.workbench.change("empty") as db:
        db.execute("delete from success_plan")
    aoba_plan(desk.workbench, 1)
    tree = PlanTree(PlanModel())
    tree.resize(900, 500)
    shown(tree)
    view = plan_reading.first_view(desk.workbench.reads, 1, TODAY)
    assert view is not None
    tree.plan.fill(view.nodes)
    narrow = tree.columnWidth(OWNER)
    assert narrow >= longest(tree)
    item = next(node.ref for node in view.nodes if node.ref.kind == "item")
    plans.edit(desk.workbench, "item", item.id, "owner", "Maya Konstantinou-Lindqvist", now=NOW)
    view = plan_reading.first_view(desk.workbench.reads, 1, TODAY)
    assert view is not None
    tree.plan.fill(view.nodes)
    assert tree.columnWidth(OWNER) >= longest(tree)
    assert tree.columnWidth(OWNER) > max(narrow, themes.current().px(168))
    assert sum(tree.columnWidth(column) for column in range(5)) == tree.viewport().width()


def longest(tree: PlanTree) -> int:
    names = [str(tree.plan.index(row, OWNER).data() or "") for row in range(tree.plan.rowCount())]
    return max(needed(name, GAP) for name in names)
