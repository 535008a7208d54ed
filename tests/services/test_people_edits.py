"""Writing people: map, lines, leaving, moving company, merging; each undone and redone whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import people_edits, portfolios, stakeholders
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.people import pointers
from tests.builders_people import NOW, TODAY, aoba, give_role, talk
from tests.builders_store import add_account, add_person, add_task, state


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        yield workbench


@pytest.fixture
def ids(wb: Workbench) -> dict[str, int]:
    with wb.change("fill") as db:
        found = aoba(db)
        found["hinode"] = add_account(db, "Hinode")
        return found


def fields(wb: Workbench, person: int, names: str) -> tuple[object, ...]:
    return wb.reads.one(f"select {names} from person where id=?", (person,)) or ()


def there_and_back(wb: Workbench, act: Callable[[], object]) -> None:
    """One step, undone to what was, redone to what became of it."""
    before, steps = state(wb.reads), len(wb.history())
    act()
    after = state(wb.reads)
    assert after != before
    assert len(wb.history()) == steps + 1
    wb.undo()
    assert state(wb.reads) == before
    wb.redo()
    assert state(wb.reads) == after


def test_a_place_on_the_map_is_one_step(wb: Workbench, ids: dict[str, int]) -> None:
    there_and_back(wb, lambda: people_edits.place(wb, ids["Ueda"], 3, "positive", now=NOW))
    assert fields(wb, ids["Ueda"], "influence, sentiment") == (3, "positive")
    people_edits.place(wb, ids["Ueda"], None, None, now=NOW)
    assert fields(wb, ids["Ueda"], "influence, sentiment") == (None, None)


@pytest.mark.parametrize(("influence", "mood"), [(0, None), (6, None), (3, "furious")])
def test_a_place_off_the_map_is_refused(
    wb: Workbench, ids: dict[str, int], influence: int, mood: str | None
) -> None:
    before = state(wb.reads)
    with pytest.raises(InvalidValue):
        people_edits.place(wb, ids["Ueda"], influence, mood, now=NOW)
    assert state(wb.reads) == before


def test_a_line_is_drawn_and_taken_away(wb: Workbench, ids: dict[str, int]) -> None:
    there_and_back(wb, lambda: people_edits.set_boss(wb, ids["Ueda"], ids["Morita"], now=NOW))
    there_and_back(wb, lambda: people_edits.set_boss(wb, ids["Ueda"], None, now=NOW))


@pytest.mark.parametrize(
    ("person", "boss", "code", "words"),
    [
        ("Saeki", "Morita", "circle", "Morita already reports to Saeki"),
        ("Saeki", "Saeki", "circle", "Nobody reports to themselves."),
        ("Ueda", "Abe", "left", "Abe has left."),
        ("Ueda", "Other", "elsewhere", "Other is at another company."),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_the_reason(
    wb: Workbench, ids: dict[str, int], person: str, boss: str, code: str, words: str
) -> None:
    with wb.change("more") as db:
        ids["Other"] = add_person(db, ids["hinode"], "Other")
    before, steps = state(wb.reads), len(wb.history())
    with pytest.raises(InvalidValue, match=words) as told:
        people_edits.set_boss(wb, ids[person], ids[boss], now=NOW)
    assert told.value.code == code
    assert (state(wb.reads), len(wb.history())) == (before, steps)


def test_the_choice_of_bosses_closes_no_circle(wb: Workbench, ids: dict[str, int]) -> None:
    found = stakeholders.stakeholder_map(wb.reads, ids["aoba"], TODAY)
    assert [one.name for one in found.bosses_for(ids["Ishii"])] == ["Saeki", "Ueda"]


def test_leaving_keeps_what_was(wb: Workbench, ids: dict[str, int]) -> None:
    there_and_back(wb, lambda: people_edits.leave(wb, ids["Ishii"], dt.date(2026, 11, 20), now=NOW))
    found = stakeholders.stakeholder_map(wb.reads, ids["aoba"], TODAY)
    gone = found.person(ids["Ishii"])
    assert gone is not None
    assert gone.left
    assert gone.left_on == dt.date(2026, 11, 20)
    assert (gone.contacts, gone.roles, gone.boss_id) == (1, ("champion", "user"), ids["Saeki"])
    there_and_back(wb, lambda: people_edits.come_back(wb, ids["Ishii"], now=NOW))
    assert fields(wb, ids["Ishii"], "status, left_on, moved_to") == ("active", None, None)


def test_moving_to_an_account_we_have(wb: Workbench, ids: dict[str, int]) -> None:
    with wb.change("more") as db:
        db.execute("update person set mobile='090-1' where id=?", (ids["Ishii"],))
    made: list[int | None] = []
    there_and_back(
        wb, lambda: made.append(people_edits.move(wb, ids["Ishii"], " hinode ", TODAY, title="CIO", now=NOW))
    )
    assert fields(wb, ids["Ishii"], "status, left_on, moved_to, moved_to_account_id") == (
        "left", "2026-11-24", "hinode", ids["hinode"],
    )  # fmt: skip
    new = made[0]
    assert new is not None
    assert fields(wb, new, "name, account_id, title, sentiment, influence, email, mobile, note") == (
        "Ishii", ids["hinode"], "CIO", "positive", None, None, "090-1", "Came from Aoba.",
    )  # fmt: skip
    assert wb.reads.scalar("select count(*) from interaction_person where person_id=?", (ids["Ishii"],)) == 1
    found = stakeholders.stakeholder_map(wb.reads, ids["hinode"], TODAY)
    assert [(one.how, one.account) for one in found.elsewhere] == [("came_from", "Aoba")]


def test_a_new_company_becomes_an_account_or_stays_a_name(wb: Workbench, ids: dict[str, int]) -> None:
    accounts = wb.reads.scalar("select count(*) from account")
    assert people_edits.move(wb, ids["Morita"], "Brightwater", TODAY, account=False, now=NOW) is None
    assert wb.reads.scalar("select count(*) from account") == accounts
    assert fields(wb, ids["Morita"], "moved_to, moved_to_account_id") == ("Brightwater", None)
    there_and_back(wb, lambda: people_edits.move(wb, ids["Ishii"], "Brightwater K.K.", TODAY, now=NOW))
    assert wb.reads.scalar("select count(*) from account") == accounts + 1
    moved = fields(wb, ids["Ishii"], "moved_to_account_id")[0]
    assert wb.reads.scalar("select name from account where id = ?", (moved,)) == "Brightwater K.K."


def test_somebody_already_there_is_not_doubled(wb: Workbench, ids: dict[str, int]) -> None:
    with wb.change("more") as db:
        twin = add_person(db, ids["hinode"], "Ishii", status="left", left_on="2020-01-01", title="CTO")
    assert people_edits.move(wb, ids["Ishii"], "Hinode", TODAY, now=NOW) == twin
    assert fields(wb, twin, "status, left_on, title") == ("active", None, "CTO")


@pytest.mark.parametrize(("company", "code"), [("", "invalid"), ("Aoba", "same")])
def test_a_move_to_nowhere_is_refused(wb: Workbench, ids: dict[str, int], company: str, code: str) -> None:
    before = state(wb.reads)
    with pytest.raises(InvalidValue) as told:
        people_edits.move(wb, ids["Ishii"], company, TODAY, now=NOW)
    assert told.value.code == code or company == ""
    assert state(wb.reads) == before


def test_a_private_mail_address_travels(wb: Workbench, ids: dict[str, int]) -> None:
    with wb.change("more") as db:
        db.execute("update person set email='ishii@gmail.com' where id=?", (ids["Ishii"],))
    new = people_edits.move(wb, ids["Ishii"], "Hinode", TODAY, now=NOW)
    assert new is not None
    assert fields(wb, new, "email") == ("ishii@gmail.com",)


def test_merging_moves_everything_over_and_one_undo_restores_it(wb: Workbench, ids: dict[str, int]) -> None:
    account, keep = ids["aoba"], ids["Ishii"]
    with wb.change("double") as db:
        gone = add_person(
            db, account, "Ishii T.", title="Manager", phone="03", note="Plays go", reports_to_id=keep
        )
        give_role(db, gone, "champion", "influencer")
        shared = talk(db, account, keep, gone, ago=3)
        own = talk(db, account, gone, ago=2)
        task = add_task(db, account, person_id=gone)
        db.execute("update person set reports_to_id=? where id=?", (gone, ids["Ueda"]))
        survey = db.lastrowid(
            "insert into survey (account_id, person_id, kind, score, answered_on) values (?, ?, 'nps', 9, ?)",
            (account, gone, "2026-11-01"),
        )
    there_and_back(wb, lambda: people_edits.merge(wb, keep, gone, now=NOW))
    assert fields(wb, gone, "id") == ()
    assert fields(wb, keep, "title, phone, note, reports_to_id") == (
        "Manager",
        "03",
        "Plays go",
        ids["Saeki"],
    )
    roles = {row[0] for row in wb.reads.all("select role from person_role where person_id=?", (keep,))}
    assert roles == {"champion", "user", "influencer"}
    contacts = {
        row[0]
        for row in wb.reads.all("select interaction_id from interaction_person where person_id=?", (keep,))
    }
    assert {shared, own} <= contacts
    for table, record in (("task", task), ("survey", survey)):
        assert wb.reads.scalar(f"select person_id from {table} where id=?", (record,)) == keep
    assert fields(wb, ids["Ueda"], "reports_to_id") == (keep,)


def test_merging_leaves_no_circle(wb: Workbench, ids: dict[str, int]) -> None:
    """Ishii reports to Saeki: Saeki's double under Morita would put Saeki under herself."""
    with wb.change("double") as db:
        double = add_person(db, ids["aoba"], "Saeki K.", reports_to_id=ids["Morita"])
    people_edits.merge(wb, ids["Saeki"], double, now=NOW)
    assert fields(wb, ids["Saeki"], "reports_to_id") == (None,)
    people_edits.merge(wb, ids["Morita"], ids["Ishii"], now=NOW)
    assert fields(wb, ids["Morita"], "reports_to_id") == (ids["Saeki"],)


