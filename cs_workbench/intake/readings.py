"""Readings in bulk: a million rows become plain tuples in about a second, bad rows become problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan, nan
from typing import Literal

from cs_workbench.intake import carry, metrics, values
from cs_workbench.intake.headers import slug
from cs_workbench.intake.mapping import METRIC, ON_DAY, ColumnMap, Mapping
from cs_workbench.intake.rows import MetricSpec, Problem, ReadingChunk, ReadingRow, RefKind
from cs_workbench.intake.table import Cell, Row, Table

CHUNK_ROWS = 20_000
_KEPT = 65_536
_EPOCH = date(1970, 1, 1).toordinal()
_REFS: tuple[tuple[str, RefKind], ...] = (
    ("account_ref", "account"), ("account_name", "account"), ("account_domain", "account"),
    ("contract_ref", "contract"), ("person_ref", "person"), ("person_mail", "person"), ("person_name", "person"),
)  # fmt: skip


class _RowProblem(Exception):
    """A cell of the row being read that cannot be taken."""

    def __init__(self, header: str, code: str, cell: Cell) -> None:
        super().__init__(code)
        self.header, self.code, self.text = header, code, "" if cell is None else str(cell)


class _Days(dict[Cell, int]):
    """Days since 1970-01-01 by the text of a date; forgets when it grows beyond a few megabytes."""

    def __init__(self, column: ColumnMap) -> None:
        super().__init__()
        self._header = column.header
        self._day_first = {"dmy": True, "mdy": False}.get(column.option)
        self._year_first = column.option == "ymd"
        self._serial: Literal["1900"] | None = "1900" if column.option == "serial" else None

    def __missing__(self, cell: Cell) -> int:
        try:
            day = values.parse_date(
                cell,
                day_first=self._day_first,
                month_as="first",
                serial=self._serial,
                year_first=self._year_first,
            )
            found = day.toordinal() - _EPOCH
        except values.ValueProblem as problem:
            raise _RowProblem(
                self._header, "missing" if problem.code == "blank" else problem.code, cell
            ) from None
        if len(self) >= _KEPT:
            self.clear()
        self[cell] = found
        return found


class _Refs(dict[Cell, str]):
    """References trimmed once; blank ones are refused."""

    def __init__(self, header: str) -> None:
        super().__init__()
        self._header = header

    def __missing__(self, cell: Cell) -> str:
        text = values.parse_text(cell)
        if text is None or values.is_placeholder(text):
            raise _RowProblem(self._header, "missing", cell)
        if len(self) >= _KEPT:
            self.clear()
        self[cell] = text
        return text


class _Metrics(dict[Cell, int]):
    """Metric indexes by the name in the file; new ones are described when first seen."""

    def __init__(self, header: str) -> None:
        super().__init__()
        self.found: list[MetricSpec] = []
        self._by_key: dict[str, int] = {}
        self._header = header

    def __missing__(self, cell: Cell) -> int:
        text = values.parse_text(cell)
        if text is None or values.is_placeholder(text):
            raise _RowProblem(self._header, "missing", cell)
        self[cell] = index = self.add(metrics.event(text))
        return index

    def add_feature(self, name: str, key: str, feature: Cell) -> int:
        """The index of metric *name* for one feature; rows that name none count for the metric as a whole."""
        text = values.parse_text(feature)
        if text is None or values.is_placeholder(text):
            return self.add(metrics.describe(name, key=slug(key)))
        return self.add(metrics.describe(name, text, key=slug(key)))

    def add(self, metric: MetricSpec) -> int:
        """The index of *metric*, by its key."""
        if metric.key not in self._by_key:
            self._by_key[metric.key] = len(self.found)
            self.found.append(metric)
        return self._by_key[metric.key]


@dataclass(slots=True)
class _Plan:
    """Where things stand in a row, and what has been learnt of them."""

    ref_kind: RefKind
    ref_at: int
    refs: _Refs
    day_at: int | None
    days: _Days | None
    id_at: int | None
    metrics: _Metrics


def read_readings(table: Table, mapping: Mapping) -> Iterator[ReadingChunk]:
    """The readings of *table* in chunks of about 20,000 rows, with new metrics and the problems of bad rows.

    A blank figure is no reading and no problem; a row without a figure in "long" layout is one. ``ref`` is what the
    file says: an id, a name, a domain or a mail address of what ``ref_kind`` names (one column decides, ids first).
    Raises FileProblem as ``Table.rows`` does, and ValueError for a mapping without reference or day.
    """
    plan = _plan(mapping)
    rows = carry.rows(table, mapping) if carry.has_marks(table, mapping) else table.rows()
    value = mapping.by_field("value")
    if mapping.layout == "long" and value and not mapping.has("feature") and plan.days is not None:
        return _long(rows, plan, mapping.by_field("metric")[0].index, value[0])
    return _general(rows, plan, mapping)


def _plan(mapping: Mapping) -> _Plan:
    pair = next(((column[0], kind) for key, kind in _REFS if (column := mapping.by_field(key))), None)
    day = mapping.by_field("day")
    if pair is None or not (day or any(column.field.startswith(ON_DAY) for column in mapping.columns)):
        raise ValueError("a mapping of readings needs a reference and a day")
    own_id = mapping.by_field("external_id")
    name = mapping.by_field("metric")
    return _Plan(
        pair[1],
        pair[0].index,
        _Refs(pair[0].header),
        day[0].index if day else None,
        _Days(day[0]) if day else None,
        own_id[0].index if own_id else None,
        _Metrics(name[0].header if name else ""),
    )


def _long(source: Iterator[Row], plan: _Plan, metric_at: int, value: ColumnMap) -> Iterator[ReadingChunk]:
    """The fast path. Everything that repeats is looked up; whatever fails is read again with care."""
    kind, ref_at, day_at, id_at, value_at = plan.ref_kind, plan.ref_at, plan.day_at, plan.id_at, value.index
    refs, days, names = plan.refs, plan.days, plan.metrics
    assert day_at is not None
    assert days is not None
    chunk = _Chunks(names)
    rows, append = chunk.rows, chunk.rows.append
    for number, cells in source:
        try:
            amount = float(cells[value_at])  # type: ignore[arg-type]
            if amount - amount != 0:
                raise ValueError
        except (ValueError, TypeError, IndexError):
            amount = nan
        try:
            if isnan(amount):
                amount = _figure(cells, value)
            own = str(cells[id_at]) if id_at is not None else None
            append(
                (number, kind, refs[cells[ref_at]], names[cells[metric_at]], days[cells[day_at]], amount, own)
            )
        except _RowProblem as problem:
            chunk.refuse(number, problem)
        except IndexError:
            chunk.refuse(number, _RowProblem(value.header, "short_row", None))
        if len(rows) >= CHUNK_ROWS:
            chunk.seen += len(rows) + len(chunk.problems)
            yield chunk.take()
            rows, append = chunk.rows, chunk.rows.append
    chunk.seen += len(rows) + len(chunk.problems)
    yield chunk.take()


def _general(source: Iterator[Row], plan: _Plan, mapping: Mapping) -> Iterator[ReadingChunk]:
    """Every other layout: several figures a row, a column for the feature, days as columns, rows that count as one."""
    chunk = _Chunks(plan.metrics)
    figures = _figures(mapping, plan.metrics)
    for number, cells in source:
        chunk.seen += 1
        before = len(chunk.rows)
        try:
            ref = plan.refs[_cell(cells, plan.ref_at)]
            day = (
                plan.days[_cell(cells, plan.day_at)]
                if plan.days is not None and plan.day_at is not None
                else 0
            )
            own = None if plan.id_at is None else values.parse_text(_cell(cells, plan.id_at))
            for figure in figures:
                amount = figure.amount(cells)
                if amount is not None:
                    at = day if figure.day is None else figure.day
                    chunk.rows.append((number, plan.ref_kind, ref, figure.metric(cells), at, amount, own))
        except _RowProblem as problem:
            del chunk.rows[before:]
            chunk.refuse(number, problem)
        if len(chunk.rows) >= CHUNK_ROWS:
            yield chunk.take()
    yield chunk.take()


@dataclass(slots=True)
class _Figure:
    """One value to take from every row, and the metric it belongs to."""

    column: ColumnMap | None
    names: _Metrics
    fixed: int | None
    feature_at: int | None
    by_feature: dict[tuple[str, Cell], int]
    metric_at: int | None
    day: int | None
    named: str = ""
    label: str = ""

    def amount(self, cells: Sequence[Cell]) -> float | None:
        """The row's value; 1 where rows are counted; None where the cell is blank. Raises _RowProblem."""
        if self.column is None:
            return 1.0
        if values.is_placeholder(_cell(cells, self.column.index)) and self.column.field != "value":
            return None
        return _figure(cells, self.column)

    def metric(self, cells: Sequence[Cell]) -> int:
        """The index of the row's metric. Raises _RowProblem where its name is blank."""
        if self.fixed is not None:
            return self.fixed
        if self.feature_at is None:
            return self.names[_cell(cells, self.metric_at)]
        feature = _cell(cells, self.feature_at)
        name = self.named or str(_cell(cells, self.metric_at))
        known = self.by_feature.get((name, feature))
        if known is None:
            known = self.names.add_feature(self.label or name, name, feature)
            self.by_feature[name, feature] = known
        return known


