"""Accounts: the list, finding one by whatever a person types, one in full, and the verbs that change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_workbench.domain.health import Score
from cs_workbench.domain.renewal import Renewal, earliest
from cs_workbench.domain.text import fold, name_key, name_of
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _, ngettext
from cs_workbench.services.account_rows import AccountRow, account_list, account_row
from cs_workbench.store.queries import accounts as queries
from cs_workbench.store.queries import contracts as contract_queries
from cs_workbench.store.queries import lifecycle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads
    from cs_workbench.store.tables import Account

__all__ = [
    "AccountDetail", "AccountRow", "account_detail", "account_list", "account_row", "add_tag", "archive", "create",
    "find_account", "names", "remove_tag", "rename", "set_owner", "set_stage", "set_tier", "unarchive",
]  # fmt: skip

_MOST_CANDIDATES = 10


@dataclass(frozen=True, slots=True)
class AccountDetail:
    """One account in full as of a date. ``renewal`` is the next one among its contracts, None without a paid one."""

    as_of: dt.date
    row: AccountRow
    profile: queries.Profile
    domains: tuple[str, ...]
    tags: tuple[str, ...]
    custom: tuple[queries.CustomValue, ...]
    contracts: tuple[contract_queries.ContractRow, ...]
    renewal: Renewal | None
    people: tuple[queries.PersonRow, ...]
    contacts: tuple[queries.ContactRow, ...]
    tasks: tuple[queries.TaskRow, ...]
    tickets: tuple[queries.TicketRow, ...]
    counts: queries.Counts
    score: Score | None


def names(reads: Reads) -> dict[int, str]:
    """Every account's name by id, archived ones last."""
    return {one.id: one.name for one in queries.names(reads)}


def account_detail(reads: Reads, account_id: int, as_of: dt.date, *, contacts: int = 10) -> AccountDetail:
    """One account with contracts, people, the newest *contacts*, open tasks and tickets, and its latest score.

    Raises NotFound where there is no such account.
    """
    from cs_workbench.services.health import latest

    profile = queries.profile(reads, account_id)
    if profile is None:
        raise _unknown(str(account_id))
    contracts = contract_queries.contracts(reads, account_id)
    return AccountDetail(
        as_of=as_of,
        row=account_row(reads, account_id, as_of) or _archived_row(profile),
        profile=profile,
        domains=queries.domains(reads, account_id),
        tags=queries.tags(reads, account_id),
        custom=queries.custom(reads, account_id),
        contracts=contracts,
        renewal=earliest((contract.term for contract in contracts), as_of),
        people=queries.people(reads, account_id, as_of),
        contacts=queries.contacts(reads, account_id, as_of, contacts),
        tasks=queries.open_tasks(reads, account_id, as_of),
        tickets=queries.open_tickets(reads, account_id, as_of),
        counts=queries.counts(reads, account_id, as_of),
        score=latest(reads, account_id, as_of),
    )


def find_account(reads: Reads, text: str) -> int:
    """The id of the account a person means by *text*.

    Tried in this order, the first that fits one account wins: ``#12`` or ``12`` as a number; an id of another
    system; the name as written; the name folded (width, kana, company form), or a confirmed spelling; a beginning;
    a part; of name or reading. ``@acme`` goes by beginnings. Raises NotFound, with the candidates where several
    fit equally well.
    """
    wanted = text.strip()
    known = queries.names(reads)
    if wanted.lstrip("#").isdecimal() and any(name.id == int(wanted.lstrip("#")) for name in known):
        return int(wanted.lstrip("#"))
    for fits in _matches(reads, known, wanted):
        if len(fits) == 1:
            return fits.pop()
        if fits:
            raise _ambiguous(wanted, [name for name in known if name.id in fits])
    raise _unknown(wanted)


def create(wb: Workbench, name: str, *, now: dt.datetime, twin: bool = False) -> int:
    """Add an account by its name as one undoable change, and return its id.

    Raises InvalidValue for an empty name (code ``name``) or, without *twin*, one an account has already (``taken``).
    """
    from cs_workbench.store.tables import Account

    name = name_of(name)
    if not name:
        raise InvalidValue(_("An account needs a name."), code="name", field="name")
    key = name_key(name)
    if not twin and queries.by_key(wb.reads, key) is not None:
        raise InvalidValue(
            _("There is an account of this name already."), _("Add another"), code="taken", field="name"
        )
    with wb.change(_("Add account")) as db:
        account = Account(name=name, name_key=key, created_at=now, updated_at=now)
        db.session.add(account)
        db.session.flush()
        return account.id


def rename(wb: Workbench, account_id: int, name: str, *, now: dt.datetime) -> None:
    """Give an account another name; the old spelling is kept as an alias, so that imports still find it.

    Raises InvalidValue for an empty name, NotFound for an unknown account.
    """
    from cs_workbench.store.tables import AccountAlias

    name = name_of(name)
    if not name:
        raise InvalidValue(_("An account needs a name."), code="name")
    with wb.change(_("Rename account")) as db:
        account = _account(db, account_id, now)
        old = account.name_key
        account.name, account.name_key = name, name_key(name)
        if old != account.name_key and not queries.by_alias(db, old):
            db.session.add(AccountAlias(account_id=account_id, name_key=old))


