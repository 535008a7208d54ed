"""The way to the sample from a portfolio of one's own; and taking lists into the sample, which is asked first."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from cs_workbench import i18n
from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Told
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from cs_workbench.ui.main_window import MainWindow
    from cs_workbench.ui.opening import Opened
    from cs_workbench.ui.opening_reception import Reception, Shell
    from cs_workbench.ui.tasks import Task
    from cs_workbench.ui.toasts import Toast

_LONG = 60_000


class SampleImportSheet(Sheet):
    """``own`` takes the lists into a portfolio of one's own, ``here`` into the sample all the same."""

    def __init__(self, window: QWidget, own: Callable[[], object], here: Callable[[], object]) -> None:
        super().__init__(window, _("This is the sample"), size=(560, 0))
        self._own, self._here = own, here
        self.words = Label(
            _("What is imported here stands between invented customers and goes when the sample is deleted."),
            wrap=True,
        )
        column = QVBoxLayout(self.body)
        edge = themes.current().px(24)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(self.words)
        self.here = Button(_("Into the sample"), "quiet")
        self.stay = Button(_("Cancel"))
        self.main = self.own = Button(_("Make my own portfolio"), "filled", icon="plus")
        self.foot.addWidget(self.here)
        self.foot.addStretch(1)
        self.foot.addWidget(self.stay)
        self.foot.addWidget(self.own)
        self.here.clicked.connect(lambda: self._answer(self._here))
        self.stay.clicked.connect(self.reject)
        self.own.clicked.connect(lambda: self._answer(self._own))

    def _answer(self, then: Callable[[], object]) -> None:
        self.accept()
        then()


class SampleDoor:
    """Opens the sample, made first where it is not there; the portfolio open now is only left."""

    def __init__(self, reception: Reception, shell: Shell) -> None:
        self._reception, self._shell = reception, shell
        self._making: Task | None = None
        self._told: Toast | None = None

    def open(self) -> None:
        """Go to the sample in the language of now. Making it takes a few seconds and can be cancelled."""
        from cs_workbench.services import portfolio_files, portfolios

        shell, language = self._shell, i18n.language()
        path = portfolio_files.sample_path(language)
        if os.path.exists(path):
            self._reception.begin(path, "today")
            return
        if self._making is not None:
            return
        now = shell.clock()
        self._making = shell.tasks.run(
            lambda: portfolio_files.make_sample(
                path,
                now=now,
                today=now.astimezone().date(),
                language=language,
                time_zone=portfolios.local_zone(),
            ),
            done=self._on_made,
            failed=self._on_failed,
        )
        told = Told(_("Making the sample…"), link=_("Cancel"), on_link=self.cancel, stays=_LONG)
        self._told = shell.window.toasts.show(told)

    def cancel(self) -> None:
        """Stop making it; nothing is left of it."""
        if self._making is not None:
            self._making.cancel()
        self._ended()

    def _ended(self) -> None:
        """Nothing is being made any more, and nothing says so."""
        self._making, told, self._told = None, self._told, None
        if told is not None and isValid(told):
            told.leave()

    def _on_made(self, path: str) -> None:
        self._ended()
        self._reception.begin(path, "today")

    def _on_failed(self, error: BaseException) -> None:
        self._ended()
        self._shell.on_failure(error)


class ImportGate:
    """Asks once a sample before lists are taken into it."""

    def __init__(self, reception: Reception, shell: Shell, opened: Callable[[], Opened | None]) -> None:
        self._reception, self._shell, self._opened = reception, shell, opened
        self._meant = ""

    def may_import(self, paths: object) -> bool:
        """Whether *paths* can be taken into the portfolio open now; where not, the person is asked."""
        found, shell = self._opened(), self._shell
        if found is None or not found.sample or shell.workbench is not found.workbench:
            return True
        path = found.workbench.path
        files = tuple(str(one) for one in paths) if isinstance(paths, list | tuple) else ()
        if self._meant == path or (shell.desk is not None and shell.desk.importing is not None):
            return True

        def here() -> None:
            self._meant = path
            shell.window.open_dialog("import_files", paths=list(files))

        def own() -> None:
            self._reception.begin(self._reception.own_path, "import", files)

        if not any(sheet.isVisible() for sheet in shell.window.ground.findChildren(SampleImportSheet)):
            SampleImportSheet(shell.window, own, here).unfold()
        return False


def ways_of_the_sample(
    window: MainWindow, reception: Reception, shell: Shell, opened: Callable[[], Opened | None]
) -> None:
    """Let *window* open the sample, and ask before lists are taken into it."""
    window.may_import = ImportGate(reception, shell, opened).may_import
    window.answer("portfolio_sample", SampleDoor(reception, shell).open)
