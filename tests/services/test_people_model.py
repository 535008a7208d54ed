"""Random editing of people against plain records: the same people after every step, undo and redo."""

from __future__ import annotations

import copy
import datetime as dt
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from cs_workbench.errors import InvalidValue
from cs_workbench.services import account_edits, people_edits, portfolios, stakeholders
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()
ROLES = ("champion", "decision_maker", "user")
COMPANIES = ("Aoba", "Hinode", "Brightwater")
picks = st.integers(0, 30)
moods = st.sampled_from((None, "negative", "neutral", "positive"))


@dataclass
class Human:
    """A person of the model; ``boss`` by id."""

    account: int
    name: str
    influence: int | None = None
    mood: str | None = None
    boss: int | None = None
    left: dt.date | None = None
    moved_to: str | None = None
    note: str = ""
    roles: set[str] = field(default_factory=set)


World = dict[int, Human]


class PeopleModel(RuleBasedStateMachine):
    """``people`` is what must be on record, ``accounts`` by name; past and future hold both."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.wb: Workbench = portfolios.create(f"{self.folder}/p.csw", now=NOW, language="en")
        with self.wb.change("fill") as db:
            self.accounts = {name: add_account(db, name) for name in COMPANIES[:2]}
        self.people: World = {}
        self.past: list[tuple[World, dict[str, int]]] = []
        self.future: list[tuple[World, dict[str, int]]] = []
        self.made = 0

    def teardown(self) -> None:
        self.wb.close()
        shutil.rmtree(self.folder)

    def pick(self, number: int) -> tuple[int, Human]:
        person = sorted(self.people)[number % len(self.people)]
        return person, self.people[person]

    def now_is(self) -> tuple[World, dict[str, int]]:
        return copy.deepcopy(self.people), dict(self.accounts)

    def done(self) -> int:
        return sum(step.side == "undo" for step in self.wb.history())

    def keep(self, before: tuple[World, dict[str, int]]) -> None:
        """What moved no row left no step behind: nothing to undo, and what was undone can still be redone."""
        if self.done() > len(self.past) + 1:
            self.past.append(before)
            self.future.clear()
        else:
            assert before == self.now_is()

    def refused(self, act: Callable[[], object], code: str) -> None:
        steps = len(self.wb.history())
        with pytest.raises(InvalidValue) as told:
            act()
        assert told.value.code == code
        assert len(self.wb.history()) == steps

    def above(self, person: int | None, without: int = 0) -> list[int]:
        """Everybody over somebody, themselves first; ends where it would go round."""
        found: list[int] = []
        while person is not None and person in self.people and person not in found and person != without:
            found.append(person)
            person = self.people[person].boss
        return found

    @rule(company=st.sampled_from(COMPANIES[:2]))
    def add(self, company: str) -> None:
        before = self.now_is()
        self.made += 1
        account = self.accounts[company]
        person = account_edits.add_person(self.wb, account, f"Person{self.made}", now=NOW)
        assert person not in self.people
        self.people[person] = Human(account, f"Person{self.made}")
        self.keep(before)

    @precondition(lambda self: self.people)
    @rule(number=picks, influence=st.one_of(st.none(), st.integers(1, 5)), mood=moods)
    def place(self, number: int, influence: int | None, mood: str | None) -> None:
        person, human = self.pick(number)
        before = self.now_is()
        people_edits.place(self.wb, person, influence, mood, now=NOW)
        human.influence, human.mood = influence, mood
        self.keep(before)

    @precondition(lambda self: self.people)
    @rule(number=picks, roles=st.sets(st.sampled_from(ROLES)))
    def give_roles(self, number: int, roles: set[str]) -> None:
        person, human = self.pick(number)
        before = self.now_is()
        account_edits.set_roles(self.wb, person, tuple(sorted(roles)), now=NOW)
        human.roles = set(roles)
        self.keep(before)

    @precondition(lambda self: self.people)
    @rule(number=picks, other=picks)
    def report(self, number: int, other: int) -> None:
        (person, human), (boss, over) = self.pick(number), self.pick(other)
        before = self.now_is()

        def act() -> None:
            people_edits.set_boss(self.wb, person, boss, now=NOW)

        if human.account != over.account:
            self.refused(act, "elsewhere")
        elif over.left is not None and human.boss != boss:
            self.refused(act, "left")
        elif person in self.above(boss):
            self.refused(act, "circle")
        else:
            act()
            human.boss = boss
            self.keep(before)

    @precondition(lambda self: self.people)
    @rule(number=picks, ago=st.integers(0, 40))
    def leave(self, number: int, ago: int) -> None:
        person, human = self.pick(number)
        before = self.now_is()
        on = TODAY - dt.timedelta(days=ago)
        people_edits.leave(self.wb, person, on, now=NOW)
        human.left = on
        self.keep(before)

    @precondition(lambda self: self.people)
    @rule(number=picks)
    def come_back(self, number: int) -> None:
        person, human = self.pick(number)
        before = self.now_is()
        people_edits.come_back(self.wb, person, now=NOW)
        human.left = human.moved_to = None
        self.keep(before)

    @precondition(lambda self: self.people)
    @rule(number=picks, company=st.sampled_from(COMPANIES))
    def move(self, number: int, company: str) -> None:
        person, human = self.pick(number)
        before = self.now_is()
        if self.accounts.get(company) == human.account:
            self.refused(lambda: people_edits.move(self.wb, person, company, TODAY, now=NOW), "same")
            return
        new = people_edits.move(self.wb, person, company, TODAY, now=NOW)
        assert new is not None
        if company not in self.accounts:
            self.accounts[company] = int(
                self.wb.reads.scalar("select account_id from person where id=?", (new,))
            )
        account = self.accounts[company]
        there = [one for one in self.people.values() if (one.account, one.name) == (account, human.name)]
        human.left, human.moved_to = TODAY, company
        if there:
            assert new in self.people
            if self.people[new].left is not None:
                self.people[new].left = self.people[new].moved_to = None
        else:
            old = next(name for name, one in self.accounts.items() if one == human.account)
            self.people[new] = Human(account, human.name, mood=human.mood, note=f"Came from {old}.")
        self.keep(before)

    @precondition(lambda self: self.people)
    @rule(number=picks, other=picks)
    def merge(self, number: int, other: int) -> None:
        (keep, kept), (gone, lost) = self.pick(number), self.pick(other)
        before = self.now_is()

        def act() -> None:
            people_edits.merge(self.wb, keep, gone, now=NOW)

        if keep == gone:
            self.refused(act, "same")
            return
        if kept.account != lost.account:
            self.refused(act, "elsewhere")
            return
        act()
        kept.influence, kept.mood = kept.influence or lost.influence, kept.mood or lost.mood
        kept.roles |= lost.roles
        kept.boss = lost.boss if kept.boss in (None, gone) else kept.boss
        if kept.left is not None and lost.left is None:
            kept.left = kept.moved_to = None
        if lost.note and lost.note not in kept.note:
            kept.note = "\n".join(filter(None, (kept.note, lost.note)))
        del self.people[gone]
        for human in self.people.values():
            human.boss = keep if human.boss == gone else human.boss
        if kept.boss is not None and keep in self.above(kept.boss):
            kept.boss = None
        self.keep(before)

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        assert self.wb.undo()
        self.future.append((self.people, self.accounts))
        self.people, self.accounts = self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        assert self.wb.redo()
        self.past.append((self.people, self.accounts))
        self.people, self.accounts = self.future.pop()

    @invariant()
    def the_same_people_are_on_record(self) -> None:
        rows = self.wb.reads.all(
            """select id, account_id, name, influence, sentiment, reports_to_id, left_on, moved_to, note,
                      (select group_concat(role) from person_role r where r.person_id = p.id) from person p"""
        )
        seen = {
            row[0]: Human(*row[1:6], row[6] and dt.date.fromisoformat(row[6]), *row[7:9],
                          set((row[9] or "").split(",")) - {""})
            for row in rows
        }  # fmt: skip
        assert seen == self.people

    @invariant()
    def no_line_is_a_circle_and_the_map_can_be_read(self) -> None:
        for person, human in self.people.items():
            assert person not in self.above(human.boss)
        for account in self.accounts.values():
            found = stakeholders.stakeholder_map(self.wb.reads, account, TODAY)
            here = {
                one for one, human in self.people.items() if human.account == account and human.left is None
            }
            assert {one.id for one in found.here} == here == {seat.person for seat in found.seats}


PeopleModel.TestCase.settings = settings(
    max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestPeopleEditing = PeopleModel.TestCase
