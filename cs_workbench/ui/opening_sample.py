"""Taking lists into the sample: asked first, for what stands in the sample goes with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.sheet import Sheet


class SampleImportSheet(Sheet):
    """``own`` takes the lists into a portfolio of one's own, ``here`` into the sample all the same."""

    def __init__(self, window: QWidget, own: Callable[[], object], here: Callable[[], object]) -> None:
        super().__init__(window, _("This is the sample"), size=(560, 0))
        self._own, self._here = own, here
        self.words = Label(
            _("What is imported here stands between invented customers and goes when the sample is deleted."),
            wrap=True,
        )
        column = QVBoxLayout(self.body)
        edge = themes.current().px(24)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(self.words)
        self.here = Button(_("Into the sample"), "quiet")
        self.stay = Button(_("Cancel"))
        self.main = self.own = Button(_("Make my own portfolio"), "filled", icon="plus")
        self.foot.addWidget(self.here)
        self.foot.addStretch(1)
        self.foot.addWidget(self.stay)
        self.foot.addWidget(self.own)
        self.here.clicked.connect(lambda: self._answer(self._here))
        self.stay.clicked.connect(self.reject)
        self.own.clicked.connect(lambda: self._answer(self._own))

    def _answer(self, then: Callable[[], object]) -> None:
        self.accept()
        then()


def ask(window: QWidget, ground: QWidget, own: Callable[[], object], here: Callable[[], object]) -> None:
    """Ask over *window*; a question that is open already stays."""
    if not any(sheet.isVisible() for sheet in ground.findChildren(SampleImportSheet)):
        SampleImportSheet(window, own, here).unfold()