def test_merging_with_one_who_is_still_there_brings_back(wb: Workbench, ids: dict[str, int]) -> None:
    people_edits.merge(wb, ids["Abe"], ids["Ueda"], now=NOW)
    assert fields(wb, ids["Abe"], "status, left_on, influence, sentiment") == ("active", None, 3, "negative")


def test_what_cannot_be_merged(wb: Workbench, ids: dict[str, int]) -> None:
    with wb.change("more") as db:
        other = add_person(db, ids["hinode"], "Other")
    before = state(wb.reads)
    for gone, problem in ((ids["Ishii"], InvalidValue), (other, InvalidValue), (999, NotFound)):
        with pytest.raises(problem):
            people_edits.merge(wb, ids["Ishii"], gone, now=NOW)
    assert state(wb.reads) == before


def test_every_table_that_points_at_people_is_known(wb: Workbench) -> None:
    found = pointers(wb.reads)
    assert {("task", "person_id"), ("survey", "person_id"), ("plan_item", "person_id"), ("person", "reports_to_id"),
            ("success_plan", "sponsor_theirs_id"), ("training_attendee", "person_id")} <= set(found)  # fmt: skip


def test_who_was_there_under_both_records_is_counted_once(wb: Workbench, ids: dict[str, int]) -> None:
    keep, gone = ids["Ueda"], ids["Ishii"]
    with wb.change("fill") as db:
        db.execute("insert into training_session (id, title, kind, held_on, note) values (1, 'A', 'training', :d, '')",
                   {"d": TODAY.isoformat()})  # fmt: skip
        db.execute("insert into training_session (id, title, kind, held_on, note) values (2, 'B', 'training', :d, '')",
                   {"d": TODAY.isoformat()})  # fmt: skip
        for session, person, done in ((1, keep, 0), (1, gone, 1), (2, gone, 0)):
            db.execute(
                """insert into training_attendee (session_id, account_id, person_id, heads, completed)
                   values (:s, :a, :p, 1, :c)""",
                {"s": session, "a": ids["aoba"], "p": person, "c": done},
            )
    there_and_back(wb, lambda: people_edits.merge(wb, keep, gone, now=NOW))
    found = wb.reads.all("select session_id, person_id, completed from training_attendee order by 1")
    assert [tuple(row) for row in found] == [(1, keep, 1), (2, keep, 0)]


