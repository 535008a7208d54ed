"""Timeline: everything that happened, filtered by kind; contacts are written and edited in place."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services import account_tabs, contacts, trash
from cs_workbench.services.account_tabs import KINDS, Entry, Kind, Timeline
from cs_workbench.services.contacts import Contact
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.timeline_model import TimelineModel
from cs_workbench.ui.pages.account import timeline_words
from cs_workbench.ui.pages.account.note import NoteBox
from cs_workbench.ui.pages.account.tab import Tab, Verbs
from cs_workbench.ui.pages.account.timeline_pane import TimelinePane
from cs_workbench.ui.widgets.chip import Chip
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.flow import Flow
from cs_workbench.ui.widgets.menu import Menu
from cs_workbench.ui.widgets.scrolled import OverlayBar
from cs_workbench.ui.widgets.split import DetailSplit
from cs_workbench.ui.widgets.timeline_row import LINE, TimelineDelegate, TimelineRow


class TimelineList(QListView):
    """``opened`` on Enter and a double click, ``deleted`` on Delete."""

    opened = Signal()
    deleted = Signal()

    def __init__(self, model: TimelineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = TimelineDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        OverlayBar(self)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def chosen(self) -> Entry | None:
        """The record the keyboard is on."""
        line = self.currentIndex().data(LINE)
        return line.entry if isinstance(line, TimelineRow) else None

    def choose(self, entry: Entry | None) -> None:
        """Choose a record, the first one where it is not listed."""
        first: QModelIndex | None = None
        for number in range(self.model().rowCount()):
            index = self.model().index(number, 0)
            line = index.data(LINE)
            if not isinstance(line, TimelineRow):
                continue
            first = first or index
            if entry is not None and (line.entry.record, line.entry.id) == (entry.record, entry.id):
                self.setCurrentIndex(index)
                return
        self.setCurrentIndex(first or QModelIndex())

    def step(self, by: int) -> None:
        """Go on by rows, over the months; stay at the ends."""
        number = self.currentIndex().row() + by
        while 0 <= number < self.model().rowCount():
            index = self.model().index(number, 0)
            if isinstance(index.data(LINE), TimelineRow):
                self.setCurrentIndex(index)
                self.scrollTo(index)
                return
            number += by
        if by > 0 and self.model().canFetchMore(QModelIndex()):
            self.model().fetchMore(QModelIndex())
            self.step(by)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows, Enter, Delete; letters are the page's."""
        self._delegate.by_keyboard = True
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key == Qt.Key.Key_Delete:
            self.deleted.emit()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The ring goes when the mouse takes over."""
        self._delegate.by_keyboard = False
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Other widths, other heights."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class TimelineTab(Tab):
    """Chips by kind, the box to write in, the list; beside it promises and the rhythm of contacts."""

    key: ClassVar[str] = "timeline"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.timeline: Timeline | None = None
        self.kind: Kind | None = None
        self._sought: object = None
        self.bar = Flow()
        self.kinds: dict[Kind | None, Chip] = {kind: Chip("", "outline") for kind in (None, *KINDS)}
        self.note = NoteBox(desk)
        self.model = TimelineModel(self)
        self.list = TimelineList(self.model)
        self.empty = EmptyState("history", "")
        self.content = QWidget()
        self.pane = TimelinePane()
        self.split = DetailSplit(self.content, self.pane)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = themes.current()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for chip in self.kinds.values():
            self.bar.add(chip)
        top = QVBoxLayout()
        top.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(12))
        top.addWidget(self.bar)
        column.addLayout(top)
        around = QVBoxLayout()
        around.setContentsMargins(theme.px(24), 0, theme.px(24), theme.px(8))
        around.addWidget(self.note)
        column.addLayout(around)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        self.empty.hide()
        self.content.setFocusProxy(self.list)

    def _connect(self) -> None:
        for kind, chip in self.kinds.items():
            chip.clicked.connect(lambda _checked=False, kind=kind: self.filter_by(kind))
        self.list.opened.connect(self.edit_chosen)
        self.list.deleted.connect(self.delete_chosen)
        self.list.customContextMenuRequested.connect(self.open_menu)
        self.note.left.connect(self.list.setFocus)
        self.pane.ticked.connect(self._do)

    def read(self, workbench: Workbench, account_id: int, today: dt.date) -> Timeline:
        """Everything on record."""
        return account_tabs.timeline(workbench.reads, account_id, today)

    def fill(self, data: Any) -> None:
        """Show it; the row chosen stays chosen."""
        self.timeline = data
        self.note.begin(self.account_id, data.labels, data.known, data.draft)
        self._show_rows()
        self.pane.show_timeline(data, self.desk.today())

    def seek(self, entry: object) -> None:
        """Stand on that record, (table, id), when it is shown next."""
        self._sought, self.kind = entry, None

    def forget(self) -> None:
        """Nothing of the account before."""
        self.timeline = self._sought = None
        self.kind = None
        self.note.forget()
        self.model.fill(())

    def retranslate(self) -> None:
        """Fixed texts and rows again."""
        self.list.setAccessibleName(_("Timeline"))
        self.note.retranslate()
        self.pane.retranslate()
        self.empty.say(_("Nothing happened here yet. Write the first contact above."))
        if self.timeline is not None:
            self.fill(self.timeline)

    def verbs(self) -> Verbs:
        """Keys of the timeline."""
        found: dict[str, Any] = {
            "next_row": lambda: self.list.step(1), "previous_row": lambda: self.list.step(-1),
            "new_row": self.note.setFocus, "filter": self._focus_filter, "details": self.split.toggle,
            "copy_rows": self.copy,
        }  # fmt: skip
        chosen = self.list.chosen()
        if chosen is not None and chosen.record == "interaction":
            found |= {"edit": self.edit_chosen, "delete": self.delete_chosen}
        return found

    def first_focus(self) -> QWidget:
        """The list, or the box where nothing happened yet."""
        return self.list if self.timeline is not None and self.timeline.entries else self.note

    def leave(self) -> bool:
        """Keep the draft."""
        self.note.keep_draft()
        return True

    def filter_by(self, kind: Kind | None) -> None:
        """Show one kind only, or all."""
        self.kind = kind
        self._show_rows()

    def edit_chosen(self) -> None:
        """Edit the contact the keyboard is on, in the box above."""
        chosen = self.list.chosen()
        if chosen is None or chosen.record != "interaction":
            return
        reads = self.desk.workbench.reads
        self.desk.tasks.run(
            lambda: contacts.contact(reads, chosen.id), done=self._on_contact, latest=(id(self), "one")
        )

    def delete_chosen(self) -> None:
        """Move the contact the keyboard is on to the trash."""
        chosen = self.list.chosen()
        if chosen is not None and chosen.record == "interaction":
            now = self.desk.now()
            self.change(lambda wb: trash.delete(wb, "interaction", chosen.id, now=now), _("Contact deleted"))

    def copy(self) -> None:
        """The words of the chosen row on the clipboard."""
        line = self.list.currentIndex().data(LINE)
        if isinstance(line, TimelineRow):
            QGuiApplication.clipboard().setText(
                "\n".join(part for part in (line.title, line.about, line.text) if part)
            )
            self.desk.tell(_("Copied"))

    def open_menu(self, at: QPoint) -> QMenu:
        """The same verbs as the keys."""
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        verbs = self.verbs()
        for name, words in (("edit", _("Edit")), ("delete", _("Delete")), ("copy_rows", _("Copy"))):
            if name in verbs:
                menu.verb(name, verbs[name], words)
        menu.popup(self.list.viewport().mapToGlobal(at))
        return menu

    def _on_contact(self, contact: Contact) -> None:
        self.note.edit(contact)

    def _show_rows(self) -> None:
        timeline = self.timeline
        if timeline is None:
            return
        chosen, top = self.list.chosen(), self.list.verticalScrollBar().value()
        entries = [one for one in timeline.entries if self.kind in (None, one.kind)]
        self.model.fill(timeline_words.lines(entries, timeline.labels))
        self._name_chips(timeline)
        self.empty.setVisible(not timeline.entries)
        self.list.setVisible(bool(timeline.entries))
        sought, self._sought = self._sought, None
        found = next((one for one in entries if (one.record, one.id) == sought), None)
        self.list.choose(found or chosen)
        if found is None:
            self.list.verticalScrollBar().setValue(top if chosen else 0)
        else:
            self.list.scrollTo(self.list.currentIndex(), TimelineList.ScrollHint.PositionAtCenter)

    def _name_chips(self, timeline: Timeline) -> None:
        for kind, chip in self.kinds.items():
            count = len(timeline.entries) if kind is None else timeline.counts.get(kind, 0)
            name = _("All") if kind is None else _(timeline_words.KIND_NAMES[kind])
            chip.tone = "filter" if kind == self.kind else "outline"
            chip.setText(f"{name} {count:,}")
            chip.setVisible(kind is None or count > 0)
            chip.update()

    def _focus_filter(self) -> None:
        self.kinds[self.kind].setFocus()

    def _do(self, task: Any) -> None:
        from cs_workbench.services import tasks

        on = self.desk.today()
        self.change(lambda wb: tasks.done(wb, task.id, on=on), _("Done: {title}").format(title=task.title))
