"""The tree of a plan inside a change: where a node stands among its siblings, and what moving it means.

An objective stands at the top. Under it stand milestones, under those actions, at most ``DEEPEST`` levels of items.
A node that moves takes what hangs on it along; what changes its level may change its kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _
from cs_workbench.services.plans import Place, Ref, found

if TYPE_CHECKING:
    from cs_workbench.store.change import Change

DEEPEST = 4


class Branches:
    """All objectives and items of one plan, loaded once (three statements). Raises NotFound for an unknown plan."""

    def __init__(self, db: Change, plan_id: int) -> None:
        from cs_workbench.store.tables import Objective, PlanItem

        found(db, "plan", plan_id)
        self.db = db
        self.plan_id = plan_id
        session = db.session
        self.objectives: list[Any] = session.query(Objective).filter_by(plan_id=plan_id).all()
        self.items: list[Any] = session.query(PlanItem).filter_by(plan_id=plan_id).all()

    def row(self, ref: Ref) -> Any:
        """The row of a node. Raises NotFound where it is gone."""
        rows = self.objectives if ref.kind == "objective" else self.items
        for one in rows:
            if one.id == ref.id:
                return one
        raise NotFound(
            _("It is not there any more."), _("It may have been deleted; Undo brings it back."), id=ref.id
        )

    def siblings(self, row: Any) -> list[Any]:
        """The row and those beside it, in order."""
        if row in self.objectives:
            return self.ordered(self.objectives)
        return self.children(row.objective_id, row.parent_id)

    def children(self, objective_id: int | None, parent_id: int | None) -> list[Any]:
        """The items that stand directly there, in order."""
        return self.ordered(
            [
                one
                for one in self.items
                if one.parent_id == parent_id and (parent_id is not None or one.objective_id == objective_id)
            ]
        )

    def below(self, row: Any) -> list[Any]:
        """Every item that hangs on an item, at any depth."""
        hanging = [one for one in self.items if one.parent_id == row.id]
        return [*hanging, *(each for one in hanging for each in self.below(one))]

    def depth(self, row: Any) -> int:
        """1 for an item at the top of its objective."""
        return 1 if row.parent_id is None else 1 + self.depth(self.row(Ref("item", row.parent_id)))

    def height(self, row: Any) -> int:
        """Levels of items from *row* down, itself included."""
        return 1 + max((self.height(one) for one in self.items if one.parent_id == row.id), default=0)

    def add(self, title: str, place: Place) -> Ref:
        """A new node at *place*."""
        from cs_workbench.store.tables import Objective, PlanItem

        node = place.node
        if node is None or (node.kind == "objective" and place.how == "after"):
            after = None if node is None else self.row(node)
            made = Objective(plan_id=self.plan_id, title=title, position=0)
            self.insert(made, self.ordered(self.objectives), after)
            self.objectives.append(made)
            return Ref("objective", made.id)
        row = self.row(node)
        if node.kind == "objective":
            objective_id, parent_id, beside = row.id, None, self.children(row.id, None)
        elif place.how == "under":
            self.fits(self.depth(row) + 1)
            objective_id, parent_id, beside = row.objective_id, row.id, self.children(None, row.id)
        else:
            objective_id, parent_id, beside = row.objective_id, row.parent_id, self.siblings(row)
        item = PlanItem(
            plan_id=self.plan_id, objective_id=objective_id, parent_id=parent_id, position=0, title=title,
            kind="milestone" if parent_id is None else "action", side=row.side if node.kind == "item" else "ours",
        )  # fmt: skip
        self.insert(item, beside, row if place.how == "after" else None)
        self.items.append(item)
        return Ref("item", item.id)

    def insert(self, made: Any, beside: Sequence[Any], after: Any) -> None:
        """Put a new row into the session, after one of its siblings or last."""
        rows = list(beside)
        rows.insert(rows.index(after) + 1 if after in rows else len(rows), made)
        self.number(rows)
        self.db.session.add(made)
        self.db.session.flush()

    @staticmethod
    def number(rows: Sequence[Any]) -> None:
        """Write the order of siblings; only rows that moved are written."""
        for position, one in enumerate(rows):
            if one.position != position:
                one.position = position

    @staticmethod
    def ordered(rows: Sequence[Any]) -> list[Any]:
        """Rows by position, then age."""
        return sorted(rows, key=lambda one: (one.position, one.id))

    def fits(self, depth: int) -> None:
        """Raise InvalidValue for a level that is too deep to be read."""
        if depth > DEEPEST:
            raise InvalidValue(
                _("A plan has at most {most} levels of steps.").format(most=DEEPEST),
                _("Split the step, or move it up."),
                code="too_deep",
            )
