"""Every verb from the shell: what it prints, its stable JSON, its exit code."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cs_workbench.cli import opening, quick, start
from cs_workbench.services import portfolios
from cs_workbench.services.workbench import Workbench
from tests.cli.conftest import Run

DAY = "2026-11-21"


@pytest.fixture
def imported(csw: Run, accounts_file: Path) -> Run:
    """A portfolio with the three customers in it."""
    assert csw("init").code == 0
    assert csw("import", str(accounts_file)).code == 0
    return csw


@pytest.fixture
def sample(csw: Run) -> Run:
    """The sample portfolio as of a fixed day."""
    assert csw("init", "--sample", "--as-of", DAY, "--lang", "en").code == 0
    return csw


def test_init_makes_a_portfolio_and_never_writes_over_one(csw: Run) -> None:
    made = csw("init", "--json")
    assert made.code == 0
    assert made.json["accounts"] == 0
    again = csw("init", "--json")
    assert again.code == 1
    assert again.json["error"]["remedy"]


def test_a_missing_portfolio_is_said_with_what_to_do(csw: Run) -> None:
    ran = csw("accounts", "--json")
    assert ran.code == 1
    assert ran.json["error"]["code"]
    assert ran.json["error"]["remedy"]
    assert "Traceback" not in ran.err


def test_import_reports_each_file(imported: Run, accounts_file: Path) -> None:
    again = imported("import", str(accounts_file), "--json")
    (batch,) = again.json["batches"]
    assert batch["file"] == accounts_file.name
    assert batch["kind"] == "accounts"
    assert (batch["rows"], batch["created"], batch["updated"], batch["unchanged"]) == (3, 0, 0, 3)
    assert batch["rejected"] == []
    assert again.json["step"] is None


def test_a_dry_run_changes_nothing(csw: Run, accounts_file: Path) -> None:
    csw("init")
    ran = csw("import", str(accounts_file), "--dry-run", "--json")
    assert ran.json["dry_run"] is True
    assert ran.json["batches"][0]["created"] == 3
    assert csw("accounts", "--json").json == []


def test_accounts_have_the_documented_shape(imported: Run) -> None:
    rows = imported("accounts", "--json", "--as-of", DAY).json
    assert [row["name"] for row in sorted(rows, key=lambda row: row["id"])] == [
        "株式会社あさひ製作所", "㈱みずほの森", "Northwind Traders Ltd",
    ]  # fmt: skip
    first = next(row for row in rows if row["source_ids"] == {"files": "C-1"})
    assert list(first) == [
        "id", "name", "source_ids", "arr", "currency", "renewal_date", "notice_date", "stage", "health",
    ]  # fmt: skip
    assert first["arr"] == 1_200_000
    assert first["currency"] == "JPY"
    assert first["renewal_date"] == "2027-03-31"
    assert first["notice_date"] == "2026-12-31"
    assert first["health"] == {"score": None, "band": "none", "coverage": None}


def test_undo_and_redo_name_the_step(imported: Run) -> None:
    undone = imported("undo", "--json").json["undone"]
    assert undone
    assert imported("accounts", "--json").json == []
    assert imported("redo", "--json").json["redone"] == undone
    assert len(imported("accounts", "--json").json) == 3
    imported("undo")
    assert imported("undo", "--json").json["undone"] is None


def test_account_by_name_id_and_unknown(imported: Run) -> None:
    assert imported("account", "あさひ製作所", "--json").json["name"] == "株式会社あさひ製作所"
    assert imported("account", "C-3", "--json").json["name"] == "Northwind Traders Ltd"
    assert imported("account", "no such company", "--json").code == 1
    assert "Northwind" in imported("account", "northwind").out


def test_score_keeps_snapshots_and_explains(sample: Run) -> None:
    scored = sample("score", "--as-of", DAY, "--json").json
    assert len(scored["accounts"]) == 30
    one = next(row for row in scored["accounts"] if row["score"] is not None)
    explained = sample("score", "--as-of", DAY, "--explain", f"#{one['id']}", "--json").json
    assert explained["score"] == one["score"]
    assert sum(measure["contribution"] for measure in explained["measures"]) == pytest.approx(one["score"])
    wanted = {"key", "axis", "value", "points", "weight", "contribution", "as_of"}
    assert all(wanted <= set(measure) for measure in explained["measures"])
    listed = {row["id"]: row["health"] for row in sample("accounts", "--as-of", DAY, "--json").json}
    assert listed[one["id"]]["score"] == one["score"]
    assert "Overall" in sample("score", "--as-of", DAY, "--explain", f"#{one['id']}").out


def test_search_finds_two_japanese_characters(sample: Run) -> None:
    hits = sample("search", "契約", "--json").json["hits"]
    assert hits
    assert set(hits[0]) == {"kind", "id", "account_id", "account", "title", "snippet", "at"}
    assert sample("search", "zzqqxx", "--json").json == {"hits": []}


def test_log_one_line(imported: Run) -> None:
    ran = imported(
        "log", "@northwind call 20m talked about renewal #risk !2026-12-01", "--as-of", DAY, "--json"
    )
    assert ran.code == 0
    assert ran.json["account"]["name"] == "Northwind Traders Ltd"
    assert ran.json["channel"] == "call"
    assert len(ran.json["tasks"]) == 1
    assert "renewal" in imported("account", "northwind").out


@pytest.mark.parametrize("edition", ["customer", "internal"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_pack_in_every_format(imported: Run, tmp_path: Path, edition: str, language: str) -> None:
    out = tmp_path / "packs"
    ran = imported(
        "pack", "あさひ製作所", "--edition", edition, "--lang", language, "--format", "pdf,docx,html,md",
        "--as-of", DAY, "--out", str(out), "--json",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert sorted(Path(file).suffix for file in ran.json["files"]) == [".docx", ".html", ".md", ".pdf"]
    assert all(Path(file).stat().st_mode & 0o077 == 0 for file in ran.json["files"])


def test_pack_needs_an_account_or_all(imported: Run, tmp_path: Path) -> None:
    assert imported("pack", "--out", str(tmp_path)).code == 1
    assert imported("pack", "--all", "--format", "md", "--out", str(tmp_path), "--json").code == 0


def test_backup_restore_and_check(imported: Run) -> None:
    made = imported("backup", "--json").json
    assert made["accounts"] == 3
    assert [info["file"] for info in imported("backup", "--list", "--json").json] == [made["file"]]
    imported("undo")
    restored = imported("restore", made["file"], "--json")
    assert restored.code == 0
    assert Path(restored.json["aside"]).exists()
    assert len(imported("accounts", "--json").json) == 3
    checked = imported("check", "--json")
    assert checked.json["ok"] is True
    assert checked.json["tables"]["account"]["rows"] == 3


def test_check_names_the_way_to_mend_a_search_index(imported: Run, tmp_path: Path) -> None:
    assert imported("log", "@Northwind call 20m rollout").code == 0
    with Workbench.open(str(tmp_path / "portfolio.csw")) as wb, wb.change("Break") as db:
        db.execute("delete from interaction_short")
    broken = imported("check")
    assert broken.code == 1
    assert "--rebuild-search" in broken.err
    assert "restore" not in broken.err
    mended = imported("check", "--rebuild-search")
    assert mended.code == 0
    assert "afresh" in mended.out
    assert imported("check", "--rebuild-search", "--json").json["search_rebuilt"] is True
    assert imported("check", "--json").json["search_rebuilt"] is False


def test_export_writes_every_table(imported: Run, tmp_path: Path) -> None:
    ran = imported("export", str(tmp_path / "out"), "--json")
    tables = {file["table"]: file["rows"] for file in ran.json["files"]}
    assert tables["account"] == 3
    assert imported("export", str(tmp_path / "out")).code == 1, "a filled folder is never written into"


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["pack", "x"],
        ["accounts", "--as-of", "tomorrow"],
        ["pack", "x", "--out", "d", "--format", "exe"],
    ],
)
def test_wrong_usage_exits_with_two(csw: Run, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        csw(*arguments)
    assert stopped.value.code == 2


def test_a_fault_of_the_program_is_told_without_data(
    csw: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_words: object) -> int:
        raise KeyError("secret customer name")

    monkeypatch.setattr("cs_workbench.cli.verbs.portfolio.undo", broken)
    capsys.readouterr()
    assert start.run(["undo"]) == 1
    said = capsys.readouterr().err
    assert "fault" in said
    assert "secret" not in said
    assert "Traceback" not in said


def test_messages_speak_japanese(csw: Run) -> None:
    csw("init")
    ran = csw("undo", "--ui-lang", "ja")
    assert ran.out.strip() == "取り消せる変更はありません。"


def test_log_tells_what_it_read_and_what_it_could_not(imported: Run) -> None:
    ran = imported(
        "log", "@northwind visit 60m #risk !2026-12-01 +Nobody saw the plant !13/45", "--as-of", DAY
    )
    assert (
        ran.out.splitlines()[0] == "Logged for Northwind Traders Ltd: Visit, 60 min, #risk, task !2026-12-01."
    )
    assert "!13/45" in ran.err
    assert "Nobody" in ran.err
    said = imported("log", "@northwind call !13/45 again", "--as-of", DAY, "--json").json
    assert said["problems"] == [{"code": "bad_date", "text": "!13/45"}]
    assert said["day"] == DAY


def test_a_contact_is_shown_on_the_day_it_was_where_the_person_is(
    csw: Run, accounts_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half past six in the morning in Tokyo is still the evening before in UTC."""
    monkeypatch.setattr(portfolios, "local_zone", lambda: "Asia/Tokyo")
    monkeypatch.setattr(opening, "now", lambda: dt.datetime(2026, 11, 20, 21, 30, tzinfo=dt.UTC))
    assert csw("init").code == 0
    assert csw("import", str(accounts_file)).code == 0
    assert csw("log", "@northwind call 5m early bird", "--as-of", DAY).code == 0
    shown = csw("account", "northwind", "--as-of", DAY).out
    assert f"Last contact  {DAY}" in shown
    assert f"{DAY}  Call" in shown
    assert DAY in csw("search", "early", "--json").out or DAY in csw("search", "early").out


