"""What each figure shows, in words: message, definition, marks, table twin."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from cs_workbench import i18n
from cs_workbench.domain import portfolio as rules
from cs_workbench.domain.portfolio import BANDS, Move, Order
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import health_words
from cs_workbench.services.portfolio_view import Month, PortfolioView, Schedule, Slice, ordered, shown_moves
from cs_workbench.ui import wording
from cs_workbench.ui.models.heat_model import HeatRow, printed
from cs_workbench.ui.pages.portfolio.wording import (
    Listing,
    Opens,
    Unit,
    as_of,
    day,
    month_long,
    month_short,
    table_money,
    through_rates,
    unit,
    worth,
)
from cs_workbench.ui.widgets.badge import BAND_NAMES, band_of
from cs_workbench.ui.widgets.figure_frame import Caption, Twin, TwinRow
from cs_workbench.ui.widgets.mover_rows import MoverRow
from cs_workbench.ui.widgets.share_bars import Part
from cs_workbench.ui.widgets.stack_bars import Piece, StackColumn

ORDER_NAMES: dict[Order, str] = {
    "fall": mark("Largest fall first"),
    "score": mark("Lowest score first"),
    "arr": mark("Largest ARR first"),
    "name": mark("By name"),
}
LABELS = {
    "green": mark("Green"),
    "yellow": mark("Yellow"),
    "red": mark("Red"),
    "none": mark("Not measured"),
}


@dataclass(frozen=True, slots=True)
class HealthFigure:
    """Both bars: accounts above, money below (none where no amount is known)."""

    caption: Caption
    bars: tuple[tuple[Part, ...], ...]
    twin: Twin


@dataclass(frozen=True, slots=True)
class RenewalFigure:
    """Twelve months ahead."""

    caption: Caption
    columns: tuple[StackColumn, ...]
    legend: tuple[tuple[str, str], ...]
    twin: Twin


@dataclass(frozen=True, slots=True)
class HeatFigure:
    """Accounts × months."""

    caption: Caption
    rows: tuple[HeatRow, ...]
    months: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MoverFigure:
    """Falls and rises; ``every`` lists all of them."""

    caption: Caption
    rows: tuple[MoverRow, ...]
    sentence: str
    twin: Twin
    more: str
    every: Listing


def _number(count: int) -> str:
    """How many accounts where the column says that it counts them: Japanese names the counter all the same."""
    return accounts(count) if i18n.language() == "ja" else f"{count:,}"


def accounts(count: int) -> str:
    """How many accounts."""
    return ngettext("{n} account", "{n} accounts", count).format(n=f"{count:,}")


def customers(view: PortfolioView) -> str:
    """How many customers, and how many left: those are in no count of health."""
    left = view.left.count
    if not left:
        return accounts(view.whole.count)
    stayed = ngettext("{n} customer", "{n} customers", view.whole.count).format(n=f"{view.whole.count:,}")
    gone = ngettext("{n} has left", "{n} have left", left).format(n=f"{left:,}")
    return _(", ").join((stayed, gone))


def health(view: PortfolioView) -> HealthFigure:
    """Accounts and money by band."""
    money = unit([part.value for part in view.bands], view.exchange.currency)
    about = _("Accounts (above) and ARR (below) by health, {as_of}").format(as_of=as_of(view))
    rates = through_rates(view)
    caption = Caption(_health_title(view), _("; ").join(filter(None, (about, rates))))
    bars = [tuple(_health_part(part, band, float(part.count), _number(part.count))
                  for band, part in zip(BANDS, view.bands, strict=True))]  # fmt: skip
    if view.whole.value:
        bars.append(
            tuple(
                _health_part(part, band, float(part.value), table_money(part.value, view.exchange.currency))
                for band, part in zip(BANDS, view.bands, strict=True)
            )
        )
    rows = tuple(
        TwinRow(
            (_(LABELS[band]), _number(part.count), worth(view, part), f"{part.unknown:,}"),
            (_(LABELS[band]), part.count, part.value, part.unknown),
            Opens(_(LABELS[band]), part.part, part.ids),
        )
        for band, part in zip(BANDS, view.bands, strict=True)
    )
    arr = _("ARR, {currency}").format(currency=view.exchange.currency or money.word or "–")
    columns = (_("Health"), _("Count"), arr, _("No amount"))
    return HealthFigure(caption, tuple(bars), Twin(columns, rows))


def renewals(view: PortfolioView, key: str) -> RenewalFigure:
    """Twelve months ahead by notice deadline or end of term, stacked by band; by number where no amount is known."""
    schedule = view.schedules[key]
    by_money = _in_one_currency(view, schedule)
    money = unit([month.whole.value for month in schedule.months], view.exchange.currency)
    columns = tuple(_column(view, schedule, n, money, by_money=by_money) for n in range(len(schedule.months)))
    present = [band for n, band in enumerate(BANDS) if any(month.bands[n].count for month in schedule.months)]
    legend = tuple((band, _(LABELS[band])) for band in present)
    caption = Caption(
        _renewal_title(view, schedule), _renewal_about(view, schedule, money, by_money=by_money)
    )
    return RenewalFigure(caption, columns, legend, _renewal_twin(view, schedule))


def scores(view: PortfolioView, order: Order) -> HeatFigure:
    """Every account's score at the end of each month."""
    ids = ordered(view, order)
    rows = tuple(HeatRow(account, view.lines[account].name, view.history[account]) for account in ids)
    japanese = i18n.language() == "ja"
    months = tuple(
        (str(window.last.month) if japanese else month_short(window.last), month_long(window.last))
        for window in view.months
    )
    kept = any(cell is not None for row in rows for cell in row.cells[:-1])
    slid = len(view.slid)
    if slid:
        title = ngettext(
            "{n} account has slid for half a year", "{n} accounts have slid for half a year", slid
        ).format(n=f"{slid:,}")
    else:
        title = _("No account has slid for half a year") if kept else _("Scores by month")
    about = _("Last score of each month, {as_of}. Underlined = red; – = no score; slid = {points} points or more lower "
              "than {months} months before").format(
        as_of=as_of(view), points=f"{rules.SLIDE:g}", months=rules.SPAN)  # fmt: skip
    return HeatFigure(Caption(title, about), rows, months)


