"""The most important true thing: the executive page's sentence and its three key figures."""

from __future__ import annotations

from decimal import Decimal

from cs_workbench.reports.action_plan_facts import Plan
from cs_workbench.reports.facts import Figure, Message, Opening, Support, Terms, Use, Voice

_KEY_FIGURES = 3


def headline(
    terms: Terms, plan: Plan, use: Use | None, support: Support | None, orders: tuple[Opening, ...]
) -> tuple[Message, ...]:
    """What happened, then what it asks for: two messages at most."""
    return tuple(filter(None, (_what(terms, use, support, orders), _asks(terms, plan))))


def _what(
    terms: Terms, use: Use | None, support: Support | None, orders: tuple[Opening, ...]
) -> Message | None:
    if support and support.high_open >= 2:
        return Message("high_open", Figure("high_open", Decimal(support.high_open)))
    if use:
        if use.trend == "turned":
            return Message("use_turned", use.peak, use.last)
        if use.trend in {"up", "down", "steady", "zero"}:
            return Message("use_" + use.trend, use.first, use.last)
    if support and support.high_open:
        return Message("high_open", Figure("high_open", Decimal(support.high_open)))
    if use:
        return Message("use_begun", use.first, use.last)
    if terms.totals:
        total = terms.totals[0]
        return Message(
            "contract", Figure("value", total.value, kind="money", currency=total.currency, ref=total.ref)
        )
    if terms.agreements:
        return Message("contract_plain")
    if orders:
        return Message("bought", Figure("won", Decimal(len(orders)), unit="orders"))
    if support and not support.quiet:
        return Message("helped", support.total)
    return None if terms.situation == "ended" else Message("nothing_yet")


def _asks(terms: Terms, plan: Plan) -> Message:
    match terms.situation:
        case "open":
            return Message("decide_by", date=plan.decide_by)
        case "late":
            return Message("decide_now", date=plan.decide_by or plan.anchor)
        case "past_auto":
            return Message("renews", date=terms.next_start)
        case "past" | "leaving":
            return Message("ends", date=terms.end_on)
        case "ended":
            return Message("ended", date=terms.end_on)
        case "rolling":
            return Message("rolling")
    return Message("date_open")


def key_figures(
    terms: Terms, use: Use | None, support: Support | None, voice: Voice | None, orders: tuple[Opening, ...]
) -> tuple[Figure, ...]:
    """Up to three figures, from → to where both are known: use, service, satisfaction; then what is agreed."""
    found: list[Figure] = []
    if use and use.last and use.first:
        code = use.line.code or "usage"
        before = use.first.now if use.first.since != use.last.since else None
        found.append(
            Figure(
                code,
                use.last.now,
                before,
                unit=use.last.unit,
                since=use.first.since,
                until=use.last.until or (use.last.since if before is not None else use.line.until),
                ref=use.last.ref,
            )
        )
    if support and support.first_reply:
        found.append(support.first_reply)
    if voice and voice.surveys:
        found.append(voice.surveys[0].figure)
    if use and use.utilisation:
        found.append(use.utilisation)
    if support and not support.first_reply and not support.quiet:
        found.append(support.total)
    for total in terms.totals[:1]:
        found.append(Figure("value", total.value, kind="money", currency=total.currency, ref=total.ref))
    if terms.seats is not None:
        found.append(Figure("seats", Decimal(terms.seats), unit="seats", ref=terms.ref))
    if orders:
        found.append(Figure("won", Decimal(len(orders)), unit="orders", until=orders[0].on))
        found += _order_value(orders)
    return tuple(found[:_KEY_FIGURES])


def _order_value(orders: tuple[Opening, ...]) -> list[Figure]:
    currencies = {order.currency for order in orders if order.value is not None}
    if len(currencies) != 1:
        return []
    total = sum((order.value for order in orders if order.value is not None), Decimal(0))
    return [Figure("won_value", total, kind="money", currency=currencies.pop(), until=orders[0].on)]
