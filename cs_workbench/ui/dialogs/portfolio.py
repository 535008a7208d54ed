"""New, open, save as, duplicate: the portfolio as a file. Nothing that is there is ever written over."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from cs_workbench import paths
from cs_workbench.i18n import _
from cs_workbench.services.pack_files import file_stem
from cs_workbench.ui import session
from cs_workbench.ui.desk import Told
from cs_workbench.ui.dialogs.portfolio_new import NewPortfolio
from cs_workbench.ui.widgets.file_dialog import ask_open, ask_save

if TYPE_CHECKING:
    from cs_workbench.ui.desk import Desk
    from cs_workbench.ui.main_window import MainWindow

KINDS = f"CS Workbench (*{paths.PORTFOLIO_SUFFIX})"


def new_portfolio(desk: Desk, window: MainWindow) -> NewPortfolio:
    """Ask for name, language, currency, time zone and perhaps a passphrase; make the portfolio and open it."""
    dialog = NewPortfolio(desk, os.path.dirname(desk.workbench.path), window)
    dialog.unfold()
    return dialog


def open_portfolio(desk: Desk, window: MainWindow) -> None:
    """Pick a portfolio and open it; the one open now is closed when the other could be opened."""
    folder = os.path.dirname(desk.workbench.path)
    chosen = ask_open(window, _("Open portfolio"), folder, KINDS)
    if chosen:
        desk.open_portfolio(chosen)


def save_as(desk: Desk, window: MainWindow, done: Callable[[], object] | None = None) -> None:
    """Copy the portfolio under another name and go on in the copy; pages and what is being typed stay as they are.

    ``done`` is called once everything goes on there.
    """
    from cs_workbench.services import portfolio_files

    path = _asked(window, _("Save as"), desk.workbench.path)
    if not path:
        return

    def tell(new: str) -> None:
        session.remember(new)
        window.show_name()
        if done is not None:
            done()
        desk.tell(_("You now work in {name}").format(name=os.path.basename(new)), new)

    desk.tasks.run(lambda: portfolio_files.save_as(desk.workbench, path), done=tell)


def duplicate(desk: Desk, window: MainWindow) -> None:
    """Copy the portfolio under another name and stay in this one; the toast offers to open the copy."""
    from cs_workbench.services import portfolio_files

    path = _asked(window, _("Duplicate portfolio"), desk.workbench.path)
    if not path:
        return

    def tell(new: str) -> None:
        desk.told.emit(
            Told(
                _("Copied to {name}").format(name=os.path.basename(new)),
                new,
                link=_("Open it"),
                on_link=lambda: desk.open_portfolio(new),
            )
        )

    desk.tasks.run(lambda: portfolio_files.duplicate(desk.workbench, path), done=tell)


def _asked(window: MainWindow, title: str, path: str) -> str:
    """A name for a copy of *path*, with its ending, or "". A name that is taken is refused when it is written."""
    name = file_stem(_("{name} copy").format(name=session.portfolio_name(path))) + paths.PORTFOLIO_SUFFIX
    proposed = os.path.join(os.path.dirname(path), name)
    chosen = ask_save(window, title, proposed, KINDS)
    return (
        chosen if not chosen or chosen.endswith(paths.PORTFOLIO_SUFFIX) else chosen + paths.PORTFOLIO_SUFFIX
    )
