"""Whether a file's tables are those this program writes: compared as a whole before anything in it is used."""

from __future__ import annotations

from cs_workbench import paths
from cs_workbench.store.connection import DriverError
from cs_workbench.store.late import Late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from sqlite3 import Connection

    from cs_workbench.errors import UserError
    from cs_workbench.store import problems
else:
    problems = Late("cs_workbench.store.problems")

SCHEMA = ("schema", "0003.sql")
"""The resource that holds what :func:`written` says of a fresh portfolio."""
_PARTED = ";\n"
_SQLITES_OWN = tuple(
    "createtable" + name
    for name in ("sqlite_", "'interaction_tri_", "'interaction_short_", "'ticket_tri_", "'ticket_short_")
)
"""What SQLite keeps for itself and inside its search indexes is worded by SQLite, another version may do otherwise."""

_SEARCH = ("createvirtualtable",)


def written(connection: Connection) -> str:
    """The statements that make the file's tables, indexes, triggers and views, in their order, as one text.

    One row: a reader that fetches many waits for the interpreter at each while a window is being built.
    """
    return connection.execute("select group_concat(sql, char(59, 10)) from sqlite_schema").fetchone()[0] or ""


def check(path: str, connection: Connection) -> None:
    """Refuse a file whose tables are not exactly those of a portfolio of this version (PortfolioProblem).

    Order, white space and capitals do not count: in them one that was brought up to date differs from a new one. One
    without a search index passes: its records are whole, and the index can be made afresh.
    """
    if (problem := _misfit(path, connection, spared=_SEARCH)) is not None:
        raise problem


def told(error: BaseException, path: str, connection_of: Callable[[], Connection]) -> UserError | None:
    """The told form of a driver's *error*, or None where it is a bug of ours.

    SQL the driver calls wrong is a bug, unless somebody else changed the tables since they were compared.
    """
    known = problems.from_driver(error, path)
    if known is not None or getattr(error, "sqlite_errorname", "") != "SQLITE_ERROR":
        return known
    try:
        return _misfit(path, connection_of(), spared=())
    except DriverError:
        return None


def _misfit(path: str, connection: Connection, spared: tuple[str, ...]) -> UserError | None:
    found = written(connection)
    with open(paths.resources(*SCHEMA), encoding="utf-8") as file:
        wanted = file.read()
    if found == wanted:
        return None
    there, ours = _squeezed(found), _squeezed(wanted)
    if lacking := [one for one in ours.keys() - there.keys() if not one.startswith(spared)]:
        return problems.misfit(path, _names(ours[one] for one in lacking))
    if there.keys() - ours.keys():
        return problems.foreign_schema(path)
    return None


def _squeezed(text: str) -> dict[str, str]:
    """Each statement under what counts of it, SQLite's own left out."""
    statements = text.split(_PARTED) if text else []
    counted = {"".join(one.split()).lower(): one for one in statements}
    return {what: one for what, one in counted.items() if not what.startswith(_SQLITES_OWN)}


def _names(statements: Iterable[str]) -> list[str]:
    """What each of *statements* makes, by name."""
    import re

    makes = re.compile(r"create (?:unique |virtual )?(?:table|index) [\"']?(\w+)", re.IGNORECASE)
    return sorted(found[1] for one in statements if (found := makes.match(one)))
