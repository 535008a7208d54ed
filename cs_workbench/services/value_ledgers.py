"""Writing value ledgers: add and edit benefits, inputs, costs and evidence, grade, agree, remove."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from cs_workbench.domain.formula import FormulaFault, parse
from cs_workbench.domain.plain_numbers import MOST, is_too_fine, plain_number
from cs_workbench.domain.text import name_of, seen
from cs_workbench.domain.units import UnitFault, parse_unit
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _
from cs_workbench.services.typed_days import possible_day
from cs_workbench.services.value_words import fault_words
from cs_workbench.store.queries import value as queries

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change

Kind: TypeAlias = Literal[
    "text",
    "name",
    "share",
    "shares",
    "amount",
    "amounts",
    "formula",
    "unit",
    "date",
    "years",
    "currency",
    "day",
]
Entity: TypeAlias = Literal["ledger", "line", "input", "cost", "evidence"]

FIELDS: dict[Entity, dict[str, Kind | tuple[str, ...]]] = {
    "ledger": {"name": "name", "currency": "currency", "starts_on": "day", "years": "years", "rate": "share"},
    "line": {
        "title": "name", "category": ("revenue", "cost"), "mechanism": "text", "formula": "formula",
        "attribution": "share", "ramp": "shares",
        "confidence": ("measured", "confirmed", "estimate", "assumption"),
        "logic": ("accepted", "open", "rejected"), "fact": ("proved", "partly", "open"),
        "baseline": "text", "missing": "text", "ask": "text", "note": "text",
    },
    "input": {
        "label": "text", "value": "amount", "unit": "unit", "low": "amount", "high": "amount", "source": "text",
        "as_of": "date",
    },
    "cost": {
        "title": "name", "kind": ("subscription", "setup", "training", "internal", "other"), "amounts": "amounts",
        "confidence": ("measured", "confirmed", "estimate", "assumption"), "source": "text",
    },
    "evidence": {"kind": ("file", "record", "person"), "text": "name", "on_date": "date"},
}  # fmt: skip
"""What can be edited, and how what is typed is read; a tuple is a closed list."""
MOST_YEARS = 10
_LONGEST = 20_000
_THOUSANDS = re.compile(r"(?<!\S)[1-9]\d{0,2}\s+\d{3}(?!\S)")
"""What may be one amount with its thousands apart, or two years."""


def add_line(wb: Workbench, ledger_id: int, title: str, formula: str = "", *, category: str = "cost") -> int:
    """Add a benefit, with an empty input for every name of its formula; returns its id."""
    from cs_workbench.store.tables import ValueLine

    values = {name: read("line", name, text) for name, text in
              (("title", title), ("formula", formula), ("category", category))}  # fmt: skip
    with wb.change(_("Add benefit")) as db:
        _row(db, "ledger", ledger_id)
        row = ValueLine(
            ledger_id=ledger_id, position=queries.next_position(db, "value_line", ledger_id), **values
        )
        db.session.add(row)
        db.session.flush()
        _add_inputs(db, row.id, formula)
        return row.id


def add_cost(wb: Workbench, ledger_id: int, title: str, kind: str, amounts: str) -> int:
    """Add a cost: *amounts* at the start, in year 1, 2, …, separated by spaces; returns its id."""
    from cs_workbench.store.tables import ValueCost

    values = {name: read("cost", name, text) for name, text in
              (("title", title), ("kind", kind), ("amounts", amounts))}  # fmt: skip
    with wb.change(_("Add cost")) as db:
        _row(db, "ledger", ledger_id)
        row = ValueCost(
            ledger_id=ledger_id, position=queries.next_position(db, "value_cost", ledger_id), **values
        )
        db.session.add(row)
        db.session.flush()
        return row.id


def add_evidence(
    wb: Workbench, line_id: int, kind: str, text: str, *, on: dt.date | None, person_id: int | None = None
) -> int:
    """Add what proves a benefit; returns its id."""
    from cs_workbench.store.tables import ValueEvidence

    values = {"kind": read("evidence", "kind", kind), "text": read("evidence", "text", text)}
    with wb.change(_("Add evidence")) as db:
        _row(db, "line", line_id)
        row = ValueEvidence(line_id=line_id, on_date=on, person_id=person_id, **values)
        db.session.add(row)
        db.session.flush()
        return row.id


def edit(wb: Workbench, entity: Entity, record_id: int, field: str, text: str, *, now: dt.datetime) -> None:
    """Keep one field as typed. Raises InvalidValue with the reason, NotFound where the record is gone.

    A formula gets an empty input for each name it newly asks for; inputs it no longer asks for stay.
    """
    value = read(entity, field, text)
    with wb.change(_("Edit value ledger")) as db:
        row = _row(db, entity, record_id)
        setattr(row, field, value)
        if entity == "line" and field == "formula":
            db.session.flush()
            _add_inputs(db, record_id, text)
        if entity == "input" and field == "value":
            row.metric_id = None
        if entity == "cost" and field == "amounts":
            row.contract_id = None
        _touch(db, entity, row, now)


def follow(wb: Workbench, input_id: int, metric_id: int | None, *, now: dt.datetime) -> None:
    """Let an input follow a metric from now on; None lets it keep what is typed.

    Raises InvalidValue (code ``unit``) where the metric counts something else than the input's unit says.
    """
    from cs_workbench.services import value_follow

    with wb.change(_("Edit value ledger")) as db:
        row = _row(db, "input", input_id)
        account = queries.account_of_line(db, row.line_id) if metric_id is not None else None
        for metric in () if account is None else value_follow.followable(db, account):
            if metric.id == metric_id and (why := value_follow.refusal(metric, row, row.unit)):
                raise InvalidValue(why, field="metric", code="unit")
        row.metric_id = metric_id
        _touch(db, "input", row, now)


def agree(
    wb: Workbench, line_id: int, *, on: dt.date | None, person_id: int | None, now: dt.datetime
) -> None:
    """Note that the customer agreed to a benefit on a day, by whom; None takes it back."""
    name = _("Note agreement") if on is not None else _("Take back agreement")
    with wb.change(name) as db:
        row = _row(db, "line", line_id)
        row.agreed_on, row.agreed_by_id = on, person_id if on is not None else None
        _touch(db, "line", row, now)


def remove(wb: Workbench, entity: Entity, record_id: int) -> None:
    """Remove a ledger, line, input, cost or evidence with all that hangs on it. Raises NotFound."""
    names = {
        "ledger": _("Remove value ledger"), "line": _("Remove benefit"), "input": _("Remove input"),
        "cost": _("Remove cost"), "evidence": _("Remove evidence"),
    }  # fmt: skip
    with wb.change(names[entity]) as db:
        db.session.delete(_row(db, entity, record_id))


def read(entity: Entity, field: str, text: str) -> Any:
    """What was typed as it is kept. Raises InvalidValue with what to type instead, KeyError for another field."""
    kind = FIELDS[entity][field]
    words = seen(text).strip()
    if isinstance(kind, tuple):
        if words not in kind:
            raise InvalidValue(_("“{value}” is not on the list.").format(value=words), field=field)
        return words
    if len(words) > _LONGEST:
        raise InvalidValue(_("This text is too long."), _("Keep the essence and link the rest."), field=field)
    return _READERS[kind](words, field)


def _text(words: str, _field: str) -> str:
    return words


def _name(words: str, field: str) -> str:
    if not words:
        raise InvalidValue(_("It needs a name."), _("Esc brings the old one back."), field=field)
    return name_of(words)


def _number(words: str, field: str) -> Decimal:
    plain = unicodedata.normalize("NFKC", words).replace(",", "")
    share = plain.endswith("%")
    value = plain_number(plain.removesuffix("%").strip())
    if value is None:
        raise InvalidValue(
            _("“{value}” is no number.").format(value=words),
            _("Type digits, like 1500 or 12.5%."),
            field=field,
        )
    if value.copy_abs() >= MOST:
        raise InvalidValue(_("This number is too large."), field=field)
    if is_too_fine(value):
        raise InvalidValue(_("This number is too small."), _("Type 0, or leave it out."), field=field)
    if value < 0:
        raise InvalidValue(
            _("A negative figure is not possible here."),
            _("Put what is lost under costs, what is gained under benefits."),
            field=field,
        )
    return value / 100 if share else value


def _amount(words: str, field: str) -> str | None:
    return f"{_number(words, field):f}" if words else None


def _amounts(words: str, field: str) -> str:
    if found := _THOUSANDS.search(words):
        raise InvalidValue(
            _("“{value}”: is that one amount or two years?").format(value=found.group()),
            _("Write one amount without spaces (1200000 or 1,200,000), two years as 500.0 500.0."),
            field=field,
        )
    figures = [_number(word, field) for word in words.split()]
    if len(figures) > MOST_YEARS + 1:
        raise InvalidValue(
            _("A ledger runs over 1 to {most} whole years.").format(most=MOST_YEARS), field=field
        )
    if figures and not any(figures):
        raise InvalidValue(
            _("A cost of zero is no cost: no return can be computed from nothing."),
            _("Type what is spent, or leave the cost out."),
            field=field,
        )
    return " ".join(f"{figure:f}" for figure in figures)


def _currency(words: str, field: str) -> str:
    code = words.upper()
    if not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise InvalidValue(
            _("“{value}” is no currency.").format(value=words),
            _("Type its three letters, like JPY or USD."),
            field=field,
        )
    return code


def _share(words: str, field: str) -> str:
    value = _number(words, field)
    if value > 1:
        raise InvalidValue(_("This is a share between 0 and 100%."), _("Type 80% or 0.8."), field=field)
    return f"{value:f}"


def _shares(words: str, field: str) -> str:
    parts = words.split()
    if not parts:
        raise InvalidValue(
            _("It needs at least one share."),
            _("Type 100% for full effect from the first year."),
            field=field,
        )
    if len(parts) > MOST_YEARS:
        raise InvalidValue(
            _("A ledger runs over 1 to {most} whole years.").format(most=MOST_YEARS), field=field
        )
    return " ".join(_share(part, field) for part in parts)


def _formula(words: str, field: str) -> str:
    if words:
        try:
            parse(words)
        except FormulaFault as fault:
            raise InvalidValue(fault_words(fault, words), field=field, at=fault.at) from fault
    return words


def _unit(words: str, field: str) -> str:
    try:
        parse_unit(words)
    except UnitFault as fault:
        raise InvalidValue(fault_words(fault, words), field=field) from fault
    return words


def _date(words: str, field: str) -> dt.date | None:
    if not words:
        return None
    from cs_workbench.intake.values import ValueProblem, parse_date

    try:
        found = parse_date(words, day_first=None)
    except ValueProblem as problem:
        raise InvalidValue(
            _("“{value}” is no date.").format(value=words), _("Type it like 2026-12-31."), field=field
        ) from problem
    return possible_day(found, field)


def _day(words: str, field: str) -> dt.date:
    found = _date(words, field)
    if found is None:
        raise InvalidValue(_("It needs a date."), _("Type it like 2026-12-31."), field=field)
    return found


def _years(words: str, field: str) -> int:
    value = _number(words, field)
    if value != int(value) or not 1 <= value <= MOST_YEARS:
        raise InvalidValue(
            _("A ledger runs over 1 to {most} whole years.").format(most=MOST_YEARS), field=field
        )
    return int(value)


_READERS = {
    "text": _text, "name": _name, "amount": _amount, "amounts": _amounts, "share": _share, "shares": _shares,
    "formula": _formula, "unit": _unit, "date": _date, "years": _years, "currency": _currency, "day": _day,
}  # fmt: skip


def _add_inputs(db: Change, line_id: int, formula: str) -> None:
    from cs_workbench.domain.formula import names
    from cs_workbench.store.tables import ValueInput

    have = queries.input_names(db, line_id)
    wanted: Sequence[str] = names(parse(formula)) if formula.strip() else ()
    for name in wanted:
        if name not in have:
            position = queries.next_position(db, "value_input", line_id)
            db.session.add(ValueInput(line_id=line_id, position=position, name=name))
            db.session.flush()


def _row(db: Change, entity: Entity, record_id: int) -> Any:
    from cs_workbench.store import tables

    kinds = {
        "ledger": tables.ValueLedger, "line": tables.ValueLine, "input": tables.ValueInput,
        "cost": tables.ValueCost, "evidence": tables.ValueEvidence,
    }  # fmt: skip
    row = db.session.get(kinds[entity], record_id)
    if row is None:
        raise NotFound(_("It is not there any more."), _("Look at the list again."), candidates=[])
    return row


def _touch(db: Change, entity: Entity, row: Any, now: dt.datetime) -> None:
    """Say on the ledger when it was last edited."""
    if entity == "ledger":
        row.updated_at = now
        return
    ledger_id = row.ledger_id if entity in {"line", "cost"} else _row(db, "line", row.line_id).ledger_id
    _row(db, "ledger", ledger_id).updated_at = now
