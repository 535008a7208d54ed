"""What became of a pack, in the place of its preview: files to open, documents stopped, what could not be written."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cs_workbench.i18n import _, ngettext
from cs_workbench.services.pack_results import PackResult, stopped
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.notice import Notice
from cs_workbench.ui.widgets.outward import open_path

if TYPE_CHECKING:
    from cs_workbench.services.pack_proof import Made

Open = Callable[[str], object]


class FileRow(QWidget):
    """A file with its verbs."""

    def __init__(self, path: str, verbs: Sequence[tuple[str, str, Callable[[], object]]]) -> None:
        super().__init__()
        self.path = path
        self.buttons: list[Button] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(themes.current().px(8))
        self._row.addWidget(Label(os.path.basename(path), "body", elide=True), 1)
        for text, icon, do in verbs:
            self.add(text, icon, do)

    def add(self, text: str, icon: str, do: Callable[[], object]) -> None:
        """One more verb at the right."""
        button = Button(text, icon=icon, small=True)
        button.setAccessibleName(f"{text}: {os.path.basename(self.path)}")
        button.clicked.connect(lambda _checked=False: do())
        self._row.addWidget(button)
        self.buttons.append(button)


class PackResultView(QWidget):
    """``printed`` carries the account whose document is to be printed, ``back`` asks for the pages again."""

    printed = Signal(int)
    back = Signal()

    def __init__(self, opener: Open = open_path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._open = opener
        self.rows: list[FileRow] = []
        self.notices: list[Notice] = []
        self.sentence = Label("", "title", wrap=True)
        self.second = Label("", "body", "text.secondary", wrap=True)
        self.again = Button(_("Back to the pages"), "text", icon="chevron-left")
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, theme.px(8), 0)
        self._column.setSpacing(theme.px(10))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        area.setWidget(self._list)
        self._list.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(8))
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.sentence)
        column.addWidget(self.second)
        column.addWidget(area, 1)
        self.again.clicked.connect(self.back)

    def show_made(self, made: Made, folder: str) -> None:
        """What was made, then what was not and why."""
        self._empty()
        count = len(made.files)
        self.sentence.setText(ngettext("{n} file made", "{n} files made", count).format(n=f"{count:,}"))
        self.second.setText(" ".join(self._remarks(made, folder)))
        for result in made.results:
            self._add_result(result)
        for name, problem in made.failed:
            self._add_notice(f"{name}: {problem.message}", problem.remedy)
        if made.problem is not None:
            self._add_notice(made.problem.message, made.problem.remedy)
        self._column.addStretch(1)

    def first_focus(self) -> QWidget:
        """The first verb."""
        return self.rows[0].buttons[0] if self.rows else self.again

    def _remarks(self, made: Made, folder: str) -> list[str]:
        said = [_("In {folder}.").format(folder=folder)] if made.files else []
        if made.stopped:
            said.append(_("Stopped; the documents finished so far are whole."))
        if not made.archived:
            said.append(
                _("The portfolio could not keep them in its archive: it cannot be written at the moment.")
            )
        return said

    def _add_result(self, result: PackResult) -> None:
        if result.stopped:
            problem = stopped(result)
            self._add_notice(problem.message, problem.remedy)
        for path in result.files:
            verbs = [
                (_("Open"), "external-link", partial(self._open, path)),
                (_("Show in folder"), "folder-open", partial(self._open, os.path.dirname(path))),
            ]
            row = FileRow(path, verbs)
            if path.endswith(".pdf"):
                row.add(_("Print"), "printer", partial(self.printed.emit, result.account_id))
            self.rows.append(row)
            self._column.addWidget(row)

    def _add_notice(self, first: str, second: str) -> None:
        notice = Notice("left")
        self._column.addWidget(notice)
        notice.say(first, second)
        self.notices.append(notice)

    def _empty(self) -> None:
        self.rows, self.notices = [], []
        while (entry := self._column.takeAt(0)) is not None:
            if (widget := entry.widget()) is not None:
                widget.hide()
                widget.deleteLater()
