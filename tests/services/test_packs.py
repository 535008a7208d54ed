"""Packs from a portfolio: facts, the edition wall and the scan on planted canaries, files, names, the archive."""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.errors import Cancelled, FileProblem, InvalidValue, NotFound, TemplateProblem
from cs_workbench.reports import codec
from cs_workbench.reports.facts import Briefing
from cs_workbench.reports.leaks import words
from cs_workbench.services import briefing_facts, pack_files, portfolios
from cs_workbench.services.pack_results import LeakProblem, stopped
from cs_workbench.services.packs import make_pack, make_packs
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import packs as archive
from cs_workbench.store.queries import briefing as queries

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
AS_OF = dt.date(2026, 11, 23)
AT = "2026-11-20T03:00:00Z"
CANARY = "かなりや値引きの相談がありました"


def _account(db: object, number: int, name: str, note: str = "") -> None:
    db.execute(  # type: ignore[attr-defined]
        "insert into account (id, name, name_key, note, created_at, updated_at) values (?, ?, ?, ?, ?, ?)",
        (number, name, name.lower(), note, AT, AT),
    )


def fill(wb: Workbench) -> None:
    """Three accounts: one with records of every kind and a canary in every internal field, two with a name only."""
    with wb.change("Fill") as db:
        _account(db, 1, "アオバ精密工業株式会社", CANARY + "1。")
        _account(db, 2, "株式会社ミドリ食品")
        _account(db, 3, "CON: a/b\\c*?<>|\u202egnp.exe. ")
        run = db.execute
        stamp = (AT, AT)
        run(
            "insert into contract (id, account_id, name, seats, arr, currency, start_on, end_on, notice_months,"
            " auto_renew, status, note, created_at, updated_at)"
            " values (7, 1, '2024-118', 120, 65000000000, 'JPY', '2025-04-01',"
            " '2027-03-31', 3, 1, 'active', ?, ?, ?)",
            (CANARY + "2。", *stamp),
        )
        run(
            "insert into contract_event (account_id, kind, on_date, note) values (1, 'expansion', '2026-04-01', ?)",
            (CANARY + "3。",),
        )
        run(
            "insert into person (id, account_id, name, name_key, title, influence, sentiment, note,"
            " created_at, updated_at)"
            " values (1, 1, '石井 健', '石井健', '部長', 4, 'negative', ?, ?, ?)",
            (CANARY + "4。", *stamp),
        )
        run("insert into person_role (person_id, role) values (1, 'champion')")
        for number, (subject, body, shareable) in enumerate(
            [
                ("四半期の振り返り", "", 1),
                (CANARY + "5。", CANARY + "6。", 0),
                ("目標", "監査を残業なしで通す", 1),
            ],
            1,
        ):
            run(
                "insert into interaction (id, account_id, at, channel, direction, subject, body, sentiment, shareable,"
                " created_at, updated_at) values (?, 1, ?, 'meeting', 'both', ?, ?, 'negative', ?, ?, ?)",
                (number, AT, subject, body, shareable, *stamp),
            )
        run("insert into interaction_tag (interaction_id, tag) values (3, '目標')")
        for number, (title, shareable, note) in enumerate(
            [("写真の修正", 1, CANARY + "7。"), (CANARY + "8。", 0, "")], 1
        ):
            run(
                "insert into task (id, account_id, kind, title, owner, due_on, shareable, note, created_at)"
                " values (?, 1, 'promise_ours', ?, '久保', '2026-11-30', ?, ?, ?)",
                (number, title, shareable, note, AT),
            )
        for number, (score, comment, shareable) in enumerate(
            [(9, "検査票が見つかる", 1), (3, CANARY + "9。", 0)], 1
        ):
            run(
                "insert into survey (id, account_id, kind, score, comment, answered_on, shareable)"
                " values (?, 1, 'nps', ?, ?, '2026-10-20', ?)",
                (number, score, comment, shareable),
            )
        run(
            "insert into ticket (id, account_id, external_id, subject, body, status, priority, assignee, opened_at,"
            " first_reply_min)"
            " values (1, 1, 'T-1', '写真が保存できない', ?, 'open', 'high', '久保', '2026-11-09T01:00:00Z', 90)",
            (CANARY + "10。",),
        )
        run(
            "insert into opportunity (id, account_id, name, stage, outcome, amount, currency, probability, next_step)"
            " values (1, 1, ?, '交渉', 'open', 10000000, 'JPY', 0.73, ?)",
            (CANARY + "11。", CANARY + "12。"),
        )
        run(
            "insert into metric (id, key, name, family, role, aggregation)"
            " values (1, 'users', 'Users', 'users', 'active_users', 'last')"
        )
        for at, value in enumerate((38, 42, 45, 51, 56, 61, 66, 70, 72, 71, 68, 66, 58)):
            day = dt.date(2025 + (10 + at) // 12, (10 + at) % 12 + 1, 20)
            run(
                "insert into reading (account_id, metric_id, day, value) values (1, 1, ?, ?)",
                ((day - dt.date(1970, 1, 1)).days, value),
            )


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """The filled portfolio."""
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="ja") as made:
        fill(made)
        yield made


