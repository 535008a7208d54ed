"""Use: one chart a metric with what happened on it; each with its table twin."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.i18n import _
from cs_workbench.services import account_use
from cs_workbench.services.account_use import Line, Use
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.account.tab import Tab, Verbs, scrolled
from cs_workbench.ui.pages.account.timeline_words import month_words
from cs_workbench.ui.widgets.chart_frame import ChartFrame, prepare
from cs_workbench.ui.widgets.chip import Chip
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.flow import Flow
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.skeleton import Skeleton

_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FEATURES = "features"


class UseTab(Tab):
    """Chips choose the metrics shown; the first chart takes the whole width, the others half of it."""

    key: ClassVar[str] = "use"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.use: Use | None = None
        self.hidden: set[str] = set()
        self.frames: dict[str, ChartFrame] = {}
        self.chips: dict[str, Chip] = {}
        self.bar = Flow()
        self.source = Label("", "small", "text.secondary")
        self.content = QWidget()
        self.grid = QGridLayout(self.content)
        self.empty = EmptyState("activity", "", " ", lambda: desk.act("import_files"), act_icon="download")
        self._lay_out()

    def _lay_out(self) -> None:
        theme = themes.current()
        self.grid.setContentsMargins(theme.px(24), 0, theme.px(24), theme.px(16))
        self.grid.setSpacing(theme.px(16))
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1)
        top = QHBoxLayout()
        top.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        top.setSpacing(theme.px(16))
        top.addWidget(self.bar, 1)
        top.addWidget(self.source, 0, Qt.AlignmentFlag.AlignTop)
        self.shown = QWidget()
        column = QVBoxLayout(self.shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(scrolled(self.content), 1)
        self.stack = QStackedLayout(self)
        self.blank = QWidget()
        self.skeleton = Skeleton(96)
        waiting = QVBoxLayout(self.blank)
        waiting.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        waiting.addWidget(self.skeleton)
        self.skeleton.begin()
        for view in (self.blank, self.shown, self.empty):
            self.stack.addWidget(view)

    def read(self, workbench: Workbench, account_id: int, today: dt.date) -> Use:
        """Readings of 13 months; the drawing library is loaded on the way."""
        use = account_use.load(workbench.reads, account_id, today)
        if use.lines:
            prepare()
        return use

    def fill(self, data: Any) -> None:
        """A chip and a chart a metric."""
        self.use = data
        self.skeleton.end()
        self.stack.setCurrentWidget(self.shown if data.lines else self.empty)
        until = wording.date(data.until)
        self.source.setText(_("Newest reading {date}").format(date=until) if until else "")
        keys = [line.key for line in data.lines] + ([FEATURES] if data.features else [])
        self._make_chips(keys, data)
        for key in [key for key in self.frames if key not in keys]:
            frame = self.frames.pop(key)
            self.grid.removeWidget(frame)
            frame.hide()
            frame.deleteLater()
        self._arrange(keys)
        for line in data.lines:
            self._show_line(line, data)
        if data.features:
            self._show_features(data)

    def forget(self) -> None:
        """No chart of the account before."""
        self.use = None
        self.hidden = set()
        self.stack.setCurrentWidget(self.blank)
        self.skeleton.begin()

    def retranslate(self) -> None:
        """Fixed texts, titles and tables."""
        self.empty.say(_("No use was measured yet. Import usage to see it here."), _("Import files…"))
        for frame in self.frames.values():
            frame.retranslate()
        if self.use is not None:
            self.fill(self.use)

    def verbs(self) -> Verbs:
        """Copy the first chart's data."""
        first = self._first()
        return {} if first is None else {"copy_rows": first.copy_data}

    def first_focus(self) -> QWidget:
        """The first chart's table button."""
        first = self._first()
        return self if first is None else first.twin

    def toggle(self, key: str) -> None:
        """Show or hide one metric; the last one stays."""
        if self.use is None:
            return
        hidden = self.hidden ^ {key}
        if len(hidden) < len(self.chips):
            self.hidden = hidden
            self.fill(self.use)

    def _first(self) -> ChartFrame | None:
        return next((frame for key, frame in self.frames.items() if key not in self.hidden), None)

    def _make_chips(self, keys: list[str], use: Use) -> None:
        names = {line.key: account_use.name(line) for line in use.lines} | {FEATURES: _("Features")}
        for key in [key for key in self.chips if key not in keys]:
            chip = self.chips.pop(key)
            self.bar.flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for key in keys:
            if key not in self.chips:
                self.chips[key] = Chip("")
                self.bar.add(self.chips[key])
                self.chips[key].clicked.connect(lambda _checked=False, key=key: self.toggle(key))
            chip = self.chips[key]
            chip.tone = "outline" if key in self.hidden else "filter"
            chip.setText(names[key])
            chip.update()

    def _arrange(self, keys: list[str]) -> None:
        shown = [key for key in keys if key not in self.hidden]
        for key in keys:
            if key not in self.frames:
                self.frames[key] = ChartFrame(248)
                self.frames[key].copied.connect(self._on_copied)
            self.grid.removeWidget(self.frames[key])
        for key in keys:
            frame = self.frames[key]
            place = shown.index(key) if key in shown else -1
            if place == 0:
                self.grid.addWidget(frame, 0, 0, 1, 2)
            elif place > 0:
                self.grid.addWidget(frame, 1 + (place - 1) // 2, (place - 1) % 2, Qt.AlignmentFlag.AlignTop)
            else:
                self.grid.addWidget(frame, 99, 0)
            frame.place = max(place, 0)
            frame.setVisible(place >= 0)

    def _show_line(self, line: Line, use: Use) -> None:
        japanese = i18n.language() == "ja"
        labels = [f"{month.month}月" if japanese else _SHORT[month.month - 1] for month in use.months]
        data = account_use.chart(use, line, labels)
        span = f"{month_words(use.months[0])} – {wording.date(line.until)}"
        unit = f", {line.unit}" if line.unit else ""
        events = dict(use.events)
        seats = len(data.series) > 1
        columns = (
            _("Month"),
            account_use.name(line),
            *([_("seats contracted")] if seats else []),
            _("Events"),
        )
        rows = []
        for at, month in enumerate(use.months):
            figures = (line.values[at], use.seats[at]) if seats else (line.values[at],)
            cells = [month_words(month), *map(_cell, figures), events.get(at, "")]
            rows.append(tuple(cells))
        about = _("By month, {span}{unit}").format(span=span, unit=unit)
        if line.so_far is not None:
            so_far = _("this month so far {n}").format(n=account_use.number(line.so_far))
            about = f"{about} · {so_far}"
        self.frames[line.key].show_chart(data, account_use.message(line), about, columns, rows)

    def _show_features(self, use: Use) -> None:
        data = account_use.feature_chart(use)
        rows = [(one.name, _cell(one.now)) for one in use.features]
        about = _("Uses per feature in the newest month, top {n} shown").format(n=len(data.categories))
        self.frames[FEATURES].show_chart(
            data, account_use.feature_message(use), about, (_("Feature"), _("uses")), rows
        )

    def _on_copied(self, what: str) -> None:
        self.desk.tell(_("Picture copied") if what == "picture" else _("Data copied"))


def _cell(value: float | None) -> str:
    return "–" if value is None else account_use.number(value)