def test_one_campaign_answered_under_both_records_is_one_answer(wb: Workbench, ids: dict[str, int]) -> None:
    keep, gone = ids["Ueda"], ids["Ishii"]
    rows = (
        (1, keep, 4, "Slow.", "2026-10-01", "October"),
        (2, gone, 9, "Better now.", "2026-10-03", "October"),
        (3, gone, 7, "", "2026-07-01", "July"),
        (4, keep, 6, "No campaign", "2026-07-01", None),
        (5, gone, 6, "No campaign", "2026-07-02", None),
    )
    with wb.change("fill") as db:
        for number, person, score, comment, on, campaign in rows:
            db.execute(
                """insert into survey (id, account_id, person_id, kind, score, comment, answered_on, campaign,
                                       shareable) values (:i, :a, :p, 'nps', :s, :c, :on, :k, 0)""",
                {
                    "i": number,
                    "a": ids["aoba"],
                    "p": person,
                    "s": score,
                    "c": comment,
                    "on": on,
                    "k": campaign,
                },
            )
        db.execute("insert into feedback (account_id, survey_id, said, said_on) values (:a, 1, 'Slow.', '2026-10-01')",
                   {"a": ids["aoba"]})  # fmt: skip
    there_and_back(wb, lambda: people_edits.merge(wb, keep, gone, now=NOW))
    found = wb.reads.all("select id, person_id, score, comment from survey order by 1")
    assert [tuple(row) for row in found] == [
        (2, keep, 9, "Better now.\nSlow."), (3, keep, 7, ""), (4, keep, 6, "No campaign"), (5, keep, 6, "No campaign"),
    ]  # fmt: skip
    assert wb.reads.scalar("select survey_id from feedback") == 2


def test_a_namesake_at_work_there_with_another_number_is_somebody_else(
    wb: Workbench, ids: dict[str, int]
) -> None:
    with wb.change("fill") as db:
        there = add_person(db, ids["hinode"], "Ueda", mobile="090-1111-2222")
        db.execute("update person set mobile = '090-3333-4444' where id = :p", {"p": ids["Ueda"]})
    came = people_edits.move(wb, ids["Ueda"], "Hinode", TODAY, now=NOW)
    assert came not in (None, there)
    assert fields(wb, there, "mobile, status") == ("090-1111-2222", "active")
    assert fields(wb, came or 0, "mobile, account_id") == ("090-3333-4444", ids["hinode"])


@pytest.mark.parametrize("year", [1, 226, 1899, 2201, 9999])
def test_a_year_that_cannot_be_meant_is_refused(wb: Workbench, ids: dict[str, int], year: int) -> None:
    on = TODAY.replace(year=year)
    with pytest.raises(InvalidValue):
        people_edits.leave(wb, ids["Ueda"], on, now=NOW)
    with pytest.raises(InvalidValue):
        people_edits.move(wb, ids["Ueda"], "Hinode", on, now=NOW)
