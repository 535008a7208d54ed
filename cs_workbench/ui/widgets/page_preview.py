"""The pages of a document as they will come out: a list of small ones, one to read, zoom and paging."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.fact_model import Index
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.header import Bar
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.skeleton import Skeleton

PAGE = int(Qt.ItemDataRole.UserRole)
STEPS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
A4_WIDTH = 794.0  # px of an A4 page at 96 dpi, which is 100 %
_THUMB = (76, 108)
_PALE = 0.35  # of pages that others are about to replace


class Pixels(NamedTuple):
    """One page as it was decoded: its size and its rows, four bytes a dot."""

    width: int
    height: int
    rows: bytes


def decoded(pages: Sequence[bytes]) -> list[Pixels]:
    """The dots of PNG pages, some 10 ms a page; nothing of what is no picture. For a pool thread.

    Not Qt's own reader: seen once, a picture made on a pool thread and the event loop waited for each other for ever.
    """
    from PIL import Image, UnidentifiedImageError

    found = []
    for page in pages:
        try:
            with Image.open(io.BytesIO(page)) as image:
                found.append(Pixels(*image.size, image.convert("RGBX").tobytes()))
        except (UnidentifiedImageError, OSError):
            found.append(Pixels(0, 0, b""))
    return found


def pictures(pages: Sequence[Pixels]) -> list[QImage]:
    """The decoded pages as Qt shows them; for the window's thread."""
    return [
        QImage(one.rows, one.width, one.height, 4 * one.width, QImage.Format.Format_RGBX8888).convertToFormat(
            QImage.Format.Format_RGB32
        )
        if one.rows
        else QImage()
        for one in pages
    ]


class PageModel(QAbstractListModel):
    """One row a page; ``PAGE`` gives its small picture."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._small: list[QPixmap] = []

    def fill(self, images: Sequence[QImage], ratio: float) -> None:
        """Show *images* on a screen with *ratio* device pixels a pixel."""
        width = round(themes.current().px(_THUMB[0]) * ratio)
        self.beginResetModel()
        self._small = [
            QPixmap.fromImage(one.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
            for one in images
        ]
        for one in self._small:
            one.setDevicePixelRatio(ratio)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Pages."""
        return 0 if parent.isValid() else len(self._small)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The number, the small picture, what is said of it."""
        if not index.isValid():
            return None
        if role == PAGE:
            return self._small[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("Page {page} of {pages}").format(page=index.row() + 1, pages=len(self._small))
        return None


class ThumbDelegate(QStyledItemDelegate):
    """A small page in its frame; the one that is read has an accent frame. ``pale`` ones are soon replaced."""

    pale = False

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """Page and room around it."""
        theme = themes.current()
        return QSize(theme.px(_THUMB[0] + 24), theme.px(_THUMB[1] + 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Picture, then frame."""
        theme = themes.current()
        painter.setOpacity(_PALE if self.pale else 1.0)
        picture: QPixmap = index.data(PAGE)
        size = picture.deviceIndependentSize()
        box = QRectF(option.rect)
        page = QRectF(0, 0, size.width(), size.height())
        page.moveCenter(box.center())
        painter.drawPixmap(page.topLeft(), picture)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent.base" if chosen else "line.strong"), 2 if chosen else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        gap = 2.0 if chosen else 0.5
        painter.drawRect(page.adjusted(-gap, -gap, gap, gap))
        painter.setOpacity(1.0)


class PageCanvas(QWidget):
    """One page at a scale; a ``pale`` one is soon replaced."""

    pale = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._drawn = QPixmap()

    def show_page(self, image: QImage, width: int) -> None:
        """Show *image*, *width* px wide."""
        self._image = image
        if image.isNull():
            self.resize(0, 0)
            return
        ratio = self.devicePixelRatioF()
        self._drawn = QPixmap.fromImage(
            image.scaledToWidth(max(1, round(width * ratio)), Qt.TransformationMode.SmoothTransformation)
        )
        self._drawn.setDevicePixelRatio(ratio)
        size = self._drawn.deviceIndependentSize()
        self.resize(round(size.width()) + 2, round(size.height()) + 2)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """White paper and a thin edge, in both themes."""
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.setOpacity(_PALE if self.pale else 1.0)
        painter.drawPixmap(1, 1, self._drawn)
        painter.setPen(QPen(themes.current().colour("line.strong"), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))


