"""Facts for signal rules, with everything that does not matter filled in."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from typing import Any

from cs_workbench import paths
from cs_workbench.domain import signal_rules
from cs_workbench.domain.renewal import Term
from cs_workbench.domain.signal_facts import ContractFact, Customer, Facts, HealthFact, PeopleFact, UsageFact
from cs_workbench.domain.signals import RuleBook, Signal, rule_book

TODAY = dt.date(2026, 11, 24)
DAY = dt.timedelta(days=1)


def packaged() -> dict[str, Any]:
    """The rules as they are shipped."""
    with open(paths.resources("defaults", "signals.toml"), "rb") as file:
        return tomllib.load(file)


def book(**changes: Any) -> RuleBook:
    """The packaged rules with changes."""
    return rule_book(packaged(), changes)


def customer(number: int = 1, **values: Any) -> Customer:
    """A tier A customer of three years, green."""
    usual = Customer(
        number, f"Account {number}", "A", "adoption", dt.date(2023, 11, 1), False, 82.0, "green", 30, None
    )
    return usual._replace(**values)


def contract(account: int = 1, **values: Any) -> ContractFact:
    """A yearly contract of ¥6.5M; keywords of Term go into its term."""
    own = {name: values.pop(name) for name in ("id", "name", "value", "currency") if name in values}
    term = Term(**({"start_on": dt.date(2025, 1, 1), "term_months": 12, "auto_renew": False} | values))
    fact = ContractFact(1, account, "2024-118", Decimal(6_500_000), "JPY", term)
    return fact._replace(**own)


def health(account: int = 1, **values: Any) -> HealthFact:
    """Green 80 then, green 78 now."""
    usual = HealthFact(account, 20, 78.0, "green", 10, 80.0, "green", TODAY - 30 * DAY, TODAY - 5 * DAY, ())
    return usual._replace(**values)


def usage(account: int = 1, **values: Any) -> UsageFact:
    """As much as before, used yesterday."""
    usual = UsageFact(account, 100.0, 100.0, 50.0, TODAY - DAY, TODAY - DAY)
    return usual._replace(**values)


def people(account: int = 1, **values: Any) -> PeopleFact:
    """Three contacts, a champion, a decision maker who was met."""
    usual = PeopleFact(account, 3, 7, "Sato", 1, 0, "", None, 1, "Ishii", True)
    return usual._replace(**values)


def facts(*customers: Customer, **values: Any) -> Facts:
    """Facts about *customers* (one ordinary one without any); participants are recorded, contacts not."""
    known = customers or (customer(),)
    return Facts({one.id: one for one in known}, **({"attended": True} | values))


def found(given: Facts, rules: RuleBook | None = None, today: dt.date = TODAY) -> list[Signal]:
    """Every signal but those about missing data, which facts without contracts always raise."""
    rules = rules or book(missing_data={"on": False})
    return signal_rules.find(given, signal_rules.terms_by_account(given, today), rules, today)
