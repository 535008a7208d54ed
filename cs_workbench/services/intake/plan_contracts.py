"""Planning of contracts, in files of their own or in columns beside an account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from cs_workbench.domain.text import name_key
from cs_workbench.i18n import _
from cs_workbench.services.intake.context import (
    KNOWN_ACCOUNT,
    Context,
    RowRejected,
    Values,
    account_of,
    listed,
    money,
    stored,
)
from cs_workbench.services.intake.ledger import At, Body

_PLAIN = (
    "name",
    "plan",
    "seats",
    "currency",
    "billing",
    "start_on",
    "end_on",
    "term_months",
    "notice_days",
    "notice_months",
    "auto_renew",
    "status",
    "is_trial",
)
DRAFT = "draft"
"""The status of what nobody has signed: a draft, a quote, a proposal. It is kept, and it never counts."""
_MONEY = ("arr", "mrr", "amount")
_TELLING = (
    "start_on",
    "end_on",
    "renewal_on",
    "term_months",
    "churned_on",
    "seats",
    "product_ref",
    "plan",
    "name",
)
"""Term, seats or product: one of these, money or a number of its own makes a contract."""


def plan_contract(context: Context, at: At, values: Values, custom: dict[str, str]) -> tuple[int, int | None]:
    """Plan one row of a contracts file; the account and the contract, None where the row tells of none: that is told.

    Raises RowRejected without a known account.
    """
    account = account_of(context, at, values, create=True)
    if account is None:
        raise RowRejected("account_missing", _("the row does not say whose contract it is"))
    return account, _put(context, at, account, values, custom)


def _is_contract(values: Values) -> bool:
    """Whether a row tells of a contract: by term, money, seats, product, or its number in a file of contracts."""
    if any(values.get(name) is not None for name in (*_TELLING, *_MONEY)):
        return True
    return bool(values.get("external_id")) and KNOWN_ACCOUNT not in values


def _put(context: Context, at: At, account: int, values: Values, custom: dict[str, str]) -> int | None:
    source, contracts = context.sources[at.batch], context.directory.contracts
    external_id = values.get("external_id") or None
    if not _is_contract(values) and contracts.find(source, external_id, account, "", None) is None:
        named = context.directory.accounts.names[account]
        context.batch(at.batch).warn("no_contract", _("row {row}: {reason}").format(row=at.row, reason=named))
        return None
    columns = _columns(context, at, values)
    assumed = assumed_currency(context, columns, _MONEY)
    _product(context, at.batch, values, columns)
    label = columns.get("name") or columns.get("plan") or values.get("product_ref") or ""
    start = columns.get("start_on")
    contract = contracts.find(source, external_id, account, label, start)
    if contract is None:
        contract = contracts.add()
        columns |= {"created_at": context.now, "updated_at": context.now}
        columns |= {"source": source, "external_id": external_id} if external_id else {}
    columns["account_id"] = account
    contracts.learn(contract, account, label, start, columns.get("end_on"))
    if external_id:
        contracts.by_source[source, external_id] = contract
    context.ledger.put_record("contract", at, contract, Body(columns, [], custom, assumed))
    return contract


def _columns(context: Context, at: At, values: Values) -> dict[str, Any]:
    columns = {name: stored(values[name]) for name in _PLAIN if values.get(name) is not None}
    columns |= {name: money(values[name]) for name in _MONEY if values.get(name) is not None}
    if below := [values[name] for name in _MONEY if columns.get(name, 0) < 0]:
        told = _("row {row}: {reason}").format(row=at.row, reason=f"{below[0]:,f}")
        context.batch(at.batch).warn("negative_amount", told)
    if columns.get("status") == DRAFT:
        named = str(values.get("name") or values.get("external_id") or values.get("plan") or "")
        context.batch(at.batch).warn("contract_draft", named or str(at.row))
    if lines := listed(values.get("note")):
        columns["note"] = "\n".join(lines)
    _dates(context, at, values, columns)
    if "status" not in columns:
        columns |= _status(values)
    return columns


def assumed_currency(
    context: Context, columns: dict[str, Any], amounts: Sequence[str] = ("amount",)
) -> dict[str, Any]:
    """The currency amounts without one are taken in: the portfolio's own; None where that is not set either."""
    bare = "currency" not in columns and any(columns.get(name) is not None for name in amounts)
    return {"currency": context.currency} if bare else {}


def _dates(context: Context, at: At, values: Values, columns: dict[str, Any]) -> None:
    """The term's last day: as given, else the renewal date; the notice date becomes days before it."""
    renewal = values.get("renewal_on")
    if "end_on" not in columns and renewal is not None:
        columns["end_on"] = stored(renewal)
    start, end = columns.get("start_on"), columns.get("end_on")
    if start and end and end < start:
        context.batch(at.batch).warn("date_order", f"{start} > {end}")
    notice = values.get("notice_on")
    if notice is not None and end and "notice_days" not in columns:
        days = (dt.date.fromisoformat(end) - notice).days
        if days >= 0:
            columns["notice_days"] = days
        else:
            context.batch(at.batch).warn("date_order", f"{notice.isoformat()} > {end}")


def _status(values: Values) -> dict[str, Any]:
    if values.get("churned"):
        return {"status": "churned"}
    return {"status": "trial"} if values.get("is_trial") else {}


def _product(context: Context, batch: int, values: Values, columns: dict[str, Any]) -> None:
    """Tie the contract to its product. A name that is on no list is kept as the plan; never joined by likeness."""
    text = values.get("product_ref")
    if not text:
        return
    product = context.directory.product(text)
    if product is not None:
        columns["product_id"] = product
        return
    columns.setdefault("plan", text)
    note_unknown_product(context, batch, text)


def note_unknown_product(context: Context, batch: int, text: str) -> None:
    """Warn of a product that is on no list, with the one that may be meant."""
    if not context.directory.products:
        return
    like = context.directory.product_like(text)
    example = _("“{text}”, perhaps “{suggestion}”").format(text=text, suggestion=like) if like else text
    context.batch(batch).warn("product_unknown", example)


def contract_named(context: Context, source: str, account: int | None, ref: str | None) -> int | None:
    """A contract by its id in *source*, or by its name within *account*; None if it is unknown."""
    if not ref:
        return None
    contracts = context.directory.contracts
    found = contracts.find(source, ref, None, "", None)
    if found is None and account is not None:
        same = contracts.by_label.get((account, name_key(ref)), [])
        found = same[0] if len(same) == 1 else None
    return found
