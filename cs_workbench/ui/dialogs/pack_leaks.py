"""The line that says what the leak scan found and what stays in the house."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import restyled
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label

if TYPE_CHECKING:
    from cs_workbench.services.pack_proof import Proof
    from cs_workbench.services.pack_results import Leak

KINDS = {
    "other_customer": mark("another customer's name"),
    "internal_text": mark("an internal note"),
    "internal_word": mark("an internal word"),
}
MOST = 12


def leak_words(leak: Leak) -> str:
    """One find in words: kind, what it says, where."""
    return _("{kind}: “{words}” ({place})").format(
        kind=_(KINDS.get(leak.kind, leak.kind)),
        words=leak.words[:80].replace("\n", " "),
        place=leak.ref or leak.place,
    )


class LeakLine(QWidget):
    """``listed`` when the person wants to see each find."""

    listed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = ("shield-check", "health.green.graphic")
        self.shield = QLabel()
        self.words = Label("", "body", "text.primary", elide=True)
        self.more = Button(_("Show"), "text", small=True)
        self.more.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.current().px(8))
        row.addWidget(self.shield)
        row.addWidget(self.words, 1)
        row.addWidget(self.more)
        self.more.toggled.connect(self.listed)
        self.more.hide()

    def say(self, proof: Proof, edition: str) -> None:
        """What the scan said of *proof*."""
        if edition == "internal":
            self._tell("lock", "health.red.graphic", _("Internal edition: not scanned, not to be sent"))
        elif proof.leaks:
            found = ngettext(
                "Leak scan: {n} thing must not leave the house; nothing will be written",
                "Leak scan: {n} things must not leave the house; nothing will be written",
                len(proof.leaks),
            )
            self._tell("octagon-alert", "health.red.graphic", found.format(n=len(proof.leaks)))
        else:
            kept = ngettext(
                "Leak scan: nothing internal found; {n} internal note left out",
                "Leak scan: nothing internal found; {n} internal notes left out",
                proof.held_back,
            )
            self._tell("shield-check", "health.green.graphic", kept.format(n=proof.held_back))
        self.more.setVisible(bool(proof.leaks) and edition != "internal")
        if not proof.leaks:
            self.more.setChecked(False)

    def wait(self) -> None:
        """The pages chosen now are being made: what was found is of others."""
        self._tell("clock", "text.secondary", _("Setting the pages…"))
        self.more.hide()

    def clear(self) -> None:
        """Nothing was scanned."""
        self.words.setText("")
        self.words.setToolTip("")
        self.shield.clear()
        self.more.hide()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """The shield in a new theme's colour."""
        super().changeEvent(event)
        if restyled(event) and self.words.text():
            self._draw()

    def _tell(self, icon: str, colour: str, words: str) -> None:
        self._mark = (icon, colour)
        self.words.setText(words)
        self.words.setToolTip(words)
        self._draw()

    def _draw(self) -> None:
        self.shield.setPixmap(icons.pixmap(*self._mark, 16))


class LeakList(QWidget):
    """Each find, with the record it comes from, under the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.px(40), 0, theme.px(16), theme.px(8))
        self.column.setSpacing(theme.px(4))
        self.lines: list[Label] = []

    def fill(self, leaks: Sequence[Leak]) -> None:
        """Show *leaks*, the first dozen in full."""
        for line in self.lines:
            self.column.removeWidget(line)
            line.hide()
            line.deleteLater()
        texts = [leak_words(leak) for leak in leaks[:MOST]]
        if len(leaks) > MOST:
            texts.append(_("and {n} more").format(n=len(leaks) - MOST))
        texts.append(_("Take it out of the record it comes from, or mark that record as internal."))
        self.lines = [Label(text, "small", "text.secondary", wrap=True) for text in texts]
        for line in self.lines:
            self.column.addWidget(line)
