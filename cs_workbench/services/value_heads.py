"""A ledger as a whole: start one, edit its head, pull contracts, copy it for a new period, throw it away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _
from cs_workbench.services.value_ledgers import read
from cs_workbench.store.queries import value as queries

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change
    from cs_workbench.store.queries.value import CostRow
    from cs_workbench.store.tables import ValueCost, ValueLedger

HEAD = ("name", "currency", "starts_on", "years", "rate")
_LINE = ("position", "title", "category", "mechanism", "formula", "attribution", "ramp", "confidence",
         "logic", "fact", "logic_on", "logic_by_id", "fact_on", "fact_by_id", "baseline", "missing", "ask",
         "ask_id", "note")  # fmt: skip
_INPUT = ("position", "name", "label", "value", "unit", "low", "high", "source", "as_of", "metric_id")
_COST = ("position", "kind", "title", "amounts", "confidence", "source", "contract_id")
_EVIDENCE = ("kind", "text", "person_id", "on_date")


def create(
    wb: Workbench,
    account_id: int,
    name: str,
    *,
    currency: str,
    starts_on: dt.date,
    now: dt.datetime,
    years: str = "3",
    rate: str = "10%",
    then: Callable[[Change, ValueLedger], object] | None = None,
) -> int:
    """Start a ledger with the account's running contracts as its costs; returns its id. Years and rate as typed.

    *then* adds to it in the same step. Without a *currency* it is that of the contracts, else the portfolio's. Raises
    InvalidValue without a name or any currency.
    """
    code = currency or usual_currency(wb, account_id)
    head = {"name": read("ledger", "name", name), "currency": read("ledger", "currency", code),
            "years": read("ledger", "years", years), "rate": read("ledger", "rate", rate)}  # fmt: skip
    with wb.change(_("Start value ledger")) as db:
        row = started(db, account_id, head, starts_on, now)
        if then is not None:
            then(db, row)
        return row.id


def started(
    db: Change, account_id: int, head: Mapping[str, Any], starts_on: dt.date, now: dt.datetime
) -> ValueLedger:
    """A new ledger inside a change that is under way, with the running contracts as costs."""
    from cs_workbench.store.tables import ValueLedger

    row = ValueLedger(account_id=account_id, starts_on=starts_on, created_at=now, updated_at=now, **head)
    db.session.add(row)
    db.session.flush()
    _pull(db, row)
    return row


def usual_currency(wb: Workbench, account_id: int) -> str:
    """The currency of the account's running contracts, else the portfolio's."""
    return queries.contract_currency(wb.reads, account_id) or str(wb.setting("currency", "") or "")


def edit_head(wb: Workbench, ledger_id: int, typed: Mapping[str, str], *, now: dt.datetime) -> None:
    """Keep name, currency, first day, years and discount rate as typed, as one step.

    Raises InvalidValue with the field, NotFound where the ledger is gone.
    """
    values = {field: read("ledger", field, text) for field, text in typed.items()}
    with wb.change(_("Edit ledger")) as db:
        row = _ledger(db, ledger_id)
        for field, value in values.items():
            setattr(row, field, value)
        row.updated_at = now


def pull_contracts(wb: Workbench, ledger_id: int) -> int:
    """Add running contracts that the ledger's costs do not follow yet, as one step; returns how many.

    Raises NotFound, and InvalidValue where every contract is there already.
    """
    with wb.change(_("Pull contracts")) as db:
        added = _pull(db, _ledger(db, ledger_id))
        if not added:
            raise InvalidValue(
                _("Every running contract with an amount is among the costs already."),
                _("Enter a contract on the account's page, then pull again."),
                code="nothing_to_pull",
            )
        return added


def copy(wb: Workbench, ledger_id: int, name: str, *, starts_on: dt.date, now: dt.datetime) -> int:
    """The same ledger for another period, as one step; returns its id.

    Lines, inputs, evidence and costs come along; what the customer agreed to for the old period does not, nor what
    was spent once at its start.
    """
    from cs_workbench.store import tables

    title = read("ledger", "name", name)
    with wb.change(_("Copy ledger")) as db:
        old = _ledger(db, ledger_id)
        new = tables.ValueLedger(
            account_id=old.account_id, name=title, currency=old.currency, starts_on=starts_on, years=old.years,
            rate=old.rate, created_at=now, updated_at=now,
        )  # fmt: skip
        db.session.add(new)
        db.session.flush()
        for line in _below(db, tables.ValueLine, ledger_id=ledger_id):
            made = tables.ValueLine(ledger_id=new.id, **_taken(line, _LINE))
            db.session.add(made)
            db.session.flush()
            for kind, fields in ((tables.ValueInput, _INPUT), (tables.ValueEvidence, _EVIDENCE)):
                db.session.add_all(
                    kind(line_id=made.id, **_taken(row, fields)) for row in _below(db, kind, line_id=line.id)
                )
        costs = _below(db, tables.ValueCost, ledger_id=ledger_id)
        db.session.add_all(
            tables.ValueCost(ledger_id=new.id, **{**_taken(row, _COST), "amounts": _again(row)})
            for row in costs
            if row.contract_id is not None or not row.amounts or _again(row)
        )
        return new.id


def paid_once(costs: Sequence[CostRow]) -> tuple[str, ...]:
    """What the costs are called that a copy for another period leaves out, whole or their amount at the start."""
    return tuple(one.title for one in costs if one.contract_id is None and _again(one) != one.amounts)


def _again(cost: ValueCost | CostRow) -> str:
    """The amounts of a cost that recur in another period: none of a set-up, nothing at the start; "" for nothing."""
    if cost.contract_id is not None or not cost.amounts:
        return cost.amounts
    first, *years = cost.amounts.split()
    recur = [] if cost.kind == "setup" else years
    if not any(Decimal(amount) for amount in recur):
        return ""
    return cost.amounts if not Decimal(first) else " ".join(("0", *recur))


def discard(wb: Workbench, ledger_id: int, *, now: dt.datetime) -> int:
    """Move a ledger with all its lines to the trash, as one step; returns the trash id. Raises NotFound."""
    from cs_workbench.services import trash

    return trash.delete(wb, "value_ledger", ledger_id, now=now)


def _pull(db: Change, ledger: ValueLedger) -> int:
    from cs_workbench.store.tables import ValueCost

    followed = queries.followed_contracts(db, ledger.id)
    first = queries.next_position(db, "value_cost", ledger.id)
    wanted = [one for one in queries.paying_contracts(db, ledger.account_id) if one[0] not in followed]
    db.session.add_all(
        ValueCost(
            ledger_id=ledger.id, position=position, kind="subscription", title=title or _("Subscription"),
            contract_id=contract_id,
        )
        for position, (contract_id, title) in enumerate(wanted, first)
    )  # fmt: skip
    db.session.flush()
    return len(wanted)


def _ledger(db: Change, ledger_id: int) -> ValueLedger:
    from cs_workbench.store.tables import ValueLedger

    row = db.session.get(ValueLedger, ledger_id)
    if row is None:
        raise NotFound(_("It is not there any more."), _("Look at the list again."), candidates=[])
    return row


def _below(db: Change, kind: Any, **parent: int) -> list[Any]:
    return list(db.session.query(kind).filter_by(**parent).order_by(kind.id))


def _taken(row: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in fields}
