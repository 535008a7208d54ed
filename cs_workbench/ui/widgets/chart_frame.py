"""A chart in its frame: message, definition, the picture or its table twin, copy as picture or data."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.style import restyled
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.menu import Menu
from cs_workbench.ui.widgets.skeleton import paint_lines

if TYPE_CHECKING:
    from cs_workbench.domain.chart_data import ChartData

Row = tuple[str, ...]
_SETTLE_MS, _SPACED_MS = 60, 30


def canvas_type() -> Any:
    """The class that shows a figure in a widget."""
    os.environ.setdefault("QT_API", "pyside6")
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg

    return FigureCanvasQTAgg


@cache
def prepare() -> None:
    """Load the drawing library and its fonts by drawing once, unseen. Takes a second: call it on the pool."""
    canvas_type()
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from cs_workbench import charts
    from cs_workbench.domain.chart_data import ChartData, Series

    data = ChartData("line", ("1", "2"), (Series("a", (1.0, 2.0)),))
    FigureCanvasAgg(charts.figure(charts.draw(data, charts.screen("light"), 200, 120))).draw()  # type: ignore[no-untyped-call]


class ChartFrame(QWidget):
    """``show_chart`` takes what is shown; it is drawn again for another width or theme, from the same data.

    It draws when it is seen; ``place`` among its neighbours spaces the drawings out, so that the window stays alive.
    ``copied`` tells what went to the clipboard: "picture" or "data".
    """

    copied = Signal(str)

    def __init__(self, height: int = 300, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data: ChartData | None = None
        self.place = 0
        self.canvas: Any = None
        self._height = height
        self._drawn: tuple[object, ...] = ()
        self.title = Label("", "title", wrap=True)
        self.about = Label("", "small", "text.secondary", elide=True)
        self.twin = Button(icon="table-2", kind="quiet")
        self.copy = Button(icon="copy", kind="quiet")
        self.model = FactModel((), self)
        self.table = FactTable(self.model)
        self.holder = QWidget()
        self._timer = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._lay_out()
        self.twin.setCheckable(True)
        self.twin.toggled.connect(self._on_twin)
        self.copy.clicked.connect(self.open_copy_menu)
        self._timer.timeout.connect(self.draw)
        self.retranslate()

    def _lay_out(self) -> None:
        theme = themes.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(2))
        top = QHBoxLayout()
        top.setSpacing(theme.px(4))
        top.addWidget(self.title, 1)
        top.addWidget(self.twin, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.holder)
        self._stack.addWidget(self.table)
        self._room = QVBoxLayout(self.holder)
        self._room.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.about)
        column.addSpacing(theme.px(8))
        column.addWidget(body, 1)
        self.holder.setMinimumHeight(theme.px(self._height))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def retranslate(self) -> None:
        """Names of the buttons."""
        self.twin.set_name(_("Show as table"))
        self.copy.set_name(_("Copy"))

    def show_chart(self, data: ChartData, title: str, about: str, columns: Row, rows: Sequence[Row]) -> None:
        """Show *data*; *columns* and *rows* are its table twin."""
        self.data = data
        self.title.setText(title)
        self.about.setText(about)
        self._fill_twin(columns, rows)
        self.holder.setAccessibleName(f"{title}. {about}")
        self.table.setAccessibleName(title)
        self._drawn = ()
        self.update()

    @property
    def is_drawn(self) -> bool:
        """Whether the picture wanted is there; its table twin counts as one."""
        return self.twin.isChecked() or (self.canvas is not None and self._wanted() == self._drawn)

    def draw(self) -> None:
        """Draw what is shown at the size of now."""
        theme = themes.current()
        width, height = self.holder.width(), self.holder.height()
        wanted = self._wanted()
        if self.data is None or wanted == self._drawn or width < theme.px(120) or self.twin.isChecked():
            return
        from cs_workbench import charts

        self._drawn = wanted
        drawing = charts.draw(
            self.data, charts.screen(theme.name, theme.scale), width, height, missing=_("not measured")
        )
        figure = charts.figure(drawing, background=theme.hex("bg.surface"))
        before, self.canvas = self.canvas, canvas_type()(figure)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.canvas.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.canvas.setAccessibleName(self.holder.accessibleName())
        self._room.addWidget(self.canvas)
        if before is not None:
            self._room.removeWidget(before)
            before.hide()
            before.deleteLater()

    def open_copy_menu(self) -> QMenu:
        """As a picture or as data."""
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(_("Copy as picture"), self.copy_picture)
        menu.addAction(_("Copy data"), self.copy_data)
        menu.popup(self.copy.mapToGlobal(QPoint(0, self.copy.height() + themes.current().px(4))))
        return menu

    def copy_picture(self) -> None:
        """Title and picture as they stand here."""
        self.twin.setChecked(False)
        self.draw()
        for button in (self.twin, self.copy):
            button.hide()
        QGuiApplication.clipboard().setPixmap(self.grab())
        for button in (self.twin, self.copy):
            button.show()
        self.copied.emit("picture")

    def copy_data(self) -> None:
        """The rows of the table twin for a spreadsheet."""
        QGuiApplication.clipboard().setText(self.model.tsv())
        self.copied.emit("data")

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as the picture and its words."""
        return QSize(themes.current().px(400), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Draw again once the size stays."""
        super().resizeEvent(event)
        self._timer.start()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Draw in a new theme's colours."""
        super().changeEvent(event)
        if restyled(event):
            self._timer.start()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A card; the picture follows where it is not the one wanted."""
        theme = themes.current()
        if self._wanted() != self._drawn and not self._timer.isActive():
            self._timer.start(_SPACED_MS * self.place)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line.strong"), 1))
        painter.setBrush(theme.colour("bg.surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(8), theme.px(8))
        if self.canvas is None and self.data is not None:
            paint_lines(painter, QRectF(self.holder.rect().translated(self.holder.mapTo(self, QPoint()))))

    def _wanted(self) -> tuple[object, ...]:
        theme = themes.current()
        return (self.data, theme.name, theme.scale, self.holder.width(), self.holder.height())

    def _fill_twin(self, columns: Row, rows: Sequence[Row]) -> None:
        words_from = len(columns) - (len(columns) > 2)  # of several columns the last one holds words
        described = tuple(
            Column(str(n), words, lambda row, n=n: row[n], right=0 < n < words_from)  # type: ignore[misc]
            for n, words in enumerate(columns)
        )
        self.model.beginResetModel()
        self.model.columns = described
        self.model.rows = ()
        self.model.endResetModel()
        self.model.fill(tuple(rows))

    def _on_twin(self, shown: bool) -> None:
        self._stack.setCurrentWidget(self.table if shown else self.holder)
        self.twin.set_name(_("Show as chart") if shown else _("Show as table"))
        if shown:
            self.table.setFocus()
        else:
            self._timer.start(0)
