"""A portfolio of its own, every service once, every template in every format, every page once."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench import i18n

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench

Progress = Callable[[int, int, str], None]
SAMPLE_ACCOUNTS = 30
FORMATS = ("pdf", "docx", "pptx", "xlsx", "html", "md")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing tried; ``detail`` is what was seen, or the error."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Trial:
    """The portfolio under trial, the folder it may write to, and the day that counts as today."""

    workbench: Workbench
    folder: str
    today: dt.date
    now: dt.datetime


class Failure(Exception):
    """A step saw something else than it must see."""


def run(*, today: dt.date, now: dt.datetime, progress: Progress | None = None) -> list[Step]:
    """Every step once, in a folder that is removed afterwards. A step that fails does not stop the others."""
    from cs_workbench.services import portfolios

    steps = []
    tries = [
        portfolio,
        accounts,
        search,
        score,
        log_and_undo,
        backup,
        check,
        export,
        *document_tries(),
        pages,
    ]
    with (
        tempfile.TemporaryDirectory(prefix="cs-workbench-selftest-") as folder,
        portfolios.create(os.path.join(folder, "trial.csw"), now=now, language=i18n.language()) as workbench,
    ):
        trial = Trial(workbench, folder, today, now)
        for number, attempt in enumerate(tries):
            if progress is not None:
                progress(number, len(tries), attempt.__name__.replace("_", " "))
            steps.append(_tried(attempt, trial))
    return steps


def _tried(attempt: Callable[[Trial], str], trial: Trial) -> Step:
    name = attempt.__name__.replace("_", " ")
    try:
        return Step(name, True, attempt(trial))
    except Exception as problem:  # the next steps still tell something about this copy
        return Step(name, False, f"{type(problem).__name__}: {problem}")


def _expect(right: bool, seen: object) -> None:
    if not right:
        raise Failure(f"saw {seen!r}")


def portfolio(trial: Trial) -> str:
    """The sample portfolio can be made."""
    from cs_workbench.services import sample

    made = sample.create(trial.workbench, today=trial.today, language=i18n.language())
    _expect(made.accounts == SAMPLE_ACCOUNTS, made)
    return f"{made.accounts} accounts, {made.people} people, {made.interactions} contacts, {made.readings} readings"


def accounts(trial: Trial) -> str:
    """The account list answers."""
    from cs_workbench.services.accounts import account_list

    rows = account_list(trial.workbench.reads, trial.today)
    _expect(len(rows) == SAMPLE_ACCOUNTS, len(rows))
    return f"{sum(row.arr is not None for row in rows)} with a yearly value"


def search(trial: Trial) -> str:
    """Two Japanese characters are found."""
    from cs_workbench.services.search import search as find

    hits = find(trial.workbench.reads, "契約")
    _expect(bool(hits), hits)
    return f"{len(hits)} hits"


def score(trial: Trial) -> str:
    """Every account gets a score or a reason, and the arithmetic adds up."""
    from cs_workbench.services import health

    scores = health.score_all(trial.workbench, trial.today, now=trial.now)
    for one in scores:
        if one.score is None:
            _expect(bool(one.reason), one)
        else:
            _expect(abs(sum(m.contribution for m in one.measures) - one.score) < 1e-6, one)
    return f"{sum(one.score is not None for one in scores)} scored"


def log_and_undo(trial: Trial) -> str:
    """A contact can be logged, undone and redone."""
    from cs_workbench.services import contacts
    from cs_workbench.services.accounts import account_list

    account = account_list(trial.workbench.reads, trial.today)[0]
    line = "call 20m talked about renewal #risk"
    done = contacts.log(trial.workbench, line, account_id=account.id, now=trial.now, today=trial.today)
    undone = trial.workbench.undo()
    _expect(undone is not None and undone == trial.workbench.redo(), undone)
    return f"contact {done.interaction_id}"


def backup(trial: Trial) -> str:
    """A backup is made and verified."""
    from cs_workbench.services import backups

    return os.path.basename(backups.backup(trial.workbench, now=trial.now).path)


def check(trial: Trial) -> str:
    """The portfolio is whole."""
    from cs_workbench.services import backups

    report = backups.check(trial.workbench)
    _expect(report.ok, report.findings)
    return f"{len(report.tables)} tables"


def export(trial: Trial) -> str:
    """Every table can be written as CSV."""
    from cs_workbench.services import export as exports

    done = exports.export(trial.workbench.reads, os.path.join(trial.folder, "export"))
    return f"{len(done.files)} files"


def document_tries() -> Iterator[Callable[[Trial], str]]:
    """One attempt for each template, edition and language."""
    from cs_workbench.services import packs

    for template in packs.templates():
        for edition in ("customer", "internal"):
            for language in i18n.LANGUAGES:
                yield _document_try(template, edition, language)


def _document_try(template: str, edition: str, language: str) -> Callable[[Trial], str]:
    def attempt(trial: Trial) -> str:
        from cs_workbench.services import packs
        from cs_workbench.services.accounts import account_list

        account = account_list(trial.workbench.reads, trial.today)[0]
        made = packs.make_pack(
            trial.workbench,
            account.id,
            template=template,
            edition=edition,
            language=language,
            formats=FORMATS,
            as_of=trial.today,
            out_dir=os.path.join(trial.folder, "packs"),
            now=trial.now,
        )
        sizes = [os.path.getsize(file) for file in made.files]
        _expect(len(sizes) == len(FORMATS) and min(sizes) > 0, made.files)
        return ", ".join(f"{size:,} bytes" for size in sizes)

    attempt.__name__ = f"{template} {edition} {language}"
    return attempt


def pages(trial: Trial) -> str:
    """Every page, tab and dialog of the window can be shown; no display is needed."""
    from cs_workbench.selftest import screens
    from cs_workbench.services import portfolio_files

    shown = portfolio_files.duplicate(trial.workbench, os.path.join(trial.folder, "shown.csw"))
    faults, count = screens.show_all(shown, os.path.join(trial.folder, "window"), today=trial.today)
    _expect(not faults, faults)
    return f"{count} screens"


def picture(
    directory: str,
    *,
    today: dt.date,
    variants: tuple[str, ...] = (),
    progress: Progress | None = None,
) -> list[Step]:
    """A picture of every screen into *directory*, in the *variants* named (all of them if none is).

    A variant is "light-ja-1": theme, language, scale. One step for each picture, and one for how the window closed.
    Raises FileProblem where *directory* cannot be written.
    """
    from cs_workbench.selftest import screens

    return [
        Step(name, not detail, detail)
        for name, detail in screens.picture_all(
            directory, today=today, variants=variants or screens.VARIANTS, progress=progress
        )
    ]
