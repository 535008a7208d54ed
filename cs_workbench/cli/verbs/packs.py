"""The verb that makes documents."""

from __future__ import annotations

import argparse

from cs_workbench.cli import opening, output
from cs_workbench.cli.progress import bar
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _, ngettext


def run(words: argparse.Namespace) -> int:
    """Make a document for each account named; returns 1 when the leak scan stopped one."""
    from cs_workbench.services import accounts, packs

    with opening.opened(words, to_write=True) as workbench, bar(not opening.wants_json(words)) as progress:
        if words.all == bool(words.account):
            raise InvalidValue(
                _("Name an account, or say --all."),
                _("List the accounts with: cs-workbench accounts"),
                code="account",
            )
        known = accounts.names(workbench.reads)
        wanted = (
            list(known)
            if words.all
            else [accounts.find_account(workbench.reads, name) for name in words.account]
        )
        made = packs.make_packs(
            workbench,
            list(dict.fromkeys(wanted)),
            template=words.template,
            edition=words.edition,
            language=words.lang or workbench.setting("language", "en"),
            formats=words.format,
            as_of=opening.as_of(words),
            out_dir=words.out,
            now=opening.now(),
            progress=progress,
        )
    files = [file for pack in made for file in pack.files]
    stopped = [pack for pack in made if pack.stopped]
    if opening.wants_json(words):
        told = [
            {"account_id": p.account_id, "name": p.name, "message": packs.stopped(p).message} for p in stopped
        ]
        output.show_json({"files": files, "stopped": told})
    else:
        output.show("\n".join(files))
    for pack in stopped:
        problem = packs.stopped(pack)
        output.say(problem.message)
        output.say("→ " + problem.remedy)
    if not opening.wants_json(words):
        output.say(
            ngettext("{count} file written.", "{count} files written.", len(files)).format(count=len(files))
        )
    return 1 if stopped else 0
