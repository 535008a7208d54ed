"""You and your company: whose name, logo and colour documents bear."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _, mark
from cs_workbench.services import company
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.settings.section import Section, Work
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.colour_field import ColourField
from cs_workbench.ui.widgets.file_dialog import ask_open
from cs_workbench.ui.widgets.kept_edit import KeptEdit

if TYPE_CHECKING:
    from cs_workbench.services.settings_view import SettingsView

_COLOURS = (mark("Indigo"), mark("Teal"), mark("Plum"), mark("Amber"), mark("Slate"))
_SPELLINGS = {"ja": mark("In Japanese"), "en": mark("In English")}


class LogoPreview(QWidget):
    """The logo as documents show it: on white, whatever the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_logo(self, png: bytes | None) -> None:
        """Show a logo, or that there is none."""
        self.picture = QImage.fromData(png) if png else None
        self.setAccessibleName(_("Logo") if png else _("No logo"))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """160 × 64."""
        theme = themes.current()
        return QSize(theme.px(160), theme.px(64))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paper, the logo on it; without one a dashed frame and the words."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.picture is None or self.picture.isNull():
            painter.setPen(QPen(theme.colour("line.control"), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(box, theme.px(6), theme.px(6))
            painter.setPen(theme.colour("text.secondary"))
            painter.setFont(theme.font("small"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), _("No logo"))
            return
        painter.setPen(QPen(theme.colour("line.strong"), 1))
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRoundedRect(box, theme.px(6), theme.px(6))
        room = box.adjusted(theme.px(12), theme.px(12), -theme.px(12), -theme.px(12))
        size = self.picture.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(room.center())
        painter.drawImage(place, self.picture)


class CompanySection(Section):
    """Names in both languages, logo, colour."""

    id = "company"
    title = mark("You and your company")
    icon = "user"
    words = "あなたとかいしゃ"

    def build(self) -> None:
        """Four rows."""
        self.names: dict[tuple[str, str], KeptEdit] = {}
        self._name_row(
            "own_name", _("Your name"), _("Printed on every document as the person to contact."), "おなまえ"
        )
        self._name_row(
            "company",
            _("Company"),
            _("The sender of documents, in the language of each document."),
            "かいしゃめい",
        )
        self._logo_row()
        self._colour_row()

    def _name_row(self, key: str, label: str, hint: str, kana: str) -> None:
        row = self.row(key, label, hint, kana=kana, plain="name sender")
        for language, spelling in _SPELLINGS.items():
            name = _("{label}, {spelling}").format(label=label, spelling=_(spelling))
            edit = self.text(row, name, self._namer(key, language), placeholder=_(spelling))
            self.names[key, language] = edit

    def _namer(self, key: str, language: str) -> Callable[[str], Work]:
        return lambda text: lambda wb: company.set_name(wb, key, language, text)

    def _logo_row(self) -> None:
        hint = _(
            "SVG, or PNG at least 600 px wide. Stored in the portfolio, without what else the file carries."
        )
        self.logo_row = self.row("logo", _("Logo"), hint, kana="ろご", plain="picture png svg image")
        self.logo = LogoPreview()
        self.choose = Button(_("Choose"), icon="folder-open")
        self.remove = Button(_("Remove"), "quiet", name=_("Remove logo"))
        self.logo_row.put(self.logo, self.choose, self.remove)
        self.choose.clicked.connect(self.choose_logo)
        self.remove.clicked.connect(lambda: self.keeper.keep(self.logo_row, company.remove_logo))

    def _colour_row(self) -> None:
        self.colour_row = self.row(
            "accent", _("Document colour"), "", kana="ぶんしょのいろ", plain="accent hex"
        )
        swatches = [(one, _(words)) for one, words in zip(company.SWATCHES, _COLOURS, strict=True)]
        self.colour = ColourField(swatches, name=_("Document colour"))
        self.colour_row.put(self.colour)
        self.colour.typed.connect(self._weigh)
        self.colour.picked.connect(self._take_colour)

    def fill(self, view: SettingsView) -> None:
        """Names, logo, colour."""
        us = view.company
        for language in _SPELLINGS:
            self.names["own_name", language].show_value(us.own_name[language])
            self.names["company", language].show_value(us.company[language])
        self.logo.show_logo(us.logo)
        self.logo.setToolTip("")
        self.remove.setVisible(us.logo is not None)
        self.colour.show_value(us.accent)
        self._weigh(self.colour.edit.text())

    def choose_logo(self) -> None:
        """Ask for a picture file."""
        path = ask_open(self, _("Choose logo"), "", _("Pictures (*.svg *.png *.jpg *.jpeg)"))
        if path:
            self.take_logo(path)

    def take_logo(self, path: str) -> None:
        """Keep the picture at *path*: read on the pool, since a drive may be slow, and only kept by the writer."""
        self.choose.set_busy(True)
        self.desk.tasks.run(
            lambda: company.read_logo(path),
            done=partial(self._on_logo, path),
            failed=self._on_no_logo,
            latest=(id(self), "logo"),
        )

    def _on_logo(self, path: str, picture: bytes) -> None:
        self.choose.set_busy(False)
        self.keeper.keep(self.logo_row, lambda wb: company.keep_logo(wb, picture, path))

    def _on_no_logo(self, error: BaseException) -> None:
        self.choose.set_busy(False)
        self.keeper.refuse(self.logo_row, error)

    def _weigh(self, colour: str) -> None:
        """Say how well the colour reads, while it is typed."""
        try:
            found = company.contrast(colour)
        except InvalidValue:
            self.colour_row.set_hint(_("Six hexadecimal digits, for example #23458F."))
            return
        if found >= company.READABLE:
            words = _("For headings, rules and the first series. Reads well on white at {ratio}:1.")
            self.colour_row.set_hint(words.format(ratio=f"{found:.1f}"))
        else:
            words = _("{ratio}:1 on white is too pale; 4.5:1 is the least.")
            self.colour_row.set_hint(words.format(ratio=f"{found:.1f}"), "health.red.text")

    def _take_colour(self, colour: str) -> None:
        row = self.colour_row
        try:
            good = company.checked_colour(colour)
        except InvalidValue as problem:
            self.colour.edit.set_wrong(True)
            if problem.code == "contrast":
                better = company.darkened(colour)
                fix = _("Use {colour}").format(colour=better)
                row.refuse(problem.message, fix, lambda: self._take_colour(better))
            else:
                row.refuse(problem.message, _("Restore"), self._restore_colour)
            return
        self.colour.edit.setText(good)
        self.keeper.keep(row, lambda wb: company.set_accent(wb, good))

    def _restore_colour(self) -> None:
        self.colour.edit.restore()
        self._weigh(self.colour.edit.text())
