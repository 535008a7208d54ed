"""Edits where something is shown: one field of a person, a contract or a task, read as typed, kept as one undo step."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from cs_workbench.domain.text import name_key, name_of, seen
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _, mark
from cs_workbench.services.typed_days import typed_day

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change

Kind: TypeAlias = Literal["text", "name", "date", "money", "count", "yes_no", "influence", "choice", "mail"]

FIELDS: dict[str, dict[str, Kind]] = {
    "person": {
        "name": "name", "title": "text", "department": "text", "email": "mail", "phone": "text",
        "influence": "influence", "sentiment": "choice", "status": "choice", "left_on": "date",
    },
    "contract": {
        "name": "text", "plan": "text", "seats": "count", "arr": "money", "amount": "money", "start_on": "date",
        "end_on": "date", "notice_days": "count", "notice_months": "count", "auto_renew": "yes_no",
        "status": "choice",
    },
    "task": {"title": "name", "due_on": "date", "owner": "text", "note": "text"},
}  # fmt: skip
"""The fields that can be edited where they are shown, and how what is typed is read."""

_STEPS = {"person": mark("Edit person"), "contract": mark("Edit contract"), "task": mark("Edit task")}
_CHOICES = {
    ("person", "sentiment"): ("positive", "neutral", "negative"),
    ("person", "status"): ("active", "left"),
    ("contract", "status"): ("active", "trial", "ended", "churned", "draft"),
}
_MOST_COUNT = 10_000_000


def read(entity: str, field: str, text: str, today: dt.date) -> object:
    """What was typed as the value to keep; None for nothing. Raises InvalidValue with what to type instead."""
    words = seen(text).strip()
    kind = FIELDS[entity][field]
    if not words:
        if kind == "name":
            raise InvalidValue(_("It needs a name."), _("Esc brings the old one back."), field=field)
        return None
    if kind == "date":
        return typed_day(words, today, field)
    if kind == "money":
        return _money(words)
    if kind in {"count", "influence"}:
        return _count(words, 5 if kind == "influence" else _MOST_COUNT, 1 if kind == "influence" else 0)
    if kind == "yes_no":
        return words in {"1", "yes", "True"}
    if kind == "choice" and words not in _CHOICES[entity, field]:
        raise InvalidValue(_("“{value}” is not on the list.").format(value=words), field=field)
    if kind == "name":
        return name_of(words)
    return words.lower() if kind == "mail" else words


def edit(wb: Workbench, entity: str, record_id: int, field: str, value: object, *, now: dt.datetime) -> None:
    """Keep one field as ``read`` gave it. Raises NotFound when the record is gone, InvalidValue where the dates of
    a contract would cross.
    """
    if field not in FIELDS[entity]:
        raise KeyError(field)
    with wb.change(_(_STEPS[entity])) as db:
        row = _row(db, entity, record_id)
        setattr(row, field, value)
        if entity == "person" and field == "name":
            row.name_key = name_key(str(value))
        if entity == "person" and field == "status" and value == "active":
            row.left_on = row.moved_to = None
        if entity == "contract":
            check_term(row.start_on, row.end_on, field)
        if entity != "task":
            row.updated_at = now


def check_term(start_on: dt.date | None, end_on: dt.date | None, field: str) -> None:
    """Raise InvalidValue where a contract would end before it begins; *field* is the day that was typed."""
    if start_on and end_on and end_on < start_on:
        raise InvalidValue(
            _("The contract would end before it begins."), _("Correct the other date first."), field=field
        )


def set_roles(wb: Workbench, person_id: int, roles: tuple[str, ...], *, now: dt.datetime) -> None:
    """Give a person exactly these roles (keys of the list "role"). Raises NotFound."""
    from cs_workbench.store.tables import PersonRole

    with wb.change(_("Change roles")) as db:
        _row(db, "person", person_id).updated_at = now
        db.session.query(PersonRole).filter_by(person_id=person_id).delete()
        db.session.flush()
        db.session.add_all(PersonRole(person_id=person_id, role=one) for one in dict.fromkeys(roles))


def add_person(wb: Workbench, account_id: int, name: str, *, now: dt.datetime) -> int:
    """Add somebody to an account and return their id. Raises InvalidValue for an empty name."""
    from cs_workbench.store.tables import Person

    name = name_of(name)
    if not name:
        raise InvalidValue(_("A person needs a name."), _("Type the name first."), field="name")
    with wb.change(_("Add person")) as db:
        row = Person(
            account_id=account_id, name=name, name_key=name_key(name), created_at=now, updated_at=now
        )
        db.session.add(row)
        db.session.flush()
        return row.id


def add_contract(wb: Workbench, account_id: int, name: str, *, currency: str, now: dt.datetime) -> int:
    """Add a contract to be filled in, in *currency* (ISO), and return its id."""
    from cs_workbench.store.tables import Contract

    with wb.change(_("Add contract")) as db:
        row = Contract(
            account_id=account_id, name=name_of(name) or None, currency=currency or None, created_at=now,
            updated_at=now,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        return row.id


def _row(db: Change, entity: str, record_id: int) -> Any:
    from cs_workbench.store.tables import Contract, Person, Task

    kinds: dict[str, type] = {"person": Person, "contract": Contract, "task": Task}
    row: Any = db.session.get(kinds[entity], record_id)
    if row is None:
        raise NotFound(
            _("It is not there any more."), _("It may have been deleted; Undo brings it back."), id=record_id
        )
    return row


def _money(words: str) -> Decimal:
    from cs_workbench.intake.values import ValueProblem, parse_money

    try:
        amount, _currency = parse_money(words)
    except ValueProblem:
        raise InvalidValue(
            _("“{value}” is not an amount.").format(value=words), _("Type 6500000 or 6.5M."), code="amount"
        ) from None
    return round(amount, 4)


def _count(words: str, most: int, least: int) -> int:
    try:
        number = int(words.replace(",", ""))
    except ValueError:
        number = -1
    if not least <= number <= most:
        raise InvalidValue(
            _("“{value}” is not a number from {least} to {most}.").format(
                value=words, least=least, most=f"{most:,}"
            ),
            code="count",
        )
    return number
