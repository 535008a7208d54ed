"""Product feedback by theme: the accounts that ask, the revenue behind them, and whom to tell what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench.domain.money import Amount, Rate, total
from cs_workbench.domain.text import name_of, seen
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import account_list
from cs_workbench.store import rates as rate_queries
from cs_workbench.store.queries import voice_loops as queries
from cs_workbench.store.queries.voice_loops import FeedbackRow, Heard, ThemeRow

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads
    from cs_workbench.store.tables import Feedback, Theme

__all__ = ["STATUSES", "FeedbackRow", "ThemeLine", "ThemeRow", "themes_of"]

STATUSES: dict[str, str] = {
    "open": mark("Collecting"), "planned": mark("Planned"), "shipped": mark("Shipped"), "declined": mark("Declined"),
}  # fmt: skip
DECIDED = frozenset(("planned", "shipped", "declined"))
"""Statuses of which the customers who asked are told."""


@dataclass(frozen=True, slots=True)
class Revenue:
    """Yearly revenue of accounts in one currency; ``amount`` None where a rate is missing, ``unknown`` without ARR."""

    amount: Decimal | None
    currency: str
    unknown: int


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme with what was said on it, newest first, the revenue of the accounts behind it, and whom to tell.

    ``theme`` is None for what has no theme yet.
    """

    theme: ThemeRow | None
    said: tuple[FeedbackRow, ...]
    accounts: tuple[str, ...]
    revenue: Revenue

    @property
    def to_tell(self) -> tuple[FeedbackRow, ...]:
        """Those who asked and were not told of the decision yet."""
        if self.theme is None or self.theme.status not in DECIDED:
            return ()
        decided = self.theme.decided_on or dt.date.min
        return tuple(one for one in self.said if one.told_back_on is None or one.told_back_on < decided)


def themes_of(reads: Reads, as_of: dt.date) -> tuple[ThemeLine, ...]:
    """Every theme, most revenue first, and last what has no theme yet; each account counts once a theme."""
    rows = queries.feedback(reads)
    arr = {
        int(row[account_list.ID]): (row[account_list.ARR], str(row[account_list.CURRENCY] or ""))
        for row in account_list.rows(reads, as_of.isoformat())
    }
    own = queries.own_currency(reads)
    rates = tuple(
        Rate(one.currency, dt.date.fromisoformat(one.on_date), Decimal(one.rate))
        for one in rate_queries.rates(reads)
    )
    themes: list[ThemeRow | None] = [*queries.themes(reads), None]
    lines = []
    for theme in themes:
        said = tuple(one for one in rows if one.theme_id == (theme.id if theme is not None else None))
        ids = dict.fromkeys(one.account_id for one in said)
        names = tuple(dict.fromkeys(one.account for one in said))
        if theme is not None or said:
            lines.append(ThemeLine(theme, said, names, _revenue(ids, arr, own, rates, as_of)))
    return tuple(
        sorted(lines, key=lambda one: (one.theme is None, -(one.revenue.amount or 0), -len(one.said)))
    )


def add_theme(wb: Workbench, name: str, keywords: str = "") -> int:
    """Add a theme; returns its id. Raises InvalidValue without a name or for one that exists."""
    from cs_workbench.store.tables import Theme

    with wb.change(_("Add theme")) as db:
        row = Theme(name=_name(db, name), keywords=seen(keywords).strip())
        db.session.add(row)
        db.session.flush()
        return row.id


def edit_theme(wb: Workbench, theme_id: int, field: str, text: str, *, today: dt.date) -> None:
    """Keep name, keywords, status or note of a theme; a new status that decides it keeps *today* as the day."""
    with wb.change(_("Edit theme")) as db:
        row = _theme(db, theme_id)
        if field == "name":
            row.name = _name(db, text, theme_id)
        elif field == "keywords":
            row.keywords = "\n".join(
                dict.fromkeys(one.strip() for one in seen(text).splitlines() if one.strip())
            )
        elif field == "note":
            row.note = seen(text).strip()
        elif field == "status" and text in STATUSES:
            if row.status != text:
                row.decided_on = today if text in DECIDED else None
            row.status = text
        else:
            raise InvalidValue(_("A theme has no field “{field}”.").format(field=field), code="field")


def delete_theme(wb: Workbench, theme_id: int) -> None:
    """Delete a theme; what was said on it stays, without a theme."""
    with wb.change(_("Delete theme")) as db:
        db.session.delete(_theme(db, theme_id))


