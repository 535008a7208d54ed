"""Verbs that look at accounts and the contact log: accounts, account, search, log."""

from __future__ import annotations

import argparse
import dataclasses
from typing import TYPE_CHECKING

from cs_workbench.cli import opening, output, streams
from cs_workbench.cli.naming import BANDS, STATUSES, TASKS, Labels
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _, language, mark, ngettext

if TYPE_CHECKING:
    from decimal import Decimal
    from zoneinfo import ZoneInfo

    from cs_workbench.services.accounts import AccountDetail
    from cs_workbench.services.contacts import Logged
    from cs_workbench.services.search import Hit

CONTACTS_SHOWN = 10
LOG_PROBLEMS = {
    "bad_date": mark("▲ “{text}” is no date and stays in the text. Write !2026-12-01, !12/1 or !friday."),
    "day_ahead": mark(
        "▲ “{text}” is still to come and stays in the text. Write !2026-12-01 for what is to be done."
    ),
    "day_unclear": mark("▲ “{text}” can be a day to come and stays in the text. Write the year: 2025-12-01."),
    "second_account": mark("▲ “{text}” names a second account; the contact was logged for the first only."),
    "empty": mark("▲ Nothing follows “{text}”: no task was made of it."),
}


def list_accounts(words: argparse.Namespace) -> int:
    """List the accounts as of a day."""
    from cs_workbench.services import account_list

    day = opening.as_of(words).isoformat()
    with opening.opened(words) as workbench:
        if opening.wants_json(words):
            streams.put_json(account_list.as_json(workbench.reads, day))
            return 0
        found = account_list.rows(workbench.reads, day)
        stages = account_list.stages(workbench.reads, language())
    if not found:
        output.show(_("There is no account yet: import your files (cs-workbench import FILE…)."))
        return 0
    heads = (
        "#", _("Account"), _("Health"), _("Measured"), _("Stage"), _("ARR"), _("Renewal date"), _("Notice by"),
    )  # fmt: skip
    output.show(account_list.as_table(found, heads, stages, output.screen_width()))
    if not any(row[account_list.SCORED_ON] for row in found):
        output.say(_("No account has a score yet. Compute them with: cs-workbench score"))
    return 0


def show(words: argparse.Namespace) -> int:
    """Show one account in full."""
    from cs_workbench.services import accounts

    with opening.opened(words) as workbench:
        account = accounts.find_account(workbench.reads, words.account)
        detail = accounts.account_detail(
            workbench.reads, account, opening.as_of(words), contacts=CONTACTS_SHOWN
        )
        labels, zone = Labels(workbench), opening.zone(workbench)
    if opening.wants_json(words):
        output.show_json(_plain(detail))
    else:
        _tell(detail, labels, zone)
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


def _tell(detail: AccountDetail, labels: Labels, zone: ZoneInfo) -> None:
    from cs_workbench.services.countries import country_name

    row, profile = detail.row, detail.profile
    met = row.last_contact.astimezone(zone).date().isoformat() if row.last_contact else "–"
    score = "–" if row.score is None else f"{row.score:.1f}"
    output.show(f"#{row.id}  {row.name}")
    facts = [
        (_("Health"), f"{score} {_(BANDS[row.band])}"),
        (_("Stage"), labels.of("stage", row.stage)),
        (_("Tier"), labels.of("tier", row.tier)),
        (_("ARR"), money(row.arr, row.currency)),
        (_("Seats"), "–" if row.seats is None else f"{row.seats:,}"),
        (_("Renewal date"), row.renewal_date.isoformat() if row.renewal_date else "–"),
        (_("Notice by"), row.notice_date.isoformat() if row.notice_date else "–"),
        (_("Last contact"), met),
        (_("Owner"), row.owner or "–"),
        (_("Industry"), profile.industry or "–"),
        (_("Country"), country_name(profile.country or "") or "–"),
        (_("Known as"), _(", ").join(f"{source}:{value}" for source, value in row.source_ids.items()) or "–"),
        (_("Domains"), _(", ").join(detail.domains) or "–"),
        (_("Tags"), " ".join(f"#{tag}" for tag in detail.tags) or "–"),
        (_("Note"), profile.note or "–"),
    ]
    output.show(output.table((_("Fact"), _("Entry")), facts))
    for head, rows, right, give in (
        _own_fields(detail),
        _contracts(detail),
        _people(detail, labels),
        _contacts(detail, labels, zone),
        _tasks(detail),
        _tickets(detail, labels, zone),
    ):
        if rows:
            output.show("\n" + output.table(head, rows, right=right, give=(give,)))


Listing = tuple[tuple[str, ...], list[tuple[str, ...]], frozenset[int], int]
"""Headings, rows, columns aligned right, the column that is cut where the terminal is narrow."""

LEFT: frozenset[int] = frozenset()


def _own_fields(detail: AccountDetail) -> Listing:
    rows: list[tuple[str, ...]] = [(value.label, value.value) for value in detail.custom]
    return (_("Own field"), _("Entry")), rows, LEFT, 1


def _contracts(detail: AccountDetail) -> Listing:
    head = (_("Contract"), _("Plan"), _("Seats"), _("A year"), _("From"), _("To"), _("Status"))
    rows: list[tuple[str, ...]] = [
        (
            contract.name or contract.external_id or str(contract.id),
            contract.plan or contract.product or "–",
            "–" if contract.seats is None else f"{contract.seats:,}",
            money(contract.yearly, contract.currency),
            str(contract.term.start_on or "–"),
            str(contract.term.end_on or "–"),
            _(STATUSES.get(contract.term.status, contract.term.status)),
        )
        for contract in detail.contracts
    ]
    return head, rows, frozenset((2, 3)), 0


