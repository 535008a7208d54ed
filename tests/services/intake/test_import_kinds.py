"""What each kind of file leaves in the portfolio, and that the same file again leaves it alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.builders_import import content, portfolio, table, take_in, warnings_of

ACCOUNTS = "account_id,account_name,domain\nA1,Acme,acme.com\nA2,Globex,globex.com\n"
PEOPLE = "contact_id,name,email,account_id\nP1,Hana Ito,hana@acme.com,A1\n"

CASES: list[tuple[str, str, str, str, list[tuple[Any, ...]]]] = [
    (
        "tickets",
        "ticket_id,account_id,email,subject,submitted_at,closed_at,priority\n"
        "T1,A1,hana@acme.com,Ａｃｍｅ is down,2026-03-01,2026-03-02,urgent\n",
        "",
        "select account_id, person_id, folded, priority, status, solved_at from ticket",
        [(1, 1, "acme is down", "urgent", "done", "2026-03-02T00:00:00Z")],
    ),
    (
        "opportunities",
        "opportunity_id,account,stage,amount,close_date\nO1,Acme,Won,100.50,2026-01-01\nO2,,Lost,,2026-01-02\n",
        "no_account",
        "select account_id, outcome, amount, currency from opportunity order by id",
        [(1, "won", 1_005_000, "USD"), (None, "lost", None, None)],
    ),
    (
        "churn",
        "renewal_id,account_id,due_date,outcome,arr_usd,expansion_usd\n"
        "R1,A1,2026-01-01,renewed,1000,50\nR2,A2,2026-01-02,churned,0,0\n",
        "money_rate_refused",
        "select kind, amount, currency from contract_event order by id",
        [("renewal", 10_000_000, "USD"), ("expansion", 500_000, "USD"), ("churn", None, None)],
    ),
    (
        "interactions",
        "account,date,type,subject,notes,tags,email\n"
        "Acme,2026-03-01,call,Renewal,Talked long,risk;vip,hana@acme.com\n",
        "",
        "select channel, subject, folded,"
        " (select group_concat(tag) from (select tag from interaction_tag order by tag)),"
        " (select person_id from interaction_person) from interaction",
        [("call", "Renewal", "renewal talked long", "risk,vip", 1)],
    ),
    (
        "surveys",
        "account,NPS,CSAT,comment,response date\nAcme,9,4,Fine,2026-03-10\n",
        "",
        "select kind, score, comment, answered_on from survey order by id",
        [("nps", 9.0, "Fine", "2026-03-10"), ("csat", 4.0, "", "2026-03-10")],
    ),
    (
        "contracts",
        "subscription_id,account_id,start_date,end_date,mrr_amount,seats,churn_flag\n"
        "S1,A1,2026-01-01,,100,5,FALSE\nS2,A1,2025-01-01,2025-06-30,50,5,TRUE\n",
        "currency_assumed",
        "select account_id, external_id, mrr, status, end_on from contract order by id",
        [(1, "S1", 1_000_000, "active", None), (1, "S2", 500_000, "churned", "2025-06-30")],
    ),
    (
        "contracts",
        "subscription_id,account_id,start_date,renewal_date,mrr_amount\nS1,A1,2026-01-01,2026-12-31,100\n",
        "",
        "select end_on from contract",
        [("2026-12-31",)],
    ),
    (
        "contracts",
        "subscription_id,account_id,end_date,renewal_date,mrr_amount\nS1,A1,2027-03-31,2026-12-31,100\n",
        "",
        "select end_on from contract",
        [("2027-03-31",)],
    ),
    (
        "products",
        "product,series,sales_price\nGTX Pro,GTX,4821\n",
        "",
        "select name, series, list_price from product",
        [("GTX Pro", "GTX", 48_210_000)],
    ),
]


@pytest.mark.parametrize(("kind", "text", "code", "sql", "expected"), CASES, ids=[case[0] for case in CASES])
def test_what_a_file_leaves(
    tmp_path: Path, kind: str, text: str, code: str, sql: str, expected: list[tuple[Any, ...]]
) -> None:
    path = table(tmp_path, f"{kind}.csv", text)
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS), table(tmp_path, "p.csv", PEOPLE))
        before = content(wb)
        result = take_in(wb, path, kind=kind)
        assert wb.reads.all(sql) == expected
        told = warnings_of(result.batches[0])
        assert not code or told[code] >= 1
        after = content(wb)
        assert take_in(wb, path, kind=kind).step_id is None
        assert content(wb) == after
        wb.undo()
        assert content(wb) == before


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("tickets", "ticket_id,account_id,submitted_at\nT1,A9,2026-01-01\n", "account_unknown"),
        ("contracts", "contract_id,account_id,arr\nC1,A9,100\n", "account_unknown"),
        ("readings", "account_id,date,metric,value\nA9,2026-01-01,logins,1\n", "account_unknown"),
        ("readings", "subscription_id,date,metric,value\nS9,2026-01-01,logins,1\n", "account_unknown"),
        ("people", "name,email,account_id\nHana,hana@elsewhere.com,A9\n", "account_unknown"),
        ("tickets", "ticket_id,account_id,submitted_at\nT1,A1,\n", "missing"),
    ],
)
def test_what_is_rejected(tmp_path: Path, kind: str, text: str, code: str) -> None:
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        result = take_in(wb, table(tmp_path, "x.csv", text), kind=kind, dry_run=True)
        assert [(row.row, row.code) for row in result.batches[0].rejected] == [(2, code)]
        assert result.created == 0
