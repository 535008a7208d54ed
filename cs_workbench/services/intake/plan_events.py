"""Planning of what happened: tickets, surveys, interactions, opportunities, contract events.

Each is known by its id in its source; without one by what identifies it, hashed, so that the same file again adds
nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cs_workbench.i18n import _
from cs_workbench.services.intake.context import (
    Context,
    RowRejected,
    Values,
    account_of,
    listed,
    money,
    person_of,
    stored,
)
from cs_workbench.services.intake.ledger import At, Body
from cs_workbench.services.intake.plan_contracts import assumed_currency, contract_named, note_unknown_product

_WHO = (
    "account_ref",
    "account_name",
    "account_domain",
    "contract_ref",
    "person_ref",
    "person_name",
    "person_mail",
)


@dataclass(frozen=True, slots=True)
class EventShape:
    """How a kind is stored: its table, plain columns, when it happened, and what identifies a row without an id."""

    table: str
    plain: tuple[str, ...]
    when: str
    identity: tuple[str, ...]


TICKET = EventShape(
    "ticket",
    (
        "subject",
        "status",
        "priority",
        "kind",
        "channel",
        "assignee",
        "opened_at",
        "solved_at",
        "first_reply_min",
        "resolution_min",
        "satisfaction",
        "escalated",
        "reopens",
    ),
    "opened_at",
    ("opened_at", "subject"),
)
SURVEY = EventShape(
    "survey",
    ("kind", "score", "answered_on", "campaign"),
    "answered_on",
    ("kind", "answered_on", "score", "comment"),
)
INTERACTION = EventShape(
    "interaction",
    ("at", "channel", "direction", "subject", "duration_min", "sentiment", "shareable"),
    "at",
    ("at", "channel", "subject", "body"),
)
OPPORTUNITY = EventShape(
    "opportunity",
    (
        "name",
        "stage",
        "outcome",
        "kind",
        "currency",
        "probability",
        "opened_on",
        "close_on",
        "owner",
        "next_step",
    ),
    "",
    ("name", "opened_on", "product_ref"),
)


def content_key(values: Values, identity: Sequence[str]) -> str:
    """The id of a row that has none: "row:" and the hash of whose it is and what identifies it."""
    said = "\n".join(repr(values.get(name)) for name in (*_WHO, *identity))
    return "row:" + hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def plan_ticket(context: Context, at: At, values: Values) -> None:
    """Plan one support ticket."""
    columns, account = _begin(context, at, values, TICKET)
    columns |= {
        "account_id": account,
        "person_id": person_of(context, context.sources[at.batch], account, values),
    }
    columns |= _lines("body", values)
    _ordered(context, at.batch, columns, "opened_at", "solved_at")
    _put(context, at, values, TICKET, Body(columns))


def plan_survey(context: Context, at: At, values: Values) -> None:
    """Plan one survey answer; an answer without a score is kept, it was asked for."""
    columns, account = _begin(context, at, values, SURVEY)
    if "kind" not in columns:
        raise RowRejected(
            "survey_kind_missing", _("the row does not say which survey it is (NPS, CSAT, CES)")
        )
    columns |= {
        "account_id": account,
        "person_id": person_of(context, context.sources[at.batch], account, values),
    }
    columns |= _lines("comment", values)
    _put(context, at, values, SURVEY, Body(columns))


def plan_interaction(context: Context, at: At, values: Values) -> None:
    """Plan one contact of the log."""
    columns, account = _begin(context, at, values, INTERACTION)
    columns |= {"account_id": account, "created_at": context.now, "updated_at": context.now}
    columns |= _lines("body", values)
    body = Body(columns, assumed={"channel": "note"})
    person = person_of(context, context.sources[at.batch], account, values)
    body.children += [
        ("interaction_tag", {"interaction_id": None, "tag": tag}) for tag in listed(values.get("tags"))
    ]
    if person is not None:
        body.children.append(("interaction_person", {"interaction_id": None, "person_id": person}))
    _put(context, at, values, INTERACTION, body)


def plan_opportunity(context: Context, at: At, values: Values) -> None:
    """Plan one sale; without a known account it is kept and told, never guessed."""
    columns = {name: stored(values[name]) for name in OPPORTUNITY.plain if values.get(name) is not None}
    columns["account_id"] = _account_if_known(context, at, values)
    if values.get("amount") is not None:
        columns["amount"] = money(values["amount"])
    if product_text := values.get("product_ref"):
        columns["product_text"] = product_text
        columns["product_id"] = context.directory.product(product_text)
        if columns["product_id"] is None:
            note_unknown_product(context, at.batch, product_text)
    assumed = {"name": product_text or values.get("external_id") or ""} | assumed_currency(context, columns)
    _ordered(context, at.batch, columns, "opened_on", "close_on")
    _put(context, at, values, OPPORTUNITY, Body(columns, assumed=assumed))


def _account_if_known(context: Context, at: At, values: Values) -> int | None:
    try:
        account = account_of(context, at, values)
    except RowRejected as refused:
        if refused.code != "account_unknown":
            raise
        account = None
    if account is None:
        named = values.get("account_name") or values.get("account_ref") or ""
        context.batch(at.batch).warn("no_account", str(named))
    return account


def _begin(context: Context, at: At, values: Values, shape: EventShape) -> tuple[dict[str, Any], int]:
    """The plain columns of a row and its account. Raises RowRejected without an account or a date."""
    account = account_of(context, at, values)
    if account is None:
        raise RowRejected("account_missing", _("the row does not say whose it is"))
    if values.get(shape.when) is None:
        raise RowRejected("date_missing", _("the row has no date"))
    return {name: stored(values[name]) for name in shape.plain if values.get(name) is not None}, account


def _lines(name: str, values: Values) -> dict[str, str]:
    """A long text, which several columns may fill, as its column; nothing where none did."""
    lines = listed(values.get(name))
    return {name: "\n".join(lines)} if lines else {}


def _ordered(context: Context, batch: int, columns: dict[str, Any], first: str, last: str) -> None:
    start, end = columns.get(first), columns.get(last)
    if start and end and end < start:
        context.batch(batch).warn("date_order", f"{start} > {end}")


def _put(context: Context, at: At, values: Values, shape: EventShape, body: Body) -> None:
    key = str(values.get("external_id") or content_key(values, shape.identity))
    if not context.ledger.put_keyed(shape.table, at, context.sources[at.batch], key, body):
        _note_repeated(context, at, values)


def _note_repeated(context: Context, at: At, values: Values) -> None:
    """Warn of a row that repeats another: with its id, or where it has none with its place in the file."""
    if values.get("external_id"):
        context.batch(at.batch).warn("duplicate_id", str(values["external_id"]))
    else:
        context.batch(at.batch).warn("duplicate_row", str(at.row))


def plan_contract_event(context: Context, at: At, values: Values) -> None:
    """Plan a movement of value: churn, renewal, contraction …, with the expansion told in the same row.

    A churn or renewal that carries the amount 0 does not say what was lost: the amount stays unknown, with a warning.
    """
    account = account_of(context, at, values)
    if account is None:
        raise RowRejected("account_missing", _("the row does not say whose it is"))
    on_date = values.get("on_date")
    if on_date is None:
        raise RowRejected("date_missing", _("the row has no date"))
    source = context.sources[at.batch]
    kind = values.get("kind") or "churn"
    if kind == "reactivation" and values.get("reason"):
        # A reason for leaving makes it a departure, also of somebody who had come back before.
        kind = "churn"
    if kind in ("churn", "reactivation"):
        context.churned.add(account)
    columns: dict[str, Any] = {
        "account_id": account,
        "contract_id": contract_named(context, source, account, values.get("contract_ref")),
        "kind": kind,
        "on_date": stored(on_date),
        "reason": values.get("reason") or None,
    }
    columns |= _lines("note", values)
    key = str(values.get("external_id") or content_key(values, ("kind", "on_date", "amount")))
    columns |= _amount(context, at.batch, key, kind, values)
    body = Body(columns, assumed=assumed_currency(context, columns))
    new = context.ledger.put_keyed("contract_event", at, source, key, body)
    if not new:
        _note_repeated(context, at, values)
    _beside(context, at, key, columns, values)


def _amount(context: Context, batch: int, key: str, kind: str, values: Values) -> dict[str, Any]:
    amount = values.get("amount")
    if amount is None:
        return {}
    if kind in ("churn", "contraction") and amount == 0:
        context.batch(batch).warn("money_rate_refused", key)
        return {}
    return {"amount": money(amount)} | _currency(values)


def _currency(values: Values) -> dict[str, Any]:
    return {"currency": values["currency"]} if values.get("currency") else {}


def _beside(context: Context, at: At, key: str, columns: dict[str, Any], values: Values) -> None:
    """Expansion and contraction in columns beside a renewal are events of their own, on the same day."""
    for kind in ("expansion", "contraction"):
        amount = values.get(f"event.{kind}") or values.get(kind)
        if not amount:
            continue
        beside = {name: columns[name] for name in ("account_id", "contract_id", "on_date")}
        beside |= {"kind": kind, "amount": money(amount)} | _currency(values)
        body = Body(beside, assumed=assumed_currency(context, beside))
        source = context.sources[at.batch]
        context.ledger.put_keyed("contract_event", at, source, f"{key}:{kind}", body)
