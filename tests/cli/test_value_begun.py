"""The verb roi as of a day before there was a ledger: refused with the day it was begun, and nothing is written."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from cs_workbench.services import value_begun, value_documents, value_exports
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.queries import value as queries
from tests.builders_store import add_account
from tests.builders_value import RICH, LedgerSpec, add_ledger
from tests.cli.conftest import Run

FIRST = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
SECOND = dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)


@pytest.fixture
def path(csw: Run, tmp_path: Path) -> str:
    """Two ledgers of one account, begun on 10 March and on 20 October; the account beside it has none."""
    csw("init")
    path = str(tmp_path / "portfolio.csw")
    with Workbench.open(path) as wb:
        with wb.change("fill") as db:
            add_account(db, "Acme")
            add_account(db, "Birch")
        add_ledger(wb, 1, LedgerSpec("Old", RICH[:1], begun=FIRST, starts_on=dt.date(2026, 1, 1)))
        add_ledger(wb, 1, LedgerSpec("New", RICH[:2], begun=SECOND, starts_on=dt.date(2026, 4, 1)))
    return path


@pytest.mark.parametrize("export", [(), ("--export", "md,xlsx")])
def test_a_day_before_every_ledger_is_refused(
    csw: Run, path: str, tmp_path: Path, export: tuple[str, ...]
) -> None:
    out = ("--out", str(tmp_path / "o")) if export else ()
    told = csw("roi", "1", *export, *out, "--as-of", "2026-03-01")
    assert told.code == 1
    assert "On 1 Mar 2026 there was no value ledger here: it was begun on 10 Mar 2026." in told.err
    assert told.out == ""
    error = csw("--json", "roi", "1", *export, *out, "--as-of", "2026-03-01").json["error"]
    assert error["code"] == "before_ledger"
    assert error["where"] == {"begun": "2026-03-10", "as_of": "2026-03-01"}
    assert error["remedy"] == "Ask for 10 Mar 2026 or a later day."
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize(("day", "lines"), [("2026-03-10", 1), ("2026-10-19", 1), ("2026-10-20", 2)])
def test_the_newest_ledger_of_that_day_is_told(csw: Run, path: str, day: str, lines: int) -> None:
    told = csw("--json", "roi", "1", "--as-of", day)
    assert told.code == 0
    assert len([*told.json["counted"], *told.json["potential"]]) == lines


def test_no_ledger_at_all_is_said_as_before(csw: Run, path: str) -> None:
    assert csw("--json", "roi", "2", "--as-of", "2026-03-01").json["error"]["code"] == "no_ledger"


def test_a_ledger_that_is_named_is_refused_before_its_own_day(path: str, tmp_path: Path) -> None:
    day = dt.date(2026, 5, 1)
    with Workbench.open(path) as wb:
        new, old = (head.id for head in queries.ledgers(wb.reads, 1))
        assert value_exports.chosen(wb.reads, 1, new, day) is None
        found = value_exports.chosen(wb.reads, 1, None, day)
        assert found is not None
        assert found.head.id == old
        with pytest.raises(value_begun.InvalidValue, match="begun on 20 Oct 2026"):
            value_documents.export(
                wb, 1, ledger_id=new, formats=("md",), as_of=day, out_dir=str(tmp_path / "o"), now=SECOND
            )
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize(
    ("made", "zone", "begun"),
    [
        ("2026-11-23T01:00:00+00:00", "America/New_York", dt.date(2026, 11, 22)),
        ("2026-11-22T20:00:00+00:00", "Asia/Tokyo", dt.date(2026, 11, 22)),
        ("2026-11-22T12:00:00+00:00", "Nowhere", dt.date(2026, 11, 22)),
    ],
)
def test_a_ledger_of_today_is_never_one_of_tomorrow(
    path: str, monkeypatch: pytest.MonkeyPatch, made: str, zone: str, begun: dt.date
) -> None:
    with Workbench.open(path) as wb:
        head = replace(queries.ledgers(wb.reads, 1)[0], made_at=dt.datetime.fromisoformat(made))
        monkeypatch.setattr(value_begun, "setting", lambda *_words: zone)
        assert value_begun.begun_on(wb.reads, head) <= begun
        assert value_begun.known(wb.reads, (head,), begun) == (head,)
        assert value_begun.known(wb.reads, (head,), begun - dt.timedelta(days=3)) == ()