def _figures(mapping: Mapping, names: _Metrics) -> list[_Figure]:
    feature = mapping.by_field("feature")
    metric = mapping.by_field("metric")
    feature_at = feature[0].index if feature else None
    metric_at = metric[0].index if metric else None
    found: list[_Figure] = []
    for column in mapping.columns:
        name, day = _named(column)
        if day is not None and name is None and metric_at is None:
            name = "value"
        if name is None and day is None and column.field != "value":
            continue
        label = column.header if column.field.startswith(METRIC) else name or ""
        fixed = names.add(metrics.describe(label, key=name)) if name and feature_at is None else None
        at = metric_at if name is None else None
        found.append(_Figure(column, names, fixed, feature_at, {}, at, day, name or "", label))
    if not found:
        found.append(
            _Figure(None, names, None, feature_at if metric_at is not None else None, {}, metric_at, None)
        )
    return found


def _named(column: ColumnMap) -> tuple[str | None, int | None]:
    """The metric and the day a column of figures carries itself."""
    if column.field.startswith(METRIC):
        return column.field.removeprefix(METRIC), None
    if column.field.startswith(ON_DAY):
        day = date.fromisoformat(column.field.removeprefix(ON_DAY)).toordinal() - _EPOCH
        return column.option or None, day
    return None, None


