"""Blocks: what a rendered document is made of, before any format. Frozen plain data with its source line."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from cs_workbench.domain.chart_data import Bound, ChartData, Event, Series, Tone

__all__ = ["Bound", "ChartData", "Event", "Series", "Tone"]  # re-exported; the blocks follow

Align: TypeAlias = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Src:
    """Where in a template a block began."""

    template: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of running text. A figure also carries its plain ``value``, its format and the record it came from."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    href: str = ""
    note: str = ""  # id of a Footnote
    value: Decimal | None = None
    fmt: str = ""  # money, pct, num, date
    ref: str = ""  # "ticket/812"
    missing: bool = False  # drawn in the dashed "not measured" box


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 is a page's message and starts a page; 2 a section under a rule; 3 a label inside it. ``tab`` is what the
    page is called where there is no room for a message: on a sheet's tab.
    """

    level: int
    runs: Runs
    subtitle: Runs = ()
    src: Src = Src()
    tab: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``small`` for remarks under tables and charts, ``paper`` for what a deck may do without."""

    runs: Runs
    small: bool = False
    paper: bool = False
    src: Src = Src()


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list; every item is a tuple of blocks."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    check: bool = False  # check boxes to tick on paper
    src: Src = Src()


@dataclass(frozen=True, slots=True)
class Column:
    """One table column; ``width`` is a share of the table's width."""

    align: Align = "left"
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table. ``total`` marks the last row as totals; ``decisive`` is the index of the one tinted row, or None."""

    columns: tuple[Column, ...]
    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    caption: str = ""
    total: bool = False
    decisive: int | None = None
    src: Src = Src()


@dataclass(frozen=True, slots=True)
class Metric:
    """A key figure: label, value, optionally what it was before ("46 → 19"), unit, status line, source line."""

    label: str
    value: Runs
    before: Runs = ()
    unit: str = ""
    status: Runs = ()
    note: Runs = ()
    tone: Tone = "none"


@dataclass(frozen=True, slots=True)
class Metrics:
    """Two to four key figures side by side."""

    items: tuple[Metric, ...]
    src: Src = Src()


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, with who and when."""

    runs: Runs
    by: Runs = ()
    src: Src = Src()


@dataclass(frozen=True, slots=True)
class Card:
    """A framed group of blocks; a toned one is a call-out with its shape."""

    body: tuple[Block, ...]
    title: str = ""
    tone: Tone = "none"
    src: Src = Src()


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side."""

    widths: tuple[float, ...]
    bodies: tuple[tuple[Block, ...], ...]
    src: Src = Src()


@dataclass(frozen=True, slots=True)
class Cells:
    """The strip under a chart: data → what it means → what we do. Each cell is (label, text)."""

    cells: tuple[tuple[str, Runs], ...]
    src: Src = Src()


@dataclass(frozen=True, slots=True)
class Decision:
    """The one decision asked for: what, by when, and a remark. Once a document."""

    label: str
    what: Runs
    by: Runs
    note: Runs = ()
    src: Src = Src()


@dataclass(frozen=True, slots=True)
class Missing:
    """Something not measured, and the question to ask about it."""

    what: str
    question: str
    src: Src = Src()


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its message as title, its definition as subtitle and its words for those who cannot see it."""

    data: ChartData
    title: str
    subtitle: str
    alt: str
    height: float = 160.0  # points
    src: Src = Src()


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated point on a timeline: where (0 left to 1 right), its label, and what kind of point it is."""

    at: float
    label: str
    role: Literal["plain", "accent", "deadline"] = "plain"
    below: bool = False  # the label stands under the line


@dataclass(frozen=True, slots=True)
class Timeline:
    """A line of time: milestones, month ticks as (position, label), and one tinted span (from, to) if any."""

    points: tuple[Milestone, ...]
    ticks: tuple[tuple[float, str], ...]
    alt: str
    span: tuple[float, float] | None = None
    src: Src = Src()


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources line of the page it stands on: data sets, as-of dates, completeness."""

    runs: Runs
    src: Src = Src()


@dataclass(frozen=True, slots=True)
class Fill:
    """Lines to write on by hand: ``lines`` ruled lines under a label, or signature fields side by side."""

    labels: tuple[str, ...]
    lines: int = 1
    src: Src = Src()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page."""

    src: Src = Src()


@dataclass(frozen=True, slots=True)
class SpeakerNote:
    """Words for the one who presents; internal edition only."""

    body: tuple[Block, ...]
    src: Src = Src()


Block: TypeAlias = (
    Heading | Paragraph | BulletList | Table | Metrics | Quote | Card | Columns | Cells | Decision | Missing | Chart
    | Timeline | Sources | Fill | PageBreak | SpeakerNote
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Footnote:
    """A record footnote of the internal edition."""

    id: str
    runs: Runs


@dataclass(frozen=True, slots=True)
class Cover:
    """The front page. ``title`` lines are broken at phrases by the template; ``facts`` are (label, value) pairs."""

    kicker: str
    title: tuple[str, ...]
    customer: str
    honorific: str = ""
    line: str = ""
    chart: ChartData | None = None
    chart_note: str = ""
    chart_alt: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document, ready for any writer. ``internal_mark`` is the boxed warning of the internal edition."""

    title: str  # running head and file title
    sender: str
    language: Literal["en", "ja"]
    edition: Literal["customer", "internal"]
    cover: Cover | None
    blocks: tuple[Block, ...]
    notes: tuple[Footnote, ...] = ()
    internal_mark: str = ""
    labels: dict[str, str] = field(
        default_factory=dict
    )  # writer's own words: page, continued, sources, not_measured
    dense: bool = False  # set closer, so that it stays on one page
    as_of: date | None = None  # the day its figures are of: what its properties call the day it was made
    wide: bool = False  # pages lie on their side: a list of many columns, printed


@dataclass(frozen=True, slots=True)
class Look:
    """How a company wants its documents: accent colour (sRGB hex, already readable on white) and a PNG logo."""

    accent: str = "#23458F"
    accent_soft: str = "#EAEFF9"
    logo_png: bytes | None = None
