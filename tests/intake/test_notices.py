"""Periods of notice as people write them into lists, and what is told about one that is none."""

from __future__ import annotations

import pytest

from cs_workbench.intake.notices import notice_of
from cs_workbench.intake.problems import sentence
from cs_workbench.intake.recognise import recognise
from cs_workbench.intake.records import read_records
from cs_workbench.intake.table import Cell, Table


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("90", (90, "")),
        (90, (90, "")),
        ("90.0", (90, "")),
        ("60日前", (60, "days")),
        ("90日前まで", (90, "days")),
        ("3ヶ月前", (3, "months")),
        ("３か月前", (3, "months")),
        ("更新の3ヶ月前まで", (3, "months")),
        ("契約満了の2か月前", (2, "months")),
        ("期間満了日の 90 日前までに", (90, "days")),
        ("更新日より1カ月前", (1, "months")),
        ("三ヶ月前", (3, "months")),
        ("半年前まで", (6, "months")),
        ("1年前", (12, "months")),
        ("2週間前", (2, "weeks")),
        ("90 days before renewal", (90, "days")),
        ("3 months prior to the end", (3, "months")),
        ("30 days' notice", (30, "days")),
        ("なし", None),
        ("2026/10/31", None),
        ("3/31", None),
        ("随時", None),
        ("1200", None),
    ],
)
def test_a_period_of_notice_and_its_unit(cell: Cell, found: tuple[int, str] | None) -> None:
    assert notice_of(cell) == found


def test_a_column_of_them_is_read_and_what_is_none_says_how_to_write_it() -> None:
    rows = [
        ["アルファ", "更新の3ヶ月前まで"],
        ["ベータ", "60日前"],
        ["ガンマ", "1ヶ月前"],
        ["デルタ", "要相談"],
        ["イプ", "なし"],
    ]
    table = Table.of(
        ["会社名", "解約予告", "契約終了日"], [[*row, "2027-03-31"] for row in rows], name="list.csv"
    )
    mapping = recognise(table).mapping
    assert mapping is not None
    found = list(read_records(table, mapping))
    told = [
        (one.also[0].values.get("notice_months"), one.also[0].values.get("notice_days"))
        for one in found
        if one.also
    ]
    assert told == [(3, None), (None, 60), (1, None), (None, None)]
    assert found[3].problem is not None
    assert "3ヶ月前" in sentence(found[3].problem)
