"""What can be done with several accounts at once: the bar that floats above the totals, and its menus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.errors import UserError
from cs_workbench.i18n import _, ngettext
from cs_workbench.services.account_table import AccountLine, AccountTable, sums
from cs_workbench.ui import actions, icons, reading_only
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.account_words import money_of
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import Field
from cs_workbench.ui.widgets.floats import Popover
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.shadow import MARGIN, paint_float

if TYPE_CHECKING:
    from cs_workbench.ui.desk import Desk

TAGS_OFFERED = 12


class BulkBar(QWidget):
    """How many are selected, worth how much, and the verbs for them."""

    cleared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.count = Label("", "strong")
        self.money = Label("", "body", "text.secondary")
        self.tag = Button(kind="quiet", icon="tag", keys=actions.keys_of("tag"))
        self.edit = Button(kind="quiet", icon="pencil", keys=actions.keys_of("edit"))
        self.copy = Button(kind="quiet", icon="copy", keys="Ctrl C")
        self.close_button = Button(kind="quiet", icon="x")
        edge = theme.px(MARGIN)
        row = QHBoxLayout(self)
        row.setContentsMargins(
            edge + theme.px(16), edge + theme.px(6), edge + theme.px(8), edge + theme.px(6)
        )
        row.setSpacing(theme.px(8))
        for part in (self.count, self.money, self.tag, self.edit, self.copy, self.close_button):
            row.addWidget(part)
        self.close_button.clicked.connect(self.cleared)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Every word."""
        self.tag.setText(_("Tag"))
        self.edit.setText(_("Edit"))
        self.copy.setText(_("Copy"))
        self.close_button.set_name(_("Clear selection"))
        self.setAccessibleName(_("Selected accounts"))

    def show_lines(self, lines: Sequence[AccountLine], table: AccountTable) -> None:
        """Tell of these accounts; fewer than two hide the bar."""
        if len(lines) < 2:
            self.hide()
            return
        self.count.setText(ngettext("{n} selected", "{n} selected", len(lines)).format(n=f"{len(lines):,}"))
        self.money.setText(money_of(sums(table, lines).arr))
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """At the bottom of its parent, centred, as wide as it needs."""
        host = self.parentWidget()
        if host is None:
            return
        edge = themes.current().px(MARGIN)
        hint = self.sizeHint()
        width = min(hint.width(), host.width() + 2 * edge)
        top = host.height() - hint.height() + edge - themes.current().px(16)
        self.setGeometry((host.width() - width) // 2, top, width, hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Shadow and box."""
        edge = themes.current().px(MARGIN)
        paint_float(QPainter(self), QRectF(self.rect()).adjusted(edge, edge, -edge, -edge))


class Ask(Popover):
    """One line to type: a new tag, another owner, a view's name. Enter keeps, Esc leaves."""

    def __init__(
        self, question: str, action: str, keep: Callable[[str], object], text: str = "", *, parent: QWidget
    ) -> None:
        super().__init__(320, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme = themes.current()
        self._keep = keep
        self.field = Field(text, name=question)
        self.button = Button(action, "filled")
        inner = QVBoxLayout()
        inner.setContentsMargins(*[theme.px(16)] * 4)
        inner.setSpacing(theme.px(8))
        inner.addWidget(Label(question, "strong"))
        inner.addWidget(self.field)
        inner.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        self.column.addLayout(inner)
        self.field.edit.returnPressed.connect(self.answer)
        self.button.clicked.connect(self.answer)

    def ask_at(self, corner: QPoint) -> None:
        """Show it with its upper left corner near *corner* (global), inside the window."""
        self.adjustSize()
        edge = themes.current().px(MARGIN)
        parent = self.parentWidget()
        host = self if parent is None else parent.window()
        inside = QRectF(host.mapToGlobal(QPoint(0, 0)), host.size().toSizeF())
        left = min(corner.x() - edge, round(inside.right()) - self.width())
        top = min(corner.y() - edge, round(inside.bottom()) - self.height())
        self.move(max(left, round(inside.left()) - edge), max(top, round(inside.top()) - edge))
        self.show()
        self.field.edit.setFocus()
        self.field.edit.selectAll()

    def answer(self) -> None:
        """Keep what was typed; an empty line is refused."""
        text = " ".join(self.field.edit.text().split())
        if not text:
            self.field.refuse(_("Write something first."))
            return
        if why := reading_only.why(self):
            self.field.refuse(why)
            return
        self.close()
        self._keep(text)


class BulkVerbs:
    """Tag, stage, tier and owner of the accounts chosen: each one change with Undo in its toast."""

    def __init__(
        self,
        desk: Desk,
        host: QWidget,
        chosen: Callable[[], list[int]],
        table: Callable[[], AccountTable | None],
    ) -> None:
        self._desk = desk
        self._host = host
        self._chosen = chosen
        self._table = table

    @property
    def table(self) -> AccountTable | None:
        """The table shown now."""
        return self._table()

    def open_tags(self, at: QPoint) -> None:
        """The menu of tags: those in use, with a tick where all have it, and a new one."""
        ids = self._chosen()
        if not ids or self.table is None:
            return
        menu = self._menu()
        counts = self._tag_counts(ids)
        menu.addAction(
            icons.icon("plus"),
            _("New tag…"),
            lambda: self._ask(_("New tag"), _("Add"), self.add_tag, at),
        )
        menu.addSeparator()
        for tag in sorted(self.table.vocabulary.tags, key=lambda tag: -counts.get(tag, 0))[:TAGS_OFFERED]:
            action = menu.addAction(_shown(tag))
            action.setCheckable(True)
            action.setChecked(counts.get(tag, 0) == len(ids))
            verb = self.remove_tag if counts.get(tag, 0) == len(ids) else self.add_tag
            action.triggered.connect(lambda _checked=False, verb=verb, tag=tag: verb(tag))
        menu.popup(at)

    def open_fields(self, at: QPoint) -> None:
        """The menu of what can be set: stage, tier, owner."""
        if not self._chosen() or self.table is None:
            return
        menu = self._menu()
        self.fill_fields(menu, at)
        menu.popup(at)

    def fill_fields(self, menu: QMenu, at: QPoint) -> None:
        """Put stage, tier and owner into *menu*."""
        table = self.table
        if table is None:
            return
        language = i18n.language()
        stages = menu.addMenu(_("Stage"))
        for entry in table.stages:
            stages.addAction(_shown(entry.label(language)), partial(self.set_stage, entry.key))
        tiers = menu.addMenu(_("Tier"))
        for entry in table.tiers:
            tiers.addAction(_shown(entry.label(language)), partial(self.set_tier, entry.key))
        owners = menu.addMenu(_("Owner"))
        for owner in table.vocabulary.owners[:TAGS_OFFERED]:
            owners.addAction(_shown(owner), partial(self.set_owner, owner))
        owners.addSeparator()
        owners.addAction(_("Another owner…"), lambda: self._ask(_("Owner"), _("Set"), self.set_owner, at))
        owners.addAction(_("No owner"), lambda: self.set_owner(None))

    def add_tag(self, tag: str) -> None:
        """Tag them."""
        from cs_workbench.services import account_bulk

        wb, ids = self._desk.workbench, self._chosen()
        self._write(
            lambda: account_bulk.add_tag(wb, ids, tag),
            lambda n: ngettext("Tagged {n} account", "Tagged {n} accounts", n),
            tag,
        )

    def remove_tag(self, tag: str) -> None:
        """Take a tag off them."""
        from cs_workbench.services import account_bulk

        wb, ids = self._desk.workbench, self._chosen()
        self._write(
            lambda: account_bulk.remove_tag(wb, ids, tag),
            lambda n: ngettext("Tag removed from {n} account", "Tag removed from {n} accounts", n),
            tag,
        )

    def set_stage(self, stage: str | None) -> None:
        """Move them to a stage."""
        from cs_workbench.services import account_bulk

        wb, ids, now = self._desk.workbench, self._chosen(), self._desk.now()
        self._write(
            lambda: account_bulk.set_stage(wb, ids, stage, now=now),
            lambda n: ngettext("Stage of {n} account changed", "Stage of {n} accounts changed", n),
        )

    def set_tier(self, tier: str | None) -> None:
        """Put them in a tier."""
        from cs_workbench.services import account_bulk

        wb, ids, now = self._desk.workbench, self._chosen(), self._desk.now()
        self._write(
            lambda: account_bulk.set_tier(wb, ids, tier, now=now),
            lambda n: ngettext("Tier of {n} account changed", "Tier of {n} accounts changed", n),
        )

    def set_owner(self, owner: str | None) -> None:
        """Say who looks after them."""
        from cs_workbench.services import account_bulk

        wb, ids, now = self._desk.workbench, self._chosen(), self._desk.now()
        self._write(
            lambda: account_bulk.set_owner(wb, ids, owner, now=now),
            lambda n: ngettext("Owner of {n} account changed", "Owner of {n} accounts changed", n),
        )

    def _write(self, work: Callable[[], int], told: Callable[[int], str], second: str = "") -> None:
        """*told* says how many were changed, which may be fewer than were chosen."""
        whom = only_name(self.table, self._chosen())

        def done(moved: int) -> None:
            if moved:
                words = told(moved).format(n=moved)
                self._desk.tell(words, _(", ").join(filter(None, (whom, second))), undo=True)
            else:
                self._desk.tell(_("Nothing to change: they have it already"), tone="warn")

        def failed(error: BaseException) -> None:
            if not isinstance(error, UserError):
                self._desk.tasks.failed.emit(error)
                return
            self._desk.tell(error.message, error.remedy, tone="bad")

        self._desk.tasks.write(work, done=done, failed=failed)

    def _ask(self, question: str, action: str, keep: Callable[[str], object], at: QPoint) -> None:
        Ask(question, action, keep, parent=self._host).ask_at(at)

    def _menu(self) -> QMenu:
        from cs_workbench.ui.widgets.menu import Menu

        menu = Menu(self._host)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _tag_counts(self, ids: Sequence[int]) -> dict[str, int]:
        chosen = set(ids)
        counts: dict[str, int] = {}
        for line in self.table.lines if self.table else ():
            if line.id in chosen:
                for tag in line.tags:
                    counts[tag] = counts.get(tag, 0) + 1
        return counts


def only_name(table: AccountTable | None, ids: Sequence[int]) -> str:
    """The account's name where *ids* is one account; "" for several."""
    lines = table.lines if table is not None and len(ids) == 1 else ()
    return next((one.name for one in lines if one.id == ids[0]), "")


def _shown(text: str) -> str:
    """Text of a menu entry: & is a character like any other."""
    return text.replace("&", "&&")
