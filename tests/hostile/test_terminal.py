"""Terminals and arguments made to hurt: nothing steers the screen, nothing ends in a fault of the program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account

STEERING = "Acme\x1b[2J\u202egnp.exe"


@pytest.fixture
def path(tmp_path: Path) -> str:
    path = str(tmp_path / "p.csw")
    with Workbench.open(path, create=True) as wb, wb.change("Fill") as db:
        add_account(db, STEERING)
        add_account(db, "株式会社　髙﨑 – 🎉")
    return path


def run(
    path: str, *words: str, encoding: str = "utf-8", shell: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """The real program in a process of its own, with streams as a shell would set them."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "cs_workbench", "--portfolio", path, *words]
    if shell:
        command = ["/bin/sh", "-c", f'"$@" {shell}', "sh", *command]
    return subprocess.run(command, capture_output=True, check=False, env=environment)


def test_a_name_cannot_steer_the_terminal(path: str) -> None:
    """The fast list and the full one: both print the name without its escape and direction marks."""
    for words in (("accounts",), ("--ui-lang", "ja", "accounts"), ("account", "1")):
        said = run(path, *words)
        assert said.returncode == 0, said.stderr
        assert b"\x1b" not in said.stdout
        assert "\u202e" not in said.stdout.decode()
        assert b"gnp.exe" in said.stdout


@pytest.mark.parametrize("encoding", ["ascii", "cp932", "euc_jp"])
@pytest.mark.parametrize("words", [("accounts",), ("account", "2"), ("log", "@1 call 🎉 – ok")])
def test_a_narrow_terminal_still_gets_its_answer(path: str, encoding: str, words: tuple[str, ...]) -> None:
    said = run(path, *words, encoding=encoding)
    assert said.returncode == 0, said.stderr
    assert said.stdout


@pytest.mark.parametrize("encoding", ["ascii", "cp932", "utf-8"])
@pytest.mark.parametrize(
    "words", [("--json", "accounts"), ("--json", "account", "2"), ("--json", "search", "🎉")]
)
def test_json_loses_nothing_in_a_narrow_encoding(path: str, encoding: str, words: tuple[str, ...]) -> None:
    said = run(path, *words, encoding=encoding)
    assert said.returncode == 0, said.stderr
    assert "株式会社　髙﨑 – 🎉" in json.dumps(json.loads(said.stdout.decode(encoding)), ensure_ascii=False)


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
@pytest.mark.parametrize("shell", [">&-", ">&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("words", [("accounts",), ("check",), ("--json", "accounts")])
def test_closed_streams(path: str, shell: str, words: tuple[str, ...]) -> None:
    said = run(path, *words, shell=shell)
    assert (said.returncode, said.stderr) == (0, b"" if "2>&-" in shell else said.stderr)
    assert b"fault" not in said.stderr
    assert b"Traceback" not in said.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("words", [("accounts",), ("check",), ("--json", "account", "1")])
def test_an_answer_without_room_is_told_in_one_sentence(path: str, words: tuple[str, ...]) -> None:
    said = run(path, *words, shell=">/dev/full")
    assert said.returncode == 1
    assert said.stderr.startswith(b"The answer could not be written:")
    assert len(said.stderr.splitlines()) == 2


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1969-12-31", "tomorrow"])
@pytest.mark.parametrize("words", [("accounts",), ("score",), ("pack", "1", "--out", "x")])
def test_days_no_calendar_needs(path: str, day: str, words: tuple[str, ...]) -> None:
    said = run(path, *words, "--as-of", day)
    assert said.returncode == 2
    assert b"Traceback" not in said.stderr


def test_a_limit_beyond_all_numbers(path: str) -> None:
    assert run(path, "search", "acme", "--limit", "9" * 30).returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="arguments are bytes on POSIX only")
def test_bytes_that_are_no_text_are_refused_not_kept(path: str) -> None:
    said = run(path, "log", "@1 call \udcff\udc80")
    assert said.returncode == 1
    assert b"cannot be read" in said.stderr


@pytest.mark.parametrize("kind", ["missing", "nonsense", "folder", "not a folder"])
def test_settings_that_cannot_be_read_are_told_or_not_needed(
    path: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("CS_WORKBENCH_HOME", str(home))
    settings = home / "config" / "settings.toml"
    if kind == "not a folder":
        home.write_bytes(b"")
    elif kind == "folder":
        settings.mkdir(parents=True)
    elif kind == "nonsense":
        settings.parent.mkdir(parents=True)
        settings.write_bytes(b"\xff\x00 = [")
    for words in (("account", "1"), ("accounts",), ("log", "@1 call x")):
        said = run(path, *words)
        assert said.returncode == 0, said.stderr
