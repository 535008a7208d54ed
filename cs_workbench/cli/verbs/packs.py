"""The verb that makes documents."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from cs_workbench.cli import opening, output
from cs_workbench.cli.progress import bar
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _, ngettext

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench


def run(words: argparse.Namespace) -> int:
    """Make a document for each account named; returns 1 when the leak scan stopped one."""
    from cs_workbench.services import pack_results, packs

    as_json = opening.wants_json(words)
    with opening.opened(words, to_write=True) as workbench, bar(not as_json) as progress:
        made = packs.make_packs(
            workbench,
            _wanted(words, workbench),
            template=words.template,
            edition=words.edition,
            language=words.lang or workbench.setting("language", "en"),
            formats=words.format,
            as_of=opening.as_of(words),
            out_dir=words.out,
            now=opening.now(),
            progress=progress,
        )
    problems = [(pack, pack_results.stopped(pack)) for pack in made if pack.stopped]
    files = [file for pack in made for file in pack.files]
    if as_json:
        told = [
            {"account_id": pack.account_id, "name": pack.name, "message": p.message} for pack, p in problems
        ]
        output.show_json({"files": files, "stopped": told})
    elif files:
        output.show("\n".join(files))
    for _pack, problem in problems:
        output.failure(problem, as_json=False)
    if not as_json:
        output.say(
            ngettext("{count} file written.", "{count} files written.", len(files)).format(count=len(files))
        )
    return 1 if problems else 0


def _wanted(words: argparse.Namespace, workbench: Workbench) -> list[int]:
    """Ids of the accounts named, or of all. Raises InvalidValue when neither or both were said, NotFound."""
    from cs_workbench.services import accounts

    if words.all == bool(words.account):
        raise InvalidValue(
            _("Name an account, or say --all."),
            _("List the accounts with: cs-workbench accounts"),
            code="account",
        )
    if words.all:
        return [row.id for row in accounts.account_list(workbench.reads, opening.as_of(words))]
    return list(dict.fromkeys(accounts.find_account(workbench.reads, name) for name in words.account))