def scores_twin(found: HeatFigure) -> Twin:
    """The heat map as a table."""
    rows = tuple(
        TwinRow(
            (row.name, *map(printed, row.cells)),
            (row.name, *(None if cell is None else cell.score for cell in row.cells)),
            row.account_id,
        )
        for row in found.rows
    )
    return Twin((_("Account"), *(words for words, _long in found.months)), rows)


def movers(view: PortfolioView) -> MoverFigure:
    """The largest falls and rises since the other date, with the measure that did most of it."""
    moves, since = view.moves, day(view.asked.since)
    down, up = len(moves.down), len(moves.up)
    if down or up:
        title = _("{down} down, {up} up since {date}").format(down=f"{down:,}", up=f"{up:,}", date=since)
    else:
        title = _("Movers since {date}").format(date=since)
    about = [_("Change of score, points, {as_of}").format(as_of=as_of(view))]
    if uncompared := len(moves.gained) + len(moves.lost) + len(moves.unknown):
        about.append(
            ngettext("{n} account lacks a score at one of the dates", "{n} accounts lack a score at one of the dates",
                     uncompared).format(n=f"{uncompared:,}")
        )  # fmt: skip
    listed = shown_moves(moves)
    left = down + up - len(listed)
    more = ngettext("{n} more account", "{n} more accounts", left).format(n=f"{left:,}") if left > 0 else ""
    sentence = _("No score changed.") if moves.steady else _("No account has a score at both dates yet.")
    columns = (_("Account"), _("Score before"), _("Score now"), _("Change, points"), _("Cause"))
    twin = Twin(columns, tuple(_move_row(view, move) for move in listed), text_last=True)
    everyone = (*moves.down, *reversed(moves.up))
    every = Listing(title, about[0], columns[:4],
                    tuple(_cut(_move_row(view, move), 4) for move in everyone))  # fmt: skip
    return MoverFigure(
        Caption(title, _("; ").join(about)),
        tuple(_mover(view, move) for move in listed),
        sentence,
        twin,
        more,
        every,
    )


