"""How wide the columns of the account list are, and which go where there is no room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtGui import QFontMetrics

from cs_workbench.i18n import _
from cs_workbench.services.account_table import AccountTable
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
    lines = table.lines
    if column == "arr":
        return sorted({money_text(line) for line in lines}, key=len)[-20:]
    if column in ("notice", "renewal"):
        dates = [wording.date(dt.date(2028, month, 28)) for month in range(1, 13)]
        stands_in = column == "notice" and any(
            line.notice_date is None and line.renewal_date for line in lines
        )
        return [_("ends {date}").format(date=date) for date in dates] if stands_in else dates
    if column == "left":
        known = [line for line in lines if line.days_left is not None]
        ends = sorted(known, key=lambda line: line.days_left or 0)
        return [cell(line, column, table) for line in (*ends[:1], *ends[-1:])]
    if column == "contact":
        known = [line for line in lines if line.contact_days is not None]
        longest = sorted(known, key=lambda line: line.contact_days or 0)[-1:]
        if not table.contacts:  # room for what is read a moment later
            return [_("never"), wording.ago(table.today - _HALF_A_YEAR, table.today)]
        return [_("never"), _("today"), *(cell(line, column, table) for line in longest)]
    if column in OWN:
        return sorted({cell(line, column, table) for line in lines}, key=len)[-20:]
    if column == "stage":
        return {stage_name(line.stage, table) for line in lines}
    return {cell(line, column, table) for line in lines}
