"""Packs as people make them: one again and again with the press warm, and a hundred different ones in one call."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cs_workbench.reports.edition import Edition
from cs_workbench.reports.worker import Worker
from cs_workbench.services import health, pack_results, packs, portfolios, sample
from tests.bench.portfolio import NOW, TODAY, fill, open_at

if TYPE_CHECKING:
    from tests.bench.conftest import Note, Timed

MANY = 100


@pytest.mark.parametrize("edition", ["customer", "internal"])
def test_a_briefing_as_pdf_warm(timed: Timed, note: Note, tmp_path: Path, edition: Edition) -> None:
    """Aim: briefing PDF ≤ 0.2 s warm, from the portfolio's rows to the whole file, another account each time."""
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="ja") as wb:
        sample.create(wb, today=TODAY, language="ja")
        health.score_all(wb, TODAY, now=NOW)
        ids = [row[0] for row in wb.reads.all("select id from account order by id")]
        order = packs.Order("renewal_briefing", edition, "ja", ("pdf",), TODAY, str(tmp_path / "out"), ())
        with Worker() as worker:
            press = packs.Press(wb, order, NOW, None, worker)
            turn = iter(ids * 10)
            made: list[pack_results.PackResult] = []
            took = timed(lambda: made.extend(press.run([next(turn)])), rounds=25, warmup_rounds=3)
    assert all(Path(file).read_bytes().startswith(b"%PDF") for pack in made for file in pack.files)
    name = f"briefing PDF, {edition} edition, warm"
    note(name, took.wall, "s", aim="≤ 0.2 s", processor=took.processor)


def test_one_pack_from_nothing(note: Note, tmp_path: Path) -> None:
    """One call that starts the rendering process for itself, as the shell does."""
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="ja") as wb:
        sample.create(wb, today=TODAY, language="ja")
        taken = []
        for number in range(1, 8):
            start = time.perf_counter()
            made = packs.make_pack(wb, number, as_of=TODAY, out_dir=str(tmp_path / "out"), now=NOW)
            taken.append(time.perf_counter() - start)
            assert made.files
    note("  make_pack, its own rendering process each time", statistics.median(taken), "s")


def test_a_hundred_packs_in_one_call(timed: Timed, note: Note, tmp_path: Path) -> None:
    """Aim: 100 packs PDF in one call ≤ 12 s; every account has contracts, people, contacts and 15 metrics."""
    fill(str(tmp_path / "p.csw"), MANY, 400)
    with open_at(str(tmp_path / "p.csw")) as wb:
        health.score_all(wb, TODAY, now=NOW)
        files: set[str] = set()

        def make() -> None:
            for pack in packs.make_packs(
                wb,
                range(1, MANY + 1),
                edition="internal",
                as_of=TODAY,
                out_dir=str(tmp_path / "out"),
                now=NOW,
            ):
                files.update(pack.files)

        took = timed(make, rounds=2)
    assert len(files) == MANY
    note(f"{MANY} packs PDF in one call", took.wall, "s", aim="≤ 12 s", processor=took.processor)
