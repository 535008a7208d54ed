"""The list of steps, and going one step back or forth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.store import fit
from cs_workbench.store.change import Changes
from cs_workbench.store.connection import DriverError

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads
    from cs_workbench.store.writer import Writer


@dataclass(frozen=True, slots=True)
class Step:
    """One step: ``side`` is undo or redo, ``at`` the UTC instant it was made as ISO text."""

    id: int
    name: str
    at: str
    side: str


def steps(db: Reads) -> list[Step]:
    """Every step, newest first."""
    return [Step(*row) for row in db.all("select id, name, at, side from step order by id desc")]


def replay_last(writer: Writer, side: str) -> Changes | None:
    """Undo (side ``undo``) or redo the newest step; None where there is none.

    Foreign keys sleep meanwhile: the images hold every cascaded effect, and the switch only works outside a
    transaction. Raises UserError where the disk fails; then nothing has moved.
    """
    connection = writer.connection
    connection.execute("pragma foreign_keys=off")
    try:
        connection.execute("begin immediate")
        last = writer.steps.last(side)
        if last is None:
            connection.execute("rollback")
            return None
        step, ids = writer.steps.replay(last[0])
        connection.execute("commit")
    except DriverError as error:
        raise fit.told(error, writer.path, lambda: connection) or error from error
    finally:
        if connection.in_transaction:
            connection.execute("rollback")
        connection.execute("pragma foreign_keys=on")
    return Changes(step, last[1], ids)
