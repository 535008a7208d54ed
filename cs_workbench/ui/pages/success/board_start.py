"""No persona yet: one sentence, the personas that come with the program, and one's own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services.persona_templates import Template
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.card import Card
from cs_workbench.ui.widgets.label import Label


class PersonaStart(QScrollArea):
    """``started`` carries the key of the persona to begin with, "" for one of one's own."""

    started = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.sentence = Label("", "lead", "text.secondary", wrap=True)
        self.own = Button(icon="plus")
        self.buttons: list[Button] = []
        self.cards: list[Card] = []
        inner = QWidget()
        inner.setAutoFillBackground(False)
        inner.setMaximumWidth(theme.px(720))
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, theme.px(24), 0, theme.px(24))
        self._column.setSpacing(theme.px(12))
        self._column.addWidget(self.sentence)
        self._column.addWidget(self.own, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(theme.px(24), 0, theme.px(24), 0)
        row.addStretch(1)
        row.addWidget(inner, 20)
        row.addStretch(1)
        self.setWidget(holder)
        holder.setAutoFillBackground(False)
        self.own.clicked.connect(lambda: self.started.emit(""))

    def offer(self, templates: tuple[Template, ...]) -> None:
        """Offer the personas, a card each, in the language of now."""
        self.sentence.setText(
            _(
                "No persona yet. A persona is a kind of customer with one definition of success; its map leads there."
            )
        )
        self.own.setText(_("Own persona"))
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards, self.buttons = [], []
        for place, one in enumerate(templates):
            card = self._card(one)
            self._column.insertWidget(1 + place, card)
            self.cards.append(card)
        before: QWidget = self
        for button in (*self.buttons, self.own):
            QWidget.setTabOrder(before, button)
            before = button

    def _card(self, template: Template) -> Card:
        card = Card(padding=12)
        button = Button(_("Start with it"), name=_("Start with {persona}").format(persona=template.name))
        button.clicked.connect(lambda _checked=False, key=template.key: self.started.emit(key))
        self.buttons.append(button)
        words = QVBoxLayout()
        words.setSpacing(themes.current().px(2))
        words.addWidget(Label(template.name, "strong"))
        words.addWidget(Label(template.definition, "body", wrap=True))
        words.addWidget(Label(" → ".join(template.steps), "small", "text.secondary", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(themes.current().px(16))
        row.addLayout(words, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        card.column.addLayout(row)
        return card
