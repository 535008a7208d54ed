"""What comes first: value at stake × urgency × touch debt ÷ effort, with every factor kept to be printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from statistics import median
from typing import Literal, NamedTuple, TypeAlias

from cs_workbench.domain.signals import Signal

Group: TypeAlias = Literal["now", "week", "later"]
ValueSource: TypeAlias = Literal["stated", "converted", "no_rate", "not_known"]

EFFORTS = {"quarter": 0.5, "hour": 1.0, "half_day": 2.0, "day": 4.0}
_START = {"high": 1.0, "medium": 0.8, "low": 0.5}
_RUNWAY = ((30, 0.5), (60, 0.3), (90, 0.15))
_LATE_A_DAY, _LATE_MOST = 0.1, 10
_WEEK = 7
_FAR, _FAR_CUT = 30, 0.5
_CALLED_RED = 0.3
_PRESSES = 30
_TOUCH_MOST = 3.0
_WHOLE_UNITS = frozenset({"JPY", "KRW", "VND", "CLP", ""})


class Stake(NamedTuple):
    """What is at stake in the portfolio's currency. ``source`` says how it is known; the median stands in where not.

    ``own`` with ``own_currency`` is the amount as recorded, None where there is none.
    """

    value: Decimal
    currency: str
    source: ValueSource
    own: Decimal | None = None
    own_currency: str = ""


class Rank(NamedTuple):
    """The arithmetic of one place in the list. ``score`` = ``stake.value`` ÷ ``unit`` × urgency × touch ÷ effort.

    ``late`` is days past due (negative: days left, None: no date), ``left`` days to the renewal's deadline;
    ``quiet`` days since the last two-way contact of ``cadence`` allowed (None: not measured). ``called_red`` says that
    the CSM's own call in force is red: 0.3 more of urgency.
    """

    stake: Stake
    unit: int
    urgency: float
    touch: float
    effort: float
    score: float
    late: int | None
    left: int | None
    quiet: int | None
    cadence: int
    called_red: bool = False


def urgency(signal: Signal, today: dt.date) -> float:
    """From the rule's priority (1.0, 0.8, 0.5): +0.1 a day late (up to ten), + the runway's 0.15, 0.3 or 0.5 from
    D−90, D−60 and D−30 on; up to half less the further off the due date is. A date that is only advised adds nothing
    once it is past: what was agreed, the runway and health come first.
    """
    factor = _START[signal.priority]
    if signal.due is not None:
        late = (today - signal.due).days
        if late > 0 and not signal.advised:
            factor += _LATE_A_DAY * min(late, _LATE_MOST)
        else:
            factor *= 1 - _FAR_CUT * min(max(-late, 0), _FAR) / _FAR
    elif signal.priority != "high":
        factor *= 1 - _FAR_CUT * _WEEK / _FAR
    if signal.deadline is not None:
        left = (signal.deadline - today).days
        factor += next((more for bound, more in _RUNWAY if left <= bound), 0.0)
    return round(factor, 2)


def touch(quiet: int | None, cadence: int) -> float:
    """Days since the last two-way contact over the cadence; at least 1, at most 3; 1 where nothing is recorded."""
    if quiet is None or cadence <= 0:
        return 1.0
    return round(min(max(quiet / cadence, 1.0), _TOUCH_MOST), 2)


def unit_of(currency: str) -> int:
    """What a rank score counts in: millions of yen and the like, thousands of currencies with cents."""
    return 1_000_000 if currency in _WHOLE_UNITS else 1_000


def rank(
    signal: Signal, stake: Stake, quiet: int | None, cadence: int, today: dt.date, *, called_red: bool = False
) -> Rank:
    """The place of one signal, with its factors rounded as they are printed."""
    unit = unit_of(stake.currency)
    pressing = round(urgency(signal, today) + (_CALLED_RED if called_red else 0.0), 2)
    debt, work = touch(quiet, cadence), EFFORTS[signal.effort]
    return Rank(
        stake,
        unit,
        pressing,
        debt,
        work,
        float(stake.value) / unit * pressing * debt / work,
        None if signal.due is None else (today - signal.due).days,
        None if signal.deadline is None else (signal.deadline - today).days,
        quiet,
        cadence,
        called_red,
    )


def group(signal: Signal, today: dt.date) -> Group:
    """Now: due today or late, and renewals with no more than 30 days left, whatever step is next. This week: due within
    seven days, late but minor or only by our advice, or without a date and not minor. Later: the rest.
    """
    if signal.deadline is not None and (signal.deadline - today).days <= _PRESSES:
        return "now"
    if signal.due is None:
        return "later" if signal.priority == "low" else "week"
    left = (signal.due - today).days
    if left <= 0 and signal.priority != "low" and not (signal.advised and left < 0):
        return "now"
    return "week" if left <= _WEEK else "later"


def stand_in(values: Sequence[Decimal]) -> Decimal:
    """What an account without a known value counts for: the median of the known ones (0 without any)."""
    return median(values) if values else Decimal(0)
