"""The funnel: one box a stage with its accounts and money, how many went on, how long they stayed, who is stuck."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from cs_workbench.i18n import _, ngettext
from cs_workbench.services import lifecycle_words as words
from cs_workbench.services.lifecycle import FunnelStep, Lifecycle
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.style import RINGED
from cs_workbench.ui.widgets.badge import paint_shape
from cs_workbench.ui.widgets.rows import paint_text

_HIGH = 124


class StageBox(QAbstractButton):
    """One stage; pressing it lists its accounts."""

    def __init__(self, found: Lifecycle, step: FunnelStep, whole: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found, self.step, self._whole = found, step, whole
        self.setCheckable(True)
        self.setProperty(RINGED, True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_(" · ").join(one for one in self._lines() if one))

    def sizeHint(self) -> QSize:  # noqa: N802
        """Five lines."""
        return QSize(themes.current().px(132), themes.current().px(_HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Card, share of the accounts as a bar at the foot, words."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        fill = "accent.soft" if self.isChecked() else "bg.hover" if self.underMouse() else "bg.surface"
        ring = self.hasFocus() or self.isChecked()
        painter.setPen(
            QPen(theme.colour("line.focus" if ring else "line.strong"), 2 if self.hasFocus() else 1)
        )
        painter.setBrush(theme.colour(fill))
        painter.drawRoundedRect(box, theme.px(8), theme.px(8))
        name, count, on, stay, stuck = self._lines()
        edge, line = theme.px(12), theme.row(20, "small")
        room = QRectF(edge, theme.px(8), self.width() - 2 * edge, line)
        paint_text(painter, room, name, "small_strong")
        room.translate(0, line)
        width = paint_text(painter, room, count, "title")
        money = wording.money(self.step.arr, self._found.currency) if self.step.arr else ""
        rest = room.adjusted(width + theme.px(8), theme.px(2), 0, 0)
        paint_text(painter, rest, money, "small", "text.secondary")
        room.translate(0, theme.px(2))
        for text in (on, stay):
            room.translate(0, line if text else 0)
            paint_text(painter, room, text, "small", "text.secondary")
        room.translate(0, line)
        if stuck:
            side = theme.px(8)
            paint_shape(painter, "yellow", QRectF(room.left(), room.center().y() - side / 2, side, side))
            paint_text(painter, room.adjusted(theme.px(14), 0, 0, 0), stuck, "small", "health.yellow.text")
        share = self.step.step.accounts / self._whole if self._whole else 0.0
        foot = QRectF(edge, self.height() - theme.px(8), (self.width() - 2 * edge) * share, theme.px(3))
        painter.fillRect(foot, theme.colour("accent.base"))

    def _lines(self) -> tuple[str, str, str, str, str]:
        step = self.step
        stuck = ngettext("{n} stuck", "{n} stuck", step.stuck).format(n=step.stuck) if step.stuck else ""
        name, count = words.stage(self._found, step.key), f"{step.step.accounts:,}"
        return name, count, words.went_on(step) or words.quiet(step), words.median_stay(step), stuck


class Funnel(QWidget):
    """``chosen`` carries the key of the stage pressed ("" where it was pressed again); arrows move between them."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: list[StageBox] = []
        self.taken: str | None = None
        theme = themes.current()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(4))
        self._row.setSpacing(theme.px(8))

    def show_funnel(self, found: Lifecycle) -> None:
        """A box a stage."""
        focused = next((one.step.key for one in self.boxes if one.hasFocus()), None)
        for box in self.boxes:
            self._row.removeWidget(box)
            box.deleteLater()
        whole = sum(one.step.accounts for one in found.funnel)
        self.boxes = [StageBox(found, one, whole, self) for one in found.funnel]
        for box in self.boxes:
            self._row.addWidget(box)
            box.clicked.connect(lambda _checked=False, key=box.step.key: self.take(key))
            box.setChecked(box.step.key == self.taken)
            if box.step.key == focused:
                box.setFocus()

    def take(self, key: str | None) -> None:
        """Take a stage, or none where it is taken already; tells it."""
        self.taken = None if key == self.taken else key
        for box in self.boxes:
            box.setChecked(box.step.key == self.taken)
        self.chosen.emit(self.taken)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Left and right."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        here = next((n for n, one in enumerate(self.boxes) if one.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        self.boxes[(here + step) % len(self.boxes)].setFocus()
