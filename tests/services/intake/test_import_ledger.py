"""What is planned row by row: joining, assuming, comparing; and how the whole is counted and told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.services.intake.ledger import At, BatchLedger, Body, Ledger
from cs_workbench.services.intake.reporting import rows_rejected, step_name
from cs_workbench.services.intake.result import BatchResult, ImportResult, Question, RejectedRow, WarningCount
from cs_workbench.services.intake.service import Watch
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.intake.staging import Stage
from tests.builders_import import portfolio, table, take_in

CREATED, UPDATED, SAME = 3, 2, 1


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """A portfolio with one account, one contract in yen and one ticket."""
    with portfolio(tmp_path) as workbench:
        take_in(workbench, table(tmp_path, "a.csv", "account_id,account_name,industry\nA1,Acme,Retail\n"))
        contract = "contract_id,account_id,arr,currency\nC1,A1,100,JPY\n"
        take_in(workbench, table(tmp_path, "c.csv", contract), kind="contracts")
        ticket = "ticket_id,account_id,created_at,subject,description\nT1,A1,2026-03-01,Printer,Paper\n"
        take_in(workbench, table(tmp_path, "t.csv", ticket), kind="tickets")
        yield workbench


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    """A ledger of two files."""
    with Stage() as stage:
        made = Ledger(stage)
        made.open_batch()
        made.open_batch()
        yield made


def _settled(ledger: Ledger, wb: Workbench, target: str) -> dict[str, list[dict[str, Any]]]:
    ledger.settle(wb.reads, target, {}, {})
    return {
        action: [body["columns"] for _id, body in ledger.stage.decided(target, action)]
        for action in ("create", "update")
    }


def test_only_what_differs_is_written(ledger: Ledger, wb: Workbench) -> None:
    columns = {"name": "Acme", "industry": "Trade", "phone": None, "updated_at": "now"}
    ledger.put_record("account", At(0, 2), 1, Body(columns))
    assert _settled(ledger, wb, "account") == {"create": [], "update": [{"industry": "Trade"}]}
    assert ledger.stage.outcomes() == {(0, UPDATED): 1}


def test_what_is_stored_already_is_left_alone(ledger: Ledger, wb: Workbench) -> None:
    ledger.put_record("account", At(0, 2), 1, Body({"name": "Acme", "industry": None}))
    assert _settled(ledger, wb, "account") == {"create": [], "update": []}
    assert ledger.stage.outcomes() == {(0, SAME): 1}
    assert not ledger.stage.any_writes()


@pytest.mark.parametrize(
    ("record", "columns", "written"),
    [
        (1, {"arr": 5}, {"arr": 5}),
        (-1, {"arr": 5}, {"arr": 5, "currency": "USD"}),
        (-1, {"arr": 5, "currency": "EUR"}, {"arr": 5, "currency": "EUR"}),
    ],
)
def test_an_assumption_fills_a_gap_and_nothing_else(
    ledger: Ledger, wb: Workbench, record: int, columns: dict[str, Any], written: dict[str, Any]
) -> None:
    ledger.put_record("contract", At(0, 2), record, Body(columns, assumed={"currency": "USD"}))
    found = _settled(ledger, wb, "contract")
    assert found["create"] + found["update"] == [written]
    assumed = record < 0 and "EUR" not in columns.values()
    assert list(ledger.batches[0].tallies) == (["currency_assumed"] if assumed else [])


@pytest.mark.parametrize(
    ("columns", "folded"),
    [
        ({"subject": "Ｓｃａｎｎｅｒ"}, "scanner paper"),
        ({"body": "Toner"}, "printer toner"),
        ({"subject": "A", "body": "B"}, "a b"),
    ],
)
def test_search_reads_subject_and_body_whichever_the_row_tells(
    ledger: Ledger, wb: Workbench, columns: dict[str, Any], folded: str
) -> None:
    assert ledger.put_keyed("ticket", At(0, 2), "files", "T1", Body(dict(columns)))
    assert _settled(ledger, wb, "ticket")["update"] == [columns | {"folded": folded}]


def test_rows_about_one_record_are_joined_and_the_later_wins(ledger: Ledger, wb: Workbench) -> None:
    ledger.put_record("account", At(0, 2), -1, Body({"name": "New", "phone": "1"}, custom={"Tea": "green"}))
    ledger.put_record("account", At(0, 3), -1, Body({"name": "New", "phone": None}))
    ledger.put_record(
        "account", At(0, 4), -1, Body({"phone": "2"}, [("account_tag", {"tag": "x"})], {"Cup": "big"})
    )
    ledger.put_record("account", At(1, 2), -1, Body({"industry": "Web"}))
    (written,) = next(iter(ledger.stage.writes("account")))
    assert written.body["columns"] == {"name": "New", "phone": "2", "industry": "Web"}
    assert written.body["custom"] == {"Tea": "green", "Cup": "big"}
    assert written.body["children"] == [["account_tag", {"tag": "x"}]]
    assert ledger.batches[0].tallies["joined_rows"].examples == ["4"]
    assert ledger.batches[1].tallies == {}
    _settled(ledger, wb, "account")
    assert ledger.stage.outcomes() == {(0, CREATED): 1, (0, SAME): 1, (0, UPDATED): 1, (1, UPDATED): 1}


def test_the_same_row_may_speak_twice_without_a_warning(ledger: Ledger) -> None:
    ledger.put_record("account", At(0, 2), -1, Body({"name": "New"}))
    ledger.put_record("account", At(0, 2), -1, Body({"parent_id": 1}))
    assert ledger.batches[0].tallies == {}


def test_an_id_means_something_within_its_source_only(ledger: Ledger, wb: Workbench) -> None:
    bodies = [Body({"opened_at": "2026-03-01T00:00:00Z"}) for _ in range(3)]
    assert ledger.put_keyed("ticket", At(0, 2), "files", "T1", bodies[0])
    assert ledger.put_keyed("ticket", At(0, 3), "desk", "T1", bodies[1])
    assert not ledger.put_keyed("ticket", At(0, 4), "desk", "T1", bodies[2])
    found = _settled(ledger, wb, "ticket")
    assert [row["source"] for row in found["create"]] == ["desk"]


def test_custom_values_are_compared_too(ledger: Ledger, wb: Workbench) -> None:
    ledger.put_record("account", At(0, 2), 1, Body(custom={"Tea": "green", "Cup": "big"}))
    ledger.settle(wb.reads, "account", {(1, 7): "green", (1, 8): "small"}, {"Tea": 7, "Cup": 8})
    ((_record, body),) = ledger.stage.decided("account", "update")
    assert body["custom"] == {"Cup": "big"}


@given(rows=st.lists(st.tuples(st.integers(2, 9), st.sampled_from(["a", "b", "c"])), max_size=12))
def test_the_first_reason_for_refusing_a_row_stands(rows: list[tuple[int, str]]) -> None:
    batch = BatchLedger(0)
    for row, code in rows:
        batch.reject(row, code, code.upper())
    first = dict(reversed(rows))
    assert {row: refused.code for row, refused in batch.rejected.items()} == first


def _batch(kind: str, created: int, updated: int = 0, refused: int = 0) -> BatchResult:
    rejected = tuple(RejectedRow(row, f"reason {row}", "x") for row in range(2, 2 + refused))
    rows = created + updated + refused
    path = "r.csv" if refused else None
    return BatchResult("f.csv", None, kind, "files", rows, created, updated, 0, rejected, (), path)


@pytest.mark.parametrize(
    ("batches", "name"),
    [
        ([_batch("accounts", 1)], "Import 1 account"),
        ([_batch("accounts", 1, 1)], "Import 2 accounts"),
        ([_batch("people", 1), _batch("people", 2)], "Import 3 people"),
        ([_batch("readings", 12_000), _batch("tickets", 1)], "Import 12,000 rows of readings, 1 ticket"),
        ([_batch("surveys", 0), _batch("churn", 0, 2)], "Import 2 contract events"),
        ([_batch("opportunities", 1), _batch("products", 1)], "Import 1 opportunity, 1 product"),
        ([_batch("interactions", 2), _batch("contracts", 1)], "Import 2 interactions, 1 contract"),
        ([_batch("accounts", 0)], "Import"),
    ],
)
def test_the_step_is_called_by_what_it_moved(batches: list[BatchResult], name: str) -> None:
    assert step_name(batches) == name


@pytest.mark.parametrize(("refused", "shown", "more"), [(1, 1, False), (3, 3, False), (4, 3, True)])
def test_three_reasons_are_shown(refused: int, shown: int, more: bool) -> None:
    told = rows_rejected(ImportResult((_batch("tickets", 5, refused=refused),)))
    assert told.message.startswith(f"{refused} of {5 + refused} rows")
    assert told.message.count("f.csv, ") == shown
    assert ("…" in told.message) == more
    assert "r.csv" in told.remedy
    assert told.where["result"]["batches"][0]["rows"] == 5 + refused


def test_the_plain_result_holds_everything() -> None:
    warned = BatchResult(
        "f.xlsx", "Sheet", "accounts", "crm", 3, 1, 1, 1, (), (WarningCount("renamed", 1, "said", ("a",)),)
    )
    question = Question(2, "f.xlsx", "Globexx", 7, "Globex", 93.3)
    plain = ImportResult(
        (warned, _batch("tickets", 2, refused=1)), 5, "Import", questions=(question,)
    ).as_plain()
    assert plain["batches"][0]["sheet"] == "Sheet"
    assert plain["batches"][0]["warnings"] == [
        {"code": "renamed", "count": 1, "message": "said", "examples": ["a"]}
    ]
    assert plain["batches"][1]["rejected"] == [{"row": 2, "reason": "reason 2", "code": "x"}]
    assert plain["questions"] == [
        {
            "row": 2,
            "file": "f.xlsx",
            "name": "Globexx",
            "account_id": 7,
            "candidate": "Globex",
            "likeness": 93.3,
        }
    ]
    assert (plain["step"], plain["dry_run"]) == ("Import", False)


def test_a_figure_without_a_day_is_of_the_day_of_the_import(tmp_path: Path) -> None:
    path = table(tmp_path, "a.csv", "account_name,seats used\nAcme,7\n")
    with portfolio(tmp_path) as workbench:
        take_in(workbench, path, kind="accounts", time_zone="Pacific/Auckland")
        day = (dt.date(2026, 4, 1) - dt.date(1970, 1, 1)).days
        assert workbench.reads.all("select day, value from reading") == [(day, 7.0)]


def test_the_watch_reports_and_stops() -> None:
    seen: list[tuple[int, int, str]] = []
    Watch(lambda *step: seen.append(step), None)(1, 2, "x")
    Watch(None, lambda: False)(1, 2, "x")
    assert seen == [(1, 2, "x")]
