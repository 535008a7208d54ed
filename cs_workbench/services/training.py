"""Training sessions: who of which account came and completed it, what they are a means of, how far seats are covered.

Each verb is one undoable change.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from cs_workbench.domain.text import name_key, name_of, seen
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _, mark
from cs_workbench.services.typed_days import typed_day
from cs_workbench.store.queries import onboarding as account_queries
from cs_workbench.store.queries import training as queries
from cs_workbench.store.queries.training import AttendeeRow, CoverageRow, MeansRow, SessionRow

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads

__all__ = [
    "KINDS", "AttendeeRow", "Board", "CoverageRow", "MeansRow", "SessionRow", "SessionView", "add", "add_attendee",
    "board", "edit", "of_account", "read", "remove", "remove_attendee", "set_attendee",
]  # fmt: skip

KINDS = {
    "training": mark("Training"), "enablement": mark("Enablement"), "webinar": mark("Webinar"),
    "workshop": mark("Workshop"), "community": mark("Community"),
}  # fmt: skip
MOST_HEADS = 100_000
MOST_MINUTES = 60 * 24 * 5
_DIGITS = 9
Field: TypeAlias = Literal["title", "kind", "held_on", "minutes", "means", "note"]


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session with who came. ``held`` is False for one planned for a later day."""

    row: SessionRow
    attendees: tuple[AttendeeRow, ...]
    held: bool

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def heads(self) -> int:
        """How many came."""
        return sum(one.heads for one in self.attendees)

    @property
    def completed(self) -> int:
        """How many of them completed it."""
        return sum(one.heads for one in self.attendees if one.completed)

    @property
    def accounts(self) -> tuple[str, ...]:
        """The accounts they came from, each once."""
        return tuple(dict.fromkeys(one.account for one in self.attendees))


@dataclass(frozen=True, slots=True)
class Board:
    """All sessions, the newest first; how far each customer is trained; what a session can be tied to."""

    as_of: dt.date
    sessions: tuple[SessionView, ...]
    coverage: tuple[CoverageRow, ...]
    means: tuple[MeansRow, ...]
    accounts: tuple[tuple[int, str], ...]

    @property
    def seats(self) -> tuple[int, int]:
        """(people trained, seats contracted) over customers with seats on record."""
        counted = [one for one in self.coverage if one.seats]
        return sum(min(one.trained, one.seats or 0) for one in counted), sum(
            one.seats or 0 for one in counted
        )


def board(reads: Reads, as_of: dt.date) -> Board:
    """Everything the view shows; a constant number of statements."""
    coverage = queries.coverage(reads, as_of)
    accounts = tuple((one.account_id, one.account) for one in coverage)
    return Board(as_of, _views(reads, as_of, None), coverage, queries.means(reads), accounts)


def of_account(
    reads: Reads, account_id: int, as_of: dt.date
) -> tuple[tuple[SessionView, ...], CoverageRow | None]:
    """The sessions somebody of the account attended (with only its own attendees), and how far it is trained."""
    found = queries.coverage(reads, as_of, account_id)
    return _views(reads, as_of, account_id), (found[0] if found else None)


def read(field: Field, text: str, today: dt.date) -> object:
    """What was typed as the value to keep. Raises InvalidValue with what to type instead."""
    words = seen(text).strip()
    if field == "title":
        if not name_of(words):
            raise InvalidValue(_("A session needs a title."), _("Write what it was about."), field=field)
        return name_of(words)
    if field == "kind" and words not in KINDS:
        raise InvalidValue(_("“{value}” is not on the list.").format(value=words[:80]), field=field)
    if field == "held_on":
        return typed_day(words, today, field)
    if field == "minutes":
        return _minutes(words)
    if field == "means":
        return int(words) if words.isdecimal() and int(words) else None
    return words


def add(
    wb: Workbench, title: str, *, held_on: dt.date, kind: str = "training", minutes: int | None = None,
    means_id: int | None = None, note: str = "",
) -> int:  # fmt: skip
    """Add a session and return its id. Raises InvalidValue for an empty title or an unknown kind."""
    from cs_workbench.store.tables import TrainingSession

    words, sort = str(read("title", title, held_on)), str(read("kind", kind, held_on))
    with wb.change(_("Add training session")) as db:
        row = TrainingSession(
            title=words,
            kind=sort,
            held_on=held_on,
            minutes=minutes,
            means_id=means_id,
            note=seen(note).strip(),
        )
        db.session.add(row)
        db.session.flush()
        return row.id


def edit(wb: Workbench, session_id: int, field: Field, text: str, *, today: dt.date) -> None:
    """Keep one field of a session as typed. Raises InvalidValue, NotFound."""
    value = read(field, text, today)
    with wb.change(_("Edit training session")) as db:
        setattr(_session(db, session_id), "means_id" if field == "means" else field, value)


