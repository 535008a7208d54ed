"""The account list as rows, as JSON and as a table: what ``cs-workbench accounts`` prints.

On the command line's fast path: nothing is imported at the top but ``datetime`` (which the driver brings anyway)
and modules that import no more than that. JSON is put together from pieces SQLite has quoted.
"""

from __future__ import annotations

import datetime as dt
from itertools import repeat

from cs_workbench.domain.months import notice_by, term_end
from cs_workbench.store.queries import account_list as queries
from cs_workbench.store.queries.local_days import listing_tomorrow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from cs_workbench.store.reads import Reads

ID, NAME, ARR, CURRENCY, RENEWAL, NOTICE, STAGE, SCORE, BAND, COVERAGE = range(10)
PARTS, SEATS, TIER, OWNER, READING, SCORED_ON = range(10, 16)
"""Places in a row. Money is an integer of 1/10000 (None: not known or not in one currency), dates are ISO text or
None, ``PARTS`` is () or the (currency, amount) pairs where there are several."""

_NO_TERMS = (None, None, None, None, (), None)

_MARKS = {"green": "●", "yellow": "▲", "red": "◆", "none": "–"}
_NAME_LEAST = 12
_WIDE_LEADS = bytes([*range(0xE3, 0xEE), 0xEF, 0xF0])


def rows(reads: Reads, as_of: str, account_id: int | None = None) -> list[tuple[Any, ...]]:
    """One tuple an account (see the places above) as of an ISO date, ordered by reading, then name."""
    params = _params(reads, as_of, account_id)
    only = "" if account_id is None else "one"
    terms = _terms(reads, params, only)
    found = []
    for account, name, stage, score, band, coverage, *rest in queries.accounts(reads, params, only):
        arr, currency, renewal, notice, parts, seats = terms.get(account, _NO_TERMS)
        found.append((account, name, arr, currency, renewal, notice, stage, score, band or "none", coverage,
                      parts, seats, *rest))  # fmt: skip
    return found


def count(reads: Reads, as_of: dt.date) -> int:
    """How many accounts there are on a date; no row is read for it."""
    return queries.count(reads, _params(reads, as_of.isoformat(), None))


def source_ids(reads: Reads, account_id: int | None = None) -> dict[int, dict[str, str]]:
    """The ids under which other systems know each account: account → {source: id}."""
    only = "" if account_id is None else "one"
    found: dict[int, dict[str, str]] = {}
    for account, _member, source, external in queries.sources(reads, {"a": account_id}, only):
        found.setdefault(account, {})[source] = external
    return found


def as_json(reads: Reads, as_of: str) -> str:
    """All accounts as one JSON list of {id, name, source_ids, arr, currency, renewal_date, notice_date, stage, health}.

    Money is a plain number, dates are ISO text; what is not known is null.
    """
    params = _params(reads, as_of, None)
    terms = _terms(reads, params, "")
    members: dict[int, str] = {}
    for account, member, _source, _external in queries.sources(reads, params, ""):
        members[account] = f"{members[account]},{member}" if account in members else member
    known = {account: _terms_json(*found[:4]) for account, found in terms.items()}
    unknown = _terms_json(None, None, None, None)
    members_of, terms_of = members.get, known.get
    lines = [
        f"{head}{members_of(account, '')}{terms_of(account, unknown)}{tail}"
        for account, head, tail in queries.pieces(reads, params)
    ]
    if not lines:
        return "[]"
    # One join and no further copy: half a million letters are a megabyte each time.
    lines[0] = "[" + lines[0]
    lines[-1] += "]"
    return ",\n".join(lines)


def stages(reads: Reads, language: str) -> dict[str, str]:
    """The portfolio's own words for its stages: key → label."""
    return queries.stages(reads, language)


def as_table(
    found: Sequence[tuple[Any, ...]],
    headings: Sequence[str] = (),
    stages: dict[str, str] | None = None,
    room: int | None = None,
) -> str:
    """The rows as aligned text: id, name, health, how much is measured, stage, ARR, renewal, notice.

    East Asian letters are two wide. *stages* are the words for the stages' keys. With *room*, names are cut so that a
    line takes so many columns.
    """
    heads = tuple(headings) or ("#", "Account", "Health", "Measured", "Stage", "ARR", "Renewal", "Notice by")
    words = stages or {}
    shares: dict[float | None, str] = {None: "–"}
    table = [heads, *[_cells(row, words, shares) for row in found]]
    if room is not None:
        others = sum(
            max(map(_width, column)) + 2 for n, column in enumerate(zip(*table, strict=True)) if n != 1
        )
        longest = max(room - others, _NAME_LEAST)
        table = [(cells[0], _cut(cells[1], longest), *cells[2:]) for cells in table]
    columns = [
        _padded(column, str.rjust if n in (0, 2, 3, 5) else str.ljust)
        for n, column in enumerate(zip(*table, strict=True))
    ]
    return "\n".join(map(str.rstrip, map("  ".join, zip(*columns, strict=True))))


def _padded(column: Sequence[str], pad: Callable[[str, int], str]) -> Iterable[str]:
    """The cells of a column at one width; only a column with East Asian letters is measured cell by cell."""
    if not _extra_width("".join(column)):
        return map(pad, column, repeat(max(map(len, column))))
    extra = list(map(_extra_width, column))
    width = max(map(int.__add__, map(len, column), extra))
    return [pad(cell, width - more) for cell, more in zip(column, extra, strict=True)]


