"""What a file becomes: records, readings, and what is wrong with a row. Plain values, nothing of the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

RefKind = Literal["account", "person", "contract", "product"]

ReadingRow = tuple[int, RefKind, str, int, int, float, str | None]
"""One reading as a plain tuple, because a file may hold millions of them:
(row in the file, what ``ref`` names, ref, metric index, days since 1970-01-01, value, the row's own id or None).
"""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be taken: ``code`` is stable (see ``problems``), ``column`` the header, ``value`` as read."""

    row: int
    column: str
    code: str
    value: str = ""


@dataclass(slots=True)
class Record:
    """One row as one thing: ``values`` by field key, typed, blanks left out; and the further things it speaks of.

    Values: str (references stay as the file says them: ``account_ref``, ``account_name``, ``account_domain``,
    ``person_ref``, ``person_name``, ``person_mail``, ``contract_ref``, ``product_ref``, ``parent_ref``), int, float,
    bool, Decimal (money and figures), date, aware UTC datetime, tuple[str, ...] (fields that several columns may
    fill: domain, email, address, note, body, comment, tags, roles). ``custom`` holds canonical text by label (ISO
    dates, plain decimals, 0/1); types are in ``Mapping.custom_fields``. ``also`` are contracts, readings (values
    ``metric``: MetricSpec, ``value``: float, ``day``: date, missing = the file's date), surveys or churn events told
    in the same row; they belong to what the row itself is about and repeat its references only where it has any. A
    record with a ``problem`` holds nothing that may be stored.
    """

    row: int
    kind: str
    values: dict[str, object] = field(default_factory=dict)
    custom: dict[str, str] = field(default_factory=dict)
    problem: Problem | None = None
    also: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class MetricSpec:
    """A metric as it was found in a file: the columns of table ``metric``. ``role`` is a guess that is stated."""

    key: str
    name: str
    family: str
    feature: str | None = None
    role: str | None = None
    unit: str = ""
    aggregation: str = "sum"
    higher_is_better: bool = True


@dataclass(frozen=True, slots=True)
class ReadingChunk:
    """Some 20,000 rows' readings. ``metrics`` are those first seen in this chunk; indexes count on over all chunks."""

    rows: list[ReadingRow]
    metrics: tuple[MetricSpec, ...]
    problems: tuple[Problem, ...]
    seen: int
    """Data rows read so far in the whole file, good and bad."""