def set_stage(wb: Workbench, account_id: int, stage: str | None, *, now: dt.datetime) -> None:
    """Move an account to another lifecycle stage, by its key. Raises InvalidValue for a stage not on the list."""
    with wb.change(_("Change stage")) as db:
        _on_list(db, "stage", stage)
        account = _account(db, account_id, now)
        lifecycle.record(db, (account_id,), stage, now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        account.stage = stage


def set_tier(wb: Workbench, account_id: int, tier: str | None, *, now: dt.datetime) -> None:
    """Put an account in another tier, by its key. Raises InvalidValue for a tier not on the list."""
    with wb.change(_("Change tier")) as db:
        _on_list(db, "tier", tier)
        _account(db, account_id, now).tier = tier


def set_owner(wb: Workbench, account_id: int, owner: str | None, *, now: dt.datetime) -> None:
    """Say who looks after an account."""
    with wb.change(_("Change owner")) as db:
        _account(db, account_id, now).owner = name_of(owner or "") or None


def add_tag(wb: Workbench, account_id: int, tag: str, *, now: dt.datetime) -> None:
    """Tag an account; a tag it has already changes nothing. Raises InvalidValue for an empty tag."""
    from cs_workbench.store.tables import AccountTag

    tag = name_of(tag).removeprefix("#")
    if not tag:
        raise InvalidValue(_("The tag is empty."), code="tag")
    if tag in queries.tags(wb.reads, account_id):
        return
    with wb.change(_("Add tag")) as db:
        _account(db, account_id, now)
        db.session.add(AccountTag(account_id=account_id, tag=tag))


def remove_tag(wb: Workbench, account_id: int, tag: str, *, now: dt.datetime) -> None:
    """Take a tag off an account; one it does not have changes nothing."""
    tag = tag.strip().removeprefix("#")
    if tag not in queries.tags(wb.reads, account_id):
        return
    with wb.change(_("Remove tag")) as db:
        _account(db, account_id, now)
        queries.delete_tag(db, account_id, tag)


def archive(wb: Workbench, account_id: int, *, now: dt.datetime) -> None:
    """Put an account away: it leaves lists and scores, nothing of it is deleted."""
    with wb.change(_("Archive account")) as db:
        _account(db, account_id, now).archived_at = now


def archive_all(wb: Workbench, ids: Sequence[int], *, now: dt.datetime) -> None:
    """Put several accounts away, as one undo step."""
    name = ngettext("Archive {n} account", "Archive {n} accounts", len(ids)).format(n=len(ids))
    with wb.change(name) as db:
        for one in ids:
            _account(db, one, now).archived_at = now


def unarchive(wb: Workbench, account_id: int, *, now: dt.datetime) -> None:
    """Bring an archived account back."""
    with wb.change(_("Bring account back")) as db:
        _account(db, account_id, now).archived_at = None


def _archived_row(profile: queries.Profile) -> AccountRow:
    return AccountRow(
        profile.id, profile.name, profile.reading, {}, None, None, (), None, None, None, profile.stage,
        profile.tier, profile.owner, None, "none", None, None, None,
    )  # fmt: skip


def _matches(reads: Reads, known: list[queries.AccountName], wanted: str) -> Iterator[set[int]]:
    """Sets of accounts that fit, from the strictest way of comparing to the loosest."""
    handle = wanted.startswith("@")
    key, sound = name_key(wanted.removeprefix("@")), fold(wanted.removeprefix("@")).replace(" ", "")
    if not key:
        return
    if not handle:
        yield set(queries.by_source_id(reads, wanted.removeprefix("#")))
        yield {name.id for name in known if name.name == wanted}
    yield {name.id for name in known if name.name_key == key} | set(queries.by_alias(reads, key))
    called = [(name.id, (name.name_key, fold(name.reading).replace(" ", ""))) for name in known]
    yield {account for account, names in called if sound in names}
    yield {
        account for account, names in called if any(name.startswith((key, sound)) for name in names if name)
    }
    yield {account for account, names in called if any(key in name or sound in name for name in names)}


def _ambiguous(wanted: str, fits: Iterable[queries.AccountName]) -> NotFound:
    candidates: list[dict[str, Any]] = [{"id": name.id, "name": name.name} for name in fits]
    shown = _(", ").join(f"#{one['id']} {one['name']}" for one in candidates[:_MOST_CANDIDATES])
    message = ngettext("“{text}” fits {count} account.", "“{text}” fits {count} accounts.", len(candidates))
    return NotFound(
        message.format(text=wanted, count=len(candidates)),
        _("Name one of them by its number: {accounts}").format(accounts=shown),
        candidates=candidates,
    )


def _unknown(wanted: str) -> NotFound:
    return NotFound(
        _("No account is called “{text}”.").format(text=wanted),
        _("List the accounts to see their names and numbers."),
        candidates=[],
    )


def _account(db: Change, account_id: int, now: dt.datetime) -> Account:
    from cs_workbench.store.tables import Account

    account = db.session.get(Account, account_id)
    if account is None:
        raise _unknown(str(account_id))
    account.updated_at = now
    return account


def _on_list(db: Change, name: str, key: str | None) -> None:
    if key is None:
        return
    keys = queries.list_keys(db, name)
    if key not in keys:
        raise InvalidValue(
            _("“{key}” is not on the list.").format(key=key),
            _("Use one of: {keys}").format(keys=_(", ").join(keys)),
            code=name,
            value=key,
        )