def add(
    wb: Workbench, account_id: int, said: str, *, on: dt.date, theme_id: int | None = None,
    person_id: int | None = None,
) -> int:  # fmt: skip
    """Write feedback down by hand; returns its id. Raises InvalidValue without words."""
    from cs_workbench.store.tables import Feedback

    words = seen(said).strip()
    if not words:
        raise InvalidValue(_("What they said is missing."), _("Write it in their own words."), field="said")
    with wb.change(_("Add feedback")) as db:
        if not queries.has_account(db, account_id):
            raise NotFound(_("There is no account {id}.").format(id=account_id), id=account_id)
        row = Feedback(account_id=account_id, person_id=person_id, theme_id=theme_id, said=words, said_on=on)
        db.session.add(row)
        db.session.flush()
        return row.id


def put_on(wb: Workbench, chosen: Iterable[tuple[Heard, int | None]]) -> tuple[int, ...]:
    """Keep what was heard as feedback on its theme (None: on none), as one step; what is kept already is left alone."""
    from cs_workbench.store.tables import Feedback

    pairs = list(chosen)
    name = ngettext("Sort {count} comment by theme", "Sort {count} comments by theme", len(pairs))
    made = []
    with wb.change(name.format(count=len(pairs))) as db:
        for heard, theme_id in pairs:
            column = "survey_id" if heard.source == "survey" else "ticket_id"
            if queries.has_feedback(db, heard.source, heard.id, theme_id):
                continue
            row = Feedback(
                account_id=heard.account_id, person_id=heard.person_id, theme_id=theme_id, said=heard.said,
                said_on=heard.said_on, **{column: heard.id},
            )  # fmt: skip
            db.session.add(row)
            db.session.flush()
            made.append(row.id)
    return tuple(made)


def move(wb: Workbench, feedback_ids: Sequence[int], theme_id: int | None) -> None:
    """Put feedback on another theme, as one step."""
    with wb.change(_("Change theme")) as db:
        if theme_id is not None:
            _theme(db, theme_id)
        for number in feedback_ids:
            _row(db, number).theme_id = theme_id


def told(wb: Workbench, feedback_ids: Sequence[int], on: dt.date | None) -> None:
    """Those who asked were told on that day what came of it; None takes it back. Raises InvalidValue for too early."""
    with wb.change(_("Tell back")) as db:
        for number in feedback_ids:
            row = _row(db, number)
            if on is not None and on < row.said_on:
                raise InvalidValue(
                    _("This day is before they spoke ({day}).").format(day=row.said_on.isoformat()),
                    _("Choose a later day."), field="told_back_on",
                )  # fmt: skip
            row.told_back_on = on


def delete(wb: Workbench, feedback_ids: Sequence[int]) -> None:
    """Delete feedback; a comment it rests on may be suggested again."""
    with wb.change(_("Delete feedback")) as db:
        for number in feedback_ids:
            db.session.delete(_row(db, number))


def _revenue(
    ids: Iterable[int], arr: dict[int, tuple[object, str]], own: str, rates: Sequence[Rate], as_of: dt.date
) -> Revenue:
    known = [arr.get(one, (None, "")) for one in ids]
    amounts = [Amount(Decimal(str(value)).scaleb(-4), code) for value, code in known if value is not None]
    unknown = sum(1 for value, _code in known if value is None)
    if not amounts:
        return Revenue(None, own, unknown)
    summed = total(amounts, own, rates, as_of)
    return Revenue(summed.value, summed.currency or own, unknown)


def _name(db: Change, text: str, theme_id: int = 0) -> str:
    name = name_of(text)
    if not name:
        raise InvalidValue(_("A theme needs a name."), _("Name the cause, as customers would."), field="name")
    if queries.theme_named(db, name, theme_id):
        raise InvalidValue(_("There is a theme “{name}” already.").format(name=name), _("Choose another name."),
                           field="name")  # fmt: skip
    return name


def _theme(db: Change, theme_id: int) -> Theme:
    from cs_workbench.store.tables import Theme

    row = db.session.get(Theme, theme_id)
    if row is None:
        raise NotFound(_("This theme is gone."), id=theme_id)
    return row


def _row(db: Change, feedback_id: int) -> Feedback:
    from cs_workbench.store.tables import Feedback

    row = db.session.get(Feedback, feedback_id)
    if row is None:
        raise NotFound(_("This feedback is gone."), id=feedback_id)
    return row
