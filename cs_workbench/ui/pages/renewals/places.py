"""Where the columns of the renewal list stand: measured once a filling, shared by the head and every row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetrics

from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.renewals.model import Line

EDGE = 24
GAP = 16
_BADGE, _STEPS = 76, 108
_LEAST_NAME = 150
_SAMPLE = 40


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is, its width, whether figures stand at the right; ``drop`` says which go first (0: stays)."""

    id: str
    width: int
    right: bool = False
    drop: int = 0


def titles() -> dict[str, str]:
    """What the head says, in the language of now."""
    return {
        "name": _("Account"), "arr": _("ARR"), "notice": _("Notice by"), "left": _("Left"), "health": _("Health"),
        "steps": _("Steps"), "call": _("Renewal call"),
    }  # fmt: skip


def columns(lines: Iterable[Line]) -> tuple[Column, ...]:
    """The columns after the name, each as wide as its longest texts and its title."""
    theme = themes.current()
    body, strong = QFontMetrics(theme.font("body")), QFontMetrics(theme.font("strong"))
    found = list(lines)
    heads = titles()

    def widest(key: str, texts: Iterable[str], metrics: QFontMetrics) -> int:
        longest = sorted(set(texts), key=len)[-_SAMPLE:]
        return max((metrics.horizontalAdvance(text) for text in (*longest, heads[key])), default=0) + 2

    calls = (f"{line.call} {line.likelihood}" for line in found)
    return (
        Column("arr", widest("arr", (line.arr for line in found), body), True, 2),
        Column("notice", widest("notice", (line.notice for line in found), body), True, 1),
        Column("left", widest("left", (line.left for line in found), strong), True),
        Column("health", max(theme.px(_BADGE), widest("health", (), body))),
        Column("steps", max(theme.px(_STEPS), widest("steps", (), body)), False, 3),
        Column("call", widest("call", calls, body) + theme.px(6), False, 4),
    )


def places(box: QRectF, wanted: tuple[Column, ...]) -> dict[str, QRectF]:
    """The room of each column in *box*; the name takes what is left, and columns go where that were too little."""
    theme = themes.current()
    edge, gap = theme.px(EDGE), theme.px(GAP)
    kept = list(wanted)
    for drop in range(1, 5):
        taken = sum(one.width + gap for one in kept)
        if box.width() - 2 * edge - taken >= theme.px(_LEAST_NAME):
            break
        kept = [one for one in kept if one.drop != drop]
    found: dict[str, QRectF] = {}
    right = box.right() - edge
    for one in reversed(kept):
        found[one.id] = QRectF(right - one.width, box.top(), one.width, box.height())
        right -= one.width + gap
    left = box.left() + edge
    found["name"] = QRectF(left, box.top(), max(right - left, 0), box.height())
    return found
