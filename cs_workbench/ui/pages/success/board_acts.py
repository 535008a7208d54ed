"""What the board changes: each verb one step on the writer thread, told with Undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from cs_workbench.i18n import _, language
from cs_workbench.services import persona_templates, personas, success_maps
from cs_workbench.services.success_board import Board, Card
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.success import board_words as words


class BoardActs:
    """The verbs. ``refused`` is called after a write that failed, so that the board shows what is kept."""

    def __init__(self, desk: Desk, refused: Callable[[], None]) -> None:
        self._desk = desk
        self._refused = refused

    def move(self, board: Board, before: Card | None, account_id: int, lane: int) -> None:
        """Keep a move; an exit that is not met is said, and forbids nothing."""
        target, today = board.lanes[lane], self._desk.today()
        second = before.name if before is not None else ""
        if (
            before is not None
            and before.exit is not None
            and before.exit.met is False
            and _onward(before, lane)
        ):
            second = _("{account}: {what}").format(
                account=before.name,
                what=words.exit_words(before.exit, "", words.measure(board.lanes[before.step or 0], board)),
            )
        self._write(
            lambda wb: success_maps.move(wb, account_id, target.step_id, today=today),
            _("Moved to {step}").format(step=words.step(target)), second,
        )  # fmt: skip

    def want(self, card: Card, step_id: int | None, by: dt.date | None) -> None:
        """Keep where an account wants to be."""
        self._write(
            lambda wb: success_maps.want(wb, card.account_id, step_id, by), _("Wanted step kept"), card.name
        )

    def give(
        self, accounts: Sequence[int], persona_id: int | None, second: str = "",
        without: Sequence[personas.Free] = (),
    ) -> None:  # fmt: skip
        """Give accounts a persona, or take it away; one of those *without* is told by its name."""
        today = self._desk.today()
        if len(accounts) == 1:
            second = second or next((one.name for one in without if one.id == accounts[0]), "")
        told = _("Persona given") if persona_id is not None else _("Persona taken away")
        self._write(
            lambda wb: personas.give(wb, accounts, persona_id, today=today), told,
            second or personas.told(len(accounts)),
        )  # fmt: skip

    def start(self, key: str, done: Callable[[int], None]) -> None:
        """Add a persona that comes with the program."""
        desk, today, spoken = self._desk, self._desk.today(), language()
        workbench = desk.workbench

        def told(persona_id: int) -> None:
            desk.tell(_("Persona added"), _("N adds its accounts."), undo=True)
            done(persona_id)

        desk.tasks.write(
            lambda: persona_templates.start(workbench, key, language=spoken, today=today),
            done=told, failed=self._on_failed,
        )  # fmt: skip

    def _write(self, work: Callable[[Workbench], object], told: str, second: str) -> None:
        desk, workbench = self._desk, self._desk.workbench
        desk.tasks.write(
            lambda: work(workbench),
            done=lambda changed: desk.tell(told, second, undo=True) if changed else None,
            failed=self._on_failed,
        )

    def _on_failed(self, error: BaseException) -> None:
        self._refused()
        self._desk.tasks.failed.emit(error)


def _onward(card: Card, lane: int) -> bool:
    return card.step is not None and lane > card.step
