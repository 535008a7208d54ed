"""A press kept open while a person chooses: proofs of the pages to be, then the documents themselves."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cs_workbench.errors import Cancelled, UserError
from cs_workbench.i18n import _
from cs_workbench.reports.worker import Worker
from cs_workbench.services import pack_archive
from cs_workbench.services.pack_readiness import Readiness
from cs_workbench.services.pack_results import PackResult
from cs_workbench.services.packs import Order, Press

if TYPE_CHECKING:
    import datetime as dt

    from cs_workbench.errors import FileProblem
    from cs_workbench.reports.leaks import Leak
    from cs_workbench.services.pack_results import Draft
    from cs_workbench.services.workbench import Workbench

Steps = tuple[int, int, str]
PPI = 144.0


@dataclass(frozen=True, slots=True)
class Proof:
    """One account's document as its PDF will show it: pages as PNG, what the scan says, the files' names.

    ``replaced`` are those of the files that are in the folder already.
    """

    account_id: int
    name: str
    pages: tuple[bytes, ...]
    leaks: tuple[Leak, ...]
    held_back: int
    files: tuple[str, ...]
    replaced: tuple[str, ...]
    readiness: Readiness = field(default_factory=Readiness)


@dataclass(slots=True)
class Made:
    """What became of an order: documents, accounts whose document could not be written, whether the person stopped.

    ``problem`` ended the run before its time; what ``results`` has is whole.
    """

    results: list[PackResult] = field(default_factory=list)
    failed: list[tuple[str, FileProblem]] = field(default_factory=list)
    archived: bool = True
    stopped: bool = False
    problem: UserError | None = None

    @property
    def files(self) -> list[str]:
        """Every file written."""
        return [path for result in self.results for path in result.files]


class Proofs:
    """One rendering process for all proofs of a dialog. Used from pool threads, one at a time."""

    def __init__(self, wb: Workbench, worker: Worker | None = None) -> None:
        self._wb = wb
        self._worker = worker or Worker()
        self._turn = threading.Lock()
        self._closed = False

    def proof(
        self, order: Order, account_id: int, *, now: dt.datetime, ppi: float = PPI
    ) -> Generator[Steps, None, Proof]:
        """The proof of one account's document; steps in between, so that an overtaken one stops early.

        Raises TemplateProblem with file and line, NotFound, InvalidValue.
        """
        with self._turn:
            self._check_open()
            yield 0, 2, _("Writing the document")
            press = Press(self._wb, order, now, worker=self._worker)
            draft = press.draft(account_id)
            yield 1, 2, _("Setting the pages")
            return self._printed(press, draft, ppi)

    def again(
        self, record_id: int, *, now: dt.datetime, ppi: float = PPI
    ) -> Generator[Steps, None, tuple[Proof, Order]]:
        """The proof of an archived document, from the facts of its day, and the order it was made by.

        Raises what ``proof`` does, and NotFound where the archive has no such document.
        """
        kept = pack_archive.kept(self._wb.reads, record_id)
        with self._turn:
            self._check_open()
            yield 0, 2, _("Writing the document")
            press = Press(self._wb, kept.order, now, worker=self._worker,
                          archived_facts={kept.account_id: kept.facts})  # fmt: skip
            draft = press.draft(kept.account_id)
            yield 1, 2, _("Setting the pages")
            return self._printed(press, draft, ppi), kept.order

    def make(
        self, order: Order, account_ids: Sequence[int], *, now: dt.datetime, wanted: Callable[[], bool]
    ) -> Generator[Steps, None, Made]:
        """The documents of *account_ids*; when *wanted* turns False it stops after the one under way.

        Raises what goes wrong before the first document; what goes wrong later is in the result.
        """
        with self._turn:
            self._check_open()
            press = Press(self._wb, order, now, worker=self._worker)
            return (yield from _run(press, account_ids, wanted))

    def make_again(self, record_id: int, *, now: dt.datetime, out_dir: str = "") -> Made:
        """Write the files of an archived document again from its facts, where they were or into *out_dir*.

        Raises what ``again`` does, FileProblem.
        """
        kept = pack_archive.kept(self._wb.reads, record_id, out_dir)
        with self._turn:
            self._check_open()
            press = Press(self._wb, kept.order, now, worker=self._worker,
                          archived_facts={kept.account_id: kept.facts})  # fmt: skip
            results = list(press.run([kept.account_id]))
        return Made(results, archived=press.archived)

    def stop(self) -> None:
        """End the rendering process now, whatever it is at, without waiting for whose turn it is; from any thread.

        A document that waits for its text is given up; one that is being written is finished.
        """
        self._closed = True
        self._worker.stop()

    def close(self) -> None:
        """End the rendering process, and wait until nobody uses it. Closing twice is harmless."""
        self.stop()
        with self._turn:
            self._worker.close()

    def _check_open(self) -> None:
        if self._closed:
            raise Cancelled("", "")

    def _printed(self, press: Press, draft: Draft, ppi: float) -> Proof:
        from cs_workbench.reports.writers import pdf

        assert press.look is not None
        names = tuple(f"{draft.stem}.{name}" for name in press.order.formats)
        folder = press.order.out_dir
        there = tuple(name for name in names if folder and os.path.exists(os.path.join(folder, name)))
        pages = tuple(pdf.preview(draft.document, press.look, ppi=ppi))
        return Proof(
            draft.account_id, draft.name, pages, draft.leaks, draft.held_back, names, there, draft.readiness
        )


def _run(
    press: Press, account_ids: Sequence[int], wanted: Callable[[], bool]
) -> Generator[Steps, None, Made]:
    made = Made(failed=press.failed)
    yield 0, len(account_ids), ""
    try:
        for result in press.run(account_ids, lambda *_step: wanted()):
            made.results.append(result)
            yield len(made.results) + len(made.failed), len(account_ids), result.name
    except Cancelled:
        made.stopped = True
    except UserError as problem:
        if not made.results:
            raise
        made.problem = problem
    made.archived = press.archived
    return made
