"""Whose a row is: every way to the customer, the ways that must not lead there, and every reason for refusing a row."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_workbench.domain.matching import FREE_MAIL
from cs_workbench.errors import IntakeProblem
from cs_workbench.services.intake import Question
from cs_workbench.services.workbench import Workbench
from tests.builders_import import content, counts, portfolio, table, take_in, warnings_of

KNOWN = (
    "account_id,account_name,domain\n"
    "A1,アオバ株式会社,aoba.co.jp\nA2,Globex Inc.,globex.com\nA3,Sunrise Trading,\nA4,Sunrise Trading,\n"
)
CONTRACTS = "contract_id,account_id,start_date\nC7,A2,2026-01-01\n"
PEOPLE = "contact_id,name,email,account_id\nP5,Hana Ito,hana@gmail.com,A1\n"


def _known(wb: Workbench, folder: Path) -> None:
    for kind, text in (("accounts", KNOWN), ("contracts", CONTRACTS), ("people", PEOPLE)):
        take_in(wb, table(folder, f"known-{kind}.csv", text), kind=kind)


@pytest.mark.parametrize(
    ("header", "cells", "name"),
    [
        ("account_id", "A2", "Globex Inc."),
        ("account_name", "GLOBEX", "Globex Inc."),
        ("account_name", "㈱ｱｵﾊﾞ", "アオバ株式会社"),
        ("account_name", "あおば（株）", "アオバ株式会社"),
        ("account_id", "Globex Inc", "Globex Inc."),
        ("email", "somebody@aoba.co.jp", "アオバ株式会社"),
        ("email", "Some.Body@WWW.GLOBEX.COM", "Globex Inc."),
        ("email", "hana@gmail.com", "アオバ株式会社"),
        ("contract_id", "C7", "Globex Inc."),
        ("contact_id", "P5", "アオバ株式会社"),
        ("account_id,email", "A2,somebody@aoba.co.jp", "Globex Inc."),
        ("account_name,email", "Unheard of,somebody@aoba.co.jp", "アオバ株式会社"),
    ],
)
def test_the_ways_to_the_customer(tmp_path: Path, header: str, cells: str, name: str) -> None:
    kind, where, rest, said = "surveys", "survey", "NPS,response date", "9,2026-03-01"
    if header == "contract_id":
        kind, where, rest, said = "churn", "contract_event", "due_date", "2026-03-01"
    text = f"{where}_id,{header},{rest}\nX1,{cells},{said}\n"
    with portfolio(tmp_path) as wb:
        _known(wb, tmp_path)
        result = take_in(wb, table(tmp_path, "x.csv", text), kind=kind)
        assert result.created == 1
        found = wb.reads.all(f"select a.name from {where} x join account a on a.id = x.account_id")
        assert found == [(name,)]


@pytest.mark.parametrize("domain", sorted(FREE_MAIL)[::6])
def test_mail_providers_lead_nowhere(tmp_path: Path, domain: str) -> None:
    people = f"name,email,account_name\nFirst,first@{domain},Globex Inc.\nSecond,second@{domain},\n"
    with portfolio(tmp_path) as wb:
        _known(wb, tmp_path)
        take_in(wb, table(tmp_path, "p.csv", people), kind="people")
        found = dict(wb.reads.all("select name, account_id from person where id > 1"))
        assert found == {"First": 2, "Second": None}


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("accounts", "account_id,account_name,domain\n,,globexx.com\n", "missing"),
        ("surveys", "account_name,NPS,response date\nSunrise Trading,9,2026-03-01\n", "account_ambiguous"),
        ("surveys", "account_name,NPS,response date\nSunrise Tradeing,9,2026-03-01\n", "account_doubtful"),
        ("surveys", "account_name,NPS,response date\nUnheard of,9,2026-03-01\n", "account_unknown"),
        ("surveys", "account_id,NPS,response date\nA9,9,2026-03-01\n", "account_unknown"),
        ("surveys", "email,NPS,response date\nnobody@gmail.com,9,2026-03-01\n", "account_missing"),
        ("surveys", "account_id,NPS,response date\n,9,2026-03-01\n", "account_missing"),
        ("tickets", "ticket_id,account_id,created_at\nT1,,2026-03-01\n", "account_missing"),
        ("churn", "churn_id,account_id,due_date\nX1,,2026-03-01\n", "account_missing"),
        ("contracts", "contract_id,account_id,arr\nC1,,10\n", "missing"),
        ("churn", "churn_id,contract_id,due_date\nX1,C9,2026-03-01\n", "account_unknown"),
        ("surveys", "account_id,score,response date\nA1,3,2026-03-01\n", "survey_kind_missing"),
        ("readings", "account_id,date,metric,value\nA9,2026-01-01,logins,1\n", "account_unknown"),
        (
            "readings",
            "account_name,date,metric,value\nSunrise Trading,2026-01-01,logins,1\n",
            "account_ambiguous",
        ),
        ("opportunities", "opportunity_id,account,stage\nO1,Sunrise Trading,Won\n", "account_ambiguous"),
    ],
)
def test_what_is_refused_and_why(tmp_path: Path, kind: str, text: str, code: str) -> None:
    with portfolio(tmp_path) as wb:
        _known(wb, tmp_path)
        before = content(wb)
        path = table(tmp_path, "x.csv", text)
        preview = take_in(wb, path, kind=kind, dry_run=True)
        refused = preview.batches[0].rejected
        assert [row.code for row in refused] == [code]
        assert refused[0].reason
        assert (preview.created, preview.updated) == (0, 0)
        with pytest.raises(IntakeProblem) as told:
            take_in(wb, path, kind=kind)
        assert refused[0].reason in told.value.message
        assert content(wb) == before


def test_two_systems_that_both_count_from_one_are_told_apart_by_the_names(tmp_path: Path) -> None:
    first = table(tmp_path, "a.csv", "account_id,account_name\n1,Acme\n2,Globex\n")
    second = table(tmp_path, "b.csv", "account_id,account_name\n1,Initech\n2,Globex Inc\n")
    third = table(tmp_path, "c.csv", "ticket_id,account_id,created_at\nT1,1,2026-03-01\nT2,2,2026-03-01\n")
    with portfolio(tmp_path) as wb:
        take_in(wb, first, source="crm")
        result = take_in(wb, second, source="billing")
        assert (result.created, result.updated) == (1, 1)
        assert wb.reads.all("select name from account order by id") == [("Acme",), ("Globex",), ("Initech",)]
        ids = wb.reads.all("select account_id, source, external_id from account_source order by 2 desc, 3")
        assert ids == [(1, "crm", "1"), (2, "crm", "2"), (3, "billing", "1"), (2, "billing", "2")]
        take_in(wb, third, source="billing", kind="tickets")
        assert wb.reads.all("select account_id from ticket order by external_id") == [(3,), (2,)]
        preview = take_in(wb, third, source="desk", kind="tickets", dry_run=True)
        assert [(row.row, row.code) for row in preview.batches[0].rejected] == [(2, "account_unknown")]
        assert warnings_of(preview.batches[0])["matched_other_source"] == 1


def test_the_same_event_ids_of_two_systems_are_two_events(tmp_path: Path) -> None:
    tickets = table(tmp_path, "t.csv", "ticket_id,account_id,created_at\nT1,A1,2026-03-01\n")
    with portfolio(tmp_path) as wb:
        _known(wb, tmp_path)
        for source in ("desk", "phone", "desk"):
            take_in(wb, tickets, source=source, kind="tickets")
        assert wb.reads.all("select source, external_id from ticket order by id") == [
            ("desk", "T1"),
            ("phone", "T1"),
        ]


@pytest.mark.parametrize("answer", [True, False, None])
def test_a_question_is_asked_once_for_all_its_rows(tmp_path: Path, answer: bool | None) -> None:
    rows = "".join(f"T{n},Globexx,2026-03-0{n}\n" for n in range(1, 5))
    tickets = table(tmp_path, "t.csv", "ticket_id,account_name,created_at\n" + rows)
    asked: list[Question] = []

    def ask(question: Question) -> bool | None:
        asked.append(question)
        return answer

    with portfolio(tmp_path) as wb:
        _known(wb, tmp_path)
        result = take_in(wb, tickets, kind="tickets", answers=ask, good_rows=True)
        assert [(q.name, q.candidate, q.row, q.file) for q in asked] == [
            ("Globexx", "Globex Inc.", 2, "t.csv")
        ]
        codes = [row.code for row in result.batches[0].rejected]
        if answer:
            assert wb.reads.all("select distinct account_id from ticket") == [(2,)]
            assert wb.reads.all("select name_key, account_id from account_alias") == [("globexx", 2)]
            assert take_in(wb, tickets, kind="tickets").step_id is None
            wb.undo()
            assert counts(wb)["account_alias"] == 0
        else:
            assert codes == ["account_unknown" if answer is False else "account_doubtful"] * 4
            assert len(result.questions) == (0 if answer is False else 1)
            assert counts(wb)["ticket"] == 0


def test_two_alike_in_one_file_are_two_and_not_asked(tmp_path: Path) -> None:
    path = table(tmp_path, "a.csv", "account_name\nYamada Kogyo Holdings\nYamada Kougyo Holdings\n")
    with portfolio(tmp_path) as wb:
        result = take_in(wb, path, kind="accounts")
        assert (result.created, result.questions) == (2, ())
        assert take_in(wb, path, kind="accounts").step_id is None


LINKED = {
    "accounts": "account_id,account_name,parent account\nA1,Acme,Globex\nA2,Globex,\n",
    "people": "contact_id,name,email,account_id,reports to\nP1,Ann,ann@acme.com,A1,Bob\nP2,Bob,bob@acme.com,A1,\n",
    "contracts": "contract_id,account_id,product,start_date,end_date\nC1,A1,GTX Pro,2026-01-01,2026-12-31\n",
    "products": "product,series,sales_price\nGTX Pro,GTX,4821\n",
    "tickets": "ticket_id,email,created_at\nT1,ann@acme.com,2026-03-01\n",
    "churn": "churn_id,contract_id,due_date,reason\nX1,C1,2026-03-01,Price\n",
    "readings": "subscription_id,date,metric,value\nC1,2026-03-01,logins,4\n",
}
FACTS = (
    "select a.name, p.name from account a left join account p on p.id = a.parent_id order by 1",
    "select p.name, b.name, a.name from person p join account a on a.id = p.account_id"
    " left join person b on b.id = p.reports_to_id order by 1",
    "select a.name, p.name, c.start_on from contract c join account a on a.id = c.account_id"
    " left join product p on p.id = c.product_id",
    "select t.external_id, a.name, p.name from ticket t join account a on a.id = t.account_id"
    " left join person p on p.id = t.person_id",
    "select a.name, c.external_id, e.reason from contract_event e join account a on a.id = e.account_id"
    " left join contract c on c.id = e.contract_id",
    "select a.name, m.key, r.value from reading r join account a on a.id = r.account_id"
    " join metric m on m.id = r.metric_id",
)
EXPECTED = [
    [("Acme", "Globex"), ("Globex", None)],
    [("Ann", "Bob", "Acme"), ("Bob", None, "Acme")],
    [("Acme", "GTX Pro", "2026-01-01")],
    [("T1", "Acme", "Ann")],
    [("Acme", "C1", "Price")],
    [("Acme", "logins", 4.0)],
]


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(sorted(LINKED)))
def test_linked_files_find_one_another_in_every_order(
    tmp_path_factory: pytest.TempPathFactory, order: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("linked")
    paths = {kind: table(folder, f"{kind}.csv", text) for kind, text in LINKED.items()}
    with portfolio(folder) as wb:
        empty = counts(wb)
        result = take_in(wb, *(paths[kind] for kind in order))
        assert [batch.kind for batch in result.batches] == order
        assert [wb.reads.all(sql) for sql in FACTS] == EXPECTED
        again = take_in(wb, *(paths[kind] for kind in reversed(order)))
        assert (again.created, again.updated, again.rejected, again.step_id) == (0, 0, 0, None)
        wb.undo()
        assert counts(wb) == empty


@pytest.mark.parametrize("order", list(permutations(("accounts", "people", "tickets"))))
def test_one_after_the_other_is_the_same_as_all_at_once(tmp_path: Path, order: tuple[str, ...]) -> None:
    paths = {kind: table(tmp_path, f"{kind}.csv", LINKED[kind]) for kind in order}
    with portfolio(tmp_path) as wb:
        for kind in ("accounts", "people", "tickets"):
            take_in(wb, paths[kind])
        apart = [wb.reads.all(sql) for sql in FACTS]
        while wb.undo():
            pass
        take_in(wb, *(paths[kind] for kind in order))
        assert [wb.reads.all(sql) for sql in FACTS] == apart
