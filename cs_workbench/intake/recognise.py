"""What a table is about and what its columns mean, by header words and value shape; never by position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from cs_workbench.domain.text import fold
from cs_workbench.intake import carry, contact_column, sources
from cs_workbench.intake.arrange import Layout, arrange
from cs_workbench.intake.headers import Header, take_apart
from cs_workbench.intake.kinds import KINDS, spec
from cs_workbench.intake.mapping import CUSTOM, IGNORE, Mapping, header_labels
from cs_workbench.intake.matching import Fit, fit
from cs_workbench.intake.options import currency_columns, unit_above, with_options, yen_columns
from cs_workbench.intake.shape import Shape, shapes
from cs_workbench.intake.table import Note, Table
from cs_workbench.intake.verdict import notes_on, readings_of, unfit, unit_note, unknown_table, yen_note

_ENOUGH = 2.5
_FILE_HINT = 0.8
_SURE = 8.0
_REPEATED = 0.9
_GROUPED = 0.3
_OTHER_FIRST = 0.75
_SEVERAL_TERMS = 2
_OF_ACCOUNT = frozenset(["account_ref", "account_name"])
_CONTRACT_TERMS = frozenset(["arr", "mrr", "amount", "start_on", "end_on", "renewal_on"])


@dataclass(frozen=True, slots=True)
class Recognition:
    """How a table is understood. ``mapping`` is None when it is not, and ``reason`` says why, in the user's language.

    ``unknown``: headers that match no field (kept as custom fields or ignored, see the mapping). ``scores``: every kind
    that fits, best first, to offer as another choice. ``confidence`` 0–1.
    """

    mapping: Mapping | None
    confidence: float
    unknown: tuple[str, ...]
    reason: str
    notes: tuple[Note, ...] = ()
    scores: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to understand the table."""

    layout: Layout
    score: float
    missing: tuple[str, ...] | None
    proven: bool


def recognise(table: Table, *, kind: str | None = None, source: str | None = None) -> Recognition:
    """Find out what *table* holds. *kind* and *source* settle what a person has said already.

    Never raises for a table it does not understand: ``mapping`` is None then. Raises KeyError for an unknown *kind*.
    """
    headers = [take_apart(name) for name in table.header]
    columns = shapes(table)
    readings = {
        key: _read_as(key, table, headers, columns) for key in ((kind,) if kind is not None else KINDS)
    }
    if not kind:
        _rather_people(readings)
    fitting = sorted(
        (key for key, found in readings.items() if found.missing is None and (kind or _convinces(found))),
        key=lambda key: -readings[key].score,
    )
    scores = tuple((key, round(readings[key].score, 2)) for key in fitting)
    if not fitting:
        labels = header_labels(table.header)
        best = max(readings, key=lambda key: readings[key].score)
        reason = (
            unfit(kind, readings[kind].missing or (), labels)
            if kind
            else unknown_table(best, readings[best].score, readings[best].missing, labels)
        )
        return Recognition(None, 0.0, tuple(labels), reason)
    chosen = readings[fitting[0]]
    name = source or sources.detect(table.header)
    unit = unit_above(table.preamble)
    mapping, asks = with_options(chosen.layout.mapping(table, name, columns), headers, columns, unit)
    mapping, questions = contact_column.settled(mapping, headers, columns)
    notes = questions + notes_on(mapping, chosen.layout, asks, header_labels(table.header), columns)
    notes += _amounts_told(mapping, columns, unit)
    unknown = tuple(
        column.header
        for column in mapping.columns
        if column.index in chosen.layout.left_over and column.field.startswith((CUSTOM, IGNORE))
    )
    return Recognition(mapping, _confidence(scores), unknown, "", notes, scores)


def _read_as(kind: str, table: Table, headers: Sequence[Header], columns: Sequence[Shape]) -> _Reading:
    own = spec(kind)
    paired = currency_columns(table.header)
    numbering = carry.counters(table, headers)
    found = fit(kind, headers, columns, numbering.union(paired))
    layout = arrange(found, table, headers, columns, paired=paired, counters=numbering)
    score = layout.weight * _standing(found, columns)
    if kind == "accounts" and (name := found.index_of("name")) is not None:
        score *= _GROUPED if carry.grouped(table, [name], numbering) else 1.0
    if layout.fields and _hinted(own.file_words, table):
        score += _FILE_HINT
    return _Reading(layout, score, layout.missing(), bool(own.proof & layout.fields) or layout.is_proof)


