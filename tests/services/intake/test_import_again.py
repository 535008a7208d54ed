"""The same file again, a changed file, a file with blanks, back and forth: for every kind, with ids and without."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cs_workbench.store import digest
from tests.builders_import import portfolio, table, take_in
from tests.builders_store import state

BASE = {
    "accounts": "account_id,account_name,domain\nA1,Acme,acme.com\nA2,Globex,globex.com\n",
    "people": "contact_id,name,email,account_id\nP1,Hana Ito,hana@acme.com,A1\n",
    "products": "product,series\nGTX Pro,GTX\n",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A first file, a later one that changes some of it, and what is then stored.

    ``moved`` is (created, updated, unchanged) of the later file.
    """

    name: str
    kind: str
    first: str
    later: str
    moved: tuple[int, int, int]
    sql: str
    stored: list[tuple[Any, ...]]

    def __str__(self) -> str:
        return self.name


CASES = [
    Case(
        "accounts by id",
        "accounts",
        "account_id,account_name,industry,phone,tags\nA1,Acme,Retail,03-1111-2222,vip;east\nA3,Hooli,Web,,\n",
        "account_id,account_name,industry,phone,tags\nA1,Acme,,03-3333-4444,vip;west\nA3,Hooli,Web,,\nA4,Initech,,,\n",
        (1, 1, 1),
        "select name, industry, phone, (select group_concat(tag) from (select tag from account_tag t"
        " where t.account_id = a.id order by tag)) from account a where id <> 2 order by id",
        [
            ("Acme", "Retail", "03-3333-4444", "east,vip,west"),
            ("Hooli", "Web", None, None),
            ("Initech", None, None, None),
        ],
    ),
    Case(
        "accounts by name",
        "accounts",
        "account_name,industry\nＡｃｍｅ,Retail\n",
        "account_name,industry\nACME Inc.,Trade\nGlobex,\n",
        (0, 1, 1),
        "select name, industry from account order by id",
        [("Acme", "Trade"), ("Globex", None)],
    ),
    Case(
        "people by id",
        "people",
        "contact_id,name,email,account_id,title,department\nP1,Hana Ito,hana@acme.com,A1,Buyer,Purchasing\n",
        "contact_id,name,email,account_id,title,department\nP1,Hana Sato,hana@acme.com,A1,,Sales\n",
        (0, 1, 0),
        "select name, title, department, email from person",
        [("Hana Sato", "Buyer", "Sales", "hana@acme.com")],
    ),
    Case(
        "people by mail, who change company",
        "people",
        "name,email,account_name\nTaro,taro@gmail.com,Acme\n",
        "name,email,account_name\nTaro,TARO@gmail.com,Globex\n",
        (0, 1, 0),
        "select name, account_id from person where id > 1",
        [("Taro", 2)],
    ),
    Case(
        "contracts by id",
        "contracts",
        "contract_id,account_id,start_date,arr,currency,seats\nC1,A1,2026-01-01,100,EUR,5\n",
        "contract_id,account_id,start_date,arr,seats\nC1,A1,2026-01-01,200,\nC2,A1,2026-02-01,50,1\n",
        (1, 1, 0),
        "select external_id, arr, currency, seats from contract order by id",
        [("C1", 2_000_000, "EUR", 5), ("C2", 500_000, "USD", 1)],
    ),
    Case(
        "contracts by name and first day",
        "contracts",
        "account_name,plan,start_date,arr,currency\nAcme,Pro,2026-01-01,100,JPY\n",
        "account_name,plan,start_date,arr,currency\nAcme,PRO,2026-01-01,150,JPY\nAcme,Pro,2027-01-01,100,JPY\n",
        (1, 1, 0),
        "select start_on, arr from contract order by id",
        [("2026-01-01", 1_500_000), ("2027-01-01", 1_000_000)],
    ),
    Case(
        "contracts by product and first day",
        "contracts",
        "account_name,product,start_date,seats\nAcme,GTX Pro,2026-01-01,3\n",
        "account_name,product,start_date,seats\nAcme,gtx pro,2026-01-01,4\n",
        (0, 1, 0),
        "select seats, product_id, plan from contract",
        [(4, 1, None)],
    ),
    Case(
        "tickets by id",
        "tickets",
        "ticket_id,account_id,created_at,subject,description,priority,status\n"
        "T1,A1,2026-03-01,Printer,Ｐａｐｅｒ jam,high,open\n",
        "ticket_id,account_id,created_at,subject,priority,status\nT1,A1,2026-03-01,Scanner,,closed\n",
        (0, 1, 0),
        "select subject, body, folded, priority, status from ticket",
        [("Scanner", "Ｐａｐｅｒ jam", "scanner paper jam", "high", "done")],
    ),
    Case(
        "tickets without an id",
        "tickets",
        "account_name,created_at,subject,priority\nAcme,2026-03-01,Printer,high\n",
        "account_name,created_at,subject,priority\nAcme,2026-03-01,Printer,low\nAcme,2026-03-02,Printer,low\n",
        (1, 1, 0),
        "select opened_at, priority from ticket order by id",
        [("2026-03-01T00:00:00Z", "low"), ("2026-03-02T00:00:00Z", "low")],
    ),
    Case(
        "surveys",
        "surveys",
        "response_id,account_id,NPS,comment,response date\nS1,A1,9,Fine,2026-03-01\n",
        "response_id,account_id,NPS,comment,response date\nS1,A1,4,,2026-03-01\nS2,A2,8,,2026-03-02\n",
        (1, 1, 0),
        "select external_id, score, comment from survey order by id",
        [("S1", 4.0, "Fine"), ("S2", 8.0, "")],
    ),
    Case(
        "interactions by id",
        "interactions",
        "activity_id,account_id,date,type,subject,notes\nI1,A1,2026-03-01,call,Renewal,Talked\n",
        "activity_id,account_id,date,subject,notes\nI1,A1,2026-03-01,,Talked twice\n",
        (0, 1, 0),
        "select channel, subject, body, folded from interaction",
        [("call", "Renewal", "Talked twice", "renewal talked twice")],
    ),
    Case(
        "opportunities",
        "opportunities",
        "opportunity_id,account_id,deal name,stage,amount,currency\nO1,A1,Growth,Proposal,100,EUR\n",
        "opportunity_id,account_id,stage,amount\nO1,A1,Won,120\nO2,A1,Lost,5\n",
        (1, 1, 0),
        "select external_id, name, outcome, amount, currency from opportunity order by id",
        [("O1", "Growth", "won", 1_200_000, "EUR"), ("O2", "O2", "lost", 50_000, "USD")],
    ),
    Case(
        "churn",
        "churn",
        "churn_id,account_id,churn_date,reason,amount,currency\nX1,A1,2026-03-01,Price,100,EUR\n",
        "churn_id,account_id,churn_date,reason,amount\nX1,A1,2026-03-05,,120\n",
        (0, 1, 0),
        "select on_date, reason, amount, currency from contract_event",
        [("2026-03-05", "Price", 1_200_000, "EUR")],
    ),
    Case(
        "products",
        "products",
        "product,series,sales_price\nGTX Pro,GTX,100\nMG Special,MG,55\n",
        "product,series,sales_price\ngtx pro,,120\nMG Special,MG,55\n",
        (0, 1, 1),
        "select name, series, list_price from product order by id",
        [("GTX Pro", "GTX", 1_200_000), ("MG Special", "MG", 550_000)],
    ),
    Case(
        "readings, long",
        "readings",
        "account_id,date,metric,value\nA1,2026-03-01,logins,3\nA1,2026-03-02,logins,4\n",
        "account_id,date,metric,value\nA1,2026-03-01,logins,9\nA1,2026-03-02,logins,4\nA2,2026-03-01,logins,1\n",
        (1, 1, 1),
        "select account_id, day - 20513, value from reading order by 1, 2",
        [(1, 0, 9.0), (1, 1, 4.0), (2, 0, 1.0)],
    ),
    Case(
        "readings, a column a metric",
        "readings",
        "account_id,date,logins,exports\nA1,2026-03-01,3,1\n",
        "account_id,date,logins,exports\nA1,2026-03-01,,2\n",
        (0, 1, 0),
        "select m.key, r.value from reading r join metric m on m.id = r.metric_id order by 1",
        [("exports", 2.0), ("logins", 3.0)],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_again_changed_and_back(tmp_path: Path, case: Case) -> None:
    first, later = table(tmp_path, "first.csv", case.first), table(tmp_path, "later.csv", case.later)
    with portfolio(tmp_path) as wb:
        take_in(wb, *(table(tmp_path, f"{kind}.csv", text) for kind, text in BASE.items()))
        states = [state(wb.reads)]
        take_in(wb, first, kind=case.kind)
        states.append(state(wb.reads))
        rows, same = case.first.count("\n") - 1, take_in(wb, first, kind=case.kind)
        assert (same.step_id, same.created, same.updated) == (None, 0, 0)
        assert same.batches[0].unchanged == rows
        assert state(wb.reads) == states[1]
        batch = take_in(wb, later, kind=case.kind).batches[0]
        assert wb.reads.all(case.sql) == case.stored
        assert (batch.created, batch.updated, batch.unchanged) == case.moved
        assert batch.rows == case.later.count("\n") - 1
        assert take_in(wb, later, kind=case.kind).step_id is None
        states.append(state(wb.reads))
        assert len(set(states)) == 3
        for step in (1, 0):
            wb.undo()
            assert state(wb.reads) == states[step]
        for step in (1, 2):
            wb.redo()
            assert state(wb.reads) == states[step]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_preview_writes_no_byte_and_counts_what_the_import_then_does(tmp_path: Path, case: Case) -> None:
    first = table(tmp_path, "first.csv", case.first)
    with portfolio(tmp_path) as wb:
        take_in(wb, *(table(tmp_path, f"{kind}.csv", text) for kind, text in BASE.items()))
        connection = wb.database.reader()
        before, listed = digest.content(connection), sorted(path.name for path in tmp_path.iterdir())
        preview = take_in(wb, first, kind=case.kind, dry_run=True)
        assert digest.content(connection) == before
        assert sorted(path.name for path in tmp_path.iterdir()) == listed
        assert (preview.step_id, preview.dry_run) == (None, True)
        done = take_in(wb, first, kind=case.kind)
        assert [batch.as_plain() for batch in done.batches] == [batch.as_plain() for batch in preview.batches]


def test_amounts_in_several_currencies_keep_each_its_own(tmp_path: Path) -> None:
    text = (
        "contract_id,account_id,arr,currency\nC1,A1,100,USD\nC2,A1,20000,JPY\nC3,A1,30,€\nC4,A1,40,\n"
        'C5,A1,"¥1,000",\n'
    )
    path = table(tmp_path, "c.csv", text)
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", BASE["accounts"]))
        take_in(wb, path, kind="contracts")
        assert wb.reads.all("select external_id, arr / 10000, currency from contract order by id") == [
            ("C1", 100, "USD"),
            ("C2", 20000, "JPY"),
            ("C3", 30, "EUR"),
            ("C4", 40, "USD"),
            ("C5", 1000, "JPY"),
        ]


def test_an_assumed_currency_is_told_once_and_overwrites_none(tmp_path: Path) -> None:
    known = table(tmp_path, "k.csv", "contract_id,account_id,arr,currency\nC1,A1,100,JPY\n")
    bare = table(tmp_path, "b.csv", "contract_id,account_id,arr\nC1,A1,300\nC2,A1,5\n")
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", BASE["accounts"]))
        take_in(wb, known, kind="contracts")
        result = take_in(wb, bare, kind="contracts")
        told = {warning.code: warning.count for warning in result.batches[0].warnings}
        assert told["currency_assumed"] == 1
        assert wb.reads.all("select currency from contract order by id") == [("JPY",), ("USD",)]
        again = take_in(wb, bare, kind="contracts")
        assert "currency_assumed" not in {warning.code for warning in again.batches[0].warnings}


def test_a_record_told_of_twice_in_one_call_is_one_and_both_rows_count(tmp_path: Path) -> None:
    one = table(tmp_path, "one.csv", "account_name,industry\nInitech,Retail\n")
    two = table(tmp_path, "two.csv", "account_name,phone\nInitech Inc.,03-1111-2222\n")
    with portfolio(tmp_path) as wb:
        result = take_in(wb, one, two, kind="accounts")
        assert [(batch.created, batch.updated) for batch in result.batches] == [(1, 0), (0, 1)]
        assert wb.reads.all("select industry, phone from account") == [("Retail", "03-1111-2222")]
