"""The verb that proves a copy works."""

from __future__ import annotations

import argparse

from cs_workbench.cli import opening, output
from cs_workbench.cli.progress import bar
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _


def run(words: argparse.Namespace) -> int:
    """Run the self-test in a folder of its own, or picture every screen; returns 1 when a step failed.

    Raises InvalidValue for variants without a folder for their pictures.
    """
    from cs_workbench import selftest

    if words.variant and not words.screens:
        raise InvalidValue(
            _("Variants are for pictures."), _("Name a folder for them with --screens."), code="variant"
        )
    as_json = opening.wants_json(words)
    today = opening.as_of(words)
    with bar(not as_json) as progress:
        if words.screens:
            variants = tuple(words.variant or ())
            steps = selftest.picture(words.screens, today=today, variants=variants, progress=progress)
        else:
            steps = selftest.run(today=today, now=opening.now(), progress=progress)
    failed = [step for step in steps if not step.ok]
    if as_json:
        told = [{"name": step.name, "ok": step.ok, "detail": step.detail} for step in steps]
        output.show_json({"ok": not failed, "steps": told})
    else:
        for step in steps:
            output.show(f"{'✓' if step.ok else '✗'} {step.name}  {step.detail}".rstrip())
        output.show(
            _("This copy works.") if not failed else _("This copy does not work: see the steps marked ✗.")
        )
    return 1 if failed else 0
