"""Planning of people: found by id, mail, or name within their account; never joined by name alone."""

from __future__ import annotations

from typing import Any

from cs_workbench.domain.text import name_key
from cs_workbench.i18n import _
from cs_workbench.services.intake.addressed import Addressed, addressed
from cs_workbench.services.intake.context import Context, RowRejected, Values, account_of, listed, stored
from cs_workbench.services.intake.ledger import At, Body

_PLAIN = (
    "reading",
    "title",
    "department",
    "phone",
    "mobile",
    "influence",
    "sentiment",
    "status",
    "left_on",
    "moved_to",
)


def plan_person(context: Context, at: At, values: Values, custom: dict[str, str]) -> int:
    """Plan one row of a people file and return the person; a company nobody knows is made, with a warning."""
    source = context.sources[at.batch]
    mails = [mail.strip().lower() for mail in listed(values.get("email"))]
    who = addressed(values.get("name") or "")
    name = who.name or (mails[0] if mails else None)
    if not name:
        raise RowRejected("name_missing", _("the row has neither a name nor a mail address"))
    account = account_of(context, at, values, create=True)
    if account is None:
        context.batch(at.batch).warn("person_without_account", name)
    people = context.directory.people
    external_id = values.get("external_id") or None
    person = people.find(source, external_id, mails[0] if mails else None, account, name)
    columns = _beside(who) | _columns(values, mails, account)
    if person is None:
        person = people.add()
        columns |= {
            "name": name,
            "name_key": name_key(name),
            "created_at": context.now,
            "updated_at": context.now,
        }
    elif values.get("name"):
        columns |= {"name": name, "name_key": name_key(name)}
    people.learn(
        person,
        account if account is not None else people.account_of.get(person),
        name_key(name),
        mails[0] if mails else None,
    )
    body = Body(columns, _children(context, person, external_id, source, listed(values.get("roles"))), custom)
    context.ledger.put_record("person", at, person, body)
    return person


def _columns(values: Values, mails: list[str], account: int | None) -> dict[str, Any]:
    columns = {name: stored(values[name]) for name in _PLAIN if values.get(name) is not None}
    if mails:
        columns["email"] = mails[0]
    if account is not None:
        columns["account_id"] = account
    notes = [*listed(values.get("note")), *mails[1:]]
    if notes:
        columns["note"] = "\n".join(notes)
    return columns


def _beside(who: Addressed) -> dict[str, str]:
    """What stood beside the name, as columns."""
    told = {"title": who.title, "department": who.department, "reading": who.reading}
    return {name: text for name, text in told.items() if text}


def _children(
    context: Context, person: int, external_id: str | None, source: str, roles: tuple[str, ...]
) -> list[tuple[str, dict[str, Any]]]:
    people = context.directory.people
    children: list[tuple[str, dict[str, Any]]] = []
    if external_id and (source, external_id) not in people.by_source:
        people.by_source[source, external_id] = person
        children.append(
            ("person_source", {"person_id": person, "source": source, "external_id": external_id})
        )
    known = people.roles_of.setdefault(person, set())
    for role in roles:
        if role not in known:
            known.add(role)
            children.append(("person_role", {"person_id": person, "role": role}))
    return children


def plan_contact(context: Context, at: At, account: int, told: str, *, mail: str = "") -> None:
    """Plan the person whom a row of accounts names as the customer's contact, with their mail address, once the
    accounts are known; somebody of that name in the account is the same person and keeps the address they have.
    """
    people, who = context.directory.people, addressed(told)
    name, key = who.name, name_key(who.name)
    person = people.find(context.sources[at.batch], None, mail or None, account, name)
    if person is not None:
        if mail and people.account_of.get(person) == account:
            context.ledger.put_record("person", at, person, Body(assumed={"email": mail}))
        return
    person = people.add()
    people.learn(person, account, key, mail or None)
    stamp = {"created_at": context.now, "updated_at": context.now}
    columns = {"name": name, "name_key": key, "account_id": account, **stamp}
    columns |= {"email": mail} if mail else {}
    columns |= _beside(who)
    context.ledger.put_record("person", at, person, Body(columns))


def plan_superior(context: Context, at: At, person: int, ref: str) -> None:
    """Say whom a person reports to, once everybody of the files is known; an unknown name is a warning."""
    people = context.directory.people
    mail = ref if "@" in ref else None
    superior = people.find(context.sources[at.batch], ref, mail, people.account_of.get(person), ref)
    if superior is None or superior == person:
        context.batch(at.batch).warn("superior_unknown", ref)
        return
    context.ledger.put_record("person", at, person, Body({"reports_to_id": superior}))
