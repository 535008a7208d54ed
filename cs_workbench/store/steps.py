"""Steps: opening and closing one in the journal, going back and forth over it, and forgetting the oldest."""

from __future__ import annotations

from cs_workbench.store import audit, batches, journal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from sqlite3 import Connection
    from typing import Any

    from cs_workbench.store.journal import Shape

    Ids = dict[str, frozenset[int] | None]

STEPS_KEPT = 200
ROWS_KEPT = 200_000
PROBE = 0
"""The step number evidence is written under: its images are looked at and thrown away."""

_NOW = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"


class Steps:
    """The undo and redo stacks of one writer connection. Every method runs inside a transaction of the caller."""

    def __init__(self, connection: Connection, shapes: dict[str, Shape]) -> None:
        self._db = connection
        self._shapes = shapes
        self._touched = " union all ".join(
            f"select '{name}' where exists (select 1 from j_{name} where j_step=:step)" for name in shapes
        )

    def begin(self, name: str, side: str = "undo") -> int:
        """Open a step and wake the journal; returns the step's id.

        Raises RuntimeError where triggers are missing: the journal would record nothing.
        """
        if journal.armed(self._db) != self.triggers_wanted:
            raise RuntimeError("the journal's triggers are not complete")
        step = self._db.execute(
            f"insert into step (name, at, side) values (?, {_NOW}, ?)", (name, side)
        ).lastrowid
        assert step is not None
        self._db.execute("update temp.now set step=?", (step,))
        return step

    @property
    def triggers_wanted(self) -> int:
        """How many journal triggers a whole journal has."""
        return journal.triggers_wanted(self._shapes)

    def watch(self) -> None:
        """Wake the journal for evidence, which may not touch tracked tables: see :meth:`watched`."""
        self._db.execute("update temp.now set step=?", (PROBE,))

    def watched(self) -> list[str]:
        """Put the journal to sleep and tell which tracked tables moved since :meth:`watch`."""
        self._sleep()
        moved = self._kinds(PROBE)
        for name in moved:
            self._db.execute(f"delete from j_{name} where j_step=?", (PROBE,))
        return moved

    def end(self, step: int, owned: Sequence[int]) -> Ids | None:
        """Close *step*, which owns the readings of the batches *owned*: what moved, or None where nothing did.

        A step in which nothing moved leaves nothing behind, and what could be redone stays so.
        """
        self._sleep()
        if owned:
            journal.arm(self._db, self._shapes["reading"])
        ids = self._finish(step, owned)
        if ids is None:
            self._db.execute("delete from step where id=?", (step,))
            return None
        self._forget_redo()
        self._forget_oldest()
        return ids

    def silence_readings(self) -> None:
        """Stop journaling readings until :meth:`end`: their batch undoes them."""
        journal.disarm(self._db, "reading")

    def last(self, side: str) -> tuple[int, str] | None:
        """Id and name of the newest step of *side*."""
        found: tuple[int, str] | None = self._db.execute(
            "select id, name from step where side=? order by id desc limit 1", (side,)
        ).fetchone()
        return found

    def replay(self, step: int) -> tuple[int, Ids]:
        """Put back what *step* found, recording the way back as a step of the other side: its id and what moved.

        Foreign keys must be off on the connection: the images hold every cascaded effect already.
        """
        name, side, kinds, owned_text = self._db.execute(
            "select name, side, kinds, batches from step where id=?", (step,)
        ).fetchone()
        owned = [int(batch) for batch in owned_text.split()]
        back = self.begin(name, "redo" if side == "undo" else "undo")
        if side == "undo":
            self._move_batches(reversed(owned), batches.withdraw)
            self._put_back(step, kinds.split())
        else:
            self._put_back(step, kinds.split())
            self._move_batches(owned, batches.put_again)
        self._sleep()
        ids = self._finish(back, owned)
        self._db.execute("delete from step where id=?", (step,))
        return back, ids or {}

    def gone(self, step: int) -> dict[str, Any]:
        """What the open *step* deleted (``rows``: table → columns and rows) and cut loose (``links``: table, key,
        column and old value of rows that are still there), as plain values.
        """
        rows: dict[str, Any] = {}
        links: list[dict[str, Any]] = []
        for name in self._kinds(step):
            shape = self._shapes[name]
            images = f"from j_{name} j left join {name} t on {shape.same_key('t', 'j')} where j.j_step=? and j.j_had=1"
            absent = f't."{shape.key[0]}" is null'
            found = self._db.execute(
                f"select {shape.columns_sql('j.')} {images} and {absent}", (step,)
            ).fetchall()
            if found:
                rows[name] = {"columns": shape.columns, "rows": [list(row) for row in found]}
            for column in shape.columns:
                differs = f'not ({absent}) and j."{column}" is not t."{column}"'
                cut = f'select j."{column}", {shape.key_sql("j.")} {images} and {differs}'
                links += [
                    {
                        "table": name,
                        "column": column,
                        "old": old,
                        "key": dict(zip(shape.key, key, strict=True)),
                    }
                    for old, *key in self._db.execute(cut, (step,))
                ]
        return {"rows": rows, "links": links}

    def forget_all(self) -> None:
        """Forget the whole history: what it held of erased rows must not stay in the file."""
        for (step,) in self._db.execute("select id from step").fetchall():
            self._forget(step)

    def _put_back(self, step: int, kinds: list[str]) -> None:
        """All touched rows leave before any comes back, so that swapped unique values do not collide."""
        for name in kinds:
            shape = self._shapes[name]
            self._db.execute(
                f"delete from {name} where ({shape.key_sql()})"
                f" in (select {shape.key_sql()} from j_{name} where j_step=?)",
                (step,),
            )
            self._db.execute(
                f"insert into {name} ({shape.columns_sql()})"
                f" select {shape.columns_sql()} from j_{name} where j_step=? and j_had=1",
                (step,),
            )
            self._db.execute(f"delete from j_{name} where j_step=?", (step,))

    def _finish(self, step: int, owned: Sequence[int]) -> Ids | None:
        kinds = self._kinds(step)
        if not kinds and not owned:
            return None
        ids: Ids = {"reading": None} if owned else {}
        rows = 0
        for name in kinds:
            ids[name] = self._ids(name, step)
            rows += self._db.execute(f"select count(*) from j_{name} where j_step=?", (step,)).fetchone()[0]
        rows += sum(batches.kept(self._db, batch) for batch in owned)
        audit.derive(self._db, step, kinds)
        self._db.execute(
            'update step set kinds=?, batches=?, "rows"=? where id=?',
            (" ".join(kinds), " ".join(map(str, owned)), rows, step),
        )
        return ids

    def _ids(self, name: str, step: int) -> frozenset[int] | None:
        shape = self._shapes[name]
        if "INT" not in shape.types[shape.key[0]]:
            return None
        rows = self._db.execute(
            f"select {shape.key_sql()} from j_{name} where j_step=? limit {journal.IDS_LISTED + 1}", (step,)
        ).fetchall()
        return None if len(rows) > journal.IDS_LISTED else frozenset(row[0] for row in rows)

    def _kinds(self, step: int) -> list[str]:
        return [name for (name,) in self._db.execute(self._touched, {"step": step})]

    def _sleep(self) -> None:
        self._db.execute("update temp.now set step=null")

    def _move_batches(self, owned: Iterable[int], move: Callable[[Connection, int], None]) -> None:
        for batch in owned:
            self.silence_readings()
            move(self._db, batch)
            journal.arm(self._db, self._shapes["reading"])

    def _forget_redo(self) -> None:
        for (step,) in self._db.execute("select id from step where side='redo'").fetchall():
            self._forget(step)

    def _forget_oldest(self) -> None:
        """Keep the newest step whatever its size, then as many as fit under both caps."""
        total = 0
        listed = self._db.execute(
            "select id, \"rows\" from step where side='undo' order by id desc"
        ).fetchall()
        for place, (step, rows) in enumerate(listed):
            total += rows
            if place and (place >= STEPS_KEPT or total > ROWS_KEPT):
                self._forget(step)

    def _forget(self, step: int) -> None:
        side, kinds, owned = self._db.execute(
            "select side, kinds, batches from step where id=?", (step,)
        ).fetchone()
        for name in kinds.split():
            self._db.execute(f"delete from j_{name} where j_step=?", (step,))
        for batch in owned.split():
            batches.forget(self._db, int(batch), side)
        self._db.execute("delete from step where id=?", (step,))
