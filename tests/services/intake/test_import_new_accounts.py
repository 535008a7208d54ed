"""Accounts that an import makes beside its rows are counted and named; an abbreviated name is asked about first."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_workbench.services.intake.offers import offers_of
from cs_workbench.services.intake.preview import Preview, prepare
from cs_workbench.services.intake.reporting import taken_in
from cs_workbench.services.workbench import Workbench
from tests.builders_import import NOW, portfolio, table, take_in, warnings_of

ACCOUNTS = "会社ID,会社名\nA1,みなと信用金庫\nA2,青葉クリニック\n"
PEOPLE = "会社名,氏名,メール\nみなと信金,渡邉 進,w@minato.example.jp\nみなと信金,森 碧,m@minato.example.jp\n"
NEW = "会社名,氏名,メール\n東北フーズ㈱,渡邉 進,w@tohoku.example.jp\n青葉クリニック,森 碧,m@aoba.example.jp\n"
TICKETS = "番号,会社,件名,受付日時\n1,みなと信金,帳票が出ない,2026/03/10 9:12\n"
READINGS = "会社名,年月,ログイン回数\nみなと信金,2026年1月,40\n"


def known(wb: Workbench, folder: Path) -> None:
    take_in(wb, table(folder, "顧客.csv", ACCOUNTS))


def planned(wb: Workbench, path: str, **settled: int | str) -> Preview:
    return prepare(wb, offers_of(wb.reads, path), now=NOW, settled=settled)  # type: ignore[arg-type]


def test_people_that_make_an_account_count_it(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        known(wb, tmp_path)
        path = table(tmp_path, "連絡先.csv", NEW)
        dry = take_in(wb, path, dry_run=True)
        assert dry.name == "Import 1 account, 2 people"
        assert dry.batches[0].new_accounts == 1
        assert dry.as_plain()["batches"][0]["new_accounts"] == 1
        done = take_in(wb, path)
        assert done.name == "Import 1 account, 2 people"
        assert warnings_of(done.batches[0])["account_created"] == 1
        assert wb.reads.scalar("select count(*) from account") == 3
        again = take_in(wb, path)
        assert (again.step_id, again.batches[0].new_accounts, again.name) == (None, 0, "")


def test_accounts_in_a_file_of_their_own_are_its_rows(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        done = take_in(wb, table(tmp_path, "顧客.csv", ACCOUNTS), table(tmp_path, "連絡先.csv", NEW))
        assert [batch.new_accounts for batch in done.batches] == [0, 1]
        assert done.name == "Import 3 accounts, 2 people"


@pytest.mark.parametrize(
    ("name", "text", "kind", "rows"),
    [
        ("連絡先.csv", PEOPLE, "people", 2),
        ("問合せ.csv", TICKETS, "tickets", 1),
        ("利用.csv", READINGS, "readings", 1),
    ],
)
def test_an_abbreviated_name_is_asked_about_and_never_twinned(
    tmp_path: Path, name: str, text: str, kind: str, rows: int
) -> None:
    with portfolio(tmp_path) as wb:
        known(wb, tmp_path)
        path = table(tmp_path, name, text)
        preview = planned(wb, path)
        (question,) = preview.result.questions
        assert preview.result.batches[0].kind == kind
        assert (question.name, question.candidate) == ("みなと信金", "みなと信用金庫")
        assert {row.code for row in preview.result.batches[0].rejected} == {"account_doubtful"}
        assert len(preview.result.batches[0].rejected) == rows
        preview.close()
        same = planned(wb, path, みなと信金=question.account_id)
        assert same.result.batches[0].rejected == ()
        assert same.result.batches[0].new_accounts == 0
        same.apply(good_rows=False)
        same.close()
        assert wb.reads.scalar("select count(*) from account") == 2
        assert wb.reads.all("select account_id, name_key from account_alias") == [(1, "みなと信金")]


@pytest.mark.parametrize("text", [PEOPLE, TICKETS, READINGS])
def test_another_customer_after_all_is_made_and_counted(tmp_path: Path, text: str) -> None:
    with portfolio(tmp_path) as wb:
        known(wb, tmp_path)
        preview = planned(wb, table(tmp_path, "x.csv", text), みなと信金="create")
        (batch,) = preview.result.batches
        assert (batch.new_accounts, batch.rejected) == (1, ())
        assert taken_in(preview.result.batches).startswith("1 account, ")
        preview.apply(good_rows=False)
        preview.close()
        assert wb.reads.scalar("select count(*) from account") == 3


def test_yes_on_the_command_line_takes_the_account_meant(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        known(wb, tmp_path)
        done = take_in(wb, table(tmp_path, "連絡先.csv", PEOPLE), answers=lambda _question: True)
        assert done.name == "Import 2 people"
        assert wb.reads.all("select distinct account_id from person") == [(1,)]
