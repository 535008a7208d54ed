"""Every widget in every state on one board, light or dark: what a change of the look is compared with."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.focus import Ring
from cs_workbench.ui.rail_items import RailItem
from cs_workbench.ui.widgets.badge import Badge, Band
from cs_workbench.ui.widgets.button import Button, Kind
from cs_workbench.ui.widgets.chip import Chip, Tone
from cs_workbench.ui.widgets.fields import CheckBox, Choice, Field, LineEdit
from cs_workbench.ui.widgets.keycap import KeyCap
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.notice import Notice
from cs_workbench.ui.widgets.progress import ProgressLine
from cs_workbench.ui.widgets.rows import paint_row, paint_text
from cs_workbench.ui.widgets.segmented import Segmented
from cs_workbench.ui.widgets.sparkline import Sparkline
from cs_workbench.ui.widgets.tabs import TabBar, TabEntry
from cs_workbench.ui.widgets.threshold import ThresholdBar

FALL = (72.0, 74.0, 71.0, 68.0, 66.0, 64.0, 66.0, 61.0, 58.0)
SURFACES = ("window", "surface", "sunken", "raised", "hover", "pressed", "selected")


class Swatch(QWidget):
    """A patch of one colour with its name below."""

    def __init__(self, token: str, name: str, *, line: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token, self._name, self._line = token, name, line
        theme = themes.current()
        self.setFixedSize(theme.px(84), theme.px(64))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Patch and name."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0.5, 0.5, self.width() - 2, theme.px(40))
        painter.setPen(QPen(theme.colour("line.strong"), 1) if self._line else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._token))
        painter.drawRoundedRect(box, theme.px(6), theme.px(6))
        room = QRectF(0, theme.px(42), self.width(), theme.px(20))
        paint_text(painter, room, self._name, "small", "text.secondary")


class SampleRow(QWidget):
    """A table row as delegates paint it, in one state."""

    def __init__(
        self, words: tuple[str, str, str], state: QStyle.StateFlag, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words, self._state = words, state
        self.setFixedHeight(themes.current().row(40))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ground and words."""
        theme = themes.current()
        painter = QPainter(self)
        option = QStyleOptionViewItem()
        option.rect = self.rect()
        option.state = self._state
        paint_row(painter, option)
        strong = bool(self._state & QStyle.StateFlag.State_Selected)
        room = QRectF(self.rect()).adjusted(theme.px(16), 0, -theme.px(8), 0)
        paint_text(painter, room, self._words[0], "strong" if strong else "body")
        right = Qt.AlignmentFlag.AlignRight
        paint_text(painter, room.adjusted(0, 0, -theme.px(190), 0), self._words[1], "body", align=right)
        paint_text(painter, room, self._words[2], "body", "text.secondary", align=right)


