"""No ledger yet: one sentence, Start one, and the models to begin with."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.i18n import _
from cs_workbench.services import value_models
from cs_workbench.services.value_models import Model
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label


class StartLedger(QWidget):
    """``started`` carries the key of the model to begin with ("" for none); ``guide_wanted`` asks for the guide."""

    started = Signal(str)
    guide_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.sentence = Label("", "lead", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setFixedWidth(theme.px(480))
        self.button = Button(kind="filled", icon="plus", keys="N")
        self.or_model = Label("", "small", "text.secondary")
        self.guide = Button(kind="quiet", icon="route")
        self.models: list[Button] = []
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme.px(12))
        self._column.addStretch(2)
        for part in (self.sentence, self.button, self.guide, self.or_model):
            self._column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(3)
        self.button.clicked.connect(lambda: self.started.emit(""))
        self.guide.clicked.connect(self.guide_wanted)

    def retranslate(self) -> None:
        """Fixed texts."""
        self.sentence.setText(
            _("No value ledger yet. It keeps what the customer gained, line by line, with its proof.")
        )
        self.button.setText(_("Start one"))
        self.guide.setText(_("No ROI? Find the business figure…"))
        self.or_model.setText(_("or begin with a model"))

    def offer(self, models: tuple[Model, ...]) -> None:
        """Offer the models, a button each."""
        for button in self.models:
            button.hide()
            button.deleteLater()
        self.models = []
        at = self._column.indexOf(self.or_model) + 1
        for n, model in enumerate(models):
            button = Button(model.title, icon="layers")
            self._column.insertWidget(at + n, button, 0, Qt.AlignmentFlag.AlignHCenter)
            button.clicked.connect(lambda _checked=False, key=model.key: self.started.emit(key))
            self.models.append(button)


def offered() -> tuple[Model, ...]:
    """The models in the language of now; reads a file."""
    return value_models.models(i18n.language())
