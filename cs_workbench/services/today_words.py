"""Lines of Today in words: whom they are about, what to do, why; with the other reasons behind them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from cs_workbench.i18n import _, ngettext
from cs_workbench.services import signal_words

if TYPE_CHECKING:
    from cs_workbench.services.today import Item

_NAMED = 3


def account(item: Item) -> str:
    """The account, or of how many accounts the line speaks."""
    if not item.several:
        return item.account
    count = len(item.parts)
    return ngettext("{n} account", "{n} accounts", count).format(n=f"{count:,}")


def title(item: Item) -> str:
    """What to do, verb first."""
    return _("Complete the contract data") if item.several else signal_words.title(item.signal)


def reason(item: Item, today: dt.date) -> str:
    """Why, and what else there is about the account."""
    return reasons(item, today)[0]


def reasons(item: Item, today: dt.date) -> tuple[str, ...]:
    """The same, whole first, then with one other reason less each; the last is the fact alone."""
    if item.several:
        return (_gaps(item),)
    first, bare = (signal_words.reason(item.signal, today, whole=whole) for whole in (True, False))
    titles = [signal_words.title(one.signal) for one in item.more]
    longer = (_("Also: {titles}.").format(titles=_(", ").join(titles[:n])) for n in range(len(titles), 0, -1))
    whole = (*(signal_words.sentences((first, more)) for more in longer), first)
    return whole if bare == first else (*whole, bare)


def more(item: Item) -> str:
    """How many other reasons there are about the account; empty without any."""
    count = 0 if item.several else len(item.more)
    return ngettext("{n} other", "{n} others", count).format(n=f"{count:,}") if count else ""


def _gaps(item: Item) -> str:
    """What is missing of how many accounts, and the first of them by name."""
    counted = Counter(signal_words.gaps(one.signal) for one in item.parts)
    missing = [
        ngettext("{what} missing for {n} account.", "{what} missing for {n} accounts.", count).format(
            what=what, n=f"{count:,}"
        )
        for what, count in counted.most_common()
    ]
    names = _(", ").join(one.account for one in item.parts[:_NAMED])
    rest = len(item.parts) - _NAMED
    named = _("{names} and {n} other accounts").format(names=names, n=f"{rest:,}") if rest > 0 else names
    return signal_words.sentences((*missing, named))