def _cell(cells: Sequence[Cell], at: int | None) -> Cell:
    return cells[at] if at is not None and at < len(cells) else None


def _figure(cells: Sequence[Cell], column: ColumnMap) -> float:
    cell = _cell(cells, column.index)
    try:
        if isinstance(cell, str) and cell.rstrip().endswith(("%", "％")):
            return float(values.parse_percent(cell))
        return values.parse_float(cell) / (100 if column.option == "of100" else 1)
    except values.ValueProblem as problem:
        raise _RowProblem(
            column.header, "missing" if problem.code == "blank" else problem.code, cell
        ) from None


class _Chunks:
    """What is gathered between two hand-overs."""

    def __init__(self, names: _Metrics) -> None:
        self.rows: list[ReadingRow] = []
        self.problems: list[Problem] = []
        self._names = names
        self._told = 0
        self.seen = 0

    def refuse(self, row: int, problem: _RowProblem) -> None:
        """Keep *problem* of a row."""
        self.problems.append(Problem(row, problem.header, problem.code, problem.text))

    def take(self) -> ReadingChunk:
        """Everything gathered so far; starts anew."""
        fresh = tuple(self._names.found[self._told :])
        self._told = len(self._names.found)
        done = ReadingChunk(self.rows, fresh, tuple(self.problems), self.seen)
        self.rows, self.problems = [], []
        return done
