"""Equal names under different ids: a question where files of no one system meet, two accounts within one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_workbench.errors import IntakeProblem
from cs_workbench.services.intake import planning
from tests.builders_import import counts, portfolio, table, take_in, warnings_of

FIRST = "account_id,account_name\nA1,Acme\nA2,Globex\n"
OTHER = "account_id,account_name\nB1,ACME Inc.\nB2,Initech\n"


@pytest.mark.parametrize("answer", [True, False, None])
def test_another_id_for_a_known_name_is_asked_about(tmp_path: Path, answer: bool | None) -> None:
    first, other = table(tmp_path, "a.csv", FIRST), table(tmp_path, "b.csv", OTHER)
    with portfolio(tmp_path) as wb:
        take_in(wb, first)
        result = take_in(wb, other, answers=lambda _question: answer, good_rows=True)
        names = [name for (name,) in wb.reads.all("select name from account order by id")]
        ids = wb.reads.all("select external_id from account_source where account_id = 1 order by id")
        if answer is None:
            (refused,) = result.batches[0].rejected
            assert (refused.row, refused.code) == (2, "account_doubtful")
            assert all(word in refused.reason for word in ("ACME Inc.", "A1", "B1", "--source NAME"))
            assert [(q.name, q.candidate, q.account_id) for q in result.questions] == [
                ("ACME Inc.", "Acme", 1)
            ]
            assert names == ["Acme", "Globex", "Initech"]
            return
        assert (result.questions, result.rejected) == ((), 0)
        assert names == ["Acme", "Globex", *([] if answer else ["ACME Inc."]), "Initech"]
        assert ids == ([("A1",), ("B1",)] if answer else [("A1",)])
        assert warnings_of(result.batches[0]).get("same_name") == (None if answer else 1)
        assert take_in(wb, other).step_id is None
        assert take_in(wb, first).step_id is None


def test_with_a_source_of_its_own_the_name_joins_them(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", FIRST))
        result = take_in(wb, table(tmp_path, "b.csv", OTHER), source="billing")
        assert (result.created, result.questions) == (1, ())
        assert counts(wb)["account"] == 3


def test_equal_names_of_one_file_stay_apart_and_are_told(tmp_path: Path) -> None:
    path = table(tmp_path, "a.csv", "account_id,account_name\nA1,Acme\nA2,Acme\nA3,Acme Inc.\n")
    with portfolio(tmp_path) as wb:
        result = take_in(wb, path)
        assert (result.created, result.rejected, result.questions) == (3, 0, ())
        assert warnings_of(result.batches[0])["same_name"] == 2
        assert take_in(wb, path).step_id is None


def test_of_two_ids_of_one_file_only_one_can_be_the_known_account(tmp_path: Path) -> None:
    other = table(tmp_path, "b.csv", "account_id,account_name\nB1,Acme\nB2,Acme\n")
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", FIRST))
        result = take_in(wb, other, answers=lambda _question: True)
        assert (result.created, result.updated) == (1, 1)
        assert wb.reads.all(
            "select account_id from account_source where external_id like 'B%' order by id"
        ) in (
            [(1,), (3,)],
            [(3,), (1,)],
        )


def test_a_directory_too_large_to_hold_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "MOST_KNOWN", 2)
    with portfolio(tmp_path) as wb:
        take_in(wb, table(tmp_path, "a.csv", FIRST))
        path = table(tmp_path, "c.csv", FIRST + "A3,Initech\n")
        with pytest.raises(IntakeProblem, match="more than 2 rows of accounts") as told:
            take_in(wb, path)
        assert (told.value.code, counts(wb)["account"]) == ("too_many_rows", 2)
