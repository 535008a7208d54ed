"""Lucide icons, drawn in a colour of the theme at the size and pixel ratio asked for."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from cs_workbench import paths
from cs_workbench.ui import theme as themes


def icon(name: str, colour: str = "text.secondary", size: int = 16) -> QIcon:
    """The icon *name* (a Lucide name) in the theme's *colour*, *size* px at scale 1. Raises FileNotFoundError."""
    return QIcon(pixmap(name, colour, size))


def pixmap(name: str, colour: str = "text.secondary", size: int = 16) -> QPixmap:
    """As ``icon``, as a picture for delegates and paint events; sharp on the current screen."""
    theme = themes.current()
    app = QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    return _drawn(name, theme.hex(colour), theme.px(size), ratio)


def paint(painter: QPainter, name: str, colour: str, rect: QRectF) -> None:
    """Draw the icon *name* into *rect* (its smaller side decides)."""
    side = min(rect.width(), rect.height())
    target = QRectF(0, 0, side, side)
    target.moveCenter(rect.center())
    _renderer(name, themes.current().hex(colour)).render(painter, target)


@cache
def _source(name: str) -> bytes:
    with open(paths.resources("icons", f"{name}.svg"), "rb") as file:
        return file.read()


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", colour.encode())))


@cache
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    side = round(size * ratio)
    drawing = _renderer(name, colour)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
