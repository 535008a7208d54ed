"""What stands in each cell of the account list: for the eye, for the ear, for a spreadsheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from cs_workbench import i18n
from cs_workbench.domain.csv_guard import guard
from cs_workbench.domain.money import Total
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services.account_table import GONE, AccountLine, AccountTable
from cs_workbench.ui import wording
from cs_workbench.ui.models.own_words import own_text
from cs_workbench.ui.widgets.badge import BAND_NAMES, Band, badge_name

URGENT_DAYS = 90
OWN_MOST = 24
"""How many fields of one's own can be columns."""


_CUT = 1_000
"""Letters of a value of one's own that are measured and painted."""


class Column(NamedTuple):
    """A column. ``drop`` is the order in which columns go where there is no room (0: stays); ``usual`` shown at first.

    ``title`` is what the header says, ``name`` what the chooser and the file say.
    """

    id: str
    title: str
    name: str
    right: bool = False
    drop: int = 0
    usual: bool = True


COLUMNS: tuple[Column, ...] = (
    Column("name", mark("Account"), mark("Account")),
    Column("tier", mark("Tier"), mark("Tier"), drop=3),
    Column("arr", mark("ARR"), mark("ARR"), right=True, drop=8),
    Column("health", mark("Health"), mark("Health")),
    Column("trend", mark("12 months"), mark("Trend, 12 months"), drop=4),
    Column("stage", mark("Stage"), mark("Stage"), drop=2),
    Column("notice", mark("Notice by"), mark("Notice by"), right=True, drop=7),
    Column("left", mark("Left"), mark("Days left"), right=True),
    Column("contact", mark("Contact"), mark("Last contact"), right=True, drop=6),
    Column("next", mark("Next step"), mark("Next step"), drop=1),
    Column("owner", mark("Owner"), mark("Owner"), drop=5, usual=False),
    Column("renewal", mark("Renews"), mark("Renewal date"), right=True, drop=5, usual=False),
    Column("tags", mark("Tags"), mark("Tags"), drop=5, usual=False),
    *(Column(f"own:{n}", "", "", drop=5, usual=False) for n in range(OWN_MOST)),
)
PLACE: Mapping[str, int] = {column.id: place for place, column in enumerate(COLUMNS)}

OWN: Mapping[str, int] = {f"own:{n}": n for n in range(OWN_MOST)}
"""The columns of one's own: which of the accounts' own fields each shows."""

GROUPS: Mapping[str, str] = {
    "band": mark("health"),
    "stage": mark("stage"),
    "tier": mark("tier"),
    "owner": mark("owner"),
}
"""What the list can be grouped by."""


def cell(line: AccountLine, column: str, table: AccountTable) -> str:
    """The text of a cell; "" where nothing is known."""
    if column in OWN:
        text = table.own.value(line.id, OWN[column])
        return own_text(table.own.fields[OWN[column]]._replace(value=text[:_CUT])) if text else ""
    return _CELLS[column](line, table)


_CURRENCY = "currency"
"""Where rows leave the window: what the yearly value is in, as the window writes it with the figure."""


def called(column: str, table: AccountTable | None, *, short: bool = False) -> str:
    """What a column is called, one of one's own by its label; *short* as the header says."""
    if column in OWN:
        fields = () if table is None else table.own.fields
        return fields[OWN[column]].label[:_CUT] if OWN[column] < len(fields) else _("Own field")
    found = COLUMNS[PLACE[column]]
    return _(found.title if short else found.name)


def there(columns: Iterable[str], table: AccountTable) -> list[str]:
    """*columns* without those of one's own that this portfolio has not."""
    return [name for name in columns if is_there(name, table)]


def is_there(column: str, table: AccountTable | None) -> bool:
    """Whether a column stands for something: one of one's own only where the portfolio has that many."""
    return column not in OWN or (table is not None and OWN[column] < len(table.own.fields))


def spoken(line: AccountLine, column: str, table: AccountTable) -> str:
    """What a cell says to those who cannot see it: the column's name and the value in words."""
    name = called(column, table)
    if column == "health":
        return badge_name(band_of(line.band), line.score, override=line.called is not None, stale=line.stale)
    if column == "trend":
        return trend_words(line)
    if column == "left" and line.days_left is not None:
        if line.days_left < 0:
            days = ngettext("{n} day past the deadline", "{n} days past the deadline", -line.days_left)
            return days.format(n=-line.days_left)
        return ngettext("{n} day left", "{n} days left", line.days_left).format(n=line.days_left)
    text = cell(line, column, table)
    if column == "name":
        return text
    known = text or _("not known")
    return f"{name}: {known}"


def trend_words(line: AccountLine) -> str:
    """What the sparkline does, in words."""
    known = [score for score in line.trend if score is not None]
    if len(known) < 2:
        return _("No trend yet")
    words = _("From {first} to {last} in 12 months")
    return words.format(first=f"{known[0]:.0f}", last=f"{known[-1]:.0f}")


def tip(line: AccountLine, column: str) -> str:
    """What a cell's tool tip adds to what is seen; "" where it adds nothing."""
    if column == "health":
        return badge_name(band_of(line.band), line.score, override=line.called is not None, stale=line.stale)
    if column == "trend":
        return trend_words(line)
    if column == "arr" and len(line.amounts) > 1:
        return " + ".join(wording.money(amount.value, amount.currency) for amount in line.amounts)
    if column == "next" and line.next_due is not None:
        return _("{step}, due {day}").format(step=line.next_step, day=wording.date(line.next_due))
    if column == "contact" and line.contacted_on is not None:
        return wording.date(line.contacted_on)
    if column == "left" and line.row.notice_date is None and line.deadline is not None:
        return _("No notice period is recorded: counted to the end of the term.")
    return ""


