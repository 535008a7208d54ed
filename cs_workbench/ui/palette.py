"""The command palette: one field over accounts, people and everything that can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from cs_workbench.i18n import _
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.palette_lines import Line, lines, lines_for_account, read
from cs_workbench.ui.typed_marks import KEPT_ELSEWHERE
from cs_workbench.ui.widgets.badge import badge_name, badge_size, band_of, paint_badge
from cs_workbench.ui.widgets.floats import Scrim
from cs_workbench.ui.widgets.header import Bar
from cs_workbench.ui.widgets.keycap import KeyCap, cap_size, paint_cap
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.shadow import MARGIN, paint_float

if TYPE_CHECKING:
    from cs_workbench.ui.desk import Desk
    from cs_workbench.ui.main_window import MainWindow

LINE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class LinesModel(QAbstractListModel):
    """The lines, headings among them; only the others can be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show(self, found: list[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = found
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """How many lines."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line itself for the delegate; its words for everybody else."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = [line.text, line.second, line.keys]
            if line.account is not None:
                band, hand = band_of(line.called or line.account.band), line.called is not None
                parts.append(badge_name(band, line.account.score, override=hand))
            return _(", ").join(part for part in parts if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if not index.isValid() or self.lines[index.row()].kind == "heading":
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class LineDelegate(QStyledItemDelegate):
    """Paints a line: icon, words with the matched part underlined, facts, badge or key cap at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """40 px; headings 32."""
        line: Line = index.data(LINE)
        return QSize(0, themes.current().row(32 if line.kind == "heading" else 40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One line."""
        theme = themes.current()
        line: Line = index.data(LINE)
        rect = QRectF(option.rect)
        left, right = rect.left() + theme.px(16), rect.right() - theme.px(16)
        if line.kind == "heading":
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("text.tertiary"))
            room = QRectF(left, rect.top() + theme.px(6), right - left, rect.height() - theme.px(6))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), line.text)
            return
        chosen = bool(option.state & option.state.State_Selected)
        if chosen:
            painter.fillRect(rect, theme.colour("bg.selected"))
        side = theme.px(16)
        tint = "text.accent" if chosen else "text.secondary"
        picture = icons.pixmap(line.icon, tint, 16)
        painter.drawPixmap(QPointF(left, round(rect.center().y() - side / 2)), picture)
        right = self._paint_right(painter, line, rect, right, chosen=chosen)
        room = rect.adjusted(theme.px(44), 0, 0, 0)
        room.setRight(right - theme.px(8))
        self._paint_words(painter, line, room, chosen=chosen)

    def _paint_right(
        self, painter: QPainter, line: Line, rect: QRectF, right: float, *, chosen: bool
    ) -> float:
        theme = themes.current()
        keys = "↵" if chosen and line.kind != "action" else line.keys
        if keys:
            size = cap_size(keys)
            right -= size.width()
            paint_cap(
                painter,
                QRectF(right, rect.center().y() - size.height() / 2, size.width(), size.height()),
                keys,
            )
            right -= theme.px(12)
        if line.account is not None:
            band, hand = band_of(line.called or line.account.band), line.called is not None
            right -= badge_size(line.account.score, override=hand).width()
            paint_badge(painter, right, rect.center().y(), band, line.account.score, override=hand)
            right -= theme.px(12)
        return right

    def _paint_words(self, painter: QPainter, line: Line, room: QRectF, *, chosen: bool) -> None:
        theme = themes.current()
        painter.setFont(theme.font("strong" if chosen and line.kind != "action" else "body"))
        painter.setPen(theme.colour("text.primary"))
        metrics = QFontMetrics(painter.font())
        words = metrics.elidedText(line.text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)
        base = room.center().y() + metrics.ascent() / 2 + theme.px(1)
        for start, end in line.spans:
            if end <= len(words):
                x = room.left() + metrics.horizontalAdvance(words[:start])
                width = metrics.horizontalAdvance(words[start:end])
                painter.fillRect(QRectF(x, round(base), width, max(1, theme.px(1))), painter.pen().color())
        left = room.left() + metrics.horizontalAdvance(words) + theme.px(12)
        if line.second and room.right() - left > theme.px(24):
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("text.secondary"))
            rest = QRectF(left, room.top(), room.right() - left, room.height())
            second = painter.fontMetrics().elidedText(
                line.second, Qt.TextElideMode.ElideRight, int(rest.width())
            )
            painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), second)


class Palette(QWidget):
    """640 px wide, 120 from the top, over a scrim. Enter does, Tab offers more, Esc goes."""

    def __init__(self, host: QWidget, desk: Desk, window: MainWindow) -> None:
        super().__init__(host)
        self._host = host
        self._desk = desk
        self._window = window
        self._before: QWidget | None = None
        self._subject: Line | None = None
        self.scrim = Scrim(host)
        self.field = QLineEdit()
        self.field.setProperty(KEPT_ELSEWHERE, True)
        self.model = LinesModel(self)
        self.list = QListView()
        self._footer = Bar(40, surface="", line="line.subtle", margin=16, above=True)
        self._lay_out()
        self.scrim.pressed.connect(self.leave)
        self.field.textChanged.connect(self._look)
        self.list.clicked.connect(lambda _index: self._do())
        self.field.installEventFilter(self)
        host.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        theme = themes.current()
        edge = theme.px(MARGIN)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(0)
        top = Bar(56, surface="", line="line.strong", margin=16, spacing=12)
        lens = QLabel()
        lens.setPixmap(icons.pixmap("search", "text.secondary", 18))
        self.field.setProperty("bare", True)
        self.field.setFont(theme.font("lead"))
        self.field.setAccessibleName(_("Find anything"))
        top.row.addWidget(lens)
        top.row.addWidget(self.field, 1)
        top.row.addWidget(KeyCap("Esc"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(LineDelegate(self.list))
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(_("Results"))
        self._hints = [Label("", "small", "text.secondary") for _n in range(3)]
        for keys, hint in ((("↑", "↓"), self._hints[0]), (("Tab",), self._hints[1])):
            for key in keys:
                self._footer.row.addWidget(KeyCap(key))
            self._footer.row.addWidget(hint)
            self._footer.row.addSpacing(theme.px(8))
        self._footer.row.addStretch(1)
        self._footer.row.addWidget(self._hints[2])
        column.addWidget(top)
        column.addWidget(self.list, 1)
        column.addWidget(self._footer)
        self.setLayout(column)

    def open(self) -> None:
        """Show it, empty, with the actions of this page."""
        self._before = self._window.focusWidget()
        self._subject = None
        self._hints[0].setText(_("choose"))
        self._hints[1].setText(_("actions on it"))
        self._hints[2].setText(_("a reading finds a name: kana or romaji"))
        self.field.setPlaceholderText(_("Account, person or action"))
        self.field.clear()
        self.scrim.cover()
        self._show("", None)  # actions at once, the accounts looked at last as soon as they are read
        self._look("")
        self.show()
        self.raise_()
        self.field.setFocus()

    def leave(self) -> None:
        """Go, and give the focus back."""
        self.hide()
        self.scrim.hide()
        if self._before is not None and isValid(
            self._before
        ):  # the page may have made its rows anew meanwhile
            self._before.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Arrows, Enter, Tab and Esc while typing; the host's size."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The float."""
        edge = themes.current().px(MARGIN)
        paint_float(QPainter(self), QRectF(self.rect()).adjusted(edge, edge, -edge, -edge))

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do()
        elif key == Qt.Key.Key_Tab:
            self._offer()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Backtab):
            self._step_back()
        else:
            return False
        return True

    def _look(self, words: str) -> None:
        self._subject = None
        workbench, today = self._desk.workbench, self._desk.today()
        self._desk.tasks.run(
            lambda: read(workbench, words, today),
            done=lambda found: self._show(words, found),
            latest="palette",
            owner=self,
        )

    def _show(self, words: str, found: Any) -> None:
        from cs_workbench.ui.palette_lines import Found

        if words == self.field.text():
            page = self._window.page
            here = set(page.verbs()) if page is not None else set()
            self._fill(lines(found or Found(words), self._desk.today(), self._window.answers, here))

    def _fill(self, found: list[Line]) -> None:
        self.model.show(found)
        self._choose(next((n for n, line in enumerate(found) if line.kind != "heading"), -1))
        self._place()

    def _place(self) -> None:
        theme = themes.current()
        host = self._host
        edge = theme.px(MARGIN)
        width = min(theme.px(640), host.width() - theme.px(32)) + 2 * edge
        delegate = self.list.itemDelegate()
        option = QStyleOptionViewItem()
        rows = sum(
            delegate.sizeHint(option, self.model.index(n)).height() for n in range(self.model.rowCount())
        )
        chrome = theme.px(56) + theme.px(40) + 2
        top = min(theme.px(120), host.height() // 6)
        height = min(rows + chrome, host.height() - top - theme.px(48)) + 2 * edge
        self.setGeometry((host.width() - width) // 2, top - edge, width, height)

    def _choose(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row) if row >= 0 else QModelIndex())

    def _move(self, step: int) -> None:
        rows = [n for n, line in enumerate(self.model.lines) if line.kind != "heading"]
        if rows:
            here = self.list.currentIndex().row()
            at = rows.index(here) if here in rows else -step
            self._choose(rows[(at + step) % len(rows)])

    def _chosen(self) -> Line | None:
        row = self.list.currentIndex().row()
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None

    def _offer(self) -> None:
        line = self._chosen()
        if line is not None and line.account_id is not None and self._subject is None:
            self._subject = line
            self._fill(lines_for_account(line, self._window.answers))

    def _step_back(self) -> None:
        if self._subject is not None:
            self._look(self.field.text())
        else:
            self.leave()

    def _do(self) -> None:
        line = self._chosen()
        if line is None:
            return
        self.leave()
        if line.kind == "person":
            self._desk.go("account", account_id=line.account_id, tab="people")
        elif line.kind == "plan":
            self._desk.go("account", account_id=line.account_id, tab="plan")
        elif line.kind == "voice":
            self._desk.go("voice", account_id=line.account_id)
        elif not line.verb:
            self._desk.go("account", account_id=line.account_id, tab="overview")
        elif line.account_id is None or not self._window.open_dialog(line.verb, account_id=line.account_id):
            self._window.act(line.verb)