class PageScroll(QScrollArea):
    """Scrolls the page; ``turned`` where it is already at the end of it."""

    turned = Signal(int)
    zoomed = Signal(int)
    resized = Signal()

    def __init__(self, canvas: PageCanvas) -> None:
        super().__init__()
        self.setWidget(canvas)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Page keys read on, over the end to the next page; + and − zoom."""
        bar, key = self.verticalScrollBar(), event.key()
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_Space) and bar.value() >= bar.maximum():
            self.turned.emit(1)
        elif key == Qt.Key.Key_PageUp and bar.value() <= bar.minimum():
            self.turned.emit(-1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.zoomed.emit(1 if key == Qt.Key.Key_Plus else -1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.horizontalScrollBar().maximum() == 0:
            self.turned.emit(1 if key == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Ctrl and wheel zooms; the wheel turns the page at its end."""
        down = event.angleDelta().y() < 0
        bar = self.verticalScrollBar()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(-1 if down else 1)
            event.accept()
        elif event.angleDelta().y() and bar.value() == (bar.maximum() if down else bar.minimum()):
            self.turned.emit(1 if down else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The page may have to fit."""
        super().resizeEvent(event)
        self.resized.emit()


class PagePreview(QWidget):
    """``show_pages`` keeps the page read and the zoom; ``lead`` puts a widget at the left of the bar above.

    Zoom 0 fits the width. Old pages stay readable until others come; ``wait`` shows a skeleton only where there are
    none yet.
    """

    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.images: list[QImage] = []
        self.page = 0
        self.zoom = 0.0
        self.model = PageModel(self)
        self.thumbs = QListView()
        self.miniatures = ThumbDelegate(self.thumbs)
        self.canvas = PageCanvas()
        self.sheet = PageScroll(self.canvas)
        self.bar = Bar(48, surface="", margin=16)
        self.before = Button(kind="quiet", icon="chevron-left")
        self.after = Button(kind="quiet", icon="chevron-right")
        self.number = Label("", "body")
        self.smaller = Button(kind="quiet", icon="minus")
        self.larger = Button(kind="quiet", icon="plus")
        self.fit = Button("", "quiet")
        self.skeleton = Skeleton(40, self.sheet)
        self._lay_out()
        self._connect()
        self.retranslate()
        self._tell()

    def _lay_out(self) -> None:
        theme = themes.current()
        view = self.thumbs
        view.setModel(self.model)
        view.setItemDelegate(self.miniatures)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setFixedWidth(theme.px(_THUMB[0] + 40))
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.viewport().setAutoFillBackground(False)
        self.bar.row.addStretch(1)
        for part in (self.before, self.number, self.after, self.smaller, self.fit, self.larger):
            self.bar.row.addWidget(part)
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.px(12), 0, 0)
        row.setSpacing(0)
        row.addWidget(view)
        row.addWidget(self.sheet, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after.clicked.connect(lambda: self.turn(1))
        self.smaller.clicked.connect(lambda: self.step_zoom(-1))
        self.larger.clicked.connect(lambda: self.step_zoom(1))
        self.fit.clicked.connect(lambda: self.set_zoom(0.0))
        self.sheet.turned.connect(self.turn)
        self.sheet.zoomed.connect(self.step_zoom)
        self.sheet.resized.connect(self._on_resized)
        self.thumbs.selectionModel().currentChanged.connect(lambda now, _before: self._on_thumb(now.row()))

    def retranslate(self) -> None:
        """Names of the buttons."""
        self.before.set_name(_("Previous page"))
        self.after.set_name(_("Next page"))
        self.smaller.set_name(_("Zoom out"))
        self.larger.set_name(_("Zoom in"))
        self.thumbs.setAccessibleName(_("Pages"))
        self._tell()

    def lead(self, widget: QWidget) -> None:
        """Put *widget* at the left of the bar."""
        self.bar.row.setStretch(0, 0)
        self.bar.row.insertWidget(0, widget, 1)

    def wait(self) -> None:
        """Pages are being made."""
        if not self.images:
            self.skeleton.setGeometry(self.sheet.rect())
            self.skeleton.begin()

    def set_pale(self, pale: bool) -> None:
        """Show the pages there are as of before; other pages are never pale."""
        self.canvas.pale = self.miniatures.pale = pale
        self.canvas.update()
        self.thumbs.viewport().update()

    def show_pages(self, images: Sequence[QImage]) -> None:
        """Show other pages; stay on the page read where there is one of that number."""
        self.skeleton.end()
        self.set_pale(False)
        self.images = list(images)
        self.model.fill(self.images, self.devicePixelRatioF())
        self.go(min(self.page, max(0, len(self.images) - 1)), keep_place=True)

    def go(self, page: int, *, keep_place: bool = False) -> None:
        """Show the page with that number, from 0."""
        if not 0 <= page < len(self.images):
            self._draw()
            self._tell()
            return
        self.page = page
        index = self.model.index(page)
        if self.thumbs.currentIndex() != index:
            self.thumbs.setCurrentIndex(index)
        self._draw()
        if not keep_place:
            self.sheet.verticalScrollBar().setValue(0)
        self._tell()
        self.moved.emit(page)

    def turn(self, by: int) -> None:
        """The page before or after; stay at the ends."""
        page = self.page + by
        if 0 <= page < len(self.images):
            self.go(page)
            if by < 0:
                self.sheet.verticalScrollBar().setValue(self.sheet.verticalScrollBar().maximum())

    def set_zoom(self, zoom: float) -> None:
        """1 is the size on paper; 0 fits the width."""
        self.zoom = zoom
        self._draw()
        self._tell()

    def step_zoom(self, by: int) -> None:
        """The next step up or down from what is shown."""
        now = self.shown_zoom()
        steps = [one for one in STEPS if (one > now + 0.01 if by > 0 else one < now - 0.01)]
        if steps:
            self.set_zoom(steps[0] if by > 0 else steps[-1])

    def shown_zoom(self) -> float:
        """The zoom now, whether chosen or fitted."""
        return self.zoom or self._fitting() / themes.current().px(A4_WIDTH)

    def _fitting(self) -> int:
        room = (
            self.sheet.width() - self.sheet.verticalScrollBar().sizeHint().width() - themes.current().px(24)
        )
        return max(120, min(room, themes.current().px(A4_WIDTH)))

    def _draw(self) -> None:
        image = self.images[self.page] if 0 <= self.page < len(self.images) else QImage()
        width = round(self.zoom * themes.current().px(A4_WIDTH)) if self.zoom else self._fitting()
        self.canvas.show_page(image, width)
        self.sheet.setAccessibleName(self.number.text())

    def _on_resized(self) -> None:
        self.skeleton.setGeometry(self.sheet.rect())
        if not self.zoom:
            self._draw()
        self._tell()

    def _on_thumb(self, row: int) -> None:
        if row >= 0 and row != self.page:
            self.go(row)

    def _tell(self) -> None:
        count = len(self.images)
        self.number.setText(f"{self.page + 1} / {count}" if count else "–")
        self.number.setAccessibleName(
            _("Page {page} of {pages}").format(page=self.page + 1, pages=count) if count else ""
        )
        self.before.setEnabled(self.page > 0)
        self.after.setEnabled(self.page + 1 < count)
        self.fit.setText(f"{round(self.shown_zoom() * 100)}%")
        self.fit.setToolTip(_("Fit the width"))
        self.fit.set_name(_("Zoom {percent}, fit the width").format(percent=self.fit.words()))
