"""The press kept open: proofs show what will be written, runs can be stopped, archived figures print again."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import stat
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cs_workbench import paths
from cs_workbench.errors import Cancelled, FileProblem, InvalidValue, NotFound, TemplateProblem, UserError
from cs_workbench.reports.leaks import words
from cs_workbench.services import pack_archive, portfolios
from cs_workbench.services.pack_proof import Made, Proof, Proofs
from cs_workbench.services.packs import Order, Press
from cs_workbench.services.workbench import Workbench
from tests.services.test_packs import AS_OF, CANARY, NOW, files_in, fill

LATER = NOW + dt.timedelta(days=3)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="ja") as made:
        fill(made)
        yield made


@pytest.fixture
def proofs(wb: Workbench) -> Iterator[Proofs]:
    made = Proofs(wb)
    yield made
    made.close()


def order(folder: Path, **changed: Any) -> Order:
    return replace(
        Order("renewal_briefing", "customer", "ja", ("pdf", "md"), AS_OF, str(folder / "out")), **changed
    )


def ended(steps: Generator[Any, None, Any]) -> Any:
    """What a generator returns."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def test_a_proof_shows_the_pages_and_names_and_writes_nothing(
    wb: Workbench, proofs: Proofs, tmp_path: Path
) -> None:
    proof: Proof = ended(proofs.proof(order(tmp_path), 1, now=NOW))
    assert len(proof.pages) >= 2
    assert all(page.startswith(b"\x89PNG") for page in proof.pages)
    assert proof.files == (
        "更新資料 - アオバ精密工業株式会社 - 2026-11-23.pdf",
        "更新資料 - アオバ精密工業株式会社 - 2026-11-23.md",
    )
    assert (proof.leaks, proof.replaced) == ((), ())
    assert proof.held_back >= 6  # a canary in every internal field
    assert files_in(tmp_path / "out") == []
    assert pack_archive.lines(wb.reads) == []


def test_the_internal_edition_keeps_nothing_back(proofs: Proofs, tmp_path: Path) -> None:
    proof = ended(proofs.proof(order(tmp_path, edition="internal"), 1, now=NOW))
    assert (proof.held_back, proof.leaks) == (0, ())


def test_a_proof_lists_what_must_not_leave(wb: Workbench, proofs: Proofs, tmp_path: Path) -> None:
    with wb.change("Spoil") as db:
        db.execute("update ticket set subject='株式会社ミドリ食品と同じ不具合'")
    proof = ended(proofs.proof(order(tmp_path), 1, now=NOW))
    assert {leak.kind for leak in proof.leaks} == {"other_customer"}
    assert len(proof.pages) >= 2  # it can still be looked at


def test_a_proof_is_the_document_that_is_made(wb: Workbench, tmp_path: Path) -> None:
    press = Press(wb, order(tmp_path), NOW)
    draft = press.draft(1)
    (result,) = press.run([1])
    press.worker.close()
    assert draft.document == result.document
    assert [os.path.basename(path) for path in result.files] == [f"{draft.stem}.pdf", f"{draft.stem}.md"]


def test_what_is_there_already_is_said(proofs: Proofs, tmp_path: Path) -> None:
    ended(proofs.make(order(tmp_path), [2], now=NOW, wanted=lambda: True))
    proof = ended(proofs.proof(order(tmp_path, formats=("pdf", "html")), 2, now=NOW))
    assert proof.replaced == ("更新資料 - 株式会社ミドリ食品 - 2026-11-23.pdf",)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"template": "none_such"}, TemplateProblem),
        ({"edition": "secret"}, InvalidValue),
        ({"formats": ("doc",)}, InvalidValue),
        ({"language": "de"}, InvalidValue),
    ],
)
def test_a_wrong_choice_is_told(
    proofs: Proofs, tmp_path: Path, changed: dict[str, Any], error: type[UserError]
) -> None:
    with pytest.raises(error):
        ended(proofs.proof(order(tmp_path, **changed), 1, now=NOW))


