"""The dialog that makes a portfolio: name and place, language, currency, time zone, perhaps a passphrase."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench import i18n, paths
from cs_workbench.domain.passphrase import strength
from cs_workbench.errors import UserError
from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import CheckBox, Choice, Field, LineEdit
from cs_workbench.ui.widgets.file_dialog import ask_folder
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.segmented import Segmented
from cs_workbench.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from cs_workbench.ui.desk import Desk

LANGUAGES = (("ja", "日本語"), ("en", "English"))
CURRENCIES = (
    "JPY",
    "USD",
    "EUR",
    "GBP",
    "CNY",
    "KRW",
    "SGD",
    "TWD",
    "HKD",
    "AUD",
    "CAD",
    "CHF",
    "INR",
    "THB",
)
_FORBIDDEN = '<>:"/\\|?*'


class NewPortfolio(Sheet):
    """Makes the file on the pool and opens it; a refusal stands at the field it is about."""

    def __init__(self, desk: Desk, folder: str, window: QWidget) -> None:
        super().__init__(window, _("New portfolio"), size=(600, 0))
        self._desk = desk
        self._folder = folder
        self.name = Field(name=_("Name"), placeholder=_("Customers {year}").format(year=desk.today().year))
        self.place = Label("", "small", "text.secondary", elide=True)
        self.elsewhere = Button(_("Choose a folder"), small=True)
        self.language = Segmented(LANGUAGES, name=_("Language of documents"), taken=i18n.language())
        self.currency = Choice(name=_("Currency"))
        self.zone = Choice(name=_("Time zone"))
        self.encrypt = CheckBox(_("Protect with a passphrase"))
        self.passphrase = Field(name=_("Passphrase"))
        self.strength = Label("", "small", "text.secondary")
        self.again = Field(name=_("Passphrase again"))
        self.warning = Label(
            _("Whoever forgets the passphrase cannot get at the data, not even through a backup."),
            "small",
            "text.secondary",
            wrap=True,
        )
        self.cancel = Button(_("Cancel"))
        self.make = Button(_("Make portfolio"), "filled", keys="Ctrl ↵")
        self.main = self.make
        self._fill()
        self._lay_out_form()
        self._connect()
        self._on_encrypt()
        self._show_place()

    def _fill(self) -> None:
        from cs_workbench.services import portfolios

        spoken = i18n.language()
        for code in CURRENCIES:
            self.currency.addItem(code, code)
        self.currency.setCurrentIndex(self.currency.findData(portfolios.usual_currency(spoken)))
        here = portfolios.local_zone()
        for zone in sorted({here, *(one for one in available_timezones() if "/" in one)}):
            self.zone.addItem(zone, zone)
        self.zone.setCurrentIndex(self.zone.findData(here))
        for secret in (self.passphrase, self.again):
            secret.edit.setEchoMode(LineEdit.EchoMode.Password)

    def _lay_out_form(self) -> None:
        theme = themes.current()
        form = QGridLayout(self.body)
        form.setContentsMargins(*[theme.px(24)] * 4)
        form.setHorizontalSpacing(theme.px(16))
        form.setVerticalSpacing(theme.px(12))
        form.setColumnStretch(1, 1)
        where = QHBoxLayout()
        where.addWidget(self.place, 1)
        where.addWidget(self.elsewhere)
        word = Label(_("Name"))
        word.setMinimumHeight(theme.row(32))  # level with its field, also while a refusal stands below it
        form.addWidget(word, 0, 0, Qt.AlignmentFlag.AlignTop)
        form.addWidget(self.name, 0, 1)
        form.addLayout(where, 1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("Language of documents"), self.language),
            (_("Currency"), self.currency),
            (_("Time zone"), self.zone),
        )
        for number, (told, field) in enumerate(rows, start=2):
            form.addWidget(Label(told), number, 0)
            form.addWidget(field, number, 1, Qt.AlignmentFlag.AlignLeft)
        form.addWidget(self.encrypt, 5, 1)
        self.secret = self._secret_block()
        form.addWidget(self.secret, 6, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.make)

    def _secret_block(self) -> QWidget:
        block = QWidget()
        secret = QVBoxLayout(block)
        secret.setContentsMargins(0, 0, 0, 0)
        secret.setSpacing(themes.current().px(8))
        for word, part in ((_("Passphrase"), self.passphrase), ("", self.strength), (_("Again"), self.again)):
            if word:
                secret.addWidget(Label(word, "small", "text.secondary"))
            secret.addWidget(part)
        secret.addWidget(self.warning)
        return block

    def _connect(self) -> None:
        self.name.edit.textChanged.connect(self._show_place)
        self.elsewhere.clicked.connect(self._choose_folder)
        self.language.chosen.connect(self._on_language)
        self.encrypt.toggled.connect(self._on_encrypt)
        self.passphrase.edit.textChanged.connect(self._on_passphrase)
        self.again.edit.textChanged.connect(lambda _text: self.again.clear_problem())
        self.cancel.clicked.connect(self.reject)
        self.make.clicked.connect(self.make_it)

    def path(self) -> str:
        """Where the portfolio will lie; "" while there is no name."""
        name = self.name.edit.text().strip().removesuffix(paths.PORTFOLIO_SUFFIX)
        return os.path.join(self._folder, name + paths.PORTFOLIO_SUFFIX) if name else ""

    def make_it(self) -> None:
        """Make the portfolio and open it, if everything asked for is there."""
        key = self._accepted_key()
        if not self._accepted_name() or key is None:
            return
        from cs_workbench.services import portfolios

        path, now = self.path(), self._desk.now()
        language, currency = self.language.taken, str(self.currency.currentData())
        zone = str(self.zone.currentData())
        self.make.set_busy(True)
        self.make.setEnabled(False)
        self._desk.tasks.run(
            lambda: portfolios.create(
                path, now=now, language=language, time_zone=zone, currency=currency, key=key or None
            ).close(),
            done=self._on_made,
            failed=self._on_failed,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter in a field makes it too; Esc closes."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (focused if isinstance(focused, Button) else self.make).click()
        super().keyPressEvent(event)

    def _accepted_name(self) -> bool:
        name = self.name.edit.text().strip()
        if not name:
            self._refuse(self.name, _("A name is missing."))
        elif any(letter in _FORBIDDEN or ord(letter) < 32 for letter in name) or name.startswith("."):
            self._refuse(self.name, _("A file name cannot contain {letters}.").format(letters=_FORBIDDEN))
        elif len(os.path.basename(self.path()).encode()) > 200:
            self._refuse(self.name, _("This name is too long for a file."))
        elif os.path.lexists(self.path()):
            self._refuse(self.name, _("A portfolio of this name is there already."))
        else:
            return True
        return False

    def _accepted_key(self) -> str | None:
        """The passphrase, "" for none wanted, None where it was refused."""
        if not self.encrypt.isChecked():
            return ""
        typed = self.passphrase.edit.text()
        if not typed:
            self._refuse(self.passphrase, _("A passphrase is missing."))
        elif typed != self.again.edit.text():
            self._refuse(self.again, _("The two do not agree."))
        else:
            return typed
        return None

    def _refuse(self, field: Field, sentence: str) -> None:
        field.refuse(sentence)
        field.edit.setFocus()

    def _show_place(self) -> None:
        self.name.clear_problem()
        self.place.setText(_("In {folder}").format(folder=self._folder))

    def _choose_folder(self) -> None:
        chosen = ask_folder(self, _("Choose a folder"), self._folder)
        if chosen:
            self._folder = chosen
            self._show_place()

    def _on_language(self, language: str) -> None:
        from cs_workbench.services import portfolios

        usual = portfolios.usual_currency(language)
        self.currency.setCurrentIndex(self.currency.findData(usual))

    def _on_encrypt(self, _wanted: bool = False) -> None:
        wanted = self.encrypt.isChecked()
        self.secret.setVisible(wanted)
        self._on_passphrase(self.passphrase.edit.text())
        if wanted:
            self.passphrase.edit.setFocus()
        if self.isVisible():
            self.centre()

    def _on_passphrase(self, typed: str) -> None:
        self.passphrase.clear_problem()
        words = {
            "weak": _("Weak: can be guessed. Four or five unrelated words are better."),
            "fair": _("Fair: holds against guessing by hand."),
            "strong": _("Strong"),
        }
        self.strength.setText(words[strength(typed)] if typed else "")

    def _on_made(self, _nothing: object) -> None:
        path, key = self.path(), self.passphrase.edit.text() if self.encrypt.isChecked() else ""
        self.accept()
        if key:
            self._desk.unlock_portfolio(path, key)
        else:
            self._desk.open_portfolio(path)

    def _on_failed(self, error: BaseException) -> None:
        self.make.set_busy(False)
        self.make.setEnabled(True)
        if isinstance(error, UserError):
            self._refuse(self.name, error.message)
        else:
            self._desk.tasks.failed.emit(error)