def _cells(row: tuple[Any, ...], stages: dict[str, str], shares: dict[float | None, str]) -> tuple[str, ...]:
    score, arr, coverage, stage = row[SCORE], row[ARR], row[COVERAGE], row[STAGE]
    share = shares.get(coverage)
    if share is None:  # few shares, many accounts: formatting each once is what keeps the list fast
        share = shares[coverage] = f"{coverage:.0%}"
    if arr is not None:
        currency = row[CURRENCY]
        money = f"{currency} {_grouped(arr)}" if currency else _grouped(arr)
    else:
        money = " + ".join([f"{code} {_grouped(value)}".lstrip() for code, value in row[PARTS]]) or "–"
    return (
        str(row[ID]),
        row[NAME],
        "–" if score is None else f"{score} {_MARKS[row[BAND]]}",
        share,
        stages.get(stage, stage) or "–",
        money,
        row[RENEWAL] or "–",
        row[NOTICE] or "–",
    )


def _grouped(value: int) -> str:
    if not value % 10_000:
        return f"{value // 10_000:,}"
    whole, rest = divmod(abs(value), 10_000)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole:,}." + f"{rest:04d}".rstrip("0").ljust(2, "0")


def _amount(value: int | None) -> str:
    if value is None:
        return "null"
    whole, rest = divmod(abs(value), 10_000)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}" if not rest else f"{sign}{whole}." + f"{rest:04d}".rstrip("0")


def _terms_json(arr: int | None, currency: str | None, renewal: str | None, notice: str | None) -> str:
    """The members from "arr" to "notice_date"; neither a date nor a currency code holds anything to escape."""
    money = _amount(arr)
    code = f'"{currency}"' if currency else "null"
    ends = f'"{renewal}"' if renewal else "null"
    by = f'"{notice}"' if notice else "null"
    return f'}},"arr":{money},"currency":{code},"renewal_date":{ends},"notice_date":{by}'


def _extra_width(text: str) -> int:
    """How many letters are two columns wide: those of the CJK planes, told by the first byte of their UTF-8 form.

    Half-width kana share a first byte with full-width letters and are taken for wide.
    """
    if text.isascii():
        return 0
    encoded = text.encode()
    return len(encoded) - len(encoded.translate(None, _WIDE_LEADS))


def _width(text: str) -> int:
    return len(text) + _extra_width(text)


def _cut(text: str, columns: int) -> str:
    if _width(text) <= columns:
        return text
    while _width(text) > columns - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def _params(reads: Reads, as_of: str, account_id: int | None) -> dict[str, object]:
    return {"t": as_of, "tomorrow": listing_tomorrow(reads, dt.date.fromisoformat(as_of)), "a": account_id}


def _terms(reads: Reads, params: dict[str, object], only: str) -> dict[int, tuple[Any, ...]]:
    """By account: (yearly value, currency, renewal, notice, amounts by currency, seats) of running paid contracts."""
    contracts = queries.contracts(reads, params, only)
    totals = _totals(reads, params, only) if any(row[8] > 1 for row in contracts) else {}
    rolled = _rolled(reads, params, only) if any(row[6] for row in contracts) else {}
    notices: dict[tuple[Any, ...], str | None] = {}
    terms: dict[int, tuple[Any, ...]] = {}
    for account, arr, currency, first, months, days, _open, seats, currencies in contracts:
        renewal = notice = None
        parts: tuple[Any, ...] = ()
        if first is not None:
            renewal = first[:10]
            if months is not None or days is not None:
                key = (renewal, months, days)
                notice = notices.get(key) or notices.setdefault(key, _notice(renewal, months, days))
        if account in rolled and (renewal is None or rolled[account] < (renewal, notice or "9999")):
            renewal, _sort, notice = rolled[account]
        if currencies > 1:
            arr, currency, parts = totals[account]
        terms[account] = (arr, currency, renewal, notice, parts, seats)
    return terms


def _notice(end: str, months: int | None, days: int | None) -> str | None:
    notice = notice_by(dt.date.fromisoformat(end), months, days)
    return None if notice is None else notice.isoformat()


def _rolled(reads: Reads, params: dict[str, object], only: str) -> dict[Any, tuple[str, str, str | None]]:
    """The earliest counted-on end by account: (end, notice or "9999" to sort by, notice)."""
    as_of = dt.date.fromisoformat(str(params["t"]))
    seen: dict[tuple[Any, ...], tuple[str, str, str | None] | None] = {}
    earliest: dict[Any, tuple[str, str, str | None]] = {}
    for account, *terms in queries.rolling(reads, params, only):
        key = tuple(terms)
        if key not in seen:
            seen[key] = _next(key, as_of)
        one = seen[key]
        if one is not None and (account not in earliest or one < earliest[account]):
            earliest[account] = one
    return earliest


def _next(terms: tuple[Any, ...], as_of: dt.date) -> tuple[str, str, str | None] | None:
    start_text, end_text, term_months, billing, auto_renew, months, days = terms
    start = dt.date.fromisoformat(start_text) if start_text else None
    end = dt.date.fromisoformat(end_text) if end_text else None
    renews = term_end(start, end, term_months, billing, auto_renew=auto_renew, as_of=as_of)
    if renews is None:
        return None
    notice = notice_by(renews, months, days)
    text = None if notice is None else notice.isoformat()
    return renews.isoformat(), text or "9999", text


def _totals(
    reads: Reads, params: dict[str, object], only: str
) -> dict[Any, tuple[int | None, str | None, tuple[Any, ...]]]:
    """Accounts with several currencies: the total in the portfolio's currency (None without a rate) and the parts."""
    from cs_workbench.services.money_totals import total_units

    parts: dict[Any, list[tuple[str, int]]] = {}
    for account, currency, value in queries.by_currency(reads, params, only):
        parts.setdefault(account, []).append((str(currency), int(str(value))))
    rates = [(str(code), str(rate), str(day)) for code, rate, day in queries.rates(reads, params)]
    return {
        account: (*total_units(amounts, rates, str(params["t"])), tuple(amounts))
        for account, amounts in parts.items()
    }
