"""Product feedback by theme: the revenue behind it, whom to tell, and the rules that suggest it."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import accounts, feedback, theme_suggestions
from cs_workbench.services.feedback import ThemeLine
from cs_workbench.services.printing import Printable
from cs_workbench.services.theme_suggestions import Proposed
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.pages.voice import words
from cs_workbench.ui.pages.voice.entry_forms import FeedbackForm
from cs_workbench.ui.pages.voice.forms import ThemeForm
from cs_workbench.ui.pages.voice.part import Verb, VoicePart
from cs_workbench.ui.pages.voice.suggestions import Suggestions
from cs_workbench.ui.pages.voice.theme_pane import ThemePane
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.header import Bar, FilterBar
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.split import DetailSplit

_QUIET = ("body", "text.secondary")


class Themes(VoicePart):
    """The themes; beside them the chosen one's rule with what it finds, and what was said."""

    picture: ClassVar[str] = "tag"

    def __init__(self, desk: Desk) -> None:
        self.model = FactModel(_columns())
        super().__init__(desk, FactTable(self.model))
        self.model.setParent(self)
        self.lines: tuple[ThemeLine, ...] | None = None
        self.proposed: tuple[Proposed, ...] = ()
        self.bar = FilterBar()
        self.offer = Label("", "body", "text.secondary", elide=True)
        self.accept = Button("", icon="check")
        self.refuse = Button("", "quiet", icon="x")
        self.single = Button("", icon="square-check")
        self.single.setCheckable(True)
        self.hear = Button("", icon="message-square-heart")
        self.starters = Button("", icon="sparkles")
        self.suggestions = Suggestions(desk)
        self.known: dict[int, str] = {}
        self.pane = ThemePane(desk)
        self._lay_out()
        self.add.clicked.connect(self.ask_theme)
        self.accept.clicked.connect(self.take_all)
        self.refuse.clicked.connect(self.refuse_all)
        self.starters.clicked.connect(self.add_starters)
        self.hear.clicked.connect(self.ask_feedback)
        self.single.toggled.connect(self.show_single)
        self.suggestions.changed.connect(self.changed)
        self.model.edited.connect(self.edit)
        self.table.selectionModel().currentRowChanged.connect(lambda *_moved: self._say())
        self.model.modelReset.connect(self._say)
        self.pane.save.clicked.connect(self.keep_rule)
        self.pane.tell.clicked.connect(self.tell_them)

    def _lay_out(self) -> None:
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        line = Bar(36, line="")
        line.row.addWidget(self.offer, 1)  # a line of its own: its buttons would cut it
        for part in (self.single, self.accept, self.refuse, self.starters, self.hear):
            self.bar.row.addWidget(part)
        self.bar.row.addStretch(1)
        inner.addWidget(line)
        inner.addWidget(self.bar)
        self._lists = QStackedLayout()
        inner.addLayout(self._lists, 1)
        self._lists.addWidget(self.table)
        self._lists.addWidget(self.suggestions)
        content.setFocusProxy(self.table)
        self.split = DetailSplit(content, self.pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split)

    def retranslate(self) -> None:
        """Every text in the language of now."""
        self.add.setText(_("Add theme"))
        self._name_all()
        self.refuse.setText(_("Leave all"))
        self.single.setText(_("One by one"))
        self.hear.setText(_("Add feedback"))
        self.suggestions.retranslate()
        self.starters.setText(_("Add starter themes"))
        self.table.setAccessibleName(_("Feedback by theme"))
        self.pane.retranslate()
        if self.lines is not None:
            self.show_lines((self.lines, self.proposed, self.known))

    def refresh(self) -> None:
        """Read themes and proposals."""
        reads, today = self.desk.workbench.reads, self.desk.today()
        self.desk.tasks.run(
            lambda: (
                feedback.themes_of(reads, today), theme_suggestions.proposed(reads, today), accounts.names(reads)
            ),
            done=self.show_lines, latest=(id(self), "read"), owner=self,
        )  # fmt: skip

    def show_lines(self, read: tuple[tuple[ThemeLine, ...], tuple[Proposed, ...], dict[int, str]]) -> None:
        """Themes, and how much waits to be sorted."""
        self.lines, proposed, self.known = read
        self.proposed = tuple(one for one in proposed if self.concerns(one.heard))
        count = len(self.proposed)
        told = ngettext(
            "{n} comment fits a rule and is not sorted yet",
            "{n} comments fit a rule and are not sorted yet",
            count,
        )
        self.offer.setText(
            told.format(n=f"{count:,}") if count else _("Every comment that fits a rule is sorted.")
        )
        self._name_all()
        for part in (self.single, self.accept, self.refuse):
            part.setVisible(bool(count))
        if not count:
            self.single.setChecked(False)
        self.suggestions.show_proposed(self.proposed)
        self.starters.setVisible(not any(one.theme is not None for one in self.lines))
        self.fill([one for one in self.lines if not self.only or any(map(self.concerns, one.said))])
        self._say()

    def fact(self) -> str:
        """How many themes, how many to tell."""
        if self.lines is None:
            return ""
        count = sum(1 for one in self.lines if one.theme is not None)
        tell = sum(len(one.to_tell) for one in self.lines)
        parts = [ngettext("{n} theme", "{n} themes", count).format(n=count)]
        if tell:
            parts.append(ngettext("{n} customer to tell", "{n} customers to tell", tell).format(n=tell))
        return _(" · ").join(parts)

    def lacking(self) -> str:
        """What a theme is."""
        return _("A theme gathers what several customers ask for.")

    def paper_title(self) -> str:
        """As the tab."""
        return _("Product feedback by theme")

    def open_row(self) -> None:
        """Edit the name or the status."""
        self.table.edit_here()

    @property
    def by_one(self) -> bool:
        """Whether suggestions are gone through one by one."""
        return self.single.isChecked()

    def show_single(self, shown: bool) -> None:
        """The suggestions in the themes' place, or back."""
        self._lists.setCurrentWidget(self.suggestions if shown else self.table)
        self.first_focus().setFocus()
        self.changed.emit()

    def first_focus(self) -> QWidget:
        """The list shown, or the button to begin with."""
        return self.suggestions.table if self.by_one else super().first_focus()

    def verbs(self) -> dict[str, Verb]:
        """Those of the list shown."""
        return self.suggestions.verbs() if self.by_one else super().verbs()

    def printable(self) -> Printable | None:
        """The list shown."""
        return self.suggestions.printable() if self.by_one else super().printable()

    def own_verbs(self) -> dict[str, Verb]:
        """What can be done with the row."""
        found: dict[str, Verb] = {"new_row": self.ask_theme, "details": self.split.toggle}
        line = self._line()
        if line is not None and line.theme is not None:
            found |= {"edit": self.table.edit_here, "delete": self.delete_row}
            if line.to_tell:
                found["done"] = self.tell_them
        return found

    def names(self) -> dict[str, str]:
        """For the pointer."""
        return {"edit": _("Edit"), "done": _("They were told"), "delete": _("Delete theme")}

    def take_all(self) -> None:
        """Keep every proposal as feedback on its theme."""
        wb, chosen = self.desk.workbench, self.proposed
        self.write(lambda: theme_suggestions.accept(wb, chosen), _("Sorted by theme"))

    def refuse_all(self) -> None:
        """Keep every proposal as feedback on no theme."""
        wb, chosen = self.desk.workbench, self.proposed
        self.write(lambda: theme_suggestions.refuse(wb, chosen), _("Left without a theme"))

    def add_starters(self) -> None:
        """The themes that come with the program."""
        wb, language = self.desk.workbench, i18n.language()
        self.write(lambda: theme_suggestions.add_starters(wb, language), _("Starter themes added"))

    def ask_theme(self) -> None:
        """A theme's name."""
        wb = self.desk.workbench
        form = ThemeForm(
            self.desk.today(),
            self,
            lambda name: self.write(lambda: feedback.add_theme(wb, name), _("Theme added"), name),
        )
        form.remember(self.desk, "theme").under(self.add)

    def ask_feedback(self) -> None:
        """Feedback heard by ourselves, on the theme chosen unless another is."""
        wb, line = self.desk.workbench, self._line()

        def keep(account: int, said: str, on: dt.date, theme_id: int | None) -> None:
            self.write(
                lambda: feedback.add(wb, account, said, on=on, theme_id=theme_id),
                _("Feedback added"), self.known.get(account, ""),
            )  # fmt: skip

        themes = [(one.theme.name, one.theme.id) for one in self.lines or () if one.theme is not None]
        chosen = line.theme.id if line is not None and line.theme is not None else 0
        form = FeedbackForm(self.desk.today(), self.known, themes, chosen, self, keep, self.only)
        form.remember(self.desk, "feedback").under(self.hear)

    def edit(self, line: Any, key: str, text: str) -> None:
        """Keep name or status."""
        self._keep(line, key, text)

    def keep_rule(self) -> None:
        """Keep the words of the rule."""
        line = self._line()
        if line is not None:
            self._keep(line, "keywords", self.pane.rule.toPlainText())

    def tell_them(self) -> None:
        """Those who asked were told today."""
        line, wb, today = self._line(), self.desk.workbench, self.desk.today()
        if line is not None and line.to_tell:
            ids = [one.id for one in line.to_tell]
            self.write(lambda: feedback.told(wb, ids, today), _("Told back"), words.theme_name(line))

    def delete_row(self) -> None:
        """Delete the theme, with Undo."""
        line, wb = self._line(), self.desk.workbench
        if line is not None and line.theme is not None:
            number = line.theme.id
            self.write(lambda: feedback.delete_theme(wb, number), _("Theme deleted"), line.theme.name)

    def _keep(self, line: ThemeLine, key: str, text: str) -> None:
        wb, today = self.desk.workbench, self.desk.today()
        if line.theme is not None:
            number = line.theme.id
            self.write(
                lambda: feedback.edit_theme(wb, number, key, text, today=today), _("Theme changed"), line.theme.name
            )  # fmt: skip

    def _name_all(self) -> None:
        """The button says how many it moves."""
        count = len(self.proposed)
        self.accept.setText(
            ngettext("Sort {n} comment", "Sort all {n} comments", count).format(n=f"{count:,}")
        )

    def _line(self) -> ThemeLine | None:
        row = self.table.chosen()
        return row if isinstance(row, ThemeLine) else None

    def _say(self) -> None:
        self.pane.show_line(self._line())


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", mark("Theme"), words.theme_name, typed=words.theme_name),
        Column("status", mark("State"), words.theme_state, 116,
               typed=lambda line: line.theme.status if line.theme is not None else "",
               choices=lambda: [(key, _(text)) for key, text in feedback.STATUSES.items()],
               style=lambda _line: _QUIET),
        Column("said", mark("Said"), lambda line: f"{len(line.said)}", 70, right=True, drop=2),
        Column("accounts", mark("Accounts"), lambda line: f"{len(line.accounts)}", 96, right=True),
        Column("arr", mark("ARR behind it"), words.arr, 120, right=True),
        Column("tell", mark("To tell"), lambda line: f"{len(line.to_tell)}" if line.to_tell else "", 84, right=True,
               style=lambda _line: ("strong", "health.yellow.text")),
        Column("decided", mark("Decided"), lambda line: wording.date(_decided(line)), 116, right=True, drop=1,
               style=lambda _line: _QUIET),
    )  # fmt: skip


def _decided(line: ThemeLine) -> dt.date | None:
    return line.theme.decided_on if line.theme is not None else None
