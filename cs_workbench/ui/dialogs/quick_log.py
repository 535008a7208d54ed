"""The quick log: one line becomes a contact, read while it is typed, kept as draft, saved with Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from cs_workbench.errors import UserError
from cs_workbench.i18n import _
from cs_workbench.services import drafts, quick_log
from cs_workbench.ui.dialogs.quick_log_kept import KeptQuickLog
from cs_workbench.ui.dialogs.quick_log_parts import PREFILLED
from cs_workbench.ui.widgets.completion_text import MOST

if TYPE_CHECKING:
    from cs_workbench.services.drafts import Kept
    from cs_workbench.services.quick_log import Look, Offer, Opening
    from cs_workbench.ui.desk import Desk
    from cs_workbench.ui.main_window import MainWindow


def open_quick_log(desk: Desk, window: MainWindow, account_id: int | None = None, text: str = "") -> QuickLog:
    """Open the quick log over *window*, about *account_id* or the account the person stands at; *text* is typed
    already. One that is open stays as it is and gets the keyboard.
    """
    known = window.ground.findChildren(QuickLog)
    found = next((one for one in known if one.desk is desk), None)
    if found is None:
        for one in known:  # of the portfolio before
            one.scrim.deleteLater()
            one.deleteLater()
        found = QuickLog(window.ground, desk, window)
    found.open(account_here(window) if account_id is None else account_id, text)
    return found


def account_here(window: MainWindow) -> int | None:
    """The account of the page shown: the one it is about, or the one row chosen on it."""
    page = window.page
    shown = getattr(page, "account_id", None)
    if isinstance(shown, int) and shown:
        return shown
    choose = getattr(page, "chosen", None)
    chosen = choose() if callable(choose) else None
    if isinstance(chosen, list):
        chosen = chosen[0] if len(chosen) == 1 else None
    ways = (
        chosen,
        getattr(chosen, "account_id", None),
        getattr(getattr(chosen, "signal", None), "account_id", None),
    )
    return next((one for one in ways if isinstance(one, int)), None)


def _tell_shortened(desk: Desk) -> None:
    words = _("Only part of it was pasted: a contact holds {n} characters.").format(n=f"{MOST:,}")
    desk.tell(words, _("Keep longer texts as a file beside the portfolio."), tone="warn")


class QuickLog(KeptQuickLog):
    """Enter completes or saves, Esc closes and keeps the draft; one instance a window and portfolio."""

    def __init__(self, host: QWidget, desk: Desk, window: MainWindow) -> None:
        super().__init__(host, desk, window)
        self.look: Look | None = None
        self._names: dict[int, str] = {}
        self._waiting: str | None = None  # Enter ("enter", "save") pressed before the line was read
        self._connect()

    def _connect(self) -> None:
        self.scrim.pressed.connect(self.leave)
        self.alike_chosen.connect(self._take_alike)
        self.account_new.connect(self._create_account)
        self.text.textChanged.connect(self._on_typed)
        self.text.cursorPositionChanged.connect(self.read)
        self.text.composed.connect(self._on_composed)
        self.text.shortened.connect(lambda: _tell_shortened(self.desk))
        self.text.entered.connect(lambda ctrl: self.save() if ctrl else self.enter())
        self.text.left.connect(self.leave)
        self.text.completed.connect(lambda: self.complete(self.list.what(first=True)))
        self.list.clicked.connect(lambda _index: self.complete(self.list.what()))
        self.chips.removed.connect(self._on_removed)
        self.footer.save.clicked.connect(self.save)
        self.offer.continued.connect(self.go_on)
        self.offer.dropped.connect(self.throw_away)
        self.saver.saved.connect(self._on_saved)
        self.saver.failed.connect(self._on_failed)
        self.saver.created.connect(self._on_created)

    def open(self, account_id: int | None, text: str = "") -> None:
        """Show it with an empty line (or *text*); drafts are offered as soon as they are read."""
        if self.isVisible():
            self.text.setFocus()
            return
        self.words = self.look = self._waiting = None
        self.retranslate()
        self.say_kept()
        self.offer.offer(None, "", self.desk.today())
        if not self.keeper.failing:
            self.text.setPlainText(text)
            self.text.moveCursor(QTextCursor.MoveOperation.End)
        self._show()
        self.appear()
        reads = self.desk.workbench.reads
        self.desk.tasks.run(
            lambda: quick_log.opening(reads, account_id), done=self._on_opened, latest=(id(self), "opening")
        )

    def read(self) -> None:
        """Read the line in the background; the newest reading is shown."""
        words = self.words
        if words is None:
            return
        reads, today, text = self.desk.workbench.reads, self.desk.today(), self.text.toPlainText()
        account_id = self.account.id if self.account else None
        place, composing = self.text.place(), self.text.composing
        self.desk.tasks.run(
            lambda: quick_log.look(
                reads, text, place, today=today, words=words, account_id=account_id, composing=composing
            ),
            done=self._on_read,
            latest=(id(self), "line"),
        )

    def enter(self) -> None:
        """Take the offer chosen; save where none is."""
        if self._is_read("enter"):
            offer = self.list.what()
            self.save() if offer is None else self.complete(offer)

    def save(self) -> None:
        """Log the contact, as one undo step. What cannot be logged stays, with the reason."""
        text = self.text.toPlainText()
        if self.saver.busy or not text.strip() or self.text.composing or not self._is_read("save"):
            return
        look = self.look
        if look is not None and look.account is None:
            self.say_look(look, refused=True)
            return
        self.footer.save.set_busy(True)
        self.keeper.pause()
        self.saver.save(text, self.account.id if self.account else None, self.keeper.key)

    def complete(self, offer: Offer | None) -> None:
        """Put an offer into the line."""
        look = self.look
        if offer is None or look is None or look.text != self.text.toPlainText() or self.text.composing:
            return
        gap = "" if look.text[offer.end : offer.end + 1].isspace() else " "
        self.text.put(offer.insert + gap, offer.start, offer.end)
        self.text.setFocus()

    def go_on(self) -> None:
        """Go on with the draft offered."""
        kept = self.offer.kept
        if kept is not None and kept.key != self.keeper.key:
            self.keeper.keep()
            self._begin(kept)
        self._answered()

    def throw_away(self) -> None:
        """Throw the draft offered away; where it stood in the field, Ctrl Z there brings it back."""
        kept = self.offer.kept
        if kept is not None and kept.key == self.keeper.key:
            self.text.put("")
            self.keeper.keep()
        elif kept is not None:
            self.keeper.drop(kept.key)
        self._answered()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.isVisible():
            self.retranslate()
            self.read()

    def _is_read(self, then: str) -> bool:
        """Whether the line was read as it stands; where not, *then* happens once it is."""
        if self.look is not None and self.look.text == self.text.toPlainText():
            return True
        self._waiting = then
        return False

    def _answered(self) -> None:
        self.offer.offer(None, "", self.desk.today())
        self.place()
        self.text.setFocus()

    def _begin(self, kept: Kept) -> None:
        """Put a draft into the field, about the account it was typed for."""
        self.account = None
        if kept.account_id:
            self.account = quick_log.Account(kept.account_id, self._names.get(kept.account_id, ""))
        self.keeper.begin(kept.key, kept.text)
        self.text.put(kept.text)
        self.read()

    def _on_opened(self, opening: Opening) -> None:
        self.words, self._names = opening.words, opening.names
        if self.keeper.failing:  # what could not be kept still stands in the field, about its own account
            self.read()
            return
        self.account = opening.account
        key = drafts.quick_log_key(self.account.id if self.account else None)
        own = next((one for one in opening.kept if one.key == key), None)
        typed = self.text.toPlainText()
        self.keeper.begin(key, own.text if own else "")
        if own is not None and not typed.strip().startswith(own.text.strip()):  # else it goes on from it
            self.text.put(f"{own.text}\n{typed}" if typed.strip() else own.text)
        if self.offer.offer_beside(own or next(iter(opening.kept), None), self.text.toPlainText(), self._names,
                                   self.desk.today()):  # fmt: skip
            self.say_kept(_("Draft saved"))
        self.keeper.typed(self.text.toPlainText())
        self.place()
        self.read()

    def _on_typed(self) -> None:
        text = self.text.toPlainText()
        self._waiting = None
        self.say_kept()
        self.footer.save.setEnabled(self.may_save(text))
        if self.words is not None and self.isVisible():
            self.keeper.typed(text)
        self.read()

    def _on_composed(self, composing: str) -> None:
        self.footer.tell(composing=bool(composing))
        self.read()

    def _on_removed(self, place: tuple[int, int]) -> None:
        if place == PREFILLED:
            self.account = None
            self.keeper.move(drafts.quick_log_key(None))
        elif self.look is not None and self.look.text == self.text.toPlainText():
            start, end = place
            end += self.look.text[end : end + 1].isspace()
            self.text.put("", start, end)
        self.text.setFocus()
        self.read()

    def _on_read(self, look: Look) -> None:
        if look.text != self.text.toPlainText():
            return  # of before the last key; a newer one is on its way
        self.look = look
        self._show()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.enter() if waiting == "enter" else self.save()

    def _show(self) -> None:
        self.show_look(self.look, self.desk.today(), self.desk.now().astimezone().strftime("%H:%M"))
        self.say_look(self.look)

    def _take_alike(self, number: int) -> None:
        if self.look is not None and number < len(self.look.alike):
            self.complete(self.look.alike[number])

    def _create_account(self) -> None:
        if self.look is not None and self.look.unknown:
            self.saver.create_account(self.look.unknown)
        self.text.setFocus()

    def _on_created(self) -> None:
        self.look = None
        self.read()

    def _on_saved(self) -> None:
        self.footer.save.set_busy(False)
        if (
            self.text.toPlainText() != self.saver.text
        ):  # corrected since: that is not saved, and the draft went
            self.keeper.begin(self.keeper.key)
            self.keeper.typed(self.text.toPlainText())
            return
        self.keeper.forget()
        self.text.setPlainText("")
        self.leave()

    def _on_failed(self, error: BaseException) -> None:
        self.footer.save.set_busy(False)
        self.text.setFocus()
        if not isinstance(error, UserError):
            self.desk.tasks.failed.emit(error)
            return
        self.problem.say(f"{error.message} {error.remedy}".strip(), refused=True)
        self.place()
        self.keeper.typed(self.text.toPlainText())
