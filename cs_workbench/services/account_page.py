"""The account page's head and Overview as one reading: who it is, how its health comes about, what is next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench import i18n
from cs_workbench.domain.renewal import Renewal, earliest, runs_at
from cs_workbench.domain.score_change import MeasureChange, PathToGreen, path_to_green, what_changed
from cs_workbench.domain.score_record import score_from_json, score_to_json
from cs_workbench.errors import NotFound
from cs_workbench.i18n import _
from cs_workbench.services import health, health_calls, onboarding_reading, readings, scorecards
from cs_workbench.services.health_calls import HealthCallRow
from cs_workbench.services.onboarding_reading import Underway
from cs_workbench.store import drafts
from cs_workbench.store.once import Once
from cs_workbench.store.queries import account_page as queries
from cs_workbench.store.queries import contracts as contract_queries
from cs_workbench.store.queries import snapshots
from cs_workbench.store.queries.account_page import HeadRow, NewRow, PersonRow, TaskRow
from cs_workbench.store.queries.contracts import ContractRow

if TYPE_CHECKING:
    from cs_workbench.domain.health import Score
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads

__all__ = [
    "ContractRow", "HeadRow", "HealthCallRow", "Labels", "NewRow", "Overview", "PersonRow", "TaskRow", "keep_score",
    "labels_of", "load", "mark_seen",
]  # fmt: skip

DONE_SHOWN_DAYS = 30


class Labels:
    """What the portfolio calls its stages, tiers, channels, roles and priorities, in both languages."""

    def __init__(self, entries: dict[tuple[str, str], tuple[str, str, bool]]) -> None:
        self._entries = entries

    def of(self, name: str, key: str | None) -> str:
        """The label of *key* on the list *name* in the language of now; the key itself where it is on no list."""
        if not key:
            return ""
        en, ja, _archived = self._entries.get((name, key), (key, key, False))
        return ja if i18n.language() == "ja" else en

    def choices(self, name: str) -> list[tuple[str, str]]:
        """(key, label) of the entries in use, in order."""
        return [
            (key, self.of(name, key))
            for (listed, key), (_en, _ja, archived) in self._entries.items()
            if listed == name and not archived
        ]

    def channel_words(self) -> dict[str, str]:
        """The words by which the contact log knows a channel: key and both labels, lower case → key."""
        return {
            word.lower(): key
            for (listed, key), (en, ja, _archived) in self._entries.items()
            if listed == "channel"
            for word in (key, en, ja)
            if word and " " not in word
        }


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the head and the Overview tab show as of ``today``.

    ``worth`` is the yearly value of running paid contracts by currency (empty: not known). ``score`` is computed
    now; ``before`` the one of the last look (None: never scored by then), dated ``since``; ``changes`` add up to
    their difference. ``path`` is None where green is out of reach; ``news`` came in since the last look. ``call`` is
    the CSM's newest call on the health, whatever became of it; ``by_hand`` the measures a person enters (→ role);
    ``onboarding`` the one under way, if there is one.
    """

    today: dt.date
    head: HeadRow
    labels: Labels
    worth: tuple[tuple[Decimal, str], ...]
    seats: int | None
    renewal: Renewal | None
    score: Score
    scorecard: str
    before: Score | None
    since: dt.date | None
    changes: tuple[MeasureChange, ...]
    path: PathToGreen | None
    news: tuple[NewRow, ...]
    tasks: tuple[TaskRow, ...]
    people: tuple[PersonRow, ...]
    call: HealthCallRow | None
    by_hand: Mapping[str, str]
    onboarding: Underway | None

    @property
    def called(self) -> HealthCallRow | None:
        """The CSM's call, where it counts today."""
        return self.call if self.call is not None and self.call.state(self.today) == "in_force" else None

    @property
    def band(self) -> str:
        """The final band: the CSM's call where one counts, else the computed one."""
        return health_calls.final_band(self.score.band, self.called)

    @property
    def measured(self) -> int:
        """How many measures carry the score."""
        return sum(one.points is not None for one in self.score.measures)


