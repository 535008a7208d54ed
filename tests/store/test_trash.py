"""What a deletion took comes back as it was; what was emptied is gone from every byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_workbench.errors import NotFound, PortfolioProblem
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import trash
from cs_workbench.store.journal import UNTRACKED
from tests.builders_store import (
    AT,
    add_account,
    add_batch,
    add_contract,
    add_interaction,
    add_metric,
    add_person,
    add_task,
    count,
    put_readings,
    state,
)

ON_SUCCESS = (
    "insert into persona (name) values (:n)",
    "insert into map_place (account_id, persona_id) select :a, max(id) from persona",
    "insert into map_move (account_id, to_step, moved_on) values (:a, 'B', '2026-03-04')",
    "insert into stage_move (account_id, to_stage, moved_on) values (:a, 'grow', '2026-03-04')",
    "insert into onboarding (account_id, started_on, ends_on) values (:a, '2026-01-01', '2026-03-31')",
    "insert into onboarding_item (onboarding_id, position, title) select max(id), 1, 'I' from onboarding",
    "insert into training_session (title, held_on) values (:n, '2026-03-04')",
    "insert into training_attendee (session_id, account_id, person_id) select max(id), :a, :p from training_session",
    "insert into success_plan (account_id, name, sponsor_theirs_id, created_at, updated_at)"
    " values (:a, :n, :p, '2026-03-04T05:06:07Z', '2026-03-04T05:06:07Z')",
    "insert into objective (plan_id, position, title, owner_theirs_id) select max(id), 1, 'O', :p from success_plan",
    "insert into objective_reading (objective_id, on_date, value) select max(id), '2026-03-04', 3 from objective",
    "insert into plan_item (plan_id, objective_id, kind, position, title, person_id)"
    " select plan_id, id, 'milestone', 1, 'M', :p from objective order by id desc limit 1",
    "insert into plan_item (plan_id, parent_id, kind, position, title)"
    " select plan_id, id, 'action', 1, 'A' from plan_item order by id desc limit 1",
    "insert into plan_risk (plan_id, position, title) select max(id), 1, 'R' from success_plan",
    "insert into plan_version (plan_id, number, made_on, body) select max(id), 1, '2026-03-04', '{}' from success_plan",
    "insert into voice_case (account_id, person_id, said, said_on, created_at)"
    " values (:a, :p, 's', '2026-03-04', '2026-03-04T05:06:07Z')",
    "insert into feedback (account_id, person_id, said, said_on) values (:a, :p, 's', '2026-03-04')",
)
ON_VALUE = (
    "insert into value_ledger (account_id, name, currency, starts_on, created_at, updated_at)"
    " values (:a, :n, 'JPY', '2026-03-04', '2026-03-04T05:06:07Z', '2026-03-04T05:06:07Z')",
    "insert into value_line (ledger_id, position, title, category, agreed_by_id)"
    " select max(id), 1, 'L', 'cost', :p from value_ledger",
    "insert into value_input (line_id, position, name) select max(id), 1, 'users' from value_line",
    "insert into value_evidence (line_id, kind, text, person_id) select max(id), 'person', 'e', :p from value_line",
    "insert into value_cost (ledger_id, position, kind, title, contract_id)"
    " select max(id), 1, 'subscription', 'C', :c from value_ledger",
)


@pytest.fixture
def full(wb: Workbench) -> Workbench:
    """Two accounts with a row in every table that hangs on one."""
    with wb.change("Fill") as db:
        for name in ("Aoba", "Birch"):
            account = add_account(db, name)
            person = add_person(db, account)
            add_person(db, account, "Below", reports_to_id=person)
            interaction = add_interaction(db, account)
            contract = add_contract(db, account, name=f"C-{name}", source="files", external_id=name)
            task = add_task(db, account, person_id=person, interaction_id=interaction)
            metric = add_metric(db, f"m-{name}")
            put_readings(db, add_batch(db), {(account, metric, day): day / 3 for day in range(5)})
            field = db.lastrowid(
                "insert into custom_field (entity, key, label) values ('account', ?, 'F')", (name,)
            )
            for statement in (
                "insert into account_domain (account_id, domain) values (:a, :n || '.example')",
                "insert into account_source (account_id, source, external_id) values (:a, 'files', :n)",
                "insert into account_alias (account_id, name_key) values (:a, :n)",
                "insert into account_tag (account_id, tag) values (:a, 't')",
                "insert into account_custom (account_id, field_id, value) values (:a, :f, 'v')",
                "insert into person_custom (person_id, field_id, value) values (:p, :f, 'v')",
                "insert into contract_custom (contract_id, field_id, value) values (:c, :f, 'v')",
                "insert into person_role (person_id, role) values (:p, 'champion')",
                "insert into person_source (person_id, source, external_id) values (:p, 'files', :n)",
                "insert into interaction_person (interaction_id, person_id) values (:i, :p)",
                "insert into interaction_tag (interaction_id, tag) values (:i, 'risk')",
                "insert into contract_event (account_id, contract_id, kind, on_date) values (:a, :c, 'new', '2026')",
                "insert into opportunity (account_id, name) values (:a, 'O')",
                "insert into ticket (account_id, person_id, subject, opened_at) values (:a, :p, 'T', '2026-01-01')",
                "insert into survey (account_id, person_id, kind, score, answered_on) values (:a, :p, 'nps', 9, 'x')",
                "insert into health_call (account_id, band, reason, made_on, until_on, created_at)"
                " values (:a, 'red', 'r', '2026-03-04', '2026-06-02', '2026-03-04T05:06:07Z')",
                "insert into renewal_call (account_id, term_end, category, likelihood, said_on, created_at)"
                " values (:a, '2027-03-31', 'commit', 0.95, '2026-03-04', '2026-03-04T05:06:07Z')",
                "insert into renewal_plan (account_id, term_end) values (:a, '2027-03-31')",
                "insert into renewal_attendee (plan_id, person_id) select max(id), :p from renewal_plan",
                "insert into renewal_step (account_id, term_end, step, updated_at)"
                " values (:a, '2027-03-31', 4, '2026-03-04T05:06:07Z')",
                *ON_SUCCESS,
                *ON_VALUE,
            ):
                values = {"a": account, "p": person, "i": interaction, "c": contract, "f": field, "n": name}
                db.execute(statement, values)
        db.execute("update account set parent_id=1 where id=2")
        db.execute("update person set moved_to_account_id=1 where id=3")
        assert task == 2
    return wb


def throw(wb: Workbench, entity: str, number: int) -> int:
    with wb.change("Delete") as db:
        return trash.discard(db, entity, number, at=AT)


def bring(wb: Workbench, number: int) -> trash.Discarded:
    with wb.change("Restore") as db:
        return trash.put_back(db, number)


def rows(wb: Workbench) -> dict[str, list[tuple[object, ...]]]:
    """Every tracked row but the trash's own."""
    names = [
        row[0]
        for row in wb.reads.all("select name from sqlite_schema where name glob 'j_*' and type='table'")
    ]
    return {
        name: sorted(wb.reads.all(f"select * from {name[2:]}"), key=repr)
        for name in names
        if name != "j_trash"
    }


