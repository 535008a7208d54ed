"""The stakeholder map as it is read: coverage by tier, what is wanting and what to do, who leaves, known elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench import i18n
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import (
    account_tabs,
    briefing_people,
    people_words,
    portfolios,
    required_roles,
    stakeholders,
)
from cs_workbench.services.stakeholders import StakeholderMap
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.once import Once
from tests.builders_people import NOW, TODAY, aoba, give_role, talk
from tests.builders_store import add_account, add_person, add_task


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        yield workbench


@pytest.fixture
def ids(wb: Workbench) -> dict[str, int]:
    with wb.change("fill") as db:
        return aoba(db)


def shown(wb: Workbench, account: int) -> StakeholderMap:
    return stakeholders.stakeholder_map(wb.reads, account, TODAY)


def test_coverage_follows_the_tier(wb: Workbench, ids: dict[str, int]) -> None:
    found = shown(wb, ids["aoba"])
    assert found.required == ("decision_maker", "champion", "technical_owner")
    assert [(one.role, one.people, one.gap) for one in found.coverage] == [
        ("decision_maker", (ids["Saeki"],), "role_not_met"),
        ("champion", (ids["Ishii"],), None),
        ("technical_owner", (), "role_missing"),
    ]
    assert found.threads == 2
    assert {seat.person for seat in found.seats} == {
        ids[name] for name in ("Saeki", "Ishii", "Morita", "Ueda")
    }


@pytest.mark.parametrize(
    ("tier", "wanted"),
    [
        ("A", ("economic_buyer", "decision_maker", "champion", "executive_sponsor", "technical_owner")),
        ("C", ("decision_maker", "champion")),
        (None, ("economic_buyer", "decision_maker", "champion")),
        ("unheard of", ("economic_buyer", "decision_maker", "champion")),
    ],
)
def test_required_roles_have_defaults(wb: Workbench, tier: str | None, wanted: tuple[str, ...]) -> None:
    assert required_roles.required_for(wb.reads, tier) == wanted


def test_required_roles_are_edited_undone_and_refused(wb: Workbench) -> None:
    required_roles.set_required(wb, "B", ("champion", "user"))
    assert required_roles.required_for(wb.reads, "B") == ("champion", "user")
    required_roles.set_required(wb, "B", ())
    assert required_roles.required_for(wb.reads, "B") == ()
    wb.undo()
    wb.undo()
    assert required_roles.required_for(wb.reads, "B")[-1] == "technical_owner"
    with pytest.raises(InvalidValue):
        required_roles.set_required(wb, "B", ("wizard",))
    with pytest.raises(NotFound):
        required_roles.set_required(wb, "Z", ("champion",))
    assert wb.setting("currency", None) == wb.setting("currency", None)


def test_what_is_wanting_and_what_to_do(wb: Workbench, ids: dict[str, int]) -> None:
    found = shown(wb, ids["aoba"])
    said = [(people_words.gap(one, found), people_words.action(one, found)) for one in found.findings]
    assert said == [
        ("No technical owner", "Find out who is the technical owner"),
        (
            "Decision maker out of touch: Saeki (200 days without contact)",
            "Arrange a conversation with Saeki",
        ),
    ]


def test_single_thread_nobody_and_nobody_known(wb: Workbench) -> None:
    with wb.change("fill") as db:
        one, silent, empty = (add_account(db, name, tier="C") for name in ("One", "Silent", "Empty"))
        sato = add_person(db, one, "Sato")
        give_role(db, sato, "champion", "economic_buyer")
        talk(db, one, sato)
        for name in ("Kato", "Mori", "Abe"):
            give_role(db, add_person(db, silent, name), "champion", "decision_maker")
    found = shown(wb, one)
    assert [people_words.gap(each, found) for each in found.findings] == ["Only one thread: Sato"]
    found = shown(wb, silent)
    assert [people_words.action(each, found) for each in found.findings] == [
        "Write to Kato, Mori and 1 other"
    ]
    assert [each.gap for each in shown(wb, empty).findings] == ["unknown"]


def test_words_in_japanese(wb: Workbench, ids: dict[str, int]) -> None:
    i18n.set_language("ja")
    found = shown(wb, ids["aoba"])
    assert [people_words.gap(one, found) for one in found.findings] == [
        "技術責任者が不在",
        "決裁者と接触不足：Saeki様（200日接触なし）",
    ]


def test_last_contact_is_the_one_definition(wb: Workbench, ids: dict[str, int]) -> None:
    listed = {one.id: one.last_two_way for one in account_tabs.people(wb.reads, ids["aoba"], TODAY).people}
    assert {one.id: one.last for one in shown(wb, ids["aoba"]).people} == listed


def test_somebody_who_leaves_later_is_still_there(wb: Workbench, ids: dict[str, int]) -> None:
    with wb.change("plan") as db:
        db.execute("update person set status='left', left_on='2026-12-31' where id=?", (ids["Ishii"],))
    assert not shown(wb, ids["aoba"]).person(ids["Ishii"]).left  # type: ignore[union-attr]
    later = stakeholders.stakeholder_map(wb.reads, ids["aoba"], dt.date(2027, 1, 1))
    assert later.person(ids["Ishii"]).left  # type: ignore[union-attr]
    assert "champion" in {one.role for one in later.findings if one.gap == "role_missing"}


def test_what_is_lost_when_somebody_leaves(wb: Workbench, ids: dict[str, int]) -> None:
    with wb.change("more") as db:
        add_task(
            db,
            ids["aoba"],
            "Send the draft",
            person_id=ids["Ishii"],
            kind="promise_theirs",
            due_on="2026-12-01",
        )
        add_task(db, ids["aoba"], "Done already", person_id=ids["Ishii"], done_on="2026-11-01")
        plan = db.lastrowid(
            "insert into success_plan (account_id, name, created_at, updated_at) values (?, 'P', ?, ?)",
            (ids["aoba"], "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
        )
        db.execute(
            "insert into plan_item (plan_id, kind, position, title, person_id) values (?, 'action', 0, 'Samples', ?)",
            (plan, ids["Ishii"]),
        )
        db.execute(
            "insert into objective (plan_id, position, title, owner_theirs_id) values (?, 0, 'Less rework', ?)",
            (plan, ids["Ishii"]),
        )
    lost = stakeholders.departure(wb.reads, ids["Ishii"], TODAY)
    assert lost.required == ("champion",)
    assert lost.loss.roles == ("champion", "user")
    assert (lost.threads, lost.loss.threads_left) == (2, 1)
    assert [one.name for one in lost.orphans] == ["Morita"]
    assert lost.loss.score == pytest.approx(4 / 12)
    assert [(one.kind, one.title) for one in lost.open] == [
        ("promise_theirs", "Send the draft"), ("objective", "Less rework"), ("plan_item", "Samples"),
    ]  # fmt: skip
    assert not lost.harmless
    assert stakeholders.departure(wb.reads, ids["Ueda"], TODAY).harmless
    with pytest.raises(NotFound):
        stakeholders.departure(wb.reads, 999, TODAY)


def test_known_at_two_companies_is_said(wb: Workbench, ids: dict[str, int]) -> None:
    with wb.change("more") as db:
        other = add_account(db, "Hinode")
        add_person(db, other, "S. Ishii", email="ishii@aoba.example")
        add_person(db, other, "Morita")  # a name alone says nothing
        db.execute("update person set moved_to_account_id=? where id=?", (other, ids["Abe"]))
        add_person(db, other, "Abe")
    found = shown(wb, ids["aoba"])
    assert {found.name(one.person_id): people_words.elsewhere(one) for one in found.elsewhere} == {
        "Ishii": "Also at Hinode (same mail address)", "Abe": "Moved to Hinode",
    }  # fmt: skip
    there = shown(wb, other)
    assert {there.name(one.person_id): one.how for one in there.elsewhere} == {
        "S. Ishii": "mail",
        "Abe": "came_from",
    }


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"name": "黒田 直樹"}, {"name": "黒田直樹"}, "name"),
        ({"name": "髙橋 恵"}, {"name": "高橋恵"}, "name"),
        ({"name": "Sato", "email": "s@x.example"}, {"name": "Satoh K.", "email": "s@x.example"}, "mail"),
        ({"name": "Katherine Miller"}, {"name": "Katharine Miller"}, "alike"),
        ({"name": "田中"}, {"name": "田口"}, None),
        ({"name": "Tester 12 Account"}, {"name": "Tester 13 Account"}, None),
        ({"name": "Sato"}, {"name": "Kato"}, None),
    ],
)
def test_doubles_are_offered(
    wb: Workbench, one: dict[str, str], other: dict[str, str], reason: str | None
) -> None:
    with wb.change("fill") as db:
        account = add_account(db)
        first = add_person(db, account, **one)
        second = add_person(db, account, **other)
        talk(db, account, second)
    found = shown(wb, account).doubles
    assert [each.reason for each in found] == ([reason] if reason else [])
    if reason:
        assert (found[0].keep, found[0].gone) == (second, first), "the one with more on record is kept"


def test_two_that_somebody_told_apart_are_not_offered_again(wb: Workbench) -> None:
    with wb.change("fill") as db:
        account = add_account(db)
        people = [
            add_person(db, account, name=name) for name in ("Jim Hall", "jim hall", "Ann Lee", "ann lee")
        ]
    assert {frozenset((one.keep, one.gone)) for one in shown(wb, account).doubles} == {
        frozenset(people[:2]),
        frozenset(people[2:]),
    }
    stakeholders.apart(wb, people[1], people[0], now=NOW)
    (left,) = shown(wb, account).doubles
    assert {left.keep, left.gone} == set(people[2:])


def test_the_map_costs_few_statements(wb: Workbench, ids: dict[str, int]) -> None:
    few = Once(wb.reads)
    stakeholders.stakeholder_map(few, ids["aoba"], TODAY)
    with wb.change("many") as db:
        for number in range(200):
            give_role(db, add_person(db, ids["aoba"], f"Person {number:03} {'x' * number}"), "user")
    many = Once(wb.reads)
    assert len(stakeholders.stakeholder_map(many, ids["aoba"], TODAY).people) == 205
    assert few.asked == many.asked <= 8


def test_nobody_asks_for_an_account_that_is_not_there(wb: Workbench) -> None:
    with pytest.raises(NotFound):
        shown(wb, 99)


def test_facts_for_a_briefing(wb: Workbench, ids: dict[str, int]) -> None:
    facts = briefing_people.relations(wb.reads, ids["aoba"], TODAY)
    by_name = {one.name: one for one in facts.people}
    assert (by_name["Ishii"].influence, by_name["Ishii"].sentiment, by_name["Ishii"].boss) == (4, 1, "Saeki")
    assert by_name["Ishii"].last_contact == TODAY - dt.timedelta(days=20)
    assert by_name["Ueda"].gaps == ("not_in_touch", "no_influence", "negative")
    assert by_name["Abe"].gaps == ("left",)
    assert facts.threads == 2
    assert next((one.role, one.names, one.in_touch) for one in facts.coverage) == (
        "decision_maker",
        ("Saeki",),
        0,
    )
    assert [one.code for one in facts.gaps] == ["role_missing", "role_not_met"]
    assert briefing_people.sentiment("negative") == -1
    assert briefing_people.sentiment(None) is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "Ishii",
            (
                "Nobody is left as Champion (required)",
                "Nobody is left as User",
                "Threads: 2 today, 1 after",
                "33% of the account's influence goes",
                "Without a boss: Morita",
            ),
        ),
        ("Morita", ("Threads: 2 today, 1 after", "17% of the account's influence goes")),
        (
            "Ueda",
            (
                "Nothing further is lost: no role, contact or open matter is left without anybody.",
                "8% of the account's influence goes",
            ),
        ),
    ],
)
def test_what_breaks_is_said_a_sentence_each(
    wb: Workbench, ids: dict[str, int], name: str, said: tuple[str, ...]
) -> None:
    i18n.set_language("en")
    lost = stakeholders.departure(wb.reads, ids[name], TODAY)
    assert people_words.departure(lost, shown(wb, ids["aoba"])) == said
