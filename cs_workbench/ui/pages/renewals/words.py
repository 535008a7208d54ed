"""What stands in a row of the Renewals page: for the eye, for the ear, for a spreadsheet."""

from __future__ import annotations

import datetime as dt

from cs_workbench.domain.csv_guard import guard
from cs_workbench.domain.forecast import LIKELIHOOD, computed_category
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services.renewals import GroupKey, RenewalRow, Renewals
from cs_workbench.services.signal_words import sentences
from cs_workbench.ui import wording
from cs_workbench.ui.widgets.badge import badge_name, band_of

CATEGORIES = {
    "commit": mark("Commit"),
    "probable": mark("Probable"),
    "best_case": mark("Best case"),
    "at_risk": mark("At risk"),
    "monitor": mark("Monitor"),
}
GROUPS: dict[GroupKey, str] = {
    "passed": mark("Notice date passed, ends without renewal"),
    "near": mark("Within 90 days"),
    "next": mark("91–180 days"),
    "later": mark("More than 180 days"),
}
_STATES = {"done": mark("done"), "late": mark("late"), "current": mark("now"), "to_come": mark("to come")}


def money(row: RenewalRow, currency: str) -> str:
    """The yearly value: in the portfolio's currency, else as recorded."""
    if row.value is not None:
        return wording.money(row.value, currency)
    return " + ".join(wording.money(one.value, one.currency) for one in row.amounts) or "–"


def call(row: RenewalRow) -> tuple[str, str]:
    """The category and the likelihood; without a call only that there is none."""
    if row.call is None:
        return _("Not called"), ""
    if not row.is_called:
        return _(CATEGORIES[row.call.category]), ""
    return _(CATEGORIES[row.category]), percent(row.likelihood)


def deadline(row: RenewalRow) -> str:
    """The day the steps count back from: the notice date, else the end of the term, said to be that."""
    day = wording.date(row.deadline)
    return day if row.deadline == row.notice_on else _("ends {date}").format(date=day)


def percent(share: float) -> str:
    """0.95 as 95%."""
    return f"{share * 100:.0f}%"


def spoken(row: RenewalRow, today: dt.date, currency: str) -> str:
    """The row for those who cannot see it."""
    current = row.way.current
    step = _("all eight steps done")
    if current is not None:
        step = _("step {n} of 8 {state}").format(n=current.number, state=_(_STATES[current.state]))
    health = badge_name(band_of(row.band), row.score, override=row.called is not None)
    parts = (
        row.name, money(row, currency), wording.date(row.deadline), wording.days_left(row.deadline, today), health,
        step, " ".join(call(row)).strip(),
    )  # fmt: skip
    return _(", ").join(part for part in parts if part)


def headline(found: Renewals) -> str:
    """What is expected, in one sentence."""
    one = found.forecast
    if one is None:
        return _("The forecast needs a rate for {currencies}").format(currencies=_(", ").join(found.no_rate))
    if not one.total:
        return _("Nothing is due within 90 days")
    if not found.measured:
        return _("{total} comes up for renewal; no health is measured yet").format(
            total=wording.money(one.total, found.currency)
        )
    return _("{expected} of {total} is expected to renew").format(
        expected=wording.money(one.expected, found.currency), total=wording.money(one.total, found.currency)
    )


def definition(found: Renewals) -> str:
    """What the forecast counts and how."""
    one = found.forecast
    if one is None:
        return _("Enter the rate in the settings; amounts are never converted without one.")
    if not one.total:
        return _("Later renewals stand below.")
    accounts = ngettext("{n} renewal", "{n} renewals", one.count).format(n=one.count)
    exact = ""
    if one.unit:
        exact = _("Range rounded to {unit}.").format(unit=wording.money(one.unit, found.currency))
    definition = _(
        "Notice within 90 days, {accounts}. Expected: each ARR times its likelihood, added up. "
        "Low, middle, high: with 10, 50, 90% probability no more than that renews."
    ).format(accounts=accounts)
    return sentences((definition, exact))


def remarks(found: Renewals) -> str:
    """What the forecast rests on, and how one's calls came out so far."""
    said = []
    from_health = found.not_called - found.assumed
    if from_health and found.forecast is not None:
        said.append(
            ngettext(
                "{n} not called yet: likelihood from health.", "{n} not called yet: likelihood from health.",
                from_health,
            ).format(n=from_health)
        )  # fmt: skip
    if found.assumed and found.forecast is not None:
        said.append(
            ngettext(
                "{n} neither called nor measured: {share} assumed.",
                "{n} neither called nor measured: {share} assumed each.",
                found.assumed,
            ).format(n=found.assumed, share=percent(LIKELIHOOD[computed_category("none")]))
        )
    if found.without_value:
        said.append(
            ngettext(
                "{n} without an amount is left out.",
                "{n} without an amount are left out.",
                found.without_value,
            ).format(n=found.without_value)
        )
    if found.record is not None:
        best = max(found.record.buckets, key=lambda one: one.count)
        said.append(
            _("Your {said} calls renewed {renewed} ({n}; Brier {brier}).").format(
                said=percent(best.said),
                renewed=percent(best.renewed),
                n=best.count,
                brier=f"{found.record.brier:.2f}",
            )
        )
    return sentences(said)


def tsv(found: Renewals) -> str:
    """The rows as tab-separated text with headings; text is made safe for spreadsheets."""
    heads = (
        _("Account"), _("ARR"), _("Currency"), _("Notice by"), _("Days left"), _("Term ends"), _("Score"), _("Health"),
        _("Step"), _("Category"), _("Likelihood"),
    )  # fmt: skip
    lines = ["\t".join(heads)]
    for row in found.rows:
        current = row.way.current
        one = row.amounts[0] if len(row.amounts) == 1 else None
        value = one.value if one is not None else row.value
        cells = (
            guard(row.name), "" if value is None else f"{value.normalize():f}",
            "" if value is None else (one.currency if one is not None else found.currency),
            row.deadline.isoformat(), str(row.days_left(found.today)), row.term_end.isoformat(),
            "" if row.score is None else f"{row.score:g}", row.band,
            "8" if current is None else str(current.number - 1), call(row)[0], f"{row.likelihood:g}",
        )  # fmt: skip
        lines.append("\t".join(" ".join(cell.split()) for cell in cells))
    lines += [
        "\t".join((" ".join(guard(one.name).split()), *[""] * (len(heads) - 1))) for one in found.missing
    ]
    return "\n".join(lines) + "\n"
