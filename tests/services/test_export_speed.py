"""What makes an export quick: lines computed once, writers imported while templates render, no wait at the end."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cs_workbench.domain import sensitivity, value_ledger
from cs_workbench.domain.value_ledger import Benefit, Cost, Input, Ledger
from cs_workbench.reports.worker import Job, Worker
from cs_workbench.services import pack_files, packs, portfolios, value_documents
from tests.builders_store import add_account
from tests.builders_value import NOW, add_ledger
from tests.services.test_value_documents import MODEL, TODAY

D = Decimal


def _ledger(lines: int) -> Ledger:
    benefits = tuple(
        Benefit(
            id=str(n), title=f"Line {n}", category="cost", formula="gain * 2", agreed=True,
            inputs=(Input("gain", D(1000 + n), "JPY/year", low=D(500), high=D(2000)),),
        )
        for n in range(lines)
    )  # fmt: skip
    return Ledger("JPY", 3, benefits, (Cost("c", "Fee", "subscription", (D(0), D(900), D(900))),))


def test_moving_an_input_computes_no_other_line(monkeypatch: pytest.MonkeyPatch) -> None:
    computed = list[str]()
    once = value_ledger.line

    def counted(benefit: Benefit, ledger: Ledger) -> value_ledger.Line:
        computed.append(benefit.id)
        return once(benefit, ledger)

    monkeypatch.setattr(sensitivity, "line", counted)
    sensitivity.tornado(_ledger(12))
    assert len(computed) == 12 + 2 * 12


def test_it_comes_to_the_same() -> None:
    ledger = _ledger(4)
    moving = sensitivity.Moving(ledger)
    for value in (D(0), D("1234.5"), D(10**9)):
        whole = sensitivity.npv(value_ledger.with_input(ledger, "2", "gain", value))
        assert moving.npv("2", "gain", value) == whole


def test_writers_are_imported_while_the_process_renders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = list[str]()
    ready, receive = pack_files.ready, Worker._receive

    def noted(formats: Sequence[str]) -> None:
        order.append("ready")
        ready(formats)

    def waited(worker: Worker, job: Job) -> dict[str, Any]:
        order.append("wait")
        return receive(worker, job)

    monkeypatch.setattr(pack_files, "ready", noted)
    monkeypatch.setattr(Worker, "_receive", waited)
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as wb:
        with wb.change("fill") as db:
            add_account(db, "Acme")
        add_ledger(wb, 1)
        value_documents.export(
            wb, 1, formats=("md", "docx"), as_of=TODAY, out_dir=str(tmp_path / "o"), now=NOW
        )
    assert order == ["ready", "wait"]


def test_the_process_is_ended_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Worker()
    worker.start()
    process = worker._process
    assert process is not None
    ended = list[str]()
    kill = process.kill

    def killed() -> None:
        ended.append("kill")
        kill()

    monkeypatch.setattr(process, "kill", killed)
    worker.close()
    assert ended == ["kill"]
    assert worker.process_id is None


def test_a_model_s_files_never_replace_another_s(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "case.toml").write_text(MODEL, encoding="utf-8")
    made = [
        value_documents.export_model(
            str(tmp_path / folder / "case.toml"), formats=("md",), as_of=TODAY, out_dir=str(tmp_path / "o")
        )
        for folder in ("a", "b", "b")
    ]
    names = [Path(files[0]).name for files in made]
    assert names == [
        "ROI summary - case - 2026-11-22.md",
        "ROI summary - case - 2 - 2026-11-22.md",
        "ROI summary - case - 3 - 2026-11-22.md",
    ]
    assert all((tmp_path / "o" / name).exists() for name in names)


@pytest.mark.parametrize(("with_ledger", "lacks"), [(False, "none"), (True, "")])
def test_a_draft_says_what_the_summary_lacks(tmp_path: Path, with_ledger: bool, lacks: str) -> None:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as wb:
        with wb.change("fill") as db:
            add_account(db, "Acme")
        if with_ledger:
            add_ledger(wb, 1)
        order = packs.Order("roi_summary", "customer", "en", ("md",), TODAY, str(tmp_path))
        with Worker() as worker:
            found = packs.Press(wb, order, NOW, None, worker).draft(1).readiness
    assert found.ledger == lacks
    assert not found.thin  # it stands on the ledger, not on kinds of data
