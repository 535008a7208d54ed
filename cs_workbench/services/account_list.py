"""The account list as rows, as JSON and as a table: what ``cs-workbench accounts`` prints.

On the command line's fast path: nothing is imported at the top but ``datetime`` (which the driver brings anyway)
and modules that import no more than that. JSON is put together from pieces SQLite has quoted.
"""

from __future__ import annotations

import datetime as dt

from cs_workbench.domain.months import next_end, notice_by, period_months
from cs_workbench.store.queries import account_list as queries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from cs_workbench.store.reads import Reads

ID, NAME, ARR, CURRENCY, RENEWAL, NOTICE, STAGE, SCORE, BAND, COVERAGE = range(10)
NAME_JSON, STAGE_JSON, SOURCES_JSON, SCORE_JSON, PARTS, TIER, OWNER, SEATS, READING, SCORED_ON = range(10, 20)
"""Places in a row. Money is an integer of 1/10000 (None: not known or not in one currency), dates are ISO text or
None, ``PARTS`` is () or the amounts by currency where there are several, ``SOURCES_JSON`` a JSON object."""


def rows(reads: Reads, as_of: str, account_id: int | None = None) -> list[tuple[Any, ...]]:
    """One tuple an account (see the places above) as of an ISO date, by reading, then name."""
    params: dict[str, object] = {"t": as_of, "tomorrow": _tomorrow(as_of), "a": account_id}
    only = "" if account_id is None else "one"
    contracts: dict[Any, Any] = {row[0]: row[1:] for row in queries.contracts(reads, params, only)}
    mixed = any(row[2] > 1 for row in contracts.values())
    rolled = _rolled(reads, params, only) if any(row[6] for row in contracts.values()) else {}
    totals = _totals(reads, params, only) if mixed else {}
    sources: dict[Any, str] = {}
    for account, member, _source, _id in queries.sources(reads, params, only):
        sources[account] = f"{sources[account]},{member}" if account in sources else f"{member}"
    notices: dict[tuple[Any, ...], str | None] = {}
    found = []
    for row in queries.accounts(reads, params, only):
        account, name, name_json, stage_json, score, band, coverage, stage, tier, owner, reading, scored = row
        arr = currency = renewal = notice = seats = None
        parts: tuple[Any, ...] = ()
        terms = contracts.get(account)
        if terms is not None:
            arr, currency, currencies, first, months, days, _open, seats = terms
            if currencies > 1:
                arr, currency, parts = totals[account]
            if first is not None:
                renewal = first[:10]
                key = (renewal, months, days)
                if key not in notices:
                    notices[key] = _notice(key)
                notice = notices[key]
            if account in rolled and (renewal is None or rolled[account] < (renewal, notice or "9999")):
                renewal, notice = rolled[account][0], rolled[account][2]
        found.append((account, name, arr, currency, renewal, notice, stage, score, band or "none", coverage,
                      name_json, stage_json, sources.get(account, ""), score, parts, tier, owner, seats, reading,
                      scored))  # fmt: skip
    return found


def as_json(found: Sequence[tuple[Any, ...]]) -> str:
    """The rows as one JSON list of {id, name, source_ids, arr, currency, renewal_date, notice_date, stage, health}.

    Money is a plain number, dates are ISO text; what is not known is null.
    """
    lines = []
    for row in found:
        arr, currency, renewal, notice = row[2:6]
        lines.append(
            f'{{"id":{row[0]},"name":{row[10]},"source_ids":{{{row[12]}}},"arr":{_amount(arr)},'
            f'"currency":{_text(currency)},"renewal_date":{_text(renewal)},"notice_date":{_text(notice)},'
            f'"stage":{row[11]},"health":{{"score":{row[7]},"band":"{row[8]}",'
            f'"coverage":{"null" if row[9] is None else row[9]}}}}}'
        )
    return "[" + ",\n".join(lines) + "]"


def as_table(found: Sequence[tuple[Any, ...]], headings: Sequence[str] = ()) -> str:
    """The rows as aligned text: id, name, health, stage, ARR, renewal, notice. East Asian letters are two wide."""
    heads = tuple(headings) or ("#", "Account", "Health", "Stage", "ARR", "Renewal", "Notice by")
    cells = [heads, *(_cells(row) for row in found)]
    widths = [max(_width(line[n]) for line in cells) for n in range(len(heads))]
    right = {0, 2, 4}
    lines = []
    for line in cells:
        padded = []
        for n, cell in enumerate(line):
            gap = " " * (widths[n] - _width(cell))
            padded.append(gap + cell if n in right else cell + gap)
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)


def amount_text(value: int | None) -> str:
    """Money in 1/10000 as plain decimal text without needless zeros; "" when it is not known."""
    return "" if value is None else _amount(value)


def _cells(row: tuple[Any, ...]) -> tuple[str, ...]:
    mark = {"green": "●", "yellow": "▲", "red": "◆"}.get(row[BAND], "–")
    health = mark if row[SCORE] in (None, "null") else f"{row[SCORE]} {mark}"
    arr = (
        " ".join(part for part in (row[CURRENCY] or "", _grouped(row[ARR])) if part)
        if row[ARR] is not None
        else (" + ".join(f"{code} {_grouped(value)}" for code, value in row[PARTS]) or "–")
    )
    return (str(row[ID]), row[NAME], health, row[STAGE] or "–", arr, row[RENEWAL] or "–", row[NOTICE] or "–")


def _grouped(value: int) -> str:
    whole, rest = divmod(value, 10_000)
    return f"{whole:,}" if not rest else f"{whole:,}." + f"{rest:04d}".rstrip("0")


def _amount(value: int | None) -> str:
    if value is None:
        return "null"
    sign, value = ("-", -value) if value < 0 else ("", value)
    whole, rest = divmod(value, 10_000)
    return f"{sign}{whole}" if not rest else f"{sign}{whole}." + f"{rest:04d}".rstrip("0")


def _text(plain: str | None) -> str:
    """A date or currency code in JSON; neither can hold anything to escape."""
    return "null" if not plain else f'"{plain}"'


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _tomorrow(day: str) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()


def _notice(key: tuple[Any, ...]) -> str | None:
    end, months, days = key
    if months is None and days is None:
        return None
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
    start_text, end_text, term_months, billing, months, days = terms
    start = dt.date.fromisoformat(start_text) if start_text else None
    end = dt.date.fromisoformat(end_text) if end_text else None
    renews = next_end(start, end, period_months(term_months, billing, start, end), as_of)
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
