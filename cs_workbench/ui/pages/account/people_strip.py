"""Above the people: required roles with who fills them, what is wanting with the task that mends it, doubles."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.domain.stakeholders import Coverage
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import people_words
from cs_workbench.services.stakeholders import Double, Finding, StakeholderMap
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.account.tab import emptied
from cs_workbench.ui.style import keyed, paint_ring
from cs_workbench.ui.widgets.badge import Band, paint_shape
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.flow import FlowLayout
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.rows import paint_text
from cs_workbench.ui.widgets.tab_order import lay_tab_order
from cs_workbench.ui.widgets.tips import plain

LINES = 3
_STATES: dict[str | None, tuple[Band, str]] = {
    None: ("green", mark("in touch")), "role_not_met": ("yellow", mark("not in touch")),
    "role_missing": ("red", mark("nobody")),
}  # fmt: skip
_REASONS = {
    "mail": mark("{one} and {other} have the same mail address. One person?"),
    "name": mark("{one} and {other} have the same name. One person?"),
    "alike": mark("{one} and {other} have similar names. One person?"),
}


class RoleCover(QAbstractButton):
    """A required role: shape, name, who has it. A click chooses them."""

    def __init__(self, cover: Coverage, shown: StakeholderMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cover = cover
        self.role = shown.labels.of("role", cover.role)
        self.band, state = _STATES[cover.gap]
        first = [_named(cover, one, shown) for one in (cover.met or cover.people)[:1]]
        more = len(cover.people) - 1
        self.who = (first[0] + (f" +{more}" if more > 0 else "")) if first else _("nobody")
        self.setAccessibleName(f"{self.role}: {self.who}, {_(state)}")
        everybody = [_named(cover, one, shown) for one in dict.fromkeys((*cover.met, *cover.people))]
        self.setToolTip(plain(_(", ").join(everybody)) if more > 0 else "")
        self.setAccessibleDescription(_(", ").join(everybody) if more > 0 else "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if cover.people else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Shape, role, name."""
        theme = themes.current()
        role = QFontMetrics(theme.font("small_strong")).horizontalAdvance(self.role)
        who = min(QFontMetrics(theme.font("small")).horizontalAdvance(self.who), theme.px(180))
        return QSize(theme.px(8 + 10 + 6 + 6 + 10) + role + who, theme.row(28, "small"))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """On a quiet ground; red for nobody."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("bg.hover" if self.band == "green" else f"health.{self.band}.soft"))
        box = QRectF(self.rect())
        painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        side = theme.px(10)
        paint_shape(painter, self.band, QRectF(theme.px(8), (box.height() - side) / 2, side, side))
        room = QRectF(theme.px(24), 0, box.width() - theme.px(30), box.height())
        wide = paint_text(painter, room, self.role, "small_strong", f"health.{self.band}.text")
        room.setLeft(room.left() + wide + theme.px(6))
        paint_text(painter, room, self.who, "small", "text.primary")
        if keyed(self):
            paint_ring(painter, box, 4)


def _named(cover: Coverage, person: int, shown: StakeholderMap) -> str:
    """Who has the role; by which other one, where it is not their own."""
    name, other = shown.name(person), people_words.stands_for(cover.role, person, shown)
    return (
        _("{person} ({what})").format(person=name, what=_("as {role}").format(role=other)) if other else name
    )


class PeopleStrip(QWidget):
    """``wanted`` (finding) asks for its task, ``merged`` and ``parted`` (double) settle a pair, ``chosen`` a person;
    ``required`` asks which roles the tier needs.
    """

    wanted = Signal(object)
    merged = Signal(object)
    parted = Signal(object)
    chosen = Signal(int)
    required = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: StakeholderMap | None = None
        self.all = False
        self.acts: list[Button] = []
        theme = themes.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(4), theme.px(24), theme.px(8))
        column.setSpacing(theme.px(6))
        self.roles = QWidget()
        self.flow = FlowLayout(self.roles, spacing=8)
        self.rule = Button("", "quiet")
        holder = QWidget()
        self.lines = QVBoxLayout(holder)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(0)
        column.addWidget(self.roles)
        column.addWidget(holder)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_map(self, shown: StakeholderMap) -> None:
        """Coverage, gaps and doubles of now; the keyboard stays on the button it was on."""
        at = next((n for n, one in enumerate(self.acts) if one.hasFocus()), -1)
        self.shown = shown
        while (entry := self.flow.takeAt(0)) is not None:
            widget = entry.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for cover in shown.coverage:
            chip = RoleCover(cover, shown)
            if cover.people:
                chip.clicked.connect(partial(self.chosen.emit, (cover.met or cover.people)[0]))
            self.flow.addWidget(chip)
        self.rule = Button(
            "", "quiet", icon="sliders-horizontal", small=True, name=_("Required roles of this tier")
        )
        self.rule.setToolTip(_("Required roles of this tier"))
        self.rule.clicked.connect(self.required)
        self.flow.addWidget(self.rule)
        self.rule.setVisible(shown.tier is not None)
        self._fill_lines(shown)
        self._fit()
        lay_tab_order(self)
        if at >= 0 and self.acts:
            self.acts[min(at, len(self.acts) - 1)].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Other widths, other lines of roles."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the roles need at this width: a box in a fixed column does not ask by itself."""
        room = self.width() - 2 * themes.current().px(24)
        self.roles.setFixedHeight(max(self.flow.heightForWidth(room), 1))

    def _fill_lines(self, shown: StakeholderMap) -> None:
        emptied(self.lines)
        self.acts = []
        rows: list[Finding | Double] = [
            *(one for one in shown.findings if one.gap != "unknown"),
            *shown.doubles,
        ]
        for one in rows if self.all else rows[:LINES]:
            self.lines.addWidget(
                self._gap(one, shown) if isinstance(one, Finding) else self._double(one, shown)
            )
        hidden = len(rows) - LINES
        if hidden > 0:
            words = ngettext("Show {n} more", "Show {n} more", hidden).format(n=hidden)
            more = Button(_("Show fewer") if self.all else words, "text", small=True)
            more.clicked.connect(self._turn)
            self.lines.addWidget(more)

    def _gap(self, one: Finding, shown: StakeholderMap) -> QWidget:
        words, action = people_words.gap(one, shown), people_words.action(one, shown)
        line = _Line("red" if one.gap in {"nobody", "role_missing"} else "yellow", words)
        if action in shown.asked:
            line.row.addWidget(Label(_("on the task list"), "small", "text.secondary"))
            line.row.addWidget(Label(action, "small", "text.secondary", elide=True))
        else:
            act = Button(action, "text", icon="plus", small=True,
                         name=_("Add task: {title}").format(title=action))  # fmt: skip
            act.clicked.connect(partial(self.wanted.emit, one))
            self.acts.append(act)
            line.row.addWidget(act)
        line.row.addStretch(1)
        return line

    def _double(self, one: Double, shown: StakeholderMap) -> QWidget:
        keep, gone = shown.name(one.keep), shown.name(one.gone)
        line = _Line("none", _(_REASONS[one.reason]).format(one=keep, other=gone))
        for words, signal in ((_("Merge"), self.merged), (_("Two people"), self.parted)):
            act = Button(words, "text", small=True, name=f"{words}: {keep}, {gone}")
            act.clicked.connect(partial(signal.emit, one))
            self.acts.append(act)
            line.row.addWidget(act)
        line.row.addStretch(1)
        return line

    def _turn(self) -> None:
        self.all = not self.all
        if self.shown is not None:
            self.show_map(self.shown)


class _Line(QWidget):
    """A shape and a sentence; verbs follow in ``row``."""

    def __init__(self, band: Band, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.band = band
        theme = themes.current()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.px(24), 0, 0, 0)
        self.row.setSpacing(theme.px(8))
        self.row.addWidget(Label(words, "body", elide=True))
        self.setMinimumHeight(theme.row(28))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The shape."""
        side = themes.current().px(10)
        box = QRectF(themes.current().px(8), (self.height() - side) / 2, side, side)
        paint_shape(QPainter(self), self.band, box)