def test_the_portfolio_of_the_environment_is_every_verb_s(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CS_WORKBENCH_PORTFOLIO", str(tmp_path / "env.csw"))
    assert start.run(["init"]) == 0
    assert (tmp_path / "env.csw").exists()
    assert quick.run(["accounts", "--json"]) == 0
    assert capsys.readouterr().out.endswith("[]\n")


def test_codes_are_shown_in_the_words_of_the_portfolio_s_lists(sample: Run) -> None:
    listed = sample("accounts", "--as-of", DAY).out
    assert "Onboarding" in listed
    assert "onboarding" not in listed
    assert {row["stage"] for row in sample("accounts", "--as-of", DAY, "--json").json} >= {
        "onboarding",
        "grow",
    }
    shown = sample("account", "#1", "--as-of", DAY).out
    assert "Decision maker" in shown
    assert "decision_maker" not in shown


def test_accounts_without_any_score_say_how_to_get_one(imported: Run) -> None:
    assert "cs-workbench score" in imported("accounts").err
    imported("log", "@northwind call 5m hello")
    imported("score")
    assert imported("accounts").err == ""


def test_score_names_what_to_look_at_first(sample: Run) -> None:
    lines = sample("score", "--as-of", DAY).out.splitlines()
    assert lines[0].endswith("Held back most by")
    assert ": " in lines[1]
    assert lines[-2:] == [
        f"30 accounts scored as of {DAY}.", "1 of them has left and is in no count of health.",
    ]  # fmt: skip


def test_records_too_old_to_score_name_the_day_they_could_be_scored(imported: Run, tmp_path: Path) -> None:
    tickets = tmp_path / "tickets.csv"
    tickets.write_text(
        "ticket_id,account_name,submitted_at,priority\nT1,Northwind Traders Ltd,2023-01-05,high\n"
    )
    assert imported("import", str(tickets)).code == 0
    ran = imported("score", "--as-of", DAY)
    assert f"0 accounts scored as of {DAY}." in ran.out
    assert "3 accounts have no score: nothing recent enough" in ran.out
    assert "--as-of" not in ran.err  # tickets alone were too little even then
    ran = imported("score", "--as-of", "2023-01-05")
    assert "3 accounts have no score: too little" in ran.out
    assert imported("accounts", "--as-of", "2023-01-05").out.count("6%") == 3
    assert "too little" in imported("score", "--explain", "#1", "--as-of", "2023-01-05").out
    imported("log", "@northwind on 2023-01-05 call 5m hello")
    assert "--as-of 2023-01-05" in imported("score", "--as-of", DAY).err
    assert "1 account scored as of 2023-01-05." in imported("score", "--as-of", "2023-01-05").out


def test_an_empty_portfolio_says_what_to_do_first(csw: Run) -> None:
    csw("init")
    assert "cs-workbench import" in csw("score").out
    assert "cs-workbench import" in csw("accounts").out


def test_searching_for_nothing_is_told(csw: Run) -> None:
    csw("init")
    assert csw("search", "  ").code == 1


def test_a_dry_run_with_rejected_rows_says_what_would_become_of_them(csw: Run, tmp_path: Path) -> None:
    csw("init")
    path = tmp_path / "tickets.csv"
    path.write_text(
        "ticket_id,account_name,submitted_at,priority\nT1,Nobody,2026-03-01,high\n", encoding="utf-8"
    )
    ran = csw("import", str(path), "--dry-run")
    assert ran.code == 0
    assert "--good-rows" in ran.err
    refused = csw("import", str(path), "--json")
    assert refused.code == 1
    assert refused.json["error"]["code"] == "rows_rejected"
    assert refused.json["step"] is None
    (batch,) = refused.json["batches"]
    assert batch["rejected"][0]["row"] == 2
    assert Path(batch["rejected_file"]).exists()


def test_a_reader_that_goes_away_is_no_fault(imported: Run, tmp_path: Path) -> None:
    portfolio = str(tmp_path / "portfolio.csw")
    for arguments in (["account", "nobody", "--json"], ["score", "--json"]):
        command = [sys.executable, "-m", "cs_workbench", "--portfolio", portfolio, *arguments]
        read, write = os.pipe()
        os.close(read)
        ran = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
        os.close(write)
        assert ran.returncode == 1
        assert "Traceback" not in ran.stderr
