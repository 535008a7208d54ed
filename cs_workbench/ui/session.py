"""How the window was left: size, page, theme, scale, recent portfolios. A small file beside the settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSettings

from cs_workbench import paths
from cs_workbench.i18n import _

RECENT = 8


def state_file() -> str:
    """Path of the window state; it need not exist."""
    return os.path.join(paths.config_dir(), "window.ini")


def load() -> dict[str, Any]:
    """What was kept; empty where nothing was or it cannot be read (a lost window size is no reason to stop)."""
    kept = QSettings(state_file(), QSettings.Format.IniFormat)
    return {key: kept.value(key) for key in kept.allKeys()}


def keep(values: Mapping[str, object]) -> None:
    """Keep *values* beside what is there; a file that cannot be written is left as it is."""
    try:
        paths.make_private_dir(paths.config_dir())
    except OSError:
        return
    kept = QSettings(state_file(), QSettings.Format.IniFormat)
    for key, value in values.items():
        kept.setValue(key, value)
    kept.sync()


def scale(kept: Mapping[str, Any]) -> float:
    """The scale among what was *kept*, 1 where none was."""
    try:
        return float(kept.get("scale", 1.0))
    except (TypeError, ValueError):
        return 1.0


def known() -> list[str]:
    """The portfolios opened last, newest first, whether they are still there or not."""
    kept = load().get("recent", [])
    return [path for path in ([kept] if isinstance(kept, str) else list(kept or ())) if isinstance(path, str)]


def recent() -> list[str]:
    """The portfolios opened last, newest first, that are still there."""
    return [path for path in known() if os.path.exists(path)]


def portfolio_name(path: str) -> str:
    """What the portfolio at *path* is called: its file's name; the one nobody named in words of the language."""
    if os.path.abspath(path) == os.path.abspath(paths.default_portfolio()):
        return _("My portfolio")
    return os.path.splitext(os.path.basename(path))[0]


def remember(path: str) -> None:
    """Put *path* first among the recent portfolios; the file is not written where it is first already."""
    before = known()
    if before[:1] != [path]:
        keep({"recent": [path, *(other for other in before if other != path)][:RECENT]})


def forget(path: str) -> None:
    """Take *path* out of the recent portfolios; the file is not touched."""
    keep({"recent": [other for other in known() if other != path]})