def _people(detail: AccountDetail, labels: Labels) -> Listing:
    head = (_("Person"), _("Title"), _("Role"), _("Mail"), _("Last contact"))
    rows: list[tuple[str, ...]] = [
        (
            person.name,
            person.title or "–",
            _(", ").join(labels.of("role", role) for role in person.roles) or "–",
            person.email or "–",
            str(person.last_contact or "–"),
        )
        for person in detail.people
    ]
    return head, rows, LEFT, 3


def _contacts(detail: AccountDetail, labels: Labels, zone: ZoneInfo) -> Listing:
    rows: list[tuple[str, ...]] = [
        (
            f"{contact.at.astimezone(zone):%Y-%m-%d}",
            labels.of("channel", contact.channel),
            contact.people or "–",
            contact.subject or contact.body,
        )
        for contact in detail.contacts
    ]
    return (_("Contact"), _("Channel"), _("With"), _("About")), rows, LEFT, 3


def _tasks(detail: AccountDetail) -> Listing:
    rows: list[tuple[str, ...]] = [
        (str(task.due_on or "–"), _(TASKS.get(task.kind, task.kind)), task.title, task.owner or "–")
        for task in detail.tasks
    ]
    return (_("Due"), _("Kind"), _("Task"), _("Owner")), rows, LEFT, 2


def _tickets(detail: AccountDetail, labels: Labels, zone: ZoneInfo) -> Listing:
    rows: list[tuple[str, ...]] = [
        (
            ticket.external_id or str(ticket.id),
            labels.of("ticket_priority", ticket.priority),
            f"{ticket.opened_at.astimezone(zone):%Y-%m-%d}",
            ticket.subject,
        )
        for ticket in detail.tickets
    ]
    return (_("Open ticket"), _("Priority"), _("Opened"), _("Subject")), rows, LEFT, 3


def search(words: argparse.Namespace) -> int:
    """Find accounts, people, contacts, tickets, plans and what customers said by all the words; returns 0 also when
    nothing is found.

    Raises InvalidValue where there is nothing to look for.
    """
    from cs_workbench.services.search import search as find

    if not words.text.strip():
        raise InvalidValue(
            _("There is nothing to look for."),
            _("Write one word or more, for example: cs-workbench search renewal"),
            code="search",
        )
    with opening.opened(words) as workbench:
        hits = find(workbench.reads, words.text, limit=words.limit)
        zone = opening.zone(workbench)
    if opening.wants_json(words):
        output.show_json({"hits": [_hit(hit) for hit in hits]})
    elif hits:
        output.show(
            output.table(
                ("", "#", _("Account"), _("Date"), _("Found")), [_line(hit, zone) for hit in hits], give=(4,)
            )
        )
        if len(hits) == words.limit:
            output.say(
                ngettext(
                    "Only {count} hit is shown; there may be more: say --limit N.",
                    "Only {count} hits are shown; there may be more: say --limit N.",
                    len(hits),
                ).format(count=len(hits))
            )
    else:
        output.show(
            _("Nothing contains “{text}”. Try fewer words, or a part of one.").format(text=words.text)
        )
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


def _line(hit: Hit, zone: ZoneInfo) -> tuple[str, ...]:
    kinds = {
        "account": _("account"),
        "person": _("person"),
        "interaction": _("contact"),
        "ticket": _("ticket"),
        "plan": _("plan"),
        "voice": _("voice"),
        "feedback": _("feedback"),
    }
    title, snippet = (" ".join(part.split()) for part in (hit.title, hit.snippet))
    said = snippet.startswith(title.rstrip("…"))
    text = snippet if said else " – ".join(part for part in (title, snippet) if part)
    day = "" if hit.at is None else f"{hit.at.astimezone(zone):%Y-%m-%d}"
    return (kinds[hit.kind], str(hit.id), hit.account_name, day, text)


def log(words: argparse.Namespace) -> int:
    """Log a contact from one line."""
    from cs_workbench.services import contacts

    with opening.opened(words, to_write=True) as workbench:
        done = contacts.log(workbench, words.text, now=opening.now(), today=opening.as_of(words))
        labels = Labels(workbench)
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
                "minutes": parsed.duration_min,
                "day": (parsed.day or opening.as_of(words)).isoformat(),
                "tags": list(parsed.tags),
                "follow_ups": [
                    {"kind": one.kind, "title": one.title, "due_on": one.due_on} for one in parsed.follow_ups
                ],
                "body": parsed.body,
                "problems": [
                    {"code": one.code, "text": words.text[one.start : one.end]} for one in parsed.problems
                ],
            }
        )
        return 0
    _tell_logged(done, labels)
    return 0


def _tell_logged(done: Logged, labels: Labels) -> None:
    """What the line was read as, so that a slip is seen at once, and what of it could not be used."""
    parsed = done.parsed
    read = [labels.of("channel", parsed.channel)]
    if parsed.duration_min is not None:
        read.append(_("{count} min").format(count=parsed.duration_min))
    if parsed.day is not None:
        read.append(parsed.day.isoformat())
    read += [f"#{tag}" for tag in parsed.tags]
    for one in parsed.follow_ups:
        kind = _(TASKS[one.kind])
        read.append(f"{kind} !{one.due_on.isoformat()}" if one.due_on else kind)
    output.show(_("Logged for {account}: {read}.").format(account=done.account, read=_(", ").join(read)))
    output.show(f"  {parsed.body}")
    for problem in parsed.problems:
        text = parsed.text[problem.start : problem.end]
        output.say(_(LOG_PROBLEMS[problem.code]).format(text=text))
    if done.unmatched:
        output.say(
            _(
                "▲ No one person of this account is called {names}; nobody was noted as taking part. Import the person,"
                " or write the name in full, without spaces."
            ).format(names=_(", ").join(done.unmatched))
        )
