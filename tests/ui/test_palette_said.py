"""The palette finds what stands in plans and what customers said, and leads there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cs_workbench.services import plans
from cs_workbench.services.plans import Place
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.palette import Palette
from tests.builders_plans import NOW

Settle = Callable[[Desk], None]
ODD = "Quenchwork <img src=x>"


@pytest.fixture
def told(desk: Desk) -> int:
    """A plan and a customer's words, both of account 1, that nothing else in the sample says."""
    plan = plans.create(desk.workbench, 1, "Zornplan", now=NOW)
    plans.add(desk.workbench, plan, ODD, Place(), now=NOW)
    with desk.workbench.change("said") as db:
        db.execute("insert into feedback(account_id, said, said_on) values (1, 'Blorptalk', '2026-01-01')")
    return plan


@pytest.mark.parametrize(
    ("words", "kind", "text", "place"),
    [
        ("quenchwork", "plan", ODD, ("account", {"account_id": 1, "tab": "plan"})),
        ("blorptalk", "voice", "Blorptalk", ("voice", {"account_id": 1})),
    ],
)
def test_a_line_of_a_plan_or_of_a_customer_leads_to_its_place(
    window: MainWindow, desk: Desk, told: int, settle: Settle, qtbot: QtBot,
    words: str, kind: str, text: str, place: tuple[str, dict[str, object]],
) -> None:  # fmt: skip
    window.act("palette")
    palette = window.findChild(Palette)
    assert palette is not None
    palette.field.setText(words)
    settle(desk)
    lines = palette.model.lines
    assert [(line.kind, line.text) for line in lines] == [("heading", "Plans and voice"), (kind, text)]
    assert lines[1].second
    went: list[tuple[str, dict[str, object]]] = []
    desk.went.connect(lambda page, arguments: went.append((page, dict(arguments))))
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    settle(desk)
    assert went == [place]
