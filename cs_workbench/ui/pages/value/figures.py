"""What a ledger comes to in words: its key figures with their definitions, its two charts with table twins."""

from __future__ import annotations

from decimal import Decimal

from cs_workbench.domain.cash_flow import Return, break_even, present_value
from cs_workbench.domain.sensitivity import Swing as Moved
from cs_workbench.i18n import _, ngettext
from cs_workbench.services.value_figures import percent_tenths
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.ui import wording
from cs_workbench.ui.models.value_model import figure, percent
from cs_workbench.ui.pages.value.reading import Hang
from cs_workbench.ui.widgets.figure_frame import Caption, Twin, TwinRow
from cs_workbench.ui.widgets.tornado import Swing
from cs_workbench.ui.widgets.waterfall import Fall

_MOST_SWINGS = 6


def key_figures(view: LedgerView) -> tuple[tuple[str, str, str], ...]:
    """(name, figure, definition) in reading order."""
    outcome, currency = view.outcome, view.head.currency
    result = outcome.result
    count, of = len(outcome.proven), len(view.lines)
    counted = ngettext("{n} of {all} line counts", "{n} of {all} lines count", of).format(n=count, all=of)
    years = ngettext("{n} year at {rate}", "{n} years at {rate}", view.head.years).format(
        n=view.head.years, rate=percent(view.head.rate)
    )
    enough = break_even(result.costs, result.benefits) if result is not None and result.benefits > 0 else None
    if not outcome.proven:
        return _nothing_yet(view, counted, years)
    made = (
        _("value − cost")
        if result is None
        else _("benefits {benefits} − costs {costs}").format(
            benefits=wording.money(result.benefits, currency), costs=wording.money(result.costs, currency)
        )
    )
    return (
        (_("Counted value a year, after risk"), wording.money(outcome.delay * 12, currency), counted),
        (_("Cost"), wording.money(result.costs, currency) if result else "–", _("today's value, {years}").format(
            years=years)),
        (_("Net present value"), wording.money(result.npv, currency) if result else "–", made),
        (_("Return on investment"), percent(result.roi) if result else "–", _("net ÷ cost")),
        (_("Payback"), *_payback(result)),
        (_("Breaks even at"), _even(enough), _("of the counted benefits")),
    )  # fmt: skip


def _even(share: Decimal | None) -> str:
    if share is None:
        return "–"
    return percent_tenths(share) if share.as_tuple().exponent == -3 else percent(share)


def _nothing_yet(view: LedgerView, counted: str, years: str) -> tuple[tuple[str, str, str], ...]:
    """The figures of a ledger in which nothing counts yet: only the cost is known."""
    result, open_yet = view.outcome.result, _("not measured yet")
    cost = wording.money(result.costs, view.head.currency) if result else "–"
    return (
        (_("Counted value a year, after risk"), open_yet, counted),
        (_("Cost"), cost, _("today's value, {years}").format(years=years)),
        (_("Net present value"), "–", open_yet),
        (_("Return on investment"), "–", open_yet),
        (_("Payback"), "–", open_yet),
        (_("Breaks even at"), "–", open_yet),
    )


def _payback(result: Return | None) -> tuple[str, str]:
    """Figure and definition; no figure where the cumulated net never is below zero: a 0 would boast."""
    years = result.payback if result is not None else None
    if years == 0:
        return "–", _("nothing is spent ahead: there is nothing to pay back")
    made = _("until it has earned back what was spent by then")
    if years is None:
        return "–", _("not within these years") if result is not None else made
    if years < 2:
        return _("{n} months").format(n=f"{years * 12:.1f}"), made
    return _("{n} years").format(n=f"{years:.1f}"), made