def cause(view: PortfolioView, move: Move) -> str:
    """The measure behind a move in words."""
    change = view.causes.get(move.account_id)
    return _("no single measure stands out") if change is None else health_words.moved(change)


def _health_title(view: PortfolioView) -> str:
    whole, green = view.whole, view.bands[0]
    if view.bands[-1].count == whole.count:
        return _("No account has a score yet")
    if 2 * view.bands[-1].count > whole.count:
        return _("{n} of {all} accounts are not measured").format(
            n=f"{view.bands[-1].count:,}", all=f"{whole.count:,}"
        )
    if whole.value and not whole.apart:
        share = f"{green.value / whole.value:.0%}"
        return _("{share} of ARR is green").format(share=share)
    return _("{n} of {all} accounts are green").format(n=f"{green.count:,}", all=f"{whole.count:,}")


def _health_part(part: Slice, band: str, amount: float, figure: str) -> Part:
    words = f"{_(LABELS[band])} {figure}"
    opens = Opens(_(LABELS[band]), part.part, part.ids) if part.count else None
    return Part(band_of(band), amount, words, f"{words}, {accounts(part.count)}", opens)


def _column(view: PortfolioView, schedule: Schedule, n: int, money: Unit, *, by_money: bool) -> StackColumn:
    month = schedule.months[n]
    title = month_long(month.window.first)

    def amount(part: Slice) -> float:
        return float(part.value) if by_money else float(part.count)

    def said(part: Slice, band: str = "") -> str:
        words = [title, *([_(BAND_NAMES[band_of(band)])] if band else []), accounts(part.count)]
        return _(", ").join([*words, *([worth(view, part)] if part.value or part.apart else [])])

    pieces = tuple(
        Piece(band_of(band), amount(part), said(part, band),
              Opens(f"{title}, {_(BAND_NAMES[band_of(band)])}", part.part, part.ids))
        for band, part in zip(BANDS, month.bands, strict=True)
    )  # fmt: skip
    whole = month.whole
    figure = (money.figure(whole.value) if by_money else f"{whole.count:,}") if whole.count else ""
    opens = Opens(title, whole.part, whole.ids) if whole.count else None
    return StackColumn(
        month_short(month.window.first),
        figure,
        said(whole),
        opens,
        pieces,
        month is _peak(schedule, by_money=by_money),
    )


def _in_one_currency(view: PortfolioView, schedule: Schedule) -> bool:
    """Whether the months can be compared by money; else accounts are counted."""
    return not view.whole.apart and any(month.whole.value for month in schedule.months)


def _peak(schedule: Schedule, *, by_money: bool) -> Month:
    """The month the title names and whose figure is bold: the one with most."""
    return max(schedule.months, key=lambda month: (month.whole.value if by_money else 0, month.whole.count))


def _renewal_title(view: PortfolioView, schedule: Schedule) -> str:
    notice = schedule.key == "renewal"
    by_money = _in_one_currency(view, schedule)
    peak = _peak(schedule, by_money=by_money)
    if not peak.whole.count:
        return _("No notice deadline within 12 months") if notice else _("No term ends within 12 months")
    words = {"month": month_long(peak.window.first)}
    if not by_money:
        words["what"] = accounts(peak.whole.count)
        if sum(month.whole.count == peak.whole.count for month in schedule.months) > 1:
            even = (
                _("Notice deadlines: at most {what} a month")
                if notice
                else _("Ends of term: at most {what} a month")
            )
            return even.format(**words)
        return (
            _("Most notice deadlines in {month}: {what}")
            if notice
            else _("Most terms end in {month}: {what}")
        ).format(**words)
    words["what"] = table_money(peak.whole.value, view.exchange.currency)
    return (
        _("{what} reaches its notice deadline in {month}") if notice else _("{what} ends its term in {month}")
    ).format(**words)


