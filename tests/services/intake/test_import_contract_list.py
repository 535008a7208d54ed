"""One list of customers with their contracts: what it says of the customer goes there, and a row without a contract
makes none.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cs_workbench.domain.text import fold
from cs_workbench.intake.recognise import recognise
from cs_workbench.intake.table import open_tables
from cs_workbench.services.intake.offers import field_choices, offers_of, with_column
from cs_workbench.services.workbench import Workbench
from tests.builders_import import content, portfolio, table, take_in, warnings_of

HEADER = "会社名,フリガナ,区分,契約開始,更新日,年額(千円),席,担当,メモ\n"
ROWS = (
    "㈱碧海製作所,アオミセイサクショ,A,2025/12/1,2026/12/31,12000,120,山田,値上げ交渉中\n"
    "株式会社 髙砂物流,タカサゴブツリュウ,Ａ,2025/4/1,2027/3/31,8400,80,山田,\n"
    "㈱碧海製作所,,A,,,,,,重複\n"
)
FIELDS = [
    "account_name", "account.reading", "account.tier", "start_on", "renewal_on", "arr", "seats", "account.owner",
    "note",
]  # fmt: skip


def listing(folder: Path, rows: str = ROWS, header: str = HEADER) -> str:
    return table(folder, "担当先.csv", header + rows)


def accounts(wb: Workbench) -> list[tuple[Any, ...]]:
    return wb.reads.all("select name, reading, tier, owner, note from account order by id")


def fields_of(path: str) -> list[str]:
    (found,) = open_tables(path)
    mapping = recognise(found, kind="contracts").mapping
    assert mapping is not None
    return [column.field for column in mapping.columns]


def test_the_list_is_read_as_contracts_with_the_fields_of_their_customers(tmp_path: Path) -> None:
    path = listing(tmp_path)
    with portfolio(tmp_path) as wb:
        (offer,) = offers_of(wb.reads, path)
        assert offer.mapping is not None
        assert offer.mapping.kind == "contracts"
        assert [column.field for column in offer.mapping.columns] == FIELDS


def test_the_fields_are_written_to_the_account_and_undone_with_the_import(tmp_path: Path) -> None:
    path = listing(tmp_path)
    with portfolio(tmp_path) as wb:
        before = content(wb)
        done = take_in(wb, path)
        assert accounts(wb) == [
            ("㈱碧海製作所", "アオミセイサクショ", "A", "山田", "重複"),
            ("株式会社 髙砂物流", "タカサゴブツリュウ", "A", "山田", ""),
        ]
        assert wb.reads.scalar("select count(*) from contract_custom") == 0
        assert wb.reads.scalar("select count(*) from custom_field") == 0
        assert "joined_rows" not in warnings_of(done.batches[0])
        written = content(wb)
        assert take_in(wb, path).step_id is None
        assert content(wb) == written
        wb.undo()
        assert content(wb) == before
        wb.redo()
        assert content(wb) == written


def test_a_changed_rank_changes_the_known_account(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        take_in(wb, listing(tmp_path))
        take_in(wb, listing(tmp_path, ROWS.replace(",A,", ",B,").replace("山田", "")))
        assert [row[2:4] for row in accounts(wb)] == [("B", "山田"), ("A", "山田")]


def test_rows_that_contradict_each_other_are_told_and_the_first_stands(tmp_path: Path) -> None:
    header = "会社名,契約名,契約開始日,年額,ランク,担当\n"
    rows = "青葉,本体,2026/1/1,100,A,山田\n青葉,保守,2026/1/1,20,B,山田\n青葉,研修,2026/1/1,5,A,佐藤\n"
    with portfolio(tmp_path) as wb:
        done = take_in(wb, listing(tmp_path, rows, header), kind="contracts")
        assert accounts(wb) == [("青葉", "", "A", "山田", "")]
        (told,) = [one for one in done.batches[0].warnings if one.code == "account_differs"]
        assert told.count == 2
        assert told.examples == ("row 3: 青葉, Tier A / B", "row 4: 青葉, Owner 山田 / 佐藤")
        assert take_in(wb, listing(tmp_path, rows, header), kind="contracts").step_id is None


def test_a_file_of_accounts_in_the_same_import_comes_first(tmp_path: Path) -> None:
    own = table(tmp_path, "顧客.csv", "会社名,ランク,業種\n青葉,S,食品\n")
    rows = "青葉,2026/1/1,100,A,山田\n青葉,2025/1/1,90,,山田\n"
    with portfolio(tmp_path) as wb:
        done = take_in(wb, listing(tmp_path, rows, "会社名,契約開始日,年額,ランク,担当\n"), own)
        assert accounts(wb) == [("青葉", "", "S", "山田", "")]
        assert sum(warnings_of(batch).get("account_differs", 0) for batch in done.batches) == 1


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("フリガナ", "account.reading"),
        ("ふりがな", "account.reading"),
        ("カナ", "account.reading"),
        ("お客様 フリガナ", "account.reading"),
        ("ランク", "account.tier"),
        ("区分", "account.tier"),
        ("お客様 区分", "account.tier"),
        ("契約先ランク", "account.tier"),
        ("契約 区分", "custom:契約 区分"),  # speaks of the contract
        ("備考欄 担当", "account.owner"),
        ("CSM", "account.owner"),
        ("業種", "account.industry"),
        ("住所", "account.address"),
        ("フェーズ", "account.stage"),
        ("契約プラン", "plan"),
        ("契約ステータス", "status"),
    ],
)
def test_what_a_column_of_a_list_of_contracts_means(tmp_path: Path, header: str, field: str) -> None:
    values = {"account.reading": "アオバ", "status": "有効"}.get(field, "A")
    rows = f"青葉,2026/1/1,100,{values}\n東北,2026/2/1,200,{values}\n"
    assert fields_of(listing(tmp_path, rows, f"会社名,契約開始日,年額,{header}\n"))[3] == field


def test_the_fields_are_offered_for_a_column(tmp_path: Path) -> None:
    offered = field_choices("contracts")
    assert {"account.reading", "account.tier", "account.owner", "account.stage"} <= set(offered)
    assert offered.index("external_id") < offered.index("account.tier")
    rows = "青葉,2026/1/1,100,S\n青葉,2025/1/1,90,S\n"
    with portfolio(tmp_path) as wb:
        path = listing(tmp_path, rows, "会社名,契約開始日,年額,大事さ\n")
        (offer,) = offers_of(wb.reads, path)
        changed = with_column(offer, 3, "account.tier").mapping
        assert changed is not None
        take_in(wb, path, mapping=changed)
        assert wb.reads.scalar("select tier from account") == "S"


def test_a_word_that_is_no_stage_is_told_and_takes_the_place_of_none(tmp_path: Path) -> None:
    header, stages = "会社名,契約開始日,年額,フェーズ\n", "select stage from account order by id"
    rows = "青葉,2026/1/1,100,定着\n東北,2026/2/1,200,交渉中\n"
    with portfolio(tmp_path) as wb:
        done = take_in(wb, listing(tmp_path, rows, header), kind="contracts")
        assert wb.reads.all(stages) == [("adoption",), ("交渉中",)]
        (told,) = [one for one in done.batches[0].warnings if one.code == "stage_unknown"]
        assert told.examples == ("row 3: 交渉中",)
        take_in(wb, listing(tmp_path, rows.replace("定着", "受注"), header), kind="contracts")
        assert wb.reads.all(stages) == [("adoption",), ("交渉中",)]


def test_contacts_named_in_the_list_become_people_once(tmp_path: Path) -> None:
    header = "会社名,契約名,契約開始日,年額,先方担当者,先方担当者メール\n"
    rows = (
        "青葉,本体,2026/1/1,100,森 碧,Mori@aoba.example.jp\n青葉,保守,2026/1/1,20,森 碧,mori@aoba.example.jp\n"
        "東北,本体,2026/1/1,100,林 武,\n"
    )
    with portfolio(tmp_path) as wb:
        done = take_in(wb, listing(tmp_path, rows, header), kind="contracts")
        people = "select account_id, name, email from person order by id"
        assert wb.reads.all(people) == [(1, "森 碧", "mori@aoba.example.jp"), (2, "林 武", None)]
        assert "joined_rows" not in warnings_of(done.batches[0])


def test_somebody_else_in_each_row_is_the_customers_and_asked_about(tmp_path: Path) -> None:
    names = ("山田 太郎", "佐藤 花子", "鈴木 一郎", "田中 美咲")
    rows = "".join(f"会社{n % 3},2026/{n + 1}/1,100,{name}\n" for n, name in enumerate(names))
    path = listing(tmp_path, rows, "会社名,契約開始日,年額,担当者\n")
    with portfolio(tmp_path) as wb:
        (offer,) = offers_of(wb.reads, path)
        assert offer.mapping is not None
        assert (offer.mapping.kind, offer.mapping.columns[3].field) == ("contracts", "account.contact")
        assert offer.asked == (3,)
        assert with_column(offer, 3, "account.owner").asked == ()


def test_a_domain_is_learnt_for_a_known_account(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "顧客.csv", "会社名,業種\n青葉,食品\n"))
        path = listing(tmp_path, "青葉,2026/1/1,100,aoba.example.jp\n", "会社名,契約開始日,年額,ドメイン\n")
        take_in(wb, path, kind="contracts")
        assert wb.reads.all("select account_id, domain from account_domain") == [(1, "aoba.example.jp")]
        assert take_in(wb, path, kind="contracts").step_id is None


# -- rows without a contract


@pytest.mark.parametrize(
    ("column", "cell", "made"),
    [
        ("契約開始日", "2026/1/1", True),
        ("契約終了日", "2026/1/1", True),
        ("更新日", "2026/1/1", True),
        ("年額", "0", True),
        ("席数", "5", True),
        ("製品", "Atlas", True),
        ("プラン", "Pro", True),
        ("契約名", "保守", True),
        ("契約番号", "C-1", True),
        ("解約通知日数", "60", False),
        ("自動更新", "あり", False),
        ("契約ステータス", "有効", False),
    ],
)
def test_what_makes_a_contract(tmp_path: Path, column: str, cell: str, made: bool) -> None:
    extra = "" if column in ("契約開始日", "席数") else ",契約開始日"
    text = f"会社名,{column}{extra},席数\n" if column != "席数" else "会社名,席数,契約開始日\n"
    blanks = "," * (text.count(",") - 1)
    with portfolio(tmp_path) as wb:
        done = take_in(wb, table(tmp_path, "x.csv", f"{text}青葉,{cell}{blanks}\n"), kind="contracts")
        assert wb.reads.scalar("select count(*) from contract") == made
        assert ("no_contract" in warnings_of(done.batches[0])) is not made
        assert wb.reads.scalar("select count(*) from account") == 1


def test_a_row_without_a_contract_is_told_and_counted_as_of_the_account(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        done = take_in(wb, listing(tmp_path))
        (batch,) = done.batches
        assert (batch.created, batch.updated, batch.new_accounts, batch.account_rows) == (2, 1, 2, 1)
        assert done.name == "Import 2 accounts, 2 contracts"
        (told,) = [one for one in batch.warnings if one.code == "no_contract"]
        assert told.examples == ("row 4: ㈱碧海製作所",)
        assert wb.reads.scalar("select count(*) from contract") == 2


def test_a_memo_is_added_below_what_stands_there(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "顧客.csv", "会社名,業種,メモ\n㈱碧海製作所,食品,工場は二つ\n"))
        rows = "㈱碧海製作所,,,,,,,,重複\n碧海製作所,,,,,,,,工場は二つ\n碧海製作所,,,,,,,,来期検討\n"
        path = listing(tmp_path, rows)
        done = take_in(wb, path, kind="contracts")
        assert accounts(wb)[0][4] == "工場は二つ\n重複\n来期検討"
        assert done.name == "Import 2 accounts"
        assert (done.batches[0].updated, done.batches[0].unchanged) == (2, 1)
        assert take_in(wb, path, kind="contracts").step_id is None
        wb.undo()
        assert accounts(wb)[0][4] == "工場は二つ"


def test_a_contract_known_without_data_is_still_found(tmp_path: Path) -> None:
    """What an earlier version made of such a row is not made again and not lost."""
    with portfolio(tmp_path) as wb:
        take_in(wb, listing(tmp_path))
        with wb.change("older") as db:
            db.execute(
                "update contract set start_on = null, end_on = null, arr = null, seats = null where id = 1"
            )
        done = take_in(wb, listing(tmp_path, "㈱碧海製作所,,,,,,,,重複あり\n"), kind="contracts")
        assert "no_contract" not in warnings_of(done.batches[0])
        assert wb.reads.scalar("select note from contract where id = 1") == "重複あり"


def test_beside_an_account_too_a_notice_alone_is_no_contract(tmp_path: Path) -> None:
    header = "会社ID,会社名,業種,契約終了日,解約通知日数\n"
    with portfolio(tmp_path) as wb:
        done = take_in(
            wb, table(tmp_path, "顧客.csv", f"{header}A1,青葉,食品,2027/3/31,60\nA2,東北,食品,,60\n")
        )
        assert done.batches[0].kind == "accounts"
        assert wb.reads.all("select account_id, notice_days from contract") == [(1, 60)]
        assert warnings_of(done.batches[0])["no_contract"] == 1


def test_a_hostile_memo_is_kept_as_it_is(tmp_path: Path) -> None:
    memo = "<img src=x>" + "長" * 10_000
    with portfolio(tmp_path) as wb:
        take_in(wb, listing(tmp_path, f"青葉,,,,,,,,{memo}\n"), kind="contracts")
        assert fold(accounts(wb)[0][4]) == fold(memo)
