"""Imports through the service: matching, idempotence, all or nothing, previews, rejected rows, saved mappings."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from cs_workbench.errors import Cancelled, FileProblem, IntakeProblem
from cs_workbench.services.intake import Question, import_files
from tests.builders_import import NOW, content, counts, portfolio, table, take_in, warnings_of

ACCOUNTS = "account_id,account_name,domain\nA1,アオバ株式会社,aoba.co.jp\nA2,Globex Inc.,globex.com\n"


def test_files_in_any_order_become_one_step(tmp_path: Path) -> None:
    tickets = table(
        tmp_path, "tickets.csv", "ticket_id,account_id,submitted_at,priority\nT1,A1,2026-03-01,high\n"
    )
    accounts = table(tmp_path, "accounts.csv", ACCOUNTS)
    with portfolio(tmp_path) as wb:
        empty = counts(wb)
        result = take_in(wb, tickets, accounts)
        assert result.name == "Import 1 ticket, 2 accounts"
        assert [step.name for step in wb.history()] == [result.name]
        assert wb.reads.one(
            "select a.name, t.priority from ticket t join account a on a.id = t.account_id"
        ) == ("アオバ株式会社", "high")
        assert wb.undo() == result.name
        assert counts(wb) == empty


@pytest.mark.parametrize("spelling", ["㈱アオバ", "ｱｵﾊﾞ（株）", "アオバ 株式会社", "あおば株式会社"])
def test_another_spelling_is_the_same_customer(tmp_path: Path, spelling: str) -> None:
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        result = take_in(
            wb, table(tmp_path, "b.csv", f"account_name,industry\n{spelling},Retail\n"), kind="accounts"
        )
        assert (result.created, result.updated) == (0, 1)
        assert wb.reads.all("select name, industry from account order by id") == [
            ("アオバ株式会社", "Retail"),
            ("Globex Inc.", None),
        ]


def test_a_domain_leads_to_the_customer_and_free_mail_does_not(tmp_path: Path) -> None:
    people = (
        "name,email,account_name\nHana,hana@globex.com,\nTaro,taro@gmail.com,\nJun,jun@initech.com,Initech\n"
    )
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        result = take_in(wb, table(tmp_path, "people.csv", people), kind="people")
        found = wb.reads.all(
            "select p.name, a.name from person p left join account a on a.id = p.account_id order by p.id"
        )
        assert found == [("Hana", "Globex Inc."), ("Taro", None), ("Jun", "Initech")]
        told = {warning.code: warning.examples for warning in result.batches[0].warnings}
        assert told["account_created"] == ("Initech",)
        assert told["person_without_account"] == ("Taro",)


def _likely(folder: Path) -> tuple[str, str]:
    return (
        table(folder, "a.csv", "account_name\nYamada Kogyo Holdings\n"),
        table(folder, "b.csv", "account_name\nYamada Kougyo Holdings\n"),
    )


def test_a_likely_name_is_asked_and_never_guessed(tmp_path: Path) -> None:
    first, second = _likely(tmp_path)
    with portfolio(tmp_path) as wb:
        take_in(wb, first, kind="accounts")
        preview = take_in(wb, second, kind="accounts", dry_run=True)
        assert [(q.name, q.candidate, q.row) for q in preview.questions] == [
            ("Yamada Kougyo Holdings", "Yamada Kogyo Holdings", 2)
        ]
        assert preview.questions[0].likeness >= 90
        assert preview.batches[0].rejected[0].code == "account_doubtful"
        with pytest.raises(IntakeProblem):
            take_in(wb, second, kind="accounts")
        assert counts(wb)["account"] == 1


def test_yes_is_remembered_as_another_spelling_and_no_makes_another_customer(tmp_path: Path) -> None:
    first, second = _likely(tmp_path)
    with portfolio(tmp_path) as wb:
        take_in(wb, first, kind="accounts")
        asked: list[Question] = []

        def yes(question: Question) -> bool:
            asked.append(question)
            return True

        take_in(wb, second, kind="accounts", answers=yes)
        assert len(asked) == 1
        assert counts(wb)["account"] == 1
        assert wb.reads.scalar("select name from account") == "Yamada Kogyo Holdings"
        again = take_in(wb, second, kind="accounts")
        assert (again.created, again.updated, again.questions) == (0, 0, ())
        wb.undo()
        take_in(wb, second, kind="accounts", answers={"Yamada Kougyo Holdings": False})
        assert counts(wb)["account"] == 2
        assert take_in(wb, second, kind="accounts").step_id is None


def test_names_that_differ_in_a_figure_are_never_asked(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", "account_name\nStore Number 12\n"), kind="accounts")
        result = take_in(wb, table(tmp_path, "b.csv", "account_name\nStore Number 13\n"), kind="accounts")
        assert (result.created, result.questions) == (1, ())


def test_a_blank_never_erases_and_a_value_overwrites(tmp_path: Path) -> None:
    head = "account_id,account_name,industry,phone\n"
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", head + "A1,Acme,Retail,03-1111-2222\n"))
        result = take_in(wb, table(tmp_path, "b.csv", head + "A1,Acme,,03-3333-4444\n"))
        assert (result.created, result.updated, result.batches[0].unchanged) == (0, 1, 0)
        assert wb.reads.one("select industry, phone from account") == ("Retail", "03-3333-4444")


def test_the_same_id_with_another_name_is_told(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        result = take_in(wb, table(tmp_path, "b.csv", "account_id,account_name\nA2,Initrode\n"))
        assert warnings_of(result.batches[0])["renamed"] == 1
        assert wb.reads.scalar("select name from account where id = 2") == "Initrode"


BAD = "ticket_id,account_id,submitted_at,subject\nT1,A1,2026-03-01,fine\nT2,A9,2026-03-01,=cmd()\nT3,A1,soon,late\n"


def test_rejected_rows_stop_the_import_and_lie_in_a_file_of_their_own(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        before = content(wb)
        with pytest.raises(IntakeProblem) as refused:
            take_in(wb, table(tmp_path, "tickets.csv", BAD))
        assert refused.value.code == "rows_rejected"
        assert refused.value.message.startswith("2 of 3 rows")
        assert content(wb) == before
        batch = refused.value.where["result"]["batches"][0]
        path = Path(batch["rejected_file"])
        assert path.parent == Path(wb.path + "-imports")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == ["ticket_id", "account_id", "submitted_at", "subject", "Reason"]
        assert [row[0] for row in rows[1:]] == ["T2", "T3"]
        assert rows[1][3] == "'=cmd()"
        assert "A9" in rows[1][4]
        assert [entry["row"] for entry in batch["rejected"]] == [3, 4]


def test_good_rows_only_by_choice(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        result = take_in(wb, table(tmp_path, "tickets.csv", BAD), good_rows=True)
        batch = result.batches[0]
        assert (batch.rows, batch.created, len(batch.rejected)) == (3, 1, 2)
        assert batch.rows == batch.created + batch.updated + batch.unchanged + len(batch.rejected)
        assert wb.reads.all("select external_id from ticket") == [("T1",)]


def test_a_preview_counts_and_writes_nothing(tmp_path: Path) -> None:
    accounts = table(tmp_path, "a.csv", ACCOUNTS)
    with portfolio(tmp_path) as wb:
        before = content(wb)
        result = take_in(wb, accounts, dry_run=True)
        assert (result.dry_run, result.created, result.step_id) == (True, 2, None)
        assert content(wb) == before
        assert wb.reads.scalar("select count(*) from saved_mapping") == 0
        assert not Path(wb.path + "-imports").exists()


def test_rows_without_an_id_are_known_by_what_they_say(tmp_path: Path) -> None:
    text = "account_name,survey,score,answered_on,comment\nGlobex,NPS,9,2026-02-01,good\nGlobex,NPS,3,2026-02-02,bad\n"
    surveys = table(tmp_path, "surveys.csv", text + "Globex,NPS,9,2026-02-01,good\n")
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        first = take_in(wb, surveys, kind="surveys")
        assert warnings_of(first.batches[0])["duplicate_row"] == 1
        assert (first.batches[0].created, first.batches[0].unchanged) == (2, 1)
        assert take_in(wb, surveys, kind="surveys").step_id is None
        assert counts(wb)["survey"] == 2


USAGE = "account_id,date,metric,value\n"


def test_readings_add_up_within_a_file_and_are_replaced_by_the_next(tmp_path: Path) -> None:
    first = table(
        tmp_path, "u1.csv", USAGE + "A1,2026-03-01,logins,3\nA1,2026-03-01,logins,4\nA1,2026-03-02,logins,1\n"
    )
    second = table(
        tmp_path, "u2.csv", USAGE + "A1,2026-03-01,logins,9\nA1,2026-03-02,logins,1\nA1,2026-03-03,logins,2\n"
    )
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        one = take_in(wb, first)
        assert warnings_of(one.batches[0])["merged_rows"] == 1
        assert wb.reads.all("select value from reading order by day") == [(7.0,), (1.0,)]
        before = content(wb)
        two = take_in(wb, second)
        assert (two.batches[0].created, two.batches[0].updated, two.batches[0].unchanged) == (1, 1, 1)
        assert wb.reads.all("select value from reading order by day") == [(9.0,), (1.0,), (2.0,)]
        after = content(wb)
        wb.undo()
        assert content(wb) == before
        wb.redo()
        assert content(wb) == after
        assert take_in(wb, second).step_id is None


def test_of_two_files_in_one_call_the_later_one_counts(tmp_path: Path) -> None:
    paths = [
        table(tmp_path, name, USAGE + f"A1,2026-03-01,logins,{value}\n")
        for name, value in (("u1.csv", 3), ("u2.csv", 5))
    ]
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        empty = content(wb)
        take_in(wb, *paths)
        assert wb.reads.all("select value from reading") == [(5.0,)]
        assert take_in(wb, *paths).step_id is None
        wb.undo()
        assert content(wb) == empty


def test_doubled_ids_that_say_the_same_count_once(tmp_path: Path) -> None:
    head = "usage_id,account_id,usage_date,feature_name,usage_count\n"
    rows = "U1,A1,2026-03-01,search,2\n" * 2 + "U2,A1,2026-03-02,search,1\nU2,A1,2026-03-03,search,4\n"
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        result = take_in(wb, table(tmp_path, "feature_usage.csv", head + rows))
        assert warnings_of(result.batches[0])["duplicate_id"] == 2
        assert wb.reads.all("select value from reading order by day") == [(2.0,), (1.0,), (4.0,)]


def test_unknown_columns_can_be_kept_as_fields_of_ones_own(tmp_path: Path) -> None:
    accounts = table(tmp_path, "a.csv", "account_id,account_name,favourite tea\nA1,Acme,sencha\n")
    with portfolio(tmp_path) as wb:
        take_in(wb, accounts)
        kept = "select f.label, c.value from account_custom c join custom_field f on f.id = c.field_id"
        assert wb.reads.all(kept) == [("favourite tea", "sencha")]
        assert take_in(wb, accounts).step_id is None
        table(tmp_path, "a.csv", "account_id,account_name,favourite tea\nA1,Acme,hojicha\n")
        assert take_in(wb, accounts).updated == 1
        assert wb.reads.all(kept) == [("favourite tea", "hojicha")]


def test_parents_and_superiors_are_tied_whatever_the_order(tmp_path: Path) -> None:
    accounts = "account_name,parent account\nChild,Mother\nMother,\nOrphan,Nobody\n"
    people = "name,email,account_name,reports to\nA,a@x.co,Child,B\nB,b@x.co,Child,\n"
    with portfolio(tmp_path) as wb:
        result = take_in(wb, table(tmp_path, "a.csv", accounts), kind="accounts")
        assert warnings_of(result.batches[0])["parent_unknown"] == 1
        take_in(wb, table(tmp_path, "p.csv", people), kind="people")
        sql = "select c.name, p.name from account c join account p on p.id = c.parent_id"
        assert wb.reads.all(sql) == [("Child", "Mother")]
        sql = "select c.name, p.name from person c join person p on p.id = c.reports_to_id"
        assert wb.reads.all(sql) == [("A", "B")]


def test_a_mapping_by_hand_is_found_again_by_the_header(tmp_path: Path) -> None:
    odd = table(tmp_path, "odd.csv", "Zeug,Dings\nX1,Acme\n")
    mapping = tmp_path / "mapping.json"
    mapping.write_text(
        json.dumps({"kind": "accounts", "source": "erp", "columns": {"Zeug": "external_id", "Dings": "name"}})
    )
    with portfolio(tmp_path) as wb:
        with pytest.raises(IntakeProblem) as refused:
            take_in(wb, odd)
        assert refused.value.code == "unrecognised"
        assert take_in(wb, odd, mapping=str(mapping)).created == 1
        assert wb.reads.one("select source, external_id from account_source") == ("erp", "X1")
        table(tmp_path, "odd.csv", "Zeug,Dings\nX2,Globex\n")
        assert take_in(wb, odd).created == 1
        table(tmp_path, "odd.csv", "Dings,Zeug\nInitech,X3\n")
        assert take_in(wb, odd, mapping="erp").created == 1
        with pytest.raises(IntakeProblem) as unknown:
            take_in(wb, odd, mapping="nothing")
        assert unknown.value.code == "mapping_unknown"


def test_the_plain_shape_for_scripts(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        plain = take_in(wb, table(tmp_path, "tickets.csv", BAD), good_rows=True).as_plain()
    batch = plain["batches"][0]
    assert {"file", "kind", "rows", "created", "updated", "unchanged", "rejected", "warnings"} <= set(batch)
    assert {"row", "reason"} <= set(batch["rejected"][0])
    assert json.loads(json.dumps(plain)) == plain


def test_a_batch_row_tells_what_became_of_the_file(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        row = wb.reads.one(
            "select file_name, kind, rows, created, updated, rejected, length(sha256) from import_batch"
        )
        assert row == ("a.csv", "accounts", 2, 2, 0, 0, 64)


@pytest.mark.parametrize("after", [0, 1, 2, 3, 4, 5])
def test_stopping_leaves_nothing(tmp_path: Path, after: int) -> None:
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > after

    accounts = table(tmp_path, "a.csv", ACCOUNTS)
    with portfolio(tmp_path) as wb:
        before = content(wb)
        with pytest.raises(Cancelled):
            take_in(wb, accounts, cancelled=stop)
        assert content(wb) == before
        assert wb.history() == []


def test_progress_is_told_in_words(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS), progress=lambda *step: told.append(step))
    assert told[0] == (2, 0, "Reading a.csv")
    assert told[-1][2] == "Writing"
    assert all(done <= total for done, total, label in told if label == "Writing")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb, pytest.raises(FileProblem):
        take_in(wb, str(tmp_path / "nothing.csv"))


def test_times_without_a_zone_are_those_of_the_portfolio(tmp_path: Path) -> None:
    tickets = table(tmp_path, "tickets.csv", "ticket_id,account_id,created_at\nT1,A1,2026-03-01 01:00\n")
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        import_files(wb, [tickets], now=NOW, time_zone="Asia/Tokyo", kind="tickets")
        assert wb.reads.scalar("select opened_at from ticket") == "2026-02-28T16:00:00Z"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"start": "2026-04-01", "end": "2027-03-31", "renewal": ""}, ("2026-04-01", "2027-03-31")),
        ({"start": "2026-04-01", "end": "", "renewal": "2027-04-01"}, ("2026-04-01", "2027-04-01")),
    ],
)
def test_contract_terms(tmp_path: Path, row: dict[str, Any], expected: tuple[str, str]) -> None:
    text = "contract_id,account_id,start_date,end_date,renewal_date,arr\n"
    text += f"C1,A1,{row['start']},{row['end']},{row['renewal']},1200000\n"
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        result = take_in(wb, table(tmp_path, "c.csv", text), kind="contracts")
        assert wb.reads.one("select start_on, end_on from contract") == expected
        assert wb.reads.one("select arr, currency from contract") == (12_000_000_000, "USD")
        assert warnings_of(result.batches[0])["currency_assumed"] == 1


def test_a_term_that_ends_before_it_begins_is_told(tmp_path: Path) -> None:
    text = "contract_id,account_id,start_date,end_date,arr\nC1,A1,2026-04-01,2025-03-31,10\n"
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        result = take_in(wb, table(tmp_path, "c.csv", text), kind="contracts")
        assert warnings_of(result.batches[0])["date_order"] == 1


def test_an_update_stamps_the_record_with_the_day_of_the_import(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        changed = table(tmp_path, "b.csv", "account_id,account_name,industry\nA2,Globex Inc.,Retail\n")
        import_files(wb, [changed], kind="accounts", now=NOW.replace(day=2))
        stamps = wb.reads.all("select substr(updated_at, 1, 10) from account order by id")
    assert stamps == [("2026-04-01",), ("2026-04-02",)]


def test_a_contradiction_is_told_with_the_file_of_the_events(tmp_path: Path) -> None:
    accounts = table(
        tmp_path, "accounts.csv", "account_id,account_name,churn_flag\nA1,Acme,False\nA2,Bolt,False\n"
    )
    events = table(
        tmp_path,
        "churn_events.csv",
        "churn_event_id,account_id,churn_date,reason_code\nC1,A1,2026-03-01,price\n",
    )
    with portfolio(tmp_path) as wb:
        told = {
            batch.file: {one.code for one in batch.warnings}
            for batch in take_in(wb, accounts, events).batches
        }
    assert "event_without_flag" in told["churn_events.csv"]
    assert "event_without_flag" not in told["accounts.csv"]


@pytest.mark.parametrize(
    "word",
    ["Draft", "Quote", "Proposal", "In Approval Process", "見積", "見積もり", "提案", "下書き", "署名待ち"],
)
def test_what_nobody_signed_is_kept_as_a_draft_and_told(tmp_path: Path, word: str) -> None:
    text = f"contract_id,account_id,start_date,end_date,arr,status\nSO-9,A1,2026-04-01,2027-03-31,10,{word}\n"
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", ACCOUNTS))
        result = take_in(wb, table(tmp_path, "c.csv", text), kind="contracts")
        assert wb.reads.one("select status from contract") == ("draft",)
        (told,) = [one for one in result.batches[0].warnings if one.code == "contract_draft"]
        assert told.message.startswith("1 row is a draft or quote and no contract yet")
        assert told.examples == ("SO-9",)
