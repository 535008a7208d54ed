"""The head of the rows to be imported: what each column is taken for, above what stands in the file; to be changed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QToolTip, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.import_model import LEAD, ImportModel
from cs_workbench.ui.style import keyed, paint_ring
from cs_workbench.ui.widgets.rows import paint_text
from cs_workbench.ui.widgets.tips import plain

INSET = 8
HEIGHT = 56


class ImportHeader(QHeaderView):
    """``asked`` carries a column of the file and where its menu opens. Left and right move, Enter and ↓ ask."""

    asked = Signal(int, QPoint)

    def __init__(self, rows: ImportModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._rows = rows
        self.current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSectionsClickable(False)
        self.setMouseTracking(True)
        self.setMinimumSectionSize(themes.current().px(48))
        self.setFixedHeight(max(themes.current().px(HEIGHT), 2 * themes.current().line("small") + 12))
        self.setAccessibleName(_("Columns of the file"))
        rows.modelReset.connect(self._on_reset)

    def ask(self, place: int) -> None:
        """Open the choices of a column of the file."""
        section = place + LEAD
        if not 0 <= place < self.count() - LEAD - 1:
            return
        self.current = place
        self._reveal()
        left = self.sectionViewportPosition(section)
        self.asked.emit(place, self.viewport().mapToGlobal(QPoint(left, self.height())))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ground, two lines a column, a line below, the ring."""
        theme = themes.current()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("bg.sunken"))
        for section in range(self.count()):
            left, width = self.sectionViewportPosition(section), self.sectionSize(section)
            if left + width >= 0 and left <= self.viewport().width():
                self._paint_section(painter, section, QRectF(left, 0, width, self.height()))
        painter.fillRect(
            QRectF(0, self.height() - 1, self.viewport().width(), 1), theme.colour("line.strong")
        )

    def _paint_section(self, painter: QPainter, section: int, box: QRectF) -> None:
        theme = themes.current()
        place = self._rows.file_column(section)
        words = str(self._rows.headerData(section, Qt.Orientation.Horizontal) or "")
        inset = theme.px(INSET)
        room = box.adjusted(inset, 0, -inset, -1)
        right = section == 0 or place in self._rows.right
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        if place < 0:
            paint_text(painter, room, words, "small", "text.secondary", side)
            return
        line = theme.line("small")
        top = round((box.height() - 2 * line) / 2)
        arrow = theme.px(12)
        above = QRectF(room.left(), top, room.width() - arrow - theme.px(4), line)
        taken = bool(words)
        used = paint_text(
            painter, above, words or _("Not taken"), "small_strong" if taken else "small",
            "health.yellow.text" if self._rows.is_asked(place) else "text.primary" if taken else "text.tertiary", side,
        )  # fmt: skip
        end = above.right() if right else min(above.left() + used, above.right())
        mark = icons.pixmap("chevron-down", "text.secondary", 12)
        painter.drawPixmap(QPoint(round(end + theme.px(4)), round(top + (line - arrow) / 2)), mark)
        below = QRectF(room.left(), top + line, room.width(), line)
        paint_text(painter, below, self._rows.header_words(place), "small", "text.secondary", side)
        if keyed(self) and place == self.current:
            paint_ring(painter, box, 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Left, right, Home, End; Enter, Space or ↓ opens the choices."""
        last = self.count() - LEAD - 2
        moves = {
            Qt.Key.Key_Left: self.current - 1,
            Qt.Key.Key_Right: self.current + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif key in moves:
            self.current = min(max(moves[key], 0), max(last, 0))
            self._reveal()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Down):
            self.ask(self.current)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click on a column asks; at its edge it is made wider."""
        edge = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        place = self._rows.file_column(self.logicalIndexAt(event.position().toPoint()))
        if event.button() == Qt.MouseButton.LeftButton and place >= 0 and not edge:
            self.ask(place)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Both names in full where they are cut."""
        super().mouseMoveEvent(event)
        section = self.logicalIndexAt(event.position().toPoint())
        place = self._rows.file_column(section)
        metrics = self.fontMetrics()
        room = self.sectionSize(section) - themes.current().px(INSET * 4)
        told = self._rows.header_words(place) if place >= 0 else ""
        if (
            metrics.horizontalAdvance(told) > room
            or metrics.horizontalAdvance(self._rows.field_words(place)) > room
        ):
            QToolTip.showText(event.globalPosition().toPoint(), plain(told[:500]), self)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self._say()

    def _reveal(self) -> None:
        table = self.parentWidget()
        scroll = getattr(table, "reveal_column", None)
        if scroll is not None:
            scroll(self.current + LEAD)
        self._say()

    def _say(self) -> None:
        self.setAccessibleDescription(
            _("{column}: {field}").format(
                column=self._rows.header_words(self.current) if self.count() > LEAD else "",
                field=self._rows.field_words(self.current) or _("Not taken"),
            )
        )
        self.viewport().update()

    def _on_reset(self) -> None:
        self.current = min(self.current, max(0, self._rows.columnCount() - LEAD - 2))
