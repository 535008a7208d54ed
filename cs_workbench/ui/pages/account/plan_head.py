"""The head of the Plan tab: the purpose in the customer's words, who stands behind it, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services import plan_words
from cs_workbench.services.plan_reading import PlanRow, PlanView
from cs_workbench.services.signal_words import short
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import Choice
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.menu import Menu
from cs_workbench.ui.widgets.segmented import Segmented

VIEWS = ("steps", "dates", "versions")


class PlanHead(QWidget):
    """``asked``: review, sheet, plan, new, delete. ``viewed``: steps, dates, versions. ``switched``: a plan's id."""

    asked = Signal(str)
    viewed = Signal(str)
    switched = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.purpose, self.fact = (
            Label("", "reading_strong", wrap=True),
            Label("", "small", "text.secondary", elide=True),
        )
        self.choice = Choice(name="")
        self.views = Segmented([(key, key) for key in VIEWS], name="")
        self.review, self.sheet = Button(icon="history"), Button(icon="upload")
        self.more = Button(icon="ellipsis")
        theme = themes.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(12))
        column.setSpacing(theme.px(6))
        first = QHBoxLayout()
        first.setSpacing(theme.px(8))
        self.purpose.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        first.addWidget(self.purpose, 1)
        for part in (self.review, self.sheet, self.more):
            first.addWidget(part)
        column.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(theme.px(12))
        second.addWidget(self.fact, 1)
        second.addWidget(self.choice)
        second.addWidget(self.views)
        column.addLayout(second)
        self.choice.hide()
        self.review.clicked.connect(lambda: self.asked.emit("review"))
        self.sheet.clicked.connect(lambda: self.asked.emit("sheet"))
        self.more.clicked.connect(self.open_menu)
        self.views.chosen.connect(self.viewed)
        self.choice.activated.connect(lambda _n: self.switched.emit(int(self.choice.currentData())))

    def show_plan(self, view: PlanView, plans: Sequence[PlanRow]) -> None:
        """The plan shown, and the others to choose from."""
        head = view.head
        said = _("“{words}”").format(words=head.purpose) if head.purpose else head.name
        self.purpose.setText(said)
        self.fact.setText(_(" · ").join(part for part in self._facts(view) if part))
        self.choice.clear()
        for one in plans:
            self.choice.addItem(f"{one.name[:40]} · {_(plan_words.PLAN_STATUSES[one.status])}", one.id)
        self.choice.setCurrentIndex(max(0, self.choice.findData(head.id)))
        self.choice.setVisible(len(plans) > 1)

    def retranslate(self) -> None:
        """Words of buttons and views."""
        self.review.setText(_("Review"))
        self.review.setToolTip(_("Keep this state as a dated version"))
        self.sheet.setText(_("Sheet"))
        self.sheet.setToolTip(_("Make the customer's sheet"))
        self.more.set_name(_("More"))
        self.choice.setAccessibleName(_("Plan shown"))
        self.views.setAccessibleName(_("View of the plan"))
        words = {"steps": _("Steps"), "dates": _("Dates"), "versions": _("Versions")}
        self.views.retitle(words)

    def open_menu(self) -> QMenu:
        """Verbs of the plan itself."""
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for verb, icon, words in (
            ("plan", "pencil", _("Edit plan")), ("new", "plus", _("New plan")),
            ("delete", "trash-2", _("Delete plan")),
        ):  # fmt: skip
            menu.addAction(icons.icon(icon), words, partial(self.asked.emit, verb))
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))
        return menu

    @staticmethod
    def _facts(view: PlanView) -> list[str]:
        head = view.head
        ours = _("{name} (ours)").format(name=head.sponsor_ours) if head.sponsor_ours else ""
        sponsors = _(", ").join(one for one in (head.sponsor_theirs, ours) if one)
        version = ""
        if view.versions:
            last = view.versions[0]
            version = _("version {number}, reviewed {date}").format(
                number=last.number, date=short(last.made_on)
            )
        return [
            head.name if head.purpose else "",
            plan_words.period(head.starts_on, head.ends_on),
            _("sponsors {names}").format(names=sponsors) if sponsors else _("no sponsor named"),
            version,
            "" if head.status == "active" else _(plan_words.PLAN_STATUSES[head.status]),
        ]
