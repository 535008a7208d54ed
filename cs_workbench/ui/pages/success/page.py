"""The Success page: one header and tabs over views that are made when they are first shown."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services.printing import Printable
from cs_workbench.ui import loading
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.page import Page, Verbs
from cs_workbench.ui.pages.success.view import SuccessView
from cs_workbench.ui.pages.success.views import VIEWS, ViewEntry, entry
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.header import PageHeader
from cs_workbench.ui.widgets.tabs import TabBar, TabEntry


class MissingView(SuccessView):
    """Stands where a view's module is not there."""

    def __init__(self, which: ViewEntry, desk: Desk) -> None:
        super().__init__(desk)
        self._entry = which
        self.empty = EmptyState(which.icon, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.empty)
        self.retranslate()

    def retranslate(self) -> None:
        """What will stand here."""
        self.empty.say(_(self._entry.empty))


class SuccessPage(Page):
    """``open(view="map", …)`` shows that view and hands it the other arguments."""

    id: ClassVar[str] = "success"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.views: dict[str, SuccessView] = {}
        self._head: dict[str, tuple[QWidget, QWidget]] = {}
        self._asked: dict[str, dict[str, object]] = {}
        self.header = PageHeader()
        self.bar = TabBar(tuple(TabEntry(one.id, _(one.text), one.icon) for one in VIEWS), name="")
        holder = QWidget()
        self.stack = QStackedLayout(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.bar)
        column.addWidget(holder, 1)
        self.bar.chosen.connect(self.show_view)
        self.retranslate()

    @property
    def view(self) -> SuccessView:
        """The view shown, made now if it was not yet."""
        return self._made(self.bar.current)

    def open(self, **arguments: object) -> None:
        """Show the view named, or stay; the other arguments are the view's."""
        key = str(arguments.pop("view", self.bar.current))
        key = key if entry(key) is not None else VIEWS[0].id
        self._asked[key] = arguments
        self.bar.set_current(key)
        if self.isVisible():
            self.show_view(key)
        else:
            self.stale = True  # shown again, it changes to the view asked for

    def standing(self) -> dict[str, object]:
        """The view shown and where it stands."""
        made = self.views.get(self.bar.current)
        return {"view": self.bar.current, **(made.standing() if made is not None else {})}

    def foot(self) -> int:
        """The view's."""
        return self.view.foot()

    def refresh(self) -> None:
        """Show the view; it reads by itself where something moved."""
        self.show_view(self.bar.current)

    def retranslate(self) -> None:
        """Title and tabs; the views hear of the language themselves."""
        self.header.title.setText(_("Success"))
        self.bar.setAccessibleName(_("Views of success"))
        self.bar.retitle({one.id: _(one.text) for one in VIEWS})
        if self.bar.current in self.views:
            self._say_fact()

    def verbs(self) -> Verbs:
        """The view's."""
        return self.view.verbs()

    def first_focus(self) -> QWidget | None:
        """The view's."""
        return self.view.first_focus() or self.view

    def leave(self) -> bool:
        """Every view keeps what is being typed."""
        return not [view for view in self.views.values() if not view.leave()]

    def printable(self) -> Printable | None:
        """The view's list."""
        return self.view.printable()

    def show_view(self, key: str) -> None:
        """Show a view and what it puts into the header; the view before keeps what was being typed in it."""
        before = self.stack.currentWidget()
        view = self._made(key)
        if isinstance(before, SuccessView) and before is not view and not before.leave():
            self.bar.set_current(before.id)
            return
        self.bar.set_current(key)
        within = self.focusWidget()
        inside = before is not None and within is not None and before.isAncestorOf(within)
        if (asked := self._asked.pop(key, None)) is not None:
            view.open(**asked)
        for name, parts in self._head.items():
            for part in parts:
                part.setVisible(name == key)
        self.stack.setCurrentWidget(view)
        self._say_fact()
        if before is not view and (inside or self.hasFocus()):
            (view.first_focus() or view).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl Tab goes round the views."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and control:
            keys = [one.id for one in VIEWS]
            step = -1 if event.key() == Qt.Key.Key_Backtab else 1
            self.show_view(keys[(keys.index(self.bar.current) + step) % len(keys)])
            return
        super().keyPressEvent(event)

    def _made(self, key: str) -> SuccessView:
        view = self.views.get(key)
        if view is None:
            which = entry(key) or VIEWS[0]
            factory = loading.found(which.factory)
            made = MissingView(which, self.desk) if factory is None else factory(self.desk)
            assert isinstance(made, SuccessView)
            view = self.views[key] = made
            view.fact_changed.connect(self._say_fact)
            self.stack.addWidget(view)
            self._furnish(key, view)
        return view

    def _furnish(self, key: str, view: SuccessView) -> None:
        """Put the view's widgets into the header, before the tabs in the order of Tab.

        A choice's list is a window of its own and has no place in that order.
        """
        parts = (_row(view.beside()), _row(view.buttons()))
        self.header.after_title(parts[0])
        self.header.act(parts[1])
        self._head[key] = parts
        before: QWidget = self
        for part in parts:
            part.hide()
            for widget in part.findChildren(QWidget):
                if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.window() is self.window():
                    QWidget.setTabOrder(before, widget)
                    before = widget

    def _say_fact(self) -> None:
        self.header.fact.setText(self.view.fact())


def _row(widgets: list[QWidget]) -> QWidget:
    """*widgets* side by side."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(themes.current().px(12))
    for widget in widgets:
        row.addWidget(widget)
    return made
