"""People as lists address them: rank, department and reading beside a name are taken off it, and kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_workbench.services.intake.addressed import Addressed, addressed
from tests.builders_import import portfolio, table, take_in


@pytest.mark.parametrize(
    ("told", "who"),
    [
        ("田島 様（情シス）", Addressed("田島", department="情シス")),
        ("佐藤さん", Addressed("佐藤")),
        ("小笠原 健\u3000様", Addressed("小笠原 健")),
        ("黒木部長", Addressed("黒木部長")),
        ("様", Addressed("様")),
        ("Ann Lee", Addressed("Ann Lee")),
        ("真壁 由紀（部長）", Addressed("真壁 由紀", title="部長")),
        ("真壁 由紀（部長）様", Addressed("真壁 由紀", title="部長")),
        ("真壁 由紀(営業本部長)", Addressed("真壁 由紀", title="営業本部長")),
        ("真壁 由紀 部長", Addressed("真壁 由紀", title="部長")),
        ("真壁 由紀（情報システム部）", Addressed("真壁 由紀", department="情報システム部")),
        ("真壁 由紀（まかべ ゆき）", Addressed("真壁 由紀", reading="まかべ ゆき")),
        ("教務課 森", Addressed("森", department="教務課")),
        ("Ann Lee (CFO)", Addressed("Ann Lee", title="CFO")),
        ("Ann Lee (Head of IT)", Addressed("Ann Lee", title="Head of IT")),
        ("真壁 由紀（旧姓田中）", Addressed("真壁 由紀（旧姓田中）")),
        ("（部長）", Addressed("（部長）")),
        ("", Addressed("")),
    ],
)
def test_an_address_is_a_name_and_what_stands_beside_it(told: str, who: Addressed) -> None:
    assert addressed(told) == who


LIST = (
    "No.,お客様名（敬称略）,契約 満了日,契約 解約通知,"
    "契約 年額(千円・税抜),窓口 お名前,窓口 メールアドレス,直近の訪問\n"
    "1,㈱みなと製版,2027/3/31,契約満了日の３ヶ月前まで,8400,真壁 由紀（部長）,makabe@minato.example,2025/11/10\n"
    "2,北星ロジ株式会社,2027/1/31,60日前,6200,小笠原 健 様,ogasawara@hokusei.example,R7.10.2\n"
    "3,学校法人若草学園,2027/4/30,3ヶ月前,1980,教務課 森,mori@wakakusa.example,2025/11/16\n"
    "4,有限会社髙﨑酒造,2026/12/20,1ヵ月前,540,髙﨑 渚,nagisa@takasaki.example,2025/8/3\n"
)


def test_a_list_with_two_lines_of_header_is_read_without_a_question(tmp_path: Path) -> None:
    """解約通知, 窓口／お名前, 窓口／メールアドレス and 直近の訪問 are no fields of one's own."""
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "担当先.csv", LIST))
        people = wb.reads.all("select name, title, department, email from person order by id")
        assert people == [
            ("真壁 由紀", "部長", None, "makabe@minato.example"),
            ("小笠原 健", None, None, "ogasawara@hokusei.example"),
            ("森", None, "教務課", "mori@wakakusa.example"),
            ("髙﨑 渚", None, None, "nagisa@takasaki.example"),
        ]
        notices = wb.reads.all("select notice_months, notice_days from contract order by id")
        assert notices == [(3, None), (None, 60), (3, None), (1, None)]
        assert wb.reads.scalar("select count(*) from interaction") == 4
        assert wb.reads.scalar("select count(*) from custom_field") == 0


def test_a_rank_beside_a_name_in_a_file_of_people(tmp_path: Path) -> None:
    rows = "会社名,氏名,メール\n甲社,真壁 由紀（部長）,makabe@ko.example\n甲社,石井 健,ishii@ko.example\n"
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "担当者.csv", rows))
        assert wb.reads.all("select name, title from person order by id") == [
            ("真壁 由紀", "部長"), ("石井 健", None),
        ]  # fmt: skip
