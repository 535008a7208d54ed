"""Small questions of the board: which step an account wants to reach, and which accounts to add."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cs_workbench.domain.spoken_dates import spoken_date
from cs_workbench.domain.text import fold
from cs_workbench.i18n import _, ngettext
from cs_workbench.services.personas import Free
from cs_workbench.services.success_board import Board, Card
from cs_workbench.ui import icons, wording
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.success import board_words as words
from cs_workbench.ui.widgets.calm_choice import CalmChoice
from cs_workbench.ui.widgets.date_field import DateField
from cs_workbench.ui.widgets.fields import LineEdit
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.question import AskPopover
from cs_workbench.ui.widgets.rows import paint_row, paint_text

_ACCOUNT = int(Qt.ItemDataRole.UserRole)


class TickDelegate(QStyledItemDelegate):
    """A row with a box to tick, from tokens."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, box, words."""
        theme = themes.current()
        paint_row(painter, option, line=False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, rect = theme.px(16), QRectF(option.rect)
        box = QRectF(rect.left() + theme.px(8), round(rect.center().y() - side / 2), side, side)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        painter.setPen(Qt.PenStyle.NoPen if ticked else QPen(theme.colour("line.control"), 1))
        painter.setBrush(theme.colour("accent.base" if ticked else "bg.surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
        if ticked:
            icons.paint(painter, "check", "text.on_accent", box.adjusted(2, 2, -2, -2))
        room = rect.adjusted(theme.px(8 + 16 + 10), 0, -theme.px(8), 0)
        paint_text(painter, room, str(index.data() or ""))

    def sizeHint(  # noqa: N802
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """A row of 32."""
        return QSize(0, themes.current().row(32))

    def editorEvent(  # noqa: N802
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Keys only: a click ticks wherever on the line it lands, which the list sees to."""
        if isinstance(event, QMouseEvent):
            return False
        return super().editorEvent(event, model, option, index)


class WantQuestion(AskPopover):
    """``answered`` carries the id of the wanted step (None for none) and the day."""

    answered = Signal(object, object)

    def __init__(self, card: Card, board: Board, parent: QWidget) -> None:
        title = _("Where {account} wants to be").format(account=card.name)
        super().__init__(title, _("Set wanted step"), "target", parent)
        lanes = [lane for lane in board.lanes if lane.step_id is not None]
        choices: list[tuple[object, str]] = [(None, _("No wanted step"))]
        choices += [(lane.step_id, words.step(lane)) for lane in lanes]
        self.step = CalmChoice(name=_("Wanted step"), choices=choices)
        ahead = min((card.step if card.step is not None else -1) + 1, len(lanes) - 1)
        place = ahead if card.wanted is None else card.wanted
        self.step.setCurrentIndex(place + 1)
        self.day = DateField(
            name=_("Wanted by"), today=board.today, value=card.wanted_by,
            read=lambda text: spoken_date(text, board.today),
        )  # fmt: skip
        self.day.edit.setPlaceholderText(_("by when, if known"))
        self.fields.addWidget(Label(_("Wanted step"), "small", "text.secondary"))
        self.fields.addWidget(self.step)
        self.fields.addWidget(Label(_("Wanted by"), "small", "text.secondary"))
        self.fields.addWidget(self.day)

    def answer(self) -> None:
        """A day that is none keeps the question open."""
        text = self.day.edit.text().strip()
        if text and text != wording.date(self.day.value):
            day = spoken_date(text, self.day._today)
            if day is None:
                self.day.refuse(_("This is not a day."))
                return
            self.day.set_value(day)
        day = self.day.value if text else None
        self.answered.emit(self.step.currentData(), day)
        self.close()


class AccountsQuestion(AskPopover):
    """``answered`` carries the ids of the accounts ticked. Typing finds, Space ticks, Enter adds."""

    answered = Signal(object)

    def __init__(self, title: str, free: Sequence[Free], currency: str, parent: QWidget) -> None:
        super().__init__(title, _("Add"), "plus", parent, width=480)
        self.finder = LineEdit(name=_("Find an account"), placeholder=_("Find an account"), icon="search")
        self.list = QListWidget()
        self.list.setAccessibleName(_("Accounts without a persona"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setItemDelegate(TickDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(themes.current().px(280))
        self.list.setUniformItemSizes(True)
        for one in free:
            amount = wording.money(one.arr, currency)
            item = QListWidgetItem(
                _("{account} · {amount}").format(account=one.name, amount=amount) if amount else one.name
            )
            item.setData(_ACCOUNT, one.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        if free:
            self.list.setCurrentRow(0)
        self.fields.addWidget(self.finder)
        self.fields.addWidget(self.list)
        self.hint = Label("", "small", "text.secondary")
        self.fields.addWidget(self.hint)
        self.finder.textChanged.connect(self._filter)
        self.list.itemChanged.connect(lambda _item: self._count())
        self.list.itemClicked.connect(self._tick)
        self.list.currentItemChanged.connect(lambda _now, _before: self._count())
        self._count()

    def ticked(self) -> list[int]:
        """The accounts ticked."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [int(one.data(_ACCOUNT)) for one in items if one.checkState() == Qt.CheckState.Checked]

    def answer(self) -> None:
        """Without a tick it is the account the list stands on."""
        here = self.list.currentItem()
        chosen = self.ticked() or (
            [int(here.data(_ACCOUNT))] if here is not None and not here.isHidden() else []
        )
        if chosen:
            self.answered.emit(chosen)
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Down goes from the field into the list."""
        if event.key() == Qt.Key.Key_Down and self.finder.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def _tick(self, item: QListWidgetItem) -> None:
        ticked = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)

    def _filter(self, text: str) -> None:
        wanted = fold(text)
        first = None
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(wanted not in fold(item.text()))
            first = item if first is None and not item.isHidden() else first
        if first is not None:
            self.list.setCurrentItem(first)

    def _count(self) -> None:
        count = len(self.ticked())
        self.hint.setText(
            ngettext("{n} account ticked", "{n} accounts ticked", count).format(n=count) if count
            else self._says_enter()
        )  # fmt: skip

    def _says_enter(self) -> str:
        here = self.list.currentItem()
        if here is None or here.isHidden():
            return _("Space ticks an account; Enter adds.")
        return _("Space ticks; Enter adds {account}").format(account=here.text())
