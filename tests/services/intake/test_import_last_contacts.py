"""A list of one's own customers says when they were last visited and whom to write to: log and people know it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cs_workbench.intake.past_days import settled, yearless
from cs_workbench.services.account_rows import last_contacts
from tests.builders_import import portfolio, table, take_in, warnings_of

HEADER = "得意先コード,お客様名（正式）,先方ご担当,Ｅメール,最終訪問日\n"
ROWS = (
    "A-1,株式会社みやび食品工業,田島 様（情シス）,Tajima@miyabi.example,2026/3/10\n"
    "A-2,㈱北辰ロジテック,黒木部長,,R8.2.2\n"
    "A-3,あかつき信用金庫,,akatsuki@shinkin.example,11月5日\n"
    "A-4,医療法人社団 緑風会,事務長 大沢,,\n"
    "A-5,トクナガ電子(株),徳永社長,,2026/12/1\n"
)
LOG = "select a.name, i.at, i.channel, i.subject from interaction i join account a on a.id = i.account_id order by i.at"
PEOPLE = (
    "select p.name, p.department, p.email, a.name from person p"
    " join account a on a.id = p.account_id order by a.id"
)


def test_visits_and_contacts_of_a_list_are_taken_once_and_undone_with_it(tmp_path: Path) -> None:
    path = table(tmp_path, "担当先一覧.csv", HEADER + ROWS)
    with portfolio(tmp_path) as wb:
        told = warnings_of(take_in(wb, path).batches[0])
        assert (told["contact_logged"], told["contact_ahead"]) == (3, 1)
        visit = "Last visit, from the list"
        assert wb.reads.all(LOG) == [
            ("あかつき信用金庫", "2025-11-05T00:00:00Z", "visit", visit),
            ("㈱北辰ロジテック", "2026-02-02T00:00:00Z", "visit", visit),
            ("株式会社みやび食品工業", "2026-03-10T00:00:00Z", "visit", visit),
        ]
        assert len(last_contacts(wb.reads, dt.date(2026, 4, 1))) == 3
        people = wb.reads.all(PEOPLE)
        assert people == [
            ("田島", "情シス", "tajima@miyabi.example", "株式会社みやび食品工業"),
            ("黒木部長", None, None, "㈱北辰ロジテック"),
            ("akatsuki@shinkin.example", None, "akatsuki@shinkin.example", "あかつき信用金庫"),
            ("事務長 大沢", None, None, "医療法人社団 緑風会"),
            ("徳永社長", None, None, "トクナガ電子(株)"),
        ]
        again = take_in(wb, path)
        assert (again.step_id, again.batches[0].unchanged) == (None, 5)
        wb.undo()
        assert (wb.reads.all(LOG), wb.reads.all(PEOPLE)) == ([], [])
        wb.redo()
        assert (len(wb.reads.all(LOG)), wb.reads.all(PEOPLE)) == (3, people)


def test_a_day_the_log_has_already_is_not_told_twice_and_a_later_one_is_added(tmp_path: Path) -> None:
    log = table(tmp_path, "log.csv", "日時,会社名,活動種別,内容\n2026/3/10 15:00,Acme,電話,更新の話\n")
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "accounts.csv", "account_id,account_name\nA1,Acme\n"), log)
        for day in ("2026-03-10", "2026-03-20", "2026-03-20"):
            text = f"account_id,account_name,Last contact date\nA1,Acme,{day}\n"
            take_in(wb, table(tmp_path, f"list{day}.csv", text))
        assert [row[1:3] for row in wb.reads.all(LOG)] == [
            ("2026-03-10T15:00:00Z", "call"),
            ("2026-03-20T00:00:00Z", "Contact"),
        ]


def test_a_mail_address_goes_to_the_person_who_has_none_and_overwrites_nothing(tmp_path: Path) -> None:
    text = (
        "account_id,account_name,Primary contact,Email,ARR,Renewal date\n"
        "A1,Acme,Ann Lee,{mail},$1200,2027-03-31\nA2,Bolt,Bo Ek,bo@bolt.example,$900,2027-03-31\n"
    )
    with portfolio(tmp_path) as wb:
        for mail in ("", "Ann@acme.example", "other@acme.example"):
            take_in(wb, table(tmp_path, f"{mail or 'none'}.csv", text.format(mail=mail)))
        assert wb.reads.all("select name, email from person where id = 1") == [
            ("Ann Lee", "ann@acme.example")
        ]


@pytest.mark.parametrize(
    ("cell", "told", "day"),
    [
        ("11月5日", "--11-05", dt.date(2025, 11, 5)),
        ("3/31", "--03-31", dt.date(2026, 3, 31)),
        ("４月１日（水）", "--04-01", dt.date(2026, 4, 1)),
        ("2/29", "--02-29", dt.date(2024, 2, 29)),
        ("2月30日", None, None),
        ("2026/11/5", None, None),
        (46000, None, None),
    ],
)
def test_a_day_without_a_year_is_the_newest_one_behind_us(
    cell: str | int, told: str | None, day: dt.date | None
) -> None:
    assert yearless(cell) == told
    if told is not None:
        assert settled(told, dt.date(2026, 4, 1)) == day
    assert settled("--99", dt.date(2026, 4, 1)) is None


def test_what_accounts_share_has_one_width(tmp_path: Path) -> None:
    rows = "A-1,甲,B,佐藤 美咲\nA-2,乙,Ｂ,佐藤　美咲\nA-3,丙, ﾗﾝｸB ,佐藤 美咲\n"
    path = table(tmp_path, "一覧.csv", "得意先コード,会社名,ランク,弊社担当\n" + rows)
    with portfolio(tmp_path) as wb:
        take_in(wb, path)
        assert wb.reads.all("select tier, owner from account order by id") == [
            ("B", "佐藤 美咲"), ("B", "佐藤 美咲"), ("ランクB", "佐藤 美咲"),
        ]  # fmt: skip