class Gallery(QWidget):
    """The board. ``rings`` are put on after it is laid out, by ``show_focus``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._focused: list[QWidget] = []
        theme = themes.current()
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        grid.setHorizontalSpacing(theme.px(48))
        grid.setVerticalSpacing(theme.px(16))
        parts = (
            (self._surfaces(), self._series()),
            (self._buttons(), self._fields()),
            (self._health(), self._chips()),
            (self._rows(), self._floats()),
            (self._type(), self._motion()),
        )
        for n, (left, right) in enumerate(parts):
            grid.addWidget(left, n, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(right, n, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.resize(theme.px(1440), theme.px(900))

    def show_focus(self) -> None:
        """Put rings around the samples of focus."""
        for widget in self._focused:
            Ring(widget)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The surface."""
        QPainter(self).fillRect(event.rect(), themes.current().colour("bg.surface"))

    def _surfaces(self) -> QWidget:
        return _part("Surfaces", _line(*[Swatch(f"bg.{name}", name, line=True) for name in SURFACES]))

    def _series(self) -> QWidget:
        names = ("1 藍", "2 橙", "3 青磁", "4 藤", "5 煤竹", "6 墨")
        return _part(
            "Chart series, in order",
            _line(*[Swatch(f"chart.series.{n}", name, line=False) for n, name in enumerate(names)]),
        )

    def _buttons(self) -> QWidget:
        lines = [
            _line(*self._states("Save", "filled"), self._busy()),
            _line(*self._states("Cancel", "plain"), _delete()),
        ]
        small = [Button("Quiet", "quiet", icon="layers"), Button(icon="ellipsis", kind="quiet", name="More")]
        small += [
            Button("Small", small=True),
            Button("Small", "filled", small=True),
            Button("Text verb", "text", small=True),
        ]
        lines.append(_line(*small, KeyCap("Ctrl K"), KeyCap("Enter")))
        return _part("Buttons: rest, pressed, focus, disabled, busy", *lines)

    def _states(self, text: str, kind: Kind) -> list[Button]:
        states = [Button(text, kind) for _n in range(4)]
        states[1].setDown(True)
        states[3].setEnabled(False)
        self._focused.append(states[2])
        return states

    def _busy(self) -> Button:
        busy = Button("Saving", "filled")
        busy.set_busy(True)
        return busy

    def _fields(self) -> QWidget:
        rest = LineEdit("高橋 美咲", name="Name")
        wrong = LineEdit("2027/02/30", name="Date", icon="calendar")
        wrong.set_wrong(True)
        off = LineEdit("", name="Auto", placeholder="auto")
        off.setEnabled(False)
        boxes = [CheckBox("off"), CheckBox("on"), CheckBox("some"), CheckBox("disabled")]
        boxes[1].setChecked(True)
        boxes[2].setCheckState(Qt.CheckState.PartiallyChecked)
        boxes[3].setEnabled(False)
        choice = Choice(name="Tier")
        choice.addItems(["Tier B", "Tier A"])
        field = Field("2027/02/30", name="Date")
        field.refuse("The date does not exist.", "Use 28 Feb")
        return _part("Fields: rest, error, disabled", _line(rest, wrong, off), _line(*boxes, choice), field)

    def _health(self) -> QWidget:
        bands: tuple[tuple[Band, float | None, bool, bool], ...] = (
            ("green", 82, False, False), ("yellow", 58, False, False), ("red", 29, False, False),
            ("none", None, False, False), ("red", 61, True, False), ("yellow", 58, False, True),
        )  # fmt: skip
        badges = [Badge(band, score, override=hand, stale=old) for band, score, hand, old in bands]
        bars = [
            ThresholdBar(0.85, green=0.75, yellow=0.5, worst=0.0, best=1.0, name="0.85"),
            ThresholdBar(41, green=30, yellow=60, worst=90, best=0, name="41 d"),
        ]
        return _part(
            "Health: four states, override, stale",
            _line(*badges, Sparkline(FALL, "yellow", "falling"), *bars),
        )

    def _chips(self) -> QWidget:
        kinds: tuple[tuple[str, Tone, str, bool], ...] = (
            ("health < 60", "filter", "", True), ("Call", "plain", "phone", True), ("risk", "red", "tag", True),
            ("value", "green", "tag", False), ("All 148", "outline", "", False),
        )  # fmt: skip
        chips = [Chip(text, tone, icon=icon, removable=cross) for text, tone, icon, cross in kinds]
        focus = Chip("focus")
        self._focused.append(focus)
        entries = (
            TabEntry("overview", "Overview", "heart-pulse"),
            TabEntry("use", "Use", "activity"),
            TabEntry("people", "People", "users"),
            TabEntry("timeline", "Timeline", "history"),
        )
        tabs = TabBar(entries, name="Tabs")
        tabs.tabs["timeline"].set_number(148)
        choice = Segmented([("a", "System"), ("b", "Light"), ("c", "Dark")], name="Theme")
        return _part("Chips, choice and tabs", _line(*chips, focus), _line(choice), tabs)

    def _rows(self) -> QWidget:
        flag = QStyle.StateFlag
        states = (
            (("Meridian Foods Japan K.K.", "¥12.0M", "D−24"), flag.State_None),
            (("Hokushin Logistics", "¥5.0M", "D−66"), flag.State_MouseOver),
            (("アオバ精密工業株式会社", "¥6.5M", "D−37"), flag.State_Selected | flag.State_Active),
            (("Tidewater Marine Services", "¥9.6M", "D−157"), flag.State_Selected),
        )
        rows = [SampleRow(words, state) for words, state in states]
        return _part("Rows: rest, hover, selected, selected in an inactive window", *rows, spacing=0)

    def _floats(self) -> QWidget:
        bad, warn = Notice("left"), Notice("left")
        bad.say("Not saved: the disk is full", "Your text is kept as a draft.", ("Try again", "", _nothing))
        warn.say("3 of 9 inputs are older than 60 days", "", ("Refresh", "", _nothing), tone="yellow")
        return _part("Notices", bad, warn)

    def _type(self) -> QWidget:
        samples = (
            ("figure", "¥9.99M 1,234"), ("page", "アオバ精密工業 Accounts"), ("title", "席の利用率は7月に緑 Use fell"),
            ("body", "更新ステップ 4/8・3日遅れ Renewal step 4"),
        )  # fmt: skip
        lines = []
        for style, text in samples:
            size, height, _weight = themes.TYPE[style]
            name = Label(f"{style} {size}/{height}", "small", "text.secondary")
            name.setFixedWidth(themes.current().px(96))
            lines.append(_line(name, Label(text, style)))
        return _part("Type", *lines)

    def _motion(self) -> QWidget:
        ring = Button("2 px ring, 2 px away")
        self._focused.append(ring)
        here = RailItem("sun", "Today")
        here.set_here(True)
        here.setFixedWidth(themes.current().px(140))
        progress = ProgressLine()
        progress.show_progress(131_400, 212_000, "rows")
        return _part("Focus and motion", _line(ring, here), progress)


def _nothing() -> None:
    """Buttons of the board do nothing."""


def _delete() -> Button:
    return Button("Delete", "danger", icon="trash-2")


def _line(*widgets: QWidget) -> QLayout:
    row = QHBoxLayout()
    row.setSpacing(themes.current().px(12))
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _part(title: str, *rows: QWidget | QLayout, spacing: int = 12) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(themes.current().px(spacing))
    column.addWidget(Label(title, "title"))
    for row in rows:
        if isinstance(row, QLayout):
            column.addLayout(row)
        else:
            column.addWidget(row)
    return part


def main() -> int:
    """Show the board: ``python -m cs_workbench.ui.gallery``."""
    import sys

    from cs_workbench.ui.application import application

    app = application(sys.argv)
    wardrobe = themes.Wardrobe(app, "dark" if "dark" in sys.argv else "light")
    board = Gallery()
    board.setWindowIcon(icons.icon("layers", "accent.base", 32))
    board.show()
    board.show_focus()
    code = app.exec()
    wardrobe.deleteLater()
    return code


if __name__ == "__main__":
    raise SystemExit(main())
