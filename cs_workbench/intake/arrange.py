"""From single columns to a whole: pairs of seat counts, figures that become metrics, months as columns, leftovers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from cs_workbench.intake import metrics, values
from cs_workbench.intake.carry import ABOVE, GROUPED_KINDS, OWNERS, grouped
from cs_workbench.intake.headers import Header, slug
from cs_workbench.intake.kinds import spec
from cs_workbench.intake.mapping import (
    CUSTOM,
    IGNORE,
    METRIC,
    ON_DAY,
    ColumnMap,
    Mapping,
    header_labels,
    with_layout,
)
from cs_workbench.intake.matching import CORE, Fit
from cs_workbench.intake.shape import GOOD, Shape
from cs_workbench.intake.table import Table

_CUSTOM_KINDS = ("accounts", "people", "contracts")
_ID_LAST = frozenset(["id", "no", "code", "number", "key", "uid", "uuid", "zip"])
_ID_END = ("番号", "こど", "コード")
_TOTALS = frozenset(["total", "max", "licensed", "contracted", "purchased", "limit", "capacity"])
_COUNTS = frozenset(["count", "used", "active", "number", "num", "registered"])
_CONTRACT_SIGNS = (
    "arr",
    "mrr",
    "amount",
    "start_on",
    "end_on",
    "renewal_on",
    "auto_renew",
    "notice_days",
    "notice_months",
    "notice_on",
)
_BESIDE_CONTRACT = ("contract.seats", "contract.plan", "contract.is_trial", "contract.product_ref", "contract.billing",
                    "contract.term_months", "contract.name", "contract.currency")  # fmt: skip
_MONTH_HEADER = re.compile(r"(19|20)\d\d|令和|平成|R\d", re.IGNORECASE)
_SHORT_MONTH = re.compile(
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-\s'’]+(\d{2})", re.IGNORECASE
)
_YEAR = re.compile(r"(20\d\d)\s*(?:(年度)|年)")
_BARE_MONTH = re.compile(r"(\d{1,2})月(?:度|分)?")
_FISCAL_START = 4
_METRIC_WEIGHT, _KNOWN_METRIC_WEIGHT, _MOST_METRICS = 0.6, 1.0, 6
_MOST_MONTHS = 2.0
_DEFAULT_SHEET = re.compile(r"(sheet|シート|table|worksheet|ワークシート)\s*\d*", re.IGNORECASE)
_NO_TITLE = re.compile(r"単位|作成|出力|[:：]|\bunits?\b|generated", re.IGNORECASE)


@dataclass(slots=True)
class Layout:
    """A kind's reading of the columns: what each fills (index → field), what is left, how much speaks for it."""

    kind: str
    by_column: dict[int, str]
    weight: float
    left_over: set[int] = field(default_factory=set)
    against: tuple[int, ...] = ()
    options: dict[int, str] = field(default_factory=dict)

    @property
    def fields(self) -> set[str]:
        """The fields that have a column."""
        return set(self.by_column.values())

    @property
    def is_proof(self) -> bool:
        """Columns named by months are readings, whatever else there is."""
        return any(name.startswith(ON_DAY) for name in self.fields)

    def missing(self) -> tuple[str, ...] | None:
        """The first needed group of fields without a column; readings also need a day and a figure."""
        if (group := spec(self.kind).missing(self.fields)) is not None or self.kind != "readings":
            return group
        if "day" not in self.fields and not self.is_proof:
            return ("day",)
        figures = any(
            name in ("value", "metric") or name.startswith((METRIC, ON_DAY)) for name in self.fields
        )
        return None if figures else ("value", "metric")

    def mapping(self, table: Table, source: str, columns: Sequence[Shape]) -> Mapping:
        """The layout as a mapping: leftovers become custom fields where the kind holds them, blank ones are ignored."""
        labels = header_labels(table.header)
        done: list[ColumnMap] = []
        for index, label in enumerate(labels):
            name = self.by_column.get(index)
            if name is None:
                keep = self.kind in _CUSTOM_KINDS and columns[index].filled and index in self.left_over
                name = CUSTOM + label if keep else IGNORE
            done.append(ColumnMap(index, label, name, self.options.get(index, "")))
        return with_layout(Mapping(self.kind, source, tuple(done)))