def load(reads: Reads, account_id: int, today: dt.date) -> Overview:
    """Read it all. The number of statements depends on the scorecard, never on how much is on record.

    Raises NotFound where there is no such account, InvalidValue where a stored scorecard cannot be used.
    """
    db = Once(reads)
    head = queries.head(db, account_id, today)
    if head is None:
        raise NotFound(
            _("The account is not there any more."),
            _("It may have been deleted; Undo or the trash brings it back."),
            id=account_id,
        )
    contracts = contract_queries.contracts(db, account_id)
    running = [one for one in contracts if runs_at(one.term, today) and not one.term.is_trial]
    score, path, card, by_hand = _scored(db, account_id, today, archived=head.archived)
    since = _since(head, today)
    before = None if head.detail is None else score_from_json(head.detail)
    return Overview(
        today=today,
        head=head,
        labels=labels_of(db),
        worth=_worth(running, head.currency or ""),
        seats=sum(one.seats or 0 for one in running) or None,
        renewal=earliest((one.term for one in contracts), today),
        score=score,
        scorecard=card,
        before=before,
        since=since or (before.as_of if before else None),
        changes=() if before is None else what_changed(before, score),
        path=path,
        news=tuple(one for one in head.newest if since is not None and one.at[:10] > since.isoformat()),
        tasks=queries.tasks(db, account_id, today),
        people=queries.people(db, account_id, today),
        call=head.call,
        by_hand=by_hand,
        onboarding=onboarding_reading.underway(head.onboarding, today),
    )


def labels_of(reads: Reads) -> Labels:
    """The portfolio's own words."""
    return Labels(queries.labels(reads))


def keep_score(wb: Workbench, score: Score, *, now: dt.datetime) -> bool:
    """Keep *score* as a snapshot of its day, so that lists show what the page shows; False where the day's newest
    snapshot says the same already.
    """
    if wb.database.read_only:
        return False
    newest = snapshots.latest_detail(wb.reads, score.account_id, score.as_of)
    detail = score_to_json(score)
    if newest == detail:
        return False
    at = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with wb.evidence(_("Score account")) as db:
        scorecards.install_default(db, now)
        ids = {(row.key, row.version): row.id for row in snapshots.scorecards(db)}
        row = (
            score.account_id, score.as_of.isoformat(), ids[score.scorecard_key, score.scorecard_version], score.score,
            score.band, score.coverage, score.low, score.high, detail, at,
        )  # fmt: skip
        snapshots.add_snapshots(db, [row])
        db.moved("snapshot")
    return True


def seen_last(reads: Reads, most: int) -> list[int]:
    """The accounts whose pages were looked at last, the newest first."""
    return queries.seen_last(reads, most)


def mark_seen(wb: Workbench, account_id: int, *, today: dt.date, now: dt.datetime) -> None:
    """Remember that the account was looked at today, and when the time before was; not an edit, never undone."""
    key = queries.seen_key(account_id)
    _before_last, last = _looks(drafts.draft(wb.reads, key))
    if wb.database.read_only or last == today:
        return
    body = f"{last.isoformat() if last else ''} {today.isoformat()}"
    with wb.evidence(_("Look at account")) as db:
        drafts.put_draft(db, key, body, now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def _scored(
    db: Reads, account_id: int, today: dt.date, *, archived: bool
) -> tuple[Score, PathToGreen | None, str, Mapping[str, str]]:
    """The score now, the shortest way to green, the scorecard's name and its measures entered by hand; an archived
    account shows its last score.
    """
    if archived:
        last = health.latest(db, account_id, today)
        if last is None:
            raise NotFound(_("The account was archived before it was ever scored."), id=account_id)
        return last, None, last.scorecard_key, {}
    score = health.score_of(db, account_id, today)
    (assigned,) = scorecards.assignments(db, today, account_id)
    path = path_to_green(assigned.card, score, assigned.age_months)
    return score, path, assigned.card.name or assigned.card.key, readings.by_hand(assigned.card)


def _since(head: HeadRow, today: dt.date) -> dt.date | None:
    """The last day before today on which the account was looked at."""
    before, last = _looks(head.looked)
    return before if last == today else last


def _looks(body: str) -> tuple[dt.date | None, dt.date | None]:
    before, _space, last = body.partition(" ")
    try:
        return (
            dt.date.fromisoformat(before) if before else None,
            dt.date.fromisoformat(last) if last else None,
        )
    except ValueError:
        return None, None


def _worth(running: list[ContractRow], own: str) -> tuple[tuple[Decimal, str], ...]:
    sums: dict[str, Decimal] = {}
    for one in running:
        if one.yearly is not None:
            code = one.currency or own
            sums[code] = sums.get(code, Decimal(0)) + one.yearly
    return tuple((value, code) for code, value in sums.items())
