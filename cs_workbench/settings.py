"""The person's own settings on this machine, not the portfolio's: last portfolio, language. A small TOML file."""

from __future__ import annotations

import os
import tomllib
from typing import Any

from cs_workbench import paths
from cs_workbench.errors import FileProblem


def settings_file() -> str:
    """Path of the settings file; it need not exist."""
    return os.path.join(paths.config_dir(), "settings.toml")


def load() -> dict[str, Any]:
    """Every setting, empty when none were kept. Raises FileProblem when the file cannot be understood."""
    try:
        with open(settings_file(), "rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise FileProblem(
            f"The settings file cannot be read: {problem}",
            f"Correct or delete {settings_file()}; nothing of the portfolio depends on it.",
            code="settings",
        ) from problem
