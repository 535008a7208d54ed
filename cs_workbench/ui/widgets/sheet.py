"""A dialog as a sheet over the window: header with a title, a body, a footer with what can be done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.floats import Scrim
from cs_workbench.ui.widgets.header import Bar
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.shadow import MARGIN, paint_float


class Sheet(QDialog):
    """Fill ``body``; put buttons into ``foot`` (the filled one last). Ctrl Enter presses ``main``, Esc closes.

    It darkens the window behind it while it is open and goes with it; the keys of the window keep still meanwhile.
    """

    def __init__(
        self, window: QWidget, title: str, fact: str = "", *, size: tuple[int, int] = (1120, 760)
    ) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._host = window
        self._measure = size
        ground = getattr(window, "ground", None)
        self._scrim = Scrim(ground) if isinstance(ground, QWidget) else None
        self.main: Button | None = None
        self.title = Label(title, "title")
        self.fact = Label(fact, "body", "text.secondary", elide=True)
        self.cross = Button(kind="quiet", icon="x", name=_("Close"))
        self.body = QWidget()
        self._foot = Bar(64, surface="", line="line.strong", above=True)
        self.foot: QHBoxLayout = self._foot.row
        self._lay_out()
        self.setWindowTitle(title)
        self.setAccessibleName(title)

    def _lay_out(self) -> None:
        edge = themes.current().px(MARGIN)
        head = Bar(56, surface="", line="line.strong")
        for widget in (self.title, self.fact):
            head.row.addWidget(widget)
        head.row.addStretch(1)
        head.row.addWidget(self.cross)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.body, 1)
        column.addWidget(self._foot)
        self.cross.clicked.connect(self.reject)
        self.cross.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_main)

    def unfold(self) -> None:
        """Show it over the middle of the window."""
        window = self._host
        edge = themes.current().px(MARGIN)
        room = window.size()
        width = min(themes.current().px(self._measure[0]), room.width() - 48) + 2 * edge
        height = min(themes.current().px(self._measure[1]), room.height() - 48) + 2 * edge
        self.resize(width, height)
        middle = window.mapToGlobal(window.rect().center())
        self.move(middle.x() - width // 2, middle.y() - height // 2)
        if self._scrim is not None:
            self._scrim.cover()
        self.open()

    def done(self, result: int) -> None:
        """Take the veil away with it."""
        self._uncover()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """The same when the window goes."""
        self._uncover()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc closes; Enter alone presses nothing that has no focus."""
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Shadow and box."""
        edge = themes.current().px(MARGIN)
        paint_float(QPainter(self), QRectF(self.rect()).adjusted(edge, edge, -edge, -edge))

    def _uncover(self) -> None:
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None

    def _on_main(self) -> None:
        if self.main is not None and self.main.isVisible() and self.main.isEnabled():
            self.main.click()