def arrange(
    found: Fit,
    table: Table,
    headers: Sequence[Header],
    columns: Sequence[Shape],
    *,
    paired: dict[int, int],
    counters: frozenset[int] = frozenset(),
) -> Layout:
    """Complete a kind's *found* fields by what only several columns together tell; *counters* only number the rows."""
    layout = Layout(
        found.kind, {i: c.field.key for i, c in found.found.items()}, found.weight, against=found.against
    )
    if found.kind == "readings":
        _figures(layout, table, headers, columns)
    if found.kind in ("accounts", "contracts"):
        _seat_pair(layout, headers, columns)
    if found.kind == "accounts":
        _without_contract(layout)
    if found.kind == "people":
        _name_of_another(layout, found)
    if found.kind in GROUPED_KINDS:
        _groups(layout, table, counters)
    for index, target in paired.items():
        if target in layout.by_column:
            layout.by_column[index] = (
                "contract.currency" if layout.by_column[target].startswith("contract.") else "currency"
            )
            layout.options[index] = layout.by_column[target].removeprefix("contract.")
    for index in [
        i
        for i, name in layout.by_column.items()
        if name.endswith("currency") and name not in spec(found.kind).fields
    ]:
        del layout.by_column[index]
    layout.left_over = set(range(len(headers))) - set(layout.by_column) - set(paired) - counters
    return layout


def _name_of_another(layout: Layout, found: Fit) -> None:
    """Beside a first and a last name, a column that only resembles a name ("コンタクト担当者") is somebody else's."""
    index = found.index_of("name")
    if (
        index is not None
        and {"last_name", "first_name"} <= layout.fields
        and found.found[index].quality < CORE
    ):
        del layout.by_column[index]
        layout.weight -= found.found[index].field.weight * found.found[index].quality


def _groups(layout: Layout, table: Table, counters: frozenset[int]) -> None:
    """Accounts that are named in the first row of their group only."""
    owners = [index for index, name in sorted(layout.by_column.items()) if name in OWNERS]
    for index in grouped(table, owners, counters):
        layout.options[index] = ABOVE


def _figures(layout: Layout, table: Table, headers: Sequence[Header], columns: Sequence[Shape]) -> None:
    """The columns of figures of a table of readings become metrics, unless one column names the metric."""
    months = _month_columns(layout, table, columns)
    if len(months) >= 2:
        name = _title(table)
        for index in [index for index, field in layout.by_column.items() if field == "value"]:
            del layout.by_column[index]  # the total of the months
        for index, day in months.items():
            layout.by_column[index] = ON_DAY + day
            if "metric" not in layout.fields:
                layout.options[index] = slug(name)
        layout.weight += _METRIC_WEIGHT * min(len(months), _MOST_METRICS)
        layout.weight += _MOST_MONTHS if 2 * len(months) >= sum(shape.filled > 0 for shape in columns) else 0
        return
    if "day" not in layout.fields:
        return
    if "metric" in layout.fields:
        _long_value(layout, headers, columns)
        return
    _lone_value(layout)
    known = 0.0
    for index, header in enumerate(headers):
        if index not in layout.by_column and _is_figure(header, columns[index]):
            layout.by_column[index] = METRIC + slug(table.header[index])
            known += _KNOWN_METRIC_WEIGHT if metrics.role_of(header.full) else _METRIC_WEIGHT
    layout.weight += min(known, _MOST_METRICS)


def _title(table: Table) -> str:
    """What a table of months measures: its sheet's name, else the title above it, else the file's name."""
    if table.sheet and not _DEFAULT_SHEET.fullmatch(table.sheet.strip()):
        return table.sheet
    titles = [line for line in table.preamble if len(line) <= 40 and not _NO_TITLE.search(line)]
    return titles[-1] if titles else PurePath(table.name).stem


def _lone_value(layout: Layout) -> None:
    """A column called "count" without one that names the metric is a metric of its own name."""
    for index, name in list(layout.by_column.items()):
        if name == "value":
            del layout.by_column[index]


