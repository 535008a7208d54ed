"""Which renewals there are and by when each wants an answer: one definition for Today, Renewals and the counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from cs_workbench.domain.renewal import Renewal, renewal, runs_at
from cs_workbench.domain.signal_facts import ContractFact, Customer


class Due(NamedTuple):
    """One renewal: an account and the last day of a running term; contracts that end on one day renew together.

    ``deadline`` is the last day to give notice, or the end of the term where no notice period is recorded or it has
    gone by (``passed``). ``automatic`` says that every part renews by itself.
    """

    account_id: int
    term_end: dt.date
    notice_on: dt.date | None
    deadline: dt.date
    passed: bool
    automatic: bool
    parts: tuple[ContractFact, ...]


def dues(contracts: Iterable[ContractFact], customers: Mapping[int, Customer], today: dt.date) -> list[Due]:
    """The next renewal of every running paid contract of those who are customers still.

    Left out are contracts without an end, and those that renew by themselves and whose notice date has gone by.
    """
    ends: dict[tuple[int, dt.date], list[tuple[ContractFact, Renewal]]] = {}
    for one in contracts:
        customer = customers.get(one.account_id)
        if customer is None or customer.gone or one.term.is_trial or not runs_at(one.term, today):
            continue
        found = renewal(one.term, today)
        if found.renews_on is not None:
            ends.setdefault((one.account_id, found.renews_on), []).append((one, found))
    made = (_due(account, end, parts, today) for (account, end), parts in ends.items())
    return [one for one in made if one is not None]


def _due(account: int, end: dt.date, parts: list[tuple[ContractFact, Renewal]], today: dt.date) -> Due | None:
    automatic = all(one.term.renews for one, _next in parts)
    notice = min((next_.notice_on for _one, next_ in parts if next_.notice_on is not None), default=None)
    passed = notice is not None and notice < today
    if passed and automatic:
        return None
    deadline = end if notice is None or passed else min(notice, end)
    return Due(account, end, notice, deadline, passed, automatic, tuple(one for one, _next in parts))
