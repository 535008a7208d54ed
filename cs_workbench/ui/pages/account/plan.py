"""The Plan tab: the tree of a success plan, its dates and versions, written from the keyboard and kept as typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services import (
    plan_reading,
    plan_versions,
)
from cs_workbench.services.plan_reading import Node, PlanView
from cs_workbench.services.plans import Ref
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui import icons
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.plan_model import Line, Pending, PlanModel
from cs_workbench.ui.pages.account.plan_acts import PlanActs, Shown
from cs_workbench.ui.pages.account.plan_below import PlanBelow
from cs_workbench.ui.pages.account.plan_chooser import PlanChooser
from cs_workbench.ui.pages.account.plan_dates import bars
from cs_workbench.ui.pages.account.plan_draft import PlanDraft, Typed
from cs_workbench.ui.pages.account.plan_head import PlanHead
from cs_workbench.ui.pages.account.plan_pane import PlanPane
from cs_workbench.ui.pages.account.plan_review import PlanReview
from cs_workbench.ui.pages.account.tab import Tab, Verbs, scrolled
from cs_workbench.ui.widgets.gantt import Gantt
from cs_workbench.ui.widgets.menu import Menu
from cs_workbench.ui.widgets.plan_tree import PlanTree
from cs_workbench.ui.widgets.split import DetailSplit


class PlanTab(Tab):
    """Head, tree with risks and promises below, dates, versions; the fields of what is chosen beside it."""

    key: ClassVar[str] = "plan"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.shown: Shown | None = None
        self.plan_id: int | None = None
        self.choosing = False
        self.draft, self.acts = PlanDraft(desk, self), PlanActs(self)
        self.head, self.pane = PlanHead(), PlanPane()
        self.model = PlanModel(self)
        self.tree = PlanTree(self.model, refuse=self.acts.refusal)
        self.below, self.review = PlanBelow(), PlanReview()
        self.gantt, self.chooser = Gantt(), PlanChooser()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        steps = QWidget()
        column = QVBoxLayout(steps)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.tree, self.below):
            column.addWidget(part)
        column.addStretch(1)
        self.area: QScrollArea = scrolled(steps)
        self.tree.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        dates = scrolled(self.gantt)
        holder = QWidget()
        self.views = QStackedLayout(holder)
        self.pages = {"steps": self.area, "dates": dates, "versions": self.review}
        for page in self.pages.values():
            self.views.addWidget(page)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.head)
        inner.addWidget(holder, 1)
        self.split = DetailSplit(content, self.pane)
        blank = QWidget()
        self.stack = QStackedLayout(self)
        self.stack.setContentsMargins(0, 0, 0, 0)
        for view in (blank, self.split, self.chooser):
            self.stack.addWidget(view)

    def _connect(self) -> None:
        self.tree.written.connect(self.acts.on_written_line)
        self.tree.asked.connect(self.acts.do)
        self.tree.moved.connect(self._on_moved)
        self.tree.typing.connect(self._on_typing)
        self.tree.customContextMenuRequested.connect(self.open_menu)
        self.model.rowsInserted.connect(self._fit)
        self.model.rowsRemoved.connect(self._fit)
        self.head.asked.connect(self.acts.ask)
        self.head.viewed.connect(self.show_view)
        self.head.switched.connect(self.switch_plan)
        self.below.asked.connect(self._on_key)
        self.below.risk_edited.connect(self.acts.on_risk)
        self.below.risk_added.connect(self.acts.add_risk)
        self.below.risk_removed.connect(self.acts.on_risk_removed)
        self.below.ticked.connect(self.acts.on_promise)
        self.pane.edited.connect(self.acts.on_fields)
        self.pane.measured.connect(self.acts.on_measured)
        self.review.wanted.connect(self._on_wanted)
        self.review.asked.connect(lambda: self.acts.ask("review"))
        self.gantt.chosen.connect(self._on_bar)
        self.chooser.chosen.connect(self.acts.start)
        self.chooser.left.connect(self._leave_chooser)

    @property
    def view(self) -> PlanView | None:
        """The plan shown."""
        return self.shown.plans.view if self.shown is not None else None

    def read(self, workbench: Workbench, account_id: int, today: dt.date) -> Shown:
        """The account's plans and the one shown."""
        draft = self.draft.read(workbench, account_id)
        return Shown(plan_reading.account_plan(workbench.reads, account_id, today, self.plan_id), draft)

    def fill(self, data: Any) -> None:
        """Show it; the line chosen stays chosen and a field being typed in stays open."""
        first = self.shown is None
        self.shown = data
        view = self.view
        self.counted.emit(self.key, len(view.objectives) if view is not None else 0)
        if view is None or self.choosing:
            self.chooser.begin(others=view is not None)
            self.stack.setCurrentWidget(self.chooser)
            return
        self.plan_id = view.head.id
        self.stack.setCurrentWidget(self.split)
        self.head.show_plan(view, self.shown.plans.plans)
        here = self._chosen()
        self.model.fill(view.nodes)
        self._fit()
        self.below.show_plan(view)
        if not self.tree.is_typing():
            self.tree.choose(here)
        self.pane.show_node(view, view.node(self._chosen()) if self._chosen() else None)
        self._show_more(view)
        if first and data.draft is not None:
            self._resume(data.draft)

    def forget(self) -> None:
        """Nothing of the account before."""
        self.shown, self.plan_id, self.choosing = None, None, False
        self.model.pending.clear()
        self.model.fill(())
        self.counted.emit(self.key, 0)

    def retranslate(self) -> None:
        """Fixed words, and the plan again."""
        self.tree.setAccessibleName(_("Steps of the plan"))
        self.gantt.setAccessibleName(_("Dates of the plan"))
        for part in (self.head, self.below, self.review, self.chooser, self.pane):
            part.retranslate()
        if self.shown is not None:
            self.fill(self.shown)

    def verbs(self) -> Verbs:
        """Keys of the tree."""
        if self.view is None or self.choosing:
            return {}
        found: dict[str, Callable[[], object]] = {
            "new_row": self.tree.begin_inside, "next_row": lambda: self.tree.step(1),
            "previous_row": lambda: self.tree.step(-1), "details": self.split.toggle,
        }  # fmt: skip
        node = self.tree.chosen()
        if node is not None:
            found |= {
                "edit": self.tree.edit_title, "done": lambda: self.acts.do("done", node),
                "delete": lambda: self.acts.do("delete", node),
            }  # fmt: skip
        return found

    def first_focus(self) -> QWidget:
        """The tree, or the first template."""
        if self.view is None or self.choosing:
            return next(iter(self.chooser.buttons.values()), self.chooser)
        if self.tree.is_typing():
            return self.tree.editor() or self.tree
        return {"steps": self.tree, "dates": self.gantt, "versions": self.review.before}[self.shown_view]

    @property
    def shown_view(self) -> str:
        """steps, dates or versions."""
        page = self.views.currentWidget()
        return next(key for key, one in self.pages.items() if one is page)

    def leave(self) -> bool:
        """Keep what is being typed: a field loses the keyboard and is kept, the rest is a draft."""
        self.draft.flush()
        return True

    def show_view(self, key: str) -> None:
        """Steps, dates or versions."""
        self.views.setCurrentWidget(self.pages[key])
        if self.view is not None:
            self._show_more(self.view)

    def switch_plan(self, plan_id: int) -> None:
        """Another plan of the account."""
        self.plan_id = plan_id
        self.load()

    def open_menu(self, at: QPoint) -> QMenu:
        """The same verbs as the keys."""
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        node = self.tree.chosen()
        menu.addAction(icons.icon("plus"), _("Add"), self.tree.begin_inside)
        if node is not None:
            menu.addAction(icons.icon("pencil"), _("Edit"), self.tree.edit_title)
            for verb, icon, words in (
                ("done", "check", _("Done")), ("deeper", "arrow-right", _("Indent")),
                ("higher", "arrow-left", _("Outdent")), ("up", "arrow-up", _("Move up")),
                ("down", "arrow-down", _("Move down")),
            ):  # fmt: skip
                menu.addAction(icons.icon(icon), words, partial(self.acts.do, verb, node))
            menu.verb("details", partial(self.acts.do, "pane", node))
            menu.verb("delete", partial(self.acts.do, "delete", node))
        menu.popup(self.tree.viewport().mapToGlobal(at))
        return menu

    def _on_wanted(self, before: int, after: int) -> None:
        reads = self.desk.workbench.reads
        self.desk.tasks.run(
            lambda: plan_versions.changes(reads, before, after or None), done=self.review.show_marks,
            latest=(id(self), "redline"),
        )  # fmt: skip

    def _on_key(self, key: str) -> None:
        node = self.tree.chosen()
        self.tree.setFocus()
        if key == "add":
            self.tree.begin_inside()
        elif node is not None:
            self.acts.do(key, node)

    def _on_moved(self, line: Line | None) -> None:
        view = self.view
        if view is None or line is None:
            return
        self.pane.show_node(view, line if isinstance(line, Node) else None)
        box = self.tree.visualRect(self.tree.currentIndex())
        top = self.tree.y() + self.tree.horizontalHeader().height() + box.center().y()
        self.area.ensureVisible(0, top, 0, box.height() * 2)

    def _on_typing(self, line: Line, text: str) -> None:
        self.draft.note(self.account_id, line, text)

    def _on_bar(self, key: object) -> None:
        if isinstance(key, Ref):
            self.tree.choose(key)

    def _resume(self, draft: Typed) -> None:
        """Open the field that was being typed in when the window went away, with its words."""
        node = self.view.node(draft.node) if self.view is not None and draft.node is not None else None
        if draft.how == "edit" and node is not None:
            self.tree.choose(node.ref)
            self.tree.edit_title(draft.text)
        elif draft.how in {"after", "under"} and (node is not None or draft.node is None):
            level = (node.level if node is not None else 0) + (draft.how == "under")
            self.tree.begin(Pending(draft.how, draft.node, level), draft.text)

    def _show_more(self, view: PlanView) -> None:
        if self.shown_view == "dates":
            self.gantt.show_bars(bars(view), view.as_of, view.head.starts_on, view.head.ends_on)
        elif self.shown_view == "versions":
            self.review.show_plan(view)

    def _chosen(self) -> Ref | None:
        node = self.tree.chosen()
        return node.ref if node is not None else None

    def _leave_chooser(self) -> None:
        self.choosing = False
        self.refill()

    def refill(self) -> None:
        """Show again what was read last."""
        if self.shown is not None:
            self.fill(replace(self.shown, draft=None))

    def _fit(self) -> None:
        self.tree.setFixedHeight(self.tree.content_height())