def files_in(folder: Path) -> list[str]:
    """Every file below *folder*, hidden ones too."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*")) if folder.exists() else []


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_customer_edition_holds_no_canary_and_the_internal_one_does(
    wb: Workbench, tmp_path: Path, language: str
) -> None:
    out = str(tmp_path / "out")
    customer = make_pack(wb, 1, language=language, as_of=AS_OF, out_dir=out, now=NOW)
    assert CANARY not in "\n".join(words(customer.document))
    assert "73%" not in "\n".join(words(customer.document))
    internal = make_pack(wb, 1, language=language, edition="internal", as_of=AS_OF, out_dir=out, now=NOW)
    text = "\n".join(words(internal.document))
    assert all(f"{CANARY}{number}。" in text for number in (1, 5, 8, 9, 11))
    assert "73%" in text
    assert len(files_in(tmp_path / "out")) == 2


def test_files_are_private_named_safely_and_free_of_internal_words(wb: Workbench, tmp_path: Path) -> None:
    result = make_pack(wb, 1, as_of=AS_OF, out_dir=str(tmp_path / "out"), now=NOW)
    (path,) = result.files
    assert os.path.basename(path) == "更新資料 - アオバ精密工業株式会社 - 2026-11-23.pdf"
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert Path(path).read_bytes().startswith(b"%PDF")
    odd = make_pack(wb, 3, as_of=AS_OF, out_dir=str(tmp_path / "out"), now=NOW)
    assert os.path.basename(odd.files[0]) == "更新資料 - CON- a-b-c-gnp.exe - 2026-11-23.pdf"
    assert files_in(tmp_path / "out") == sorted(os.path.basename(f) for f in (path, odd.files[0]))


@pytest.mark.parametrize(
    "spoil",
    [
        "update ticket set subject='株式会社ミドリ食品と同じ不具合'",
        "update interaction set subject='㈱ミドリ食品の件' where id=1",
        "update task set title='ミドリ食品と同様、株式会社ミドリ食品に準じる' where id=1",
        "update survey set comment='ヘルススコアを聞いた' where id=1",
        "update interaction set body='解約リスクが高い' where id=3",
        "update contract_event set note='写真の修正と説明', kind='写真の修正と説明'",
    ],
)
def test_a_leak_in_a_shared_record_stops_the_document(wb: Workbench, tmp_path: Path, spoil: str) -> None:
    with wb.change("Spoil") as db:
        db.execute(spoil)
    with pytest.raises(LeakProblem) as problem:
        make_pack(wb, 1, as_of=AS_OF, out_dir=str(tmp_path / "out"), now=NOW)
    assert problem.value.code == "leak"
    assert problem.value.where["leaks"]
    assert problem.value.remedy
    assert files_in(tmp_path / "out") == []
    assert archive.packs(wb.reads, 1) == []


def test_words_looked_at_are_let_through(wb: Workbench, tmp_path: Path) -> None:
    with wb.change("Spoil") as db:
        db.execute("update ticket set subject='株式会社ミドリ食品と同じ不具合'")
    result = make_pack(
        wb, 1, as_of=AS_OF, out_dir=str(tmp_path / "out"), now=NOW, allow=["株式会社ミドリ食品"]
    )
    assert result.files


def test_a_stopped_document_does_not_stop_the_others(wb: Workbench, tmp_path: Path) -> None:
    with wb.change("Spoil") as db:
        db.execute("update ticket set subject='株式会社ミドリ食品と同じ不具合'")
    results = make_packs(wb, [2, 1, 3], as_of=AS_OF, out_dir=str(tmp_path / "out"), now=NOW)
    assert [bool(result.files) for result in results] == [True, False, True]
    assert [bool(result.stopped) for result in results] == [False, True, False]
    assert len(files_in(tmp_path / "out")) == 2
    assert "株式会社ミドリ食品" in stopped(results[1]).message


def test_the_archive_keeps_the_facts_to_print_again(wb: Workbench, tmp_path: Path) -> None:
    make_pack(wb, 1, as_of=AS_OF, out_dir=str(tmp_path / "out"), now=NOW)
    ((_number, entry),) = archive.packs(wb.reads, 1)
    facts = codec.rebuilt(json.loads(entry.facts))
    assert isinstance(facts["briefing"], Briefing)
    assert facts["briefing"].terms.notice_on == dt.date(2026, 12, 31)
    assert (entry.edition, entry.language, entry.as_of, len(entry.files)) == ("customer", "ja", AS_OF, 1)
    assert wb.undo() == "Fill"
    assert len(archive.packs(wb.reads, 1)) == 1


def test_facts_of_the_account(wb: Workbench) -> None:
    shared = queries.portfolio(wb.reads, AS_OF)
    rows = briefing_facts.read(wb.reads, 1, AS_OF, shared)
    gathered = briefing_facts.gather(rows, AS_OF, shared, "ja", score=None)
    facts = gathered.briefing
    assert (facts.terms.situation, facts.terms.notice_on, facts.terms.days_left) == (
        "open",
        dt.date(2026, 12, 31),
        38,
    )
    assert (facts.plan.decide_by, facts.plan.approval_known) == (dt.date(2026, 12, 11), False)
    assert facts.use is not None
    assert (facts.use.trend, facts.use.line.values[-1], facts.use.limit[-1]) == ("turned", 58.0, 120.0)
    assert facts.goal is not None
    assert facts.goal.words == "監査を残業なしで通す"
    assert [step.code for step in facts.plan.steps] == [
        "start",
        "signed",
        "notice",
        "approval_done",
        "approval_start",
        "meeting",
        "promise",
    ]
    assert [
        one.on.isoformat() for one in facts.plan.steps if one.code in {"meeting", "signed"} and one.on
    ] == ["2027-02-26", "2026-12-08"]
    assert gathered.internal.pipeline[0].likelihood == 0.73


def test_an_account_with_a_name_only_asks_for_everything(wb: Workbench, tmp_path: Path) -> None:
    result = make_pack(wb, 2, as_of=AS_OF, out_dir=str(tmp_path / "out"), now=NOW)
    text = "\n".join(words(result.document))
    assert "貴社の目標" in text
    assert "ご契約の内容" not in text  # our own records lack it: that is for the internal edition
    assert "未測定" in text


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"account_id": 99}, NotFound),
        ({"edition": "both"}, InvalidValue),
        ({"formats": ("exe",)}, InvalidValue),
        ({"template": "../x"}, TemplateProblem),
        ({"template": "nope"}, TemplateProblem),
        ({"language": "fr"}, InvalidValue),
    ],
)
def test_a_wrong_order_is_told_and_leaves_nothing(
    wb: Workbench, tmp_path: Path, change: dict[str, object], error: type[Exception]
) -> None:
    order: dict[str, object] = {
        "account_id": 1,
        "as_of": AS_OF,
        "out_dir": str(tmp_path / "out"),
        "now": NOW,
        **change,
    }
    with pytest.raises(error):
        make_pack(wb, **order)  # type: ignore[arg-type]
    assert files_in(tmp_path / "out") == []


def test_a_writer_that_fails_leaves_nothing(
    wb: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_document: object, _look: object, path: str) -> None:
        Path(path).write_bytes(b"half")
        raise FileProblem("The disk is full.")

    good = pack_files.writer("pdf")
    monkeypatch.setattr(pack_files, "writer", lambda name: good if name == "pdf" else fail)
    with pytest.raises(FileProblem):
        make_pack(wb, 1, formats=("pdf", "docx"), as_of=AS_OF, out_dir=str(tmp_path / "out"), now=NOW)
    assert files_in(tmp_path / "out") == []
    assert archive.packs(wb.reads, 1) == []


def test_a_leak_that_only_the_file_shows_stops_it_too(
    wb: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leak(_document: object, _look: object, path: str) -> None:
        Path(path).write_text("株式会社ミドリ食品", encoding="utf-8")

    monkeypatch.setattr(pack_files, "writer", lambda _name: leak)
    with pytest.raises(LeakProblem):
        make_pack(wb, 1, formats=("md",), as_of=AS_OF, out_dir=str(tmp_path / "out"), now=NOW)
    assert files_in(tmp_path / "out") == []


def test_a_folder_that_is_a_file_is_told(wb: Workbench, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(FileProblem):
        make_pack(wb, 1, as_of=AS_OF, out_dir=str(tmp_path / "out"), now=NOW)


def test_progress_is_told_and_can_stop(wb: Workbench, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []

    def progress(done: int, total: int, label: str) -> bool:
        told.append((done, total, label))
        return done < 2

    with pytest.raises(Cancelled):
        make_packs(wb, [2, 3, 1], as_of=AS_OF, out_dir=str(tmp_path / "out"), now=NOW, progress=progress)
    assert [one[:2] for one in told] == [(1, 3), (2, 3)]
    assert len(files_in(tmp_path / "out")) == 2


def test_accounts_of_one_name_get_their_number(wb: Workbench, tmp_path: Path) -> None:
    with wb.change("Double") as db:
        db.execute("update account set name='株式会社ミドリ食品' where id=3")
    results = make_packs(wb, [2, 3], as_of=AS_OF, out_dir=str(tmp_path / "out"), now=NOW)
    assert len({path for result in results for path in result.files}) == 2


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("a/b", "a-b"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("COM1", "_COM1"),
        ("a:b", "a-b"),
        ("dots...", "dots"),
        (" x ", "x"),
        ("", "document"),
        ("\x00\n\t", "document"),
        ("\u202eabc", "abc"),
        ("é", "é"),
        ("e\u0301", "é"),
        ("が", "が"),
        ("か\u3099", "が"),
        ("C:\\x", "C-x"),
        ("a\u200bb", "ab"),
        ("...", "document"),
        ("~", "~"),
    ],
)
def test_file_stem(name: str, stem: str) -> None:
    assert pack_files.file_stem(name) == stem


def test_a_long_name_is_cut_to_what_file_systems_take() -> None:
    assert len(pack_files.file_stem("株" * 300).encode()) <= 180
    assert pack_files.file_stem("x" * 300) == "x" * 180


def test_a_document_stands_where_the_portfolio_cannot_keep_it(
    wb: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cs_workbench.store import problems

    def refused(_name: str) -> object:
        raise problems.locked("p.csw")

    monkeypatch.setattr(wb, "evidence", refused)
    (made,) = make_packs(wb, [1], formats=("md",), as_of=AS_OF, out_dir=str(tmp_path / "o"), now=NOW)
    assert not made.archived
    assert os.path.getsize(made.files[0]) > 1000


def test_one_that_cannot_be_written_does_not_stop_the_others(
    wb: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = pack_files.write_all

    def some(*given: object, **named: object) -> object:
        if "アオバ" in str(given[3]):
            raise FileProblem("The disk said no.", "Try again.", code="device")
        return write(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(pack_files, "write_all", some)
    with pytest.raises(FileProblem) as told:
        make_packs(wb, [1, 2, 3], formats=("md",), as_of=AS_OF, out_dir=str(tmp_path), now=NOW)
    assert "アオバ" in told.value.message
    assert told.value.code == "device"
    assert len(told.value.where["files"]) == 2
    assert all(map(os.path.exists, told.value.where["files"]))


@pytest.mark.parametrize("folder", ["", "  "])
def test_a_folder_without_a_name_is_refused(wb: Workbench, folder: str) -> None:
    with pytest.raises(InvalidValue):
        make_pack(wb, 2, formats=("md",), as_of=AS_OF, out_dir=folder, now=NOW)


def test_what_a_killed_run_left_is_cleared_by_a_later_one(wb: Workbench, tmp_path: Path) -> None:
    old = tmp_path / ".pack-abcd1234"
    old.mkdir()
    (old / "x.pdf").write_bytes(b"x")
    yours = tmp_path / ".pack-yours123"
    yours.mkdir()
    (yours / "letter.txt").write_bytes(b"x")
    for path in (old / "x.pdf", old, yours / "letter.txt", yours):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    busy = tmp_path / ".pack-busy1234"
    busy.mkdir()
    make_pack(wb, 2, formats=("md",), as_of=AS_OF, out_dir=str(tmp_path), now=NOW)
    assert not old.exists()
    assert yours.exists()
    assert busy.exists(), "another one may be at work in it"
    (busy / "x.docx").write_bytes(b"x")
    (busy / "x.docx.before").write_bytes(b"x")
    before = time.time() - 700
    for path in (*busy.iterdir(), busy):
        os.utime(path, (before, before))
    make_pack(wb, 2, formats=("md",), as_of=AS_OF, out_dir=str(tmp_path), now=NOW)
    assert not busy.exists()
