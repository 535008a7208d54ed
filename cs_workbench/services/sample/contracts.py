"""The commercial side of the sample: products, terms, what happened to them, opportunities, rates."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cs_workbench.domain.text import name_key
from cs_workbench.services.sample.book import Case
from cs_workbench.services.sample.cases import term, years_before

if TYPE_CHECKING:
    from cs_workbench.store.change import Change
    from cs_workbench.store.tables import Contract

_PRODUCTS = (
    ("Sorane Standard", "Standard"),
    ("Sorane Enterprise", "Enterprise"),
    ("Sorane Insights", "Add-on"),
)
_RATES = {"JPY": {"USD": "151.20", "GBP": "192.40", "EUR": "163.80"},
          "USD": {"JPY": "0.0066", "GBP": "1.2725", "EUR": "1.0833"}}  # fmt: skip
_GREW = ("ready_to_expand", "model_success", "grumbling_succeeding", "won_back")


def add_products_and_rates(db: Change, today: dt.date) -> None:
    """The product family, and what other currencies are worth in the portfolio's (the sample's invented rates)."""
    from cs_workbench.store.queries.settings import setting
    from cs_workbench.store.tables import CurrencyRate, Product

    db.session.add_all(
        Product(name=name, name_key=name_key(name), series=series) for name, series in _PRODUCTS
    )
    db.session.add_all(
        CurrencyRate(currency=currency, on_date=today, rate=rate)
        for currency, rate in _RATES.get(str(setting(db, "currency")), {}).items()
    )


def add_contracts(db: Change, case: Case, account_id: int, now: dt.datetime) -> None:
    """Every term of a customer with its movements, from the first to the present one."""
    from cs_workbench.store.tables import ContractEvent

    present = Decimal(str(case.entry["arr"]))
    before: Decimal | None = None
    for number, (start, end) in enumerate(_terms(case), 1):
        arr = _grown(case, present, end)
        row = _contract(case, account_id, number, (start, end), arr=arr, now=now)
        db.session.add(row)
        db.session.flush()
        movements: list[tuple[str, dt.date, Decimal]] = []
        if before is None:
            movements.append(("new", start, arr))
        elif case.told("won_back") and end and end > case.today:
            movements.append(("reactivation", start, arr))
        else:
            movements.append(("renewal", start, arr))
            if arr > before:
                movements.append(("expansion", start, arr - before))
        ended = (
            case.told("won_back") and end is not None and end < case.today and number == len(_terms(case)) - 1
        )
        if end and (end == case.gone or ended):
            movements.append(("churn", end, arr))
        db.session.add_all(
            ContractEvent(
                account_id=account_id, contract_id=row.id, kind=kind, on_date=day, amount=amount,
                currency=case.currency, reason=_reason(case) if kind == "churn" else None,
            )
            for kind, day, amount in movements
        )  # fmt: skip
        before = arr
    if case.told("mixed_currency"):
        db.session.add(_add_on(case, account_id, now))
    _opportunities(db, case, account_id, present)


def _terms(case: Case) -> list[tuple[dt.date, dt.date | None]]:
    """First and last days, oldest first; a customer who came back has a gap."""
    start, end = term(case.entry, case.today)
    terms = [(start, end)]
    first = start
    if case.told("won_back"):
        first = case.today - dt.timedelta(weeks=66) + dt.timedelta(days=1)
    while years_before(first, 1) >= case.since:
        terms.insert(0, (years_before(first, 1), first - dt.timedelta(days=1)))
        first = years_before(first, 1)
    return terms


def _grown(case: Case, present: Decimal, end: dt.date | None) -> Decimal:
    """What a term was worth: customers who grew began with less."""
    if end is None or end >= case.today or case.entry["story"] not in _GREW:
        return present
    return (present * Decimal("0.8")).quantize(Decimal(1))


def _contract(
    case: Case,
    account_id: int,
    number: int,
    days: tuple[dt.date, dt.date | None],
    *,
    arr: Decimal,
    now: dt.datetime,
) -> Contract:
    from cs_workbench.store.tables import Contract

    start, end = days
    running = end is None or end >= case.today
    entry = case.entry
    terms: dict[str, Any] = {key: entry.get(key) for key in ("notice_days", "notice_months", "auto_renew")}
    if not running:
        terms["auto_renew"] = False
    return Contract(
        account_id=account_id,
        source="sample",
        external_id=f"C-{case.number:03}-{number}",
        name=f"SO-{case.number:03}{number:02}",
        plan="Enterprise" if entry["tier"] == 1 else "Standard",
        seats=round(case.seats * arr / Decimal(str(entry["arr"]))),
        arr=arr,
        currency=case.currency,
        billing="annual",
        start_on=start,
        end_on=end,
        term_months=12 if end else None,
        status="active" if running else "churned" if end == case.gone else "ended",
        **terms,
        created_at=now,
        updated_at=now,
    )


def _add_on(case: Case, account_id: int, now: dt.datetime) -> Contract:
    from cs_workbench.store.tables import Contract

    end = case.today + dt.timedelta(days=61)
    start = years_before(end, 1) + dt.timedelta(days=1)
    return Contract(
        account_id=account_id, source="sample", external_id=f"C-{case.number:03}-A", name=f"SO-{case.number:03}A",
        plan="Insights", arr=Decimal(7200), currency="EUR", billing="annual", start_on=start, end_on=end,
        term_months=12, notice_days=30, auto_renew=True, status="active", created_at=now, updated_at=now,
    )  # fmt: skip


def _reason(case: Case) -> str:
    return "no_value" if case.told("won_back") else "merger"


def _opportunities(db: Change, case: Case, account_id: int, present: Decimal) -> None:
    from cs_workbench.store.tables import Opportunity

    end = term(case.entry, case.today)[1]
    if end and 0 <= (end - case.today).days <= 180:
        db.session.add(
            Opportunity(
                account_id=account_id, source="sample", external_id=f"O-{case.number:03}-R",
                name=f"{case.entry['name']} {end:%Y-%m}", stage="renewal", kind="renewal", amount=present,
                currency=case.currency, opened_on=end - dt.timedelta(days=180), close_on=end,
            )
        )  # fmt: skip
    if case.told("ready_to_expand"):
        amount = (present * Decimal("0.4")).quantize(Decimal(1))
        db.session.add(
            Opportunity(
                account_id=account_id, source="sample", external_id=f"O-{case.number:03}-E",
                name=f"{case.entry['name']} +{round(case.seats * 0.4)}", stage="proposal", kind="expansion",
                amount=amount, currency=case.currency, probability=0.6, opened_on=case.day(4),
                close_on=case.today + dt.timedelta(days=75),
            )
        )  # fmt: skip
