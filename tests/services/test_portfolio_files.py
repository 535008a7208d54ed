"""Portfolio files as wholes: the sample made, scored, cancelled; copies that are whole or not there."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import stat
from collections.abc import Generator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cs_workbench.errors import FileProblem, PortfolioProblem, UserError
from cs_workbench.services import portfolio_files, portfolios
from cs_workbench.services.sample import scored_days
from cs_workbench.services.workbench import Workbench
from tests.builders_store import state as digest

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()


def drained(steps: Generator[tuple[int, int, str], None, Any]) -> tuple[list[tuple[int, int, str]], Any]:
    told = []
    while True:
        try:
            told.append(next(steps))
        except StopIteration as end:
            return told, end.value


def make(path: Path, language: str = "en") -> Generator[tuple[int, int, str], None, str]:
    return portfolio_files.make_sample(str(path), now=NOW, today=TODAY, language=language)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "Sample.csw"
    drained(make(path))
    return path


@pytest.fixture
def sample(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(original, tmp_path / "Sample.csw"))


def others(folder: Path, *known: str) -> list[str]:
    """What lies in *folder* beside the portfolios named and what SQLite and the lock keep with them."""
    return sorted(name for name in os.listdir(folder) if not name.startswith(known))


def test_the_sample_tells_how_far_it_is_and_is_private(tmp_path: Path) -> None:
    told, path = drained(make(tmp_path / "new" / "Sample.csw", "ja"))
    done = [step[0] for step in told]
    assert done == sorted(done)
    assert {step[1] for step in told} == {30 + len(scored_days(TODAY))}
    assert done[-1] < 30 + len(scored_days(TODAY))
    assert path == str(tmp_path / "new" / "Sample.csw")
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert others(tmp_path / "new", "Sample.csw") == []


def test_it_is_scored_for_today_and_before(original: Path) -> None:
    with Workbench.open(str(original), read_only=True) as wb:
        days = [row[0] for row in wb.reads.all("select distinct as_of from snapshot order by as_of")]
        assert days == [day.isoformat() for day in scored_days(TODAY)]
        moved = wb.reads.scalar(
            "select count(*) from snapshot a join snapshot b using (account_id)"
            " where a.as_of = :old and b.as_of = :new and a.band <> b.band",
            {"old": (TODAY - dt.timedelta(days=35)).isoformat(), "new": days[-1]},
        )
    assert moved > 0, "signals about health need a band that changed"


def test_it_says_that_it_is_the_sample(original: Path, tmp_path: Path) -> None:
    with Workbench.open(str(original), read_only=True) as wb:
        assert portfolio_files.is_sample(wb.reads)
        assert not portfolio_files.is_unused(wb.reads)
    with portfolios.create(str(tmp_path / "own.csw"), now=NOW, language="en") as own:
        assert not portfolio_files.is_sample(own.reads)
        assert portfolio_files.is_unused(own.reads)
        with own.change("Rename") as db:
            db.execute("update segment set name = 'Everyone'")
        assert not portfolio_files.is_unused(own.reads)


@pytest.mark.parametrize("after", [1, 2, 15, 31, 33])
def test_a_sample_given_up_leaves_nothing(tmp_path: Path, after: int) -> None:
    steps = make(tmp_path / "Sample.csw")
    for _step in range(after):
        next(steps)
    steps.close()
    assert os.listdir(tmp_path) == []


def test_a_sample_never_replaces_a_file(tmp_path: Path) -> None:
    (tmp_path / "Sample.csw").write_bytes(b"mine")
    with pytest.raises(FileProblem) as told:
        drained(make(tmp_path / "Sample.csw"))
    assert told.value.code == "exists"
    assert (tmp_path / "Sample.csw").read_bytes() == b"mine"
    assert others(tmp_path, "Sample.csw") == []


@pytest.mark.parametrize(("language", "name"), [("en", "Sample.csw"), ("ja", "サンプル.csw")])
def test_each_language_has_a_sample_of_its_own(language: str, name: str) -> None:
    assert os.path.basename(portfolio_files.sample_path(language)) == name


def test_a_duplicate_is_equal_private_and_closed(sample: Path, tmp_path: Path) -> None:
    copy = tmp_path / "Copy.csw"
    with Workbench.open(str(sample)) as wb:
        with wb.change("Rename") as db:
            db.execute("update account set name = 'In the log only' where id = 1")
        portfolio_files.duplicate(wb, str(copy))
        assert wb.path == str(sample)
        before = digest(wb.reads)
        with Workbench.open(str(copy)) as other:
            assert digest(other.reads) == before
            other.claim()
    assert stat.S_IMODE(os.stat(copy).st_mode) == 0o600
    assert others(tmp_path, "Copy.csw", "Sample.csw") == []


@pytest.mark.parametrize("verb", [portfolio_files.duplicate, portfolio_files.save_as])
def test_a_copy_never_replaces_a_file(sample: Path, tmp_path: Path, verb: Any) -> None:
    target = tmp_path / "Taken.csw"
    target.write_bytes(b"mine")
    with Workbench.open(str(sample)) as wb:
        with pytest.raises(FileProblem) as told:
            verb(wb, str(target))
        assert wb.path == str(sample)
    assert told.value.code == "exists"
    assert target.read_bytes() == b"mine"
    assert others(tmp_path, "Taken.csw", "Sample.csw") == []


@pytest.mark.parametrize("verb", [portfolio_files.duplicate, portfolio_files.save_as])
def test_a_copy_into_a_folder_that_is_not_there_leaves_all_as_it_was(sample: Path, verb: Any) -> None:
    with Workbench.open(str(sample)) as wb:
        with pytest.raises(UserError):
            verb(wb, str(sample.parent / "gone" / "Copy.csw"))
        assert wb.path == str(sample)
        with wb.change("Still here") as db:
            db.execute("update account set name = 'Y' where id = 1")
    assert others(sample.parent, "Sample.csw") == []


def test_a_copy_that_differs_is_not_kept(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cs_workbench.store import copy as copying

    def half(source: Any, temporary: str, raw_key: str | None) -> None:
        shutil.copyfile(sample, temporary)
        with open(temporary, "r+b") as file:
            file.truncate(40_960)

    monkeypatch.setattr(copying, "_copy_pages", half)
    with Workbench.open(str(sample)) as wb, pytest.raises(PortfolioProblem):
        portfolio_files.duplicate(wb, str(tmp_path / "Copy.csw"))
    assert others(tmp_path, "Sample.csw") == []


def test_save_as_goes_on_in_the_copy(sample: Path, tmp_path: Path) -> None:
    copy = tmp_path / "Copy.csw"
    heard: list[str] = []
    with Workbench.open(str(sample)) as wb:
        wb.subscribe(lambda changes: heard.append(changes.name))
        with wb.change("Before") as db:
            db.execute("update account set name = 'Before' where id = 1")
        assert portfolio_files.save_as(wb, str(copy)) == str(copy)
        with wb.change("After") as db:
            db.execute("update account set name = 'After' where id = 1")
        assert wb.path == str(copy)
        assert wb.reads.scalar("select name from account where id = 1") == "After"
        assert wb.undo() == "After"
        assert wb.undo() == "Before"
        wb.redo()
        wb.let_former_go()
        with Workbench.open(str(sample)) as first:
            first.claim()  # nobody holds the file left behind
            assert first.reads.scalar("select name from account where id = 1") == "Before"
    assert heard == ["Before", "After", "After", "Before", "Before"]


def test_save_as_of_an_encrypted_portfolio_keeps_its_passphrase(tmp_path: Path) -> None:
    path, copy = tmp_path / "secret.csw", tmp_path / "copy.csw"
    with portfolios.create(str(path), now=NOW, language="en", key="four unrelated words") as wb:
        portfolio_files.save_as(wb, str(copy))
    assert not copy.read_bytes().startswith(b"SQLite")
    with pytest.raises(PortfolioProblem):
        Workbench.open(str(copy), key="another")
    with Workbench.open(str(copy), key="four unrelated words") as other:
        assert portfolio_files.is_unused(other.reads)


def test_a_read_only_portfolio_goes_on_writable_in_its_copy(sample: Path, tmp_path: Path) -> None:
    with Workbench.open(str(sample)) as first:
        first.claim()
        with Workbench.open(str(sample), read_only=True) as second:
            portfolio_files.save_as(second, str(tmp_path / "Copy.csw"))
            with second.change("Mine") as db:
                db.execute("update account set name = 'Mine' where id = 1")
        assert first.reads.scalar("select name from account where id = 1") != "Mine"


def test_what_was_open_survives_its_file(sample: Path, tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("an open file cannot vanish on Windows")
    with Workbench.open(str(sample)) as wb:
        name = wb.reads.scalar("select name from account where id = 1")
        os.unlink(sample)
        with pytest.raises(PortfolioProblem) as told, wb.change("Lost") as db:
            db.execute("update account set name = 'Z' where id = 1")
        assert told.value.code == "moved"
        portfolio_files.save_as(wb, str(tmp_path / "Rescued.csw"))
        with wb.change("Kept") as db:
            db.execute("update account set name = name || '!' where id = 1")
        assert wb.reads.scalar("select name from account where id = 1") == f"{name}!"


def test_put_away_and_brought_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CS_WORKBENCH_HOME", str(tmp_path))
    path = Path(portfolio_files.sample_path("en"))
    path.write_bytes(b"sample")
    (tmp_path / "Sample.csw-backups").mkdir()
    (tmp_path / "Sample.csw-backups" / "one").write_bytes(b"1")
    (tmp_path / "portfolio.csw").write_bytes(b"mine")
    away = portfolio_files.put_away(str(path))
    assert not path.exists()
    assert portfolio_files.bring_back(away) == str(path)
    assert path.read_bytes() == b"sample"
    assert (tmp_path / "Sample.csw-backups" / "one").exists()
    assert not os.path.exists(away.folder)
    portfolio_files.put_away(str(path))
    foreign = tmp_path / ".removed-abcdefgh"
    foreign.mkdir()
    (foreign / "thesis.csw").write_bytes(b"not ours")
    portfolio_files.delete_put_away()
    assert sorted(os.listdir(tmp_path)) == [".removed-abcdefgh", "portfolio.csw"]


def test_bringing_back_never_replaces_a_file(tmp_path: Path) -> None:
    path = tmp_path / "Sample.csw"
    path.write_bytes(b"old")
    away = portfolio_files.put_away(str(path))
    path.write_bytes(b"new")
    with pytest.raises(FileProblem):
        portfolio_files.bring_back(away)
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize(("language", "currency"), [("en", "USD"), ("ja", "JPY")])
def test_the_sample_has_its_rates_in_its_own_currency(tmp_path: Path, language: str, currency: str) -> None:
    """A pound is worth about 1.3 dollars and about 190 yen: a rate of the other size would be a wrong conversion."""
    drained(make(tmp_path / "s.csw", language))
    with Workbench.open(str(tmp_path / "s.csw"), read_only=True) as wb:
        rates = {row[0]: float(row[1]) for row in wb.reads.all("select currency, rate from currency_rate")}
        used = {row[0] for row in wb.reads.all("select distinct currency from contract")}
        assert wb.setting("currency") == currency
    assert used - {currency} <= rates.keys(), "every amount can be converted"
    assert currency not in rates
    likely = {"USD": (1.0, 2.0), "JPY": (100.0, 300.0)}[currency]
    assert likely[0] < rates["GBP"] < likely[1]


def test_a_portfolio_may_have_another_currency(tmp_path: Path) -> None:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="ja", currency="EUR") as wb:
        assert wb.setting("currency") == "EUR"
    assert (portfolios.usual_currency("ja"), portfolios.usual_currency("xx")) == ("JPY", "USD")


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        (ZoneInfo("Asia/Tokyo"), "Asia/Tokyo"),
        (SimpleNamespace(zone="Asia/Tokyo"), "Asia/Tokyo"),  # a zone of pytz
        (SimpleNamespace(key=None, zone="Asia/Tokyo"), "Asia/Tokyo"),
        (dt.timezone(dt.timedelta(hours=9)), "UTC"),
        (SimpleNamespace(key="Nowhere/Town"), "UTC"),
    ],
)
def test_the_time_zone_of_the_machine_has_a_name(
    zone: object, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("babel.localtime.get_localzone", lambda: zone)
    assert portfolios.local_zone() == name


def test_what_killed_work_left_is_cleared_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setattr(portfolio_files.paths, "data_dir", lambda: str(home))
    portfolio = tmp_path / "own" / "p.csw"
    old = NOW.timestamp() - 4000
    for folder in (home, portfolio.parent):
        for name, held in {
            ".sample-abcdefgh": ("new.csw", "new.csw-wal"),
            ".copy-12345678": ("copy.csw",),
            ".copy-mine1234": ("notes.txt",),
            ".copy-shrt": ("copy.csw",),
        }.items():
            (folder / name).mkdir(parents=True)
            for one in held:
                (folder / name / one).write_bytes(b"x")
                os.utime(folder / name / one, (old, old))
            os.utime(folder / name, (old, old))
        (folder / ".copy-fresh123").mkdir()
        os.utime(folder / ".copy-fresh123", (old + 3000, old + 3000))
    portfolio_files.clear_left_over(str(portfolio), now=NOW)
    for folder in (home, portfolio.parent):
        assert sorted(os.listdir(folder)) == [".copy-fresh123", ".copy-mine1234", ".copy-shrt"]
    portfolio_files.clear_left_over(str(tmp_path / "none" / "p.csw"), now=NOW)
