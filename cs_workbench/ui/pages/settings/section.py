"""A section of the settings: a heading and its rows; and the way what is entered gets kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cs_workbench.errors import UserError
from cs_workbench.i18n import _, mark
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.settings.rows import WIDEST, SettingRow
from cs_workbench.ui.widgets.fields import LineEdit
from cs_workbench.ui.widgets.kept_edit import KeptEdit
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from cs_workbench.services.settings_view import SettingsView
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.ui.desk import Desk

Work = Callable[["Workbench"], object]


class Keeper(QObject):
    """Writes what is entered at once, tells that it is kept, and says in its row why it is not.

    ``kept`` carries whether Undo takes it back: settings of this machine have no undo.
    """

    kept = Signal(bool)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    def keep(self, row: SettingRow, work: Work, *, done: Callable[[], object] | None = None) -> None:
        """Let *work* change the portfolio."""
        workbench = self.desk.workbench
        self._write(row, lambda: work(workbench), True, done)

    def keep_here(self, row: SettingRow, **values: str | int | float | bool) -> None:
        """Keep settings of this machine."""
        from cs_workbench import settings

        self._write(row, lambda: settings.keep(**values), False, None)

    def refuse(self, row: SettingRow, error: BaseException) -> None:
        """Say in *row* why nothing is kept; anything but a known error is a bug."""
        if isinstance(error, UserError):
            row.refuse(" ".join(part for part in (error.message, error.remedy) if part))
        else:
            self.desk.tasks.failed.emit(error)

    def _write(
        self, row: SettingRow, work: Callable[[], object], undo: bool, done: Callable[[], object] | None
    ) -> None:
        answer = _Answer(self, row, undo, done)
        self.desk.tasks.write(work, done=answer.on_done, failed=answer.on_failed, reading=not undo)


class _Answer(QObject):
    """Hears how one write went; goes with its row."""

    def __init__(
        self, keeper: Keeper, row: SettingRow, undo: bool, done: Callable[[], object] | None
    ) -> None:
        super().__init__(row)
        self._keeper, self._row, self._undo, self._done = keeper, row, undo, done

    def on_done(self, _result: object) -> None:
        """Kept."""
        self._row.clear_problem()
        for edit in self._row.findChildren(LineEdit):
            edit.set_wrong(False)
        self._keeper.kept.emit(self._undo)
        if self._done is not None:
            self._done()
        self.deleteLater()

    def on_failed(self, error: BaseException) -> None:
        """Refused."""
        self._keeper.refuse(self._row, error)
        self.deleteLater()


class Section(QWidget):
    """Subclasses set ``id``, ``title`` and ``icon``, make their rows in ``build`` and show values in ``fill``."""

    id: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    words: ClassVar[str] = ""

    def __init__(self, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keeper = keeper
        self.desk = keeper.desk
        self.rows: list[SettingRow] = []
        self.heading = Label(_(self.title), "title")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, themes.current().px(16))
        self.column.setSpacing(0)
        self.column.addWidget(self.heading)
        self.column.addSpacing(themes.current().px(4))
        self.build()
        self.column.addStretch(1)

    def build(self) -> None:
        """Make the rows."""

    def fill(self, view: SettingsView) -> None:
        """Show what is stored."""

    def row(self, key: str, label: str, hint: str = "", *, kana: str = "", plain: str = "") -> SettingRow:
        """Add a row. *kana* is how its Japanese name is read, *plain* other words it may be looked for by."""
        made = SettingRow(key, label, hint, words=(key, kana, plain, self.words))
        self.rows.append(made)
        self.column.addWidget(made)
        return made

    def subtitle(self, text: str) -> Label:
        """A smaller heading between rows."""
        made = Label(text, "strong")
        self.column.addSpacing(themes.current().px(24))
        made.setMaximumWidth(themes.current().px(WIDEST))
        self.column.addWidget(made)
        return made

    def text(
        self, row: SettingRow, name: str, work: Callable[[str], Work], *beside: QWidget, placeholder: str = ""
    ) -> KeptEdit:
        """Add a line of text that saves itself, with what stands beside it."""
        edit = KeptEdit(name=name, placeholder=placeholder)
        row.field(edit, 320, *beside)
        edit.kept.connect(lambda text: self.keeper.keep(row, work(text)))
        return edit

    def number(
        self,
        row: SettingRow,
        name: str,
        bounds: tuple[float, float],
        work: Callable[[float], Work],
        *,
        before: str = "",
        unit: str = "",
        share: bool = False,
    ) -> NumberField:
        """Make a number that saves itself; the caller puts it into the row."""
        made = NumberField(name=name, least=bounds[0], most=bounds[1], before=before, unit=unit, share=share)
        made.kept.connect(lambda value: self.keeper.keep(row, work(value)))
        made.refused.connect(row.on_refused)
        return made

    def commit(self) -> None:
        """Keep what is still being typed."""
        for edit in self.findChildren(KeptEdit):
            if edit.hasFocus():
                edit.commit()

    def sift(self, words: Sequence[str]) -> int:
        """Show only rows that fit; all of them without words. Returns how many fit."""
        name = _(self.title)
        fits = [row for row in self.rows if not words or row.matches(words, f"{name} {self.title}")]
        for row in self.rows:
            row.setVisible(row in fits)
        return len(fits)


DAYS = mark("days")
