"""What an import asks of the store before it plans, and how it writes in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cs_workbench.services.workbench import Workbench
from cs_workbench.store.connection import DriverError
from cs_workbench.store.intake import bulk, lookups, mappings
from tests.builders_store import (
    AT,
    add_account,
    add_batch,
    add_contract,
    add_interaction,
    add_metric,
    add_person,
    count,
    put_readings,
)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """An empty portfolio."""
    with Workbench.open(str(tmp_path / "p.csw"), create=True) as workbench:
        yield workbench


def _filled(wb: Workbench) -> tuple[int, int]:
    with wb.change("Fill") as db:
        aoba, beta = add_account(db, "Aoba"), add_account(db, "Beta")
        person = add_person(db, aoba, "Sato", email="sato@aoba.co.jp")
        add_contract(db, aoba, source="crm", external_id="C1", plan="Pro", start_on="2026-01-01")
        product = db.lastrowid("insert into product (name, name_key) values ('GTX Pro', 'gtxpro')")
        add_contract(db, beta, product_id=product, end_on="2026-12-31")
        db.execute(
            "insert into account_source (account_id, source, external_id) values (?, 'crm', 'A1')", [aoba]
        )
        db.execute("insert into account_domain (account_id, domain) values (?, 'aoba.co.jp')", [aoba])
        db.execute("insert into account_alias (account_id, name_key) values (?, 'aobba')", [aoba])
        db.execute("insert into account_tag (account_id, tag) values (?, 'vip')", [beta])
        db.execute(
            "insert into person_source (person_id, source, external_id) values (?, 'crm', 'P1')", [person]
        )
        db.execute("insert into person_role (person_id, role) values (?, 'champion')", [person])
        for kind, account in (("churn", aoba), ("renewal", beta), ("reactivation", beta)):
            db.execute(
                "insert into contract_event (account_id, kind, on_date) values (?, ?, '2026-03-01')",
                [account, kind],
            )
    return aoba, beta


def test_everybody_by_every_key(wb: Workbench) -> None:
    aoba, beta = _filled(wb)
    db = wb.reads
    assert lookups.accounts(db) == [(aoba, "Aoba", "aoba"), (beta, "Beta", "beta")]
    assert lookups.account_sources(db) == [("crm", "A1", aoba)]
    assert lookups.account_domains(db) == [("aoba.co.jp", aoba)]
    assert lookups.account_aliases(db) == [("aobba", aoba)]
    assert lookups.account_tags(db) == [(beta, "vip")]
    assert lookups.people(db) == [(1, aoba, "sato", "sato@aoba.co.jp")]
    assert lookups.person_sources(db) == [("crm", "P1", 1)]
    assert lookups.person_roles(db) == [(1, "champion")]
    assert lookups.contracts(db) == [
        (1, aoba, "crm", "C1", None, "Pro", "2026-01-01", None),
        (2, beta, None, None, None, "GTX Pro", None, "2026-12-31"),
    ]
    assert lookups.products(db) == [(1, "GTX Pro", "gtxpro")]
    assert lookups.churn_accounts(db) == {aoba, beta}


def test_ids_by_source_in_many_pieces(wb: Workbench) -> None:
    with wb.change("Many") as db:
        account = add_account(db)
        for number in range(950):
            add_interaction(db, account, source="crm" if number % 2 else "desk", external_id=f"I{number}")
    wanted = [f"I{number}" for number in range(1_200)]
    found = lookups.ids_by_source(wb.reads, "interaction", "crm", wanted)
    assert found == {f"I{number}": number + 1 for number in range(1, 950, 2)}
    assert lookups.ids_by_source(wb.reads, "interaction", "crm", []) == {}
    with pytest.raises(ValueError, match="account"):
        lookups.ids_by_source(wb.reads, "account", "crm", ["A1"])


def test_rows_and_custom_values_by_id(wb: Workbench) -> None:
    aoba, beta = _filled(wb)
    with wb.change("Fields") as db:
        field = db.lastrowid(
            "insert into custom_field (entity, key, label, type, position) values ('account', 'Tea', 'Tea', 'text', 1)"
        )
        bulk.set_custom(db, "account", [(aoba, field, "sencha")])
        bulk.set_custom(db, "account", [(aoba, field, "hojicha"), (beta, field, "gyokuro")])
    assert lookups.custom_fields(wb.reads) == {("account", "Tea"): field}
    assert lookups.custom_values(wb.reads, "account") == {(aoba, field): "hojicha", (beta, field): "gyokuro"}
    assert lookups.rows_by_id(wb.reads, "account", ["name", "stage"], [beta, 99]) == {
        beta: {"name": "Beta", "stage": None}
    }
    with pytest.raises(ValueError, match="ticket"):
        lookups.custom_values(wb.reads, "ticket")


def test_what_an_import_does_not_say_takes_the_default_of_the_schema(wb: Workbench) -> None:
    with wb.change("Add") as db:
        account = add_account(db)
        list(bulk.insert_rows(db, "ticket", [{"account_id": account, "opened_at": AT}]))
    assert wb.reads.one("select status, body, escalated, priority from ticket") == ("open", "", 0, None)


def test_ids_are_never_given_twice(wb: Workbench) -> None:
    assert lookups.next_ids(wb.reads, "account") == 0
    with wb.change("Two") as db:
        add_account(db)
        add_account(db)
    wb.undo()
    assert lookups.next_ids(wb.reads, "account") == 2


def test_what_moved_since_a_step_is_known_undo_and_batches_included(wb: Workbench) -> None:
    assert (lookups.newest_step(wb.reads), lookups.moved_since(wb.reads, 0)) == (0, set())
    _filled(wb)
    seen = lookups.newest_step(wb.reads)
    assert lookups.moved_since(wb.reads, seen) == set()
    with wb.change("Readings") as db:
        put_readings(db, add_batch(db), {(1, add_metric(db), 20_000): 1.0})
    assert lookups.moved_since(wb.reads, seen) == {"reading", "metric", "import_batch"}
    later = lookups.newest_step(wb.reads)
    wb.undo()
    assert "reading" in lookups.moved_since(wb.reads, later)
    with wb.evidence("Nothing that counts") as db:
        db.execute("insert into draft values ('k', 'x', 'x')")
    wb.redo()
    assert lookups.moved_since(wb.reads, lookups.newest_step(wb.reads)) == set()


def test_metrics_and_the_days_of_one(wb: Workbench) -> None:
    assert not lookups.any_readings(wb.reads)
    with wb.change("Readings") as db:
        account, metric = add_account(db), add_metric(db, "seats")
        db.execute("update metric set aggregation = 'last'")
        put_readings(db, add_batch(db), {(account, metric, day): float(day) for day in range(10)})
    assert lookups.any_readings(wb.reads)
    assert (lookups.metrics(wb.reads), lookups.aggregations(wb.reads)) == (
        {"seats": metric},
        {"seats": "last"},
    )
    assert lookups.day_values(wb.reads, account, metric, 3, 5) == {3: 3.0, 4: 4.0, 5: 5.0}


@pytest.mark.parametrize("rows", [0, 1, 99, 100, 101, bulk.PIECE, bulk.PIECE + 250])
def test_every_reading_arrives_whatever_their_number(wb: Workbench, rows: int) -> None:
    with wb.change("Readings") as db:
        account, metric, batch = add_account(db), add_metric(db), add_batch(db)
        db.batch(batch)
        told = list(bulk.insert_readings(db, ((account, metric, day, day / 2, batch) for day in range(rows))))
    assert (told[-1] if told else 0) == rows
    assert wb.reads.one("select count(*), sum(day), sum(value) from reading") == (
        rows,
        sum(range(rows)) if rows else None,
        sum(range(rows)) / 2 if rows else None,
    )


def test_a_reading_that_is_there_already_is_not_written_over_by_mistake(wb: Workbench) -> None:
    with wb.change("Readings") as db:
        account, metric, batch = add_account(db), add_metric(db), add_batch(db)
        db.batch(batch)
        list(bulk.insert_readings(db, [(account, metric, 1, 1.0, batch)]))
        with pytest.raises(DriverError):
            list(bulk.insert_readings(db, [(account, metric, 1, 2.0, batch)]))
    assert wb.reads.all("select value from reading") == [(1.0,)]


def test_replaced_readings_come_back_with_undo(wb: Workbench) -> None:
    with wb.change("First") as db:
        account, metric, batch = add_account(db), add_metric(db), add_batch(db)
        db.batch(batch)
        list(bulk.insert_readings(db, [(account, metric, day, 1.0, batch) for day in range(3)]))
    with wb.change("Second") as db:
        batch = add_batch(db)
        db.batch(batch)
        rows = [
            (account, metric, 0, 5.0, batch),
            (account, metric, 1, 1.0, batch),
            (account, metric, 9, 7.0, batch),
        ]
        assert list(bulk.replace_readings(db, rows)) == [3]
    assert wb.reads.all("select day, value, batch_id from reading order by day") == [
        (0, 5.0, 2),
        (1, 1.0, 1),
        (2, 1.0, 1),
    ]
    wb.undo()
    assert wb.reads.all("select value, batch_id from reading") == [(1.0, 1)] * 3


def test_rows_take_the_defaults_of_their_table_and_unknown_columns_are_refused(wb: Workbench) -> None:
    row: dict[str, Any] = {"name": "Aoba", "name_key": "aoba", "created_at": AT, "updated_at": AT}
    with wb.change("Add") as db:
        assert list(bulk.insert_rows(db, "account", [row, row | {"name": "Beta"}])) == [2]
        bulk.update_rows(db, "account", [(1, {"tier": "A"}), (2, {"tier": "B", "stage": "x"}), (2, {})])
    assert wb.reads.all("select name, tier, stage, note from account") == [
        ("Aoba", "A", None, ""),
        ("Beta", "B", "x", ""),
    ]
    with pytest.raises(ValueError, match="teapot"), wb.change("Wrong") as db:
        bulk.update_rows(db, "account", [(1, {"teapot": 1})])


def test_mappings_are_found_by_header_and_by_name_the_last_used_first(wb: Workbench) -> None:
    with wb.evidence("Save") as db:
        mappings.save(db, ("erp", "accounts", "h1"), "one", "2026-01-01T00:00:00Z")
        mappings.save(db, ("erp", "people", "h1"), "two", "2026-01-02T00:00:00Z")
        mappings.save(db, ("erp", "accounts", "h2"), "three", "2026-01-03T00:00:00Z")
    assert mappings.by_header(wb.reads, "h1", None) == "two"
    assert mappings.by_header(wb.reads, "h1", "accounts") == "one"
    assert mappings.by_header(wb.reads, "h9", None) is None
    assert mappings.by_name(wb.reads, "erp", None) == ["three", "two", "one"]
    assert mappings.by_name(wb.reads, "erp", "people") == ["two"]
    with wb.evidence("Save") as db:
        mappings.save(db, ("erp", "accounts", "h1"), "one again", "2026-01-04T00:00:00Z")
    assert mappings.by_name(wb.reads, "erp", "accounts") == ["one again", "three"]
    assert count(wb, "saved_mapping") == 3
