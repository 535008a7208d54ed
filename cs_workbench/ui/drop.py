"""Files dropped anywhere on the window: tables are imported, a portfolio is opened, the rest is refused by name."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.label import Label

if TYPE_CHECKING:
    from cs_workbench.ui.main_window import MainWindow

TABLES = frozenset((".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"))
PORTFOLIO = ".csw"
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Dropped:
    """The local files of a drag, by what can be done with them."""

    tables: tuple[str, ...] = ()
    portfolio: str = ""
    others: tuple[str, ...] = ()


def dropped(data: QMimeData) -> Dropped:
    """What *data* carries; addresses of other machines count as nothing that can be used."""
    tables, others, portfolio = [], [], ""
    for url in data.urls():
        path = url.toLocalFile()
        suffix = os.path.splitext(path)[1].lower()
        if path and suffix in TABLES:
            tables.append(path)
        elif path and suffix == PORTFOLIO and not portfolio:
            portfolio = path
        else:
            others.append(path or url.toString())
    return Dropped(tuple(tables), portfolio, tuple(others))


def names(paths: Sequence[str]) -> str:
    """File names in a line, the first few by name."""
    shown = [os.path.basename(path) for path in paths[:_NAMED]]
    more = len(paths) - len(shown)
    told = _(", ").join(shown)
    return _("{names} and {count} more").format(names=told, count=more) if more else told


class DropOverlay(QWidget):
    """Covers the window while files hang over it, and says what letting go would do."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.first = Label("", "page", elide=True)
        self.second = Label("", "body", "text.secondary", elide=True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        margin = themes.current().px(48)
        column.setContentsMargins(margin, margin, margin, margin)
        column.addStretch(1)
        for label in (self.first, self.second):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
            column.addWidget(label)
        column.addStretch(1)
        self.hide()

    def say(self, first: str, second: str) -> None:
        """Come up with two lines."""
        host = self.parentWidget()
        if host is None:
            return
        self.first.setText(first)
        self.second.setText(second)
        self.setGeometry(host.rect())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A veil in the surface's colour and a dashed frame."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("bg.surface", 0.94))
        pen = QPen(theme.colour("accent.base"), theme.px(2), Qt.PenStyle.DashLine)
        painter.setPen(pen)
        inset = theme.px(16)
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, theme.px(8), theme.px(8))


class DropTarget(QObject):
    """Makes *window* take files. ``import_paths`` and ``open_portfolio`` do what the person let go for."""

    def __init__(
        self,
        window: MainWindow,
        *,
        import_paths: Callable[[list[str]], object] | None = None,
        open_portfolio: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._import = import_paths or self._open_import
        self._open = open_portfolio or self._open_portfolio
        self.overlay = DropOverlay(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Drags over the window, wherever they enter."""
        if watched is not self._window:
            return False
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._drop(event)
            return True
        if isinstance(event, QDragMoveEvent | QDragEnterEvent) and event.mimeData().hasUrls():
            if event.type() == QEvent.Type.DragEnter:
                self._enter(event.mimeData())
            event.acceptProposedAction()  # refused files too: the drop then says what can be dropped
            return True
        if event.type() == QEvent.Type.DragLeave:
            self.overlay.hide()
        return False

    def _enter(self, data: QMimeData) -> None:
        found = dropped(data)
        if found.tables:
            self.overlay.say(_("Drop to import"), names(found.tables))
        elif found.portfolio:
            self.overlay.say(_("Drop to open the portfolio"), names([found.portfolio]))
        else:
            self.overlay.say(_("This cannot be imported"), _can_be_dropped())

    def _drop(self, event: QDropEvent) -> None:
        self.overlay.hide()
        found = dropped(event.mimeData())
        event.acceptProposedAction()
        desk = self._window.desk
        if found.others and desk is not None:
            told = _("Not imported: {names}").format(names=names(found.others))
            desk.tell(told, _can_be_dropped(), tone="warn")
        if found.tables:
            self._import(list(found.tables))
        elif found.portfolio:
            self._open(found.portfolio)

    def _open_import(self, paths: list[str]) -> None:
        self._window.open_dialog("import_files", paths=paths)

    def _open_portfolio(self, path: str) -> None:
        if self._window.desk is not None:
            self._window.desk.open_portfolio(path)


def _can_be_dropped() -> str:
    return _("CSV, TSV, Excel and ODS files can be dropped, or a portfolio (.csw).")
