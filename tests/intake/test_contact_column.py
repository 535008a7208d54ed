"""A column "担当者": colleagues where few names come again, the customers' contacts where each row names another."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_workbench.intake.contact_column import ASKED
from cs_workbench.intake.recognise import Recognition, recognise
from cs_workbench.intake.table import open_tables
from cs_workbench.services.intake.offers import as_recognised, offers_of, with_column
from tests.builders_import import portfolio, table, take_in

MANY = ("山田 太郎", "佐藤 花子", "鈴木 一郎", "田中 美咲", "加藤")
FEW = ("高橋", "高橋", "森", "高橋", "森")
THREE = ("高橋", "森", "林", "", "")


def listing(folder: Path, header: str, names: tuple[str, ...]) -> str:
    rows = "".join(f"K-{n},会社{n},{name},食品,2027/03/31\n" for n, name in enumerate(names))
    return table(folder, "顧客一覧.csv", f"顧客コード,会社名,{header},業種,契約終了日\n{rows}")


def understood(folder: Path, header: str, names: tuple[str, ...]) -> Recognition:
    (found,) = open_tables(listing(folder, header, names))
    return recognise(found)


@pytest.mark.parametrize(
    ("header", "names", "field"),
    [
        ("担当者", MANY, "contact"),
        ("担当", MANY, "contact"),
        ("担当者名", MANY, "contact"),
        ("担当者", FEW, "owner"),
        ("担当者", THREE, "owner"),  # three colleagues may be all there are
        ("自社担当者", MANY, "owner"),
        ("CSM", MANY, "owner"),
        ("営業担当", MANY, "owner"),
    ],
)
def test_whose_people_they_are(tmp_path: Path, header: str, names: tuple[str, ...], field: str) -> None:
    found = understood(tmp_path, header, names)
    assert found.mapping is not None
    assert found.mapping.columns[2].field == field
    asked = [note.message for note in found.notes if note.code == ASKED]
    assert bool(asked) is (field == "contact")
    if asked:
        assert f"“{header}” names 5 different people" in asked[0]


def test_the_question_stands_at_its_column_until_it_is_answered(tmp_path: Path) -> None:
    path = listing(tmp_path, "担当者", MANY)
    with portfolio(tmp_path) as wb:
        (offer,) = offers_of(wb.reads, path)
        assert offer.asked == (2,)
        ours = with_column(offer, 2, "owner")
        assert ours.asked == ()
        assert ours.mapping is not None
        assert ours.mapping.columns[2].field == "owner"
        assert as_recognised(ours).asked == (2,)


def test_contacts_become_people_once_and_are_undone_with_the_import(tmp_path: Path) -> None:
    path = listing(tmp_path, "担当者", MANY)
    with portfolio(tmp_path) as wb:
        dry = take_in(wb, path, dry_run=True)
        assert ASKED in [one.code for one in dry.batches[0].warnings]
        take_in(wb, path)
        held = (
            "select p.name, a.name, a.owner from person p join account a on a.id = p.account_id order by a.id"
        )
        people = wb.reads.all(held)
        assert [row[0] for row in people] == list(MANY)
        assert {row[2] for row in people} == {None}
        again = take_in(wb, path)
        assert (again.batches[0].created, again.batches[0].unchanged) == (0, 5)
        assert len(wb.reads.all(held)) == 5
        wb.undo()
        assert wb.reads.all(held) == []
        wb.redo()
        assert len(wb.reads.all(held)) == 5


def test_a_person_of_that_name_is_the_same_person(tmp_path: Path) -> None:
    people = table(
        tmp_path, "people.csv", "会社名,氏名,メールアドレス,役職\n会社0,山田 太郎,yamada@aoba.jp,部長\n"
    )
    with portfolio(tmp_path) as wb:
        take_in(wb, listing(tmp_path, "担当者", MANY), people)
        assert wb.reads.scalar("select count(*) from person where name like '山田%'") == 1
