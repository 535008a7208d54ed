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
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise FileProblem(
            f"The settings file cannot be read: {problem}",
            f"Correct or delete {settings_file()}; nothing of the portfolio depends on it.",
            code="settings",
        ) from problem


def keep(**values: str | int | float | bool) -> None:
    """Keep *values* beside the settings that are there. Raises FileProblem where the file cannot be written."""
    kept = load() | values
    lines = [f"{key} = {_written(value)}\n" for key, value in kept.items() if not isinstance(value, dict)]
    for name, table in kept.items():
        if isinstance(table, dict):
            lines += [f"\n[{name}]\n", *(f"{key} = {_written(value)}\n" for key, value in table.items())]
    target = settings_file()
    try:
        paths.make_private_dir(os.path.dirname(target))
        with open(target + ".new", "w", encoding="utf-8") as file:
            file.writelines(lines)
        os.replace(target + ".new", target)
    except OSError as problem:
        raise FileProblem(
            f"The settings could not be kept: {problem.strerror}",
            f"Check that {os.path.dirname(target)} can be written.",
            code="settings",
        ) from problem


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(_written(one) for one in value) + "]"
    import json  # a JSON string is a TOML basic string

    return json.dumps(str(value), ensure_ascii=False)
