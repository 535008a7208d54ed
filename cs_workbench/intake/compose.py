"""What a row means as a whole: names from their parts, states from their signs, second things told in the same row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from cs_workbench.domain.text import name_key
from cs_workbench.intake import metrics
from cs_workbench.intake.mapping import Mapping
from cs_workbench.intake.periods import Period
from cs_workbench.intake.rows import Record
from cs_workbench.intake.shape import code_of
from cs_workbench.intake.table import Table

_CJK = re.compile(r"[ぁ-んァ-ヶ一-龠々〆]")
_SURVEYS = ("nps", "csat", "ces", "success")
_NOT_STORED = (
    "closed",
    "is_won",
    "is_closed",
    "forecast",
    "expected",
    "event_kind",
    "outcome",
    "is_reactivation",
    "survey_kind",
)
_UNSAID = ("currency",)
_NPS_ABOVE = 7

Values = dict[str, object]


def composed(row: int, mapping: Mapping, found: Values, table: Table) -> Record:
    """The record of one row from its single *found* values, with the further things it speaks of in ``also``."""
    _terms(found)
    beside = {key: found.pop(key) for key in list(found) if key.startswith(("contract.", "reading."))}
    record = Record(row, mapping.kind, found)
    finish = _FINISH.get(mapping.kind)
    if finish is not None:
        finish(record, table)
    if mapping.kind == "interactions":
        _attended(record, mapping)
    if beside:
        told = (*_contract_beside(record, beside), *_readings_beside(record, mapping, beside))
        record.also = (*record.also, *told)
    record.also = (*record.also, *_churn_beside(record))
    for key in _NOT_STORED:
        if not (key == "outcome" and mapping.kind == "opportunities"):
            record.values.pop(key, None)
    return record


def _terms(found: Values) -> None:
    """A first and last day told in one cell fill the two fields that no column of their own fills."""
    for key in ("period", "contract.period"):
        if isinstance(days := found.pop(key, None), Period):
            for name, day in (("start_on", days.start), ("end_on", days.end)):
                if day is not None:
                    found.setdefault(key.replace("period", name), day)


def _base_id(record: Record) -> str:
    own = record.values.get("external_id")
    return str(own) if own else name_key(str(record.values.get("name", "")))


def _contract_beside(record: Record, beside: Values) -> list[Record]:
    """The main contract of an account's row; without its own number it is the account's id and "#main"."""
    told = {
        key.removeprefix("contract."): value for key, value in beside.items() if key.startswith("contract.")
    }
    if record.kind != "accounts" or not any(key not in _UNSAID for key in told):
        return []
    contract: Values = {"external_id": _base_id(record) + "#main", **told}
    if record.values.get("churned"):
        contract["churned"] = True
    return [Record(record.row, "contracts", contract)]


def _readings_beside(record: Record, mapping: Mapping, beside: Values) -> list[Record]:
    day = beside.get("reading.as_of")
    found: list[Record] = []
    for column in mapping.columns:
        value = beside.get(column.field)
        role = column.field.removeprefix("reading.")
        if role in (column.field, "as_of") or not isinstance(value, (int, float, Decimal)):
            continue
        metric = replace(metrics.describe(column.header), role=role)
        if role == "seats_used":
            metric = replace(metric, aggregation="last", unit="seats")
        values: Values = {"metric": metric, "value": float(value)}
        if isinstance(day, date):
            values["day"] = day
        if record.kind == "contracts":
            values |= {
                key: record.values[key]
                for key in ("account_ref", "account_name", "account_domain")
                if key in record.values
            }
        found.append(Record(record.row, "readings", values))
    return found


def _churn_beside(record: Record) -> list[Record]:
    """A day of cancellation on an account or contract is a churn event, with its reason when told."""
    day = record.values.get("churned_on")
    reason = record.values.pop("churn_reason", None) if record.kind in ("accounts", "contracts") else None
    if not isinstance(day, date) or record.kind not in ("accounts", "contracts"):
        return []
    values: Values = {"kind": "churn", "on_date": day}
    base = record.values.get("external_id") if record.kind == "contracts" else _base_id(record)
    if base:
        values["external_id"] = f"{base}#churn"
    if reason:
        values["reason"] = reason
    if record.kind == "contracts":
        values |= {
            key: record.values[key]
            for key in ("account_ref", "account_name", "account_domain")
            if key in record.values
        }
        values |= {"contract_ref": base} if base else {}
    return [Record(record.row, "churn", values)]


def full_name(last: str, first: str, middle: str = "") -> str:
    """A person's name from its parts: "姓 名" with one space for Japanese, else first, middle, last.

    The space keeps what the parts said; matching and search do not see it (``domain.text.name_key``).
    """
    if _CJK.search(last + first):
        return " ".join(part for part in (last, first) if part)
    return " ".join(part for part in (first, middle, last) if part)


def _account(record: Record, _table: Table) -> None:
    """A state that says the customer has left says so of the contract in the row as well."""
    told = code_of("contract_status", str(record.values.get("stage", "")))
    if told == "churned" and "予定" not in str(record.values["stage"]):
        record.values.setdefault("churned", True)
        record.values["stage"] = "churned"


def _person(record: Record, _table: Table) -> None:
    """Parts of a name go before a whole one: the whole may be how a mail program shows it ("Lee, Ann (a@b.co)")."""
    values = record.values
    parts = {key: str(values.pop(key, "")) for key in ("last_name", "first_name", "middle_name")}
    joined = full_name(parts["last_name"], parts["first_name"], parts["middle_name"])
    if joined and ("name" not in values or (parts["last_name"] and parts["first_name"])):
        values["name"] = joined
    reading = full_name(str(values.pop("last_reading", "")), str(values.pop("first_reading", "")))
    if reading and "reading" not in values:
        values["reading"] = reading


def _contract(record: Record, _table: Table) -> None:
    values = record.values
    if "status" not in values and "churned_on" in values:
        values["churned"] = True


def _ticket(record: Record, _table: Table) -> None:
    """A state nobody stated, or in words nobody knows, follows from whether the ticket was solved."""
    values = record.values
    if "status" not in values:
        solved = values.get("closed", "solved_at" in values)
        values["status"] = "done" if solved else "open"


def _opportunity(record: Record, _table: Table) -> None:
    values = record.values
    outcome = code_of("opportunity_outcome", str(values.get("stage", "")))
    if "is_won" in values or "is_closed" in values:
        closed = values.get("is_closed", values.get("is_won"))
        outcome = (
            ("won" if values.get("is_won", outcome == "won") else "lost") if closed else outcome or "open"
        )
    values["outcome"] = outcome or "open"


def _churn(record: Record, _table: Table) -> None:
    values = record.values
    told = values.get("event_kind") or values.get("outcome")
    values["kind"] = "reactivation" if values.get("is_reactivation") else told or "churn"


def _survey(record: Record, table: Table) -> None:
    """One record for each score of the row; an unnamed score takes its kind from the row, the file or its height."""
    values = record.values
    scores: list[tuple[str | None, object]] = [
        (kind, values.pop(kind)) for kind in _SURVEYS if kind in values
    ]
    if "score" in values:
        scores.insert(0, (_survey_kind(values, table), values.pop("score")))
    if not scores and (kind := _survey_kind(values, table)):
        values["kind"] = kind
    further: list[Record] = []
    for number, (kind, score) in enumerate(scores):
        own: Values = {"score": score} | ({"kind": kind} if kind else {})
        if number == 0:
            values |= own
            continue
        shared = {
            key: value
            for key, value in values.items()
            if key not in ("score", "kind", "comment", "survey_kind")
        }
        if "external_id" in shared:
            shared["external_id"] = f"{shared['external_id']}#{kind}"
        further.append(Record(record.row, "surveys", shared | own))
    record.also = tuple(further)


def _survey_kind(values: Values, table: Table) -> str | None:
    told = values.get("survey_kind")
    if told:
        return str(told)
    text = " ".join(map(str, (values.get("campaign", ""), table.sheet or "", table.name.replace("_", " "))))
    if kind := code_of("survey_kind", text):
        return kind
    score = values.get("score")
    return "nps" if isinstance(score, float) and score > _NPS_ABOVE else None


def _interaction(record: Record, _table: Table) -> None:
    minutes = record.values.get("duration_min")
    if isinstance(minutes, float):
        record.values["duration_min"] = round(minutes)


def _attended(record: Record, mapping: Mapping) -> None:
    """Who was there is kept in the text, under the column's own header: several names, or names nobody knows, tie to
    no person.
    """
    attendees = record.values.pop("attendees", ())
    if not isinstance(attendees, tuple) or not attendees:
        return
    header = mapping.by_field("attendees")[0].header
    body = record.values.get("body", ())
    lines = body if isinstance(body, tuple) else (body,)
    record.values["body"] = (*lines, f"{header}: {', '.join(map(str, attendees))}")
    if len(attendees) == 1:
        record.values.setdefault("person_name", attendees[0])


_FINISH: dict[str, Callable[[Record, Table], None]] = {
    "accounts": _account,
    "people": _person,
    "contracts": _contract,
    "tickets": _ticket,
    "opportunities": _opportunity,
    "churn": _churn,
    "surveys": _survey,
    "interactions": _interaction,
}