def test_an_unknown_account_is_told(proofs: Proofs, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        ended(proofs.proof(order(tmp_path), 99, now=NOW))


def test_a_broken_template_is_told_with_file_and_line(proofs: Proofs, tmp_path: Path) -> None:
    own = Path(paths.user_templates_dir()) / "mine"
    shutil.copytree(Path(paths.templates_root()) / "renewal_briefing", own)
    entry = own / "briefing.ja.md.j2"
    entry.write_text(entry.read_text(encoding="utf-8") + "\n{{ facts.no_such_thing }}\n", encoding="utf-8")
    with pytest.raises(TemplateProblem) as caught:
        ended(proofs.proof(order(tmp_path, template="mine"), 1, now=NOW))
    assert "briefing.ja.md.j2:" in caught.value.message
    assert caught.value.where["line"] > 0
    again = ended(proofs.proof(order(tmp_path), 1, now=NOW))  # the press goes on
    assert again.pages


def test_many_are_made_with_steps(wb: Workbench, proofs: Proofs, tmp_path: Path) -> None:
    steps = proofs.make(order(tmp_path), [1, 2, 3], now=NOW, wanted=lambda: True)
    told: list[tuple[int, int, str]] = []
    while True:
        try:
            told.append(next(steps))
        except StopIteration as end:
            made: Made = end.value
            break
    assert [step[:2] for step in told] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert told[1][2] == "アオバ精密工業株式会社"
    assert len(made.files) == 6
    assert all(stat.S_IMODE(os.stat(path).st_mode) == 0o600 for path in made.files)
    assert (made.stopped, made.failed, made.problem, made.archived) == (False, [], None, True)
    assert len(pack_archive.lines(wb.reads)) == 3


def test_a_run_stops_when_nobody_wants_it_and_keeps_what_is_whole(
    wb: Workbench, proofs: Proofs, tmp_path: Path
) -> None:
    answers = iter([True, False])
    made = ended(proofs.make(order(tmp_path), [1, 2, 3], now=NOW, wanted=lambda: next(answers)))
    assert made.stopped
    assert len(made.results) == 2
    assert len(pack_archive.lines(wb.reads)) == 2


def test_a_run_that_is_dropped_archives_what_it_made(wb: Workbench, proofs: Proofs, tmp_path: Path) -> None:
    steps = proofs.make(order(tmp_path), [1, 2, 3], now=NOW, wanted=lambda: True)
    next(steps)
    next(steps)
    steps.close()
    assert len(pack_archive.lines(wb.reads)) == 1
    assert ended(proofs.proof(order(tmp_path), 2, now=NOW)).pages  # its turn is given back


def test_a_problem_at_the_first_is_raised_a_later_one_is_in_the_result(
    proofs: Proofs, tmp_path: Path
) -> None:
    with pytest.raises(NotFound):
        ended(proofs.make(order(tmp_path), [99, 1], now=NOW, wanted=lambda: True))
    made = ended(proofs.make(order(tmp_path), [1, 2, 3, 99], now=NOW, wanted=lambda: True))
    assert made.problem is not None
    assert made.files


def test_a_folder_that_cannot_be_used_is_told(proofs: Proofs, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(FileProblem):
        ended(proofs.make(order(tmp_path), [1], now=NOW, wanted=lambda: True))
    assert ended(proofs.proof(order(tmp_path), 1, now=NOW)).pages  # looking needs no folder


def test_the_same_figures_print_again_after_the_records_moved(
    wb: Workbench, proofs: Proofs, tmp_path: Path
) -> None:
    first = ended(proofs.make(order(tmp_path), [1], now=NOW, wanted=lambda: True))
    before = {path: Path(path).read_bytes() for path in first.files}
    (line,) = pack_archive.lines(wb.reads)
    with wb.change("Later") as db:
        db.execute("update contract set seats = 999, arr = 10000, end_on = '2029-03-31'")
        db.execute("delete from reading")
    proof, asked = ended(proofs.again(line.id, now=LATER))
    assert (asked.as_of, asked.language, asked.formats) == (AS_OF, "ja", ("pdf", "md"))
    assert proof.pages == ended(proofs.again(line.id, now=LATER))[0].pages
    for path in first.files:
        os.unlink(path)
    written = proofs.make_again(line.id, now=LATER)
    assert {path: Path(path).read_bytes() for path in written.files} == before
    today = ended(proofs.proof(order(tmp_path, as_of=LATER.date()), 1, now=LATER))
    assert today.pages != proof.pages


def test_archived_files_can_go_elsewhere(wb: Workbench, proofs: Proofs, tmp_path: Path) -> None:
    ended(proofs.make(order(tmp_path), [2], now=NOW, wanted=lambda: True))
    (line,) = pack_archive.lines(wb.reads)
    made = proofs.make_again(line.id, now=LATER, out_dir=str(tmp_path / "other"))
    assert {os.path.dirname(path) for path in made.files} == {str(tmp_path / "other")}


def test_an_archived_customer_document_holds_no_canary(wb: Workbench, proofs: Proofs, tmp_path: Path) -> None:
    ended(proofs.make(order(tmp_path), [1], now=NOW, wanted=lambda: True))
    (line,) = pack_archive.lines(wb.reads)
    made = proofs.make_again(line.id, now=LATER)
    assert CANARY not in "\n".join(words(made.results[0].document))


def test_nothing_is_made_after_the_end(proofs: Proofs, tmp_path: Path) -> None:
    proofs.close()
    with pytest.raises(Cancelled):
        ended(proofs.proof(order(tmp_path), 1, now=NOW))
    proofs.close()
