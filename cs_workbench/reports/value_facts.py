"""What a template may see of a value ledger: frozen plain dataclasses, all fit for the customer.

Amounts are in the ledger's currency; ``present`` ones are present values over its years, after risk. Shares are 0–1.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ValueProof:
    """What proves a line: a file, a record or somebody's word, with its day."""

    text: str
    on: dt.date | None = None
    kind: str = "file"  # file, record, person


@dataclass(frozen=True, slots=True)
class ValueSource:
    """Where some inputs are from ("" not named), as of when, and which they are: "Active users 58 people"."""

    source: str
    as_of: dt.date | None
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One benefit: ``sum`` is its formula with the figures in it, ``year`` a full year, ``risk`` what is taken off."""

    title: str
    year: Decimal
    risk: Decimal
    present: Decimal
    sum: str = ""
    mechanism: str = ""
    category: str = "cost"  # revenue, cost
    confidence: str = "assumption"  # measured, confirmed, estimate, assumption
    logic: str = "open"  # accepted, open, rejected
    fact: str = "open"  # proved, partly, open
    agreed: bool = False
    agreed_by: str = ""
    agreed_on: dt.date | None = None
    attribution: Decimal = Decimal(1)
    baseline: str = ""
    sources: tuple[str, ...] = ()
    as_of: dt.date | None = None  # of its oldest input
    proofs: tuple[ValueProof, ...] = ()
    ref: str = ""
    logic_by: str = ""  # who accepted the logic, and when
    fact_by: str = ""
    partial: bool = False  # not every year is a full one


@dataclass(frozen=True, slots=True)
class ValuePrice:
    """What one contract costs a year, and until when; ``beside`` another one, or after it."""

    name: str
    year: Decimal
    currency: str
    until: dt.date | None = None
    beside: bool = False
    rate: str = ""  # the exchange rate it went through, in words


@dataclass(frozen=True, slots=True)
class ValueCost:
    """Something the customer spends: at the ``start``, on average a ``year``; ``present`` with its risk, discounted."""

    title: str
    kind: str
    start: Decimal
    year: Decimal
    risk: Decimal
    present: Decimal
    confidence: str = "measured"
    source: str = ""
    ref: str = ""
    mean: bool = False  # years differ: ``year`` is their average
    assumed: bool = False  # nothing is signed for it
    prices: tuple[ValuePrice, ...] = ()  # of the contracts it is pulled from, oldest first
    by_days: bool = False  # counted for the days under contract


@dataclass(frozen=True, slots=True)
class ValueSwing:
    """One input at its two ends: what it is called, both ends in words, and the net present value at each."""

    name: str
    ends: str
    worse: Decimal
    better: Decimal
    now: str = ""
    even: str = ""  # where the net present value is zero, in words; "" where it never is


@dataclass(frozen=True, slots=True)
class ValueGap:
    """A cost whose amount is not known, and why: while there is one, no return is told."""

    title: str
    why: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class ValueYear:
    """One year's money: what is gained after risk, what is spent, and the net up to then. Year 0 is the start."""

    number: int
    gained: Decimal
    spent: Decimal
    cumulated: Decimal


@dataclass(frozen=True, slots=True)
class ValueCase:
    """A computed value ledger. ``lines`` enter every figure here; ``potential`` ones enter none.

    ``net`` = ``present`` − ``cost``; ``roi`` = net ÷ cost, None where nothing is spent; ``enough`` is the share of the
    benefits at which the cost is just covered; ``scale`` what charts divide by.
    """

    name: str
    currency: str
    years: int
    rate: Decimal
    starts_on: dt.date
    as_of: dt.date
    lines: tuple[ValueLine, ...]
    potential: tuple[ValueLine, ...]
    costs: tuple[ValueCost, ...]
    gross: Decimal
    present: Decimal
    cost: Decimal
    net: Decimal
    year: Decimal  # a full year of the counted benefits, after risk
    delay: Decimal  # what one month later costs
    roi: Decimal | None = None
    ratio: Decimal | None = None
    payback: Decimal | None = None  # years; None where it is not reached
    enough: Decimal | None = None
    low: Decimal | None = None  # the net with every input at its worse end
    high: Decimal | None = None
    swings: tuple[ValueSwing, ...] = ()
    turning: tuple[
        ValueSwing, ...
    ] = ()  # bounded inputs that alone, at their worse end, bring the net below zero
    nearly: str = ""  # the input that only just does not
    equal: bool = False  # value and cost are about equal: the net is less than a fiftieth of the cost
    unknown_costs: tuple[ValueGap, ...] = ()
    flow: tuple[ValueYear, ...] = ()
    shared: tuple[str, ...] = ()  # inputs that more than one counted line is computed from
    unconfirmed: int = 0  # counted lines the customer has not agreed to
    left_out: int = 0  # lines that cannot be computed yet
    scale: int = 1
    ref: str = ""
    ends_on: dt.date | None = None  # the last day
    so_far: Decimal = Decimal(0)  # of ``present``, what lies before ``as_of``; the rest is expected
    past: tuple[str, ...] = ()  # inputs that count at their mean before ``as_of``: "Users 73.8, today 87"
    gaps: tuple[tuple[dt.date, dt.date], ...] = ()  # days under no contract: no cost, no value
    left: dt.date | None = None  # the customer's last day: no value is counted after it
    left_dated: bool = True  # False: on a day nobody wrote down
    replaced: str = ""  # contracts taken as replaced before their signed end, in a sentence each
    assumed_from: dt.date | None = None  # from here on no price is signed
    sources: tuple[ValueSource, ...] = ()  # of every input of the counted lines
    missing: tuple[ValueGap, ...] = ()  # lines that would count and cannot be computed
    unread: tuple[str, ...] = ()  # inputs nobody measured on days before ``as_of``: an estimate's risk there
    twice: tuple[str, ...] = ()  # counted lines with the same figures
    outside: tuple[str, ...] = ()  # inputs whose figure has left its bounds: no worse end is known of them


@dataclass(frozen=True, slots=True)
class ValueNote:
    """What stays with us of one line: our note, what is missing, what to ask whom, or why it is left out."""

    title: str
    note: str = ""
    missing: str = ""
    ask: str = ""
    whom: str = ""
    left_out: str = ""
    ref: str = ""
