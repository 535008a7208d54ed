"""A backup or a check nobody waits for any more ends within a moment, wherever it is, and leaves nothing half-done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlcipher3

from cs_workbench.errors import Cancelled
from cs_workbench.services import backups
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import backup, digest, stopping
from tests.builders_store import NOW, add_account, add_interaction

Work = Callable[[Workbench, backups.Stop], object]
POINTS = 14
"""At how many places of the way each work is stopped."""


def back_up(wb: Workbench, stop: backups.Stop) -> object:
    return backups.backup(wb, now=NOW, stop=stop)


def check(wb: Workbench, stop: backups.Stop) -> object:
    return backups.check(wb, stop=stop)


class Asked:
    """Counts how often it is asked, and says stop from the *after*-th time on."""

    def __init__(self, after: int | None = None) -> None:
        self.times = 0
        self.after = after

    def __call__(self) -> bool:
        self.times += 1
        return self.after is not None and self.times >= self.after


@pytest.fixture
def wb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    """A small portfolio; what a large one is asked every 4,096 steps, it is asked every 200."""
    monkeypatch.setattr(stopping, "STEPS", 200)
    with Workbench.open(str(tmp_path / "p.csw"), create=True) as made:
        with made.change("Add") as db:
            for number in range(60):
                add_interaction(db, add_account(db, f"A{number}"), "更新の相談" * 20)
        yield made


def left(wb: Workbench) -> list[str]:
    """What lies in the folder of the backups."""
    folder = Path(wb.path + "-backups")
    return sorted(os.listdir(folder)) if folder.exists() else []


@pytest.mark.parametrize("work", [back_up, check])
def test_it_is_asked_all_the_way_and_stops_at_each_place(wb: Workbench, work: Work) -> None:
    whole = Asked()
    assert work(wb, whole)
    before, content = left(wb), digest.content(wb.database.reader())
    assert whole.times > POINTS * 3
    for point in range(POINTS + 1):
        stop = Asked(1 + (whole.times - 1) * point // POINTS)
        with pytest.raises(Cancelled):
            work(wb, stop)
        assert left(wb) == before
    assert digest.content(wb.database.reader()) == content
    assert backups.check(wb).ok
    with wb.change("More") as db:
        add_account(db, "B")
    assert wb.undo() == "More"


def test_a_copy_that_was_not_read_back_never_counts(wb: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped while it is verified: the copy is whole by then, and still no backup."""
    good = backups.backup(wb, now=NOW)
    verify, stops = backup.verify, []

    def verified(*given: object, stop: Asked, **named: object) -> object:
        assert any(name.endswith(".part") for name in left(wb))
        stop.after = stop.times + 2
        stops.append(stop)
        return verify(*given, stop=stop, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "verify", verified)
    with pytest.raises(Cancelled):
        backups.backup(wb, now=NOW, stop=Asked())
    assert stops
    assert backups.list_backups(wb.path) == [good]
    assert left(wb) == [os.path.basename(good.path), os.path.basename(good.path) + ".json"]


def test_what_an_interruption_looks_like_is_no_finding(wb: Workbench) -> None:
    """SQLite gives up with an error; a check that took it for damage would frighten for nothing."""
    for after in range(1, 8):
        with pytest.raises(Cancelled):
            backups.check(wb, stop=Asked(after))


def test_a_connection_is_let_go_of() -> None:
    connection = sqlcipher3.connect(":memory:")
    asked = Asked(3)
    many = "with recursive n(x) as (select 1 union all select x+1 from n where x<100000) select sum(x) from n"
    with pytest.raises(Cancelled), stopping.until(connection, asked):
        connection.execute(many).fetchone()
    times = asked.times
    assert connection.execute(many).fetchone() == (5000050000,)
    assert asked.times == times
    connection.close()


def test_an_error_of_its_own_stays_one() -> None:
    connection = sqlcipher3.connect(":memory:")
    with pytest.raises(sqlcipher3.OperationalError, match="nowhere"), stopping.until(connection, Asked()):
        connection.execute("select * from nowhere")
    with stopping.until(connection, None):
        assert connection.execute("select 1").fetchone() == (1,)
    with pytest.raises(Cancelled), stopping.until(connection, Asked(1)):
        pass
    connection.close()
