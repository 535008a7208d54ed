"""Voice: what customers say in surveys, whether somebody answered, and what they ask of the product."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _, mark
from cs_workbench.services import accounts, voice_cases
from cs_workbench.services.printing import Printable
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.page import Page, Verbs
from cs_workbench.ui.pages.voice.circle import Circle
from cs_workbench.ui.pages.voice.part import VoicePart
from cs_workbench.ui.pages.voice.scores import Scores
from cs_workbench.ui.pages.voice.themes import Themes
from cs_workbench.ui.widgets.chip import Chip
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.header import PageHeader
from cs_workbench.ui.widgets.tab_order import lay_tab_order
from cs_workbench.ui.widgets.tabs import TabBar, TabEntry
from cs_workbench.ui.widgets.tips import plain

TABS = {
    "scores": (mark("Surveys"), "chart-column-big"), "loops": (mark("Closed loop"), "rotate-cw"),
    "themes": (mark("Product feedback"), "tag"),
}  # fmt: skip

_LONGEST = 40


class VoicePage(Page):
    """``open(tab="loops")`` shows a tab, ``open(kind="csat")`` a survey, ``open(account_id=…)`` one account only."""

    id: ClassVar[str] = "voice"
    cares_about: ClassVar[frozenset[str]] = frozenset(
        (
            "survey",
            "survey_round",
            "ticket",
            "voice_case",
            "theme",
            "feedback",
            "account",
            "contract",
            "person",
        )
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.header = PageHeader()
        self.bar = TabBar(tuple(TabEntry(key, _(text), icon) for key, (text, icon) in TABS.items()), name="")
        self.scores, self.loops, self.themes = Scores(desk), Circle(desk), Themes(desk)
        self.parts: dict[str, VoicePart] = {"scores": self.scores, "loops": self.loops, "themes": self.themes}
        self.empty = EmptyState(
            "message-square-heart", "", " ", lambda: desk.act("import_files"), act_icon="download"
        )
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        for part in (*self.parts.values(), self.empty):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self.bar):
            column.addWidget(widget)
        column.addWidget(holder, 1)
        self._bare = False
        self.only = Chip("", "filter", icon="building-2", removable=True)
        self.header.after_title(self.only)
        self.only.hide()
        self.bar.chosen.connect(self.show_tab)
        self.only.removed.connect(self.show_everybody)
        for part in self.parts.values():
            part.changed.connect(self._dress)
            self.header.act(part.add)
        lay_tab_order(self.header)
        self.retranslate()

    @property
    def part(self) -> VoicePart:
        """The tab shown."""
        return self.parts[self.bar.current]

    def open(self, **arguments: object) -> None:
        """Which tab, which survey."""
        tab, kind = str(arguments.get("tab") or ""), str(arguments.get("kind") or "")
        if kind in {"nps", "csat", "ces", "success"}:
            self.scores.kind.set_taken(kind)
            tab = tab or "scores"
        if tab in self.parts:
            self.bar.set_current(tab)
        self.narrow(int(str(arguments.get("account_id") or 0)))
        self.look_again()

    def narrow(self, account_id: int) -> None:
        """Show one account only, 0 for all; the chip beside the title takes it away again."""
        for part in self.parts.values():
            part.only = account_id
        self.only.setVisible(bool(account_id))
        if account_id:
            reads = self.desk.workbench.reads
            self.desk.tasks.run(
                lambda: accounts.names(reads).get(account_id, ""),
                done=self._name_only, latest=(id(self), "only"), owner=self,
            )  # fmt: skip

    def show_everybody(self) -> None:
        """Show every account again."""
        self.narrow(0)
        self.part.refresh()
        self.part.first_focus().setFocus()

    def standing(self) -> dict[str, object]:
        """The tab, the survey and the account shown."""
        return {"tab": self.bar.current, "kind": self.scores.kind.taken, "account_id": self.part.only or None}

    def refresh(self) -> None:
        """Whether anything was said at all, then the tab."""
        reads = self.desk.workbench.reads
        self.desk.tasks.run(
            lambda: voice_cases.anything(reads), done=self._fill, latest=(id(self), "any"), owner=self
        )
        self.part.refresh()

    def retranslate(self) -> None:
        """Every fixed text."""
        self.header.title.setText(_("Voice"))
        self.bar.setAccessibleName(_("Views of the voice"))
        self.bar.retitle({key: _(text) for key, (text, _icon) in TABS.items()})
        self.empty.say(_("Import surveys to see whom to answer first."), _("Import surveys"))
        for part in self.parts.values():
            part.retranslate()
        self._dress()

    def verbs(self) -> Verbs:
        """The tab's; an answer can be entered from everywhere."""
        return self.part.verbs() | {"enter_answer": self.enter_answer}

    def first_focus(self) -> QWidget | None:
        """The tab's, or the one button in its place."""
        return self.empty.button if self._bare else self.part.first_focus()

    def printable(self) -> Printable | None:
        """The tab's list."""
        return None if self._bare else self.part.printable()

    def enter_answer(self) -> None:
        """Ask for an answer, on the surveys' tab."""
        self.show_tab("scores")
        self.scores.ask_answer()

    def show_tab(self, key: str) -> None:
        """Show a tab and read it."""
        self.bar.set_current(key)
        self.part.refresh()
        self._dress()
        if self.hasFocus():
            self.part.first_focus().setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl Tab goes round the tabs."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            keys = list(TABS)
            step = -1 if event.key() == Qt.Key.Key_Backtab else 1
            self.show_tab(keys[(keys.index(self.bar.current) + step) % len(keys)])
            return
        super().keyPressEvent(event)

    def _name_only(self, name: str) -> None:
        words = " ".join(name.split())
        self.only.setText(words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…")
        self.only.setToolTip(plain(name))

    def _fill(self, anything: bool) -> None:
        self._bare = not anything
        self._dress()

    def _dress(self) -> None:
        """Title, button and body of the tab shown."""
        self._stack.setCurrentWidget(self.empty if self._bare and self.bar.current == "scores" else self.part)
        self.header.fact.setText("" if self._bare else self.part.fact())
        for key, part in self.parts.items():
            part.add.setVisible(key == self.bar.current)
        self.scores.add.kind = "plain" if self._bare else "filled"  # a page has one filled button
        self.scores.add.update()
