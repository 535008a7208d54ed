"""The tree of a success plan, written from the keyboard: Enter, Tab, Alt and the arrows, Space, Delete, E."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from cs_workbench.services.plan_reading import Node
from cs_workbench.services.plans import Ref
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.plan_model import (
    DUE,
    LINE,
    OWNER,
    STATUS,
    TITLE,
    WAY,
    Index,
    Line,
    Pending,
    PlanModel,
    field_of,
)
from cs_workbench.ui.typed_marks import DRAFT, KEPT_ELSEWHERE
from cs_workbench.ui.widgets.fields import LineEdit
from cs_workbench.ui.widgets.plan_paint import GAP, PlanHeader, paint_cell, tick_rect, title_left, turn_rect
from cs_workbench.ui.widgets.table_looks import dress
from cs_workbench.ui.widgets.tips import plain

Refuse = Callable[[Line, str, str], str]
"""(line, field, text) → why it is refused, or ""."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_WALKS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)
_OWNERS = (120, 240)
"""px at scale 1 the owners' column is between; it is as wide as its longest name."""
_WIDTHS = {OWNER: _OWNERS[1], DUE: 80, WAY: 176, STATUS: 104}


class PlanDelegate(QStyledItemDelegate):
    """Paints lines and gives them fields to type in."""

    def __init__(self, tree: PlanTree) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """A row of 40."""
        return QSize(0, themes.current().row(40))

    def paint(self, painter: Any, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell from tokens."""
        paint_cell(painter, option, index, self._tree.plan.folded, ring=self._tree.by_keyboard)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """A line of text."""
        edit = LineEdit(name=str(index.data(Qt.ItemDataRole.AccessibleTextRole)), parent=parent)
        edit.setProperty(KEPT_ELSEWHERE, DRAFT)
        line = index.data(LINE)
        edit.textEdited.connect(lambda text: self._tree.typing.emit(line, text))
        return edit

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """What is there now, the cursor at its end."""
        if isinstance(editor, LineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, _model: Any, index: Index) -> None:  # noqa: N802
        """Hand over what was typed."""
        if isinstance(editor, LineEdit):
            self._tree.keep(index.data(LINE), index.column(), editor.text())

    def updateEditorGeometry(  # noqa: N802
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Over the words."""
        theme = themes.current()
        rect = option.rect.adjusted(0, theme.px(4), -theme.px(8), -theme.px(4))
        if index.column() == TITLE:
            rect.setLeft(rect.left() + round(title_left(index.data(LINE))) - theme.px(9))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter keeps, Esc restores, Tab goes deeper in a title and on in other cells."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return bool(super().eventFilter(editor, event))
        key, index = event.key(), self._tree.currentIndex()
        line = index.data(LINE)
        assert isinstance(editor, LineEdit)
        if key in (*_ENTER, *_TABS) and not self._accepted(editor, index):
            return True
        if key in _TABS and index.column() == TITLE:
            self._tree.tab_in_field(line, editor, deeper=key == Qt.Key.Key_Tab)
            return True
        if key in _ENTER:
            text = editor.text()
            self.close(editor)
            if isinstance(line, Pending) and text.strip():
                self._tree.begin(Pending("after", line, line.level))
            return True
        if key == Qt.Key.Key_Escape:
            editor.setModified(False)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
            if isinstance(line, Pending):
                self._tree.give_up(line)
            self._tree.typing.emit(line, "")
            return True
        return bool(super().eventFilter(editor, event))

    def close(self, editor: QWidget) -> None:
        """Hand over and close."""
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _accepted(self, editor: LineEdit, index: QModelIndex) -> bool:
        """Whether the text can be kept; else the field turns red and says why."""
        why = self._tree.refused(index, editor.text())
        if why:
            editor.set_wrong(True)
            editor.setAccessibleDescription(why)
            QToolTip.showText(editor.mapToGlobal(editor.rect().bottomLeft()), plain(why), editor)
        return not why


class PlanTree(QTableView):
    """Lines to write in. ``written`` (line, field, text) is a field kept, ``asked`` (verb, node) what a key means:
    deeper, higher, up, down, done, delete, pane. ``typing`` tells each letter, for the draft.
    """

    written = Signal(object, str, str)
    asked = Signal(str, object)
    typing = Signal(object, str)
    moved = Signal(object)

    def __init__(
        self, model: PlanModel, *, refuse: Refuse | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.plan = model
        self.by_keyboard = False
        self._refuse = refuse
        self._delegate = PlanDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(PlanHeader(self))
        dress(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        model.dataChanged.connect(self._share)

    def chosen(self) -> Node | None:
        """The node the keyboard is on."""
        line = self.currentIndex().data(LINE)
        return line if isinstance(line, Node) else None

    def choose(self, ref: Ref | None) -> None:
        """Put the keyboard on a node, else on the first line."""
        row = self.plan.row_of(ref)
        if row < 0 and (self.currentIndex().isValid() or not self.plan.lines):
            return
        self.setCurrentIndex(self.plan.index(max(row, 0), TITLE))

    def step(self, by: int) -> None:
        """Go *by* lines on; stay at the ends."""
        row = min(max(self.currentIndex().row() + by, 0), self.plan.rowCount() - 1)
        self.setCurrentIndex(self.plan.index(row, TITLE))

    def is_typing(self) -> bool:
        """Whether a field is open."""
        return self.state() == QAbstractItemView.State.EditingState

    def editor(self) -> LineEdit | None:
        """The field that is open."""
        found = self.indexWidget(self.currentIndex())
        return found if isinstance(found, LineEdit) else None

    def edit_title(self, text: str | None = None) -> None:
        """Open the title of the line the keyboard is on, perhaps with other words in it."""
        index = self.currentIndex().siblingAtColumn(TITLE)
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        self.edit(index)
        editor = self.editor()
        if text is not None and editor is not None:
            editor.setText(text)
            editor.setModified(True)

    def begin(self, pending: Pending, text: str | None = None) -> None:
        """Open a new line to type in."""
        row = self.plan.begin(pending)
        self.setCurrentIndex(self.plan.index(row, TITLE))
        self.edit_title(text)

    def begin_beside(self) -> None:
        """A new sibling of the line the keyboard is on; the first objective where there is none."""
        node = self.chosen()
        self.begin(Pending("after", node.ref if node else None, node.level if node else 0))

    def begin_inside(self) -> None:
        """A new line in an objective, beside anything else."""
        node = self.chosen()
        if node is not None and node.ref.kind == "objective":
            self.begin(Pending("under", node.ref, 1))
        else:
            self.begin_beside()

    def keep(self, line: Line, column: int, text: str) -> None:
        """A field was left: tell what it says, or take a line away that stayed empty."""
        if isinstance(line, Pending):
            line.title = " ".join(text.split())
            if not line.title:
                self.give_up(line)
                return
        self.written.emit(line, field_of(line, column), text)

    def give_up(self, line: Pending) -> None:
        """Take a line away that was never typed; the keyboard goes back to where it was begun."""
        anchor = line.node.ref if isinstance(line.node, Pending) else line.node
        self.plan.drop(line)
        self.choose(anchor)

    def refused(self, index: QModelIndex, text: str) -> str:
        """Why *text* cannot be kept in a cell, or ""."""
        line = index.data(LINE)
        if self._refuse is None or line is None or (isinstance(line, Pending) and not text.strip()):
            return ""
        return self._refuse(line, field_of(line, index.column()), text)

    def tab_in_field(self, line: Line, editor: LineEdit, *, deeper: bool) -> None:
        """Tab while a title is typed: a new line changes its level, another one is kept and moved."""
        if isinstance(line, Node):
            self._delegate.close(editor)
            self.asked.emit("deeper" if deeper else "higher", line)
            return
        text = editor.text()
        other = self._deeper(line) if deeper else self._higher(line)
        if other is not None:
            editor.setModified(False)
            self._delegate.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
            self.plan.drop(line)
            self.begin(other, text)

    def _deeper(self, line: Pending) -> Pending | None:
        if line.how == "under" or line.node is None:
            return None
        return Pending("under", line.node, line.level + 1)

    def _higher(self, line: Pending) -> Pending | None:
        anchor = line.node.ref if isinstance(line.node, Pending) else line.node
        node = next((one for one in self.plan.nodes if one.ref == anchor), None)
        if line.how == "under":
            return Pending("after", line.node, line.level - 1)
        if node is None or node.parent is None:
            return None
        return Pending("after", node.parent, line.level - 1)

    def event(self, event: QEvent) -> bool:
        """Tab is the tree's while a line is chosen; on an empty tree it goes on."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _TABS
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and self.chosen() is not None
        ):
            self.keyPressEvent(event)
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The outline's keys; letters are the page's."""
        self.by_keyboard = True
        key, node = event.key(), self.chosen()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier:
            verb = {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}.get(Qt.Key(key))
            self._ask(verb, node, event)
        elif key in _ENTER:
            self.begin_beside()
        elif key == Qt.Key.Key_F2:
            self.edit_title()
        elif key in _WALKS:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and node is not None:
            self._turn(node, opened=key == Qt.Key.Key_Right)
        else:
            verbs = {
                Qt.Key.Key_Tab: "deeper", Qt.Key.Key_Backtab: "higher", Qt.Key.Key_Space: "done",
                Qt.Key.Key_Delete: "delete",
            }  # fmt: skip
            self._ask(verbs.get(Qt.Key(key)), node, event)

    def _ask(self, verb: str | None, node: Node | None, event: QKeyEvent) -> None:
        if verb is None or node is None:
            event.ignore()
        else:
            self.asked.emit(verb, node)

    def _turn(self, node: Node, *, opened: bool) -> None:
        """→ unfolds, then opens the pane; ← folds, then goes to what the line hangs on."""
        folded = node.ref in self.plan.folded
        if opened and folded:
            self.plan.fold(node.ref, folded=False)
        elif opened:
            self.asked.emit("pane", node)
        elif node.children and not folded:
            self.plan.fold(node.ref, folded=True)
        elif node.parent is not None:
            self.choose(node.parent)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Tell where the keyboard is."""
        super().currentChanged(current, previous)
        self.moved.emit(current.data(LINE))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click on the arrow folds, on the box ticks; elsewhere it chooses."""
        self.by_keyboard = False
        at = event.position()
        index = self.indexAt(QPoint(round(at.x()), round(at.y())))
        line = index.data(LINE)
        super().mousePressEvent(event)
        if isinstance(line, Node) and index.column() == TITLE:
            box = self.visualRect(index)
            if line.children and turn_rect(line, box).contains(at):
                self.plan.fold(line.ref, folded=line.ref not in self.plan.folded)
            elif line.ref.kind == "item" and tick_rect(line, box).contains(at):
                self.asked.emit("done", line)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the room out again."""
        super().resizeEvent(event)
        self._share()

    def _share(self, *_what: object) -> None:
        """The title takes what the others leave; owner and bar go where there is no room."""
        theme = themes.current()
        room = self.viewport().width()
        hidden = {OWNER: room < theme.px(620), WAY: room < theme.px(500)}
        for column, given in _WIDTHS.items():
            width = self._owners() if column == OWNER else theme.px(given)
            self.setColumnHidden(column, hidden.get(column, False))
            if not hidden.get(column, False):
                self.setColumnWidth(column, width)
                room -= width
        self.setColumnWidth(TITLE, max(room, theme.px(160)))

    def _owners(self) -> int:
        """px the owners' column needs for its longest name."""
        theme = themes.current()
        names = (str(self.plan.index(row, OWNER).data() or "") for row in range(self.plan.rowCount()))
        font = QFontMetrics(theme.font("body"))
        needed = max((font.horizontalAdvance(name) for name in names), default=0) + 2 * theme.px(GAP) + 1
        return min(max(needed, theme.px(_OWNERS[0])), theme.px(_OWNERS[1]))

    def content_height(self) -> int:
        """Header and lines, for a tree that stands in a scrolled column."""
        return self.horizontalHeader().height() + self.plan.rowCount() * themes.current().row(40) + 2
