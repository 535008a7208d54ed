"""Value ledgers of the sample: proven ones, some with open questions, one that does not pay, accounts without any."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from cs_workbench import paths
from cs_workbench.services.sample.cases import years_before
from cs_workbench.store.queries import value as queries

if TYPE_CHECKING:
    from cs_workbench.store.change import Change
    from cs_workbench.store.tables import ValueLine

Entry = dict[str, Any]
_MONTH = dt.timedelta(days=30)
_NAMES = {"ja": "{year}年度の価値", "en": "Value {year}"}
_COSTS = (
    ("setup", "導入支援", "Set-up", Decimal("0.12"), False, "請求書（導入支援）", "Invoice for the set-up"),
    ("training", "研修", "Training", Decimal("0.05"), True, "研修の見積書", "Quote for the training"),
    (
        "internal",
        "貴社の社内工数",
        "Your own hours",
        Decimal("0.04"),
        True,
        "価値確認会での合意",
        "Agreed in the value review",
    ),
)
"""Kind, name in both languages, share of the yearly contract, whether it comes every year, source in both."""


@dataclass(frozen=True, slots=True)
class _Account:
    """What a ledger of the sample is written from."""

    id: int
    language: str
    currency: str
    arr: Decimal
    users: Decimal
    user_metric: int | None
    buyer: int | None
    champion: int | None


def add_values(db: Change, stories: Mapping[int, str], now: dt.datetime) -> None:
    """A ledger for every account whose story has one; *stories* are by account id."""
    with open(paths.resources("sample", "values.toml"), "rb") as file:
        book = tomllib.load(file)
    for account_id, story in stories.items():
        if story in book["story"]:
            account = _account(db, account_id)
            if account is not None:
                _agree(db, account_id, _ledger(db, account, book, story, now), now.date())


def _agree(db: Change, account_id: int, ledger_id: int, today: dt.date) -> None:
    """Readings of "proven value ÷ cost" end where the ledger does: one account, one truth."""
    from cs_workbench.services.value_reading import ledger_view

    result = ledger_view(db, ledger_id, today).outcome.result
    metric = queries.metric_of_role(db, account_id, "value_ratio")
    newest = queries.newest_reading(db, account_id, metric)
    if result is not None and newest:
        queries.scale_readings(db, account_id, metric, float(result.bcr / newest))


def _account(db: Change, account_id: int) -> _Account | None:
    row = queries.largest_contract(db, account_id)
    if row is None:
        return None
    metric = queries.metric_of_role(db, account_id, "active_users")
    users = queries.newest_reading(db, account_id, metric)
    held = queries.roles(db, account_id)
    return _Account(
        account_id, "ja" if row[0] == "JP" else "en", row[1], row[2], users or Decimal(20),
        metric, _who(held, "economic_buyer", "decision_maker", "champion"), _who(held, "champion", "user"),
    )  # fmt: skip


def _ledger(db: Change, account: _Account, book: Entry, story: str, now: dt.datetime) -> int:
    from cs_workbench.store.tables import ValueCost, ValueLedger

    today = now.date()
    starts = years_before(today, 1)
    ledger = ValueLedger(
        account_id=account.id, name=_NAMES[account.language].format(year=today.year), currency=account.currency,
        starts_on=starts, years=3, rate="0.10", created_at=now, updated_at=now,
    )  # fmt: skip
    db.session.add(ledger)
    db.session.flush()
    for place, told in enumerate(book["story"][story]):
        _line(db, account, ledger.id, place, book["line"][told[0]], told, today)
    costs = [
        ValueCost(ledger_id=ledger.id, position=n, kind="subscription", title=title, contract_id=contract)
        for n, (contract, title) in enumerate(queries.paying_contracts(db, account.id))
    ]
    for kind, ja, en, share, yearly, said_ja, said_en in _COSTS:
        amount = _round(account.arr * share, account.currency)
        amounts = f"0 {amount} {amount} {amount}" if yearly else str(amount)
        title = ja if account.language == "ja" else en
        costs.append(
            ValueCost(ledger_id=ledger.id, position=len(costs), kind=kind, title=title, amounts=amounts,
                      confidence="confirmed" if kind == "internal" else "measured",
                      source=said_ja if account.language == "ja" else said_en)
        )  # fmt: skip
    db.session.add_all(costs)
    db.session.flush()
    return ledger.id


def _line(  # noqa: PLR0917 - the parts of one line, from one place
    db: Change, account: _Account, ledger_id: int, place: int, entry: Entry, told: list[Any], today: dt.date
) -> None:
    from cs_workbench.store.tables import ValueEvidence, ValueLine

    _key, share, confidence, logic, fact, agreed = told
    said, language = today - _MONTH, account.language
    row = ValueLine(
        ledger_id=ledger_id, position=place, title=entry[language], category=entry["category"],
        mechanism=entry[f"mechanism_{language}"], formula=entry["formula"], attribution=entry.get("attribution", "1"),
        confidence=confidence, logic=logic, fact=fact, baseline=entry[f"baseline_{language}"],
        missing=entry.get(f"missing_{language}", ""), ask=entry.get(f"ask_{language}", ""),
        ask_id=account.champion if f"ask_{language}" in entry else None,
        logic_on=said if logic != "open" else None, logic_by_id=account.buyer if logic != "open" else None,
        fact_on=said if fact != "open" else None, fact_by_id=account.champion if fact != "open" else None,
        agreed_on=said if agreed else None, agreed_by_id=account.buyer if agreed else None,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _inputs(db, account, row, entry, account.arr * Decimal(str(share)), today)
    if fact != "open" and f"evidence_{language}" in entry:
        db.session.add(
            ValueEvidence(
                line_id=row.id, kind="record", text=entry[f"evidence_{language}"], person_id=account.champion,
                on_date=said,
            )
        )  # fmt: skip


def _inputs(  # noqa: PLR0917 - the parts of one line, from one place
    db: Change, account: _Account, line: ValueLine, entry: Entry, worth: Decimal, today: dt.date
) -> None:
    """The figures of a line; the one named by "solve" is set so that a year comes to *worth*."""
    from cs_workbench.domain.formula import Quantity, evaluate, parse
    from cs_workbench.store.tables import ValueInput

    values: dict[str, Decimal] = {}
    for one in entry["inputs"]:
        text = one.get("value") or one.get("JPY" if account.currency == "JPY" else "other")
        values[one["name"]] = account.users if one.get("role") else Decimal(text) if text else Decimal(1)
    tree = parse(entry["formula"])
    unit_worth = evaluate(tree, {name: Quantity(value) for name, value in values.items()}).value
    solved = worth / (unit_worth * Decimal(line.attribution))
    money = "{currency}" in next(one["unit"] for one in entry["inputs"] if one["name"] == entry["solve"])
    values[entry["solve"]] = (
        _round(solved, account.currency) if money else max(solved.quantize(Decimal("0.1")), Decimal("0.1"))
    )
    for place, one in enumerate(entry["inputs"]):
        value, spread = values[one["name"]], Decimal(str(one.get("spread", 0)))
        low, high = one.get("low"), one.get("high")
        if spread:
            low, high = (f"{(value * factor).normalize():f}" for factor in (1 - spread, 1 + spread))
        follows = account.user_metric if one.get("role") else None
        db.session.add(
            ValueInput(
                line_id=line.id, position=place, name=one["name"], label=one[account.language],
                unit=one["unit"].format(currency=account.currency), value=f"{value:f}", low=low, high=high,
                source=one.get(f"source_{account.language}", ""), metric_id=follows,
                as_of=today - _MONTH if follows is None and f"source_{account.language}" in one else None,
            )
        )  # fmt: skip


def _who(held: Mapping[int, tuple[str, ...]], *roles: str) -> int | None:
    return next((person for role in roles for person, had in held.items() if role in had), None)


def _round(value: Decimal, currency: str) -> Decimal:
    """As a person would say it: to the hundred in yen, to the whole unit elsewhere."""
    step = Decimal(100) if currency == "JPY" and value >= 1000 else Decimal(1)
    return max((value / step).quantize(Decimal(1), ROUND_HALF_UP) * step, Decimal(1))
