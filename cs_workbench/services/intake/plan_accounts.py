"""Planning of accounts and products: who is new, who is known, what the row adds."""

from __future__ import annotations

import unicodedata
from typing import Any

from cs_workbench.domain.matching import clearly_different
from cs_workbench.domain.text import name_key
from cs_workbench.i18n import _
from cs_workbench.services.intake.context import (
    Context,
    RowRejected,
    Values,
    account_children,
    account_columns,
    listed,
    match,
    money,
    spelling,
    stored,
)
from cs_workbench.services.intake.directory import AccountClues
from cs_workbench.services.intake.ledger import At, Body

_PLAIN = (
    "reading",
    "tier",
    "owner",
    "industry",
    "country",
    "website",
    "phone",
    "employees",
    "currency",
    "customer_since",
    "churned_on",
)
_LINES = ("address", "note")
_LISTED = frozenset(("tier", "industry", "country", "owner"))
"""Fields whose values accounts share: one spelling of each, whatever width it was typed in (Ｂ is B)."""
CHURNED_STAGE = "churned"


def plan_account(context: Context, at: At, values: Values, custom: dict[str, str]) -> int:
    """Plan one row of an accounts file and return the account. Raises RowRejected where it is in doubt."""
    source = context.sources[at.batch]
    domains = (*listed(values.get("domain")), *listed(values.get("website")))
    clues = AccountClues(source, values.get("external_id") or None, values.get("name") or None, domains)
    if not clues:
        raise RowRejected("name_missing", _("the row has neither a name nor an id"))
    account = match(context, at, clues)
    columns = plain_columns(values) | _stage(context, at, values)
    if account is None:
        name = clues.name or clues.external_id or domains[0]
        if context.directory.accounts.by_key.get(name_key(name)):
            context.batch(at.batch).warn("same_name", name)
        account = context.directory.accounts.add(name)
        context.made_in[account] = at.batch
        # Only a new account takes its stage from a flag: later the CSM knows better.
        columns = (
            account_columns(name, context.now) | ({"stage": CHURNED_STAGE} if _flag(values) else {}) | columns
        )
    else:
        columns |= _new_name(context, at.batch, account, clues)
    body = Body(columns, account_children(context, account, clues), custom)
    body.children += _tags(context, account, listed(values.get("tags")))
    context.ledger.put_record("account", at, account, body)
    _note_churn(context, account, values)
    return account


def plain_columns(values: Values) -> dict[str, Any]:
    """What a row says of an account, as columns; all but its name and stage."""
    columns = {name: stored(values[name]) for name in _PLAIN if values.get(name) is not None}
    for name in _LISTED.intersection(columns):
        columns[name] = " ".join(unicodedata.normalize("NFKC", str(columns[name])).split())
    for name in _LINES:
        if lines := listed(values.get(name)):
            columns[name] = "\n".join(lines)
    if values.get("annual_revenue") is not None:
        columns["annual_revenue"] = money(values["annual_revenue"])
    if "website" in columns:
        columns["website"] = str(columns["website"])
    return columns


def _stage(context: Context, at: At, values: Values) -> dict[str, Any]:
    """The stage by its key, whatever spelling and language the row names it in; an unknown one stays as it is."""
    words = values.get("stage")
    if words is None:
        return {}
    key = context.stages.get(spelling(words))
    if key is None:
        context.batch(at.batch).warn(
            "stage_unknown", _("row {row}: {reason}").format(row=at.row, reason=words)
        )
    return {"stage": key or words}


def _flag(values: Values) -> bool | None:
    """What the row says about churn: its own flag, else the opposite of "active"."""
    if values.get("churned") is not None:
        return bool(values["churned"])
    return None if values.get("active") is None else not values["active"]


def _note_churn(context: Context, account: int, values: Values) -> None:
    flag = _flag(values)
    if flag is not None:
        context.flags[account] = flag


def _new_name(context: Context, batch: int, account: int, clues: AccountClues) -> dict[str, Any]:
    """The row's name, where its source is the one that names the account and it is more than another spelling.

    Only the first source that knew an account may rename it: two systems with two spellings would take turns.
    """
    accounts = context.directory.accounts
    if not clues.name:
        return {}
    key, before = name_key(clues.name), accounts.keys[account]
    owner = next(iter(accounts.sources_of.get(account, {})), clues.source)
    if key == before or owner != clues.source or accounts.aliases.get(key) == account:
        return {}
    from rapidfuzz import fuzz

    if clearly_different(key, before, fuzz.ratio(key, before)):
        context.batch(batch).warn("renamed", f"{accounts.names[account]} → {clues.name}")
    accounts.rename(account, clues.name)
    return {"name": clues.name, "name_key": key}


def _tags(context: Context, account: int, tags: tuple[str, ...]) -> list[tuple[str, dict[str, Any]]]:
    known = context.directory.accounts.tags_of.setdefault(account, set())
    children: list[tuple[str, dict[str, Any]]] = []
    for tag in tags:
        if tag not in known:
            known.add(tag)
            children.append(("account_tag", {"account_id": account, "tag": tag}))
    return children


def plan_parent(context: Context, at: At, account: int, parent_ref: str) -> None:
    """Tie an account to its parent, once every account of the files is known; an unknown parent is a warning."""
    source = context.sources[at.batch]
    accounts = context.directory.accounts
    parent = accounts.find(AccountClues(source, parent_ref)) or accounts.find(
        AccountClues(source, None, parent_ref)
    )
    if parent is None or parent == account:
        context.batch(at.batch).warn("parent_unknown", parent_ref)
        return
    context.ledger.put_record("account", at, account, Body({"parent_id": parent}))


def plan_product(context: Context, at: At, values: Values) -> None:
    """Plan one row of a product list; products are known by their exact name."""
    name = values.get("name")
    if not name:
        raise RowRejected("name_missing", _("the product has no name"))
    product = context.directory.product(name)
    columns: dict[str, Any] = {"series": values.get("series"), "currency": values.get("currency")}
    if values.get("list_price") is not None:
        columns["list_price"] = money(values["list_price"])
    if product is None:
        product = context.directory.add_product(name)
        columns |= {"name": name, "name_key": name_key(name)}
    context.ledger.put_record("product", at, product, Body(columns))
