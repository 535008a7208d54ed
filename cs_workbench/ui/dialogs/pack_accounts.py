"""Which accounts a pack is for: found by typing, kept as chips, as many as wanted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cs_workbench.i18n import _, ngettext
from cs_workbench.services.search import Hit, Kind, search
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Index
from cs_workbench.ui.widgets.chip import Chip
from cs_workbench.ui.widgets.fields import LineEdit
from cs_workbench.ui.widgets.flow import Flow
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.rows import paint_row, paint_text

MOST = 6
_SHOWN = 5
_KINDS: tuple[Kind, ...] = ("account",)


class NameDelegate(QStyledItemDelegate):
    """A name on a row of 32."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """32 high."""
        return QSize(0, themes.current().row(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground and name, cut at the right."""
        paint_row(painter, option)
        room = QRectF(option.rect).adjusted(themes.current().px(10), 0, -themes.current().px(10), 0)
        paint_text(painter, room, str(index.data() or ""), "body", "text.primary")


class AccountPicker(QWidget):
    """``changed`` when an account was added or taken away; ``ids`` in the order they were chosen."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._names: dict[int, str] = {}
        self._hits: list[Hit] = []
        self.field = LineEdit(name=_("Add account"), placeholder=_("Add account"), icon="search")
        self.model = QStringListModel(self)
        self.found = QListView()
        self.nothing = Label(_("No account of that name"), "small", "text.tertiary")
        self.chips = Flow()
        self.more = Label("", "small", "text.secondary")
        self._wait = QTimer(self, singleShot=True, interval=80)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = themes.current()
        self.found.setModel(self.model)
        self.found.setItemDelegate(NameDelegate(self.found))
        self.found.setFrameShape(QFrame.Shape.NoFrame)
        self.found.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setAccessibleName(_("Accounts found"))
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        for part in (self.field, self.found, self.nothing, self.chips, self.more):
            column.addWidget(part)
        for part in (self.found, self.nothing, self.more):
            part.hide()

    def _connect(self) -> None:
        self.field.textChanged.connect(lambda _text: self._wait.start())
        self.field.installEventFilter(self)
        self.found.clicked.connect(lambda index: self._take(index.row()))
        self._wait.timeout.connect(self._look)

    @property
    def ids(self) -> list[int]:
        """The accounts chosen."""
        return list(self._names)

    @property
    def names(self) -> dict[int, str]:
        """Their names by id."""
        return dict(self._names)

    def choose(self, names: dict[int, str]) -> None:
        """Begin with these, without telling."""
        self._names = dict(names)
        self._draw()

    def add(self, account_id: int, name: str) -> None:
        """One more."""
        if account_id not in self._names:
            self._names[account_id] = name
            self._draw()
            self.changed.emit()

    def remove(self, account_id: int) -> None:
        """One less."""
        if self._names.pop(account_id, None) is not None:
            self._draw()
            self.field.setFocus()
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Arrows move among what was found, Enter takes it, Esc forgets it, Backspace takes the last chip away."""
        if (
            watched is not self.field
            or not isinstance(event, QKeyEvent)
            or event.type() != QEvent.Type.KeyPress
        ):
            return super().eventFilter(watched, event)
        key, plain = event.key(), not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._hits:
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._take(max(0, self.found.currentIndex().row()))
        elif key == Qt.Key.Key_Escape and self.field.text():
            self.field.clear()
        elif key == Qt.Key.Key_Backspace and not self.field.text() and self._names:
            self.remove(list(self._names)[-1])
        else:
            return super().eventFilter(watched, event)
        return True

    def _look(self) -> None:
        words = self.field.text().strip()
        if not words:
            self._show([])
            return
        reads = self._desk.workbench.reads
        self._desk.tasks.run(
            lambda: search(reads, words, kinds=_KINDS, limit=20),
            done=self._show,
            latest=(id(self), "search"),
        )

    def _show(self, hits: Sequence[Hit]) -> None:
        self._hits = [
            hit for hit in hits if hit.account_id is not None and hit.account_id not in self._names
        ][:MOST]
        self.model.setStringList([hit.account_name or hit.title for hit in self._hits])
        self.found.setVisible(bool(self._hits))
        self.found.setFixedHeight(themes.current().row(32) * max(1, len(self._hits)) + 2)
        self.nothing.setVisible(bool(self.field.text().strip()) and not self._hits)
        if self._hits:
            self.found.setCurrentIndex(self.model.index(0))

    def _step(self, by: int) -> None:
        row = min(max(self.found.currentIndex().row() + by, 0), len(self._hits) - 1)
        self.found.setCurrentIndex(self.model.index(row))

    def _take(self, row: int) -> None:
        if not 0 <= row < len(self._hits):
            return
        hit = self._hits[row]
        self.field.clear()
        self._show([])
        if hit.account_id is not None:
            self.add(hit.account_id, hit.account_name or hit.title)

    def _draw(self) -> None:
        flow = self.chips.flow
        while (entry := flow.takeAt(0)) is not None:
            if (widget := entry.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for account_id, name in list(self._names.items())[:_SHOWN]:
            chip = Chip(name, "filter", removable=True)
            chip.setMaximumWidth(themes.current().px(260))
            chip.removed.connect(lambda account_id=account_id: self.remove(account_id))
            self.chips.add(chip)
        left = len(self._names) - _SHOWN
        self.more.setText(
            ngettext("and {n} more", "and {n} more", left).format(n=f"{left:,}") if left > 0 else ""
        )
        self.more.setVisible(left > 0)
        self.chips.setVisible(bool(self._names))
        self.chips.updateGeometry()
