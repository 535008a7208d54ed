"""Search over success plans and what customers said: every noun, both alphabets, account names, one statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.services.search import KINDS, Hit, Kind, search
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.queries import search_success
from tests.builders_plans import aoba_plan
from tests.builders_store import AT, add_account, add_interaction

SAID: tuple[Kind, ...] = ("plan", "voice", "feedback")


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(str(tmp_path / "p.csw"), create=True) as workbench:
        with workbench.change("fill") as db:
            aoba = add_account(db, "㈱アオバ商事")
            acme = add_account(db, "Acme Inc.")
            add_interaction(db, aoba, "検査帳票の話", at=AT)
            case = (
                "insert into voice_case(account_id, said, said_on, action, status, created_at)"
                " values (?, ?, ?, ?, 'open', ?)"
            )
            db.execute(
                case, (acme, "Reports take <b>too long</b>", "2026-09-01", "Ship the quick report", AT)
            )
            db.execute(case, (aoba, "検査の入力が遅い", "2026-10-01", "", AT))
            db.execute("insert into theme(name, keywords, status) values ('Speed', 'slow', 'open')")
            db.execute(
                "insert into feedback(account_id, theme_id, said, said_on) values (?, 1, ?, ?)",
                (acme, "The list scrolls badly", "2026-08-01"),
            )
        aoba_plan(workbench, aoba)
        yield workbench


def found(wb: Workbench, text: str, kinds: tuple[Kind, ...] = SAID, limit: int = 50) -> list[tuple[str, str]]:
    return [(hit.kind, hit.title) for hit in search(wb.reads, text, kinds=kinds, limit=limit)]


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("templates lines", [("plan", "Templates for lines 1–3")]),
        ("INSPECTION forms", [("plan", "All five inspection forms digital")]),
        ("audits", [("plan", "2026")]),
        ("too long", [("voice", "Reports take <b>too long</b>")]),
        ("quick report", [("voice", "Reports take <b>too long</b>")]),
        ("入力", [("voice", "検査の入力が遅い")]),
        ("ﾆｭｳﾘｮｸ", []),
        ("scrolls", [("feedback", "The list scrolls badly")]),
        ("speed", [("feedback", "The list scrolls badly")]),
        ("acme scrolls", [("feedback", "The list scrolls badly")]),
        ("アオバ scrolls", []),
        ("'; drop table feedback --", []),
    ],
)  # fmt: skip
def test_words_are_found_wherever_they_stand(wb: Workbench, query: str, hits: list[tuple[str, str]]) -> None:
    assert found(wb, query) == hits


def test_a_title_that_holds_every_word_comes_before_one_whose_rest_does(wb: Workbench) -> None:
    with wb.change("later") as db:
        db.execute("update voice_case set said_on = '2030-01-01', said = 'Too slow' where id = 1")
    assert [title for _kind, title in found(wb, "report")][-1] == "Too slow"
    assert found(wb, "report")[0] == ("plan", "Time for one report")


def test_each_kind_can_be_asked_for_alone(wb: Workbench) -> None:
    for kind in SAID:
        alone: tuple[Kind, ...] = (kind,)
        assert {one for one, _title in found(wb, "e", alone) + found(wb, "検", alone)} == {kind}


def test_a_plan_is_named_by_its_own_id_whatever_was_found_in_it(wb: Workbench) -> None:
    kinds: tuple[Kind, ...] = ("plan",)
    hits = search(wb.reads, "templates", kinds=kinds)
    assert {(hit.id, hit.account_id, hit.account_name, hit.at) for hit in hits} == {
        (1, 1, "㈱アオバ商事", None)
    }
    first: Hit = hits[0]
    assert [first.title[start:end] for start, end in first.title_spans] == ["Templates"]


def test_beside_contacts_they_get_a_third_of_the_room_and_alone_all_of_it(wb: Workbench) -> None:
    with wb.change("many") as db:
        for number in range(12):
            db.execute(
                "insert into feedback(account_id, said, said_on) values (1, ?, ?)",
                (f"export {number}", f"2026-01-{number + 1:02}"),
            )
            add_interaction(db, 1, f"export of {number}", at=AT)
    together = [kind for kind, _title in found(wb, "export", KINDS, 9)]
    assert together == ["feedback"] * 3 + ["interaction"] * 6
    assert len(found(wb, "export", SAID, 9)) == 9
    assert found(wb, "export", ("feedback",), 1) == [("feedback", "export 11")]


def test_one_account_alone_can_be_searched(wb: Workbench) -> None:
    assert [hit.title for hit in search(wb.reads, "検査", kinds=SAID, account_id=1)] == ["検査の入力が遅い"]
    assert search(wb.reads, "検査", kinds=SAID, account_id=2) == []


def test_reading_takes_one_statement_and_none_where_nothing_of_it_is_wanted(wb: Workbench) -> None:
    asked: list[str] = []

    class Counting:
        def all(self, sql: str, params: object = ()) -> list[tuple[object, ...]]:
            asked.append(sql)
            return wb.reads.all(sql, params)  # type: ignore[arg-type]

    rows = search_success.said(Counting(), SAID, None)  # type: ignore[arg-type]
    assert len(asked) == 1
    assert {row.kind for row in rows} == set(SAID)
    assert search_success.said(Counting(), (), None) == []  # type: ignore[arg-type]
    assert len(asked) == 1


def test_what_is_taken_back_is_found_no_more(wb: Workbench) -> None:
    with wb.change("one more") as db:
        db.execute("insert into feedback(account_id, said, said_on) values (1, 'nowhere else', '2026-01-01')")
    assert found(wb, "nowhere") == [("feedback", "nowhere else")]
    wb.undo()
    assert found(wb, "nowhere") == []
    wb.redo()
    assert found(wb, "nowhere") == [("feedback", "nowhere else")]


def test_a_very_long_text_is_cut_for_the_list(wb: Workbench) -> None:
    with wb.change("long") as db:
        db.execute(
            "insert into feedback(account_id, said, said_on) values (1, ?, ?)",
            ("grumble " * 2_000, dt.date(2026, 1, 1).isoformat()),
        )
    assert len(found(wb, "grumble")[0][1]) == 200