def test_the_fixture_fills_every_table_that_hangs_on_an_account(full: Workbench) -> None:
    children = full.reads.all(
        "select distinct m.name from sqlite_schema m, pragma_foreign_key_list(m.name) f"
        " where m.type='table' and f.on_delete='CASCADE'"
        " and f.\"table\" in ('account', 'person', 'contract', 'interaction')"
    )
    empty = [name for (name,) in children if name not in UNTRACKED and not count(full, name)]
    assert empty == []


@pytest.mark.parametrize("entity", list(trash.LABELS))
def test_deleted_and_restored_is_as_before(full: Workbench, entity: str) -> None:
    before, fresh = rows(full), state(full.reads)
    number = throw(full, entity, 1)
    assert full.reads.scalar(f"select count(*) from {entity} where id=1") == 0
    (listed,) = trash.listing(full.reads)
    assert (listed.id, listed.entity, listed.entity_id, listed.deleted_at) == (number, entity, 1, AT)
    assert bring(full, number) == listed
    assert rows(full) == before
    assert trash.listing(full.reads) == []
    full.undo()
    full.undo()
    assert state(full.reads) == fresh


def test_labels(full: Workbench) -> None:
    for entity, label in [
        ("account", "Birch"),
        ("person", "Sato"),
        ("contract", "C-Aoba"),
        ("interaction", "Call"),
    ]:
        throw(full, entity, 2 if entity == "account" else 1)
        assert trash.listing(full.reads)[0].label == label


