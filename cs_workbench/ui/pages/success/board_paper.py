"""The board on paper and as a file: every card as a line, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from cs_workbench import i18n
from cs_workbench.domain.csv_guard import guard
from cs_workbench.i18n import _, ngettext
from cs_workbench.services.printing import Printable, PrintColumn, source_line
from cs_workbench.ui import wording
from cs_workbench.ui.pages.success import board_words as words

if TYPE_CHECKING:
    from cs_workbench.services.success_board import Board
    from cs_workbench.ui.desk import Desk


def printable(board: Board | None, desk: Desk) -> Printable | None:
    """The cards of *board* with the definition of success above; None where there are none."""
    if board is None or board.persona is None or not board.cards:
        return None
    columns = (
        PrintColumn(_("Step"), False, 2.2), PrintColumn(_("Account"), False, 2.6), PrintColumn(_("ARR"), True, 1.2),
        PrintColumn(_("Health"), True, 0.8), PrintColumn(_("Days on the step"), True, 0.9),
        PrintColumn(_("Wanted step"), False, 2.2), PrintColumn(_("Next means"), False, 2.0),
    )  # fmt: skip
    rows = []
    for lane in board.lanes:
        for card in lane.cards:
            wanted = "" if card.wanted is None else words.step(board.lanes[card.wanted])
            rows.append((
                words.step(lane), card.name, wording.money(card.arr, board.currency),
                "–" if card.score is None else f"{card.score:.0f}", words.days(card.days), wanted, words.means(card),
            ))  # fmt: skip
    title = _("Success map: {persona}").format(persona=board.persona.name)
    source = source_line(desk.workbench.path, wording.date(board.today))
    exact = tuple(tuple(line.split("\t")) for line in tsv(board).splitlines())
    return Printable(
        title, board.persona.definition, columns, tuple(rows), source, i18n.language(), exact=exact
    )


def tsv(board: Board) -> str:
    """Header and cards as tab-separated text: plain figures, ISO dates, nothing a spreadsheet takes for a formula."""
    head = (
        _("Step"),
        _("Account"),
        _("ARR"),
        _("Health"),
        _("On the step since"),
        _("Wanted step"),
        _("Wanted by"),
        _("Next means"),
    )
    lines = ["\t".join(head)]
    for lane in board.lanes:
        for card in lane.cards:
            wanted = board.lanes[card.wanted].step if card.wanted is not None else None
            cells = (
                lane.step.name if lane.step is not None else "", card.name, "" if card.arr is None else f"{card.arr:f}",
                "" if card.score is None else f"{card.score:.0f}",
                card.entered_on.isoformat() if card.entered_on else "", wanted.name if wanted is not None else "",
                card.wanted_by.isoformat() if card.wanted_by else "", card.means.title if card.means else "",
            )  # fmt: skip
            lines.append("\t".join(guard(" ".join(cell.split())) for cell in cells))
    return "\n".join(lines)


def copy(board: Board, desk: Desk) -> None:
    """Put every card onto the clipboard, and say how many."""
    QGuiApplication.clipboard().setText(tsv(board))
    count = len(board.cards)
    desk.tell(ngettext("{n} row copied", "{n} rows copied", count).format(n=count))
