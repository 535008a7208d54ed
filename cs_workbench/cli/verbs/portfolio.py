"""Verbs on the portfolio as a whole: init, undo, redo, backup, restore, check, export."""

from __future__ import annotations

import argparse
import os

from cs_workbench.cli import opening, output
from cs_workbench.cli.progress import bar
from cs_workbench.i18n import _, language, ngettext


def init(words: argparse.Namespace) -> int:
    """Make a new portfolio, empty or with the sample accounts. Raises PortfolioProblem when the file exists."""
    from cs_workbench.services import portfolios, sample

    path = opening.portfolio_path(words)
    spoken = getattr(words, "lang", None) or language()
    with portfolios.create(path, now=opening.now(), language=spoken) as workbench:
        if words.sample:
            sample.create(workbench, today=opening.as_of(words), language=spoken)
        count = int(workbench.reads.scalar("select count(*) from account"))
    if opening.wants_json(words):
        output.show_json({"portfolio": os.path.abspath(path), "sample": words.sample, "accounts": count})
    else:
        output.show(_("Made {path}.").format(path=path))
        output.show(
            ngettext("{count} account in it.", "{count} accounts in it.", count).format(count=count)
            if words.sample
            else _("It is empty: import your files next (cs-workbench import FILE…).")
        )
    return 0


def undo(words: argparse.Namespace) -> int:
    """Take back the last change."""
    with opening.opened(words, to_write=True) as workbench:
        name = workbench.undo()
    if opening.wants_json(words):
        output.show_json({"undone": name})
    else:
        output.show(_("Undone: {name}").format(name=name) if name else _("There is nothing to undo."))
    return 0


def redo(words: argparse.Namespace) -> int:
    """Do the change taken back again."""
    with opening.opened(words, to_write=True) as workbench:
        name = workbench.redo()
    if opening.wants_json(words):
        output.show_json({"redone": name})
    else:
        output.show(_("Redone: {name}").format(name=name) if name else _("There is nothing to redo."))
    return 0
