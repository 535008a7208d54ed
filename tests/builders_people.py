"""People for tests: a small company with roles, lines, contacts and open things."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cs_workbench.store.change import Change
from tests.builders_store import add_account, add_interaction, add_person

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()


def give_role(db: Change, person: int, *roles: str) -> None:
    """Let a person have roles."""
    for role in roles:
        db.execute("insert into person_role (person_id, role) values (?, ?)", (person, role))


def talk(db: Change, account: int, *people: int, ago: int = 5, **values: Any) -> int:
    """A conversation some days ago with those people."""
    at = f"{TODAY - dt.timedelta(days=ago)}T00:30:00Z"
    contact = add_interaction(db, account, **{"at": at, "direction": "both", **values})
    for person in people:
        db.execute(
            "insert into interaction_person (interaction_id, person_id) values (?, ?)", (contact, person)
        )
    return contact


def aoba(db: Change, tier: str | None = "B") -> dict[str, int]:
    """Aoba with Saeki over Ishii over Morita, Abe who left, and Ueda nobody talks to; ids by name."""
    account = add_account(db, "Aoba", tier=tier)
    found = {"aoba": account}
    for name, influence, mood in (
        ("Saeki", 5, "neutral"), ("Ishii", 4, "positive"), ("Morita", 2, None), ("Ueda", None, "negative"),
    ):  # fmt: skip
        found[name] = add_person(
            db, account, name, influence=influence, sentiment=mood, email=f"{name.lower()}@aoba.example"
        )
    found["Abe"] = add_person(db, account, "Abe", influence=3, status="left", left_on="2026-09-30")
    lines = {"Ishii": "Saeki", "Morita": "Ishii", "Abe": "Saeki"}
    for name, boss in lines.items():
        db.execute("update person set reports_to_id=? where id=?", (found[boss], found[name]))
    give_role(db, found["Saeki"], "decision_maker")
    give_role(db, found["Ishii"], "champion", "user")
    give_role(db, found["Abe"], "technical_owner")
    talk(db, account, found["Ishii"], found["Morita"], ago=20)
    talk(db, account, found["Saeki"], ago=200)
    return found
