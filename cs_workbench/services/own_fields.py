"""Fields of one's own on accounts: the columns of an imported list that are nothing the program knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from cs_workbench.domain.text import seen
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _
from cs_workbench.store.queries import own_fields as queries

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads


class OwnField(NamedTuple):
    """A field (type: text, number, date, bool or money) and its canonical text for one account, "" for nothing."""

    id: int
    label: str
    type: str
    value: str = ""


class About(NamedTuple):
    """What else is known of one account. ``note`` is the remark, None for an account that is not there."""

    fields: tuple[OwnField, ...] = ()
    industry: str = ""
    country: str = ""
    tags: tuple[str, ...] = ()
    note: str | None = None

    def __bool__(self) -> bool:
        return self.note is not None


class OwnColumns(NamedTuple):
    """The own fields of all accounts, and their values by field and account (empty where they were not asked for)."""

    fields: tuple[OwnField, ...] = ()
    values: Mapping[int, Mapping[int, str]] = MappingProxyType({})

    def value(self, account_id: int, place: int) -> str:
        """The canonical text an account has in the field at *place*; "" for nothing."""
        if place >= len(self.fields):
            return ""
        return self.values.get(self.fields[place].id, {}).get(account_id, "")


def about(reads: Reads, account_id: int) -> About:
    """Own fields, industry, country, tags and the remark of an account; nothing where it is gone."""
    known = queries.about(reads, account_id)
    if known is None:
        return About()
    return About(tuple(OwnField(*row) for row in queries.of_account(reads, account_id)), *known)


def columns(reads: Reads, *, values: bool) -> OwnColumns:
    """The accounts' own fields in one statement, with every value in another where *values* are wanted."""
    fields = tuple(OwnField(*row) for row in queries.fields(reads))
    found: dict[int, dict[int, str]] = {one.id: {} for one in fields}
    if values and fields:
        for account, field_id, text in queries.values(reads):
            if field_id in found:
                found[field_id][account] = text
    return OwnColumns(fields, found)


def understood(kind: str, text: str, today: dt.date) -> str:
    """What was typed as the canonical text of a field of type *kind*, "" for nothing; raises InvalidValue."""
    from cs_workbench.intake.money import parse_money
    from cs_workbench.intake.values import ValueProblem, parse_bool
    from cs_workbench.services import account_edits

    words = seen(text).strip()
    if not words:
        return ""
    if kind == "date":
        day = account_edits.read("task", "due_on", words, today)
        return day.isoformat() if isinstance(day, dt.date) else ""
    try:
        if kind in ("number", "money"):
            figure = f"{parse_money(words)[0]:f}"
            return figure.rstrip("0").rstrip(".") if "." in figure else figure
        if kind == "bool":
            return "1" if parse_bool(words) else "0"
    except ValueProblem:
        if kind == "bool":
            raise InvalidValue(
                _("“{value}” is neither yes nor no.").format(value=words), _("Type yes or no."), code="bool"
            ) from None
        raise InvalidValue(
            _("“{value}” is not a number.").format(value=words), _("Type 6500000 or 6.5M."), code="number"
        ) from None
    return words


def keep(wb: Workbench, account_id: int, field_id: int, text: str) -> None:
    """Keep a canonical text as ``understood`` gave it, "" takes the value away; one undo step. Raises NotFound."""
    from cs_workbench.store.tables import Account, AccountCustom, CustomField

    with wb.change(_("Edit own field")) as db:
        if db.session.get(Account, account_id) is None or db.session.get(CustomField, field_id) is None:
            raise NotFound(
                _("It is not there any more."),
                _("It may have been deleted; Undo brings it back."),
                id=field_id,
            )
        row = db.session.get(AccountCustom, (account_id, field_id))
        if row is None and text:
            db.session.add(AccountCustom(account_id=account_id, field_id=field_id, value=text))
        elif row is not None and text:
            row.value = text
        elif row is not None:
            db.session.delete(row)


def keep_note(wb: Workbench, account_id: int, text: str, *, now: dt.datetime) -> None:
    """Keep the remark on an account; one undo step. Raises NotFound."""
    from cs_workbench.store.tables import Account

    with wb.change(_("Change the remark")) as db:
        row = db.session.get(Account, account_id)
        if row is None:
            raise NotFound(
                _("It is not there any more."),
                _("It may have been deleted; Undo brings it back."),
                id=account_id,
            )
        row.note, row.updated_at = text, now


def sort_key(kind: str, text: str) -> tuple[int, Decimal, str] | None:
    """By what a value is sorted: numbers by size, the rest as text; None for nothing."""
    if not text:
        return None
    if kind in ("number", "money"):
        try:
            return (0, Decimal(text), "")
        except InvalidOperation:
            return (1, Decimal(0), text)
    return (1, Decimal(0), text)