def _long_value(layout: Layout, headers: Sequence[Header], columns: Sequence[Shape]) -> None:
    if "value" in layout.fields:
        return
    figures = [i for i, h in enumerate(headers) if i not in layout.by_column and _is_figure(h, columns[i])]
    if len(figures) == 1:
        layout.by_column[figures[0]] = "value"
        layout.weight += _METRIC_WEIGHT


def _is_figure(header: Header, shape: Shape) -> bool:
    last = header.words[-1] if header.words else ""
    if last in _ID_LAST or header.compact.endswith(_ID_END) or not shape.filled or not header.words:
        return False
    if header.words[0] in ("is", "has") or last in ("flag", "year"):
        return False
    return shape.share("figure") >= GOOD


def _month_columns(layout: Layout, table: Table, columns: Sequence[Shape]) -> dict[int, str]:
    found: dict[int, str] = {}
    year = next(filter(None, map(_YEAR.search, _titles(table))), None)
    for index, name in enumerate(table.header):
        name = _with_year(name, year)
        if not _MONTH_HEADER.search(name) or (
            columns[index].filled and columns[index].share("figure") < GOOD
        ):
            continue
        if index in layout.by_column:
            continue
        try:
            found[index] = values.parse_date(str(name), month_as="first").isoformat()
        except values.ValueProblem:
            continue
    return found


def _titles(table: Table) -> tuple[str, ...]:
    return (*table.preamble, table.sheet or "", PurePath(table.name).stem)


def _with_year(name: str, year: re.Match[str] | None) -> str:
    """A month with its year: "Jan-26", or "4月" under a title that says "2026年度" (which begins in April)."""
    if short := _SHORT_MONTH.fullmatch(name):
        return f"{short[1]} 20{short[2]}"
    bare = _BARE_MONTH.fullmatch(values.plain(name))
    if bare is None or year is None:
        return name
    fiscal = year[2] is not None and int(bare[1]) < _FISCAL_START
    return f"{int(year[1]) + fiscal}-{bare[1]}"


def _seat_pair(layout: Layout, headers: Sequence[Header], columns: Sequence[Shape]) -> None:
    """ "teacher_count" beside "total_teachers", never above it, are seats used and seats contracted."""
    prefix = "contract." if layout.kind == "accounts" else ""
    if prefix + "seats" in layout.fields:
        return
    for used, header in enumerate(headers):
        taken = layout.by_column.get(used)
        if taken not in (None, "reading.seats_used", "reading.active_users") or not _COUNTS.intersection(
            header.words
        ):
            continue
        for total, other in enumerate(headers):
            if total == used or total in layout.by_column or not _TOTALS.intersection(other.words):
                continue
            if _same_noun(header, other) and _never_above(columns[used], columns[total]):
                layout.by_column[used] = taken or "reading.seats_used"
                layout.by_column[total] = prefix + "seats"
                layout.weight += 2.0
                return


def _same_noun(one: Header, other: Header) -> bool:
    def nouns(header: Header) -> set[str]:
        return {word.rstrip("s") for word in header.words} - {
            word.rstrip("s") for word in _TOTALS | _COUNTS | {"of", "the"}
        }

    return bool(nouns(one) & nouns(other))


def _never_above(used: Shape, total: Shape) -> bool:
    if not used.filled or used.filled != total.filled or min(used.share("count"), total.share("count")) < 1:
        return False
    pairs = zip(used.cells, total.cells, strict=True)
    return all(values.parse_number(a) <= values.parse_number(b) for a, b in pairs)


def _without_contract(layout: Layout) -> None:
    """Plan and seats beside an account make a contract only with money, a date or the seats in use; else they are kept
    as fields of one's own, for a file of contracts would count them a second time.
    """
    fields = layout.fields
    if any(f"contract.{sign}" in fields for sign in _CONTRACT_SIGNS):
        return
    if "contract.seats" in fields and {"reading.seats_used", "reading.active_users"} & fields:
        return
    for index, name in list(layout.by_column.items()):
        if name in _BESIDE_CONTRACT:
            del layout.by_column[index]
            layout.weight -= spec("accounts").fields[name].weight
