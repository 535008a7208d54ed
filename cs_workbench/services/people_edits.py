"""Writing people: their place on the map, who they report to, leaving, coming back, moving company, merging doubles.

Each verb is one undo step; adding somebody and editing single fields is ``account_edits``.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from cs_workbench.domain.matching import company_domain
from cs_workbench.domain.stakeholders import would_loop
from cs_workbench.domain.text import name_key, name_of
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _
from cs_workbench.services.stakeholders import MOODS
from cs_workbench.services.typed_days import possible_day
from cs_workbench.store.people import repoint
from cs_workbench.store.queries import people as queries

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change

_FILLED = (
    "reading",
    "title",
    "department",
    "email",
    "phone",
    "mobile",
    "influence",
    "sentiment",
    "reports_to_id",
)
"""What the one kept takes over from a double where it has nothing itself."""


def place(
    wb: Workbench, person_id: int, influence: int | None, sentiment: str | None, *, now: dt.datetime
) -> None:
    """Set a person's influence (1–5) and sentiment together: a place on the map. None is not known.

    Raises InvalidValue for a figure or word that is neither, NotFound.
    """
    if influence is not None and not 1 <= influence <= 5:
        raise InvalidValue(_("Influence is 1 to 5."), field="influence")
    if sentiment is not None and sentiment not in MOODS:
        raise InvalidValue(_("“{value}” is not on the list.").format(value=sentiment), field="sentiment")
    with wb.change(_("Move on the map")) as db:
        row = _person(db, person_id)
        row.influence, row.sentiment, row.updated_at = influence, sentiment, now


def set_boss(wb: Workbench, person_id: int, boss_id: int | None, *, now: dt.datetime) -> None:
    """Let a person report to another of the same account, or to nobody. Raises InvalidValue with the reason where
    that would close a circle (code ``circle``) or the other is of another account or has left; NotFound.
    """
    with wb.change(_("Change reporting line")) as db:
        row = _person(db, person_id)
        if boss_id is not None:
            boss = _person(db, boss_id)
            _refuse_boss(db, row, boss)
        row.reports_to_id, row.updated_at = boss_id, now


def _refuse_boss(db: Change, row: Any, boss: Any) -> None:
    if boss.account_id != row.account_id:
        raise InvalidValue(
            _("{boss} is at another company.").format(boss=boss.name),
            _("Reporting lines stay inside one company."),
            code="elsewhere", field="boss",
        )  # fmt: skip
    if boss.status == "left" and row.reports_to_id != boss.id:
        raise InvalidValue(
            _("{boss} has left.").format(boss=boss.name), _("Choose somebody who is still there."), code="left",
            field="boss",
        )  # fmt: skip
    if boss is row:
        raise InvalidValue(_("Nobody reports to themselves."), code="circle", field="boss")
    if would_loop(queries.lines(db, row.account_id), row.id, boss.id):
        raise InvalidValue(
            _("{boss} already reports to {name}, directly or through others: the line would be a circle.").format(
                boss=boss.name, name=row.name
            ),
            _("First let {boss} report to somebody else.").format(boss=boss.name), code="circle", field="boss",
        )  # fmt: skip


def leave(wb: Workbench, person_id: int, on: dt.date, *, now: dt.datetime) -> None:
    """Note that somebody leaves on a day, past or to come; contacts, tasks and lines stay. Raises NotFound."""
    possible_day(on, "on")
    with wb.change(_("Person left")) as db:
        row = _person(db, person_id)
        row.status, row.left_on, row.updated_at = "left", on, now


def come_back(wb: Workbench, person_id: int, *, now: dt.datetime) -> None:
    """Somebody is still there after all, or again. Raises NotFound."""
    with wb.change(_("Person is back")) as db:
        row = _person(db, person_id)
        row.status, row.updated_at = "active", now
        row.left_on = row.moved_to = row.moved_to_account_id = None


def move(
    wb: Workbench, person_id: int, company: str, on: dt.date, *, account: bool = True, title: str = "",
    now: dt.datetime,
) -> int | None:  # fmt: skip
    """Somebody goes to another company: closed at the old account with the day and where to, made anew at the new one.

    *company* is an account of that name or, with *account*, becomes one; without, only the name is noted. Roles and
    influence stay behind, what they think of us and their mobile number travel. Returns the id of the person at the
    new account (the one already there under that name, where there is one), None where there is no account.
    Raises InvalidValue for no company or the same one, NotFound.
    """
    name = name_of(company)
    if not name:
        raise InvalidValue(_("Where do they go?"), _("Type the company's name."), field="company")
    possible_day(on, "on")
    with wb.change(_("Person moved company")) as db:
        row = _person(db, person_id)
        account_id = queries.accounts_like(db, (name_key(name),)).get(name_key(name))
        if account_id is not None and account_id == row.account_id:
            raise InvalidValue(
                _("That is the company they are at."), _("Type the new one."), code="same", field="company"
            )
        if account_id is None and account:
            account_id = _new_account(db, name, now)
        row.status, row.left_on, row.moved_to, row.updated_at = "left", on, name, now
        row.moved_to_account_id = account_id
        return None if account_id is None else _arrived(db, row, account_id, name_of(title), now)


def _new_account(db: Change, name: str, now: dt.datetime) -> int:
    from cs_workbench.store.tables import Account

    made = Account(name=name, name_key=name_key(name), created_at=now, updated_at=now)
    db.session.add(made)
    db.session.flush()
    return made.id


def _arrived(db: Change, row: Any, account_id: int, title: str, now: dt.datetime) -> int:
    from cs_workbench.store.tables import Person

    known = db.session.query(Person).filter_by(account_id=account_id, name_key=row.name_key).first()
    if known is not None and not _is_another(known, row):
        if known.status == "left":
            known.status, known.left_on, known.moved_to, known.moved_to_account_id = (
                "active",
                None,
                None,
                None,
            )
        known.title = title or known.title
        known.updated_at = now
        return int(known.id)
    before = queries.account(db, row.account_id) if row.account_id else None
    came = _("Came from {account}.").format(account=before[0]) if before else ""
    own_mail = row.email if row.email and company_domain(row.email) is None else None
    made = Person(
        account_id=account_id, name=row.name, reading=row.reading, name_key=row.name_key, title=title or None,
        email=own_mail, mobile=row.mobile, sentiment=row.sentiment, note=came, created_at=now, updated_at=now,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made.id


def _is_another(known: Any, row: Any) -> bool:
    """Whether a namesake at the new company is somebody else: at work there with a number or mail of their own."""
    if known.status == "left":
        return False
    told = ((known.mobile, row.mobile), (known.email, row.email))
    return any(one and other and one.strip().casefold() != other.strip().casefold() for one, other in told)


def merge(wb: Workbench, keep_id: int, gone_id: int, *, now: dt.datetime) -> None:
    """Make two records of one person one: contacts, answers, tasks, plan steps, roles and reporting lines follow, and
    what the one kept does not know is taken over. One undo brings both back.

    Raises InvalidValue for one and the same, or people of two companies (enter the move instead); NotFound.
    """
    with wb.change(_("Merge people")) as db:
        keep, gone = _person(db, keep_id), _person(db, gone_id)
        if keep is gone:
            raise InvalidValue(
                _("That is the same person."), _("Choose the other one."), code="same", field="person"
            )
        if keep.account_id != gone.account_id:
            raise InvalidValue(
                _("They are at two companies."), _("Enter the move instead; the history of both stays."),
                code="elsewhere", field="person",
            )  # fmt: skip
        _take_over(db, keep, gone)
        keep.updated_at = now
        db.session.flush()
        db.session.expunge(gone)
        repoint(db, gone_id, keep_id)


def _take_over(db: Change, keep: Any, gone: Any) -> None:
    lines = queries.lines(db, keep.account_id) if keep.account_id else {}
    if keep.reports_to_id == gone.id:
        keep.reports_to_id = None
    for name in _FILLED:
        if getattr(keep, name) in (None, ""):
            setattr(keep, name, getattr(gone, name))
    merged = {one: keep.id if boss == gone.id else boss for one, boss in lines.items() if one != gone.id}
    if keep.reports_to_id is not None and would_loop(merged, keep.id, keep.reports_to_id):
        keep.reports_to_id = None  # the line between the two would have become a circle
    if gone.status == "active" and keep.status == "left":
        keep.status = "active"
        keep.left_on = keep.moved_to = keep.moved_to_account_id = None
    if gone.note.strip() and gone.note.strip() not in keep.note:
        keep.note = "\n".join(filter(None, (keep.note.strip(), gone.note.strip())))


def _person(db: Change, person_id: int) -> Any:
    from cs_workbench.store.tables import Person

    row = db.session.get(Person, person_id)
    if row is None:
        raise NotFound(_("That person is not there any more."), _("Undo brings them back."), id=person_id)
    return row