def _amounts_told(mapping: Mapping, columns: Sequence[Shape], unit: str) -> tuple[Note, ...]:
    """Currencies and units that no cell states: the yen of a Japanese header, the *unit* of a line above the table."""
    bare = [column.header for column in yen_columns(mapping) if _names_no_currency(columns[column.index])]
    told = (yen_note(bare),) if bare else ()
    stated = bool(unit) and any(column.option == unit for column in mapping.columns)
    return (*told, unit_note(unit)) if stated else told


def _names_no_currency(shape: Shape) -> bool:
    return shape.share("money") > 0 and shape.share("with_currency") < 1


def _rather_people(readings: dict[str, _Reading]) -> None:
    """Rows with a person's id, name and mail address are people, however much they say of the company as well; rows
    with the terms of a contract are accounts, whomever they name beside.
    """
    people, accounts = readings["people"], readings["accounts"]
    terms = sum(f"contract.{term}" in accounts.layout.fields for term in _CONTRACT_TERMS)
    fields = people.layout.fields
    if terms >= _SEVERAL_TERMS and "name" in accounts.layout.fields:
        readings["people"] = replace(people, score=people.score * _OTHER_FIRST)
    elif {"external_id", "email"} <= fields and {"name", "last_name"} & fields and _OF_ACCOUNT & fields:
        readings["accounts"] = replace(accounts, score=accounts.score * _OTHER_FIRST)


def _convinces(found: _Reading) -> bool:
    return found.proven and found.score >= _ENOUGH


def _hinted(words: Sequence[str], table: Table) -> bool:
    name = fold(PurePath(table.name).stem + " " + (table.sheet or ""))
    return any(fold(word) in name for word in words)


def _standing(found: Fit, columns: Sequence[Shape]) -> float:
    """Rows of accounts or people name each once, and not every account has left; contracts that name each account once,
    without a number of their own, are accounts.
    """
    keys = {"accounts": ("external_id", "name"), "people": ("external_id", "email"), "products": ("name",)}
    places = [index for key in keys.get(found.kind, ()) if (index := found.index_of(key)) is not None]
    if places and max(columns[index].unique for index in places) < _REPEATED:
        return 0.3
    gone = found.index_of("churned_on") if found.kind == "accounts" else None
    if gone is not None and columns[gone].filled >= _REPEATED * columns[gone].rows > 0:
        return 0.7
    if found.kind == "contracts" and found.index_of("external_id") is None:
        owner = next(
            (i for key in ("account_ref", "account_name") if (i := found.index_of(key)) is not None), None
        )
        if owner is not None and columns[owner].unique == 1:
            return 0.75 if _CONTRACT_TERMS.intersection(found.fields) else 0.4
    return 1.0


def _confidence(scores: Sequence[tuple[str, float]]) -> float:
    best = scores[0][1]
    second = scores[1][1] if len(scores) > 1 else 0.0
    margin = min(1.0, 2 * (best - second) / best) if best else 0.0
    return round(min(1.0, best / _SURE) * (0.5 + 0.5 * margin), 2)


def refitted(table: Table, mapping: Mapping) -> Recognition:
    """A saved or hand-written *mapping* fitted to this *table*, with options it leaves open filled from the values.

    What is to be told about how cells are read is told again: the file is another one than last time.
    Raises IntakeProblem "missing_columns".
    """
    bound, columns, unit = mapping.bind(table.header), shapes(table), unit_above(table.preamble)
    headers = [take_apart(name) for name in table.header]
    filled, asks = with_options(bound, headers, columns, unit)
    kept = [new if not old.option else old for old, new in zip(bound.columns, filled.columns, strict=True)]
    fitted = replace(bound, columns=tuple(kept))
    notes = (*readings_of(fitted, asks), *_amounts_told(fitted, columns, unit))
    return Recognition(fitted, 1.0, (), "", notes)


def lasting(table: Table, mapping: Mapping) -> Mapping:
    """*mapping* as it holds for the next file: without the unit that a line above this *table* gave its amounts."""
    unit = unit_above(table.preamble)
    if not unit:
        return mapping
    columns = tuple(
        replace(column, option="")
        if column.option.removesuffix("/month") == unit and not take_apart(column.header).money
        else column
        for column in mapping.columns
    )
    return replace(mapping, columns=columns)