def _renewal_about(view: PortfolioView, schedule: Schedule, money: Unit, *, by_money: bool) -> str:
    by = _("notice deadline (else end of term)") if schedule.key == "renewal" else _("end of term")
    what = _("ARR, {unit}").format(unit=money.word or "–") if by_money else _("Number of accounts")
    said = [_("{what}, by month of {by} and health, {as_of}").format(what=what, by=by, as_of=as_of(view))]
    for part, words in (
        (schedule.passed, ngettext("{n} passed", "{n} passed", schedule.passed.count)),
        (schedule.later, ngettext("{n} later", "{n} later", schedule.later.count)),
        (schedule.undated, ngettext("{n} without a date", "{n} without a date", schedule.undated.count)),
    ):
        if part.count:
            said.append(words.format(n=f"{part.count:,}"))
    return _("; ").join(said)


def _renewal_twin(view: PortfolioView, schedule: Schedule) -> Twin:
    def row(title: str, whole: Slice, bands: tuple[Slice, ...]) -> TwinRow:
        figures = tuple(worth(view, part) if part.count else "–" for part in bands) or ("",) * len(BANDS)
        values = tuple(part.value for part in bands) or (None,) * len(BANDS)
        return TwinRow(
            (title, f"{whole.count:,}", worth(view, whole) if whole.count else "–", *figures),
            (title, whole.count, whole.value, *values),
            Opens(title, whole.part, whole.ids) if whole.count else None,
        )

    rows = [row(month_long(month.window.first), month.whole, month.bands) for month in schedule.months]
    rest = ((_("Passed"), schedule.passed), (_("Later"), schedule.later), (_("No date"), schedule.undated))
    rows += [row(words, part, ()) for words, part in rest]
    arr = _("ARR, {currency}").format(currency=view.exchange.currency or "–")
    return Twin((_("Month"), _("Count"), arr, *(_(LABELS[band]) for band in BANDS)), tuple(rows))


def _mover(view: PortfolioView, move: Move) -> MoverRow:
    line = view.lines[move.account_id]
    why = cause(view, move)
    value, apart = view.exchange.worth(line.amounts)
    money = table_money(value, view.exchange.currency) if value else ""
    if not money and apart:
        money = wording.money(apart[0].value, apart[0].currency)
    said = _("{account}: {change} points, from {before} to {now}; {cause}").format(
        account=line.name,
        change=_signed(move.delta),
        before=f"{move.before:.0f}",
        now=f"{move.after:.0f}",
        cause=why,
    )
    return MoverRow(move.delta > 0, _signed(move.delta), line.name, why, money, said, move.account_id)


def _move_row(view: PortfolioView, move: Move) -> TwinRow:
    name, why = view.lines[move.account_id].name, cause(view, move)
    return TwinRow(
        (name, f"{move.before:.1f}", f"{move.after:.1f}", _signed(move.delta), why),
        (name, move.before, move.after, move.delta, why),
        move.account_id,
    )


def _cut(row: TwinRow, count: int) -> TwinRow:
    return TwinRow(row.words[:count], row.data[:count], row.opens)


def _signed(points: float) -> str:
    text = f"{points:+.0f}" if abs(points) >= 1 else f"{points:+.1f}"
    return text.replace("-", wording.MINUS)


def whole_units(value: Decimal) -> str:
    """An amount in full, for a table of what is behind a figure."""
    return f"{value:,.0f}".replace("-", wording.MINUS)
