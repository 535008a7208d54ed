"""What is typed while the writer is busy: beside the portfolio, in order, private, and gone once it is kept."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from cs_workbench.services import drafts, portfolios, spare_drafts
from cs_workbench.services.spare_drafts import SpareDrafts
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import spare
from cs_workbench.ui import opening
from tests.builders_store import NOW

LATER = NOW + dt.timedelta(seconds=5)


@pytest.fixture
def path(tmp_path: Path) -> str:
    made = str(tmp_path / "p.csw")
    portfolios.create(made, now=NOW, language="en").close()
    return made


def held(path: str, raw_key: str | None = None) -> dict[str, str]:
    """What stands beside the portfolio."""
    return {key: body for key, body, _at in spare.rows(path, raw_key)}


def test_it_stands_beside_until_the_portfolio_holds_it(path: str) -> None:
    kept = SpareDrafts()
    with Workbench.open(path) as wb:
        kept.keep(wb, "typed", "one", 1, now=NOW)
        kept.keep(wb, "note", "other", 2, now=NOW)
        kept.keep(wb, "typed", "one two", 3, now=NOW)
        assert held(path) == {"typed": "one two", "note": "other"}
        assert os.stat(spare.spare_of(path)).st_mode & 0o777 == 0o600
        kept.written("typed", 1)  # an older version only
        kept.written("note", 2)
        assert held(path)["typed"] == "one two"
        kept.written("typed", 3)
    assert sorted(os.listdir(os.path.dirname(path))) == ["p.csw"]


def test_what_comes_late_is_not_kept_again(path: str) -> None:
    kept = SpareDrafts()
    with Workbench.open(path) as wb:
        kept.written("typed", 4)
        kept.keep(wb, "typed", "old", 4, now=NOW)
        assert not os.path.exists(spare.spare_of(path))
        kept.keep(wb, "typed", "newer", 6, now=NOW)
        kept.keep(wb, "typed", "old", 5, now=NOW)
        assert held(path) == {"typed": "newer"}


def test_the_next_opening_takes_it_in_and_clears_it(path: str) -> None:
    with Workbench.open(path) as wb:
        drafts.keep(wb, "typed", "in the portfolio", now=NOW)
        drafts.keep(wb, "gone", "taken back meanwhile", now=NOW)
        drafts.keep(wb, "later", "newer than beside", now=LATER)
        for key, text, now in (("typed", "beside", LATER), ("gone", " ", LATER), ("later", "old", NOW)):
            SpareDrafts().keep(wb, key, text, 1, now=now)
    found = opening.opened(path, None, LATER, "en")
    with found.workbench as wb:
        assert found.reading is None
        kept = {key: drafts.draft(wb.reads, key) for key in ("typed", "gone", "later")}
        assert kept == {"typed": "beside", "gone": "", "later": "newer than beside"}
        assert wb.undo() is None
    assert not os.path.exists(spare.spare_of(path))


def test_an_encrypted_portfolio_s_spare_tells_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "p.csw")
    with portfolios.create(path, now=NOW, language="en", key="a long enough passphrase") as wb:
        SpareDrafts().keep(wb, "typed", "CANARY 更新", 1, now=NOW)
        body = Path(spare.spare_of(path)).read_bytes()
        assert body
        assert b"CANARY" not in body
        assert b"SQLite format 3" not in body
        assert held(path, wb.database.raw_key) == {"typed": "CANARY 更新"}
        spare_drafts.take_in(wb)
        assert drafts.draft(wb.reads, "typed") == "CANARY 更新"


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_what_is_no_spare_of_ours_goes(path: str, content: bytes) -> None:
    Path(spare.spare_of(path)).write_bytes(content)
    with Workbench.open(path) as wb:
        spare_drafts.take_in(wb)
    assert not os.path.exists(spare.spare_of(path))


def test_a_planted_link_is_neither_followed_nor_written(path: str, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"mine")
    os.symlink(target, spare.spare_of(path))
    with Workbench.open(path) as wb:
        SpareDrafts().keep(wb, "typed", "words", 1, now=NOW)
        assert target.read_bytes() == b"mine"
        spare_drafts.take_in(wb)
    assert not os.path.lexists(spare.spare_of(path))
    assert target.read_bytes() == b"mine"


def test_without_room_the_text_only_waits_for_the_writer(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_where: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spare, "put", full)
    kept = SpareDrafts()
    with Workbench.open(path) as wb:
        kept.keep(wb, "typed", "words", 1, now=NOW)
        kept.written("typed", 1)
