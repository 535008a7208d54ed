"""Verbs that look at accounts and the contact log: accounts, account, search, log."""

from __future__ import annotations

import argparse
import dataclasses
from typing import TYPE_CHECKING

from cs_workbench.cli import opening, output
from cs_workbench.cli.naming import BANDS
from cs_workbench.i18n import _

if TYPE_CHECKING:
    from decimal import Decimal

    from cs_workbench.services.accounts import AccountDetail
    from cs_workbench.services.search import Hit

CONTACTS_SHOWN = 10


def list_accounts(words: argparse.Namespace) -> int:
    """List the accounts as of a day."""
    from cs_workbench.services import account_list

    day = opening.as_of(words).isoformat()
    with opening.opened(words) as workbench:
        if opening.wants_json(words):
            output.show(account_list.as_json(workbench.reads, day))
            return 0
        found = account_list.rows(workbench.reads, day)
    if found:
        heads = ("#", _("Account"), _("Health"), _("Stage"), _("ARR"), _("Renewal"), _("Notice by"))
        output.show(account_list.as_table(found, heads))
    else:
        output.show(_("There is no account yet: import your files (cs-workbench import FILE…)."))
    return 0


def show(words: argparse.Namespace) -> int:
    """Show one account in full."""
    from cs_workbench.services import accounts

    with opening.opened(words) as workbench:
        account = accounts.find_account(workbench.reads, words.account)
        detail = accounts.account_detail(
            workbench.reads, account, opening.as_of(words), contacts=CONTACTS_SHOWN
        )
    if opening.wants_json(words):
        output.show_json(_plain(detail))
    else:
        _tell(detail)
    return 0


def _plain(detail: AccountDetail) -> dict[str, object]:
    """The stable shape documented in README."""
    row = detail.row
    return {
        "id": row.id,
        "name": row.name,
        "as_of": detail.as_of,
        "source_ids": row.source_ids,
        "arr": row.arr,
        "currency": row.currency,
        "renewal_date": row.renewal_date,
        "notice_date": row.notice_date,
        "stage": row.stage,
        "health": {"score": row.score, "band": row.band, "coverage": row.coverage},
        "seats": row.seats,
        "last_contact": row.last_contact,
        "profile": dataclasses.asdict(detail.profile),
        "domains": list(detail.domains),
        "tags": list(detail.tags),
        "custom": {value.label: value.value for value in detail.custom},
        "contracts": [dataclasses.asdict(contract) for contract in detail.contracts],
        "people": [dataclasses.asdict(person) for person in detail.people],
        "contacts": [dataclasses.asdict(contact) for contact in detail.contacts],
        "open_tasks": [dataclasses.asdict(task) for task in detail.tasks],
        "open_tickets": [dataclasses.asdict(ticket) for ticket in detail.tickets],
        "counts": dataclasses.asdict(detail.counts),
    }


def money(amount: Decimal | None, currency: str | None) -> str:
    """An amount with its currency, or a dash."""
    if amount is None:
        return "–"
    places = 0 if amount == amount.to_integral_value() else 2
    return f"{currency or ''} {amount:,.{places}f}".strip()


def _tell(detail: AccountDetail) -> None:
    row, profile = detail.row, detail.profile
    score = "–" if row.score is None else f"{row.score:.1f}"
    output.show(f"#{row.id}  {row.name}")
    facts = [
        (_("Health"), f"{score} {_(BANDS[row.band])}"),
        (_("Stage"), row.stage or "–"),
        (_("Tier"), row.tier or "–"),
        (_("ARR"), money(row.arr, row.currency)),
        (_("Seats"), "–" if row.seats is None else f"{row.seats:,}"),
        (_("Renewal"), row.renewal_date.isoformat() if row.renewal_date else "–"),
        (_("Notice by"), row.notice_date.isoformat() if row.notice_date else "–"),
        (_("Last contact"), row.last_contact.date().isoformat() if row.last_contact else "–"),
        (_("Owner"), row.owner or "–"),
        (_("Industry"), profile.industry or "–"),
        (_("Country"), profile.country or "–"),
        (_("Known as"), ", ".join(f"{source}:{value}" for source, value in row.source_ids.items()) or "–"),
        (_("Domains"), ", ".join(detail.domains) or "–"),
        (_("Tags"), " ".join(f"#{tag}" for tag in detail.tags) or "–"),
    ]
    facts += [(value.label, value.value) for value in detail.custom]
    output.show(output.table((_("Fact"), _("Value")), facts))
    _tell_records(detail)


