"""Letting go of long reading: whoever asked for it says stop, and the connection gives up within a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cs_workbench.errors import Cancelled
from cs_workbench.i18n import _
from cs_workbench.store.connection import DriverError

if TYPE_CHECKING:
    from sqlite3 import Connection

Stop = Callable[[], bool]
"""Says whether the work is not wanted any more; asked from the thread that works."""
STEPS = 4096
"""Steps of SQLite's (in a check: pages) between two questions: some 20 ms, and too few to be measured (300 MB)."""


@contextmanager
def until(connection: Connection, stop: Stop | None) -> Iterator[None]:
    """Ask *stop* again and again while the block reads through *connection*; None never stops.

    Once it says so the block ends with Cancelled, whatever it made of the interruption: what it found does not count.
    """
    if stop is None:
        yield
        return
    connection.set_progress_handler(stop, STEPS)
    try:
        yield
    except DriverError as error:
        if stop():
            raise stopped() from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
    look(stop)


def look(stop: Stop | None) -> None:
    """Ask *stop* once. Raises Cancelled."""
    if stop is not None and stop():
        raise stopped()


def stopped() -> Cancelled:
    """The work was stopped and has left nothing."""
    return Cancelled(_("Stopped. Nothing half-done was kept."))
