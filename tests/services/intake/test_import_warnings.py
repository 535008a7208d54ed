"""Every warning an import can give, from a file that earns it: its code, its count, its examples, what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from cs_workbench.services.intake.wording import sentences
from tests.builders_import import content, portfolio, table, take_in, warnings_of

ACCOUNTS = "account_id,account_name,domain\nA1,Acme,acme.com\nA2,Globex,globex.com\n"
CONTRACTS = "contract_id,account_id,start_date,end_date,arr,currency\nC1,A1,2026-01-01,2026-06-30,1200,USD\n"
PRODUCTS = "product,series,sales_price\nGTX Pro,GTX,4821\n"


@dataclass(frozen=True, slots=True)
class Case:
    """One warning: the file, its kind, what is imported before it, and how often and with what it is told."""

    code: str
    kind: str
    text: str
    count: int
    examples: tuple[str, ...] = ()
    before: tuple[tuple[str, str], ...] = ()
    name: str = "x.csv"

    def __str__(self) -> str:
        return f"{self.code}-{self.kind}"


CASES = [
    Case(
        "account_created",
        "contracts",
        "account_name,start_date,seats\nInitech,2026-01-01,5\n",
        1,
        ("Initech",),
    ),
    Case(
        "account_created",
        "people",
        "name,email,account_name\nA,a@initech.com,Initech\nB,b@initech.com,Initech\nC,c@hooli.com,Hooli\n",
        2,
        ("Initech", "Hooli"),
    ),
    Case(
        "account_differs",
        "contracts",
        "contract_id,account_id,start_date,tier\nC1,A1,2026-01-01,Gold\nC2,A1,2026-02-01,Silver\n",
        1,
        ("row 3: Acme, Tier Gold / Silver",),
    ),
    Case(
        "no_contract",
        "contracts",
        "account_id,start_date,seats,auto_renew\nA1,2026-01-01,5,yes\nA2,,,yes\n",
        1,
        ("row 3: Globex",),
    ),
    Case(
        "after_end",
        "readings",
        "subscription_id,date,metric,value\nC1,2026-06-30,logins,1\nC1,2026-07-01,logins,1\nC1,2026-08-01,logins,1\n",
        2,
        before=(("contracts", CONTRACTS),),
    ),
    Case(
        "before_start",
        "readings",
        "subscription_id,date,metric,value\nC1,2025-12-31,logins,1\nC1,2026-01-01,logins,1\n",
        1,
        before=(("contracts", CONTRACTS),),
    ),
    Case(
        "negative_amount",
        "contracts",
        "contract_id,account_id,arr,mrr,amount,currency\nC1,A1,-10,,,USD\nC2,A2,5,-1,,USD\nC3,A2,5,,-7,USD\n",
        3,
        ("row 2: -10", "row 3: -1", "row 4: -7"),
    ),
    Case(
        "contract_draft",
        "contracts",
        "contract_id,account_id,arr,status\nSO-9,A1,10,Draft\nSO-8,A2,5,Active\nSO-7,A2,5,提案中\n",
        2,
        ("SO-9", "SO-7"),
    ),
    Case(
        "contact_logged",
        "accounts",
        "account_id,account_name,Last contact date\nB1,Initech,2026-03-01\nB2,Hooli,2026-03-02\nB3,Acme Two,\n",
        2,
    ),
    Case(
        "contact_ahead",
        "accounts",
        "account_id,account_name,Last visit date\nB1,Initech,2036-03-01\n",
        1,
        ("2036-03-01",),
    ),
    Case(
        "same_name",
        "accounts",
        "account_id,account_name\nB1,Initech\nB2,Initech Inc.\nB3,Initech\nB4,Hooli\n",
        2,
        ("Initech Inc.", "Initech"),
    ),
    Case("currency_assumed", "contracts", "contract_id,account_id,arr\nC1,A1,10\nC2,A2,20\n", 2, ("USD",)),
    Case(
        "currency_assumed",
        "opportunities",
        "opportunity_id,account_id,amount,stage\nO1,A1,10,Won\n",
        1,
        ("USD",),
    ),
    Case(
        "currency_assumed",
        "churn",
        "renewal_id,account_id,due_date,outcome,arr,expansion\nR1,A1,2026-01-01,renewed,1000,50\n",
        2,
        ("USD",),
    ),
    Case(
        "date_order",
        "contracts",
        "contract_id,account_id,start_date,end_date\nC1,A1,2026-05-01,2026-04-01\n",
        1,
        ("2026-05-01 > 2026-04-01",),
    ),
    Case(
        "date_order",
        "contracts",
        "contract_id,account_id,end_date,notice_date\nC1,A1,2026-05-01,2026-06-01\n",
        1,
        ("2026-06-01 > 2026-05-01",),
    ),
    Case(
        "date_order",
        "tickets",
        "ticket_id,account_id,created_at,solved_at\nT1,A1,2026-05-02,2026-05-01\n",
        1,
        ("2026-05-02T00:00:00Z > 2026-05-01T00:00:00Z",),
    ),
    Case(
        "date_order",
        "opportunities",
        "opportunity_id,account_id,stage,created_date,close_date\nO1,A1,Won,2026-05-02,2026-05-01\n",
        1,
        ("2026-05-02 > 2026-05-01",),
    ),
    Case(
        "duplicate_id",
        "tickets",
        "ticket_id,account_id,created_at,subject\nT1,A1,2026-05-01,one\nT1,A1,2026-05-01,two\nT2,A1,2026-05-01,x\n",
        1,
        ("T1",),
    ),
    Case(
        "duplicate_id",
        "churn",
        "renewal_id,account_id,due_date,outcome\nR1,A1,2026-01-01,churned\nR1,A1,2026-01-01,churned\n",
        1,
        ("R1",),
    ),
    Case(
        "duplicate_id",
        "readings",
        "usage_id,account_id,date,metric,value\nU1,A1,2026-01-01,logins,1\nU1,A1,2026-01-01,logins,1\n",
        1,
        ("U1",),
    ),
    Case(
        "duplicate_row",
        "interactions",
        "account_id,date,type,subject\nA1,2026-03-01,call,Hello\nA1,2026-03-01,call,Hello\n",
        1,
        ("3",),
    ),
    Case(
        "duplicate_row",
        "churn",
        "account_id,due_date,outcome\nA1,2026-01-01,churned\nA1,2026-01-01,churned\n",
        1,
        ("3",),
    ),
    Case(
        "event_without_flag",
        "churn",
        "renewal_id,account_id,due_date,outcome\nR1,A1,2026-01-01,churned\n",
        1,
        ("Acme",),
        name="churn.csv",
    ),
    Case("flag_without_event", "accounts", "account_id,account_name,churned\nA1,Acme,TRUE\n", 1, ("Acme",)),
    Case(
        "joined_rows",
        "accounts",
        "account_id,account_name,phone\nA1,Acme,03-1111-1111\nA1,Acme,03-2222-2222\n",
        1,
        ("3",),
    ),
    Case(
        "matched_other_source",
        "accounts",
        "account_id,industry\nA1,Retail\n",
        1,
        ("A1",),
    ),
    Case(
        "merged_rows",
        "readings",
        "account_id,date,metric,value\nA1,2026-01-01,logins,1\nA1,2026-01-01,logins,2\nA1,2026-01-02,logins,2\n",
        1,
    ),
    Case(
        "money_rate_refused",
        "churn",
        "renewal_id,account_id,due_date,outcome,arr\nR1,A1,2026-01-01,churned,0\nR2,A2,2026-01-01,churned,5\n",
        1,
        ("R1",),
    ),
    Case(
        "no_account",
        "opportunities",
        "opportunity_id,account,stage\nO1,Initech,Won\nO2,,Lost\nO3,Acme,Won\n",
        2,
        ("Initech",),
    ),
    Case("parent_unknown", "accounts", "account_name,parent account\nAcme,Nobody Inc\n", 1, ("Nobody Inc",)),
    Case("parent_unknown", "accounts", "account_name,parent account\nAcme,Acme\n", 1, ("Acme",)),
    Case("person_without_account", "people", "name,email\nHana,hana@gmail.com\n", 1, ("Hana",)),
    Case(
        "product_unknown",
        "opportunities",
        "opportunity_id,account,stage,product\nO1,Acme,Won,GTXPro\nO2,Acme,Won,Teapot\nO3,Acme,Won,gtx pro\n",
        2,
        ("“GTXPro”, perhaps “GTX Pro”", "Teapot"),
        before=(("products", PRODUCTS),),
    ),
    Case(
        "product_unknown",
        "contracts",
        "contract_id,account_id,product\nC1,A1,GTXPro\n",
        1,
        ("“GTXPro”, perhaps “GTX Pro”",),
        before=(("products", PRODUCTS),),
    ),
    Case(
        "renamed",
        "accounts",
        "account_id,account_name\nA1,Wayne Enterprises\n",
        1,
        ("Acme → Wayne Enterprises",),
    ),
    Case(
        "stage_unknown",
        "accounts",
        "account_id,account_name,stage\nA1,Acme,Grow\nA2,Globex,Hypercare\nA3,Hooli,<i>\n",
        2,
        ("row 3: Hypercare", "row 4: <i>"),
    ),
    Case(
        "superior_unknown",
        "people",
        "name,email,account_id,reports to\nHana,h@acme.com,A1,Nobody\nTaro,t@acme.com,A1,Hana\n",
        1,
        ("Nobody",),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_warning_is_given_and_counted(tmp_path: Path, case: Case) -> None:
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "accounts.csv", ACCOUNTS))
        for number, (kind, text) in enumerate(case.before):
            take_in(wb, table(tmp_path, f"before{number}.csv", text), kind=kind)
        paths = [table(tmp_path, case.name, case.text)]
        options: dict[str, object] = {"kind": case.kind}
        if case.code == "event_without_flag":
            paths.append(table(tmp_path, "a.csv", "account_id,account_name,churned\nA1,Acme,FALSE\n"))
            options = {}
        if case.code == "flag_without_event":
            wb.undo()
            paths.append(
                table(tmp_path, "c.csv", "renewal_id,account,due_date,outcome\nR1,Acme,2026-1-1,renewed\n")
            )
            options = {}
        if case.code == "matched_other_source":
            options["source"] = "billing"
        result = take_in(wb, *paths, **options)
        told = {warning.code: warning for warning in result.batches[0].warnings}
        assert case.code in told, told
        assert (told[case.code].count, told[case.code].examples) == (case.count, case.examples)
        after = content(wb)
        assert take_in(wb, *paths, **options).step_id is None
        assert content(wb) == after


def test_the_cases_leave_no_warning_out() -> None:
    elsewhere = {"beside_left_out", "missing_currency"}
    assert {case.code for case in CASES} | elsewhere == set(sentences(1))


def test_a_portfolio_without_a_currency_keeps_amounts_without(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        with wb.change("Forget the currency") as db:
            db.execute("delete from setting where key = 'currency'")
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        path = table(tmp_path, "c.csv", "contract_id,account_id,arr\nC1,A1,10\n")
        result = take_in(wb, path, kind="contracts")
        assert warnings_of(result.batches[0])["missing_currency"] == 1
        assert wb.reads.all("select arr, currency from contract") == [(100_000, None)]


def test_a_sheet_nobody_knows_beside_a_good_file_is_told_on_its_own_line(tmp_path: Path) -> None:
    accounts, odd = table(tmp_path, "a.csv", ACCOUNTS), table(tmp_path, "odd.csv", "Zeug,Dings\n1,2\n3,4\n")
    with portfolio(tmp_path) as wb:
        result = take_in(wb, accounts, odd, good_rows=True)
        assert [(batch.file, batch.kind) for batch in result.batches] == [
            ("a.csv", "accounts"),
            ("odd.csv", ""),
        ]
        assert warnings_of(result.batches[1]) == {"unrecognised_skipped": 1}


def test_what_a_row_tells_beside_its_customer_is_taken_too(tmp_path: Path) -> None:
    text = (
        "account_name,arr,currency,churn date,churn reason,seats used\n"
        "Acme,1200,USD,2026-02-01,Price,7\nGlobex,600,USD,,,\n"
    )
    path = table(tmp_path, "a.csv", text)
    with portfolio(tmp_path) as wb:
        take_in(wb, path, kind="accounts")
        assert wb.reads.all("select arr, currency from contract order by id") == [
            (12_000_000, "USD"),
            (6_000_000, "USD"),
        ]
        assert wb.reads.all("select account_id, kind, on_date, reason from contract_event") == [
            (1, "churn", "2026-02-01", "Price")
        ]
        assert wb.reads.all("select account_id, value from reading") == [(1, 7.0)]
        assert take_in(wb, path, kind="accounts").step_id is None
