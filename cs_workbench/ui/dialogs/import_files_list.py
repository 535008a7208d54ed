"""The files of an import, one line each: name, rows, or why it cannot be read and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services.intake.offers import Offer
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.dialogs.import_words import file_words
from cs_workbench.ui.style import keyed, paint_ring
from cs_workbench.ui.widgets.badge import paint_shape
from cs_workbench.ui.widgets.rows import paint_text
from cs_workbench.ui.widgets.tips import plain


class FileLine(QAbstractButton):
    """One table of a file. ``removed`` on Delete; ``moved`` (±1) on the arrows."""

    removed = Signal()
    moved = Signal(int)

    def __init__(self, offer: Offer, rows: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offer = offer
        self.setCheckable(True)
        self._told = file_words(offer, rows)
        self.setText(offer.name)
        remedy = offer.problem.remedy if offer.problem is not None else offer.reason
        self.setAccessibleName(" ".join(part for part in (offer.name, self._told, remedy) if part))
        self.setToolTip(plain("\n".join(part for part in (offer.name, self._told, remedy) if part)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Two lines."""
        theme = themes.current()
        return QSize(theme.px(200), theme.line("strong") + theme.line("small") + theme.px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ground when chosen, icon or diamond, name, second line."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bg.selected" if self.isChecked() else "bg.hover"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(6), theme.px(6))
        offer, side = self.offer, theme.px(18)
        mark = QRectF(theme.px(8), round((self.height() - side) / 2), side, side)
        failed = offer.problem is not None
        if failed or (offer.taken and offer.lacks):
            paint_shape(painter, "red" if failed else "yellow", mark.adjusted(4, 4, -4, -4))
        else:
            icons.paint(painter, "table-2", "text.secondary" if offer.taken else "text.disabled", mark)
        left = mark.right() + theme.px(8)
        width = self.width() - left - theme.px(8)
        top = theme.px(6)
        ink = "text.primary" if offer.taken else "text.tertiary"
        box = QRectF(left, top, width, theme.line("strong"))
        paint_text(painter, box, shortened(offer.name, width), "strong", ink)
        second = self._told if offer.taken or failed else _("Left out")
        ink = "health.red.text" if failed else "text.secondary"
        below = QRectF(left, top + theme.line("strong"), width, theme.line("small"))
        paint_text(painter, below, second, "small", ink)
        if keyed(self):
            paint_ring(painter, QRectF(self.rect()), 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows move, Delete forgets the file."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()


class FileList(QWidget):
    """``chosen`` carries the offer shown on the right, ``removed`` one to be forgotten."""

    chosen = Signal(object)
    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[FileLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(themes.current().px(2))
        self.setAccessibleName(_("Files"))

    def show_offers(
        self,
        offers: Sequence[Offer],
        key: tuple[str, str | None] | None,
        rows: Mapping[tuple[str, str | None], int],
    ) -> None:
        """Show *offers*, the one of *key* chosen; *rows* says how many rows are known."""
        focused = any(line.hasFocus() for line in self.lines)
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = []
        for offer in offers:
            line = FileLine(offer, rows.get(offer.key))
            self._column.addWidget(line)
            line.clicked.connect(lambda _on=False, offer=offer: self.chosen.emit(offer))
            line.removed.connect(lambda offer=offer: self.removed.emit(offer))
            line.moved.connect(lambda by, offer=offer: self._move(offer, by))
            self.lines.append(line)
        self.mark(key)
        target = self._line(key)
        if focused and target is not None:
            target.setFocus()

    def mark(self, key: tuple[str, str | None] | None) -> None:
        """Show which one is chosen."""
        for line in self.lines:
            line.setChecked(line.offer.key == key)
            line.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if line.offer.key == key else Qt.FocusPolicy.ClickFocus
            )

    def _line(self, key: tuple[str, str | None] | None) -> FileLine | None:
        return next((line for line in self.lines if line.offer.key == key), None)

    def _move(self, offer: Offer, by: int) -> None:
        keys = [line.offer.key for line in self.lines]
        place = keys.index(offer.key) + by
        if 0 <= place < len(self.lines):
            self.chosen.emit(self.lines[place].offer)
            target = self._line(keys[place])
            if target is not None:
                target.setFocus()


def shortened(name: str, width: float) -> str:
    """A file's name in *width* px of the line's type, cut in its middle: what tells files apart stands at the end."""
    metrics = QFontMetrics(themes.current().font("strong"))
    return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, int(width))
