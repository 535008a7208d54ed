"""The shadow under things that float: painted once per theme, stretched as a nine-patch."""

from __future__ import annotations

import ctypes
from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPixmap

from cs_workbench.ui import theme as themes

DROP = 6
MARGIN = 24
"""Room a floating widget leaves around its box for the shadow, px at scale 1."""


@cache
def composed() -> bool:
    """Whether a window of its own may be translucent. An X server without a compositor (VNC, RDP, a plain window
    manager) paints black where nothing is painted; every other platform composes.
    """
    if QGuiApplication.platformName() != "xcb":
        return True
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return False
    for call in (x11.XOpenDisplay, x11.XInternAtom, x11.XGetSelectionOwner):
        call.restype = ctypes.c_void_p
    display = x11.XOpenDisplay(None)
    if not display:
        return False
    where = ctypes.c_void_p(display)
    name = f"_NET_WM_CM_S{x11.XDefaultScreen(where)}".encode()
    owner = x11.XGetSelectionOwner(where, ctypes.c_void_p(x11.XInternAtom(where, name, 0)))
    x11.XCloseDisplay(where)
    return bool(owner)


def margin_of_window() -> int:
    """Room for the shadow round a box that is a window of its own, px: none where it cannot be seen."""
    return themes.current().px(MARGIN) if composed() else 0


def paint_shadow(painter: QPainter, box: QRectF) -> None:
    """The shadow of *box*; paint it before the box."""
    theme = themes.current()
    margin, drop = theme.px(MARGIN), theme.px(DROP)
    patch = _patch(theme.name, margin, theme.px(8))
    corner = patch.width() // 2
    outer = box.adjusted(-margin, -margin + drop, margin, margin + drop)
    _nine(painter, patch, outer, corner)


def paint_float(painter: QPainter, box: QRectF, radius: float = 8) -> None:
    """Shadow, raised surface and strong line: what popovers, toasts and the palette stand on."""
    theme = themes.current()
    paint_shadow(painter, box)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.colour("line.strong"))
    painter.setBrush(theme.colour("bg.raised"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(radius), theme.px(radius))


def paint_popup(painter: QPainter, box: QRectF) -> None:
    """As ``paint_float`` for a window of its own; square and without shadow where nothing composes."""
    if composed():
        edge = margin_of_window()
        paint_float(painter, box.adjusted(edge, edge, -edge, -edge))
        return
    theme = themes.current()
    painter.fillRect(box, theme.colour("bg.raised"))
    painter.setPen(theme.colour("line.strong"))
    painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))


def _nine(painter: QPainter, patch: QPixmap, outer: QRectF, corner: int) -> None:
    size = patch.width()
    across = ((0, corner), (corner, size - 2 * corner), (size - corner, corner))
    left, top = outer.left(), outer.top()
    columns = (
        (left, corner),
        (left + corner, outer.width() - 2 * corner),
        (outer.right() - corner, corner),
    )
    rows = ((top, corner), (top + corner, outer.height() - 2 * corner), (outer.bottom() - corner, corner))
    for (x, width), (source_x, source_width) in zip(columns, across, strict=True):
        for (y, height), (source_y, source_height) in zip(rows, across, strict=True):
            if width > 0 and height > 0:
                source = QRectF(source_x, source_y, max(source_width, 1), max(source_height, 1))
                painter.drawPixmap(QRectF(x, y, width, height), patch, source)


@cache
def _patch(name: str, margin: int, radius: int) -> QPixmap:
    """A soft square: rounded boxes of growing size and falling weight, summed to a smooth edge."""
    strongest = 0.50 if name == "dark" else 0.16
    corner = margin + radius + 1
    size = 2 * corner + 1
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    total = sum((margin - step) ** 1.6 for step in range(margin))
    colour = QColor(0, 0, 0)
    for step in range(margin):
        colour.setAlphaF(min(1.0, strongest * (step + 1) ** 1.6 / total))
        painter.setBrush(colour)
        painter.drawRoundedRect(
            QRectF(step, step, size - 2 * step, size - 2 * step), corner - step, corner - step
        )
    painter.end()
    return QPixmap.fromImage(image)