def remove(wb: Workbench, session_id: int) -> None:
    """Delete a session with its attendance. Raises NotFound."""
    with wb.change(_("Delete training session")) as db:
        db.session.delete(_session(db, session_id))


def add_attendee(
    wb: Workbench, session_id: int, account_id: int, who: str, *, completed: bool = False
) -> int:
    """Note who came of an account: a number of heads, or somebody's name; returns the attendance's id.

    A number replaces the account's number of before. Raises InvalidValue for a name nobody there has, or where the
    person is on the list already; NotFound.
    """
    from cs_workbench.store.tables import TrainingAttendee

    words = seen(who).strip()
    number = _heads(words) if words.lstrip("×x+").strip().isdecimal() else None
    person = None if number is not None else _person(wb.reads, account_id, words)
    before = queries.same_attendee(wb.reads, session_id, account_id, person)
    if before is not None and person is not None:
        raise InvalidValue(
            _("{name} is on the list already.").format(name=words[:80]), code="twice", field="who"
        )
    with wb.change(_("Add attendance")) as db:
        _session(db, session_id)
        row = None if before is None else db.session.get(TrainingAttendee, before)
        if row is None:
            row = TrainingAttendee(session_id=session_id, account_id=account_id, person_id=person,
                                   completed=completed)  # fmt: skip
            db.session.add(row)
        row.heads = number or 1
        db.session.flush()
        return row.id


def set_attendee(
    wb: Workbench, attendee_id: int, *, completed: bool | None = None, heads: str | None = None
) -> None:
    """Say whether they completed it, or how many came. Raises InvalidValue, NotFound."""
    number = None if heads is None else _heads(heads)
    with wb.change(_("Change attendance")) as db:
        row = _attendee(db, attendee_id)
        if completed is not None:
            row.completed = completed
        if number is not None:
            if row.person_id is not None and number != 1:
                raise InvalidValue(_("A person counts as one."), code="heads", field="heads")
            row.heads = number


def remove_attendee(wb: Workbench, attendee_id: int) -> None:
    """Take an attendance off a session. Raises NotFound."""
    with wb.change(_("Remove attendance")) as db:
        db.session.delete(_attendee(db, attendee_id))


def account_named(reads: Reads, words: str) -> int:
    """The account a person means; see accounts.find_account. Raises NotFound with candidates."""
    from cs_workbench.services.accounts import find_account

    found = find_account(reads, words)
    if account_queries.account_known(reads, found) is None:
        raise _gone(found)
    return found


def _views(reads: Reads, as_of: dt.date, account_id: int | None) -> tuple[SessionView, ...]:
    came = queries.attendees(reads, account_id)
    return tuple(
        SessionView(row, came.get(row.id, ()), row.held_on <= as_of)
        for row in queries.sessions(reads, account_id)
    )


def _person(reads: Reads, account_id: int, words: str) -> int:
    known = queries.people(reads, account_id)
    key = name_key(words)
    exact = [number for number, name in known if name_key(name) == key]
    near = [number for number, name in known if key and name_key(name).startswith(key)]
    found = exact[:1] or (near if len(near) == 1 else [])
    if not found:
        raise InvalidValue(
            _("Nobody called “{name}” is on record here.").format(name=words[:80]),
            _("Type how many came, or add the person to the account first."), field="who",
        )  # fmt: skip
    return found[0]


def _heads(text: str) -> int:
    digits = seen(text).strip().lstrip("×x+").strip()
    number = int(digits) if digits.isdecimal() and len(digits) <= _DIGITS else 0
    if not 1 <= number <= MOST_HEADS:
        raise InvalidValue(
            _("“{value}” is not a number of people.").format(value=text[:40]),
            _("Type 1 or more."),
            field="heads",
        )
    return number


def _minutes(words: str) -> int | None:
    if not words:
        return None
    hours, colon, rest = words.partition(":")
    if colon and hours.isdecimal() and rest.isdecimal() and len(words) <= _DIGITS:
        number = int(hours) * 60 + int(rest)
    else:
        digits = words.removesuffix("min").removesuffix("分").strip()
        number = int(digits) if digits.isdecimal() and len(digits) <= _DIGITS else 0
    if not 1 <= number <= MOST_MINUTES:
        raise InvalidValue(_("“{value}” is not a length of time.").format(value=words[:40]),
                           _("Type minutes, or 1:30."), field="minutes")  # fmt: skip
    return number


def _session(db: Change, session_id: int) -> Any:
    from cs_workbench.store.tables import TrainingSession

    row = db.session.get(TrainingSession, session_id)
    if row is None:
        raise _gone(session_id)
    return row


def _attendee(db: Change, attendee_id: int) -> Any:
    from cs_workbench.store.tables import TrainingAttendee

    row = db.session.get(TrainingAttendee, attendee_id)
    if row is None:
        raise _gone(attendee_id)
    return row


def _gone(record_id: int) -> NotFound:
    return NotFound(
        _("It is not there any more."), _("It may have been deleted; Undo brings it back."), id=record_id
    )
