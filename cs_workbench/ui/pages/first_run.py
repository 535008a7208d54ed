"""First run: three ways to begin, a language, and nothing in the way. Also where "Use my own data" leads."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cs_workbench import i18n
from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.page import Page, Verbs
from cs_workbench.ui.pages.first_run_card import EnterFollows, StartCard
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.file_dialog import ask_open, ask_open_many
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.progress import ProgressLine

if TYPE_CHECKING:
    from cs_workbench.ui.desk import Desk
    from cs_workbench.ui.tasks import Task

WIDTH = 912
"""Of the three cards beside each other, at scale 1."""
_LINK = 12
"""px at scale 1 a quiet button has beside its words."""

LISTS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_PORTFOLIO = ".csw"


@dataclass(frozen=True, slots=True)
class _There:
    """What is on the disk already: the sample, the person's own portfolio."""

    sample: bool = False
    own: bool = False


class FirstRunPage(Page):
    """Three cards. ``open(path=…)`` names the person's own portfolio; it is made when first needed. ``own=True`` comes
    from the sample: Enter leads on to the person's own data then.
    """

    id: ClassVar[str] = "first_run"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._path = ""
        self._own = False
        self._there = _There()
        self._task: Task | None = None
        self.title = Label("", "figure", wrap=True)
        self.promise = Label("", "reading", "text.secondary", wrap=True)
        self.sample = StartCard("play", chosen=True)
        self.list = StartCard("download")
        self.empty = StartCard("plus")
        self.progress = ProgressLine()
        self.problem = Label("", "body", "health.red.text", wrap=True)
        self.existing = Button(kind="quiet", icon="folder-open")
        self.language = Button(kind="quiet", icon="languages")
        self.manual = Button(kind="quiet", icon="circle-help", keys="F1")
        self.remove = Button(kind="quiet", icon="trash-2")
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        theme = themes.current()
        self.block = QWidget()
        whole, column, links = QVBoxLayout(self.block), QVBoxLayout(), QHBoxLayout()
        for one in (whole, column, links):
            one.setSpacing(0)
        whole.setContentsMargins(0, 0, 0, 0)
        column.setContentsMargins(*[theme.px(_LINK), 0] * 2)  # the words of the links begin where cards do
        whole.addLayout(column)
        column.addWidget(self.title)
        column.addSpacing(theme.px(4))
        column.addWidget(self.promise)
        column.addSpacing(theme.px(24))
        self.cards = QGridLayout()
        self.cards.setSpacing(theme.px(24))
        column.addLayout(self.cards)
        column.addSpacing(theme.px(16))
        column.addWidget(self.progress)
        column.addWidget(self.problem)
        column.addSpacing(theme.px(8))
        for link in (self.existing, self.language, self.manual, self.remove):
            links.addWidget(link)
        links.addStretch(1)
        whole.addLayout(links)
        _frame(self)
        keeps = self.progress.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)  # nothing moves when it comes
        self.progress.setSizePolicy(keeps)
        self.progress.hide()
        self.problem.hide()
        self.remove.hide()
        _place_cards(self)
        order = [card.button for card in (self.sample, self.list, self.empty)]
        order += [self.progress.cancel, self.existing, self.language, self.manual, self.remove]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.sample.button.clicked.connect(self.try_sample)
        self.list.button.clicked.connect(self._choose_lists)
        self.empty.button.clicked.connect(self.start_empty)
        self.existing.clicked.connect(self._choose_portfolio)
        self.language.clicked.connect(self._switch_language)
        self.manual.clicked.connect(lambda: self.desk.go("help"))
        self.remove.clicked.connect(self.remove_sample)
        self.progress.cancelled.connect(self._cancel)
        self.desk.bus.changed.connect(partial(_on_accounts, self))
        EnterFollows(self, (self.sample, self.list, self.empty), lambda: self.chosen)

    def open(self, **arguments: object) -> None:
        """``path``: where the person's own portfolio is or will be; ``own``: the sample is what they come from."""
        self._path = str(arguments.get("path") or self._path)
        self._own = bool(arguments.get("own"))
        self._choose()
        self.look_again()

    def refresh(self) -> None:
        """See what is there already."""
        from cs_workbench import paths
        from cs_workbench.services import portfolio_files

        self._path = self._path or paths.default_portfolio()
        sample, own = portfolio_files.sample_path(i18n.language()), self._path
        self.desk.tasks.run(
            lambda: _There(os.path.exists(sample), os.path.exists(own)),
            done=self._on_looked,
            latest="first_run",
        )

    def retranslate(self) -> None:
        """Every text, in the language of now."""
        self.title.setText(_("Where shall we start?"))
        self.promise.setText(_("Everything stays in one file on this computer. Nothing is sent anywhere."))
        _say_cards(self, self._there)
        self.existing.setText(_("Open an existing portfolio"))
        other_language = "日本語で使う" if i18n.language() != "ja" else "Use in English"
        self.language.setText(other_language)  # in its own language: whoever wants it can read it
        self.manual.setText(_("Manual"))
        self.remove.setText(_("Remove the sample"))
        self.setAccessibleName(_("Welcome"))

    def verbs(self) -> Verbs:
        """Opening and importing mean here what the cards mean."""
        return {"portfolio_open": self._choose_portfolio, "import_files": self._choose_lists}

    @property
    def chosen(self) -> StartCard:
        """The card Enter takes: the sample; for whoever comes from it their own portfolio, or the list to begin one."""
        if not self._own:
            return self.sample
        return self.empty if self._there.own else self.list

    def first_focus(self) -> QWidget:
        """Enter takes the chosen card."""
        return self.chosen.button

    def try_sample(self) -> None:
        """Open the sample portfolio, made first where it is not there yet."""
        from cs_workbench.services import portfolio_files, portfolios

        language, now, today = i18n.language(), self.desk.now(), self.desk.today()
        path = portfolio_files.sample_path(language)
        if self._there.sample:
            self.desk.begin(path, "today")
            return
        if self._task is not None:
            return
        self.problem.hide()
        self.progress.show()
        self.progress.show_progress(0, 0, _("Inventing customers"))
        self._enable(False)
        self._task = self.desk.tasks.run(
            lambda: portfolio_files.make_sample(
                path, now=now, today=today, language=language, time_zone=portfolios.local_zone()
            ),
            done=self._on_sample,
            failed=self._on_failed,
            progress=self.progress.show_progress,
        )
        self.progress.cancel.setFocus()

    def import_lists(self, files: tuple[str, ...]) -> None:
        """Open the person's own portfolio and the import dialog on *files* in it."""
        if files:
            self.desk.begin(self._path, "import", files)

    def start_empty(self) -> None:
        """Open the person's own portfolio, to add accounts by hand where it is new."""
        self.desk.begin(self._path, "today" if self._there.own else "accounts")

    def remove_sample(self) -> None:
        """Take the sample away; what that means is said in a toast that can bring it back."""
        from cs_workbench.services import portfolio_files

        self.desk.begin(portfolio_files.sample_path(i18n.language()), "remove")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses what has the focus, else takes the chosen card."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (focused if isinstance(focused, Button) else self.chosen.button).click()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Lists and portfolios may be dropped."""
        if _dropped(event, LISTS) or _dropped(event, (_PORTFOLIO,)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """A list is imported, a portfolio opened."""
        lists, portfolios = _dropped(event, LISTS), _dropped(event, (_PORTFOLIO,))
        event.acceptProposedAction()
        if lists:
            self.import_lists(lists)
        elif portfolios:
            self.desk.open_portfolio(portfolios[0])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Cards stand beside each other where there is room, else one below the other."""
        super().resizeEvent(event)
        _place_cards(self)

    def _on_looked(self, there: _There) -> None:
        before, self._there = self.chosen, there
        if before is not self.chosen:
            held = before.button.hasFocus()
            self._choose()
            if held:
                self.chosen.button.setFocus()
        self.remove.setVisible(there.sample)
        self.retranslate()

    def _choose(self) -> None:
        for card in (self.sample, self.list, self.empty):
            card.choose(card is self.chosen)

    def _on_sample(self, path: str) -> None:
        self._end()
        self.desk.begin(path, "today")

    def _on_failed(self, error: BaseException) -> None:
        self._end()
        message, remedy = getattr(error, "message", ""), getattr(error, "remedy", "")
        if not message:
            self.desk.tasks.failed.emit(error)
            return
        self.problem.setText(f"{message} {remedy}".strip())
        self.problem.show()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._end()

    def _end(self) -> None:
        self._task = None
        self.progress.hide()
        self._enable(True)
        self.sample.button.setFocus()

    def _enable(self, able: bool) -> None:
        for button in (self.sample.button, self.list.button, self.empty.button, self.existing, self.remove):
            button.setEnabled(able)

    def _choose_lists(self) -> None:
        kinds = " ".join(f"*{ending}" for ending in LISTS)
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chosen = ask_open_many(self, _("Import my list"), start, f"CSV, Excel ({kinds})")
        self.import_lists(tuple(chosen))

    def _choose_portfolio(self) -> None:
        chosen = ask_open(
            self, _("Open portfolio"), os.path.dirname(self._path), f"CS Workbench (*{_PORTFOLIO})"
        )
        if chosen:
            self.desk.open_portfolio(chosen)

    def _switch_language(self) -> None:
        self.desk.speak("en" if i18n.language() == "ja" else "ja")
        self.look_again()


def _frame(page: FirstRunPage) -> None:
    """Centre the block of *page*, and let it scroll where it does not fit."""
    theme = themes.current()
    holder = QWidget()
    around = QHBoxLayout(holder)
    around.setContentsMargins(*[theme.px(24)] * 4)
    around.addStretch(1)
    around.addWidget(page.block, 0, Qt.AlignmentFlag.AlignVCenter)
    around.addStretch(1)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setWidget(holder)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    holder.setAutoFillBackground(False)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scroll)


def _dropped(event: QDropEvent, endings: tuple[str, ...]) -> tuple[str, ...]:
    paths = (url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())
    return tuple(path for path in paths if path.lower().endswith(endings))


def _say_cards(page: FirstRunPage, there: _There) -> None:
    """What each card offers, given what is on the disk already."""
    page.sample.say(
        _("Try the sample"),
        _("30 invented accounts with contacts, plans and renewals. Make your first pack in three minutes."),
        _("Already on this computer") if there.sample else _("A separate file, removable at any time"),
        _("Open the sample"),
    )
    page.list.say(
        _("Import my list"),
        _("A CSV or Excel file with one account per row. You see every row before anything is written."),
        _("Or drop the file anywhere here"),
        _("Choose a file"),
    )
    own = there.own
    page.empty.say(
        _("Open my portfolio") if own else _("Start empty"),
        _("Go on with the accounts that are in it.")
        if own
        else _("Add the first account by hand and grow from there."),
        _("Import works there, too") if own else _("Import works later, too"),
        _("Open") if own else _("Add an account"),
    )


def _place_cards(page: FirstRunPage) -> None:
    """Three in a row of equal width, or one below the other."""
    theme = themes.current()
    wide = page.width() >= theme.px(WIDTH + 2 * _LINK + 48)
    width = min(theme.px(WIDTH), max(page.width() - theme.px(64 + 2 * _LINK), theme.px(288)))
    page.block.setFixedWidth(width + 2 * theme.px(_LINK))
    across = (width - 2 * theme.px(24)) // 3
    for number, card in enumerate((page.sample, page.list, page.empty)):
        page.cards.removeWidget(card)
        card.setFixedWidth(across if wide else width)
        page.cards.addWidget(card, 0 if wide else number, number if wide else 0)


def _on_accounts(page: FirstRunPage, changes: object) -> None:
    """Accounts came into the portfolio it welcomes to, dropped on it or undone back: the day's work begins."""
    workbench = page.desk.workbench
    came = "account" in getattr(changes, "ids", {}) and page.isVisible()
    if came and workbench is not None and workbench.path == os.path.realpath(page._path):
        page.desk.go("today")