def _tell_records(detail: AccountDetail) -> None:
    for head, rows, right in (
        _contracts(detail),
        _people(detail),
        _contacts(detail),
        _tasks(detail),
        _tickets(detail),
    ):
        if rows:
            output.show("\n" + output.table(head, rows, right=right))


Listing = tuple[tuple[str, ...], list[tuple[str, ...]], frozenset[int]]
LEFT: frozenset[int] = frozenset()


def _contracts(detail: AccountDetail) -> Listing:
    head = (_("Contract"), _("Plan"), _("Seats"), _("A year"), _("From"), _("To"), _("Status"))
    rows = [
        (
            contract.name or contract.external_id or str(contract.id),
            contract.plan or contract.product or "–",
            "–" if contract.seats is None else f"{contract.seats:,}",
            money(contract.yearly, contract.currency),
            str(contract.term.start_on or "–"),
            str(contract.term.end_on or "–"),
            contract.term.status,
        )
        for contract in detail.contracts
    ]
    return head, rows, frozenset((2, 3))


def _people(detail: AccountDetail) -> Listing:
    head = (_("Person"), _("Title"), _("Role"), _("Mail"), _("Last contact"))
    rows = [
        (
            person.name,
            person.title or "–",
            ", ".join(person.roles) or "–",
            person.email or "–",
            str(person.last_contact or "–"),
        )
        for person in detail.people
    ]
    return head, rows, LEFT


def _contacts(detail: AccountDetail) -> Listing:
    rows = [
        (
            f"{contact.at:%Y-%m-%d}",
            contact.channel,
            contact.people or "–",
            contact.subject or contact.body[:60],
        )
        for contact in detail.contacts
    ]
    return (_("Contact"), _("Channel"), _("With"), _("About")), rows, LEFT


def _tasks(detail: AccountDetail) -> Listing:
    rows = [(str(task.due_on or "–"), task.kind, task.title, task.owner or "–") for task in detail.tasks]
    return (_("Due"), _("Kind"), _("Task"), _("Owner")), rows, LEFT


def _tickets(detail: AccountDetail) -> Listing:
    rows = [
        (
            ticket.external_id or str(ticket.id),
            ticket.priority or "–",
            f"{ticket.opened_at:%Y-%m-%d}",
            ticket.subject,
        )
        for ticket in detail.tickets
    ]
    return (_("Open ticket"), _("Priority"), _("Opened"), _("Subject")), rows, LEFT


def search(words: argparse.Namespace) -> int:
    """Find accounts, people, contacts and tickets that contain every word; returns 0 also when nothing is found."""
    from cs_workbench.services.search import search as find

    with opening.opened(words) as workbench:
        hits = find(workbench.reads, words.text, limit=max(0, words.limit))
    if opening.wants_json(words):
        output.show_json({"hits": [_hit(hit) for hit in hits]})
    elif hits:
        output.show(
            output.table(("", "#", _("Account"), _("Date"), _("Found")), [_line(hit) for hit in hits])
        )
    else:
        output.show(_("Nothing found for “{text}”.").format(text=words.text))
    return 0


def _hit(hit: Hit) -> dict[str, object]:
    return {
        "kind": hit.kind,
        "id": hit.id,
        "account_id": hit.account_id,
        "account": hit.account_name,
        "title": hit.title,
        "snippet": hit.snippet,
        "at": hit.at,
    }


def _line(hit: Hit) -> tuple[str, ...]:
    kinds = {
        "account": _("account"),
        "person": _("person"),
        "interaction": _("contact"),
        "ticket": _("ticket"),
    }
    text = " ".join(part for part in (hit.title, hit.snippet) if part).replace("\n", " ")
    day = "" if hit.at is None else f"{hit.at:%Y-%m-%d}"
    return (kinds[hit.kind], str(hit.id), hit.account_name, day, text[:90])


def log(words: argparse.Namespace) -> int:
    """Log a contact from one line."""
    from cs_workbench.services import contacts

    with opening.opened(words, to_write=True) as workbench:
        done = contacts.log(workbench, words.text, now=opening.now(), today=opening.as_of(words))
    if opening.wants_json(words):
        parsed = done.parsed
        output.show_json(
            {
                "interaction": done.interaction_id,
                "account": {"id": done.account_id, "name": done.account},
                "tasks": list(done.task_ids),
                "people": list(done.people),
                "unmatched": list(done.unmatched),
                "channel": parsed.channel,
                "body": parsed.body,
            }
        )
        return 0
    output.show(_("Logged for {account}.").format(account=done.account))
    if done.unmatched:
        output.say(
            _(
                "Nobody of the account is called {names}: add them as people, or write the name in full."
            ).format(names=", ".join(done.unmatched))
        )
    return 0
