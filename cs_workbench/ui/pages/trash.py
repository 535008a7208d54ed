"""The trash: what was deleted, ways to bring it back, and the one way that has no way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStackedLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _, ngettext
from cs_workbench.services import trash
from cs_workbench.services.trash import Discarded, TrashLine
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import ROW, FactModel
from cs_workbench.ui.models.trash_model import columns
from cs_workbench.ui.page import Page, Verbs
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.header import PageHeader
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.menu import Menu
from cs_workbench.ui.widgets.sheet import Sheet
from cs_workbench.ui.widgets.skeleton import Skeleton


class EmptySheet(Sheet):
    """The only question the program asks before it does something: emptying the trash cannot be undone."""

    def __init__(self, window: QWidget, count: int, do: Callable[[], object]) -> None:
        super().__init__(window, _("Empty trash"), size=(520, 280))
        self._do = do
        self.sentence = Label(
            ngettext(
                "{count} thing is deleted for good, with everything that went with it.",
                "{count} things are deleted for good, with everything that went with them.",
                count,
            ).format(count=count),
            "reading",
            wrap=True,
        )
        self.second = Label(
            _("This cannot be undone, and the undo history ends with it. Backups still hold what they held."),
            "reading",
            "text.secondary",
            wrap=True,
        )
        self.cancel = Button(_("Cancel"), keys="Esc")
        self.main = Button(_("Empty trash"), "danger", icon="trash-2")
        theme = themes.current()
        column = QVBoxLayout(self.body)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(self.sentence)
        column.addWidget(self.second)
        column.addStretch(1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.main)
        self.cancel.clicked.connect(self.reject)
        self.main.clicked.connect(self._empty)
        self.cancel.setFocus()

    def _empty(self) -> None:
        self.accept()
        self._do()


class TrashPage(Page):
    """One line a thing, newest first; several can be chosen and brought back in one step."""

    id = "trash"
    cares_about = frozenset(("trash", "account"))

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._read = False
        self.header = PageHeader()
        self.restore = Button(icon="rotate-ccw")
        self.empty = Button(icon="trash-2", kind="danger")
        self.model = FactModel(columns(desk.today), self)
        self.table = FactTable(self.model)
        self.skeleton = Skeleton(40, self.table)
        self.nothing = EmptyState("trash-2", "", " ", lambda: desk.go("today"), act_icon="sun")
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self.header.act(self.empty, self.restore)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabOrder(self.restore, self.empty)
        self._below = QWidget()
        self._stack = QStackedLayout(self._below)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._below, 1)

    def _connect(self) -> None:
        self.restore.clicked.connect(self.restore_chosen)
        self.empty.clicked.connect(self.ask_empty)
        self.table.opened.connect(lambda _row: self.restore_chosen())
        self.table.customContextMenuRequested.connect(self._open_menu)
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._name_restore())

    def refresh(self) -> None:
        """Let go of what is past its days, then read what is left."""
        workbench, now = self.desk.workbench, self.desk.now()
        if not self._read:
            self.skeleton.setGeometry(self.table.rect())
            self.skeleton.begin()
        if workbench.database.read_only:
            self._look()
            return
        self.desk.tasks.write(
            lambda: trash.expire(workbench, now=now), done=self._on_expired, failed=self._on_expired
        )

    def retranslate(self) -> None:
        """Title, buttons, the empty sentence."""
        self.header.title.setText(_("Trash"))
        self.empty.setText(_("Empty trash…"))
        self.table.setAccessibleName(_("Trash"))
        self.nothing.say(
            _("The trash is empty. What you delete is kept here for {days} days.").format(
                days=trash.KEPT_DAYS
            ),
            _("Go to Today"),
        )
        self._name_restore()
        self._say_count()
        self.table.viewport().update()

    def verbs(self) -> Verbs:
        """Moving, and bringing back."""
        found: dict[str, Callable[[], object]] = {}
        if self.model.rows:
            found |= {"next_row": lambda: self.table.step(1), "previous_row": lambda: self.table.step(-1)}
        if self.chosen():
            found["open_row"] = self.restore_chosen
        return found

    def first_focus(self) -> QWidget | None:
        """The list, or the way on where it is empty."""
        return self.nothing.button if self._read and not self.model.rows else self.table

    def chosen(self) -> list[TrashLine]:
        """What is chosen, in the list's order."""
        rows = sorted(self.table.selectionModel().selectedRows(), key=lambda index: index.row())
        return [index.data(ROW) for index in rows]

    def restore_chosen(self) -> None:
        """Bring back what is chosen, as one step."""
        lines = self.chosen()
        if lines:
            workbench, ids = self.desk.workbench, [line.id for line in lines]
            self.desk.tasks.write(lambda: trash.restore_many(workbench, ids), done=self._on_restored)

    def ask_empty(self) -> None:
        """Ask before everything is deleted for good."""
        if self.model.rows:
            EmptySheet(self.window(), len(self.model.rows), self._empty).unfold()

    def _empty(self) -> None:
        workbench = self.desk.workbench
        self.desk.tasks.write(lambda: trash.empty(workbench), done=self._on_emptied)

    def _look(self) -> None:
        reads, now = self.desk.workbench.reads, self.desk.now()
        self.desk.tasks.run(
            lambda: trash.lines(reads, now), done=self._fill, failed=self._on_failed, latest=self
        )

    def _on_expired(self, _result: object) -> None:
        """What could not be let go now is let go another time; the list is shown in any case."""
        self._look()

    def _fill(self, lines: Sequence[TrashLine]) -> None:
        self.skeleton.end()
        self._read = True
        place = self.table.currentIndex().row()
        focus = QApplication.focusWidget()
        held = focus is not None and self._below.isAncestorOf(focus)
        self.model.fill(lines)
        self._stack.setCurrentWidget(self.table if lines else self.nothing)
        if lines:
            self.table.choose(min(max(place, 0), len(lines) - 1))
        if held:
            (self.first_focus() or self).setFocus()
        self.empty.setVisible(bool(lines))
        self._name_restore()
        self._say_count()

    def _say_count(self) -> None:
        count = len(self.model.rows)
        self.header.fact.setText(
            ngettext(
                "{count} thing, kept for {days} days", "{count} things, kept for {days} days", count
            ).format(count=count, days=trash.KEPT_DAYS)
            if count
            else ""
        )

    def _name_restore(self) -> None:
        count = len(self.chosen())
        self.restore.setText(_("Put back {n}").format(n=count) if count > 1 else _("Put back"))
        self.restore.setVisible(bool(self.model.rows))
        self.restore.setEnabled(bool(count))

    def _on_restored(self, things: Sequence[Discarded]) -> None:
        names = _(", ").join(label_of(thing) for thing in things[:3])
        if len(things) > 3:
            names = _("{names} and {n} more").format(names=names, n=len(things) - 3)
        self.desk.tell(_("Restored: {names}").format(names=names), undo=True)

    def _on_emptied(self, count: int) -> None:
        words = ngettext("{count} thing deleted for good", "{count} things deleted for good", count)
        self.desk.tell(words.format(count=count))
        self.look_again()

    def _on_failed(self, error: BaseException) -> None:
        self.skeleton.end()
        self.desk.tasks.failed.emit(error)

    def _open_menu(self, at: QPoint) -> None:
        if not self.chosen():
            return
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icons.icon("undo-2"), self.restore.words(), self.restore_chosen)
        menu.popup(self.table.viewport().mapToGlobal(at))


def label_of(thing: Discarded) -> str:
    """What a thing brought back is called, short enough for a toast."""
    words = " ".join(thing.label.split()) or _("(no name)")
    return words if len(words) <= 40 else words[:39] + "…"
