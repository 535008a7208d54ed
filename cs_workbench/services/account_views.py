"""Saved views of the account list: a filter, an order, a grouping, kept in the portfolio."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _, mark
from cs_workbench.store.queries.settings import setting
from cs_workbench.store.settings import put_setting

if TYPE_CHECKING:
    import datetime as dt

    from cs_workbench.services.account_table import AccountTable
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads

KEY = "account_views"


class SavedView(NamedTuple):
    """One view. ``columns`` empty means the usual ones, ``id`` "" one that is not saved yet."""

    id: str
    name: str
    filter: str = ""
    sort: str = ""
    descending: bool = False
    group: str = ""
    columns: tuple[str, ...] = ()


_FIRST = (
    SavedView("notice", mark("Notice in 90 days"), "renewal<=90d", "left"),
    SavedView("touch", mark("Touch debt"), "touch:late", "contact", descending=True),
    SavedView("onboarding", mark("Onboarding"), "stage:onboarding", "left"),
)
"""What a portfolio has until its person saves or deletes a view; named in the language of the moment."""


def views(reads: Reads) -> list[SavedView]:
    """The views in their order."""
    return _from(setting(reads, KEY))


def views_of(table: AccountTable) -> list[SavedView]:
    """The views as they were when *table* was read: no statement more."""
    return _from(None if table.views is None else json.loads(table.views))


def counts(table: AccountTable, wanted: Sequence[SavedView]) -> dict[str, int]:
    """How many accounts each view holds; one whose filter cannot be read is left out."""
    if not wanted:
        return {}
    from cs_workbench.domain.account_filter import keep
    from cs_workbench.domain.account_filter_parser import parse

    found = {}
    for view in wanted:
        filtered = parse(view.filter, table.vocabulary, table.today)
        if not filtered.problems:
            found[view.id] = len(keep(table.lines, filtered.root, table.today))
    return found


def rail(reads: Reads, today: dt.date) -> list[tuple[str, str, int | None]]:
    """(id, name, number of accounts) of every view, for whoever shows them without the list."""
    from cs_workbench.services.account_table import load

    table = load(reads, today)
    found = views_of(table)
    numbers = counts(table, found)
    return [(view.id, view.name, numbers.get(view.id)) for view in found]


def save(wb: Workbench, view: SavedView) -> SavedView:
    """Keep a view, in the place of the one with its id, as one undo step; returns it with its id.

    Raises InvalidValue for an empty name.
    """
    from cs_workbench.domain.text import name_of

    name = name_of(view.name)
    if not name:
        raise InvalidValue(_("A view needs a name."), _("Write what it shows."), code="name")
    with wb.change(_("Save view")) as db:
        known = _from(setting(db, KEY))
        kept = view._replace(name=name, id=view.id or _free([one.id for one in known]))
        if any(one.id == kept.id for one in known):
            known = [kept if one.id == kept.id else one for one in known]
        else:
            known.append(kept)
        put_setting(db, KEY, [_plain(one) for one in known])
    return kept


def delete(wb: Workbench, view_id: str) -> None:
    """Delete a view as one undo step. Raises NotFound."""
    with wb.change(_("Delete view")) as db:
        known = _from(setting(db, KEY))
        left = [one for one in known if one.id != view_id]
        if len(left) == len(known):
            raise NotFound(_("The view is not there any more."), candidates=[])
        put_setting(db, KEY, [_plain(one) for one in left])


def _from(stored: object) -> list[SavedView]:
    """Views as stored; what another program has put there in another shape is passed over."""
    if not isinstance(stored, list):
        return [view._replace(name=_(view.name)) for view in _FIRST]
    return [_view(one) for one in stored if isinstance(one, Mapping) and one.get("id") and one.get("name")]


def _view(stored: Mapping[str, Any]) -> SavedView:
    columns = stored.get("columns")
    return SavedView(
        id=str(stored["id"]),
        name=str(stored["name"]),
        filter=str(stored.get("filter", "")),
        sort=str(stored.get("sort", "")),
        descending=stored.get("descending") is True,
        group=str(stored.get("group", "")),
        columns=tuple(map(str, columns)) if isinstance(columns, list) else (),
    )


def _plain(view: SavedView) -> dict[str, object]:
    return {name: value for name, value in view._asdict().items() if value not in ("", (), False)}


def _free(taken: Sequence[str]) -> str:
    """An id none of *taken*: view1, view2 …"""
    return next(f"view{n}" for n in range(1, len(taken) + 2) if f"view{n}" not in taken)
