"""The course of an import from a window: files offered, planned on the pool, written on the writer thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from cs_workbench.errors import Cancelled, UserError
from cs_workbench.i18n import _
from cs_workbench.services.intake import offers as offering
from cs_workbench.services.intake.offers import Offer
from cs_workbench.ui import pasting
from cs_workbench.ui.collector import spare_old

if TYPE_CHECKING:
    from cs_workbench.services.intake.preview import Preview
    from cs_workbench.services.intake.result import ImportResult
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.ui.desk import Desk

State = Literal["empty", "opening", "planning", "ready", "writing"]
Settle = int | Literal["create", "skip"]
Tell = Callable[[int, int, str], None]
_TELL_EVERY = 0.1
_BREATH = 150
"""Milliseconds between the last correction and planning anew."""


@dataclass(frozen=True, slots=True)
class _Planned:
    """A plan with the turn it was asked for in: an older one is thrown away."""

    turn: int
    preview: Preview | None
    problem: UserError | None = None


class ImportWork(QObject):
    """Everything the import dialog knows. ``offered`` when files or their columns changed, ``planned`` when the rows
    can be looked at (None: nothing to look at), ``written`` with the result (None: stopped), ``refused`` with a
    UserError.
    """

    offered = Signal()
    planned = Signal(object)
    progressed = Signal(int, int, str)
    written = Signal(object)
    refused = Signal(object)
    changed_state = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.offers: list[Offer] = []
        self.preview: Preview | None = None
        self.state: State = "empty"
        self._held = True
        self.behind = False
        """Whether no dialog shows it just now."""
        self.pasted: list[str] = []
        """Files made of what was pasted; they go with the work."""
        self._settled: dict[str, Settle] = {}
        self._turn = 0
        self._stop = threading.Event()
        self._breath = QTimer(self, singleShot=True)
        self._breath.timeout.connect(self._plan)

    # -- files

    def add(self, paths: Sequence[str]) -> None:
        """Open more files; one that is there already is read again."""
        if not paths or self.state == "writing":
            return
        self._set_state("opening")
        reads, wanted = self.desk.workbench.reads, list(dict.fromkeys(paths))
        self.desk.tasks.run(
            lambda: [offer for path in wanted for offer in offering.offers_of(reads, path)],
            done=self._on_opened,
            failed=self._on_stuck,
        )

    def reread(self, offer: Offer, *, encoding: str | None = None, delimiter: str | None = None) -> None:
        """Open the file of *offer* again in another encoding or with another delimiter."""
        table = offer.table
        encoding = encoding or (table.encoding if table is not None else None)
        delimiter = delimiter or (table.delimiter if table is not None else None)
        reads, path = self.desk.workbench.reads, offer.path
        self._set_state("opening")
        self.desk.tasks.run(
            lambda: offering.offers_of(reads, path, encoding=encoding, delimiter=delimiter),
            done=self._on_opened,
            failed=self._on_stuck,
            latest=(id(self), path),
        )

    def correct(self, before: Offer, after: Offer) -> None:
        """Put *after* in the place of *before* and plan anew."""
        self.offers = [after if one is before or one.key == before.key else one for one in self.offers]
        self.offered.emit()
        self.plan_soon()

    def take(self, offer: Offer, *, taken: bool) -> None:
        """Import *offer*, or leave it out."""
        self.correct(offer, replace(offer, taken=taken))

    def remove(self, offer: Offer) -> None:
        """Forget a file."""
        self.offers = [one for one in self.offers if one.key != offer.key]
        self.offered.emit()
        self.plan_soon()

    def settle(self, name: str, told: Settle | None) -> None:
        """Say which account *name* in the files is; None takes it back."""
        if told is None:
            self._settled.pop(name, None)
        else:
            self._settled[name] = told
        self.plan_soon()

    # -- planning

    def plan_soon(self, *, at_once: bool = False) -> None:
        """Plan anew once the person paused; what is planned now is out of date at once."""
        self._stop.set()
        self._turn += 1
        self._set_state("planning")
        self._breath.start(0 if at_once else _BREATH)

    def _plan(self) -> None:
        self._drop_preview()
        self._stop = stop = threading.Event()
        turn, ready = self._turn, tuple(self.offers)
        if not any(offer.ready for offer in ready):
            self._set_state("ready" if ready else "empty")
            self.planned.emit(None)
            return
        self._set_state("planning")
        told = {"now": self.desk.now(), "settled": dict(self._settled), "cancelled": stop.is_set}
        work = partial(_planned, turn, self.desk.workbench, ready, told, _teller(self.progressed.emit))
        self.desk.tasks.run(work, done=self._on_planned, failed=partial(self._on_unplanned, turn))

    def _on_opened(self, found: list[Offer]) -> None:
        paths = {offer.path for offer in found}
        first = next((n for n, offer in enumerate(self.offers) if offer.path in paths), len(self.offers))
        kept = [offer for offer in self.offers if offer.path not in paths]
        self.offers = kept[:first] + found + kept[first:]
        self.offered.emit()
        self.plan_soon(at_once=True)

    def _on_stuck(self, error: BaseException) -> None:
        """A file could not even be looked at: say so, and go on with those that are there."""
        if isinstance(error, OSError):
            error = _unreachable(error)
        if isinstance(error, UserError):
            self.refused.emit(error)
        else:
            self.desk.tasks.failed.emit(error)
        self.plan_soon(at_once=True)

    def _on_unplanned(self, turn: int, error: BaseException) -> None:
        """Reading the rows failed: nothing to look at, and not for ever about to be."""
        if turn != self._turn:
            return
        self._set_state("ready")
        self.planned.emit(None)
        self.desk.tasks.failed.emit(error)

    def _on_planned(self, made: _Planned) -> None:
        if made.turn != self._turn:
            if made.preview is not None:
                self._throw_away(made.preview)
            return
        if made.problem is not None and not self._blame(made.problem):
            self.refused.emit(made.problem)
        if made.preview is None:
            self._set_state("ready")
            self.planned.emit(None)
            return
        self.preview = made.preview
        self._set_state("ready")
        self.planned.emit(made.preview)

    def _blame(self, problem: UserError) -> bool:
        """Put a problem found far down a file on that file, so that the others can go on; False if it names none."""
        told = _blamed(self.offers, problem)
        if told is None:
            return False
        self.offers = told
        self.offered.emit()
        self.plan_soon()
        return True

    # -- writing

    def apply(self) -> None:
        """Write what was planned, on the writer thread."""
        preview = self.preview
        if preview is None or self.state != "ready":
            return
        self._stop = stop = threading.Event()
        tell = _teller(self.progressed.emit)
        self._set_state("writing")

        def work() -> ImportResult | None:
            try:
                return preview.apply(good_rows=True, progress=tell, cancelled=stop.is_set)
            except Cancelled:
                return None

        self.desk.importing = self
        self.desk.tasks.write(work, done=self._on_written, failed=self._on_failed)

    def stop(self) -> None:
        """Stop what is under way; nothing is left half written."""
        self._stop.set()

    def close(self) -> None:
        """Stop planning and throw the plan away."""
        self.stop()
        self._breath.stop()
        self._turn += 1
        self.state = "empty"
        if self.preview is None:
            self._spare()
        self._drop_preview()
        pasting.forget(self.pasted)
        self.deleteLater()

    def hold(self) -> None:
        """A dialog shows it from now on."""
        self._held = True

    def let_go(self) -> None:
        """Its dialog is gone: what is being written is written to its end, anything else is thrown away."""
        self._held, self.behind = False, True
        if self.state != "writing":
            self.close()

    def _on_written(self, result: ImportResult | None) -> None:
        self.desk.importing = None
        self._set_state("ready")
        if result is not None:
            self._drop_preview()
        self.written.emit(result)
        if not self._held:
            self.close()

    def _on_failed(self, error: BaseException) -> None:
        self.desk.importing = None
        self._set_state("ready")
        if not isinstance(error, UserError):
            self.desk.tasks.failed.emit(error)
            return
        if error.code == "changed_meanwhile":
            error = _meanwhile(held=self._held)
            if self._held:
                self.plan_soon()
        self.refused.emit(error)
        if not self._held:
            self.close()

    # -- the rest

    def _drop_preview(self) -> None:
        preview, self.preview = self.preview, None
        if preview is not None:
            self._throw_away(preview)

    def _throw_away(self, preview: Preview) -> None:
        """On the pool: to let go of a million rows takes a while."""
        self.desk.tasks.run(preview.close, done=lambda _gone: self._spare())

    def _spare(self) -> None:
        """No walks over what is planned, for as long as it is there."""
        spare_old(spared=self.preview is not None or self.state in ("planning", "writing"))

    def _set_state(self, state: State) -> None:
        if state != self.state:
            self.state = state
            self._spare()
            self.changed_state.emit(state)


def _teller(emit: Callable[[int, int, str], object]) -> Tell:
    """Tells progress to the UI thread, ten times a second at most."""
    told = 0.0

    def tell(done: int, total: int, label: str) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= _TELL_EVERY:
            told = now
            emit(done, total, label)

    return tell


def _planned(
    turn: int, workbench: Workbench, offers: Sequence[Offer], told: Mapping[str, Any], progress: Tell
) -> _Planned:
    """What came of planning: the plan, the problem found, or nothing where it was stopped."""
    from cs_workbench.services.intake.preview import prepare

    try:
        return _Planned(turn, prepare(workbench, offers, progress=progress, **told))
    except Cancelled:
        return _Planned(turn, None)
    except UserError as problem:
        return _Planned(turn, None, problem)


def _blamed(offers: Sequence[Offer], problem: UserError) -> list[Offer] | None:
    """The *offers* with the problem on those whose file it names; None if it names none of them."""
    path = problem.where.get("path") or problem.where.get("file")
    told = [
        replace(one, table=None, mapping=None, problem=problem)
        if one.path == path and one.problem is None
        else one
        for one in offers
    ]
    return told if told != list(offers) else None


def _unreachable(error: OSError) -> UserError:
    return UserError(
        _("The files cannot be reached: {reason}").format(reason=error.strerror or str(error)),
        _("Nothing was imported. Check the folder and the connection to it, then add them again."),
        code="unreachable",
    )


def _meanwhile(*, held: bool) -> UserError:
    return UserError(
        _("The portfolio was changed while the files were being read."),
        _("Nothing was imported. The rows were compared again: look and import.")
        if held
        else _("Nothing was imported. Import the files again."),
        code="changed_meanwhile",
    )
