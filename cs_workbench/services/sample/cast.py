"""The people of the sample: who is there, in which role, and how texts call them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cs_workbench.services.sample.book import Case, Entry

_BY_TIER = {
    1: ("champion", "decision_maker", "economic_buyer", "technical_owner", "user", "procurement"),
    2: ("champion", "decision_maker", "technical_owner", "user"),
    3: ("champion", "decision_maker", "user"),
}
_INFLUENCE = {"decision_maker": 5, "economic_buyer": 5, "executive_sponsor": 5, "champion": 4,
              "technical_owner": 3, "procurement": 3, "user": 2}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """One invented person. ``called`` is how a note calls them."""

    key: str  # the role they stand for in texts
    roles: tuple[str, ...]
    name: str
    reading: str
    called: str
    email: str
    title: str
    department: str
    influence: int
    sentiment: str
    left_on: dt.date | None = None


def cast(case: Case, people: Entry) -> dict[str, Member]:
    """The people of a case by the role texts know them under, and ``double`` where one stands there twice."""
    wanted = list(_wanted(case))
    families = case.dice.sample(people["family"], len(wanted))
    givens = case.dice.sample(people["given"], len(wanted))
    members = {
        role: _member(case, people, role, family, given)
        for role, family, given in zip(wanted, families, givens, strict=True)
    }
    if case.told("doubled_person"):
        twin = members["champion"]
        members["double"] = Member(
            "double", ("champion",), twin.name.replace(" ", ""), "", twin.called, "k." + twin.email,
            twin.title, "", twin.influence, "neutral",
        )  # fmt: skip
    return members


def _wanted(case: Case) -> dict[str, None]:
    if case.told("single_threaded"):
        return {"champion": None}
    if case.told("missing_renewal"):
        return dict.fromkeys(("champion", "user"))
    roles = dict.fromkeys(_BY_TIER[case.entry["tier"]])
    for note in case.texts["note"]:
        if note["s"] == case.entry["story"] and "who" in note:
            roles |= dict.fromkeys(note["who"].split(","))
    return roles


def _member(case: Case, people: Entry, role: str, family: list[str], given: list[str]) -> Member:
    japanese = case.language == "ja"
    title, department = people["title"][role]
    roles = (role, "decision_maker") if role == "champion" and case.told("missing_renewal") else (role,)
    left = case.told("champion_left") and role == "champion"
    return Member(
        key=role,
        roles=roles,
        name=f"{family[0]} {given[0]}" if japanese else f"{given[0]} {family[0]}",
        reading=f"{family[1]} {given[1]}".strip() if japanese else "",
        called=family[0] if japanese else given[0],
        email=f"{family[2]}@{case.entry['domain']}" if japanese else
        f"{given[0].lower()}.{family[2]}@{case.entry['domain']}",
        title=title,
        department=department,
        influence=_INFLUENCE[role],
        sentiment=_sentiment(case, role),
        left_on=case.day(8) if left else None,
    )  # fmt: skip


def _sentiment(case: Case, role: str) -> str:
    score = case.story["nps"][1]
    if role == "user" and score <= 6:
        return "negative"
    return "positive" if score >= 9 else "negative" if score <= 4 else "neutral"
