"""Product feedback by theme: the revenue behind it, whom to tell, and the rules that suggest it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import feedback, theme_suggestions
from cs_workbench.services.feedback import ThemeLine
from cs_workbench.services.theme_suggestions import Proposed
from cs_workbench.services.voice_cases import Heard
from cs_workbench.ui import theme as looks
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.pages.voice import words
from cs_workbench.ui.pages.voice.forms import ThemeForm, Words
from cs_workbench.ui.pages.voice.part import Verb, VoicePart
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.header import FilterBar
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.split import DetailSplit, Pane

_SETTLE_MS = 250
MOST_NAMES = 6
_QUIET = ("body", "text.secondary")


class Themes(VoicePart):
    """The themes; beside them the chosen one's rule with what it finds, and what was said."""

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
        self.starters = Button("", icon="sparkles")
        self.pane = ThemePane(desk)
        self._lay_out()
        self.add.clicked.connect(self.ask_theme)
        self.accept.clicked.connect(self.take_all)
        self.refuse.clicked.connect(self.refuse_all)
        self.starters.clicked.connect(self.add_starters)
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
        self.bar.row.addWidget(self.offer, 1)
        for part in (self.accept, self.refuse, self.starters):
            self.bar.row.addWidget(part)
        inner.addWidget(self.bar)
        inner.addWidget(self.table, 1)
        content.setFocusProxy(self.table)
        self.split = DetailSplit(content, self.pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split)

    def retranslate(self) -> None:
        """Every text in the language of now."""
        self.add.setText(_("Add theme"))
        self.accept.setText(_("Sort all by theme"))
        self.refuse.setText(_("Leave them"))
        self.starters.setText(_("Add starter themes"))
        self.table.setAccessibleName(_("Feedback by theme"))
        self.pane.retranslate()
        if self.lines is not None:
            self.show_lines((self.lines, self.proposed))

    def refresh(self) -> None:
        """Read themes and proposals."""
        reads, today = self.desk.workbench.reads, self.desk.today()
        self.desk.tasks.run(
            lambda: (feedback.themes_of(reads, today), theme_suggestions.proposed(reads, today)),
            done=self.show_lines, latest=(id(self), "read"), owner=self,
        )  # fmt: skip

    def show_lines(self, read: tuple[tuple[ThemeLine, ...], tuple[Proposed, ...]]) -> None:
        """Themes, and how much waits to be sorted."""
        self.lines, self.proposed = read
        count = len(self.proposed)
        told = ngettext(
            "{n} comment fits a rule and is not sorted yet",
            "{n} comments fit a rule and are not sorted yet",
            count,
        )
        self.offer.setText(
            told.format(n=f"{count:,}") if count else _("Every comment that fits a rule is sorted.")
        )
        self.accept.setVisible(bool(count))
        self.refuse.setVisible(bool(count))
        self.starters.setVisible(not any(one.theme is not None for one in self.lines))
        self.fill(list(self.lines))

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

    def paper_title(self) -> str:
        """As the tab."""
        return _("Product feedback by theme")

    def open_row(self) -> None:
        """Edit the name or the status."""
        self.table.edit_here()

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
        ThemeForm(
            self.desk.today(),
            self,
            lambda name: self.write(lambda: feedback.add_theme(wb, name), _("Theme added"), name),
        ).under(self.add)

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
            self.write(lambda: feedback.edit_theme(wb, number, key, text, today=today), _("Theme changed"))

    def _line(self) -> ThemeLine | None:
        row = self.table.chosen()
        return row if isinstance(row, ThemeLine) else None

    def _say(self) -> None:
        self.pane.show_line(self._line())


class ThemePane(Pane):
    """The rule as it is typed finds what it would find; below it what was said on the theme."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.line: ThemeLine | None = None
        self.title = Label("", "title", wrap=True)
        self.tell = Button("", icon="check")
        self.about = Label("", "small", "text.secondary", wrap=True)
        self.rule = Words("", 108)
        self.found = Label("", "small", "text.secondary", wrap=True)
        self.save = Button("", "filled", icon="save")
        self.model = FactModel(_said_columns(), self)
        self.said = FactTable(self.model)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLE_MS)
        self._lay_out()
        self.rule.textChanged.connect(self._later.start)
        self._later.timeout.connect(self.preview)
        self.said.opened.connect(lambda row: desk.open_account(row[0].account_id, "timeline"))

    def _lay_out(self) -> None:
        theme = looks.current()
        self.column.setSpacing(theme.px(8))
        self.column.setContentsMargins(0, theme.px(16), 0, 0)
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.px(24), 0, theme.px(24), 0)
        inner.setSpacing(theme.px(8))
        for part in (self.title, self.about, self.rule, self.found, self.save, self.tell):
            inner.addWidget(
                part, 0, Qt.AlignmentFlag.AlignLeft if isinstance(part, Button) else Qt.AlignmentFlag(0)
            )
        self.column.addLayout(inner)
        self.column.addWidget(self.said, 1)
        self.said.horizontalHeader().hide()

    def retranslate(self) -> None:
        """Fixed texts."""
        name = _("Words that suggest it, one a line: −word forbids, word+word asks for both")
        self.rule.setAccessibleName(name)
        self.rule.setPlaceholderText(name)
        self.save.setText(_("Keep rule"))
        self.said.setAccessibleName(_("What was said"))

    def show_line(self, line: ThemeLine | None) -> None:
        """Another theme."""
        self.line = line
        rules = line is not None and line.theme is not None
        for part in (self.rule, self.found, self.save):
            part.setVisible(rules)
        self.tell.setVisible(line is not None and bool(line.to_tell))
        self.title.setText(words.theme_name(line) if line is not None else _("No theme yet"))
        if line is None:
            self.about.setText(_("A theme gathers what several customers ask for."))
            self.model.fill(())
            return
        names = line.accounts[:MOST_NAMES]
        rest = len(line.accounts) - len(names)
        more = [_("{n} more accounts").format(n=rest)] if rest else []
        self.about.setText(_(", ").join((*names, *more)))
        count = len(line.to_tell)
        self.tell.setText(ngettext("{n} customer was told", "{n} customers were told", count).format(n=count))
        typed = line.theme.keywords if line.theme is not None else ""
        if self.rule.toPlainText() != typed and not self.rule.hasFocus():
            self.rule.setPlainText(typed)
        self.model.fill([(one, ()) for one in line.said])
        self.said.horizontalHeader().hide()

    def preview(self) -> None:
        """What the rule would find, in the background."""
        reads, today, typed = self._desk.workbench.reads, self._desk.today(), self.rule.toPlainText()
        self._desk.tasks.run(
            lambda: theme_suggestions.preview(reads, typed, today),
            done=self._found,
            latest=(id(self), "rule"),
            owner=self,
        )

    def _found(self, hits: tuple[tuple[Heard, tuple[str, ...]], ...]) -> None:
        told = ngettext("This rule finds {n} comment not sorted yet", "This rule finds {n} comments not sorted yet",
                        len(hits)).format(n=len(hits))  # fmt: skip
        lines = [
            _("“{words}” – {account}: {said}").format(
                words=_(", ").join(found), account=one.account, said=" ".join(one.said.split())[:60]
            )
            for one, found in hits[:3]
        ]
        self.found.setText("\n".join([told, *lines]))


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


def _said_columns() -> tuple[Column, ...]:
    return (
        Column("said", mark("Said"), lambda row: " ".join(row[0].said.split())),
        Column(
            "who",
            mark("Account"),
            lambda row: row[0].account,
            120,
            style=lambda _row: ("small", "text.secondary"),
        ),
    )
