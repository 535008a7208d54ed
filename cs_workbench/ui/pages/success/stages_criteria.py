"""The criteria of one stage: from where it is entered and when, when it is left, and how long is usual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.domain.lifecycle import ASKS_NUMBER, Criterion, StageRule
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.services import lifecycle_rules
from cs_workbench.services import lifecycle_words as words
from cs_workbench.ui import reading_only
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import CheckBox, Choice, Field
from cs_workbench.ui.widgets.flow import Flow
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.scrolled import scrolled
from cs_workbench.ui.widgets.sheet import Sheet

_ELLIPSIS = "…"


class CriterionRow(QWidget):
    """A kind, its number where it asks for one, and a cross that takes the row away."""

    removed = Signal(object)

    def __init__(self, one: Criterion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = Choice(name=_("Criterion"))
        for key in lifecycle_rules.KINDS:
            self.kind.addItem(_(words.CRITERIA[key]).format(n=_ELLIPSIS), key)
        self.kind.setCurrentIndex(lifecycle_rules.KINDS.index(one.kind))
        self.number = Field("" if one.value is None else f"{one.value:g}", name=_("Number"))
        self.number.edit.setFixedWidth(themes.current().px(72))
        self.cross = Button(kind="quiet", icon="x", name=_("Remove criterion"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.current().px(8))
        for part in (self.kind, self.number):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.cross)
        self.kind.currentIndexChanged.connect(lambda _n: self._say())
        self.number.edit.textEdited.connect(lambda _text: self.number.clear_problem())
        self.cross.clicked.connect(lambda: self.removed.emit(self))
        self._say()

    def criterion(self) -> Criterion | None:
        """What it says; None, and the reason at the field, where the number cannot be."""
        kind = lifecycle_rules.KINDS[max(self.kind.currentIndex(), 0)]
        try:
            value = float(self.number.edit.text().replace(",", ".")) if kind in ASKS_NUMBER else None
            return lifecycle_rules.checked(Criterion(kind, value))
        except ValueError:
            self.number.refuse(_("A number is wanted."))
        except InvalidValue as error:
            self.number.refuse(error.message)
        self.number.setFocus()
        return None

    def _say(self) -> None:
        self.number.setVisible(lifecycle_rules.KINDS[max(self.kind.currentIndex(), 0)] in ASKS_NUMBER)


class CriteriaList(QWidget):
    """Rows, and a button that adds one."""

    def __init__(self, title: str, criteria: Sequence[Criterion], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[CriterionRow] = []
        self.add = Button(_("Add criterion"), "text", icon="plus", small=True, name=_("Add criterion: {list}").format(
            list=title))  # fmt: skip
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(themes.current().px(8))
        self._column.addWidget(Label(title, "small_strong"))
        self._column.addWidget(self.add)
        for one in criteria:
            self.put(one)
        self.add.clicked.connect(self._on_add)

    def put(self, one: Criterion) -> CriterionRow:
        """A row before the button."""
        row = CriterionRow(one)
        self.rows.append(row)
        self._column.insertWidget(self._column.indexOf(self.add), row)
        row.removed.connect(self._take)
        return row

    def _on_add(self) -> None:
        self.put(Criterion("score_at_least", 70)).kind.setFocus()

    def criteria(self) -> tuple[Criterion, ...] | None:
        """All rows; None where one of them is wrong."""
        found = [row.criterion() for row in self.rows]
        return None if None in found else tuple(one for one in found if one is not None)

    def _take(self, row: CriterionRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.add.setFocus()


class CriteriaSheet(Sheet):
    """``kept`` carries the StageRule, ``reset`` the stage's key."""

    kept = Signal(object)
    reset = Signal(str)

    def __init__(self, window: QWidget, rule: StageRule, labels: Mapping[str, str], *, own: bool) -> None:
        super().__init__(window, _("Stage criteria"), labels.get(rule.key, rule.key), size=(640, 620))
        self._rule = rule
        self.comes = {
            key: CheckBox(labels.get(key, "") or _("No stage"))
            for key in ("", *(one for one in labels if one != rule.key))
        }
        for key, box in self.comes.items():
            box.setChecked(key in rule.comes_from)
        self.enter = CriteriaList(_("Entered when all of this holds"), rule.enter)
        self.leave = CriteriaList(_("Left when all of this holds"), rule.leave)
        self.usual = Field(f"{rule.usual_days or ''}", name=_("Usual days"), placeholder=_("none"))
        self.usual.edit.setFixedWidth(themes.current().px(96))
        self.back = Button(_("Back to the default"), "quiet", icon="rotate-ccw")
        self.keep = Button(_("Keep criteria"), "filled", icon="check", keys="Ctrl ↵")
        self.main = self.keep
        self._lay_out_body()
        self.back.setVisible(own)
        self.back.clicked.connect(self._on_back)
        self.keep.clicked.connect(self.answer)

    def _lay_out_body(self) -> None:
        theme = themes.current()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(*[theme.px(24)] * 4)
        column.setSpacing(theme.px(12))
        told = _(
            "A stage change is proposed when its criteria hold; you confirm it. Nothing changes by itself."
        )
        column.addWidget(Label(told, "body", "text.secondary", wrap=True))
        column.addWidget(Label(_("Comes from"), "small_strong"))
        boxes = Flow()
        for box in self.comes.values():
            boxes.add(box)
        column.addWidget(boxes)
        column.addWidget(self.enter)
        column.addWidget(self.leave)
        column.addWidget(Label(_("Stuck after so many days"), "small_strong"))
        column.addWidget(self.usual)
        column.addStretch(1)
        outer = QVBoxLayout(self.body)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inner))
        self.foot.addWidget(self.back)
        self.foot.addStretch(1)
        self.foot.addWidget(self.keep)

    def answer(self) -> None:
        """Keep it, where every number can be."""
        enter, leave = self.enter.criteria(), self.leave.criteria()
        text = self.usual.edit.text().strip()
        usual = int(text) if text.isdecimal() else None
        if text and (usual is None or not 1 <= usual <= lifecycle_rules.LONGEST):
            self.usual.refuse(_("1 to {most} days").format(most=lifecycle_rules.LONGEST))
            self.usual.setFocus()
        elif enter is not None and leave is not None and not reading_only.refused(self):
            comes = tuple(key for key, box in self.comes.items() if box.isChecked())
            self.kept.emit(StageRule(self._rule.key, comes, enter, leave, usual, self._rule.outside))
            self.accept()

    def _on_back(self) -> None:
        self.reset.emit(self._rule.key)
        self.accept()
