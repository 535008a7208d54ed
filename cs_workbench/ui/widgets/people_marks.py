"""How a person is painted on a map: a disc that says when we last spoke, in it the icon of the role."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes

_ICONS = {
    "economic_buyer": "coins", "decision_maker": "badge-check", "champion": "star", "executive_sponsor": "shield-check",
    "technical_owner": "settings", "procurement": "handshake", "influencer": "message-circle",
    "detractor": "octagon-alert", "user": "user",
}  # fmt: skip
_WEIGHT = tuple(_ICONS)
FRESH, MET = 90, 180
"""Days since the last two-way contact: up to the first full, up to the second light, beyond it hollow."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A person to paint. ``words`` say everything for those who listen and for the tool tip."""

    id: int
    name: str
    second: str
    roles: tuple[str, ...]
    shade: str  # fresh, met, none
    words: str
    influence: int | None = None
    mood: str | None = None
    boss: int | None = None


def shade(last: dt.date | None, today: dt.date) -> str:
    """How fresh a contact is: fresh, met, none."""
    if last is None:
        return "none"
    days = (today - last).days
    return "fresh" if days <= FRESH else "met" if days <= MET else "none"


def role_icon(roles: tuple[str, ...]) -> str:
    """The icon of the weightiest of somebody's roles."""
    return next((_ICONS[role] for role in _WEIGHT if role in roles), "user")


def paint_disc(painter: QPainter, box: QRectF, how: str, icon: str) -> None:
    """The disc in *box*: filled, light or a dashed ring, with the icon in it."""
    theme = themes.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = "text.secondary"
    if how == "fresh":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent.base"))
        ink = "text.on_accent"
    elif how == "met":
        painter.setPen(QPen(theme.colour("accent.base"), 1))
        painter.setBrush(theme.colour("accent.soft"))
        ink = "text.accent"
    else:
        pen = QPen(theme.colour("line.control"), 1)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.colour("bg.surface"))
    painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
    inset = box.width() * 0.24
    icons.paint(painter, icon, ink, box.adjusted(inset, inset, -inset, -inset))
    painter.restore()
