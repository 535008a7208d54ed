"""The bus: every commit reaches the screens once, on the UI thread."""

from __future__ import annotations

import threading
from types import SimpleNamespace

from pytestqt.qtbot import QtBot

from cs_workbench.services import contacts
from cs_workbench.services.accounts import account_list
from cs_workbench.ui.bus import Bus
from cs_workbench.ui.desk import Desk


def test_a_change_on_the_writer_thread_is_heard_on_the_ui_thread(desk: Desk, qtbot: QtBot) -> None:
    heard: list[tuple[str, threading.Thread, set[str]]] = []
    desk.bus.changed.connect(
        lambda told: heard.append((told.name, threading.current_thread(), set(told.ids)))
    )
    account = account_list(desk.workbench.reads, desk.today())[0]
    now, today = desk.now(), desk.today()
    desk.tasks.write(
        lambda: contacts.log(
            desk.workbench, "call 20m about seats", account_id=account.id, now=now, today=today
        )
    )
    qtbot.waitUntil(lambda: bool(heard), timeout=20_000)
    name, thread, tables = heard[0]
    assert thread is threading.main_thread()
    assert "interaction" in tables
    assert name
    assert len(heard) == 1


def test_undo_is_heard_too(desk: Desk, qtbot: QtBot) -> None:
    account = account_list(desk.workbench.reads, desk.today())[0]
    contacts.log(desk.workbench, "call", account_id=account.id, now=desk.now(), today=desk.today())
    with qtbot.waitSignal(
        desk.bus.changed, timeout=20_000, check_params_cb=lambda told: "interaction" in told.ids
    ):
        desk.workbench.undo()


def test_a_detached_bus_hears_nothing(qtbot: QtBot) -> None:
    callbacks: list[object] = []

    def subscribe(callback: object) -> object:
        callbacks.append(callback)
        return lambda: callbacks.remove(callback)

    bus = Bus()
    bus.attach(SimpleNamespace(subscribe=subscribe))  # type: ignore[arg-type]
    bus.attach(SimpleNamespace(subscribe=subscribe))  # type: ignore[arg-type]
    assert len(callbacks) == 1
    bus.detach()
    bus.detach()
    assert callbacks == []
