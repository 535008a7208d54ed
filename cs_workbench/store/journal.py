"""The journal: the first image of every row a step touches, kept by temporary triggers in ordinary ``j_`` tables.

A tracked table ``account`` has a twin ``j_account(j_step, j_had, <its columns>)`` in the same file. The first time
a step touches a row, a trigger copies the row as it was (``j_had`` 1), or notes that it was not there (0). Undo
puts the images back, table by table, as sets; cascades and bulk statements are covered because triggers see them.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection

UNTRACKED = frozenset(
    ("reading_before", "reading_undone", "snapshot", "draft", "audit", "pack_record", "saved_mapping")
)
"""Tables outside undo: evidence, text being typed, and what the journal itself needs."""

STEP = """create table step (
  id integer primary key autoincrement,
  name text not null,
  at text not null,
  side text not null,
  kinds text not null default '',
  batches text not null default '',
  "rows" integer not null default 0
)"""
"""One line a step that can be undone (side ``undo``) or redone (``redo``); kinds and batches space-separated."""

IDS_LISTED = 1000
_TRIGGERS_A_TABLE = 4


class Shape:
    """What the journal knows of a tracked table: its columns in order and its key columns in order."""

    __slots__ = ("columns", "key", "name", "types")

    def __init__(self, connection: Connection, name: str) -> None:
        stored = [row for row in connection.execute(f'pragma main.table_xinfo("{name}")') if row[6] == 0]
        self.name = name
        self.columns: list[str] = [row[1] for row in stored]
        self.types: dict[str, str] = {row[1]: row[2] for row in stored}
        self.key: list[str] = [row[1] for row in sorted(stored, key=lambda row: row[5]) if row[5]]

    def columns_sql(self, prefix: str = "") -> str:
        """The stored columns, quoted, each with *prefix*."""
        return ", ".join(f'{prefix}"{column}"' for column in self.columns)

    def key_sql(self, prefix: str = "") -> str:
        """The key columns, quoted, each with *prefix*."""
        return ", ".join(f'{prefix}"{column}"' for column in self.key)

    def same_key(self, left: str, right: str) -> str:
        """The condition that two rows share their key."""
        return " and ".join(f'{left}."{column}"={right}."{column}"' for column in self.key)


def create_tables(connection: Connection, tables: Iterable[str]) -> None:
    """Create ``step`` and the twins of *tables*, after the tables themselves; a fresh journal is empty."""
    connection.execute(STEP)
    for name in sorted(tables):
        if name not in UNTRACKED:
            connection.execute(_twin(Shape(connection, name)))


def drop_tables(connection: Connection) -> None:
    """Take the journal away, before a migration changes what its images look like."""
    for name in tracked(connection):
        connection.execute(f'drop table "j_{name}"')
    connection.execute("drop table if exists step")


def tracked(connection: Connection) -> list[str]:
    """The tables that have a twin."""
    rows = connection.execute(
        "select name from sqlite_schema where type='table' and name glob 'j_*' order by name"
    )
    return [name[2:] for (name,) in rows]


def _twin(shape: Shape) -> str:
    """Key columns keep their type, or comparing them could not use the index (measured: quadratic); others none."""
    columns = ", ".join(
        f'"{column}" {shape.types[column]}' if column in shape.key else f'"{column}"'
        for column in shape.columns
    )
    return (
        f'create table "j_{shape.name}" (j_step integer not null, j_had integer not null, {columns},'
        f" primary key (j_step, {shape.key_sql()})) without rowid"
    )


def install(connection: Connection) -> dict[str, Shape]:
    """Create the triggers on the writer connection and return the shapes of the tracked tables.

    Raises RuntimeError where a twin does not fit its table: a migration forgot to make the journal afresh.
    """
    shapes = {name: Shape(connection, name) for name in tracked(connection)}
    connection.execute("create temp table now (step integer)")
    connection.execute("insert into temp.now values (null)")
    for shape in shapes.values():
        twin = Shape(connection, "j_" + shape.name)
        if twin.columns != ["j_step", "j_had", *shape.columns]:
            raise RuntimeError(f"journal of {shape.name} does not fit the table")
        arm(connection, shape)
    return shapes


def arm(connection: Connection, shape: Shape) -> None:
    """Create the four triggers of one table."""
    name = shape.name
    awake = "(select step from temp.now) is not null"
    moved = " or ".join(f'new."{column}" is not old."{column}"' for column in shape.key)
    for event, clause, condition, body in (
        ("i", "after insert", awake, _note(shape, "new", had=False)),
        ("u", "after update", awake, _note(shape, "old", had=True)),
        ("d", "after delete", awake, _note(shape, "old", had=True)),
        ("k", f"after update of {shape.key_sql()}", f"{awake} and ({moved})", _note(shape, "new", had=False)),
    ):
        connection.execute(
            f'create temp trigger "journal_{name}_{event}" {clause} on main."{name}" when {condition} begin {body}; end'
        )


def disarm(connection: Connection, name: str) -> None:
    """Drop the triggers of one table for the rest of the transaction: its rows are undone by their batch."""
    for event in "iudk":
        connection.execute(f'drop trigger if exists temp."journal_{name}_{event}"')


def armed(connection: Connection) -> int:
    """How many journal triggers are there; a table rebuilt on this connection would have lost its own silently."""
    counted: int = connection.execute(
        "select count(*) from sqlite_temp_schema where type='trigger' and name glob 'journal_*'"
    ).fetchone()[0]
    return counted


def triggers_wanted(shapes: dict[str, Shape]) -> int:
    """How many triggers :func:`install` makes."""
    return _TRIGGERS_A_TABLE * len(shapes)


def _note(shape: Shape, row: str, *, had: bool) -> str:
    """Not INSERT OR IGNORE: an outer conflict clause overrides one written inside a trigger."""
    columns, values = (
        (shape.columns_sql(), shape.columns_sql(f"{row}."))
        if had
        else (shape.key_sql(), shape.key_sql(f"{row}."))
    )
    known = f"select 1 from j_{shape.name} j where j.j_step=n.step and {shape.same_key('j', row)}"
    return (
        f"insert into j_{shape.name} (j_step, j_had, {columns})"
        f" select n.step, {int(had)}, {values} from temp.now n where not exists ({known})"
    )