def test_what_changed_meanwhile_is_not_overwritten(full: Workbench) -> None:
    number = throw(full, "account", 1)
    with full.change("Meanwhile") as db:
        third = add_account(db, "Third")
        db.execute("update account set parent_id=? where id=2", (third,))
    bring(full, number)
    assert full.reads.scalar("select parent_id from account where id=2") == third


def test_a_record_whose_account_is_gone_waits_for_it(full: Workbench) -> None:
    contract = throw(full, "contract", 1)
    account = throw(full, "account", 1)
    before = state(full.reads)
    with pytest.raises(PortfolioProblem) as caught:
        bring(full, contract)
    assert caught.value.code == "parent_gone"
    assert state(full.reads) == before
    bring(full, account)
    bring(full, contract)
    assert full.reads.scalar("select contract_id from contract_event where id=1") == 1


def test_rows_that_hang_on_something_gone_stay_away(full: Workbench) -> None:
    interaction = throw(full, "interaction", 1)
    throw(full, "person", 1)
    bring(full, interaction)
    assert full.reads.all("select interaction_id, person_id from interaction_person") == [(2, 3)]
    assert full.reads.scalar("select interaction_id from task where id=1") == 1
    assert full.reads.all("pragma foreign_key_check") == []


def test_a_reference_to_something_gone_is_emptied(full: Workbench) -> None:
    task = throw(full, "task", 1)
    throw(full, "person", 1)
    bring(full, task)
    assert full.reads.one("select person_id, interaction_id from task where id=1") == (None, 1)


def test_an_id_in_use_again_is_told(full: Workbench) -> None:
    number = throw(full, "account", 1)
    with full.change("Import again") as db:
        account = add_account(db, "Aoba")
        db.execute(
            "insert into account_source (account_id, source, external_id) values (?, 'files', 'Aoba')",
            (account,),
        )
    before = state(full.reads)
    with pytest.raises(PortfolioProblem) as caught:
        bring(full, number)
    assert caught.value.code == "in_use"
    assert state(full.reads) == before


@pytest.mark.parametrize("number", [0, 99])
def test_nothing_there(full: Workbench, number: int) -> None:
    with pytest.raises(NotFound):
        throw(full, "account", number)
    with pytest.raises(NotFound):
        bring(full, number)


def test_columns_a_later_version_dropped_do_not_matter(full: Workbench) -> None:
    number = throw(full, "task", 1)
    with full.change("Old rows") as db:
        db.execute("update trash set rows=replace(rows, '\"note\"', '\"dropped\"')")
    bring(full, number)
    assert full.reads.scalar("select title from task where id=1") == "Send minutes"


def test_emptying_erases_every_byte(wb: Workbench) -> None:
    canary = "カナリア-8831"
    with wb.change("Fill") as db:
        account = add_account(db, canary)
        add_interaction(db, account, canary * 3)
        add_person(db, account, canary)
        add_account(db, "Stays")
    with wb.change("Rename") as db:
        db.execute("update account set name=name || '2' where id=?", (account,))
    throw(wb, "account", account)
    with wb.change("Empty") as db:
        assert trash.empty(db) == 1
    wb.database.settle()
    assert trash.listing(wb.reads) == []
    assert wb.history() == []
    assert count(wb, "audit") == 0
    wb.close()
    for file in Path(wb.path).parent.iterdir():
        assert canary.encode() not in file.read_bytes(), file.name
        assert "8831" not in file.read_bytes().decode("utf-8", "replace"), file.name
