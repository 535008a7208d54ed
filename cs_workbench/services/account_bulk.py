"""Tagging and editing many accounts at once: one change, one undo step, however many there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cs_workbench.domain.text import name_of
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _, ngettext
from cs_workbench.store.queries import account_bulk as queries
from cs_workbench.store.queries import accounts as account_queries
from cs_workbench.store.queries import lifecycle

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench


def add_tag(wb: Workbench, ids: Sequence[int], tag: str) -> int:
    """Tag the accounts; returns how many had not that tag. Raises InvalidValue for an empty tag."""
    word = _tag(tag)
    new = len(set(ids)) - queries.tagged(wb.reads, ids, word)
    with wb.change(ngettext("Tag {n} account", "Tag {n} accounts", new).format(n=new)) as db:
        return queries.add_tag(db, ids, word)


def remove_tag(wb: Workbench, ids: Sequence[int], tag: str) -> int:
    """Take a tag off the accounts; returns how many had it. Raises InvalidValue for an empty tag."""
    word = _tag(tag)
    had = queries.tagged(wb.reads, ids, word)
    name = ngettext("Remove tag from {n} account", "Remove tag from {n} accounts", had)
    with wb.change(name.format(n=had)) as db:
        return queries.remove_tag(db, ids, word)


def set_stage(wb: Workbench, ids: Sequence[int], stage: str | None, *, now: dt.datetime) -> int:
    """Move the accounts to a stage, by its key; returns how many moved. Raises InvalidValue for one not on the list."""

    def name(n: int) -> str:
        return ngettext("Change stage of {n} account", "Change stage of {n} accounts", n)

    return _set(wb, "stage", ids, stage, name=name, now=now)


def set_tier(wb: Workbench, ids: Sequence[int], tier: str | None, *, now: dt.datetime) -> int:
    """Put the accounts in a tier, by its key; returns how many moved. Raises InvalidValue for one not on the list."""

    def name(n: int) -> str:
        return ngettext("Change tier of {n} account", "Change tier of {n} accounts", n)

    return _set(wb, "tier", ids, tier, name=name, now=now)


def set_owner(wb: Workbench, ids: Sequence[int], owner: str | None, *, now: dt.datetime) -> int:
    """Say who looks after the accounts; returns how many had somebody else."""

    def name(n: int) -> str:
        return ngettext("Change owner of {n} account", "Change owner of {n} accounts", n)

    return _set(wb, "owner", ids, name_of(owner or "") or None, name=name, now=now)


def _set(
    wb: Workbench,
    field: queries.Field,
    ids: Sequence[int],
    value: str | None,
    *,
    name: Callable[[int], str],
    now: dt.datetime,
) -> int:
    at = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    others = queries.other_than(wb.reads, field, ids, value)
    with wb.change(name(others).format(n=others)) as db:
        if field != "owner" and value is not None:
            known = account_queries.list_keys(db, field)
            if value not in known:
                raise InvalidValue(
                    _("“{key}” is not on the list.").format(key=value),
                    _("Use one of: {keys}").format(keys=_(", ").join(known)),
                    code=field,
                    value=value,
                )
        if field == "stage":
            lifecycle.record(db, ids, value, at)
        return queries.set_field(db, field, ids, value, at)


def _tag(text: str) -> str:
    word = " ".join(text.split()).removeprefix("#")
    if not word:
        raise InvalidValue(_("The tag is empty."), _("Write a word for the tag."), code="tag")
    return word