def waterfall(view: LedgerView) -> tuple[Caption, tuple[Fall, ...], Twin]:
    """Gross, what risk takes, what is left of it, cost, net: present values of the headline."""
    outcome, currency = view.outcome, view.head.currency
    gross = present_value(outcome.gross, view.head.rate)
    after = present_value(outcome.benefits, view.head.rate)
    cost = present_value(outcome.costs, view.head.rate)
    net = after - cost
    steps: tuple[tuple[str, Decimal, bool, str], ...] = (
        (_("Gross benefit"), gross, False, "chart.series.0"),
        (_("Risk adjustment"), after - gross, True, "chart.muted"),
        (_("After risk"), after, False, "chart.series.0"),
        (_("Cost"), -cost, True, "chart.series.1"),
        (_("Net value"), net, False, "chart.series.0" if net >= 0 else "chart.series.1"),
    )
    if view.cost_troubles:  # less cost would only look like a better return
        steps = steps[:3] if outcome.proven else ()
    elif not outcome.proven:  # no sum is a result before something counts: only what it costs is known
        steps = ((_("Cost"), cost, False, "chart.series.1"),) if cost else ()
    falls = tuple(
        Fall(name, float(value), wording.money(value, currency), change=change, ink=ink)
        for name, value, change, ink in steps
    )
    title = _fall_title(view, after, cost)
    about = _("Present value over {years} years, lines that count only, as of {day}").format(
        years=view.head.years, day=wording.date(view.as_of)
    )
    rows = tuple(
        TwinRow((name, wording.money(value, currency)), (name, value)) for name, value, _c, _ink in steps
    )
    return Caption(title, about), falls, Twin((_("Step"), currency), rows)


def _fall_title(view: LedgerView, after: Decimal, cost: Decimal) -> str:
    """What the steps come to, as far as it is known."""
    net = after - cost
    if view.cost_troubles:
        words = _("{value} of value after risk; a cost is not known") if view.outcome.proven else ""
        return (words or _("Nothing is measured yet")).format(value=wording.money(after, view.head.currency))
    if not view.outcome.proven:
        return _("Nothing counts yet: only the cost is known") if cost else _("Nothing is measured yet")
    words = _("{net} is left after risk and cost") if net >= 0 else _("{net} is missing to cover the cost")
    return words.format(net=wording.money(abs(net), view.head.currency))


def tornado(
    view: LedgerView, moved: tuple[Moved, ...], hang: Hang | None = None
) -> tuple[Caption, tuple[Swing, ...], Twin]:
    """The inputs that move the result most, the widest first."""
    currency = view.head.currency
    if view.cost_troubles:
        moved, hang = (), None
    labels = {
        (str(line.id), row.name): (row.label or row.name, row.unit)
        for line in view.lines
        for row in view.inputs[line.id]
    }
    swings: list[Swing] = []
    rows: list[TwinRow] = []
    for one in moved:
        name, unit = labels.get((one.benefit_id, one.name), (one.name, ""))
        low, high = figure(one.low, unit), figure(one.high, unit)
        bounds = f"{low}–{high}"
        worse, better = sorted((one.npv_low, one.npv_high))
        words = (wording.money(worse, currency), wording.money(better, currency))
        swings.append(Swing(name, bounds, float(worse), float(better), *words, opens=int(one.benefit_id)))
        data = (name, one.low, one.high, one.npv_low, one.npv_high)
        ends = (wording.money(one.npv_low, currency), wording.money(one.npv_high, currency))
        turn = _break(hang, len(rows))
        turns = "–" if turn is None else figure(_rounded(turn), unit)
        rows.append(TwinRow((name, low, high, *ends, turns), (*data, turn), int(one.benefit_id)))
    title = _("{input} decides most").format(input=swings[0].name) if swings else _("What decides the result")
    about = _("Net present value when one input moves, the others held")
    if hang is not None and hang.low is not None and hang.high is not None:
        about = _("Net when one input moves; all low {low}, all high {high}").format(
            low=wording.money(hang.low, currency), high=wording.money(hang.high, currency)
        )
    if view.cost_troubles:
        about = _("A cost is not known: without it there is no net to move.")
    elif not swings:
        about = _("Give inputs of lines that count a low and a high: then it stands here what decides.")
    columns = (_("Input"), _("Low"), _("High"), _("Net at low"), _("Net at high"), _("Breaks even at"))
    return Caption(title, about), tuple(swings[:_MOST_SWINGS]), Twin(columns, tuple(rows))


def _break(hang: Hang | None, place: int) -> Decimal | None:
    return hang.breaks[place] if hang is not None and place < len(hang.breaks) else None


def _rounded(value: Decimal) -> Decimal:
    """Three digits that mean something; whole from a hundred on."""
    digits = max(0, 2 - value.adjusted()) if value else 0
    return value.quantize(Decimal(1).scaleb(-digits))
