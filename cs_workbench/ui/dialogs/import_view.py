"""What the import dialog shows: the table chosen, its rows under a filter, its counts, the line below, the button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from cs_workbench.services.intake.offers import Offer
from cs_workbench.services.intake.preview import Filter, Preview, PreviewRow
from cs_workbench.ui.dialogs.import_frame import ImportFrame
from cs_workbench.ui.dialogs.import_settle import settle_words
from cs_workbench.ui.dialogs.import_words import what_words
from cs_workbench.ui.dialogs.import_work import ImportWork
from cs_workbench.ui.models.import_model import LEAD

if TYPE_CHECKING:
    from cs_workbench.ui.desk import Desk


class ImportView(ImportFrame):
    """Fills the frame from the work; what a person does with it is the dialog's."""

    def __init__(self, desk: Desk, window: QWidget, work: ImportWork) -> None:
        super().__init__(window)
        self.desk = desk
        self.work = work
        self._key: tuple[str, str | None] | None = None
        self._filter: Filter = "all"
        self._was_at: PreviewRow | None = None
        """Where the keyboard was while the rows are compared anew."""
        self._had_keys = False
        self._to_fault = False
        """Whether the keyboard goes on to the cell at fault once its row is there."""
        self._is_mending = False
        """Whether a person was among the rows before: then the cell itself is brought into sight."""

    @property
    def offer(self) -> Offer | None:
        """The table shown."""
        return next((one for one in self.work.offers if one.key == self._key), None)

    def filter_rows(self, key: Filter) -> None:
        """Show all rows, those with problems, or those that change something."""
        self._filter = key
        self._show_rows()

    def _choose(self, offer: Offer) -> None:
        self._key = offer.key
        self.side.files.mark(offer.key)
        self._show_offer()

    def _on_offered(self) -> None:
        offers = self.work.offers
        if self.offer is None:
            shown = next(
                (one for one in offers if one.taken and one.table is not None), offers[0] if offers else None
            )
            self._key = shown.key if shown is not None else None
        self.show_empty(not offers)
        self._show_offer()

    def _show_offer(self) -> None:
        readable = [one for one in self.work.offers if one.table is not None]
        self.side.show_offer(self.offer, several=len(readable) > 1)
        self._show_rows()

    def _on_planned(self, _preview: Preview | None) -> None:
        self._show_rows()
        self._show_footer()

    def _place(self) -> int:
        """The place of the table shown in the plan, -1 where it is not in it."""
        preview = self.work.preview
        tables = preview.tables if preview is not None else ()
        return next((n for n, one in enumerate(tables) if one.offer.key == self._key), -1)

    def _show_rows(self) -> None:
        preview, place, offer = self.work.preview, self._place(), self.offer
        self._note_place()
        known = {one.offer.key: one.result.rows for one in preview.tables} if preview is not None else {}
        self.side.files.show_offers(self.work.offers, self._key, known)
        if (
            preview is None
            or place < 0
            or offer is None
            or offer.table is not preview.tables[place].offer.table
        ):
            self.model.show_table(offer, ())
            self.side.show_result(None)
            self.show_filters({}, self._filter)
            self._show_settle()
            return
        table = preview.tables[place]
        self.show_filters({key: len(numbers) for key, numbers in table.numbers.items()}, self._filter)
        self.model.show_table(offer, table.numbers[self._filter])
        self.side.show_result(table.result)
        self._return(table.numbers["problems"])
        self._show_settle()

    def _note_place(self) -> None:
        """Remember where the keyboard is: the rows are about to go."""
        self._was_at = self.rows.chosen() or self._was_at
        at = QApplication.focusWidget()
        inside = at is not None and (at is self.rows or self.rows.viewport().isAncestorOf(at))
        self._had_keys = self._had_keys or inside

    def _return(self, problems: Sequence[int]) -> None:
        """Put the keyboard back where it was; from a row that was mended, on to the next problem."""
        before, self._was_at = self._was_at, None
        self._is_mending = before is not None
        had, self._had_keys = self._had_keys, False
        if self.model.rowCount():
            number = _next_problem(problems, before, first=self._filter == "all")
            self._to_fault = number is not None
            number = number if number is not None else before.row if before is not None else 0
            self.rows.choose(max(self.model.place_of(number), 0))
        if had:
            self.rows.setFocus()

    def _show_settle(self) -> None:
        row, place, preview = self.rows.chosen(), self._place(), self.work.preview
        told = settle_words(row, self.model.told(row)) if row is not None else ""
        count = 0
        if row is not None and row.about and preview is not None and place >= 0:
            count = preview.tables[place].asking.get(row.about, 0)
        self.settle.show_row(row, told, count=count)

    def _fetch(self, numbers: list[int]) -> None:
        preview, place, key, shown = self.work.preview, self._place(), self._key, self._filter
        if preview is None or place < 0:
            return

        def take(rows: object) -> None:
            if self.work.preview is preview and (self._key, self._filter) == (key, shown):
                self.model.fill(rows)  # type: ignore[arg-type]
                self._go_to_fault()

        self.desk.tasks.run(lambda: preview.rows(place, numbers), done=take)

    def _go_to_fault(self) -> None:
        row = self.rows.chosen()
        if self._to_fault and row is not None:
            self._to_fault = False
            if (
                row.bad >= 0
            ):  # the words below say which cell it is; number and outcome of the row stay in sight
                self.rows.choose(self.rows.currentIndex().row(), LEAD + row.bad, sideways=self._is_mending)

    def _show_footer(self) -> None:
        preview, state = self.work.preview, self.work.state
        what = what_words(preview.result) if preview is not None and preview.changes else ""
        left = len(self._left_out())
        self.save.setVisible(bool(left) and state != "writing")
        self.show_main(
            what, enabled=bool(what) and state == "ready", nothing=preview is not None and not what
        )

    def _left_out(self) -> Sequence[object]:
        preview, place = self.work.preview, self._place()
        return preview.tables[place].result.rejected if preview is not None and place >= 0 else ()


def _next_problem(problems: Sequence[int], before: PreviewRow | None, *, first: bool) -> int | None:
    """The row to go to for its problem: none where the keyboard was on a row without one."""
    if before is None:
        return next(iter(problems), None) if first else None
    if before.what not in ("left_out", "ask"):
        return None
    after = (number for number in problems if number >= before.row)
    return next(after, next(iter(problems), None))
