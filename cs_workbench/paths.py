"""Where things lie: the only module that knows. Nothing here creates a folder unless its name says so."""

from __future__ import annotations

import os
import sys
from functools import cache

APP = "cs-workbench"
PORTFOLIO_SUFFIX = ".csw"


@cache
def shared_root() -> str:
    """Folder that holds ``resources`` and ``reports_templates``: the wheel's, the bundle's or the checkout's."""
    bundle = getattr(sys, "_MEIPASS", "")
    here = os.path.dirname(os.path.abspath(__file__))
    for root in (bundle, os.path.join(here, "_shared"), os.path.dirname(here)):
        if root and os.path.isdir(os.path.join(root, "resources")):
            return root
    raise RuntimeError("resources folder missing: the installation is incomplete")


def resources(*parts: str) -> str:
    """Path of a bundled resource."""
    return os.path.join(shared_root(), "resources", *parts)


def templates_root() -> str:
    """Folder of the built-in report templates."""
    return os.path.join(shared_root(), "reports_templates")


def data_dir() -> str:
    """The user's data folder (portfolios, backups, user templates); ``CS_WORKBENCH_HOME`` overrides it."""
    home = os.environ.get("CS_WORKBENCH_HOME")
    if home:
        return home
    import platformdirs

    return platformdirs.user_data_dir(APP, appauthor=False)


def config_dir() -> str:
    """The user's settings folder."""
    home = os.environ.get("CS_WORKBENCH_HOME")
    if home:
        return os.path.join(home, "config")
    import platformdirs

    return platformdirs.user_config_dir(APP, appauthor=False)


def cache_dir() -> str:
    """Folder for what can be made again (matplotlib's font cache, chart pictures)."""
    home = os.environ.get("CS_WORKBENCH_HOME")
    if home:
        return os.path.join(home, "cache")
    import platformdirs

    return platformdirs.user_cache_dir(APP, appauthor=False)


def default_portfolio() -> str:
    """The portfolio opened when none is named."""
    return os.path.join(data_dir(), "portfolio" + PORTFOLIO_SUFFIX)


def backups_dir(portfolio: str) -> str:
    """Folder of a portfolio's backups: beside the file, so that both move together."""
    return portfolio + "-backups"


def user_templates_dir() -> str:
    """Folder of the user's own report templates."""
    return os.path.join(data_dir(), "templates")


def make_private_dir(path: str) -> str:
    """Create *path* (and parents) readable by its owner only, and return it.

    Raises OSError where the place cannot be written.
    """
    os.makedirs(path, mode=0o700, exist_ok=True)
    return path
