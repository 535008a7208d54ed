"""Stages named in a file: whatever the spelling and the language, the account gets the stage of the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_workbench.services.intake.context import stage_spellings
from tests.builders_import import portfolio, table, take_in, warnings_of

HEADER = "account_id,account_name,stage\n"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Grow", "grow"),
        ("grow", "grow"),
        (" GROW ", "grow"),
        ("ｇｒｏｗ", "grow"),
        ("拡大", "grow"),
        ("定着", "adoption"),
        ("Won back", "won_back"),
        ("won_back", "won_back"),
        ("Won-Back", "won_back"),
        ("復帰", "won_back"),
    ],
)
def test_a_spelling_is_kept_as_the_key(tmp_path: Path, written: str, key: str) -> None:
    with portfolio(tmp_path) as wb:
        result = take_in(wb, table(tmp_path, "accounts.csv", f"{HEADER}A1,Acme,{written}\n"))
        assert wb.reads.scalar("select stage from account") == key
        assert "stage_unknown" not in warnings_of(result.batches[0])


def test_an_unknown_stage_is_kept_as_written_and_named_by_row(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        path = table(tmp_path, "accounts.csv", HEADER + "A1,Acme,Grow\nA2,Globex,Hypercare\nA3,Hooli,\n")
        result = take_in(wb, path)
        assert wb.reads.all("select name, stage from account order by name") == [
            ("Acme", "grow"), ("Globex", "Hypercare"), ("Hooli", None),
        ]  # fmt: skip
        (told,) = [one for one in result.batches[0].warnings if one.code == "stage_unknown"]
        assert (told.count, told.examples) == (1, ("row 3: Hypercare",))
        assert "row 3: Hypercare" in told.message
        wb.undo()
        assert wb.reads.scalar("select count(*) from account") == 0


def test_the_same_stage_in_the_other_language_is_no_change(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "en.csv", HEADER + "A1,Acme,Grow\n"))
        again = take_in(wb, table(tmp_path, "ja.csv", HEADER + "A1,Acme,拡大\n"))
        assert (again.updated, again.step_id) == (0, None)
        take_in(wb, table(tmp_path, "later.csv", HEADER + "A1,Acme,更新\n"))
        moves = wb.reads.all("select from_stage, to_stage from stage_move order by id")
        assert moves[-1] == ("grow", "renewal")


def test_a_list_of_one_s_own_is_known_by_its_labels(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        with wb.change("own stage") as db:
            db.execute(
                "insert into list_item (list, key, label_en, label_ja, position, data, archived)"
                " values ('stage', 'pilot', 'Pilot phase', '試行', 9, '{}', 0)"
            )
        rows = HEADER + "A1,Acme,pilot PHASE\nA2,Globex,試行\n"
        take_in(wb, table(tmp_path, "accounts.csv", rows))
        assert wb.reads.all("select distinct stage from account") == [("pilot",)]


def test_a_key_comes_before_the_label_of_another() -> None:
    found = stage_spellings([("a", "B", ""), ("b", "Second", "二")])
    assert found == {"a": "a", "b": "b", "second": "b", "二": "b"}
