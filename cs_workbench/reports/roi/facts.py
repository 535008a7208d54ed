"""What the ROI workbook is made of: a computed ledger and the words around it, in one language, for one edition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from cs_workbench.domain.cash_flow import ZERO
from cs_workbench.domain.value_ledger import Ledger, Outcome


@dataclass(frozen=True, slots=True)
class LineWords:
    """The words of one benefit: labels of its inputs by name, its baseline, evidence, who agreed, the note."""

    labels: Mapping[str, str]
    baseline: str = ""
    evidence: tuple[tuple[str, str, dt.date | None], ...] = ()  # kind, text, day
    agreed: str = ""  # who and when, in words
    note: str = ""  # internal edition only
    agreed_by: str = ""
    agreed_on: dt.date | None = None
    logic_by: str = ""  # who accepted the logic and when, in words
    fact_by: str = ""
    formula: str = ""  # with what its inputs are called


@dataclass(frozen=True, slots=True)
class RoiFacts:
    """A ledger ready to be written. ``words`` are by benefit id; ``text`` are the workbook's own words by key."""

    account: str
    sender: str
    title: str
    language: Literal["en", "ja"]
    edition: Literal["customer", "internal"]
    as_of: dt.date
    starts_on: dt.date
    ledger: Ledger
    outcome: Outcome
    words: Mapping[str, LineWords]
    left_out: tuple[tuple[str, str], ...] = ()  # title, reason
    text: Mapping[str, str] = field(default_factory=dict)
    name: str = ""  # the ledger's own
    ends_on: dt.date = dt.date.max  # the last day
    notices: tuple[str, ...] = ()  # what is told of the whole ledger, fit for the edition
    so_far: Decimal = ZERO  # of the benefits' present value, what lies before as_of
    past: tuple[str, ...] = ()  # inputs that count at their mean before as_of, in words
    unread: tuple[str, ...] = ()  # inputs nobody measured on days before as_of, in words
    gaps: tuple[tuple[dt.date, dt.date], ...] = ()  # days under no contract
    left: dt.date | None = None  # the customer's last day: no value is counted after it
    left_dated: bool = True
    replaced: str = ""  # contracts taken as replaced before their end, in words
    assumed_from: dt.date | None = None
    unknown_costs: tuple[tuple[str, str], ...] = ()  # title, why; no return is told while there are any
