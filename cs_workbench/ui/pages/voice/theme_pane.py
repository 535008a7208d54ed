"""Beside the themes: the chosen one's rule with what it finds as it is typed, and what was said on it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout

from cs_workbench.domain.text import fold
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import theme_suggestions
from cs_workbench.services.feedback import FeedbackRow, ThemeLine
from cs_workbench.services.voice_cases import Heard
from cs_workbench.ui import theme as looks
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.pages.voice import words
from cs_workbench.ui.pages.voice.form import Words
from cs_workbench.ui.pages.voice.form_draft import FormDraft
from cs_workbench.ui.typed_marks import KEPT_ELSEWHERE
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.pane_table import Line, PaneTable
from cs_workbench.ui.widgets.split import Pane

_SETTLE_MS = 250
MOST_NAMES = 6
SHOWN = 3
"""Comments shown of those a rule finds."""
LONGEST_HIT = 40
"""Characters of a comment a rule finds; its customer stands whole before it."""


class ThemePane(Pane):
    """The rule as it is typed finds what it would find; below it what was said on the theme."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.line: ThemeLine | None = None
        self._number = 0
        self._stored = ""
        self._unkept: dict[int, str] = {}
        self._draft: FormDraft | None = None
        self.title = Label("", "title", wrap=True)
        self.tell = Button("", icon="check")
        self.about = Label("", "small", "text.secondary", wrap=True)
        self.rule = Words("", 108)
        self.rule.setProperty(KEPT_ELSEWHERE, True)
        self.found = Label("", "small", "text.secondary", wrap=True)
        self.hits = tuple(Label("", "small", wrap=True) for _hit in range(SHOWN))
        self.save = Button("", "filled", icon="save")
        self.model = FactModel(_said_columns(), self)
        self.said = PaneTable(self.model, _said_lines)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLE_MS)
        self._lay_out()
        self.rule.textChanged.connect(self._later.start)
        self.rule.textChanged.connect(self._on_typed)
        self._later.timeout.connect(self.preview)
        self.said.opened.connect(lambda row: desk.open_account(row[0].account_id, "timeline"))

    def _lay_out(self) -> None:
        theme = looks.current()
        self.column.setSpacing(theme.px(8))
        self.column.setContentsMargins(0, theme.px(16), 0, 0)
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.px(24), 0, theme.px(24), 0)
        inner.setSpacing(theme.px(8))
        for part in (self.title, self.about, self.rule, self.save, self.found, *self.hits, self.tell):
            inner.addWidget(
                part, 0, Qt.AlignmentFlag.AlignLeft if isinstance(part, Button) else Qt.AlignmentFlag(0)
            )
        self.column.addLayout(inner)
        self.column.addWidget(self.said, 1)

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
        for label in self.hits:
            label.setVisible(rules and bool(label.text()))
        self.tell.setVisible(line is not None and bool(line.to_tell))
        self.title.setText(words.theme_name(line) if line is not None else _("No theme yet"))
        if line is None:
            self.about.setText(_("A theme gathers what several customers ask for."))
            self.model.fill(())
            return
        names = line.accounts[:MOST_NAMES]
        rest = len(line.accounts) - len(names)
        more = [_("{n} more accounts").format(n=rest)] if rest else []
        told = [_(", ").join((*names, *more))]
        if line.revenue.unknown and line.revenue.amount is not None:
            told.append(
                ngettext("≥: the ARR of {n} account is not known", "≥: the ARR of {n} accounts is not known",
                         line.revenue.unknown).format(n=line.revenue.unknown)
            )  # fmt: skip
        self.about.setText("\n".join(told))
        count = len(line.to_tell)
        self.tell.setText(ngettext("{n} customer was told", "{n} customers were told", count).format(n=count))
        self._show_rule(line)
        self.model.fill([(one, ()) for one in line.said])

    def _show_rule(self, line: ThemeLine) -> None:
        """The rule of ``line``; words typed and not kept yet outlive every refresh and another choice."""
        number, stored = (line.theme.id, line.theme.keywords) if line.theme is not None else (0, "")
        typed = self.rule.toPlainText()
        if number == self._number:
            self._stored = stored
            if self._draft is not None:
                before, self._draft.fresh = self._draft.fresh, {"rule": stored}
                if {"rule": typed} == before:
                    self.rule.setPlainText(stored)
                elif typed == stored:
                    self._draft.clear()
            return
        if self._draft is not None:
            if typed != self._stored:
                self._unkept[self._number] = typed
            self._draft.leave()
            self._draft.deleteLater()
            self._draft = None
        self._number, self._stored = number, stored
        self.rule.setPlainText(self._unkept.pop(number, stored))
        if number:
            self._draft = FormDraft(self._desk, f"rule:{number}", self, self)
            self._draft.fresh = {"rule": stored}

    def typed(self) -> dict[str, str]:
        """The rule as it stands, for its draft."""
        return {"rule": self.rule.toPlainText()}

    def put_back(self, typed: dict[str, str]) -> None:
        """Show the rule typed when the window last ended."""
        self.rule.setPlainText(typed.get("rule", self._stored))

    def _on_typed(self) -> None:
        if self._draft is not None and self.rule.document().isModified():
            self._draft.note()

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
        self.found.setText(told)
        shown = hits[: len(self.hits)]
        for label, hit in zip_longest(self.hits, shown):
            label.setVisible(hit is not None)
            if hit is not None:
                one, found = hit
                label.setText(
                    _("{account} (“{words}”): {said}").format(
                        account=one.account[:200],
                        words=_(", ").join(folded(found)),
                        said=_begun(" ".join(one.said.split())),
                    )
                )


def folded(found: Iterable[str]) -> list[str]:
    """The words found, each once: CSV and csv are one word."""
    kept: dict[str, str] = {}
    for word in found:
        kept.setdefault(fold(word), word)
    return list(kept.values())


def _said_columns() -> tuple[Column, ...]:
    return (
        Column("said", mark("Said"),
               lambda row: _("{name}: {value}").format(name=row[0].account, value=_words(row[0]))),
    )  # fmt: skip


def _said_lines(row: tuple[FeedbackRow, tuple[()]]) -> tuple[Line, Line]:
    """Who, small, above what they said."""
    return (row[0].account[:200], "small", "text.secondary"), (_words(row[0]), "body", "text.primary")


def _words(one: FeedbackRow) -> str:
    return " ".join(one.said.split())[:400]


def _begun(said: str) -> str:
    """The beginning of a comment: two lines with the name before it."""
    return said if len(said) <= LONGEST_HIT else said[: LONGEST_HIT - 1].rstrip() + "…"
