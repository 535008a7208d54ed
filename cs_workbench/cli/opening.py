"""Which portfolio a verb speaks of, and opening it."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cs_workbench import paths, settings

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench


def portfolio_path(words: argparse.Namespace) -> str:
    """The file named with --portfolio, else the one kept in the settings, else the data folder's."""
    named = getattr(words, "portfolio", None)
    if named:
        return str(named)
    kept = settings.load().get("portfolio")
    return kept if isinstance(kept, str) and kept else paths.default_portfolio()


@contextmanager
def opened(words: argparse.Namespace, *, to_write: bool = False) -> Iterator[Workbench]:
    """The portfolio, opened for reading beside a window or, with *to_write*, as its one writer."""
    from cs_workbench.services.workbench import Workbench

    with Workbench.open(portfolio_path(words), read_only=not to_write) as workbench:
        yield workbench


def as_of(words: argparse.Namespace) -> dt.date:
    """The day asked for with --as-of, else today."""
    day: dt.date | None = getattr(words, "as_of", None)
    return day or dt.datetime.now().astimezone().date()


def now() -> dt.datetime:
    """This instant, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


def wants_json(words: argparse.Namespace) -> bool:
    """Whether --json was given."""
    return bool(getattr(words, "json", False))
