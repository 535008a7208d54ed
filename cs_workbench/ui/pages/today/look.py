"""How signals look: the icon of each rule, the words and colours of money and due dates in a row."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from cs_workbench.services.today import Item
from cs_workbench.ui import wording

ICONS = {
    "renewal": "calendar-clock",
    "notice_close": "calendar-clock",
    "band_dropped": "trending-down",
    "score_fell": "trending-down",
    "axis_red": "trending-down",
    "usage_zero": "trending-down",
    "usage_fell": "trending-down",
    "usage_rose": "trending-up",
    "seats_low": "users",
    "seats_full": "trending-up",
    "touch_debt": "message-circle-off",
    "champion_left": "users",
    "single_threaded": "users",
    "decision_maker": "users",
    "severe_ticket": "ticket",
    "ticket_spike": "ticket",
    "bad_answer": "message-square-warning",
    "loop_overdue": "rotate-cw",
    "onboarding_late": "milestone",
    "promise": "handshake",
    "their_promise": "handshake",
    "task": "square-check",
    "missing_data": "file-question",
    "no_value": "coins",
}
EVIDENCE_ICONS = {
    "contract": "calendar-clock",
    "snapshot": "heart-pulse",
    "reading": "activity",
    "contact": "message-circle-off",
    "person": "users",
    "ticket": "ticket",
    "survey": "star",
    "case": "rotate-cw",
    "task": "square-check",
    "account": "milestone",
    "onboarding": "milestone",
    "signal": "quote",
}
VERB_ICONS = {
    "log_contact": "plus",
    "open_account": "external-link",
    "prepare_pack": "presentation",
    "mark_done": "check",
    "fill_in": "pencil",
    "open_value": "coins",
    "open_loop": "rotate-cw",
}


def amount(item: Item) -> str:
    """What is at stake, as recorded; in the portfolio's currency where it is a sum of several; – where unknown. Of a
    line for several accounts all of it, where it is in one currency.
    """
    stake = item.rank.stake
    if item.several:
        owned = [one.rank.stake for one in item.parts if one.rank.stake.own is not None]
        codes = {one.own_currency for one in owned}
        whole = sum((one.own for one in owned if one.own is not None), Decimal(0))
        return wording.money(whole, codes.pop()) if len(codes) == 1 else "–"
    if stake.own is not None:
        return wording.money(stake.own, stake.own_currency)
    return wording.money(stake.value, stake.currency) if stake.source == "converted" else "–"


def due_style(item: Item, today: dt.date) -> tuple[str, str]:
    """Type and colour of a due date: late in red and bold, today in bold."""
    due = item.signal.due
    if due is not None and due < today:
        return "strong", "health.red.text"
    return ("strong", "text.primary") if due == today else ("body", "text.secondary")
