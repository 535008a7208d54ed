"""The five key figures: yearly value, gross and net retention, renewals, how far scores can be relied on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from cs_workbench.domain.portfolio import OLDEST
from cs_workbench.domain.retention import Share
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services.portfolio_view import PortfolioView
from cs_workbench.ui import wording
from cs_workbench.ui.pages.portfolio.figures import customers, whole_units
from cs_workbench.ui.pages.portfolio.wording import Listing, Opens, amounts, day, key_money, table_money
from cs_workbench.ui.widgets.figure_frame import TwinRow

REFUSALS = {
    "nothing_at_start": mark("No paid contract ran at the start of the period."),
    "lost_without_amount": mark("A lost account has no amount on record; the rate would flatter."),
    "mixed_currencies": mark("Amounts are in several currencies and a rate is missing."),
    "nothing_renewable": mark("Nothing came up for renewal in the period."),
    "no_movements_on_record": mark(
        "No gain or loss is on record; a list of today's customers cannot tell who left."
    ),
    "no_renewals_on_record": mark("Only losses are on record, no renewals."),
}
KINDS = {
    "churn": mark("Churn"),
    "contraction": mark("Contraction"),
    "expansion": mark("Expansion"),
    "renewal": mark("Renewal"),
    "reactivation": mark("Reactivation"),
    "new": mark("New"),
}


@dataclass(frozen=True, slots=True)
class CardWords:
    """One card: what it says and what it opens."""

    key: str
    name: str
    figure: str
    made: str
    note: str = ""
    refused: bool = False
    opens: object = None


def cards(view: PortfolioView) -> tuple[CardWords, ...]:
    """In reading order."""
    cohort = view.retention.cohort
    gross = _("(start − contraction − churn) ÷ start")
    net = _("adds expansion, same accounts")
    return (
        _yearly(view),
        _money_rate(view, "grr", _("GRR"), cohort.gross, gross),
        _money_rate(view, "nrr", _("NRR"), cohort.net, net),
        _renewed(view),
        _coverage(view),
    )


def _yearly(view: PortfolioView) -> CardWords:
    whole, unknown = view.everyone, view.whole.unknown
    known = whole.count - whole.unknown
    said = [customers(view)]
    if unknown:
        said.append(
            ngettext("{n} without an amount", "{n} without an amount", unknown).format(n=f"{unknown:,}")
        )
    opens = Opens(_("ARR"), "*", whole.ids)
    if not known:
        return CardWords("arr", _("ARR"), _("not measured"), _(", ").join(said), refused=True, opens=opens)
    if not whole.value and whole.apart:
        return CardWords(
            "arr", _("ARR"), _("Not in one currency"), _(", ").join(said), _rates(view), True, opens
        )
    figure = key_money(whole.value, view.exchange.currency)
    return CardWords("arr", _("ARR"), figure, _(", ").join(said), _rates(view), opens=opens)


def _rates(view: PortfolioView) -> str:
    """In short how one sum came about; the health figure names each rate."""
    told = view.exchange
    if told.missing:
        return _("apart for want of a rate: {amounts}").format(amounts=amounts(view.everyone.apart))
    if not told.used:
        return _("all in {currency}").format(currency=told.currency or "–")
    oldest = min(rate.on_date for rate in told.used)
    return _("in {currency} at rates entered {date}").format(currency=told.currency, date=day(oldest))


def _money_rate(view: PortfolioView, key: str, name: str, share: Share, definition: str) -> CardWords:
    opens = _cohort(view, key, name)
    if share.rate is None:
        return CardWords(key, name, _("Not computed"), definition, _(REFUSALS[share.refused]), True, opens)
    currency = view.retention.exchange.currency
    note = _("{kept} ÷ {start}, 12 months").format(
        kept=table_money(share.numerator, currency), start=table_money(share.denominator, currency),
    )  # fmt: skip
    return CardWords(key, name, _percent(share.rate), definition, note, opens=opens)


def _renewed(view: PortfolioView) -> CardWords:
    """By value where it can be said, else by number with the reason."""
    name, by_value, by_number = _("Renewal rate"), view.retention.by_value, view.retention.by_number
    opens = _events(view, name)
    if by_value.rate is not None:
        currency = view.retention.exchange.currency
        note = _("{kept} ÷ {start}, 12 months").format(
            kept=table_money(by_value.numerator, currency), start=table_money(by_value.denominator, currency),
        )  # fmt: skip
        return CardWords("renewed", name, _percent(by_value.rate), _("renewed value ÷ renewable value"), note,
                         opens=opens)  # fmt: skip
    if by_number.rate is None:
        why = _(REFUSALS[by_number.refused])
        return CardWords(
            "renewed", name, _("Not computed"), _("renewed ÷ came up for renewal"), why, True, opens
        )
    made = _("renewals by number: {n} ÷ {all}, 12 months").format(
        n=f"{by_number.numerator:,.0f}", all=f"{by_number.denominator:,.0f}"
    )
    why = _("Not by value: {reason}").format(reason=_(REFUSALS[by_value.refused]))
    return CardWords("renewed", name, _percent(by_number.rate), made, why, opens=opens)


def _coverage(view: PortfolioView) -> CardWords:
    found = view.coverage
    measured = found.fresh.count + found.stale.count
    figure = _("{n} of {all}").format(n=f"{measured:,}", all=f"{view.whole.count:,}")
    said = [_("accounts have a score")]
    if found.stale.count:
        said.append(
            ngettext("{n} older than {days} days", "{n} older than {days} days", found.stale.count).format(
                n=f"{found.stale.count:,}", days=OLDEST
            )
        )
    note = ""
    if found.share is not None:
        note = _("on average {share} of the scorecard measured").format(share=f"{found.share:.0%}")
    part = found.missing if found.missing.count else found.stale if found.stale.count else None
    opens: object = Opens(_("Accounts with a score"), found.fresh.part, found.fresh.ids)
    if part is not None:
        title = _("Not measured") if found.missing.count else _("Score out of date")
        opens = Opens(title, part.part, part.ids)
    return CardWords("scores", _("Scores"), figure, _(", ").join(said), note, opens=opens)


def _cohort(view: PortfolioView, key: str, name: str) -> Listing:
    """Every account of the cohort with its start and what moved: those that moved first."""
    if key == "grr":
        definition = _("(start − contraction − churn) ÷ start, no account above its start")
    else:
        definition = _("(start − contraction − churn + expansion) ÷ start, accounts paying at the start only")
    names = {line.id: line.name for line in view.table.lines}
    rows = []
    for account, moved in view.retention.movements.items():
        figures = (moved.start, moved.contraction, moved.churn, moved.expansion)
        title = names.get(account) or _("Account {id}").format(id=account)
        rows.append((sum(figures[1:], Decimal(0)), TwinRow(
            (title, *(whole_units(value) if value else "–" for value in figures)), (title, *figures), account,
        )))  # fmt: skip
    rows.sort(key=lambda row: -row[0])
    columns = (_("Account"), _("At start"), _("Contraction"), _("Churn"), _("Expansion"))
    about = f"{definition}{_('; ')}{_period(view)}{_(', ')}{view.retention.exchange.currency or '–'}"
    return Listing(name, about, columns, tuple(row for _moved, row in rows))


def _events(view: PortfolioView, name: str) -> Listing:
    """Every renewal and loss of the period, newest first."""
    names = {line.id: line.name for line in view.table.lines}
    rows = []
    for event in reversed(view.retention.events):
        if event.kind not in ("churn", "renewal"):
            continue
        title = names.get(event.account_id) or _("Account {id}").format(id=event.account_id)
        amount = wording.money(event.amount, event.currency) if event.amount else _("no amount")
        kind = _(KINDS[event.kind])
        rows.append(
            TwinRow((title, kind, wording.date(event.on_date), amount),
                    (title, kind, event.on_date.isoformat(), event.amount), event.account_id)
        )  # fmt: skip
    columns = (_("Account"), _("What"), _("Date"), _("Amount"))
    about = f"{_('renewed value ÷ renewable value')}{_('; ')}{_period(view)}"
    return Listing(name, about, columns, tuple(rows))


def _period(view: PortfolioView) -> str:
    return _("12 months to {date}").format(date=day(view.retention.end))


def _percent(rate: Decimal) -> str:
    return f"{rate * 100:.1f}%"
