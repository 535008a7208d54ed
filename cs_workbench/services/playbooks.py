"""Playbooks: ordered steps for a situation, suggested by signals; starting one makes its tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_workbench import paths
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _, mark
from cs_workbench.store.queries import contacts as queries

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads
    from cs_workbench.store.tables import Task

LANGUAGES = ("en", "ja")
ROLES = {
    "csm": mark("CSM"),
    "sales": mark("Sales"),
    "support": mark("Support"),
    "product": mark("Product"),
    "management": mark("Management"),
    "customer": mark("The customer"),
}
"""Who does a step. One of the customer's becomes a promise of theirs, the others tasks of ours."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: ``after`` so many days from the start, who does it, how one sees it is done, a word of advice."""

    title: str
    after: int
    owner: str
    done: str
    coach: str


@dataclass(frozen=True, slots=True)
class Playbook:
    """A playbook in one language. ``signals`` are the rules and ``stages`` the stages that suggest it."""

    key: str
    title: str
    purpose: str
    exit: str
    signals: tuple[str, ...]
    stages: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def days(self) -> int:
        """How many days its steps reach."""
        return max(step.after for step in self.steps)


@dataclass(frozen=True, slots=True)
class Offer:
    """A playbook for one account: what suggests it (a signal's rule or a stage, "" for nothing), whether it runs."""

    playbook: Playbook
    reason: str
    running: bool


@dataclass(frozen=True, slots=True)
class Started:
    """What was started, for whom, and the tasks made."""

    title: str
    account: str
    task_ids: tuple[int, ...]


def playbooks(language: str) -> tuple[Playbook, ...]:
    """Those that come with the program, in *language* ("en" or "ja"; another one is English)."""
    spoken = language if language in LANGUAGES else "en"
    return tuple(_playbook(one, spoken) for one in _all())


def offers(reads: Reads, account_id: int, now: dt.datetime, *, language: str, first: str = "") -> list[Offer]:
    """Every playbook for an account, suggested ones first: that of the rule *first*, then those of its other signals
    in their order of today, then that of its stage.

    Raises NotFound for the account.
    """
    from cs_workbench.services import today

    known = queries.account_for_tasks(reads, account_id)
    if known is None:
        raise _missing(account_id)
    rules = [
        one.signal.rule for one in today.board(reads, now).reasons if one.signal.account_id == account_id
    ]
    reasons = [first, *rules] if first else rules
    begun = _open_titles(reads, account_id)
    found = [
        Offer(one, _reason(one, reasons, known.stage), not begun.isdisjoint(step.title for step in one.steps))
        for one in playbooks(language)
    ]
    return sorted(found, key=lambda one: _rank(one, reasons))


def start(
    wb: Workbench, account_id: int, key: str, *, today: dt.date, now: dt.datetime, language: str
) -> Started:
    """Make a task of each step, as one undoable change; the days count from *today*.

    Raises NotFound for the account or the playbook, InvalidValue where one of its steps is still open there.
    """
    playbook = next((one for one in playbooks(language) if one.key == key), None)
    if playbook is None:
        raise NotFound(_("There is no playbook “{name}”.").format(name=key), candidates=[])
    account = queries.account_for_tasks(wb.reads, account_id)
    if account is None:
        raise _missing(account_id)
    if _under_way(wb.reads, account_id, key):
        raise InvalidValue(
            _("“{playbook}” is under way for {account}.").format(
                playbook=playbook.title, account=account.name
            ),
            _("Finish or delete its open tasks first. Nothing was added."),
            code="under_way",
        )
    with wb.change(_("Start playbook – {playbook}").format(playbook=playbook.title)) as db:
        rows = tasks_of(playbook, account_id, account.owner, today=today, now=now)
        db.session.add_all(rows)
        db.session.flush()
        made = tuple(row.id for row in rows)
    return Started(playbook.title, account.name, made)


def tasks_of(
    playbook: Playbook, account_id: int, owner: str | None, *, today: dt.date, now: dt.datetime
) -> list[Task]:
    """The task of each step for one account, not kept yet."""
    from cs_workbench.store.tables import Task

    return [
        Task(
            account_id=account_id,
            kind="promise_theirs" if step.owner == "customer" else "task",
            title=step.title,
            owner=_owner(step, owner),
            due_on=today + dt.timedelta(days=step.after),
            note=_note(playbook, step),
            created_at=now,
        )
        for step in playbook.steps
    ]


def under_way(reads: Reads, account_id: int, key: str) -> bool:
    """Whether a step of a playbook is open there, in whichever language it was started."""
    return _under_way(reads, account_id, key)


def _owner(step: Step, of_account: str | None) -> str | None:
    if step.owner == "csm":
        return of_account
    return None if step.owner == "customer" else _(ROLES[step.owner])


def _note(playbook: Playbook, step: Step) -> str:
    said = (playbook.title, _("Done when: {exit}").format(exit=step.done), step.coach)
    return "\n".join(said)


def _reason(playbook: Playbook, rules: Iterable[str], stage: str | None) -> str:
    by_signal = next((rule for rule in rules if rule in playbook.signals), "")
    return by_signal or (stage if stage is not None and stage in playbook.stages else "")


def _rank(offer: Offer, reasons: list[str]) -> tuple[bool, bool, int]:
    """What is suggested and not under way first; a signal before a stage; the rest as they come."""
    place = reasons.index(offer.reason) if offer.reason in reasons else len(reasons)
    return offer.running or not offer.reason, not offer.reason, place


def _open_titles(reads: Reads, account_id: int) -> set[str]:
    return {one.title for one in queries.tasks(reads, account_id=account_id)}


def _under_way(reads: Reads, account_id: int, key: str) -> bool:
    """Whether a step of a playbook is open there, in whichever language it was started."""
    begun = _open_titles(reads, account_id)
    spoken = [one for language in LANGUAGES for one in playbooks(language) if one.key == key]
    return any(not begun.isdisjoint(step.title for step in one.steps) for one in spoken)


def _playbook(data: Mapping[str, Any], language: str) -> Playbook:
    def word(name: str, of: Mapping[str, Any] = data) -> str:
        return str(of[f"{name}_{language}"])

    steps = tuple(
        Step(str(one[language]), int(one["after"]), str(one["owner"]), word("done", one), word("coach", one))
        for one in data["steps"]
    )
    return Playbook(
        str(data["key"]), str(data[language]), word("purpose"), word("exit"), tuple(data["signals"]),
        tuple(data["stages"]), steps,
    )  # fmt: skip


def _all() -> list[dict[str, Any]]:
    import tomllib

    with open(paths.resources("defaults", "playbooks.toml"), "rb") as file:
        data: list[dict[str, Any]] = tomllib.load(file)["playbook"]
    return data


def _missing(account_id: int) -> NotFound:
    return NotFound(_("There is no account {id}.").format(id=account_id), id=account_id)