def late(line: AccountLine, column: str) -> str:
    """Whether a cell stands out: "red" late, "bold" soon, "" neither."""
    if column == "left" and line.days_left is not None:
        return "red" if line.days_left < 0 else "bold" if line.days_left <= URGENT_DAYS else ""
    if column == "contact" and line.touch == "late":
        return "red"
    return ""


def group_key(line: AccountLine, group: str) -> str:
    """Which group of *group* (band, stage, tier, owner) a line belongs to; "" none. By band, who left stands apart."""
    if group == "band" and line.gone:
        return GONE
    value = {"band": line.band, "stage": line.stage, "tier": line.tier, "owner": line.owner}[group]
    return str(value or "")


def group_label(key: str, group: str, table: AccountTable) -> str:
    """What a group is called."""
    if group == "band":
        return stage_name(GONE, table) if key == GONE else _(BAND_NAMES[band_of(key)]).capitalize()
    if not key:
        return {"stage": _("No stage"), "tier": _("No tier"), "owner": _("No owner")}[group]
    if group == "stage":
        return stage_name(key, table)
    if group == "tier":
        return next((entry.label(i18n.language()) for entry in table.tiers if entry.key == key), key)
    return key


def stage_name(key: str | None, table: AccountTable) -> str:
    """A stage's label."""
    return next((entry.label(i18n.language()) for entry in table.stages if entry.key == key), key or "")


def band_of(text: str) -> Band:
    """A stored band; an unknown word counts as not measured."""
    return text if text in BAND_NAMES else "none"


def money_of(total: Total) -> str:
    """A sum in one currency, or each currency's own where a rate is missing."""
    if total.value is not None:
        return wording.money(total.value, total.currency)
    return " + ".join(wording.money(part.value, part.currency) for part in total.parts)


def tsv(lines: Iterable[AccountLine], columns: Sequence[str], table: AccountTable) -> str:
    """The rows as tab-separated text with a header, for pasting into a spreadsheet; nothing runs as a formula there.

    Figures are plain numbers, dates ISO; beside the yearly value stands its currency.
    """
    shown: list[str] = []
    for name in there(columns, table):
        shown += [name, _CURRENCY] if name == "arr" else [] if name == "trend" else [name]
    heads = [_("Currency") if name == _CURRENCY else called(name, table) for name in shown]
    rows = ["\t".join(_plain(head) for head in heads)]
    rows += ["\t".join(_plain(_value(line, name, table)) for name in shown) for line in lines]
    return "\n".join(rows) + "\n"


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (int, float, Decimal)):
        return f"{value:f}".rstrip("0").rstrip(".") if isinstance(value, Decimal) else str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return guard(" ".join(str(value).split()))


def _value(line: AccountLine, column: str, table: AccountTable) -> Any:
    if column in OWN:
        return table.own.value(line.id, OWN[column])
    plain: dict[str, Any] = {
        "health": line.score,
        "notice": line.notice_date,
        "left": line.days_left,
        "contact": line.contacted_on,
        "renewal": line.renewal_date,
        "name": line.name,
    }
    if column == _CURRENCY:
        return line.row.currency
    if column == "arr":
        return line.row.arr if not line.row.arr_parts else money_text(line)
    return plain[column] if column in plain else cell(line, column, table)


def notice_text(line: AccountLine) -> str:
    """The notice date; where none is known the end of the term that stands in for it, said to be that."""
    if line.notice_date is None and line.renewal_date is not None:
        return _("ends {date}").format(date=wording.date(line.renewal_date))
    return wording.date(line.notice_date)


def printed(line: AccountLine, column: str, table: AccountTable) -> str:
    """A cell on paper, where no badge is painted: health with its band, and whose word it is."""
    if column != "health":
        return cell(line, column, table)
    band = "" if line.band == "none" else _(BAND_NAMES[band_of(line.band)])
    whose = _("(own call)") if line.called else ""
    return " ".join(part for part in (cell(line, column, table), band, whose) if part)


def money_text(line: AccountLine) -> str:
    """The yearly value as the list shows it."""
    if line.row.arr is not None:
        return wording.money(line.row.arr, line.row.currency)
    return " + ".join(wording.money(amount.value, amount.currency) for amount in line.amounts)


def _contact(line: AccountLine, table: AccountTable) -> str:
    if line.contacted_on is None:
        return _("never") if line.touch == "late" else ""
    return wording.ago(line.contacted_on, table.today)


_CELLS: Mapping[str, Callable[[AccountLine, AccountTable], str]] = {
    "name": lambda line, _table: line.name,
    "tier": lambda line, _table: line.tier or "",
    "arr": lambda line, _table: money_text(line),
    "health": lambda line, _table: "–" if line.score is None else f"{line.score:.0f}",
    "trend": lambda _line, _table: "",
    "stage": lambda line, table: stage_name(line.stage, table),
    "notice": lambda line, _table: notice_text(line),
    "left": lambda line, table: wording.days_left(line.deadline, table.today),
    "contact": _contact,
    "next": lambda line, _table: line.next_step,
    "owner": lambda line, _table: line.owner or "",
    "renewal": lambda line, _table: wording.date(line.renewal_date),
    "tags": lambda line, _table: _(", ").join(line.tags),
}
