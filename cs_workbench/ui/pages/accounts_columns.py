"""How wide the columns of the account list are, and which go where there is no room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from PySide6.QtGui import QFontMetrics

from cs_workbench.i18n import _
from cs_workbench.services.account_table import AccountLine, AccountTable
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.models.account_words import (
    COLUMNS,
    OWN,
    PLACE,
    called,
    cell,
    money_text,
    stage_name,
    there,
)
from cs_workbench.ui.widgets.account_row import EDGE, INSET
from cs_workbench.ui.widgets.badge import badge_size

NAME_MIN, NEXT_MIN, FREE_MAX = 200, 150, 200
"""Least width of name and next step, most of owner and tags; px at scale 1."""
NEXT_SHARE = 0.4
"""How much of the room that is left goes to the next step at most; the name has the rest."""
WHOLE_NEXT = "next:whole"
"""Under which the least widths tell how wide the next step is when nothing of it is cut."""

_HALF_A_YEAR = dt.timedelta(days=180)
_SOME = 4


def least_widths(table: AccountTable) -> dict[str, int]:
    """What each column needs at least, by id. Figures, dates and badges are never cut, names and sentences may be."""
    theme = themes.current()
    bold, small = QFontMetrics(theme.font("strong")), QFontMetrics(theme.font("small"))
    fixed = {
        "name": theme.px(NAME_MIN),
        "next": theme.px(NEXT_MIN),
        "health": badge_size(100.0, stale=any(line.stale for line in table.lines)).width(),
        "trend": theme.px(64),
    }
    widths = {}
    for name in there([column.id for column in COLUMNS], table):
        column = COLUMNS[PLACE[name]]
        content = fixed.get(column.id)
        if content is None:
            content = max((bold.horizontalAdvance(text) for text in _widest(column.id, table)), default=0)
        if column.id in ("owner", "tags") or column.id in OWN:
            content = min(content, theme.px(FREE_MAX))
        title = small.horizontalAdvance(called(column.id, table, short=True)) + theme.px(14)
        if column.id in OWN:
            title = min(title, theme.px(FREE_MAX))
        if column.id == "next":
            texts = sorted({line.next_step for line in table.lines}, key=len)[-20:]
            whole = max((bold.horizontalAdvance(text) for text in texts), default=0)
            content = min(content, whole)
            widths[WHOLE_NEXT] = max(whole, title) + 2 * theme.px(INSET)
        widths[column.id] = max(content, title) + 2 * theme.px(INSET)
    return widths


def shares(room: int, wanted: Sequence[str], least: Mapping[str, int]) -> dict[str, int]:
    """Widths of the columns shown, in order; together they fill *room* where they can.

    Columns go in the design's order (next step, stage, tier, trend …) until the rest fits; name, health and days left
    never do.
    """
    theme = themes.current()
    edges = 2 * (theme.px(EDGE) - theme.px(INSET))
    shown = [column.id for column in COLUMNS if column.id in wanted and column.id in least]
    for name in sorted((name for name in shown if COLUMNS[PLACE[name]].drop), key=_drop):
        if sum(least[one] for one in shown) + edges <= room:
            break
        shown.remove(name)
    widths = {name: least[name] for name in shown}
    spare = room - sum(widths.values()) - edges
    if "next" in widths and spare > 0:
        more = min(round(spare * NEXT_SHARE), max(least.get(WHOLE_NEXT, room) - widths["next"], 0))
        widths["next"] += more
        spare -= more
    widths["name"] = max(widths["name"] + spare, theme.px(80))
    for end in (shown[0], shown[-1]):
        widths[end] += edges // 2
    return widths


def _drop(name: str) -> int:
    return COLUMNS[PLACE[name]].drop


def _widest(column: str, table: AccountTable) -> Iterable[str]:
    """Texts among which is the widest of a column, without writing out every cell where that can be told."""
    rows = [line.row for line in table.lines]
    if column == "arr":
        return _widest_sums(table)
    if column in ("notice", "renewal"):
        dates = [wording.date(dt.date(2028, month, 28)) for month in range(1, 13)]
        stands_in = column == "notice" and any(row.notice_date is None and row.renewal_date for row in rows)
        return [_("ends {date}").format(date=date) for date in dates] if stands_in else dates
    if column == "left":
        known = [line for line in table.lines if line.days_left is not None]
        ends = [choose(known, key=_left) for choose in (min, max)] if known else []
        return [cell(line, column, table) for line in ends]
    if column == "contact":
        if not table.contacts:  # room for what is read a moment later
            return [_("never"), wording.ago(table.today - _HALF_A_YEAR, table.today)]
        talked = [line for line in table.lines if line.contact_days is not None]
        longest = [max(talked, key=_silent)] if talked else []
        return [_("never"), _("today"), *(cell(line, column, table) for line in longest)]
    if column in OWN:
        return sorted({cell(line, column, table) for line in table.lines}, key=len)[-20:]
    if column == "stage":
        return {stage_name(stage, table) for stage in {row.stage for row in rows}}
    if column == "tags":
        return {_(", ").join(tags) for tags in {line.tags for line in table.lines}}
    return {row.tier or "" for row in rows} if column == "tier" else {row.owner or "" for row in rows}


def _widest_sums(table: AccountTable) -> list[str]:
    """The longest of the yearly values. Those of one size and currency are of one length, but for a decimal less: some
    of each are written out, not all.
    """
    alike: dict[tuple[object, ...], list[AccountLine]] = {}
    texts = {money_text(line) for line in table.lines if line.row.arr_parts}
    for line in table.lines:
        arr = line.row.arr
        if arr is not None:
            alike.setdefault((line.row.currency, arr.adjusted(), arr < 0), []).append(line)
    for (currency, places, below), lines in alike.items():
        fullest = Decimal("8.88888888").scaleb(int(str(places))) * (-1 if below else 1)
        enough = len(wording.money(fullest, None if currency is None else str(currency)))
        found = 0
        for line in lines:
            text = money_text(line)
            texts.add(text)
            found += len(text) >= enough
            if found == _SOME:
                break
    return sorted(texts, key=len)[-20:]


def _left(line: AccountLine) -> int:
    return line.days_left or 0


def _silent(line: AccountLine) -> int:
    return line.contact_days or 0
