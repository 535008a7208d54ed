"""The contact log: log, change and delete a contact. Each verb is one undoable change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench import i18n
from cs_workbench.domain import mentions, quicklog
from cs_workbench.domain.local_days import LocalDays
from cs_workbench.domain.text import fold, seen
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _
from cs_workbench.store import drafts
from cs_workbench.store.queries import contacts as queries
from cs_workbench.store.queries.contacts import Contact

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads
    from cs_workbench.store.tables import Interaction

__all__ = ["Contact", "Logged", "contact", "delete", "log", "preview", "save"]

_TITLE_MAX = 80


@dataclass(frozen=True, slots=True)
class Logged:
    """What a quick-log line became. ``task_id`` is the first follow-up, ``task_ids`` all tasks and promises.

    ``unmatched`` are participants typed with ``+`` who fit nobody of the account, or more than one: nobody is guessed.
    """

    interaction_id: int
    task_id: int | None
    task_ids: tuple[int, ...]
    account_id: int
    account: str
    people: tuple[int, ...]
    unmatched: tuple[str, ...]
    parsed: quicklog.QuickLog


def preview(reads: Reads, text: str, *, today: dt.date) -> quicklog.QuickLog:
    """Read a quick-log line with the portfolio's own channels, to show its chips while it is typed."""
    return quicklog.parse(text, today, queries.channel_words(reads))


def log(
    wb: Workbench,
    text: str,
    *,
    now: dt.datetime,
    today: dt.date,
    account_id: int | None = None,
    language: str | None = None,
    draft_key: str = "",
) -> Logged:
    """Log a contact from one line; an ``@account`` in it goes before *account_id*.

    *today* is the local date that dates in the line are counted from. *language* is the one a follow-up without
    words is titled in. The draft kept under *draft_key* goes in the same breath: both happen or neither.
    Raises InvalidValue for an empty line or one without an account, NotFound for an unknown one.
    """
    _refuse_unreadable(text)
    text = seen(text)
    parsed = preview(wb.reads, text, today=today)
    account = _account(wb.reads, parsed, account_id)
    name = queries.account_name(wb.reads, account) or ""
    _refuse_empty(parsed)
    people, unmatched = _participants(queries.people_of(wb.reads, account), parsed.people)
    with wb.change(_("Log contact – {account}").format(account=name)) as db:
        local = LocalDays(wb.setting("time_zone", "UTC"))
        at = now if parsed.day is None else local.same_hour(now, parsed.day)
        row = _interaction(parsed, account, at, now)
        db.session.add(row)
        db.session.flush()
        _set_people_and_tags(db, row.id, people, parsed.tags)
        tasks = _follow_ups(db, row, parsed, people, language)
        if draft_key:
            drafts.put_draft(db, draft_key, "", "")
        interaction_id = row.id
    return Logged(
        interaction_id, tasks[0] if tasks else None, tasks, account, name, people, unmatched, parsed
    )


def contact(reads: Reads, interaction_id: int) -> Contact:
    """The contact as it can be edited. Raises NotFound."""
    found = queries.contact(reads, interaction_id)
    if found is None:
        raise _missing(interaction_id)
    return found


def save(wb: Workbench, changed: Contact, *, now: dt.datetime) -> None:
    """Keep an edited copy of a contact, its participants and tags included.

    Raises NotFound when it is gone, InvalidValue for an impossible duration or direction.
    """
    from cs_workbench.store.tables import Interaction, InteractionPerson, InteractionTag

    _check(changed)
    with wb.change(_("Edit contact")) as db:
        row = db.session.get(Interaction, changed.id)
        if row is None:
            raise _missing(changed.id)
        row.account_id, row.at = changed.account_id, changed.at
        row.channel, row.direction = changed.channel, changed.direction
        row.subject, row.body = seen(changed.subject), seen(changed.body)
        row.folded = fold(f"{row.subject} {row.body}")
        row.duration_min, row.sentiment = changed.duration_min, changed.sentiment
        row.shareable, row.updated_at = changed.shareable, now
        db.session.flush()
        for linked in (InteractionPerson, InteractionTag):
            db.session.query(linked).filter_by(interaction_id=changed.id).delete()
        _set_people_and_tags(db, changed.id, changed.people, changed.tags)


