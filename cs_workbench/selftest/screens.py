"""Shows every screen of the window without a display, and keeps pictures of them."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from cs_workbench import i18n, paths
from cs_workbench.errors import FileProblem
from cs_workbench.i18n import _

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

    from cs_workbench.selftest.shots import Shot
    from cs_workbench.selftest.stage import Stage
    from cs_workbench.selftest.trial import Progress

VARIANTS = tuple(
    f"{theme}-{language}-{scale}"
    for theme in ("light", "dark")
    for language in ("ja", "en")
    for scale in (1, 2)
)
"""Theme, language and scale in a picture's name."""
MORNING = dt.time(9, 41)
"""What the clock says, where the machine stands."""
_PLACES = ("CS_WORKBENCH_HOME", "QT_QPA_PLATFORM")


def show_all(portfolio: str, home: str, *, today: dt.date) -> tuple[list[str], int]:
    """Show every screen on the portfolio at *portfolio* once; the faults seen, and how many screens there were."""
    faults: list[str] = []
    count = 0
    for name, _seen, heard in _played(portfolio, home, f"light-{i18n.language()}-1", today):
        count += 1
        faults += [f"{name}: {one}" for one in heard]
    return faults, count - 1


def picture_all(
    directory: str,
    *,
    today: dt.date,
    variants: Sequence[str] = VARIANTS,
    progress: Progress | None = None,
) -> list[tuple[str, str]]:
    """Save every screen in every variant as *directory*/NN-screen-variant.png; (file, fault or "") of each.

    The portfolio is the sample, made for the language, as of *today*. Raises FileProblem where *directory* cannot be
    written.
    """
    told: list[tuple[str, str]] = []
    with _writing(directory):
        paths.make_private_dir(directory)
    with tempfile.TemporaryDirectory(prefix="cs-workbench-screens-") as folder:
        samples: dict[str, str] = {}
        for turn, variant in enumerate(variants):
            language = variant.split("-")[1]
            if language not in samples:
                samples[language] = _sample(folder, language, today, progress)
            home = os.path.join(paths.make_private_dir(os.path.join(folder, variant)), "home")
            portfolio = shutil.copy(samples[language], os.path.join(folder, variant))
            for number, (name, seen, heard) in enumerate(_played(portfolio, home, variant, today), start=1):
                file = f"{number:02}-{name}-{variant}.png"
                if progress is not None:
                    progress(turn, len(variants), file)
                if seen is not None:
                    with _writing(directory):
                        _save(seen, os.path.join(directory, file))
                told.append((file if seen is not None else f"{name} {variant}", "; ".join(heard)))
    return told


def _sample(folder: str, language: str, today: dt.date, progress: Progress | None) -> str:
    """The sample portfolio in *language*, scored for a year."""
    from cs_workbench.services import portfolio_files

    with _home(os.path.join(folder, language)):
        path = portfolio_files.sample_path(language)
        for done, total, what in portfolio_files.make_sample(
            path, now=_now(today), today=today, language=language
        ):
            if progress is not None:
                progress(done, total, what)
    return path


def _now(today: dt.date) -> dt.datetime:
    return dt.datetime.combine(today, MORNING).astimezone()


def _played(
    portfolio: str, home: str, variant: str, today: dt.date
) -> Iterator[tuple[str, QPixmap | None, list[str]]]:
    """Each screen's name, picture and faults; last how the window closed, without a picture."""
    theme, language, scale = variant.split("-")
    with _home(home):
        from cs_workbench.selftest.shots import shots
        from cs_workbench.selftest.stage import Stage

        stage = Stage(theme=theme, language=language, scale=float(scale), now=_now(today))
        try:
            for shot in shots(portfolio, home):
                yield shot.name, *_shown(stage, shot)
        finally:
            stage.close()
        yield "closing", None, stage.heard


def _shown(stage: Stage, shot: Shot) -> tuple[QPixmap | None, list[str]]:
    """Bring a screen up, look at it, and tidy up. A screen that fails does not stop the others."""
    from cs_workbench.selftest.seen import another, faults

    steps: tuple[Callable[[], object], ...] = (lambda: shot.show(stage), stage.settle)
    try:
        for step in steps:
            step()
    except Exception as problem:  # the next screens still tell something about this copy
        stage.heard.append(f"{type(problem).__name__}: {problem}")
    seen = stage.picture(toast=shot.toast)
    stage.heard += [*another(stage.shell.window, shot.shows), *faults(stage.shell.window)]
    stage.tidy()
    if shot.back is not None:
        shot.back(stage)
        stage.settle()
    heard, stage.heard = stage.heard, []
    return seen, heard


@contextmanager
def _home(folder: str) -> Iterator[None]:
    """Settings, drafts and caches in a private *folder*; no display unless one was asked for."""
    before = {name: os.environ.get(name) for name in _PLACES}
    paths.make_private_dir(folder)
    os.environ["CS_WORKBENCH_HOME"] = folder
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _writing(directory: str) -> Iterator[None]:
    """Turn what the system says about *directory* into words for a person."""
    try:
        yield
    except OSError as error:
        raise FileProblem(
            _("Pictures cannot be written to {path}: {reason}.").format(
                path=directory, reason=error.strerror or str(error)
            ),
            _("Name another folder."),
            code="screens",
            path=directory,
        ) from error


def _save(seen: QPixmap, path: str) -> None:
    """Write a picture only its owner can read."""
    from PySide6.QtCore import QBuffer, QIODevice

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    seen.save(buffer, "PNG")
    with suppress(FileNotFoundError):
        os.unlink(path)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(buffer.data().data())
