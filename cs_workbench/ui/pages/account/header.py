"""The head of the account page: name, health, facts, days until notice, and the verbs."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QWidget

from cs_workbench.i18n import _, ngettext
from cs_workbench.services import signal_words
from cs_workbench.services.account_page import Overview
from cs_workbench.ui import actions, icons, wording
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import restyled
from cs_workbench.ui.widgets.badge import Badge, band_of
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import LineEdit
from cs_workbench.ui.widgets.header import PageHeader
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.menu import Menu

URGENT = 90


class Deadline(QWidget):
    """Icon, "Notice by 31 Dec", "D−37" in bold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = QLabel()
        self.words = Label("", "body", "text.secondary")
        self.left = Label("", "strong")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(themes.current().px(8))
        for part in (self.mark, self.words, self.left):
            self.row.addWidget(part)
        self._dress()

    def show_words(self, shown: bool) -> None:
        """With its words or without; the width asked for is right at once, not when Qt lays out next."""
        self.words.setVisible(shown)
        self.row.invalidate()
        self.updateGeometry()

    def show_deadline(self, overview: Overview) -> None:
        """The next date on which somebody must say no, or the renewal where no notice is recorded."""
        renewal = overview.renewal
        day = renewal.deadline if renewal else None
        self.setVisible(day is not None)
        if renewal is None or day is None:
            return
        words = _("Notice by {date}") if renewal.notice_on == day else _("Renews {date}")
        self.words.setText(words.format(date=signal_words.short(day)))
        self.left.setText(wording.days_left(day, overview.today))
        urgent = (day - overview.today).days <= URGENT
        self.left.set_style("strong" if urgent else "body")
        self.left.set_colour("health.red.text" if day < overview.today else "text.primary")
        self.setAccessibleName(f"{self.words.text()} {self.left.text()}")

    def changeEvent(self, event: object) -> None:  # noqa: N802
        """The icon in a new theme's colour."""
        super().changeEvent(event)  # type: ignore[arg-type]
        if restyled(event):  # type: ignore[arg-type]
            self._dress()

    def _dress(self) -> None:
        self.mark.setPixmap(icons.pixmap("calendar-clock", "text.secondary", 16))


