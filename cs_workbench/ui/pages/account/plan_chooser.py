"""Where an account has no plan yet: templates by persona, or an empty one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import plan_templates
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.account.tab import emptied, scrolled
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.card import Card
from cs_workbench.ui.widgets.label import Label


class PlanChooser(QWidget):
    """``chosen`` carries a template's key, "" for an empty plan; ``left`` goes back to the plan there is."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.fact = Label("", "lead"), Label("", "body", "text.secondary", wrap=True)
        self.cards = QVBoxLayout()
        self.empty, self.back = Button(icon="plus"), Button("", "quiet")
        self.buttons: dict[str, Button] = {}
        theme = themes.current()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(24))
        column.setSpacing(theme.px(12))
        column.addWidget(self.title)
        column.addWidget(self.fact)
        self.cards.setSpacing(theme.px(12))
        column.addLayout(self.cards)
        row = QHBoxLayout()
        row.addWidget(self.empty)
        row.addWidget(self.back)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        inner.setMaximumWidth(theme.px(760))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inner))
        self.back.hide()
        self.empty.clicked.connect(lambda: self.chosen.emit(""))
        self.back.clicked.connect(self.left)

    def begin(self, *, others: bool) -> None:
        """Show it; with *others* one can go back to the plan there is."""
        self.back.setVisible(others)

    def retranslate(self) -> None:
        """The templates in the language of now."""
        self.title.setText(_("What does this customer want to reach?"))
        self.fact.setText(_("Start from a persona's plan and write their own words and figures into it."))
        self.empty.setText(_("Start empty"))
        self.back.setText(_("Back to the plan"))
        emptied(self.cards)
        self.buttons = {}
        for one in plan_templates.templates(i18n.language()):
            card = Card()
            row = QHBoxLayout()
            words = QVBoxLayout()
            words.addWidget(Label(one.title, "strong", wrap=True))
            counts = ngettext("{count} step", "{count} steps", one.steps).format(count=one.steps)
            words.addWidget(Label(f"{one.persona} · {counts}", "small", "text.secondary", wrap=True))
            words.addWidget(Label(_(", ").join(one.objectives), "body", "text.secondary", wrap=True))
            row.addLayout(words, 1)
            button = Button(_("Use this plan"), name=_("Use this plan: {title}").format(title=one.title))
            button.clicked.connect(lambda _checked=False, key=one.key: self.chosen.emit(key))
            row.addWidget(button)
            card.column.addLayout(row)
            self.cards.addWidget(card)
            self.buttons[one.key] = button
