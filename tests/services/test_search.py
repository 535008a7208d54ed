"""The search box: names first, subjects next, then the newest; spans, filters, hostile queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from cs_workbench.domain.text import fold
from cs_workbench.services.search import KINDS, Hit, search
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.queries import search as queries
from tests.builders_store import AT, add_account, add_interaction, add_person


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(str(tmp_path / "p.csw"), create=True) as workbench:
        with workbench.change("fill") as db:
            aoba = add_account(db, "㈱アオバ商事", reading="アオバショウジ", industry="卸売")
            acme = add_account(db, "Acme Inc.")
            db.execute("insert into account_domain(account_id, domain) values (?, 'aoba.example')", (aoba,))
            db.execute(
                "insert into account_source(account_id, source, external_id) values (?, 'sf', '001X')",
                (acme,),
            )
            db.execute("insert into account_alias(account_id, name_key) values (?, 'てすと略称')", (aoba,))
            add_person(
                db, aoba, "石井 奈緒", reading="イシイ ナオ", email="ishii@aoba.example", department="購買課"
            )
            add_person(db, None, "Emma Clarke")
            add_interaction(db, aoba, "更新の見積を送付", at="2026-01-01T00:00:00Z")
            add_interaction(db, acme, "Talked about アオバ too", at="2026-02-01T00:00:00Z")
            add_interaction(
                db, acme, "body", subject="更新", folded=fold("更新 body"), at="2025-01-01T00:00:00Z"
            )
            db.execute(
                "insert into ticket(account_id, subject, body, folded, opened_at) values (?, ?, ?, ?, ?)",
                (
                    aoba,
                    "通知が届かない",
                    "更新の通知",
                    fold("通知が届かない 更新の通知"),
                    "2026-03-01T00:00:00Z",
                ),
            )
        yield workbench


def names(hits: list[Hit]) -> list[tuple[str, int]]:
    return [(hit.kind, hit.id) for hit in hits]


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("アオバ", [("account", 1), ("interaction", 2)]),
        ("ｱｵﾊﾞ", [("account", 1), ("interaction", 2)]),
        ("株式会社あおば", [("account", 1)]),
        ("aoba", [("account", 1), ("person", 1), ("interaction", 2)][:2]),
        ("aobashouji", [("account", 1)]),
        ("略称", [("account", 1)]),
        ("001x", [("account", 2)]),
        ("acme", [("account", 2)]),
        ("石井", [("person", 1)]),
        ("ishii", [("person", 1)]),
        ("なお", [("person", 1)]),
        ("購買", [("person", 1)]),
        ("clarke emma", [("person", 2)]),
        ("更新", [("interaction", 3), ("ticket", 1), ("interaction", 1)]),
        ("更新 見積", [("interaction", 1)]),
        ("更新 通知", [("ticket", 1)]),
        ("zzz", []),
        ("", []),
    ],
)
def test_what_is_found_and_in_which_order(wb: Workbench, query: str, hits: list[tuple[str, int]]) -> None:
    assert names(search(wb.reads, query)) == hits


def test_a_hit_says_where_it_matched(wb: Workbench) -> None:
    hit = search(wb.reads, "ｱｵﾊﾞ", kinds=("interaction",))[0]
    assert hit.account_name == "Acme Inc."
    assert hit.at == dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    assert [hit.snippet[start:end] for start, end in hit.spans] == ["アオバ"]
    account = search(wb.reads, "アオバ", kinds=("account",))[0]
    assert [account.title[start:end] for start, end in account.title_spans] == ["アオバ"]
    assert account.at is None


@pytest.mark.parametrize("kind", KINDS[:4])
def test_the_kind_filter(wb: Workbench, kind: str) -> None:
    found = search(wb.reads, "a", kinds=(kind,)) + search(wb.reads, "更新", kinds=(kind,))  # type: ignore[arg-type]
    assert {hit.kind for hit in found} == {kind}


def test_the_account_filter(wb: Workbench) -> None:
    assert names(search(wb.reads, "更新", account_id=2)) == [("interaction", 3)]
    assert names(search(wb.reads, "アオバ", account_id=2)) == [("interaction", 2)]


def test_the_limit(wb: Workbench) -> None:
    assert len(search(wb.reads, "更新", limit=2)) == 2
    assert search(wb.reads, "更新", limit=0) == []


@pytest.mark.parametrize(
    "query",
    ['"', "' or 1=1 --", "AND", "NOT x OR", "a* NEAR(b c)", "\x00", "%_[*]", "(((", "x" * 100_000,
     "\ud800", "ー", "{col}: ^y"],
)  # fmt: skip
def test_hostile_queries_are_plain_text(wb: Workbench, query: str) -> None:
    assert isinstance(search(wb.reads, query), list)


def test_an_empty_subject_takes_the_first_line(wb: Workbench) -> None:
    with wb.change("note") as db:
        db.execute(
            "insert into interaction(account_id, at, channel, body, folded, created_at, updated_at)"
            " values (2, ?, 'note', ?, ?, ?, ?)",
            (AT, "first line\nunique second", fold("first line unique second"), AT, AT),
        )
    assert search(wb.reads, "unique")[0].title == "first line"


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("アオバ 見積", [("interaction", 1)]),
        ("見積 アオバ", [("interaction", 1)]),
        ("アオバ 更新", [("ticket", 1), ("interaction", 1)]),
        ("aoba 更新", [("ticket", 1), ("interaction", 1)]),
        ("株式会社 アオバ 見積", [("interaction", 1)]),
        ("㈱アオバ商事 見積", [("interaction", 1)]),
        ("略称 通知 更新", [("ticket", 1)]),
        ("アオバ talked", [("interaction", 2)]),  # both words in the text, of another account
        ("acme アオバ", [("interaction", 2)]),
        ("acme 更新 body", [("interaction", 3)]),
        ("acme 見積", []),
        ("アオバ acme", [("interaction", 2)]),
        ("アオバ 石井", [("person", 1)]),
        ("アオバ 購買", [("person", 1)]),
        ("acme 石井", []),
        ("アオバ 商事", [("account", 1)]),
        ("株式会社 更新", []),
    ],
)
def test_words_that_name_the_account_hold_for_what_is_said_there(
    wb: Workbench, query: str, hits: list[tuple[str, int]]
) -> None:
    assert names(search(wb.reads, query)) == hits


def test_a_name_and_a_word_within_one_account(wb: Workbench) -> None:
    assert names(search(wb.reads, "アオバ 見積", account_id=1)) == [("interaction", 1)]
    assert names(search(wb.reads, "アオバ 見積", account_id=2)) == []
    assert names(search(wb.reads, "アオバ 更新", kinds=("ticket",))) == [("ticket", 1)]


def test_the_index_and_reading_every_row_find_the_same(
    wb: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("アオバ 見積", "アオバ 更新", "acme 更新 body", "略称 通知 更新", "a 更", "acme 更")
    read = [names(search(wb.reads, query)) for query in asked]
    with wb.change("more") as db:
        db.execute(
            "update account set name_key = name_key || 'acme' where id = 1"
        )  # so that two accounts fit
    both = [names(search(wb.reads, query)) for query in asked]
    monkeypatch.setattr(queries, "_READ", 0)
    assert [names(search(wb.reads, query)) for query in asked] == both
    assert read[0] == both[0] == [("interaction", 1)]


def test_what_is_found_is_what_every_row_says(tmp_path: Path) -> None:
    """Against the plain meaning, row by row, over all pairs and triples of a small vocabulary."""
    said = ("alpha", "beta", "gamma")
    called = ("alpha", "beta works", "gamma alpha", "delta")
    with Workbench.open(str(tmp_path / "small.csw"), create=True) as wb:
        rows = {}
        with wb.change("fill") as db:
            for name in called:
                account = add_account(db, name)
                for size in range(4):
                    for words in combinations(said, size):
                        body = " ".join(words) or "nothing"
                        rows[add_interaction(db, account, body)] = (name, body)
        for size in (1, 2, 3):
            for asked in combinations((*said, "delta"), size):
                found = {hit.id for hit in search(wb.reads, " ".join(asked), kinds=("interaction",))}
                assert found == {
                    number
                    for number, (name, body) in rows.items()
                    if any(word in body for word in asked)
                    and all(word in body or word in name for word in asked)
                    and (size > 1 or asked[0] in body)
                }, asked
