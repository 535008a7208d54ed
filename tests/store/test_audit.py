"""The audit says who changed which field that matters, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_contract, add_person, add_task


def audit(wb: Workbench) -> list[tuple[Any, ...]]:
    return wb.reads.all("select step, entity, entity_id, field, old, new from audit order by id")


@pytest.fixture
def filled(wb: Workbench) -> Workbench:
    with wb.change("Fill") as db:
        account = add_account(db, stage="adoption")
        add_person(db, account)
        add_contract(db, account, arr=12_345_000, end_on="2026-12-31")
        add_task(db, account)
    return wb


def test_what_is_new_is_not_a_changed_field(filled: Workbench) -> None:
    assert audit(filled) == []


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("update account set stage='grow'", ("account", 1, "stage", "adoption", "grow")),
        ("update account set tier='A'", ("account", 1, "tier", None, "A")),
        (
            "update account set archived_at='2026-01-01T00:00:00Z'",
            ("account", 1, "archived_at", None, "2026-01-01T00:00:00Z"),
        ),
        ("update account set owner='Kim'", ("account", 1, "owner", None, "Kim")),
        ("update contract set arr=12345678", ("contract", 1, "arr", "1234.5", "1234.5678")),
        ("update contract set arr=-5000", ("contract", 1, "arr", "1234.5", "-0.5")),
        ("update contract set amount=100000000", ("contract", 1, "amount", None, "10000")),
        ("update contract set end_on='2027-12-31'", ("contract", 1, "end_on", "2026-12-31", "2027-12-31")),
        ("update contract set auto_renew=1", ("contract", 1, "auto_renew", None, "1")),
        ("update person set status='left'", ("person", 1, "status", "active", "left")),
        ("update task set done_on='2026-02-01'", ("task", 1, "done_on", None, "2026-02-01")),
        (
            "insert into person_role (person_id, role) values (1, 'champion')",
            ("person", 1, "role", None, "champion"),
        ),
    ],
)
def test_a_field_that_matters_is_kept(filled: Workbench, statement: str, row: tuple[object, ...]) -> None:
    with filled.change("Edit") as db:
        db.execute(statement)
    assert audit(filled) == [("Edit", *row)]


@pytest.mark.parametrize(
    "statement",
    [
        "update account set note='secret'",
        "update account set stage=stage",
        "update person set phone='1'",
        "delete from task",
    ],
)
def test_other_fields_are_not(filled: Workbench, statement: str) -> None:
    with filled.change("Edit") as db:
        db.execute(statement)
    assert audit(filled) == []


def test_a_role_taken_away_and_one_that_only_moved(filled: Workbench) -> None:
    with filled.change("Give") as db:
        db.execute("insert into person_role (person_id, role) values (1, 'champion'), (1, 'user')")
    with filled.change("Rewrite") as db:
        db.execute("delete from person_role")
        db.execute("insert into person_role (person_id, role) values (1, 'champion')")
    assert audit(filled)[2:] == [("Rewrite", "person", 1, "role", "user", None)]


def test_undo_is_kept_too_and_the_audit_outlives_the_history(filled: Workbench) -> None:
    with filled.change("Move") as db:
        db.execute("update account set stage='grow'")
    filled.undo()
    with filled.change("Erase") as db:
        db.execute("update account set tier='B'")
        db.forget_history()
    assert filled.history() == []
    assert [(row[0], row[4], row[5]) for row in audit(filled)] == [
        ("Move", "adoption", "grow"),
        ("Move", "grow", "adoption"),
        ("Erase", None, "B"),
    ]


def test_only_the_last_value_of_a_step_counts(filled: Workbench) -> None:
    with filled.change("Back and forth") as db:
        db.execute("update account set stage='grow'")
        db.execute("update account set stage='adoption'")
    assert audit(filled) == []