class AccountHeader(PageHeader):
    """``asked`` names a verb: back, log_contact, prepare_pack, start_playbook, archive, delete. ``renamed`` and
    ``set_field`` carry what was chosen.
    """

    asked = Signal(str)
    renamed = Signal(str)
    set_field = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.back = Button(icon="chevron-left", kind="quiet")
        self.badge = Badge()
        self.deadline = Deadline()
        self.log = Button("", icon="plus", keys=actions.keys_of("log_contact"))
        self.pack = Button("", "filled", icon="presentation")
        self.more = Button(icon="ellipsis")
        self.rename = LineEdit(name="")
        self.overview: Overview | None = None
        self._told: tuple[str, ...] = ("",)
        self.lead(self.back)
        self.after_title(self.badge)
        self.row.insertWidget(self.row.indexOf(self.title) + 1, self.rename)
        self.rename.hide()
        self.act(self.deadline, self.log, self.pack, self.more)
        for verb, button in (("back", self.back), ("log_contact", self.log), ("prepare_pack", self.pack)):
            button.clicked.connect(lambda _checked=False, verb=verb: self.asked.emit(verb))
        self.more.clicked.connect(self.open_menu)
        self.rename.editingFinished.connect(self._on_renamed)

    def show_account(self, overview: Overview) -> None:
        """Name, health, facts, deadline."""
        self.overview = overview
        head, score = overview.head, overview.score
        self.title.setText(head.name)
        self.badge.show_health(
            band_of(overview.band), score.score,
            override=overview.called is not None, stale=bool(score.stale_measures),
        )  # fmt: skip
        self._told = _tellings(overview)
        self.fact.setAccessibleName(self._told[0])
        self.deadline.show_deadline(overview)
        for widget in (self.badge, self.log, self.pack, self.more):
            widget.show()
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The name keeps its room: facts go first, then the words of the deadline and of the verbs."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Show what there is room for: whole facts, the owner going first, before any other words go."""
        steps = [*((0, told) for told in self._told), *((level, "") for level in range(1, 5))]
        for level, told in steps:
            self._show(level, told)
            if self.row.sizeHint().width() <= self.width() or not self.isVisible():
                self.title.setMinimumWidth(self.title.sizeHint().width() if level < 4 else 0)
                return
        self.title.setMinimumWidth(0)

    def _show(self, level: int, told: str) -> None:
        self.fact.setText(told)
        self.fact.setVisible(bool(told))
        self.deadline.show_words(level < 2)
        self.log.keys = actions.keys_of("log_contact") if level < 3 else ""
        self.log.setText(_("Log contact") if level < 3 else "")
        self.log.set_name(_("Log contact"))
        self.pack.setText(_("Prepare pack") if level < 4 else "")
        self.pack.set_name(_("Prepare pack"))
        self.row.invalidate()

    def clear(self) -> None:
        """Nothing of the account before."""
        self.overview = None
        self.title.setText("")
        self._told = ("",)
        self.fact.setText("")
        for widget in (self.badge, self.deadline, self.log, self.pack, self.more, self.rename):
            widget.hide()

    def retranslate(self) -> None:
        """Fixed texts and facts."""
        self.back.set_name(_("Back"))
        self.fit()
        self.more.set_name(_("More"))
        self.rename.setAccessibleName(_("Name of the account"))
        if self.overview is not None:
            self.show_account(self.overview)

    def start_rename(self) -> None:
        """Edit the name where it stands."""
        if self.overview is None:
            return
        self.rename.setText(self.overview.head.name)
        self.rename.setMinimumWidth(themes.current().px(280))
        self.title.hide()
        self.rename.show()
        self.rename.setFocus()
        self.rename.selectAll()

    def open_menu(self) -> QMenu:
        """What else can be done with the account."""
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.verb("start_playbook", lambda: self.asked.emit("start_playbook"))
        menu.addSeparator()
        menu.addAction(icons.icon("pencil"), _("Rename"), self.start_rename)
        overview = self.overview
        if overview is not None:
            for name, title, current in (
                ("stage", _("Stage"), overview.head.stage),
                ("tier", _("Tier"), overview.head.tier),
            ):
                inner = menu.addMenu(title)
                for key, words in overview.labels.choices(name):
                    action = inner.addAction(words.replace("&", "&&"))
                    action.setCheckable(True)
                    action.setChecked(key == current)
                    action.triggered.connect(
                        lambda _checked=False, name=name, key=key: self.set_field.emit(name, key)
                    )
        menu.addSeparator()
        archived = overview is not None and overview.head.archived
        menu.addAction(
            icons.icon("undo-2" if archived else "archive"),
            _("Bring back") if archived else _("Archive"),
            lambda: self.asked.emit("unarchive" if archived else "archive"),
        )
        menu.verb("delete", lambda: self.asked.emit("delete"))
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + themes.current().px(4))))
        return menu

    def _on_renamed(self) -> None:
        if self.rename.isHidden():
            return
        text = self.rename.text().strip()
        self.rename.hide()
        self.title.show()
        if self.overview is not None and text and text != self.overview.head.name:
            self.renamed.emit(text)


def _tellings(overview: Overview) -> tuple[str, ...]:
    """The facts of the head, then with the tier in short, then without the last of them, one after the other."""
    head, labels = overview.head, overview.labels
    tier = labels.of("tier", head.tier)
    worth = " + ".join(wording.money(value, code) for value, code in overview.worth)
    seats = overview.seats
    words = "" if seats is None else ngettext("{n} seat", "{n} seats", seats).format(n=f"{seats:,}")
    archived = _("archived") if head.archived else ""
    owner = _("owner {name}").format(name=head.owner) if head.owner else ""
    after = [part for part in (labels.of("stage", head.stage), worth, words, owner) if part]
    whole = [part for part in (archived, tier) if part]
    short = [part for part in (archived, _short_tier(head.tier, tier)) if part]
    told = [whole + after, *(short + after[:count] for count in range(len(after), -1, -1))]
    return tuple(dict.fromkeys(_(" · ").join(parts) for parts in told if parts)) or ("",)


def _short_tier(key: str | None, words: str) -> str:
    """“Tier A” for “A – high touch”; a tier that does not begin with its key keeps its words."""
    longer = key and words != key and words.casefold().startswith(key.casefold())
    return _("Tier {key}").format(key=key) if longer else words
