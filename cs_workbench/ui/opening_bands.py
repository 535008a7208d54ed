"""Bands above the pages while what they say is true: sample, only reading, synced folder, text never saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui.widgets.notice import Notice, Tone

if TYPE_CHECKING:
    from cs_workbench.ui.opening import Opened

Act = tuple[str, str, Callable[[], object]]


class Bands(QWidget):
    """One notice for each thing there is to say, the gravest first."""

    ORDER = ("reading", "place", "kept", "sample")
    SLIM = ("kept", "sample")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.notices: dict[str, Notice] = {}
        """Those that were ever shown."""
        self.hide()

    def say(self, name: str, first: str, second: str, *acts: Act, tone: Tone) -> None:
        """Show the band *name*."""
        if name not in self.notices:
            self.notices[name] = Notice("slim" if name in self.SLIM else "bottom", self)
            before = self.ORDER[: self.ORDER.index(name)]
            self._column.insertWidget(sum(one in self.notices for one in before), self.notices[name])
        self.notices[name].say(first, second, *acts, tone=tone)
        self.show()

    def clear(self, *names: str) -> None:
        """Take those bands away, or all."""
        for name in names or self.ORDER:
            if name in self.notices:
                self.notices[name].hide()
        self.setVisible(any(not notice.isHidden() for notice in self.notices.values()))


def describe(
    bands: Bands,
    found: Opened,
    *,
    start_own: Callable[[], object],
    try_again: Callable[[], object],
    copy_elsewhere: Callable[[], object],
) -> None:
    """Say on *bands* what is to be known about the portfolio just opened."""
    bands.clear("reading", "place", "sample")
    if found.reading is not None:
        taken = found.reading.code == "locked"
        why = _("Another window or command is changing this portfolio.") if taken else found.reading.message
        kept = _("What is typed here is not kept.")
        bands.say(
            "reading",
            _("Open for reading only"),
            f"{why} {kept}",
            (_("Try again"), "rotate-ccw", try_again),
            (_("Work in a copy"), "copy", copy_elsewhere),
            tone="yellow",
        )
    if found.place and found.reading is None:
        where = _(found.place)
        bands.say(
            "place",
            _("This portfolio lies on {place}").format(place=where),
            _("Two computers that write at once can damage it. Keep it on this computer and back up there."),
            (_("Move it"), "folder-open", copy_elsewhere),
            (_("Leave it here"), "", lambda: bands.clear("place")),
            tone="yellow",
        )
    if found.sample:
        bands.say(
            "sample",
            _("This is the sample portfolio"),
            _("Everyone in it is invented. Your own data goes into another file."),
            (_("Use my own data"), "", start_own),
            tone="none",
        )
