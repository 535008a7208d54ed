"""Which portfolio a verb speaks of, and opening it."""

from __future__ import annotations

import argparse
import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cs_workbench import paths, settings

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench


def portfolio_path(words: argparse.Namespace) -> str:
    """The file named with --portfolio or in CS_WORKBENCH_PORTFOLIO, else the settings', else the data folder's."""
    named = getattr(words, "portfolio", None) or os.environ.get("CS_WORKBENCH_PORTFOLIO")
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


def zone(workbench: Workbench) -> ZoneInfo:
    """The time zone instants of this portfolio are shown in."""
    try:
        return ZoneInfo(str(workbench.setting("time_zone", "UTC")))
    except (ValueError, ZoneInfoNotFoundError):
        return ZoneInfo("UTC")


def now() -> dt.datetime:
    """This instant, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


def wants_json(words: argparse.Namespace) -> bool:
    """Whether --json was given."""
    return bool(getattr(words, "json", False))
