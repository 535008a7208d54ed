"""Undo and redo at random while pages are open and gone through: no warning, no failure, the portfolio whole."""

from __future__ import annotations

import random
from collections.abc import Callable

from PySide6.QtTest import QTest

from cs_workbench.services import feedback, people_edits, tasks
from cs_workbench.store import check
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow

PAGES = (
    ("accounts", {}), ("account", {"account_id": 1, "tab": "people"}), ("value", {"account_id": 1}), ("today", {}),
    ("voice", {"tab": "themes"}), ("success", {"view": "training"}), ("renewals", {}), ("portfolio", {}),
)  # fmt: skip


def test_two_hundred_undos_and_redos_across_pages(
    window: MainWindow, desk: Desk, settle: Callable[[Desk], None]
) -> None:
    chance, wb = random.Random(20261122), desk.workbench
    person = int(wb.reads.scalar("select min(id) from person where account_id = 1"))
    failed: list[object] = []
    desk.tasks.failed.connect(failed.append)
    for n in range(6):
        feedback.add_theme(wb, f"Theme {n}")
        people_edits.place(wb, person, 1 + n % 5, "positive", now=desk.now())
        tasks.add(wb, 1, f"Task {n}", due_on=desk.today(), person_id=person, now=desk.now())
    for n in range(200):
        if n % 20 == 0:
            page, arguments = PAGES[n // 20 % len(PAGES)]
            window.go(page, **arguments)
        act = wb.undo if chance.random() < 0.55 else wb.redo
        desk.tasks.write(act, saves=False)
        if n % 5 == 0:
            QTest.qWait(5)
    settle(desk)
    assert failed == []
    assert check.check_reader(wb.database.reader(), keyed=False).findings == ()
    assert wb.on_writer(check.check_writer) == []