def delete(wb: Workbench, interaction_id: int) -> None:
    """Delete a contact; its tasks stay. Raises NotFound."""
    from cs_workbench.store.tables import Interaction

    with wb.change(_("Delete contact")) as db:
        row = db.session.get(Interaction, interaction_id)
        if row is None:
            raise _missing(interaction_id)
        db.session.delete(row)


def _refuse_unreadable(text: str) -> None:
    """Bytes that are no text in the terminal's encoding arrive as half characters; no file could keep them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InvalidValue(
            _("The line holds characters that cannot be read."),
            _("Type it again, or set the terminal to UTF-8. Nothing was logged."),
            code="unreadable_text",
        ) from None


def _refuse_empty(parsed: quicklog.QuickLog) -> None:
    if not (parsed.body or parsed.follow_ups or any(chip.kind == "channel" for chip in parsed.chips)):
        raise InvalidValue(
            _("The line says nothing about the contact."),
            _("Write what happened after the account, for example: @acme call 20m talked about renewal"),
            code="empty_log",
        )


def _account(reads: Reads, parsed: quicklog.QuickLog, account_id: int | None) -> int:
    if parsed.account:
        from cs_workbench.services.accounts import find_account

        return find_account(reads, parsed.account)
    if account_id is None:
        raise InvalidValue(
            _("The line names no account."), _("Begin it with @ and the account's name."), code="no_account"
        )
    if queries.account_name(reads, account_id) is None:
        raise NotFound(_("There is no account {id}.").format(id=account_id), id=account_id)
    return account_id


def _participants(
    known: list[mentions.Known], mentioned: tuple[quicklog.Mention, ...]
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    people: dict[int, None] = {}
    unmatched: list[str] = []
    for mention in mentioned:
        ids = mentions.match(mention.name, known, whole=mention.explicit)
        if len(ids) == 1:
            people[ids[0]] = None
        elif mention.explicit:
            unmatched.append(mention.name)
    return tuple(people), tuple(unmatched)


def _interaction(
    parsed: quicklog.QuickLog, account_id: int, at: dt.datetime, now: dt.datetime
) -> Interaction:
    from cs_workbench.store.tables import Interaction

    body = parsed.body or "\n".join(one.title for one in parsed.follow_ups)
    return Interaction(
        account_id=account_id,
        at=at,
        channel=parsed.channel,
        direction=parsed.direction,
        body=body,
        folded=fold(f" {body}"),
        duration_min=parsed.duration_min,
        created_at=now,
        updated_at=now,
    )


def _set_people_and_tags(
    db: Change, interaction_id: int, people: tuple[int, ...], tags: tuple[str, ...]
) -> None:
    from cs_workbench.store.tables import InteractionPerson, InteractionTag

    db.session.add_all(InteractionPerson(interaction_id=interaction_id, person_id=one) for one in people)
    db.session.add_all(InteractionTag(interaction_id=interaction_id, tag=tag) for tag in dict.fromkeys(tags))
    db.session.flush()


def _follow_ups(
    db: Change, contact: Interaction, parsed: quicklog.QuickLog, people: tuple[int, ...], language: str | None
) -> tuple[int, ...]:
    from cs_workbench.store.tables import Task

    words = i18n.catalogue(language or i18n.language())
    rows = []
    for one in parsed.follow_ups:
        title = one.title or (parsed.body.splitlines() or [""])[0][:_TITLE_MAX]
        rows.append(
            Task(
                account_id=contact.account_id,
                interaction_id=contact.id,
                person_id=people[0] if len(people) == 1 else None,
                kind=one.kind,
                title=title
                if one.title
                else words.gettext("Follow up: {what}").format(what=title or parsed.channel),
                due_on=one.due_on,
                created_at=contact.created_at,
            )
        )
    db.session.add_all(rows)
    db.session.flush()
    return tuple(row.id for row in rows)


def _check(changed: Contact) -> None:
    if changed.duration_min is not None and not 0 < changed.duration_min <= 24 * 60:
        raise InvalidValue(
            _("A contact lasts between a minute and a day."), _("Correct the duration."), field="duration_min"
        )
    if changed.direction not in ("in", "out", "both", "none"):
        raise InvalidValue(
            _("“{value}” is not a direction.").format(value=changed.direction),
            _("Choose in, out, both or none."),
            field="direction",
        )


def _missing(interaction_id: int) -> NotFound:
    return NotFound(
        _("The contact is not there any more."),
        _("It may have been deleted; Undo brings it back."),
        id=interaction_id,
    )
