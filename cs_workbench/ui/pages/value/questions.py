"""The small questions of the value page: a new benefit, a cost, where the workbook goes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.i18n import _
from cs_workbench.services import value_checks, value_models, value_words
from cs_workbench.ui.pages.value.acts import Acts
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.calm_choice import CalmChoice
from cs_workbench.ui.widgets.fields import Field
from cs_workbench.ui.widgets.file_dialog import ask_folder
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.question import AskPopover
from cs_workbench.ui.widgets.segmented import Segmented


class BenefitQuestion(AskPopover):
    """What gets better and how it is worked out. ``answered`` carries title, category and calculator ("": none)."""

    answered = Signal(str, str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Add benefit"), _("Add"), "plus", parent)
        self.name = Field(name=_("What gets better"), placeholder=_("What gets better"))
        kinds: list[tuple[object, str]] = [(key, _(text)) for key, text in value_words.CATEGORY.items()]
        self.kind = CalmChoice(name=_("Kind"), choices=kinds)
        self.kind.show_value("cost")
        ways: list[tuple[object, str]] = [(key, _(text)) for key, text in value_words.CALCULATOR.items()]
        self.way = CalmChoice(name=_("Worked out by"), choices=ways)
        self.way.show_value("")
        self.about = Label("", "small", "text.secondary", wrap=True)
        self._known = {one.key: one for one in value_models.calculators(i18n.language())}
        self.fields.addWidget(self.name)
        self.fields.addWidget(Label(_("Worked out by"), "small", "text.secondary"))
        self.fields.addWidget(self.way)
        self.fields.addWidget(self.about)
        self.fields.addWidget(self.kind)
        self.way.picked.connect(lambda key: self.choose(str(key)))
        self.choose("")
        self.setFocusProxy(self.name)

    def choose(self, key: str) -> None:
        """Show the formula of a calculator, its name to begin with, and what it gains."""
        self.way.show_value(key)
        found = self._known.get(key)
        own = _("Names, numbers, + − × ÷ and brackets, such as: hours × price")
        self.about.setText(own if found is None else found.formula.replace("*", "×"))
        self.name.edit.setPlaceholderText(_("What gets better") if found is None else found.title)
        if found is not None:
            self.kind.show_value(found.category)
        self.adjustSize()

    def answer(self) -> None:
        """A benefit has a name: the one typed, or the calculator's own."""
        way = str(self.way.currentData())
        text = self.name.edit.text()
        if way and not text.strip():
            text = self._known[way].title
        if why := Acts.refusal("line", "title", text):
            self.name.refuse(why)
            return
        self.close()
        self.answered.emit(text.strip(), str(self.kind.currentData()), way)


class CostQuestion(AskPopover):
    """``answered`` carries title, kind and the amounts as typed."""

    answered = Signal(str, str, str)

    def __init__(self, parent: QWidget, *, years: int) -> None:
        super().__init__(_("Add cost"), _("Add"), "plus", parent)
        self._years = years
        self.name = Field(name=_("Cost"), placeholder=_("What it is spent on"))
        kinds: list[tuple[object, str]] = [(key, _(text)) for key, text in value_words.COST_KIND.items()]
        self.kind = CalmChoice(name=_("Kind"), choices=kinds)
        self.kind.show_value("setup")
        self.amounts = Field(
            name=_("At the start, year 1, 2, …"), placeholder=_("At the start, year 1, 2, …: 500000 0 0")
        )
        for part in (self.name, self.kind, self.amounts):
            self.fields.addWidget(part)

    def answer(self) -> None:
        """Name and amounts must be possible."""
        wrong = False
        for field, key in ((self.name, "title"), (self.amounts, "amounts")):
            field.clear_problem()
            text = field.edit.text()
            if why := Acts.refusal("cost", key, text) or value_checks.years_refusal(key, text, self._years):
                field.refuse(why)
                wrong = True
        if not wrong:
            self.close()
            self.answered.emit(
                self.name.edit.text().strip(), str(self.kind.currentData()), self.amounts.edit.text()
            )


class ExportQuestion(AskPopover):
    """``answered`` carries edition, language and folder of the workbook."""

    writes = False
    answered = Signal(str, str, str)

    def __init__(self, folder: str, parent: QWidget) -> None:
        super().__init__(_("Export XLSX"), _("Export"), "upload", parent)
        self.edition = Segmented(
            [("customer", _("Customer")), ("internal", _("Internal"))], name=_("Edition")
        )
        self.edition.choose("customer")
        self.language = Segmented([("en", "English"), ("ja", "日本語")], name=_("Language"))
        self.language.choose(i18n.language())
        self.folder = Field(folder, name=_("Folder"))
        self.choose = Button(icon="folder-open", name=_("Choose a folder"))
        self.taken = {"edition": "customer", "language": i18n.language()}
        self.edition.chosen.connect(lambda key: self.taken.update(edition=key))
        self.language.chosen.connect(lambda key: self.taken.update(language=key))
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose)
        self.fields.addWidget(self.edition)
        self.fields.addWidget(self.language)
        self.fields.addLayout(row)
        about = _(
            "A workbook with live formulas: it recomputes when an input changes. The customer's has no notes."
        )
        self.fields.addWidget(Label(about, "small", "text.secondary", wrap=True))
        self.choose.clicked.connect(self.choose_folder)

    def choose_folder(self) -> None:
        """Ask for a folder."""
        path = ask_folder(self, _("Choose a folder"), self.folder.edit.text())
        if path:
            self.folder.edit.setText(path)

    def answer(self) -> None:
        """It needs a folder."""
        folder = self.folder.edit.text().strip()
        if not folder:
            self.folder.refuse(_("Choose a folder."))
            return
        self.close()
        self.answered.emit(self.taken["edition"], self.taken["language"], folder)
