"""What a page may ask of the window: the portfolio, work in the background, going elsewhere, telling something."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from cs_workbench.ui.bus import Bus
from cs_workbench.ui.tasks import Tasks

if TYPE_CHECKING:
    from concurrent.futures import Future

    from cs_workbench.services.spare_drafts import SpareDrafts
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.ui.dialogs.import_work import ImportWork
    from cs_workbench.ui.theme import Wardrobe
    from cs_workbench.ui.unkept import Unkept

Clock = Callable[[], dt.datetime]


class Told(NamedTuple):
    """A toast: one sentence, perhaps a second line with a link, perhaps Undo. ``tone`` good, warn or bad."""

    text: str
    second: str = ""
    tone: str = "good"
    undo: bool = False
    link: str = ""
    on_link: Callable[[], None] | None = None
    stays: int = 8000


class Desk(QObject):
    """One open portfolio as screens see it. Pages get it when they are made and keep no other way out."""

    went = Signal(str, dict)
    told = Signal(object)
    acted = Signal(str)
    counted = Signal(str, object)
    views_changed = Signal()
    day_changed = Signal()
    spoke = Signal(str)
    opened = Signal(str)
    unlocked = Signal(str, str)
    begun = Signal(str, str, object)

    def __init__(
        self, workbench: Workbench, bus: Bus, tasks: Tasks, wardrobe: Wardrobe, clock: Clock
    ) -> None:
        super().__init__()
        self.workbench = workbench
        self.bus = bus
        self.tasks = tasks
        self.wardrobe = wardrobe
        self._ahead: dict[str, Future[Any]] = {}
        self.under_way: set[str] = set()
        """Names of work that must not be begun a second time before it ended."""
        self.importing: ImportWork | None = None
        """The import being written just now, with or without a dialog."""
        self.unkept: Unkept | None = None
        """What was typed and is kept nowhere, once the window or the portfolio it was typed into goes."""
        self._clock = clock
        self._turns = itertools.count()

    @cached_property
    def spare(self) -> SpareDrafts:
        """What is typed while the writer is busy."""
        from cs_workbench.services.spare_drafts import SpareDrafts

        return SpareDrafts()

    def now(self) -> dt.datetime:
        """This instant, aware, UTC."""
        return self._clock().astimezone(dt.UTC)

    def today(self) -> dt.date:
        """Today where the person sits."""
        return self._clock().astimezone().date()

    def read_ahead(self, page: str) -> None:
        """Begin to read what the page with that id shows first: it is made meanwhile."""
        from cs_workbench.ui.loading import called
        from cs_workbench.ui.pages import entry

        place, reads, now = entry(page).first, self.workbench.reads, self.now().astimezone()
        if place:
            self._ahead[page] = self.tasks.ahead(lambda: called(place)(reads, now))

    def taken_ahead(self, page: str) -> Future[Any] | None:
        """What is being read ahead for the page, once; None where nothing is."""
        return self._ahead.pop(page, None)

    def go(self, page: str, **arguments: object) -> None:
        """Show the page with that id; *arguments* reach its ``open``."""
        self.went.emit(page, arguments)

    def open_account(
        self, account_id: int, tab: str = "overview", entry: tuple[str, int] | None = None
    ) -> None:
        """Show one account on the tab named; *entry* (table, id) is the record it stands on there."""
        more = {"entry": entry} if entry is not None else {}
        self.go("account", account_id=account_id, tab=tab, **more)

    def tell(self, text: str, second: str = "", *, undo: bool = False, tone: str = "good") -> None:
        """Show a toast; ``undo`` puts an Undo button on it that takes back the newest step."""
        self.told.emit(Told(text, second, tone, undo))

    def keep_draft(
        self,
        key: str,
        text: str,
        *,
        done: Callable[[object], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Keep what is being typed under *key*, outside undo; "" takes the draft away.

        While something else is written, which may take a minute, it is kept beside the portfolio as well. Of a
        portfolio that is only read nothing is kept: *failed* hears it at once, and *done* nothing.
        """
        from cs_workbench.services import drafts

        refusal = self.workbench.refusal
        if refusal is not None:
            if failed is not None:
                failed(refusal)
            return
        workbench, spare, now, turn = self.workbench, self.spare, self.now(), next(self._turns)

        def work() -> None:
            drafts.keep(workbench, key, text, now=now)
            spare.written(key, turn)

        busy = self.tasks.writing
        self.tasks.write(work, done=done, failed=failed, key=("draft", key), draft=True)
        if busy:
            self.tasks.run(lambda: spare.keep(workbench, key, text, turn, now=now))

    def settle_draft(self, key: str) -> None:
        """What was typed under *key* is saved, and its draft went with it: one that waits, is on its way, or lies
        beside the portfolio must not come after it.
        """
        if self.tasks.under_way(("draft", key)) or self.spare.holds(key):
            self.keep_draft(key, "")
        else:
            self.tasks.void(("draft", key))

    def act(self, action: str) -> None:
        """Do what the action with that id does now."""
        self.acted.emit(action)

    def count(self, page: str, number: int | None) -> None:
        """Show *number* beside the page's name in the rail; None shows nothing."""
        self.counted.emit(page, number)

    def speak(self, language: str) -> None:
        """Show everything in *language* ("en" or "ja") from now on."""
        self.spoke.emit(language)

    def open_portfolio(self, path: str) -> None:
        """Close this portfolio and open the one at *path*."""
        self.opened.emit(path)

    def unlock_portfolio(self, path: str, passphrase: str) -> None:
        """As ``open_portfolio``, with the passphrase of an encrypted one."""
        self.unlocked.emit(path, passphrase)

    def begin(self, path: str, with_: str, files: tuple[str, ...] = ()) -> None:
        """Open the portfolio at *path* to begin in it: ``with_`` "today", "accounts" (by hand) or "import" *files*.

        "remove" takes the portfolio at *path* away instead.
        """
        self.begun.emit(path, with_, files)
