"""What may be longer than its place: scrolled upright, with a bar that lies over the margin and takes no room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QFrame, QScrollArea, QScrollBar, QWidget

from cs_workbench.ui import theme as themes

WIDTH = 10


class OverlayBar(QScrollBar):
    """The upright bar of *area*, over its right margin: what is below keeps the page's right edge.

    The area's own bar still counts (it keeps range and place, and hears the wheel); it is only not shown.
    """

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(Qt.Orientation.Vertical, area)
        self._area = area
        self._own = area.verticalScrollBar()
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._own.rangeChanged.connect(self._follow)
        self._own.valueChanged.connect(self.setValue)
        self.valueChanged.connect(self._own.setValue)
        area.viewport().installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep to the right edge of what is scrolled."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        """Range, step and place of the area; away where all of it fits."""
        own, seen = self._own, self._area.viewport().geometry()
        by_pixel = not isinstance(self._area, QAbstractItemView)
        self.setPageStep(seen.height() if by_pixel else own.pageStep())
        self.setSingleStep(own.singleStep())
        self.setRange(own.minimum(), own.maximum())
        self.setValue(own.value())
        width = themes.current().px(WIDTH)
        self.setGeometry(seen.right() + 1 - width, seen.top(), width, seen.height())
        self.setVisible(own.maximum() > own.minimum())
        self.raise_()


def own_ground(area: QAbstractScrollArea) -> None:
    """Give *area* a viewport that was made here, like the one it has; before anything asks for that one.

    Asked what kind of widget a viewport of Qt's own is, the binding builds every widget class there is: 10 ms.
    """
    ground = QWidget()
    ground.setObjectName("qt_scrollarea_viewport")
    ground.setBackgroundRole(QPalette.ColorRole.Base)
    ground.setAutoFillBackground(True)
    ground.setMouseTracking(area.hasMouseTracking())
    area.setViewport(ground)


def scrolled(inner: QWidget) -> QScrollArea:
    """*inner* in an area that scrolls up and down, on the ground of what is behind; it takes no focus of its own."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    area.setWidget(inner)
    inner.setAutoFillBackground(False)  # setWidget switches it on
    OverlayBar(area)
    return area
