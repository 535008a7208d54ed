"""What is told of a ledger beside its figures: contradictions, days without a contract, grades nobody signed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from cs_workbench.domain.contract_terms import gaps
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import value_followed, value_past, value_ratio
from cs_workbench.services.value_contracts import (
    lapsed_words,
    left_words,
    replaced_words,
    sooner_words,
    undated_words,
    void_words,
)
from cs_workbench.services.value_figures import day

if TYPE_CHECKING:
    from cs_workbench.services.value_reading import LedgerView
    from cs_workbench.store.queries.value import LineRow


def sentences(view: LedgerView) -> tuple[str, ...]:
    """Everything that is told of a ledger as a whole and of its lines, in the language that is set."""
    told = value_past.words(view)
    return (told, *warnings(view)) if told else warnings(view)


def warnings(view: LedgerView) -> tuple[str, ...]:
    """What of it is to be looked at."""
    said = (
        value_ratio.difference_words(view), left_words(view), ended_words(view), gap_words(view), hours_words(view),
        void_words(view), undated_words(view), lapsed_words(view), replaced_words(view), assumed_words(view),
        later_words(view), twice_words(view), trial_words(view), confirmed_words(view), unmet_words(view),
    )  # fmt: skip
    return (*(one for one in said if one), *value_followed.words(view))


def shared(view: LedgerView) -> tuple[str, ...]:
    """What the customer is told as well: past days at their mean, that they left, days that do not count, contracts
    taken as replaced, prices that are assumed.
    """
    hours = _("Training and internal hours count for the days under contract.") if _by_days(view) else ""
    said = (
        value_past.words(view), left_words(view), gap_words(view), hours, replaced_words(view), assumed_words(view),
    )  # fmt: skip
    return tuple(one for one in said if one)


def assumed_from(view: LedgerView) -> dt.date | None:
    """The first day from which on nothing is signed and a price is assumed; None where a contract is signed to the end,
    or none is assumed.
    """
    every = [one for found in view.spent.stretches.values() for one in found]
    if not any(one.assumed for one in every) or not any(one.assumed for one in view.ledger.costs):
        return None
    last = view.spent.ends
    bare = gaps((one for one in every if not one.assumed), view.head.starts_on, last + dt.timedelta(days=1))
    if not bare or bare[-1][1] != last:
        return None
    return max(bare[-1][0], min(one.first for one in every if one.assumed))


def gap_words(view: LedgerView) -> str:
    """Which days of the ledger are under no contract: they count for nothing; "" where all are under one."""
    if not view.spent.unsigned:
        return ""
    dash = "–"
    days = _(", ").join(f"{day(first)}{dash}{day(last)}" for first, last in view.spent.unsigned)
    return _("No contract: {days}. These days carry no contract price and count no value.").format(days=days)


def hours_words(view: LedgerView) -> str:
    """Which typed costs count for the days under contract, and what to do where they do not; "" for none."""
    titles = _by_days(view)
    if not titles:
        return ""
    return _(
        "Counted for the days under contract: {titles}. Enter as “other cost” what is spent on days without one too."
    ).format(titles=_(", ").join(titles))


def _by_days(view: LedgerView) -> list[str]:
    return [one.title for one in view.ledger.costs if one.whole]


def assumed_words(view: LedgerView) -> str:
    """From which day on prices are assumed, of which contracts; "" where every day is signed."""
    first = assumed_from(view)
    sooner = sooner_words(view, first)
    if first is None:
        return sooner
    nothing = _(
        "From {day} on nothing is signed: the same price is assumed, with the risk of an estimate; value there keeps"
        " the risk of its lines."
    ).format(day=day(first))
    return f"{sooner} {nothing}".strip()


def ended_words(view: LedgerView) -> str:
    """That the last contract on record is over; "" while one runs, or where no cost follows one."""
    last = view.spent.ended
    if last is None or last >= view.as_of or not view.spent.stretches or view.spent.left is not None:
        return ""
    if not any(one.assumed for one in view.ledger.costs):
        words = _("The last contract on record ended on {day}: nothing counts after it.")
    else:
        words = _(
            "The last contract on record ended on {day}, yet it is taken to go on: enter its renewal, or end it."
        )
    return words.format(day=day(last))


def later_words(view: LedgerView) -> str:
    """Which typed figures are from after the ledger's day: they were not known then; "" for none."""
    counted = {int(one.benefit.id) for one in view.outcome.proven}
    titles = [
        line.title
        for line in view.lines
        if line.id in counted
        and any(
            row.metric_id is None and row.as_of and row.as_of > view.as_of for row in view.inputs[line.id]
        )
    ]
    if not titles:
        return ""
    return _("Figures from after {day} are counted although nobody knew them then: {titles}.").format(
        day=day(view.as_of), titles=_(", ").join(titles)
    )


def trial_words(view: LedgerView) -> str:
    """Which costs follow a trial: its price is charged in full; "" for none."""
    titles = [row.title for row in view.costs if row.contract_id is not None and row.status == "trial"]
    if not titles:
        return ""
    return _("Follows a trial, charged at its full price: {titles}.").format(titles=_(", ").join(titles))


def unmet_words(view: LedgerView) -> str:
    """Who agreed to lines although no contact with them is on record; "" for nobody."""
    agreed = [
        line.agreed_by
        for line in view.lines
        if not line.met and line.agreed_on is not None and line.agreed_on <= view.as_of
    ]
    said = (
        ngettext(
            "{name} agreed to {n} line, yet no contact with them is on record: log the call or meeting where they"
            " agreed.",
            "{name} agreed to {n} lines, yet no contact with them is on record: log the call or meeting where they"
            " agreed.",
            count,
        ).format(name=name, n=count)
        for name, count in Counter(agreed).items()
    )
    return " ".join(said)


def twice_words(view: LedgerView) -> str:
    """Which costs follow one contract: its price counts as often as it is followed; "" where each has its own."""
    users: dict[int, list[str]] = {}
    for row in view.costs:
        if row.contract_id is not None:
            users.setdefault(row.contract_id, []).append(row.title)
    titles = [title for found in users.values() if len(found) > 1 for title in found]
    if not titles:
        return ""
    return _(
        "More than one cost follows the same contract, so its price counts more than once: {titles}. Keep one."
    ).format(titles=_(", ").join(titles))


def confirmed_words(view: LedgerView) -> str:
    """Which lines are called confirmed by the customer though nobody is named who said so, and when; "" for none."""
    titles = [line.title for line in view.lines if line.confidence == "confirmed" and not _signed(line)]
    if not titles:
        return ""
    return _(
        "Called confirmed by the customer, but by whom and when? {titles}. Name both, or call it an estimate."
    ).format(titles=_(", ").join(titles))


def _signed(line: LineRow) -> bool:
    said = ((line.agreed_by, line.agreed_on), (line.fact_by, line.fact_on), (line.logic_by, line.logic_on))
    return any(name and on is not None for name, on in said)
